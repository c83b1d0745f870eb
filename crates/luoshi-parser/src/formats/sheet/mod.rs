//! Spreadsheets.

use luoshi_table::{Outcome, SourceDocument};

use crate::{Cause, Input, Kind, ReadError, ReadOptions, Reader};

/// A spreadsheet.
pub(crate) struct Xlsx;

impl Reader for Xlsx {
    fn name(&self) -> &'static str {
        "xlsx"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["xlsx", "xlsm"]
    }

    fn reads(&self, kind: Kind) -> bool {
        kind == Kind::Xlsx
    }

    fn read(&self, input: &Input<'_>, _: &ReadOptions) -> Result<Outcome<SourceDocument>, ReadError> {
        Err(ReadError::new(Cause::Unrecognised, &input.name))
    }
}

/// A spreadsheet.
pub(crate) struct Xls;

impl Reader for Xls {
    fn name(&self) -> &'static str {
        "xls"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["xls"]
    }

    fn reads(&self, kind: Kind) -> bool {
        kind == Kind::Xls
    }

    fn read(&self, input: &Input<'_>, _: &ReadOptions) -> Result<Outcome<SourceDocument>, ReadError> {
        Err(ReadError::new(Cause::Unrecognised, &input.name))
    }
}

/// A spreadsheet.
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

    fn read(&self, input: &Input<'_>, _: &ReadOptions) -> Result<Outcome<SourceDocument>, ReadError> {
        Err(ReadError::new(Cause::Unrecognised, &input.name))
    }
}

/// A spreadsheet.
pub(crate) struct Ods;

impl Reader for Ods {
    fn name(&self) -> &'static str {
        "ods"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["ods"]
    }

    fn reads(&self, kind: Kind) -> bool {
        kind == Kind::Ods
    }

    fn read(&self, input: &Input<'_>, _: &ReadOptions) -> Result<Outcome<SourceDocument>, ReadError> {
        Err(ReadError::new(Cause::Unrecognised, &input.name))
    }
}
