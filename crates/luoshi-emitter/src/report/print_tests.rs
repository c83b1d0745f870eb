//! What the official layout must show, cell by cell.

use luoshi_model::{Answer, AnswerKind, Contribution, Form};
use luoshi_table::Cell;
use proptest::strategy::Strategy;

use super::super::fixture::{answered, attachment, item, unit};
use super::*;

/// Cells of a report below the header as `row+span,column+span text`, spans of 1 left out.
fn cells_of(attachment: &Attachment) -> Vec<String> {
    let report = print(attachment, &Theme::default()).value;
    let span = |span: u32| if span > 1 { format!("+{span}") } else { String::new() };
    let show = |cell: &Cell<ReportCell>| {
        let (row, column) = (span(cell.row_span), span(cell.column_span));
        format!("{}{row},{}{column} {}", cell.row, cell.column, cell.content.paragraphs.join("/"))
    };
    report.table.cells().iter().filter(|cell| cell.row >= report.header_rows).map(show).collect()
}

fn codes(attachment: &Attachment) -> Vec<&'static str> {
    print(attachment, &Theme::default()).diagnostics.iter().map(|finding| finding.code).collect()
}

#[test]
fn sections_and_key_areas_without_a_column_are_rows() {
    let mut attachment = attachment("number matter");
    attachment.items = vec![item(1, "1.1", "甲"), item(2, "2.1", "乙")];
    let expected = [
        "1,0+2 一、改革",
        "2,0+2 （一）清单",
        "3,0 1",
        "3,1 甲",
        "4,0+2 二、民生",
        "5,0+2 （一）扶贫",
        "6,0 2",
        "6,1 乙",
    ];
    assert_eq!(cells_of(&attachment), expected);
    assert!(codes(&attachment).is_empty());
}

#[test]
fn sections_and_key_areas_with_a_column_are_merged_over_their_items() {
    let mut attachment = attachment("section number focus matter");
    attachment.items = vec![item(1, "1.1", "甲"), item(2, "1.1", "乙"), item(3, "", "丙")];
    attachment.items[2].section = Some("1".into());
    let expected = [
        "1+3,0 一、改革",
        "1,1 1",
        "1+2,2 （一）清单",
        "1,3 甲",
        "2,1 2",
        "2,3 乙",
        "3,1 3",
        "3,2 ",
        "3,3 丙",
        // The second section has no items; it keeps a row so that it is not lost.
        "4,0 二、民生",
        "4,1 ",
        "4,2 （一）扶贫",
        "4,3 ",
    ];
    assert_eq!(cells_of(&attachment), expected);
}

#[test]
fn a_section_column_is_broken_by_rows_of_key_areas() {
    let mut attachment = attachment("section matter");
    attachment.focuses[1].section = Some("1".into());
    attachment.sections.truncate(1);
    attachment.items = vec![item(1, "1.1", "甲"), item(2, "2.1", "乙")];
    let expected =
        ["1,0+2 （一）清单", "2,0 一、改革", "2,1 甲", "3,0+2 （一）扶贫", "4,0 一、改革", "4,1 乙"];
    assert_eq!(cells_of(&attachment), expected);
}

#[test]
fn one_answer_to_several_items_is_one_cell() {
    let mut attachment = attachment("number status");
    attachment.items = vec![item(1, "1.1", ""), item(2, "1.1", ""), item(3, "2.1", "")];
    attachment.items[0].status = Some(answered(&["一", "二"]));
    attachment.items[0].status.as_mut().unwrap().covers = vec!["i1".into(), "i2".into(), "i3".into()];
    let cells = cells_of(&attachment);
    assert!(cells.contains(&"3+2,1 一/二".to_owned()), "{cells:?}");
    // The third item stands behind a section row: no cell can reach it.
    assert!(cells.contains(&"7,1 见第1项".to_owned()), "{cells:?}");
    assert_eq!(codes(&attachment), ["merge-not-shown"]);
}

