//! Laws of the round, over submissions drawn at random: nothing is lost, and nothing depends on what it must not.
//!
//! Not here: files; the suite merges real ones.
#![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::collections::BTreeMap;

use luoshi_model::{Attachment, Catalogue, Column, ColumnKey, ConflictKind, Decisions, Item, Policy};
use luoshi_normalizer::{CatalogueIndex, Checklist, Checklists, answer_text};
use luoshi_reconcile::{FormOptions, Merged, Merger, Options, Submission, forms};
use luoshi_table::{
    Container, GridBuilder, Outcome, SourceBlock, SourceCell, SourceDocument, SourceRow, SourceTable,
};
use proptest::prelude::*;

const UNITS: [&str; 4] = ["区教育局", "区文体局", "区编办", "国土分局"];
const ITEMS: usize = 6;

/// Six items: of one unit, of two, of a group, of nobody that is known.
fn index() -> CatalogueIndex {
    let asked = [vec![0], vec![0, 1], vec![1, 2], vec![3], vec![4], vec![5]];
    let names = ["区教育局", "区文体局", "区编办", "国土分局", "各部门", "牵头起草部门"];
    let item = |(at, units): (usize, &Vec<usize>)| {
        let units: Vec<String> = units.iter().map(|&unit| format!("{:?}", names[unit])).collect();
        format!(
            r#"{{"id":"i{at}","number":{},"matter":"事项{}","units":[{}]}}"#,
            at + 1,
            "甲乙丙丁戊己".chars().nth(at).unwrap(),
            units.join(",")
        )
    };
    let items: Vec<String> = asked.iter().enumerate().map(item).collect();
    let unit = |name: &&str| format!(r#"{{"name":{name:?}}}"#);
    let mut units: Vec<String> = UNITS.iter().map(unit).collect();
    units.push(
        r#"{"name":"各部门","collective":true,"members":["区教育局","区文体局","国土分局"]}"#.to_owned(),
    );
    units.push(r#"{"name":"牵头起草部门","collective":true}"#.to_owned());
    let json = format!(
        r#"{{"schema":"luoshi.catalogue/1","id":"t","title":"t","numbering":"continuous","columns":[
            {{"key":"number","heading":"序号"}},{{"key":"matter","heading":"事项"}},{{"key":"units","heading":"责任单位"}},
            {{"key":"status","heading":"落实情况"}},{{"key":"remarks","heading":"备注"}}],
            "sections":[],"focuses":[],"items":[{}],"units":[{}]}}"#,
        items.join(","),
        units.join(",")
    );
    CatalogueIndex::new(Catalogue::from_json(json.as_bytes()).unwrap())
}

/// A file: who names itself in it, and what it says to which items, by index; one beyond the catalogue is an unknown question.
#[derive(Clone, Debug)]
struct Drawn {
    unit: usize,
    day: Option<u32>,
    rows: Vec<(usize, String, String)>,
    /// The status of the first row is merged over so many rows.
    shared: usize,
    /// What it says where nobody asked.
    beside: Beside,
}

/// Texts of a file that are no answers, each of which must be kept; and a class in place of a text.
#[derive(Clone, Debug, Default)]
struct Beside {
    /// In a column of its own, in the first row.
    column: Option<String>,
    /// In a line below the table.
    line: Option<String>,
    /// In another table.
    table: Option<String>,
    /// In a table that could not be read.
    unread: Option<String>,
    /// The class of the last row.
    class: bool,
}

fn beside() -> impl Strategy<Value = Beside> {
    let text = || proptest::option::weighted(0.2, "[公开推进清单已]{1,6}。");
    (text(), text(), text(), text(), proptest::bool::weighted(0.2)).prop_map(
        |(column, line, table, unread, class)| Beside {
            // No two alike, so that each is looked for by itself.
            column: column.map(|text| ["栏", &text].concat()),
            line: line.map(|text| ["行", &text].concat()),
            table: table.map(|text| ["表", &text].concat()),
            unread: unread.map(|text| ["另", &text].concat()),
            class,
        },
    )
}

