//! `luoshi merge`: files, folders and archives of submissions to one attachment.
//!
//! Files are read a few dozen at a time, and what they hold is let go as soon as it is merged: memory grows with what the units
//! said, not with what they sent.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use luoshi::model::{Attachment, ConflictState};
use luoshi::{
    Archive, CatalogueChoice, CatalogueIndex, Diagnostic, Input, MergeOptions, Merged, Merger, Outcome,
    Revisions, Submission, Theme, write_merge,
};
use rayon::prelude::*;

use super::choices::{attachment, of_outputs, progress, round_catalogue, theme};
use super::decisions::known;
use crate::Exit;
use crate::args::Merge;
use crate::files::{self, Source, place};
use crate::output::Pending;
use crate::render::Report;

/// Documents that are held in memory at once, and their bytes.
const AT_ONCE: usize = 64;
const BYTES_AT_ONCE: usize = 64 << 20;

pub(crate) fn run(args: &Merge, report: &mut Report) -> Exit {
    match attempt(args, report) {
        Ok(exit) => exit,
        Err(findings) => report.refuse(findings),
    }
}

fn attempt(args: &Merge, report: &mut Report) -> Result<Exit, Vec<Diagnostic>> {
    let one = |finding| vec![finding];
    let outputs: Vec<PathBuf> =
        args.output.iter().chain(&args.record).chain(&args.decisions).chain(report.file()).cloned().collect();
    let mut sources = files::sources(&args.inputs, &outputs).map_err(one)?;
    sources.sort_by(|a, b| (&a.below, &a.path).cmp(&(&b.below, &b.path)));
    let formats = of_outputs(&args.output).map_err(one)?;
    let inputs = sources.iter().map(|source| source.path.as_path());
    files::check_outputs(inputs, outputs.iter().map(PathBuf::as_path)).map_err(one)?;
    let index = round_catalogue(&args.catalogue, report)?;
    let theme = theme(args.theme.as_deref()).map_err(one)?;
    let base = match &args.base {
        Some(path) => Some(
            attachment(path, CatalogueChoice::Given(&index), Revisions::default(), report).map_err(one)?,
        ),
        None => None,
    };
    let decisions = args.decisions.as_deref().map(|path| known(path, &index)).transpose()?;
    let default = Theme::default();
    let theme = theme.as_ref();
    let wording = &theme.unwrap_or(&default).wording;
    let lead = |unit: &str| wording.lead(unit);
    let options = MergeOptions {
        policy: args.policy(),
        base: base.as_ref(),
        decisions: decisions.as_ref(),
        lead: &lead,
    };
    let (outcome, read, failed) = merge(args, &sources, &index, options, report);
    if read == 0 {
        // Nothing to merge; the findings say why.
        report.extend(outcome.diagnostics);
        return Ok(Exit::Failed);
    }
    report.extend(outcome.diagnostics);
    write(args, &formats, &outcome.value, theme, report)?;
    let merged = &outcome.value;
    let open = merged.record.conflicts.iter().filter(|one| one.state == ConflictState::Open).count();
    let due = |states: &luoshi::model::UnitCoverage| states.items.iter().any(|item| item.state.is_due());
    let counts = [
        ("read", read),
        ("failed", failed),
        ("open", open),
        ("due", merged.record.coverage.iter().filter(|unit| due(unit)).count()),
        ("answered", answered(&merged.attachment)),
        ("items", merged.attachment.items.len()),
    ];
    report.say("merge.done", &counts.map(|(name, count)| (name, count.to_string())));
    if let Some(path) = args.decisions.as_ref().filter(|_| decisions.as_ref().is_some_and(is_new)) {
        report.say("merge.decisions", &[("file", path.display().to_string())]);
    }
    Ok(Exit::Clean)
}

/// Whether a file of decisions was not there before this merge.
fn is_new(given: &luoshi::model::Decisions) -> bool {
    *given == luoshi::model::Decisions::default()
}

fn answered(attachment: &Attachment) -> usize {
    let says = |item: &&luoshi::model::Item| {
        item.status.as_ref().is_some_and(|status| !status.paragraphs.is_empty() || status.see.is_some())
    };
    attachment.items.iter().filter(says).count()
}

/// A document and the name by which the record calls it.
struct Loaded {
    name: Arc<str>,
    bytes: Result<Vec<u8>, Diagnostic>,
}

