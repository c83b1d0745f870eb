//! Tables, rows and cells of the walk: what they say of themselves, and what becomes of them when they end (ODF 1.3 part 3, §9).
//!
//! A span is told at its first cell, by counts; the cells under it are listed as covered. Some writers leave those out, so a
//! cell goes where there is room for it. Not here: geometry, which is made from the finished table.

use std::collections::BTreeMap;

use luoshi_table::{Container, Diagnostic, Locator, SourceBlock, SourceParagraph};
use quick_xml::events::BytesStart;

use super::super::xml::{attribute, number};
use super::{Scope, ScopeKind, Walk};
use crate::formats::word::findings::quoted;
use crate::formats::word::table::{Merge, RawCell, RawRow, RawTable};
use crate::{ReadError, limits};

/// A table being read.
#[derive(Default)]
pub(super) struct Table {
    pub(super) raw: RawTable,
    pub(super) row: Option<OpenRow>,
    /// Rows that the file listed so far, those that are gone among them.
    listed: u64,
    /// The cells that go on below the row they began in, by their first column.
    spans: BTreeMap<u32, Span>,
    in_header: bool,
    nested: bool,
    hidden: bool,
}

struct Span {
    width: u32,
    /// The first row that it has no part of.
    until: u64,
}

/// The row that is open.
pub(super) struct OpenRow {
    depth: usize,
    pub(super) raw: RawRow,
    repeated: u64,
    /// The column of the next cell by the cells that the file lists, covered ones among them.
    position: u32,
    /// It began in what is gone by the policy for tracked changes.
    began_gone: bool,
    /// It is tracked itself, and how many changes there were before it.
    tracked: Option<u32>,
    /// Cells put in for those from above.
    continued: usize,
}

/// A cell being read.
pub(super) struct OpenCell {
    pub(super) raw: RawCell,
    /// The columns that it stands in side by side.
    repeated: u32,
    /// The rows that it goes on through.
    rows: u64,
    /// It lies under another cell of its row.
    is_under: bool,
}

impl Table {
    /// The width of the cell from above that fills the column, if one does.
    fn reaching(&mut self, column: u32) -> Option<u32> {
        let (&start, span) = self.spans.range(..=column).next_back()?;
        let rest = start.saturating_add(span.width).checked_sub(column).filter(|&rest| rest > 0);
        if span.until > self.listed {
            return rest;
        }
        self.spans.remove(&start);
        None
    }

    /// Goes on with a cell from above where one fills the next column; its width, or nothing.
    fn go_on(&mut self) -> Option<u32> {
        let column = self.row.as_ref()?.raw.next;
        let width = self.reaching(column)?;
        self.put_continuation(column, width, Vec::new());
        Some(width)
    }

    fn put_continuation(&mut self, column: u32, span: u32, paragraphs: Vec<SourceParagraph>) {
        if let Some(row) = &mut self.row {
            let vertical = Merge::Continue;
            row.raw.cells.push(RawCell { column, span, vertical, paragraphs, ..RawCell::default() });
            row.raw.next = column.saturating_add(span);
            row.position = row.position.max(column.saturating_add(1));
            row.continued += 1;
        }
    }
}

impl Walk<'_, '_> {
    fn table(&mut self) -> Option<&mut Table> {
        match &mut self.scopes.last_mut()?.kind {
            ScopeKind::Table(table) => Some(table),
            _ => None,
        }
    }

    pub(super) fn is_in_table(&self) -> bool {
        self.scopes.iter().any(|scope| matches!(scope.kind, ScopeKind::Table(_)))
    }

    pub(super) fn push_scope(&mut self, depth: usize, kind: ScopeKind) {
        let lists = std::mem::take(&mut self.open_lists);
        self.scopes.push(Scope { depth, kind, lists });
    }

    pub(super) fn begin_table(&mut self, start: &BytesStart<'_>, depth: usize) -> Result<(), ReadError> {
        self.end_story()?;
        self.part_piece();
        // A table of one empty row weighs as much as a few paragraphs.
        self.count_pieces(3)?;
        let of_style =
            attribute(start, "style-name").is_some_and(|style| self.styles.styles.is_hidden_table(&style));
        let table = Table {
            nested: self.is_in_table(),
            hidden: of_style || self.is_in_hidden_section(),
            ..Table::default()
        };
        self.push_scope(depth, ScopeKind::Table(Box::new(table)));
        Ok(())
    }