/// A table of one cell.
fn table(text: &str) -> SourceTable {
    let mut grid = GridBuilder::new();
    grid.place(0, 0, 1, 1, SourceCell::from_text(text)).unwrap();
    SourceTable {
        container: Container::Table(2),
        hidden: false,
        grid: grid.finish(),
        rows: vec![SourceRow::default()],
        bookmarks: Vec::new(),
    }
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => Just(String::new()),
        4 => "[公开推进清单已]{1,6}。",
        1 => Just("无".to_owned()),
        1 => Just("同上".to_owned()),
        1 => Just("不涉及".to_owned()),
        1 => "[公开]{1,3}。\n[推进]{1,3}。",
        1 => "【上期】[公开]{1,3}。",
        1 => "存在问题：[公开]{1,3}。",
    ]
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let row = (0..=ITEMS, text(), text());
    let rows = proptest::collection::vec(row, 1..5);
    (0..UNITS.len() + 1, proptest::option::of(1_u32..29), rows, 0_usize..3, beside()).prop_map(
        |(unit, day, mut rows, shared, beside)| {
            // A question stands once in a table.
            let mut seen = Vec::new();
            rows.retain(|(item, ..)| {
                !seen.contains(item) && {
                    seen.push(*item);
                    true
                }
            });
            Drawn { unit, day, rows, shared, beside }
        },
    )
}

fn lines(text: &str) -> Vec<String> {
    if text.is_empty() { Vec::new() } else { text.split('\n').map(str::to_owned).collect() }
}

/// The attachment that such a file is read as.
fn attachment(drawn: &Drawn, index: &CatalogueIndex) -> Attachment {
    let mut attachment = index.blank(&(0..ITEMS).collect::<Vec<_>>());
    let all = std::mem::take(&mut attachment.items);
    for (item, status, remarks) in &drawn.rows {
        let mut own = all.get(*item).cloned().unwrap_or_else(|| Item {
            id: "x-1".to_owned(),
            matter: "无偿献血".to_owned(),
            ..Item::default()
        });
        let key = |name: &str| luoshi_model::ColumnKey::from_name(name).unwrap();
        index.set_answer(&mut own, &key("status"), lines(status));
        index.set_answer(&mut own, &key("remarks"), lines(remarks));
        attachment.items.push(own);
    }
    let known: Vec<String> = attachment
        .items
        .iter()
        .take(drawn.shared)
        .map(|item| item.id.clone())
        .filter(|id| id != "x-1")
        .collect();
    let first = attachment.items[0].id.clone();
    if known.len() > 1
        && known[0] == first
        && !attachment.items[0].status.as_ref().unwrap().paragraphs.is_empty()
    {
        for item in &mut attachment.items[1..known.len()] {
            let status = item.status.as_mut().unwrap();
            *status = luoshi_model::Answer {
                answer: luoshi_model::AnswerKind::See,
                see: Some(first.clone()),
                ..Default::default()
            };
        }
        attachment.items[0].status.as_mut().unwrap().covers = known;
    }
    let extra = ColumnKey::Extra("联系人".to_owned());
    if let Some(text) = &drawn.beside.column {
        attachment.columns.push(Column { key: extra.clone(), heading: "联系人".into(), group: None });
        index.set_answer(&mut attachment.items[0], &extra, vec![text.clone()]);
    }
    if drawn.beside.class {
        attachment
            .columns
            .push(Column { key: ColumnKey::Class, heading: "落实类别".into(), group: None });
        attachment.items.last_mut().unwrap().class = vec!["已落实".to_owned()];
    }
    attachment.postscript.extend(drawn.beside.line.clone());
    let name = UNITS.get(drawn.unit).copied().unwrap_or("区水族馆");
    attachment.preamble.push(format!("填报单位：{name}"));
    attachment.preamble.extend(drawn.day.map(|day| format!("填报日期：2016年12月{day}日")));
    attachment
}

