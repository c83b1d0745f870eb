//! What a batch has done so far, beside its outputs, so that an interrupted one can go on where it stopped.
//!
//! One line of JSON per input, written when its outputs are in their places; the file is gone when the batch is through. An input counts
//! as done only if it, the settings and every output are byte for byte what the line says: no file of an earlier input is taken for
//! this one's. Not here: a lock; two batches into one folder at once are two people's mistake, and each output is still whole.

use std::collections::HashMap;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use luoshi::Diagnostic;
use luoshi::model::fnv1a;
use serde::{Deserialize, Serialize};

use super::plan::Job;
use crate::files::unwritable;

/// Its name: hidden, and so never taken for an input.
const NAME: &str = ".luoshi-convert.jsonl";

/// The length and a digest of a file's bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sum(usize, u64);

impl Sum {
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self(bytes.len(), fnv1a(bytes))
    }
}

/// The first line: under which settings the others were written.
#[derive(Serialize, Deserialize)]
struct Head {
    settings: u64,
}

/// An input that is done.
#[derive(Serialize, Deserialize)]
struct Line {
    input: String,
    sum: Sum,
    outputs: Vec<(PathBuf, Sum)>,
}

/// The journal of a batch.
pub(super) struct Journal {
    path: PathBuf,
    done: HashMap<String, Line>,
    file: Mutex<File>,
}

impl Journal {
    /// Begins a journal in the folder of the outputs, or goes on with the one that is there.
    ///
    /// # Errors
    /// Where it can't be written.
    pub(super) fn open(folder: &Path, settings: u64, resume: bool) -> Result<Self, Diagnostic> {
        let path = folder.join(NAME);
        let failed = |error| unwritable(&path, &error);
        let done = if resume { read(&path, settings) } else { HashMap::new() };
        let mut file = File::create(&path).map_err(failed)?;
        write(&mut file, &Head { settings }).map_err(failed)?;
        // Written anew: the last line of a run that was killed may be half a line.
        let mut lines: Vec<&Line> = done.values().collect();
        lines.sort_by(|one, other| one.input.cmp(&other.input));
        for line in lines {
            write(&mut file, line).map_err(failed)?;
        }
        Ok(Self { done, file: Mutex::new(file), path })
    }

    /// Whether an earlier run did this job: from the same bytes to the files that are there.
    pub(super) fn has(&self, job: &Job, bytes: &[u8]) -> bool {
        let Some(line) = self.done.get(&*job.source.name()) else { return false };
        let is_there =
            |(path, sum): &(PathBuf, Sum)| std::fs::read(path).is_ok_and(|bytes| Sum::of(&bytes) == *sum);
        let paths = || job.outputs.iter().map(|(path, _)| path).eq(line.outputs.iter().map(|(path, _)| path));
        line.sum == Sum::of(bytes) && paths() && line.outputs.iter().all(is_there)
    }

    /// Writes down that a job is done. A line that can't be written costs no more than doing the job again.
    pub(super) fn add(&self, job: &Job, sum: &Sum, outputs: Vec<Sum>) {
        let paths = job.outputs.iter().map(|(path, _)| path.clone());
        let outputs = paths.zip(outputs).collect();
        let line = Line { input: job.source.name().to_string(), sum: sum.clone(), outputs };
        if let Ok(mut file) = self.file.lock() {
            let _ = write(&mut file, &line);
        }
    }

    /// The batch is through.
    pub(super) fn finish(self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

/// One write per line, so that a process that is killed leaves whole lines but for the last.
fn write(file: &mut File, line: &impl Serialize) -> std::io::Result<()> {
    let mut text = serde_json::to_vec(line)?;
    text.push(b'\n');
    file.write_all(&text)
}

/// The lines of a journal written under these settings; none where there is no such journal.
fn read(path: &Path, settings: u64) -> HashMap<String, Line> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let mut lines = text.lines();
    let head: Option<Head> = lines.next().and_then(|line| serde_json::from_str(line).ok());
    if head.is_none_or(|head| head.settings != settings) {
        return HashMap::new();
    }
    let lines = lines.filter_map(|line| serde_json::from_str::<Line>(line).ok());
    lines.map(|line| (line.input.clone(), line)).collect()
}
