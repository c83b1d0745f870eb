//! Responsible units that the directory does not know, or that had ended before the period did.
//!
//! Why: names change with reforms (domain.md §2.2), and a duty of a body that is gone is nobody's. Without a directory nothing is known.

use luoshi_model::{ColumnKey, Level};

use super::Rule;
use crate::Context;
use crate::finding::Findings;

pub(super) const RULE: Rule = Rule { codes: &["unit-outside-directory", "unit-out-of-date"], check };

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(index) = context.index else { return };
    let directory = &index.catalogue().units;
    let end = context.attachment.period.as_ref().map(|period| period.to.as_str());
    for (at, item) in context.attachment.items.iter().enumerate() {
        for unit in item.units.iter().filter(|unit| !unit.collective) {
            let named = directory.iter().flat_map(|known| known.dated_names().map(move |name| (known, name)));
            let known: Vec<_> = named.filter(|(_, (name, ..))| *name == unit.name).collect();
            let place = context.material.place(at, &ColumnKey::Units);
            if known.is_empty() && !directory.is_empty() {
                let found = place.finding("unit-outside-directory", Level::Warn);
                findings.push(found.with("unit", &unit.name));
            } else if let Some(end) = end
                && let Some((body, (_, _, Some(last)))) = known.first()
                && known.iter().all(|(_, (_, _, to))| to.is_some_and(|to| to.as_str() < end))
            {
                let found = place.finding("unit-out-of-date", Level::Warn).with("unit", &unit.name);
                let now =
                    if body.name == unit.name { body.successors.join("、") } else { body.name.clone() };
                findings.push(found.with("day", last).with("now", now));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use luoshi_model::{CatalogueUnit, Period};
    use luoshi_normalizer::CatalogueIndex;
    use luoshi_table::Beside;

    use crate::testing::attachment;
    use crate::{Material, Words, check};

    #[test]
    fn units_are_those_of_the_directory_at_the_end_of_the_period() {
        let known = luoshi_normalizer::built_in("haicang-2016").unwrap().catalogue();
        let told = |unit: CatalogueUnit| -> Vec<&str> {
            let index = CatalogueIndex::new(luoshi_model::Catalogue { units: vec![unit], ..known.clone() });
            let mut attachment = attachment(&["已公开。"]);
            let (from, to) = ("2016-01-01".to_owned(), "2016-12-31".to_owned());
            attachment.period = Some(Period { label: "2016年".to_owned(), from, to });
            let beside = Beside::default();
            let material = Material {
                attachment: &attachment,
                index: Some(&index),
                source: None,
                beside: &beside,
                place: None,
            };
            let found = check(&material, &Words::default());
            found.iter().map(|found| found.code).filter(|code| super::RULE.codes.contains(code)).collect()
        };
        let unit = |name: &str, to: Option<&str>| CatalogueUnit {
            name: name.to_owned(),
            to: to.map(str::to_owned),
            ..CatalogueUnit::default()
        };
        assert_eq!(told(unit("区教育局", None)), [] as [&str; 0]);
        assert_eq!(told(unit("区教育局", Some("2016-12-31"))), [] as [&str; 0]);
        assert_eq!(told(unit("区教育局", Some("2016-06-30"))), ["unit-out-of-date"]);
        assert_eq!(told(unit("区卫计局", None)), ["unit-outside-directory"]);
    }
}
