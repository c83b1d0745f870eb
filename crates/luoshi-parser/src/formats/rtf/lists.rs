//! The lists that the list tables define (RTF 1.9.1, "List Tables"), as the definitions that numbers are counted by: `\list` is
//! an abstract list, `\listoverride` a list in use.
//!
//! Not here: counting, which is the same as in every word processor's format.

use luoshi_table::Locator;

use super::names::Meaning;
use crate::formats::word::numbering::Numbering;
use crate::formats::word::numbering::definitions::{
    Abstract, Definitions, LEVEL_TEXT, LEVELS, Level, Num, Suffix, bullet,
};
use crate::formats::word::numbering::format::NumberFormat;

/// The character below which one in a level's text is the place of a level's number.
const PLACES: u32 = LEVELS as u32;

/// A code that no format has.
const UNKNOWN_FORMAT: u8 = 0xFE;

/// The list tables while they are read.
#[derive(Default)]
pub(super) struct Lists {
    definitions: Definitions,
    list: Option<(i64, Abstract)>,
    num: Option<(Option<i64>, Num)>,
    level: Option<Box<Level>>,
    /// How many levels of the list or overrides of the list in use have begun.
    begun: usize,
    /// The font of the level, where its codes are pictures.
    font: Option<String>,
}

impl Lists {
    pub(super) fn word(&mut self, meaning: Meaning, parameter: Option<i32>) {
        let value = i64::from(parameter.unwrap_or(0));
        match meaning {
            Meaning::List => {
                self.end_table();
                self.list = Some((0, Abstract::default()));
            }
            Meaning::Override => {
                self.end_table();
                self.num = Some((None, Num::default()));
            }
            Meaning::ListId => match (&mut self.num, &mut self.list) {
                (Some((_, num)), _) => num.list = value,
                (None, Some((id, _))) => *id = value,
                (None, None) => {}
            },
            Meaning::ListSelector => {
                if let Some((id, _)) = &mut self.num {
                    *id = Some(value);
                }
            }
            Meaning::OverrideLevel => {
                self.end_level();
                self.begun += 1;
            }
            Meaning::Level => {
                self.end_level();
                self.begun += usize::from(self.num.is_none());
                self.level = Some(Box::default());
            }
            // An override of the start alone gives the number outside of any level (`\listoverridestartat\levelstartat5`).
            Meaning::LevelStart if self.level.is_none() => {
                let index = self.begun.checked_sub(1);
                if let (Some((_, num)), Some(index)) = (&mut self.num, index)
                    && let Some(start) = num.starts.get_mut(index)
                {
                    *start = Some(value);
                }
            }
            _ => self.level_word(meaning, value),
        }
    }

    fn level_word(&mut self, meaning: Meaning, value: i64) {
        let Some(level) = &mut self.level else { return };
        match meaning {
            Meaning::LevelFormat => {
                let code = u8::try_from(value).unwrap_or(UNKNOWN_FORMAT);
                level.format = self.definitions.format_of(code);
            }
            Meaning::LevelStart => level.start = value,
            Meaning::LevelFollow => {
                level.suffix = match value {
                    1 => Suffix::Space,
                    2 => Suffix::Nothing,
                    _ => Suffix::Tab,
                };
            }
            Meaning::LevelLegal => level.legal = value != 0,
            Meaning::LevelNoRestart => level.restart = (value != 0).then_some(0),
            _ => {}
        }
    }

    /// The font of the level's number.
    pub(super) fn set_font(&mut self, name: Option<&str>) {
        self.font = name.map(str::to_owned);
    }

    /// The text of the level: its length, then the characters, those below nine being the places of numbers, then `;`.
    pub(super) fn set_level_text(&mut self, text: &str) {
        let Some(level) = &mut self.level else { return };
        let text = text.strip_suffix(';').unwrap_or(text);
        for character in text.chars().skip(1).take(LEVEL_TEXT) {
            match u32::from(character) {
                place @ 0..PLACES => level.text.push_str(&format!("%{}", place + 1)),
                _ => level.text.push(character),
            }
        }
    }

    fn end_level(&mut self) {
        let Some(mut level) = self.level.take() else { return };
        if level.format == NumberFormat::Bullet {
            level.text = bullet(&level.text, self.font.as_deref(), false);
        }
        self.font = None;
        let levels = match (&mut self.num, &mut self.list) {
            (Some((_, num)), _) => &mut num.levels,
            (None, Some((_, list))) => &mut list.levels,
            (None, None) => return,
        };
        if let Some(place) = self.begun.checked_sub(1).and_then(|index| levels.get_mut(index)) {
            *place = Some(level);
        }
    }

    fn end_table(&mut self) {
        self.end_level();
        self.begun = 0;
        if let Some((id, list)) = self.list.take() {
            self.definitions.lists.insert(id, list);
        }
        if let Some((Some(id), num)) = self.num.take() {
            self.definitions.nums.insert(id, num);
        }
    }

    /// The lists, ready to count.
    pub(super) fn finish(mut self, file: Locator) -> Numbering {
        self.end_table();
        Numbering::new(self.definitions, file)
    }
}
