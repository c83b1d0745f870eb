//! Whether a catalogue holds together: every id once, every name one unit's, every name that it uses one that it has.
//!
//! Not here: the shape of the JSON (the types refuse what does not fit them).

use std::collections::BTreeMap;

use luoshi_model::{Catalogue, CatalogueUnit, ColumnKey, Numbering};
use luoshi_table::{Code, Diagnostic, Locator};

use crate::index::CatalogueIndex;
use crate::key::squeeze;
use crate::succession::day_of;

/// What contradicts itself in a catalogue. Every finding is an error: answers would be merged into wrong places. `text` is the
/// file's, where there is one: places are lines of it.
pub fn check(index: &CatalogueIndex, file: &Locator, text: &str) -> Vec<Diagnostic> {
    let catalogue = index.catalogue();
    let mut check = Check { file, text, findings: Vec::new() };
    check.ids("section", catalogue.sections.iter().map(|part| part.id.as_str()));
    check.ids("focus", catalogue.focuses.iter().map(|part| part.id.as_str()));
    check.ids("item", catalogue.items.iter().map(|item| item.id.as_str()));
    check.parts(catalogue);
    check.numbers(catalogue);
    check.columns(catalogue);
    check.units(catalogue);
    check.successions(index);
    check.days(catalogue);
    for item in &catalogue.items {
        if check.findings.len() >= MOST {
            break;
        }
        for unit in index.units_of(item).iter().filter(|unit| index.unit(&unit.name).is_none()) {
            let finding = check.finding("unit-not-listed", &unit.raw, 0).with("unit", &unit.name);
            check.findings.push(finding.with("item", &item.id));
        }
    }
    // A list that is wrong everywhere is wrong; the first places are enough to see how.
    check.findings.truncate(MOST);
    check.findings
}

/// Findings about one catalogue.
const MOST: usize = 200;

struct Check<'a> {
    file: &'a Locator,
    text: &'a str,
    findings: Vec<Diagnostic>,
}

