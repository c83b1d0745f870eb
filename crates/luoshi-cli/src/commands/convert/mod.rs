//! `luoshi convert`: any readable format to any writable one; several files, a folder or an archive make a batch.
//!
//! Each input is converted on its own: its outputs appear together or not at all, and in a batch one that fails does not
//! keep the others back. A batch that was interrupted goes on with `--resume`.

mod batch;
mod journal;
mod plan;

use luoshi::{Diagnostic, Outcome, ReadOptions, Severity, Theme};

use self::batch::{Batch, State};
use self::journal::{Journal, Sum};
use self::plan::{Job, Plan, plan};
use super::choices::{catalogue, theme};
use crate::Exit;
use crate::args::Convert;
use crate::files::place;
use crate::output::Pending;
use crate::render::Report;

pub(crate) fn run(args: &Convert, report: &mut Report) -> Exit {
    match attempt(args, report) {
        Ok(exit) => exit,
        Err(findings) => report.refuse(findings),
    }
}

fn attempt(args: &Convert, report: &mut Report) -> Result<Exit, Vec<Diagnostic>> {
    let one = |finding| vec![finding];
    // Everything must be sound before the first file is read.
    let Plan { jobs, folder } = plan(args, report.file()).map_err(one)?;
    let theme = theme(args.theme.as_deref()).map_err(one)?;
    let catalogue = catalogue(args.catalogue.as_deref())?;
    let journal = match folder.filter(|_| jobs.len() > 1) {
        Some(folder) => Some(Journal::open(&folder, settings(args), args.resume).map_err(one)?),
        None => None,
    };
    let work = Work {
        options: ReadOptions { revisions: args.revisions.chosen(), catalogue: catalogue.choice() },
        theme: theme.as_ref(),
        journal: journal.as_ref(),
    };
    let mut counts = Counts::default();
    let stopped = Batch::new(&args.jobs, &jobs).run(&work, |job, state, diagnostics| {
        report.extend(diagnostics);
        counts.add(&state);
        say(job, &state, report);
        if jobs.len() > 1 {
            report.flush();
        }
    });
    if jobs.len() > 1 {
        summary(jobs.len(), &counts, report);
    }
    if stopped {
        let finding = Diagnostic::unplaced("interrupted", Severity::Error);
        let finding = finding.with("done", counts.converted + counts.kept).with("files", jobs.len());
        return Err(vec![finding]);
    }
    if let Some(journal) = journal {
        journal.finish();
    }
    Ok(match counts.failed {
        0 => Exit::Clean,
        failed if failed == jobs.len() => Exit::Failed,
        _ => Exit::Findings,
    })
}

/// How a job is done.
struct Work<'a> {
    options: ReadOptions<'a>,
    theme: Option<&'a Theme>,
    journal: Option<&'a Journal>,
}

/// What became of the jobs.
#[derive(Default)]
struct Counts {
    converted: usize,
    kept: usize,
    failed: usize,
}

impl Counts {
    fn add(&mut self, state: &State) {
        match state {
            State::Converted { .. } => self.converted += 1,
            State::Kept => self.kept += 1,
            State::Failed => self.failed += 1,
        }
    }
}

fn say(job: &Job, state: &State, report: &Report) {
    let file = job.source.name().to_string();
    match state {
        State::Converted { items } => {
            let outputs: Vec<String> =
                job.outputs.iter().map(|(path, _)| path.display().to_string()).collect();
            let arguments = [("file", file), ("items", items.to_string()), ("outputs", outputs.join(" "))];
            report.say("convert.done", &arguments);
        }
        State::Kept => {}
        State::Failed => report.say("convert.failed", &[("file", file)]),
    }
}

fn summary(files: usize, counts: &Counts, report: &Report) {
    let text = |(name, count): (&'static str, usize)| (name, count.to_string());
    let all = [("files", files), ("done", counts.converted), ("failed", counts.failed)];
    report.say("convert.summary", &all.map(text));
    if counts.kept > 0 {
        report.say("convert.kept", &[("kept", counts.kept)].map(text));
    }
}

/// What an output depends on beside its input, as a digest: another theme or catalogue makes other files.
fn settings(args: &Convert) -> u64 {
    let file = |name: &str| std::fs::read(name).unwrap_or_default();
    let theme = args.theme.as_ref().map(|path| path.display().to_string());
    let mut all = format!(
        "{}\n{:?}\n{:?}\n{:?}\n{theme:?}\n{:?}\n",
        env!("CARGO_PKG_VERSION"),
        args.output,
        args.to,
        args.revisions.chosen(),
        args.catalogue
    )
    .into_bytes();
    for name in theme.iter().chain(&args.catalogue) {
        all.extend(file(name));
    }
    luoshi::model::fnv1a(&all)
}

/// Converts one input; what it was read from was read before.
fn convert(
    job: &Job,
    bytes: &[u8],
    work: &Work<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<usize, Diagnostic> {
    let input = super::input(job.source.name(), bytes);
    let Outcome { value: attachment, diagnostics: found } =
        luoshi::read(&input, &work.options).map_err(|error| error.diagnostic())?;
    diagnostics.extend(found);
    let mut pending = Pending::default();
    let mut sums = Vec::with_capacity(job.outputs.len());
    for (path, format) in &job.outputs {
        let in_output = |error: luoshi::Error| Diagnostic { place: Some(place(path)), ..error.diagnostic() };
        let written = luoshi::write(&attachment, format, work.theme).map_err(in_output)?;
        // What a writer finds is about its output, unless it names another place.
        diagnostics.extend(
            written
                .diagnostics
                .into_iter()
                .map(|finding| Diagnostic { place: finding.place.or_else(|| Some(place(path))), ..finding }),
        );
        sums.push(Sum::of(&written.value));
        pending.add(path, written.value)?;
    }
    pending.commit()?;
    if let Some(journal) = work.journal {
        journal.add(job, &Sum::of(bytes), sums);
    }
    Ok(attachment.items.len())
}