#[test]
fn an_item_with_an_answer_of_its_own_is_never_covered() {
    let mut attachment = attachment("number status");
    attachment.sections.clear();
    attachment.focuses.clear();
    attachment.items = vec![item(1, "", ""), item(2, "", ""), item(3, "", "")];
    attachment.items[0].status = Some(answered(&["一"]));
    attachment.items[0].status.as_mut().unwrap().covers = vec!["i1".into(), "i2".into(), "i3".into()];
    attachment.items[1].status = Some(Answer { answer: AnswerKind::See, ..answered(&["同上"]) });
    assert_eq!(cells_of(&attachment), ["1,0 1", "1,1 一", "2,0 2", "2,1 同上", "3,0 3", "3,1 见第1项"]);
}

#[test]
fn a_reference_without_words_gets_them() {
    let mut attachment = attachment("number matter status");
    attachment.sections.clear();
    attachment.focuses.clear();
    let see = |id: &str| Answer { answer: AnswerKind::See, see: Some(id.into()), ..Answer::default() };
    attachment.items = vec![item(1, "", "甲"), item(2, "", "乙"), item(3, "", "丙")];
    attachment.items[0].status = Some(see("i3"));
    attachment.items[1].status = Some(see("nowhere"));
    attachment.items[2].number = None;
    attachment.items[2].status = Some(see("i3"));
    let statuses: Vec<_> = cells_of(&attachment).into_iter().filter(|cell| cell.contains(",2 ")).collect();
    assert_eq!(statuses, ["1,2 见“丙”", "2,2 ", "3,2 "]);
}

#[test]
fn other_columns_merge_where_the_items_agree_and_repeat_where_they_cannot() {
    let mut attachment = attachment("number matter units");
    attachment.items =
        vec![item(1, "1.1", "甲"), item(2, "1.1", "乙"), item(3, "1.1", "丙"), item(4, "2.1", "丁")];
    for index in [0, 1] {
        attachment.items[index].units = vec![unit("区编办")];
    }
    attachment.items[2].units = vec![unit("区建设局")];
    let covered = ["i2", "i3", "i4"].map(Into::into).to_vec();
    attachment.items[0].merged.insert("units".into(), covered);
    let units: Vec<_> = cells_of(&attachment).into_iter().filter(|cell| cell.contains(",2 ")).collect();
    assert_eq!(units, ["3+2,2 区编办", "5,2 区建设局", "8,2 区编办"]);
}

#[test]
fn a_joined_answer_has_a_row_per_unit() {
    let mut attachment = attachment("number units status remarks");
    attachment.sections.clear();
    attachment.focuses.clear();
    attachment.items = vec![item(1, "", ""), item(2, "", "")];
    attachment.items[0].units = vec![unit("甲局"), unit("乙局"), unit("丙局")];
    let share = |unit: &str, text: &str| Contribution { unit: unit.into(), paragraphs: vec![text.into()] };
    attachment.items[0].status = Some(Answer {
        contributions: vec![share("甲局、乙局", "一"), share("丙局", "二")],
        ..answered(&["一", "二"])
    });
    let expected = [
        "1+2,0 1",
        "1,1 甲局/乙局",
        "1,2 一",
        "1+2,3 ",
        "2,1 丙局",
        "2,2 二",
        "3,0 2",
        "3,1 ",
        "3,2 ",
        "3,3 ",
    ];
    assert_eq!(cells_of(&attachment), expected);
}

