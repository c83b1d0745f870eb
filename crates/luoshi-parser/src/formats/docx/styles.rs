//! What a style lends to its paragraphs and runs: a number, and whether their text is hidden, struck or raised.
//!
//! Word's styles.xml is large (350 KB) and hardly any of it matters here. Its front is taken first, and all of it only where
//! the document names a style that the front does not hold. The places of the styles are noted in one search; those that
//! the document names are parsed, with those they are based on. A whole part that says none of what matters is put
//! aside unread.
//!
//! A paragraph that names no style has the default one, and the document's defaults stand below every style (ECMA-376-1
//! §17.7.2, §17.7.5). Both stand in front of the part.

use std::collections::BTreeMap;
use std::ops::Range;

use luoshi_table::Locator;
use memchr::memmem;
use quick_xml::events::BytesStart;

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
    /// Its own id and those it is based on, up to the one that names the list: a level may name one of them. Empty where the
    /// part does not define it.
    pub(super) chain: Vec<String>,
    pub(super) looks: Looks,
}

/// How text looks that says nothing of itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Looks {
    pub(super) hidden: bool,
    /// It has a line through it.
    pub(super) struck: bool,
    pub(super) raised: bool,
}

/// What a part says somewhere, if any of its styles matters.
const MATTERING: [&[u8]; 4] = [b"numPr", b"vanish", b"strike", b"superscript"];

/// The id by which the default paragraph style is asked for; no style has it as its own.
pub(super) const DEFAULT: &str = "";

/// The styles part.
pub(super) struct Styles {
    xml: Vec<u8>,
    place: Locator,
    names: Names,
    index: Vec<Entry>,
    /// The id of the default paragraph style.
    default: Option<String>,
    /// What the document says of every paragraph, whatever its style.
    document: Definition,
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
    struck: Option<bool>,
    raised: Option<bool>,
}

impl Styles {
    /// Takes a whole styles part; `None` where none of its styles can matter.
    ///
    /// # Errors
    /// `Damaged` where its root cannot be read.
    pub(super) fn whole(xml: Vec<u8>, place: Locator) -> Result<Option<Self>, ReadError> {
        if MATTERING.iter().all(|name| memmem::find(&xml, name).is_none()) {
            return Ok(None);
        }
        Self::new(xml, place, true).map(Some)
    }

    /// Takes the front of a styles part, which may be cut anywhere, and of a small part is all.
    ///
    /// # Errors
    /// As [`Styles::whole`].
    pub(super) fn front(xml: Vec<u8>, place: Locator) -> Result<Self, ReadError> {
        let is_whole = xml.trim_ascii_end().ends_with(b"styles>");
        Self::new(xml, place, is_whole)
    }

    /// Whether the front of a styles part holds the default style to its end: another one begins behind it.
    pub(super) fn holds_default(front: &[u8]) -> bool {
        let default = memmem::find(front, b"default=").map(|at| &front[at..]);
        default.is_some_and(|rest| memmem::find_iter(rest, "styleId").nth(1).is_some())
    }

    /// How many bytes of the part were taken.
    pub(super) fn length(&self) -> usize {
        self.xml.len()
    }

    fn new(xml: Vec<u8>, place: Locator, is_whole: bool) -> Result<Self, ReadError> {
        let mut part = Xml::new(&xml, place.clone());
        while !matches!(part.next()?, Item::Start(..) | Item::Eof) {}
        let names = part.names().clone();
        let index = index(&xml, is_whole);
        let (default, document) = (None, Definition::default());
        let mut styles =
            Self { xml, place, names, index, default, document, is_whole, known: BTreeMap::new() };
        styles.default = styles.find_default()?;
        if let Some(range) = between(&styles.xml, b"docDefaults") {
            styles.document = styles.parse(range, 4)?;
        }
        Ok(styles)
    }

