//! A paragraph while it is read: its text with white space as it is shown (CSS Text 3, §4.1), and the text that is not shown.
//!
//! Not here: where it belongs, the number of its list.

use super::state::State;
use super::style::WhiteSpace;
use crate::formats::word::raised::Raised;
use crate::formats::word::symbols::{self, UnknownSymbols};

/// A paragraph being read.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    /// The text that is shown.
    pub(super) text: String,
    pub(super) hidden: String,
    /// What of the text that is shown has a line through it.
    pub(super) struck: String,
    /// The number that Word wrote before it, with the space behind it.
    pub(super) label: String,
    /// What fields say as long as nobody has filled them in.
    pub(super) prompts: Vec<String>,
    /// Readings over ruby text.
    pub(super) readings: Vec<String>,
    pub(super) symbols: UnknownSymbols,
    raised: Raised,
    /// Characters were lost before.
    pub(super) is_damaged: bool,
    /// It takes a line though it has no text.
    pub(super) is_kept: bool,
    /// White space that is shown if text follows it.
    space: bool,
    /// Line ends that are shown if text follows them.
    breaks: usize,
}

impl Paragraph {
    /// Whether there is anything of it to see.
    pub(super) fn is_shown(&self) -> bool {
        self.is_kept || self.breaks > 0 || !self.text.is_empty() || !self.label.is_empty()
    }

    /// Whether there is anything in it to keep or to tell.
    pub(super) fn is_empty(&self) -> bool {
        let lists = [&self.prompts, &self.readings];
        !self.is_shown() && self.hidden.is_empty() && lists.iter().all(|list| list.is_empty())
    }

    /// The text when all of it is read: the last line end only ends the last line.
    pub(super) fn take_text(&mut self) -> String {
        for _ in 1..self.breaks {
            self.text.push('\n');
        }
        self.breaks = 0;
        std::mem::take(&mut self.raised).write(&mut self.text);
        std::mem::take(&mut self.text)
    }

    /// Text as it stands in the page, line ends excepted where they are shown.
    pub(super) fn push(&mut self, text: &str, state: &State) {
        if state.is_hidden {
            return self.push_hidden(text);
        }
        if state.is_label {
            return self.push_label(text, state);
        }
        for character in text.chars() {
            match character {
                ' ' | '\t' | '\n' | '\r' | '\x0C' if state.keeps_spaces => self.push_shown(' ', state),
                '\u{A0}' if state.keeps_spaces => self.push_shown(' ', state),
                ' ' | '\t' if state.white_space == WhiteSpace::Keep => self.push_shown(character, state),
                ' ' | '\t' | '\n' | '\r' | '\x0C' => self.space = true,
                // Whether a word is parted here is the line's matter.
                '\u{AD}' => {}
                '\0'..='\x1F' => {}
                _ => self.push_shown(character, state),
            }
        }
    }

    fn push_shown(&mut self, character: char, state: &State) {
        let from = self.text.len();
        let breaks = std::mem::take(&mut self.breaks);
        if breaks > 0 {
            self.space = false;
            self.text.extend(std::iter::repeat_n('\n', breaks));
        }
        let is_line_begun = !self.text.is_empty() && !self.text.ends_with('\n');
        if std::mem::take(&mut self.space) && is_line_begun {
            self.text.push(' ');
        }
        self.is_damaged |= character == char::REPLACEMENT_CHARACTER;
        let shown = self.symbol(character, state.font, symbols::UNKNOWN);
        let raised_from = self.text.len();
        self.text.push(shown);
        if state.is_raised {
            self.raised.note(raised_from, &self.text);
        }
        if state.is_struck {
            self.struck.push_str(self.text.get(from..).unwrap_or_default());
        }
    }

    /// A character that the page gives by other means than text.
    pub(super) fn push_character(&mut self, character: char, state: &State) {
        match state.is_hidden {
            true => self.hidden.push(character),
            false => self.push_shown(character, &State { font: None, ..state.clone() }),
        }
    }

    /// Ends a line within the paragraph.
    pub(super) fn end_line(&mut self) {
        self.space = false;
        self.breaks = self.breaks.saturating_add(1);
    }

    fn push_hidden(&mut self, text: &str) {
        for word in text.split_inclusive(|c: char| c.is_ascii_whitespace()) {
            let trimmed = word.trim_end_matches(|c: char| c.is_ascii_whitespace());
            self.hidden.push_str(trimmed);
            let is_parted = self.hidden.is_empty() || self.hidden.ends_with(' ');
            if trimmed.len() < word.len() && !is_parted {
                self.hidden.push(' ');
            }
        }
    }

    fn push_label(&mut self, text: &str, state: &State) {
        for character in text.chars() {
            let shown = self.symbol(character, state.font, '•');
            self.label.push(if character.is_ascii_whitespace() { ' ' } else { shown });
        }
    }

    /// What a character of a font looks like. Each unknown symbol is told once for a paragraph; a bullet is one whatever it looks like.
    fn symbol(&mut self, character: char, font: Option<&str>, unknown: char) -> char {
        let code = u32::from(character);
        let Some(font) = font.filter(|_| matches!(code, 0x21..=0x9F | 0xA1..=0xFF | 0xF000..=0xF0FF)) else {
            return character;
        };
        match unknown {
            symbols::UNKNOWN => self.symbols.character(font, code),
            unknown => symbols::character(font, code).unwrap_or(unknown),
        }
    }
}
