//! What a style lends to its paragraphs and runs: a number, and whether their text is hidden.
//!
//! Word's styles.xml is large (350 KB) and hardly any of it matters here. Its front is taken first, and all of it only where
//! the document names a style that the front does not hold. The places of the styles are noted in one search; those that
//! the document names are parsed, with those they are based on. A whole part that nowhere says `numPr` or `vanish` is put
//! aside unread.
//!
//! The default paragraph style and the document's defaults are not asked where a paragraph names no style: a number or
//! hidden text for every paragraph of a document is no form anybody writes, and the question would cost every file the
//! inflating of its styles.

use std::collections::BTreeMap;
use std::ops::Range;

use luoshi_table::Locator;
use memchr::memmem;

use super::names::{Names, Tag};
use super::xml::{Item, Xml, attribute, is_on, number};
use crate::ReadError;

/// How long a chain of styles may be. Word refuses more than eleven; a chain that is longer runs in a circle.
const CHAIN: usize = 32;

/// What a style and those it is based on say together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// The list that its paragraphs belong to; 0 is none.
    pub(super) list: Option<i64>,
    /// The level that it gives itself.
    pub(super) level: Option<i64>,
    /// Its own id and those it is based on, up to the one that names the list: a level may name one of them.
    pub(super) chain: Vec<String>,
    /// Whether text in this style is hidden.
    pub(super) hidden: bool,
}

/// The styles part.
pub(super) struct Styles {
    xml: Vec<u8>,
    place: Locator,
    names: Names,
    index: Vec<Entry>,
    is_whole: bool,
    /// Those asked for so far, by id.
    known: BTreeMap<String, Style>,
}

/// Where a style stands in the part: its id, as written, and the bytes from its start tag to the next style's.
struct Entry {
    id: Range<usize>,
    style: Range<usize>,
}

#[derive(Default)]
struct Definition {
    based_on: Option<String>,
    list: Option<i64>,
    level: Option<i64>,
    hidden: Option<bool>,
}

impl Styles {
    /// Takes a whole styles part; `None` where none of its styles can matter.
    ///
    /// # Errors
    /// `Damaged` where its root cannot be read.
    pub(super) fn whole(xml: Vec<u8>, place: Locator) -> Result<Option<Self>, ReadError> {
        if memmem::find(&xml, b"numPr").is_none() && memmem::find(&xml, b"vanish").is_none() {
            return Ok(None);
        }
        Self::new(xml, place, true).map(Some)
    }

    /// Takes the front of a styles part, which may be cut anywhere.
    ///
    /// # Errors
    /// As [`Styles::whole`].
    pub(super) fn front(xml: Vec<u8>, place: Locator) -> Result<Self, ReadError> {
        Self::new(xml, place, false)
    }

    fn new(xml: Vec<u8>, place: Locator, is_whole: bool) -> Result<Self, ReadError> {
        let mut part = Xml::new(&xml, place.clone());
        while !matches!(part.next()?, Item::Start(..) | Item::Eof) {}
        let names = part.names().clone();
        let index = index(&xml, is_whole);
        Ok(Self { xml, place, names, index, is_whole, known: BTreeMap::new() })
    }

    /// Reads a style, so that [`Styles::get`] knows it. False where it, or one that it is based on, may stand in what was
    /// not read of the part.
    ///
    /// # Errors
    /// `Damaged` where its definition is.
    pub(super) fn prepare(&mut self, id: &str) -> Result<bool, ReadError> {
        if self.get(id).is_none() {
            let Some(style) = self.resolve(id)? else { return Ok(false) };
            self.known.insert(id.to_owned(), style);
        }
        Ok(true)
    }

    /// A style that was prepared. One that the part does not define says nothing, as in Word.
    pub(super) fn get(&self, id: &str) -> Option<&Style> {
        self.known.get(id)
    }

    fn resolve(&self, id: &str) -> Result<Option<Style>, ReadError> {
        let mut style = Style::default();
        let mut hidden = None;
        let mut next = Some(id.to_owned());
        for _ in 0..CHAIN {
            let Some(id) = next else { break };
            let definition = match self.find(&id) {
                Some(range) => self.parse(range)?,
                None if self.is_whole => break,
                None => return Ok(None),
            };
            if style.list.is_none() {
                style.chain.push(id);
                style.list = definition.list;
            }
            style.level = style.level.or(definition.level);
            hidden = hidden.or(definition.hidden);
            next = definition.based_on;
        }
        style.hidden = hidden.unwrap_or(false);
        Ok(Some(style))
    }

    fn find(&self, id: &str) -> Option<Range<usize>> {
        let written = quick_xml::escape::minimal_escape(id);
        let found = self.index.binary_search_by(|entry| self.xml[entry.id.clone()].cmp(written.as_bytes()));
        found.ok().map(|at| self.index[at].style.clone())
    }

    fn parse(&self, range: Range<usize>) -> Result<Definition, ReadError> {
        let mut xml = Xml::fragment(&self.xml[range], &self.names, self.place.clone());
        let mut found = Definition::default();
        loop {
            let (tag, start, depth) = match xml.next()? {
                Item::Start(Tag::Inert, _) => {
                    xml.skip_element()?;
                    continue;
                }
                Item::Start(tag, start) => (tag, start, xml.depth()),
                Item::Empty(tag, start) => (tag, start, xml.depth() + 1),
                Item::End(Tag::Style) | Item::Eof => return Ok(found),
                _ => continue,
            };
            match (tag, xml.open_at(depth - 1)) {
                (Tag::BasedOn, Tag::Style) => {
                    found.based_on = attribute(&start, "val").map(|id| id.into_owned())
                }
                (Tag::NumId, Tag::NumPr) => found.list = number(&start),
                (Tag::Ilvl, Tag::NumPr) => found.level = number(&start),
                // The third level is the style's own run properties; deeper ones are a table style's conditions.
                (Tag::Vanish, Tag::RPr) if depth == 3 => found.hidden = Some(is_on(&start)),
                _ => {}
            }
        }
    }
}

/// The styles, sorted by id. The attribute's name stands nowhere else, so no tag need be parsed to find them.
fn index(xml: &[u8], is_whole: bool) -> Vec<Entry> {
    let mut found: Vec<Entry> = Vec::new();
    for at in memmem::find_iter(xml, "styleId") {
        let Some(id) = value_after(xml, at + "styleId".len()) else { continue };
        let Some(start) = memchr::memrchr(b'<', &xml[..at]) else { continue };
        if let Some(last) = found.last_mut() {
            last.style.end = start;
        }
        found.push(Entry { id, style: start..xml.len() });
    }
    if !is_whole {
        // The last one may be cut.
        found.pop();
    }
    // Of two styles with one id the first counts.
    found.sort_by(|a, b| xml[a.id.clone()].cmp(&xml[b.id.clone()]));
    found.dedup_by(|later, first| xml[later.id.clone()] == xml[first.id.clone()]);
    found
}

/// Where the attribute value stands whose name ends at an offset.
fn value_after(xml: &[u8], name_end: usize) -> Option<Range<usize>> {
    let rest = xml[name_end..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let (&quote, value) = rest.split_first()?;
    let start = xml.len() - value.len();
    Some(start..start + memchr::memchr(quote, value)?)
}
