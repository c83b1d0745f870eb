//! Rows of the outline to items of the model: numbers, units, answers, remarks and the cells that they share.
//!
//! Not here: identity (matching) and where rows begin (outline).

use std::collections::BTreeMap;

use luoshi_model::{
    Answer, AnswerKind, ColumnKey, Contribution, FieldOrigin, Item, ItemOrigin, NumberSource, Role,
};
use luoshi_table::{Container, Diagnostic, Locator};

use crate::answer::{self, Reading};
use crate::field::Field;
use crate::header::Header;
use crate::index::CatalogueIndex;
use crate::leads;
use crate::matching::Identity;
use crate::number;
use crate::outline::ItemRow;
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
            let matter = field(row, &ColumnKey::Matter).map(|field| join_lines(&field.lines).into_owned());
            let matter = matter.unwrap_or_default();
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
                        let digits = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
                        asking.label = (!digits).then(|| text.into_owned());
                    }
                    None => {
                        let finding = Diagnostic::warning("number-unreadable", place(&rows[row], cell));
                        diagnostics.push(finding.with("text", &*text));
                        asking.label = Some(text.into_owned());
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
    let mut origins: Vec<ItemOrigin> =
        (0..rows.len()).map(|row| origin(&mut rows[row], header, &identities[row].id)).collect();
    let mut shares = shares(rows, header, identities);
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
            merged: std::mem::take(&mut shares[row]),
            ..Item::default()
        };
        for (column, logical) in header.columns.iter().enumerate() {
            let key = &logical.column.key;
            match key {
                ColumnKey::Number | ColumnKey::Section | ColumnKey::Focus | ColumnKey::Matter => {}
                ColumnKey::Units | ColumnKey::LeadUnits | ColumnKey::SupportUnits => {
                    let role = match key {
                        ColumnKey::LeadUnits => Role::Lead,
                        ColumnKey::SupportUnits => Role::Support,
                        _ => Role::Unspecified,
                    };
                    let lines = &owning(rows, row, column).lines;
                    let mut units = directory.parse(lines, role);
                    let origin = origins[row].fields.iter_mut().find(|field| field.field == *key);
                    if let Some(origin) =
                        origin.filter(|origin| origin.raw.is_none() && !are_whole(&units, lines))
                    {
                        origin.raw = Some(lines.join("\n"));
                    }
                    if item.units.is_empty() {
                        item.units = units;
                    } else {
                        item.units.append(&mut units);
                    }
                }
                ColumnKey::Status => {
                    let covers = item.merged.remove(&*key.name());
                    let mut status = std::mem::take(&mut answers[row]);
                    status.covers = covers.unwrap_or_default();
                    status.contributions = contributions(&rows[row], header, directory);
                    status.paragraphs = std::mem::take(&mut rows[row].fields[column].lines);
                    item.status = Some(status);
                }
                ColumnKey::Remarks => {
                    let lines = std::mem::take(&mut rows[row].fields[column].lines);
                    item.remarks = remarks::split(lines, |name| directory.names_one(name));
                }
                _ => item.set_text(key, std::mem::take(&mut rows[row].fields[column].lines)),
            }
        }
        if let Some(status) = item.status.as_mut().filter(|status| status.contributions.is_empty()) {
            let own = |name: &str| item.units.iter().any(|unit| unit.name == name);
            let known = |name: &str| own(name) || directory.names_one(name);
            status.contributions = leads::split(&status.paragraphs, known);
        }
        if let (Some(index), Some(known)) = (index, identities[row].item) {
            check_units(&item, index, known, &rows[row].place, diagnostics);
        }
        items.push(item);
    }
    (items, origins)
}

/// Whether units are all that their cell says, but for the signs that usually part them.
fn are_whole(units: &[luoshi_model::Unit], lines: &[String]) -> bool {
    let says = |c: &char| *c != '、' && !c.is_whitespace();
    let told = units.iter().flat_map(|unit| unit.raw.chars()).filter(says);
    lines.iter().flat_map(|line| line.chars()).filter(says).eq(told)
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
            (None, Reading::Ditto | Reading::Reference(_) | Reading::References(_)) => {
                let found = target(rows, row, column, &readings, numbers);
                let code = match (&found, reading) {
                    (Err(Astray::Nowhere), _) => Some("reference-unresolved"),
                    (Err(Astray::Round), _) => Some("reference-circular"),
                    (Ok(_), Reading::References(_)) => Some("reference-several"),
                    (Ok(_), _) => None,
                };
                if let Some(code) = code {
                    let finding = Diagnostic::warning(code, place(&rows[row], field));
                    diagnostics.push(finding.with("text", join_lines(&field.lines)));
                }
                Answer { answer: AnswerKind::See, see: found.ok().and_then(id), ..Answer::default() }
            }
        };
        match answer.answer {
            AnswerKind::Blank => diagnostics.push(Diagnostic::info("answer-blank", place(&rows[row], field))),
            AnswerKind::NotApplicable => answer.reason = Some(join_lines(&field.lines).into_owned()),
            _ => {}
        }
        answers.push(answer);
    }
    answers
}

