use luoshi_table::{Outcome, SourceDocument};
use crate::{Cause, Input, ReadError};
pub(super) fn read(input: &Input<'_>) -> Result<Outcome<SourceDocument>, ReadError> { Err(ReadError::new(Cause::Unrecognised, &input.name)) }
