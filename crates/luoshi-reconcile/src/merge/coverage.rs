//! Who answered what: unit by item.
//!
//! Not here: the texts.

use std::collections::BTreeMap;

use luoshi_model::{ColumnKey, CoverageState, ItemCoverage, UnitCoverage, Unresolved};
use luoshi_normalizer::CatalogueIndex;
use luoshi_table::{Diagnostic, Severity};

use crate::submission::Reply;

/// What has come so far.
pub(super) struct Coverage {
    /// By unit, the items asked of it.
    asked: Vec<Vec<usize>>,
    /// By unit and item, the fullest answer.
    states: BTreeMap<(usize, usize), CoverageState>,
    /// By unit, the files in which it speaks.
    files: BTreeMap<usize, Vec<u32>>,
}

impl Coverage {
    pub(super) fn new(index: &CatalogueIndex) -> Self {
        Self { asked: index.asked_by_unit(), states: BTreeMap::new(), files: BTreeMap::new() }
    }

    pub(super) fn add(&mut self, reply: &Reply, file: u32) {
        // The status tells, where there is one.
        let status = reply.texts.iter().find(|text| text.column == ColumnKey::Status);
        let told = status.or(reply.texts.first());
        let prefilled = told.is_some_and(|text| text.prefilled || text.carried);
        let state = if prefilled { CoverageState::Blank } else { reply.state };
        for &unit in &reply.units {
            if let Some(item) = reply.item {
                // States are ordered by how much they say, the most first.
                let known = self.states.entry((unit, item)).or_insert(state);
                *known = state.min(*known);
            }
            let files = self.files.entry(unit).or_default();
            if files.last() != Some(&file) {
                files.push(file);
            }
        }
    }

    pub(super) fn finish(mut self, index: &CatalogueIndex) -> Vec<UnitCoverage> {
        let items = &index.catalogue().items;
        let mut coverage = Vec::new();
        for (unit, asked) in self.asked.into_iter().enumerate().filter(|(_, asked)| !asked.is_empty()) {
            let item = |item: usize| ItemCoverage {
                item: items[item].id.clone(),
                state: self.states.get(&(unit, item)).copied().unwrap_or(CoverageState::Missing),
            };
            coverage.push(UnitCoverage {
                unit: index.catalogue().units[unit].name.clone(),
                items: asked.into_iter().map(item).collect(),
                files: self.files.remove(&unit).unwrap_or_default(),
            });
        }
        coverage
    }
}

/// Names that stand for nobody, with the items asked of them: wordings that name no members, bodies that ended without a successor.
pub(crate) fn unresolved(index: &CatalogueIndex) -> Vec<Unresolved> {
    let mut all: Vec<Unresolved> = Vec::new();
    for (item, asked) in index.catalogue().items.iter().enumerate() {
        for name in &index.asked_of(item).unresolved {
            match all.iter_mut().find(|known| known.name == *name) {
                Some(known) => known.items.push(asked.id.clone()),
                None => all.push(Unresolved { name: name.clone(), items: vec![asked.id.clone()] }),
            }
        }
    }
    all
}

/// What is asked of nobody, and what is asked of others than the items name.
pub(crate) fn findings(index: &CatalogueIndex, unresolved: &[Unresolved]) -> Vec<Diagnostic> {
    let units = &index.catalogue().units;
    let nobody = unresolved.iter().map(|wording| {
        let ended = units.iter().any(|unit| unit.name == wording.name && !unit.collective);
        let code = match ended {
            true => "unit-ended",
            false => "group-unresolved",
        };
        let finding = Diagnostic::unplaced(code, Severity::Warning).with("name", &wording.name);
        finding.with("count", wording.items.len())
    });
    let passed_on = index.replaced().into_iter().map(|unit| {
        let finding = Diagnostic::unplaced("unit-replaced", Severity::Info).with("name", &units[unit].name);
        finding.with("units", index.names_of(index.answering_for(unit)))
    });
    let absent = index.absent_members().into_iter().map(|(group, units)| {
        let finding = Diagnostic::unplaced("members-absent", Severity::Info).with("name", group);
        finding.with("units", units)
    });
    nobody.chain(passed_on).chain(absent).collect()
}
