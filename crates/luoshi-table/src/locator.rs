//! Where in which file something was found.
//!
//! Not here: the words in which a place is shown (they depend on the reader's language).

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// The part of a file that holds rows and columns.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Container {
    /// The n-th table of a document, from 1, nested tables not counted.
    Table(u32),
    /// A worksheet by its name.
    Sheet(Arc<str>),
    /// Text outside a table; the row is the line or paragraph.
    Text,
    /// A part of a package, such as `word/document.xml`.
    Part(Arc<str>),
}

/// A place: a file, and as much more as is known. Rows and columns count from 1, as a person counts them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Locator {
    /// The file's name as the caller gave it.
    pub file: Arc<str>,
    /// Table, sheet or part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub container: Option<Container>,
    /// Row, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
    /// Column, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
}

impl Locator {
    /// The file as a whole.
    pub fn file(file: &Arc<str>) -> Self {
        Self { file: Arc::clone(file), container: None, row: None, column: None }
    }

    /// A table, sheet, text or part of the file.
    pub fn within(file: &Arc<str>, container: Container) -> Self {
        Self { container: Some(container), ..Self::file(file) }
    }

    /// A row of this place; `row` counts from 0, as a grid does.
    pub fn row(&self, row: u32) -> Self {
        Self { row: Some(row + 1), ..self.clone() }
    }

    /// A cell of this place; both count from 0, as a grid does.
    pub fn cell(&self, row: u32, column: u32) -> Self {
        Self { row: Some(row + 1), column: Some(column + 1), ..self.clone() }
    }
}

/// The letters of a spreadsheet column that counts from 1: 1 is A, 27 is AA.
pub fn column_letters(mut column: u32) -> String {
    let mut letters = Vec::new();
    while column > 0 {
        column -= 1;
        letters.push(b'A' + (column % 26) as u8);
        column /= 26;
    }
    letters.iter().rev().map(|&byte| char::from(byte)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn column_letters_run_on_past_z() {
        let cases = [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (703, "AAA"), (16384, "XFD")];
        for (column, letters) in cases {
            assert_eq!(column_letters(column), letters);
        }
    }
}