    pub(super) fn column(&mut self, start: &BytesStart<'_>) {
        if let Some(table) = self.table() {
            let columns = number(start, "number-columns-repeated").unwrap_or(1);
            table.raw.columns = table.raw.columns.saturating_add(columns);
        }
    }

    pub(super) fn header_rows(&mut self, begin: bool) {
        if let Some(table) = self.table() {
            table.in_header = begin;
        }
    }

    pub(super) fn begin_row(&mut self, start: &BytesStart<'_>, depth: usize) {
        let style = attribute(start, "style-name");
        let is_tracked = style.is_some_and(|style| self.styles.styles.is_tracked_row(&style));
        let (began_gone, before) = (self.changes.are_gone(), self.changes.inside());
        let hidden = matches!(attribute(start, "visibility").as_deref(), Some("collapse" | "filter"));
        let Some(table) = self.table() else { return };
        let mut raw = RawRow::default();
        raw.facts.hidden = hidden;
        raw.facts.repeats = table.in_header;
        raw.cells.reserve(table.raw.rows.last().map_or(0, |row| row.cells.len()));
        // A row within a row is no row; its cells belong to the outer one.
        let is_first = table.row.is_none();
        table.row.get_or_insert_with(|| OpenRow {
            depth,
            raw,
            repeated: number(start, "number-rows-repeated").unwrap_or(1).max(1),
            position: 0,
            began_gone,
            tracked: is_tracked.then_some(before),
            continued: 0,
        });
        if is_first && is_tracked {
            self.lists.remember();
        }
    }

    pub(super) fn end_row(&mut self, depth: usize) -> Result<(), ReadError> {
        let (gone, changes) = (self.changes.are_gone(), self.changes.inside());
        let Some(table) = self.table() else { return Ok(()) };
        if table.row.as_ref().is_none_or(|row| row.depth != depth) {
            return Ok(());
        }
        // Cells from above that the file does not list at the end of the row.
        while let Some(next) = table.row.as_ref().map(|row| row.raw.next) {
            if table.go_on().is_some() {
                continue;
            }
            let Some((&column, _)) = table.spans.range(next..).next() else { break };
            if let Some(width) = table.reaching(column) {
                table.put_continuation(column, width, Vec::new());
            }
        }
        let Some(row) = table.row.take() else { return Ok(()) };
        self.count_pieces(row.continued)?;
        let Some(table) = self.table() else { return Ok(()) };
        table.listed = table.listed.saturating_add(row.repeated);
        let is_blank = || {
            let mut paragraphs = row.raw.cells.iter().flat_map(|cell| &cell.paragraphs);
            paragraphs.all(|paragraph| paragraph.text.trim().is_empty())
        };
        let is_untold = row.tracked.is_some_and(|before| changes > before && is_blank());
        let dropped = (row.began_gone && gone) || is_untold;
        if row.tracked.is_some() {
            self.lists.forget(dropped);
        }
        if dropped {
            return Ok(());
        }
        self.put_row(row)
    }

    /// Puts a row into its table, as often as it is repeated.
    fn put_row(&mut self, row: OpenRow) -> Result<(), ReadError> {
        let cells = row.raw.cells.len() as u64;
        let more = row.repeated.saturating_sub(1);
        if more > 0 {
            if cells.max(1).saturating_mul(row.repeated) > limits::REPEATS.get() {
                return Err(self.exceeded(&limits::REPEATS));
            }
            let texts = row.raw.cells.iter().flat_map(|cell| &cell.paragraphs);
            let bytes: usize = texts.map(|paragraph| paragraph.text.len() + paragraph.label().len()).sum();
            self.count_text((bytes as u64).saturating_mul(more))?;
            self.count_pieces(usize::try_from(cells.saturating_mul(more)).unwrap_or(usize::MAX))?;
        }
        self.count_pieces(usize::try_from(row.repeated).unwrap_or(usize::MAX))?;
        if let Some(table) = self.table() {
            for _ in 0..more {
                table.raw.rows.push(row.raw.clone());
            }
            table.raw.rows.push(row.raw);
        }
        Ok(())
    }