/// Reads and merges all sources; how many files could be read, and how many not.
fn merge(
    args: &Merge,
    sources: &[Source],
    index: &CatalogueIndex,
    options: MergeOptions<'_>,
    report: &mut Report,
) -> (Outcome<Merged>, usize, usize) {
    let mut merger = Merger::new(index, options);
    let names = names(sources);
    let bar = progress(sources.len());
    let pool = args.jobs.pool();
    let (mut read, mut failed) = (0, 0);
    let mut batch: Vec<Loaded> = Vec::new();
    let mut held = 0;
    let mut flush = |batch: &mut Vec<Loaded>, report: &mut Report| {
        let loaded = std::mem::take(batch);
        let parse = |loaded: Loaded| (Arc::clone(&loaded.name), submission(loaded, args, index));
        let parsed: Vec<_> = match (&pool, loaded.len()) {
            (_, 1) => loaded.into_iter().map(parse).collect(),
            (Some(pool), _) => pool.install(|| loaded.into_par_iter().map(parse).collect()),
            (None, _) => loaded.into_par_iter().map(parse).collect(),
        };
        for (name, parsed) in parsed {
            match parsed {
                Ok(outcome) => {
                    report.extend(outcome.diagnostics);
                    match outcome.value.file.unreadable {
                        Some(_) => failed += 1,
                        None => read += 1,
                    }
                    merger.add(outcome.value);
                }
                Err(finding) => {
                    merger.add_unreadable(&name, finding.code);
                    report.extend(vec![finding]);
                    failed += 1;
                }
            }
        }
    };
    for (source, name) in sources.iter().zip(names) {
        load(source, name, &mut |loaded| {
            held += loaded.bytes.as_ref().map_or(0, Vec::len);
            batch.push(loaded);
            if batch.len() == AT_ONCE || held >= BYTES_AT_ONCE {
                held = 0;
                flush(&mut batch, report);
            }
        });
        bar.iter().for_each(|bar| bar.inc(1));
    }
    flush(&mut batch, report);
    bar.iter().for_each(|bar| bar.finish_and_clear());
    (merger.finish(), read, failed)
}

/// Hands on a source's document, or each of an archive's.
fn load(source: &Source, name: Arc<str>, take: &mut dyn FnMut(Loaded)) {
    let bytes = match source.read() {
        Ok(bytes) => bytes,
        Err(finding) => return take(Loaded { name, bytes: Err(finding) }),
    };
    let input = Input { name: Arc::clone(&name), bytes: &bytes };
    match Archive::open(&input) {
        Ok(None) => take(Loaded { name, bytes: Ok(bytes) }),
        Ok(Some(mut archive)) => {
            for entry in archive.entries().to_vec() {
                let inner: Arc<str> = format!("{name}/{}", entry.name).into();
                let bytes = archive.read(&entry).map_err(|error| error.diagnostic());
                take(Loaded { name: inner, bytes });
            }
        }
        Err(error) => take(Loaded { name, bytes: Err(error.diagnostic()) }),
    }
}

fn submission(
    loaded: Loaded,
    args: &Merge,
    index: &CatalogueIndex,
) -> Result<Outcome<Submission>, Diagnostic> {
    let bytes = loaded.bytes?;
    let input = Input { name: loaded.name, bytes: &bytes };
    luoshi::submission(&input, args.revisions.chosen(), index).map_err(|error| error.diagnostic())
}

/// By what the record calls each source: its name below what was given, or its whole path where two share one.
fn names(sources: &[Source]) -> Vec<Arc<str>> {
    let mut shared: HashMap<&PathBuf, usize> = HashMap::new();
    sources.iter().for_each(|source| *shared.entry(&source.below).or_default() += 1);
    let name = |source: &Source| {
        let path = if shared[&source.below] > 1 { &source.path } else { &source.below };
        // The same on every system.
        path.display().to_string().replace('\\', "/").into()
    };
    sources.iter().map(name).collect()
}

fn write(
    args: &Merge,
    formats: &[&'static str],
    merged: &Merged,
    theme: Option<&Theme>,
    report: &mut Report,
) -> Result<(), Vec<Diagnostic>> {
    let one = |finding| vec![finding];
    let mut pending = Pending::default();
    for (path, format) in args.output.iter().zip(formats) {
        let written = write_merge(merged, format, args.sources, theme)
            .map_err(|error| vec![Diagnostic { place: Some(place(path)), ..error.diagnostic() }])?;
        report.extend_at(path, written.diagnostics);
        pending.add(path, written.value).map_err(one)?;
    }
    if let Some(path) = &args.record {
        pending.add(path, merged.record.to_json()).map_err(one)?;
    }
    if let Some(path) = &args.decisions {
        pending.add(path, merged.decisions.to_json()).map_err(one)?;
    }
    pending.commit().map_err(one)
}
