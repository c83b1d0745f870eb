//! What a comparison found, as findings: one for each thing that wants a person's eye.
//!
//! Not here: how it was found.

use std::collections::{BTreeMap, HashMap};

use luoshi_model::{Attachment, ChangeSet, ItemPair, ProblemFate};
use luoshi_normalizer::key;
use luoshi_table::{Diagnostic, Severity};

/// The least part of the shorter list that two periods of one checklist have in common.
const COMMON: f64 = 0.2;

/// Items of the shorter list from which so little in common says that the two are no periods of one.
const ENOUGH: usize = 5;

/// That two attachments are of different checklists, where they have next to no question in common.
pub fn differ(old: &Attachment, new: &Attachment, changes: &ChangeSet) -> Option<Diagnostic> {
    let tied = changes.items.iter().filter(|item| item.tied.is_some()).count();
    let count = old.items.len().min(new.items.len());
    let differ = count >= ENOUGH && (tied as f64) < COMMON * count as f64;
    let finding = Diagnostic::unplaced("lists-differ", Severity::Error).with("tied", tied);
    let finding = finding.with("count", count).with("old", &old.title).with("new", &new.title);
    differ.then_some(finding)
}

/// Questions that one side asks more than once of the same: which of them is which of the other side's nobody can tell.
fn repeated(side: &Attachment) -> Vec<Diagnostic> {
    let mut asked: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for item in &side.items {
        let units: Vec<&str> = item.units.iter().map(|unit| unit.name.as_str()).collect();
        asked.entry((key(&item.matter), units.join("、"))).or_default().push(item.name());
    }
    let twice = asked.into_iter().filter(|((words, _), items)| !words.is_empty() && items.len() > 1);
    twice
        .map(|(_, items)| {
            let finding = Diagnostic::unplaced("question-repeated", Severity::Warning);
            finding.with("items", items.join("、")).with("title", &side.title)
        })
        .collect()
}

/// Everything of a change set and its review that a person must look at.
pub fn findings(old: &Attachment, new: &Attachment, changes: &ChangeSet) -> Vec<Diagnostic> {
    let review = &changes.review;
    let mut findings = [repeated(old), repeated(new)].concat();
    let by_id = |side: &'_ Attachment| -> HashMap<String, usize> {
        side.items.iter().enumerate().rev().map(|(at, item)| (item.id.clone(), at)).collect()
    };
    let (olds, news) = (by_id(old), by_id(new));
    let of_old = |id: &str| olds.get(id).map(|at| &old.items[*at]);
    let of_new = |id: &str| news.get(id).map(|at| &new.items[*at]);
    let name = |pair: &ItemPair| {
        let item = pair.new.as_deref().and_then(of_new).or_else(|| of_old(pair.old.as_deref()?));
        item.map(luoshi_model::Item::name).unwrap_or_default()
    };
    let matter =
        |item: Option<&luoshi_model::Item>| item.map_or_else(String::new, |item| item.matter.clone());
    for proposal in &changes.proposals {
        let finding = Diagnostic::unplaced("link-proposed", Severity::Warning);
        findings.push(
            finding.with("old", matter(of_old(&proposal.old))).with("new", matter(of_new(&proposal.new))),
        );
    }
    for fall in &review.falls {
        let (old, new) = (&fall.quantity.old_text, &fall.quantity.new_text);
        let finding = Diagnostic::unplaced("figure-fell", Severity::Error).with("item", name(&fall.item));
        findings.push(finding.with("field", &fall.column).with("old", old).with("new", new));
    }
    for change in review.classes.iter().filter(|change| change.regressed) {
        let Some(now) = &change.new else { continue };
        let finding = Diagnostic::unplaced("class-regressed", Severity::Warning);
        findings.push(finding.with("item", name(&change.item)).with("class", now.class.name()));
    }
    for problem in review.problems.iter().filter(|problem| problem.fate == ProblemFate::Vanished) {
        let finding = Diagnostic::unplaced("problem-vanished", Severity::Warning);
        findings.push(finding.with("item", name(&problem.item)).with("text", &problem.old));
    }
    for carried in &review.carried {
        let finding =
            Diagnostic::unplaced("text-carried", Severity::Warning).with("item", name(&carried.item));
        findings.push(finding.with("field", &carried.column).with("unit", &carried.unit));
    }
    for leftover in &review.leftovers {
        let finding =
            Diagnostic::unplaced("text-left-over", Severity::Warning).with("item", name(&leftover.item));
        findings.push(finding.with("field", &leftover.column).with("text", &leftover.text));
    }
    for gone in &review.evidence {
        let finding = Diagnostic::unplaced("evidence-gone", Severity::Info).with("item", name(&gone.item));
        findings.push(finding.with("field", &gone.column).with("text", &gone.text));
    }
    findings
}
