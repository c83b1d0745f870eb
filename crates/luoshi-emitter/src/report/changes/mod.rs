//! Two periods side by side, as lists: what there is in all, classes, items, problems, what was copied forward, figures, and what a
//! person must check.
//!
//! One list a file. Not here: the document with tracked changes (redline), and the page (html).

mod figures;
mod history;
mod items;
pub(crate) mod labels;
mod matrix;
mod problems;
mod summary;
mod units;
mod watch;

use std::collections::HashMap;

use luoshi_model::{Attachment, ColumnKey, Item, ItemPair};
use luoshi_table::Outcome;

use super::Report;
use super::names::Names;
use crate::Comparison;
use crate::theme::Theme;

pub(crate) use items::{Facets, facets};

/// Both sides of a comparison, with what is asked of them often.
pub(crate) struct Sides<'a> {
    pub(crate) comparison: Comparison<'a>,
    old: Side<'a>,
    new: Side<'a>,
}

/// One side.
struct Side<'a> {
    names: Names<'a>,
    /// By item and column, the item whose merged cell answers it.
    leaders: HashMap<(&'a str, &'a str), &'a Item>,
}

impl<'a> Side<'a> {
    fn of(attachment: &'a Attachment) -> Self {
        let names = Names::new(attachment);
        let mut leaders = HashMap::new();
        for item in &attachment.items {
            let see = item.status.as_ref().and_then(|status| status.see.as_deref());
            if let Some(leader) = see.and_then(|id| names.item(id)) {
                leaders.insert((item.id.as_str(), "status"), leader);
            }
            for (key, ids) in &item.merged {
                let others = ids.iter().filter(|id| **id != item.id);
                leaders.extend(others.map(|id| ((id.as_str(), key.as_str()), item)));
            }
        }
        Self { names, leaders }
    }
}

impl<'a> Sides<'a> {
    pub(crate) fn of(comparison: &Comparison<'a>) -> Self {
        Self { comparison: *comparison, old: Side::of(comparison.old), new: Side::of(comparison.new) }
    }

    /// What the old item of an id asks.
    fn old_matter(&self, id: &str) -> &'a str {
        self.old.names.item(id).map_or("", |item| &item.matter)
    }

    /// What the new item of an id asks.
    fn new_matter(&self, id: &str) -> &'a str {
        self.new.names.item(id).map_or("", |item| &item.matter)
    }

    /// The item as this period has it, else as the last one did.
    fn of_pair(&self, pair: &ItemPair) -> Option<&'a Item> {
        let new = pair.new.as_deref().and_then(|id| self.new.names.item(id));
        new.or_else(|| self.old.names.item(pair.old.as_deref()?))
    }

    /// Its number and question.
    fn named(&self, pair: &ItemPair) -> (String, String) {
        self.of_pair(pair).map_or_else(Default::default, |item| (item.number_text(), item.matter.clone()))
    }

    /// A column's heading, as either side has it.
    pub(crate) fn heading(&self, key: &ColumnKey) -> String {
        let columns = self.comparison.new.columns.iter().chain(&self.comparison.old.columns);
        let own = columns.into_iter().find(|column| column.key == *key);
        own.map_or_else(|| key.name().into_owned(), |column| column.heading.clone())
    }

    /// Whether another item's cell answers this one of the new side.
    fn is_covered(&self, item: &Item, key: &ColumnKey) -> bool {
        self.new.leaders.contains_key(&(item.id.as_str(), key.name().as_ref()))
    }

    /// What answers an old item in a column.
    pub(crate) fn old_answer(&self, item: &Item, key: &ColumnKey) -> Vec<String> {
        answer(item, key, self.comparison.old, &self.old)
    }

    /// What answers a new item in a column.
    pub(crate) fn new_answer(&self, item: &Item, key: &ColumnKey) -> Vec<String> {
        answer(item, key, self.comparison.new, &self.new)
    }
}

/// What answers an item in a column. Where another item's cell is merged over it, it says which.
fn answer(item: &Item, key: &ColumnKey, attachment: &Attachment, side: &Side<'_>) -> Vec<String> {
    let own = super::cells::text(item, key, &attachment.columns).into_owned();
    let leader = || side.leaders.get(&(item.id.as_str(), key.name().as_ref())).copied();
    match own.is_empty().then(leader).flatten() {
        Some(leader) => vec![super::labels::see(leader)],
        None => own,
    }
}

/// All lists of a comparison, those that say nothing left out.
pub fn changes(comparison: &Comparison<'_>, theme: &Theme) -> Vec<Outcome<Report>> {
    lists(&Sides::of(comparison), theme)
}

/// As [`changes`].
pub(crate) fn lists(sides: &Sides<'_>, theme: &Theme) -> Vec<Outcome<Report>> {
    let (open, closed) = problems::ledgers(sides, theme);
    let lists = [
        Some(summary::summary(sides, theme)),
        Some(matrix::matrix(sides, theme)),
        Some(items::items(sides, theme)),
        units::units(sides, theme),
        open,
        closed,
        problems::carried(sides, theme),
        figures::figures(sides, theme),
        watch::watch(sides, theme),
    ];
    lists.into_iter().flatten().chain(history::lists(sides, theme)).collect()
}

/// The list of items alone, for a format that has one table.
pub fn changed_items(comparison: &Comparison<'_>, theme: &Theme) -> Outcome<Report> {
    items::items(&Sides::of(comparison), theme)
}
