//! The lists that a numbering part defines, as it defines them (ECMA-376-1 §17.9).
//!
//! Not here: counting.

use std::collections::BTreeMap;

use luoshi_table::Locator;
use quick_xml::events::BytesStart;

use super::super::names::Tag;
use super::super::symbols;
use super::super::xml::{Item, Xml, attribute, is_on, number};
use super::format::NumberFormat;
use crate::ReadError;

/// Levels of a list.
pub(super) const LEVELS: usize = 9;

/// Characters of a level's text that are read. Word takes 255 at most, and the text is repeated for every paragraph.
const LEVEL_TEXT: usize = 255;

/// What follows the number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Suffix {
    #[default]
    Tab,
    Space,
    Nothing,
}

/// One level of a list.
#[derive(Clone, Debug)]
pub(super) struct Level {
    pub(super) start: i64,
    pub(super) format: NumberFormat,
    /// The pattern, such as `%1.%2`; of a bullet, the character itself.
    pub(super) text: String,
    pub(super) suffix: Suffix,
    /// The level, from 1, whose use starts this one over; 0 is never; absent is any level above.
    pub(super) restart: Option<i64>,
    /// All numbers in Arabic figures.
    pub(super) legal: bool,
    /// The paragraph style that brings this level with it.
    pub(super) style: Option<String>,
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
pub(super) struct Abstract {
    pub(super) levels: [Option<Box<Level>>; LEVELS],
    /// This is the list of the numbering style so named.
    style: Option<String>,
    /// The list is that of the numbering style so named, and stands elsewhere.
    linked: Option<String>,
}

/// A list in use (`w:num`).
#[derive(Clone, Debug, Default)]
pub(super) struct Num {
    /// The `w:abstractNum` that it has the looks and the counter of.
    pub(super) list: i64,
    pub(super) starts: [Option<i64>; LEVELS],
    pub(super) levels: [Option<Box<Level>>; LEVELS],
}

/// A numbering part.
#[derive(Debug, Default)]
pub(super) struct Definitions {
    pub(super) lists: BTreeMap<i64, Abstract>,
    pub(super) nums: BTreeMap<i64, Num>,
    /// Formats that are not known, each once; their numbers are written in decimal.
    pub(super) unknown_formats: Vec<String>,
}

impl Definitions {
    /// # Errors
    /// What [`Xml::next`] gives.
    pub(super) fn read(bytes: &[u8], place: Locator) -> Result<Self, ReadError> {
        let mut reading = Reading::default();
        let mut xml = Xml::new(bytes, place);
        loop {
            match xml.next()? {
                Item::Start(Tag::Inert, _) => xml.skip_element()?,
                // A custom format has a plain one beside it for older programs; the custom one, read first, stays.
                Item::Start(tag, start) => {
                    reading.start(tag, xml.open_at(xml.depth() - 1), &start);
                }
                Item::Empty(tag, start) => {
                    reading.start(tag, xml.open_at(xml.depth()), &start);
                    reading.end(tag);
                }
                Item::End(tag) => reading.end(tag),
                Item::Eof => break,
                Item::Text(_) | Item::Char(_) => {}
            }
        }
        reading.definitions.follow_links();
        Ok(reading.definitions)
    }

    /// A list that is only the name of another's numbering style becomes that other: it counts with it too.
    fn follow_links(&mut self) {
        let of_style: BTreeMap<String, i64> =
            self.lists.iter().filter_map(|(&id, list)| Some((list.style.clone()?, id))).collect();
        for num in self.nums.values_mut() {
            let linked = self.lists.get(&num.list).and_then(|list| list.linked.as_ref());
            if let Some(&other) = linked.and_then(|style| of_style.get(style)) {
                num.list = other;
            }
        }
    }
}

#[derive(Default)]
struct Reading {
    definitions: Definitions,
    list: Option<(i64, Abstract)>,
    num: Option<(i64, Num)>,
    /// The level of `w:lvlOverride`.
    overridden: Option<usize>,
    level: Option<(usize, Box<Level>)>,
    /// The font of a bullet and whether it is a picture.
    font: Option<String>,
    picture: bool,
    formatted: bool,
}

impl Reading {
    fn start(&mut self, tag: Tag, parent: Tag, start: &BytesStart<'_>) {
        let id = |name| attribute(start, name).and_then(|value| value.trim().parse::<i64>().ok());
        let level_index =
            || id("ilvl").and_then(|level| usize::try_from(level).ok()).filter(|&level| level < LEVELS);
        match (tag, parent) {
            (Tag::AbstractNum, _) => self.list = id("abstractNumId").map(|id| (id, Abstract::default())),
            (Tag::Num, _) => self.num = id("numId").map(|id| (id, Num::default())),
            (Tag::LvlOverride, Tag::Num) => self.overridden = level_index(),
            (Tag::Lvl, _) => {
                let index = if parent == Tag::LvlOverride { self.overridden } else { level_index() };
                self.level = index.map(|index| (index, Box::default()));
                (self.font, self.picture, self.formatted) = (None, false, false);
            }
            (Tag::RFonts, Tag::RPr) => {
                let font = attribute(start, "ascii").or_else(|| attribute(start, "hAnsi"));
                self.font = font.map(|font| font.into_owned());
            }
            (_, Tag::Num) => self.start_of_num(tag, start),
            (Tag::StartOverride, Tag::LvlOverride) => {
                if let (Some((_, num)), Some(index)) = (&mut self.num, self.overridden) {
                    num.starts[index] = number(start);
                }
            }
            (_, Tag::AbstractNum) => self.start_of_list(tag, start),
            _ => self.start_of_level(tag, parent, start),
        }
    }