/// How a reference fails.
enum Astray {
    /// There is no such item.
    Nowhere,
    /// Items point to one another.
    Round,
}

/// The row that a reference ends at, through merged cells and further references.
fn target(
    rows: &[ItemRow],
    row: usize,
    column: usize,
    readings: &[Reading],
    numbers: &[Option<u32>],
) -> Result<usize, Astray> {
    let mut at = row;
    for _ in 0..rows.len() {
        let owner = rows[at].fields[column].owner;
        // An empty cell merged over several items answers none of them, so each of them stands for itself.
        let told = owner.filter(|&owner| !rows[owner].fields[column].lines.is_empty());
        at = match (told, &readings[at]) {
            (Some(owner), _) => owner,
            (None, Reading::Plain(_)) => return Ok(at),
            (None, Reading::Ditto) => at.checked_sub(1).ok_or(Astray::Nowhere)?,
            (None, Reading::Reference(number) | Reading::References(number)) => {
                let same_number = |&other: &usize| numbers[other] == Some(*number);
                // Where numbers begin again in each section, the one in the own section is meant.
                let near = (0..rows.len())
                    .filter(same_number)
                    .find(|&other| rows[other].section == rows[at].section);
                near.or_else(|| (0..rows.len()).find(same_number)).ok_or(Astray::Nowhere)?
            }
        };
    }
    Err(Astray::Round)
}

/// Who said what, where the rows of an item give each unit's answer beside it. A unit beside a blank says nothing.
fn contributions(row: &ItemRow, header: &Header, directory: &Directory) -> Vec<Contribution> {
    let pieces = |key| {
        let field = header.position(key).map(|column| &row.fields[column])?;
        if field.further.is_empty() { None } else { field.pieces() }
    };
    let beside = |key| pieces(key).filter(|pieces| pieces.len() > 1);
    let (Some(units), Some(answers)) = (beside(&ColumnKey::Units), beside(&ColumnKey::Status)) else {
        return Vec::new();
    };
    // The units, and which answer stands beside them.
    let mut shares: Vec<(Vec<String>, Option<usize>)> = Vec::with_capacity(units.len());
    for (rows, lines) in units {
        let meets = |answer: &usize| {
            let (other, _) = &answers[*answer];
            other.start < rows.end && rows.start < other.end
        };
        let met: Vec<usize> = (0..answers.len()).filter(meets).collect();
        match (met.as_slice(), shares.last_mut()) {
            ([one], Some((names, Some(last)))) if last == one => names.extend_from_slice(lines),
            ([] | [_], _) => shares.push((lines.to_vec(), met.first().copied())),
            // Several answers beside one name: whose they are is not said.
            _ => return Vec::new(),
        }
    }
    if (0..answers.len()).any(|answer| !shares.iter().any(|(_, met)| *met == Some(answer))) {
        return Vec::new();
    }
    let contribution = |(lines, met): (Vec<String>, Option<usize>)| {
        let names = directory.parse(&lines, Role::Unspecified).into_iter().map(|unit| unit.name);
        Contribution {
            unit: names.collect::<Vec<_>>().join("、"),
            paragraphs: met.map_or_else(Vec::new, |answer| answers[answer].1.to_vec()),
        }
    };
    shares.into_iter().map(contribution).collect()
}

fn check_units(
    item: &Item,
    index: &CatalogueIndex,
    known: usize,
    place: &Locator,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let expected = index.unit_names(known);
    let named = |name: &String| item.units.iter().any(|unit| unit.name == *name);
    let same = item.units.len() == expected.len() && expected.iter().all(named);
    if !item.units.is_empty() && !same {
        let mut names: Vec<&str> = item.units.iter().map(|unit| unit.name.as_str()).collect();
        names.sort_unstable();
        let finding = Diagnostic::warning("units-differ", place.clone()).with("units", names.join("、"));
        diagnostics.push(finding.with("catalogue", expected.join("、")));
    }
}

fn origin(row: &mut ItemRow, header: &Header, id: &str) -> ItemOrigin {
    let (table, sheet) = match &row.place.container {
        Some(Container::Table(table)) => (Some(*table), None),
        Some(Container::Sheet(name)) => (None, Some(name.clone())),
        _ => (None, None),
    };
    let mut fields = Vec::with_capacity(row.fields.len());
    fields.extend(header.columns.iter().zip(&mut row.fields).filter_map(|(logical, field)| {
        let (at_row, column) = field.at?;
        Some(FieldOrigin {
            field: logical.column.key.clone(),
            file: 0,
            unit: None,
            table,
            sheet: sheet.clone(),
            row: at_row + 1,
            column: column + 1,
            raw: field.raw.take(),
        })
    }));
    ItemOrigin { item: id.to_owned(), fields }
}
