//! Tables of the walk: which row and cell is open, and what becomes of them when they end.
//!
//! Not here: which column a cell stands in.

use std::mem;

use luoshi_table::{Container, Diagnostic, Locator, SourceBlock, SourceParagraph, column_letters};

use super::super::grid;
use super::super::names::Tag;
use super::super::state::State;
use super::super::style::Look;
use super::super::tree::{Id, NONE};
use super::lists::List;
use super::{End, Open, Walk};
use crate::formats::word::table::{Merge, RawCell, RawRow, RawTable};
use crate::{ReadError, limits};

/// A table being read.
pub(super) struct Table {
    container: Container,
    rows: std::vec::IntoIter<grid::Row>,
    /// The cells of the open row that are not read yet.
    cells: std::vec::IntoIter<grid::Cell>,
    row: Option<OpenRow>,
    /// The group of the open row, and what holds in its rows.
    group: Option<(Id, State)>,
    cell: Option<grid::Cell>,
    raw: RawTable,
    is_nested: bool,
    is_hidden: bool,
    hidden_columns: Vec<u32>,
    /// The paragraphs of the cell that is open.
    pub(super) paragraphs: Vec<SourceParagraph>,
    /// The lists around it, which those in it are no part of.
    lists: Vec<List>,
}

struct OpenRow {
    raw: RawRow,
    is_flat: bool,
    /// A cell of it goes on below.
    goes_on: bool,
    /// What holds in its cells. Their text may be many times that of its style.
    state: State,
}

impl Table {
    /// The cell that is open; findings about what it holds are told there.
    pub(super) fn place(&self, file: &Locator) -> Locator {
        let table = Locator { container: Some(self.container.clone()), ..file.clone() };
        let row = self.raw.rows.len() as u32;
        match (self.cell, &self.row) {
            (Some(cell), _) => table.cell(row, cell.column),
            (None, Some(_)) => table.row(row),
            (None, None) => table,
        }
    }

    pub(super) fn bookmark(&mut self, name: Box<str>) {
        if let Some(row) = &mut self.row {
            row.raw.bookmarks.push(name);
        }
    }
}

impl Walk<'_, '_> {
    /// Begins a table. One that only lays out the page is none; one that is not shown within a cell is hidden text.
    pub(super) fn begin_table(&mut self, id: Id, mut state: State) -> Result<(), ReadError> {
        let is_nested = !self.tables.is_empty() || self.note.is_some();
        let is_layout = !is_nested && self.layouts.binary_search(&id).is_ok();
        if is_layout || state.is_gone || (state.is_hidden && is_nested) {
            self.enter(id, state, End::Paragraph);
            return Ok(());
        }
        self.put_bare_marker()?;
        if self.tables.len() >= limits::XML_DEPTH.size() {
            return Err(self.exceeded(&limits::XML_DEPTH));
        }
        let plan = grid::plan(&self.page.tree, self.styles, id).map_err(|limit| self.exceeded(limit))?;
        // A table of one empty row weighs as much as a few paragraphs.
        self.count_pieces(3)?;
        let is_hidden = state.is_hidden;
        state = State { keeps_lines: false, ..state.shown() };
        let captions = plan.captions.clone();
        self.open.push(Open::Planned { plan: Box::new(plan), is_nested, is_hidden, state: state.clone() });
        // Captions stand before the table and outside it.
        for caption in captions.into_iter().rev() {
            let look = self.look(caption, Tag::Caption);
            self.enter(caption, state.within(&look), End::Paragraph);
        }
        Ok(())
    }

