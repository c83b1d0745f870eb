//! The print layout: the official table, with sections as rows or columns and shared answers as merged cells.
//!
//! Not here: the order of the parts (`outline`) and what a field says (`cells`).

use std::collections::BTreeSet;
use std::ops::Range;

use luoshi_model::{Attachment, ColumnKey, Item};
use luoshi_table::{Diagnostic, GridBuilder, Outcome, Severity};

use super::cells::Share;
use super::clean::Cleaner;
use super::outline::{Step, outline};
use super::shared::{Says, Shared};
use super::{CellRole, Entry, Line, LineRole, Report, ReportCell, ReportColumn, cells};
use crate::theme::{Label, Theme};

/// Lays an attachment out as the official table.
pub fn print(attachment: &Attachment, theme: &Theme) -> Outcome<Report> {
    lay_out(attachment, theme, false).0
}

/// The official table, and the rows that the items take. `apart` gives each item one row with cells of its own.
pub(super) fn lay_out(
    attachment: &Attachment,
    theme: &Theme,
    apart: bool,
) -> (Outcome<Report>, Vec<Range<u32>>) {
    let mut layout = Layout::new(attachment, apart);
    layout.header();
    let rows = layout.parts();
    let shared = Shared::new(attachment);
    for column in 0..attachment.columns.len() {
        layout.column(column, &rows, &shared);
    }
    let lines = Lines::of(attachment, &mut layout.cleaner);
    let columns = attachment
        .columns
        .iter()
        .map(|column| {
            let style = theme.column(&column.key);
            ReportColumn {
                heading: column.heading.clone(),
                width: style.width,
                align: style.align,
                vertical: style.vertical,
                entry: Entry::Nothing,
            }
        })
        .collect();
    let mut diagnostics = layout.findings;
    diagnostics.extend(cells::unshown(attachment));
    diagnostics.append(&mut layout.cleaner.findings);
    let report = Report {
        name: theme.wording.name(Label::PrintSheet).to_owned().into(),
        title: lines.title,
        above: lines.above,
        columns,
        header_rows: layout.header_rows,
        key_columns: key_columns(attachment),
        table: fill(layout.grid, layout.row, attachment.columns.len() as u32),
        below: lines.below,
        form: None,
    };
    (Outcome::new(report, diagnostics), rows)
}

/// The columns up to the matter, where anything stands behind them.
fn key_columns(attachment: &Attachment) -> u32 {
    let place = |key| attachment.columns.iter().position(|column| column.key == key);
    let last = place(ColumnKey::Matter).or_else(|| place(ColumnKey::Number));
    last.map_or(0, |last| last as u32 + 1).min((attachment.columns.len() as u32).saturating_sub(1))
}

/// The finished grid with an empty cell wherever none was placed.
fn fill(mut grid: GridBuilder<ReportCell>, rows: u32, columns: u32) -> luoshi_table::Grid<ReportCell> {
    for row in 0..rows {
        for column in 0..columns {
            if !grid.is_taken(row, column) {
                place(&mut grid, row..row + 1, column..column + 1, ReportCell::default());
            }
        }
    }
    grid.finish()
}

fn place(grid: &mut GridBuilder<ReportCell>, rows: Range<u32>, columns: Range<u32>, cell: ReportCell) {
    let (row_span, column_span) = (rows.end - rows.start, columns.end - columns.start);
    let placed = grid.place(rows.start, columns.start, row_span, column_span, cell);
    // Rows are handed out once and each column is walked once, so no two cells can meet.
    debug_assert!(placed.is_ok(), "two cells at {rows:?}, {columns:?}");
}

/// The lines around the table, the same in every layout that has them.
pub(super) struct Lines {
    pub(super) title: String,
    pub(super) above: Vec<Line>,
    pub(super) below: Vec<Line>,
}

impl Lines {
    fn of(attachment: &Attachment, cleaner: &mut Cleaner) -> Self {
        let mut above = Vec::new();
        let mut line = |role, text: &str| Line { role, text: cleaner.clean(text, || text.trim().to_owned()) };
        if let Some(annex) = &attachment.annex {
            above.push(line(LineRole::Annex, annex));
            above.push(line(LineRole::Blank, ""));
        }
        if !attachment.title.is_empty() {
            above.push(line(LineRole::Title, &attachment.title));
        }
        above.extend(attachment.preamble.iter().map(|text| line(LineRole::Preamble, text)));
        let below = attachment.postscript.iter().map(|text| line(LineRole::Postscript, text)).collect();
        let title = above.iter().find(|line| line.role == LineRole::Title);
        Self { title: title.map_or_else(String::new, |line| line.text.replace('\n', " ")), above, below }
    }
}