#[test]
fn a_group_makes_two_rows_of_headings() {
    let mut attachment = attachment("number matter extra:a extra:b tick");
    for index in [2, 3] {
        attachment.columns[index].group = Some("公开对象".into());
    }
    let report = print(&attachment, &Theme::default()).value;
    let headings: Vec<_> = report
        .table
        .cells()
        .iter()
        .filter(|cell| cell.content.role == CellRole::Heading)
        .map(|cell| {
            (cell.row, cell.column, cell.row_span, cell.column_span, cell.content.paragraphs.concat())
        })
        .collect();
    let expected = [
        (0, 0, 2, 1, "number"),
        (0, 1, 2, 1, "matter"),
        (0, 2, 1, 2, "公开对象"),
        (0, 4, 2, 1, "tick"),
        (1, 2, 1, 1, "extra:a"),
        (1, 3, 1, 1, "extra:b"),
    ];
    assert_eq!(headings, expected.map(|(r, c, rs, cs, text)| (r, c, rs, cs, text.to_owned())));
    assert_eq!((report.header_rows, report.key_columns), (2, 2));
}

#[test]
fn the_title_stands_on_line_three_below_an_annex_mark() {
    let mut attachment = attachment("number");
    attachment.annex = Some("附件1".into());
    attachment.preamble = vec!["填报单位：区教育局".into()];
    attachment.postscript = vec!["注：".into()];
    let report = print(&attachment, &Theme::default()).value;
    let roles: Vec<_> = report.above.iter().chain(&report.below).map(|line| line.role).collect();
    use LineRole::*;
    assert_eq!(roles, [Annex, Blank, Title, Preamble, Postscript]);
}

#[test]
fn an_empty_attachment_and_one_without_columns_do_not_break() {
    assert_eq!(codes(&Attachment::default()), ["columns-missing"]);
    let mut attachment = attachment("number");
    attachment.columns.clear();
    attachment.items = vec![item(1, "1.1", "甲")];
    assert_eq!(codes(&attachment), ["columns-missing", "field-not-shown", "field-not-shown"]);
}

#[test]
fn an_item_outside_the_part_above_it_is_reported() {
    let mut attachment = attachment("number");
    attachment.items = vec![item(1, "1.1", ""), item(2, "", "")];
    assert_eq!(codes(&attachment), ["place-not-shown"]);
}

#[test]
fn only_plain_digits_are_a_number() {
    let mut attachment = attachment("number");
    attachment.items = vec![item(1, "", ""), item(2, "", "")];
    attachment.items[1].label = Some("02".into());
    let report = print(&attachment, &Theme::default()).value;
    let numbers: Vec<_> = report.table.cells()[1..].iter().map(|cell| cell.content.number()).collect();
    assert_eq!(&numbers[..2], [Some(1), None]);
}

#[test]
fn a_dropped_character_is_reported_with_its_item() {
    let mut attachment = attachment("number status");
    attachment.items = vec![item(5, "1.1", "")];
    attachment.items[0].status = Some(answered(&["甲\u{1}"]));
    let findings = print(&attachment, &Theme::default()).diagnostics;
    assert_eq!(findings[0].code, "character-dropped");
    assert_eq!(findings[0].arguments[0], ("where", "5 status".to_owned()));
}

/// An item by small numbers: its focus, what its status covers, what its units are merged with, how many units answer apart.
type Recipe = (u8, Vec<u8>, Vec<u8>, u8, bool);

fn cook(recipes: &[Recipe], columns: &str) -> Attachment {
    let mut attachment = attachment(columns);
    let id = |number: &u8| format!("i{number}");
    for (number, (focus, covers, merged, shares, answers)) in (0..).zip(recipes) {
        let focus = ["1.1", "2.1", "", "unknown"][usize::from(*focus) % 4];
        let mut item = item(number, focus, &format!("事{number}"));
        let names: Vec<String> = (0..shares % 4).map(|share| format!("局{share}")).collect();
        item.units = names.iter().map(|name| unit(name)).collect();
        let share =
            |name: &String| Contribution { unit: name.clone(), paragraphs: vec![format!("{number}{name}")] };
        let contributions: Vec<_> = names.iter().map(share).collect();
        item.status = answers.then(|| Answer {
            paragraphs: contributions.iter().flat_map(|share| share.paragraphs.clone()).collect(),
            covers: covers.iter().map(id).collect(),
            contributions,
            ..Answer::default()
        });
        item.merged.insert("units".into(), merged.iter().map(id).collect());
        attachment.items.push(item);
    }
    attachment
}

