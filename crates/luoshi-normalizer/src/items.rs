//! Rows of the outline to items of the model: numbers, units, answers, remarks and the cells that they share.
//!
//! Not here: identity (matching) and where rows begin (outline).

use std::collections::BTreeMap;

use luoshi_model::{
    Answer, AnswerKind, ColumnKey, Contribution, FieldOrigin, Item, ItemOrigin, NumberSource, Role, Unit,
};
use luoshi_table::{Container, Diagnostic, Locator};

use crate::answer::{self, Reading};
use crate::header::Header;
use crate::matching::{CatalogueIndex, Identity};
use crate::number;
use crate::outline::{Field, ItemRow};
use crate::remarks;
use crate::text::join_lines;
use crate::units::Directory;

/// What an item's number cell and matter cell say before anything is inferred.
pub(crate) struct Asking {
    pub(crate) number: Option<u32>,
    pub(crate) source: Option<NumberSource>,
    /// The number as written, where that is not just its digits.
    pub(crate) label: Option<String>,
    pub(crate) matter: String,
    /// The requirement, where the matter is shared.
    pub(crate) requirement: String,
}

/// Reads what each row asks, in the rows' order.
pub(crate) fn asking(rows: &[ItemRow], header: &Header, diagnostics: &mut Vec<Diagnostic>) -> Vec<Asking> {
    let field = |row: usize, key: &ColumnKey| header.position(key).map(|column| owning(rows, row, column));
    (0..rows.len())
        .map(|row| {
            let matter =
                field(row, &ColumnKey::Matter).map(|field| join_lines(&field.lines)).unwrap_or_default();
            let shared =
                header.position(&ColumnKey::Matter).is_some_and(|c| rows[row].fields[c].owner.is_some());
            let requirement = field(row, &ColumnKey::Requirement).filter(|_| shared);
            let requirement = requirement.map(|field| field.lines.join("\n")).unwrap_or_default();
            let mut asking = Asking { number: None, source: None, label: None, matter, requirement };
            let cell = field(row, &ColumnKey::Number).filter(|field| !field.lines.is_empty());
            if let Some(cell) = cell {
                let text = join_lines(&cell.lines);
                let auto =
                    if cell.auto_numbered { NumberSource::AutoNumbered } else { NumberSource::Printed };
                match number::whole(&text) {
                    Some(number) => {
                        (asking.number, asking.source) = (Some(number.value), Some(auto));
                        asking.label = (text != number.value.to_string()).then_some(text);
                    }
                    None => {
                        let finding = Diagnostic::warning("number-unreadable", place(&rows[row], cell));
                        diagnostics.push(finding.with("text", &text));
                        asking.label = Some(text);
                    }
                }
            } else if let Some(number) = number::glued(&asking.matter) {
                (asking.number, asking.source) = (Some(number.value), Some(NumberSource::Printed));
                asking.label = Some(number.label.to_owned());
                asking.matter = number.rest.to_owned();
            }
            asking
        })
        .collect()
}

/// The field of a row, or of the earlier item whose merged cell it is.
fn owning(rows: &[ItemRow], row: usize, column: usize) -> &Field {
    let field = &rows[row].fields[column];
    field.owner.map_or(field, |owner| &rows[owner].fields[column])
}

fn place(row: &ItemRow, field: &Field) -> Locator {
    match field.at {
        Some((at_row, column)) => {
            Locator { row: Some(at_row + 1), column: Some(column + 1), ..row.place.clone() }
        }
        None => row.place.clone(),
    }
}

/// What the items are made from.
pub(crate) struct Material<'a> {
    pub(crate) header: &'a Header,
    pub(crate) rows: &'a mut [ItemRow],
    pub(crate) asking: Vec<Asking>,
    pub(crate) identities: &'a [Identity],
    pub(crate) index: Option<&'a CatalogueIndex>,
    pub(crate) directory: &'a Directory,
}

