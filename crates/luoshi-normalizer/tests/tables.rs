//! Whole small tables, as offices draw them: what becomes an item, a part, a note, and what is said.
#![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use luoshi_model::Attachment;
use luoshi_normalizer::{CatalogueChoice, normalize};
use luoshi_table::{
    Container, GridBuilder, SourceBlock, SourceCell, SourceDocument, SourceLine, SourceParagraph, SourceRow,
    SourceTable,
};

/// Rows of cells parted by `|`; `text*2` spans two columns, `text^2` two rows.
fn table(number: u32, rows: &[&str]) -> SourceBlock {
    let mut builder = GridBuilder::new();
    for (row, cells) in rows.iter().enumerate() {
        let mut column = 0;
        for text in cells.split('|') {
            while builder.is_taken(row as u32, column) {
                column += 1;
            }
            let (text, columns) = text.split_once('*').map_or((text, 1), |(t, n)| (t, n.parse().unwrap()));
            let (text, spanned) = text.split_once('^').map_or((text, 1), |(t, n)| (t, n.parse().unwrap()));
            let cell = SourceCell::from_text(text.trim());
            builder.place(row as u32, column, spanned, columns, cell).unwrap();
            column += columns;
        }
    }
    let rows = vec![SourceRow::default(); rows.len()];
    SourceBlock::Table(SourceTable {
        container: Container::Table(number),
        hidden: false,
        grid: builder.finish(),
        rows,
        bookmarks: Vec::new(),
    })
}

fn line(number: u32, text: &str) -> SourceBlock {
    SourceBlock::Line(SourceLine { paragraph: SourceParagraph::plain(text.to_owned()), number })
}

fn read(blocks: Vec<SourceBlock>) -> (Attachment, Vec<&'static str>) {
    let document = SourceDocument { file: "t.docx".into(), format: "docx", has_spans: true, blocks };
    let outcome = normalize(document, CatalogueChoice::None).unwrap();
    (outcome.value, outcome.diagnostics.iter().map(|finding| finding.code).collect())
}

const HEAD: &str = "序号|自查重点|自查事项|责任单位|落实情况";

fn matters(attachment: &Attachment) -> Vec<&str> {
    attachment.items.iter().map(|item| item.matter.as_str()).collect()
}

#[test]
fn a_table_under_another_sender_s_line_does_not_go_on_with_the_one_before() {
    let (read, codes) = read(vec![
        table(1, &[HEAD, "1|（一）甲|甲一|区教育局|已办"]),
        line(0, "填报单位：区旅游局"),
        table(2, &["2|（一）甲|甲二|区旅游局|也已办"]),
    ]);
    assert_eq!(read.items.len(), 1);
    assert!(codes.contains(&"table-ignored"), "{codes:?}");
}

#[test]
fn a_heading_between_two_tables_opens_its_part() {
    let (read, _) = read(vec![
        table(1, &[HEAD, "一、围绕改革*5", "1|（一）甲|甲一|区教育局|已办"]),
        line(0, "（接上页）"),
        line(1, "二、围绕民生"),
        table(2, &[HEAD, "2|（一）乙|乙一|区教育局|已办"]),
    ]);
    assert_eq!(matters(&read), ["甲一", "乙一"]);
    assert_eq!(read.focuses[1].section.as_deref(), Some("2"));
    assert_eq!(read.postscript, ["（接上页）"]);
}

#[test]
fn a_second_form_is_no_continuation() {
    let (read, codes) = read(vec![
        table(1, &[HEAD, "1|（一）甲|甲一|区教育局|已办"]),
        line(0, "附件2"),
        line(1, "第二张自查表"),
        table(2, &[HEAD, "1|（一）乙|乙一|区教育局|已办"]),
    ]);
    assert_eq!(matters(&read), ["甲一"]);
    assert!(codes.contains(&"checklist-ignored"), "{codes:?}");
}

#[test]
fn a_table_of_something_else_is_no_continuation() {
    let contacts = table(2, &["姓名|职务|电话|邮箱|备注", "张三|科长|1|a|b"]);
    let (read, codes) = read(vec![table(1, &[HEAD, "1|（一）甲|甲一|区教育局|已办"]), contacts]);
    assert_eq!(matters(&read), ["甲一"]);
    assert!(codes.contains(&"table-ignored"), "{codes:?}");
}

