//! Inputs: files, folders and standard input.
//!
//! Not here: which format a file is; its content tells.

use std::collections::HashSet;
use std::io::{Error, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use luoshi::{Diagnostic, Locator};

/// Why the system refuses, as far as the words have it.
const REASONS: [(ErrorKind, &str); 5] = [
    (ErrorKind::NotFound, "not-found"),
    (ErrorKind::PermissionDenied, "not-permitted"),
    (ErrorKind::IsADirectory, "is-a-folder"),
    (ErrorKind::NotADirectory, "not-a-folder"),
    (ErrorKind::StorageFull, "disk-full"),
];

/// A file to read, and the path below the folder that was named, under which its outputs go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Source {
    pub(crate) path: PathBuf,
    pub(crate) below: PathBuf,
    /// The document of an archive.
    pub(crate) entry: Option<Arc<str>>,
    /// Found in a folder, not named: a pipe or a device is nobody's document there, and reading it might never end.
    pub(crate) found: bool,
}

impl Source {
    /// The name by which findings call it.
    pub(crate) fn name(&self) -> Arc<str> {
        self.whole().display().to_string().into()
    }

    /// Its path; a document of an archive stands below the archive.
    pub(crate) fn whole(&self) -> PathBuf {
        self.entry.as_ref().map_or_else(|| self.path.clone(), |entry| self.path.join(&**entry))
    }

    /// The bytes of the file.
    pub(crate) fn read(&self) -> Result<Vec<u8>, Diagnostic> {
        if self.found && self.path.metadata().is_ok_and(|there| !there.is_file()) {
            return Err(
                Diagnostic::error("file-unreadable", place(&self.path)).with("detail", "special-file")
            );
        }
        read(&self.path)
    }
}

/// Standard input or output by its name on the command line.
pub(crate) fn is_standard(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The files behind the arguments, folders opened, each folder's in the order of their names. What lies in a folder that is
/// written to is output of an earlier run and no input.
pub(crate) fn sources(arguments: &[PathBuf], outputs: &[PathBuf]) -> Result<Vec<Source>, Diagnostic> {
    let written: Vec<PathBuf> = outputs.iter().filter_map(|path| path.canonicalize().ok()).collect();
    let mut sources = Vec::new();
    for argument in arguments {
        if argument.is_dir() {
            let before = sources.len();
            let mut found = Vec::new();
            walk(argument, &written, &mut found)?;
            found.sort();
            for path in found {
                let below = path.strip_prefix(argument).unwrap_or(&path).to_owned();
                sources.push(Source { path, below, entry: None, found: true });
            }
            if sources.len() == before {
                return Err(Diagnostic::error("folder-empty", place(argument)));
            }
        } else {
            let below = PathBuf::from(argument.file_name().unwrap_or(argument.as_os_str()));
            sources.push(Source { path: argument.clone(), below, entry: None, found: false });
        }
    }
    Ok(sources)
}

fn walk(folder: &Path, written: &[PathBuf], found: &mut Vec<PathBuf>) -> Result<(), Diagnostic> {
    let unreadable = |error: Error| unreadable(folder, &error);
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        // Hidden files, and the lock files that Word and Excel lay beside an open document.
        if name.starts_with('.') || name.starts_with("~$") {
            continue;
        }
        let kind = entry.file_type().map_err(unreadable)?;
        let path = entry.path();
        // Links to folders are not followed: they may lead in a circle.
        if kind.is_symlink() && path.is_dir() || path.canonicalize().is_ok_and(|path| written.contains(&path))
        {
            continue;
        }
        if kind.is_dir() { walk(&path, written, found)? } else { found.push(path) }
    }
    Ok(())
}

/// That outputs can be what they are to be: each in a folder that is there, none an input, none another output.
pub(crate) fn check_outputs<'a>(
    inputs: impl IntoIterator<Item = &'a Path>,
    outputs: impl IntoIterator<Item = &'a Path>,
) -> Result<(), Diagnostic> {
    let inputs: HashSet<PathBuf> = inputs.into_iter().map(resolved).collect();
    let mut taken = HashSet::new();
    for path in outputs {
        if !is_standard(path) && !folder(path).is_dir() {
            let missing = Diagnostic::error("folder-missing", place(path));
            return Err(missing.with("folder", folder(path).display()));
        }
        if !is_standard(path) && inputs.contains(&resolved(path)) {
            return Err(Diagnostic::error("output-is-input", place(path)));
        }
        if !taken.insert(resolved(path)) {
            return Err(Diagnostic::error("output-twice", place(path)));
        }
    }
    Ok(())
}

/// The one name of a file, whether it exists yet or not, however it is written.
fn resolved(path: &Path) -> PathBuf {
    let parent = folder(path);
    let there = path.canonicalize().ok();
    let beside = || Some(parent.canonicalize().ok()?.join(path.file_name()?));
    there.or_else(beside).unwrap_or_else(|| path.to_owned())
}

/// A name as the name of a file: without the characters that some system does not take.
pub(crate) fn plain_name(name: &str) -> String {
    name.chars().map(|c| if c.is_control() || "/\\:*?\"<>|".contains(c) { '_' } else { c }).collect()
}

/// A file's bytes, or standard input's.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    if is_standard(path) {
        let mut bytes = Vec::new();
        return match std::io::stdin().lock().read_to_end(&mut bytes) {
            Ok(_) => Ok(bytes),
            Err(error) => Err(unreadable(path, &error)),
        };
    }
    std::fs::read(path).map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, error: &Error) -> Diagnostic {
    Diagnostic::error("file-unreadable", place(path)).with("detail", reason(error))
}

/// A path that could not be written to.
pub(crate) fn unwritable(path: &Path, error: &Error) -> Diagnostic {
    Diagnostic::error("file-unwritable", place(path)).with("detail", reason(error))
}

/// Why the system refused: by name, where the words have one, else as it says itself. An error about a temporary file names
/// that file, which nobody asked for, and holds the system's own inside.
fn reason(error: &Error) -> String {
    match REASONS.iter().find(|(kind, _)| *kind == error.kind()) {
        Some((_, name)) => (*name).to_owned(),
        None => std::error::Error::source(error).map_or(error.to_string(), ToString::to_string),
    }
}

/// The folder that a file lies in.
pub(crate) fn folder(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A path as a place.
pub(crate) fn place(path: &Path) -> Locator {
    Locator::file(&path.display().to_string().into())
}
