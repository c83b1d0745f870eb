//! Plain text.

use luoshi_table::{Outcome, SourceDocument};

use crate::{Cause, Input, Kind, ReadError, ReadOptions, Reader};

/// Plain text.
pub(crate) struct Text;

impl Reader for Text {
    fn name(&self) -> &'static str {
        "text"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["txt"]
    }

    fn reads(&self, kind: Kind) -> bool {
        kind == Kind::Text
    }

    fn read(&self, input: &Input<'_>, _: &ReadOptions) -> Result<Outcome<SourceDocument>, ReadError> {
        Err(ReadError::new(Cause::Unrecognised, &input.name))
    }
}
