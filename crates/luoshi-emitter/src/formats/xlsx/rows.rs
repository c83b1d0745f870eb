//! Which rows of the worksheet a row of the report takes, and how high they are.
//!
//! Excel shows no row higher than 409 points and neither computes heights for merged cells. So every height is computed
//! here, and a report row that needs more takes several rows of the sheet, each of its cells merged over all of them: nothing
//! is cut, and one item is still one merged block.

use super::sheet::{line_size, points_of};
use crate::report::{LineRole, Report, measure};
use crate::theme::Theme;

/// The highest row that Excel shows, in points.
pub(super) const MAX_HEIGHT: f64 = 409.0;

/// White space above and below the text of a cell, in points: Excel's own, and a little for fonts that are higher than usual.
const AIR: f64 = 4.0;

/// The part of a column's width that text can count on: the rest covers Excel's own cell padding and faces that run wider than
/// estimated. Too high a row is ugly; too low a row hides text.
const USABLE: f64 = 0.94;

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
}

impl Plan {
    /// The print layout's place.
    pub(super) fn print(report: &Report, theme: &Theme) -> Self {
        let sizes = &theme.sheet;
        let widths: Vec<f64> = report.columns.iter().map(|column| points_of(column.width)).collect();
        let total: f64 = widths.iter().sum();
        let line_height = |role: LineRole, text: &str| {
            let size = line_size(role, sizes);
            height(&[text.to_owned()], total, size, sizes.line).min(MAX_HEIGHT)
        };
        let above: Vec<f64> = report.above.iter().map(|line| line_height(line.role, &line.text)).collect();
        let below = report.below.iter().map(|line| line_height(line.role, &line.text)).collect();
        let mut rows = Vec::new();
        let mut heights = Vec::new();
        let mut next = above.len() as u32;
        for needed in needed_heights(report, &widths, theme) {
            let count = (needed / MAX_HEIGHT).ceil().max(1.0);
            rows.push((next, count as u32));
            heights.push(needed / count);
            next += count as u32;
        }
        Self { above, rows, heights, below_from: next, below }
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