fn submission(name: &str, attachment: Attachment, beside: &Beside, index: &CatalogueIndex) -> Submission {
    let tables = beside.table.iter().map(|text| table(text)).collect();
    let unread = beside.unread.iter().map(|text| SourceDocument {
        file: name.into(),
        format: "docx",
        has_spans: true,
        blocks: vec![SourceBlock::Table(table(text))],
    });
    let lists = vec![Checklist { attachment, form: None, beside: tables }];
    let lists = Checklists { lists, unread: unread.collect() };
    Submission::read(name, "docx", Outcome::new(lists, Vec::new()), index).value
}

fn lead(unit: &str) -> String {
    format!("{unit}：")
}

fn merge(
    files: &[(String, Drawn)],
    policy: Policy,
    decisions: Option<&Decisions>,
    index: &CatalogueIndex,
) -> Merged {
    let mut merger = Merger::new(index, Options { policy, base: None, decisions, lead: &lead });
    for (name, drawn) in files {
        merger.add(submission(name, attachment(drawn, index), &drawn.beside, index));
    }
    merger.finish().value
}

fn named(files: Vec<Drawn>) -> Vec<(String, Drawn)> {
    files.into_iter().enumerate().map(|(at, drawn)| (format!("{at}.docx"), drawn)).collect()
}

