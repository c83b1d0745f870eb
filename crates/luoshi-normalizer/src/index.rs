//! A catalogue made ready for reading with it: its questions by their keys, its parts by their titles.
//!
//! Not here: which question a row asks (matching), and of whom (round).

use std::collections::HashMap;
use std::sync::OnceLock;

use luoshi_model::{Catalogue, CatalogueItem, ColumnKey, Role};

use crate::key::key;
use crate::matching::{ALIKE, Likeness};
use crate::round::Round;
use crate::succession::day_of;
use crate::units::Directory;

/// Matters compared for likeness to tell a catalogue; each is compared with all of its items.
const RETYPED: usize = 8;

/// Similarity of keys from which an item is worth naming to a person who looks for what a question may be.
const LIKE: f64 = 0.5;

/// Characters from which a part of a question tells it from others.
const CUT: usize = 6;

/// A catalogue made ready for matching.
#[derive(Debug)]
pub struct CatalogueIndex {
    catalogue: Catalogue,
    /// Items by the key of their matter.
    pub(crate) by_key: HashMap<String, Vec<usize>>,
    /// By item, the key of its matter.
    pub(crate) keys: Vec<String>,
    unit_names: Vec<Vec<String>>,
    /// Section ids by the key of their title.
    sections: HashMap<String, String>,
    /// Focus ids by the key of their title and the id of their section.
    focuses: HashMap<String, Vec<(Option<String>, String)>>,
    directory: Directory,
    /// What only forms and submissions ask for, made when first asked.
    pub(crate) round: OnceLock<Round>,
}

impl CatalogueIndex {
    /// Prepares a catalogue.
    pub fn new(catalogue: Catalogue) -> Self {
        let keys: Vec<String> = catalogue.items.iter().map(|item| key(&item.matter)).collect();
        let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, key) in keys.iter().enumerate() {
            by_key.entry(key.clone()).or_default().push(index);
        }
        let directory = Directory::new(&catalogue);
        let names = |item: &CatalogueItem| {
            let columns = [ColumnKey::Units, ColumnKey::LeadUnits, ColumnKey::SupportUnits];
            let units = columns.iter().flat_map(|key| directory.parse(item.units_in(key), Role::Unspecified));
            let mut names: Vec<String> = units.map(|unit| unit.name).collect();
            names.sort();
            names
        };
        let unit_names = catalogue.items.iter().map(names).collect();
        let sections = catalogue.sections.iter().map(|part| (key(&part.title), part.id.clone())).collect();
        let mut focuses: HashMap<String, Vec<(Option<String>, String)>> = HashMap::new();
        for part in &catalogue.focuses {
            focuses.entry(key(&part.title)).or_default().push((part.section.clone(), part.id.clone()));
        }
        let round = OnceLock::new();
        Self { catalogue, by_key, keys, unit_names, sections, focuses, directory, round }
    }

    /// The index of the item that asks this, word for word.
    pub fn asking(&self, matter: &str) -> Option<usize> {
        self.by_key.get(&key(matter)).and_then(|found| found.first()).copied()
    }

    /// Whether an item is asked in these words, but for widths, spaces and punctuation.
    pub fn asks_as(&self, item: usize, matter: &str) -> bool {
        self.keys[item] == key(matter)
    }

    /// The index of the item that this question is most like, if it is anything like one. A question that was cut short, or that
    /// stands within a longer one, is like it.
    pub fn most_like(&self, matter: &str) -> Option<usize> {
        let key = key(matter);
        let likeness = Likeness::of(&key);
        let within = |one: &str, other: &str| one.chars().count() >= CUT && other.contains(one);
        let alike = |item: usize| match &self.keys[item] {
            known if within(&key, known) || within(known, &key) => 1.0,
            known => likeness.to(known),
        };
        let all = (0..self.keys.len()).map(|item| (alike(item), item));
        let best = all.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        best.filter(|(alike, _)| *alike >= LIKE).map(|(_, item)| item)
    }

    /// The id of the section of this title.
    pub(crate) fn section_id(&self, title: &str) -> Option<&str> {
        self.sections.get(&key(title)).map(String::as_str)
    }

    /// The id of the focus of this title in this section.
    pub(crate) fn focus_id(&self, section: Option<&str>, title: &str) -> Option<&str> {
        let known = self.focuses.get(&key(title))?;
        let same = known.iter().find(|(own, _)| own.as_deref() == section);
        // A table without sections says nothing against the catalogue's.
        let only = || known.first().filter(|_| section.is_none() && known.len() == 1);
        same.or_else(only).map(|(_, id)| id.as_str())
    }

    /// The day that the catalogue asks about its units: when answers are due, else the last of its period.
    pub fn day(&self) -> Option<&str> {
        day_of(&self.catalogue)
    }

    /// Whether a section or focus of it has this title.
    pub fn has_part(&self, title: &str) -> bool {
        let key = key(title);
        self.sections.contains_key(&key) || self.focuses.contains_key(&key)
    }

    /// The catalogue.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    pub(crate) fn directory(&self) -> &Directory {
        &self.directory
    }

    pub(crate) fn item(&self, index: usize) -> &CatalogueItem {
        &self.catalogue.items[index]
    }

    /// Whether one of its items asks this, word for word.
    pub(crate) fn asks(&self, matter: &str) -> bool {
        self.by_key.contains_key(&key(matter))
    }

    /// The names of an item's units, sorted.
    pub(crate) fn unit_names(&self, index: usize) -> &[String] {
        &self.unit_names[index]
    }

    /// Whether at least half of the matters are this catalogue's, word for word, by their keys.
    /// Where fewer are, the first few must be nearly its own: a form whose every matter was retyped is still this one.
    pub(crate) fn fits(&self, keys: &[String]) -> bool {
        let known = keys.iter().filter(|key| self.by_key.contains_key(*key)).count();
        if known > 0 && known * 2 >= keys.len() {
            return true;
        }
        let few = &keys[..keys.len().min(RETYPED)];
        let alike = |key: &&String| {
            let likeness = Likeness::of(key);
            self.keys.iter().any(|known| likeness.to(known) >= ALIKE)
        };
        !few.is_empty() && few.iter().filter(alike).count() * 2 >= few.len()
    }
}
