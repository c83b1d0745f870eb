//! The strings of a workbook, which its cells name by number, and the line breaks in them.

use std::borrow::Cow;

use crate::limits;

/// The shared strings of a workbook in one piece of memory: a table of a million empty strings is small.
#[derive(Debug, Default)]
pub(super) struct StringTable {
    text: String,
    ends: Vec<u32>,
}

impl StringTable {
    /// Adds a string to the end of the table. A table that is full stays as it is: its cells then name strings that are
    /// not there, and are refused.
    pub(super) fn push(&mut self, string: &str) {
        if (self.text.len() + string.len()) as u64 <= limits::TEXT_BYTES.get() {
            self.text.push_str(string);
            self.ends.push(self.text.len() as u32);
        }
    }

    /// The string of a number, from 0.
    pub(super) fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        Some(&self.text[start as usize..end as usize])
    }
}

/// A text with line feeds for its line breaks, whichever program broke them.
pub(super) fn line_feeds(text: Cow<'_, str>) -> Cow<'_, str> {
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        return text;
    }
    Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
}