#[test]
fn another_header_below_ends_the_table_with_an_error() {
    let rows = [
        HEAD,
        "1|（一）甲|甲一|区教育局|已办",
        "序号|责任单位|自查事项|落实情况|备注",
        "1|区民政局|乙一|已办|",
    ];
    let (read, codes) = read(vec![table(1, &rows)]);
    assert_eq!(matters(&read), ["甲一"]);
    assert!(codes.contains(&"checklist-ignored"), "{codes:?}");
}

#[test]
fn a_part_in_a_row_of_its_own_opens_it() {
    let rows = [HEAD, "|（一）甲|||", "1||甲一|区教育局|已办", "|（二）乙|||", "2||乙一|区教育局|已办"];
    let (read, _) = read(vec![table(1, &rows)]);
    let focuses: Vec<_> = read.items.iter().map(|item| item.focus.as_deref()).collect();
    assert_eq!(focuses, [Some("1"), Some("2")]);
    assert_eq!((read.focuses.len(), read.items.len()), (2, 2));
}

#[test]
fn an_enumerator_may_stand_before_its_title() {
    for row in ["一|围绕改革*4", "一|围绕改革|||"] {
        let (read, _) = read(vec![table(1, &[HEAD, row, "1|（一）甲|甲一|区教育局|已办"])]);
        assert_eq!((read.sections[0].label.as_str(), read.sections[0].title.as_str()), ("一", "围绕改革"));
        assert_eq!(matters(&read), ["甲一"]);
    }
}

#[test]
fn a_cell_over_several_columns_is_kept_once_and_said() {
    let (read, codes) = read(vec![table(1, &[HEAD, "1|（一）甲|甲一|不涉及*2", "2||乙一|区教育局|已办"])]);
    assert_eq!(read.items[0].units[0].raw, "不涉及");
    assert!(read.items[0].status.as_ref().unwrap().paragraphs.is_empty());
    assert!(codes.contains(&"cell-spans-columns"), "{codes:?}");
}

#[test]
fn columns_below_one_heading_are_one_text() {
    let rows = ["序号|自查事项|责任单位|落实情况*2", "1|甲|区教育局|已公开^2|一月", "2|乙|区教育局|二月"];
    let (read, _) = read(vec![table(1, &rows)]);
    let status = |index: usize| read.items[index].status.as_ref().unwrap().paragraphs.clone();
    assert_eq!(
        (status(0), status(1)),
        (vec!["已公开".to_owned(), "一月".to_owned()], vec!["二月".to_owned()])
    );
}

#[test]
fn a_header_of_three_rows_keeps_its_middle() {
    let rows = ["序号^3|自查事项^3|公开方式*2|责任单位^3", "主动类*2", "网站|公告栏", "1|甲|有|无|区教育局"];
    let (read, _) = read(vec![table(1, &rows)]);
    assert_eq!(read.columns[2].group.as_deref(), Some("公开方式/主动类"));
    assert_eq!((read.columns[2].heading.as_str(), read.columns[3].heading.as_str()), ("网站", "公告栏"));
}

#[test]
fn totals_notes_and_signatures_are_no_items() {
    let rows = [
        HEAD,
        "1|（一）甲|甲一|区教育局|已办",
        "合计||1项||",
        "以上情况属实，特此报告。*5",
        "填表人：张三|||审核人：王五|",
    ];
    let (read, _) = read(vec![table(1, &rows)]);
    assert_eq!(matters(&read), ["甲一"]);
    assert_eq!(read.postscript, ["合计　1项", "以上情况属实，特此报告。", "填表人：张三　审核人：王五"]);
    assert!(read.sections.is_empty());
}

#[test]
fn a_full_width_row_above_items_is_a_section() {
    let (read, codes) = read(vec![table(1, &[HEAD, "教育类*5", "1|（一）甲|甲一|区教育局|已办"])]);
    assert_eq!((read.sections[0].title.as_str(), read.sections[0].label.as_str()), ("教育类", ""));
    assert_eq!(codes, ["section-unnumbered"]);
}

#[test]
fn the_period_is_not_the_day_of_filling_in() {
    let form = table(1, &[HEAD, "1|（一）甲|甲一|区教育局|已办"]);
    let (read, _) = read(vec![line(0, "落实情况表"), line(1, "填报日期：2017年2月3日"), form]);
    assert_eq!((read.title.as_str(), read.period), ("落实情况表", None));
}

