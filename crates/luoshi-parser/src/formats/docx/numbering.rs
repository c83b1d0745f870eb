//! The lists that a numbering part defines, as it defines them (ECMA-376-1 §17.9).
//!
//! Not here: counting, which all word processors' formats share.

use std::collections::BTreeMap;

use luoshi_table::Locator;
use quick_xml::events::BytesStart;

use super::names::Tag;
use super::xml::{Item, Xml, attribute, is_on, number};
use crate::ReadError;
use crate::formats::word::numbering::Numbering;
use crate::formats::word::numbering::definitions::{
    Abstract, Definitions, LEVEL_TEXT, LEVELS, Level, Num, Suffix, bullet,
};
use crate::formats::word::numbering::format::NumberFormat;

/// Reads a numbering part.
///
/// # Errors
/// What [`Xml::next`] gives.
pub(super) fn read(bytes: Vec<u8>, place: Locator) -> Result<Option<Numbering>, ReadError> {
    let mut reading = Reading::default();
    let mut xml = Xml::new(&bytes, place.clone());
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
    reading.follow_links();
    Ok(Some(Numbering::new(reading.definitions, place)))
}

#[derive(Default)]
struct Reading {
    definitions: Definitions,
    /// The lists of numbering styles, by the style's name.
    styled: BTreeMap<String, i64>,
    /// Lists that are only the name of a numbering style; the list itself stands elsewhere.
    linked: BTreeMap<i64, String>,
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
    /// A list that is only the name of another's numbering style becomes that other: it counts with it too.
    fn follow_links(&mut self) {
        for num in self.definitions.nums.values_mut() {
            let style = self.linked.get(&num.list);
            if let Some(&other) = style.and_then(|style| self.styled.get(style)) {
                num.list = other;
            }
        }
    }

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
        let Some((list, _)) = self.list else { return };
        let Some(name) = attribute(start, "val").map(|name| name.into_owned()) else { return };
        match tag {
            Tag::StyleLink => {
                self.styled.insert(name, list);
            }
            Tag::NumStyleLink => {
                self.linked.insert(list, name);
            }
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
                if !self.formatted {
                    self.definitions.note_unknown(&name);
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
