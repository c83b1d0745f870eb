//! A plain list: a row of headings and a row per entry, every cell its own. The sheets of a merge's record are such lists.
//!
//! Not here: what they list.

use luoshi_model::ColumnKey;
use luoshi_table::{Diagnostic, GridBuilder, Outcome};

use super::clean::Cleaner;
use super::{CellRole, Entry, Line, LineRole, Report, ReportCell, ReportColumn, cells};
use crate::theme::{Theme, Vertical};

/// A list in the making.
pub(super) struct List {
    name: &'static str,
    columns: Vec<ReportColumn>,
    grid: GridBuilder<ReportCell>,
    rows: u32,
    cleaner: Cleaner,
}

impl List {
    pub(super) fn new(name: &'static str, columns: Vec<ReportColumn>) -> Self {
        let mut list = Self { name, columns, grid: GridBuilder::new(), rows: 0, cleaner: Cleaner::default() };
        let heading = |column: &ReportColumn| {
            ReportCell::new(CellRole::Heading, cells::paragraph(column.heading.clone()))
        };
        let headings = list.columns.iter().map(heading).collect();
        list.push(headings);
        list
    }

    /// Adds a row: a cell for each column.
    pub(super) fn push(&mut self, row: Vec<ReportCell>) {
        for (column, mut cell) in (0..).zip(row) {
            let place = || format!("{} {}", self.name, self.rows + 1);
            let marked = cell.marked.iter_mut().map(|(_, text)| text);
            for text in cell.paragraphs.iter_mut().chain(marked) {
                *text = self.cleaner.clean(text, place);
            }
            let placed = self.grid.place(self.rows, column, 1, 1, cell);
            debug_assert!(placed.is_ok(), "each row is pushed once");
        }
        self.rows += 1;
    }

    /// The list below its name and these lines, above those; `key_columns` at the left stay in view.
    pub(super) fn printed(
        mut self,
        above: Vec<String>,
        below: Vec<String>,
        key_columns: u32,
    ) -> Outcome<Report> {
        let mut line =
            |role, text: &str| Line { role, text: self.cleaner.clean(text, || self.name.to_owned()) };
        let title = line(LineRole::Title, self.name);
        let above = above.iter().map(|text| line(LineRole::Preamble, text)).collect::<Vec<_>>();
        let below = below.iter().map(|text| line(LineRole::Postscript, text)).collect();
        let Outcome { value: mut report, diagnostics } = self.finish();
        report.above = [vec![title], above].concat();
        report.below = below;
        report.key_columns = key_columns;
        Outcome::new(report, diagnostics)
    }

    /// The list alone.
    pub(super) fn finish(self) -> Outcome<Report> {
        let report = Report {
            name: self.name.into(),
            title: self.name.to_owned(),
            above: Vec::new(),
            columns: self.columns,
            header_rows: 1,
            key_columns: 0,
            table: self.grid.finish(),
            below: Vec::new(),
            form: None,
        };
        let findings: Vec<Diagnostic> = self.cleaner.findings;
        Outcome::new(report, findings)
    }
}

/// A column that looks like one of a checklist in the plain layout.
pub(super) fn column(heading: &str, like: &ColumnKey, theme: &Theme) -> ReportColumn {
    let style = theme.column(like);
    ReportColumn {
        heading: heading.to_owned(),
        width: style.data,
        align: style.align,
        vertical: Vertical::Top,
        entry: Entry::Nothing,
    }
}

/// The same as wide as in the print layout: for a list of many columns.
pub(super) fn narrow_column(heading: &str, like: &ColumnKey, theme: &Theme) -> ReportColumn {
    ReportColumn { width: theme.column(like).width, ..column(heading, like, theme) }
}

/// A cell of one text.
pub(super) fn text(text: impl Into<String>) -> ReportCell {
    paragraphs(cells::paragraph(text.into()))
}

/// A cell of several paragraphs.
pub(super) fn paragraphs(paragraphs: Vec<String>) -> ReportCell {
    ReportCell::new(CellRole::Body, paragraphs)
}

/// A cell that a spreadsheet can compute with, where the text is a plain number.
pub(super) fn number(text: impl ToString) -> ReportCell {
    let paragraphs = cells::paragraph(text.to_string());
    ReportCell::new(cells::role(&ColumnKey::Number, &paragraphs), paragraphs)
}
