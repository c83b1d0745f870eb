//! The XML of a part, event by event, with the checks that every part needs: depth, entities, document types, and that
//! all that was opened is closed.
//!
//! Elements and attributes are told by local name: a package may bind its namespaces to any prefix.

use std::borrow::Cow;

use luoshi_table::Locator;
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::opc::{attribute, utf8};
use crate::package::Package;
use crate::{Cause, ReadError, limits};

/// A part being read.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
    place: Locator,
}

/// What comes next in a part. An empty element is a start and an end.
pub(super) enum Node<'a> {
    Start(BytesStart<'a>),
    End,
    Text(Cow<'a, str>),
    /// The end of the part, all elements closed.
    Done,
}

impl<'a> Xml<'a> {
    pub(super) fn new(bytes: &'a [u8], place: Locator) -> Self {
        let mut reader = Reader::from_reader(bytes);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, depth: 0, place }
    }

    pub(super) fn damaged(&self, detail: impl ToString) -> ReadError {
        ReadError::at(Cause::Damaged { detail: detail.to_string() }, self.place.clone())
    }

    /// The next node; comments and processing instructions are passed over.
    ///
    /// # Errors
    /// `Damaged` where the XML is not well-formed or cut, `Doctype`, `Limit` for the depth.
    pub(super) fn next(&mut self) -> Result<Node<'a>, ReadError> {
        loop {
            match self.reader.read_event().map_err(|error| self.damaged(error))? {
                Event::Start(element) => {
                    self.depth += 1;
                    if self.depth > limits::XML_DEPTH.size() {
                        let cause = limits::XML_DEPTH.exceeded();
                        return Err(ReadError::at(cause, self.place.clone()));
                    }
                    return Ok(Node::Start(element));
                }
                Event::End(_) => {
                    self.depth -= 1;
                    return Ok(Node::End);
                }
                Event::Text(text) => {
                    return Ok(Node::Text(line_ends(text.into_inner())));
                }
                Event::CData(text) => return Ok(Node::Text(line_ends(text.into_inner()))),
                Event::GeneralRef(reference) => return Ok(Node::Text(self.resolve(&reference)?)),
                Event::DocType(_) => return Err(ReadError::at(Cause::Doctype, self.place.clone())),
                Event::Eof if self.depth > 0 => return Err(self.damaged("the part is cut short")),
                Event::Eof => return Ok(Node::Done),
                _ => {}
            }
        }
    }

    fn resolve(&self, reference: &BytesRef<'_>) -> Result<Cow<'a, str>, ReadError> {
        let character = reference.resolve_char_ref().map_err(|error| self.damaged(error))?;
        Ok(match (character, &**reference) {
            (Some(character), _) => Cow::Owned(character.to_string()),
            (None, "lt") => Cow::Borrowed("<"),
            (None, "gt") => Cow::Borrowed(">"),
            (None, "amp") => Cow::Borrowed("&"),
            (None, "quot") => Cow::Borrowed("\""),
            (None, "apos") => Cow::Borrowed("'"),
            (None, name) => return Err(self.damaged(format!("the entity {name} is not declared"))),
        })
    }

    /// Passes over the rest of the element that was just opened.
    pub(super) fn skip(&mut self) -> Result<(), ReadError> {
        let outside = self.depth - 1;
        while self.depth > outside {
            self.next()?;
        }
        Ok(())
    }

    /// The text of the element that was just opened, that of elements in it left out.
    pub(super) fn text(&mut self) -> Result<Cow<'a, str>, ReadError> {
        let mut text = Cow::Borrowed("");
        loop {
            match self.next()? {
                Node::Text(piece) if text.is_empty() => text = piece,
                Node::Text(piece) => text.to_mut().push_str(&piece),
                Node::Start(_) => self.skip()?,
                Node::End | Node::Done => return Ok(text),
            }
        }
    }
}

/// XML counts a carriage return, with or without a line feed after it, as a line feed (XML 1.0, §2.11).
fn line_ends(text: Cow<'_, str>) -> Cow<'_, str> {
    super::strings::line_feeds(text)
}

/// The bytes of a part as UTF-8, and its place.
///
/// # Errors
/// As [`Package::read`], and `Encoding`.
pub(super) fn read_part(package: &mut Package<'_>, name: &str) -> Result<(Vec<u8>, Locator), ReadError> {
    let place = package.place(name);
    let bytes = utf8(package.read(name)?).map_err(|cause| ReadError::at(cause, place.clone()))?;
    Ok((bytes, place))
}

/// Whether an attribute says yes (`xsd:boolean`).
pub(super) fn is_on(element: &BytesStart<'_>, name: &str) -> bool {
    attribute(element, name).is_some_and(|value| matches!(&*value, "1" | "true" | "on"))
}

/// A text with the escapes that SpreadsheetML writes for characters XML cannot hold (`_x000D_`, ECMA-376 part 1,
/// §22.9.2.19) undone, and line feeds for its line breaks.
pub(super) fn unescape(text: Cow<'_, str>) -> Cow<'_, str> {
    if memchr::memmem::find(text.as_bytes(), b"_x").is_none() {
        return super::strings::line_feeds(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = &*text;
    while let Some(at) = rest.find("_x") {
        let unit = |text: &str| {
            let digits = text
                .strip_prefix("_x")?
                .get(..4)
                .filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
            (text.as_bytes().get(6) == Some(&b'_')).then(|| u16::from_str_radix(digits, 16).ok())?
        };
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        // A character beyond the first plane is two escapes.
        let units = [unit(rest), rest.get(7..).and_then(unit)];
        let decode = |count: usize| {
            let units = units[..count].iter().copied().collect::<Option<Vec<u16>>>()?;
            char::decode_utf16(units).collect::<Result<String, _>>().ok()
        };
        match decode(1).map(|text| (text, 7)).or_else(|| decode(2).map(|text| (text, 14))) {
            Some((decoded, length)) => {
                plain.push_str(&decoded);
                rest = &rest[length..];
            }
            None => {
                plain.push('_');
                rest = &rest[1..];
            }
        }
    }
    plain.push_str(rest);
    super::strings::line_feeds(Cow::Owned(plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_undone_once() {
        for (escaped, expected) in [
            ("一_x000D_\n二", "一\n二"),
            ("a_x000D_b", "a\nb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_xD83D__xDE00_", "😀"),
            ("_xD83D_", "_xD83D_"),
            ("_x00g0_ _x41_ _x", "_x00g0_ _x41_ _x"),
            ("file_x0041_y", "fileAy"),
        ] {
            assert_eq!(unescape(Cow::Borrowed(escaped)), expected, "{escaped}");
        }
    }

    #[test]
    fn cut_deep_or_declared_documents_are_refused() {
        let read = |text: &str| {
            let mut xml = Xml::new(text.as_bytes(), Locator::file(&"a".into()));
            loop {
                match xml.next() {
                    Ok(Node::Done) => return None,
                    Ok(_) => {}
                    Err(error) => return Some(error.cause),
                }
            }
        };
        assert_eq!(read("<a><b/>&lt;&#x4E00;</a>"), None);
        assert!(matches!(read("<a><b></b>"), Some(Cause::Damaged { .. })));
        assert!(matches!(read("<a></b>"), Some(Cause::Damaged { .. })));
        assert!(matches!(read("<a>&x;</a>"), Some(Cause::Damaged { .. })));
        assert_eq!(read("<!DOCTYPE a [<!ENTITY x \"y\">]><a/>"), Some(Cause::Doctype));
        assert!(matches!(read(&"<a>".repeat(1000)), Some(Cause::Limit { what: "xml-depth", .. })));
    }
}
