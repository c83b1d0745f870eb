//! The checked file itself: with a note at each finding, or with its marks put right; all else as it was.
//!
//! Not here: what is found (check).

use luoshi_parser::{Input, Kind};
use luoshi_patch::{Format, Note, Repair, Target};
use luoshi_rules::{Edit, Found, masked};
use luoshi_table::{Diagnostic, Locator};

use crate::check::{called, diagnostic};
use crate::words::{self, filled};
use crate::{Checked, Error, Stamp};

/// A file whose marks were put right.
pub struct Fixed {
    /// The file.
    pub bytes: Vec<u8>,
    /// Each change, and each that found no place.
    pub diagnostics: Vec<Diagnostic>,
    /// How many changes there are.
    pub count: usize,
}

/// The file with a note at each finding that stands: comments in a document, notes of cells in a workbook.
///
/// # Errors
/// [`Error`] where it is neither, or can't be written into.
pub fn annotate(input: &Input<'_>, checked: &Checked, stamp: Stamp<'_>) -> Result<Vec<u8>, Error> {
    let format = format(input)?;
    let language = checked.language;
    let note = |found: &Found| {
        let message = words::message(&diagnostic(found, language), language);
        let level = [("level", found.level.name().to_owned()), ("what", message.what)];
        let mut text = filled("check.note", &level, language);
        if !message.todo.is_empty() {
            text += &format!("\n{}", filled("render.todo", &[("todo", message.todo)], language));
        }
        let (exact, occurrence) = (found.exact.clone(), found.occurrence);
        Note { at: Target { place: found.place.at.clone(), exact, occurrence }, text }
    };
    let notes: Vec<Note> = checked.found().map(note).collect();
    let stamp = luoshi_patch::Stamp { author: stamp.author, date: stamp.date };
    luoshi_patch::annotate(input.bytes, format, &notes, stamp).map_err(|error| failed(error, input))
}

/// The file with what is safe put right, marks and white space and never a word.
///
/// # Errors
/// As [`annotate`].
pub fn fix(input: &Input<'_>, checked: &Checked) -> Result<Fixed, Error> {
    let format = format(input)?;
    let edits: Vec<(&Found, &Edit)> =
        checked.found().flat_map(|found| found.edits.iter().map(move |edit| (found, edit))).collect();
    let repair = |(found, edit): &(&Found, &Edit)| Repair {
        at: Target { place: found.place.at.clone(), exact: edit.exact.clone(), occurrence: edit.occurrence },
        replaced: edit.within.clone(),
        text: edit.text.to_owned(),
    };
    let repairs: Vec<Repair> = edits.iter().map(repair).collect();
    let (bytes, lost) =
        luoshi_patch::repair(input.bytes, format, &repairs).map_err(|error| failed(error, input))?;
    let told = |(index, (found, edit)): (usize, &(&Found, &Edit))| {
        let place = found.place.at.clone().unwrap_or_else(|| Locator::file(&input.name));
        let (old, at) = (masked(&edit.exact).into_owned(), called(&found.place, checked.language));
        if lost.contains(&index) {
            return Diagnostic::warning("mark-not-fixed", place).with("at", at).with("old", old);
        }
        let new = [&edit.exact[..edit.within.start], edit.text, &edit.exact[edit.within.end..]].concat();
        let finding = Diagnostic::info("mark-fixed", place).with("at", at).with("old", old);
        finding.with("new", masked(&new))
    };
    let diagnostics = edits.iter().enumerate().map(told).collect();
    Ok(Fixed { bytes, diagnostics, count: edits.len() - lost.len() })
}

fn format(input: &Input<'_>) -> Result<Format, Error> {
    match luoshi_parser::open(input)?.kind() {
        Kind::Docx => Ok(Format::Docx),
        Kind::Xlsx => Ok(Format::Xlsx),
        _ => Err(Error::NotPatched { place: Locator::file(&input.name) }),
    }
}

fn failed(error: luoshi_patch::PatchError, input: &Input<'_>) -> Error {
    Error::Patch { error, place: Locator::file(&input.name) }
}
