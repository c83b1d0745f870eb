//! Spreadsheets: xlsx, xls, xlsb, ods and the XML of Excel 2003.
//!
//! ```text
//! xlsx ─┐                        ┌─ number_format: a value as its cell shows it
//! xls  ─┼─ cells, merges, hidden ┤
//! xlsb ─┤   (one pass a sheet)   └─ book: one grid a sheet, with findings
//! ods  ─┤
//! xml  ─┘
//! ```
//!
//! The readers are our own, each one pass over a sheet's bytes that are already inflated and capped. A general library
//! was measured first: it gives no hidden rows, no number formats for xls and xlsb, no merges for xlsb and ods, walks a
//! sheet twice for cells and merges, and on damaged input panics or follows a chain of sectors for ever. It serves as the
//! cross-check in tests.
//!
//! Not here: which sheet is meant and what it means; formulas; charts and pictures, which are told and not read.

mod biff;
mod book;
mod drawing;
mod number_format;
mod ods;
mod spreadsheetml2003;
mod strings;
mod xls;
mod xlsb;
mod xlsx;
mod xml;

use luoshi_table::{Outcome, SourceDocument};

use crate::{Kind, Opened, ReadError, ReadOptions, Reader};

pub(crate) use spreadsheetml2003::NAMESPACE as SPREADSHEETML_2003;

/// A workbook of SpreadsheetML (ECMA-376 part 1, §18) in a zip package.
pub(crate) struct Xlsx;

impl Reader for Xlsx {
    fn name(&self) -> &'static str {
        "xlsx"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["xlsx", "xlsm", "xltx", "xltm"]
    }

    fn reads(&self, kind: Kind) -> bool {
        kind == Kind::Xlsx
    }

    fn read(&self, opened: Opened<'_>, _: &ReadOptions) -> Result<Outcome<SourceDocument>, ReadError> {
        xlsx::read(opened)
    }
}

/// A binary workbook of Excel 5–2003 (MS-XLS) in an OLE container.
pub(crate) struct Xls;

impl Reader for Xls {
    fn name(&self) -> &'static str {
        "xls"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["xls", "xlt", "et"]
    }

    fn reads(&self, kind: Kind) -> bool {
        kind == Kind::Xls
    }

    fn read(&self, opened: Opened<'_>, _: &ReadOptions) -> Result<Outcome<SourceDocument>, ReadError> {
        xls::read(opened)
    }
}

/// A binary workbook (MS-XLSB) in a zip package.
pub(crate) struct Xlsb;

impl Reader for Xlsb {
    fn name(&self) -> &'static str {
        "xlsb"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["xlsb"]
    }

    fn reads(&self, kind: Kind) -> bool {
        kind == Kind::Xlsb
    }

    fn read(&self, opened: Opened<'_>, _: &ReadOptions) -> Result<Outcome<SourceDocument>, ReadError> {
        xlsb::read(opened)
    }
}

/// A workbook of OpenDocument (OASIS ODF 1.2, part 1, §9).
pub(crate) struct Ods;

impl Reader for Ods {
    fn name(&self) -> &'static str {
        "ods"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["ods", "ots"]
    }

    fn reads(&self, kind: Kind) -> bool {
        kind == Kind::Ods
    }

    fn read(&self, opened: Opened<'_>, _: &ReadOptions) -> Result<Outcome<SourceDocument>, ReadError> {
        ods::read(opened)
    }
}

/// A workbook in the XML of Excel 2002 and 2003, whatever extension it has.
pub(crate) struct SpreadsheetMl2003;

impl Reader for SpreadsheetMl2003 {
    fn name(&self) -> &'static str {
        "spreadsheetml-2003"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["xml"]
    }

    fn reads(&self, kind: Kind) -> bool {
        kind == Kind::SpreadsheetMl2003
    }

    fn read(&self, opened: Opened<'_>, _: &ReadOptions) -> Result<Outcome<SourceDocument>, ReadError> {
        spreadsheetml2003::read(opened, self.name())
    }
}
