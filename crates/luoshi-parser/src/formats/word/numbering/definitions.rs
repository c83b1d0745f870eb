//! The lists that a document defines, whatever format says so. The names are those of ECMA-376-1 §17.9.
//!
//! Not here: counting.

use std::collections::BTreeMap;

use super::codes;
use super::format::NumberFormat;
use crate::formats::word::symbols;

/// Levels of a list.
pub(in crate::formats) const LEVELS: usize = 9;

/// Characters of a level's text that are read. Word takes 255 at most, and the text is repeated for every paragraph.
pub(in crate::formats) const LEVEL_TEXT: usize = 255;

/// What follows the number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::formats) enum Suffix {
    #[default]
    Tab,
    Space,
    Nothing,
}

/// One level of a list.
#[derive(Clone, Debug)]
pub(in crate::formats) struct Level {
    pub(in crate::formats) start: i64,
    pub(in crate::formats) format: NumberFormat,
    /// The pattern, such as `%1.%2`; of a bullet, the character itself.
    pub(in crate::formats) text: String,
    pub(in crate::formats) suffix: Suffix,
    /// The level, from 1, whose use starts this one over; 0 is never; absent is any level above.
    pub(in crate::formats) restart: Option<i64>,
    /// All numbers in Arabic figures.
    pub(in crate::formats) legal: bool,
    /// The paragraph style that brings this level with it.
    pub(in crate::formats) style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            // The standard's default (§17.9.25); Word always writes the element.
            start: 0,
            format: NumberFormat::Decimal(1),
            text: String::new(),
            suffix: Suffix::default(),
            restart: None,
            legal: false,
            style: None,
        }
    }
}

/// A list as it looks (`w:abstractNum`).
#[derive(Clone, Debug, Default)]
pub(in crate::formats) struct Abstract {
    pub(in crate::formats) levels: [Option<Box<Level>>; LEVELS],
}

/// A list in use (`w:num`).
#[derive(Clone, Debug, Default)]
pub(in crate::formats) struct Num {
    /// The `w:abstractNum` that it has the looks and the counter of.
    pub(in crate::formats) list: i64,
    pub(in crate::formats) starts: [Option<i64>; LEVELS],
    pub(in crate::formats) levels: [Option<Box<Level>>; LEVELS],
}

/// All lists of a document.
#[derive(Debug, Default)]
pub(in crate::formats) struct Definitions {
    pub(in crate::formats) lists: BTreeMap<i64, Abstract>,
    pub(in crate::formats) nums: BTreeMap<i64, Num>,
    /// Formats that are not known, each once; their numbers are written in decimal.
    pub(in crate::formats) unknown_formats: Vec<String>,
}

impl Definitions {
    /// The format of a code of binary documents and rich text; decimal where it is not known, which is noted.
    pub(in crate::formats) fn format_of(&mut self, code: u8) -> NumberFormat {
        codes::format(code).unwrap_or_else(|name| {
            self.note_unknown(&name);
            NumberFormat::Decimal(1)
        })
    }

    /// A format that is not known.
    pub(in crate::formats) fn note_unknown(&mut self, name: &str) {
        if !self.unknown_formats.iter().any(|known| known == name) {
            self.unknown_formats.push(name.to_owned());
        }
    }
}

/// A bullet as a character that can be read: symbol fonts are looked up, what is not known is a round bullet.
pub(in crate::formats) fn bullet(text: &str, font: Option<&str>, picture: bool) -> String {
    if picture {
        return "•".to_owned();
    }
    let shown = |character: char| {
        let is_private = ('\u{E000}'..='\u{F8FF}').contains(&character);
        match font.filter(|font| symbols::is_symbol_font(font)) {
            Some(font) => symbols::character(font, character.into()).unwrap_or('•'),
            None if is_private => '•',
            None => character,
        }
    };
    text.chars().map(shown).collect()
}
