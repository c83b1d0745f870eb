//! What stands beside the text: pictures, frames, notes, comments, readings, tracked changes. What is not read into a cell is told.
//!
//! Not here: paragraphs and tables.

use luoshi_table::{Diagnostic, SourceCell, SourceParagraph};

use super::super::names::{Attribute, Tag};
use super::super::state::State;
use super::super::style::Part;
use super::super::tree::Id;
use super::super::workbook;
use super::{Document, End, Walk};
use crate::{ReadError, Revisions};

/// A note that is open.
pub(super) struct Note {
    kind: &'static str,
    /// How many tables are open around it.
    pub(super) tables: usize,
    pub(super) paragraphs: Vec<SourceParagraph>,
}

/// The part of a page that an element is by its id or class, as LibreOffice names notes and Word the marks of comments.
pub(super) fn part(id: Option<&str>, class: Option<&str>) -> Option<Part> {
    let numbered =
        |prefix| id.and_then(|id| id.strip_prefix(prefix)).is_some_and(|n| n.parse::<u32>().is_ok());
    if numbered("sdfootnote") {
        Some(Part::Footnote)
    } else if numbered("sdendnote") {
        Some(Part::Endnote)
    } else {
        let is_mark = class.is_some_and(|class| class.eq_ignore_ascii_case("msocomanchor"));
        is_mark.then_some(Part::Margin)
    }
}

impl Walk<'_, '_> {
    /// A part of the page that is no content, or only told.
    pub(super) fn part(&mut self, id: Id, part: Part, state: State) -> Result<(), ReadError> {
        let kind = match part {
            Part::Margin => return Ok(()),
            Part::Comment => {
                self.document.comments = self.document.comments.saturating_add(1);
                return Ok(());
            }
            Part::Footnote => "footnotes",
            Part::Endnote => "endnotes",
        };
        self.end_paragraph()?;
        let is_within = self.note.is_some();
        if !is_within {
            self.note = Some(Note { kind, tables: self.tables.len(), paragraphs: Vec::new() });
        }
        self.enter(id, state, if is_within { End::Paragraph } else { End::Note });
        Ok(())
    }

    pub(super) fn end_note(&mut self) -> Result<(), ReadError> {
        self.end_paragraph()?;
        self.put_bare_marker()?;
        let Some(Note { kind, paragraphs, .. }) = self.note.take() else { return Ok(()) };
        let text = SourceCell { paragraphs }.text();
        if !text.trim().is_empty() {
            let note = Diagnostic::warning("note-text", self.place()).with("kind", kind);
            self.tell(note.with("text", text.trim()));
        }
        Ok(())
    }

    /// A picture is told once for each cell or line.
    pub(super) fn picture(&mut self, state: &State) {
        if state.is_gone || state.is_hidden {
            return;
        }
        self.paragraph.is_kept = true;
        let place = self.place();
        if self.document.pictured.as_ref() != Some(&place) {
            self.tell(Diagnostic::warning("picture-ignored", place.clone()));
            self.document.pictured = Some(place);
        }
    }

    /// The page of another file, which is not fetched.
    pub(super) fn frame(&mut self, id: Id, state: &State) {
        let is_blank = self.attribute(id, Attribute::Source).is_some_and(workbook::is_blank);
        let has_own = self.attribute(id, Attribute::SourceText).is_some();
        if !state.is_gone && !state.is_hidden && (has_own || !is_blank) {
            self.document.has_frames = true;
            let finding = Diagnostic::warning("embedded-part-unread", self.place());
            self.tell(finding);
        }
    }

    /// A reading stands over the text, not in it.
    pub(super) fn reading(&mut self, id: Id, state: &State) {
        let text = self.page.tree.text(id);
        if !state.is_gone && !text.trim().is_empty() {
            self.paragraph.readings.push(text.trim().to_owned());
        }
    }

    /// A bookmark marks the row of the outermost table that it begins in.
    pub(super) fn bookmark(&mut self, id: Id) -> Result<(), ReadError> {
        let name = self.attribute(id, Attribute::Name).or_else(|| self.attribute(id, Attribute::Identifier));
        let Some(name) = name.filter(|name| !name.is_empty()).map(Box::from) else { return Ok(()) };
        if let Some(table) = self.tables.first_mut() {
            table.bookmark(name);
            self.count_pieces(1)?;
        }
        Ok(())
    }

    /// An element of changed text or paragraphs.
    pub(super) fn change(&mut self, tag: Tag, state: &mut State) {
        let is_inserted = tag == Tag::Inserted;
        let changes = if self.tables.is_empty() { &mut self.document.outside } else { &mut self.inside };
        let count = if is_inserted { &mut changes.insertions } else { &mut changes.deletions };
        *count = count.saturating_add(1);
        state.is_gone |= is_inserted == (self.document.revisions == Revisions::Reject);
    }
}

impl Document {
    /// The page of a frame that is not in the file.
    pub(in super::super) fn frame_unread(&mut self) {
        self.has_frames = true;
        self.findings.add(Diagnostic::warning("embedded-part-unread", self.file.clone()));
    }
}