/// Some ways in which columns may stand.
const COLUMNS: &[&str] = &[
    "number matter units status",
    "section number focus matter units status",
    "status units focus matter number",
];

fn recipes() -> impl Strategy<Value = Vec<Recipe>> {
    let ids = || proptest::collection::vec(0u8..8, 0..4);
    proptest::collection::vec((0u8..4, ids(), ids(), 0u8..4, proptest::bool::ANY), 0..8)
}

proptest::proptest! {
    /// Whatever was merged with whatever: in a form each item has one row, marked with its id, and its own texts in it.
    #[test]
    fn an_item_of_a_form_has_one_row_with_its_mark_and_its_texts(
        recipes in recipes(),
        columns in proptest::sample::select(COLUMNS),
    ) {
        let attachment = cook(&recipes, columns);
        let form = Form { attachment: attachment.clone(), ..Form::default() };
        let report = super::super::form(&form, &Theme::default()).value;
        let rows: Vec<u32> = report.form.as_ref().unwrap().rows.keys().copied().collect();
        proptest::prop_assert_eq!(rows.len(), attachment.items.len());
        let column = |key: ColumnKey| attachment.columns.iter().position(|column| column.key == key).unwrap() as u32;
        for (row, item) in rows.into_iter().zip(&attachment.items) {
            proptest::prop_assert_eq!(report.row_mark(row), Some(item.id.as_str()));
            let cell = |key: ColumnKey| report.table.origin_at(row, column(key)).filter(|cell| cell.row_span == 1);
            let text = |key: ColumnKey| cell(key).map(|cell| cell.content.paragraphs.clone());
            proptest::prop_assert_eq!(text(ColumnKey::Matter), Some(vec![item.matter.clone()]));
            let own = item.status.clone().unwrap_or_default().paragraphs;
            let status = text(ColumnKey::Status);
            proptest::prop_assert!(status.is_some() && (own.is_empty() || status == Some(own)));
        }
    }

    /// Whatever is merged with whatever: the grid is full, and each item's texts stand in its own rows.
    #[test]
    fn no_item_loses_a_text_or_shifts_a_row(
        recipes in recipes(),
        columns in proptest::sample::select(COLUMNS),
    ) {
        let attachment = cook(&recipes, columns);
        let table = print(&attachment, &Theme::default()).value.table;
        let area: u32 = table.cells().iter().map(|cell| cell.row_span * cell.column_span).sum();
        proptest::prop_assert_eq!(area, table.rows() * table.columns());
        let column = |key: ColumnKey| attachment.columns.iter().position(|column| column.key == key).unwrap() as u32;
        let mut next = 0;
        for item in &attachment.items {
            let is_it = |cell: &&Cell<ReportCell>| cell.content.paragraphs == [item.matter.clone()];
            let matter = table.cells().iter().find(is_it).unwrap();
            proptest::prop_assert!(matter.row >= next, "items keep their order");
            next = matter.rows().end;
            let texts = |key: ColumnKey| -> Vec<String> {
                let mut cells: Vec<_> = matter.rows().map(|row| table.at(row, column(key.clone())).unwrap()).collect();
                cells.dedup_by_key(|cell| cell.row);
                cells.iter().flat_map(|cell| cell.content.paragraphs.clone()).collect()
            };
            proptest::prop_assert_eq!(texts(ColumnKey::Number), [item.number_text()]);
            let units: Vec<_> = item.units.iter().map(|unit| unit.raw.clone()).collect();
            if !units.is_empty() {
                proptest::prop_assert_eq!(texts(ColumnKey::Units), units);
            }
            let status = item.status.clone().unwrap_or_default().paragraphs;
            if !status.is_empty() {
                proptest::prop_assert_eq!(texts(ColumnKey::Status), status);
            }
        }
    }
}
