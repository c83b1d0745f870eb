//! An editor's decisions: applied to cells, held against the texts that there are now, and written down again with what is
//! still open.
//!
//! Not here: the default that stands where nobody decided (select).

use std::collections::{BTreeMap, BTreeSet};

use luoshi_model::{ConflictKind, Decision, DecisionVersion, Decisions};
use luoshi_normalizer::CatalogueIndex;
use luoshi_table::{Diagnostic, Severity};

use super::compose::{Composed, compose};
use super::select::{Candidate, Selection};

/// The decisions of a merge, by item and column.
pub(super) struct Given<'a> {
    by_cell: BTreeMap<(usize, String), &'a Decision>,
    /// About an item or column that the catalogue does not have.
    unplaced: Vec<&'a Decision>,
}

impl<'a> Given<'a> {
    pub(super) fn new(
        decisions: Option<&'a Decisions>,
        index: &CatalogueIndex,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut given = Self { by_cell: BTreeMap::new(), unplaced: Vec::new() };
        let columns = index.answered_columns();
        for decision in decisions.iter().flat_map(|decisions| &decisions.decisions) {
            let Some(item) = index.position(&decision.item).filter(|_| columns.contains(&decision.column))
            else {
                given.unplaced.push(decision);
                continue;
            };
            let known = given.by_cell.entry((item, decision.column.to_string())).or_insert(decision);
            if std::ptr::eq(*known, decision) || decision.is_open() {
                continue;
            }
            if !known.is_open() {
                let found =
                    Diagnostic::unplaced("decision-twice", Severity::Error).with("item", &decision.item);
                diagnostics.push(found.with("field", &decision.column));
                given.unplaced.push(known);
            }
            *known = decision;
        }
        given
    }

    /// What a person wrote at a cell that is still open: who and why.
    pub(super) fn noted(&self, item: usize, column: &str) -> Option<&'a Decision> {
        self.by_cell.get(&(item, column.to_owned())).copied()
    }

    /// The decision about a cell that was made, not merely asked for.
    pub(super) fn made(&self, item: usize, column: &str) -> Option<&'a Decision> {
        self.by_cell.get(&(item, column.to_owned())).copied().filter(|decision| !decision.is_open())
    }

    /// Decisions that could not be applied. They are kept, and told.
    pub(super) fn unplaced(
        &self,
        index: &CatalogueIndex,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<Decision> {
        let made = self.unplaced.iter().filter(|decision| !decision.is_open());
        made.map(|&decision| {
            if index.position(&decision.item).is_none()
                || !index.answered_columns().contains(&decision.column)
            {
                let found =
                    Diagnostic::unplaced("decision-unplaced", Severity::Error).with("item", &decision.item);
                diagnostics.push(found.with("field", &decision.column));
            }
            decision.clone()
        })
        .collect()
    }
}

/// What a decision makes of a cell.
pub(super) struct Decided {
    pub(super) composed: Composed,
    /// The decision as it is written down again.
    pub(super) decision: Decision,
    /// It was made about other texts than there are now.
    pub(super) outdated: bool,
}

impl Decided {
    /// Whether a version is among what stands by the decision.
    pub(super) fn keeps(&self, id: &str) -> bool {
        self.decision.text.is_none() && self.decision.choose.iter().any(|chosen| chosen == id)
    }
}

/// The versions that a decision chooses and that there still are, in its order; none where it chooses nothing, or what is no
/// version.
pub(super) fn chosen<'a>(decision: &Decision, selection: &Selection<'a>) -> Option<Vec<Candidate<'a>>> {
    let ids = decision.text.is_none().then_some(&decision.choose)?;
    let mut chosen = Vec::with_capacity(ids.len());
    for id in ids {
        match selection.version(id) {
            Some(candidate) => chosen.push(candidate),
            None if decision.versions.iter().any(|version| version.id == *id) => {}
            None => return None,
        }
    }
    Some(chosen)
}

/// Applies a decision. `said_here` is what a version says in the attachment, where one that refers to another item may have to say
/// which.
///
/// # Errors
/// A finding where it chooses what is no version, or chooses and has a text too: then nothing is decided.
pub(super) fn decide(
    decision: &Decision,
    selection: &Selection<'_>,
    said_here: &mut dyn FnMut(&Candidate<'_>) -> Vec<String>,
    file_name: &dyn Fn(u32) -> String,
    lead: &dyn Fn(&str) -> String,
) -> Result<Decided, Diagnostic> {
    let now = versions(selection, file_name);
    let ids = |versions: &[DecisionVersion]| {
        versions.iter().map(|version| version.id.clone()).collect::<BTreeSet<_>>()
    };
    let outdated = ids(&now) != ids(&decision.versions);
    if decision.text.is_some() && !decision.choose.is_empty() {
        let found = Diagnostic::unplaced("decision-ambiguous", Severity::Error).with("item", &decision.item);
        return Err(found.with("field", &decision.column));
    }
    let composed = match &decision.text {
        Some(paragraphs) => Composed { paragraphs: paragraphs.clone(), contributions: Vec::new() },
        None => {
            let mut chosen: Vec<(&str, Vec<String>)> = Vec::with_capacity(decision.choose.len());
            for id in &decision.choose {
                if let Some(candidate) = selection.version(id) {
                    chosen.push((&candidate.entry.voice.name, said_here(&candidate)));
                    continue;
                }
                // The text that was chosen stands, even where its unit has sent another since.
                let Some(version) = decision.versions.iter().find(|version| version.id == *id) else {
                    let found = Diagnostic::unplaced("decision-choice-unknown", Severity::Error)
                        .with("item", &decision.item);
                    return Err(found.with("field", &decision.column).with("id", id));
                };
                chosen.push((&version.unit, version.paragraphs.clone()));
            }
            compose(chosen.iter().map(|(unit, text)| (*unit, text.as_slice())), lead)
        }
    };
    let now = if outdated { now } else { Vec::new() };
    Ok(Decided { composed, decision: Decision { now, ..decision.clone() }, outdated })
}

/// An entry for a cell that nobody has decided.
pub(super) fn open(
    item: &luoshi_model::CatalogueItem,
    column: &luoshi_model::ColumnKey,
    conflicts: Vec<ConflictKind>,
    selection: &Selection<'_>,
    file_name: &dyn Fn(u32) -> String,
) -> Decision {
    Decision {
        item: item.id.clone(),
        column: column.clone(),
        matter: item.matter.clone(),
        conflicts,
        versions: versions(selection, file_name),
        now: Vec::new(),
        choose: Vec::new(),
        text: None,
        by: String::new(),
        why: String::new(),
    }
}

fn versions(selection: &Selection<'_>, file_name: &dyn Fn(u32) -> String) -> Vec<DecisionVersion> {
    let version = |entry: &super::pool::Entry| {
        let mut files: Vec<String> = entry.places.iter().map(|place| file_name(place.file)).collect();
        files.sort();
        files.dedup();
        DecisionVersion {
            id: entry.id.clone(),
            unit: entry.voice.name.clone(),
            files,
            paragraphs: entry.paragraphs.clone(),
        }
    };
    selection.all().into_iter().map(|candidate| version(candidate.entry)).collect()
}
