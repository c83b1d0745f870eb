//! Of whom each item is asked, and what forms and submissions are known by. Made when first asked: reading a table needs none of it.
//!
//! Not here: which unit a name means (roster).

use std::collections::HashMap;

use luoshi_model::{CatalogueItem, ColumnKey, Role, Unit, bookmark};

use crate::index::CatalogueIndex;
use crate::roster::Roster;

/// Who is asked what, and how their forms are known again.
#[derive(Debug)]
pub(crate) struct Round {
    roster: Roster,
    by_id: HashMap<String, usize>,
    by_bookmark: HashMap<String, usize>,
    asked: Vec<Asking>,
}

/// Of whom an item is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asking {
    /// Indexes of units of the directory, in the order of the item; a wording for several stands for its members.
    pub units: Vec<usize>,
    /// Wordings for several units that name no members.
    pub unresolved: Vec<String>,
}

impl CatalogueIndex {
    fn round(&self) -> &Round {
        self.round.get_or_init(|| {
            let roster = Roster::new(self.catalogue());
            let items = || self.catalogue().items.iter().enumerate();
            Round {
                by_id: items().rev().map(|(index, item)| (item.id.clone(), index)).collect(),
                by_bookmark: items().rev().map(|(index, item)| (bookmark(&item.id), index)).collect(),
                asked: items().map(|(_, item)| self.asked_by(item, &roster)).collect(),
                roster,
            }
        })
    }

    fn asked_by(&self, item: &CatalogueItem, roster: &Roster) -> Asking {
        let mut asking = Asking::default();
        for unit in self.units_of(item) {
            let found = roster.find(&unit.name);
            let known = found.map(|found| &self.catalogue().units[found]);
            let units = found.map_or_else(Vec::new, |found| self.members_in(found, roster));
            let lost = units.is_empty().then_some(known.map_or(&unit.name, |known| &known.name));
            for unit in units {
                if !asking.units.contains(&unit) {
                    asking.units.push(unit);
                }
            }
            asking.unresolved.extend(lost.cloned());
        }
        asking
    }

    /// The units that an item names, with their roles.
    pub(crate) fn units_of(&self, item: &CatalogueItem) -> Vec<Unit> {
        let columns = [
            (ColumnKey::Units, Role::Unspecified),
            (ColumnKey::LeadUnits, Role::Lead),
            (ColumnKey::SupportUnits, Role::Support),
        ];
        columns.iter().flat_map(|(key, role)| self.directory().parse(item.units_in(key), *role)).collect()
    }

    /// Of whom an item is asked, by its index.
    pub fn asked_of(&self, item: usize) -> &Asking {
        &self.round().asked[item]
    }

    /// The index of the unit of the directory that a name means.
    pub fn unit(&self, name: &str) -> Option<usize> {
        self.round().roster.find(name)
    }

    /// The indexes of the units that a text names, such as the name of a file.
    pub fn units_named_in(&self, text: &str) -> Vec<usize> {
        self.round().roster.named_in(text)
    }

    fn members_in(&self, unit: usize, roster: &Roster) -> Vec<usize> {
        match &self.catalogue().units[unit] {
            group if group.collective => {
                group.members.iter().filter_map(|name| roster.exactly(name)).collect()
            }
            _ => vec![unit],
        }
    }

    /// The units that a unit of the directory stands for: itself, or the members of a wording for several.
    pub fn members(&self, unit: usize) -> Vec<usize> {
        self.members_in(unit, &self.round().roster)
    }

    /// By unit of the directory, the items asked of it.
    pub fn asked_by_unit(&self) -> Vec<Vec<usize>> {
        let mut asked = vec![Vec::new(); self.catalogue().units.len()];
        for (item, of) in self.round().asked.iter().enumerate() {
            of.units.iter().for_each(|&unit| asked[unit].push(item));
        }
        asked
    }

    /// The usual names of units, joined.
    pub fn names_of(&self, units: &[usize]) -> String {
        units.iter().map(|&unit| self.catalogue().units[unit].name.as_str()).collect::<Vec<_>>().join("、")
    }

    /// Whether a text may be the name of a unit that the directory does not have.
    pub fn is_unit_like(&self, name: &str) -> bool {
        self.directory().is_list(&[name.to_owned()])
    }

    /// The names of the units of a cell, as they stand there.
    pub fn unit_names_in(&self, lines: &[String]) -> Vec<String> {
        self.directory().parse(lines, Role::Unspecified).into_iter().map(|unit| unit.name).collect()
    }

    /// The index of the item of an id.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.round().by_id.get(id).copied()
    }

    /// The index of the item whose row a bookmark marks.
    pub(crate) fn bookmarked(&self, name: &str) -> Option<usize> {
        self.round().by_bookmark.get(name).copied()
    }
}
