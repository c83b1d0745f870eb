//! Geometry, places and findings: what the two sides of the model share.
//!
//! A [`Grid`] says what stands at every position of a table, a [`Locator`] says where in a file something was found, a
//! [`Diagnostic`] is a finding with a stable code, and an [`Outcome`] is a value together with its findings. A
//! [`SourceDocument`] is a file as its reader found it: the form between the readers and the normalizer.
//!
//! Not here: anything that knows a file format, a checklist, or a word of a message.

mod beside;
mod data_error;
mod diagnostic;
mod grid;
mod locator;
mod source;

pub use beside::{Beside, PartKind};
pub use data_error::{DataError, nearest_of};
pub use diagnostic::{Code, Diagnostic, Outcome, Severity, has_errors};
pub use grid::{Cell, Grid, GridBuilder, Overlap, Slot};
pub use locator::{Container, Locator, column_letters};
pub use source::{
    SourceBlock, SourceCell, SourceDocument, SourceLine, SourceParagraph, SourceRow, SourceTable,
};
