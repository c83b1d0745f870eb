//! The lists that a document defines: their levels (`PlfLst`, [MS-DOC] §2.9.191) and where they are used (`PlfLfo`, §2.9.189),
//! as the definitions that all word processors' formats share.
//!
//! Not here: counting, and which paragraphs belong to a list.

use super::sprm::{self, Sprms};
use crate::formats::word::numbering::definitions::{
    Abstract, Definitions, LEVEL_TEXT, LEVELS, Level, Num, Suffix, bullet,
};
use crate::formats::word::numbering::format::NumberFormat;
use crate::ole::{u16_at, u32_at};

const LIST_BYTES: usize = 28;
const OVERRIDE_BYTES: usize = 16;
const LEVEL_BYTES: usize = 28;

/// The style that no level brings.
const NO_STYLE: u16 = 0x0FFF;

/// Reads the lists, which begin at `lists` of the table stream, and their uses; `None` where either is cut.
pub(super) fn read(table: &[u8], lists: usize, uses: &[u8], fonts: &[String]) -> Option<Definitions> {
    let mut reading = Reading { fonts, definitions: Definitions::default() };
    if !uses.is_empty() {
        reading.lists(table.get(lists..)?)?;
        reading.uses(uses)?;
    }
    Some(reading.definitions)
}

struct Reading<'f> {
    fonts: &'f [String],
    definitions: Definitions,
}

impl Reading<'_> {
    /// The lists, then the levels of each in their order.
    fn lists(&mut self, bytes: &[u8]) -> Option<()> {
        let count = usize::from(u16_at(bytes, 0)?);
        let (heads, mut levels) = bytes.get(2..)?.split_at_checked(count * LIST_BYTES)?;
        for head in heads.chunks_exact(LIST_BYTES) {
            let id = u32_at(head, 0)?;
            let is_simple = head.get(26)? & 1 != 0;
            let mut list = Abstract::default();
            for (index, place) in list.levels.iter_mut().enumerate().take(if is_simple { 1 } else { LEVELS })
            {
                let mut level = self.level(&mut levels)?;
                level.style =
                    u16_at(head, 8 + 2 * index).filter(|&istd| istd != NO_STYLE).map(|istd| istd.to_string());
                *place = Some(Box::new(level));
            }
            self.definitions.lists.insert(id.into(), list);
        }
        Some(())
    }

    /// The uses, then the overridden levels of each in their order.
    fn uses(&mut self, bytes: &[u8]) -> Option<()> {
        let count = u32_at(bytes, 0)? as usize;
        let (heads, mut rest) = bytes.get(4..)?.split_at_checked(count.checked_mul(OVERRIDE_BYTES)?)?;
        for (number, head) in (1..).zip(heads.chunks_exact(OVERRIDE_BYTES)) {
            let mut num = Num { list: u32_at(head, 0)?.into(), ..Num::default() };
            // A position that is not used stands before the levels of each.
            rest = rest.get(4..).unwrap_or_default();
            for _ in 0..*head.get(12)? {
                let (start, flags) = (u32_at(rest, 0)?, u32_at(rest, 4)?);
                rest = rest.get(8..)?;
                let level = if flags & 0x20 != 0 { Some(self.level(&mut rest)?) } else { None };
                let index = (flags & 0xF) as usize;
                let start = match &level {
                    Some(level) => level.start,
                    None => start.cast_signed().into(),
                };
                if let (true, Some(place)) = (flags & 0x10 != 0, num.starts.get_mut(index)) {
                    *place = Some(start);
                }
                if let (Some(level), Some(place)) = (level, num.levels.get_mut(index)) {
                    *place = Some(Box::new(level));
                }
            }
            self.definitions.nums.insert(number, num);
        }
        Some(())
    }

    /// A level (`LVL`, §2.9.150): its head, two lists of modifiers, its text.
    fn level(&mut self, bytes: &mut &[u8]) -> Option<Level> {
        let (head, rest) = bytes.split_at_checked(LEVEL_BYTES)?;
        let code = *head.get(4)?;
        let flags = *head.get(5)?;
        let (_, rest) = rest.split_at_checked(usize::from(*head.get(25)?))?;
        let (characters, rest) = rest.split_at_checked(usize::from(*head.get(24)?))?;
        let (text, rest) = rest.get(2..)?.split_at_checked(2 * usize::from(u16_at(rest, 0)?))?;
        *bytes = rest;
        let mut level = Level {
            start: u32_at(head, 0)?.cast_signed().into(),
            format: self.definitions.format_of(code),
            suffix: match head.get(15)? {
                1 => Suffix::Space,
                2 => Suffix::Nothing,
                _ => Suffix::Tab,
            },
            // The level that starts this one over is told only where it is not the usual one.
            restart: (flags & 0x08 != 0).then(|| head.get(26).copied().unwrap_or(0).into()),
            legal: flags & 0x04 != 0,
            ..Level::default()
        };
        let units: Vec<u16> =
            text.chunks_exact(2).filter_map(|unit| u16_at(unit, 0)).take(LEVEL_TEXT).collect();
        level.text = match level.format {
            NumberFormat::Bullet => {
                let font = Sprms(characters).filter(|(code, _)| *code == sprm::C_RG_FTC0).last();
                let font = font.and_then(|(_, operand)| self.fonts.get(usize::from(sprm::short(operand))));
                bullet(&String::from_utf16_lossy(&units), font.map(String::as_str), false)
            }
            _ => pattern(&units),
        };
        Some(level)
    }
}

/// The text of a level, in which a character below nine stands for the number of that level.
fn pattern(units: &[u16]) -> String {
    let mut pattern = String::new();
    for character in char::decode_utf16(units.iter().copied()) {
        match character.unwrap_or(char::REPLACEMENT_CHARACTER) {
            level @ '\0'..='\u{8}' => pattern.extend(['%', char::from(b'1' + level as u8)]),
            character => pattern.push(character),
        }
    }
    pattern
}
