//! Cells in their columns (HTML, §4.9.12), rows in their order, tables in each other.

use super::*;

#[test]
fn tags_may_be_missing() {
    assert_eq!(rows("<table><tr><td>a<td>b<tr><th>c<td>d</table>"), ["a|b", "c|d"]);
    assert_eq!(rows("<table><td>a<p>b<td>c"), ["a¶b|c"]);
    let document = read("x<table>y<tr>z<td>a</table>");
    assert_eq!((document.lines(), document.rows()), (vec!["xyz".to_owned()], vec!["a".to_owned()]));
}

#[test]
fn spans_take_the_columns_below_and_end_with_their_group() {
    let page = "<table><tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td>d<tr><td rowspan=9>e<td>f<td>g<tbody><tr><td>h<td>i<td>j";
    assert_eq!(rows(page), ["a^2×1|b^1×2|·", "·|c|d", "e|f|g", "h|i|j"]);
    let page = "<table><tr><td rowspan=0>a<td>b<tr><td>c<tr><td>d</table>";
    assert_eq!(rows(page), ["a^3×1|b", "·|c", "·|d"]);
}

#[test]
fn what_spans_claim_is_what_there_is() {
    for (claimed, span) in [("0", 1), ("-2", 1), ("x", 1), ("2px", 2), ("+2", 2), ("", 1), ("99999999999", 3)]
    {
        let page = format!("<table><tr><td>a<td>b<td>c<tr><td colspan='{claimed}'>d");
        let document = read(&page);
        let cell = document.tables()[0].grid.at(1, 0).map(|cell| cell.column_span);
        assert_eq!(cell, Some(span), "{claimed}");
    }
}

#[test]
fn cells_that_would_overlap_end_at_the_one_from_above() {
    let document = read("<table><tr><td>a<td rowspan=2>b<tr><td colspan=2>c");
    assert_eq!(document.rows(), ["a|b^2×1", "c|·"]);
    assert_eq!(document.told(), ["cell-span-cut@t1r2c1 span=2 columns=1"]);
}

#[test]
fn a_cell_behind_one_that_is_cut_stands_behind_all_that_it_claims() {
    let document = read("<table border=1><tr><td>A<td rowspan=2>B<td>C<td>D<tr><td colspan=3>x<td>y</table>");
    assert_eq!(document.rows(), ["A|B^2×1|C|D", "x|·|-|y"]);
    assert_eq!(document.told(), ["cell-span-cut@t1r2c1 span=3 columns=1"]);
    // One that goes on below takes the columns behind it there too.
    let page = "<table><tr><td>A<td rowspan=2>B<td>C<td>D<tr><td colspan=3 rowspan=2>x<td>y<tr><td>z<td>v";
    assert_eq!(rows(page), ["A|B^2×1|C|D|-", "x^2×1|·|-|y|-", "·|-|-|z|v"]);
}

#[test]
fn rows_stand_as_they_are_shown() {
    let page = "<table><tfoot><tr><td>f</tfoot><tr><td>a<tbody><tr><td>b<thead><tr><td>h</thead><caption>c <b>d</b></caption></table>";
    let document = read(page);
    assert_eq!(
        (document.rows(), document.lines()),
        (vec!["h".into(), "a".into(), "b".into(), "f".into()], vec!["c d".to_owned()])
    );
    let repeats: Vec<bool> = document.tables()[0].rows.iter().map(|row| row.repeats).collect();
    assert_eq!(repeats, [true, false, false, false]);
    assert!(matches!(document.document.blocks[0], SourceBlock::Line(_)));
}

#[test]
fn rows_without_cells_are_none() {
    assert_eq!(rows("<table><tr></tr><tr><td>a</tr><tr></table>"), ["a"]);
    assert_eq!(read("<table><tr></table><table></table>b").document.blocks.len(), 1);
    // A row that stands under cells from above alone is one.
    assert_eq!(rows("<table><tr><td rowspan=2>a<tr><tr><td>b"), ["a^2×1", "·", "b"]);
}

#[test]
fn hidden_rows_columns_and_cells_are_told() {
    let page = "<table><col><col style='display:none' span=2><tr><td>a<td>b<td>c<td style='display:none'>x\n y\
                <tr hidden><td>d<td>e<td>f<tr style='visibility:collapse'><td>g<tr style='display:none'><td> <td>";
    let document = read(page);
    assert_eq!(document.rows(), ["a|b|c", "d|e|f", "g|-|-"]);
    let told =
        ["hidden-text@t1r1 text=x y", "rows-hidden@t1r2 first=2 last=3", "columns-hidden@t1 first=B last=C"];
    assert_eq!(document.told(), told);
    let hidden: Vec<bool> = document.tables()[0].rows.iter().map(|row| row.hidden).collect();
    assert_eq!(hidden, [false, true, true]);
    let group =
        read("<table><tr><td>a<td style='visibility:hidden'>x<td>b<tbody style='display:none'><tr><td>c");
    assert_eq!(group.rows(), ["a||b", "c|-|-"]);
    assert_eq!(group.told(), ["hidden-text@t1r1c2 text=x", "rows-hidden@t1r2 first=2 last=2"]);
    let whole = read("<div style='display:none'><table><td>a<b>b</b></table></div>");
    assert_eq!(
        (whole.rows(), whole.tables()[0].hidden, whole.told().len()),
        (vec!["ab".to_owned()], true, 0)
    );
}