    pub(super) fn begin_cell(&mut self, start: &BytesStart<'_>, depth: usize) -> Result<(), ReadError> {
        self.end_story()?;
        let Some(table) = self.table() else { return Ok(()) };
        while table.go_on().is_some() {}
        let Some(column) = table.row.as_ref().map(|row| row.raw.next) else { return Ok(()) };
        self.begin_at(column)?;
        let span = self.count("number-columns-spanned", limits::COLUMNS.get(), start, column);
        let rows = self.count("number-rows-spanned", u64::MAX, start, column);
        let repeated = self.count("number-columns-repeated", u64::MAX, start, column);
        let vertical = if rows > 1 { Merge::Restart } else { Merge::None };
        let span = u32::try_from(span).unwrap_or(1);
        let raw = RawCell { column, span, vertical, ..RawCell::default() };
        let repeated = u32::try_from(repeated).unwrap_or(u32::MAX);
        self.push_scope(depth, ScopeKind::Cell(OpenCell { raw, repeated, rows, is_under: false }));
        Ok(())
    }

    /// A cell under another one, which should hold nothing.
    pub(super) fn begin_covered_cell(
        &mut self,
        start: &BytesStart<'_>,
        depth: usize,
    ) -> Result<(), ReadError> {
        let Some(table) = self.table() else { return Ok(()) };
        let Some((position, next)) = table.row.as_ref().map(|row| (row.position, row.raw.next)) else {
            return Ok(());
        };
        let is_under = position < next;
        let column = if is_under { position } else { next };
        let width = table.reaching(column).unwrap_or(1);
        self.begin_at(column)?;
        let repeated = self.count("number-columns-repeated", u64::MAX, start, column);
        let raw = match is_under {
            true => RawCell { column, horizontal: Merge::Continue, ..RawCell::default() },
            false => RawCell { column, span: width, vertical: Merge::Continue, ..RawCell::default() },
        };
        let repeated = u32::try_from(repeated).unwrap_or(u32::MAX);
        self.push_scope(depth, ScopeKind::Cell(OpenCell { raw, repeated, rows: 1, is_under }));
        Ok(())
    }

    fn begin_at(&mut self, column: u32) -> Result<(), ReadError> {
        self.count_pieces(1)?;
        match column < limits::COLUMNS.count() {
            true => Ok(()),
            false => Err(self.exceeded(&limits::COLUMNS)),
        }
    }

    /// A count in an attribute; 1 where it is absent or none.
    fn count(&mut self, name: &str, most: u64, start: &BytesStart<'_>, column: u32) -> u64 {
        let Some(value) = attribute(start, name) else { return 1 };
        match value.trim().parse() {
            Ok(count) if (1..=most).contains(&count) => count,
            _ => {
                let place = self.place();
                let place = if self.is_in_nested_table() {
                    place
                } else {
                    Locator { column: Some(column + 1), ..place }
                };
                self.findings
                    .add(Diagnostic::warning("cell-span-invalid", place).with("value", quoted(&value)));
                1
            }
        }
    }

    fn is_in_nested_table(&self) -> bool {
        self.scopes.iter().filter(|scope| matches!(scope.kind, ScopeKind::Table(_))).nth(1).is_some()
    }

