//! Rows and cells as the file lists them, made into a grid.
//!
//! A cell's column is where the cells before it end, not how many they are. What a file claims (spans, columns) is checked
//! here against what the rows really hold. Not here: what stands in the cells.

use luoshi_table::{
    Container, Diagnostic, GridBuilder, Locator, SourceCell, SourceParagraph, SourceRow, SourceTable,
};

use super::findings::{Findings, quoted};
use crate::{ReadError, limits};

/// What a cell says of its merging in one direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::formats) enum Merge {
    #[default]
    None,
    Restart,
    Continue,
}

/// A cell as the file lists it.
#[derive(Clone, Debug, Default)]
pub(in crate::formats) struct RawCell {
    /// Its first grid column.
    pub(in crate::formats) column: u32,
    /// The grid columns that it claims, at least 1.
    pub(in crate::formats) span: u32,
    pub(in crate::formats) vertical: Merge,
    pub(in crate::formats) horizontal: Merge,
    pub(in crate::formats) paragraphs: Vec<SourceParagraph>,
}

/// A row as the file lists it.
#[derive(Clone, Debug, Default)]
pub(in crate::formats) struct RawRow {
    /// The first grid column that none of its cells takes.
    pub(in crate::formats) next: u32,
    pub(in crate::formats) facts: SourceRow,
    /// It is gone by the policy for tracked changes.
    pub(in crate::formats) dropped: bool,
    /// The names of the bookmarks that begin in it.
    pub(in crate::formats) bookmarks: Vec<Box<str>>,
    pub(in crate::formats) cells: Vec<RawCell>,
}

/// A table as the file lists it.
#[derive(Debug, Default)]
pub(in crate::formats) struct RawTable {
    /// Columns that the file's own grid names; 0 where it names none.
    pub(in crate::formats) columns: u32,
    pub(in crate::formats) rows: Vec<RawRow>,
}

/// A vertically merged cell that the next row may continue.
#[derive(Clone, Copy)]
struct Region {
    column: u32,
    span: u32,
    row: u32,
}

impl RawTable {
    /// Number of columns. The last cell of a row may claim more than there are; only its first column is believed unless
    /// the file's grid or another row agrees.
    fn width(&self) -> u32 {
        let reached = self.rows.iter().filter_map(|row| row.cells.last()).map(|cell| cell.column + 1).max();
        self.columns.min(limits::COLUMNS.count()).max(reached.unwrap_or(0))
    }

    /// The table with its merged cells as rectangles.
    ///
    /// # Errors
    /// `Limit` where it has more rows or positions than [`limits`] allow.
    pub(in crate::formats) fn build(
        self,
        container: Container,
        place: &Locator,
        findings: &mut Findings,
    ) -> Result<SourceTable, ReadError> {
        let (width, named) = (self.width(), self.columns > 0);
        let rows = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        limits::ROWS.check(rows.into(), place)?;
        limits::GRID_POSITIONS.check(u64::from(rows) * u64::from(width), place)?;
        let mut grid: GridBuilder<SourceCell> = GridBuilder::new();
        let mut facts = Vec::with_capacity(self.rows.len());
        let mut bookmarks = Vec::new();
        let mut above: Vec<Region> = Vec::new();
        for (index, row) in (0u32..).zip(self.rows) {
            grid.ensure(index + 1, 0);
            facts.push(row.facts);
            bookmarks.extend(row.bookmarks.into_iter().map(|name| (index, name)));
            let mut open = Vec::new();
            for mut cell in join_horizontally(row.cells, &place.row(index), findings) {
                let at = || place.cell(index, cell.column);
                let span = cell.span.min(width - cell.column);
                if span < cell.span && named {
                    findings.add(
                        Diagnostic::info("cell-span-cut", at()).with("span", cell.span).with("columns", span),
                    );
                }
                if cell.vertical == Merge::Continue {
                    let start = above.binary_search_by_key(&cell.column, |region| region.column).ok();
                    match start.map(|found| above[found]) {
                        Some(region)
                            if region.span == span && grid.extend_down(region.row, region.column) =>
                        {
                            open.push(region);
                            if let Some(origin) = grid.content_at(region.row, region.column) {
                                append(&mut origin.paragraphs, cell.paragraphs, at, findings);
                            }
                            continue;
                        }
                        Some(_) => findings.add(Diagnostic::warning("merge-width-differs", at())),
                        None => findings.add(Diagnostic::warning("merge-without-start", at())),
                    }
                }
                if cell.vertical != Merge::None {
                    open.push(Region { column: cell.column, span, row: index });
                }
                let content = SourceCell { paragraphs: std::mem::take(&mut cell.paragraphs) };
                // The cells of a row follow each other, and a region from above takes only its own columns: there is
                // nothing in the way.
                let placed = grid.place(index, cell.column, 1, span, content);
                debug_assert!(placed.is_ok());
            }
            above = open;
        }
        Ok(SourceTable { container, hidden: false, grid: grid.finish(), rows: facts, bookmarks })
    }

    /// A nested table as text: a paragraph for each row, its cells joined by tabs.
    pub(in crate::formats) fn into_text(self) -> Vec<SourceParagraph> {
        let text = |row: RawRow| {
            let cells: Vec<String> =
                row.cells.into_iter().map(|cell| SourceCell { paragraphs: cell.paragraphs }.text()).collect();
            SourceParagraph::plain(cells.join("\t"))
        };
        self.rows.into_iter().map(text).collect()
    }
}

/// Cells that continue their left neighbour (`w:hMerge`) become part of it.
fn join_horizontally(cells: Vec<RawCell>, row: &Locator, findings: &mut Findings) -> Vec<RawCell> {
    if cells.iter().all(|cell| cell.horizontal == Merge::None) {
        return cells;
    }
    let mut joined: Vec<RawCell> = Vec::with_capacity(cells.len());
    for cell in cells {
        let at = || Locator { column: Some(cell.column + 1), ..row.clone() };
        if cell.horizontal == Merge::Continue {
            match joined.last_mut().filter(|last| last.horizontal != Merge::None) {
                Some(last) => {
                    last.span += cell.span;
                    append(&mut last.paragraphs, cell.paragraphs, at, findings);
                    continue;
                }
                None => findings.add(Diagnostic::warning("merge-without-start", at())),
            }
        }
        joined.push(cell);
    }
    joined
}

/// Text in a cell that continues another is hidden in Word, yet it is there: it goes to the end of the cell it continues.
/// A number alone is not text: Word leaves the numbered paragraph behind when cells are merged.
fn append(
    to: &mut Vec<SourceParagraph>,
    from: Vec<SourceParagraph>,
    at: impl Fn() -> Locator,
    findings: &mut Findings,
) {
    if from.iter().all(|paragraph| paragraph.text.trim().is_empty()) {
        return;
    }
    let text = quoted(&SourceCell { paragraphs: from.clone() }.text());
    findings.add(Diagnostic::warning("merged-cell-text", at()).with("text", text));
    to.extend(from);
}
