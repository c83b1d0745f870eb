//! Which rows of the worksheet a row of the report takes, and how high they are.
//!
//! Excel shows no row higher than 409 points, breaks pages between rows only, and computes no heights for merged cells. So
//! every height is computed here, and a report row that is too tall to be kept on one page takes several rows of the sheet,
//! its cells merged over all of them: nothing is cut off, pages are full, and one item is still one block. Only its longest text
//! is parted between paragraphs, a row each, so that pages break there; within a paragraph they may go through a line.

use std::collections::BTreeSet;
use std::ops::Range;

use luoshi_table::Cell;

use super::sheet::line_size;
use crate::report::measure::{self, points};
use crate::report::{self, CellRole, LineRole, Report, ReportCell};
use crate::theme::Theme;

/// The highest row that Excel shows, in points.
pub(super) const MAX_HEIGHT: f64 = 409.0;

/// What takes less than this part of a page is kept on one page. A document breaks sooner, but it breaks between lines.
const KEEP_WHOLE: f64 = 1.0 / 2.0;

/// The same for a merged cell of a form: its rows are high and pages break after every fourth or fifth.
const KEEP_WHOLE_IN_FORM: f64 = 1.0 / 4.0;

/// Paragraphs are put into one row up to this part of a page: what a page may leave blank at its foot.
const TOGETHER: f64 = 1.0 / 4.0;

/// Lines of text in each of the rows that a longer paragraph takes.
const LINES_OF_ROW: f64 = 3.0;

/// White space above and below the text of a cell, in points: Excel's own, and a little for fonts that are higher than usual.
const AIR: f64 = 4.0;

/// The part of a column's width that text can count on: the rest covers Excel's own cell padding and faces that run wider than
/// estimated. Too high a row is ugly; too low a row hides text.
const USABLE: f64 = 0.94;

/// A rectangle of the sheet, both ends included.
pub(super) struct Block {
    pub(super) from: (u32, u16),
    pub(super) to: (u32, u16),
    /// Whether pages may break inside it. Text in the middle of such a block stands on one of its pages, far from what it
    /// belongs to.
    pub(super) breaks: bool,
}

/// A part of a cell's text, from one paragraph to another.
pub(super) struct Piece {
    pub(super) paragraphs: Range<usize>,
    pub(super) block: Block,
}

/// A text that is parted between paragraphs.
struct Parted {
    column: u32,
    /// The paragraphs of each piece, and the number of sheet rows that it takes.
    pieces: Vec<(Range<usize>, u32)>,
}

/// The sheet rows of one row of the report.
struct Rows {
    first: u32,
    heights: Vec<f64>,
    parted: Option<Parted>,
}

/// The place of a report in a worksheet.
pub(super) struct Plan {
    /// Heights of the lines above the table, in points.
    pub(super) above: Vec<f64>,
    rows: Vec<Rows>,
    /// First sheet row of the lines below the table.
    pub(super) below_from: u32,
    /// Heights of the lines below the table.
    pub(super) below: Vec<f64>,
    /// What is higher than this is no longer kept on one page.
    limit: f64,
}

