//! The field of an item's row: what it has in a column, moved out of the cells of the grid.
//!
//! Not here: which rows are items (outline), and what the text means.

use luoshi_table::{Cell, Grid, SourceCell, SourceParagraph};

use crate::text::{display, raw_if_different};

/// What an item's row has in a column.
#[derive(Clone, Debug, Default)]
pub(crate) struct Field {
    /// The cell that it begins with.
    pub(crate) cell: Option<CellId>,
    /// Upper left position of the cell in the grid, from 0.
    pub(crate) at: Option<(u32, u32)>,
    /// The rows of the grid that the cell fills.
    pub(crate) height: u32,
    /// The display form; empty where the cell is another item's.
    pub(crate) lines: Vec<String>,
    /// The cell's text where it differs from the lines.
    pub(crate) raw: Option<String>,
    /// The first paragraph's number was made by the word processor.
    pub(crate) auto_numbered: bool,
    /// The item whose cell this is, where a merged cell begins in an earlier item.
    pub(crate) owner: Option<usize>,
    /// How many of the lines, at the beginning, are of a cell that began in an earlier row.
    pub(crate) carried: usize,
    /// The cells that further rows of the item add to this column.
    pub(crate) further: Vec<Further>,
}

/// A cell by the index of its table among those read, and its own in the table's grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CellId {
    pub(crate) table: usize,
    pub(crate) cell: usize,
}

/// A cell that a further row of an item adds to a column.
#[derive(Clone, Debug)]
pub(crate) struct Further {
    cell: Option<CellId>,
    /// Its first row in the grid, and how many it fills.
    pub(crate) row: u32,
    pub(crate) height: u32,
    /// Where its lines begin.
    pub(crate) from: usize,
}

impl Field {
    /// The field that a cell is by itself.
    pub(crate) fn of(content: SourceCell) -> Self {
        let paragraphs = content.paragraphs.as_slice();
        let as_shown = |text: &str| text.trim().len() == text.len() && !text.contains('\n');
        let numbered = paragraphs.iter().any(|paragraph| paragraph.auto_number.is_some());
        let edge_blank = |edge: Option<&SourceParagraph>| edge.is_some_and(|edge| edge.text.is_empty());
        if matches!(paragraphs, [only] if !numbered && only.text.is_empty()) {
            return Self::default();
        }
        // Nearly every cell is shown as it is written; its texts are moved, not copied.
        if !numbered
            && !edge_blank(paragraphs.first())
            && !edge_blank(paragraphs.last())
            && paragraphs.iter().all(|paragraph| as_shown(&paragraph.text))
        {
            let lines = content.paragraphs.into_iter().map(|paragraph| paragraph.text).collect();
            return Self { lines, ..Self::default() };
        }
        let auto_numbered = paragraphs.first().is_some_and(|paragraph| paragraph.auto_number.is_some());
        let lines = display(&content);
        let raw = raw_if_different(&content, &lines);
        Self { lines, raw, auto_numbered, ..Self::default() }
    }

    /// Takes a cell's content out of the grid. A cell over several rows keeps it: a later row may have to read it again.
    pub(crate) fn take(grid: &mut Grid<SourceCell>, cell: usize) -> Self {
        let spans_rows = grid.cells().get(cell).is_some_and(|cell| cell.row_span > 1);
        let Some(content) = grid.content_mut(cell) else { return Self::default() };
        Self::of(if spans_rows { content.clone() } else { std::mem::take(content) })
    }

    /// The same field, known to begin with this cell.
    pub(crate) fn at(self, id: CellId, cell: &Cell<SourceCell>) -> Self {
        Self { cell: Some(id), at: Some((cell.row, cell.column)), height: cell.row_span, ..self }
    }

    /// The cell's text as it stands in the file.
    fn text(&self) -> String {
        self.raw.clone().unwrap_or_else(|| self.lines.join("\n"))
    }

    /// Adds a cell that stands beside this one in the same column.
    pub(crate) fn join(&mut self, more: Self) {
        self.raw = Some(format!("{}\n{}", self.text(), more.text()));
        self.lines.extend(more.lines);
    }

    /// Whether a cell is part of it.
    pub(crate) fn holds(&self, cell: Option<CellId>) -> bool {
        cell.is_some() && (self.cell == cell || self.further.iter().any(|further| further.cell == cell))
    }

    /// Whether all its text is this one cell's.
    pub(crate) fn is_of(&self, cell: CellId) -> bool {
        match self.further.as_slice() {
            [] => self.cell == Some(cell),
            [only] => only.from == 0 && only.cell == Some(cell),
            _ => false,
        }
    }

    /// Adds what a further row of the item says in this column.
    pub(crate) fn continue_with(&mut self, more: Self) {
        let (row, _) = more.at.or(self.at).unwrap_or_default();
        if self.at.is_none() {
            self.at = more.at;
        }
        let further = Further { cell: more.cell, row, height: more.height, from: self.lines.len() };
        self.further.push(further);
        self.join(more);
    }

    /// Makes the line at this index go on in the one before.
    pub(crate) fn mend(&mut self, at: usize) {
        if at > 0 && at < self.lines.len() {
            let rest = self.lines.remove(at);
            self.lines[at - 1].push_str(&rest);
        }
    }

    /// The rows that its cells fill and the lines they hold, cell by cell, blank ones left out. None where they lie in several
    /// tables or out of order.
    pub(crate) fn pieces(&self) -> Option<Vec<(std::ops::Range<u32>, &[String])>> {
        let first = self.at.map(|(row, _)| (row, self.height, 0));
        let starts: Vec<(u32, u32, usize)> =
            first.into_iter().chain(self.further.iter().map(|f| (f.row, f.height, f.from))).collect();
        let ends = starts.iter().skip(1).map(|(_, _, from)| *from).chain([self.lines.len()]);
        let mut pieces = Vec::with_capacity(starts.len());
        for (&(row, height, from), end) in starts.iter().zip(ends) {
            if from < end {
                pieces.push((row..row + height, self.lines.get(from..end)?));
            }
        }
        let in_order = pieces.windows(2).all(|pair| match pair {
            [(one, _), (next, _)] => one.end <= next.start,
            _ => true,
        });
        let tables = self.further.iter().all(|f| f.cell.map(|id| id.table) == self.cell.map(|id| id.table));
        (in_order && tables).then_some(pieces)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_shows_what_the_cell_shows() {
        for (text, lines, raw) in [
            ("甲\n乙", vec!["甲", "乙"], None),
            ("", vec![], None),
            (" 甲\n\n", vec!["甲"], Some(" 甲\n\n")),
            ("\n", vec![], Some("\n")),
            ("甲\n\n乙", vec!["甲", "", "乙"], None),
        ] {
            let field = Field::of(SourceCell::from_text(text));
            assert_eq!(
                (field.lines, field.raw.as_deref()),
                (lines.iter().map(|l| l.to_string()).collect(), raw),
                "{text:?}"
            );
        }
    }
}
