//! Word documents (docx, docm).

use luoshi_table::{Outcome, SourceDocument};

use crate::{Cause, Input, Kind, ReadError, ReadOptions, Reader};

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

    fn read(&self, input: &Input<'_>, _: &ReadOptions) -> Result<Outcome<SourceDocument>, ReadError> {
        Err(ReadError::new(Cause::Unrecognised, &input.name))
    }
}
