//! A table in which every position is a cell's own content, a continuation of another cell, or absent.
//!
//! One representation of merged cells serves the readers and the writers, and [`GridBuilder`] is the only way to make it,
//! so the invariant always holds: the rectangles of the cells never overlap, and each position knows its cell.
//!
//! Not here: what a cell holds. Readers put source text in, writers put styled text in.

/// A cell and the rectangle it fills. Rows and columns count from 0, spans from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell<T> {
    /// Row of the cell's upper edge.
    pub row: u32,
    /// Column of the cell's left edge.
    pub column: u32,
    /// Number of rows it fills, at least 1.
    pub row_span: u32,
    /// Number of columns it fills, at least 1.
    pub column_span: u32,
    /// What stands in it.
    pub content: T,
}

impl<T> Cell<T> {
    /// The rows it fills.
    pub fn rows(&self) -> std::ops::Range<u32> {
        self.row..self.row + self.row_span
    }

    /// The columns it fills.
    pub fn columns(&self) -> std::ops::Range<u32> {
        self.column..self.column + self.column_span
    }
}

/// What stands at one position of a [`Grid`].
#[derive(Debug)]
pub enum Slot<'a, T> {
    /// The upper left position of a cell.
    Origin(&'a Cell<T>),
    /// A further position of a merged cell.
    Covered(&'a Cell<T>),
    /// No cell at all: a row that is shorter than the table, or a gap the file leaves (`w:gridBefore`).
    Absent,
}

/// A table of known size whose positions are filled by non-overlapping cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid<T> {
    rows: u32,
    columns: u32,
    /// Row-major; 0 is absent, n is `cells[n - 1]`.
    slots: Vec<u32>,
    /// In the order of their upper left positions.
    cells: Vec<Cell<T>>,
}

impl<T> Default for Grid<T> {
    fn default() -> Self {
        Self { rows: 0, columns: 0, slots: Vec::new(), cells: Vec::new() }
    }
}

impl<T> Grid<T> {
    /// Number of rows.
    pub fn rows(&self) -> u32 {
        self.rows
    }

    /// Number of columns.
    pub fn columns(&self) -> u32 {
        self.columns
    }

    /// The cells, row by row, each once.
    pub fn cells(&self) -> &[Cell<T>] {
        &self.cells
    }

    /// Index in [`Grid::cells`] of the cell that fills the position, if any does. Outside the grid nothing does.
    pub fn index_at(&self, row: u32, column: u32) -> Option<usize> {
        if row >= self.rows || column >= self.columns {
            return None;
        }
        let slot = self.slots[row as usize * self.columns as usize + column as usize];
        (slot as usize).checked_sub(1)
    }

    /// The cell that fills the position, its origin or not.
    pub fn at(&self, row: u32, column: u32) -> Option<&Cell<T>> {
        self.index_at(row, column).map(|index| &self.cells[index])
    }

    /// The cell whose upper left position this is.
    pub fn origin_at(&self, row: u32, column: u32) -> Option<&Cell<T>> {
        self.at(row, column).filter(|cell| (cell.row, cell.column) == (row, column))
    }

    /// What stands at the position.
    pub fn slot(&self, row: u32, column: u32) -> Slot<'_, T> {
        match self.at(row, column) {
            None => Slot::Absent,
            Some(cell) if (cell.row, cell.column) == (row, column) => Slot::Origin(cell),
            Some(cell) => Slot::Covered(cell),
        }
    }

    /// The cells that fill a row, left to right, each once, those that began in an earlier row among them.
    pub fn row(&self, row: u32) -> impl Iterator<Item = &Cell<T>> {
        self.row_indexes(row).map(|index| &self.cells[index])
    }

    /// The indexes in [`Grid::cells`] of the cells of [`Grid::row`].
    pub fn row_indexes(&self, row: u32) -> impl Iterator<Item = usize> {
        let mut last = None;
        (0..self.columns).filter_map(move |column| {
            let index = self.index_at(row, column);
            let fresh = index != last;
            last = index;
            index.filter(|_| fresh)
        })
    }

    /// The content of a cell by its index in [`Grid::cells`], for a stage that moves it on.
    pub fn content_mut(&mut self, index: usize) -> Option<&mut T> {
        self.cells.get_mut(index).map(|cell| &mut cell.content)
    }

    /// The same geometry with other contents.
    pub fn map<U>(self, mut content: impl FnMut(T) -> U) -> Grid<U> {
        let cells = self
            .cells
            .into_iter()
            .map(|cell| Cell {
                row: cell.row,
                column: cell.column,
                row_span: cell.row_span,
                column_span: cell.column_span,
                content: content(cell.content),
            })
            .collect();
        Grid { rows: self.rows, columns: self.columns, slots: self.slots, cells }
    }
}