    /// Begins the rows of a table whose captions are read.
    pub(super) fn begin_rows(&mut self, plan: grid::Plan, is_nested: bool, is_hidden: bool) {
        let sheet = if is_nested { None } else { self.sheet.take() };
        let is_hidden = is_hidden || sheet.as_ref().is_some_and(|sheet| sheet.is_hidden);
        let container = match sheet {
            Some(sheet) => Container::Sheet(sheet.name.into()),
            None => Container::Table(self.document.tables.saturating_add(1)),
        };
        if let Container::Sheet(_) = container
            && is_hidden
        {
            let place = Locator { container: Some(container.clone()), ..self.document.file.clone() };
            self.tell(Diagnostic::info("sheet-hidden", place));
        }
        self.tables.push(Table {
            container,
            rows: plan.rows.into_iter(),
            cells: Vec::new().into_iter(),
            row: None,
            group: None,
            cell: None,
            raw: RawTable { columns: plan.columns, rows: Vec::new() },
            is_nested,
            is_hidden,
            hidden_columns: plan.hidden_columns,
            paragraphs: Vec::new(),
            lists: mem::take(&mut self.lists),
        });
    }

    /// Goes on with the next cell or row of the table, or ends it.
    pub(super) fn advance_table(&mut self, state: &State) -> Result<(), ReadError> {
        let Some(table) = self.tables.last_mut() else {
            self.open.pop();
            return Ok(());
        };
        if let Some(cell) = table.cells.next() {
            return self.begin_cell(cell);
        }
        self.end_row()?;
        let Some(table) = self.tables.last_mut() else { return Ok(()) };
        match table.rows.next() {
            Some(row) => self.begin_row(row, state),
            None => {
                self.open.pop();
                self.end_table()
            }
        }
    }

    fn begin_row(&mut self, row: grid::Row, outer: &State) -> Result<(), ReadError> {
        let grid::Row { id, repeats, is_hidden, is_flat, cells, continued, hidden_cells } = row;
        self.count_pieces(1 + continued.len())?;
        let mut raw = RawRow::default();
        (raw.facts.repeats, raw.facts.hidden) = (repeats, is_hidden);
        raw.cells = Vec::with_capacity(cells.len() + continued.len());
        let vertical = Merge::Continue;
        let continued = continued.into_iter();
        raw.cells.extend(continued.map(|(column, span)| RawCell {
            column,
            span,
            vertical,
            ..RawCell::default()
        }));
        let state = self.row_state(id, outer);
        let Some(table) = self.tables.last_mut() else { return Ok(()) };
        table.cells = cells.into_iter();
        table.row = Some(OpenRow { raw, is_flat, goes_on: false, state });
        self.bookmark(id)?;
        for cell in hidden_cells {
            let text = self.page.tree.text(cell);
            self.paragraph.push(&text, &State { is_hidden: true, ..State::default() });
            self.end_paragraph()?;
        }
        Ok(())
    }

    /// What a row and its group say of text holds in the cells too; that they are hidden is told of the row.
    fn row_state(&mut self, row: Id, outer: &State) -> State {
        let tree = &self.page.tree;
        let id = tree.node(row).map_or(NONE, |node| node.parent);
        let said = |id| {
            let look = self.look(id, tree.tag(id).unwrap_or(Tag::Inline));
            Look { is_absent: None, is_invisible: None, ..look }
        };
        let known =
            self.tables.last().and_then(|table| table.group.as_ref()).filter(|(known, _)| *known == id);
        let group = known.map_or_else(|| outer.within(&said(id)), |(_, state)| state.clone());
        let state = group.within(&said(row));
        if let Some(table) = self.tables.last_mut() {
            table.group = Some((id, group));
        }
        state
    }

    fn begin_cell(&mut self, cell: grid::Cell) -> Result<(), ReadError> {
        self.count_pieces(1)?;
        if let Some(table) = self.tables.last_mut() {
            table.cell = Some(cell);
        }
        if cell.span < cell.claimed && cell.column.saturating_add(cell.span) < limits::COLUMNS.count() {
            let finding = Diagnostic::info("cell-span-cut", self.place());
            self.tell(finding.with("span", cell.claimed).with("columns", cell.span));
        }
        let look = self.look(cell.id, Tag::Cell);
        let row = self.tables.last().and_then(|table| table.row.as_ref());
        let state = row.map(|row| row.state.within(&Look { is_absent: None, ..look })).unwrap_or_default();
        self.enter(cell.id, state, End::Cell);
        Ok(())
    }

