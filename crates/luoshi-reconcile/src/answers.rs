//! What answers an item: its own cell, or the one of another item that is merged over it.
//!
//! Not here: what an answer means.

use std::collections::HashMap;

use luoshi_model::{Attachment, ColumnKey, Item, Remark};
use luoshi_normalizer::answer_text;

/// An attachment's answers, ready to be asked for.
pub(crate) struct Answers<'a> {
    pub(crate) attachment: &'a Attachment,
    /// Where the item of an id stands, the first of several.
    places: HashMap<&'a str, usize>,
    /// By item and column, the item whose merged cell answers it.
    leaders: HashMap<(&'a str, &'a str), &'a Item>,
}

impl<'a> Answers<'a> {
    pub(crate) fn new(attachment: &'a Attachment) -> Self {
        let mut leaders = HashMap::new();
        for item in &attachment.items {
            let status = item.status.iter().flat_map(|status| &status.covers).map(|id| ("status", id));
            let others =
                item.merged.iter().flat_map(|(key, ids)| ids.iter().map(move |id| (key.as_str(), id)));
            for (column, id) in status.chain(others).filter(|(_, id)| **id != item.id) {
                leaders.entry((id.as_str(), column)).or_insert(item);
            }
        }
        let places = attachment.items.iter().enumerate().rev().map(|(at, item)| (item.id.as_str(), at));
        Self { attachment, places: places.collect(), leaders }
    }

    /// The item of an id.
    pub(crate) fn item(&self, id: &str) -> Option<&'a Item> {
        self.places.get(id).map(|at| &self.attachment.items[*at])
    }

    /// The item whose merged cell answers this one in a column, where it has no text of its own.
    pub(crate) fn leader(&self, item: &Item, column: &ColumnKey) -> Option<&'a Item> {
        let leader = || self.leaders.get(&(item.id.as_str(), column.name().as_ref())).copied();
        answer_text(item, column).is_empty().then(leader)?
    }

    /// The text that answers an item in a column.
    pub(crate) fn text(&self, item: &Item, column: &ColumnKey) -> Vec<String> {
        answer_text(self.leader(item, column).unwrap_or(item), column)
    }

    /// The remarks about an item.
    pub(crate) fn remarks(&self, item: &'a Item) -> &'a [Remark] {
        &self.leader(item, &ColumnKey::Remarks).unwrap_or(item).remarks
    }
}
