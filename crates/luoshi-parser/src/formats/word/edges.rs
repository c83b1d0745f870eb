//! The columns of a table whose cells are told by where their edges are: RTF's `\cellx`, the `rgdxaCenter` of Word's binary format.
//!
//! A column is what lies between two edges that some row has. Not here: units; rows.

/// Edges nearer than this are one: each row states its own, and word processors round them differently. In twips, half a millimetre.
const TOLERANCE: i32 = 28;

/// The edges of a table, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::formats) struct Edges(Vec<i32>);

impl Edges {
    /// From the edges of all rows, in any order.
    pub(in crate::formats) fn new(edges: impl IntoIterator<Item = i32>) -> Self {
        let mut edges: Vec<i32> = edges.into_iter().collect();
        edges.sort_unstable();
        edges.dedup_by(|next, kept| next.saturating_sub(*kept) < TOLERANCE);
        Self(edges)
    }

    /// How many columns there are.
    pub(in crate::formats) fn columns(&self) -> u32 {
        u32::try_from(self.0.len().saturating_sub(1)).unwrap_or(u32::MAX)
    }

    /// The first column of a cell, and how many it takes: at least one, whatever its edges say.
    pub(in crate::formats) fn place(&self, left: i32, right: i32) -> (u32, u32) {
        let (from, to) = (self.index(left), self.index(right));
        (from, to.saturating_sub(from).max(1))
    }

    /// The edge that a position belongs to: the last one that is not behind it.
    fn index(&self, position: i32) -> u32 {
        let behind = self.0.partition_point(|edge| *edge <= position);
        u32::try_from(behind.saturating_sub(1)).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_takes_the_columns_between_its_edges() {
        // Two rows of 0–1000–2000–3000, the second shifted by rounding, and a third whose one cell spans all.
        let edges = Edges::new([0, 1000, 2000, 3000, 5, 1004, 2010, 3003, 0, 3000]);
        assert_eq!(edges.columns(), 3);
        assert_eq!(edges.place(0, 1000), (0, 1));
        assert_eq!(edges.place(1004, 2010), (1, 1));
        assert_eq!(edges.place(0, 3000), (0, 3));
        assert_eq!(edges.place(5, 3003), (0, 3));
        // What can't be is one column.
        assert_eq!(edges.place(2000, 1000), (2, 1));
        assert_eq!((Edges::new([]).columns(), Edges::new([]).place(7, 9)), (0, (0, 1)));
        assert_eq!(Edges::new([i32::MIN, i32::MAX]).columns(), 1);
    }
}
