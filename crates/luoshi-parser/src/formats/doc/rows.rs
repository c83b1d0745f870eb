//! The cells of a row as its last paragraph's properties have them: where their edges are and which of them are one
//! ([MS-DOC] §2.6.3).
//!
//! The modifiers are applied in their order, as Word does: a definition of the whole row, then what was done to it since.
//! Not here: columns, which are told by the edges of all rows.

use super::sprm;
use crate::formats::word::table::Merge;
use crate::limits;
use crate::ole::u16_at;

/// Bytes of a cell's definition (`TC80`, §2.9.315).
const CELL_BYTES: usize = 20;

/// What a cell says of its merging.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Cell {
    /// `horzMerge`.
    horizontal: u16,
    /// `vertMerge`: two bits, that it is merged with what is above or below, and that it is the first.
    vertical: u16,
}

/// A row's properties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tap {
    /// The edges of the cells, in twips: one more than there are cells, where there are any.
    pub(super) edges: Vec<i32>,
    cells: Vec<Cell>,
    gap_half: i32,
    /// It repeats on each page.
    pub(super) is_header: bool,
}

impl Tap {
    pub(super) fn apply(&mut self, code: u16, operand: &[u8]) {
        match code {
            sprm::T_DEF_TABLE => self.define(operand),
            sprm::T_TABLE_HEADER => self.is_header = sprm::byte(operand) != 0,
            sprm::T_DXA_LEFT => {
                if let Some(first) = self.edges.first() {
                    let moved = twips(operand).saturating_sub(first.saturating_add(self.gap_half));
                    self.shift(0, moved);
                }
            }
            sprm::T_DXA_GAP_HALF => {
                // The first cell grows by it to the left, the others stay.
                let gap_half = twips(operand);
                if let Some(first) = self.edges.first_mut() {
                    *first = first.saturating_add(self.gap_half - gap_half);
                }
                self.gap_half = gap_half;
            }
            sprm::T_INSERT => self.insert(operand),
            sprm::T_DELETE => self.delete(operand),
            sprm::T_DXA_COL => self.set_widths(operand),
            sprm::T_MERGE | sprm::T_SPLIT => {
                let range = self.range(operand);
                for (index, cell) in self.cells.iter_mut().enumerate() {
                    if range.contains(&index) {
                        cell.horizontal =
                            u16::from(code == sprm::T_MERGE) * (1 + u16::from(index > range.start));
                    }
                }
            }
            sprm::T_VERT_MERGE => {
                if let (Some(&index), Some(&flags)) = (operand.first(), operand.get(1))
                    && let Some(cell) = self.cells.get_mut(usize::from(index))
                {
                    cell.vertical = u16::from(flags & 3);
                }
            }
            _ => {}
        }
    }

    /// `TDefTableOperand` (§2.9.322): how many cells, their edges, and the definitions of as many as have one.
    fn define(&mut self, operand: &[u8]) {
        let count = usize::from(sprm::byte(operand));
        let edges = (0..=count).map_while(|index| u16_at(operand, 1 + 2 * index));
        self.edges = edges.map(|edge| i32::from(edge.cast_signed())).collect();
        let cells = operand.get(1 + 2 * (count + 1)..).unwrap_or_default();
        self.cells =
            cells.chunks_exact(CELL_BYTES).filter_map(|cell| u16_at(cell, 0)).map(Cell::new).collect();
        self.cells.resize(self.edges.len().saturating_sub(1), Cell::default());
    }

    /// `TInsertOperand` (§2.9.334): where, how many and how wide.
    fn insert(&mut self, operand: &[u8]) {
        let [at, count, ..] = *operand else { return };
        let width = i32::from(u16_at(operand, 2).unwrap_or(0));
        // Between the last cell and those behind it there may be a gap, which is filled with cells of the same width.
        let from = usize::from(at).min(self.cells.len());
        let count = usize::from(at) - from + usize::from(count);
        if self.cells.len() + count > limits::COLUMNS.size() {
            return;
        }
        if self.edges.is_empty() {
            self.edges.push(0);
        }
        let start = self.edges.get(from).copied().unwrap_or(0);
        self.shift(from + 1, width.saturating_mul(count as i32));
        let new = (1..=count as i32).map(|number| start.saturating_add(width.saturating_mul(number)));
        self.edges.splice(from + 1..from + 1, new);
        self.cells.splice(from..from, std::iter::repeat_n(Cell::default(), count));
    }

