//! Which input goes to which outputs, worked out before anything is converted.
//!
//! Not here: converting.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};

use luoshi::{Archive, Diagnostic, Input};

use crate::args::Convert;
use crate::commands::choices::of_extension;
use crate::files::{self, Source, is_standard, place};

/// An input and where its outputs go, in which formats.
pub(super) struct Job {
    pub(super) source: Source,
    pub(super) outputs: Vec<(PathBuf, &'static str)>,
}

/// The jobs of a run.
pub(super) struct Plan {
    pub(super) jobs: Vec<Job>,
    /// The first folder that outputs go to; none where each is named.
    pub(super) folder: Option<PathBuf>,
}

/// Works out the outputs of every input before anything is read.
pub(super) fn plan(args: &Convert, diagnostics: Option<&PathBuf>) -> Result<Plan, Diagnostic> {
    let sources = unpacked(files::sources(&args.inputs, &args.output)?);
    let batch = sources.len() > 1
        || sources.iter().any(|source| source.entry.is_some())
        || args.inputs.iter().any(|input| input.is_dir());
    let formats = args.to.iter().map(|name| named(name)).collect::<Result<Vec<_>, _>>()?;
    // Without an extension it is no file whose format could be told, and a batch must be able to name a new folder.
    let is_folder = |path: &Path| {
        let ends_so = path.as_os_str().to_string_lossy().ends_with(['/', '\\']);
        !is_standard(path) && (ends_so || path.is_dir() || path.extension().is_none())
    };
    if batch && let Some(file) = args.output.iter().find(|path| !is_folder(path)) {
        return Err(Diagnostic::error("output-needs-directory", place(file)));
    }
    if let [format, ..] = formats.as_slice()
        && let Some(file) = args.output.first()
        && !args.output.iter().any(|path| is_folder(path) || is_standard(path))
    {
        return Err(Diagnostic::error("format-unused", place(file)).with("format", format));
    }
    let mut jobs: Vec<Job> = sources.into_iter().map(|source| Job { source, outputs: Vec::new() }).collect();
    for path in &args.output {
        if is_folder(path) {
            if formats.is_empty() {
                return Err(Diagnostic::error("output-needs-format", place(path)));
            }
            into_folder(path, &formats, &mut jobs)?;
        } else if is_standard(path) {
            let [format] = formats.as_slice() else {
                return Err(Diagnostic::error("output-needs-format", place(path)));
            };
            jobs[0].outputs.push((path.clone(), format));
        } else {
            jobs[0].outputs.push((path.clone(), of_extension(path)?));
        }
    }
    let inputs = jobs.iter().map(|job| job.source.path.as_path());
    let outputs = jobs.iter().flat_map(|job| job.outputs.iter().map(|(path, _)| path.as_path()));
    files::check_outputs(inputs, outputs.chain(diagnostics.map(PathBuf::as_path)))?;
    let folder = args.output.iter().find(|path| is_folder(path)).cloned();
    if args.resume && folder.is_none() {
        return Err(Diagnostic::error("resume-without-folder", place(&args.output[0])));
    }
    Ok(Plan { jobs, folder })
}

/// Sources with the documents of an archive in its place. Only what is called .zip is looked into before its turn: nothing else would be
/// worth opening twice.
fn unpacked(sources: Vec<Source>) -> Vec<Source> {
    let mut all = Vec::with_capacity(sources.len());
    for source in sources {
        let is_zip = source.path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zip"));
        // What can't be read or opened says so when its turn comes.
        let entries = is_zip.then(|| entries(&source)).flatten();
        match entries {
            Some(names) => all.extend(names.into_iter().map(|name| Source {
                below: source.below.with_extension("").join(&name),
                entry: Some(name.into()),
                ..source.clone()
            })),
            None => all.push(source),
        }
    }
    all
}

/// The names of the documents in an archive; none where it is no archive, or an empty one.
fn entries(source: &Source) -> Option<Vec<String>> {
    let bytes = source.read().ok()?;
    let archive = Archive::open(&Input { name: source.name(), bytes: &bytes }).ok()??;
    let names: Vec<String> = archive.entries().iter().map(|entry| entry.name.clone()).collect();
    (!names.is_empty()).then_some(names)
}

/// Outputs below a folder, under the input's own name; where two inputs would share it, under more of their paths:
/// `a.docx` and `a.xlsx` become `a.docx.json` and `a.xlsx.json`, `甲/a.docx` and `乙/a.docx` `甲/a.json` and `乙/a.json`.
fn into_folder(folder: &Path, formats: &[&'static str], jobs: &mut [Job]) -> Result<(), Diagnostic> {
    let candidates: Vec<[PathBuf; 4]> = jobs.iter().map(|job| names(&job.source)).collect();
    let mut shared: HashMap<&Path, usize> = HashMap::new();
    for own in &candidates {
        for (index, name) in own.iter().enumerate() {
            // A name that says no more than the one before is the same candidate again.
            if !own[..index].contains(name) {
                *shared.entry(name).or_default() += 1;
            }
        }
    }
    for (job, own) in jobs.iter_mut().zip(&candidates) {
        let alone = own.iter().find(|name| shared.get(name.as_path()) == Some(&1));
        let name = alone.unwrap_or(&own[3]);
        for format in formats {
            let extension = luoshi::formats()
                .into_iter()
                .find(|f| f.name == *format)
                .map_or(*format, |f| f.extensions[0]);
            let path = folder.join(format!("{}.{extension}", name.display()));
            let parent = files::folder(&path);
            std::fs::create_dir_all(parent).map_err(|error| files::unwritable(parent, &error))?;
            job.outputs.push((path, format));
        }
    }
    Ok(())
}

/// The names that an input's outputs may have, without the output's extension: each says more than the one before.
fn names(source: &Source) -> [PathBuf; 4] {
    if is_standard(&source.path) {
        return std::array::from_fn(|_| PathBuf::from("stdin"));
    }
    // Only what names something: `..` and the root of an absolute path would lead out of the folder.
    let whole: PathBuf =
        source.whole().components().filter(|part| matches!(part, Component::Normal(_))).collect();
    [source.below.with_extension(""), source.below.clone(), whole.with_extension(""), whole]
}

fn named(name: &str) -> Result<&'static str, Diagnostic> {
    let known = luoshi::formats().into_iter().find(|format| format.writes && format.name == name);
    let unknown = || Diagnostic::error("format-unknown", place(Path::new(name))).with("name", name);
    known.map(|format| format.name).ok_or_else(unknown)
}
