//! The canonical model: what a checklist asks ([`Catalogue`]), what was answered ([`Attachment`]), and where each value
//! came from ([`Provenance`]).
//!
//! The question and the answer are separate documents joined by the item's id, which is permanent; row numbers are not.
//! The JSON of both carries its schema version first, has its keys in a fixed order, and refuses unknown fields and other
//! major versions.
//!
//! Not here: files and formats (parser, emitter), and how a table is understood (normalizer).

mod attachment;
mod catalogue;
mod column;
mod json;
mod provenance;
mod references;

pub use attachment::{
    Answer, AnswerKind, Attachment, Contribution, Focus, Item, NumberSource, Period, Remark, RemarkKind,
    Role, Section, Unit,
};
pub use catalogue::{Catalogue, CatalogueColumn, CatalogueItem, CatalogueUnit, Numbering};
pub use column::{Column, ColumnKey};
pub use json::{JsonError, schema};
pub use provenance::{FieldOrigin, ItemOrigin, Provenance, SourceFile};
