//! Which table of a document is the checklist, and which further tables go on with it.
//!
//! Not here: how a header is known (header).

use std::collections::HashSet;
use std::sync::Arc;

use luoshi_model::{Catalogue, ColumnKey};
use luoshi_table::{Code, Diagnostic, Locator, Severity, SourceBlock, SourceDocument, SourceTable};

use crate::filler;
use crate::header::{self, Header};
use crate::key::key;
use crate::number;
use crate::text::{display, join_lines, shown};
use crate::title;
use crate::units::Directory;

/// The checklist of a document.
pub(crate) struct Selection {
    pub(crate) header: Header,
    /// The tables, the first one that of the header.
    pub(crate) tables: Vec<Part>,
    /// The texts above the header, line by line.
    pub(crate) above: Vec<String>,
    /// The lines below the last table.
    pub(crate) below: Vec<String>,
}

/// A table and the row at which its items begin.
pub(crate) struct Part {
    /// The index of the table among the blocks of the document.
    pub(crate) block: usize,
    pub(crate) body: u32,
    /// The lines between it and the table before, which it continues.
    pub(crate) before: Vec<String>,
}

/// Why a document is no checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoChecklist {
    code: Code,
    place: Locator,
    arguments: Vec<(&'static str, String)>,
}

impl NoChecklist {
    fn no_table(file: &Arc<str>) -> Self {
        Self { code: "no-table", place: Locator::file(file), arguments: Vec::new() }
    }

    fn no_header(table: &SourceTable, file: &Arc<str>) -> Self {
        let headings = header::seen(&table.grid).join("、");
        Self { code: "no-checklist", place: table.place(file), arguments: vec![("headings", headings)] }
    }

    pub(crate) fn too_many_forms(place: Locator, limit: usize) -> Self {
        Self { code: "forms-too-many", place, arguments: vec![("limit", limit.to_string())] }
    }

    pub(crate) fn no_items(place: Locator) -> Self {
        Self { code: "no-items", place, arguments: Vec::new() }
    }

    /// The same as a finding.
    pub fn diagnostic(&self) -> Diagnostic {
        Diagnostic {
            code: self.code,
            severity: Severity::Error,
            place: Some(self.place.clone()),
            arguments: self.arguments.clone(),
        }
    }
}

impl std::fmt::Display for NoChecklist {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code)
    }
}

impl std::error::Error for NoChecklist {}

/// Chooses the tables. A visible one comes before a hidden one; of several, the one whose header says most of what a
/// checklist is about, the first of equals.
pub(crate) fn select(
    document: &SourceDocument,
    catalogue: Option<&Catalogue>,
) -> Result<(Selection, Vec<Diagnostic>), NoChecklist> {
    let tables: Vec<(usize, &SourceTable)> = document
        .blocks
        .iter()
        .enumerate()
        .filter_map(
            |(block, content)| {
                if let SourceBlock::Table(table) = content { Some((block, table)) } else { None }
            },
        )
        .collect();
    let largest = tables.iter().max_by_key(|(_, table)| table.grid.cells().len());
    let Some((_, largest)) = largest else { return Err(NoChecklist::no_table(&document.file)) };
    let headers: Vec<Option<Header>> =
        tables.iter().map(|(_, table)| header::find(&table.grid, catalogue)).collect();
    let rank =
        |index: usize| headers[index].as_ref().map(|header| (!tables[index].1.hidden, header.weight()));
    let best =
        (0..tables.len()).rev().filter(|&index| headers[index].is_some()).max_by_key(|&index| rank(index));
    let Some(best) = best else { return Err(NoChecklist::no_header(largest, &document.file)) };

    let (first_block, first) = tables[best];
    let chosen = headers[best].clone().unwrap_or_else(|| Header { rows: 0..0, columns: Vec::new() });
    let mut parts = vec![Part { block: first_block, body: chosen.rows.end, before: Vec::new() }];
    let mut last_block = first_block;
    let mut diagnostics = Vec::new();
    if first.hidden {
        diagnostics.push(Diagnostic::warning("table-hidden", first.place(&document.file)));
    }
    for (index, (block, table)) in tables.iter().enumerate().filter(|(index, _)| *index != best) {
        let place = table.place(&document.file);
        if index > best
            && !table.hidden
            && !is_sheet(table)
            && let between = lines(&document.blocks[last_block + 1..*block])
            && !between.iter().any(|line| title::begins_form(line) || filler::names_filler(line))
            && let Some(body) = continues(table, headers[index].as_ref(), &chosen)
        {
            diagnostics.push(Diagnostic::info("table-continued", place));
            parts.push(Part { block: *block, body, before: between });
            last_block = *block;
            continue;
        }
        let blank = table.grid.cells().iter().all(|cell| cell.content.is_blank());
        if blank {
            continue;
        }
        let finding = match &headers[index] {
            // The same items once more, as on a sheet to compute with.
            Some(header) if matters(table, header).is_subset(&matters(first, &chosen)) => {
                Diagnostic::info("checklist-repeated", place)
            }
            // A second checklist that is left out must be looked at; a table of something else need not be.
            Some(_) if !table.hidden => Diagnostic::error("checklist-ignored", place),
            _ => Diagnostic::info("table-ignored", place),
        };
        diagnostics.push(finding.with("rows", table.grid.rows()));
    }

    let mut above = lines(&document.blocks[..first_block]);
    for row in 0..chosen.rows.start {
        for cell in first.grid.row(row).filter(|cell| cell.row == row && !cell.content.is_blank()) {
            // A title broken over two lines is one; lines of notes in one cell are several.
            let text = display(&cell.content);
            if cell.column_span > 1 && text.len() == 2 {
                above.push(join_lines(&text).into_owned())
            } else {
                above.extend(text)
            }
        }
    }
    let below = lines(&document.blocks[last_block + 1..]);
    Ok((Selection { header: chosen, tables: parts, above, below }, diagnostics))
}