/// Every text of every submission, by item and column, is in the attachment or in a conflict: counted, character by character.
fn lost(files: &[(String, Drawn)], merged: &Merged, index: &CatalogueIndex) -> Vec<String> {
    let mut lost = Vec::new();
    for (at, (name, drawn)) in files.iter().enumerate() {
        let Beside { column, line, table, unread, class } = &drawn.beside;
        let kept = |text: &str| {
            let own = merged.record.asides.iter().filter(|aside| aside.place.file as usize == at);
            own.into_iter().any(|aside| aside.paragraphs.concat() == text)
        };
        let texts = [column, line, table, unread].into_iter().flatten();
        lost.extend(texts.filter(|text| !kept(text)).map(|text| format!("{name}: {text}")));
        if *class && !kept("已落实") {
            // Without a text beside it the class is the answer.
            let (item, status, _) = drawn.rows.last().unwrap();
            let cell = merged.attachment.items.get(*item).map(|item| answer_text(item, &ColumnKey::Status));
            let in_cell = cell.is_some_and(|cell| cell.concat().contains("已落实"));
            let mut versions = merged.record.conflicts.iter().flat_map(|conflict| &conflict.versions);
            let in_conflict = versions.any(|version| version.paragraphs.concat() == "已落实");
            if !status.is_empty() || !(in_cell || in_conflict) {
                lost.push(format!("{name}: class of {item}"));
            }
        }
    }
    for (name, drawn) in files {
        for item in &attachment(drawn, index).items {
            for key in index.answered_columns() {
                let text = answer_text(item, &key);
                if text.is_empty() {
                    continue;
                }
                // The record says of the mark that it stood there.
                let told = text.join("").replacen("【上期】", "", 1);
                let own = merged.attachment.items.iter().find(|one| one.id == item.id);
                let cell = own.map_or_else(String::new, |own| {
                    let see = own.status.as_ref().and_then(|status| status.see.as_ref());
                    let leader = see.and_then(|id| merged.attachment.items.iter().find(|one| one.id == *id));
                    [answer_text(own, &key), leader.map_or_else(Vec::new, |one| answer_text(one, &key))]
                        .concat()
                        .join("")
                });
                let versions = merged.record.conflicts.iter().flat_map(|conflict| &conflict.versions);
                let in_conflict = versions.clone().any(|version| version.paragraphs.join("") == told);
                // 同上 is restated, and what it said is kept with its place.
                let restated = merged.attachment.provenance.items.iter().flat_map(|one| &one.fields);
                let restated = restated.clone().any(|field| field.raw.as_deref() == Some(told.as_str()));
                if !(cell.contains(&told) || in_conflict || restated) {
                    lost.push(format!("{name} {} {key}: {told}", item.id));
                }
            }
        }
    }
    lost
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn nothing_is_lost(files in proptest::collection::vec(drawn(), 1..7)) {
        let index = index();
        let files = named(files);
        for policy in [Policy::KeepAll, Policy::Latest, Policy::First] {
            let merged = merge(&files, policy, None, &index);
            prop_assert_eq!(lost(&files, &merged, &index), Vec::<String>::new());
        }
    }

    #[test]
    fn the_order_of_files_does_not_matter(files in proptest::collection::vec(drawn(), 1..7)) {
        let index = index();
        let mut files = named(files);
        let one = merge(&files, Policy::KeepAll, None, &index);
        files.reverse();
        let other = merge(&files, Policy::KeepAll, None, &index);
        prop_assert_eq!(&one.attachment, &other.attachment);
        prop_assert_eq!(&one.record.coverage.iter().map(|unit| &unit.items).collect::<Vec<_>>(),
            &other.record.coverage.iter().map(|unit| &unit.items).collect::<Vec<_>>());
        let ids = |merged: &Merged| {
            let mut ids: Vec<String> = merged.record.conflicts.iter()
                .map(|one| format!("{:?} {:?} {:?} {:?}", one.kind, one.item, one.unit, one.versions.iter().map(|v| &v.id).collect::<Vec<_>>()))
                .collect();
            ids.sort();
            ids
        };
        prop_assert_eq!(ids(&one), ids(&other));
        prop_assert_eq!(one.decisions.to_json(), other.decisions.to_json());
        let asides = |merged: &Merged, files: &[(String, Drawn)]| {
            let mut asides: Vec<_> = merged.record.asides.iter()
                .map(|one| (files[one.place.file as usize].0.clone(), one.paragraphs.clone(), one.unit.clone(), one.item.clone()))
                .collect();
            asides.sort();
            asides
        };
        let reversed: Vec<_> = files.iter().rev().cloned().collect();
        prop_assert_eq!(asides(&one, &reversed), asides(&other, &files));
    }

    #[test]
    fn merging_again_with_what_was_written_changes_nothing(files in proptest::collection::vec(drawn(), 1..7)) {
        let index = index();
        let files = named(files);
        let once = merge(&files, Policy::KeepAll, None, &index);
        let again = merge(&files, Policy::KeepAll, Some(&once.decisions), &index);
        prop_assert_eq!(once.attachment.to_json(), again.attachment.to_json());
        prop_assert_eq!(once.record.to_json(), again.record.to_json());
        prop_assert_eq!(once.decisions.to_json(), again.decisions.to_json());
    }

    #[test]
    fn a_decision_is_never_dropped(files in proptest::collection::vec(drawn(), 1..5), late in drawn()) {
        let index = index();
        let mut files = named(files);
        let first = merge(&files, Policy::KeepAll, None, &index);
        let mut decisions = first.decisions;
        for decision in &mut decisions.decisions {
            decision.choose = vec![decision.versions.last().unwrap().id.clone()];
        }
        files.push(("late.docx".to_owned(), late));
        let second = merge(&files, Policy::KeepAll, Some(&decisions), &index);
        for decision in &decisions.decisions {
            let find = |id: &String| second.attachment.items.iter().find(|item| item.id == *id).unwrap();
            let item = find(&decision.item);
            // A cell that answers several items holds the text at the first of them.
            let see = item.status.as_ref().and_then(|status| status.see.as_ref());
            let leader = see.filter(|_| answer_text(item, &decision.column).is_empty()).map_or(item, find);
            prop_assert_eq!(
                &answer_text(leader, &decision.column),
                &decision.versions.last().unwrap().paragraphs
            );
            let kept = second.decisions.decisions.iter().find(|one| one.item == decision.item && one.column == decision.column);
            prop_assert_eq!(&kept.unwrap().choose, &decision.choose);
        }
        prop_assert_eq!(lost(&files, &second, &index).len(), 0);
    }

    #[test]
    fn forms_filled_and_merged_give_the_original_back(texts in proptest::collection::vec("[公开推进清单已]{1,6}。", ITEMS * UNITS.len())) {
        let index = index();
        let filled: Vec<Attachment> = forms(&index, &FormOptions::default()).value.into_iter().enumerate().map(|(unit, form)| {
            let mut attachment = form.attachment;
            for (at, item) in attachment.items.iter_mut().enumerate() {
                index.set_answer(item, &luoshi_model::ColumnKey::Status, vec![texts[unit * ITEMS + at].clone()]);
            }
            attachment.preamble.push(format!("填报单位：{}", form.mark.unit));
            attachment
        }).collect();
        let mut merger = Merger::new(&index, Options { policy: Policy::KeepAll, base: None, decisions: None, lead: &lead });
        for (at, attachment) in filled.iter().enumerate() {
            merger.add(submission(&format!("{at}.docx"), attachment.clone(), &Beside::default(), &index));
        }
        let merged = merger.finish().value;
        prop_assert!(merged.record.conflicts.is_empty());
        // Split by who said what, the attachment is the forms again.
        for filled in &filled {
            let unit = filled.preamble.last().unwrap().trim_start_matches("填报单位：").to_owned();
            for item in &filled.items {
                let status = merged.attachment.items.iter().find(|one| one.id == item.id).unwrap().status.clone().unwrap();
                let own = status.contributions.iter().find(|share| share.unit.split('、').any(|name| name == unit));
                let told = own.map_or(&status.paragraphs, |share| &share.paragraphs);
                prop_assert_eq!(told, &item.status.as_ref().unwrap().paragraphs);
            }
        }
        // And merging the whole is the identity.
        let mut again = Merger::new(&index, Options { policy: Policy::KeepAll, base: None, decisions: None, lead: &lead });
        again.add(submission("附件.docx", merged.attachment.clone(), &Beside::default(), &index));
        prop_assert_eq!(&again.finish().value.attachment, &merged.attachment);
    }
}

