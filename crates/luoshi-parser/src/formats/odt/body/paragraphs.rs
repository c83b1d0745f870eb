//! Paragraphs of the walk: where they go, and what they held that is not shown.
//!
//! Not here: the text itself, which a [`super::Paragraph`] collects.

use luoshi_table::{Diagnostic, SourceBlock, SourceLine, SourceParagraph};
use quick_xml::events::BytesStart;

use super::super::names::Tag;
use super::super::styles::{Family, Look};
use super::super::xml::{attribute, number};
use super::tables::OpenCell;
use super::{ScopeKind, Walk};
use crate::ReadError;
use crate::formats::word::findings::quoted;

impl Walk<'_, '_> {
    pub(super) fn begin_paragraph(&mut self, tag: Tag, start: &BytesStart<'_>) -> Result<(), ReadError> {
        if self.goes_on_in_piece()? {
            return Ok(());
        }
        // Text that stands in no paragraph, or in one that another interrupts, is a paragraph of its own.
        if !self.paragraph.runs_on && !self.paragraph.is_empty() {
            self.emit()?;
        }
        let list = self.list_place(tag, start);
        self.paragraph.begin(self.look(Family::Paragraph, start));
        self.paragraph.list = list;
        Ok(())
    }

    pub(super) fn end_paragraph(&mut self) -> Result<(), ReadError> {
        if self.stays_open_in_piece() {
            return Ok(());
        }
        if self.changes.are_gone() {
            self.paragraph.runs_on = true;
            self.paragraph.is_open = false;
            return Ok(());
        }
        self.emit()
    }

    fn look(&self, family: Family, start: &BytesStart<'_>) -> Look {
        attribute(start, "style-name")
            .map_or_else(Look::default, |style| self.styles.styles.look(family, &style))
    }

    pub(super) fn begin_span(&mut self, start: &BytesStart<'_>, depth: usize) {
        let look = self.look(Family::Text, start);
        let is_named =
            attribute(start, "style-name").is_some_and(|style| self.styles.styles.is_named(&style));
        self.paragraph.enter_span(depth, look, is_named);
    }

    /// Text of the content. Between paragraphs it is white space, unless a hand wrote it there.
    pub(super) fn text(&mut self, text: &str) -> Result<(), ReadError> {
        if !self.paragraph.is_open {
            if text.trim().is_empty() {
                return Ok(());
            }
            self.paragraph.begin(Look::default());
        }
        if !self.changes.are_gone() {
            self.paragraph.push(text);
        }
        Ok(())
    }

    /// A character that the file writes as an element.
    pub(super) fn character(&mut self, character: char) {
        if self.paragraph.is_open && !self.changes.are_gone() {
            self.paragraph.push_character(character);
        }
    }

    pub(super) fn spaces(&mut self, start: &BytesStart<'_>) {
        if self.paragraph.is_open && !self.changes.are_gone() {
            self.paragraph.push_spaces(number(start, "c").unwrap_or(1));
        }
    }

    /// Puts the paragraph where it belongs.
    pub(super) fn emit(&mut self) -> Result<(), ReadError> {
        let was_hidden = self.paragraph.is_hidden || self.is_in_hidden_section();
        self.paragraph.is_hidden = was_hidden;
        self.paragraph.close();
        self.report_paragraph();
        self.paragraph.runs_on = false;
        let boxes = std::mem::take(&mut self.paragraph.boxes);
        if !was_hidden {
            let auto_number = self.label();
            let text = self.paragraph.text.as_str().to_owned();
            self.paragraph.text.clear();
            self.put(SourceParagraph { auto_number, text })?;
        }
        for paragraph in boxes {
            self.put(paragraph)?;
        }
        Ok(())
    }

    pub(super) fn put(&mut self, paragraph: SourceParagraph) -> Result<(), ReadError> {
        self.kept.paragraph(&paragraph).map_err(|limit| self.exceeded(limit))?;
        // Between a table's cells there is no place for text; it goes to what the table stands in.
        for scope in self.scopes.iter_mut().rev() {
            match &mut scope.kind {
                ScopeKind::Cell(OpenCell { raw, .. }) => {
                    // Most cells have one paragraph; room for four, which a vector begins with, would be most of a
                    // large table's memory.
                    if raw.paragraphs.is_empty() {
                        raw.paragraphs.reserve_exact(1);
                    }
                    raw.paragraphs.push(paragraph);
                    return Ok(());
                }
                ScopeKind::TextBox { paragraphs, .. } => {
                    paragraphs.push(paragraph);
                    return Ok(());
                }
                ScopeKind::Table(_) => {}
            }
        }
        self.blocks.push(SourceBlock::Line(SourceLine { paragraph, number: self.lines }));
        self.lines += 1;
        Ok(())
    }

    pub(super) fn count_text(&mut self, bytes: u64) -> Result<(), ReadError> {
        self.kept.text(bytes).map_err(|limit| self.exceeded(limit))
    }

    /// A paragraph whose end is gone has nothing to run on into at the end of a cell or before a table.
    pub(super) fn end_story(&mut self) -> Result<(), ReadError> {
        if !self.paragraph.is_empty() {
            self.emit()?;
        }
        (self.paragraph.is_open, self.paragraph.runs_on) = (false, false);
        Ok(())
    }

    /// Reports what the paragraph held that its text does not show, once for each kind.
    fn report_paragraph(&mut self) {
        for finding in self.paragraph.asides.take(&mut self.paragraph.text) {
            self.findings.add(Diagnostic { place: Some(self.place()), ..finding });
        }
    }

    pub(super) fn begin_text_box(&mut self, depth: usize) {
        let host = Box::new(std::mem::take(&mut self.paragraph));
        self.push_scope(depth, ScopeKind::TextBox { host, paragraphs: Vec::new() });
    }

    pub(super) fn end_text_box(&mut self, mut paragraphs: Vec<SourceParagraph>) -> Result<(), ReadError> {
        paragraphs.retain(|paragraph| !paragraph.is_blank());
        if paragraphs.is_empty() {
            return Ok(());
        }
        let texts: Vec<&str> = paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect();
        let text = quoted(&texts.join("\n"));
        self.findings.add(Diagnostic::info("text-box", self.place()).with("text", text));
        if self.paragraph.is_open {
            self.paragraph.boxes.append(&mut paragraphs);
            return Ok(());
        }
        // A box that is anchored to a page stands between paragraphs.
        paragraphs.into_iter().try_for_each(|paragraph| self.put(paragraph))
    }
}
