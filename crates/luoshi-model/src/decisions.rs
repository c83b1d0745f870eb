//! What an editor decided about a merge: which version, in which order, or a text of one's own, item by item and column by
//! column. A merge writes the open ones down and applies the rest, again and again.
//!
//! Not here: how a decision is applied (reconcile).

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use crate::{ColumnKey, ConflictKind, json::DecisionsVersion};

/// Decisions about the merges of one catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Decisions {
    /// `luoshi.decisions/1`.
    pub schema: DecisionsVersion,
    /// The id of the catalogue.
    pub catalogue: String,
    /// One entry per item and column, in the catalogue's order.
    pub decisions: Vec<Decision>,
    /// One entry per question that the catalogue does not ask.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<QuestionDecision>,
}

/// Which item a question is that the catalogue asks in other words, or not at all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuestionDecision {
    /// The question as a submission asks it; empty where a row asks nothing.
    pub matter: String,
    /// The id and the question of the item that it is most like, for whoever reads this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub like: Option<String>,
    /// What was answered to it when it was decided. Others than these, or one fewer, and the decision is reported as outdated.
    #[serde(default)]
    pub versions: Vec<DecisionVersion>,
    /// What is answered now, where that is other than what was. Whoever has looked at it puts it in the place of `versions`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub now: Vec<DecisionVersion>,
    /// The id of the item that it is, or its number where only one item has that; `""` where it is none, and its answers stay out
    /// of the attachment. `null` is open.
    #[serde(default)]
    pub item: Option<String>,
    /// Who decided.
    #[serde(default)]
    pub by: String,
    /// Why.
    #[serde(default)]
    pub why: String,
}

/// What stands in one column of one item. With neither `choose` nor `text` it is open, and the merge goes by its policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// The item's id.
    pub item: String,
    /// The column.
    pub column: ColumnKey,
    /// The question, for whoever reads this.
    #[serde(default)]
    pub matter: String,
    /// Why it is here: the conflicts that were found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<ConflictKind>,
    /// The texts that the decision is about. Others than these, or one fewer, and it is reported as outdated.
    pub versions: Vec<DecisionVersion>,
    /// The texts that there are now, where they are others than the decision is about. Whoever has looked at them puts them in the
    /// place of `versions`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub now: Vec<DecisionVersion>,
    /// The ids of the versions that stand, in this order. Not together with `text`.
    #[serde(default)]
    pub choose: Vec<String>,
    /// A text of one's own that stands instead of all versions, paragraph by paragraph, or as one string; `[]` leaves the cell
    /// empty.
    #[serde(default, deserialize_with = "paragraphs")]
    #[schemars(with = "Option<Text>")]
    pub text: Option<Vec<String>>,
    /// Who decided.
    #[serde(default)]
    pub by: String,
    /// Why.
    #[serde(default)]
    pub why: String,
}

/// A text as a person may write it.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
enum Text {
    Whole(String),
    Paragraphs(Vec<String>),
}

fn paragraphs<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<String>>, D::Error> {
    let text = Option::<Text>::deserialize(deserializer)?;
    Ok(text.map(|text| match text {
        Text::Whole(text) => text.lines().map(str::to_owned).collect(),
        Text::Paragraphs(paragraphs) => paragraphs,
    }))
}

impl Decision {
    /// Whether nobody has decided yet.
    pub fn is_open(&self) -> bool {
        self.choose.is_empty() && self.text.is_none()
    }
}

/// A text that a decision is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionVersion {
    /// Its id, [`crate::Version::id`].
    pub id: String,
    /// The unit that gave it.
    pub unit: String,
    /// The names of the files in which it stands.
    pub files: Vec<String>,
    /// The text.
    pub paragraphs: Vec<String>,
}
