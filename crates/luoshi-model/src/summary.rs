//! An attachment summed up for whoever reads it in five minutes: each item's class, problems, practices and figures; and the classes as
//! an office set them.
//!
//! It is read from the answers by rules, for a person to judge. Not here: how it is read (reconcile), and how it is laid out.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::json::{ClassesVersion, SummaryVersion};
use crate::{Change, Classed, ProblemChange, StatusClass};

/// An attachment summed up.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Summary {
    /// `luoshi.summary/1`.
    pub schema: SummaryVersion,
    /// The attachment's title.
    pub title: String,
    /// Its period, as a person writes it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub period: String,
    /// The items in their order.
    pub items: Vec<SummaryItem>,
    /// What became of the last period's, where one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<SummaryChange>,
}

/// One item summed up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SummaryItem {
    /// Its id.
    pub id: String,
    /// Its number as the form shows it.
    pub number: String,
    /// What it asks.
    pub matter: String,
    /// Its section, label and title; empty where it has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub section: String,
    /// The names of its units.
    pub units: Vec<String>,
    /// How far it was carried out, with what told it.
    pub class: Classed,
    /// Whether a person set the class.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub set: bool,
    /// Why it does not apply, or what else is said where nothing is answered.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Typical practices and measures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub practices: Vec<String>,
    /// The problems that it states.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<String>,
    /// What will be done about them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub next_steps: Vec<String>,
    /// The figures of its answer, each with the words before it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<String>,
}

/// What became of the last period's attachment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SummaryChange {
    /// The last period, as a person writes it.
    pub label: String,
    /// How many answers changed how.
    pub answers: BTreeMap<Change, usize>,
    /// Questions that stand in both periods.
    pub compared: usize,
    /// Items that fell behind: number and matter, class then and now.
    pub regressed: Vec<Regressed>,
    /// What became of every problem.
    pub problems: Vec<SummaryProblem>,
}

/// What became of a problem, with its item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SummaryProblem {
    /// The item's number, in this period where it has one.
    pub number: String,
    /// What the item asks.
    pub matter: String,
    /// What became of the problem.
    pub change: ProblemChange,
}

/// An item that fell behind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Regressed {
    /// Its number.
    pub number: String,
    /// What it asks.
    pub matter: String,
    /// Its class in the last period.
    pub old: StatusClass,
    /// Its class now.
    pub new: StatusClass,
}

/// How items count that have something in common: all, those of a section, those of a unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// What they have in common.
    pub name: String,
    /// How many they are.
    pub items: usize,
    /// How many of each class.
    pub classes: BTreeMap<StatusClass, usize>,
    /// How many answers are 无 or a dash.
    pub nothing: usize,
    /// How many problems they state.
    pub problems: usize,
}

impl Tally {
    /// How many are of a class.
    pub fn of(&self, class: StatusClass) -> usize {
        self.classes.get(&class).copied().unwrap_or_default()
    }

    /// How many have an answer that says what was done.
    pub fn answered(&self) -> usize {
        self.items - self.of(StatusClass::NotApplicable) - self.of(StatusClass::Missing) - self.nothing
    }

    fn count(&mut self, item: &SummaryItem) {
        self.items += 1;
        *self.classes.entry(item.class.class).or_default() += 1;
        self.nothing += usize::from(item.class.is_of_nothing());
        self.problems += item.problems.len();
    }
}

impl Summary {
    /// All items together.
    pub fn whole(&self) -> Tally {
        let mut tally = Tally::default();
        self.items.iter().for_each(|item| tally.count(item));
        tally
    }

    /// By section, in their order.
    pub fn by_section(&self) -> Vec<Tally> {
        self.by(|item| vec![item.section.as_str()])
    }

    /// By unit, in the order in which they are first named. An item of several units counts for each.
    pub fn by_unit(&self) -> Vec<Tally> {
        self.by(|item| item.units.iter().map(String::as_str).collect())
    }

    fn by<'a>(&'a self, names: impl Fn(&'a SummaryItem) -> Vec<&'a str>) -> Vec<Tally> {
        let mut tallies: Vec<Tally> = Vec::new();
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for item in &self.items {
            for name in names(item).into_iter().filter(|name| !name.is_empty()) {
                let next = tallies.len();
                let place = *places.entry(name).or_insert(next);
                if place == next {
                    tallies.push(Tally { name: name.to_owned(), ..Tally::default() });
                }
                tallies[place].count(item);
            }
        }
        tallies
    }
}

/// The classes of an attachment's items, for a person to set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Classes {
    /// `luoshi.classes/1`.
    pub schema: ClassesVersion,
    /// An item each.
    pub classes: Vec<ClassSet>,
}

/// The class of an item, as it was told from the words and as a person set it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClassSet {
    /// The item's id.
    pub item: String,
    /// The class that a person gives it; `null` leaves it to the words.
    #[serde(default)]
    pub set: Option<StatusClass>,
    /// Why.
    #[serde(default)]
    pub why: String,
    /// What the words say: as of the last run, or since a person set the class as of then.
    pub told: Classed,
    /// Digits that change with the answer. Of a class that was set they stay as they were then; emptied, they are written anew.
    #[serde(default)]
    pub check: String,
    /// The question, for whoever reads this.
    #[serde(default)]
    pub matter: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_count_for_their_section_and_for_each_of_their_units() {
        let item = |section: &str, units: &[&str], class, problems: usize| SummaryItem {
            id: String::new(),
            number: String::new(),
            matter: String::new(),
            section: section.to_owned(),
            units: units.iter().map(|unit| (*unit).to_owned()).collect(),
            class: Classed { class, rule: String::new(), text: String::new(), at: 0 },
            set: false,
            reason: String::new(),
            practices: Vec::new(),
            problems: vec![String::new(); problems],
            next_steps: Vec::new(),
            figures: Vec::new(),
        };
        let summary = Summary {
            items: vec![
                item("一", &["甲", "乙"], StatusClass::Done, 1),
                item("一", &["乙"], StatusClass::Missing, 0),
                item("二", &["甲"], StatusClass::NotApplicable, 2),
            ],
            ..Summary::default()
        };
        let told = |tallies: Vec<Tally>| -> Vec<(String, usize, usize, usize)> {
            tallies
                .into_iter()
                .map(|one| (one.name.clone(), one.items, one.answered(), one.problems))
                .collect()
        };
        let named = |name: &str, items, answered, problems| (name.to_owned(), items, answered, problems);
        assert_eq!(told(vec![summary.whole()]), [named("", 3, 1, 3)]);
        let mut none = item("一", &["甲"], StatusClass::Undetermined, 0);
        none.class.rule = "answer".to_owned();
        let unclear = item("一", &["甲"], StatusClass::Undetermined, 0);
        let two = Summary { items: vec![none, unclear], ..Summary::default() }.whole();
        assert_eq!((two.answered(), two.nothing), (1, 1), "无 is no answer that says what was done");
        assert_eq!(told(summary.by_section()), [named("一", 2, 1, 1), named("二", 1, 0, 2)]);
        assert_eq!(told(summary.by_unit()), [named("甲", 2, 1, 3), named("乙", 2, 1, 1)]);
    }
}
