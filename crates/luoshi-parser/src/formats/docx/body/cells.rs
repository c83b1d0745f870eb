//! Tables, rows and cells of the walk: what they say of themselves, and what becomes of them when they end.
//!
//! Not here: geometry, which is made from the finished table.

use luoshi_table::{Container, Diagnostic, Locator, SourceBlock};
use quick_xml::events::BytesStart;

use super::super::names::Tag;
use super::super::xml::{attribute, is_on, number};
use super::{Flow, Scope, ScopeKind, Walk};
use crate::formats::word::findings::quoted;
use crate::formats::word::table::{Merge, RawCell, RawRow, RawTable};
use crate::{ReadError, Revisions, limits};

impl Walk<'_, '_, '_> {
    pub(super) fn begin_table(&mut self, depth: usize) -> Result<(), ReadError> {
        self.end_story()?;
        // A table of one empty row weighs as much as a few paragraphs.
        self.count_pieces(3)?;
        let nested = !self.scopes.is_empty();
        let kind = ScopeKind::Table { raw: RawTable::default(), row: None, nested };
        self.scopes.push(Scope { depth, kind });
        Ok(())
    }

    pub(super) fn grid_column(&mut self) {
        if let Some(Scope { kind: ScopeKind::Table { raw, .. }, .. }) = self.scopes.last_mut() {
            raw.columns = raw.columns.saturating_add(1);
        }
    }

    pub(super) fn open_row(&mut self) -> Option<&mut RawRow> {
        match &mut self.scopes.last_mut()?.kind {
            ScopeKind::Table { row: Some((_, row)), .. } => Some(row),
            _ => None,
        }
    }

    pub(super) fn begin_row(&mut self, depth: usize) {
        if let Some(Scope { kind: ScopeKind::Table { raw, row, .. }, .. }) = self.scopes.last_mut() {
            // A row within a row is no row; its cells belong to the outer one.
            let width = raw.rows.last().map_or(0, |row| row.cells.len());
            row.get_or_insert_with(|| {
                (depth, RawRow { cells: Vec::with_capacity(width), ..RawRow::default() })
            });
        }
    }

    pub(super) fn end_row(&mut self, depth: usize) -> Result<(), ReadError> {
        if let Some(Scope { kind: ScopeKind::Table { raw, row, .. }, .. }) = self.scopes.last_mut()
            && let Some((_, finished)) = row.take_if(|(opened, _)| *opened == depth)
            && !finished.dropped
        {
            raw.rows.push(finished);
            self.count_pieces(1)?;
        }
        Ok(())
    }

    pub(super) fn row_property(&mut self, tag: Tag, start: &BytesStart<'_>) {
        let before = || {
            number(start)
                .and_then(|before| u32::try_from(before).ok())
                .filter(|&n| n < limits::COLUMNS.count())
        };
        let Some(row) = self.open_row() else { return };
        match tag {
            Tag::TblHeader => row.facts.repeats = is_on(start),
            Tag::Hidden => row.facts.hidden = is_on(start),
            Tag::GridBefore => match before() {
                Some(before) => row.next = before,
                None => self.invalid_span(start),
            },
            _ => {}
        }
    }

    /// A bookmark marks the row of the outermost table that it begins in.
    pub(super) fn bookmark(&mut self, start: &BytesStart<'_>) {
        if let Some(Scope { kind: ScopeKind::Table { row: Some((_, row)), .. }, .. }) =
            self.scopes.first_mut()
            && let Some(name) = attribute(start, "name")
        {
            row.bookmarks.push(name.into_owned().into_boxed_str());
        }
    }

    pub(super) fn begin_cell(&mut self, depth: usize) -> Result<Flow, ReadError> {
        let Some(row) = self.open_row() else { return Ok(Flow::Enter) };
        let (column, dropped) = (row.next, row.dropped);
        if dropped {
            return self.pass(depth);
        }
        if column >= limits::COLUMNS.count() {
            return Err(self.exceeded(&limits::COLUMNS));
        }
        self.count_pieces(1)?;
        let raw = RawCell { column, span: 1, ..RawCell::default() };
        self.scopes.push(Scope { depth, kind: ScopeKind::Cell { raw, dropped: false } });
        Ok(Flow::Enter)
    }

    pub(super) fn cell_property(&mut self, tag: Tag, start: &BytesStart<'_>) {
        let accept = self.revisions == Revisions::Accept;
        let Some(Scope { kind: ScopeKind::Cell { raw, dropped }, .. }) = self.scopes.last_mut() else {
            return;
        };
        match tag {
            Tag::GridSpan => match number(start).and_then(|span| u32::try_from(span).ok()) {
                Some(span) if (1..=limits::COLUMNS.count()).contains(&span) => raw.span = span,
                _ => self.invalid_span(start),
            },
            Tag::VMerge => raw.vertical = merge(attribute(start, "val").as_deref()),
            Tag::HMerge => raw.horizontal = merge(attribute(start, "val").as_deref()),
            Tag::CellIns => {
                *dropped |= !accept;
                self.changes().insertions += 1;
            }
            Tag::CellDel => {
                *dropped |= accept;
                self.changes().deletions += 1;
            }
            Tag::CellMerge => {
                let merged = attribute(start, if accept { "vMerge" } else { "vMergeOrig" });
                raw.vertical = match merged.as_deref() {
                    Some("rest") => Merge::Restart,
                    Some("cont") => Merge::Continue,
                    _ => Merge::None,
                };
                self.changes().insertions += 1;
            }
            _ => {}
        }
    }

    pub(super) fn invalid_span(&mut self, start: &BytesStart<'_>) {
        let value = attribute(start, "val").unwrap_or_default();
        let finding = Diagnostic::warning("cell-span-invalid", self.place());
        self.findings.add(finding.with("value", quoted(&value)));
    }

    /// Ends the innermost scope and hands its content on.
    pub(super) fn end_scope(&mut self) -> Result<(), ReadError> {
        self.end_story()?;
        let Some(scope) = self.scopes.pop() else { return Ok(()) };
        match scope.kind {
            ScopeKind::Cell { raw, .. } => {
                if let Some(row) = self.open_row() {
                    row.next = raw.column.saturating_add(raw.span);
                    row.cells.push(raw);
                }
            }
            ScopeKind::TextBox { host, paragraphs } => {
                self.paragraph = *host;
                self.end_text_box(paragraphs);
            }
            ScopeKind::Table { raw, nested: false, .. } => self.end_table(raw)?,
            ScopeKind::Table { raw, .. } => {
                let place = self.place();
                self.findings.add(Diagnostic::warning("nested-table", place).with("rows", raw.rows.len()));
                for paragraph in raw.into_text() {
                    self.put(paragraph)?;
                }
            }
        }
        Ok(())
    }

    /// A table without rows, or with none left by the policy for tracked changes, is none and is not counted.
    pub(super) fn end_table(&mut self, raw: RawTable) -> Result<(), ReadError> {
        let changes = std::mem::take(&mut self.inside);
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

/// A merge by its value; without one it continues (§17.4.84).
fn merge(value: Option<&str>) -> Merge {
    match value {
        Some("restart") => Merge::Restart,
        _ => Merge::Continue,
    }
}
