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

/// What is known of questions: decisions that were given, and what was asked.
#[derive(Debug, Default)]
pub(super) struct Questions {
    given: BTreeMap<String, (QuestionDecision, Option<Verdict>)>,
    /// Entries for what was asked in this merge, in an order of their own, so that no file's place decides it.
    asked: BTreeMap<String, QuestionDecision>,
    /// Decisions about a question that has another, later one.
    superseded: Vec<QuestionDecision>,
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
                Some(id) => match index.position(id) {
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
            if let Some((before, _)) = questions.given.insert(key, (decision.clone(), verdict))
                && before.item.is_some()
            {
                let found =
                    Diagnostic::unplaced("decision-twice", Severity::Error).with("item", &decision.matter);
                diagnostics.push(found.with("field", "questions"));
                questions.superseded.push(before);
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
        let entry = self.asked.entry(key).or_insert_with(|| QuestionDecision {
            matter: matter.to_owned(),
            like: like(),
            ..QuestionDecision::default()
        });
        for version in versions {
            match entry.versions.iter_mut().find(|known| known.id == version.id) {
                Some(known) if known.files.iter().any(|known| known == file) => {}
                Some(known) => known.files.push(file.to_owned()),
                None => entry.versions.push(DecisionVersion {
                    id: version.id.clone(),
                    unit: version.unit.clone(),
                    files: vec![file.to_owned()],
                    paragraphs: version.paragraphs.clone(),
                }),
            }
        }
    }

    /// The decisions as they are written down: those given, and an open entry for every other question.
    pub(super) fn finish(mut self) -> Vec<QuestionDecision> {
        let mut all = self.superseded;
        for (key, (given, _)) in self.given {
            match self.asked.remove(&key) {
                // Who and why may stand at a question that is still open.
                Some(now) => {
                    all.push(QuestionDecision { item: given.item, by: given.by, why: given.why, ..now })
                }
                None => all.extend(given.item.is_some().then_some(given)),
            }
        }
        all.extend(self.asked.into_values());
        for entry in &mut all {
            entry.versions.sort_by(|a, b| (&a.unit, &a.id).cmp(&(&b.unit, &b.id)));
            entry.versions.iter_mut().for_each(|version| version.files.sort());
        }
        all.sort_by(|a, b| {
            (&a.matter, &a.versions.first().map(|v| &v.id))
                .cmp(&(&b.matter, &b.versions.first().map(|v| &v.id)))
        });
        all
    }
}
