//! Cells and ranges, as a format's reader meets them, to one source table a sheet.
//!
//! A sheet's positions are absolute (A1 is row 0, column 0). The table ends where the text ends: rows and columns that
//! are only formatted cost nothing. Merged ranges are believed near the text and clipped beyond it; text that a range
//! hides, and ranges that cover each other, are findings that carry the text. Every walk is one over cells and ranges in
//! row order, so a sheet of 66 000 rows costs per row what one of 66 does.
//!
//! Not here: any file format.

use std::collections::BTreeSet;
use std::sync::Arc;

use luoshi_table::{
    Container, Diagnostic, GridBuilder, Locator, Outcome, SourceBlock, SourceCell, SourceDocument,
    SourceParagraph, SourceRow, SourceTable, column_letters,
};

use super::number_format::{NumberFormat, general};
use crate::{Cause, ReadError, limits};

/// How far past the last text a merged range that holds text may reach and still be part of the table. A title may be
/// merged over a column that is empty else; a range merged over a whole row or column is no statement about the table.
const MERGE_SLACK: u32 = 256;

/// What a paragraph takes beside its text, which a cell of nothing but line breaks has most of.
const PARAGRAPH_BYTES: usize = size_of::<SourceParagraph>();

/// Digits that a spreadsheet keeps of a number (IEEE 754 double): from here on integers lose their last ones.
const EXACT_INTEGERS: f64 = 1e15;

/// Columns of a worksheet, the last being XFD.
const SHEET_COLUMNS: u32 = 16_384;

/// A workbook being read.
pub(super) struct Book {
    file: Arc<str>,
    format: &'static str,
    blocks: Vec<SourceBlock>,
    diagnostics: Vec<Diagnostic>,
    sheets: usize,
    cells: u64,
    text_bytes: u64,
    positions: u64,
    sheet_bytes: u64,
}

/// A rectangle of positions, both ends included, as the formats state it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Range {
    pub(super) first_row: u32,
    pub(super) first_column: u32,
    pub(super) last_row: u32,
    pub(super) last_column: u32,
}

impl Range {
    fn is_one_cell(&self) -> bool {
        self.first_row >= self.last_row && self.first_column >= self.last_column
    }

    /// As a person writes it, `A1:B2`.
    fn name(&self) -> String {
        let corner = |row: u32, column: u32| format!("{}{}", column_letters(column + 1), row + 1);
        format!("{}:{}", corner(self.first_row, self.first_column), corner(self.last_row, self.last_column))
    }
}

/// A sheet being read.
pub(super) struct Sheet<'b> {
    book: &'b mut Book,
    place: Locator,
    container: Container,
    hidden: bool,
    cells: Vec<Text>,
    merges: Vec<Range>,
    hidden_rows: Vec<(u32, u32)>,
    hidden_columns: Vec<(u32, u32)>,
    /// Number format codes already reported on this sheet.
    unread_formats: BTreeSet<String>,
}

/// A cell that holds text.
struct Text {
    row: u32,
    column: u32,
    is_blank: bool,
    content: SourceCell,
}

impl Book {
    pub(super) fn new(file: &Arc<str>, format: &'static str) -> Self {
        let (blocks, diagnostics) = (Vec::new(), Vec::new());
        let file = Arc::clone(file);
        Self {
            file,
            format,
            blocks,
            diagnostics,
            sheets: 0,
            cells: 0,
            text_bytes: 0,
            positions: 0,
            sheet_bytes: 0,
        }
    }

    /// Begins a sheet; what is collected becomes a table with [`Sheet::finish`].
    pub(super) fn sheet(&mut self, name: &str, hidden: bool) -> Result<Sheet<'_>, ReadError> {
        let container = Container::Sheet(name.into());
        let place = Locator::within(&self.file, container.clone());
        self.sheets += 1;
        limits::SHEETS.check(self.sheets as u64, &place)?;
        Ok(Sheet {
            book: self,
            place,
            container,
            hidden,
            cells: Vec::new(),
            merges: Vec::new(),
            hidden_rows: Vec::new(),
            hidden_columns: Vec::new(),
            unread_formats: BTreeSet::new(),
        })
    }

    /// A finding about the workbook as a whole.
    pub(super) fn report(&mut self, finding: Diagnostic) -> Result<(), ReadError> {
        let place = Locator::file(&self.file);
        self.diagnostics.push(finding);
        limits::FINDINGS.check(self.diagnostics.len() as u64, &place)
    }

    /// Counts the bytes of a sheet: a workbook may list one and the same part a thousand times.
    pub(super) fn charge(&mut self, bytes: usize) -> Result<(), ReadError> {
        self.sheet_bytes += bytes as u64;
        limits::SHEET_BYTES.check(self.sheet_bytes, &self.place())
    }

    /// The place of the workbook as a whole.
    pub(super) fn place(&self) -> Locator {
        Locator::file(&self.file)
    }

    pub(super) fn finish(self) -> Outcome<SourceDocument> {
        let Self { file, format, blocks, diagnostics, .. } = self;
        Outcome::new(SourceDocument { file, format, has_spans: true, blocks }, diagnostics)
    }
}

