//! Tables as the file gives them: rows of cells, each under a definition that tells where its cells end, made into raw tables
//! (RTF 1.9.1, "Table Definitions").
//!
//! A cell's text ends at `\cell` and its right edge stands at the `\cellx` of the same number. The two may differ: a row may have
//! fewer cells than edges, and more. Not here: which table a paragraph belongs to.

use std::rc::Rc;

use luoshi_table::{Diagnostic, SourceParagraph, SourceRow};

use crate::formats::word::edges::Edges;
use crate::formats::word::table::{Merge, RawCell, RawRow, RawTable};
use crate::limits;

/// What a row says of its cells.
#[derive(Clone, Debug, Default)]
pub(super) struct Definition {
    pub(super) left: i32,
    pub(super) is_header: bool,
    pub(super) cells: Vec<CellDefinition>,
    /// What is said of the cell whose edge comes next.
    pub(super) next: CellDefinition,
}

/// What a row says of a cell.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct CellDefinition {
    pub(super) right: i32,
    pub(super) vertical: Merge,
    pub(super) horizontal: Merge,
}

/// A row as the file gives it.
#[derive(Debug)]
struct Row {
    definition: Rc<Definition>,
    cells: Vec<Vec<SourceParagraph>>,
    bookmarks: Vec<Box<str>>,
}

/// A table being read.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<Row>,
    /// The finished cells of the row that is open.
    pub(super) cells: Vec<Vec<SourceParagraph>>,
    /// The paragraphs of the cell that is open.
    pub(super) paragraphs: Vec<SourceParagraph>,
    /// The definition of the row that is open, where another one was met since: it belongs to this row, written twice, if the row
    /// ends before another cell does; else the end of this row is missing.
    pub(super) replaced: Option<Rc<Definition>>,
    /// The names of the bookmarks that begin in the open row.
    pub(super) bookmarks: Vec<Box<str>>,
    /// Findings about it; their columns are cells, counted from 1, as long as the edges are not all known.
    pub(super) told: Vec<Diagnostic>,
}

impl Table {
    /// How many rows are finished.
    pub(super) fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Whether the open row has as many cells as it was said to have. One that lacks some goes on, though it is defined anew.
    pub(super) fn has_all_cells(&self, definition: &Definition) -> bool {
        !definition.cells.is_empty() && self.cells.len() >= definition.cells.len()
    }

    /// Ends the open row, if it has a cell. Paragraphs that no `\cell` ended are a cell too.
    pub(super) fn end_row(&mut self, definition: &Rc<Definition>, is_dropped: bool) {
        if !self.paragraphs.is_empty() {
            self.cells.push(std::mem::take(&mut self.paragraphs));
        }
        self.end_whole_row(definition, is_dropped);
    }

    /// As [`Table::end_row`], but the paragraphs of the open cell belong to the next row.
    pub(super) fn end_whole_row(&mut self, definition: &Rc<Definition>, is_dropped: bool) {
        let cells = std::mem::take(&mut self.cells);
        let bookmarks = std::mem::take(&mut self.bookmarks);
        if !cells.is_empty() && !is_dropped {
            self.rows.push(Row { definition: Rc::clone(definition), cells, bookmarks });
        }
    }

    /// The columns of all rows, cells in their places; and the findings, with theirs.
    pub(super) fn into_raw(self) -> (RawTable, Vec<Diagnostic>) {
        let edges = self.edges();
        let rows: Vec<RawRow> = self.rows.into_iter().map(|row| row.into_raw(&edges)).collect();
        let mut told = self.told;
        for place in told.iter_mut().filter_map(|finding| finding.place.as_mut()) {
            let cell = |number: u32| usize::try_from(number).ok()?.checked_sub(1);
            let found = place.row.and_then(cell).and_then(|row| rows.get(row));
            if let Some(at) = found.zip(place.column.and_then(cell)).and_then(|(row, at)| row.cells.get(at)) {
                place.column = Some(at.column.saturating_add(1));
            }
        }
        (RawTable { columns: edges.columns(), rows }, told)
    }

    fn edges(&self) -> Edges {
        let mut positions = Vec::new();
        let mut last: Option<&Rc<Definition>> = None;
        for row in &self.rows {
            // Rows without a definition of their own share that of the row above.
            if !last.is_some_and(|last| Rc::ptr_eq(last, &row.definition)) && !row.definition.cells.is_empty()
            {
                positions.push(row.definition.left);
                positions.extend(row.definition.cells.iter().map(|cell| cell.right));
            }
            last = Some(&row.definition);
        }
        Edges::new(positions)
    }
}

impl Row {
    fn into_raw(self, edges: &Edges) -> RawRow {
        let is_short = self.cells.len() < self.definition.cells.len();
        let facts =
            SourceRow { repeats: self.definition.is_header, ragged: is_short, ..SourceRow::default() };
        let mut row = RawRow { facts, bookmarks: self.bookmarks, ..RawRow::default() };
        let mut left = self.definition.left;
        row.cells = Vec::with_capacity(self.cells.len());
        for (index, paragraphs) in self.cells.into_iter().enumerate() {
            let defined = self.definition.cells.get(index);
            let (column, end) = match defined {
                Some(cell) => {
                    let (column, span) = edges.place(left, cell.right);
                    left = cell.right;
                    (column, column.saturating_add(span))
                }
                None => (row.next, row.next),
            };
            // Edges that do not grow must not put two cells into one place.
            let column = column.max(row.next);
            let span = end.saturating_sub(column).max(1);
            row.next = column.saturating_add(span);
            let CellDefinition { vertical, horizontal, .. } = defined.copied().unwrap_or_default();
            row.cells.push(RawCell { column, span, vertical, horizontal, paragraphs });
        }
        row
    }
}

/// Whether a table has more columns than one may have.
pub(super) fn is_too_wide(table: &RawTable) -> bool {
    table.columns > limits::COLUMNS.count() || table.rows.iter().any(|row| row.next > limits::COLUMNS.count())
}