#[test]
fn of_several_answers_the_policy_takes_one_and_the_record_has_all() {
    let index = index();
    let file = |day, text: &str| Drawn {
        unit: 0,
        day,
        rows: vec![(0, text.to_owned(), String::new())],
        shared: 0,
        beside: Beside::default(),
    };
    let files: Vec<(String, Drawn)> = [
        ("丙.docx", file(Some(9), "三。")),
        ("乙.docx", file(None, "二。")),
        ("甲.docx", file(Some(10), "一。")),
    ]
    .map(|(name, drawn)| (name.to_owned(), drawn))
    .to_vec();
    let texts = |policy| {
        let merged = merge(&files, policy, None, &index);
        assert_eq!(merged.record.conflicts[0].versions.len(), 3);
        merged.attachment.items[0].status.as_ref().unwrap().paragraphs.join("")
    };
    assert_eq!(texts(Policy::KeepAll), "区教育局：二。区教育局：三。区教育局：一。");
    assert_eq!(texts(Policy::Latest), "一。");
    assert_eq!(texts(Policy::First), "二。");
}

#[test]
fn what_was_sent_around_and_came_back_is_nobody_s_answer() {
    let index = index();
    let mut base = index.blank(&(0..ITEMS).collect::<Vec<_>>());
    for (at, item) in base.items.iter_mut().enumerate() {
        index.set_answer(item, &luoshi_model::ColumnKey::Status, vec![format!("去年第{at}项。")]);
    }
    let mut returned = base.clone();
    index.set_answer(&mut returned.items[0], &luoshi_model::ColumnKey::Status, vec!["今年。".to_owned()]);
    returned.preamble.push("填报单位：区教育局".to_owned());
    let mut merger = Merger::new(
        &index,
        Options { policy: Policy::KeepAll, base: Some(&base), decisions: None, lead: &lead },
    );
    merger.add(submission("区教育局.docx", returned, &Beside::default(), &index));
    let outcome = merger.finish();
    let said: BTreeMap<&str, String> = outcome
        .value
        .attachment
        .items
        .iter()
        .map(|item| (item.id.as_str(), answer_text(item, &luoshi_model::ColumnKey::Status).join("")))
        .filter(|(_, text)| !text.is_empty())
        .collect();
    // What nobody confirmed is held back; items of others were not its to answer.
    assert_eq!((said.len(), said["i0"].as_str()), (1, "今年。"));
    let held: Vec<(ConflictKind, Option<&str>)> =
        outcome.value.record.conflicts.iter().map(|one| (one.kind, one.item.as_deref())).collect();
    assert_eq!(held, [(ConflictKind::Prefilled, Some("i1")), (ConflictKind::Prefilled, Some("i4"))]);
}
