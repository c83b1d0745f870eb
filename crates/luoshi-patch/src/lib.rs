//! A file as it was, with notes at places or marks put right: every part that is not touched is copied as it stands, and of those that
//! are every byte but what is added or replaced.
//!
//! ```text
//! bytes + notes or repairs ──▶ where the words stand in the part (docx/text, xlsx/strings) ──▶ pieces put in ──▶ bytes
//! ```
//!
//! Not here: what is noted and why; documents made anew (emitter).

mod docx;
mod package;
mod pieces;
mod xlsx;

use std::ops::Range;

use luoshi_table::Locator;

pub use package::PatchError;

use crate::package::Package;

/// Which words of a file are meant.
#[derive(Clone, Debug)]
pub struct Target {
    /// Their cell or part; the file as a whole where none is known.
    pub place: Option<Locator>,
    /// The words; empty where the whole cell is meant.
    pub exact: String,
    /// Which one of several same words of the cell, from 0.
    pub occurrence: usize,
}

/// A note at some words.
#[derive(Clone, Debug)]
pub struct Note {
    /// The words.
    pub at: Target,
    /// What it says; a line feed begins a paragraph.
    pub text: String,
}

/// Characters that take the place of others.
#[derive(Clone, Debug)]
pub struct Repair {
    /// The characters with their neighbours, so that they are found again.
    pub at: Target,
    /// Which bytes of [`Target::exact`] are replaced.
    pub replaced: Range<usize>,
    /// What stands there instead.
    pub text: String,
}

/// Who made notes, and when.
#[derive(Clone, Copy, Debug)]
pub struct Stamp<'a> {
    /// Who.
    pub author: &'a str,
    /// When: `2016-12-31T00:00:00Z`.
    pub date: &'a str,
}

/// The formats that can be patched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Word documents.
    Docx,
    /// Excel workbooks.
    Xlsx,
}

/// The file with a note at each place: a comment of a document, a note of a cell. What has no place stands at the beginning.
///
/// # Errors
/// [`PatchError`] where the package or a part of it can't be read or is of an unusual encoding.
pub fn annotate(
    bytes: &[u8],
    format: Format,
    notes: &[Note],
    stamp: Stamp<'_>,
) -> Result<Vec<u8>, PatchError> {
    let package = Package::open(bytes)?;
    match format {
        Format::Docx => docx::annotate(package, notes, stamp),
        Format::Xlsx => xlsx::annotate(package, notes, stamp),
    }
}

/// The file with characters replaced, and which of the repairs found no place.
///
/// # Errors
/// As [`annotate`].
pub fn repair(bytes: &[u8], format: Format, repairs: &[Repair]) -> Result<(Vec<u8>, Vec<usize>), PatchError> {
    let package = Package::open(bytes)?;
    match format {
        Format::Docx => docx::repair(package, repairs),
        Format::Xlsx => xlsx::repair(package, repairs),
    }
}

/// How a paragraph of a template looks: what takes its place looks so too.
#[derive(Clone, Copy, Debug)]
pub struct Looks<'x> {
    /// The element of its properties, `<w:pPr>…</w:pPr>`, or nothing.
    pub paragraph: &'x str,
    /// The element of its first run's properties, or nothing.
    pub run: &'x str,
}

/// What a template is filled with.
pub trait Filling {
    /// The text of a placeholder within a sentence. It is asked once for each, in the order of the document.
    fn value(&mut self, name: &str) -> Option<String>;
    /// Whether a part of the template is shown.
    fn part(&self, name: &str) -> Option<bool>;
    /// What takes the place of a paragraph that is a placeholder and nothing else, as elements of a document's body.
    fn block(&self, name: &str, looks: Looks<'_>) -> Option<String>;
    /// Every name there is.
    fn names(&self) -> Vec<&str>;
}

/// A document made of a template: its placeholders filled in, all else as it is.
///
/// `{{name}}` in a text is a value, alone in a paragraph a block; the paragraphs from `{{#name}}` to `{{/name}}`, each alone in a paragraph,
/// are a part that stands or falls as a whole.
///
/// # Errors
/// [`PatchError`] where the package can't be read, a name does not exist, or a part does not close.
pub fn fill(template: &[u8], filling: &mut dyn Filling) -> Result<Vec<u8>, PatchError> {
    docx::fill(Package::open(template)?, filling)
}

/// Where words stand in a text: the bytes of the one that is meant, else of the first.
fn find(text: &str, at: &Target) -> Option<Range<usize>> {
    if at.exact.is_empty() {
        return None;
    }
    let mut found = text.match_indices(&at.exact).map(|(from, words)| from..from + words.len());
    let first = found.next()?;
    match at.occurrence {
        0 => Some(first),
        number => found.nth(number - 1).or(Some(first)),
    }
}
