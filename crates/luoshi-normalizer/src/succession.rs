//! Which bodies of a directory are there on a day, and who has taken over from those that are not (domain.md §2.2).
//!
//! Not here: which body a name means (roster), and of whom an item is asked (round).

use luoshi_model::{Catalogue, CatalogueUnit};

/// Whether something that is there from one day to another is there on `day`. Days are `YYYY-MM-DD`, both inclusive, and sort as
/// text; without a day everything is.
pub(crate) fn holds(from: Option<&String>, to: Option<&String>, day: Option<&str>) -> bool {
    day.is_none_or(|day| {
        from.is_none_or(|from| from.as_str() <= day) && to.is_none_or(|to| day <= to.as_str())
    })
}

/// The day that a catalogue asks about its units: when answers are due, else the last of its period.
pub(crate) fn day_of(catalogue: &Catalogue) -> Option<&str> {
    catalogue.due.as_deref().or(catalogue.period.as_ref().map(|period| period.to.as_str()))
}

/// By unit of a directory, the bodies that answer for it: itself while it is there, else those that took over, and theirs where
/// these have ended too. None where it has ended and nobody did.
pub(crate) fn current(catalogue: &Catalogue, find: impl Fn(&str) -> Option<usize>) -> Vec<Vec<usize>> {
    let day = day_of(catalogue);
    let ended = |unit: &CatalogueUnit| day.is_some_and(|day| unit.to.as_deref().is_some_and(|to| to < day));
    (0..catalogue.units.len())
        .map(|unit| {
            let mut answering = Vec::new();
            let mut seen = vec![unit];
            let mut next = 0;
            while let Some(&at) = seen.get(next) {
                next += 1;
                let known = &catalogue.units[at];
                if !ended(known) {
                    answering.push(at);
                    continue;
                }
                for heir in known.successors.iter().filter_map(|name| find(name)) {
                    // A directory that goes in a circle is refused; going round it would never end.
                    if !seen.contains(&heir) {
                        seen.push(heir);
                    }
                }
            }
            answering
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIRECTORY: &str = r#"{"schema":"luoshi.catalogue/1","id":"t","title":"t","due":"2019-12-10","numbering":"continuous",
"columns":[],"sections":[],"focuses":[],"items":[],"units":[
{"name":"区卫生局","to":"2016-01-11","successors":["区卫计局"]},
{"name":"区人口计生局","to":"2016-01-11","successors":["区卫计局"]},
{"name":"区卫计局","from":"2016-01-12","to":"2018-12-31","successors":["区卫健局"]},
{"name":"区卫健局","from":"2019-01-01"},
{"name":"区经信局","to":"2018-12-31","successors":["区工信局","区商务局"]},
{"name":"区工信局"},
{"name":"区商务局"},
{"name":"区物价局","to":"2018-12-31"},
{"name":"甲","to":"2018-12-31","successors":["乙"]},
{"name":"乙","to":"2018-12-31","successors":["甲"]}]}"#;

    fn answering(due: &str) -> Vec<Vec<usize>> {
        let catalogue = Catalogue::from_json(DIRECTORY.replace("2019-12-10", due).as_bytes()).unwrap();
        current(&catalogue, |name| catalogue.units.iter().position(|unit| unit.name == name))
    }

    #[test]
    fn whoever_took_over_answers_from_the_day_after_the_last() {
        let itself = |last: usize| (0..=last).map(|unit| vec![unit]).collect::<Vec<_>>();
        assert_eq!(answering("2016-01-11"), itself(9));
        // Two became one.
        assert_eq!(answering("2016-01-12")[..3], [[2], [2], [2]]);
        assert_eq!(answering("2018-12-31")[2..], itself(9)[2..]);
        // A chain, a split, one that nobody follows, and a circle.
        let expected: [&[usize]; 10] = [&[3], &[3], &[3], &[3], &[5, 6], &[5], &[6], &[], &[], &[]];
        assert_eq!(answering("2019-12-10"), expected);
    }

    #[test]
    fn days_are_inclusive() {
        let (from, to) = ("2016-01-12".to_owned(), "2018-12-31".to_owned());
        let holds = |day| holds(Some(&from), Some(&to), Some(day));
        assert!(holds("2016-01-12") && holds("2018-12-31") && !holds("2016-01-11") && !holds("2019-01-01"));
    }
}
