//! Excel workbooks: notes of cells, and characters put right.
//!
//! Not here: threaded comments, which a note stands beside.

mod notes;
mod strings;

use std::collections::{BTreeMap, HashMap};

use luoshi_table::{Container, column_letters};

use crate::package::{Package, PatchError, attribute, each};
use crate::{Note, Repair, Stamp};

/// The parts of the worksheets by their names, in the order of the workbook.
fn sheets(package: &mut Package<'_>) -> Result<Vec<(String, String)>, PatchError> {
    let missing = || PatchError::Missing("officeDocument".to_owned());
    let workbook = package.related("", "officeDocument")?.ok_or_else(missing)?;
    let related: HashMap<String, String> =
        package.relationships(&workbook)?.into_iter().map(|one| (one.id, one.target)).collect();
    let text = package.text(&workbook)?;
    let mut sheets = Vec::new();
    each(&text, &workbook, |local, start, _| {
        if local != "sheet" {
            return;
        }
        let id = start.attributes().with_checks(false).flatten().find(|found| {
            let name = found.key.as_ref();
            name.ends_with(":id")
        });
        let part = id.and_then(|id| related.get(id.value.as_ref()).cloned());
        if let (Some(name), Some(part)) = (attribute(start, "name"), part) {
            sheets.push((name, part));
        }
    })?;
    Ok(sheets)
}

/// A cell's name, such as `E12`, by row and column from 1.
fn cell_name(row: u32, column: u32) -> String {
    format!("{}{row}", column_letters(column))
}

pub(crate) fn annotate(
    mut package: Package<'_>,
    notes: &[Note],
    stamp: Stamp<'_>,
) -> Result<Vec<u8>, PatchError> {
    let sheets = sheets(&mut package)?;
    // What has no cell stands in the first one of the sheet that has most notes, or of the first sheet.
    let sheet_of = |note: &Note| match note.at.place.as_ref().and_then(|place| place.container.as_ref()) {
        Some(Container::Sheet(name)) => sheets.iter().position(|(own, _)| own.as_str() == &**name),
        _ => None,
    };
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    notes.iter().filter_map(sheet_of).for_each(|sheet| *counts.entry(sheet).or_default() += 1);
    let main = counts.iter().max_by_key(|(sheet, count)| (**count, std::cmp::Reverse(**sheet)));
    let main = main.map_or(0, |(sheet, _)| *sheet);
    // By sheet and cell, in the order of rows: the texts of one cell are one note.
    let mut by_cell: BTreeMap<(usize, u32, u32), Vec<&str>> = BTreeMap::new();
    for note in notes {
        let place = note.at.place.as_ref();
        let at = match (sheet_of(note), place.and_then(|place| place.row)) {
            (Some(sheet), Some(row)) => (sheet, row, place.and_then(|place| place.column).unwrap_or(1)),
            (sheet, _) => (sheet.unwrap_or(main), 1, 1),
        };
        by_cell.entry(at).or_default().push(&note.text);
    }
    for (index, (_, part)) in sheets.iter().enumerate() {
        let own = by_cell.range((index, 0, 0)..(index + 1, 0, 0));
        let own: Vec<notes::CellNote> = own
            .map(|((_, row, column), texts)| notes::CellNote {
                row: *row,
                column: *column,
                text: texts.join("\n\n"),
            })
            .collect();
        if !own.is_empty() {
            notes::add(&mut package, part, index, &own, stamp)?;
        }
    }
    package.finish()
}

pub(crate) fn repair(
    mut package: Package<'_>,
    repairs: &[Repair],
) -> Result<(Vec<u8>, Vec<usize>), PatchError> {
    let sheets = sheets(&mut package)?;
    let mut by_cell: BTreeMap<(usize, String), Vec<(usize, &Repair)>> = BTreeMap::new();
    let mut lost = Vec::new();
    for (index, repair) in repairs.iter().enumerate() {
        let place = repair.at.place.as_ref();
        let sheet = match place.and_then(|place| place.container.as_ref()) {
            Some(Container::Sheet(name)) => sheets.iter().position(|(own, _)| own.as_str() == &**name),
            _ => None,
        };
        match (sheet, place.and_then(|place| Some(cell_name(place.row?, place.column?)))) {
            (Some(sheet), Some(cell)) => by_cell.entry((sheet, cell)).or_default().push((index, repair)),
            _ => lost.push(index),
        }
    }
    strings::repair(&mut package, &sheets, &by_cell, &mut lost)?;
    lost.sort_unstable();
    Ok((package.finish()?, lost))
}

#[cfg(test)]
mod tests;
