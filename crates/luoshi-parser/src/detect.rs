//! Which format a file's content is, whatever its name says.

use crate::{Cause, Input, ReadError};

/// A format told by content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// WordprocessingML in a zip package.
    Docx,
    /// SpreadsheetML in a zip package, with macros or without.
    Xlsx,
    /// The binary spreadsheet package.
    Xlsb,
    /// The binary workbook of Excel 97–2003 (BIFF8) in an OLE container, .et of that time among them.
    Xls,
    /// OpenDocument spreadsheet.
    Ods,
    /// The program's own JSON.
    Json,
    /// The text export of a word processor: one tab-led line per cell.
    Text,
    /// Delimited text.
    Csv,
}

/// Tells the format by content.
///
/// # Errors
/// [`ReadError`] with the reason where it is none that is read.
pub fn detect(input: &Input<'_>) -> Result<Kind, ReadError> {
    Err(ReadError::new(Cause::Unrecognised, &input.name))
}
