//! What changed between two periods: the question list, the units, and every answer down to its words.
//!
//! A change set holds both sides of whatever differs, so that it leads from either attachment to the other. Not here: how two
//! attachments are compared (reconcile).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Attachment, ColumnKey, Item, Review, json::ChangesVersion};

/// The changes from one attachment to another.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeSet {
    /// `luoshi.changes/1`.
    pub schema: ChangesVersion,
    /// The old attachment without its items.
    pub old: Attachment,
    /// The new attachment without its items.
    pub new: Attachment,
    /// The sections, tied.
    pub sections: Vec<PartChange>,
    /// The key areas, tied.
    pub focuses: Vec<PartChange>,
    /// Every item of either, by where it stands in either.
    pub items: Vec<ItemChange>,
    /// Questions that may be one, for a person to say. They count as one gone and one that came.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proposals: Vec<Proposal>,
    /// What a person must look at. It is no part of what leads from one attachment to the other.
    #[serde(default, skip_serializing_if = "Review::is_empty")]
    pub review: Review,
}

/// A section or key area of either period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartChange {
    /// Its id in the old one; none where it came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// Its id in the new one; none where it is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
    /// What changed of it; nothing where it is the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<QuestionChange>,
}

/// An item of either period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemChange {
    /// Where it was; none where it came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<ItemAt>,
    /// Where it is; none where it is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new: Option<ItemAt>,
    /// How the two were told to be one, and how alike their questions are, in thousandths.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tied: Option<Tied>,
    /// What changed of the question.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub question: Vec<QuestionChange>,
    /// What changed of the units that are asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<UnitChange>,
    /// What became of each column that either side answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<ColumnChange>,
}

/// An item of one side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemAt {
    /// Its index among the items, from 0.
    pub at: u32,
    /// Its id.
    pub id: String,
    /// The item; none where it is the same in every field on both sides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Box<Item>>,
}

/// How two items were told to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tied {
    /// By what.
    pub by: TiedBy,
    /// How alike the questions are, in thousandths.
    pub alike: u16,
}

/// By what two questions were told to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TiedBy {
    /// A person said so.
    Link,
    /// They have one id.
    Id,
    /// They are asked in the same words.
    Words,
    /// They are asked in similar words.
    Likeness,
}

/// What changed of a question, a section or a key area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum QuestionChange {
    /// It is asked in other words.
    Reworded,
    /// It has another number or enumerator.
    Renumbered,
    /// It stands in another section or key area.
    Moved,
}

/// What changed of the units that an item is asked of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitChange {
    /// The unit as the old one names it; none where it came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// The unit as the new one names it; none where it is gone. With both, the body is the same under another name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
}

/// What became of the answer in a column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ColumnChange {
    /// The column.
    pub column: ColumnKey,
    /// What became of it.
    pub change: Change,
    /// The words that changed, where both sides answer and differ.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<ParagraphMarks>,
    /// The figures that both sides state and that differ.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quantities: Vec<QuantityChange>,
}

/// A figure that both periods state and that differs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuantityChange {
    /// What it counts in, such as 条.
    pub unit: String,
    /// How much it was, 万 and 亿 counted in.
    pub old: f64,
    /// How much it is.
    pub new: f64,
    /// As the old text has it.
    pub old_text: String,
    /// As the new text has it.
    pub new_text: String,
    /// The character of the old text at which it begins, from 0; paragraphs are joined by line feeds.
    pub old_at: u32,
    /// The character of the new text at which it begins.
    pub new_at: u32,
    /// One of them is about so much: 2万余条.
    pub about: bool,
    /// Both count the same span: of one period, or since ever. Others are not to be compared.
    pub comparable: bool,
    /// Both count since ever: within one year such a figure can't fall.
    pub cumulative: bool,
}

/// What became of an answer (domain.md §4.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// It is the same, character by character.
    Unchanged,
    /// It is the same but for numbers and dates.
    Numbers,
    /// Nearly the same.
    Near,
    /// It changed.
    Changed,
    /// There was none, and there is.
    Answered,
    /// There was one, and there is none.
    Withdrawn,
    /// It was answered, and does not apply now.
    NotApplicable,
    /// It did not apply, and is answered now.
    Applicable,
}

/// What became of a paragraph. One that moved stands twice, once at each of its places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ParagraphMarks {
    /// Its index in the old text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<u32>,
    /// Its index in the new text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new: Option<u32>,
    /// Its text in stretches. A whole paragraph that is gone, came or moved is one. An empty stretch that is the same parts two
    /// clauses that both changed.
    pub spans: Vec<Span>,
}

/// A stretch of text with its mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// What became of it.
    pub mark: Mark,
    /// The text.
    pub text: String,
}

/// What became of a stretch of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// It stands in both.
    Same,
    /// It stands in the old text only.
    Gone,
    /// It stands in the new text only.
    Come,
    /// Here it stood; it stands elsewhere now.
    MovedFrom,
    /// Here it stands; it stood elsewhere.
    MovedTo,
}

impl Mark {
    /// Whether the old text has it here.
    pub fn is_old(self) -> bool {
        matches!(self, Self::Same | Self::Gone | Self::MovedFrom)
    }

    /// Whether the new text has it here.
    pub fn is_new(self) -> bool {
        matches!(self, Self::Same | Self::Come | Self::MovedTo)
    }
}

/// Two questions that may be one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    /// The old one's id.
    pub old: String,
    /// The new one's id.
    pub new: String,
    /// How alike they are, in thousandths.
    pub alike: u16,
}
