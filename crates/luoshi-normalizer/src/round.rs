//! Of whom each item is asked, and what forms and submissions are known by. Made when first asked: reading a table needs none of it.
//!
//! Not here: which unit a name means (roster), and who took over from whom (succession).

use std::collections::HashMap;

use luoshi_model::{CatalogueItem, ColumnKey, Role, Unit, bookmark};

use crate::index::CatalogueIndex;
use crate::number::enumerator;
use crate::roster::Roster;
use crate::succession;

/// Who is asked what, and how their forms are known again.
#[derive(Debug)]
pub(crate) struct Round {
    roster: Roster,
    by_id: HashMap<String, usize>,
    by_bookmark: HashMap<String, usize>,
    /// By unit of the directory, those that answer for it.
    current: Vec<Vec<usize>>,
    asked: Vec<Asking>,
}

/// Of whom an item is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asking {
    /// Indexes of units of the directory, in the order of the item; a wording for several stands for its members, and whoever took
    /// over stands for a body that has ended.
    pub units: Vec<usize>,
    /// By unit, its place among them.
    ranks: HashMap<usize, usize>,
    /// Names that stand for nobody: wordings for several that name no members, and bodies that ended without a successor.
    pub unresolved: Vec<String>,
}

impl Asking {
    /// Whether the item is asked of a unit of the directory.
    pub fn is_of(&self, unit: usize) -> bool {
        self.ranks.contains_key(&unit)
    }

    /// A unit's place in the order of the item; none where the item is not asked of it.
    pub fn rank(&self, unit: usize) -> Option<usize> {
        self.ranks.get(&unit).copied()
    }
}

impl CatalogueIndex {
    fn round(&self) -> &Round {
        self.round.get_or_init(|| {
            let roster = Roster::new(self.catalogue());
            let current = succession::current(self.catalogue(), |name| roster.exactly(name));
            let items = || self.catalogue().items.iter().enumerate();
            Round {
                by_id: items().rev().map(|(index, item)| (item.id.clone(), index)).collect(),
                by_bookmark: items().rev().map(|(index, item)| (bookmark(&item.id), index)).collect(),
                asked: items().map(|(_, item)| self.asked_by(item, &roster, &current)).collect(),
                current,
                roster,
            }
        })
    }

    fn asked_by(&self, item: &CatalogueItem, roster: &Roster, current: &[Vec<usize>]) -> Asking {
        let mut asking = Asking::default();
        for unit in self.units_of(item) {
            let found = roster.find(&unit.name);
            let known = found.map(|found| &self.catalogue().units[found]);
            let units = found.map_or_else(Vec::new, |found| self.members_in(found, roster, current));
            let lost = units.is_empty().then_some(known.map_or(&unit.name, |known| &known.name));
            for unit in units {
                if !asking.is_of(unit) {
                    asking.ranks.insert(unit, asking.units.len());
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

    /// The index of the unit of the directory that a name means; of a body that has ended the one that took over. One that several
    /// took over is itself: nobody can tell which of them speaks.
    pub fn unit(&self, name: &str) -> Option<usize> {
        self.round().roster.find(name).map(|unit| self.successor(unit))
    }

    /// The indexes of the units that a text names, such as the name of a file.
    pub fn units_named_in(&self, text: &str) -> Vec<usize> {
        let mut units: Vec<usize> = Vec::new();
        for unit in self.round().roster.named_in(text).into_iter().map(|unit| self.successor(unit)) {
            if !units.contains(&unit) {
                units.push(unit);
            }
        }
        units
    }

    /// The unit whose heading a line is: 一、区教育局 or 区教育局：.
    pub fn headed_by(&self, line: &str) -> Option<usize> {
        let line = line.trim();
        let name = line[enumerator(line)..].trim_end_matches(['：', ':']).trim();
        self.unit(name).filter(|_| name.len() < line.len() && !self.has_part(name))
    }

    fn successor(&self, unit: usize) -> usize {
        match self.answering_for(unit) {
            [heir] => *heir,
            _ => unit,
        }
    }

    /// The units that answer for a unit of the directory when the catalogue asks: itself, or whoever took over; none where it has
    /// ended and nobody did.
    pub fn answering_for(&self, unit: usize) -> &[usize] {
        &self.round().current[unit]
    }

    /// The bodies that items name and that others answer for.
    pub fn replaced(&self) -> Vec<usize> {
        let round = self.round();
        let named = |unit: &usize| {
            let items = &self.catalogue().items;
            items
                .iter()
                .flat_map(|item| self.units_of(item))
                .any(|name| round.roster.find(&name.name) == Some(*unit))
        };
        let passed_on = |unit: &usize| !round.current[*unit].is_empty() && round.current[*unit] != [*unit];
        (0..self.catalogue().units.len()).filter(passed_on).filter(named).collect()
    }

    fn members_in(&self, unit: usize, roster: &Roster, current: &[Vec<usize>]) -> Vec<usize> {
        let members: Vec<usize> = match &self.catalogue().units[unit] {
            // A list of members may name whoever ever was one.
            group if group.collective => {
                let members = group.members.iter().filter_map(|name| roster.exactly(name));
                members.filter(|&member| !self.is_not_yet(member)).collect()
            }
            _ => vec![unit],
        };
        members.into_iter().flat_map(|unit| current[unit].iter().copied()).collect()
    }

    /// Whether a unit is not there yet on the day that the catalogue asks about.
    fn is_not_yet(&self, unit: usize) -> bool {
        let from = self.catalogue().units[unit].from.as_deref();
        from.zip(self.day()).is_some_and(|(from, day)| day < from)
    }

    /// The members of wordings for several that are asked nothing, by the wording: not there yet, or ended without a successor.
    pub fn absent_members(&self) -> Vec<(&str, String)> {
        let groups = self.catalogue().units.iter().filter(|unit| unit.collective);
        let absent = groups.map(|group| {
            let members = group.members.iter().filter_map(|name| self.round().roster.exactly(name));
            let absent = members.filter(|&unit| self.is_not_yet(unit) || self.answering_for(unit).is_empty());
            (group.name.as_str(), self.names_of(&absent.collect::<Vec<_>>()))
        });
        absent.filter(|(_, names)| !names.is_empty()).collect()
    }

    /// The units that a unit of the directory stands for: those that answer for it, or for the members of a wording for several.
    pub fn members(&self, unit: usize) -> Vec<usize> {
        let round = self.round();
        self.members_in(unit, &round.roster, &round.current)
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

    /// The index of the one item of a number, as a person writes it.
    pub fn numbered(&self, number: &str) -> Option<usize> {
        let number: u32 = number.trim().parse().ok()?;
        let mut items = self.catalogue().items.iter().enumerate().filter(|(_, item)| item.number == number);
        let (index, _) = items.next()?;
        items.next().is_none().then_some(index)
    }

    /// The index of the item whose row a bookmark marks.
    pub(crate) fn bookmarked(&self, name: &str) -> Option<usize> {
        self.round().by_bookmark.get(name).copied()
    }
}