impl Check<'_> {
    /// A finding at the line in which a value stands for the nth time.
    fn finding(&self, code: Code, value: &str, nth: usize) -> Diagnostic {
        let quoted = serde_json::Value::from(value).to_string();
        let offset = self.text.match_indices(&quoted).nth(nth).map(|(at, _)| at);
        self.at(code, offset)
    }

    /// A finding at the line in which the directory names a unit.
    fn unit_finding(&self, code: Code, unit: &CatalogueUnit) -> Diagnostic {
        let quoted = serde_json::Value::from(unit.name.as_str()).to_string();
        let is_name = |at: &usize| {
            let before = self.text[..*at].trim_end().strip_suffix(':');
            before.is_some_and(|before| before.trim_end().ends_with("\"name\""))
        };
        let offset = self.text.match_indices(&quoted).map(|(at, _)| at).find(is_name);
        self.at(code, offset)
    }

    fn at(&self, code: Code, offset: Option<usize>) -> Diagnostic {
        let line = offset.map(|at| self.text[..at].matches('\n').count() as u32 + 1);
        Diagnostic::error(code, Locator { row: line, ..self.file.clone() })
    }

    fn ids<'b>(&mut self, field: &'static str, ids: impl Iterator<Item = &'b str>) {
        for (id, count) in counts(ids).into_iter().filter(|(_, count)| *count > 1) {
            let finding = self.finding("catalogue-id-repeated", id, 1).with("field", field).with("id", id);
            self.findings.push(finding.with("count", count));
        }
    }

    fn parts(&mut self, catalogue: &Catalogue) {
        let section = |id: &String| catalogue.sections.iter().any(|part| part.id == *id);
        let focus = |id: &String| catalogue.focuses.iter().any(|part| part.id == *id);
        let focuses = catalogue
            .focuses
            .iter()
            .map(|part| (&part.id, "section", part.section.as_ref().filter(|id| !section(id))));
        let items = catalogue.items.iter().flat_map(|item| {
            let section = item.section.as_ref().filter(|id| !section(id));
            [(&item.id, "section", section), (&item.id, "focus", item.focus.as_ref().filter(|id| !focus(id)))]
        });
        for (own, field, unknown) in focuses.chain(items).collect::<Vec<_>>() {
            if let Some(id) = unknown {
                let finding = self.finding("catalogue-id-unknown", id, 0).with("field", field);
                self.findings.push(finding.with("id", id).with("item", own));
            }
        }
    }

    /// Numbers that run on are each there once; numbers that begin again are each there once in a section.
    fn numbers(&mut self, catalogue: &Catalogue) {
        let section = |item: &luoshi_model::CatalogueItem| {
            let focus = catalogue.focuses.iter().find(|focus| Some(&focus.id) == item.focus.as_ref());
            item.section.clone().or_else(|| focus.and_then(|focus| focus.section.clone()))
        };
        let mut seen: BTreeMap<(Option<String>, u32), &str> = BTreeMap::new();
        for item in &catalogue.items {
            let part = (catalogue.numbering == Numbering::PerSection).then(|| section(item)).flatten();
            if let Some(first) = seen.insert((part, item.number), &item.id) {
                let finding =
                    self.finding("catalogue-number-repeated", &item.id, 0).with("number", item.number);
                self.findings.push(finding.with("items", [first, &item.id].join("、")));
            }
        }
    }

    fn columns(&mut self, catalogue: &Catalogue) {
        let keys: Vec<String> = catalogue.columns.iter().map(|column| column.key.to_string()).collect();
        self.ids("column", keys.iter().map(String::as_str));
        if !catalogue.columns.iter().any(|column| column.key == ColumnKey::Matter) {
            let finding = self.finding("catalogue-without-matter", "columns", 0);
            self.findings.push(finding);
        }
    }

    fn units(&mut self, catalogue: &Catalogue) {
        let mut owners: BTreeMap<String, Vec<(&str, Days<'_>)>> = BTreeMap::new();
        for unit in &catalogue.units {
            for (name, from, to) in unit.dated_names() {
                let own = owners.entry(squeeze(name)).or_default();
                let at_once = own.iter().find(|(other, days)| *other != unit.name && meet(*days, (from, to)));
                if let Some((other, _)) = at_once {
                    let finding = self.finding("unit-name-shared", name, 1).with("name", name);
                    self.findings.push(finding.with("units", [other, unit.name.as_str()].join("、")));
                }
                own.push((&unit.name, (from, to)));
            }
        }
        self.ids("unit", catalogue.units.iter().map(|unit| unit.name.as_str()));
        for unit in &catalogue.units {
            for (field, name) in unit
                .members
                .iter()
                .map(|name| ("members", name))
                .chain(unit.successors.iter().map(|name| ("successors", name)))
            {
                let known = catalogue.units.iter().find(|known| known.names().any(|known| known == name));
                if known.is_none_or(|known| known.collective) {
                    let finding = self.finding("unit-not-listed", name, 0).with("unit", name);
                    self.findings.push(finding.with("item", format!("{}.{field}", unit.name)));
                }
            }
        }
    }

    /// Whoever takes over does so after a last day, and nobody from itself; what is asked is asked of bodies that are there.
    fn successions(&mut self, index: &CatalogueIndex) {
        let catalogue = index.catalogue();
        for unit in catalogue.units.iter().filter(|unit| unit.to.is_none() && !unit.successors.is_empty()) {
            let finding = self.unit_finding("unit-without-end", unit).with("unit", &unit.name);
            self.findings.push(finding.with("successors", unit.successors.join("、")));
        }
        let by_name: BTreeMap<&str, &CatalogueUnit> =
            catalogue.units.iter().flat_map(|unit| unit.names().map(move |name| (name, unit))).collect();
        for unit in &catalogue.units {
            let mut reached: Vec<&str> = Vec::new();
            let mut next: Vec<&String> = unit.successors.iter().collect();
            while let Some(heir) = next.pop().and_then(|name| by_name.get(name.as_str())) {
                if !reached.contains(&heir.name.as_str()) {
                    reached.push(&heir.name);
                    next.extend(&heir.successors);
                }
            }
            if reached.contains(&unit.name.as_str()) {
                let finding = self.unit_finding("unit-succeeds-itself", unit).with("unit", &unit.name);
                self.findings.push(finding);
            }
        }
        let Some(day) = day_of(catalogue) else { return };
        for unit in catalogue.units.iter().filter(|unit| unit.from.as_deref().is_some_and(|from| day < from))
        {
            let names = |asked: &luoshi_model::Unit| index.unit(&asked.name) == index.unit(&unit.name);
            if let Some(item) = catalogue.items.iter().find(|item| index.units_of(item).iter().any(names)) {
                let finding = self.unit_finding("unit-not-yet", unit).with("unit", &unit.name);
                self.findings.push(finding.with("item", &item.id).with("day", day));
            }
        }
    }

    fn days(&mut self, catalogue: &Catalogue) {
        let period = catalogue.period.iter().map(|period| (Some(&period.from), Some(&period.to)));
        let due = std::iter::once((catalogue.due.as_ref(), None));
        let units = catalogue.units.iter().flat_map(|unit| {
            let own = std::iter::once((unit.from.as_ref(), unit.to.as_ref()));
            own.chain(unit.aliases.iter().map(|alias| (alias.from.as_ref(), alias.to.as_ref())))
        });
        for (from, to) in period.chain(due).chain(units).collect::<Vec<_>>() {
            let backwards = from.zip(to).filter(|(from, to)| from > to).map(|(_, to)| to);
            for day in [from, to].into_iter().flatten().filter(|day| !is_day(day)).chain(backwards) {
                let finding = self.finding("catalogue-day-invalid", day, 0).with("day", day);
                self.findings.push(finding);
            }
        }
    }
}