/// A part that a column shows as one cell over its rows.
struct Run {
    start: u32,
    text: String,
}

struct Layout<'a> {
    attachment: &'a Attachment,
    /// Whether each item has one row with cells of its own.
    apart: bool,
    header_rows: u32,
    /// The next free row.
    row: u32,
    grid: GridBuilder<ReportCell>,
    cleaner: Cleaner,
    findings: Vec<Diagnostic>,
}

impl<'a> Layout<'a> {
    fn new(attachment: &'a Attachment, apart: bool) -> Self {
        Self {
            attachment,
            apart,
            header_rows: 0,
            row: 0,
            grid: GridBuilder::new(),
            cleaner: Cleaner::default(),
            findings: Vec::new(),
        }
    }

    fn width(&self) -> u32 {
        self.attachment.columns.len() as u32
    }

    /// One row of headings, or two where a column stands under a group.
    fn header(&mut self) {
        let columns = &self.attachment.columns;
        if columns.is_empty() {
            self.findings.push(Diagnostic::unplaced("columns-missing", Severity::Error));
            return;
        }
        let deep = columns.iter().any(|column| column.group.is_some());
        self.header_rows = if deep { 2 } else { 1 };
        self.row = self.header_rows;
        let mut heading = |rows, columns, text: &str| {
            let text = self.cleaner.clean(text, || text.trim().to_owned());
            let cell = ReportCell::new(CellRole::Heading, cells::paragraph(text));
            place(&mut self.grid, rows, columns, cell);
        };
        let mut first = 0;
        for same in columns.chunk_by(|a, b| a.group.is_some() && a.group == b.group) {
            let last = first + same.len() as u32;
            match &same[0].group {
                None => heading(0..self.header_rows, first..last, &same[0].heading),
                Some(group) => {
                    heading(0..1, first..last, group);
                    for (column, under) in (first..).zip(same) {
                        heading(1..2, column..column + 1, &under.heading);
                    }
                }
            }
            first = last;
        }
    }

    fn columns_of(&self, key: &ColumnKey) -> Vec<u32> {
        let columns = (0..).zip(&self.attachment.columns);
        columns.filter(|(_, column)| column.key == *key).map(|(index, _)| index).collect()
    }

    /// Gives every part its rows and places the sections and key areas; the rows of the items come back, in their order.
    fn parts(&mut self) -> Vec<Range<u32>> {
        let steps = outline(self.attachment);
        if self.width() == 0 {
            return Vec::new();
        }
        let attachment = self.attachment;
        let (section_columns, focus_columns) =
            (self.columns_of(&ColumnKey::Section), self.columns_of(&ColumnKey::Focus));
        let (mut section_run, mut focus_run) = (None, None);
        // Whether a row above says that what follows belongs to a section, to a key area.
        let (mut under_section, mut under_focus) = (false, false);
        let mut rows = vec![0..0; attachment.items.len()];
        for step in steps {
            match step {
                Step::Section(section) => {
                    self.close(&mut focus_run, &focus_columns);
                    self.close(&mut section_run, &section_columns);
                    let text = cells::section_text(&attachment.sections[section]);
                    if section_columns.is_empty() {
                        self.band(CellRole::Section, &text);
                        (under_section, under_focus) = (true, false);
                    } else {
                        section_run = Some(Run { start: self.row, text });
                    }
                }
                Step::Focus(focus) => {
                    self.close(&mut focus_run, &focus_columns);
                    let text = cells::focus_text(&attachment.focuses[focus]);
                    if focus_columns.is_empty() {
                        self.interrupt(&mut section_run, &section_columns);
                        self.band(CellRole::Focus, &text);
                        if let Some(run) = &mut section_run {
                            run.start = self.row;
                        }
                        under_focus = true;
                    } else {
                        focus_run = Some(Run { start: self.row, text });
                    }
                }
                Step::Item { index, section, focus } => {
                    let item = &attachment.items[index];
                    if focus.is_none() {
                        self.close(&mut focus_run, &focus_columns);
                    }
                    if section.is_none() {
                        self.close(&mut section_run, &section_columns);
                    }
                    if (section.is_none() && under_section) || (focus.is_none() && under_focus) {
                        let name = item.name();
                        self.findings.push(
                            Diagnostic::unplaced("place-not-shown", Severity::Warning).with("item", name),
                        );
                    }
                    let count = self.shares(item).map_or(1, |shares| shares.len());
                    rows[index] = self.row..self.row + count as u32;
                    self.row += count as u32;
                }
            }
        }
        self.close(&mut focus_run, &focus_columns);
        self.close(&mut section_run, &section_columns);
        rows
    }