impl Plan {
    /// The print layout's place.
    pub(super) fn print(report: &Report, theme: &Theme) -> Self {
        let sizes = &theme.sheet;
        let widths: Vec<f64> = report.columns.iter().map(|column| points(column.width)).collect();
        let total: f64 = widths.iter().sum();
        let line_height = |role: LineRole, text: &str| {
            let size = line_size(role, sizes);
            height(&[text.to_owned()], total, size, sizes.line).min(MAX_HEIGHT)
        };
        let above: Vec<f64> = report.above.iter().map(|line| line_height(line.role, &line.text)).collect();
        let below = report.below.iter().map(|line| line_height(line.role, &line.text)).collect();
        let page = points(theme.page.text_height());
        let low = LINES_OF_ROW * sizes.body * sizes.line;
        // An item of a form keeps to one row, for each row carries a mark and takes one answer.
        let (most, limit) = match report.form {
            Some(_) => (f64::INFINITY, page * KEEP_WHOLE_IN_FORM),
            None => (page * KEEP_WHOLE, page * KEEP_WHOLE),
        };
        let mut rows = Vec::new();
        let mut first = above.len() as u32;
        for (row, needed) in (0..).zip(needed_heights(report, &widths, theme)) {
            let mut heights = Vec::new();
            let take = |heights: &mut Vec<f64>, height: f64| {
                let count = if height > most { (height / low).ceil() } else { 1.0 };
                heights.extend(std::iter::repeat_n(height / count, count as usize));
                count as u32
            };
            let height_of = |cell: &Cell<ReportCell>, paragraphs: &[String]| {
                height(paragraphs, widths[cell.column as usize], sizes.body, sizes.line)
            };
            let parted = if needed > most { longest(report, row, height_of) } else { None };
            let mut parted = parted.map(|cell| {
                let texts = &cell.content.paragraphs;
                let alone = texts.iter().map(|text| height_of(cell, std::slice::from_ref(text)));
                let pieces = part(texts, &alone.collect::<Vec<_>>(), page * TOGETHER);
                let pieces = pieces
                    .into_iter()
                    .map(|piece| (piece.clone(), take(&mut heights, height_of(cell, &texts[piece]))));
                Parted { column: cell.column, pieces: pieces.collect() }
            });
            // A cell that is merged over further rows may need more than the one that was parted.
            let missing = needed - heights.iter().sum::<f64>();
            if missing >= 1.0 {
                let count = take(&mut heights, missing);
                if let Some((_, rows)) = parted.as_mut().and_then(|parted| parted.pieces.last_mut()) {
                    *rows += count;
                }
            }
            let count = heights.len() as u32;
            rows.push(Rows { first, heights, parted });
            first += count;
        }
        Self { above, rows, below_from: first, below, limit }
    }

    /// The sheet rows of the table with their heights.
    pub(super) fn heights(&self) -> impl Iterator<Item = (u32, f64)> {
        self.rows.iter().flat_map(|rows| (rows.first..).zip(rows.heights.iter().copied()))
    }

    /// The sheet rows that rows of the report take.
    pub(super) fn sheet_rows(&self, rows: Range<u32>) -> Range<u32> {
        let next = self.rows.get(rows.end as usize).map_or(self.below_from, |next| next.first);
        self.rows[rows.start as usize].first..next
    }

    /// The sheet rows of the headings, and their height.
    pub(super) fn header(&self, report: &Report) -> (Range<u32>, f64) {
        let rows = self.sheet_rows(0..report.header_rows);
        let heights = self.heights().take(rows.len()).map(|(_, height)| height);
        (rows, heights.sum())
    }

    /// Where a cell of the report stands.
    pub(super) fn block(&self, cell: &Cell<ReportCell>) -> Block {
        let rows = self.sheet_rows(cell.rows());
        let height: f64 = self.rows[cell.row as usize..cell.rows().end as usize]
            .iter()
            .flat_map(|rows| &rows.heights)
            .sum();
        Block {
            from: (rows.start, cell.column as u16),
            to: (rows.end - 1, (cell.columns().end - 1) as u16),
            breaks: rows.len() > 1 && height > self.limit,
        }
    }

    /// The pieces of a cell whose text is parted, from its first to its last.
    pub(super) fn pieces(&self, cell: &Cell<ReportCell>) -> Option<Vec<Piece>> {
        let rows = &self.rows[cell.row as usize];
        let parted = rows.parted.as_ref().filter(|parted| parted.column == cell.column)?;
        let column = cell.column as u16;
        let mut next = rows.first;
        let place = |(paragraphs, count): &(Range<usize>, u32)| {
            let first = next;
            next += count;
            let block = Block { from: (first, column), to: (next - 1, column), breaks: true };
            Piece { paragraphs: paragraphs.clone(), block }
        };
        Some(parted.pieces.iter().map(place).collect())
    }

    /// The number of rows that the sheet has.
    pub(super) fn last_row(&self) -> u32 {
        self.below_from + self.below.len() as u32
    }
}

