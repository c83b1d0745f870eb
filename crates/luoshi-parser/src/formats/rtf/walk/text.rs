//! Bytes and codes to characters, and where those go.
//!
//! Not here: which encoding a font has, what a symbol looks like.

use std::mem;

use luoshi_table::Diagnostic;

use super::super::encodings;
use super::super::names::Meaning;
use super::super::paragraph::Change;
use super::super::state::Destination;
use super::Walk;
use crate::Revisions;

/// The codes of symbol fonts as characters of private use.
const SYMBOLS: std::ops::RangeInclusive<u32> = 0xF000..=0xF0FF;

impl Walk<'_> {
    /// Text as it stands in the file.
    pub(super) fn text(&mut self, text: &[u8]) {
        if text.is_empty() || self.drops_text() {
            return;
        }
        if self.encodings.raw_is_utf8 && !text.is_ascii() {
            self.flush();
            self.push(&String::from_utf8_lossy(text));
        } else {
            self.pending.extend_from_slice(text);
        }
    }

    /// A byte in hexadecimal.
    pub(super) fn byte(&mut self, byte: u8) {
        if !self.drops_text() {
            self.pending.push(byte);
        }
    }

    fn drops_text(&self) -> bool {
        use Destination::{Drawing, FormField, Lists, Skip};
        matches!(self.state.destination, Skip | Drawing | FormField | Lists)
    }

    /// Decodes what has come together.
    pub(super) fn flush(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let bytes = mem::take(&mut self.pending);
        let font = self.state.font();
        let mut text = String::new();
        if let Some(name) = self.encodings.symbol_font(font).filter(|_| self.is_shown()) {
            let paragraph = &mut self.story.paragraph;
            text.extend(bytes.iter().map(|&code| paragraph.asides.symbols.character(name, code.into())));
        } else {
            let is_whole = encodings::decode(&bytes, self.encodings.of(font), &mut text);
            if self.is_shown() {
                self.story.paragraph.is_damaged |= !is_whole;
                if !bytes.is_ascii() && self.encodings.is_guessed(font) {
                    self.report_guess(font);
                }
            }
        }
        self.push(&text);
        self.pending = bytes;
        self.pending.clear();
    }

    /// Whether text is seen, as names of fonts and lists are not.
    fn is_shown(&self) -> bool {
        matches!(self.state.destination, Destination::Content | Destination::Label)
    }

    fn report_guess(&mut self, font: Option<i32>) {
        if !mem::replace(&mut self.is_guessed, true) {
            let guess = Diagnostic::info("encoding-guessed", self.file.clone());
            self.findings.add(guess.with("encoding", self.encodings.of(font).0.name()));
        }
    }

    /// A character by its code (`\uN`): sixteen bits, written as a signed number.
    pub(super) fn unicode(&mut self, code: i32) {
        self.fallback = self.state.unicode_skip.0;
        let unit = if code < 0 { code.saturating_add(0x1_0000) } else { code };
        let Ok(code) = u32::try_from(unit) else { return self.push_damaged() };
        match (self.surrogate.take(), code) {
            (None, 0xD800..=0xDBFF) => self.surrogate = u16::try_from(code).ok(),
            (Some(high), 0xDC00..=0xDFFF) => {
                let units = [high, u16::try_from(code).unwrap_or(0)];
                self.push(&String::from_utf16_lossy(&units));
            }
            (None, _) => self.push_code(code),
            (Some(_), _) => {
                self.push_damaged();
                self.push_code(code);
            }
        }
    }

    fn push_code(&mut self, code: u32) {
        let font = self.encodings.symbol_font(self.state.font()).filter(|_| self.is_shown());
        let character = match font {
            Some(name) if code <= 0xFF || SYMBOLS.contains(&code) => {
                Some(self.story.paragraph.asides.symbols.character(name, code))
            }
            _ => char::from_u32(code),
        };
        match character {
            Some(character) => self.push_character(character),
            None => self.push_damaged(),
        }
    }

    fn push_damaged(&mut self) {
        self.story.paragraph.is_damaged = true;
        self.push_character(char::REPLACEMENT_CHARACTER);
    }

    pub(super) fn push_character(&mut self, character: char) {
        self.push(character.encode_utf8(&mut [0; 4]));
    }

    /// Text, to where it belongs.
    fn push(&mut self, text: &str) {
        if self.surrogate.take().is_some() {
            self.push_damaged();
        }
        match self.state.destination {
            Destination::Content => self.push_content(text),
            Destination::Label | Destination::Bookmark | Destination::LevelText => self.aside.push_str(text),
            Destination::Instruction => self.push_instruction(text),
            Destination::Fonts => self.push_font_name(text),
            Destination::Skip | Destination::Drawing | Destination::FormField | Destination::Lists => {}
        }
    }

    fn push_content(&mut self, text: &str) {
        if text.chars().any(|character| character > ' ') {
            self.pushed = self.pushed.saturating_add(1);
        }
        self.count_change();
        if self.is_gone() {
            return;
        }
        let paragraph = &mut self.story.paragraph;
        if self.state.is_hidden {
            return push_shown(text, &mut paragraph.asides.hidden);
        }
        let from = paragraph.text.len();
        push_shown(text, &mut paragraph.text);
        if self.state.is_raised {
            paragraph.asides.raised.note(from, &paragraph.text);
        }
        if self.state.is_struck {
            push_shown(text, &mut paragraph.asides.struck);
        }
    }

    /// Text that follows text of the same change belongs to it: programs write one change in many runs.
    fn count_change(&mut self) {
        let change = match (self.state.is_revised, self.state.is_deleted) {
            (_, true) => Change::Deleted,
            (true, false) => Change::Inserted,
            (false, false) => Change::None,
        };
        if std::mem::replace(&mut self.story.paragraph.change, change) == change {
            return;
        }
        let changes = self.changes();
        match change {
            Change::None => {}
            Change::Inserted => changes.insertions = changes.insertions.saturating_add(1),
            Change::Deleted => changes.deletions = changes.deletions.saturating_add(1),
        }
    }

    /// Whether what stands here is gone by the policy for tracked changes.
    pub(super) fn is_gone(&self) -> bool {
        match self.revisions {
            Revisions::Accept => self.state.is_deleted,
            Revisions::Reject => self.state.is_revised,
        }
    }

    /// A font by its number: in the font table the one that is described next.
    pub(super) fn font(&mut self, number: Option<i32>) {
        self.state.set_font(number);
        match (self.state.destination, number) {
            (Destination::Fonts, Some(number)) => {
                *self.encodings.font_mut(number) = encodings::Font::default()
            }
            (Destination::Lists, _) => self.lists.set_font(self.encodings.symbol_font(number)),
            _ => {}
        }
    }

    pub(super) fn font_word(&mut self, meaning: Meaning, parameter: Option<i32>) {
        let Some(number) = self.state.font().filter(|_| self.state.destination == Destination::Fonts) else {
            return;
        };
        let font = self.encodings.font_mut(number);
        match meaning {
            Meaning::CharacterSet => font.state_character_set(parameter),
            _ => font.state_code_page(parameter),
        }
    }

    fn push_font_name(&mut self, text: &str) {
        if let Some(number) = self.state.font() {
            self.encodings.font_mut(number).name.push_str(text.trim_end_matches(';'));
        }
    }
}

/// Appends text without control characters, which are no text; those that feed a line or page are line breaks.
fn push_shown(text: &str, to: &mut String) {
    if !text.bytes().any(|byte| byte < b' ') {
        return to.push_str(text);
    }
    let shown = |character| match character {
        '\n' | '\r' | '\x0B' | '\x0C' => Some('\n'),
        '\0'..='\x08' | '\x0E'..='\x1F' => None,
        other => Some(other),
    };
    to.extend(text.chars().filter_map(shown));
}
