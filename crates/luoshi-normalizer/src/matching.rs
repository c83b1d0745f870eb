//! Which item of a catalogue a row is: by its text, the number being a vote. A row that gets a number against its text gets
//! the text's item, and a finding.
//!
//! Not here: sections and focuses (structure), and pairing two periods.

use std::collections::HashMap;
use std::sync::OnceLock;

use luoshi_model::{Catalogue, CatalogueItem, ColumnKey, Role, Unit, bookmark};
use luoshi_table::{Diagnostic, Locator};
use rapidfuzz::fuzz::RatioBatchComparator;

use crate::key::{digest, key};
use crate::roster::Roster;
use crate::units::Directory;

/// Similarity of keys (0 to 1, normalised Indel) from which a retyped matter is taken for a catalogue's, and from which it is
/// with the number's vote. Two different matters of the 66 are at most 0.75 alike (推进教育信息公开, 推进医疗信息公开).
const ALIKE: f64 = 0.85;
const ALIKE_WITH_NUMBER: f64 = 0.8;

/// Matters compared for likeness to tell a catalogue; each is compared with all of its items.
const RETYPED: usize = 8;

/// A catalogue made ready for matching.
#[derive(Debug)]
pub struct CatalogueIndex {
    catalogue: Catalogue,
    by_key: HashMap<String, Vec<usize>>,
    keys: Vec<String>,
    unit_names: Vec<Vec<String>>,
    /// Section ids by the key of their title.
    sections: HashMap<String, String>,
    /// Focus ids by the key of their title and the id of their section.
    focuses: HashMap<String, Vec<(Option<String>, String)>>,
    directory: Directory,
    /// What only forms and submissions ask for, made when first asked.
    round: OnceLock<Round>,
}

/// Who is asked what, and how their forms are known again.
#[derive(Debug)]
struct Round {
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

    fn round(&self) -> &Round {
        self.round.get_or_init(|| {
            let roster = Roster::new(&self.catalogue);
            let items = || self.catalogue.items.iter().enumerate();
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
            let known = found.map(|found| &self.catalogue.units[found]);
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
        columns.iter().flat_map(|(key, role)| self.directory.parse(item.units_in(key), *role)).collect()
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
        match &self.catalogue.units[unit] {
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

    /// The index of the item that asks this, word for word.
    pub fn asking(&self, matter: &str) -> Option<usize> {
        self.by_key.get(&key(matter)).and_then(|found| found.first()).copied()
    }

    /// The names of the units of a cell, as they stand there.
    pub fn unit_names_in(&self, lines: &[String]) -> Vec<String> {
        self.directory.parse(lines, Role::Unspecified).into_iter().map(|unit| unit.name).collect()
    }

    /// The index of the item of an id.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.round().by_id.get(id).copied()
    }

    /// The index of the item whose row a bookmark marks.
    pub(crate) fn bookmarked(&self, name: &str) -> Option<usize> {
        self.round().by_bookmark.get(name).copied()
    }

    /// Whether an item is asked in these words, but for widths, spaces and punctuation.
    pub fn asks_as(&self, item: usize, matter: &str) -> bool {
        self.keys[item] == key(matter)
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
            let comparator = RatioBatchComparator::new(key.chars());
            self.keys.iter().any(|known| comparator.similarity(known.chars()) >= ALIKE)
        };
        !few.is_empty() && few.iter().filter(alike).count() * 2 >= few.len()
    }
}

/// What a row asks.
pub(crate) struct Asked<'a> {
    pub(crate) matter: &'a str,
    /// The matter's key.
    pub(crate) key: &'a str,
    /// The requirement, where it tells apart rows of one matter.
    pub(crate) requirement: String,
    pub(crate) number: Option<u32>,
    /// The item that a form's hidden mark says it is.
    pub(crate) marked: Option<usize>,
    pub(crate) place: &'a Locator,
}

/// What a row is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Identity {
    pub(crate) id: String,
    /// Its index in the catalogue, if it is there.
    pub(crate) item: Option<usize>,
}

