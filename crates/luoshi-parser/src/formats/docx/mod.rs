//! Word documents (docx, docm): one pass over the document part, and of the others only what it turns out to need.
//!
//! ```text
//! package ──parts──▶ document.xml ──xml, names──▶ elements ──body──▶ lines and raw tables ──table──▶ grids
//!                    styles.xml, numbering.xml ──▶ the numbers that Word makes, text that it hides
//! ```
//!
//! What is decided here and not by the file, in one place:
//!
//! - Tracked changes are accepted or rejected as the caller says; how many there were is reported per table.
//! - Of alternative contents one branch is read: the first whose requirements are known, else the fallback.
//! - A field shows its result. Hidden text, readings over ruby text and notes are reported with their text, not read into
//!   the cell; the text of a text box and of a nested table goes into the cell.
//! - Every break (line, page, column) is a line feed; a non-breaking hyphen is the hyphen that was meant; a soft hyphen is
//!   nothing.
//! - Headers, footers and comments are no content; comments are counted. Pictures and embedded objects are told by their
//!   place.

mod body;
mod labels;
mod names;
mod notes;
pub(in crate::formats) mod numbering;
mod paragraph;
mod parts;
mod plain;
mod repeats;
mod styles;
mod xml;

#[cfg(test)]
pub(in crate::formats) mod tests;

use luoshi_table::{Locator, Outcome, SourceDocument};

use crate::{Kind, Opened, ReadError, ReadOptions, Reader};
use parts::Parts;

/// Word documents (docx, docm).
pub(crate) struct Docx;

impl Reader for Docx {
    fn name(&self) -> &'static str {
        "docx"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["docx", "docm"]
    }

    fn reads(&self, kind: Kind) -> bool {
        kind == Kind::Docx
    }

    fn read(&self, opened: Opened<'_>, options: &ReadOptions) -> Result<Outcome<SourceDocument>, ReadError> {
        let (file, package) = opened.into_package()?;
        let mut parts = Parts::open(package)?;
        let (document, place) = parts.document()?;
        let (blocks, findings) = body::read(&document, place, &mut parts, options.revisions)?;
        let findings = findings.finish(Locator::file(&file));
        let document = SourceDocument { file, format: self.name(), has_spans: true, blocks };
        Ok(Outcome::new(document, findings))
    }
}