/// Makes the items and their origins.
pub(crate) fn assemble(
    material: Material<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Item>, Vec<ItemOrigin>) {
    let Material { header, rows, asking, identities, index, directory } = material;
    let origins = (0..rows.len()).map(|row| origin(&rows[row], header, &identities[row].id)).collect();
    let shares = shares(rows, header, identities);
    let numbers: Vec<Option<u32>> = asking.iter().map(|asking| asking.number).collect();
    // Before the loop below moves the texts out of the rows: an answer may look at rows on either side.
    let mut answers = answers(rows, header, &numbers, identities, diagnostics);

    let mut items = Vec::with_capacity(rows.len());
    for (row, asking) in asking.into_iter().enumerate() {
        let mut item = Item {
            id: identities[row].id.clone(),
            number: asking.number,
            number_source: asking.source,
            label: asking.label,
            matter: asking.matter,
            merged: shares[row].clone(),
            ..Item::default()
        };
        for (column, logical) in header.columns.iter().enumerate() {
            let key = &logical.column.key;
            match key {
                ColumnKey::Number | ColumnKey::Section | ColumnKey::Focus | ColumnKey::Matter => {}
                ColumnKey::Units => {
                    item.units.extend(units(owning(rows, row, column), Role::Unspecified, directory))
                }
                ColumnKey::LeadUnits => {
                    item.units.extend(units(owning(rows, row, column), Role::Lead, directory))
                }
                ColumnKey::SupportUnits => {
                    item.units.extend(units(owning(rows, row, column), Role::Support, directory))
                }
                ColumnKey::Status => {
                    let covers = item.merged.remove(&*key.name());
                    let mut status = std::mem::take(&mut answers[row]);
                    status.covers = covers.unwrap_or_default();
                    status.contributions = contributions(&rows[row], header, directory);
                    status.paragraphs = std::mem::take(&mut rows[row].fields[column].lines);
                    item.status = Some(status);
                }
                ColumnKey::Remarks => item.remarks = remarks::split(&rows[row].fields[column].lines),
                _ => item.set_text(key, std::mem::take(&mut rows[row].fields[column].lines)),
            }
        }
        if let (Some(index), Some(known)) = (index, identities[row].item) {
            check_units(&item, index, known, &rows[row].place, diagnostics);
        }
        items.push(item);
    }
    (items, origins)
}

fn units(field: &Field, role: Role, directory: &Directory) -> Vec<Unit> {
    directory.parse(&field.lines, role)
}

/// For each row, the cells of it that answer further items: by column key, the ids of all items, its own first.
fn shares(rows: &[ItemRow], header: &Header, identities: &[Identity]) -> Vec<BTreeMap<String, Vec<String>>> {
    let mut shares: Vec<BTreeMap<String, Vec<String>>> = vec![BTreeMap::new(); rows.len()];
    for (column, logical) in header.columns.iter().enumerate() {
        if matches!(logical.column.key, ColumnKey::Section | ColumnKey::Focus) {
            continue;
        }
        let key = logical.column.key.name();
        for (row, identity) in identities.iter().enumerate() {
            let Some(owner) = rows[row].fields[column].owner else { continue };
            // An empty cell merged over several items says nothing about any of them.
            if !rows[owner].fields[column].lines.is_empty() {
                let own = || vec![identities[owner].id.clone()];
                shares[owner].entry(key.clone().into_owned()).or_insert_with(own).push(identity.id.clone());
            }
        }
    }
    shares
}