/// Identifies the rows, each catalogue item at most once.
pub(crate) fn identify(
    asked: &[Asked<'_>],
    index: Option<&CatalogueIndex>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Identity> {
    let mut items: Vec<Option<usize>> = vec![None; asked.len()];
    if let Some(index) = index {
        let mut free = vec![true; index.keys.len()];
        for (row, asked) in asked.iter().enumerate() {
            items[row] = by_mark(asked, index, &free, diagnostics);
            items[row].into_iter().for_each(|item| free[item] = false);
        }
        for (row, asked) in
            asked.iter().enumerate().filter(|(row, _)| items[*row].is_none()).collect::<Vec<_>>()
        {
            let Some(found) = index.by_key.get(asked.key) else { continue };
            let by_number = found.iter().find(|&&i| free[i] && Some(index.item(i).number) == asked.number);
            items[row] = by_number.or_else(|| found.iter().find(|&&i| free[i])).copied();
            if let Some(item) = items[row] {
                free[item] = false;
            } else {
                diagnostics.push(
                    Diagnostic::warning("item-repeated", asked.place.clone()).with("matter", asked.matter),
                );
            }
        }
        for (row, asked) in asked.iter().enumerate() {
            if items[row].is_none() && !index.by_key.contains_key(asked.key) {
                items[row] = most_alike(asked, index, &free, diagnostics);
                items[row].into_iter().for_each(|item| free[item] = false);
            }
        }
        for (row, item) in asked.iter().zip(&items) {
            if let (Some(number), Some(item)) = (row.number, item.map(|item| index.item(item)))
                && number != item.number
            {
                let finding = Diagnostic::warning("number-differs", row.place.clone()).with("number", number);
                diagnostics.push(finding.with("catalogue", item.number).with("matter", row.matter));
            }
        }
        report_missing(asked, index, &free, diagnostics);
    }

    let id = |(row, item): (&Asked<'_>, &Option<usize>)| match (item, index) {
        (Some(item), Some(index)) => index.item(*item).id.clone(),
        _ if row.requirement.is_empty() => digest(&[row.key]),
        _ => digest(&[row.key, &key(&row.requirement)]),
    };
    let ids: Vec<String> = asked.iter().zip(&items).map(id).collect();
    let mut repeats: HashMap<&str, u32> = HashMap::with_capacity(ids.len());
    let counts: Vec<u32> = ids
        .iter()
        .map(|id| {
            let count = repeats.entry(id).or_default();
            *count += 1;
            *count
        })
        .collect();
    let identity = |((id, count), item): ((String, u32), Option<usize>)| Identity {
        id: if count > 1 { format!("{id}-{count}") } else { id },
        item,
    };
    ids.into_iter().zip(counts).zip(items).map(identity).collect()
}

/// The item that a hidden mark says. A row whose question is another item's word for word was answered as that: rows that were
/// sorted without their marks must not carry answers to wrong questions.
fn by_mark(
    asked: &Asked<'_>,
    index: &CatalogueIndex,
    free: &[bool],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<usize> {
    let item = asked.marked.filter(|&item| free[item])?;
    if asked.key.is_empty() || index.keys[item] == asked.key {
        return Some(item);
    }
    let other = index.by_key.contains_key(asked.key);
    let code = match other {
        true => "mark-differs",
        false => "matter-retyped",
    };
    let finding = Diagnostic::warning(code, asked.place.clone()).with("matter", asked.matter);
    diagnostics.push(finding.with("catalogue", &index.item(item).matter));
    (!other).then_some(item)
}

fn most_alike(
    asked: &Asked<'_>,
    index: &CatalogueIndex,
    free: &[bool],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<usize> {
    let comparator = RatioBatchComparator::new(asked.key.chars());
    let mut best: Option<(f64, usize)> = None;
    for (item, item_key) in index.keys.iter().enumerate().filter(|&(item, _)| free[item]) {
        let voted = asked.number == Some(index.item(item).number);
        let alike = comparator.similarity(item_key.chars());
        let enough = if voted { ALIKE_WITH_NUMBER } else { ALIKE };
        if alike >= enough && best.is_none_or(|(most, _)| alike > most) {
            best = Some((alike, item));
        }
    }
    let finding = match best {
        Some((_, item)) => Diagnostic::warning("matter-retyped", asked.place.clone())
            .with("matter", asked.matter)
            .with("catalogue", &index.item(item).matter),
        None => Diagnostic::warning("item-unknown", asked.place.clone()).with("matter", asked.matter),
    };
    diagnostics.push(finding);
    best.map(|(_, item)| item)
}

/// One finding for all missing items: a unit's own submission misses most of them by design.
fn report_missing(
    asked: &[Asked<'_>],
    index: &CatalogueIndex,
    free: &[bool],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let missing: Vec<u32> =
        (0..free.len()).filter(|&item| free[item]).map(|item| index.item(item).number).collect();
    let Some(row) = asked.first().filter(|_| !missing.is_empty()) else { return };
    let place = Locator { row: None, column: None, ..row.place.clone() };
    let finding = Diagnostic::warning("items-missing", place).with("count", missing.len());
    diagnostics.push(finding.with("numbers", runs(&missing)).with("catalogue", &index.catalogue.id));
}

/// Numbers with runs drawn together: 1–4、7.
fn runs(numbers: &[u32]) -> String {
    let mut parts: Vec<String> = Vec::new();
    for chunk in numbers.chunk_by(|a, b| a + 1 == *b) {
        parts.push(match chunk {
            [one] => one.to_string(),
            [first, .., last] => format!("{first}–{last}"),
            [] => continue,
        });
    }
    parts.join("、")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn index() -> CatalogueIndex {
        let item = |id: &str, number, matter: &str| {
            format!(r#"{{"id":"{id}","number":{number},"matter":"{matter}","units":["区编办"]}}"#)
        };
        let items = [
            item("a", 1, "依法公开随机抽查事项清单"),
            item("b", 2, "推进监管执法信息公开"),
            item("c", 3, "推进教育信息公开"),
        ];
        let json = format!(
            r#"{{"schema":"luoshi.catalogue/1","id":"t","title":"t","numbering":"continuous","columns":[],"sections":[],
                "focuses":[],"items":[{}],"units":[]}}"#,
            items.join(",")
        );
        CatalogueIndex::new(Catalogue::from_json(json.as_bytes()).unwrap())
    }

    fn run(rows: &[(&str, Option<u32>)]) -> (Vec<String>, Vec<&'static str>) {
        let place = Locator::file(&Arc::from("t"));
        let keys: Vec<String> = rows.iter().map(|(matter, _)| key(matter)).collect();
        let asked: Vec<Asked<'_>> = rows
            .iter()
            .zip(&keys)
            .map(|((matter, number), key)| Asked {
                matter,
                key,
                requirement: String::new(),
                number: *number,
                marked: None,
                place: &place,
            })
            .collect();
        let mut diagnostics = Vec::new();
        let identities = identify(&asked, Some(&index()), &mut diagnostics);
        (identities.into_iter().map(|i| i.id).collect(), diagnostics.into_iter().map(|d| d.code).collect())
    }

    #[test]
    fn the_text_decides_and_the_number_votes() {
        let (ids, codes) = run(&[("推进教育信息公开。", Some(1)), ("推进监管执法信息公开", Some(2))]);
        assert_eq!(ids, ["c", "b"]);
        assert_eq!(codes, ["number-differs", "items-missing"]);
    }

    #[test]
    fn a_retyped_matter_is_recognised_and_reported() {
        let (ids, codes) = run(&[("依法公开随机抽查的事项清单", Some(1))]);
        assert_eq!(ids, ["a"]);
        assert_eq!(codes, ["matter-retyped", "items-missing"]);
    }

    #[test]
    fn what_is_not_in_the_catalogue_keeps_an_identity_of_its_own() {
        let (ids, codes) =
            run(&[("开展无偿献血", Some(1)), ("开展无偿献血", None), ("推进教育信息公开", Some(3))]);
        assert!(ids[0].starts_with("x-") && ids[1] == format!("{}-2", ids[0]) && ids[2] == "c");
        assert_eq!(codes, ["item-unknown", "item-unknown", "items-missing"]);
    }

    #[test]
    fn an_item_is_given_once() {
        let (ids, codes) = run(&[("推进教育信息公开", Some(3)), ("推进教育信息公开", Some(4))]);
        assert_eq!(ids[0], "c");
        assert_ne!(ids[1], "c");
        assert_eq!(codes[0], "item-repeated");
    }

    #[test]
    fn runs_are_drawn_together() {
        assert_eq!(runs(&[1, 2, 3, 7, 9, 10]), "1–3、7、9–10");
    }
}
