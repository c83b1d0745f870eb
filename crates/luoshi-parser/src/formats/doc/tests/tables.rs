//! Cells, rows and tables.

use super::super::fib::Structure;
use super::super::sprm;
use super::{File, in_table, plc, prl, row, row_end, rows};
use crate::limits;

const VERTICAL: u16 = 0x0020;
const VERTICAL_FIRST: u16 = 0x0060;

#[test]
fn cells_go_where_their_edges_are_and_merge_down_where_they_say() {
    let document = File::default()
        .line("表")
        .cell("一")
        .row_end(&[0, 3000], &[])
        .cell("二\r三")
        .cell("四")
        .cell("五")
        .row_end(&[0, 1000, 2000, 3000], &[VERTICAL_FIRST, 0, 0])
        .cell("")
        .cell("六")
        .row_end(&[2, 1004, 2998], &[VERTICAL, 0])
        .line("后")
        .read();
    assert_eq!(document.rows(), ["一|<|<", "二/三|四|五", "^|六|<"]);
    assert_eq!(document.lines(), ["表", "*", "后"]);
    assert_eq!(document.findings(), [""; 0]);
}

/// Word 97 and the specification disagree about which bit is which; what the first cell of a set says is the first.
#[test]
fn cells_that_are_one_in_their_row_are_one() {
    let of = |flags: [u16; 3]| {
        let cells = File::default().cell("一").cell("").cell("二");
        cells.row_end(&[0, 1000, 2000, 3000], &flags).read().rows()
    };
    assert_eq!(of([1, 2, 0]), ["一|<|二"]);
    assert_eq!(of([2, 1, 0]), ["一|<|二"]);
    assert_eq!(of([0, 0, 0]), ["一||二"]);
}

/// Each row that says it is the first of a merged cell is one, whatever stands above it.
#[test]
fn two_merged_cells_may_follow_each_other() {
    let mut file = File::default();
    for (text, flags) in
        [("一", VERTICAL_FIRST), ("", VERTICAL), ("二", VERTICAL_FIRST), ("", VERTICAL), ("", VERTICAL_FIRST)]
    {
        file = file.cell(text).cell("x").row_end(&[0, 1000, 2000], &[flags, 0]);
    }
    assert_eq!(file.read().rows(), ["一|x", "^|x", "二|x", "^|x", "|x"]);
}

#[test]
fn text_in_a_cell_that_is_merged_away_is_kept() {
    let document = File::default()
        .cell("一")
        .row_end(&[0, 1000], &[VERTICAL_FIRST])
        .cell("二")
        .row_end(&[0, 1000], &[VERTICAL])
        .read();
    assert_eq!(document.rows(), ["一/二", "^"]);
    assert_eq!(document.findings(), ["merged-cell-text@.2.1 text=二"]);
}

#[test]
fn a_row_that_starts_further_right_lacks_the_first_cell() {
    let document = File::default()
        .cell("一")
        .cell("二")
        .row_end(&[0, 1000, 2000], &[])
        .cell("三")
        .row_end(&[1000, 2000], &[])
        .read();
    assert_eq!(document.rows(), ["一|二", "~|三"]);
}

#[test]
fn rows_without_a_definition_or_with_a_wrong_one_keep_their_cells() {
    let document = File::default()
        .cell("一")
        .cell("二")
        .run("\u{7}", &[])
        .styled(0, &[in_table(1), prl(sprm::P_F_TTP, &[1])].concat())
        // More cells than edges, and edges that run back.
        .cell("三")
        .cell("四")
        .cell("五")
        .row_end(&[0, 1000], &[])
        .cell("六")
        .cell("七")
        .row_end(&[1000, 0, -5], &[])
        // A row that never ends.
        .cell("八")
        .line("后")
        .read();
    assert_eq!(document.rows(), ["一|二|~", "三|四|五", "~|六|七", "八|~|~"]);
    assert_eq!(document.lines(), ["*", "后"]);
}

#[test]
fn a_header_repeats() {
    let repeats = [row_end(&[0, 1000], &[]), prl(sprm::T_TABLE_HEADER, &[1])].concat();
    let document =
        File::default().cell("一").run("\u{7}", &[]).styled(0, &repeats).cell("二").row_end(&[0, 1000], &[]);
    let document = document.read();
    let repeats: Vec<bool> = document.tables()[0].rows.iter().map(|row| row.repeats).collect();
    assert_eq!(repeats, [true, false]);
}

