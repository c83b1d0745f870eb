//! What a merge leaves beside the attachment: which files came, what stands against what, and who has not answered.
//!
//! Not here: how answers are merged (reconcile), and the attachment itself.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ColumnKey, json::MergeVersion};

/// The record of a merge: everything of the submissions that is not in the attachment, and what a person must look at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeRecord {
    /// `luoshi.merge/1`.
    pub schema: MergeVersion,
    /// The id of the catalogue.
    pub catalogue: String,
    /// What was done where a unit answered twice.
    pub policy: Policy,
    /// The files, in the order of their names. Places name them by their index here.
    pub files: Vec<SubmittedFile>,
    /// What stands against what, in the order of the items.
    pub conflicts: Vec<Conflict>,
    /// Who answered what, in the order of the directory.
    pub coverage: Vec<UnitCoverage>,
    /// Names that stand for nobody, with the items that are asked of them: wordings for several units that name no members, bodies
    /// that ended without a successor.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unresolved: Vec<Unresolved>,
    /// Texts that answer nothing, such as a contact's name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asides: Vec<Aside>,
}

/// What becomes of a unit's several answers to one item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Policy {
    /// All of them stand, and the conflict is reported.
    #[default]
    KeepAll,
    /// The last one stands: by the date that the document itself states, then by the file's name.
    Latest,
    /// The first one stands, in the same order.
    First,
}

/// A file that was submitted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SubmittedFile {
    /// Its name below the folder or archive that was given.
    pub name: String,
    /// The format that its content told; empty where it could not be read.
    pub format: String,
    /// The units that speak in it, by their usual names.
    pub units: Vec<String>,
    /// The date that the document itself states, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// How many items it answers.
    pub answers: u32,
    /// The code of the finding for which it could not be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unreadable: Option<String>,
}

/// Something that a person must decide or know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Conflict {
    /// What kind it is.
    pub kind: ConflictKind,
    /// What became of it.
    pub state: ConflictState,
    /// The id of the item; none for a file, and for a question that is in no catalogue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// The question, as the submission asks it where that differs from the catalogue's.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub matter: String,
    /// The column; none where the whole row or file is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<ColumnKey>,
    /// The unit whose answer it is about; none where several are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The texts that stand against each other, or the one that has no place.
    pub versions: Vec<Version>,
}

/// What stands against what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ConflictKind {
    /// A unit gave the same answer in several files; it stands once.
    Duplicate,
    /// A unit gave different answers to one item.
    Versions,
    /// A unit answered an item that is not asked of it; the answer is not in the attachment.
    Outside,
    /// A question was retyped; its answer stands under the item that it is most like.
    Retyped,
    /// A question is in no catalogue; its answer is not in the attachment.
    UnknownItem,
    /// A unit is in no directory, or none is named; its answers are not in the attachment.
    UnitUnknown,
    /// A text stands where the form numbers, asks or names units; it is not in the attachment.
    Misplaced,
    /// Last period's text came back with its mark, or what was sent around as it was; it is not in the attachment.
    Prefilled,
    /// An answer to several items at once met another unit's answer to one of them; each item has it in full.
    SharedApart,
    /// A decision put others, or a text of the editor's own, in the place of these.
    Replaced,
    /// A decision was made about other texts than there are now. It stands.
    DecisionOutdated,
    /// A file could not be read.
    Unreadable,
}

/// What became of a conflict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ConflictState {
    /// Nobody has decided it.
    #[default]
    Open,
    /// A decision settles it.
    Decided,
    /// Nothing need be decided.
    Noted,
}

/// One text, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// A digest of the unit and the text: the same answer has the same id in every merge.
    pub id: String,
    /// The unit that gave it, by its usual name, or several joined by 、; empty where none is known.
    pub unit: String,
    /// The text.
    pub paragraphs: Vec<String>,
    /// Every place where it stands.
    pub places: Vec<Origin>,
}

/// A place in one of the record's files. Rows and columns count from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// Index of the file.
    pub file: u32,
    /// The n-th table, where the file has tables.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<u32>,
    /// The worksheet, where it has sheets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<Arc<str>>,
    /// The row; none for the file as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
    /// The column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
}

/// What a unit was asked and what it answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitCoverage {
    /// The unit's usual name.
    pub unit: String,
    /// The indexes of the files in which it speaks.
    pub files: Vec<u32>,
    /// The items asked of it, in their order. Every other item is not asked.
    pub items: Vec<ItemCoverage>,
}

/// What became of one item asked of a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemCoverage {
    /// The item's id.
    pub item: String,
    /// What was answered.
    pub state: CoverageState,
}

/// What a unit answered to an item, by how much it says. That it was not asked is said by the item's absence from its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CoverageState {
    /// A narrative, or a reference to another answer.
    Answered,
    /// 不涉及, with the reason.
    NotApplicable,
    /// 无, 暂无, —: there is nothing.
    None,
    /// The row came back empty.
    Blank,
    /// No row came back.
    Missing,
}

impl CoverageState {
    /// Whether the unit must be reminded.
    pub fn is_due(self) -> bool {
        matches!(self, Self::Blank | Self::Missing)
    }
}

/// A name that stands for nobody: a wording for several units that names no members, a body that ended without a successor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Unresolved {
    /// The name.
    pub name: String,
    /// The ids of the items asked of it.
    pub items: Vec<String>,
}

/// A text that answers nothing: in a column that the catalogue does not ask, around its table, or without a place in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Aside {
    /// The unit that wrote it; empty where none is known.
    pub unit: String,
    /// The id of the item, or the question where it is in no catalogue; empty for what stands in no row.
    pub item: String,
    /// The column's heading; empty for what stands in no row.
    pub heading: String,
    /// The text.
    pub paragraphs: Vec<String>,
    /// Where it stands.
    pub place: Origin,
}
