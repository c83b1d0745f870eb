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
mod watch;

use luoshi_model::{Attachment, ColumnKey, Item, ItemPair};
use luoshi_table::Outcome;

use super::Report;
use crate::Comparison;
use crate::theme::Theme;

pub(crate) use items::{Facets, facets};

/// The items of both sides by their ids.
struct Sides<'a> {
    old: &'a Attachment,
    new: &'a Attachment,
}

impl<'a> Sides<'a> {
    fn of(comparison: &Comparison<'a>) -> Self {
        Self { old: comparison.old, new: comparison.new }
    }

    fn item(side: &'a Attachment, id: Option<&String>) -> Option<&'a Item> {
        let id = id?;
        side.items.iter().find(|item| item.id == *id)
    }

    /// The item as this period has it, else as the last one did.
    fn of_pair(&self, pair: &ItemPair) -> Option<&'a Item> {
        Self::item(self.new, pair.new.as_ref()).or_else(|| Self::item(self.old, pair.old.as_ref()))
    }

    /// Its number and question.
    fn named(&self, pair: &ItemPair) -> (String, String) {
        self.of_pair(pair).map_or_else(Default::default, |item| (item.number_text(), item.matter.clone()))
    }

    /// A column's heading, as either side has it.
    fn heading(&self, key: &ColumnKey) -> String {
        let columns = self.new.columns.iter().chain(&self.old.columns);
        let own = columns.into_iter().find(|column| column.key == *key);
        own.map_or_else(|| key.name().into_owned(), |column| column.heading.clone())
    }
}

/// What answers an item in a column, on its side. Where another item's cell is merged over it, it says which.
pub(crate) fn answer(item: &Item, key: &ColumnKey, side: &Attachment) -> Vec<String> {
    let own = super::cells::text(item, key, &side.columns).into_owned();
    let leader = || match key {
        ColumnKey::Status => {
            let see = item.status.as_ref().and_then(|status| status.see.as_ref());
            Sides::item(side, see)
        }
        key => {
            let covers = |other: &&Item| {
                other.merged.get(key.name().as_ref()).is_some_and(|ids| ids.contains(&item.id))
            };
            side.items.iter().find(covers).filter(|other| other.id != item.id)
        }
    };
    match leader().filter(|_| own.is_empty()) {
        Some(leader) => vec![super::labels::see(leader)],
        None => own,
    }
}

/// A column's heading, as either period has it.
pub(crate) fn heading(comparison: &Comparison<'_>, key: &ColumnKey) -> String {
    Sides::of(comparison).heading(key)
}

/// What a cell says, paragraphs parted by line feeds.
fn cells_text(item: &Item, key: &ColumnKey, side: &Attachment) -> String {
    super::cells::text(item, key, &side.columns).join("\n")
}

/// All lists of a comparison, those that say nothing left out.
pub fn changes(comparison: &Comparison<'_>, theme: &Theme) -> Vec<Outcome<Report>> {
    let (open, closed) = problems::ledgers(comparison, theme);
    let lists = [
        Some(summary::summary(comparison, theme)),
        Some(matrix::matrix(comparison, theme)),
        Some(items::items(comparison, theme)),
        open,
        closed,
        problems::carried(comparison, theme),
        figures::figures(comparison, theme),
        watch::watch(comparison, theme),
    ];
    lists.into_iter().flatten().chain(history::lists(comparison, theme)).collect()
}

/// The list of items alone, for a format that has one table.
pub fn changed_items(comparison: &Comparison<'_>, theme: &Theme) -> Outcome<Report> {
    items::items(comparison, theme)
}
