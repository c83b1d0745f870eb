//! What several commands let a person choose: a catalogue, a theme, a format by extension.
//!
//! Not here: what a command does with it.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};
use luoshi::model::{Attachment, ChangeSet, JsonError, Links};
use luoshi::rules::Words;
use luoshi::{
    CatalogueChoice, CatalogueIndex, DataError, Diagnostic, Error, Input, Locator, ReadOptions, Revisions,
    Theme, ThemeError, catalogue_of, diff, is_day, review,
};

use crate::files::{self, is_standard, place};
use crate::render::Report;

/// The catalogue that an argument chooses.
pub(super) enum Chosen {
    Automatic,
    None,
    BuiltIn(&'static CatalogueIndex),
    File(Box<CatalogueIndex>),
}

impl Chosen {
    pub(super) fn choice(&self) -> CatalogueChoice<'_> {
        match self {
            Self::Automatic => CatalogueChoice::Automatic,
            Self::None => CatalogueChoice::None,
            Self::BuiltIn(index) => CatalogueChoice::Given(index),
            Self::File(index) => CatalogueChoice::Given(index),
        }
    }
}

/// The catalogue for reading a table: by name, from a file, none, or whichever fits.
pub(super) fn catalogue(name: Option<&str>) -> Result<Chosen, Vec<Diagnostic>> {
    match name {
        None => Ok(Chosen::Automatic),
        Some("none") => Ok(Chosen::None),
        Some(name) => match luoshi::built_in(name) {
            Some(index) => Ok(Chosen::BuiltIn(index)),
            None => {
                let bytes = catalogue_bytes(name)?;
                let input = Input { name: place(Path::new(name)).file, bytes: &bytes };
                luoshi::catalogue(&input).map(|index| Chosen::File(Box::new(index)))
            }
        },
    }
}

/// The catalogue of a yearly round: by name, from a catalogue's file, or last period's attachment.
pub(super) fn round_catalogue(
    name: &str,
    report: &mut Report,
) -> Result<Box<CatalogueIndex>, Vec<Diagnostic>> {
    let index = named_catalogue(name, report)?;
    match index.answered_columns().is_empty() {
        true => Err(vec![Diagnostic::error("catalogue-without-answers", place(Path::new(name)))]),
        false => Ok(index),
    }
}

fn named_catalogue(name: &str, report: &mut Report) -> Result<Box<CatalogueIndex>, Vec<Diagnostic>> {
    if let Some(index) = luoshi::built_in(name) {
        return Ok(Box::new(CatalogueIndex::new(index.catalogue().clone())));
    }
    let bytes = catalogue_bytes(name)?;
    let input = Input { name: place(Path::new(name)).file, bytes: &bytes };
    let is_json = bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
    let is_attachment = || Attachment::from_json(&bytes).is_ok();
    if is_json && !is_attachment() {
        return luoshi::catalogue(&input).map(Box::new);
    }
    let outcome = luoshi::read(&input, &ReadOptions::default()).map_err(|error| vec![error.diagnostic()])?;
    report.extend(outcome.diagnostics);
    let id = outcome.value.catalogue.clone().unwrap_or_else(|| stem(Path::new(name)));
    let known = luoshi::built_in(&id).map(CatalogueIndex::catalogue);
    let derived = catalogue_of(&outcome.value, &id, known).to_json();
    luoshi::catalogue(&Input { name: input.name, bytes: &derived }).map(Box::new)
}

fn catalogue_bytes(name: &str) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let path = Path::new(name);
    if !path.exists() {
        let known: Vec<&str> = luoshi::built_in_ids().collect();
        let unknown = Diagnostic::error("catalogue-unknown", place(path)).with("name", name);
        return Err(vec![unknown.with("known", known.join("、"))]);
    }
    files::read(path).map_err(|finding| vec![finding])
}

/// That a day is written as one.
pub(super) fn day(text: Option<&str>) -> Result<(), Vec<Diagnostic>> {
    match text.filter(|text| !is_day(text)) {
        Some(text) => Err(vec![Diagnostic::error("day-invalid", place(Path::new(text)))]),
        None => Ok(()),
    }
}

/// A file's name without folders and extension.
pub(super) fn stem(path: &Path) -> String {
    path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
}

/// An attachment from a file in any format.
pub(super) fn attachment(
    path: &Path,
    catalogue: CatalogueChoice<'_>,
    revisions: Revisions,
    report: &mut Report,
) -> Result<Attachment, Diagnostic> {
    let bytes = files::read(path)?;
    let input = Input { name: place(path).file, bytes: &bytes };
    let options = ReadOptions { catalogue, revisions };
    let outcome = luoshi::read(&input, &options).map_err(|error| error.diagnostic())?;
    report.extend(outcome.diagnostics);
    Ok(outcome.value)
}

