//! The binary documents of Word 97 to 2003 (doc), which WPS writes as wps.
//!
//! ```text
//! streams ──fib──▶ text: characters by position ──body──▶ lines and raw tables ──word──▶ grids
//!                  pages, styles ──properties──▶ cells, rows, hidden and deleted text
//!                  lists ──▶ the numbers that Word makes
//! ```
//!
//! There are no tables in such a file. Each paragraph says how deep in tables it stands and whether its mark ends a cell or
//! a row; what a row is like stands in the properties of the paragraph that ends it.
//!
//! What is content and what is told of beside it is as in [`super::docx`]. Names are those of the specification, [MS-DOC].
//!
//! Not here: Word 6 and 95, which are another format under the same stream's name; numbers that Word 6 made and later
//! versions kept as they were (`ANLD`); text under a password.

mod body;
mod fib;
mod lists;
mod names;
mod pages;
mod paragraph;
mod properties;
mod rows;
mod shapes;
mod sprm;
mod streams;
mod styles;
mod text;

#[cfg(test)]
mod tests;

use luoshi_table::{Locator, Outcome, SourceBlock, SourceDocument};

use crate::formats::word::findings::Findings;
use crate::{Kind, Opened, ReadError, ReadOptions, Reader, Revisions};
use fib::Fib;
use streams::Streams;

/// Word's binary documents (doc, wps).
pub(crate) struct Doc;

impl Reader for Doc {
    fn name(&self) -> &'static str {
        "doc"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["doc", "wps"]
    }

    fn reads(&self, kind: Kind) -> bool {
        kind == Kind::Doc
    }

    fn read(&self, opened: Opened<'_>, options: &ReadOptions) -> Result<Outcome<SourceDocument>, ReadError> {
        let (file, ole) = opened.into_ole()?;
        let place = Locator::file(&file);
        let (streams, fib) = Streams::read(&ole, &place)?;
        let (blocks, findings) = read(&streams, &fib, place.clone(), options.revisions)?;
        let document = SourceDocument { file, format: self.name(), has_spans: true, blocks };
        Ok(Outcome::new(document, findings.finish(place)))
    }
}

/// # Errors
/// Where the document is damaged or passes a limit.
fn read(
    streams: &Streams,
    fib: &Fib,
    file: Locator,
    revisions: Revisions,
) -> Result<(Vec<SourceBlock>, Findings), ReadError> {
    let text = text::Text::read(&streams.word, &streams.table, fib.range(fib::Structure::Pieces))
        .map_err(|cause| ReadError::at(cause, file.clone()))?;
    body::read(streams, fib, &text, file, revisions)
}