    pub(super) fn end_cell(&mut self) -> Result<(), ReadError> {
        self.end_paragraph()?;
        self.put_bare_marker()?;
        let Some(table) = self.tables.last_mut() else { return Ok(()) };
        let (Some(cell), Some(row)) = (table.cell.take(), &mut table.row) else { return Ok(()) };
        let vertical = if cell.goes_on { Merge::Restart } else { Merge::None };
        row.goes_on |= cell.goes_on;
        let paragraphs = mem::take(&mut table.paragraphs);
        let (column, span) = (cell.column, cell.span);
        row.raw.cells.push(RawCell { column, span, vertical, paragraphs, ..RawCell::default() });
        Ok(())
    }

    /// Ends the row. One without a cell is none, nor is one without height or hidden that holds nothing: Word and Excel write such to
    /// hold the widths of the columns.
    fn end_row(&mut self) -> Result<(), ReadError> {
        let Some(table) = self.tables.last_mut() else { return Ok(()) };
        let Some(OpenRow { mut raw, is_flat, goes_on, .. }) = table.row.take() else { return Ok(()) };
        let is_blank = || raw.cells.iter().flat_map(|cell| &cell.paragraphs).all(SourceParagraph::is_blank);
        if raw.cells.is_empty() || !goes_on && (is_flat || raw.facts.hidden) && is_blank() {
            return Ok(());
        }
        raw.cells.sort_by_key(|cell| cell.column);
        raw.next = raw.cells.iter().map(|cell| cell.column.saturating_add(cell.span)).max().unwrap_or(0);
        table.raw.rows.push(raw);
        Ok(())
    }

    /// A table without rows is none and is not counted.
    fn end_table(&mut self) -> Result<(), ReadError> {
        let Some(table) = self.tables.pop() else { return Ok(()) };
        self.lists = table.lists;
        let mut raw = table.raw;
        if table.is_nested {
            let (hidden, shown) = raw.rows.into_iter().partition(|row| row.facts.hidden);
            for row in (RawTable { columns: 0, rows: hidden }).into_text() {
                let finding = Diagnostic::warning("hidden-text", self.place()).with("text", row.text.trim());
                self.tell(finding);
            }
            raw.rows = shown;
            if raw.rows.is_empty() {
                return Ok(());
            }
            let finding = Diagnostic::warning("nested-table", self.place()).with("rows", raw.rows.len());
            self.tell(finding);
            return raw.into_text().into_iter().try_for_each(|paragraph| self.put(paragraph));
        }
        let changes = mem::take(&mut self.inside);
        if raw.rows.is_empty() {
            self.document.outside.add(changes);
            return Ok(());
        }
        if let Container::Table(number) = table.container {
            self.document.tables = number;
        }
        let container = table.container;
        let place = Locator { container: Some(container.clone()), ..self.document.file.clone() };
        changes.report(self.document.revisions, place.clone(), &mut self.document.findings);
        let mut built = raw.build(container, &place, &mut self.document.findings)?;
        built.hidden = table.is_hidden;
        let hidden_rows = (0..).zip(&built.rows).filter(|(_, row)| row.hidden).map(|(index, _)| index);
        for (first, last) in runs(hidden_rows) {
            let finding = Diagnostic::warning("rows-hidden", place.row(first));
            self.tell(finding.with("first", first + 1).with("last", last + 1));
        }
        let columns = built.grid.columns();
        for (first, last) in runs(table.hidden_columns.into_iter().filter(|&column| column < columns)) {
            let finding = Diagnostic::warning("columns-hidden", place.clone());
            self.tell(
                finding.with("first", column_letters(first + 1)).with("last", column_letters(last + 1)),
            );
        }
        self.document.blocks.push(SourceBlock::Table(built));
        Ok(())
    }
}

/// The first and last of each run of consecutive numbers.
fn runs(numbers: impl Iterator<Item = u32>) -> Vec<(u32, u32)> {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => runs.push((number, number)),
        }
    }
    runs
}
