//! Cells, rows and tables of the walk: which of them a paragraph is in, and what becomes of them when they end.
//!
//! Not here: columns, which are made from the finished table.

use std::mem;
use std::rc::Rc;

use luoshi_table::{Container, Diagnostic, Locator, SourceBlock};

use super::super::names::Meaning;
use super::super::tables::{CellDefinition, Table, is_too_wide};
use super::Walk;
use super::aside::StoryKind;
use crate::formats::word::table::Merge;
use crate::{ReadError, limits};

impl Walk<'_> {
    /// How deep in tables the paragraph is. One that does not say so is in the row that has begun, or between the cells of one
    /// that lacks some.
    pub(super) fn level(&self) -> usize {
        let paragraph = self.state.paragraph;
        // Programs carry `\intbl` on into the notes of a cell, which is no table there.
        let is_beside = self.story.kind != StoryKind::Document;
        if is_beside && self.story.tables.is_empty() && !self.story.is_row_begun {
            return 0;
        }
        if paragraph.is_in_table || paragraph.table_level > 0 {
            return paragraph.table_level.max(1);
        }
        let is_row_open = self.story.tables.first().is_some_and(|table| {
            let definition = table.replaced.as_ref().unwrap_or(&self.story.definition);
            !table.cells.is_empty() && table.cells.len() < definition.cells.len()
        });
        usize::from(self.story.is_row_begun || is_row_open)
    }

    /// The level of what is said of a nested table.
    pub(super) fn nested_level(&self) -> usize {
        self.state.paragraph.table_level.max(2)
    }

    pub(super) fn begin_row_definition(&mut self) {
        let story = &mut self.story;
        if self.state.is_nested {
            story.nested = Rc::default();
            return;
        }
        let old = mem::take(&mut story.definition);
        if let Some(table) = story.tables.first_mut().filter(|table| !table.cells.is_empty()) {
            table.replaced.get_or_insert(old);
        }
        story.is_row_begun = true;
    }

    pub(super) fn row_word(&mut self, meaning: Meaning, parameter: Option<i32>) -> Result<(), ReadError> {
        let story = &self.story;
        let shared = if self.state.is_nested { &story.nested } else { &story.definition };
        if Rc::strong_count(shared) > 1 {
            // Words after a row's end, without a new beginning, change a copy.
            self.count_pieces(shared.cells.len())?;
        }
        let story = &mut self.story;
        let shared = if self.state.is_nested { &mut story.nested } else { &mut story.definition };
        let definition = Rc::make_mut(shared);
        let value = parameter.unwrap_or(0);
        match meaning {
            Meaning::RowLeft => definition.left = value,
            Meaning::RowHeader => definition.is_header = parameter != Some(0),
            Meaning::MergeDown(first) => definition.next.vertical = merge(first),
            Meaning::MergeRight(first) => definition.next.horizontal = merge(first),
            _ => {
                let cell = mem::take(&mut definition.next);
                definition.cells.push(CellDefinition { right: value, ..cell });
                if definition.cells.len() > limits::COLUMNS.size() {
                    return Err(self.exceeded(&limits::COLUMNS));
                }
            }
        }
        Ok(())
    }

    /// Ends a cell of the table at this level.
    pub(super) fn end_cell(&mut self, level: usize) -> Result<(), ReadError> {
        if !self.state.destination_holds_text() {
            return Ok(());
        }
        self.end_paragraph(level)?;
        let Some(table) = self.story.tables.last_mut() else { return Ok(()) };
        if level == 1
            && let Some(definition) = table.replaced.take()
            && table.has_all_cells(&definition)
        {
            table.end_whole_row(&definition, false);
        }
        table.cells.push(mem::take(&mut table.paragraphs));
        if table.cells.len() > limits::COLUMNS.size() {
            return Err(self.exceeded(&limits::COLUMNS));
        }
        self.count_pieces(1)
    }

    /// Ends a row of the table at this level. Its mark tells whether it is tracked as a whole.
    pub(super) fn end_row(&mut self, level: usize) -> Result<(), ReadError> {
        if !self.state.destination_holds_text() {
            return Ok(());
        }
        if self.story.paragraph.is_empty() {
            self.close_tables(level)?;
        } else {
            self.end_paragraph(level)?;
        }
        if self.story.tables.len() < level {
            return Ok(());
        }
        let is_dropped = self.is_gone();
        let (is_revised, is_deleted) = (self.state.is_revised, self.state.is_deleted);
        if is_revised || is_deleted {
            let changes = self.changes();
            changes.insertions = changes.insertions.saturating_add(u32::from(is_revised && !is_deleted));
            changes.deletions = changes.deletions.saturating_add(u32::from(is_deleted));
        }
        let story = &mut self.story;
        let definition = if level == 1 { &story.definition } else { &story.nested };
        if let Some(table) = story.tables.last_mut() {
            table.replaced = None;
            table.end_row(definition, is_dropped);
        }
        if level == 1 {
            story.is_row_begun = false;
        }
        self.count_pieces(1)
    }

    /// Opens tables down to this level, each in the cell that is open in the one before.
    pub(super) fn open_tables(&mut self, level: usize) -> Result<(), ReadError> {
        if level > limits::XML_DEPTH.size() {
            return Err(self.exceeded(&limits::XML_DEPTH));
        }
        while self.story.tables.len() < level {
            self.count_pieces(1)?;
            self.story.tables.push(Table::default());
        }
        Ok(())
    }

    /// Ends all tables that are deeper than this level.
    pub(super) fn close_tables(&mut self, level: usize) -> Result<(), ReadError> {
        while self.story.tables.len() > level {
            let Some(mut table) = self.story.tables.pop() else { return Ok(()) };
            let is_outermost = self.story.tables.is_empty();
            if let Some(definition) = table.replaced.take()
                && table.has_all_cells(&definition)
            {
                table.end_whole_row(&definition, false);
            }
            let story = &self.story;
            table.end_row(if is_outermost { &story.definition } else { &story.nested }, false);
            if is_outermost && story.kind == StoryKind::Document {
                self.end_table(table)?;
            } else {
                self.end_nested_table(table)?;
            }
        }
        Ok(())
    }

    fn end_nested_table(&mut self, table: Table) -> Result<(), ReadError> {
        let (raw, _) = table.into_raw();
        if raw.rows.is_empty() {
            return Ok(());
        }
        let finding = Diagnostic::warning("nested-table", self.place()).with("rows", raw.rows.len());
        self.tell(finding);
        for paragraph in raw.into_text() {
            self.put(paragraph)?;
        }
        Ok(())
    }

    /// A table without rows, or with none left by the policy for tracked changes, is none and is not counted.
    fn end_table(&mut self, table: Table) -> Result<(), ReadError> {
        let (raw, told) = table.into_raw();
        told.into_iter().for_each(|finding| self.findings.add(finding));
        let changes = mem::take(&mut self.inside);
        if raw.rows.is_empty() {
            self.outside.insertions = self.outside.insertions.saturating_add(changes.insertions);
            self.outside.deletions = self.outside.deletions.saturating_add(changes.deletions);
            return Ok(());
        }
        if is_too_wide(&raw) {
            return Err(self.exceeded(&limits::COLUMNS));
        }
        self.tables += 1;
        let container = Container::Table(self.tables);
        let place = Locator { container: Some(container.clone()), ..self.file.clone() };
        changes.report(self.revisions, place.clone(), &mut self.findings);
        self.blocks.push(SourceBlock::Table(raw.build(container, &place, &mut self.findings)?));
        Ok(())
    }

    /// A bookmark marks the row of the outermost table that it begins in.
    pub(super) fn bookmark(&mut self, name: String) -> Result<(), ReadError> {
        if self.stories.is_empty() {
            let level = self.level();
            if level > 0 && self.story.tables.is_empty() {
                self.open_tables(1)?;
            }
            if let Some(table) = self.story.tables.first_mut().filter(|_| level > 0) {
                table.bookmarks.push(name.into_boxed_str());
            }
        }
        Ok(())
    }
}

fn merge(first: bool) -> Merge {
    if first { Merge::Restart } else { Merge::Continue }
}
