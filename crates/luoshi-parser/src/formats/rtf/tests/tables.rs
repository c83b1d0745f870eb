//! Tables: columns by edges, merges, nested tables, rows that are not as they should be.

use super::*;

#[test]
fn columns_are_between_edges_that_rows_have() {
    let three = plain(&["a", "b", "c"]);
    let wide = "\\trowd\\trleft-5\\cellx1008\\cellx3000\\pard\\intbl d\\cell e\\cell\\row ";
    assert_eq!(rows(&(three + wide)), ["a|b|c", "d|e|<"]);
}

#[test]
fn cells_are_merged_down_and_to_the_right() {
    let first = row(&[("\\clvmgf", "a"), ("\\clmgf", "b"), ("\\clmrg", "")]);
    let second = row(&[("\\clvmrg", ""), ("", "c"), ("", "d")]);
    assert_eq!(rows(&(first.clone() + &second)), ["a|b|<", "^|c|d"]);
    // Text in the lower part goes to the cell.
    let document = read((first + &row(&[("\\clvmrg", "x"), ("", ""), ("", "")])).as_bytes());
    assert_eq!(document.rows()[0], "a\nx|b|<");
    assert_eq!(document.told(), ["merged-cell-text r2 c1 text=x"]);
}

#[test]
fn a_cell_has_paragraphs_and_a_table_ends_at_a_paragraph_outside() {
    let body =
        "x\\par ".to_owned() + &plain(&["a\\par\\par b\\line c", ""]) + "\\pard y\\par " + &plain(&["d"]);
    let document = read(body.as_bytes());
    assert_eq!(document.lines(), ["x", "y"]);
    assert_eq!(document.rows(), ["a\n\nb\nc|"]);
    assert_eq!(document.tables().len(), 2);
    let cell = document.tables()[0].grid.at(0, 1).unwrap();
    assert_eq!(cell.content.paragraphs.len(), 1, "an empty cell has its one paragraph");
}

#[test]
fn a_definition_may_stand_behind_the_cells_and_be_left_out() {
    let cells = |a: &str, b: &str| format!("\\pard\\intbl {a}\\cell {b}\\cell ");
    let edges = "\\trowd\\trhdr\\cellx1000\\clvmgf\\cellx2000";
    let behind = cells("a", "b") + "{" + edges + "\\row}" + &cells("c", "d") + "{" + edges + "\\row}";
    assert_eq!(rows(&behind), ["a|b", "c|d"]);
    let twice = edges.to_owned() + &cells("a", "b") + "{" + edges + "\\row}";
    let document = read(twice.as_bytes());
    assert_eq!(document.rows(), ["a|b"]);
    assert!(document.tables()[0].rows[0].repeats);
    let once =
        "\\trowd\\cellx1000\\cellx3000".to_owned() + &cells("a", "b") + "\\row" + &cells("c", "d") + "\\row";
    assert_eq!(rows(&once), ["a|b", "c|d"]);
    assert_eq!(rows(&(cells("a", "b") + "\\row")), ["a|b"]);
}

#[test]
fn rows_whose_end_is_missing_are_rows() {
    let open = |a: &str, b: &str| format!("\\trowd\\cellx1000\\cellx2000\\pard\\intbl {a}\\cell {b}\\cell ");
    assert_eq!(rows(&(open("a", "b") + &open("c", "d") + "\\row" + &open("e", "f"))), ["a|b", "c|d", "e|f"]);
    let document = read((open("a", "b") + "\\pard x\\par").as_bytes());
    assert_eq!((document.rows(), document.lines()), (vec!["a|b".to_owned()], vec!["x".to_owned()]));
    // A row that is defined anew before it has all its cells, or for the first time, goes on.
    assert_eq!(rows("\\intbl a\\cell\\trowd\\cellx1000\\cellx2000\\intbl b\\cell\\row"), ["a|b"]);
    let edges = "\\trowd\\cellx1000\\cellx2000";
    assert_eq!(rows(&format!("{edges}\\intbl a\\cell{edges} b\\cell\\row")), ["a|b"]);
    // The last cell has no end either.
    assert_eq!(rows("\\trowd\\cellx1000\\cellx2000\\intbl a\\cell b\\row"), ["a|b"]);
    assert_eq!(rows("\\trowd\\cellx1000\\cellx2000\\intbl a\\cell b"), ["a|b"]);
}

