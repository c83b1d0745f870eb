//! The characters of a paragraph: what each stands for, and what becomes of it under the policy for tracked changes.
//!
//! Not here: the text that they make, which a [`super::Paragraph`] collects.

use std::ops::Range;

use luoshi_table::Diagnostic;

use super::super::properties::Chp;
use super::Walk;
use crate::formats::word::symbols;
use crate::ole::{u16_at, u32_at};
use crate::{ReadError, Revisions};

/// Bytes before a form field's state (`NilPICFAndBinData`, §2.9.158).
const PICTURE_HEADER_BYTES: usize = 0x44;

impl Walk<'_> {
    /// Reads the characters at these positions, run by run.
    pub(super) fn read_runs(&mut self, positions: Range<u32>, istd: u16) -> Result<(), ReadError> {
        let mut start = positions.start;
        let mut last = (false, false);
        while start < positions.end {
            let (chp, end) = self.characters(start, istd)?;
            let end = end.min(positions.end);
            // A change goes on over runs that differ in other ways.
            let now = (chp.inserted, chp.deleted);
            self.count_changes(now.0 && !last.0, now.1 && !last.1);
            last = now;
            self.read_run(start..end, &chp)?;
            start = end;
        }
        Ok(())
    }

    fn read_run(&mut self, positions: Range<u32>, chp: &Chp) -> Result<(), ReadError> {
        let is_gone = self.is_gone(chp);
        let font = chp.looks.font.and_then(|font| self.fonts.get(usize::from(font)));
        let symbol_font = font.filter(|font| symbols::is_symbol_font(font)).cloned();
        let text = self.text;
        for (position, &unit) in positions.clone().zip(text.units(positions)) {
            if is_gone {
                self.pass_over(position, unit);
                continue;
            }
            match unit {
                0x09 => self.paragraph.push('\t', chp),
                // Line, page and column breaks.
                0x0B | 0x0C | 0x0E => self.paragraph.push('\n', chp),
                // The hyphen that does not break; the one that need not show is nothing.
                0x1E => self.paragraph.push('-', chp),
                0x01 => self.picture(position, chp),
                0x02 => {}
                0x05 => self.comments += 1,
                0x08 => self.drawing(position, chp)?,
                0x13 => self.paragraph.begin_field(),
                0x14 => self.paragraph.begin_result(),
                0x15 => self.paragraph.end_field(chp),
                0x00..=0x1F => {}
                _ => match (chp.symbol, &symbol_font) {
                    (Some((font, code)), _) => {
                        let font = self.fonts.get(usize::from(font)).map_or("", String::as_str);
                        self.paragraph.push_symbol(font, code, chp);
                    }
                    (None, Some(font)) => self.paragraph.push_symbol(font, unit, chp),
                    (None, None) => self.paragraph.push_unit(unit, chp),
                },
            }
            self.tell_note(position)?;
        }
        Ok(())
    }

    /// A character that is gone takes with it what is anchored there. Fields go on: one may be begun by a character that
    /// is gone and ended by one that stays.
    fn pass_over(&mut self, position: u32, unit: u16) {
        match unit {
            0x08 => {
                self.shapes.take(position);
            }
            0x13 => self.paragraph.begin_field(),
            0x14 => self.paragraph.begin_result(),
            0x15 => self.paragraph.drop_field(),
            _ => {}
        }
    }

    /// A picture, the state of a form field in its instruction, or how the drawing before it looks to programs that cannot
    /// draw it.
    fn picture(&mut self, position: u32, chp: &Chp) {
        let before = position.saturating_sub(1)..position;
        if self.paragraph.is_in_code() || chp.is_data {
            if let Some(is_checked) = chp.location.and_then(|location| self.check_box(location)) {
                self.paragraph.check(is_checked);
            }
        } else if self.text.units(before) != [0x08] {
            self.tell_picture();
        }
    }

    /// Whether a check box is checked (`FFData`, §2.9.78): as it was left, or as it is by default.
    fn check_box(&self, location: u32) -> Option<bool> {
        let data = self.streams.data.get(location as usize..)?.get(PICTURE_HEADER_BYTES..)?;
        let bits = u16_at(data, 4).filter(|bits| u32_at(data, 0) == Some(u32::MAX) && bits & 3 == 1)?;
        match bits >> 2 & 0x1F {
            25 => {
                let name = usize::from(u16_at(data, 10)?);
                Some(u16_at(data, 10 + 2 + 2 * name + 2)? != 0)
            }
            result => Some(result != 0),
        }
    }

    /// A drawing beside the text: a text box, a picture, or lines that say nothing.
    fn drawing(&mut self, position: u32, chp: &Chp) -> Result<(), ReadError> {
        // Drawings of side texts are not looked up.
        if self.boxed.is_some() || self.aside.is_read {
            return Ok(());
        }
        let (boxes, is_pictured) = self.shapes.take(position);
        if is_pictured {
            self.tell_picture();
        }
        let is_hidden = chp.looks.hidden;
        for range in boxes {
            if is_hidden {
                let text = self.aside_text(range)?;
                self.paragraph.asides.hidden.push_str(&text);
            } else {
                self.text_box(range)?;
            }
        }
        Ok(())
    }

    fn tell_picture(&mut self) {
        let place = self.place();
        if !self.aside.is_read && self.pictured.as_ref() != Some(&place) {
            self.tell(|place| Diagnostic::warning("picture-ignored", place));
            self.pictured = Some(place);
        }
    }

    /// Reports what the paragraph held that its text does not show, once for each kind.
    pub(super) fn report_paragraph(&mut self) {
        if self.paragraph.close_fields() {
            self.tell(|place| Diagnostic::warning("field-unclosed", place));
        }
        for finding in self.paragraph.asides.take(&mut self.paragraph.text) {
            self.tell(|place| Diagnostic { place: Some(place), ..finding });
        }
    }

    /// Whether text with these properties is gone by the policy for tracked changes.
    pub(super) fn is_gone(&self, chp: &Chp) -> bool {
        match self.revisions {
            Revisions::Accept => chp.deleted,
            Revisions::Reject => chp.inserted,
        }
    }

    /// Counts a mark that was inserted or deleted.
    pub(super) fn count_mark(&mut self, chp: &Chp) {
        self.count_changes(chp.inserted, chp.deleted);
    }

    fn count_changes(&mut self, is_inserted: bool, is_deleted: bool) {
        if self.aside.is_read {
            return;
        }
        let is_inside =
            !self.open.is_empty() || self.boxed.as_ref().is_some_and(|boxed| boxed.host.column.is_some());
        let changes = if is_inside { &mut self.inside } else { &mut self.outside };
        changes.insertions += u32::from(is_inserted);
        changes.deletions += u32::from(is_deleted);
    }
}
