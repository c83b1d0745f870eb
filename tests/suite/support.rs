//! What every topic needs: the fixtures, the program, a folder of its own, and programs that may be absent.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use luoshi::model::Attachment;
use luoshi::{Input, Outcome, ReadOptions};
use tempfile::TempDir;

/// The top level of the repository.
pub(crate) fn root() -> PathBuf {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    crate_folder.ancestors().nth(2).unwrap().to_owned()
}

pub(crate) fn fixture(path: &str) -> PathBuf {
    root().join("fixtures").join(path)
}

/// The files of a folder of the fixtures, by name.
pub(crate) fn fixtures(folder: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(fixture(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

pub(crate) fn expected(path: &str) -> Attachment {
    let bytes = std::fs::read(root().join("tests/expected").join(path)).unwrap();
    Attachment::from_json(&bytes).unwrap()
}

/// Reads a file as the program does without options.
pub(crate) fn read(path: &Path) -> Result<Outcome<Attachment>, luoshi::Error> {
    read_bytes(
        path.file_name().unwrap().to_str().unwrap(),
        &std::fs::read(path).unwrap(),
        &ReadOptions::default(),
    )
}

pub(crate) fn read_bytes(
    name: &str,
    bytes: &[u8],
    options: &ReadOptions<'_>,
) -> Result<Outcome<Attachment>, luoshi::Error> {
    luoshi::read(&Input { name: name.into(), bytes }, options)
}

pub(crate) fn attachment(path: &Path) -> Attachment {
    read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())).value
}

pub(crate) fn write(attachment: &Attachment, format: &str) -> Vec<u8> {
    luoshi::write(attachment, format, None).unwrap().value
}

/// The codes of findings, sorted and each once.
pub(crate) fn codes(outcome: &Outcome<Attachment>) -> Vec<&'static str> {
    let mut codes: Vec<&str> = outcome.diagnostics.iter().map(|finding| finding.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// Compares two attachments field by field, so that a failure names the field and not two pages of text.
#[track_caller]
pub(crate) fn assert_same(got: &Attachment, expected: &Attachment, what: &str) {
    if got == expected {
        return;
    }
    let json = |attachment: &Attachment| {
        let mut value: serde_json::Value = serde_json::from_slice(&attachment.to_json()).unwrap();
        value.as_object_mut().unwrap().remove("provenance");
        value
    };
    let mut differences = Vec::new();
    compare(&json(got), &json(expected), String::new(), &mut differences);
    panic!(
        "{what}: {} differences\n{}",
        differences.len(),
        differences[..differences.len().min(12)].join("\n")
    );
}

fn compare(
    got: &serde_json::Value,
    expected: &serde_json::Value,
    path: String,
    differences: &mut Vec<String>,
) {
    use serde_json::Value::{Array, Null, Object};
    match (got, expected) {
        (Object(one), Object(other)) => {
            let mut keys: Vec<&String> = one.keys().chain(other.keys()).collect();
            keys.sort();
            keys.dedup();
            for key in keys {
                let (one, other) = (one.get(key).unwrap_or(&Null), other.get(key).unwrap_or(&Null));
                compare(one, other, format!("{path}/{key}"), differences);
            }
        }
        (Array(one), Array(other)) if one.len() == other.len() => {
            for (index, (one, other)) in one.iter().zip(other).enumerate() {
                compare(one, other, format!("{path}/{index}"), differences);
            }
        }
        _ if got != expected => differences.push(format!("{path}:\n  got      {got}\n  expected {expected}")),
        _ => {}
    }
}

/// The program, in a folder of its own, speaking Chinese unless told otherwise.
pub(crate) struct Program {
    pub(crate) folder: TempDir,
}

impl Program {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_luoshi"));
        command.current_dir(self.folder.path()).env("LC_ALL", "zh_CN.UTF-8");
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        Run::of(self.command().args(arguments).output().unwrap())
    }

    /// The names of what lies in the folder.
    pub(crate) fn listing(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

/// What a run of the program came to.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) exit: Option<i32>,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: String,
}

impl Run {
    pub(crate) fn of(output: Output) -> Self {
        let stderr = String::from_utf8(output.stderr).unwrap();
        Self { exit: output.status.code(), stdout: output.stdout, stderr }
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.stdout).unwrap()
    }
}

/// Whether absent programs and material fail a test instead of skipping it.
pub(crate) fn everything_required() -> bool {
    std::env::var("LUOSHI_REQUIRE_INTEROP").is_ok_and(|value| value == "1")
}

/// Says what a test could not do, and how it could. With `LUOSHI_REQUIRE_INTEROP=1` that is a failure.
pub(crate) fn skip(what: &str, how: &str) {
    assert!(!everything_required(), "{what} is required. {how}");
    eprintln!("skipped: {what} is absent. {how}");
}

/// A program of another maker, or none with a word on how to install it.
pub(crate) fn tool(name: &str, probe: &str, how: &str) -> Option<Command> {
    let works = Command::new(name).arg(probe).output().is_ok_and(|output| output.status.success());
    if works {
        return Some(Command::new(name));
    }
    skip(name, how);
    None
}
