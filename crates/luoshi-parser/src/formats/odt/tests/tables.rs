//! Rows, cells and merges.

use luoshi_table::Container;

use super::*;

#[test]
fn lines_and_tables_come_in_document_order() {
    let one = |text| table(&[tr(&[&td(text)])]);
    let body = [p("一"), one("甲"), p(""), format!("<text:section>{}</text:section>", one("乙"))].concat();
    let document = read(&body);
    assert_eq!((document.source.format, document.source.has_spans), ("odt", true));
    let containers: Vec<_> = document.tables().iter().map(|table| table.container.clone()).collect();
    assert_eq!(containers, [Container::Table(1), Container::Table(2)]);
    let kinds: Vec<_> =
        document.source.blocks.iter().map(|block| matches!(block, SourceBlock::Table(_))).collect();
    assert_eq!(kinds, [false, true, false, true]);
    assert!(document.findings.is_empty());
}

#[test]
fn cells_span_columns_and_rows() {
    let body = table(&[
        tr(&[&spanning(2, 2, "块"), COVERED, &td("a"), &spanning(1, 3, "长")]),
        tr(&[COVERED, COVERED, &td("b"), COVERED]),
        tr(&[&td("1"), &spanning(2, 1, "宽"), COVERED, COVERED]),
    ]);
    let document = read(&body);
    assert_eq!(document.rows(), ["块|<|a|长", "^|^|b|^", "1|宽|<|^"]);
    assert!(document.findings.is_empty());
}

#[test]
fn covered_cells_may_be_counted_or_left_out() {
    let counted = table(&[
        tr(&[
            &spanning(3, 2, "块"),
            "<table:covered-table-cell table:number-columns-repeated=\"2\"/>",
            &td("a"),
        ]),
        tr(&["<table:covered-table-cell table:number-columns-repeated=\"3\"/>", &td("b")]),
    ]);
    let left_out = table(&[tr(&[&spanning(3, 2, "块"), &td("a")]), tr(&[&td("b")])]);
    for body in [counted, left_out] {
        let document = read(&body);
        assert_eq!(document.rows(), ["块|<|<|a", "^|^|^|b"]);
        assert!(document.findings.is_empty());
    }
    let at_end = table(&[
        tr(&[&td("a"), &spanning(1, 2, "长"), &td("b"), &spanning(1, 2, "末")]),
        tr(&[&td("c")]),
        tr(&[&td("d")]),
    ]);
    assert_eq!(read(&at_end).rows(), ["a|长|b|末", "c|^|~|^", "d|~|~|~"]);
}

#[test]
fn text_under_a_merge_goes_to_the_cell_over_it() {
    let under = |text: &str| format!("<table:covered-table-cell>{}</table:covered-table-cell>", p(text));
    let body = table(&[
        tr(&[&spanning(2, 2, "上"), &under("右"), &td("a")]),
        tr(&[&under("下"), &under("角"), &td("b")]),
    ]);
    let document = read(&body);
    assert_eq!(document.rows(), ["上\n右\n下\n角|<|a", "^|^|b"]);
    assert_eq!(
        document.told(),
        [
            "merged-cell-text r1 c2 text=右",
            "merged-cell-text r2 c2 text=角",
            "merged-cell-text r2 c1 text=下\n角"
        ]
    );
}

#[test]
fn a_covered_cell_that_nothing_covers_is_a_cell() {
    let lost = format!("<table:covered-table-cell>{}</table:covered-table-cell>", p("丢"));
    let document = read(&table(&[tr(&[&td("a"), &lost]), tr(&[&td("b"), &td("c")])]));
    assert_eq!(document.rows(), ["a|丢", "b|c"]);
    assert_eq!(document.told(), ["merge-without-start r1 c2"]);
}

#[test]
fn spans_that_run_into_each_other_or_out_of_the_table_lose_no_text() {
    let body = table(&[
        tr(&[&td("a"), &spanning(1, 9, "长"), &td("b")]),
        tr(&[&spanning(3, 1, "宽"), COVERED, COVERED]),
        tr(&[&td("c"), &td("d"), &td("e")]),
    ]);
    let document = read(&body);
    assert_eq!(document.rows(), ["a|长|b", "宽|<|<", "c|d|e"]);
    let grid = "<table:table-column table:number-columns-repeated=\"2\"/>";
    let body = table(&[grid.to_owned(), tr(&[&spanning(9, 1, "题")]), tr(&[&td("a"), &td("b")])]);
    let document = read(&body);
    assert_eq!(document.rows(), ["题|<", "a|b"]);
    assert_eq!(document.told(), ["cell-span-cut r1 c1 span=9 columns=2"]);
}

#[test]
fn an_absurd_span_counts_as_one() {
    for value in ["0", "-1", "abc", "2.5", "99999999999999999999", ""] {
        let cell = td_with(&format!("table:number-columns-spanned=\"{value}\""), "a");
        let document = read(&table(&[tr(&[&cell, &td("b")])]));
        assert_eq!(document.rows(), ["a|b"], "{value}");
        assert_eq!(document.told(), [format!("cell-span-invalid r1 c1 value={value}")]);
    }
}

