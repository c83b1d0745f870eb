//! Whose submission it is: a form's hidden mark, then a 填报单位 line, the column of units, the name of the file.
//!
//! The column of units is printed on most forms and says who is asked. It tells the speaker only where all answered rows have one
//! unit in common; where they have not, and the file's name says nothing either, a row is its units' together.
//!
//! Not here: which unit a name means (the catalogue's directory).

use luoshi_model::{Attachment, FormMark, Item};
use luoshi_normalizer::{CatalogueIndex, filler};
use luoshi_table::{Diagnostic, Locator};

/// Who speaks in a checklist.
pub(super) enum Speaker {
    /// These units, in every row.
    Units(Vec<usize>),
    /// Of these units, those that a row is asked of.
    Among(Vec<usize>),
    /// Each row is of the units that it names.
    Rows,
    /// A name that is in no directory, or the file's where there is none.
    Unknown(String),
}

impl Speaker {
    /// The units that speak in a row.
    pub(super) fn of_row(&self, item: &Item, index: &CatalogueIndex) -> Vec<usize> {
        match self {
            Self::Units(units) => units.clone(),
            Self::Among(units) => {
                let asked = asked(item, index);
                let own: Vec<usize> = units.iter().copied().filter(|unit| asked.contains(unit)).collect();
                if own.is_empty() { units.clone() } else { own }
            }
            Self::Rows => asked(item, index),
            Self::Unknown(_) => Vec::new(),
        }
    }

    /// Whether a row may be several units' together.
    pub(super) fn is_joint(&self) -> bool {
        matches!(self, Self::Rows)
    }

    /// The name of a speaker that is in no directory.
    pub(super) fn named(&self) -> &str {
        if let Self::Unknown(name) = self { name } else { "" }
    }

    /// The units that speak in every row.
    pub(super) fn units(&self) -> &[usize] {
        if let Self::Units(units) | Self::Among(units) = self { units } else { &[] }
    }
}

/// Where a name of the speaker was found.
const FROM_MARK: &str = "mark";
const FROM_LINE: &str = "line";
const FROM_COLUMN: &str = "column";
const FROM_NAME: &str = "file-name";

pub(super) fn of(
    attachment: &Attachment,
    mark: Option<&FormMark>,
    file: &str,
    index: &CatalogueIndex,
    place: &Locator,
    diagnostics: &mut Vec<Diagnostic>,
) -> Speaker {
    let by_mark: Vec<usize> = mark.and_then(|mark| index.unit(&mark.unit)).into_iter().collect();
    let line = [&attachment.preamble, &attachment.postscript].into_iter().find_map(|lines| filler(lines));
    let by_line = line.map_or_else(Vec::new, |line| named(line, index));
    let by_column = common(attachment, index);
    let stem = file.rsplit('/').next().unwrap_or(file);
    let by_name = index.units_named_in(stem.rsplit_once('.').map_or(stem, |(stem, _)| stem));

    let told: Vec<(&'static str, &Vec<usize>)> =
        [(FROM_MARK, &by_mark), (FROM_LINE, &by_line), (FROM_COLUMN, &by_column), (FROM_NAME, &by_name)]
            .into_iter()
            .filter(|(_, units)| !units.is_empty())
            .collect();
    if let Some((from, units)) =
        told.first().filter(|_| line.is_none() || !by_line.is_empty() || !by_mark.is_empty())
    {
        for (other_from, others) in &told[1..] {
            // Which items are answered says little beside a name: a unit may answer what is not its own.
            let weak = *other_from == FROM_COLUMN;
            if !weak && !others.iter().any(|unit| units.contains(unit)) {
                let names = |units: &[usize]| {
                    units
                        .iter()
                        .map(|&unit| index.catalogue().units[unit].name.as_str())
                        .collect::<Vec<_>>()
                        .join("、")
                };
                let finding = Diagnostic::warning("unit-disagrees", place.clone()).with("unit", names(units));
                diagnostics.push(finding.with("from", other_from).with("other", names(others)));
            }
        }
        return match *from {
            FROM_NAME if by_name.len() > 1 => Speaker::Among(by_name),
            _ => Speaker::Units((*units).clone()),
        };
    }
    let known = |item: &Item| !asked(item, index).is_empty();
    match line {
        Some(line) => Speaker::Unknown(line.to_owned()),
        None if attachment.items.iter().any(known) => Speaker::Rows,
        None => Speaker::Unknown(stem.to_owned()),
    }
}

/// The units of a 填报单位 line; none where one of them is in no directory.
fn named(line: &str, index: &CatalogueIndex) -> Vec<usize> {
    let names = index.unit_names_in(&[line.to_owned()]);
    let units: Vec<Option<usize>> = names.iter().map(|name| index.unit(name)).collect();
    units.into_iter().collect::<Option<Vec<usize>>>().unwrap_or_default()
}

/// The one unit that every answered row names.
fn common(attachment: &Attachment, index: &CatalogueIndex) -> Vec<usize> {
    let mut common: Option<Vec<usize>> = None;
    for item in attachment.items.iter().filter(|item| is_answered(item)) {
        let own = asked(item, index);
        common = Some(match common {
            None => own,
            Some(units) => units.into_iter().filter(|unit| own.contains(unit)).collect(),
        });
    }
    common.filter(|units| units.len() == 1).unwrap_or_default()
}

fn is_answered(item: &Item) -> bool {
    let status = item.status.as_ref().is_some_and(|status| !status.paragraphs.is_empty());
    status || !item.remarks.is_empty()
}

/// The units that a row names, wordings for several resolved.
fn asked(item: &Item, index: &CatalogueIndex) -> Vec<usize> {
    let mut units: Vec<usize> = Vec::new();
    for unit in
        item.units.iter().filter_map(|unit| index.unit(&unit.name)).flat_map(|unit| index.members(unit))
    {
        if !units.contains(&unit) {
            units.push(unit);
        }
    }
    units
}
