//! What a person must look at where two periods stand side by side (domain.md §4.1): classes, problems, what was copied forward, what
//! was left over, evidence that is gone, figures that fell.
//!
//! It is read from the answers by rules, for a person to judge. Nothing is made from it: the changes lead from one attachment to the
//! other without it, and turned about it would be another. Not here: how it is found (reconcile).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ColumnKey, QuantityChange};

/// What a person must look at in two periods.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Review {
    /// The class of every item of either, in the order of the items.
    pub classes: Vec<ClassChange>,
    /// Every problem that either period states.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<ProblemChange>,
    /// Texts that are the last period's, word for word.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub carried: Vec<Carried>,
    /// Dates and titles of the last period in this one's texts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub leftovers: Vec<Leftover>,
    /// Titles and links that the last period named and this one does not.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<EvidenceGone>,
    /// Figures that fell and that can't fall: what was counted since ever, or since the same first day.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub falls: Vec<Fall>,
    /// Questions that became several, and several that became one, as the new catalogue says.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lineage: Vec<Lineage>,
    /// Items and problems over all periods, where more than two were compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub history: Option<History>,
}

/// Items and problems over more than two periods.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct History {
    /// The periods by their labels, the first first.
    pub periods: Vec<String>,
    /// Every item of any period, by when it was first asked.
    pub items: Vec<ItemHistory>,
    /// Every problem of any period, by when it was first stated.
    pub problems: Vec<ProblemHistory>,
}

/// An item over the periods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemHistory {
    /// The question as it was asked last.
    pub matter: String,
    /// Its id in each period; none where it was not asked.
    pub ids: Vec<Option<String>>,
}

/// A problem over the periods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProblemHistory {
    /// The id of its item in the last period that has it.
    pub item: String,
    /// How each period states it; empty where one does not.
    pub texts: Vec<String>,
    /// What became of it.
    pub fate: ProblemFate,
    /// What says that it was mended.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub evidence: String,
}

impl ProblemHistory {
    /// For how many periods it was stated.
    pub fn age(&self) -> u32 {
        self.texts.iter().filter(|text| !text.is_empty()).count() as u32
    }

    /// The index of the first period that states it.
    pub fn first(&self) -> Option<usize> {
        self.texts.iter().position(|text| !text.is_empty())
    }

    /// The index of the last period that states it.
    pub fn last(&self) -> Option<usize> {
        self.texts.iter().rposition(|text| !text.is_empty())
    }
}

impl Review {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// An item on both sides, by its ids.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemPair {
    /// The old one's id; none where it came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// The new one's id; none where it is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
}

/// How far an item was carried out (domain.md §4.1). The first is best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StatusClass {
    /// 已落实.
    #[serde(alias = "已落实")]
    Done,
    /// 持续推进: a continuous duty, done for this period.
    #[serde(alias = "持续推进")]
    Continuing,
    /// 正在推进.
    #[serde(alias = "正在推进")]
    Ongoing,
    /// 部分落实.
    #[serde(alias = "部分落实")]
    Partly,
    /// 未开展.
    #[serde(alias = "未开展")]
    NotBegun,
    /// 不涉及.
    #[serde(alias = "不涉及")]
    NotApplicable,
    /// 未报送: there is no answer.
    #[serde(alias = "未报送")]
    Missing,
    /// 无法判定: no rule fits the answer.
    #[serde(alias = "无法判定")]
    Undetermined,
}

impl StatusClass {
    /// All of them, the best first.
    pub const ALL: [Self; 8] = [
        Self::Done,
        Self::Continuing,
        Self::Ongoing,
        Self::Partly,
        Self::NotBegun,
        Self::NotApplicable,
        Self::Missing,
        Self::Undetermined,
    ];

    /// Its name in JSON, such as `not-begun`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Continuing => "continuing",
            Self::Ongoing => "ongoing",
            Self::Partly => "partly",
            Self::NotBegun => "not-begun",
            Self::NotApplicable => "not-applicable",
            Self::Missing => "missing",
            Self::Undetermined => "undetermined",
        }
    }

    /// Whether it says how far an item was carried out.
    pub fn is_progress(self) -> bool {
        self <= Self::NotBegun
    }

    /// Whether a class is a step back from another: further down the line, or no answer where there was one. A duty that goes on is as
    /// good as one that is done.
    pub fn is_behind(self, before: Self) -> bool {
        let down = self.is_progress() && self > before && self > Self::Continuing;
        before.is_progress() && (down || self == Self::Missing)
    }
}

/// The class of an answer, and what told it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Classed {
    /// The class.
    pub class: StatusClass,
    /// The rule: `column` where the unit chose it, `answer` where the kind of answer says it, `figures` where nothing but evidence
    /// does, else the name of a rule of `classes.toml`.
    pub rule: String,
    /// The words that fit the rule; empty where no words did.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// The character at which they begin, from 0; paragraphs are joined by line feeds.
    #[serde(default)]
    pub at: u32,
}

impl Classed {
    /// Whether the answer is 无 or a dash, of which nobody knows what was meant: nothing done, or nothing to do.
    pub fn is_of_nothing(&self) -> bool {
        self.class == StatusClass::Undetermined && self.rule == "answer"
    }
}

/// The class of an item, last period and this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClassChange {
    /// The item.
    pub item: ItemPair,
    /// Its class last period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<Classed>,
    /// Its class now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new: Option<Classed>,
    /// It fell behind.
    pub regressed: bool,
}

/// What became of a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemFate {
    /// It is stated for the first time.
    New,
    /// It is stated again.
    Persisting,
    /// It is stated no more, and something says that it was mended.
    Closed,
    /// It is stated no more, and nothing says why. Vanished is not solved.
    Vanished,
}

/// A problem that either period states.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProblemChange {
    /// The item.
    pub item: ItemPair,
    /// What became of it.
    pub fate: ProblemFate,
    /// As the last period states it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub old: String,
    /// As this one does.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub new: String,
    /// What says that it was mended.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub evidence: String,
    /// For how many periods it has been stated.
    pub age: u32,
}

/// A text that is the last period's, word for word: 与上期相同，请确认.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Carried {
    /// The item.
    pub item: ItemPair,
    /// The column.
    pub column: ColumnKey,
    /// The unit whose share of a joined answer it is; empty for the whole answer.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// The text.
    pub paragraphs: Vec<String>,
}

/// What kind of mention it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MentionKind {
    /// A date: 2016年6月17日, 2016年6月, 2016年.
    Date,
    /// A 《title》.
    Title,
    /// An address in the web.
    Link,
}

/// A date or title of the last period in this one's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Leftover {
    /// The item.
    pub item: ItemPair,
    /// The column.
    pub column: ColumnKey,
    /// What it is.
    pub kind: MentionKind,
    /// The words.
    pub text: String,
    /// The character at which they begin, from 0; paragraphs are joined by line feeds.
    pub at: u32,
    /// The last period's text has the same words.
    pub was_there: bool,
}

/// A title or link that the last period named and this one does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EvidenceGone {
    /// The item.
    pub item: ItemPair,
    /// The column.
    pub column: ColumnKey,
    /// What it is.
    pub kind: MentionKind,
    /// The words.
    pub text: String,
}

/// A figure that fell and can't fall.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fall {
    /// The item.
    pub item: ItemPair,
    /// The column.
    pub column: ColumnKey,
    /// The figure.
    pub quantity: QuantityChange,
}

/// A question that became several, or several that became one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lineage {
    /// The old ones' ids.
    pub old: Vec<String>,
    /// The new ones' ids.
    pub new: Vec<String>,
}