    fn start_of_num(&mut self, tag: Tag, start: &BytesStart<'_>) {
        if let (Tag::AbstractNumId, Some((_, num))) = (tag, &mut self.num) {
            num.list = number(start).unwrap_or(-1);
        }
    }

    fn start_of_list(&mut self, tag: Tag, start: &BytesStart<'_>) {
        let Some((_, list)) = &mut self.list else { return };
        let name = || attribute(start, "val").map(|name| name.into_owned());
        match tag {
            Tag::StyleLink => list.style = name(),
            Tag::NumStyleLink => list.linked = name(),
            _ => {}
        }
    }

    fn start_of_level(&mut self, tag: Tag, parent: Tag, start: &BytesStart<'_>) {
        let Some((_, level)) = &mut self.level else { return };
        match (tag, parent) {
            (Tag::NumFmt, _) => self.format(start),
            (Tag::Start, Tag::Lvl) => level.start = number(start).unwrap_or(0),
            (Tag::LvlRestart, Tag::Lvl) => level.restart = number(start),
            (Tag::PStyle, Tag::Lvl) => level.style = attribute(start, "val").map(|id| id.into_owned()),
            (Tag::IsLgl, Tag::Lvl) => level.legal = is_on(start),
            (Tag::LvlPicBulletId, Tag::Lvl) => self.picture = true,
            (Tag::Suff, Tag::Lvl) => {
                level.suffix = match attribute(start, "val").as_deref() {
                    Some("space") => Suffix::Space,
                    Some("nothing") => Suffix::Nothing,
                    _ => Suffix::Tab,
                };
            }
            (Tag::LvlText, Tag::Lvl) => {
                let text = attribute(start, "val").unwrap_or_default();
                level.text = text.chars().take(LEVEL_TEXT).collect();
            }
            _ => {}
        }
    }

    fn format(&mut self, start: &BytesStart<'_>) {
        let Some((_, level)) = &mut self.level else { return };
        let name = attribute(start, "val").unwrap_or_default();
        let found = match &*name {
            "custom" => attribute(start, "format").and_then(|sample| NumberFormat::sampled(&sample)),
            name => NumberFormat::named(name),
        };
        match found {
            Some(_) if self.formatted => {}
            Some(format) => {
                level.format = format;
                self.formatted = true;
            }
            // The plain format beside a custom one that is not known may still come.
            None if name == "custom" => {}
            None => {
                if !self.formatted && !self.definitions.unknown_formats.iter().any(|known| *known == name) {
                    self.definitions.unknown_formats.push(name.into_owned());
                }
            }
        }
    }

    fn end(&mut self, tag: Tag) {
        match tag {
            Tag::AbstractNum => {
                if let Some((id, list)) = self.list.take() {
                    self.definitions.lists.insert(id, list);
                }
            }
            Tag::Num => {
                if let Some((id, num)) = self.num.take() {
                    self.definitions.nums.insert(id, num);
                }
            }
            Tag::LvlOverride => self.overridden = None,
            Tag::Lvl => self.end_of_level(),
            _ => {}
        }
    }

    fn end_of_level(&mut self) {
        let Some((index, mut level)) = self.level.take() else { return };
        if level.format == NumberFormat::Bullet {
            level.text = bullet(&level.text, self.font.as_deref(), self.picture);
        }
        match (&mut self.num, &mut self.list) {
            (Some((_, num)), _) => num.levels[index] = Some(level),
            (None, Some((_, list))) => list.levels[index] = Some(level),
            (None, None) => {}
        }
    }
}

/// A bullet as a character that can be read: symbol fonts are looked up, what is not known is a round bullet.
fn bullet(text: &str, font: Option<&str>, picture: bool) -> String {
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
