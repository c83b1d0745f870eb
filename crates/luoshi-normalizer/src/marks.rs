//! The hidden marks of a form that came back: whose form it is, and which item each row is, whatever became of the rows.
//!
//! The marks are taken out of the tables here, so that no one else meets them. Not here: what a mark looks like
//! ([`FormMark`], [`luoshi_model::bookmark`]).

use std::collections::BTreeMap;
use std::sync::Arc;

use luoshi_model::FormMark;
use luoshi_table::{Container, Diagnostic, Locator, SourceBlock, SourceCell, SourceDocument, SourceTable};

use crate::index::CatalogueIndex;

/// The marks of a document.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    /// Whose form it is, by container.
    forms: Vec<(Container, FormMark)>,
    /// By container and row, from 1.
    rows: BTreeMap<(Container, u32), Vec<Mark>>,
    /// What people typed over marks.
    over: Vec<Diagnostic>,
}

#[derive(Debug)]
enum Mark {
    Id(String),
    Bookmark(Box<str>),
}

impl Marks {
    /// Takes the marks out of a document.
    pub(crate) fn take(document: &mut SourceDocument) -> Self {
        let mut marks = Self::default();
        for block in &mut document.blocks {
            if let SourceBlock::Table(table) = block {
                marks.take_bookmarks(table);
                marks.take_column(table, &document.file);
            }
        }
        marks
    }

    /// The findings about what was typed over marks, each with its text.
    pub(crate) fn findings(&self) -> impl Iterator<Item = Diagnostic> {
        self.over.iter().cloned()
    }

    /// Forgets which item each row is.
    pub(crate) fn forget_rows(&mut self) {
        self.rows.clear();
    }

    /// The first form of the document.
    pub(crate) fn form(&self) -> Option<&FormMark> {
        self.forms.first().map(|(_, form)| form)
    }

    /// The item of a catalogue that a row is marked as.
    pub(crate) fn item(&self, place: &Locator, index: &CatalogueIndex) -> Option<usize> {
        let row = (place.container.clone()?, place.row?);
        self.rows.get(&row)?.iter().find_map(|mark| match mark {
            Mark::Id(id) => index.position(id),
            Mark::Bookmark(name) => index.bookmarked(name),
        })
    }

    fn take_bookmarks(&mut self, table: &mut SourceTable) {
        for (row, name) in std::mem::take(&mut table.bookmarks) {
            let row = (table.container.clone(), row + 1);
            self.rows.entry(row).or_default().push(Mark::Bookmark(name));
        }
    }

    /// The column that holds ids is the one whose heading is a form's mark.
    fn take_column(&mut self, table: &mut SourceTable, file: &Arc<str>) {
        let Some((header, column, form)) = find(table) else { return };
        self.forms.push((table.container.clone(), form));
        for row in header..table.grid.rows() {
            let Some(index) = table.grid.index_at(row, column) else { continue };
            let Some(cell) = table.grid.content_mut(index) else { continue };
            let id = std::mem::take(cell).text().trim().to_owned();
            if row > header && is_sentence(&id) {
                let place = Locator { row: Some(row + 1), column: Some(column + 1), ..table.place(file) };
                self.over.push(Diagnostic::error("text-over-mark", place).with("text", id));
            } else if row > header && !id.is_empty() {
                self.rows.entry((table.container.clone(), row + 1)).or_default().push(Mark::Id(id));
            }
        }
    }
}

/// Whether a text in the column of marks is no id of any catalogue.
fn is_sentence(text: &str) -> bool {
    text.contains(['。', '，', '；', '：', '\n']) || text.chars().count() > LONGEST_ID
}

/// Characters of an id.
const LONGEST_ID: usize = 64;

/// The mark that a cell is, if it is one.
pub(crate) fn of_cell(cell: &SourceCell) -> Option<FormMark> {
    let [only] = cell.paragraphs.as_slice() else { return None };
    FormMark::parse(&only.text)
}

/// The first mark of a table, with its row and column.
pub(crate) fn find(table: &SourceTable) -> Option<(u32, u32, FormMark)> {
    table.grid.cells().iter().find_map(|cell| Some((cell.row, cell.column, of_cell(&cell.content)?)))
}
