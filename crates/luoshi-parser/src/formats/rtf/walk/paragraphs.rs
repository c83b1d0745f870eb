//! Paragraphs of the walk: their numbers, where they go, and what they held that is not shown.
//!
//! Not here: the text itself.

use std::mem;

use luoshi_table::{Container, Diagnostic, Locator, SourceBlock, SourceLine, SourceParagraph};

use super::super::paragraph::Paragraph;
use super::Walk;
use super::aside::StoryKind;
use crate::formats::word::findings::quoted;
use crate::{ReadError, limits};

impl Walk<'_> {
    /// Ends a paragraph at its mark. Where the mark is gone, the text runs on into the next paragraph.
    pub(super) fn end_paragraph_at_mark(&mut self) -> Result<(), ReadError> {
        if !self.state.destination_holds_text() {
            return Ok(());
        }
        if !self.is_gone() {
            return self.end_paragraph(self.level());
        }
        if self.story.paragraph.text.is_empty() {
            self.story.paragraph.label = None;
        }
        Ok(())
    }

    /// Ends the paragraph and puts it where it belongs.
    pub(super) fn end_paragraph(&mut self, level: usize) -> Result<(), ReadError> {
        self.close_tables(level)?;
        self.open_tables(level)?;
        self.report_paragraph();
        let Paragraph { text, label, boxes, .. } = mem::take(&mut self.story.paragraph);
        if !(self.state.is_hidden && text.is_empty() && label.is_none()) {
            let auto_number = self.number(label, &text);
            self.put(SourceParagraph { auto_number, text })?;
        }
        for paragraph in boxes {
            self.put(paragraph)?;
        }
        Ok(())
    }

    /// The number that the file shows, else the one that its lists make. Lists count on in either case.
    fn number(&mut self, label: Option<String>, text: &str) -> Option<Box<str>> {
        let list = self.state.paragraph.list;
        let counted = (list != 0).then(|| self.count(list, label.is_none())).flatten();
        let (number, suffix) = match label {
            Some(label) => {
                let number = label.trim_end_matches(['\t', ' ']);
                let suffix =
                    if label.ends_with('\t') { "\t" } else { label.get(number.len()..).unwrap_or("") };
                (number.to_owned(), suffix.to_owned())
            }
            None => counted?,
        };
        if number.is_empty() {
            return None;
        }
        Some(if text.is_empty() { number.into() } else { (number + &suffix).into() })
    }

    fn count(&mut self, list: i32, is_needed: bool) -> Option<(String, String)> {
        let place = self.file.clone();
        let lists = &mut self.lists;
        let numbering = self.numbering.get_or_insert_with(|| mem::take(lists).finish(place));
        for unknown in numbering.take_unknown_formats() {
            self.findings.add(unknown);
        }
        if !numbering.has(list.into()) {
            if is_needed && self.undefined.insert(list) {
                let undefined = Diagnostic::warning("list-undefined", self.place()).with("list", list);
                self.tell(undefined);
            }
            return None;
        }
        let label = numbering.count(list.into(), self.state.paragraph.list_level.into())?;
        Some((label.text, label.suffix.to_owned()))
    }

    pub(super) fn put(&mut self, paragraph: SourceParagraph) -> Result<(), ReadError> {
        self.kept.paragraph(&paragraph).map_err(|limit| self.exceeded(limit))?;
        if let Some(table) = self.story.tables.last_mut() {
            table.paragraphs.push(paragraph);
        } else if self.story.kind == StoryKind::Document {
            self.blocks.push(SourceBlock::Line(SourceLine { paragraph, number: self.lines }));
            self.lines += 1;
        } else {
            self.story.paragraphs.push(paragraph);
        }
        Ok(())
    }

    /// Reports what the paragraph held that its text does not show, once for each kind.
    fn report_paragraph(&mut self) {
        let paragraph = &mut self.story.paragraph;
        paragraph.is_damaged |= self.surrogate.take().is_some();
        let damaged = paragraph.is_damaged.then(|| quoted(&paragraph.text));
        for finding in paragraph.asides.take(&mut paragraph.text) {
            self.tell(Diagnostic { place: Some(self.place()), ..finding });
        }
        if let Some(text) = damaged {
            self.tell(Diagnostic::error("characters-damaged", self.place()).with("text", text));
        }
    }

    /// A finding about the place that is being read. One in a table waits until its columns are known.
    pub(super) fn tell(&mut self, finding: Diagnostic) {
        let main = self.stories.first_mut().unwrap_or(&mut self.story);
        let in_table = finding.place.as_ref().is_some_and(|place| place.column.is_some());
        match main.tables.first_mut().filter(|table| in_table && table.told.len() < limits::FINDINGS.size()) {
            Some(table) => table.told.push(finding),
            None => self.findings.add(finding),
        }
    }

    /// The cell or line that is being read. The column is the cell's number as long as the table's edges are not all known.
    pub(super) fn place(&self) -> Locator {
        let main = self.stories.first().unwrap_or(&self.story);
        let level = match self.stories.get(1) {
            Some(story) => story.host_level,
            None if self.stories.is_empty() => self.level(),
            None => self.story.host_level,
        };
        if level == 0 {
            return Locator { container: Some(Container::Text), ..self.file.clone() }.row(self.lines);
        }
        let table = Locator { container: Some(Container::Table(self.tables + 1)), ..self.file.clone() };
        match main.tables.first() {
            Some(open) => table.cell(open.rows() as u32, open.cells.len() as u32),
            None => table.cell(0, 0),
        }
    }
}
