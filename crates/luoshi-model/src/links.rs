//! Which questions of two periods are one, for a person to say: a comparison proposes, a person confirms.
//!
//! Not here: how questions are tied without a person (reconcile).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::json::LinksVersion;

/// What is proposed and what was said of pairs of questions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Links {
    /// `luoshi.links/1`.
    pub schema: LinksVersion,
    /// A pair each.
    pub links: Vec<Link>,
}

/// A question of the last period and one of this.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// The old one's id.
    pub old: String,
    /// The new one's id.
    pub new: String,
    /// Whether they are one. `null` is open: then they count as one that is gone and one that came.
    #[serde(default)]
    pub same: Option<bool>,
    /// The old question, for whoever reads this.
    #[serde(default)]
    pub old_matter: String,
    /// The new question.
    #[serde(default)]
    pub new_matter: String,
    /// How alike they are, in thousandths.
    #[serde(default)]
    pub alike: u16,
}
