//! 来源: where each field of an item came from, as a cell of the plain layout.
//!
//! Not here: the provenance itself, which the JSON has whole.

use std::collections::BTreeMap;

use luoshi_model::{Attachment, ColumnKey, FieldOrigin, Item};

use super::labels;
use super::names::Names;

/// The origins of an attachment's fields by item.
pub(super) struct Sources<'a> {
    attachment: &'a Attachment,
    names: Names<'a>,
    fields: BTreeMap<&'a str, &'a [FieldOrigin]>,
}

impl<'a> Sources<'a> {
    pub(super) fn new(attachment: &'a Attachment) -> Self {
        let origins = &attachment.provenance.items;
        let fields = origins.iter().rev().map(|origin| (origin.item.as_str(), origin.fields.as_slice()));
        Self { attachment, names: Names::new(attachment), fields: fields.collect() }
    }

    /// A line for each row of a file that gave something to the item, with what it gave.
    pub(super) fn of(&self, item: &Item) -> Vec<String> {
        let fields = self.fields.get(item.id.as_str()).copied().unwrap_or_default();
        let mut rows: Vec<(&FieldOrigin, Vec<&ColumnKey>)> = Vec::new();
        for origin in fields {
            match rows.iter_mut().find(|(known, _)| is_same_row(known, origin)) {
                Some((_, keys)) => keys.push(&origin.field),
                None => rows.push((origin, vec![&origin.field])),
            }
        }
        rows.into_iter().map(|(origin, keys)| self.line(origin, &keys)).collect()
    }

    fn line(&self, origin: &FieldOrigin, keys: &[&ColumnKey]) -> String {
        let file = self.attachment.provenance.files.get(origin.file as usize).map_or("", |file| &file.name);
        let place = labels::place(file, origin.sheet.as_deref(), origin.table, Some(origin.row), None);
        let headings: Vec<String> = keys.iter().map(|key| self.names.heading(key)).collect();
        labels::source(origin.unit.as_deref(), &place, &headings)
    }
}

fn is_same_row(a: &FieldOrigin, b: &FieldOrigin) -> bool {
    (&a.unit, a.file, &a.sheet, a.table, a.row) == (&b.unit, b.file, &b.sheet, b.table, b.row)
}

#[cfg(test)]
mod tests {
    use luoshi_model::{ItemOrigin, SourceFile};

    use super::super::fixture;
    use super::*;
    use crate::theme::Theme;

    #[test]
    fn what_came_from_one_row_of_one_unit_is_one_line() {
        let mut attachment = fixture::merged();
        let origin = |field, unit: Option<&str>, file, row, column| FieldOrigin {
            field,
            file,
            unit: unit.map(Into::into),
            table: Some(1),
            sheet: None,
            row,
            column,
            raw: None,
        };
        let file = |name: &str| SourceFile { name: name.into(), format: "docx".into() };
        let (matter, status) = (ColumnKey::Matter, ColumnKey::Status);
        let note = ColumnKey::Extra("备忘".into());
        attachment.provenance.files = vec![file("目录.docx"), file("教育局.docx")];
        attachment.provenance.items = vec![ItemOrigin {
            item: "i2".into(),
            fields: vec![
                origin(matter, None, 0, 4, 2),
                origin(status.clone(), Some("区教育局"), 1, 3, 5),
                origin(status, Some("区水务局"), 1, 3, 5),
                origin(note, Some("区教育局"), 1, 3, 6),
            ],
        }];
        let sources = Sources::new(&attachment);
        assert_eq!(
            sources.of(&attachment.items[1]),
            [
                "目录.docx 第1个表第4行（matter）",
                "区教育局：教育局.docx 第1个表第3行（status、备忘）",
                "区水务局：教育局.docx 第1个表第3行（status）",
            ]
        );
        assert!(sources.of(&attachment.items[0]).is_empty());
        let report = super::super::data_with_sources(&attachment, &Theme::default()).value;
        let rows = fixture::rows(&report.table);
        assert!(rows[0].ends_with("|status|来源") && rows[1].ends_with("|1|甲||"), "{rows:?}");
        assert!(rows[2].contains("||目录.docx 第1个表第4行（matter）/区教育局："), "{rows:?}");
    }
}
