//! What the writers see: lines, a table of cells with roles, lines.
//!
//! Layouts of an attachment: [`print()`], the official one with merged cells, [`data()`], one plain row per item, and [`form()`],
//! the official one to be filled in. All start from one walk over the hierarchy (`outline`) and one reading of each field
//! (`cells`), so they can't disagree. Beside them the lists of a merge's record: [`coverage()`], [`reminders()`], [`conflicts()`],
//! [`asides()`].
//!
//! Not here: fonts, sizes and every other matter of looks beyond a column's width (theme), and how a format says it (formats).

mod asides;
pub mod brief;
mod cells;
mod changes;
mod clean;
mod conflicts;
mod coverage;
mod data;
mod findings;
#[cfg(test)]
pub(crate) mod fixture;
mod form;
pub mod labels;
mod list;
pub mod measure;
mod names;
mod outline;
mod print;
mod redline;
mod reminders;
mod shared;
mod sources;

use std::borrow::Cow;
use std::collections::BTreeMap;

use luoshi_model::Mark;
use luoshi_table::Grid;

use crate::theme::{Align, Vertical};

pub use asides::asides;
pub(crate) use changes::{Facets, Sides, facets, labels as change_labels, lists};
pub use changes::{changed_items, changes};
pub(crate) use clean::is_legal;
pub use conflicts::conflicts;
pub use coverage::coverage;
pub use data::{data, data_with_sources};
pub use findings::findings;
pub use form::form;
pub use print::print;
pub use redline::{Pair, Redline, redline};
pub use reminders::reminders;

/// Characters of a cell by which a message calls its row.
const ROW_NAME: usize = 20;

/// Lines that a row to be filled in has room for at least: enough to write a few sentences by hand.
pub(crate) const ROOM: u32 = 6;

/// A laid-out table with the lines around it.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The layout's name, where a format names its tables (a worksheet).
    pub name: Cow<'static, str>,
    /// The title without its place on the page, for a document's properties.
    pub title: String,
    /// Lines above the table.
    pub above: Vec<Line>,
    /// The columns, as many as the table has.
    pub columns: Vec<ReportColumn>,
    /// How many rows at the top hold headings.
    pub header_rows: u32,
    /// How many columns at the left say which item a row is about: they stay in view on a screen.
    pub key_columns: u32,
    /// The cells. Every position of the grid is filled.
    pub table: Grid<ReportCell>,
    /// Lines below the table.
    pub below: Vec<Line>,
    /// The marks of a form; none where nothing is to be filled in.
    pub form: Option<FormMarks>,
}

/// How a form and its rows are known again when it comes back. Nobody sees them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormMarks {
    /// Whose form it is.
    pub form: String,
    /// By row, which item it asks. These rows are the ones to be filled in.
    pub rows: BTreeMap<u32, String>,
}

impl Report {
    /// Nothing: for a document that has no table of its own.
    pub(crate) fn empty() -> Self {
        Self {
            name: Cow::Borrowed(""),
            title: String::new(),
            above: Vec::new(),
            columns: Vec::new(),
            header_rows: 0,
            key_columns: 0,
            table: luoshi_table::GridBuilder::new().finish(),
            below: Vec::new(),
            form: None,
        }
    }

    /// The text of the cell that begins at a place.
    pub fn text_at(&self, row: u32, column: u32) -> Option<&[String]> {
        let cell = self.table.at(row, column).filter(|cell| (cell.row, cell.column) == (row, column))?;
        Some(&cell.content.paragraphs)
    }

    /// The mark of a row that is to be filled in.
    pub fn row_mark(&self, row: u32) -> Option<&str> {
        self.form.as_ref()?.rows.get(&row).map(String::as_str)
    }

    /// What may be entered at a place: what its column takes, in a row that is to be filled in.
    pub fn entry(&self, row: u32, column: u32) -> &Entry {
        match self.row_mark(row) {
            Some(_) => &self.columns[column as usize].entry,
            None => &Entry::Nothing,
        }
    }

    /// How a message calls a row: by its number and the beginning of what its last key column says, else by where it stands.
    pub fn row_name(&self, row: u32) -> String {
        let says = |column: u32| {
            let cell = self.table.at(row, column)?;
            let named = cell.content.role == CellRole::Number || column + 1 == self.key_columns;
            let text = cell.content.paragraphs.first().filter(|_| named && cell.column_span == 1)?;
            Some(text.chars().take(ROW_NAME).collect::<String>())
        };
        let texts: Vec<String> = (0..self.key_columns).filter_map(says).collect();
        if texts.is_empty() { (row + 1).to_string() } else { texts.join(" ") }
    }

