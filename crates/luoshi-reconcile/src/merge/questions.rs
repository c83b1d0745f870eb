//! Questions that the catalogue does not ask: which item an editor said each of them is, and an entry for each that nobody has
//! looked at.
//!
//! Not here: what becomes of the answers once their item is known (pool, select).

use std::collections::BTreeMap;

use luoshi_model::{DecisionVersion, Decisions, QuestionDecision, Version};
use luoshi_normalizer::{CatalogueIndex, key};
use luoshi_table::{Diagnostic, Severity};

/// What an editor said of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is this item, by its index.
    Item(usize),
    /// It is none of them.
    None,
}

/// What is known of questions, each by its key: decisions that were given, and what was asked.
#[derive(Debug, Default)]
pub(super) struct Questions {
    given: BTreeMap<String, (QuestionDecision, Option<Verdict>)>,
    /// Decisions about a question that has another, later one.
    superseded: Vec<(String, QuestionDecision)>,
    asked: BTreeMap<String, Asked>,
}

/// A question that was asked, in an order of its own, so that no file's place decides anything.
#[derive(Debug)]
struct Asked {
    matter: String,
    like: Option<String>,
    /// What was answered to it, by unit and id.
    versions: BTreeMap<(String, String), DecisionVersion>,
}

/// By what a question is known again: its words, or where a row asks nothing, what it answers.
fn key_of<'a>(matter: &str, ids: impl Iterator<Item = &'a str>) -> String {
    let words = key(matter);
    if !words.is_empty() {
        return words;
    }
    let mut ids: Vec<&str> = ids.collect();
    ids.sort_unstable();
    ids.join(" ")
}

impl Questions {
    pub(super) fn new(
        decisions: Option<&Decisions>,
        index: &CatalogueIndex,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut questions = Self::default();
        for decision in decisions.iter().flat_map(|decisions| &decisions.questions) {
            let verdict = match decision.item.as_deref() {
                None => None,
                Some("") => Some(Verdict::None),
                Some(id) => match index.position(id).or_else(|| index.numbered(id)) {
                    Some(item) => Some(Verdict::Item(item)),
                    None => {
                        let found = Diagnostic::unplaced("question-item-unknown", Severity::Error)
                            .with("matter", &decision.matter);
                        diagnostics.push(found.with("id", id));
                        None
                    }
                },
            };
            let ids = decision.versions.iter().map(|version| version.id.as_str());
            let key = key_of(&decision.matter, ids);
            let decided = questions.given.get(&key).is_some_and(|(before, _)| before.item.is_some());
            if decided && decision.item.is_none() {
                continue;
            }
            let before = questions.given.insert(key.clone(), (decision.clone(), verdict));
            if let Some((before, _)) = before.filter(|(before, _)| before.item.is_some()) {
                let found =
                    Diagnostic::unplaced("decision-twice", Severity::Error).with("item", &decision.matter);
                diagnostics.push(found.with("field", "questions"));
                questions.superseded.push((key, before));
            }
        }
        questions
    }

    /// What was decided of a question that these texts answer.
    pub(super) fn verdict(&self, matter: &str, versions: &[Version]) -> Option<Verdict> {
        let ids = versions.iter().map(|version| version.id.as_str());
        self.given.get(&key_of(matter, ids)).and_then(|(_, verdict)| *verdict)
    }

    /// Notes that a file asks a question and what it answers to it.
    pub(super) fn ask(&mut self, matter: &str, versions: &[Version], file: &str, index: &CatalogueIndex) {
        let key = key_of(matter, versions.iter().map(|version| version.id.as_str()));
        let like = || {
            let item = &index.catalogue().items[index.most_like(matter)?];
            Some(format!("{} {}", item.id, item.matter))
        };
        let asked = self.asked.entry(key).or_insert_with(|| Asked {
            matter: matter.to_owned(),
            like: like(),
            versions: BTreeMap::new(),
        });
        // The same words with other signs between them: one of them, whichever came first.
        if matter < asked.matter.as_str() {
            asked.matter = matter.to_owned();
        }
        for version in versions {
            let own = asked.versions.entry((version.unit.clone(), version.id.clone()));
            let own = own.or_insert_with(|| DecisionVersion {
                id: version.id.clone(),
                unit: version.unit.clone(),
                files: Vec::new(),
                paragraphs: version.paragraphs.clone(),
            });
            own.files.push(file.to_owned());
        }
    }

    /// The decisions as they are written down: those given, and an open entry for every other question.
    pub(super) fn finish(self, diagnostics: &mut Vec<Diagnostic>) -> Vec<QuestionDecision> {
        let Self { given, superseded, asked } = self;
        let mut asked: BTreeMap<String, QuestionDecision> =
            asked.into_iter().map(|(key, asked)| (key, asked.entry())).collect();
        // Of several about one question the last is applied, so it stays the last.
        let mut all = superseded;
        for (key, (given, _)) in given {
            match asked.remove(&key) {
                // Who and why may stand at a question that is still open.
                Some(now) if is_outdated(&given, &now) => {
                    let found = Diagnostic::unplaced("question-outdated", Severity::Error);
                    diagnostics.push(found.with("matter", &given.matter));
                    all.push((key, QuestionDecision { now: now.versions, like: now.like, ..given }));
                }
                Some(now) => {
                    let QuestionDecision { item, by, why, .. } = given;
                    all.push((key, QuestionDecision { item, by, why, ..now }));
                }
                None => all.extend(given.item.is_some().then_some((key, given))),
            }
        }
        all.extend(asked);
        all.sort_by(|(one, _), (other, _)| one.cmp(other));
        all.into_iter().map(|(_, entry)| entry).collect()
    }
}

/// Whether a decision was made about other answers than there are: what 其他工作 meant of one unit need not hold of another's. One
/// that was written by hand says of none.
fn is_outdated(given: &QuestionDecision, now: &QuestionDecision) -> bool {
    let ids = |one: &QuestionDecision| {
        one.versions.iter().map(|version| version.id.clone()).collect::<std::collections::BTreeSet<_>>()
    };
    given.item.is_some() && !given.versions.is_empty() && ids(given) != ids(now)
}

impl Asked {
    /// An entry that nobody has decided.
    fn entry(self) -> QuestionDecision {
        let Self { matter, like, versions } = self;
        let version = |mut version: DecisionVersion| {
            version.files.sort();
            version.files.dedup();
            version
        };
        let versions = versions.into_values().map(version).collect();
        QuestionDecision { matter, like, versions, ..QuestionDecision::default() }
    }
}
