//! What stands beside the text: readings, notes, and the alternatives that are not taken. Nothing of it is read into a
//! cell, and none of it is lost.

use std::mem;

use luoshi_table::Diagnostic;
use quick_xml::events::BytesStart;

use super::super::names::{Space, Tag};
use super::super::notes;
use super::super::parts::{Kind, unreadable};
use super::super::xml::attribute;
use super::{Alternative, Flow, NoteReference, Walk};
use crate::{ReadError, limits};

impl Walk<'_, '_, '_> {
    /// A reading stands over the text, not in it.
    pub(super) fn reading(&mut self, depth: usize) -> Result<Flow, ReadError> {
        let text = self.pass_for_text(depth)?;
        if !text.is_empty() {
            self.paragraph.asides.ruby.push(text);
        }
        Ok(Flow::Passed)
    }

    /// A content control that nobody has filled in shows a prompt, which is no answer.
    pub(super) fn control(&mut self, depth: usize) -> Result<Flow, ReadError> {
        if self.xml.depth() == depth && self.xml.skip_for_switch(Tag::ShowingPlcHdr)? && self.prompt.is_none()
        {
            self.prompt = Some(depth - 1);
            self.paragraph.in_prompt = true;
        }
        Ok(Flow::Passed)
    }

    pub(super) fn end_control(&mut self) {
        self.prompt = None;
        self.paragraph.in_prompt = false;
    }

    /// Another document that Word takes in when it opens this one.
    pub(super) fn embedded(&mut self) {
        self.findings.add(Diagnostic::warning("embedded-part-unread", self.place()));
    }

    /// A picture is told once for each cell or line; an object is shown by a picture within it.
    pub(super) fn picture(&mut self) {
        let place = self.place();
        if self.pictured.as_ref() != Some(&place) {
            self.findings.add(Diagnostic::warning("picture-ignored", place.clone()));
            self.pictured = Some(place);
        }
    }

    pub(super) fn note(&mut self, kind: Kind, start: &BytesStart<'_>) {
        if self.notes.len() >= limits::FINDINGS.size() {
            return self.findings.pass_over();
        }
        if let Some(id) = attribute(start, "id") {
            let place = self.place();
            self.notes.push(NoteReference { kind, id: id.into_owned(), place });
        }
    }

    /// Each note is told once, at its first reference.
    pub(super) fn report_notes(&mut self) {
        let references = mem::take(&mut self.notes);
        for kind in [Kind::Footnotes, Kind::Endnotes] {
            let mut wanted = references.iter().filter(|reference| reference.kind == kind).peekable();
            if wanted.peek().is_none() {
                continue;
            }
            let texts = self
                .parts
                .related(kind)
                .and_then(|(bytes, place)| notes::read(&bytes, place).map_err(|error| unreadable(&error)));
            let mut texts = match texts {
                Ok(texts) => texts,
                Err(finding) => {
                    self.findings.add(finding);
                    continue;
                }
            };
            for reference in wanted {
                if let Some(text) = texts.remove(&reference.id).filter(|text| !text.is_empty()) {
                    let note = Diagnostic::warning("note-text", reference.place.clone());
                    self.findings.add(note.with("kind", kind.name()).with("text", text));
                }
            }
        }
    }

    pub(super) fn alternative(
        &mut self,
        tag: Tag,
        start: &BytesStart<'_>,
        depth: usize,
    ) -> Result<Flow, ReadError> {
        if tag == Tag::AlternateContent {
            self.alternatives.push(Alternative { depth, taken: false, passed_over: String::new() });
            return Ok(Flow::Enter);
        }
        let is_known = tag == Tag::Fallback || {
            let requires = attribute(start, "Requires").unwrap_or_default();
            requires.split_whitespace().all(|prefix| self.xml.space(prefix) != Space::Other)
        };
        let Some(open) = self.alternatives.last_mut().filter(|open| open.depth + 1 == depth) else {
            return Ok(Flow::Enter);
        };
        if open.taken {
            return self.pass(depth);
        }
        open.taken = is_known;
        if is_known {
            return Ok(Flow::Enter);
        }
        let text = self.pass_for_text(depth)?;
        if let Some(open) = self.alternatives.last_mut() {
            open.passed_over.push_str(&text);
        }
        Ok(Flow::Passed)
    }

    pub(super) fn end_alternative(&mut self, depth: usize) {
        let Some(open) = self.alternatives.pop_if(|open| open.depth == depth) else { return };
        if !open.taken && !open.passed_over.is_empty() {
            let finding = Diagnostic::warning("alternate-content-skipped", self.place());
            self.findings.add(finding.with("text", open.passed_over));
        }
    }
}
