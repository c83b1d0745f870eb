//! Many jobs: as many at once as there are cores, findings in the order of the inputs, memory for a few hundred files.
//!
//! Not here: what a job is.

use luoshi::{Archive, Diagnostic, Input};
use rayon::prelude::*;

use super::plan::Job;
use super::{Work, convert};
use crate::args::JobsOption;
use crate::commands::choices::progress;
use crate::interrupt;

/// Jobs whose findings are held at once, and the bytes of those that lie in archives.
const AT_ONCE: usize = 256;
const BYTES_AT_ONCE: usize = 64 << 20;

/// What became of a job.
pub(super) enum State {
    Converted {
        items: usize,
    },
    /// An earlier run did it.
    Kept,
    Failed,
}

/// A job with the bytes of its input, where they were read already.
struct Loaded<'a> {
    job: &'a Job,
    bytes: Option<Result<Vec<u8>, Diagnostic>>,
}

/// The jobs of a run.
pub(super) struct Batch<'a> {
    jobs: &'a [Job],
    pool: Option<rayon::ThreadPool>,
}

impl<'a> Batch<'a> {
    pub(super) fn new(threads: &JobsOption, jobs: &'a [Job]) -> Self {
        // One file needs no threads, and a process that starts none is done sooner.
        let pool = if jobs.len() > 1 { threads.pool() } else { None };
        Self { jobs, pool }
    }

    /// Does all jobs and tells of each in their order. Whether a person stopped it.
    pub(super) fn run(&self, work: &Work<'_>, mut tell: impl FnMut(&Job, State, Vec<Diagnostic>)) -> bool {
        if self.jobs.len() > 1 {
            interrupt::listen();
        }
        let bar = progress(self.jobs.len());
        let mut flush = |chunk: &mut Vec<Loaded<'a>>| {
            let done = |loaded: Loaded<'a>| {
                let job = loaded.job;
                let done = (!interrupt::came()).then(|| one(loaded, work));
                bar.iter().for_each(|bar| bar.inc(1));
                (job, done)
            };
            let chunk = std::mem::take(chunk);
            let all: Vec<_> = match &self.pool {
                _ if self.jobs.len() == 1 => chunk.into_iter().map(done).collect(),
                Some(pool) => pool.install(|| chunk.into_par_iter().map(done).collect()),
                None => chunk.into_par_iter().map(done).collect(),
            };
            for (job, done) in all {
                if let Some((state, diagnostics)) = done {
                    tell(job, state, diagnostics);
                }
            }
        };
        let mut chunk: Vec<Loaded<'a>> = Vec::new();
        // Documents of one archive stand together, so that it is opened once.
        for same in self
            .jobs
            .chunk_by(|one, other| one.source.entry.is_some() && one.source.path == other.source.path)
        {
            load(same, &mut |loaded| {
                chunk.push(loaded);
                let held = |loaded: &Loaded<'_>| {
                    loaded.bytes.as_ref().and_then(|bytes| bytes.as_ref().ok()).map_or(0, Vec::len)
                };
                if chunk.len() == AT_ONCE || chunk.iter().map(held).sum::<usize>() >= BYTES_AT_ONCE {
                    flush(&mut chunk);
                }
            });
            if interrupt::came() {
                break;
            }
        }
        flush(&mut chunk);
        bar.iter().for_each(indicatif::ProgressBar::finish_and_clear);
        interrupt::came()
    }
}

/// Hands on the jobs of one file: a document's own, whose bytes are read in its turn, or those of an archive with their bytes.
fn load<'a>(jobs: &'a [Job], take: &mut dyn FnMut(Loaded<'a>)) {
    let [first, ..] = jobs else { return };
    if first.source.entry.is_none() {
        return jobs.iter().for_each(|job| take(Loaded { job, bytes: None }));
    }
    let bytes = match first.source.read() {
        Ok(bytes) => bytes,
        Err(finding) => {
            return jobs.iter().for_each(|job| take(Loaded { job, bytes: Some(Err(finding.clone())) }));
        }
    };
    let input = Input { name: first.source.path.display().to_string().into(), bytes: &bytes };
    // It was opened when the jobs were planned; if it is another file now, the jobs have no bytes and say so.
    let mut archive = Archive::open(&input).ok().flatten();
    for job in jobs {
        let bytes = archive.as_mut().and_then(|archive| {
            let entry = archive
                .entries()
                .iter()
                .find(|entry| Some(&*entry.name) == job.source.entry.as_deref())?
                .clone();
            Some(archive.read(&entry).map_err(|error| error.diagnostic()))
        });
        let gone = || {
            Err(Diagnostic::error("file-unreadable", crate::files::place(&job.source.whole()))
                .with("detail", "not-found"))
        };
        take(Loaded { job, bytes: Some(bytes.unwrap_or_else(gone)) });
    }
}

/// Does one job, unless an earlier run did.
fn one(loaded: Loaded<'_>, work: &Work<'_>) -> (State, Vec<Diagnostic>) {
    let Loaded { job, bytes } = loaded;
    let mut diagnostics = Vec::new();
    let bytes = bytes.unwrap_or_else(|| job.source.read());
    if let (Some(journal), Ok(bytes)) = (work.journal, &bytes)
        && journal.has(job, bytes)
    {
        return (State::Kept, diagnostics);
    }
    match bytes.and_then(|bytes| convert(job, &bytes, work, &mut diagnostics)) {
        Ok(items) => (State::Converted { items }, diagnostics),
        Err(finding) => {
            diagnostics.push(finding);
            (State::Failed, diagnostics)
        }
    }
}