#[test]
fn more_and_fewer_cells_than_edges() {
    let more = "\\trowd\\cellx1000\\cellx2000\\intbl a\\cell b\\cell c\\cell\\row ";
    let fewer = "\\trowd\\cellx1000\\cellx2000\\intbl d\\cell\\row ";
    let document = read((more.to_owned() + fewer).as_bytes());
    assert_eq!(document.rows(), ["a|b|c", "d|~|~"]);
    assert_eq!(document.tables()[0].rows.iter().map(|row| row.ragged).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn edges_that_do_not_grow_put_no_cell_into_another() {
    assert_eq!(
        rows("\\trowd\\cellx1000\\cellx1000\\cellx500\\intbl a\\cell b\\cell c\\cell\\row"),
        ["a|<|b|c"]
    );
    assert_eq!(
        rows("\\trowd\\cellx0\\cellx0\\intbl a\\cell b\\cell\\row\\trowd\\intbl c\\cell d\\cell\\row"),
        ["a|b", "c|d"]
    );
}

#[test]
fn a_paragraph_that_does_not_say_so_is_in_the_row_that_is_open() {
    let body = "\\trowd\\cellx1000\\cellx2000 a\\par b\\cell c\\cell\\row x\\par";
    let document = read(body.as_bytes());
    assert_eq!((document.rows(), document.lines()), (vec!["a\nb|c".to_owned()], vec!["x".to_owned()]));
    let body = "\\trowd\\cellx1000\\cellx2000\\pard\\intbl a\\cell\\pard b\\par c\\cell\\row\\pard x\\par";
    let document = read(body.as_bytes());
    assert_eq!((document.rows(), document.lines()), (vec!["a|b\nc".to_owned()], vec!["x".to_owned()]));
}

#[test]
fn a_nested_table_is_text_of_its_cell() {
    let inner = |a: &str, b: &str| {
        format!(
            "\\pard\\intbl\\itap2 {a}\\nestcell {b}\\nestcell{{\\*\\nesttableprops\\trowd\\cellx500\\cellx900\\nestrow}}{{\\nonesttables\\par}}"
        )
    };
    let cell = "x\\par ".to_owned() + &inner("1", "2") + &inner("3", "4") + "\\pard\\intbl\\itap1 y";
    let document = read((plain(&["a", &cell]) + &plain(&["b", "c"])).as_bytes());
    assert_eq!(document.rows(), ["a|x\n1\t2\n3\t4\ny", "b|c"]);
    assert_eq!(document.told(), ["nested-table r1 c2 rows=2"]);
    // Three deep, and the end of the innermost row is missing.
    let deep = "\\pard\\intbl\\itap2 p\\par\\pard\\intbl\\itap3 q\\nestcell\\pard\\intbl\\itap2 r\\nestcell{\\*\\nesttableprops\\trowd\\nestrow}\\pard\\intbl ";
    assert_eq!(rows(&plain(&[deep])), ["p\nq\nr\n"]);
}

#[test]
fn a_place_in_a_table_is_its_grid_column() {
    let wide = "\\trowd\\cellx2000\\cellx3000\\pard\\intbl a\\cell b{\\v c}\\cell\\row ";
    let document = read((wide.to_owned() + &plain(&["d", "e", "{\\v f}"])).as_bytes());
    assert_eq!(document.rows(), ["a|<|b", "d|e|"]);
    assert_eq!(document.told(), ["hidden-text r1 c3 text=c", "hidden-text r2 c3 text=f"]);
}

#[test]
fn bookmarks_mark_rows() {
    let body = plain(&["{\\*\\bkmkstart \\'d2\\'bb}a{\\*\\bkmkend \\'d2\\'bb}", "b"])
        + &plain(&["c", "{\\*\\bkmkstart e}d"])
        + "\\pard{\\*\\bkmkstart out}x\\par";
    let document = read(body.as_bytes());
    assert_eq!(document.tables()[0].bookmarks, [(0, "一".into()), (1, "e".into())]);
    assert_eq!(document.lines(), ["x"]);
}