/// A row of an inner table: its marks are those of paragraphs.
fn inner_row(mut file: File, cells: &[&str]) -> File {
    for text in cells {
        let ends_cell = [in_table(2), prl(sprm::P_F_INNER_TABLE_CELL, &[1])].concat();
        file = file.run(&format!("{text}\r"), &[]).styled(0, &ends_cell);
    }
    let edges: Vec<i16> = (0..=cells.len() as i16).map(|edge| edge * 100).collect();
    let ends_row = [in_table(2), prl(sprm::P_F_INNER_TABLE_CELL, &[1]), prl(sprm::P_F_INNER_TTP, &[1])];
    file.run("\r", &[]).styled(0, &[ends_row.concat(), row(&edges, &[])].concat())
}

#[test]
fn an_inner_table_is_text_of_its_cell() {
    let mut file = File::default().cell("一").run("前\r", &[]).styled(0, &in_table(1));
    file = inner_row(inner_row(file, &["甲", "乙"]), &["丙", "丁"]);
    let document = file.cell("后").row_end(&[0, 1000, 2000], &[]).line("").read();
    assert_eq!(document.rows(), ["一|前/甲\t乙/丙\t丁/后"]);
    assert_eq!(document.findings(), ["nested-table@.1.2 rows=2"]);
}

#[test]
fn a_depth_that_is_only_claimed_is_bounded() {
    let document = File::default()
        .run("深\r", &[])
        .styled(0, &in_table(0x7FFF_FFFF))
        .line("后")
        .run("x\r", &[])
        .styled(0, &prl(sprm::P_DTAP, &0x8000_0000_u32.to_le_bytes()))
        .read();
    assert_eq!(document.lines(), ["*", "后", "x"]);
    assert_eq!(document.rows(), ["深"]);
    assert_eq!(document.findings().len(), limits::TABLE_DEPTH.size() - 1);
}

#[test]
fn properties_that_are_too_long_for_a_page_stand_in_the_data_stream() {
    for code in [sprm::P_HUGE_PAPX, sprm::P_HUGE_PAPX_97, sprm::P_TABLE_PROPS] {
        let list = row_end(&[0, 1000, 2000], &[]);
        let data = [&[9; 6][..], &(list.len() as u16).to_le_bytes(), &list].concat();
        let file = File::default().cell("一").cell("二").with_data(data);
        let file = file.run("\u{7}", &[]).styled(0, &prl(code, &6_u32.to_le_bytes()));
        let document = file.read();
        assert_eq!((document.lines(), document.rows()), (vec!["*".into()], vec!["一|二".into()]), "{code:X}");
        // One that points nowhere says nothing: the row does not end.
        let file = File::default().cell("一").run("\u{7}", &[]).styled(0, &prl(code, &900_u32.to_le_bytes()));
        assert_eq!(file.read().lines(), ["*", ""]);
    }
}

/// Where a finding stands is told by the column of the grid, not by the number of the cell.
#[test]
fn a_finding_names_the_column_of_its_cell() {
    let hidden = prl(sprm::C_F_VANISH, &[1]);
    let document = File::default()
        .cell("一")
        .cell("二")
        .cell("三")
        .row_end(&[0, 1000, 2000, 3000], &[])
        .cell("宽")
        .run("隐", &hidden)
        .cell("")
        .row_end(&[0, 2000, 3000], &[])
        .read();
    assert_eq!(document.rows(), ["一|二|三", "宽|<|"]);
    assert_eq!(document.findings(), ["hidden-text@.2.3 text=隐"]);
}

#[test]
fn bookmarks_mark_their_rows() {
    let name = |name: &str| {
        let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [&(name.len() as u16).to_le_bytes()[..], &units].concat()
    };
    let names = [&[0xFF, 0xFF, 2, 0, 0, 0][..], &name("_b"), &name("_a")].concat();
    let starts = plc(&[3, 0, 9], &[vec![0; 4], vec![0; 4]]);
    let document = File::default()
        .cell("一")
        .row_end(&[0, 1000], &[])
        .cell("二")
        .row_end(&[0, 1000], &[])
        .with(Structure::BookmarkNames, names)
        .with(Structure::BookmarkStarts, starts)
        .read();
    assert_eq!(document.tables()[0].bookmarks, [(0, "_a".into()), (1, "_b".into())]);
}

#[test]
fn tables_are_numbered_in_their_order() {
    let table = |file: File, text: &str| file.cell(text).row_end(&[0, 1000], &[]);
    let document = table(table(File::default(), "一").line("间"), "二").read();
    assert_eq!(document.lines(), ["*", "间", "*"]);
    let texts: Vec<Vec<String>> = document.tables().into_iter().map(rows).collect();
    assert_eq!(texts, [["一"], ["二"]]);
}
