//! Where each value of an attachment came from: a side table, so that two attachments that say the same are equal
//! whatever files they were read from.
//!
//! Not here: provenance of titles and notes; it is kept for what stands in a cell of an item.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ColumnKey;

/// Where the values came from. Equal to every other: where a value came from is no part of what it is.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Provenance {
    /// The files, in the order they were read.
    pub files: Vec<SourceFile>,
    /// One entry per item, in the items' order.
    pub items: Vec<ItemOrigin>,
}

impl PartialEq for Provenance {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// A file that values came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceFile {
    /// Its name without folders.
    pub name: String,
    /// The format that its content told.
    pub format: String,
}

/// Where the fields of one item came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemOrigin {
    /// The item's id.
    pub item: String,
    /// Its fields, in column order.
    pub fields: Vec<FieldOrigin>,
}

/// The cell that a field came from. Rows and columns count from 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldOrigin {
    /// The field's column.
    pub field: ColumnKey,
    /// Index of the file in [`Provenance::files`].
    pub file: u32,
    /// The unit that gave this text, where units' answers were merged; a field may then have several origins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The n-th table of the file, where it has tables.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<u32>,
    /// The worksheet, where it has sheets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<Arc<str>>,
    /// Row of the cell's upper edge.
    pub row: u32,
    /// Column of the cell's left edge.
    pub column: u32,
    /// The cell's text untouched, paragraphs joined by line feeds, where it differs from what the field shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw: Option<String>,
}