/// What changed from one period to the next, by the catalogue that was chosen for the new one.
pub(super) fn compared(
    old: &Attachment,
    new: &Attachment,
    links: Option<&Links>,
    catalogue: CatalogueChoice<'_>,
) -> ChangeSet {
    let index = catalogue.index_of(new);
    let said = links.iter().flat_map(|links| &links.links);
    let known =
        said.filter_map(|link| Some(diff::Known { old: &link.old, new: &link.new, same: link.same? }));
    let known: Vec<_> = known.collect();
    let mut changes = diff::diff(old, new, diff::Options { links: &known, catalogue: index });
    changes.review = review::review(old, new, &changes, index);
    changes
}

/// A theme by its name, or from a file; a file of that name comes first.
pub(super) fn theme(path: Option<&Path>) -> Result<Option<Theme>, Diagnostic> {
    let Some(path) = path else { return Ok(None) };
    let built_in = path.to_str().filter(|_| !path.exists()).and_then(Theme::built_in);
    if built_in.is_some() {
        return Ok(built_in);
    }
    let invalid = |error| wrong_data(Diagnostic::error("theme-invalid", place(path)), error);
    let text = text(path).map_err(|error| error.unwrap_or_else(invalid))?;
    Theme::from_toml(&text).map(Some).map_err(|error| {
        invalid(match error {
            ThemeError::Invalid(error) => error,
            other => DataError::whole(other),
        })
    })
}

/// The words of the rules that ship, with an office's own.
pub(super) fn rules(path: Option<&Path>) -> Result<Words, Diagnostic> {
    let Some(path) = path else { return Ok(Words::default()) };
    let invalid = |error| wrong_data(Diagnostic::error("rules-invalid", place(path)), error);
    let text = text(path).map_err(|error| error.unwrap_or_else(invalid))?;
    Words::with_own(&text).map_err(invalid)
}

/// A text that a person wrote; without the mark that editors of Windows put before it.
fn text(path: &Path) -> Result<String, Result<Diagnostic, DataError>> {
    let bytes = files::read(path).map_err(Ok)?;
    let text = String::from_utf8(bytes).map_err(|error| Err(DataError::whole(error)))?;
    Ok(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text))
}

/// What is wrong with a data file, at its line.
fn wrong_data(finding: Diagnostic, error: DataError) -> Diagnostic {
    let at = |place: Locator| match error.line {
        0 => place,
        line => Locator { row: Some(line), column: Some(error.column), ..place },
    };
    let place = finding.place.clone().map(at);
    let nearest = error.nearest.as_deref().unwrap_or("none");
    Diagnostic { place, ..finding }.with("detail", &error.detail).with("nearest", nearest)
}

/// A document of the model that a command carries on in a file; as it begins where the file is not there yet.
pub(super) fn carried_on<T: Default>(
    path: &Path,
    from_json: fn(&[u8]) -> Result<T, JsonError>,
    schema: &'static str,
) -> Result<T, Vec<Diagnostic>> {
    if !path.exists() {
        return Ok(T::default());
    }
    let bytes = files::read(path).map_err(|finding| vec![finding])?;
    from_json(&bytes).map_err(|error| vec![Error::json(error, &place(path).file, schema).diagnostic()])
}

/// The formats in which outputs are written; standard output has JSON.
pub(super) fn of_outputs(paths: &[PathBuf]) -> Result<Vec<&'static str>, Diagnostic> {
    paths.iter().map(|path| if is_standard(path) { Ok("json") } else { of_extension(path) }).collect()
}

/// The format in which a file of this name is written.
pub(super) fn of_extension(path: &Path) -> Result<&'static str, Diagnostic> {
    let extension =
        path.extension().map(|extension| extension.to_string_lossy().into_owned()).unwrap_or_default();
    let unknown = || Diagnostic::error("format-unknown", place(path)).with("name", &extension);
    luoshi::format_for_extension(&extension).ok_or_else(unknown)
}

/// A bar for long work at a terminal; nothing for one file or a pipe.
pub(super) fn progress(files: usize) -> Option<ProgressBar> {
    if files < 2 || !std::io::stderr().is_terminal() {
        return None;
    }
    let style =
        ProgressStyle::with_template("{bar:40} {pos}/{len}").unwrap_or_else(|_| ProgressStyle::default_bar());
    Some(ProgressBar::new(files as u64).with_style(style))
}
