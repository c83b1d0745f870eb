//! Whose submission it is: a form's hidden mark, then a 填报单位 line or a heading of a unit's name, the column of units, the name
//! of the sheet, the name of the file, and where nothing else says it the signature below.
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
    /// This unit, in every row.
    One(usize),
    /// These units, named together inside the file: in each row those of them that are asked it.
    Together(Vec<usize>),
    /// One of these units, which the file's name has: in each row the one that is asked it.
    OneOf(Vec<usize>),
    /// Each row is of the units that it names.
    Rows,
    /// A name that is in no directory, or the file's where there is none.
    Unknown(String),
}

impl Speaker {
    /// The units that speak in a row; `known` is the index of its item.
    pub(super) fn of_row(&self, item: &Item, known: Option<usize>, index: &CatalogueIndex) -> Vec<usize> {
        let those_asked = |units: &[usize]| {
            let asked = known.map(|known| index.asked_of(known));
            let is_asked = |unit: &usize| asked.is_some_and(|asked| asked.is_of(*unit));
            units.iter().copied().filter(is_asked).collect::<Vec<_>>()
        };
        match self {
            Self::One(unit) => vec![*unit],
            Self::Together(units) => {
                let own = those_asked(units);
                if own.is_empty() { units.clone() } else { own }
            }
            Self::OneOf(units) => {
                those_asked(units).into_iter().filter(|_| those_asked(units).len() == 1).collect()
            }
            Self::Rows => asked(item, index),
            Self::Unknown(_) => Vec::new(),
        }
    }

    /// Whether a row may be several units' together.
    pub(super) fn is_joint(&self) -> bool {
        matches!(self, Self::Rows)
    }

    /// How the speaker of a row is called where nobody knows it.
    pub(super) fn named(&self, item: &Item, index: &CatalogueIndex) -> String {
        match self {
            Self::Unknown(name) => name.clone(),
            Self::OneOf(units) => index.names_of(units),
            Self::Rows => item.units.iter().map(|unit| unit.name.as_str()).collect::<Vec<_>>().join("、"),
            _ => String::new(),
        }
    }

    /// The units that speak in every row.
    pub(super) fn units(&self) -> &[usize] {
        match self {
            Self::One(unit) => std::slice::from_ref(unit),
            Self::Together(units) => units,
            _ => &[],
        }
    }
}

/// Where a name of the speaker was found.
const FROM_MARK: &str = "mark";
const FROM_LINE: &str = "line";
const FROM_COLUMN: &str = "column";
const FROM_SHEET: &str = "sheet";
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
    // A heading may be the only line above a table, and then it is taken for the title.
    let above = attachment.preamble.iter().chain([&attachment.title]).cloned();
    // Below a header that several share it stands as a band.
    let band = attachment.sections.iter().filter(|_| attachment.sections.len() == 1);
    let lines = above.chain(band.map(|part| [part.label.as_str(), &part.title].concat()));
    let headed = || lines.rev().find_map(|line| index.headed_by(&line));
    let by_line = line.map_or_else(|| headed().into_iter().collect(), |line| named(line, index));
    let common = common(attachment, index);
    let by_column = if common.len() == 1 { common.clone() } else { Vec::new() };
    let fields = attachment.provenance.items.iter().flat_map(|item| &item.fields);
    // Of what was merged from several files the sheets are theirs.
    let sheet = fields.into_iter().find_map(|field| field.sheet.clone());
    let sheet = sheet.filter(|_| attachment.provenance.files.len() < 2);
    let by_sheet = sheet.map_or_else(Vec::new, |sheet| index.units_named_in(&sheet));
    let stem = file.rsplit('/').next().unwrap_or(file);
    let by_name = index.units_named_in(stem.rsplit_once('.').map_or(stem, |(stem, _)| stem));

    if by_line.is_empty()
        && let Some(line) = line
    {
        let [own] = by_mark.as_slice() else {
            // Whoever it is said so, and is in no directory.
            return Speaker::Unknown(line.to_owned());
        };
        let finding =
            Diagnostic::error("unit-disagrees", place.clone()).with("unit", index.names_of(&[*own]));
        diagnostics.push(finding.with("from", FROM_LINE).with("other", line));
    }
    let told = [
        (FROM_MARK, by_mark),
        (FROM_LINE, by_line),
        (FROM_COLUMN, by_column),
        (FROM_SHEET, by_sheet),
        (FROM_NAME, by_name),
    ];
    let told: Vec<(&str, Vec<usize>)> = told.into_iter().filter(|(_, units)| !units.is_empty()).collect();
    let Some((from, units)) = told.first() else {
        // Rows that have units in common may all be one of theirs, and nobody knows whose; rows that have none are a compilation.
        let named = attachment.items.iter().any(|item| is_answered(item) && !asked(item, index).is_empty());
        return match named && common.is_empty() {
            true => {
                diagnostics.push(Diagnostic::warning("unit-by-rows", place.clone()));
                Speaker::Rows
            }
            false => {
                let signed = attachment.postscript.iter().find_map(|line| index.unit(line.trim()));
                signed.map_or_else(|| Speaker::Unknown(stem.to_owned()), Speaker::One)
            }
        };
    };
    // Which items are answered says little beside a name: a unit may answer what is not its own.
    let others = told[1..].iter().filter(|(other, _)| *other != FROM_COLUMN);
    let others: Vec<_> =
        others.filter(|(_, others)| !others.iter().any(|unit| units.contains(unit))).collect();
    for (other, named) in &others {
        // A name against a column, two names against one, or what a person typed over a form's own line: whose it is wants a
        // person's eye.
        let typed = (*from, *other) == (FROM_MARK, FROM_LINE);
        let finding = match others.len() > 1 || *from == FROM_COLUMN || typed {
            true => Diagnostic::error("unit-disagrees", place.clone()),
            false => Diagnostic::warning("unit-disagrees", place.clone()),
        };
        let finding = finding.with("unit", index.names_of(units)).with("from", other);
        diagnostics.push(finding.with("other", index.names_of(named)));
    }
    if *from == FROM_COLUMN && !others.is_empty() {
        return Speaker::Unknown(stem.to_owned());
    }
    for &unit in units.iter().filter(|&&unit| index.answering_for(unit) != [unit]) {
        // Several took over, or nobody did: who it is now can't be told.
        let finding =
            Diagnostic::warning("sender-ended", place.clone()).with("unit", index.names_of(&[unit]));
        let heirs = index.names_of(index.answering_for(unit));
        diagnostics.push(finding.with("units", if heirs.is_empty() { "none" } else { &heirs }));
    }
    match (units.as_slice(), *from) {
        ([unit], _) => Speaker::One(*unit),
        (units, FROM_SHEET | FROM_NAME) => Speaker::OneOf(units.to_vec()),
        (units, _) => Speaker::Together(units.to_vec()),
    }
}

