//! Cells to rows: the empty lines say where rows end, the number of columns shows where they lie.
//!
//! Not here: lost cells. A row that stays short is handed on as it is.

use luoshi_table::{Diagnostic, Locator, SourceCell};

use super::LedCell;

pub(super) struct Row {
    pub(super) cells: Vec<SourceCell>,
    after_loss: bool,
}

/// The number of columns: the cells of the first row that has more than one, which is the header.
pub(super) fn width(rows: &[Row]) -> usize {
    rows.iter().map(|row| row.cells.len()).find(|&cells| cells > 1).unwrap_or(1)
}

/// Groups cells into rows. Emits `row-rejoined` where a row was torn in two.
pub(super) fn rows(cells: Vec<LedCell>, place: &Locator, diagnostics: &mut Vec<Diagnostic>) -> Vec<Row> {
    let mut torn: Vec<Row> = Vec::new();
    for LedCell { after_loss, gap, cell } in cells {
        match torn.last_mut() {
            Some(row) if !after_loss && gap % 2 == 0 => row.cells.push(cell),
            _ => torn.push(Row { cells: vec![cell], after_loss }),
        }
    }

    let width = width(&torn);
    let mut rows: Vec<Row> = Vec::with_capacity(torn.len());
    for row in torn {
        let number = rows.len() as u32;
        match rows.last_mut() {
            Some(last) if continues(last, &row, width) => {
                last.cells.extend(row.cells);
                diagnostics.push(Diagnostic::warning("row-rejoined", place.row(number - 1)));
            }
            _ => rows.push(row),
        }
    }
    rows
}

/// Whether a row is the torn-off end of the one before: that one is short, both fit into the columns, and this one begins
/// with neither a number nor a heading, as every row of its own does. A heading row before it is whole as it is.
fn continues(last: &Row, row: &Row, width: usize) -> bool {
    let begins = row.cells.first().map(SourceCell::text).unwrap_or_default();
    last.cells.len() > 1
        && last.cells.len() + row.cells.len() <= width
        && !row.after_loss
        && !begins_row(begins.trim())
}

fn begins_row(text: &str) -> bool {
    let enumerator = |c: char| "一二三四五六七八九十".contains(c);
    let mut rest = text.chars();
    match rest.next() {
        None => true,
        Some('（' | '(') => rest.next().is_some_and(|c| enumerator(c) || c.is_ascii_digit()),
        Some(first) if enumerator(first) => rest.find(|&c| !enumerator(c)) == Some('、'),
        Some(first) if first.is_ascii_digit() => rest.all(|c| c.is_ascii_digit() || "、.．".contains(c)),
        Some(_) => false,
    }
}