#[test]
fn a_number_before_the_matter_stays_there_without_a_column_of_its_own() {
    let (read, _) =
        read(vec![table(1, &["工作任务|责任单位", "1. 依法公开|区教育局", "2. 及时公开|区民政局"])]);
    assert_eq!((read.items[1].number, read.items[1].label.as_deref()), (Some(2), Some("2.")));
    assert_eq!(read.items[1].matter, "及时公开");
}

#[test]
fn a_form_retyped_throughout_is_still_its_catalogue_s() {
    let rows = [
        HEAD,
        "4|（二）甲|依法公开随机抽查的事项清单|区编办|已办",
        "5||推进监管和执法信息公开|区建设局|已办",
    ];
    let document = SourceDocument {
        file: "t.docx".into(),
        format: "docx",
        has_spans: true,
        blocks: vec![table(1, &rows)],
    };
    let outcome = normalize(document, CatalogueChoice::Automatic).unwrap();
    assert_eq!(outcome.value.catalogue.as_deref(), Some("haicang-2016"));
    assert_eq!(outcome.value.items[0].id, "2016-004");
}

fn statuses(attachment: &Attachment) -> Vec<Vec<String>> {
    attachment.items.iter().map(|item| item.status.as_ref().unwrap().paragraphs.clone()).collect()
}

#[test]
fn a_text_where_numbers_stand_is_a_part() {
    for (row, label, title) in
        [("围绕改革推进公开||||", "", "围绕改革推进公开"), ("1.教育类||||", "1.", "教育类")]
    {
        let (read, _) = read(vec![table(1, &[HEAD, row, "1|（一）甲|甲一|区教育局|已办"])]);
        assert_eq!(matters(&read), ["甲一"]);
        assert_eq!((read.sections[0].label.as_str(), read.sections[0].title.as_str()), (label, title));
    }
    let (read, _) = read(vec![table(
        1,
        &[HEAD, "1|（一）甲|甲一|区教育局|已办", "（续表）||||", "2||乙一|区教育局|已办"],
    )]);
    assert_eq!((read.sections.len(), read.postscript.len(), read.items.len()), (0, 1, 2));
}

#[test]
fn a_row_torn_by_a_page_is_one_item() {
    let rows = [
        HEAD,
        "1|（一）甲|推进教育信|区教育局|已公开招生简章、",
        "||息公开||录取名单。",
        "2||乙一|区教育局|已办",
    ];
    let (whole, codes) = read(vec![table(1, &rows)]);
    assert_eq!(matters(&whole), ["推进教育信息公开", "乙一"]);
    assert_eq!(statuses(&whole)[0], ["已公开招生简章、录取名单。"]);
    assert!(codes.contains(&"row-torn"), "{codes:?}");

    // An answer without a full stop does not break off: the row below is an item that lost its number and unit.
    let rows = [HEAD, "1|（一）甲|推进教育信|区教育局|已公开招生简章", "||息公开||录取名单。"];
    assert_eq!(read(vec![table(1, &rows)]).0.items.len(), 2);
    // A catalogue knows what is torn.
    let rows = [
        HEAD,
        "2|（一）甲|推进监管执法|区建设局|已公开招生简章",
        "||信息公开||录取名单。",
        "3||推进教育信息公开|区教育局|已办",
    ];
    let document = SourceDocument {
        file: "t.docx".into(),
        format: "docx",
        has_spans: true,
        blocks: vec![table(1, &rows)],
    };
    let read = normalize(document, CatalogueChoice::Automatic).unwrap().value;
    assert_eq!(matters(&read), ["推进监管执法信息公开", "推进教育信息公开"]);
}

#[test]
fn ditto_names_what_stands_above() {
    let rows = [HEAD, "1|（一）甲|甲一|区教育局、区卫计局|已办", "2|同上|乙一|〃|已办", "3||丙一|同上|已办"];
    let (read, codes) = read(vec![table(1, &rows)]);
    assert_eq!(read.focuses.len(), 1);
    for item in &read.items {
        assert_eq!(item.focus.as_deref(), Some("1"));
        assert_eq!(
            item.units.iter().map(|unit| unit.name.as_str()).collect::<Vec<_>>(),
            ["区教育局", "区卫计局"]
        );
    }
    let units = |origin: &luoshi_model::ItemOrigin| {
        origin.fields.iter().find(|field| field.field.is_units()).and_then(|field| field.raw.clone())
    };
    assert_eq!(units(&read.provenance.items[1]).as_deref(), Some("〃"));
    assert_eq!(codes.iter().filter(|code| **code == "ditto-filled").count(), 3, "{codes:?}");
}

