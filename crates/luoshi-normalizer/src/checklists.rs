//! The several checklists of one file: a sheet for each unit, tables under lines of their own, forms pasted one below another.
//!
//! A single checklist is read as [`crate::normalize`] reads it. Not here: that two checklists of a file say the same.

use std::ops::Range;

use luoshi_model::{Attachment, FormMark};
use luoshi_table::{
    Container, Diagnostic, GridBuilder, Locator, Outcome, SourceBlock, SourceDocument, SourceTable,
};

use crate::header::{self, Header};
use crate::marks::{self, Marks};
use crate::text::{display, join_lines, shown};
use crate::{CatalogueChoice, CatalogueIndex, NoChecklist, filler, normalize_marked, select, title};

/// One checklist of a file.
#[derive(Clone, Debug)]
pub struct Checklist {
    /// What it says.
    pub attachment: Attachment,
    /// Whose form it is, by its hidden mark.
    pub form: Option<FormMark>,
    /// Tables before, between and behind those of the checklist that are none of it.
    pub beside: Vec<SourceTable>,
}

/// What one file holds.
#[derive(Clone, Debug, Default)]
pub struct Checklists {
    /// Its checklists, in their order.
    pub lists: Vec<Checklist>,
    /// Parts that look like a checklist and are none, such as a sheet with a header and no items. A finding says why, each.
    pub unread: Vec<SourceDocument>,
}

/// Reads every checklist of a document. `property` is the mark that a property of the file holds; it is its first checklist's.
///
/// # Errors
/// [`NoChecklist`] where no table of the document is one, or a table holds more forms than any office sends.
pub fn checklists(
    document: SourceDocument,
    property: Option<&FormMark>,
    index: &CatalogueIndex,
) -> Result<Outcome<Checklists>, NoChecklist> {
    let Checklists { mut lists, mut unread } = Checklists::default();
    let mut diagnostics = Vec::new();
    let mut failed = None;
    let parts = split(document, index)?;
    let several = parts.len() > 1;
    for mut part in parts {
        let mut marks = Marks::take(&mut part);
        let property = property.filter(|_| lists.is_empty());
        let form = marks.form().or(property).cloned();
        if form.as_ref().is_some_and(|form| form.catalogue != index.catalogue().id) {
            // Ids are another catalogue's: last year's may mean another question.
            marks.forget_rows();
        }
        // Reading uses the part up. Of a file's only one the caller has the bytes.
        let copy = several.then(|| part.clone());
        match normalize_marked(part, &marks, CatalogueChoice::Given(index)) {
            Ok((attachment, mut findings, beside)) => {
                diagnostics.append(&mut findings);
                lists.push(Checklist { attachment, form, beside });
            }
            Err(error) => {
                diagnostics.push(error.diagnostic());
                unread.extend(copy);
                failed = failed.or(Some(error));
            }
        }
    }
    match failed.filter(|_| lists.is_empty()) {
        Some(error) => Err(error),
        None => Ok(Outcome::new(Checklists { lists, unread }, diagnostics)),
    }
}

/// Columns of a document that hold a form's marks and nothing for a reader, by container, from 0.
pub fn marked_columns(document: &SourceDocument) -> Vec<(Container, u32)> {
    let tables = document.blocks.iter().filter_map(|block| match block {
        SourceBlock::Table(table) => Some(table),
        SourceBlock::Line(_) => None,
    });
    tables
        .filter_map(|table| marks::find(table).map(|(_, column, _)| (table.container.clone(), column)))
        .collect()
}

/// Forms that one table may hold, one below another: more than a province has counties.
const FORMS: usize = 256;

/// Positions of all of them together, each as large as the whole table: a quarter of a gigabyte.
const POSITIONS: u64 = 64 << 20;

/// The document in parts of one checklist each; whatever is no checklist goes with the part before it.
fn split(document: SourceDocument, index: &CatalogueIndex) -> Result<Vec<SourceDocument>, NoChecklist> {
    let SourceDocument { file, format, has_spans, blocks } = document;
    let part = |blocks| SourceDocument { file: file.clone(), format, has_spans, blocks };
    let mut parts: Vec<Vec<SourceBlock>> = vec![Vec::new()];
    // The header of the part that is open.
    let mut open: Option<Header> = None;
    for block in blocks {
        let table = match block {
            SourceBlock::Table(table) => table,
            line => {
                if let Some(last) = parts.last_mut() {
                    last.push(line);
                }
                continue;
            }
        };
        let place = table.place(&file);
        for (at, table) in apart(table, index, &place)?.into_iter().enumerate() {
            let own = header::find(&table.grid, Some(index.catalogue())).filter(|_| !table.hidden);
            if let Some(own) = own {
                if let (Some(chosen), Some(last)) = (&open, parts.last_mut()) {
                    let is_table = |block: &SourceBlock| matches!(block, SourceBlock::Table(_));
                    let after = last.iter().rposition(is_table).map_or(0, |at| at + 1);
                    let line = last[after..]
                        .iter()
                        .position(|block| begins_form(block, index))
                        .map(|line| after + line);
                    let goes_on = select::continues(&table, Some(&own), chosen).is_some();
                    let named = names_filler_above(&table, &own);
                    if at > 0 || line.is_some() || named || !goes_on || select::is_sheet(&table) {
                        let lines = last.split_off(line.unwrap_or(last.len()));
                        parts.push(lines);
                    }
                }
                open = Some(own);
            }
            if let Some(last) = parts.last_mut() {
                last.push(SourceBlock::Table(table));
            }
        }
    }
    Ok(parts.into_iter().map(part).collect())
}

