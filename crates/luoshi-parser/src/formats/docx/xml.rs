//! A part as a stream of known elements, with the checks that the XML library leaves to its caller: depth, an element
//! stack that must be empty at the end, no document type, no unknown entity.
//!
//! Not here: what the elements mean.

use std::borrow::Cow;

use luoshi_table::Locator;
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::names::{Names, Space, Tag};
pub(super) use crate::opc::attribute;
use crate::{Cause, ReadError, limits};

/// One thing met in a part.
pub(super) enum Item<'x> {
    /// A start tag; its element is open now.
    Start(Tag, BytesStart<'x>),
    /// A start tag that is its own end tag.
    Empty(Tag, BytesStart<'x>),
    /// The end of the innermost open element.
    End(Tag),
    /// Text as it stands, entities apart.
    Text(Cow<'x, str>),
    /// A character that the part writes as a reference.
    Char(char),
    /// The end of the part, every element closed.
    Eof,
}

/// A part being read.
pub(super) struct Xml<'x> {
    bytes: &'x [u8],
    reader: Reader<&'x [u8]>,
    names: Names,
    open: Vec<Tag>,
    place: Locator,
}

impl<'x> Xml<'x> {
    /// A part from its first byte; `place` is where errors are said to be.
    pub(super) fn new(bytes: &'x [u8], place: Locator) -> Self {
        Self::with_names(bytes, Names::default(), place)
    }

    /// A piece of the part that `names` belongs to.
    pub(super) fn fragment(bytes: &'x [u8], names: &Names, place: Locator) -> Self {
        Self::with_names(bytes, names.for_fragment(), place)
    }

    fn with_names(bytes: &'x [u8], names: Names, place: Locator) -> Self {
        Self { bytes, reader: Reader::from_reader(bytes), names, open: Vec::new(), place }
    }

    /// The namespaces in force here.
    pub(super) fn names(&self) -> &Names {
        &self.names
    }

    /// Number of open elements.
    #[inline]
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// The open element at a depth; the root's is 1.
    #[inline]
    pub(super) fn open_at(&self, depth: usize) -> Tag {
        depth.checked_sub(1).and_then(|index| self.open.get(index)).copied().unwrap_or(Tag::Other)
    }

    /// The namespace of a prefix here.
    pub(super) fn space(&self, prefix: &str) -> Space {
        self.names.space(prefix)
    }

    /// # Errors
    /// `Damaged` where the part is not well-formed or ends too early, `Doctype`, `Limit` past [`limits::XML_DEPTH`].
    #[inline(always)]
    pub(super) fn next(&mut self) -> Result<Item<'x>, ReadError> {
        loop {
            return Ok(match self.reader.read_event() {
                Ok(Event::Start(start)) => {
                    let tag = self.enter(&start)?;
                    self.open.push(tag);
                    Item::Start(tag, start)
                }
                Ok(Event::Empty(start)) => {
                    let tag = self.enter(&start)?;
                    self.names.leave(self.open.len() + 1);
                    Item::Empty(tag, start)
                }
                Ok(Event::End(_)) => Item::End(self.leave()?),
                Ok(Event::Text(text)) => Item::Text(text.into_inner()),
                Ok(Event::CData(text)) => Item::Text(text.into_inner()),
                Ok(Event::GeneralRef(reference)) => self.reference(&reference)?,
                Ok(Event::Decl(_) | Event::PI(_) | Event::Comment(_)) => continue,
                Ok(Event::DocType(_)) => return Err(ReadError::at(Cause::Doctype, self.place.clone())),
                Ok(Event::Eof) => {
                    if !self.open.is_empty() {
                        return Err(self.damaged(format!("ends inside {} open elements", self.open.len())));
                    }
                    Item::Eof
                }
                Err(error) => return Err(self.broken(&error)),
            });
        }
    }

    /// Offset of what is read next. The reader's own count is not used, because [`Xml::pass`] goes past it.
    #[inline]
    pub(super) fn position(&self) -> usize {
        self.bytes.len() - self.reader.get_ref().len()
    }

    /// Passes over what follows where it begins with these bytes. They must be whole elements that were read before.
    #[inline]
    pub(super) fn pass(&mut self, elements: &[u8]) -> bool {
        let rest = self.reader.get_mut();
        let after = rest.strip_prefix(elements);
        *rest = after.unwrap_or(rest);
        after.is_some()
    }

    /// What has not been read.
    #[inline]
    pub(super) fn rest(&self) -> &'x [u8] {
        self.reader.get_ref()
    }

    /// Reads again from an offset that only [`Xml::pass`] has gone past.
    #[inline]
    pub(super) fn go_back_to(&mut self, from: usize) {
        *self.reader.get_mut() = self.bytes.get(from..).unwrap_or_default();
    }

    /// Whether a namespace may be declared in so many bytes of what comes next.
    #[inline]
    pub(super) fn declares_within(&self, length: usize) -> bool {
        self.names.may_declare_before(self.position() + length)
    }

    /// What was read from an offset on.
    pub(super) fn since(&self, from: usize) -> Option<&'x [u8]> {
        self.bytes.get(from..self.position())
    }

    /// Reads on to the end of the innermost open element, which is then closed.
    pub(super) fn skip_element(&mut self) -> Result<(), ReadError> {
        let depth = self.open.len();
        while self.open.len() >= depth {
            self.next()?;
        }
        Ok(())
    }

    /// As [`Xml::skip_element`], and tells whether the switch stood in it and was on.
    pub(super) fn skip_for_switch(&mut self, switch: Tag) -> Result<bool, ReadError> {
        let depth = self.open.len();
        let mut found = false;
        while self.open.len() >= depth {
            if let Item::Empty(tag, start) | Item::Start(tag, start) = self.next()? {
                found |= tag == switch && is_on(&start);
            }
        }
        Ok(found)
    }

    /// As [`Xml::skip_element`], and gives back the text that stood in it.
    pub(super) fn skip_for_text(&mut self) -> Result<String, ReadError> {
        let depth = self.open.len();
        let mut text = String::new();
        while self.open.len() >= depth {
            match self.next()? {
                Item::Text(piece) if self.open_at(self.open.len()) == Tag::T => text.push_str(&piece),
                Item::Char(piece) if self.open_at(self.open.len()) == Tag::T => text.push(piece),
                Item::Empty(Tag::Tab, _) if self.open_at(self.open.len()) == Tag::R => text.push('\t'),
                Item::Empty(Tag::Br, _) => text.push('\n'),
                Item::End(Tag::P) => text.push('\n'),
                _ => {}
            }
        }
        text.truncate(text.trim_end_matches('\n').len());
        Ok(text)
    }

    /// An error in this part.
    pub(super) fn damaged(&self, detail: String) -> ReadError {
        ReadError::at(Cause::Damaged { detail }, self.place.clone())
    }

    #[inline]
    fn enter(&mut self, start: &BytesStart<'_>) -> Result<Tag, ReadError> {
        let depth = self.open.len() + 1;
        if depth > limits::XML_DEPTH.size() {
            let cause = limits::XML_DEPTH.exceeded();
            return Err(ReadError::at(cause, self.place.clone()));
        }
        Ok(self.names.enter(start, self.bytes, self.position(), depth))
    }

    #[inline]
    fn leave(&mut self) -> Result<Tag, ReadError> {
        let depth = self.open.len();
        self.names.leave(depth);
        // The library refuses an end tag without its start tag before this can come up empty.
        self.open.pop().ok_or_else(|| self.damaged("end tag without a start tag".to_owned()))
    }

    #[cold]
    fn reference(&self, reference: &BytesRef<'_>) -> Result<Item<'x>, ReadError> {
        let broken = |_| self.damaged(format!("reference &{};", &**reference));
        if let Some(character) = reference.resolve_char_ref().map_err(broken)? {
            return Ok(Item::Char(character));
        }
        let text = resolve_predefined_entity(reference);
        text.map(|text| Item::Text(Cow::Borrowed(text)))
            .ok_or_else(|| self.damaged(format!("unknown entity &{};", &**reference)))
    }

    #[cold]
    fn broken(&self, error: &quick_xml::Error) -> ReadError {
        self.damaged(format!("{error} (before byte {})", self.position()))
    }
}

/// The `val` attribute as a number. Values such as `2cm` or `abc` are none.
pub(super) fn number(start: &BytesStart<'_>) -> Option<i64> {
    attribute(start, "val")?.trim().parse().ok()
}

/// The `val` attribute of a switch: on where it is absent (ECMA-376-1 §17.17.4).
pub(super) fn is_on(start: &BytesStart<'_>) -> bool {
    attribute(start, "val").is_none_or(|value| !matches!(&*value, "0" | "false" | "off"))
}
