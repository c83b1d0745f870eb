//! Inputs: files, folders and standard input.
//!
//! Not here: which format a file is; its content tells.

use std::io::Read;
use std::path::{Path, PathBuf};

use luoshi::{Diagnostic, Locator};

/// A file to read, and the path below the folder that was named, under which its outputs go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Source {
    pub(crate) path: PathBuf,
    pub(crate) below: PathBuf,
}

impl Source {
    /// The name by which findings call it.
    pub(crate) fn name(&self) -> std::sync::Arc<str> {
        self.path.display().to_string().into()
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
                sources.push(Source { path, below });
            }
            if sources.len() == before {
                return Err(Diagnostic::error("folder-empty", place(argument)));
            }
        } else {
            let below = PathBuf::from(argument.file_name().unwrap_or(argument.as_os_str()));
            sources.push(Source { path: argument.clone(), below });
        }
    }
    Ok(sources)
}

fn walk(folder: &Path, written: &[PathBuf], found: &mut Vec<PathBuf>) -> Result<(), Diagnostic> {
    let unreadable = |error: std::io::Error| unreadable(folder, &error);
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

pub(crate) fn unreadable(path: &Path, error: &std::io::Error) -> Diagnostic {
    Diagnostic::error("file-unreadable", place(path)).with("detail", error)
}

/// A path as a place.
pub(crate) fn place(path: &Path) -> Locator {
    Locator::file(&path.display().to_string().into())
}