impl Sheet<'_> {
    /// The place of a cell of this sheet.
    pub(super) fn cell_place(&self, row: u32, column: u32) -> Locator {
        self.place.cell(row, column)
    }

    /// The place of this sheet.
    pub(super) fn place(&self) -> Locator {
        self.place.clone()
    }

    /// Says that the sheet is hidden, where the format states that behind its cells.
    pub(super) fn hide(&mut self) {
        self.hidden = true;
    }

    /// A finding about this sheet.
    pub(super) fn report(&mut self, finding: Diagnostic) -> Result<(), ReadError> {
        self.book.report(finding)
    }

    /// A cell's text as shown; line breaks in it are line feeds.
    pub(super) fn text(&mut self, row: u32, column: u32, text: &str) -> Result<(), ReadError> {
        if text.is_empty() {
            return Ok(());
        }
        let is_blank = text.trim().is_empty();
        if row >= limits::ROWS.count() || column >= limits::COLUMNS.count() {
            if is_blank {
                return Ok(());
            }
            limits::ROWS.check(u64::from(row) + 1, &self.place)?;
            return limits::COLUMNS.check(u64::from(column) + 1, &self.place.row(row));
        }
        self.book.cells += 1;
        let lines = memchr::memchr_iter(b'\n', text.as_bytes()).count();
        self.book.text_bytes += (text.len() + lines * PARAGRAPH_BYTES) as u64;
        limits::CELLS.check(self.book.cells, &self.place)?;
        limits::TEXT_BYTES.check(self.book.text_bytes, &self.place)?;
        self.cells.push(Text { row, column, is_blank, content: SourceCell::from_text(text) });
        Ok(())
    }

    /// As [`Sheet::text`], of a binary format's characters: those that stand for none (half of a surrogate pair, bytes outside
    /// the encoding) were decoded as `U+FFFD`, and are told.
    pub(super) fn decoded(&mut self, row: u32, column: u32, text: &str) -> Result<(), ReadError> {
        if text.contains(char::REPLACEMENT_CHARACTER) {
            let finding = Diagnostic::error("characters-damaged", self.cell_place(row, column));
            self.report(finding.with("text", text))?;
        }
        self.text(row, column, text)
    }

    /// A cell's number, as its format shows it. `epoch_1904` is the workbook's date system.
    pub(super) fn number(
        &mut self,
        row: u32,
        column: u32,
        value: f64,
        format: Option<&NumberFormat>,
        epoch_1904: bool,
    ) -> Result<(), ReadError> {
        if value.fract() == 0.0 && value.abs() >= EXACT_INTEGERS {
            let finding = Diagnostic::warning("number-digits-lost", self.cell_place(row, column));
            self.report(finding.with("value", general(value)))?;
        }
        match format {
            None => self.text(row, column, &general(value)),
            Some(_) if !value.is_finite() => self.text(row, column, &general(value)),
            Some(format) => match format.show(value, epoch_1904) {
                Some(text) => self.text(row, column, &text),
                None => {
                    let text = general(value);
                    if self.unread_formats.insert(format.code().to_owned()) {
                        let finding = Diagnostic::info("number-format-unread", self.cell_place(row, column));
                        self.report(finding.with("format", format.code()).with("shown", &text))?;
                    }
                    self.text(row, column, &text)
                }
            },
        }
    }

    /// A merged range. One of a single cell says nothing.
    pub(super) fn merge(&mut self, range: Range) -> Result<(), ReadError> {
        if !range.is_one_cell() {
            let last_row = range.last_row.min(limits::ROWS.count() - 1);
            let last_column = range.last_column.min(SHEET_COLUMNS - 1);
            self.merges.push(Range { last_row, last_column, ..range });
            limits::CELLS.check(self.merges.len() as u64, &self.place)?;
        }
        Ok(())
    }

    /// Rows that the sheet hides, both ends included.
    pub(super) fn hide_rows(&mut self, first: u32, last: u32) {
        extend_runs(&mut self.hidden_rows, first, last.min(limits::ROWS.count() - 1));
    }

    /// Columns that the sheet hides, both ends included.
    pub(super) fn hide_columns(&mut self, first: u32, last: u32) {
        extend_runs(&mut self.hidden_columns, first, last.min(SHEET_COLUMNS - 1));
    }

    /// The table, into the book.
    pub(super) fn finish(mut self) -> Result<(), ReadError> {
        let mut cells = std::mem::take(&mut self.cells);
        if !cells.is_sorted_by_key(|cell| (cell.row, cell.column)) {
            cells.sort_by_key(|cell| (cell.row, cell.column));
        }
        let mut merges = std::mem::take(&mut self.merges);
        merges.sort_unstable();
        let (rows, columns) = extent(&cells, &merges);
        self.book.positions += u64::from(rows) * u64::from(columns);
        limits::GRID_POSITIONS.check(self.book.positions, &self.place)?;

        let merges = self.clip(merges, rows, columns)?;
        let mut grid = GridBuilder::new();
        grid.ensure(rows, columns);
        // White space beyond the text is no part of the table.
        cells.retain(|cell| cell.row < rows && cell.column < columns);
        self.place_cells(&mut grid, cells, merges)?;
        self.fill_blanks(&mut grid, rows, columns);
        let about = self.describe_rows(rows, columns)?;
        let table = SourceTable {
            container: self.container,
            hidden: self.hidden,
            grid: grid.finish(),
            rows: about,
            bookmarks: Vec::new(),
        };
        self.book.blocks.push(SourceBlock::Table(table));
        Ok(())
    }

    /// The merged ranges inside the table, cut at its edges.
    fn clip(&mut self, merges: Vec<Range>, rows: u32, columns: u32) -> Result<Vec<Range>, ReadError> {
        let mut area = 0;
        let mut kept = Vec::with_capacity(merges.len());
        for merge in merges {
            if merge.first_row >= rows || merge.first_column >= columns {
                continue;
            }
            let clipped = Range {
                last_row: merge.last_row.clamp(merge.first_row, rows - 1),
                last_column: merge.last_column.clamp(merge.first_column, columns - 1),
                ..merge
            };
            if clipped != merge {
                let place = self.cell_place(merge.first_row, merge.first_column);
                self.report(
                    Diagnostic::info("merge-clipped", place)
                        .with("range", merge.name())
                        .with("clipped", clipped.name()),
                )?;
            }
            area += u64::from(clipped.last_row - clipped.first_row + 1)
                * u64::from(clipped.last_column - clipped.first_column + 1);
            kept.push(clipped);
        }
        // Ranges that do not overlap fill at most the table. A few that do are findings; this many are an attack on the
        // time it takes to find out.
        if area > 4 * u64::from(rows) * u64::from(columns) {
            let detail = "merged ranges cover each other many times over".to_owned();
            return Err(ReadError::at(Cause::Damaged { detail }, self.place.clone()));
        }
        Ok(kept)
    }

    /// Cells and ranges into the grid, both in row order: a range is placed before any cell it hides.
    fn place_cells(
        &mut self,
        grid: &mut GridBuilder<SourceCell>,
        cells: Vec<Text>,
        merges: Vec<Range>,
    ) -> Result<(), ReadError> {
        let mut merges = merges.into_iter().peekable();
        for cell in cells {
            let position = (cell.row, cell.column);
            while let Some(merge) = merges.next_if(|merge| (merge.first_row, merge.first_column) < position) {
                self.place_merge(grid, merge, SourceCell::default())?;
            }
            match merges.next_if(|merge| (merge.first_row, merge.first_column) == position) {
                Some(merge) => self.place_merge(grid, merge, cell.content)?,
                None => self.place_cell(grid, cell.row, cell.column, cell.content)?,
            }
        }
        merges.try_for_each(|merge| self.place_merge(grid, merge, SourceCell::default()))
    }

    fn place_merge(
        &mut self,
        grid: &mut GridBuilder<SourceCell>,
        merge: Range,
        content: SourceCell,
    ) -> Result<(), ReadError> {
        let row_span = merge.last_row - merge.first_row + 1;
        let column_span = merge.last_column - merge.first_column + 1;
        let Err(overlap) = grid.place(merge.first_row, merge.first_column, row_span, column_span, content)
        else {
            return Ok(());
        };
        let finding =
            Diagnostic::warning("merge-overlap", self.cell_place(merge.first_row, merge.first_column));
        let taken = format!("{}{}", column_letters(overlap.at.1 + 1), overlap.at.0 + 1);
        self.report(finding.with("range", merge.name()).with("at", taken))?;
        self.place_cell(grid, merge.first_row, merge.first_column, overlap.content)
    }

    fn place_cell(
        &mut self,
        grid: &mut GridBuilder<SourceCell>,
        row: u32,
        column: u32,
        content: SourceCell,
    ) -> Result<(), ReadError> {
        match grid.place(row, column, 1, 1, content) {
            Err(overlap) if !overlap.content.is_blank() => {
                let finding = Diagnostic::warning("text-under-merge", self.cell_place(row, column));
                self.report(finding.with("text", overlap.content.text()))
            }
            _ => Ok(()),
        }
    }

    /// A blank cell at every other position, as a document's table has them; not in a sheet so sparse that they would
    /// outnumber what a workbook may hold.
    fn fill_blanks(&self, grid: &mut GridBuilder<SourceCell>, rows: u32, columns: u32) {
        if self.book.positions > limits::CELLS.get() {
            return;
        }
        for row in 0..rows {
            for column in 0..columns {
                if !grid.is_taken(row, column) {
                    // The position was seen to be free.
                    let _ = grid.place(row, column, 1, 1, SourceCell::default());
                }
            }
        }
    }

    /// What is known of each row, and one finding per run of hidden rows and columns.
    fn describe_rows(&mut self, rows: u32, columns: u32) -> Result<Vec<SourceRow>, ReadError> {
        let mut about = vec![SourceRow::default(); rows as usize];
        for (first, last) in std::mem::take(&mut self.hidden_rows) {
            let last = last.min(rows.saturating_sub(1));
            let Some(run) = about.get_mut(first as usize..=last as usize).filter(|run| !run.is_empty())
            else {
                continue;
            };
            run.fill(SourceRow { hidden: true, ..SourceRow::default() });
            let finding = Diagnostic::warning("rows-hidden", self.place.row(first));
            self.report(finding.with("first", first + 1).with("last", last + 1))?;
        }
        for (first, last) in std::mem::take(&mut self.hidden_columns) {
            if first < columns {
                let last = last.min(columns - 1);
                let finding = Diagnostic::warning("columns-hidden", self.place.clone());
                self.report(
                    finding.with("first", column_letters(first + 1)).with("last", column_letters(last + 1)),
                )?;
            }
        }
        if self.hidden && rows > 0 {
            self.report(Diagnostic::info("sheet-hidden", self.place.clone()))?;
        }
        Ok(about)
    }
}

