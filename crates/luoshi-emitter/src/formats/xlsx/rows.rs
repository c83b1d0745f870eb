//! Which rows of the worksheet a row of the report takes, and how high they are.
//!
//! Excel shows no row higher than 409 points, breaks pages between rows only, and computes no heights for merged cells. So
//! every height is computed here, and a report row that is too tall to be kept on one page takes several rows of the sheet,
//! each of its cells merged over all of them: nothing is cut, pages are full, and one item is still one merged block.

use luoshi_table::Cell;

use super::sheet::line_size;
use crate::report::measure::{self, KEEP_WHOLE, points};
use crate::report::{LineRole, Report, ReportCell};
use crate::theme::Theme;

/// The highest row that Excel shows, in points.
pub(super) const MAX_HEIGHT: f64 = 409.0;

/// Lines of text in each of the rows that a tall row takes: what a page may leave blank at its foot.
const LINES_OF_PIECE: f64 = 3.0;

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

/// The place of a report in a worksheet.
#[derive(Debug)]
pub(super) struct Plan {
    /// Heights of the lines above the table, in points.
    pub(super) above: Vec<f64>,
    /// For each row of the report: its first row in the sheet, and how many rows it takes.
    pub(super) rows: Vec<(u32, u32)>,
    /// For each row of the report: the height of each of its sheet rows.
    pub(super) heights: Vec<f64>,
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
        let limit = points(theme.page.text_height()) * KEEP_WHOLE;
        let piece = LINES_OF_PIECE * sizes.body * sizes.line;
        let mut rows = Vec::new();
        let mut heights = Vec::new();
        let mut next = above.len() as u32;
        for needed in needed_heights(report, &widths, theme) {
            let count = if needed > limit { (needed / piece).ceil() } else { 1.0 };
            rows.push((next, count as u32));
            heights.push(needed / count);
            next += count as u32;
        }
        Self { above, rows, heights, below_from: next, below, limit }
    }

    /// Where a cell of the report stands.
    pub(super) fn block(&self, cell: &Cell<ReportCell>) -> Block {
        let rows = cell.row as usize..cell.rows().end as usize;
        let (first, (last, count)) = (self.rows[rows.start].0, self.rows[rows.end - 1]);
        let height: f64 = self.rows[rows.clone()]
            .iter()
            .zip(&self.heights[rows])
            .map(|((_, n), height)| f64::from(*n) * height)
            .sum();
        let last = last + count - 1;
        Block {
            from: (first, cell.column as u16),
            to: (last, (cell.columns().end - 1) as u16),
            breaks: first < last && height > self.limit,
        }
    }

    /// The number of rows that the sheet has.
    pub(super) fn last_row(&self) -> u32 {
        self.below_from + self.below.len() as u32
    }
}

/// The height that paragraphs need in a column of this width.
pub(super) fn height(paragraphs: &[String], width: f64, size: f64, pitch: f64) -> f64 {
    f64::from(measure::lines(paragraphs, width * USABLE / size)) * size * pitch + AIR
}

/// The height that each row of the report needs so that every cell shows all its text.
fn needed_heights(report: &Report, widths: &[f64], theme: &Theme) -> Vec<f64> {
    let sizes = &theme.sheet;
    let heights = measure::row_heights(report, sizes.body * sizes.line + AIR, |cell| {
        let size = if cell.row < report.header_rows { sizes.heading } else { sizes.body };
        let width: f64 = widths[cell.column as usize..cell.columns().end as usize].iter().sum();
        height(&cell.content.paragraphs, width, size, sizes.line)
    });
    heights.needed
}
