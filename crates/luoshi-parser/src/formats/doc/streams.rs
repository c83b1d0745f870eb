//! The streams of a document, and where findings about them stand.
//!
//! Not here: what they hold.

use luoshi_table::{Container, Locator};

use super::fib::Fib;
use crate::ReadError;
use crate::ole::Ole;

/// The name of the main stream, by which the format is told.
pub(super) const MAIN: &str = "WordDocument";
const DATA: &str = "Data";

/// The streams, each whole.
#[derive(Debug, Default)]
pub(super) struct Streams {
    pub(super) word: Vec<u8>,
    pub(super) table: Vec<u8>,
    /// Pictures, form fields and properties that are too long for a page; most documents have none.
    pub(super) data: Vec<u8>,
}

impl Streams {
    /// # Errors
    /// As [`Fib::read`] and [`Ole::read`].
    pub(super) fn read(ole: &Ole<'_>, file: &Locator) -> Result<(Self, Fib), ReadError> {
        let word = ole.read(MAIN)?;
        let fib = Fib::read(&word).map_err(|cause| ReadError::at(cause, file.clone()))?;
        let table = ole.read(fib.table_stream)?;
        let data = if ole.contains(DATA) { ole.read(DATA)? } else { Vec::new() };
        Ok((Self { word, table, data }, fib))
    }
}

/// A stream of the file.
pub(super) fn place(file: &Locator, stream: &str) -> Locator {
    Locator { container: Some(Container::Part(stream.into())), ..file.clone() }
}
