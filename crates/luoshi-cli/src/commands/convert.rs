//! `luoshi convert`: any readable format to any writable one; several files or a folder make a batch.
//!
//! Each input is converted on its own: its outputs appear together or not at all, and in a batch one that fails does not
//! keep the others back.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};

use indicatif::ProgressBar;
use luoshi::{Diagnostic, Outcome, ReadOptions, Theme};
use rayon::prelude::*;

use super::choices::{Chosen, catalogue, of_extension, progress, theme};
use crate::Exit;
use crate::args::Convert;
use crate::files::{self, Source, is_standard, place};
use crate::output::Pending;
use crate::render::Report;

/// An input and where its outputs go, in which formats.
struct Job {
    source: Source,
    outputs: Vec<(PathBuf, &'static str)>,
}

/// What became of a job.
struct Done {
    items: Option<usize>,
    diagnostics: Vec<Diagnostic>,
}

pub(crate) fn run(args: &Convert, report: &mut Report) -> Exit {
    let (jobs, theme, catalogue) = match prepare(args, report.file()) {
        Ok(prepared) => prepared,
        Err(findings) => return report.refuse(findings),
    };
    let options = ReadOptions { revisions: args.revisions.chosen(), catalogue: catalogue.choice() };
    let bar = progress(jobs.len());
    let convert = |job: &Job| {
        let done = convert(job, &options, theme.as_ref());
        bar.iter().for_each(|bar| bar.inc(1));
        done
    };
    // One file needs no threads, and a process that starts none is done sooner.
    let done: Vec<Done> = match jobs.as_slice() {
        [only] => vec![convert(only)],
        many => many.par_iter().map(convert).collect(),
    };
    bar.iter().for_each(ProgressBar::finish_and_clear);

    let failed = done.iter().filter(|done| done.items.is_none()).count();
    for (job, done) in jobs.iter().zip(done) {
        report.extend(done.diagnostics);
        let file = job.source.path.display().to_string();
        match done.items {
            Some(items) => {
                let outputs: Vec<String> =
                    job.outputs.iter().map(|(path, _)| path.display().to_string()).collect();
                let arguments =
                    [("file", file), ("items", items.to_string()), ("outputs", outputs.join(" "))];
                report.say("convert.done", &arguments);
            }
            None => report.say("convert.failed", &[("file", file)]),
        }
    }
    if jobs.len() > 1 {
        let counts = [("files", jobs.len()), ("done", jobs.len() - failed), ("failed", failed)];
        report.say("convert.summary", &counts.map(|(name, count)| (name, count.to_string())));
    }
    match failed {
        0 => Exit::Clean,
        failed if failed == jobs.len() => Exit::Failed,
        _ => Exit::Findings,
    }
}

/// Everything that must be sound before the first file is read.
fn prepare(
    args: &Convert,
    findings: Option<&PathBuf>,
) -> Result<(Vec<Job>, Option<Theme>, Chosen), Vec<Diagnostic>> {
    let one = |finding| vec![finding];
    let jobs = plan(args, findings).map_err(one)?;
    let theme = theme(args.theme.as_deref()).map_err(one)?;
    Ok((jobs, theme, catalogue(args.catalogue.as_deref())?))
}

/// Reads one input and writes its outputs.
fn convert(job: &Job, options: &ReadOptions<'_>, theme: Option<&Theme>) -> Done {
    let mut diagnostics = Vec::new();
    let items = attempt(job, options, theme, &mut diagnostics);
    match items {
        Ok(items) => Done { items: Some(items), diagnostics },
        Err(diagnostic) => {
            diagnostics.push(diagnostic);
            Done { items: None, diagnostics }
        }
    }
}

fn attempt(
    job: &Job,
    options: &ReadOptions<'_>,
    theme: Option<&Theme>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<usize, Diagnostic> {
    let bytes = files::read(&job.source.path)?;
    let input = super::input(job.source.name(), &bytes);
    let Outcome { value: attachment, diagnostics: found } =
        luoshi::read(&input, options).map_err(|error| error.diagnostic())?;
    diagnostics.extend(found);
    let mut pending = Pending::default();
    for (path, format) in &job.outputs {
        let in_output = |error: luoshi::Error| Diagnostic { place: Some(place(path)), ..error.diagnostic() };
        let written = luoshi::write(&attachment, format, theme).map_err(in_output)?;
        // What a writer finds is about its output, unless it names another place.
        diagnostics.extend(
            written
                .diagnostics
                .into_iter()
                .map(|finding| Diagnostic { place: finding.place.or_else(|| Some(place(path))), ..finding }),
        );
        pending.add(path, written.value)?;
    }
    pending.commit()?;
    Ok(attachment.items.len())
}

/// Works out the outputs of every input before anything is read.
fn plan(args: &Convert, diagnostics: Option<&PathBuf>) -> Result<Vec<Job>, Diagnostic> {
    let sources = files::sources(&args.inputs, &args.output)?;
    let batch = sources.len() > 1 || args.inputs.iter().any(|input| input.is_dir());
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
    Ok(jobs)
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
        source.path.components().filter(|part| matches!(part, Component::Normal(_))).collect();
    [source.below.with_extension(""), source.below.clone(), whole.with_extension(""), whole]
}

fn named(name: &str) -> Result<&'static str, Diagnostic> {
    let known = luoshi::formats().into_iter().find(|format| format.writes && format.name == name);
    let unknown = || Diagnostic::error("format-unknown", place(Path::new(name))).with("name", name);
    known.map(|format| format.name).ok_or_else(unknown)
}
