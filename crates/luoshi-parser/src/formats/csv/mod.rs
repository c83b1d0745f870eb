//! Delimited text (csv, tsv).

use luoshi_table::{Outcome, SourceDocument};

use crate::{Cause, Input, Kind, ReadError, ReadOptions, Reader};

/// Delimited text (csv, tsv).
pub(crate) struct Csv;

impl Reader for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["csv", "tsv"]
    }

    fn reads(&self, kind: Kind) -> bool {
        kind == Kind::Csv
    }

    fn read(&self, input: &Input<'_>, _: &ReadOptions) -> Result<Outcome<SourceDocument>, ReadError> {
        Err(ReadError::new(Cause::Unrecognised, &input.name))
    }
}
