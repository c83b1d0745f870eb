//! Tables, rows and cells of the walk: how they are opened and closed, and what becomes of them.
//!
//! Not here: geometry, which is made from the finished table.

use std::ops::Range;

use luoshi_table::{Container, Diagnostic, Locator, SourceBlock, SourceParagraph, SourceRow};

use super::super::rows::Tap;
use super::Walk;
use crate::formats::word::edges::Edges;
use crate::formats::word::table::{RawCell, RawRow, RawTable};
use crate::{ReadError, limits};

/// A table whose rows are being read.
#[derive(Default)]
pub(super) struct OpenTable {
    rows: Vec<Row>,
    /// The cells of the row that is open, and the paragraphs of the cell that is.
    cells: Vec<Vec<SourceParagraph>>,
    paragraphs: Vec<SourceParagraph>,
    /// The names of the bookmarks that begin in the open row.
    bookmarks: Vec<Box<str>>,
}

struct Row {
    tap: Tap,
    cells: Vec<Vec<SourceParagraph>>,
    bookmarks: Vec<Box<str>>,
}

impl OpenTable {
    pub(super) fn put(&mut self, paragraph: SourceParagraph) {
        // Most cells have one paragraph; room for four, which a vector begins with, would be most of a large table's
        // memory.
        if self.paragraphs.is_empty() {
            self.paragraphs.reserve_exact(1);
        }
        self.paragraphs.push(paragraph);
    }

    /// The row and the cell that are open, from 0.
    pub(super) fn position(&self) -> (u32, u32) {
        (self.rows.len() as u32, self.cells.len() as u32)
    }

    /// `is_gone` says that the row's mark is gone by the policy for tracked changes. A row in which text is left stays:
    /// LibreOffice gives the mark the changes of the text behind it, whatever becomes of the row.
    fn end_row(&mut self, tap: Tap, is_gone: bool) {
        if !self.paragraphs.is_empty() {
            // Text between the last cell's mark and the row's.
            let rest = std::mem::take(&mut self.paragraphs);
            match self.cells.last_mut() {
                Some(cell) => cell.extend(rest),
                None => self.cells.push(rest),
            }
        }
        let cells = std::mem::take(&mut self.cells);
        let bookmarks = std::mem::take(&mut self.bookmarks);
        if !is_gone || cells.iter().flatten().any(|paragraph| !paragraph.is_blank()) {
            // A definition may claim any number of cells; those that are not there would take room for every row.
            let tap = tap.of_cells(cells.len());
            self.rows.push(Row { tap, cells, bookmarks });
        }
    }

    /// The rows as a table; a row that never ended is one.
    fn close(mut self) -> RawTable {
        if !self.cells.is_empty() || !self.paragraphs.is_empty() {
            self.end_row(Tap::default(), false);
        }
        let edges = Edges::new(self.rows.iter().flat_map(|row| row.tap.edges.iter().copied()));
        let rows = self.rows.into_iter().map(|row| raw_row(row, &edges)).collect();
        RawTable { columns: edges.columns(), rows }
    }
}

/// A row whose cells know their columns. Each begins behind the one before it, whatever the edges say.
fn raw_row(row: Row, edges: &Edges) -> RawRow {
    let facts = SourceRow { repeats: row.tap.is_header, ..SourceRow::default() };
    let mut raw = RawRow { facts, bookmarks: row.bookmarks, ..RawRow::default() };
    let merges = row.tap.merges();
    for (index, paragraphs) in row.cells.into_iter().enumerate() {
        let place = match (row.tap.edges.get(index), row.tap.edges.get(index + 1)) {
            (Some(&left), Some(&right)) => edges.place(left, right),
            _ => (raw.next, 1),
        };
        let column = place.0.max(raw.next);
        let span = place.0.saturating_add(place.1).saturating_sub(column).max(1);
        let (horizontal, vertical) = merges.get(index).copied().unwrap_or_default();
        raw.next = column.saturating_add(span);
        raw.cells.push(RawCell { column, span, vertical, horizontal, paragraphs });
    }
    raw
}

impl Walk<'_> {
    /// Closes the tables that are deeper than a paragraph stands, and opens those that are missing.
    pub(super) fn enter_tables(&mut self, depth: usize) -> Result<(), ReadError> {
        self.leave_tables(depth)?;
        while self.open.len() < depth {
            // A table of one empty row weighs as much as a few paragraphs.
            self.count_pieces(3)?;
            self.open.push(OpenTable::default());
        }
        Ok(())
    }

    pub(super) fn leave_tables(&mut self, depth: usize) -> Result<(), ReadError> {
        while self.open.len() > depth
            && let Some(table) = self.open.pop()
        {
            let raw = table.close();
            if self.open.is_empty() && self.boxed.is_none() {
                self.end_table(raw)?;
                continue;
            }
            let rows = raw.rows.len();
            self.tell(|place| Diagnostic::warning("nested-table", place).with("rows", rows));
            for paragraph in raw.into_text() {
                self.put(paragraph)?;
            }
        }
        Ok(())
    }

    pub(super) fn end_cell(&mut self) -> Result<(), ReadError> {
        self.count_pieces(1)?;
        let Some(table) = self.open.last_mut() else { return Ok(()) };
        table.cells.push(std::mem::take(&mut table.paragraphs));
        let is_too_wide = table.cells.len() > limits::COLUMNS.size();
        match is_too_wide {
            true => Err(self.failed(limits::COLUMNS.exceeded())),
            false => Ok(()),
        }
    }

    /// Ends a row whose properties are those of the paragraph with its mark at a position.
    pub(super) fn end_row(&mut self, mark: u32, is_gone: bool) -> Result<(), ReadError> {
        self.count_pieces(1)?;
        let mut tap = Tap::default();
        let read = self.properties.of_paragraph(mark, |code, operand| tap.apply(code, operand));
        read.map_err(|cause| self.failed(cause))?;
        if let Some(table) = self.open.last_mut() {
            table.end_row(tap, is_gone);
        }
        Ok(())
    }

    /// A bookmark marks the row of the outermost table that it begins in.
    pub(super) fn mark_bookmarks(&mut self, positions: Range<u32>) {
        if self.boxed.is_none()
            && let Some(table) = self.open.first_mut()
        {
            table.bookmarks.extend(self.bookmarks.at(positions).cloned());
        }
    }

    /// A table without rows, or with none left by the policy for tracked changes, is none and is not counted.
    fn end_table(&mut self, raw: RawTable) -> Result<(), ReadError> {
        let changes = std::mem::take(&mut self.inside);
        let pending = std::mem::take(&mut self.pending);
        for mut finding in pending {
            if let Some(place) = &mut finding.place {
                settle(place, &raw);
            }
            self.findings.add(finding);
        }
        if raw.rows.is_empty() {
            self.outside.add(changes);
            return Ok(());
        }
        self.tables += 1;
        let container = Container::Table(self.tables);
        let place = Locator { container: Some(container.clone()), ..self.file.clone() };
        changes.report(self.revisions, place.clone(), &mut self.findings);
        self.blocks.push(SourceBlock::Table(raw.build(container, &place, &mut self.findings)?));
        Ok(())
    }
}

/// Puts a finding whose column is the number of a cell into that cell's column.
fn settle(place: &mut Locator, raw: &RawTable) {
    let (Some(row), Some(cell)) = (place.row, place.column) else { return };
    let row = raw.rows.get(row.saturating_sub(1) as usize);
    let cell = row.and_then(|row| row.cells.get(cell.saturating_sub(1) as usize));
    place.column = cell.map(|cell| cell.column + 1);
}