#[test]
fn each_unit_s_answer_stands_beside_it() {
    let said = |rows: &[&str]| {
        let mut all = vec!["序号|自查事项|责任单位|落实情况"];
        all.extend(rows);
        let (read, _) = read(vec![table(1, &all)]);
        let answer = read.items[0].status.clone().unwrap();
        let share = |c: luoshi_model::Contribution| format!("{}:{}", c.unit, c.paragraphs.join("/"));
        (answer.paragraphs, answer.contributions.into_iter().map(share).collect::<Vec<_>>())
    };
    let (told, shares) = said(&["1^3|甲^3|区教育局|一", "区卫计局|", "区文体局|二"]);
    assert_eq!(
        (told, shares),
        (
            vec!["一".into(), "二".into()],
            vec!["区教育局:一".into(), "区卫计局:".into(), "区文体局:二".into()]
        )
    );
    let (told, shares) = said(&["1^3|甲^3|区教育局|一^2", "区卫计局", "区文体局|二"]);
    assert_eq!(
        (told, shares),
        (vec!["一".into(), "二".into()], vec!["区教育局、区卫计局:一".into(), "区文体局:二".into()])
    );
    // One answer beside the first of several units may be that of all.
    assert_eq!(said(&["1^2|甲^2|区教育局|一", "区卫计局|"]).1, Vec::<String>::new());
    // Two answers beside one unit are its own.
    assert_eq!(said(&["1^2|甲^2|区教育局^2|一", "二"]).1, Vec::<String>::new());
}

#[test]
fn texts_beside_a_tall_cell_are_kept_row_by_row() {
    let rows = ["序号|自查事项|责任单位|落实情况*2", "1^2|甲^2|区教育局^2|已公开^2|一月", "二月"];
    let (read, _) = read(vec![table(1, &rows)]);
    assert_eq!(statuses(&read)[0], ["已公开", "一月", "二月"]);
}

#[test]
fn a_tall_cell_of_a_further_row_is_read_once() {
    let rows = ["序号|自查事项|责任单位|落实情况", "1^3|甲^3|区教育局^3|一", "二^2", ""];
    let (read, _) = read(vec![table(1, &rows)]);
    assert_eq!(statuses(&read)[0], ["一", "二"]);
}

#[test]
fn a_cell_of_a_further_row_is_shared_with_the_item_below() {
    let rows = ["序号|自查事项|责任单位|落实情况", "1^2|甲^2|区教育局^2|", "一^2", "2|乙|区民政局"];
    let (read, _) = read(vec![table(1, &rows)]);
    assert_eq!(
        read.items[0].status.as_ref().unwrap().covers,
        [read.items[0].id.clone(), read.items[1].id.clone()]
    );
    assert_eq!(read.items[1].status.as_ref().unwrap().see.as_ref(), Some(&read.items[0].id));
}

#[test]
fn an_empty_merged_answer_stands_for_nothing() {
    let rows = ["序号|自查事项|责任单位|落实情况", "1|甲|区教育局|^2", "2|乙|区教育局", "3|丙|区教育局|同上"];
    let (read, _) = read(vec![table(1, &rows)]);
    let see = read.items[2].status.as_ref().unwrap().see.clone();
    assert_eq!(see.as_ref(), Some(&read.items[1].id));
}

#[test]
fn references_that_lead_nowhere_or_round_are_told_apart() {
    let rows = [
        "序号|自查事项|责任单位|落实情况",
        "1|甲|区教育局|见第2项",
        "2|乙|区教育局|见第1项",
        "3|丙|区教育局|见第9项",
        "4|丁|区教育局|已办",
        "5|戊|区教育局|见第4、2项",
    ];
    let (read, codes) = read(vec![table(1, &rows)]);
    let codes: Vec<_> = codes.into_iter().filter(|code| code.starts_with("reference")).collect();
    assert_eq!(
        codes,
        ["reference-circular", "reference-circular", "reference-unresolved", "reference-several"]
    );
    let see = |item: usize| read.items[item].status.as_ref().unwrap().see.as_ref();
    assert_eq!((see(0), see(4)), (None, Some(&read.items[3].id)));
}