/// The first and the last day of something.
type Days<'a> = (Option<&'a String>, Option<&'a String>);

/// Whether there is a day of both.
fn meet(one: Days<'_>, other: Days<'_>) -> bool {
    let before = |last: Option<&String>, first: Option<&String>| {
        last.zip(first).is_some_and(|(last, first)| last < first)
    };
    !before(one.1, other.0) && !before(other.1, one.0)
}

fn counts<'a>(ids: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    let mut counts = BTreeMap::new();
    ids.for_each(|id| *counts.entry(id).or_default() += 1);
    counts
}

/// Whether a text is a day as `YYYY-MM-DD`.
pub fn is_day(text: &str) -> bool {
    let parts: Vec<Option<u32>> = text.split('-').map(|part| part.parse().ok()).collect();
    let shape =
        text.len() == 10 && text.bytes().enumerate().all(|(at, byte)| matches!(at, 4 | 7) == (byte == b'-'));
    let [Some(year), Some(month), Some(day)] = parts.as_slice() else { return false };
    let last = match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    shape && (1..=12).contains(month) && (1..=last).contains(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOUND: &str = r#"{"schema":"luoshi.catalogue/1","id":"t","title":"t",
"period":{"label":"2016年","from":"2016-01-01","to":"2016-12-31"},
"numbering":"continuous",
"columns":[{"key":"matter","heading":"事项"},{"key":"units","heading":"责任单位"}],
"sections":[{"id":"1","label":"","title":"甲"}],
"focuses":[{"id":"1.1","section":"1","label":"","title":"乙"}],
"items":[
{"id":"a","number":1,"focus":"1.1","matter":"一","units":["区教育局"]},
{"id":"b","number":2,"section":"1","matter":"二","units":["各部门"]}],
"units":[
{"name":"区教育局","aliases":[{"name":"区教委","to":"2015-12-31"}]},
{"name":"各部门","collective":true,"members":["区教育局"]}]}"#;

    fn findings(text: &str) -> Vec<(&'static str, Option<u32>)> {
        let index = CatalogueIndex::new(Catalogue::from_json(text.as_bytes()).unwrap());
        let file = Locator::file(&"c.json".into());
        check(&index, &file, text).into_iter().map(|f| (f.code, f.place.unwrap().row)).collect()
    }

    #[test]
    fn a_sound_catalogue_has_no_findings() {
        assert_eq!(findings(SOUND), []);
    }

    #[test]
    fn every_contradiction_is_told_at_its_line() {
        let cases = [
            (r#""id":"b""#, r#""id":"a""#, ("catalogue-id-repeated", Some(9))),
            (r#""focus":"1.1""#, r#""focus":"1.2""#, ("catalogue-id-unknown", Some(8))),
            (r#""number":2"#, r#""number":1"#, ("catalogue-number-repeated", Some(9))),
            (r#"["区教育局"]},"#, r#"["区水族馆"]},"#, ("unit-not-listed", Some(8))),
            ("区教委", "各部门", ("unit-name-shared", Some(11))),
            (r#"members":["区教育局"]"#, r#"members":["区文体局"]"#, ("unit-not-listed", Some(12))),
            (r#"members":["区教育局"]"#, r#"members":["各部门"]"#, ("unit-not-listed", Some(9))),
            ("2015-12-31", "2015-13-31", ("catalogue-day-invalid", Some(11))),
            ("2016-01-01", "2017-01-01", ("catalogue-day-invalid", Some(2))),
            (r#""key":"matter""#, r#""key":"remarks""#, ("catalogue-without-matter", Some(4))),
        ];
        for (from, to, expected) in cases {
            assert!(SOUND.contains(from), "{from}");
            assert_eq!(findings(&SOUND.replacen(from, to, 1)), [expected], "{from} → {to}");
        }
    }

    /// The directory of the sound catalogue, and bodies that came and went beside it.
    fn with_units(units: &str) -> String {
        SOUND.replace(r#""members":["区教育局"]}]}"#, &format!("\"members\":[\"区教育局\"]}},\n{units}]}}"))
    }

    #[test]
    fn a_name_may_pass_on_but_not_be_two_bodies_at_once() {
        let two = |to: &str| {
            with_units(&format!(
                r#"{{"name":"甲","aliases":[{{"name":"文体局","to":"{to}"}}]}},
{{"name":"乙","aliases":[{{"name":"文体局","from":"2011-01-01"}}]}}"#
            ))
        };
        assert_eq!(findings(&two("2010-12-31")), []);
        assert_eq!(findings(&two("2011-01-01")), [("unit-name-shared", Some(14))]);
    }

    #[test]
    fn whoever_takes_over_does_so_after_an_end_and_is_there() {
        assert_eq!(
            findings(&with_units(r#"{"name":"甲","to":"2016-06-30","successors":["乙"]},{"name":"乙"}"#)),
            []
        );
        let cases = [
            (r#"{"name":"甲","successors":["区教育局"]}"#, vec![("unit-without-end", Some(13))]),
            (
                r#"{"name":"甲","to":"2015-12-31","successors":["乙"]},
{"name":"乙","to":"2015-12-31","successors":["甲"]}"#,
                vec![("unit-succeeds-itself", Some(13)), ("unit-succeeds-itself", Some(14))],
            ),
        ];
        for (units, expected) in cases {
            assert_eq!(findings(&with_units(units)), expected, "{units}");
        }
        let late = SOUND.replace(r#"{"name":"区教育局","#, r#"{"name":"区教育局","from":"2017-01-01","#);
        assert_eq!(findings(&late), [("unit-not-yet", Some(11))]);
    }
}