#[test]
fn rows_and_cells_may_be_repeated() {
    let twice = td_with("table:number-columns-repeated=\"2\"", "同");
    let rows =
        format!("<table:table-row table:number-rows-repeated=\"2\">{}{}</table:table-row>", td("a"), twice);
    assert_eq!(read(&table(&[rows])).rows(), ["a|同|同", "a|同|同"]);
    let spanning = "table:number-columns-repeated=\"2\" table:number-rows-spanned=\"2\"";
    let body = table(&[tr(&[&td_with(spanning, "长"), &td("a")]), tr(&[COVERED, COVERED, &td("b")])]);
    assert_eq!(read(&body).rows(), ["长|长|a", "^|^|b"]);
}

#[test]
fn rows_say_whether_they_repeat_or_are_hidden() {
    let header = format!(
        "<table:table-header-rows>{}<text:soft-page-break/></table:table-header-rows>",
        tr(&[&td("头")])
    );
    let group = format!(
        "<table:table-rows><table:table-row-group>{}</table:table-row-group></table:table-rows>",
        tr(&[&td("a")])
    );
    let hidden =
        tr(&[&td("b")]).replace("<table:table-row>", "<table:table-row table:visibility=\"collapse\">");
    let document = read(&table(&[header, group, hidden]));
    let told: Vec<_> = document.tables()[0].rows.iter().map(|row| (row.repeats, row.hidden)).collect();
    assert_eq!(told, [(true, false), (false, false), (false, true)]);
    assert_eq!(document.rows(), ["头", "a", "b"]);
}

#[test]
fn paragraphs_of_cells_are_kept_apart() {
    let cell = format!("<table:table-cell>{}{}</table:table-cell>", p("一<text:line-break/>行"), p("二"));
    let document = read(&table(&[tr(&[&cell, "<table:table-cell/>"])]));
    let cells = document.tables()[0].grid.cells();
    let texts: Vec<_> = cells
        .iter()
        .map(|cell| cell.content.paragraphs.iter().map(|p| p.text.as_str()).collect::<Vec<_>>())
        .collect();
    assert_eq!(texts, [vec!["一\n行", "二"], vec![]]);
}

#[test]
fn a_nested_table_is_text_of_its_cell() {
    let inner = table(&[tr(&[&td("甲"), &td("乙")]), tr(&[&td("丙"), &td("丁")])]);
    let cell = format!("<table:table-cell>{}{inner}{}</table:table-cell>", p("前"), p("后"));
    let document = read(&table(&[tr(&[&cell, &td("右")])]));
    assert_eq!(document.rows(), ["前\n甲\t乙\n丙\t丁\n后|右"]);
    assert_eq!(document.told(), ["nested-table r1 c1 rows=2"]);
}

#[test]
fn a_table_in_a_text_box_is_a_table_unless_the_box_stands_in_one() {
    let inner = table(&[tr(&[&td("甲")])]);
    let floating =
        p(&format!("前<draw:frame><draw:text-box>{inner}{}</draw:text-box></draw:frame>后", p("框")));
    let document = read(&floating);
    assert_eq!(
        (document.rows(), document.lines()),
        (vec!["甲".to_owned()], vec!["前后".to_owned(), "框".to_owned()])
    );
    let document = read(&table(&[tr(&[&format!("<table:table-cell>{floating}</table:table-cell>")])]));
    assert_eq!(document.rows(), ["前后\n甲\n框"]);
    assert_eq!(document.told(), ["nested-table r1 c1 rows=1", "text-box r1 c1 text=甲\n框"]);
}

#[test]
fn bookmarks_go_with_the_row_they_begin_in() {
    let marked = |name: &str| {
        td(&format!("<text:bookmark-start text:name=\"{name}\"/>a<text:bookmark-end text:name=\"{name}\"/>"))
    };
    let document = read(
        &(p("<text:bookmark text:name=\"外\"/>")
            + &table(&[tr(&[&td("头")]), tr(&[&marked("一"), &marked("二")])])),
    );
    let bookmarks: Vec<_> =
        document.tables()[0].bookmarks.iter().map(|(row, name)| (*row, &**name)).collect();
    assert_eq!(bookmarks, [(1, "一"), (1, "二")]);
}

#[test]
fn what_stands_in_a_wrong_place_is_read_as_if_it_were_not_there() {
    let body = format!(
        "<table:table-row>{}</table:table-row><table:table><table:table-row>散{}</table:table-row></table:table>",
        td("行"),
        td("格")
    );
    let document = read(&body);
    assert_eq!(
        (document.rows(), document.lines()),
        (vec!["格".to_owned()], vec!["行".to_owned(), "散".to_owned()])
    );
    assert_eq!(read("<table:table><table:table-column/></table:table>").tables().len(), 0);
}

#[test]
fn the_parts_of_a_split_cell_are_text_of_that_cell() {
    let parts = table(&[tr(&[&td("a"), &td("b")]), tr(&[&td("c"), &td("d")])]);
    let parts = parts.replace("<table:table>", "<table:table table:is-sub-table=\"true\">");
    let document =
        read(&table(&[tr(&[&td("甲"), &format!("<table:table-cell>{parts}</table:table-cell>")])]));
    assert_eq!(document.rows(), ["甲|a\tb\nc\td"]);
    assert_eq!(document.told(), ["nested-table r1 c2 rows=2"]);
}