    fn delete(&mut self, operand: &[u8]) {
        let range = self.range(operand);
        if range.is_empty() {
            return;
        }
        let edge = |index: usize| self.edges.get(index).copied().unwrap_or(0);
        let width = edge(range.end).saturating_sub(edge(range.start));
        self.cells.drain(range.clone());
        self.edges.drain(range.start + 1..range.end + 1);
        self.shift(range.start + 1, width.saturating_neg());
    }

    /// `TDxaColOperand` (§2.9.324).
    fn set_widths(&mut self, operand: &[u8]) {
        let width = i32::from(u16_at(operand, 2).unwrap_or(0));
        for index in self.range(operand) {
            if let (Some(left), Some(right)) = (self.edges.get(index), self.edges.get(index + 1)) {
                let moved = left.saturating_add(width).saturating_sub(*right);
                self.shift(index + 1, moved);
            }
        }
    }

    /// The cells that an operand names by the first and the one behind the last (`ItcFirstLim`, §2.9.123).
    fn range(&self, operand: &[u8]) -> std::ops::Range<usize> {
        let name = |index| usize::from(operand.get(index).copied().unwrap_or(0)).min(self.cells.len());
        let (first, behind) = (name(0), name(1));
        first..behind.max(first)
    }

    fn shift(&mut self, from: usize, by: i32) {
        for edge in self.edges.iter_mut().skip(from) {
            *edge = edge.saturating_add(by);
        }
    }

    /// The same for a row that has no more cells than these.
    pub(super) fn of_cells(mut self, count: usize) -> Self {
        self.edges.truncate(count + 1);
        self.edges.shrink_to_fit();
        self.cells.truncate(count);
        self.cells.shrink_to_fit();
        self
    }

    /// How each cell is merged with its neighbours in its row, and with those above and below.
    pub(super) fn merges(&self) -> Vec<(Merge, Merge)> {
        let mut opener = 0;
        let mut merges = Vec::with_capacity(self.cells.len());
        for cell in &self.cells {
            // Word 97 calls the first of a set 1 and the others 2, the specification the first 2 or 3 and the others 1. So
            // what the first one says is the first, in either.
            let horizontal = match cell.horizontal {
                0 => Merge::None,
                value if opener == 0 || value == opener || value == 3 => Merge::Restart,
                _ => Merge::Continue,
            };
            opener = match horizontal {
                Merge::None => 0,
                Merge::Restart => cell.horizontal,
                Merge::Continue => opener,
            };
            let vertical = match cell.vertical {
                0 => Merge::None,
                1 => Merge::Continue,
                _ => Merge::Restart,
            };
            merges.push((horizontal, vertical));
        }
        merges
    }
}

impl Cell {
    /// `TCGRF` (§2.9.317).
    fn new(flags: u16) -> Self {
        Self { horizontal: flags & 3, vertical: flags >> 5 & 3 }
    }
}

