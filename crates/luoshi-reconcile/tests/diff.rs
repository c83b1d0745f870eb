//! The laws of comparing two periods, over attachments drawn at random.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use luoshi_model::{
    Answer, AnswerKind, Attachment, Change, ChangeSet, Column, ColumnKey, Focus, Item, Mark, NumberSource,
    Section, Unit,
};
use luoshi_reconcile::diff::{Misfit, Options, apply, diff, inverted};
use proptest::prelude::*;

const MATTERS: [&str; 7] = [
    "推进教育信息公开",
    "推进教育领域信息公开",
    "推进医疗信息公开",
    "做好舆情回应工作",
    "加强专家库建设",
    "及时更新信息",
    "做好政务舆情回应工作",
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => Just(String::new()),
        3 => "(公开清单|更新|2016年|55条|，|推进){1,5}。",
        1 => Just("不涉及".to_owned()),
        1 => "(一是更新；|二是公开；|公开。){1,3}",
    ]
}

#[derive(Clone, Debug)]
struct Row {
    id: usize,
    matter: usize,
    focus: usize,
    status: String,
    units: Vec<usize>,
    number: u32,
}

fn row() -> impl Strategy<Value = Row> {
    let units = proptest::collection::vec(0_usize..3, 0..3);
    (0_usize..8, 0..MATTERS.len(), 0_usize..3, text(), units, 1_u32..9).prop_map(
        |(id, matter, focus, status, units, number)| Row { id, matter, focus, status, units, number },
    )
}

fn attachment(rows: &[Row], turned: bool) -> Attachment {
    let mut sections = ["推进公开", "扩大参与"];
    let mut focuses = [("清单公开", 0), ("监管公开", 0), ("政策解读", 1)];
    if turned {
        sections.reverse();
        focuses.reverse();
    }
    let section = |title: &str| sections.iter().position(|own| *own == title).unwrap();
    let titles = ["推进公开", "扩大参与"];
    let part = |at: usize| Section {
        id: (at + 1).to_string(),
        label: format!("{}、", at + 1),
        title: sections[at].to_owned(),
    };
    let focus = |(at, (title, own)): (usize, &(&str, usize))| Focus {
        id: format!("f{at}"),
        section: Some((section(titles[*own]) + 1).to_string()),
        label: format!("（{}）", at + 1),
        title: (*title).to_owned(),
    };
    let names = ["清单公开", "监管公开", "政策解读"];
    let focus_id =
        |own: usize| format!("f{}", focuses.iter().position(|(title, _)| *title == names[own]).unwrap());
    let unit = |at: &usize| Unit {
        name: ["区教育局", "区卫计局", "区文体局"][*at].to_owned(),
        office: None,
        second_name: None,
        collective: false,
        role: luoshi_model::Role::Unspecified,
        raw: String::new(),
    };
    let mut seen = Vec::new();
    let mut items = Vec::new();
    for row in rows {
        if seen.contains(&row.id) {
            continue;
        }
        seen.push(row.id);
        let paragraphs: Vec<String> =
            row.status.split('\n').filter(|line| !line.is_empty()).map(str::to_owned).collect();
        let answer = match row.status.as_str() {
            "" => AnswerKind::Blank,
            "不涉及" => AnswerKind::NotApplicable,
            _ => AnswerKind::Answered,
        };
        items.push(Item {
            id: format!("i{}", row.id),
            number: Some(row.number),
            number_source: Some(NumberSource::Printed),
            focus: Some(focus_id(row.focus)),
            matter: MATTERS[row.matter].to_owned(),
            units: row.units.iter().map(unit).collect(),
            status: Some(Answer { answer, paragraphs, ..Answer::default() }),
            ..Item::default()
        });
    }
    let column = |key| Column { key, heading: String::new(), group: None };
    Attachment {
        title: "落实情况表".to_owned(),
        columns: vec![column(ColumnKey::Matter), column(ColumnKey::Status)],
        sections: (0..2).map(part).collect(),
        focuses: focuses.iter().enumerate().map(focus).collect(),
        items,
        ..Attachment::default()
    }
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    proptest::collection::vec(row(), 0..9)
}

fn compared(old: &Attachment, new: &Attachment) -> ChangeSet {
    diff(old, new, Options::default())
}