/// A cell that would have covered a position already taken; its content comes back so that nothing is lost.
#[derive(Debug)]
pub struct Overlap<T> {
    /// The first position found taken.
    pub at: (u32, u32),
    /// The content that was not placed.
    pub content: T,
}

/// Collects cells into a [`Grid`]. The grid's size is that of the cells and of the rows asked for with
/// [`GridBuilder::ensure`]; nothing is allocated for a size that a file merely claims.
#[derive(Debug)]
pub struct GridBuilder<T> {
    columns: u32,
    occupied: Vec<Vec<u32>>,
    cells: Vec<Cell<T>>,
}

impl<T> Default for GridBuilder<T> {
    fn default() -> Self {
        Self { columns: 0, occupied: Vec::new(), cells: Vec::new() }
    }
}

impl<T> GridBuilder<T> {
    /// An empty grid.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes the grid at least this large.
    pub fn ensure(&mut self, rows: u32, columns: u32) {
        self.columns = self.columns.max(columns);
        if self.occupied.len() < rows as usize {
            self.occupied.resize_with(rows as usize, Vec::new);
        }
    }

    /// Whether a cell fills the position.
    pub fn is_taken(&self, row: u32, column: u32) -> bool {
        self.slot(row, column) != 0
    }

    fn slot(&self, row: u32, column: u32) -> u32 {
        self.occupied.get(row as usize).and_then(|slots| slots.get(column as usize)).copied().unwrap_or(0)
    }

    /// The content of the cell that fills the position, to be added to.
    pub fn content_at(&mut self, row: u32, column: u32) -> Option<&mut T> {
        let slot = self.slot(row, column) as usize;
        slot.checked_sub(1).map(|index| &mut self.cells[index].content)
    }

    /// Puts a cell into the grid. A span of 0 counts as 1.
    ///
    /// # Errors
    /// [`Overlap`] with the content where one of its positions is taken; the grid is then unchanged.
    pub fn place(
        &mut self,
        row: u32,
        column: u32,
        row_span: u32,
        column_span: u32,
        content: T,
    ) -> Result<(), Overlap<T>> {
        let (row_span, column_span) = (row_span.max(1), column_span.max(1));
        for r in row..row + row_span {
            for c in column..column + column_span {
                if self.is_taken(r, c) {
                    return Err(Overlap { at: (r, c), content });
                }
            }
        }
        self.cells.push(Cell { row, column, row_span, column_span, content });
        let mark = self.cells.len() as u32;
        self.ensure(row + row_span, column + column_span);
        for r in row..row + row_span {
            let slots = &mut self.occupied[r as usize];
            let end = (column + column_span) as usize;
            if slots.len() < end {
                slots.resize(end, 0);
            }
            slots[column as usize..end].fill(mark);
        }
        Ok(())
    }

    /// Extends a cell down by one row where the row below is free over its whole width.
    /// Returns whether it could.
    pub fn extend_down(&mut self, row: u32, column: u32) -> bool {
        let Some(index) = (self.slot(row, column) as usize).checked_sub(1) else { return false };
        let cell = &self.cells[index];
        let (below, columns) = (cell.row + cell.row_span, cell.columns());
        if columns.clone().any(|c| self.is_taken(below, c)) {
            return false;
        }
        self.ensure(below + 1, columns.end);
        let slots = &mut self.occupied[below as usize];
        if slots.len() < columns.end as usize {
            slots.resize(columns.end as usize, 0);
        }
        slots[columns.start as usize..columns.end as usize].fill(index as u32 + 1);
        self.cells[index].row_span += 1;
        true
    }

