//! What a file says and where, before any meaning: the form between a reader and the normalizer.
//!
//! Text is untouched: no trimming, no repair, no joining. Readers fill it; they know nothing of checklists.

use std::sync::Arc;

use crate::{Container, Grid, Locator};

/// One file as a reader found it.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceDocument {
    /// The file's name as the caller gave it.
    pub file: Arc<str>,
    /// The name of the format that read it, such as `docx`.
    pub format: &'static str,
    /// Whether the format can tell merged cells. Where it can't (text, csv), a blank under an answer may be a merged cell.
    pub has_spans: bool,
    /// Lines and tables in document order. A worksheet is a table, with whatever stands above its header.
    pub blocks: Vec<SourceBlock>,
}

/// A piece of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum SourceBlock {
    /// A paragraph or line outside every table.
    Line(SourceLine),
    /// A table or worksheet.
    Table(SourceTable),
}

/// A paragraph or line outside every table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceLine {
    /// Its text.
    pub paragraph: SourceParagraph,
    /// Which line or paragraph it is, from 0.
    pub number: u32,
}

/// A table or worksheet.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceTable {
    /// Which one of the file.
    pub container: Container,
    /// Whether the file hides it (a hidden worksheet).
    pub hidden: bool,
    /// Its cells.
    pub grid: Grid<SourceCell>,
    /// What is known of each row beside its cells; as long as the grid has rows.
    pub rows: Vec<SourceRow>,
    /// The names of bookmarks, each with the row that it begins in, from 0.
    pub bookmarks: Vec<(u32, Box<str>)>,
}

impl SourceTable {
    /// The place of this table in its file.
    pub fn place(&self, file: &Arc<str>) -> Locator {
        Locator::within(file, self.container.clone())
    }
}

/// What is known of a row beside its cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SourceRow {
    /// The file marks it as a header that repeats on each page (`w:tblHeader`).
    pub repeats: bool,
    /// The file hides it.
    pub hidden: bool,
    /// Its cells stand at the left for want of knowing better: cells of this row may have been lost at either end.
    pub ragged: bool,
}

/// The content of a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceCell {
    /// Its paragraphs; none where the file has none, so an empty cell and a cell with one empty paragraph differ.
    pub paragraphs: Vec<SourceParagraph>,
}

impl SourceCell {
    /// A cell with one paragraph per line of the text.
    pub fn from_text(text: &str) -> Self {
        let paragraphs = text.split('\n').map(|line| SourceParagraph::plain(line.to_owned())).collect();
        Self { paragraphs }
    }

    /// Whether it shows nothing but white space.
    pub fn is_blank(&self) -> bool {
        self.paragraphs.iter().all(SourceParagraph::is_blank)
    }

    /// The whole text, automatic numbers included, paragraphs joined by line feeds.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (index, paragraph) in self.paragraphs.iter().enumerate() {
            if index > 0 {
                text.push('\n');
            }
            text.push_str(paragraph.label());
            text.push_str(&paragraph.text);
        }
        text
    }
}

/// A paragraph: its text, and the number that the word processor shows before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceParagraph {
    /// The automatic number as shown, such as `3.` or `（三）`, with the space that follows it where it has text after it.
    /// It is not in [`SourceParagraph::text`].
    pub auto_number: Option<Box<str>>,
    /// The text that was typed. A line break inside the paragraph is a line feed, a tab a tab.
    pub text: String,
}

impl SourceParagraph {
    /// A paragraph without an automatic number.
    pub fn plain(text: String) -> Self {
        Self { auto_number: None, text }
    }

    /// The automatic number, or nothing.
    pub fn label(&self) -> &str {
        self.auto_number.as_deref().unwrap_or("")
    }

    /// Whether it shows nothing but white space.
    pub fn is_blank(&self) -> bool {
        self.auto_number.is_none() && self.text.trim().is_empty()
    }
}
