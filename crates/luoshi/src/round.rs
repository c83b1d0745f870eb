//! The office's yearly round over bytes: a catalogue, its forms, and the submissions that come back.
//!
//! Not here: the merge itself (reconcile), files.

use luoshi_model::{Attachment, Catalogue, FormMark};
use luoshi_normalizer::{CatalogueIndex, Checklist, Checklists, check, checklists};
use luoshi_parser::{Input, Revisions};
use luoshi_reconcile::Submission;
use luoshi_table::{Diagnostic, Locator, Outcome};

use crate::Error;
use crate::read::{Content, content, parsing, without_mark};

/// Reads a catalogue, ready for matching.
///
/// # Errors
/// The findings for which it can't be used: it is none, or it contradicts itself.
pub fn catalogue(input: &Input<'_>) -> Result<CatalogueIndex, Vec<Diagnostic>> {
    let bytes = without_mark(input.bytes);
    let catalogue = Catalogue::from_json(bytes)
        .map_err(|error| vec![Error::json(error, &input.name, "catalogue").diagnostic()])?;
    let index = CatalogueIndex::new(catalogue);
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    let findings = check(&index, &Locator::file(&input.name), text);
    if findings.is_empty() { Ok(index) } else { Err(findings) }
}

/// Reads every table of a file that answers a catalogue, each by itself.
///
/// # Errors
/// [`Error`] where the file cannot be read, or holds no checklist.
pub fn attachments(input: &Input<'_>, index: &CatalogueIndex) -> Result<Outcome<Vec<Attachment>>, Error> {
    let lists = lists(input, Revisions::default(), index)?.1;
    let attachments = lists.value.lists.into_iter().map(|list| list.attachment).collect();
    Ok(Outcome::new(attachments, lists.diagnostics))
}

/// Reads what one file answers to a catalogue: a form of ours, a file of a unit's own, an attachment.
///
/// Of a file that holds no checklist its texts are kept as asides, and [`luoshi_model::SubmittedFile::unreadable`] says why.
///
/// # Errors
/// [`Error`] where the file cannot be read.
pub fn submission(
    input: &Input<'_>,
    revisions: Revisions,
    index: &CatalogueIndex,
) -> Result<Outcome<Submission>, Error> {
    match lists(input, revisions, index) {
        Ok((format, lists)) => Ok(Submission::read(&input.name, format, lists, index)),
        Err(Error::NoChecklist(error)) => {
            // Read once more: no file that is a checklist pays for keeping its texts.
            let Outcome { value: source, mut diagnostics } = luoshi_parser::read(input, &parsing(revisions))?;
            let mut kept = Submission::without_checklist(&input.name, &source, error.diagnostic());
            diagnostics.append(&mut kept.diagnostics);
            Ok(Outcome::new(kept.value, diagnostics))
        }
        Err(error) => Err(error),
    }
}

/// The format of a file, and its checklists.
fn lists(
    input: &Input<'_>,
    revisions: Revisions,
    index: &CatalogueIndex,
) -> Result<(&'static str, Outcome<Checklists>), Error> {
    let mut opened = luoshi_parser::open(input)?;
    let mark = opened.properties().get(FormMark::PROPERTY).and_then(FormMark::parse);
    let Outcome { value, mut diagnostics } = content(opened, input, revisions)?;
    let source = match value {
        Content::Attachment(attachment) => {
            let list = Checklist { attachment: *attachment, form: None, beside: Vec::new() };
            let lists = Checklists { lists: vec![list], unread: Vec::new() };
            return Ok(("json", Outcome::new(lists, diagnostics)));
        }
        Content::Grids(source) => source,
    };
    let format = source.format;
    let mut lists = checklists(source, mark.as_ref(), index)?;
    diagnostics.append(&mut lists.diagnostics);
    Ok((format, Outcome::new(lists.value, diagnostics)))
}
