//! Rich Text Format (RTF 1.9.1), often under the name .doc: one pass over the bytes.
//!
//! ```text
//! bytes ──tokens, names──▶ groups and words ──walk──▶ lines and tables of cells ──tables, word/table──▶ grids
//!         encodings: the character sets of fonts; lists: the numbers that no text of the file shows
//! ```
//!
//! What is decided here and not by the file is decided as for docx (see there). Beside that:
//!
//! - Text of a font of the Western character set is read in the document's code page first: Chinese programs put Chinese text
//!   into such fonts. A document that states no code page has it told from its bytes, with a finding.
//! - A number shown in the file (`\listtext`, `\pntext`) is believed; where there is none, it is counted by the list tables.
//! - A paragraph after `\trowd` is in the table though it lacks `\intbl`; so is one between two cells of a row.
//! - Of what is written twice for old readers the new one is read: `\ud`, `\shppict`, `\shpinst`.
//! - A group that never ends is damage, as is text behind the last one: half a document is none.

mod encodings;
mod lists;
mod names;
mod paragraph;
mod state;
mod tables;
mod tokens;
mod walk;

#[cfg(test)]
mod tests;

use luoshi_table::{Locator, Outcome, SourceDocument};

use crate::{Kind, Opened, ReadError, ReadOptions, Reader};

/// Rich Text Format.
pub(crate) struct Rtf;

impl Reader for Rtf {
    fn name(&self) -> &'static str {
        "rtf"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["rtf"]
    }

    fn reads(&self, kind: Kind) -> bool {
        kind == Kind::Rtf
    }

    fn read(&self, opened: Opened<'_>, options: &ReadOptions) -> Result<Outcome<SourceDocument>, ReadError> {
        let (file, bytes) = opened.into_bytes()?;
        let place = Locator::file(&file);
        let (blocks, findings) = walk::read(bytes, place.clone(), options.revisions)?;
        let document = SourceDocument { file, format: self.name(), has_spans: true, blocks };
        Ok(Outcome::new(document, findings.finish(place)))
    }
}