fn twips(operand: &[u8]) -> i32 {
    i32::from(sprm::short(operand).cast_signed())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A row of three cells of 100, 200 and 300 twips.
    fn row() -> Tap {
        let mut tap = Tap::default();
        tap.apply(sprm::T_DEF_TABLE, &definition(&[0, 100, 300, 600], &[0x0060, 0x0001, 0x0022]));
        tap
    }

    fn definition(edges: &[i16], flags: &[u16]) -> Vec<u8> {
        let mut bytes = vec![edges.len() as u8 - 1];
        bytes.extend(edges.iter().flat_map(|edge| edge.to_le_bytes()));
        for flags in flags {
            bytes.extend(flags.to_le_bytes());
            bytes.extend([0; CELL_BYTES - 2]);
        }
        bytes
    }

    #[test]
    fn a_definition_gives_edges_and_merges() {
        use Merge::{Continue, None, Restart};
        let tap = row();
        assert_eq!(tap.edges, [0, 100, 300, 600]);
        assert_eq!(tap.merges(), [(None, Restart), (Restart, None), (Continue, Continue)]);
        // Fewer definitions than cells, and a list that is cut.
        let mut short = Tap::default();
        short.apply(sprm::T_DEF_TABLE, &definition(&[0, 10, 20], &[0x0060]));
        assert_eq!(short.merges(), [(None, Restart), (None, None)]);
        short.apply(sprm::T_DEF_TABLE, &[9, 0, 0, 5, 0, 7]);
        assert_eq!((short.edges.as_slice(), short.merges().len()), (&[0, 5][..], 1));
        short.apply(sprm::T_DEF_TABLE, &[]);
        assert_eq!(short.merges(), []);
    }

    #[test]
    fn either_meaning_of_the_horizontal_bits_is_understood() {
        let merged = |flags: &[u16]| {
            let edges: Vec<i16> = (0..=flags.len() as i16).collect();
            let mut tap = Tap::default();
            tap.apply(sprm::T_DEF_TABLE, &definition(&edges, flags));
            let signs = tap.merges().into_iter().map(|(horizontal, _)| match horizontal {
                Merge::None => '.',
                Merge::Restart => 'R',
                Merge::Continue => 'c',
            });
            signs.collect::<String>()
        };
        assert_eq!(merged(&[1, 2, 2, 0, 1, 2]), "Rcc.Rc");
        assert_eq!(merged(&[2, 1, 1, 2, 1, 0]), "RccRc.");
        assert_eq!(merged(&[3, 1, 0, 0]), "Rc..");
        assert_eq!(merged(&[1, 2, 1, 2]), "RcRc");
    }

    #[test]
    fn what_was_done_to_a_row_is_done_again() {
        let done = |code, operand: &[u8]| {
            let mut tap = row();
            tap.apply(code, operand);
            tap.edges
        };
        assert_eq!(done(sprm::T_DXA_LEFT, &[50, 0]), [50, 150, 350, 650]);
        assert_eq!(done(sprm::T_DXA_GAP_HALF, &[8, 0]), [-8, 100, 300, 600]);
        assert_eq!(done(sprm::T_INSERT, &[1, 2, 10, 0]), [0, 100, 110, 120, 320, 620]);
        assert_eq!(done(sprm::T_INSERT, &[4, 1, 10, 0]), [0, 100, 300, 600, 610, 620]);
        assert_eq!(done(sprm::T_DELETE, &[0, 2]), [0, 300]);
        assert_eq!(done(sprm::T_DELETE, &[2, 200]), [0, 100, 300]);
        assert_eq!(done(sprm::T_DELETE, &[200, 1]), [0, 100, 300, 600]);
        assert_eq!(done(sprm::T_DXA_COL, &[0, 2, 50, 0]), [0, 50, 100, 400]);
        let mut tap = row();
        tap.apply(sprm::T_MERGE, &[0, 3]);
        tap.apply(sprm::T_VERT_MERGE, &[0, 0]);
        tap.apply(sprm::T_VERT_MERGE, &[2, 3]);
        tap.apply(sprm::T_VERT_MERGE, &[9, 3]);
        use Merge::{Continue, None, Restart};
        assert_eq!(tap.merges(), [(Restart, None), (Continue, None), (Continue, Restart)]);
        tap.apply(sprm::T_SPLIT, &[0, 3]);
        assert_eq!(tap.merges(), [(None, None), (None, None), (None, Restart)]);
        // From nothing.
        let mut new = Tap::default();
        new.apply(sprm::T_DELETE, &[0, 1]);
        new.apply(sprm::T_DXA_LEFT, &[0, 1]);
        new.apply(sprm::T_INSERT, &[0, 2, 10, 0]);
        assert_eq!(new.edges, [0, 10, 20]);
        for _ in 0..99 {
            new.apply(sprm::T_INSERT, &[0, 255, 255, 255]);
        }
        assert!(new.edges.len() <= limits::COLUMNS.size() + 1);
    }
}
