//! List styles as a document defines them (ODF 1.3 part 3, §16.30 to §16.35).
//!
//! Not here: counting.

use std::collections::BTreeMap;
use std::rc::Rc;

use quick_xml::events::BytesStart;

use super::super::names::Tag;
use super::super::xml::{attribute, is_on, number};
use super::format::Format;
use crate::formats::word::numbering::definitions::LEVEL_TEXT;
use crate::formats::word::symbols;

/// Levels of a list (§19.880.7).
pub(super) const LEVELS: usize = 10;

/// The name under which the numbering of headings stands among the list styles: no list style can have an empty name.
pub(in crate::formats::odt) const OUTLINE: &str = "";

/// One level of a list style.
#[derive(Clone, Debug)]
pub(super) struct Level {
    pub(super) start: i64,
    pub(super) format: Format,
    pub(super) prefix: String,
    pub(super) suffix: String,
    /// How many levels the number shows, this one the last.
    pub(super) shown: usize,
    /// The pattern, such as `%1%.%2%`, where the writer says more than prefix and suffix can.
    pub(super) pattern: Option<String>,
    /// A bullet, which is the whole label: office suites show no prefix or suffix with one.
    pub(super) bullet: Option<String>,
    /// What stands between the number and the text.
    pub(super) followed_by: &'static str,
}

/// A list style.
#[derive(Debug, Default)]
pub(super) struct ListStyle {
    pub(super) levels: [Option<Box<Level>>; LEVELS],
    /// All levels count on from one another.
    pub(super) consecutive: bool,
}

/// The list styles of a document by name.
#[derive(Debug, Default)]
pub(in crate::formats::odt) struct ListStyles {
    known: BTreeMap<String, ListStyle>,
    /// Number formats that are not known, each once; their numbers are written in decimal.
    pub(super) unknown_formats: Vec<String>,
}

impl ListStyles {
    pub(super) fn get(&self, name: &str) -> Option<&ListStyle> {
        self.known.get(name)
    }

    pub(in crate::formats::odt) fn has(&self, name: &str) -> bool {
        self.known.contains_key(name)
    }

    pub(in crate::formats::odt) fn len(&self) -> usize {
        self.known.len()
    }
}

/// A list style while it is read.
#[derive(Default)]
pub(in crate::formats::odt) struct Reading {
    list: Option<(String, ListStyle)>,
    level: Option<(usize, Box<Level>)>,
    font: Option<Rc<str>>,
}

impl Reading {
    /// Whether a level is open, whose text properties are those of its label.
    pub(in crate::formats::odt) fn is_open(&self) -> bool {
        self.level.is_some()
    }

    pub(in crate::formats::odt) fn font(&mut self, font: Option<Rc<str>>) {
        self.font = font;
    }

    pub(in crate::formats::odt) fn start(
        &mut self,
        tag: Tag,
        start: &BytesStart<'_>,
        styles: &mut ListStyles,
    ) {
        match tag {
            Tag::ListStyle | Tag::OutlineStyle => {
                let name = match tag {
                    Tag::OutlineStyle => Some(OUTLINE.to_owned()),
                    _ => {
                        attribute(start, "name").filter(|name| !name.is_empty()).map(|name| name.into_owned())
                    }
                };
                let consecutive = is_on(start, "consecutive-numbering");
                self.list = name.map(|name| (name, ListStyle { consecutive, ..ListStyle::default() }));
            }
            Tag::LevelNumber | Tag::LevelBullet | Tag::LevelImage => {
                self.font = None;
                let index = number::<usize>(start, "level").and_then(|level| level.checked_sub(1));
                self.level = index
                    .filter(|&index| index < LEVELS && self.list.is_some())
                    .map(|index| (index, Box::new(level(tag, start, index, &mut styles.unknown_formats))));
            }
            Tag::LabelAlignment => {
                if let Some((_, level)) = &mut self.level {
                    level.followed_by = match attribute(start, "label-followed-by").as_deref() {
                        Some("space") => " ",
                        Some("nothing") => "",
                        _ => "\t",
                    };
                }
            }
            _ => {}
        }
    }

    pub(in crate::formats::odt) fn end(&mut self, tag: Tag, styles: &mut ListStyles) {
        match tag {
            Tag::LevelNumber | Tag::LevelBullet | Tag::LevelImage => {
                let font = self.font.take();
                if let (Some((index, mut level)), Some((_, list))) = (self.level.take(), &mut self.list) {
                    if let Some(bullet) = &mut level.bullet {
                        *bullet = shown(bullet, font.as_deref());
                    }
                    if let Some(slot) = list.levels.get_mut(index) {
                        *slot = Some(level);
                    }
                }
            }
            Tag::ListStyle | Tag::OutlineStyle => styles.known.extend(self.list.take()),
            _ => {}
        }
    }
}

fn level(tag: Tag, start: &BytesStart<'_>, index: usize, unknown: &mut Vec<String>) -> Level {
    let text = |name| -> Option<String> {
        attribute(start, name).map(|text| text.chars().take(LEVEL_TEXT).collect())
    };
    let bullet = match tag {
        Tag::LevelBullet => Some(text("bullet-char").unwrap_or_default()),
        Tag::LevelImage => Some("•".to_owned()),
        _ => None,
    };
    let sample = text("num-format").unwrap_or_default();
    let format = Format::of(&sample, is_on(start, "num-letter-sync")).unwrap_or_else(|| {
        if !unknown.contains(&sample) && unknown.len() < LEVELS {
            unknown.push(sample);
        }
        Format::of("1", false).unwrap_or(Format::Letters { first: b'a' })
    });
    Level {
        start: number(start, "start-value").unwrap_or(1),
        format,
        prefix: text("num-prefix").unwrap_or_default(),
        suffix: text("num-suffix").unwrap_or_default(),
        shown: number::<usize>(start, "display-levels").unwrap_or(1).clamp(1, index + 1),
        pattern: text("num-list-format").filter(|_| bullet.is_none()),
        bullet,
        // What a level without a label alignment says of its label is a width (§17.20), which a tab is too.
        followed_by: "\t",
    }
}

/// A bullet as a character that can be read: symbol fonts are looked up, what is not known is a round bullet.
fn shown(bullet: &str, font: Option<&str>) -> String {
    let is_private = |character| ('\u{E000}'..='\u{F8FF}').contains(&character);
    let shown = |character: char| match font {
        Some(font) => symbols::character(font, character.into()).unwrap_or('•'),
        None if is_private(character) => '•',
        None => character,
    };
    bullet.chars().map(shown).collect()
}