#[test]
fn a_table_in_a_cell_is_text() {
    let document =
        read("<table><tr><td>a<table><tr><td>1<td>2<tr><td>3</table>b<td>c<tr><td>d<td>e<tr><td>f</table>");
    assert_eq!(document.rows(), ["a¶1\t2¶3¶b|c", "d|e", "f|-"]);
    assert_eq!(document.told(), ["nested-table@t1r1c1 rows=2"]);
}

#[test]
fn a_table_that_lays_out_the_page_is_none() {
    let data = "<table><tr><td>1<td>2<td>3<tr><td>4<td>5<td>6</table>";
    let document = read(&format!("<table><tr><td>导航<td><table><tr><td>标题{data}末</table></table>"));
    assert_eq!(document.rows(), ["1|2|3", "4|5|6"]);
    assert_eq!(
        (document.lines(), document.told().len()),
        (vec!["导航".into(), "标题".into(), "末".to_owned()], 0)
    );
    let said = read("<table role=presentation><tr><td>a<td>b</table>");
    assert_eq!((said.lines(), said.tables().len()), (vec!["a".to_owned(), "b".to_owned()], 0));
}

#[test]
fn a_hidden_row_of_a_table_in_a_cell_is_told() {
    let document = read(
        "<table><tr><td>a<table><tr><td>1<tr hidden><td>2<td>3<tr><td>4</table><td>c<tr><td>b<table><tr hidden><td>5</table>",
    );
    assert_eq!(document.rows(), ["a¶1¶4|c", "b|-"]);
    assert_eq!(
        document.told(),
        ["hidden-text@t1r1c1 text=2\t3", "nested-table@t1r1c1 rows=2", "hidden-text@t1r2c1 text=5"]
    );
}

#[test]
fn hidden_columns_whose_cells_take_no_place_are_none() {
    let columns = "<table><col><col style='display:none'><col style='display:none'>";
    let document = read(&format!("{columns}<tr><td>a<td style='display:none'>x<td>b"));
    assert_eq!(document.rows(), ["a|b"]);
    assert_eq!(document.told(), ["hidden-text@t1r1 text=x", "columns-hidden@t1 first=B last=B"]);
    let below = read(&format!(
        "{columns}<tr><td rowspan=2>a<td hidden>x<td hidden>y<td>b<tr><td hidden>z<td hidden>w<td>c"
    ));
    assert_eq!(below.rows(), ["a^2×1|b", "·|c"]);
    assert!(below.told().iter().all(|told| told.starts_with("hidden-text")), "{:?}", below.told());
    // Where another row shows a cell there, the column is read.
    let read_there = read(&format!("{columns}<tr><td>a<td hidden>x<td>b<tr><td>c<td>d<td>e"));
    assert_eq!(read_there.told(), ["hidden-text@t1r1 text=x", "columns-hidden@t1 first=B last=C"]);
}

#[test]
fn a_table_of_data_around_a_larger_one_is_a_table() {
    let larger = "<table><tr><td>1<td>2<td>3<td>4<td>5</table>";
    let document = read(&format!("<table border=1><tr><td>事项<td>情况<tr><td>a<td>见表{larger}</table>"));
    assert_eq!(document.rows(), ["事项|情况", "a|见表¶1\t2\t3\t4\t5"]);
    assert_eq!(document.told(), ["nested-table@t1r2c2 rows=1"]);
    for own in ["<caption>a</caption><tr><td>", "<tr><th>", "<tr><td><style>b</style><td>a<td>b<tr><td>"] {
        assert_eq!(read(&format!("<table>{own}{larger}</table>")).tables().len(), 1, "{own}");
    }
    // What is no text of two cells is no data.
    let bare = format!("<table><tr><td>&nbsp;<script>a</script><td>b<tr><td>c{larger}");
    assert_eq!(rows(&bare), ["1|2|3|4|5"]);
}

#[test]
fn bookmarks_mark_their_row() {
    let document = read(
        "<a name=o></a><table><tr><td>a<tr id=r><td><a name=x></a>b<table><td><a id=y>c</table></table>",
    );
    let bookmarks = &document.tables()[0].bookmarks;
    let marks: Vec<(u32, &str)> = bookmarks.iter().map(|(row, name)| (*row, &**name)).collect();
    assert_eq!(marks, [(1, "r"), (1, "x"), (1, "y")]);
}

#[test]
fn a_menu_beside_a_page_is_layout() {
    let page = format!("<table>{}</table>", "<tr><td>一<td>二<td>三<td>四".repeat(6));
    let document = read(&format!("<table><tr><td>首页 | 政务公开<td>内容{page}</table>"));
    assert_eq!(document.lines(), ["首页 | 政务公开", "内容"]);
    assert_eq!(document.rows(), ["一|二|三|四"; 6]);
    assert!(document.told().is_empty());
}