/// The answers of all rows, their texts still to come; none where the table has no status column.
fn answers(
    rows: &[ItemRow],
    header: &Header,
    numbers: &[Option<u32>],
    identities: &[Identity],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Answer> {
    let Some(column) = header.position(&ColumnKey::Status) else { return Vec::new() };
    let readings: Vec<Reading> = rows.iter().map(|row| answer::read(&row.fields[column].lines)).collect();
    let id = |row: usize| Some(identities[row].id.clone());
    let mut answers = Vec::with_capacity(rows.len());
    for (row, reading) in readings.iter().enumerate() {
        let field = &rows[row].fields[column];
        let shared = field.owner.filter(|&owner| !rows[owner].fields[column].lines.is_empty());
        let mut answer = match (shared, reading) {
            (Some(owner), _) => Answer { answer: AnswerKind::See, see: id(owner), ..Answer::default() },
            (None, Reading::Plain(kind)) => Answer { answer: *kind, ..Answer::default() },
            (None, Reading::Ditto | Reading::Reference(_)) => {
                let see = target(rows, row, column, &readings, numbers).and_then(id);
                if see.is_none() {
                    let finding = Diagnostic::warning("reference-unresolved", place(&rows[row], field));
                    diagnostics.push(finding.with("text", join_lines(&field.lines)));
                }
                Answer { answer: AnswerKind::See, see, ..Answer::default() }
            }
        };
        match answer.answer {
            AnswerKind::Blank => diagnostics.push(Diagnostic::info("answer-blank", place(&rows[row], field))),
            AnswerKind::NotApplicable => answer.reason = Some(join_lines(&field.lines)),
            _ => {}
        }
        answers.push(answer);
    }
    answers
}

/// The row that a reference ends at, through merged cells and further references. None where it leads nowhere or to itself.
fn target(
    rows: &[ItemRow],
    row: usize,
    column: usize,
    readings: &[Reading],
    numbers: &[Option<u32>],
) -> Option<usize> {
    let mut at = row;
    for _ in 0..rows.len() {
        at = match &readings[at] {
            _ if rows[at].fields[column].owner.is_some() => rows[at].fields[column].owner?,
            Reading::Plain(_) => break,
            Reading::Ditto => at.checked_sub(1)?,
            Reading::Reference(number) => {
                let same_number = |&other: &usize| numbers[other] == Some(*number);
                // Where numbers begin again in each section, the one in the own section is meant.
                let near = (0..rows.len())
                    .filter(same_number)
                    .find(|&other| rows[other].section == rows[at].section);
                near.or_else(|| (0..rows.len()).find(same_number))?
            }
        };
    }
    let settled = matches!(readings[at], Reading::Plain(_)) && rows[at].fields[column].owner.is_none();
    (settled && at != row).then_some(at)
}

/// Who said what, where the rows of an item give each unit's answer beside it.
fn contributions(row: &ItemRow, header: &Header, directory: &Directory) -> Vec<Contribution> {
    let field = |key| header.position(key).map(|column| &row.fields[column]);
    let (Some(units), Some(status)) = (field(&ColumnKey::Units), field(&ColumnKey::Status)) else {
        return Vec::new();
    };
    let rows_of = |field: &Field| field.segments.iter().map(|(row, _)| *row).collect::<Vec<_>>();
    let beside = !units.segments.is_empty() && rows_of(units) == rows_of(status);
    if !beside || units.lines.is_empty() || units.segments[0].1 == 0 || status.segments[0].1 == 0 {
        return Vec::new();
    }
    let parts = |field: &Field| {
        let starts = std::iter::once(0).chain(field.segments.iter().map(|(_, start)| *start));
        let ends = field.segments.iter().map(|(_, start)| *start).chain(std::iter::once(field.lines.len()));
        starts.zip(ends).map(|(start, end)| field.lines[start..end].to_vec()).collect::<Vec<_>>()
    };
    let named = |lines: Vec<String>| {
        let names: Vec<String> =
            directory.parse(&lines, Role::Unspecified).into_iter().map(|unit| unit.name).collect();
        names.join("、")
    };
    let pairs = parts(units).into_iter().zip(parts(status));
    pairs.map(|(lines, paragraphs)| Contribution { unit: named(lines), paragraphs }).collect()
}

fn check_units(
    item: &Item,
    index: &CatalogueIndex,
    known: usize,
    place: &Locator,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut names: Vec<&str> = item.units.iter().map(|unit| unit.name.as_str()).collect();
    names.sort_unstable();
    let expected = index.unit_names(known);
    if !names.is_empty() && names != expected {
        let finding = Diagnostic::warning("units-differ", place.clone()).with("units", names.join("、"));
        diagnostics.push(finding.with("catalogue", expected.join("、")));
    }
}

fn origin(row: &ItemRow, header: &Header, id: &str) -> ItemOrigin {
    let (table, sheet) = match &row.place.container {
        Some(Container::Table(table)) => (Some(*table), None),
        Some(Container::Sheet(name)) => (None, Some(name.to_string())),
        _ => (None, None),
    };
    let fields = header.columns.iter().zip(&row.fields).filter_map(|(logical, field)| {
        let (at_row, column) = field.at?;
        Some(FieldOrigin {
            field: logical.column.key.clone(),
            file: 0,
            table,
            sheet: sheet.clone(),
            row: at_row + 1,
            column: column + 1,
            raw: field.raw.clone(),
        })
    });
    ItemOrigin { item: id.to_owned(), fields: fields.collect() }
}
