//! Outputs: each file appears whole or not at all, and an existing one is replaced only when the new one is complete.

use std::fs::OpenOptions;
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use luoshi::Diagnostic;
use tempfile::NamedTempFile;

use crate::files::{folder, is_standard, unwritable};

/// Files written beside their destinations, waiting for all of them to be complete.
#[derive(Default)]
pub(crate) struct Pending {
    files: Vec<(NamedTempFile, PathBuf)>,
    standard: Vec<Vec<u8>>,
}

impl Pending {
    /// Takes the bytes of one output.
    pub(crate) fn add(&mut self, path: &Path, bytes: Vec<u8>) -> Result<(), Diagnostic> {
        if is_standard(path) {
            self.standard.push(bytes);
            return Ok(());
        }
        let mut file = temporary(path).map_err(|error| unwritable(path, &error))?;
        file.write_all(&bytes).map_err(|error| unwritable(path, &error))?;
        self.files.push((file, path.to_owned()));
        Ok(())
    }

    /// Puts all outputs in their places.
    pub(crate) fn commit(self) -> Result<(), Diagnostic> {
        for (file, path) in self.files {
            file.persist(&path).map_err(|error| unwritable(&path, &error.error))?;
        }
        let mut out = std::io::stdout().lock();
        for bytes in self.standard {
            match out.write_all(&bytes).and_then(|()| out.flush()) {
                // A reader that went away, as in `… -o - | head`, has what it wanted.
                Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
                    return Err(unwritable(Path::new("-"), &error));
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// An output that is written as it comes, for what would take too much memory whole.
pub(crate) struct Growing {
    file: BufWriter<NamedTempFile>,
    path: PathBuf,
}

impl Growing {
    /// Begins one.
    pub(crate) fn new(path: &Path) -> Result<Self, Diagnostic> {
        let file = temporary(path).map_err(|error| unwritable(path, &error))?;
        Ok(Self { file: BufWriter::new(file), path: path.to_owned() })
    }

    /// Writes on.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), Diagnostic> {
        self.file.write_all(bytes).map_err(|error| unwritable(&self.path, &error))
    }

    /// Puts it in its place.
    pub(crate) fn commit(self) -> Result<(), Diagnostic> {
        let Self { file, path } = self;
        let file = file.into_inner().map_err(|error| unwritable(&path, error.error()))?;
        file.persist(&path).map(drop).map_err(|error| unwritable(&path, &error.error))
    }
}

/// A file beside its destination.
fn temporary(path: &Path) -> std::io::Result<NamedTempFile> {
    replaceable(path)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".luoshi-");
    // A temporary file is private; a document that is handed around is as readable as any other new file.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder(path))
}

/// Whether a file can be put at a path, asked before the first output of a run replaces anything: a name may be too long, and
/// Windows lets no file be replaced that Excel has open.
fn replaceable(path: &Path) -> std::io::Result<()> {
    match path.metadata() {
        Ok(there) if there.is_file() => OpenOptions::new().write(true).open(path).map(drop),
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
