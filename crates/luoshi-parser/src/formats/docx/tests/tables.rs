//! Rows, cells and merges.

use luoshi_table::Container;

use super::*;

const RESTART: &str = r#"<w:vMerge w:val="restart"/>"#;
const CONTINUE: &str = "<w:vMerge/>";

fn span(columns: &str) -> String {
    format!(r#"<w:gridSpan w:val="{columns}"/>"#)
}

#[test]
fn lines_and_tables_come_in_document_order() {
    let table = |text| tbl(&[tr(&[tc(text)])]);
    let body = [p(&r("一")), table("甲"), p(""), p(&r("二")), table("乙")].concat();
    let document = read(&body);
    assert_eq!((document.source.format, document.source.has_spans), ("docx", true));
    assert_eq!(document.lines(), ["一", "", "二"]);
    let containers: Vec<_> = document.tables().iter().map(|table| table.container.clone()).collect();
    assert_eq!(containers, [Container::Table(1), Container::Table(2)]);
    let kinds: Vec<_> =
        document.source.blocks.iter().map(|block| matches!(block, SourceBlock::Table(_))).collect();
    assert_eq!(kinds, [false, true, false, false, true]);
    assert!(document.findings.is_empty());
}

#[test]
fn a_cell_spans_columns() {
    let body = tbl(&[
        tr(&[tc("1"), tc_with(&span("2"), "2-3"), tc("4")]),
        tr(&[tc("a"), tc("b"), tc("c"), tc("d")]),
    ]);
    assert_eq!(read(&body).rows(), ["1|2-3|<|4", "a|b|c|d"]);
}

#[test]
fn a_cell_spans_rows_by_its_grid_column_not_its_place_in_the_row() {
    let wide = tc_with(&span("2"), "宽");
    let body = tbl(&[
        tr(&[tc("1"), tc("2"), tc_with(RESTART, "三")]),
        tr(&[wide.clone(), tc_with(CONTINUE, "")]),
        tr(&[tc("x"), tc("y"), tc_with(r#"<w:vMerge w:val="continue"/>"#, "")]),
        tr(&[wide, tc_with(RESTART, "四")]),
    ]);
    let document = read(&body);
    assert_eq!(document.rows(), ["1|2|三", "宽|<|^", "x|y|^", "宽|<|四"]);
    assert!(document.findings.is_empty());
}

#[test]
fn a_block_spans_rows_and_columns() {
    let start = tc_with(&(span("2") + RESTART), "块");
    let more = tc_with(&(span("2") + CONTINUE), "");
    let body = tbl(&[tr(&[start, tc("a")]), tr(&[more, tc("b")])]);
    assert_eq!(read(&body).rows(), ["块|<|a", "^|^|b"]);
}

#[test]
fn a_continuation_without_a_start_is_a_cell_and_is_told() {
    let body = tbl(&[
        tr(&[tc("a"), tc_with(CONTINUE, "b")]),
        tr(&[tc("c"), tc_with(CONTINUE, "")]),
        tr(&[tc_with(CONTINUE, "d"), tc("e")]),
    ]);
    let document = read(&body);
    assert_eq!(document.rows(), ["a|b", "c|^", "d|e"]);
    assert_eq!(document.told(), ["merge-without-start r1 c2", "merge-without-start r3 c1"]);
}

#[test]
fn a_continuation_of_another_width_is_a_cell_and_is_told() {
    let body = tbl(&[
        tr(&[tc_with(&(span("2") + RESTART), "a"), tc("b")]),
        tr(&[tc_with(CONTINUE, "c"), tc("d"), tc("e")]),
    ]);
    let document = read(&body);
    assert_eq!(document.rows(), ["a|<|b", "c|d|e"]);
    assert_eq!(document.told(), ["merge-width-differs r2 c1"]);
}

#[test]
fn text_in_a_continuation_goes_to_the_cell_it_continues() {
    let body = tbl(&[tr(&[tc_with(RESTART, "上"), tc("a")]), tr(&[tc_with(CONTINUE, "下"), tc("b")])]);
    let document = read(&body);
    assert_eq!(document.rows(), ["上\n下|a", "^|b"]);
    assert_eq!(document.told(), ["merged-cell-text r2 c1 text=下"]);
}

#[test]
fn the_old_horizontal_merge_joins_cells() {
    let start = tc_with(r#"<w:hMerge w:val="restart"/>"#, "a");
    let more = |text| tc_with("<w:hMerge/>", text);
    let body = tbl(&[
        tr(&[start, more(""), more("丢"), tc("b")]),
        tr(&[tc("1"), tc("2"), tc("3"), tc("4")]),
        tr(&[more("x"), tc("2"), tc("3"), tc("4")]),
    ]);
    let document = read(&body);
    assert_eq!(document.rows(), ["a\n丢|<|<|b", "1|2|3|4", "x|2|3|4"]);
    assert_eq!(document.told(), ["merged-cell-text r1 c3 text=丢", "merge-without-start r3 c1"]);
}

#[test]
fn a_row_may_begin_after_the_first_column_and_end_before_the_last() {
    let skip = r#"<w:trPr><w:gridBefore w:val="1"/><w:gridAfter w:val="1"/></w:trPr>"#;
    let body = tbl(&[
        tr(&[tc("1"), tc("2"), tc_with(RESTART, "3")]),
        format!("<w:tr>{skip}{}</w:tr>", tc("b")),
        tr(&[tc("a")]),
    ]);
    assert_eq!(read(&body).rows(), ["1|2|3", "~|b|~", "a|~|~"]);
}

#[test]
fn exceptions_to_the_table_properties_move_nothing() {
    let exception =
        "<w:tblPrEx><w:tblW w:w=\"50%\"/></w:tblPrEx><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>";
    let body = tbl(&[tr(&[tc("1"), tc("2")]), format!("<w:tr>{exception}{}</w:tr>", tc("b"))]);
    assert_eq!(read(&body).rows(), ["1|2", "~|b"]);
}

#[test]
fn a_span_past_the_grid_ends_at_the_grid() {
    let grid = "<w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>";
    let title = tr(&[tc_with(&span("9"), "标题")]);
    let body = format!("<w:tbl>{grid}{title}{}</w:tbl>", tr(&[tc("a"), tc("b")]));
    let document = read(&body);
    assert_eq!(document.rows(), ["标题|<", "a|b"]);
    assert_eq!(document.told(), ["cell-span-cut r1 c1 span=9 columns=2"]);
}

#[test]
fn a_grid_that_names_too_few_columns_is_not_believed() {
    let grid = "<w:tblGrid><w:gridCol/></w:tblGrid>";
    let header = tr(&[tc("a"), tc_with(&span("2"), "b")]);
    let body = format!("<w:tbl>{grid}{header}{}</w:tbl>", tr(&[tc("1"), tc("2"), tc("3")]));
    let document = read(&body);
    assert_eq!(document.rows(), ["a|b|<", "1|2|3"]);
    assert!(document.findings.is_empty());
}

#[test]
fn an_absurd_span_counts_as_one_column() {
    for value in ["-1", "0", "abc", "2.5", "4294967297", "99999999999999999999", ""] {
        let body = tbl(&[tr(&[tc_with(&span(value), "a"), tc("b")]), tr(&[tc("1"), tc("2")])]);
        let document = read(&body);
        assert_eq!(document.rows(), ["a|b", "1|2"], "{value}");
        assert_eq!(document.told(), [format!("cell-span-invalid r1 c1 value={value}")]);
    }
}

#[test]
fn odd_widths_do_not_matter() {
    let odd = r#"<w:tcW w:w="50%" w:type="pct"/><w:tcBorders><w:top w:space="x"/></w:tcBorders>"#;
    let restart = tc_with(&format!("{odd}{RESTART}"), "a");
    let body = tbl(&[tr(&[restart, tc("b")]), tr(&[tc_with(&format!("{odd}{CONTINUE}"), ""), tc("c")])]);
    assert_eq!(read(&body).rows(), ["a|b", "^|c"]);
}

#[test]
fn a_nested_table_is_text_of_its_cell() {
    let inner = tbl(&[
        tr(&[tc("甲"), format!("<w:tc>{}{}</w:tc>", p(&r("一")), p(&r("二")))]),
        tr(&[tc("乙"), tc("3")]),
    ]);
    let cell = format!("<w:tc>{}{inner}{}</w:tc>", p(&r("前")), p(&r("后")));
    let document = read(&tbl(&[tr(&[cell, tc("b")])]));
    let paragraphs: Vec<_> =
        document.tables()[0].grid.cells()[0].content.paragraphs.iter().map(|p| p.text.clone()).collect();
    assert_eq!(paragraphs, ["前", "甲\t一\n二", "乙\t3", "后"]);
    assert_eq!(document.told(), ["nested-table r1 c1 rows=2"]);
    assert_eq!(document.tables().len(), 1);
}

#[test]
fn wrappers_around_tables_rows_cells_paragraphs_and_runs_change_nothing() {
    let sdt = |content: &str| {
        format!(
            "<w:sdt><w:sdtPr><w:rPr><w:vanish/></w:rPr></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
        )
    };
    let run = sdt(&format!("<w:smartTag w:uri=\"u\"><w:smartTagPr/>{}</w:smartTag>", r("甲")));
    let cell = sdt(&format!("<w:tc>{}</w:tc>", sdt(&p(&run))));
    let row =
        format!("<w:customXml w:element=\"x\"><w:customXmlPr/>{}</w:customXml>", sdt(&tr(&[cell, tc("b")])));
    let document = read(&sdt(&tbl(&[row, tr(&[tc("c"), tc("d")])])));
    assert_eq!(document.rows(), ["甲|b", "c|d"]);
    assert!(document.findings.is_empty());
}

#[test]
fn rows_say_whether_they_repeat_or_are_hidden() {
    let with = |properties: &str| format!("<w:tr><w:trPr>{properties}</w:trPr>{}</w:tr>", tc("a"));
    let body = tbl(&[with("<w:tblHeader/>"), with("<w:tblHeader w:val=\"0\"/>"), with("<w:hidden/>")]);
    let document = read(&body);
    let facts: Vec<_> =
        document.tables()[0].rows.iter().map(|row| (row.repeats, row.hidden, row.ragged)).collect();
    assert_eq!(facts, [(true, false, false), (false, false, false), (false, true, false)]);
}

#[test]
fn an_empty_cell_and_a_cell_with_an_empty_paragraph_differ() {
    let document =
        read(&tbl(&[format!("<w:tr><w:tc/>{}</w:tr>", format_args!("<w:tc>{}</w:tc>", "<w:p/>"))]));
    let cells = document.tables()[0].grid.cells();
    assert_eq!(cells.iter().map(|cell| cell.content.paragraphs.len()).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn text_in_a_wrong_place_is_kept() {
    // A paragraph between rows, a row and a cell outside a table, a run outside a paragraph.
    let body = format!(
        "<w:tbl>{}{}</w:tbl>{}<w:tc>{}</w:tc>{}",
        p(&r("间")),
        tr(&[tc("a")]),
        tr(&[tc("行")]),
        p(&r("格")),
        r("散")
    );
    let document = read(&body);
    assert_eq!(document.lines(), ["间", "行", "格", "散"]);
    assert_eq!(document.rows(), ["a"]);
}

#[test]
fn a_table_without_rows_is_none() {
    let document = read(&format!("{}{}", tbl(&[]), tbl(&[tr(&[tc("a")])])));
    assert_eq!(document.tables().len(), 1);
    assert_eq!(document.tables()[0].container, Container::Table(1));
}

#[test]
fn a_bookmark_marks_the_row_it_begins_in() {
    let mark =
        |name: &str| format!(r#"<w:bookmarkStart w:id="1" w:name="{name}"/><w:bookmarkEnd w:id="1"/>"#);
    let in_cell = format!("<w:tc>{}</w:tc>", p(&(mark("乙") + &r("b"))));
    let nested = format!("<w:tc>{}{}</w:tc>", tbl(&[tr(std::slice::from_ref(&in_cell))]), p(""));
    let body = [p(&mark("外")), tbl(&[tr(&[tc("a")]), tr(&[mark("甲"), in_cell]), tr(&[nested])])];
    let document = read(&body.concat());
    let marks: Vec<_> = document.tables()[0].bookmarks.iter().map(|(row, name)| (*row, &**name)).collect();
    assert_eq!(marks, [(1, "甲"), (1, "乙"), (2, "乙")]);
}
