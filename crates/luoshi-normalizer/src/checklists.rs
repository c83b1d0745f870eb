//! The several checklists of one file: a sheet for each unit, tables under lines of their own, forms pasted one below another.
//!
//! A single checklist is read as [`crate::normalize`] reads it. Not here: that two checklists of a file say the same.

use std::ops::Range;

use luoshi_model::{Attachment, FormMark};
use luoshi_table::{Container, Diagnostic, Outcome, SourceBlock, SourceCell, SourceDocument, SourceTable};

use crate::header::{self, Header};
use crate::marks::Marks;
use crate::text::{display, join_lines, shown};
use crate::{CatalogueChoice, CatalogueIndex, NoChecklist, filler, normalize_marked, select, title};

/// One checklist of a file.
#[derive(Clone, Debug)]
pub struct Checklist {
    /// What it says.
    pub attachment: Attachment,
    /// Whose form it is, by its hidden mark.
    pub form: Option<FormMark>,
}

/// Reads every checklist of a document.
///
/// # Errors
/// [`NoChecklist`] where no table of the document is one.
pub fn checklists(
    document: SourceDocument,
    index: &CatalogueIndex,
) -> Result<Outcome<Vec<Checklist>>, NoChecklist> {
    let mut found = Vec::new();
    let mut diagnostics = Vec::new();
    let mut failed = None;
    for mut part in split(document, index) {
        let marks = Marks::take(&mut part);
        let form = marks.form().cloned();
        match normalize_marked(part, &marks, CatalogueChoice::Given(index)) {
            Ok(mut outcome) => {
                diagnostics.append(&mut outcome.diagnostics);
                found.push(Checklist { attachment: outcome.value, form });
            }
            Err(error) => failed = failed.or(Some(error)),
        }
    }
    match failed.filter(|_| found.is_empty()) {
        Some(error) => Err(error),
        None => Ok(Outcome::new(found, diagnostics)),
    }
}

/// Columns of a document that hold a form's marks and nothing for a reader, by container, from 0.
pub fn marked_columns(document: &SourceDocument) -> Vec<(Container, u32)> {
    let tables = document.blocks.iter().filter_map(|block| match block {
        SourceBlock::Table(table) => Some(table),
        SourceBlock::Line(_) => None,
    });
    tables
        .filter_map(|table| {
            let cell = table.grid.cells().iter().find(|cell| {
                matches!(cell.content.paragraphs.as_slice(), [only] if FormMark::parse(&only.text).is_some())
            })?;
            Some((table.container.clone(), cell.column))
        })
        .collect()
}

/// The document in parts of one checklist each; whatever is no checklist goes with the part before it.
fn split(document: SourceDocument, index: &CatalogueIndex) -> Vec<SourceDocument> {
    let SourceDocument { file, format, has_spans, blocks } = document;
    let part = |blocks| SourceDocument { file: file.clone(), format, has_spans, blocks };
    let mut parts: Vec<Vec<SourceBlock>> = vec![Vec::new()];
    // The header of the part that is open.
    let mut open: Option<Header> = None;
    for block in blocks.into_iter().flat_map(|block| apart(block, index)) {
        let own = match &block {
            SourceBlock::Table(table) if !table.hidden => header::find(&table.grid, Some(index.catalogue())),
            _ => None,
        };
        if let (Some(own), SourceBlock::Table(table)) = (&own, &block) {
            let last = parts.last_mut();
            if let (Some(chosen), Some(last)) = (&open, last) {
                let begins = last
                    .iter()
                    .rposition(|block| matches!(block, SourceBlock::Table(_)))
                    .map_or(0, |at| at + 1);
                let at = last[begins..].iter().position(begins_form).map(|at| begins + at);
                if at.is_some()
                    || select::continues(table, Some(own), chosen).is_none()
                    || select::is_sheet(table)
                {
                    let lines = last.split_off(at.unwrap_or(last.len()));
                    parts.push(lines);
                }
            }
            open = Some(own.clone());
        }
        if let Some(last) = parts.last_mut() {
            last.push(block);
        }
    }
    parts.into_iter().map(part).collect()
}

/// Whether a line opens a form of its own.
fn begins_form(block: &SourceBlock) -> bool {
    match block {
        SourceBlock::Line(line) => {
            let text = shown(&line.paragraph);
            title::begins_form(text.trim()) || filler::names_filler(&text)
        }
        SourceBlock::Table(_) => false,
    }
}

/// A table in which forms stand one below another, each as a table of its own. Rows keep their numbers: the rows of the others
/// are blank.
fn apart(block: SourceBlock, index: &CatalogueIndex) -> Vec<SourceBlock> {
    let SourceBlock::Table(table) = block else { return vec![block] };
    let Some(header) = header::find(&table.grid, Some(index.catalogue())) else {
        return vec![SourceBlock::Table(table)];
    };
    let mut begins = begins(&table, &header);
    if begins.is_empty() {
        return vec![SourceBlock::Table(table)];
    }
    begins.push(table.grid.rows());
    let mut forms = vec![only(&table, 0..begins[0], &header)];
    forms.extend(begins.windows(2).map(|edges| only(&table, edges[0]..edges[1], &header)));
    forms.into_iter().map(SourceBlock::Table).collect()
}

/// The rows at which further forms of a table begin: those that name who filled in what stands below.
fn begins(table: &SourceTable, header: &Header) -> Vec<u32> {
    let body = header.rows.end..table.grid.rows();
    let texts = |row: u32| {
        let own = table.grid.row(row).filter(move |cell| cell.row == row && !cell.content.is_blank());
        own.map(|cell| display(&cell.content))
    };
    let is_item = |row: &u32| texts(*row).count() > 2 && !header.repeats_in(&table.grid, *row);
    let names = |row: &u32| texts(*row).take(1).any(|lines| filler::names_filler(&join_lines(&lines)));
    let last = body.clone().rev().find(is_item);
    let first = body.into_iter().find(is_item);
    first.zip(last).map_or_else(Vec::new, |(first, last)| (first..last).filter(names).collect())
}

/// The table with nothing but these rows and the header.
fn only(table: &SourceTable, rows: Range<u32>, header: &Header) -> SourceTable {
    let mut table = table.clone();
    for index in 0..table.grid.cells().len() {
        let row = table.grid.cells()[index].row;
        let stays = rows.contains(&row) || header.rows.contains(&row);
        if let Some(cell) = table.grid.content_mut(index).filter(|_| !stays) {
            *cell = SourceCell::default();
        }
    }
    table.bookmarks.retain(|(row, _)| rows.contains(row));
    table
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
