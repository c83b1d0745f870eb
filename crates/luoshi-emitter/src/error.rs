//! Why an attachment could not be written: one variant per cause, each with a stable code.
//!
//! Not here: findings about a document that was written (those are `Diagnostic`s), and the words of either.

use luoshi_table::{Code, Diagnostic, Severity};

/// Why an attachment could not be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// No writer has this name.
    #[error("no format is called {name}")]
    UnknownFormat {
        /// The name asked for.
        name: String,
    },
    /// A cell's text is longer than the format's cells can be. Cutting it would lose text, splitting it would make two
    /// answers of one.
    #[error("{item}, {column}: {length} characters, {format} holds {limit} in a cell")]
    CellTooLong {
        /// The format.
        format: &'static str,
        /// How its row is called.
        item: String,
        /// The column's heading.
        column: String,
        /// The cell's length in the unit of the limit.
        length: usize,
        /// What a cell can hold.
        limit: usize,
    },
    /// The table has more rows or columns than the format's tables can have.
    #[error("{count} {what}, {format} holds {limit}")]
    TableTooLarge {
        /// The format.
        format: &'static str,
        /// `rows` or `columns`.
        what: &'static str,
        /// How many there are.
        count: u32,
        /// What a table can hold.
        limit: u32,
    },
    /// The library that packs the format refused. The limits above are checked first, so this tells of a fault of luoshi.
    #[error("{format}: {detail}")]
    Library {
        /// The format.
        format: &'static str,
        /// The library's words.
        detail: String,
    },
}

impl WriteError {
    /// The stable code.
    pub fn code(&self) -> Code {
        match self {
            Self::UnknownFormat { .. } => "format-unknown",
            Self::CellTooLong { .. } => "cell-too-long",
            Self::TableTooLarge { .. } => "table-too-large",
            Self::Library { .. } => "write-failed",
        }
    }

    /// An error of the library that packs a format.
    pub(crate) fn library(format: &'static str, error: impl ToString) -> Self {
        Self::Library { format, detail: error.to_string() }
    }

    /// The same as a finding, for a list that holds both.
    pub fn diagnostic(&self) -> Diagnostic {
        let finding = Diagnostic::unplaced(self.code(), Severity::Error);
        match self {
            Self::UnknownFormat { name } => finding.with("name", name),
            Self::CellTooLong { format, item, column, length, limit } => finding
                .with("format", format)
                .with("item", item)
                .with("column", column)
                .with("length", length)
                .with("limit", limit),
            Self::TableTooLarge { format, what, count, limit } => {
                finding.with("format", format).with("what", what).with("count", count).with("limit", limit)
            }
            Self::Library { format, detail } => finding.with("format", format).with("detail", detail),
        }
    }
}
