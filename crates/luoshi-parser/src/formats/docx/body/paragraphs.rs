//! Paragraphs of the walk: their properties, where they go, and what they held that is not shown.
//!
//! Not here: the text itself, which a [`super::Paragraph`] collects.

use luoshi_table::{Diagnostic, SourceBlock, SourceLine, SourceParagraph};
use quick_xml::events::BytesStart;

use super::super::labels::Numbered;
use super::super::names::Tag;
use super::super::styles::{self, Looks};
use super::super::xml::{attribute, is_on, number};
use super::{Scope, ScopeKind, Walk};
use crate::ReadError;
use crate::formats::word::findings::quoted;
use crate::formats::word::symbols;

impl Walk<'_, '_, '_> {
    pub(super) fn begin_paragraph(&mut self) -> Result<(), ReadError> {
        // Text that stands in no paragraph, or in one that another interrupts, is a paragraph of its own.
        if !self.paragraph.mark_gone && !self.paragraph.is_empty() {
            self.emit()?;
        }
        self.paragraph.begin();
        Ok(())
    }

    pub(super) fn paragraph_property(&mut self, tag: Tag, start: &BytesStart<'_>) {
        match tag {
            Tag::PStyle => {
                let Some(id) = attribute(start, "val") else { return };
                // One that is not defined leaves the paragraph the default style (§17.3.1.27).
                if let Some(style) = self.labels.style(&id, self.parts, &mut self.findings)
                    && !style.chain.is_empty()
                {
                    let (looks, numbers) = (style.looks, style.list.is_some());
                    let defaults = self.paragraph.defaults;
                    if looks != Looks::default()
                        || numbers
                        || defaults.looks != Looks::default()
                        || defaults.numbers
                    {
                        self.repeats.disturb();
                    }
                    self.paragraph.looks = looks;
                    self.paragraph.style = numbers.then(|| id.into_owned());
                }
            }
            Tag::NumId => self.paragraph.list = number(start),
            Tag::Ilvl => self.paragraph.level = number(start),
            _ => {}
        }
    }

    pub(super) fn run_property(&mut self, tag: Tag, start: &BytesStart<'_>, depth: usize) {
        let of_mark = self.xml.open_at(depth - 2) == Tag::PPr;
        match tag {
            Tag::Vanish | Tag::SpecVanish if of_mark => self.paragraph.mark_hidden = is_on(start),
            Tag::Vanish | Tag::SpecVanish => self.paragraph.run.vanish = Some(is_on(start)),
            Tag::Strike if !of_mark => self.paragraph.run.strike = Some(is_on(start)),
            Tag::VertAlign if !of_mark => self.paragraph.run.raise = Some(styles::is_raised(start)),
            Tag::RStyle if !of_mark => {
                let Some(id) = attribute(start, "val") else { return };
                self.paragraph.run.has_style = true;
                if let Some(style) = self.labels.style(&id, self.parts, &mut self.findings) {
                    self.paragraph.run.looks = style.looks;
                }
            }
            Tag::RFonts if !of_mark => {
                let font = attribute(start, "ascii").filter(|font| symbols::is_symbol_font(font));
                if let Some(font) = font {
                    self.paragraph.run.symbol_font = Some(font.into_owned());
                    self.repeats.disturb();
                }
            }
            _ => {}
        }
    }

    /// Puts the paragraph where it belongs.
    pub(super) fn emit(&mut self) -> Result<(), ReadError> {
        self.report_paragraph();
        self.paragraph.mark_gone = false;
        let boxes = std::mem::take(&mut self.paragraph.boxes);
        if !(self.paragraph.mark_hidden && self.paragraph.text.is_empty()) {
            let auto_number = match (&self.paragraph.style, self.paragraph.list) {
                (None, None) => None,
                _ => self.number(),
            };
            // Copied, not taken: the copy is as long as its text, and the buffer serves the next paragraph.
            let text = self.paragraph.text.as_str().to_owned();
            self.paragraph.text.clear();
            self.put(SourceParagraph { auto_number, text })?;
        }
        for paragraph in boxes {
            self.put(paragraph)?;
        }
        Ok(())
    }

    pub(super) fn number(&mut self) -> Option<Box<str>> {
        match self.labels.number(&self.paragraph, self.parts, &mut self.findings) {
            Numbered::Unnumbered => None,
            Numbered::Shows(label) => Some(label),
            Numbered::Undefined(list) => {
                self.findings.add(Diagnostic::warning("list-undefined", self.place()).with("list", list));
                None
            }
        }
    }

    pub(super) fn put(&mut self, paragraph: SourceParagraph) -> Result<(), ReadError> {
        self.kept.paragraph(&paragraph).map_err(|limit| self.exceeded(limit))?;
        // Between a table's cells there is no place for text; it goes to what the table stands in.
        for scope in self.scopes.iter_mut().rev() {
            match &mut scope.kind {
                ScopeKind::Cell { raw, .. } => {
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
                ScopeKind::Table { .. } => {}
            }
        }
        self.blocks.push(SourceBlock::Line(SourceLine { paragraph, number: self.lines }));
        self.lines += 1;
        Ok(())
    }

    /// A paragraph whose mark is gone has nothing to run on into at the end of a cell or before a table.
    pub(super) fn end_story(&mut self) -> Result<(), ReadError> {
        if !self.paragraph.is_empty() {
            self.emit()?;
        }
        self.paragraph.begin();
        Ok(())
    }

    /// Reports what the paragraph held that its text does not show, once for each kind.
    pub(super) fn report_paragraph(&mut self) {
        if self.paragraph.close_fields() {
            self.findings.add(Diagnostic::warning("field-unclosed", self.place()));
        }
        for finding in self.paragraph.asides.take(&mut self.paragraph.text) {
            self.findings.add(Diagnostic { place: Some(self.place()), ..finding });
        }
    }

    pub(super) fn begin_text_box(&mut self, depth: usize) {
        let inner = self.paragraph.beside();
        let host = Box::new(std::mem::replace(&mut self.paragraph, inner));
        self.scopes.push(Scope { depth, kind: ScopeKind::TextBox { host, paragraphs: Vec::new() } });
    }

    pub(super) fn end_text_box(&mut self, mut paragraphs: Vec<SourceParagraph>) {
        paragraphs.retain(|paragraph| !paragraph.is_blank());
        if paragraphs.is_empty() {
            return;
        }
        let texts: Vec<&str> = paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect();
        let text = quoted(&texts.join("\n"));
        self.findings.add(Diagnostic::info("text-box", self.place()).with("text", text));
        self.paragraph.boxes.append(&mut paragraphs);
    }
}
