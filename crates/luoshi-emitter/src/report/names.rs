//! How the sheets of a merge's record, and those of a comparison, call items, columns and places.
//!
//! Not here: the words themselves (`labels`).

use std::collections::BTreeMap;

use luoshi_model::{Attachment, ColumnKey, Item, MergeRecord, Origin};

use super::labels;

/// The items and columns of an attachment by what the record calls them.
pub(super) struct Names<'a> {
    attachment: &'a Attachment,
    items: BTreeMap<&'a str, &'a Item>,
}

impl<'a> Names<'a> {
    pub(super) fn new(attachment: &'a Attachment) -> Self {
        let items = attachment.items.iter().rev().map(|item| (item.id.as_str(), item));
        Self { attachment, items: items.collect() }
    }

    pub(super) fn item(&self, id: &str) -> Option<&'a Item> {
        self.items.get(id).copied()
    }

    /// An item's number, else what it is called, else its id.
    pub(super) fn number(&self, id: &str) -> String {
        self.item(id).map_or_else(|| id.to_owned(), Item::name)
    }

    /// A column's heading, else the key's own name.
    pub(super) fn heading(&self, key: &ColumnKey) -> String {
        match (self.attachment.columns.iter().find(|column| column.key == *key), key) {
            (Some(column), _) => column.heading.clone(),
            (None, ColumnKey::Extra(heading)) => heading.clone(),
            (None, key) => key.name().into_owned(),
        }
    }

    /// Items in the order they are given, runs of numbers drawn together: 1～3、5.
    pub(super) fn runs<'i>(&self, ids: impl Iterator<Item = &'i str>) -> String {
        // A name, with first and last number where it is one.
        let mut runs: Vec<(String, Option<(u32, u32)>)> = Vec::new();
        for id in ids {
            let name = self.number(id);
            let number = self.item(id).filter(|item| item.label.is_none()).and_then(|item| item.number);
            match (runs.last_mut(), number) {
                (Some((_, Some((_, last)))), Some(number)) if last.checked_add(1) == Some(number) => {
                    *last = number;
                }
                _ => runs.push((name, number.map(|number| (number, number)))),
            }
        }
        let texts = runs.into_iter().map(|(name, run)| match run {
            Some((first, last)) if first < last => labels::run(first, last),
            _ => name,
        });
        texts.collect::<Vec<_>>().join("、")
    }
}

/// A place in one of the files of a merge.
pub(super) fn place(record: &MergeRecord, origin: &Origin) -> String {
    let file = record.files.get(origin.file as usize).map_or("", |file| &file.name);
    labels::place(file, origin.sheet.as_deref(), origin.table, origin.row, origin.column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_numbers_are_drawn_together_and_nothing_else_is() {
        let attachment = super::super::fixture::merged();
        let names = Names::new(&attachment);
        let runs = |ids: &[&str]| names.runs(ids.iter().copied());
        assert_eq!(runs(&["i1", "i2", "i3"]), "1～3");
        assert_eq!(runs(&["i1", "i2"]), "1、2");
        assert_eq!(runs(&["i1", "i3", "i2", "i4", "i5"]), "1、3、2、2.1、戊");
        assert_eq!(runs(&[]), "");
    }
}
