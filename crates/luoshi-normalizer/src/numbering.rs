//! The numbers of the items: read, inferred where they are missing, checked against each other.
//!
//! Not here: how a number is written (number) and what a catalogue says against it (matching).

use luoshi_model::NumberSource;
use luoshi_table::{Diagnostic, Locator};

/// An item's number on its way to the model.
#[derive(Clone, Debug)]
pub(crate) struct Numbered<'a> {
    pub(crate) value: Option<u32>,
    pub(crate) source: Option<NumberSource>,
    /// What the catalogue says.
    pub(crate) catalogue: Option<u32>,
    pub(crate) section: Option<usize>,
    pub(crate) place: &'a Locator,
}

/// Fills in missing numbers, and reports what is missing, inferred, doubled or out of order.
pub(crate) fn complete(items: &mut [Numbered<'_>], diagnostics: &mut Vec<Diagnostic>) {
    for run in sequences(items) {
        infer(&mut items[run.clone()], diagnostics);
        check(&items[run], diagnostics);
    }
}

/// The runs of items whose numbers run on: all of them, or one per section where numbers begin again.
fn sequences(items: &[Numbered<'_>]) -> Vec<std::ops::Range<usize>> {
    let whole = 0..items.len();
    let mut starts = vec![0];
    starts.extend((1..items.len()).filter(|&i| items[i].section != items[i - 1].section));
    starts.push(items.len());
    let sections: Vec<std::ops::Range<usize>> = starts.windows(2).map(|pair| pair[0]..pair[1]).collect();
    let known = |run: &std::ops::Range<usize>| {
        items[run.clone()].iter().filter_map(|item| item.value).collect::<Vec<_>>()
    };
    let begins_again =
        sections.windows(2).any(|pair| match (known(&pair[0]).last(), known(&pair[1]).first()) {
            (Some(last), Some(first)) => first <= last,
            _ => false,
        });
    if begins_again { sections } else { vec![whole] }
}

fn infer(items: &mut [Numbered<'_>], diagnostics: &mut Vec<Diagnostic>) {
    // A table that is numbered otherwise than its catalogue is numbered by its own neighbours.
    let agrees = |item: &&Numbered<'_>| item.catalogue.is_none() || item.value == item.catalogue;
    let known = || items.iter().filter(|item| item.value.is_some());
    let by_catalogue = known().filter(agrees).count() * 2 >= known().count();
    let mut start = 0;
    while start < items.len() {
        if items[start].value.is_some() {
            start += 1;
            continue;
        }
        let length = items[start..].iter().take_while(|item| item.value.is_none()).count();
        let end = start + length;
        let before = start.checked_sub(1).and_then(|index| items[index].value);
        let after = items.get(end).and_then(|item| item.value);
        // A gap between two numbers says its numbers only where it is as long as they are apart. At an end one side must do.
        let first = match (before, after) {
            (Some(before), Some(after)) => {
                (after.checked_sub(before) == Some(length as u32 + 1)).then(|| before + 1)
            }
            (Some(before), None) => before.checked_add(1),
            (None, Some(after)) => after.checked_sub(length as u32).filter(|&first| first > 0),
            (None, None) => None,
        };
        for (offset, item) in items[start..end].iter_mut().enumerate() {
            let catalogue = item.catalogue.filter(|_| by_catalogue);
            item.value = catalogue.or_else(|| first?.checked_add(offset as u32));
            match item.value {
                Some(value) => {
                    item.source = Some(NumberSource::Inferred);
                    let from = if catalogue.is_some() { "catalogue" } else { "neighbours" };
                    let finding = Diagnostic::warning("number-inferred", item.place.clone());
                    diagnostics.push(finding.with("number", value).with("from", from));
                }
                None => diagnostics.push(Diagnostic::warning("number-missing", item.place.clone())),
            }
        }
        start = end;
    }
}

fn check(items: &[Numbered<'_>], diagnostics: &mut Vec<Diagnostic>) {
    let mut seen = std::collections::HashSet::new();
    let mut highest = 0;
    for item in items {
        let Some(value) = item.value else { continue };
        if !seen.insert(value) {
            diagnostics
                .push(Diagnostic::warning("number-repeated", item.place.clone()).with("number", value));
        } else if value < highest {
            diagnostics
                .push(Diagnostic::warning("number-out-of-order", item.place.clone()).with("number", value));
        }
        highest = highest.max(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn run(items: &[(Option<u32>, Option<u32>, usize)]) -> (Vec<Option<u32>>, Vec<&'static str>) {
        let place = Locator::file(&Arc::from("t"));
        let mut items: Vec<Numbered<'_>> = items
            .iter()
            .map(|&(value, catalogue, section)| Numbered {
                value,
                source: value.map(|_| NumberSource::Printed),
                catalogue,
                section: Some(section),
                place: &place,
            })
            .collect();
        let mut diagnostics = Vec::new();
        complete(&mut items, &mut diagnostics);
        (items.into_iter().map(|i| i.value).collect(), diagnostics.into_iter().map(|d| d.code).collect())
    }

    #[test]
    fn gaps_are_filled_where_the_neighbours_say_how() {
        let (values, codes) = run(&[(Some(36), None, 0), (None, None, 0), (Some(38), None, 0)]);
        assert_eq!(values, [Some(36), Some(37), Some(38)]);
        assert_eq!(codes, ["number-inferred"]);
        let (values, codes) =
            run(&[(Some(1), None, 0), (None, None, 0), (Some(5), None, 0), (None, None, 0)]);
        assert_eq!(values, [Some(1), None, Some(5), Some(6)]);
        assert_eq!(codes, ["number-missing", "number-inferred"]);
        assert_eq!(run(&[(None, None, 0), (Some(2), None, 0)]).0, [Some(1), Some(2)]);
        assert_eq!(run(&[(None, None, 0), (Some(1), None, 0)]).0, [None, Some(1)]);
        assert_eq!(run(&[(None, None, 0)]).0, [None]);
    }

    #[test]
    fn the_catalogue_says_it_first() {
        assert_eq!(run(&[(None, Some(9), 0), (Some(10), Some(10), 0)]).0, [Some(9), Some(10)]);
        // … unless the table has numbers of its own.
        let own = [(Some(1), Some(7), 0), (None, Some(21), 0), (Some(3), Some(30), 0)];
        assert_eq!(run(&own).0, [Some(1), Some(2), Some(3)]);
    }

    #[test]
    fn numbers_may_begin_again_in_each_section() {
        let (values, codes) =
            run(&[(Some(1), None, 0), (Some(2), None, 0), (Some(1), None, 1), (None, None, 1)]);
        assert_eq!(values, [Some(1), Some(2), Some(1), Some(2)]);
        assert_eq!(codes, ["number-inferred"]);
    }

    #[test]
    fn doubles_and_disorder_are_reported() {
        let (_, codes) =
            run(&[(Some(1), None, 0), (Some(3), None, 0), (Some(3), None, 0), (Some(2), None, 0)]);
        assert_eq!(codes, ["number-repeated", "number-out-of-order"]);
    }
}