/// The keys of what a table asks.
fn matters(table: &SourceTable, header: &Header) -> HashSet<String> {
    let column = header.position(&ColumnKey::Matter).map(|index| header.columns[index].grid.start);
    let cells = (header.rows.end..table.grid.rows()).filter_map(|row| table.grid.origin_at(row, column?));
    let texts =
        cells.filter(|cell| cell.column_span == 1).map(|cell| key(&join_lines(&display(&cell.content))));
    texts.filter(|key| !key.is_empty()).collect()
}

fn lines(blocks: &[SourceBlock]) -> Vec<String> {
    let texts = blocks.iter().filter_map(|block| {
        if let SourceBlock::Line(line) = block { Some(shown(&line.paragraph)) } else { None }
    });
    texts
        .flat_map(|text| text.split('\n').map(|line| line.trim().to_owned()).collect::<Vec<_>>())
        .filter(|line| !line.is_empty())
        .collect()
}

pub(crate) fn is_sheet(table: &SourceTable) -> bool {
    matches!(table.container, luoshi_table::Container::Sheet(_))
}

/// Whether a table goes on with the one before: it has the same headings again, or none and as many columns. Returns the row
/// at which its items begin.
pub(crate) fn continues(table: &SourceTable, own: Option<&Header>, chosen: &Header) -> Option<u32> {
    let columns = |header: &Header| header.columns.iter().map(|c| c.column.key.clone()).collect::<Vec<_>>();
    match own {
        Some(own) => (columns(own) == columns(chosen) && same_grid(own, chosen)).then_some(own.rows.end),
        None => {
            let wide = chosen.columns.last().is_some_and(|last| last.grid.end == table.grid.columns());
            (wide && reads_as(table, chosen)).then_some(0)
        }
    }
}

/// Whether a table without a header holds what these columns ask: numbers where they number, else units where they name units.
fn reads_as(table: &SourceTable, chosen: &Header) -> bool {
    let any = |index: usize, fits: &dyn Fn(&[String]) -> bool| {
        let column = chosen.columns[index].grid.start;
        let cells = (0..table.grid.rows()).filter_map(|row| table.grid.origin_at(row, column));
        cells.filter(|cell| cell.column_span == 1).any(|cell| fits(&display(&cell.content)))
    };
    match chosen.position(&ColumnKey::Number) {
        Some(index) => any(index, &|lines| matches!(lines, [line] if number::whole(line).is_some())),
        None => chosen
            .position(&ColumnKey::Units)
            .is_some_and(|index| any(index, &|lines| Directory::default().is_list(lines))),
    }
}

/// A continued table is read with the first one's columns, so they must lie alike.
fn same_grid(own: &Header, chosen: &Header) -> bool {
    own.columns.iter().zip(&chosen.columns).all(|(one, other)| one.grid == other.grid)
}