    /// The finished grid, its cells in row order.
    pub fn finish(self) -> Grid<T> {
        let (rows, columns) = (self.occupied.len() as u32, self.columns);
        let mut slots = vec![0; rows as usize * columns as usize];
        for (row, taken) in self.occupied.iter().enumerate() {
            let start = row * columns as usize;
            slots[start..start + taken.len()].copy_from_slice(taken);
        }
        let mut cells = self.cells;
        if !cells.is_sorted_by_key(|cell| (cell.row, cell.column)) {
            let mut order: Vec<u32> = (0..cells.len() as u32).collect();
            order.sort_by_key(|&index| (cells[index as usize].row, cells[index as usize].column));
            let mut new_mark = vec![0; cells.len() + 1];
            for (new, &old) in order.iter().enumerate() {
                new_mark[old as usize + 1] = new as u32 + 1;
            }
            for slot in &mut slots {
                *slot = new_mark[*slot as usize];
            }
            cells.sort_by_key(|cell| (cell.row, cell.column));
        }
        Grid { rows, columns, slots, cells }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_position_knows_its_cell() {
        let mut builder = GridBuilder::new();
        builder.place(0, 0, 2, 1, "a").unwrap();
        builder.place(0, 1, 1, 2, "b").unwrap();
        builder.place(1, 2, 1, 1, "c").unwrap();
        let grid = builder.finish();
        assert_eq!((grid.rows(), grid.columns()), (2, 3));
        assert!(matches!(grid.slot(0, 0), Slot::Origin(c) if c.content == "a"));
        assert!(matches!(grid.slot(1, 0), Slot::Covered(c) if c.content == "a"));
        assert!(matches!(grid.slot(0, 2), Slot::Covered(c) if c.content == "b"));
        assert!(matches!(grid.slot(1, 1), Slot::Absent));
        assert_eq!(grid.row(1).map(|c| c.content).collect::<Vec<_>>(), ["a", "c"]);
        assert!(grid.at(2, 0).is_none() && grid.at(0, 3).is_none());
    }

    #[test]
    fn an_overlap_gives_the_content_back_and_changes_nothing() {
        let mut builder = GridBuilder::new();
        builder.place(0, 0, 1, 2, 1).unwrap();
        let overlap = builder.place(0, 1, 2, 1, 2).unwrap_err();
        assert_eq!((overlap.at, overlap.content), ((0, 1), 2));
        let grid = builder.finish();
        assert_eq!((grid.rows(), grid.cells().len()), (1, 1));
    }

    #[test]
    fn extend_down_stops_at_a_taken_row() {
        let mut builder = GridBuilder::new();
        builder.place(0, 0, 1, 2, 'a').unwrap();
        assert!(builder.extend_down(0, 0));
        builder.place(2, 1, 1, 1, 'b').unwrap();
        assert!(!builder.extend_down(0, 0));
        assert_eq!(builder.finish().cells()[0].row_span, 2);
    }

    #[test]
    fn cells_come_out_in_row_order_whatever_the_order_of_placing() {
        let mut builder = GridBuilder::new();
        builder.place(1, 0, 1, 1, 'c').unwrap();
        builder.place(0, 1, 1, 1, 'b').unwrap();
        builder.place(0, 0, 1, 1, 'a').unwrap();
        let grid = builder.finish();
        assert_eq!(grid.cells().iter().map(|c| c.content).collect::<String>(), "abc");
        assert_eq!(grid.at(1, 0).unwrap().content, 'c');
        assert_eq!(grid.at(0, 1).unwrap().content, 'b');
    }

    proptest::proptest! {
        /// Whatever is asked for, what was placed covers exactly its rectangle and nothing else does.
        #[test]
        fn rectangles_never_overlap(asked in proptest::collection::vec((0u32..6, 0u32..6, 0u32..4, 0u32..4), 0..30)) {
            let mut builder = GridBuilder::new();
            let placed: Vec<_> = asked
                .into_iter()
                .enumerate()
                .filter(|&(id, (r, c, rs, cs))| builder.place(r, c, rs, cs, id).is_ok())
                .collect();
            let grid = builder.finish();
            proptest::prop_assert_eq!(grid.cells().len(), placed.len());
            for (id, (r, c, rs, cs)) in placed {
                for row in r..r + rs.max(1) {
                    for column in c..c + cs.max(1) {
                        proptest::prop_assert_eq!(grid.at(row, column).map(|cell| cell.content), Some(id));
                    }
                }
            }
            let area: u32 = grid.cells().iter().map(|c| c.row_span * c.column_span).sum();
            let taken = (0..grid.rows())
                .flat_map(|r| (0..grid.columns()).map(move |c| (r, c)))
                .filter(|&(r, c)| grid.at(r, c).is_some())
                .count();
            proptest::prop_assert_eq!(area as usize, taken);
        }
    }
}