fn changes_nothing(changes: &ChangeSet) -> bool {
    let items = changes.items.iter().all(|item| {
        let both = item.old.is_some() && item.new.is_some();
        both && item.units.is_empty() && item.columns.iter().all(|column| column.change == Change::Unchanged)
    });
    items && changes.proposals.is_empty()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn an_attachment_has_no_changes_from_itself(rows in rows()) {
        let one = attachment(&rows, false);
        let changes = compared(&one, &one);
        prop_assert!(changes_nothing(&changes));
        prop_assert!(changes.items.iter().all(|item| item.question.is_empty()));
        prop_assert!(changes.sections.iter().chain(&changes.focuses).all(|part| part.changes.is_empty()));
    }

    #[test]
    fn changes_lead_from_one_to_the_other_and_back(old in rows(), new in rows(), turned: bool) {
        let (old, new) = (attachment(&old, false), attachment(&new, turned));
        let changes = compared(&old, &new);
        prop_assert_eq!(&apply(&changes, &old).unwrap(), &new);
        let back = inverted(&changes);
        prop_assert_eq!(&apply(&back, &new).unwrap(), &old);
        prop_assert_eq!(&compared(&new, &old), &back);
        prop_assert_eq!(&ChangeSet::from_json(&changes.to_json()).unwrap(), &changes);
    }

    #[test]
    fn numbers_places_and_orders_alone_change_no_answer(rows in rows(), shift in 0_u32..5) {
        let old = attachment(&rows, false);
        let mut moved: Vec<Row> = rows;
        moved.iter_mut().for_each(|row| {
            row.number += shift;
            row.focus = (row.focus + 1) % 3;
        });
        // Of rows with one id the first counts.
        let mut kept: Vec<Row> = Vec::new();
        for row in moved {
            if !kept.iter().any(|known| known.id == row.id) {
                kept.push(row);
            }
        }
        kept.reverse();
        prop_assert!(changes_nothing(&compared(&old, &attachment(&kept, true))));
    }

    #[test]
    fn marks_hold_both_texts(old in rows(), new in rows()) {
        let (old, new) = (attachment(&old, false), attachment(&new, false));
        for item in compared(&old, &new).items {
            let (Some(was), Some(is)) = (&item.old, &item.new) else { continue };
            for column in item.columns.iter().filter(|column| !column.marks.is_empty()) {
                let side = |keep: fn(Mark) -> bool| -> String {
                    let spans = column.marks.iter().flat_map(|paragraph| &paragraph.spans);
                    spans.filter(|span| keep(span.mark)).map(|span| span.text.as_str()).collect()
                };
                let text = |at: usize, of: &Attachment| of.items[at].status.as_ref().unwrap().paragraphs.concat();
                prop_assert_eq!(side(Mark::is_old), text(was.at as usize, &old));
                prop_assert_eq!(side(Mark::is_new), text(is.at as usize, &new));
            }
        }
    }
}

#[test]
fn changes_do_not_apply_to_another_attachment() {
    let row = |status: &str| Row {
        id: 0,
        matter: 0,
        focus: 0,
        status: status.to_owned(),
        units: Vec::new(),
        number: 1,
    };
    let (old, new) = (attachment(&[row("甲。")], false), attachment(&[row("乙。")], false));
    let changes = compared(&old, &new);
    assert_eq!(apply(&changes, &new), Err(Misfit { item: Some("i0".to_owned()) }));
    assert_eq!(apply(&changes, &attachment(&[], false)), Err(Misfit { item: None }));
}

#[test]
fn what_became_of_an_answer_is_told_apart() {
    let row = |status: &str| Row {
        id: 0,
        matter: 0,
        focus: 0,
        status: status.to_owned(),
        units: Vec::new(),
        number: 1,
    };
    let cases = [
        ("甲。", "甲。", Some(Change::Unchanged)),
        ("公开55条，完成60%。", "公开1,070条，完成65.5%。", Some(Change::Numbers)),
        ("2016年印发方案。", "2017年印发方案。", Some(Change::Numbers)),
        (
            "按照要求推进各项工作，及时公开有关信息。",
            "按照要求推进各项工作，主动公开有关信息。",
            Some(Change::Near),
        ),
        ("公开招生办法。", "设立咨询电话。", Some(Change::Changed)),
        ("", "公开。", Some(Change::Answered)),
        ("公开。", "", Some(Change::Withdrawn)),
        ("公开。", "不涉及", Some(Change::NotApplicable)),
        ("不涉及", "公开。", Some(Change::Applicable)),
        ("", "", None),
    ];
    for (old, new, expected) in cases {
        let changes = compared(&attachment(&[row(old)], false), &attachment(&[row(new)], false));
        let change = changes.items[0].columns.first().map(|column| column.change);
        assert_eq!(change, expected, "{old} → {new}");
    }
}
