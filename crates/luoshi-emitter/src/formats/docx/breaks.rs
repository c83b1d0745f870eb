//! Where pages may break inside the table, from an estimate of the rows' heights.
//!
//! Not here: heights of ordinary rows; the word processor knows its fonts and does that better.

use luoshi_table::Cell;

use crate::report::measure::{self, points};
use crate::report::{self, CellRole, Report, ReportCell};
use crate::theme::Theme;

/// What takes less than this part of a page is kept on one page. A taller row must be allowed to break: kept whole it leaves a
/// hole at the foot of the page, and taller than a page it runs out of it.
const KEEP_WHOLE: f64 = 1.0 / 3.0;

/// What is said of each row and column.
pub(super) struct Breaks {
    /// Rows that are kept on one page.
    pub(super) whole: Vec<bool>,
    /// Rows that stay on the page of the next one: those of a short merged cell.
    pub(super) keep_next: Vec<bool>,
    /// Heights, in points, of rows that are to be filled in, and of those that a merged cell makes higher than their own text
    /// does. Word would give all of it to the last of them, and LibreOffice cuts off what does not fit a header that it repeats.
    pub(super) least: Vec<Option<f64>>,
    /// Columns whose merged cells begin at the top, since one of them may run over pages: text in the middle of such a
    /// cell stands on one of its pages at best, and at worst (LibreOffice) part of it is not shown at all.
    pub(super) top: Vec<bool>,
}

impl Breaks {
    pub(super) fn new(report: &Report, theme: &Theme) -> Self {
        let limit = points(theme.page.text_height()) * KEEP_WHOLE;
        let total: f64 = report.columns.iter().map(|column| column.width).sum();
        let padding = points(theme.table.padding_vertical) * 2.0;
        let style = |cell: &Cell<ReportCell>| match cell.content.role {
            CellRole::Heading => &theme.text.heading,
            CellRole::Section => &theme.text.section,
            CellRole::Focus => &theme.text.focus,
            CellRole::Number | CellRole::Body => &theme.text.body,
        };
        let height = |cell: &Cell<ReportCell>| {
            let columns = &report.columns[cell.column as usize..cell.columns().end as usize];
            let part = columns.iter().map(|column| column.width).sum::<f64>() / total;
            let width = part * theme.page.text_width() - 2.0 * theme.table.padding;
            let lines = measure::lines(&cell.content.paragraphs, points(width) / style(cell).size());
            f64::from(lines) * style(cell).line + padding
        };
        // A row that is to be filled in has room to write by hand, and nobody knows yet how high it will be.
        let is_blank = |row: usize| report.row_mark(row as u32).is_some();
        let room = f64::from(report::ROOM) * theme.text.body.line + padding;
        let least = |row: u32| if is_blank(row as usize) { room } else { 0.0 };
        let heights = measure::row_heights(report, least, height);
        let rows = 0..heights.own.len();
        let whole =
            rows.clone().map(|row| !is_blank(row) && heights.needed[row] <= limit).collect::<Vec<_>>();
        let least = rows.clone().map(|row| match (heights.own[row], heights.needed[row]) {
            _ if is_blank(row) => Some(room),
            (own, needed) => (whole[row] && needed > own).then_some(needed),
        });
        let mut breaks = Self {
            least: least.collect(),
            keep_next: vec![false; rows.len()],
            top: vec![false; report.columns.len()],
            whole,
        };
        for cell in report.table.cells().iter().filter(|cell| cell.row_span > 1) {
            let (first, last) = (cell.row as usize, cell.rows().end as usize - 1);
            if !is_blank(last) && heights.needed[first..=last].iter().sum::<f64>() <= limit {
                breaks.keep_next[first..last].fill(true);
            } else {
                breaks.top[cell.column as usize] = true;
            }
        }
        breaks
    }
}
