//! What stands beside the text: readings, notes, comments, pictures, form fields, sections that are not shown. Nothing of it
//! is read into a cell, and none of it is lost.

use luoshi_table::Diagnostic;
use quick_xml::events::BytesStart;

use super::super::names::Tag;
use super::super::xml::{Item, attribute, is_on};
use super::{Scope, ScopeKind, Walk};
use crate::ReadError;

impl Walk<'_, '_> {
    /// The number of a list item or heading as the writer showed it (§6.1.10); it counts only where ours can't be told.
    pub(super) fn shown_number(&mut self) -> Result<(), ReadError> {
        self.paragraph.number = self.xml.skip_for_text()?;
        Ok(())
    }

    /// A reading stands over the text, not in it.
    pub(super) fn reading(&mut self) -> Result<(), ReadError> {
        let text = self.xml.skip_for_text()?;
        if !text.is_empty() && !self.changes.are_gone() {
            self.paragraph.asides.ruby.push(text);
        }
        Ok(())
    }

    pub(super) fn note(&mut self, start: &BytesStart<'_>) -> Result<(), ReadError> {
        // The names by which docx calls the two.
        let kind = match attribute(start, "note-class").as_deref() {
            Some("endnote") => "endnotes",
            _ => "footnotes",
        };
        let text = self.xml.skip_for_text()?;
        if !text.is_empty() && !self.changes.are_gone() {
            let note = Diagnostic::warning("note-text", self.place());
            self.findings.add(note.with("kind", kind).with("text", text));
        }
        Ok(())
    }

    pub(super) fn comment(&mut self) -> Result<(), ReadError> {
        if !self.changes.are_gone() {
            self.comments = self.comments.saturating_add(1);
        }
        self.xml.skip_element()
    }

    /// A picture is told once for each cell or line; an object has a picture of itself beside it.
    pub(super) fn picture(&mut self) -> Result<(), ReadError> {
        let place = self.place();
        if self.pictured.as_ref() != Some(&place) && !self.changes.are_gone() {
            self.findings.add(Diagnostic::warning("picture-ignored", place.clone()));
            self.pictured = Some(place);
        }
        self.xml.skip_element()
    }

    /// The fields of a form float over the text; what was filled in stands here and not in the text.
    pub(super) fn forms(&mut self) -> Result<(), ReadError> {
        let mut values = Vec::new();
        let outside = self.xml.depth().saturating_sub(1);
        while self.xml.depth() > outside {
            match self.xml.next()? {
                Item::Start(Tag::Inert, _) => self.xml.skip_element()?,
                Item::Start(_, start) => {
                    values.extend(attribute(&start, "current-value").map(|value| value.into_owned()));
                }
                Item::Text(text) => values.push(text.trim().to_owned()),
                _ => {}
            }
        }
        values.retain(|value| !value.is_empty());
        if !values.is_empty() {
            self.findings
                .add(Diagnostic::warning("hidden-text", self.place()).with("text", values.join("\n")));
        }
        Ok(())
    }

    /// A bookmark marks the row of the outermost table that it begins in.
    pub(super) fn bookmark(&mut self, start: &BytesStart<'_>) {
        let table = self.scopes.iter_mut().find_map(|scope| match &mut scope.kind {
            ScopeKind::Table(table) => Some(table),
            _ => None,
        });
        if let Some(row) = table.and_then(|table| table.row.as_mut())
            && let Some(name) = attribute(start, "name")
        {
            row.raw.bookmarks.push(name.into_owned().into_boxed_str());
        }
    }

    pub(super) fn begin_section(&mut self, start: &BytesStart<'_>, depth: usize) {
        let is_hidden = match attribute(start, "display").as_deref() {
            Some("none") => true,
            Some("condition") => is_on(start, "is-hidden"),
            _ => false,
        };
        if is_hidden {
            self.hidden_sections.push(depth);
        }
    }

    /// Whether what stands here is not shown, because of a section around it. A table around the text is hidden itself then.
    pub(super) fn is_in_hidden_section(&self) -> bool {
        let tables = self.scopes.iter().filter(|scope| matches!(scope.kind, ScopeKind::Table(_)));
        let table = tables.map(|Scope { depth, .. }| *depth).next();
        self.hidden_sections.last().is_some_and(|section| table.is_none_or(|table| *section > table))
    }
}
