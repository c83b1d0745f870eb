//! One file per command.

pub(crate) mod catalogue;
pub(crate) mod check;
mod choices;
pub(crate) mod completions;
pub(crate) mod convert;
pub(crate) mod decisions;
pub(crate) mod diff;
pub(crate) mod formats;
pub(crate) mod forms;
pub(crate) mod inspect;
pub(crate) mod merge;
pub(crate) mod report;
pub(crate) mod schema;

use std::io::Write;
use std::path::Path;

use luoshi::Input;

use crate::Exit;
use crate::files::unwritable;
use crate::render::Report;

/// Writes a command's result to standard output. A reader that went away, as in `luoshi formats | head`, has what it wanted.
fn print(bytes: &[u8], report: &mut Report) -> Exit {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Ok(()) => Exit::Clean,
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Exit::Clean,
        Err(error) => report.fail(unwritable(Path::new("-"), &error)),
    }
}

/// Bytes under the name by which findings call them.
fn input<'a>(name: std::sync::Arc<str>, bytes: &'a [u8]) -> Input<'a> {
    Input { name, bytes }
}
