//! Footnotes and endnotes. A form's cell holds its answer; the text of a note under it has no place in a table, so it is
//! not added to the cell but reported in full at the place of its reference.

use std::collections::BTreeMap;

use luoshi_table::Locator;

use super::names::Tag;
use super::xml::{Item, Xml, attribute};
use crate::ReadError;

/// The text of each note by its id, paragraphs joined by line feeds.
///
/// # Errors
/// Where the part is damaged.
pub(super) fn read(bytes: &[u8], place: Locator) -> Result<BTreeMap<String, String>, ReadError> {
    let mut notes = BTreeMap::new();
    let mut xml = Xml::new(bytes, place);
    loop {
        match xml.next()? {
            Item::Start(Tag::Note, start) => {
                let id = attribute(&start, "id").map(|id| id.into_owned());
                let text = xml.skip_for_text()?;
                notes.extend(id.map(|id| (id, text.trim().to_owned())));
            }
            Item::Eof => return Ok(notes),
            _ => {}
        }
    }
}
