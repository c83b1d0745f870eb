//! Bytes of any known format to an attachment, and to the raw grids.

use luoshi_model::Attachment;
use luoshi_normalizer::{CatalogueChoice, marked_columns, normalize, without_marked_columns};
use luoshi_parser::{Input, Kind, Opened, Revisions};
use luoshi_table::{Locator, Outcome, SourceDocument};

use crate::Error;

/// What a caller may choose about reading.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReadOptions<'a> {
    /// What becomes of tracked changes.
    pub revisions: Revisions,
    /// Which catalogue the items are matched with.
    pub catalogue: CatalogueChoice<'a>,
}

/// Reads an attachment from any format, told by content; the program's own JSON among them.
///
/// # Errors
/// [`Error`] where the file cannot be read, or holds no checklist.
pub fn read(input: &Input<'_>, options: &ReadOptions<'_>) -> Result<Outcome<Attachment>, Error> {
    let Outcome { value, mut diagnostics } = content(luoshi_parser::open(input)?, input, options.revisions)?;
    let source = match value {
        Content::Attachment(attachment) => return Ok(Outcome::new(*attachment, diagnostics)),
        Content::Grids(source) => source,
    };
    let mut meaning = normalize(source, options.catalogue)?;
    diagnostics.append(&mut meaning.diagnostics);
    Ok(Outcome::new(meaning.value, diagnostics))
}

/// What a file holds before any meaning.
pub(crate) enum Content {
    /// The program's own JSON has its meaning already.
    Attachment(Box<Attachment>),
    /// Tables, without findings about the columns that carry a form's marks.
    Grids(SourceDocument),
}

/// Takes the content out of an opened file.
pub(crate) fn content(
    opened: Opened<'_>,
    input: &Input<'_>,
    revisions: Revisions,
) -> Result<Outcome<Content>, Error> {
    if opened.kind() == Kind::Json {
        let attachment = Attachment::from_json(without_mark(input.bytes))
            .map_err(|error| Error::json(error, &input.name, "attachment"))?;
        let findings = attachment.check_references(&Locator::file(&input.name));
        return Ok(Outcome::new(Content::Attachment(Box::new(attachment)), findings));
    }
    let Outcome { value: source, mut diagnostics } = opened.read(&parsing(revisions))?;
    without_marked_columns(&mut diagnostics, &marked_columns(&source));
    Ok(Outcome::new(Content::Grids(source), diagnostics))
}

/// JSON that an editor of Windows saved begins with a byte order mark, which JSON itself does not know.
pub(crate) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

/// The raw grids of a file, with spans and places, before any meaning.
///
/// # Errors
/// [`Error`] where the file cannot be read. The program's own JSON holds no grid.
pub fn inspect(input: &Input<'_>, options: &ReadOptions<'_>) -> Result<Outcome<SourceDocument>, Error> {
    luoshi_parser::read(input, &parsing(options.revisions)).map_err(Error::from)
}

pub(crate) fn parsing(revisions: Revisions) -> luoshi_parser::ReadOptions {
    luoshi_parser::ReadOptions { revisions }
}