/// Adds a run to runs, joined to the one before where they touch: files state hidden rows one by one.
fn extend_runs(runs: &mut Vec<(u32, u32)>, first: u32, last: u32) {
    match runs.last_mut() {
        Some((_, end)) if *end + 1 == first => *end = last,
        _ => runs.push((first, last)),
    }
}

/// Rows and columns of the table: as far as text reaches, and near it as far as the ranges that hold text.
fn extent(cells: &[Text], merges: &[Range]) -> (u32, u32) {
    let filled = || cells.iter().filter(|cell| !cell.is_blank);
    let rows = filled().next_back().map_or(0, |cell| cell.row + 1);
    let columns = filled().map(|cell| cell.column + 1).max().unwrap_or(0);
    let (mut all_rows, mut all_columns) = (rows, columns);
    let mut filled = filled().peekable();
    for merge in merges {
        let origin = (merge.first_row, merge.first_column);
        while filled.next_if(|cell| (cell.row, cell.column) < origin).is_some() {}
        if filled.peek().is_some_and(|cell| (cell.row, cell.column) == origin) {
            if merge.last_row < rows + MERGE_SLACK {
                all_rows = all_rows.max(merge.last_row + 1);
            }
            if merge.last_column < columns + MERGE_SLACK {
                all_columns = all_columns.max(merge.last_column + 1);
            }
        }
    }
    (all_rows.min(limits::ROWS.count()), all_columns.min(limits::COLUMNS.count()))
}
