//! Text encodings.

use std::borrow::Cow;

use luoshi_table::Outcome;

use crate::{Cause, Input, ReadError};

/// The text of a file.
pub(crate) fn decode<'a>(input: &Input<'a>) -> Result<Outcome<Cow<'a, str>>, ReadError> {
    let text = std::str::from_utf8(input.bytes).map_err(|_| ReadError::new(Cause::Encoding, &input.name))?;
    Ok(Outcome::new(Cow::Borrowed(text), Vec::new()))
}
