//! Which item of a catalogue a row is: by its text, the number being a vote. A row that gets a number against its text gets
//! the text's item, and a finding.
//!
//! Not here: sections and focuses (structure), and pairing two periods.

use std::collections::HashMap;

use luoshi_table::{Diagnostic, Locator};
use rapidfuzz::distance::indel;

use crate::index::CatalogueIndex;
use crate::key::{digest, key};

/// Similarity of keys (0 to 1, normalised Indel) from which a retyped matter is taken for a catalogue's, and from which it is
/// with the number's vote. Two different matters of the 66 are at most 0.75 alike (推进教育信息公开, 推进医疗信息公开).
pub(crate) const ALIKE: f64 = 0.85;
const ALIKE_WITH_NUMBER: f64 = 0.8;

/// How alike keys are to one key: twice the length of what they have in common, in its order, by both lengths together.
pub(crate) struct Likeness(indel::BatchComparator<char>);

impl Likeness {
    pub(crate) fn of(key: &str) -> Self {
        Self(indel::BatchComparator::new(key.chars()))
    }

    /// From 0 to 1. rapidfuzz's own `RatioBatchComparator` (0.5) divides by the longer length alone, against its documentation,
    /// and would take a question with words added for a strange one.
    pub(crate) fn to(&self, key: &str) -> f64 {
        self.0.normalized_similarity(key.chars())
    }
}

/// How alike two texts are as they stand, from 0 to 1.
pub fn likeness(one: &str, other: &str) -> f64 {
    indel::normalized_similarity(one.chars(), other.chars())
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
    let likeness = Likeness::of(asked.key);
    let mut best: Option<(f64, usize)> = None;
    for (item, item_key) in index.keys.iter().enumerate().filter(|&(item, _)| free[item]) {
        let voted = asked.number == Some(index.item(item).number);
        let alike = likeness.to(item_key);
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
    diagnostics.push(finding.with("numbers", runs(&missing)).with("catalogue", &index.catalogue().id));
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
    use std::sync::Arc;

    use luoshi_model::Catalogue;

    use super::*;

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
    fn likeness_counts_both_lengths() {
        // 教育信息公开 in common: 6 of 13 and of 8.
        let alike = Likeness::of("教育方面的信息公开情况如何").to("推进教育信息公开");
        assert!((alike - 12.0 / 21.0).abs() < 1e-9, "{alike}");
        assert!((Likeness::of("甲乙").to("甲乙") - 1.0).abs() < 1e-9 && Likeness::of("甲").to("乙") < 1e-9);
    }

    #[test]
    fn runs_are_drawn_together() {
        assert_eq!(runs(&[1, 2, 3, 7, 9, 10]), "1–3、7、9–10");
    }
}
