//! What a check found in an attachment, for lists and programs; and what of it an office has accepted.
//!
//! Not here: how it is found (rules). No text here repeats a private value: they are masked where they are made.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ColumnKey;
use crate::json::{BaselineVersion, FindingsVersion};

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Findings {
    /// `luoshi.findings/1`.
    pub schema: FindingsVersion,
    /// The file that was checked.
    pub file: String,
    /// The title above its table.
    pub title: String,
    /// How many items it has.
    pub items: usize,
    /// What was found, in the order of the items; what stands beside them first.
    pub findings: Vec<Finding>,
    /// What was found and is accepted, each with its reason.
    pub accepted: Vec<Finding>,
}

/// How much a finding matters.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Worth knowing.
    Info,
    /// A person should look.
    #[default]
    Warn,
    /// It must not go out like this.
    Block,
}

impl Level {
    /// Its name, as data and command lines have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warn => "warn",
            Self::Block => "block",
        }
    }
}

/// One finding.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// The stable name of its kind.
    pub code: String,
    /// How much it matters.
    pub level: Level,
    /// The id of its item, where it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// That item's number as the form shows it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub number: String,
    /// What that item asks.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub matter: String,
    /// The column of that item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<ColumnKey>,
    /// That column's heading.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub heading: String,
    /// Where it stands in the file, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// The words in question with a few around them, private values masked.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Two digits that change with the words where some of them are masked: enough to see that they changed, too few to tell them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub check: String,
    /// What was found.
    pub what: String,
    /// What to do; empty where nothing is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub todo: String,
    /// Why it is accepted.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// Findings that an office looked at and accepts. One counts only with a reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// `luoshi.baseline/1`.
    pub schema: BaselineVersion,
    /// Those that were found, an empty reason for those that nobody accepted yet.
    pub accepted: Vec<Accepted>,
}

/// A finding as a baseline knows it again: by its kind, item, column and words, never by where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Accepted {
    /// Why it is accepted; empty where it is not.
    #[serde(default)]
    pub reason: String,
    /// [`Finding::code`].
    pub code: String,
    /// [`Finding::item`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// [`Finding::column`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<ColumnKey>,
    /// [`Finding::text`].
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// [`Finding::check`].
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub check: String,
    /// What was found, for whoever reads this.
    #[serde(default)]
    pub what: String,
}

impl Accepted {
    /// Whether it is this finding.
    pub fn is(&self, finding: &Finding) -> bool {
        (&self.code, &self.item, &self.column, &self.text, &self.check)
            == (&finding.code, &finding.item, &finding.column, &finding.text, &finding.check)
    }
}

impl Baseline {
    /// Why a finding is accepted, if it is.
    pub fn reason(&self, finding: &Finding) -> Option<&str> {
        let mut accepted = self.accepted.iter().filter(|one| !one.reason.trim().is_empty());
        accepted.find(|one| one.is(finding)).map(|one| one.reason.as_str())
    }

    /// The baseline after a check: what it accepts and was found again keeps its reason, what is open waits for one, and what is
    /// gone goes.
    pub fn after(checked: &Findings) -> Self {
        let entry = |finding: &Finding| Accepted {
            reason: finding.reason.clone(),
            code: finding.code.clone(),
            item: finding.item.clone(),
            column: finding.column.clone(),
            text: finding.text.clone(),
            check: finding.check.clone(),
            what: finding.what.clone(),
        };
        let mut accepted: Vec<Accepted> =
            checked.accepted.iter().chain(&checked.findings).map(entry).collect();
        // The same words may stand in several places of one cell: accepted once, they are accepted.
        let mut seen = std::collections::BTreeSet::new();
        accepted.retain(|one| {
            let known = (one.code.clone(), one.item.clone(), one.column.clone());
            seen.insert((known, one.text.clone(), one.check.clone()))
        });
        Self { accepted, ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(code: &str, text: &str) -> Finding {
        Finding { code: code.to_owned(), text: text.to_owned(), ..Finding::default() }
    }

    #[test]
    fn a_finding_is_accepted_by_a_reason_and_known_by_its_words() {
        let checked =
            Findings { findings: vec![finding("a", "甲"), finding("b", "乙")], ..Findings::default() };
        let mut baseline = Baseline::after(&checked);
        assert!(checked.findings.iter().all(|finding| baseline.reason(finding).is_none()));
        baseline.accepted[1].reason = "原文如此".to_owned();
        let found = [finding("a", "甲"), finding("b", "乙"), finding("b", "丙")];
        let reasons = found.clone().map(|finding| baseline.reason(&finding).map(str::to_owned));
        assert_eq!(reasons, [None, Some("原文如此".to_owned()), None]);
        let [a, mut b, c] = found;
        b.reason = "原文如此".to_owned();
        let again = Findings { findings: vec![a, c], accepted: vec![b], ..Findings::default() };
        let after = Baseline::after(&again);
        let kept: Vec<_> = after.accepted.iter().map(|one| (&*one.text, &*one.reason)).collect();
        assert_eq!(kept, [("乙", "原文如此"), ("甲", ""), ("丙", "")]);
    }
}
