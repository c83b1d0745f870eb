//! luoshi (落实): the tables in which government offices answer a checklist, as data, and back as the documents they sign.
//!
//! The facade over the stages, bytes in and bytes out:
//!
//! ```
//! use luoshi::{Input, ReadOptions, read, write};
//!
//! let text = "\t序号\n\t自查事项\n\t责任单位\n\t落实情况\n\n\t1\n\t推进教育信息公开\n\t区教育局\n\t已经公开。\n\n";
//! let input = Input { name: "教育局.txt".into(), bytes: text.as_bytes() };
//! let attachment = read(&input, &ReadOptions::default())?.value;
//! assert_eq!(attachment.items[0].units[0].name, "区教育局");
//! let document = write(&attachment, "docx", None)?.value;
//! assert!(document.starts_with(b"PK"));
//! # Ok::<(), luoshi::Error>(())
//! ```
//!
//! Not here: files, the clock, the terminal. The program `luoshi` has those.

mod brief;
mod check;
mod checked_file;
mod error;
mod formats;
mod read;
mod round;
pub mod words;

pub use brief::{Template, report_template, write_summary};
pub use check::{CheckOptions, Checked, check};
pub use checked_file::{Fixed, annotate, fix};
pub use error::Error;
pub use formats::{Format, format_for_extension, formats};
pub use luoshi_emitter::{Stamp, Theme, ThemeError};
pub use luoshi_model as model;
pub use luoshi_normalizer::{CatalogueChoice, CatalogueIndex, built_in, built_in_ids, is_day, period};
pub use luoshi_parser::{Archive, Entry, Input, Revisions, limits};
pub use luoshi_reconcile::{
    Editor, FormOptions, Merged, Merger, Options as MergeOptions, Submission, catalogue_of, classes, edited,
    forms, summary,
};
pub use luoshi_reconcile::{compare, diff, review};
pub use luoshi_rules as rules;
pub use luoshi_table::{
    Beside, Container, DataError, Diagnostic, Locator, Outcome, Severity, SourceBlock, SourceDocument,
    SourceParagraph, SourceTable, has_errors,
};
pub use read::{ReadOptions, inspect, read};
pub use round::{attachments, catalogue, submission};

use luoshi_emitter::Comparison;
use luoshi_model::{Attachment, ChangeSet, Findings, Form};
use luoshi_reconcile::compare::Lexicon;

/// Writes an attachment in a format of [`formats`], by its name, in the looks of a theme or of the one that ships with the
/// program.
///
/// # Errors
/// [`Error`] where the format is unknown or cannot hold the attachment.
pub fn write(
    attachment: &Attachment,
    format: &str,
    theme: Option<&Theme>,
) -> Result<Outcome<Vec<u8>>, Error> {
    luoshi_emitter::write(format, attachment, theme).map_err(Error::from)
}

/// Writes a form in a format by its name, docx or xlsx.
///
/// # Errors
/// [`Error`] where forms are not written in the format, or it cannot hold the text.
pub fn write_form(form: &Form, format: &str, theme: Option<&Theme>) -> Result<Outcome<Vec<u8>>, Error> {
    luoshi_emitter::write_form(format, form, theme).map_err(Error::from)
}

/// Writes two periods side by side in a format by its name; `changes` lead from the one to the other.
///
/// # Errors
/// [`Error`] where comparisons are not written in the format, or it cannot hold the text.
pub fn write_changes(
    (old, new): (&Attachment, &Attachment),
    changes: &ChangeSet,
    format: &str,
    stamp: Stamp<'_>,
    theme: Option<&Theme>,
) -> Result<Outcome<Vec<u8>>, Error> {
    let lexicon = Lexicon::of_units([old, new]);
    let marks = |old: &[String], new: &[String]| compare::compare(old, new, &lexicon);
    let comparison = Comparison { old, new, changes, marks: &marks, stamp };
    luoshi_emitter::write_changes(format, &comparison, theme).map_err(Error::from)
}

/// Writes what a check found in a format by its name: json, csv, xlsx or html.
///
/// # Errors
/// [`Error`] where findings are not written in the format, or it cannot hold the text.
pub fn write_findings(
    findings: &Findings,
    format: &str,
    theme: Option<&Theme>,
) -> Result<Outcome<Vec<u8>>, Error> {
    luoshi_emitter::write_findings(format, findings, theme).map_err(Error::from)
}

/// Writes a merge in a format by its name: the attachment, and in a workbook beside it who answered, whom to remind and what
/// stands against what. `sources` adds a column of sources to the workbook's data sheet.
///
/// # Errors
/// As [`write()`].
pub fn write_merge(
    merged: &Merged,
    format: &str,
    sources: bool,
    theme: Option<&Theme>,
) -> Result<Outcome<Vec<u8>>, Error> {
    let (attachment, record) = (&merged.attachment, &merged.record);
    luoshi_emitter::write_merge(format, attachment, record, sources, theme).map_err(Error::from)
}