    fn end_cell(&mut self, cell: OpenCell) -> Result<(), ReadError> {
        if cell.raw.vertical == Merge::Continue || cell.is_under {
            return self.end_covered_cell(cell);
        }
        let OpenCell { raw, repeated, rows, .. } = cell;
        let Some((listed, row_repeated)) =
            self.table().and_then(|table| Some((table.listed, table.row.as_ref()?.repeated)))
        else {
            return Ok(());
        };
        let width = raw.span.saturating_mul(repeated);
        if repeated > 1 {
            if u64::from(repeated).saturating_mul(row_repeated) > limits::REPEATS.get() {
                return Err(self.exceeded(&limits::REPEATS));
            }
            if raw.column.saturating_add(width) > limits::COLUMNS.count() {
                return Err(self.exceeded(&limits::COLUMNS));
            }
            let bytes: usize = raw.paragraphs.iter().map(|p| p.text.len() + p.label().len()).sum();
            self.count_text((bytes as u64).saturating_mul(repeated.into()))?;
            self.count_pieces(usize::try_from(repeated).unwrap_or(usize::MAX))?;
        }
        let Some(table) = self.table() else { return Ok(()) };
        // A cell from above that this one runs into ends here.
        while let Some((&column, _)) = table.spans.range(raw.column..raw.column.saturating_add(width)).next()
        {
            table.spans.remove(&column);
        }
        let Some(row) = &mut table.row else { return Ok(()) };
        row.raw.next = raw.column.saturating_add(width);
        let mut column = raw.column;
        for _ in 1..repeated {
            row.raw.cells.push(RawCell { column, ..raw.clone() });
            column = column.saturating_add(raw.span);
        }
        row.position = column.saturating_add(1);
        let span = raw.span;
        for first in (raw.column..=column).step_by(span.max(1) as usize).filter(|_| rows > 1) {
            table.spans.insert(first, Span { width: span, until: listed.saturating_add(rows) });
        }
        row.raw.cells.push(RawCell { column, ..raw });
        Ok(())
    }

    fn end_covered_cell(&mut self, cell: OpenCell) -> Result<(), ReadError> {
        let OpenCell { raw, repeated, is_under, .. } = cell;
        let Some(table) = self.table() else { return Ok(()) };
        let Some(row) = &mut table.row else { return Ok(()) };
        let position = row.position.max(raw.column).saturating_add(repeated);
        if !is_under {
            row.raw.next = raw.column.saturating_add(raw.span);
            row.raw.cells.push(raw);
        } else if raw.paragraphs.iter().any(|paragraph| !paragraph.is_blank())
            && let Some(over) = row.raw.cells.last_mut()
        {
            // It goes on with the cell over it, without a column of its own.
            over.horizontal = match over.horizontal {
                Merge::None => Merge::Restart,
                known => known,
            };
            row.raw.cells.push(raw);
        }
        row.position = position;
        while let Some(next) = table.row.as_ref().map(|row| row.raw.next).filter(|&next| next < position) {
            if next >= limits::COLUMNS.count() {
                return Err(self.exceeded(&limits::COLUMNS));
            }
            if table.go_on().is_none() {
                table.put_continuation(next, 1, Vec::new());
            }
        }
        Ok(())
    }

    /// Ends the innermost scope and hands its content on.
    pub(super) fn end_scope(&mut self) -> Result<(), ReadError> {
        self.end_story()?;
        let Some(scope) = self.scopes.pop() else { return Ok(()) };
        self.open_lists = scope.lists;
        match scope.kind {
            ScopeKind::Cell(cell) => self.end_cell(cell),
            ScopeKind::TextBox { host, paragraphs } => {
                self.paragraph = *host;
                self.end_text_box(paragraphs)
            }
            ScopeKind::Table(table) if table.nested => {
                let place = self.place();
                let rows = table.raw.rows.len();
                self.findings.add(Diagnostic::warning("nested-table", place).with("rows", rows));
                table.raw.into_text().into_iter().try_for_each(|paragraph| self.put(paragraph))
            }
            ScopeKind::Table(table) => self.end_table(*table),
        }
    }

    /// A table without rows, or with none left by the policy for tracked changes, is none and is not counted.
    fn end_table(&mut self, table: Table) -> Result<(), ReadError> {
        let changes = self.changes.take_inside();
        if table.raw.rows.is_empty() {
            self.changes.add_outside(changes);
            return Ok(());
        }
        self.tables = self.tables.saturating_add(1);
        let container = Container::Table(self.tables);
        let place = Locator { container: Some(container.clone()), ..self.file.clone() };
        changes.report(self.changes.revisions(), place.clone(), self.findings);
        let mut built = table.raw.build(container, &place, self.findings)?;
        built.hidden = table.hidden;
        self.blocks.push(SourceBlock::Table(built));
        Ok(())
    }
}
