//! Shared strings (ECMA-376 part 1, §18.4), and the rich text that cells may also hold inline.

use std::borrow::Cow;

use super::super::strings::StringTable;
use super::super::xml::{Node, Xml, read_part, unescape};
use crate::ReadError;
use crate::opc::attribute;
use crate::package::Package;

/// White space in the sense of XML. The full-width space is not: it indents paragraphs.
const WHITE_SPACE: [char; 4] = [' ', '\t', '\r', '\n'];

/// The shared strings of a part.
pub(super) fn read(package: &mut Package<'_>, part: &str) -> Result<StringTable, ReadError> {
    let (bytes, place) = read_part(package, part)?;
    let mut xml = Xml::new(&bytes, place);
    let mut table = StringTable::default();
    loop {
        match xml.next()? {
            Node::Start(element) if element.local_name().as_ref() == "si" => {
                table.push(&rich_text(&mut xml)?)
            }
            Node::Done => return Ok(table),
            _ => {}
        }
    }
}

/// The text of the string item (`si`, `is`) that was just opened: its runs joined, phonetic guides left out.
pub(super) fn rich_text<'a>(xml: &mut Xml<'a>) -> Result<Cow<'a, str>, ReadError> {
    let mut text = Cow::Borrowed("");
    let mut runs = 0;
    loop {
        match xml.next()? {
            Node::Start(element) => match element.local_name().as_ref() {
                "t" => {
                    let mut piece = xml.text()?;
                    // White space at the ends is text only where the element says so; programs show it so.
                    let is_kept = attribute(&element, "space").as_deref() == Some("preserve");
                    let trimmed = piece.trim_matches(WHITE_SPACE);
                    if !is_kept && trimmed.len() < piece.len() {
                        piece = Cow::Owned(trimmed.to_owned());
                    }
                    if text.is_empty() {
                        text = piece;
                    } else {
                        text.to_mut().push_str(&piece);
                    }
                }
                "r" => runs += 1,
                _ => xml.skip()?,
            },
            Node::End if runs > 0 => runs -= 1,
            Node::End | Node::Done => return Ok(unescape(text)),
            Node::Text(_) => {}
        }
    }
}
