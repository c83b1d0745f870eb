//! What styles say that matters to a reader: whether text is hidden or struck, the symbol font it is set in, the list that
//! a paragraph belongs to (ODF 1.3 part 3, §16).
//!
//! Automatic styles of the content and common styles have one set of names here: those of the content come last and win, as
//! they are meant to. Not here: how anything else looks.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use luoshi_table::Locator;
use quick_xml::events::BytesStart;

use super::lists::{ListStyles, Reading as ListReading};
use super::names::Tag;
use super::xml::{Item, Xml, attribute};
use crate::formats::word::symbols::is_symbol_font;
use crate::{ReadError, limits};

/// How many parents of a style are asked. A chain that is longer, or that leads into itself, says nothing more.
const PARENTS: usize = 64;

/// What a style, or all styles of a text together, say of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    hidden: Option<bool>,
    struck: Option<bool>,
    raised: Option<bool>,
    /// The symbol font; `Some(None)` is a font of ordinary characters.
    font: Option<Option<Rc<str>>>,
}

impl Look {
    /// This look, and where it says nothing the other.
    pub(super) fn over(self, below: &Self) -> Self {
        Self {
            hidden: self.hidden.or(below.hidden),
            struck: self.struck.or(below.struck),
            raised: self.raised.or(below.raised),
            font: self.font.or_else(|| below.font.clone()),
        }
    }

    pub(super) fn is_hidden(&self) -> bool {
        self.hidden == Some(true)
    }

    pub(super) fn is_struck(&self) -> bool {
        self.struck == Some(true)
    }

    pub(super) fn is_raised(&self) -> bool {
        self.raised == Some(true)
    }

    pub(super) fn symbol_font(&self) -> Option<&Rc<str>> {
        self.font.as_ref()?.as_ref()
    }
}

#[derive(Debug, Default)]
struct Style {
    /// It stands in a document's automatic styles, where what a person set by hand is kept.
    is_automatic: bool,
    parent: Option<String>,
    look: Look,
    list: Option<String>,
}

/// The families whose styles are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    Paragraph,
    Text,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    known: BTreeMap<(Family, String), Style>,
    /// Font faces that are of symbols, with the name of the font.
    symbol_faces: BTreeMap<String, Rc<str>>,
    /// Styles of rows that were inserted or deleted as a whole.
    tracked_rows: BTreeSet<String>,
    /// Styles of tables that are not shown.
    hidden_tables: BTreeSet<String>,
    pub(super) lists: ListStyles,
}

impl Styles {
    /// Reads the common styles of a styles part. Its automatic styles belong to headers and footers.
    ///
    /// # Errors
    /// Where the part is damaged.
    pub(super) fn read(bytes: &[u8], place: Locator) -> Result<Self, ReadError> {
        let mut xml = Xml::new(bytes, place.clone());
        let mut reading = Reading::default();
        loop {
            match xml.next()? {
                Item::Start(Tag::AutomaticStyles | Tag::MasterStyles, _) => xml.skip_element()?,
                Item::Start(tag, start) => reading.start(tag, &start),
                Item::End(tag) => reading.end(tag, &place)?,
                Item::Text(_) | Item::EndOfPiece => {}
                Item::Eof => return Ok(reading.styles),
            }
        }
    }

    /// What a style and its parents say.
    pub(super) fn look(&self, family: Family, name: &str) -> Look {
        self.chain(family, name).fold(Look::default(), |look, style| look.over(&style.look))
    }

    /// The list style that a paragraph style names, itself or by its parents; an empty name takes it out of any.
    pub(super) fn list_of(&self, paragraph_style: &str) -> Option<&str> {
        self.chain(Family::Paragraph, paragraph_style).find_map(|style| style.list.as_deref())
    }

    /// Whether a text style is one that has a name in the program, not settings by hand alone.
    pub(super) fn is_named(&self, text_style: &str) -> bool {
        let style = self.known.get(&(Family::Text, text_style.to_owned()));
        style.is_none_or(|style| !style.is_automatic || style.parent.is_some())
    }

    pub(super) fn is_tracked_row(&self, style: &str) -> bool {
        self.tracked_rows.contains(style)
    }

    pub(super) fn is_hidden_table(&self, style: &str) -> bool {
        self.hidden_tables.contains(style)
    }

    fn chain(&self, family: Family, name: &str) -> impl Iterator<Item = &Style> {
        let get = move |name: &str| self.known.get(&(family, name.to_owned()));
        std::iter::successors(get(name), move |style| get(style.parent.as_deref()?)).take(PARENTS)
    }
}

/// The style that is being read.
enum Open {
    Known(Family, String, Style),
    Row(String),
    Table(String),
}

