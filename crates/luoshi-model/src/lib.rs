//! The canonical model: what a checklist asks ([`Catalogue`]), what was answered ([`Attachment`]), where each value came
//! from ([`Provenance`]), what a merge left open ([`MergeRecord`], [`Decisions`]), and what changed
//! between two periods ([`ChangeSet`]).
//!
//! The question and the answer are separate documents joined by the item's id, which is permanent; row numbers are not.
//! The JSON of both carries its schema version first, has its keys in a fixed order, and refuses unknown fields and other
//! major versions.
//!
//! Not here: files and formats (parser, emitter), and how a table is understood (normalizer).

mod attachment;
mod catalogue;
mod changes;
mod column;
mod decisions;
mod digest;
mod findings;
mod form;
mod json;
mod links;
mod merge;
mod provenance;
mod references;
mod review;
mod summary;

pub use attachment::{
    Answer, AnswerKind, Attachment, Contribution, Focus, Item, NumberSource, Period, Remark, RemarkKind,
    Role, Section, Unit,
};
pub use catalogue::{Alias, Catalogue, CatalogueColumn, CatalogueItem, CatalogueUnit, Numbering};
pub use changes::{
    Change, ChangeSet, ColumnChange, ItemAt, ItemChange, Mark, ParagraphMarks, PartChange, Proposal,
    QuantityChange, QuestionChange, Span, Tied, TiedBy, UnitChange,
};
pub use column::{Column, ColumnKey};
pub use decisions::{Decision, DecisionVersion, Decisions, QuestionDecision};
pub use digest::{digest, fnv1a};
pub use findings::{Accepted, Baseline, Finding, Findings, Level};
pub use form::{Form, FormMark, bookmark};
pub use json::{JsonError, schema, schema_names};
pub use links::{Link, Links};
pub use merge::{
    Aside, Conflict, ConflictKind, ConflictState, CoverageState, ItemCoverage, MergeRecord, Origin, Policy,
    SubmittedFile, UnitCoverage, Unresolved, Version,
};
pub use provenance::{FieldOrigin, ItemOrigin, Provenance, SourceFile};
pub use review::{
    Carried, ClassChange, Classed, EvidenceGone, Fall, History, ItemHistory, ItemPair, Leftover, Lineage,
    MentionKind, ProblemChange, ProblemFate, ProblemHistory, Review, StatusClass,
};
pub use summary::{ClassSet, Classes, Regressed, Summary, SummaryChange, SummaryItem, SummaryProblem, Tally};