    /// Whether the document hides every text that does not say otherwise itself. What styles say cannot undo it (§17.7.3).
    pub(super) fn document_hides(&self) -> bool {
        self.document.hidden == Some(true)
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

    /// A style that was prepared. One that the part does not define says nothing.
    pub(super) fn get(&self, id: &str) -> Option<&Style> {
        self.known.get(id)
    }

    fn resolve(&self, id: &str) -> Result<Option<Style>, ReadError> {
        let mut style = Style::default();
        let (mut hidden, mut struck, mut raised) = (None, None, None);
        let mut next = match id {
            DEFAULT if self.default.is_none() && !self.is_whole => return Ok(None),
            DEFAULT => self.default.clone(),
            id => Some(id.to_owned()),
        };
        for _ in 0..CHAIN {
            let Some(id) = next else { break };
            let definition = match self.find(&id) {
                Some(range) => self.parse(range, 3)?,
                None if self.is_whole => break,
                None => return Ok(None),
            };
            if style.list.is_none() {
                style.chain.push(id);
                style.list = definition.list;
            }
            style.level = style.level.or(definition.level);
            hidden = hidden.or(definition.hidden);
            struck = struck.or(definition.struck);
            raised = raised.or(definition.raised);
            next = definition.based_on;
        }
        style.list = style.list.or(self.document.list);
        style.level = style.level.or(self.document.level);
        let [hidden, struck, raised] = [hidden, struck, raised].map(|said| said == Some(true));
        style.looks = Looks { hidden, struck, raised };
        Ok(Some(style))
    }

    fn find(&self, id: &str) -> Option<Range<usize>> {
        let written = quick_xml::escape::minimal_escape(id);
        let found = self.index.binary_search_by(|entry| self.xml[entry.id.clone()].cmp(written.as_bytes()));
        found.ok().map(|at| self.index[at].style.clone())
    }

    fn find_default(&self) -> Result<Option<String>, ReadError> {
        for at in memmem::find_iter(&self.xml, "default=") {
            let Some(from) = memchr::memrchr(b'<', &self.xml[..at]) else { continue };
            let Some(length) = memchr::memchr(b'>', &self.xml[from..]) else { continue };
            let mut tag = Xml::fragment(&self.xml[from..=from + length], &self.names, self.place.clone());
            if let Item::Start(Tag::Style, start) | Item::Empty(Tag::Style, start) = tag.next()?
                && attribute(&start, "type").as_deref() == Some("paragraph")
                && attribute(&start, "default").is_some_and(|value| matches!(&*value, "1" | "true" | "on"))
                && let Some(id) = attribute(&start, "styleId")
            {
                return Ok(Some(id.into_owned()));
            }
        }
        Ok(None)
    }

    /// What a style, or the document's defaults, say. `run_depth` is where a property of its runs stands; deeper ones are a
    /// table style's conditions.
    fn parse(&self, range: Range<usize>, run_depth: usize) -> Result<Definition, ReadError> {
        let mut xml = Xml::fragment(&self.xml[range], &self.names, self.place.clone());
        let mut found = Definition::default();
        loop {
            let (tag, start, depth) = match xml.next()? {
                Item::Start(Tag::Inert, _) => {
                    xml.skip_element()?;
                    continue;
                }
                Item::Empty(Tag::Style, _) => return Ok(found),
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
                (Tag::Vanish, Tag::RPr) if depth == run_depth => found.hidden = Some(is_on(&start)),
                (Tag::Strike, Tag::RPr) if depth == run_depth => found.struck = Some(is_on(&start)),
                (Tag::VertAlign, Tag::RPr) if depth == run_depth => found.raised = Some(is_raised(&start)),
                _ => {}
            }
        }
    }
}

/// Whether a vertical alignment (`w:vertAlign`, §17.3.2.42) raises the text.
pub(super) fn is_raised(start: &BytesStart<'_>) -> bool {
    attribute(start, "val").as_deref() == Some("superscript")
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

/// The element of this local name, which stands once: from its start tag to the end of its end tag.
fn between(xml: &[u8], name: &[u8]) -> Option<Range<usize>> {
    let first = memmem::find(xml, name)?;
    let start = memchr::memrchr(b'<', &xml[..first])?;
    let second = first + name.len() + memmem::find(&xml[first + name.len()..], name)?;
    Some(start..second + name.len() + 1 + memchr::memchr(b'>', &xml[second + name.len()..])?)
}

/// Where the attribute value stands whose name ends at an offset.
fn value_after(xml: &[u8], name_end: usize) -> Option<Range<usize>> {
    let rest = xml[name_end..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let (&quote, value) = rest.split_first()?;
    let start = xml.len() - value.len();
    Some(start..start + memchr::memchr(quote, value)?)
}