    /// The columns' widths scaled so that they fill `total` whole units exactly, each at least one unit wide where that is
    /// possible. Rounding is carried on from column to column, so the sum has no error.
    pub fn widths(&self, total: u32) -> Vec<u32> {
        let sum: f64 = self.columns.iter().map(|column| column.width).sum();
        let (mut taken, mut reached) = (0.0, 0);
        let mut widths = Vec::with_capacity(self.columns.len());
        for column in &self.columns {
            taken += column.width;
            let edge = (taken / sum * f64::from(total)).round() as u32;
            widths.push(edge.saturating_sub(reached));
            reached = edge.max(reached);
        }
        widths
    }
}

/// A line outside the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is.
    pub role: LineRole,
    /// Its text; a line feed is a line break in it.
    pub text: String,
}

/// What a line outside the table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineRole {
    /// The annex mark.
    Annex,
    /// An empty line between the annex mark and the title (GB/T 9704-2012 wants the title on line 3).
    Blank,
    /// The title.
    Title,
    /// A line between the title and the table.
    Preamble,
    /// A line on how a form is filled in.
    Guide,
    /// A line below the table.
    Postscript,
}

/// A column of a report.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportColumn {
    /// Its heading, for a message that names it.
    pub heading: String,
    /// Its width in millimetres before scaling.
    pub width: f64,
    /// Alignment of its cells.
    pub align: Align,
    /// Vertical alignment of its cells.
    pub vertical: Vertical,
    /// What may be entered in its cells, where the report is a form.
    pub entry: Entry,
}

/// What may be entered in a cell of a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Entry {
    /// It is not to be changed.
    #[default]
    Nothing,
    /// Any text.
    Text,
    /// One of these.
    Choice(Vec<String>),
}

/// A cell of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportCell {
    /// What it is.
    pub role: CellRole,
    /// Its text; a line feed is a line break inside a paragraph. None for an empty cell.
    pub paragraphs: Vec<String>,
    /// The same text in pieces with their marks, paragraphs parted by line feeds, where two texts are compared.
    pub marked: Vec<(Mark, String)>,
}

/// What a cell of the table is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CellRole {
    /// A heading of the header rows.
    Heading,
    /// The one cell of a row that opens a section.
    Section,
    /// The one cell of a row that opens a key area.
    Focus,
    /// An item's number in plain digits: a format that has numbers may write one.
    Number,
    /// Anything else.
    #[default]
    Body,
}

impl ReportCell {
    fn new(role: CellRole, paragraphs: Vec<String>) -> Self {
        Self { role, paragraphs, marked: Vec::new() }
    }

    /// The number of a [`CellRole::Number`] cell.
    pub fn number(&self) -> Option<u32> {
        match (self.role, self.paragraphs.as_slice()) {
            (CellRole::Number, [digits]) => digits.parse().ok(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(widths: &[f64]) -> Report {
        let column = |&width: &f64| ReportColumn {
            heading: String::new(),
            width,
            align: Align::Left,
            vertical: Vertical::Top,
            entry: Entry::Nothing,
        };
        Report {
            name: Cow::Borrowed(""),
            title: String::new(),
            above: Vec::new(),
            columns: widths.iter().map(column).collect(),
            header_rows: 0,
            key_columns: 0,
            table: luoshi_table::GridBuilder::new().finish(),
            below: Vec::new(),
            form: None,
        }
    }

    #[test]
    fn widths_fill_the_type_area_exactly() {
        // The six columns of 2016. Edges at 12, 40, 92, 119, 185, 225 of 225 mm, times 12756 / 225, rounded: 680, 2268,
        // 5216, 6747, 10488, 12756.
        let six = report(&[12.0, 28.0, 52.0, 27.0, 66.0, 40.0]).widths(12_756);
        assert_eq!(six, [680, 1588, 2948, 1531, 3741, 2268]);
        assert_eq!(six.iter().sum::<u32>(), 12_756);
        assert_eq!(report(&[1.0; 13]).widths(12_756).iter().sum::<u32>(), 12_756);
        assert!(report(&[]).widths(12_756).is_empty());
    }
}