/// Says which rows name other units than the one that speaks, though the catalogue asks it of the speaker: an answer that was
/// passed on in another's file.
pub(super) fn check_row(
    speakers: &[usize],
    item: &Item,
    known: Option<usize>,
    index: &CatalogueIndex,
    place: Locator,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let (named, [speaker]) = (asked(item, index), speakers) else { return };
    let is_asked = known.is_some_and(|known| index.asked_of(known).is_of(*speaker));
    if is_asked && !named.is_empty() && !named.contains(speaker) && is_answered(item) {
        let finding = Diagnostic::error("row-of-other-unit", place).with("item", item.name());
        diagnostics
            .push(finding.with("unit", index.names_of(speakers)).with("other", index.names_of(&named)));
    }
}

/// The units of a 填报单位 line; none where one of them is in no directory.
fn named(line: &str, index: &CatalogueIndex) -> Vec<usize> {
    let names = index.unit_names_in(&[line.to_owned()]);
    let units: Vec<Option<usize>> = names.iter().map(|name| index.unit(name)).collect();
    units.into_iter().collect::<Option<Vec<usize>>>().unwrap_or_default()
}

/// The units that every answered row names.
fn common(attachment: &Attachment, index: &CatalogueIndex) -> Vec<usize> {
    let mut common: Option<Vec<usize>> = None;
    for item in attachment.items.iter().filter(|item| is_answered(item)) {
        let own = asked(item, index);
        common = Some(match common {
            None => own,
            Some(units) => units.into_iter().filter(|unit| own.contains(unit)).collect(),
        });
    }
    common.unwrap_or_default()
}

fn is_answered(item: &Item) -> bool {
    let status = item.status.as_ref().is_some_and(|status| !status.paragraphs.is_empty());
    status || !item.remarks.is_empty()
}

/// The units that a row names, wordings for several resolved. One that several took over names none of them: nothing says which
/// of them answered.
fn asked(item: &Item, index: &CatalogueIndex) -> Vec<usize> {
    let mut units: Vec<usize> = Vec::new();
    let split = |unit: &usize| index.answering_for(*unit).len() > 1;
    let named = item.units.iter().filter_map(|unit| index.unit(&unit.name)).filter(|unit| !split(unit));
    for unit in named.flat_map(|unit| index.members(unit)) {
        if !units.contains(&unit) {
            units.push(unit);
        }
    }
    units
}
