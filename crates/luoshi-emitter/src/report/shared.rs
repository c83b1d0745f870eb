//! Cells that hold for several items: which item's cell holds for which others, and what an item says that has no text of
//! its own.
//!
//! Not here: whether such cells can stand as one; that is the print layout's matter.

use std::borrow::Cow;
use std::collections::BTreeMap;

use luoshi_model::{Attachment, ColumnKey, Item};

use super::{cells, labels};

/// The items of an attachment by id.
pub(super) struct Shared<'a> {
    attachment: &'a Attachment,
    /// The first item of each id.
    index: BTreeMap<&'a str, usize>,
}

/// Of one column: the item whose cell holds for an item, by the latter's index.
pub(super) struct Leaders(BTreeMap<usize, usize>);

/// What an item says in a column.
pub(super) struct Says<'a> {
    pub(super) text: Cow<'a, [String]>,
    /// The item it refers to, where the text is luoshi's reference to it.
    pub(super) refers_to: Option<&'a Item>,
}

impl<'a> Shared<'a> {
    pub(super) fn new(attachment: &'a Attachment) -> Self {
        // From the back, so that of two items with one id the first stays.
        let index = attachment.items.iter().enumerate().rev().map(|(index, item)| (item.id.as_str(), index));
        Self { attachment, index: index.collect() }
    }

    /// Whose cell holds for whom in a column.
    pub(super) fn leaders(&self, key: &ColumnKey) -> Leaders {
        let mut leaders = BTreeMap::new();
        for (leader, item) in self.attachment.items.iter().enumerate() {
            for id in cells::covers(item, key) {
                if let Some(&covered) = self.index.get(id.as_str()).filter(|&&covered| covered != leader) {
                    leaders.entry(covered).or_insert(leader);
                }
            }
        }
        Leaders(leaders)
    }

    /// The item's own text, else that of the item whose cell holds for it.
    pub(super) fn repeats(&self, item: usize, key: &ColumnKey, leaders: &Leaders) -> Cow<'a, [String]> {
        let Attachment { items, columns, .. } = self.attachment;
        let own = cells::text(&items[item], key, columns);
        let leader = leaders.0.get(&item).filter(|_| own.is_empty());
        leader.map_or(own, |&leader| cells::text(&items[leader], key, columns))
    }

    /// The item's own text; where it has none and another item's cell holds for it, what says so: an answer is referred to by
    /// number, anything else is repeated, since what the office wrote once for several items holds for each.
    pub(super) fn says(&self, item: usize, key: &ColumnKey, leaders: &Leaders) -> Says<'a> {
        let Attachment { items, columns, .. } = self.attachment;
        let own = cells::text(&items[item], key, columns);
        if !own.is_empty() || *key != ColumnKey::Status {
            return Says { text: self.repeats(item, key, leaders), refers_to: None };
        }
        let seen = || cells::sees(&items[item]).and_then(|id| self.index.get(id).copied());
        match leaders.0.get(&item).copied().or_else(seen).filter(|&target| target != item) {
            Some(target) => {
                let target = &items[target];
                Says { text: vec![labels::see(target)].into(), refers_to: Some(target) }
            }
            None => Says { text: own, refers_to: None },
        }
    }
}
