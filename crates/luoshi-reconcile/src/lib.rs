//! The office's yearly round: a catalogue becomes forms, forms come back as submissions, submissions become one attachment.
//!
//! ```text
//! Catalogue ──forms──▶ Form per unit            (writer, unit, reader)
//! checklists of a file ──submission──▶ replies ──merge──▶ Attachment + MergeRecord + Decisions
//! two attachments ──diff──▶ ChangeSet ──review──▶ what a person must look at
//! ```
//!
//! Everything is told by item and unit, never by row. Nothing that a unit wrote is dropped: it stands in the attachment, or in
//! a conflict of the record, or beside it.
//!
//! Not here: files and formats, and how a table is read (normalizer).

mod answers;
mod catalogue;
pub mod compare;
pub mod diff;
mod edited;
mod forms;
pub mod merge;
pub mod review;
pub mod submission;
mod summary;
mod words;

pub use catalogue::catalogue_of;
pub use edited::{Editor, edited};
pub use forms::{FormOptions, forms};
pub use merge::{Merged, Merger, Options};
pub use submission::Submission;
pub use summary::{classes, summary};
