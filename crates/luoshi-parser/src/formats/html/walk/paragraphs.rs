//! Paragraphs of the walk: their text, where they go, and what they held that is not shown.
//!
//! Not here: white space, and the numbers of lists.

use std::mem;

use luoshi_table::{Container, Diagnostic, Locator, SourceBlock, SourceLine, SourceParagraph};

use super::super::paragraph::Paragraph;
use super::super::state::State;
use super::super::style::WhiteSpace;
use super::Walk;
use crate::ReadError;
use crate::formats::word::findings::quoted;

/// Tabs that one element may ask for.
const TABS: u32 = 100;

impl Walk<'_, '_> {
    pub(super) fn text(&mut self, text: &str, state: &State) -> Result<(), ReadError> {
        if state.is_gone {
            return Ok(());
        }
        if state.is_end_mark && text.chars().all(char::is_whitespace) {
            self.paragraph.is_kept |= text.contains('\u{A0}') && !state.is_hidden;
            return Ok(());
        }
        let shows_lines = state.white_space != WhiteSpace::Collapse && !state.is_label && !state.is_hidden;
        if !shows_lines || state.keeps_spaces {
            self.paragraph.push(text, state);
            return Ok(());
        }
        let mut lines = text.split('\n');
        self.paragraph.push(lines.next().unwrap_or_default(), state);
        for line in lines {
            self.end_line(state)?;
            self.paragraph.push(line, state);
        }
        Ok(())
    }

    /// A character that is no text of the page.
    pub(super) fn character(&mut self, character: char, state: &State) {
        if !state.is_gone {
            self.paragraph.push_character(character, state);
        }
    }

    pub(super) fn tabs(&mut self, tabs: u32, state: &State) {
        for _ in 0..tabs.min(TABS) {
            self.character('\t', state);
        }
    }

    /// Where no element says what a paragraph is, as in most cells, a line is one.
    pub(super) fn end_line(&mut self, state: &State) -> Result<(), ReadError> {
        if state.is_gone || state.is_hidden {
            return Ok(());
        }
        if state.keeps_lines {
            self.paragraph.end_line();
            return Ok(());
        }
        self.paragraph.is_kept = true;
        self.end_paragraph()
    }

    /// Ends the paragraph, if one has begun, and puts it where it belongs.
    pub(super) fn end_paragraph(&mut self) -> Result<(), ReadError> {
        if self.paragraph.is_empty() {
            self.paragraph = Paragraph::default();
            return Ok(());
        }
        let mut paragraph = mem::take(&mut self.paragraph);
        let is_shown = paragraph.is_shown();
        let text = paragraph.take_text();
        self.report_paragraph(paragraph, &text);
        if !is_shown {
            return Ok(());
        }
        let number = self.marker.take();
        self.put(SourceParagraph { auto_number: number_before(number, &text), text })
    }

    pub(super) fn put(&mut self, paragraph: SourceParagraph) -> Result<(), ReadError> {
        self.document.kept.paragraph(&paragraph).map_err(|limit| self.exceeded(limit))?;
        if let Some(note) = self.note.as_mut().filter(|note| note.tables == self.tables.len()) {
            note.paragraphs.push(paragraph);
        } else if let Some(table) = self.tables.last_mut() {
            table.paragraphs.push(paragraph);
        } else {
            let number = self.document.lines;
            self.document.blocks.push(SourceBlock::Line(SourceLine { paragraph, number }));
            self.document.lines = number.saturating_add(1);
        }
        Ok(())
    }

    /// Reports what the paragraph held that its text does not show, once for each kind; the number that Word wrote is the marker.
    fn report_paragraph(&mut self, paragraph: Paragraph, text: &str) {
        let told = |list: &[String], between| (!list.is_empty()).then(|| list.join(between));
        let hidden = paragraph.hidden.trim_end();
        let place = || self.place();
        let findings = [
            (!hidden.is_empty()).then(|| Diagnostic::warning("hidden-text", place()).with("text", hidden)),
            (!paragraph.struck.trim().is_empty())
                .then(|| Diagnostic::error("text-struck", place()).with("text", &paragraph.struck)),
            told(&paragraph.prompts, "; ")
                .map(|text| Diagnostic::warning("control-unfilled", place()).with("text", text)),
            paragraph
                .symbols
                .told()
                .map(|text| Diagnostic::warning("symbol-unknown", place()).with("symbols", text)),
            told(&paragraph.readings, "; ")
                .map(|text| Diagnostic::info("ruby-text", place()).with("text", text)),
            paragraph
                .is_damaged
                .then(|| Diagnostic::error("characters-damaged", place()).with("text", quoted(text))),
        ];
        findings.into_iter().flatten().for_each(|finding| self.document.findings.add(finding));
        let number = paragraph.label.trim_end_matches([' ', '\u{A0}']);
        let shown = number.trim_start_matches([' ', '\u{A0}']);
        if !shown.is_empty() {
            // Word fills up to the next tab with spaces.
            let suffix = if number.len() < paragraph.label.len() { "\t" } else { "" };
            self.marker = Some((shown.to_owned(), suffix));
        }
    }

    /// The cell or line that is being read.
    pub(super) fn place(&self) -> Locator {
        let document = &*self.document;
        match self.tables.first() {
            Some(table) => table.place(&document.file),
            None => Locator { container: Some(Container::Text), ..document.file.clone() }.row(document.lines),
        }
    }
}

/// The number before a text.
pub(super) fn number_before(number: Option<(String, &'static str)>, text: &str) -> Option<Box<str>> {
    let (number, suffix) = number.filter(|(number, _)| !number.is_empty())?;
    Some(if text.is_empty() { number.into() } else { (number + suffix).into() })
}
