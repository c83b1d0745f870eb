//! Bytes of an office file to a [`SourceDocument`]: what it says and where, before any meaning.
//!
//! ```text
//! bytes ──open──▶ a reader of READERS ──▶ SourceDocument + findings
//! ```
//!
//! Each format is one folder of `formats/` and one line of [`READERS`]. The format is told by content, never by the
//! file's name, and a file that is no table says so with the reason.
//!
//! Not here: anything that knows what a checklist is; files, clock, environment.

mod archive;
mod beside;
mod detect;
mod error;
mod formats;
pub mod limits;
mod ole;
mod opc;
mod package;
mod properties;
mod text;

use std::sync::Arc;

use luoshi_table::{Outcome, SourceDocument};

pub use archive::{Archive, Entry};
pub use detect::{Kind, Opened, open};
pub use error::{Cause, ReadError};
pub use formats::READERS;
pub use properties::Properties;

/// A file's bytes and the name by which findings call it.
#[derive(Clone, Debug)]
pub struct Input<'a> {
    /// The name, used in places only; the format is told by content.
    pub name: Arc<str>,
    /// The whole file.
    pub bytes: &'a [u8],
}

/// What becomes of tracked changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Revisions {
    /// Insertions stay, deletions go: the document as it would be after accepting all.
    #[default]
    Accept,
    /// Insertions go, deletions stay: the document as it was before them.
    Reject,
}

/// What a caller may choose about reading.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReadOptions {
    /// What becomes of tracked changes.
    pub revisions: Revisions,
}

/// A format that can be read into tables.
pub trait Reader: Sync {
    /// The format's short name, such as `docx`.
    fn name(&self) -> &'static str;

    /// The usual extensions, without a dot; the first is the preferred one.
    fn extensions(&self) -> &'static [&'static str];

    /// Whether content of this kind is this reader's.
    fn reads(&self, kind: Kind) -> bool;

    /// Reads a file of a kind that is this reader's.
    ///
    /// # Errors
    /// [`ReadError`] where the file is damaged, protected, or beyond [`limits`].
    fn read(&self, opened: Opened<'_>, options: &ReadOptions) -> Result<Outcome<SourceDocument>, ReadError>;
}

/// Reads any known format, told by content.
///
/// # Errors
/// [`ReadError`] where the content is no known table format, or its reader refuses it.
pub fn read(input: &Input<'_>, options: &ReadOptions) -> Result<Outcome<SourceDocument>, ReadError> {
    open(input)?.read(options)
}