    /// The shares of a joined answer that are shown row by row.
    fn shares(&self, item: &'a Item) -> Option<Vec<Share<'a>>> {
        if self.apart { None } else { cells::shares(item, &self.attachment.columns) }
    }

    /// A row of one cell.
    fn band(&mut self, role: CellRole, text: &str) {
        let text = self.cleaner.clean(text, || text.trim().to_owned());
        let cell = ReportCell::new(role, cells::paragraph(text));
        let columns = 0..self.width();
        place(&mut self.grid, self.row..self.row + 1, columns, cell);
        self.row += 1;
    }

    /// Ends a part that a column shows. One without rows gets a row of its own: it has no items, but it is there.
    fn close(&mut self, run: &mut Option<Run>, columns: &[u32]) {
        if run.as_ref().is_some_and(|run| run.start == self.row) {
            self.row += 1;
        }
        self.interrupt(run, columns);
        *run = None;
    }

    /// Places what there is of a part that a column shows.
    fn interrupt(&mut self, run: &mut Option<Run>, columns: &[u32]) {
        let Some(run) = run.as_ref().filter(|run| run.start < self.row) else { return };
        let text = self.cleaner.clean(&run.text, || run.text.trim().to_owned());
        for &column in columns {
            let cell = ReportCell::new(CellRole::Body, cells::paragraph(text.clone()));
            place(&mut self.grid, run.start..self.row, column..column + 1, cell);
        }
    }

    /// Places the items' cells of a column.
    fn column(&mut self, column: usize, rows: &[Range<u32>], shared_cells: &Shared<'_>) {
        let attachment = self.attachment;
        let (key, items, columns) = (&attachment.columns[column].key, &attachment.items, &attachment.columns);
        if matches!(key, ColumnKey::Section | ColumnKey::Focus) {
            return;
        }
        let has_shares = matches!(key, ColumnKey::Status | ColumnKey::Units);
        let leaders = shared_cells.leaders(key);
        let at = column as u32..column as u32 + 1;
        let mut next = 0;
        while let Some(item) = items.get(next) {
            let first = next;
            next += 1;
            if let Some(shares) = self.shares(item).filter(|_| has_shares) {
                for (row, share) in (rows[first].start..).zip(&shares) {
                    let texts: Vec<String> = match key {
                        ColumnKey::Units => share.units.iter().map(|unit| unit.raw.clone()).collect(),
                        _ => share.paragraphs.to_vec(),
                    };
                    let cell = self.cell(item, column, &texts);
                    place(&mut self.grid, row..row + 1, at.clone(), cell);
                }
                continue;
            }
            let text = cells::text(item, key, columns);
            let covered: BTreeSet<&str> = cells::covers(item, key).iter().map(String::as_str).collect();
            while !self.apart
                && let Some(below) = items.get(next)
                && covered.contains(below.id.as_str())
                && rows[next].start == rows[next - 1].end
                && !(has_shares && self.shares(below).is_some())
                && [&[][..], &text].contains(&&*cells::text(below, key, columns))
            {
                next += 1;
            }
            let says = match self.apart {
                true => Says { text: shared_cells.repeats(first, key, &leaders), refers_to: None },
                false => shared_cells.says(first, key, &leaders),
            };
            if let Some(target) = says.refers_to {
                self.findings.push(
                    Diagnostic::unplaced("merge-not-shown", Severity::Info)
                        .with("item", item.name())
                        .with("target", target.name()),
                );
            }
            let cell = self.cell(item, column, &says.text);
            place(&mut self.grid, rows[first].start..rows[next - 1].end, at.clone(), cell);
        }
    }

    fn cell(&mut self, item: &Item, column: usize, text: &[String]) -> ReportCell {
        let column = &self.attachment.columns[column];
        let place = || format!("{} {}", item.name(), column.heading);
        let paragraphs: Vec<String> = text.iter().map(|text| self.cleaner.clean(text, place)).collect();
        ReportCell::new(cells::role(&column.key, &paragraphs), paragraphs)
    }
}

#[cfg(test)]
#[path = "print_tests.rs"]
mod tests;
