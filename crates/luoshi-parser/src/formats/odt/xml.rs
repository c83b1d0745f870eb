//! A part as a stream of known elements, with the checks that the XML library leaves to its caller: depth, an element
//! stack that must be empty at the end, no document type, no unknown entity.
//!
//! A piece of the part may be read a second time at another place: text that was deleted stands at the front of a document
//! and comes back where it was. Not here: what the elements mean.

use std::borrow::Cow;

use luoshi_table::Locator;
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{NamespaceResolver, ResolveResult};

use super::names::{Space, Tag};
pub(super) use crate::opc::attribute;
use crate::{Cause, ReadError, limits};

/// One thing met in a part. An empty element is a start and an end.
pub(super) enum Item<'x> {
    /// A start tag; its element is open now.
    Start(Tag, BytesStart<'x>),
    /// The end of the innermost open element.
    End(Tag),
    /// Text as it stands.
    Text(Cow<'x, str>),
    /// The end of a piece that [`Xml::insert`] put in.
    EndOfPiece,
    /// The end of the part, every element closed.
    Eof,
}

/// A part being read.
pub(super) struct Xml<'x> {
    bytes: &'x [u8],
    reader: Reader<&'x [u8]>,
    /// The readers that go on after the piece that is read now.
    suspended: Vec<Reader<&'x [u8]>>,
    names: NamespaceResolver,
    open: Vec<Tag>,
    place: Locator,
}

impl<'x> Xml<'x> {
    /// A part from its first byte; `place` is where errors are said to be.
    pub(super) fn new(bytes: &'x [u8], place: Locator) -> Self {
        Self {
            bytes,
            reader: reader(bytes),
            suspended: Vec::new(),
            names: NamespaceResolver::default(),
            open: Vec::new(),
            place,
        }
    }

    /// Number of open elements.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// # Errors
    /// `Damaged` where the part is not well-formed or ends too early, `Doctype`, `Limit` past [`limits::XML_DEPTH`].
    pub(super) fn next(&mut self) -> Result<Item<'x>, ReadError> {
        loop {
            return Ok(match self.reader.read_event() {
                Ok(Event::Start(start)) => Item::Start(self.enter(&start)?, start),
                Ok(Event::End(_)) => Item::End(self.leave()?),
                Ok(Event::Text(text)) => Item::Text(text.into_inner()),
                Ok(Event::CData(text)) => Item::Text(text.into_inner()),
                Ok(Event::GeneralRef(reference)) => Item::Text(self.resolve(&reference)?),
                Ok(Event::DocType(_)) => return Err(ReadError::at(Cause::Doctype, self.place.clone())),
                Ok(Event::Eof) => match self.suspended.pop() {
                    Some(outer) => {
                        self.reader = outer;
                        Item::EndOfPiece
                    }
                    None if self.open.is_empty() => Item::Eof,
                    None => {
                        return Err(self.damaged(format!("ends inside {} open elements", self.open.len())));
                    }
                },
                Ok(_) => continue,
                Err(error) => return Err(self.damaged(error)),
            });
        }
    }

    /// Reads on to the end of the innermost open element, which is then closed.
    pub(super) fn skip_element(&mut self) -> Result<(), ReadError> {
        let outside = self.open.len().saturating_sub(1);
        while self.open.len() > outside {
            self.next()?;
        }
        Ok(())
    }

    /// As [`Xml::skip_element`], and gives back what stood in it, to be read by [`Xml::insert`]; nothing within a piece.
    pub(super) fn skip_for_piece(&mut self) -> Result<&'x [u8], ReadError> {
        let (outside, from) = (self.open.len().saturating_sub(1), self.position());
        let mut to = from;
        while self.open.len() > outside {
            to = self.position();
            self.next()?;
        }
        Ok(self.bytes.get(from..to).filter(|_| self.suspended.is_empty()).unwrap_or_default())
    }

    /// As [`Xml::skip_element`], and gives back the text of the paragraphs that stood in it, joined by line feeds.
    pub(super) fn skip_for_text(&mut self) -> Result<String, ReadError> {
        let outside = self.open.len().saturating_sub(1);
        let mut text = String::new();
        while self.open.len() > outside {
            match self.next()? {
                Item::Text(piece) => text.push_str(&piece),
                Item::Start(Tag::Inert | Tag::Annotation, _) => self.skip_element()?,
                Item::Start(Tag::Tab, _) => text.push('\t'),
                Item::Start(Tag::Space, _) => text.push(' '),
                Item::Start(Tag::LineBreak, _) | Item::End(Tag::P | Tag::H) => text.push('\n'),
                _ => {}
            }
        }
        let kept = text.trim();
        Ok(kept.to_owned())
    }

    /// Reads a piece of this part next. It must be whole elements.
    pub(super) fn insert(&mut self, piece: &'x [u8]) {
        self.suspended.push(std::mem::replace(&mut self.reader, reader(piece)));
    }

    /// An error in this part.
    pub(super) fn damaged(&self, detail: impl ToString) -> ReadError {
        ReadError::at(Cause::Damaged { detail: detail.to_string() }, self.place.clone())
    }

    /// Offset of what is read next; of no use within a piece.
    fn position(&self) -> usize {
        self.bytes.len().saturating_sub(self.reader.get_ref().len())
    }

    fn enter(&mut self, start: &BytesStart<'_>) -> Result<Tag, ReadError> {
        if self.open.len() >= limits::XML_DEPTH.size() {
            let cause = limits::XML_DEPTH.exceeded();
            return Err(ReadError::at(cause, self.place.clone()));
        }
        self.names.push(start).map_err(|error| self.damaged(error))?;
        let (space, local) = self.names.resolve_element(start.name());
        let space = match space {
            ResolveResult::Bound(uri) => Space::of(uri.0),
            ResolveResult::Unbound | ResolveResult::Unknown(_) => Space::Other,
        };
        let tag = Tag::of(space, local.as_ref());
        self.open.push(tag);
        Ok(tag)
    }

    fn leave(&mut self) -> Result<Tag, ReadError> {
        self.names.pop();
        // The library refuses an end tag without its start tag before this can come up empty.
        self.open.pop().ok_or_else(|| self.damaged("end tag without a start tag"))
    }

    fn resolve(&self, reference: &BytesRef<'_>) -> Result<Cow<'x, str>, ReadError> {
        let character = reference.resolve_char_ref().map_err(|error| self.damaged(error))?;
        match character {
            Some(character) => Ok(Cow::Owned(character.to_string())),
            None => resolve_predefined_entity(reference)
                .map(Cow::Borrowed)
                .ok_or_else(|| self.damaged(format!("unknown entity &{};", &**reference))),
        }
    }
}

fn reader(bytes: &[u8]) -> Reader<&[u8]> {
    let mut reader = Reader::from_reader(bytes);
    reader.config_mut().expand_empty_elements = true;
    reader
}

/// Whether an attribute says yes (§18.3.2).
pub(super) fn is_on(start: &BytesStart<'_>, name: &str) -> bool {
    attribute(start, name).is_some_and(|value| value == "true")
}

/// The value of an attribute as a number.
pub(super) fn number<T: std::str::FromStr>(start: &BytesStart<'_>, name: &str) -> Option<T> {
    attribute(start, name)?.trim().parse().ok()
}