/// The cell of a row that may be parted: the highest, where it has several paragraphs and stands behind the columns that say
/// which item the row is about. Those hold the pieces together when the sheet is read.
fn longest(
    report: &Report,
    row: u32,
    height: impl Fn(&Cell<ReportCell>, &[String]) -> f64,
) -> Option<&Cell<ReportCell>> {
    let may_part = |cell: &&Cell<ReportCell>| {
        let is_own = (cell.row_span, cell.column_span) == (1, 1) && cell.content.role == CellRole::Body;
        is_own && report.key_columns > 0 && cell.column >= report.key_columns
    };
    let own = |cell: &Cell<ReportCell>| height(cell, &cell.content.paragraphs);
    let highest = report.table.row(row).filter(may_part).max_by(|a, b| own(a).total_cmp(&own(b)))?;
    (highest.content.paragraphs.len() > 1).then_some(highest)
}

/// Parts a text between paragraphs, as many of them together as fit the height. A blank paragraph is no place to part: at the
/// edge of a cell nobody could tell it from none.
fn part(paragraphs: &[String], heights: &[f64], most: f64) -> Vec<Range<usize>> {
    let is_blank = |index: usize| paragraphs[index].trim().is_empty();
    let mut pieces = Vec::new();
    let (mut start, mut height) = (0, 0.0);
    let mut last_place = None;
    for end in 0..paragraphs.len() {
        if end > 0 && !is_blank(end) && !is_blank(end - 1) {
            last_place = Some(end);
        }
        height += heights[end];
        if height > most
            && let Some(place) = last_place.take()
        {
            pieces.push(start..place);
            start = place;
            height = heights[start..=end].iter().sum();
        }
    }
    pieces.push(start..paragraphs.len());
    pieces
}

/// The height that paragraphs need in a column of this width.
pub(super) fn height(paragraphs: &[String], width: f64, size: f64, pitch: f64) -> f64 {
    f64::from(measure::lines(paragraphs, width * USABLE / size)) * size * pitch + AIR
}

/// The columns with a cell of one row that no row can show all of.
pub(super) fn too_high(report: &Report, theme: &Theme) -> BTreeSet<u32> {
    let sizes = &theme.sheet;
    let cells = report.table.cells().iter().filter(|cell| (cell.row_span, cell.column_span) == (1, 1));
    let is_too_high = |cell: &&Cell<ReportCell>| {
        let width = points(report.columns[cell.column as usize].width);
        height(&cell.content.paragraphs, width, sizes.body, sizes.line) > MAX_HEIGHT
    };
    cells.filter(is_too_high).map(|cell| cell.column).collect()
}

/// The height that each row of the report needs so that every cell shows all its text.
fn needed_heights(report: &Report, widths: &[f64], theme: &Theme) -> Vec<f64> {
    let sizes = &theme.sheet;
    let lines = |row| report.row_mark(row).map_or(1, |_| report::ROOM);
    let least = |row| f64::from(lines(row)) * sizes.body * sizes.line + AIR;
    let heights = measure::row_heights(report, least, |cell| {
        let size = if cell.row < report.header_rows { sizes.heading } else { sizes.body };
        let width: f64 = widths[cell.column as usize..cell.columns().end as usize].iter().sum();
        height(&cell.content.paragraphs, width, size, sizes.line)
    });
    heights.needed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_parted_between_paragraphs_and_never_beside_a_blank_one() {
        let parted = |texts: &[&str], heights: &[f64]| {
            let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
            part(&texts, heights, 10.0).iter().map(|piece| piece.len()).collect::<Vec<_>>()
        };
        assert_eq!(parted(&["a", "b", "c", "d"], &[4.0, 4.0, 4.0, 4.0]), [2, 2]);
        assert_eq!(parted(&["a", "b", "c"], &[30.0, 4.0, 4.0]), [1, 2]);
        assert_eq!(parted(&["a", "b", "c"], &[4.0, 30.0, 4.0]), [1, 1, 1]);
        // Only between c and d is there a place.
        assert_eq!(parted(&["a", "", "c", "d"], &[8.0, 8.0, 8.0, 8.0]), [3, 1]);
        assert_eq!(parted(&["a", "　", "c"], &[8.0, 8.0, 8.0]), [3]);
        assert_eq!(parted(&["a"], &[30.0]), [1]);
    }
}