/// Whether a line opens a form of its own.
fn begins_form(block: &SourceBlock, index: &CatalogueIndex) -> bool {
    match block {
        SourceBlock::Line(line) => {
            let text = shown(&line.paragraph);
            title::begins_form(text.trim()) || filler::names_filler(&text) || index.headed_by(&text).is_some()
        }
        SourceBlock::Table(_) => false,
    }
}

/// The texts of a row's own cells.
fn texts(table: &SourceTable, row: u32) -> impl Iterator<Item = String> {
    let own = table.grid.row(row).filter(move |cell| cell.row == row && !cell.content.is_blank());
    own.map(|cell| join_lines(&display(&cell.content)).into_owned())
}

/// Whether a row above the header says who filled the table in.
fn names_filler_above(table: &SourceTable, header: &Header) -> bool {
    (0..header.rows.start).any(|row| texts(table, row).any(|text| filler::names_filler(&text)))
}

/// A table in which forms stand one below another, each as a table of its own. Rows keep their numbers: the rows of the others
/// are blank.
fn apart(
    table: SourceTable,
    index: &CatalogueIndex,
    place: &Locator,
) -> Result<Vec<SourceTable>, NoChecklist> {
    let Some(header) = header::find(&table.grid, Some(index.catalogue())) else { return Ok(vec![table]) };
    let begins = begins(&table, &header, index);
    if begins.is_empty() {
        return Ok(vec![table]);
    }
    let positions = u64::from(table.grid.rows()) * u64::from(table.grid.columns());
    if begins.len() >= FORMS || positions * begins.len() as u64 > POSITIONS {
        return Err(NoChecklist::too_many_forms(place.clone(), FORMS));
    }
    let edges: Vec<u32> = [0].into_iter().chain(begins).chain([table.grid.rows()]).collect();
    let form = |rows: Range<u32>| {
        // A form with headings of its own has columns of its own.
        let own = rows.clone().any(|row| row > header.rows.start && header::begins_in(&table.grid, row));
        only(&table, rows.clone(), header.rows.clone().filter(|row| !own || rows.contains(row)).collect())
    };
    Ok(edges.windows(2).map(|edge| form(edge[0]..edge[1])).collect())
}

/// The rows at which further forms of a table begin: with who filled in what stands below, with a form's mark, or with headings
/// of their own; and the lines above those.
fn begins(table: &SourceTable, header: &Header, index: &CatalogueIndex) -> Vec<u32> {
    let is_heading = |row: u32| {
        let mut own = texts(table, row);
        own.next().filter(|_| own.next().is_none()).is_some_and(|text| index.headed_by(&text).is_some())
    };
    let names_filler =
        |row: u32| texts(table, row).any(|text| filler::names_filler(&text)) || is_heading(row);
    // A title is one text; a form of two columns has rows of two.
    let least = header.columns.len().min(3);
    let is_item = |row: u32| {
        texts(table, row).count() >= least && !header::begins_in(&table.grid, row) && !names_filler(row)
    };
    let body = header.rows.end..table.grid.rows();
    let Some(first) = body.clone().find(|&row| is_item(row)) else { return Vec::new() };
    let opens = |row: u32| {
        let headed = header::begins_in(&table.grid, row) && !header.repeats_in(&table.grid, row);
        headed || names_filler(row) || texts(table, row).any(|text| FormMark::parse(&text).is_some())
    };
    let mut begins = Vec::new();
    let mut row = first + 1;
    while row < body.end {
        if opens(row) {
            // The lines above, up to the items of the form before, are this one's title.
            let mut top = row;
            while top > first + 1 && texts(table, top - 1).next().is_some() && !is_item(top - 1) {
                top -= 1;
            }
            let last = (row..body.end).find(|&below| is_item(below));
            let Some(last) = last else { break };
            begins.push(top);
            row = last;
        }
        row += 1;
    }
    begins
}

/// The table with nothing but these rows and those of its header. The marks of other forms are none of this one's.
fn only(table: &SourceTable, rows: Range<u32>, header: Vec<u32>) -> SourceTable {
    let mut grid = GridBuilder::new();
    grid.ensure(table.grid.rows(), table.grid.columns());
    for cell in table.grid.cells() {
        let own = rows.contains(&cell.row);
        if own || header.contains(&cell.row) && marks::of_cell(&cell.content).is_none() {
            let placed =
                grid.place(cell.row, cell.column, cell.row_span, cell.column_span, cell.content.clone());
            debug_assert!(placed.is_ok(), "cells of one table do not meet");
        }
    }
    SourceTable {
        container: table.container.clone(),
        hidden: table.hidden,
        grid: grid.finish(),
        rows: table.rows.clone(),
        bookmarks: table.bookmarks.iter().filter(|(row, _)| rows.contains(row)).cloned().collect(),
    }
}

/// Drops what was said of columns that hold nothing but marks: they are hidden on purpose.
pub fn without_marked_columns(diagnostics: &mut Vec<Diagnostic>, marked: &[(Container, u32)]) {
    diagnostics.retain(|finding| {
        let container = finding.place.as_ref().and_then(|place| place.container.as_ref());
        let is_mark = |(own, column): &(Container, u32)| {
            let letters = luoshi_table::column_letters(column + 1);
            Some(own) == container && finding.arguments.iter().all(|(_, value)| *value == letters)
        };
        finding.code != "columns-hidden" || !marked.iter().any(is_mark)
    });
}