/// Styles while they are read.
#[derive(Default)]
pub(super) struct Reading {
    pub(super) styles: Styles,
    open: Option<Open>,
    in_automatic: bool,
    list: ListReading,
}

impl Reading {
    pub(super) fn with(styles: Styles) -> Self {
        Self { styles, ..Self::default() }
    }

    pub(super) fn start(&mut self, tag: Tag, start: &BytesStart<'_>) {
        match tag {
            Tag::AutomaticStyles => self.in_automatic = true,
            Tag::Style => self.open = Open::of(start, self.in_automatic),
            Tag::FontFace => self.font_face(start),
            Tag::TextProperties if self.list.is_open() => {
                let font = self.font(start).flatten();
                self.list.font(font);
            }
            Tag::TextProperties => self.text_properties(start),
            Tag::RowProperties => {
                // LibreOffice marks a row that is tracked itself so: not only its texts are.
                let is_tracked = attribute(start, "text-changes-only").as_deref() == Some("false");
                if let Some(Open::Row(name)) = self.open.take_if(|_| is_tracked) {
                    self.styles.tracked_rows.insert(name);
                }
            }
            Tag::TableProperties => {
                let is_hidden = attribute(start, "display").as_deref() == Some("false");
                if let Some(Open::Table(name)) = self.open.take_if(|_| is_hidden) {
                    self.styles.hidden_tables.insert(name);
                }
            }
            _ => self.list.start(tag, start, &mut self.styles.lists),
        }
    }

    pub(super) fn end(&mut self, tag: Tag, place: &Locator) -> Result<(), ReadError> {
        match tag {
            Tag::AutomaticStyles => self.in_automatic = false,
            Tag::Style => {
                if let Some(Open::Known(family, name, style)) = self.open.take() {
                    self.styles.known.insert((family, name), style);
                }
            }
            _ => self.list.end(tag, &mut self.styles.lists),
        }
        let styles = &self.styles;
        let count =
            styles.known.len() + styles.lists.len() + styles.tracked_rows.len() + styles.symbol_faces.len();
        match count > limits::PIECES.size() {
            true => {
                let cause = limits::PIECES.exceeded();
                Err(ReadError::at(cause, place.clone()))
            }
            false => Ok(()),
        }
    }

    fn font_face(&mut self, start: &BytesStart<'_>) {
        let family = attribute(start, "font-family").unwrap_or_default();
        let family = family.trim_matches(['\'', '"']);
        if let Some(name) = attribute(start, "name")
            && is_symbol_font(family)
        {
            self.styles.symbol_faces.insert(name.into_owned(), family.into());
        }
    }

    /// The font that text properties name, by its face (`style:font-name`) or by itself (`fo:font-family`).
    fn font(&self, start: &BytesStart<'_>) -> Option<Option<Rc<str>>> {
        let name = attribute(start, "font-name").or_else(|| attribute(start, "font-family"))?;
        let name = name.trim_matches(['\'', '"']);
        let face = self.styles.symbol_faces.get(name).cloned();
        Some(face.or_else(|| is_symbol_font(name).then(|| name.into())))
    }

    fn text_properties(&mut self, start: &BytesStart<'_>) {
        let look = Look {
            hidden: attribute(start, "display").map(|shown| shown == "none"),
            struck: attribute(start, "text-line-through-style")
                .or_else(|| attribute(start, "text-line-through-type"))
                .map(|line| line != "none"),
            raised: attribute(start, "text-position").map(|position| is_raised(&position)),
            font: self.font(start),
        };
        if let Some(Open::Known(_, _, style)) = &mut self.open {
            style.look = look;
        }
    }
}

/// A position (ODF 1.3 part 3, §20.402): `super`, `sub`, or how far from the base line, and then the size.
fn is_raised(position: &str) -> bool {
    let shift = position.split_whitespace().next().unwrap_or_default();
    let percent = shift.strip_suffix('%').and_then(|number| number.parse::<f64>().ok());
    shift == "super" || percent.is_some_and(|percent| percent > 0.0)
}

impl Open {
    fn of(start: &BytesStart<'_>, is_automatic: bool) -> Option<Self> {
        let name = attribute(start, "name")?.into_owned();
        let known = |family| {
            let parent = attribute(start, "parent-style-name").filter(|parent| *parent != name);
            let list = attribute(start, "list-style-name").map(|list| list.into_owned());
            let parent = parent.map(|parent| parent.into_owned());
            Self::Known(family, name.clone(), Style { is_automatic, parent, list, look: Look::default() })
        };
        match &*attribute(start, "family")? {
            "paragraph" => Some(known(Family::Paragraph)),
            "text" => Some(known(Family::Text)),
            "table-row" => Some(Self::Row(name)),
            "table" => Some(Self::Table(name)),
            _ => None,
        }
    }
}
