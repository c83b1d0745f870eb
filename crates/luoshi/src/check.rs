//! Whether a file is fit to publish: read, checked by every rule, and what was found put in words.
//!
//! Not here: the rules; files.

use std::collections::HashMap;

use luoshi_model::{Attachment, Baseline, Finding, Findings, Item, Level, fnv1a};
use luoshi_normalizer::normalize;
use luoshi_parser::Input;
use luoshi_rules::{Found, Material, Place, Words, masked};
use luoshi_table::{Container, Diagnostic, Locator, Outcome, Severity};

use crate::read::{Content, content};
use crate::words::{self, Language};
use crate::{Error, ReadOptions};

/// What a caller may choose about checking.
#[derive(Clone, Copy)]
pub struct CheckOptions<'a> {
    /// How the file is read.
    pub reading: ReadOptions<'a>,
    /// The words, numbers and levels of the rules.
    pub words: &'a Words,
    /// The language of the sentences.
    pub language: Language,
}

/// A file that was checked.
pub struct Checked {
    /// What it says.
    pub attachment: Attachment,
    file: String,
    /// The format that its content told, such as `docx`.
    pub format: &'static str,
    pub(crate) language: Language,
    /// What was found, and the same in words, where an accepted one has its reason.
    list: Vec<(Found, Finding)>,
}

impl Checked {
    /// Takes out what an office accepted.
    pub fn accept(&mut self, baseline: &Baseline) {
        for (_, finding) in &mut self.list {
            if let Some(reason) = baseline.reason(finding) {
                finding.reason = reason.to_owned();
            }
        }
    }

    /// What was found and stands.
    pub fn found(&self) -> impl Iterator<Item = &Found> {
        self.list.iter().filter(|(_, finding)| finding.reason.is_empty()).map(|(found, _)| found)
    }

    /// What was found, for lists and programs.
    pub fn findings(&self) -> Findings {
        let all = self.list.iter().map(|(_, finding)| finding.clone());
        let (findings, accepted) = all.partition(|finding| finding.reason.is_empty());
        Findings {
            file: masked(&self.file).into_owned(),
            title: masked(&self.attachment.title).into_owned(),
            items: self.attachment.items.len(),
            findings,
            accepted,
            ..Findings::default()
        }
    }

    /// What was found and stands, as findings of a run.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        self.found().map(|found| diagnostic(found, self.language)).collect()
    }
}

/// Reads a file and checks it. What reading finds is part of it: hidden rows and tracked changes go out with the file.
///
/// # Errors
/// [`Error`] where the file cannot be read, or holds no checklist.
pub fn check(input: &Input<'_>, options: &CheckOptions<'_>) -> Result<Checked, Error> {
    let mut opened = luoshi_parser::open(input)?;
    let beside = opened.beside();
    let Outcome { value, mut diagnostics } = content(opened, input, options.reading.revisions)?;
    let (attachment, source) = match value {
        Content::Attachment(attachment) => (*attachment, None),
        Content::Grids(source) => {
            let mut meaning = normalize(source.clone(), options.reading.catalogue)?;
            diagnostics.append(&mut meaning.diagnostics);
            (meaning.value, Some(source))
        }
    };
    let place = Locator::file(&input.name);
    let material = Material {
        attachment: &attachment,
        index: options.reading.catalogue.index_of(&attachment),
        source: source.as_ref(),
        beside: &beside,
        place: Some(&place),
    };
    let format = source.as_ref().map_or("json", |source| source.format);
    let rows = rows(&attachment);
    let mut found: Vec<Found> = diagnostics
        .into_iter()
        .filter_map(|diagnostic| reading(diagnostic, &attachment, &rows, options.words))
        .collect();
    found.extend(luoshi_rules::check(&material, options.words));
    let order: HashMap<&str, usize> =
        attachment.items.iter().enumerate().map(|(at, item)| (item.id.as_str(), at)).collect();
    let index_of = |found: &Found| found.place.item.as_deref().and_then(|id| order.get(id)).copied();
    // What is about the whole comes first, then the items in their order.
    found.sort_by_key(index_of);
    let list = found.into_iter().map(|found| {
        let item = index_of(&found).map(|index| &attachment.items[index]);
        let finding = in_words(&found, item, options.language);
        (found, finding)
    });
    let list = list.collect();
    let file = input.name.rsplit(['/', '\\']).next().unwrap_or(&input.name).to_owned();
    Ok(Checked { file, format, language: options.language, list, attachment })
}

/// A row of a file.
type RowAt = (Option<Container>, u32);

/// Which item stands in which row.
fn rows(attachment: &Attachment) -> HashMap<RowAt, usize> {
    let origins = attachment.provenance.items.iter().enumerate();
    let fields = origins.flat_map(|(index, origin)| origin.fields.iter().map(move |field| (index, field)));
    let row = |(index, field): (usize, &luoshi_model::FieldOrigin)| {
        let sheet = field.sheet.clone().map(Container::Sheet);
        ((sheet.or(field.table.map(Container::Table)), field.row), index)
    };
    fields.map(row).collect()
}

/// What reading found, as a finding of the check, unless it is turned off.
fn reading(
    diagnostic: Diagnostic,
    attachment: &Attachment,
    rows: &HashMap<RowAt, usize>,
    words: &Words,
) -> Option<Found> {
    let usual = match diagnostic.severity {
        Severity::Info => Level::Info,
        Severity::Warning => Level::Warn,
        Severity::Error => Level::Block,
    };
    let level = words.level(diagnostic.code, usual)?;
    let row = diagnostic.place.as_ref().and_then(|at| Some((at.container.clone(), at.row?)));
    let item = row.and_then(|row| rows.get(&row)).map(|&index| &attachment.items[index]);
    let masked = |text: String| masked(&text).into_owned();
    let arguments: Vec<_> =
        diagnostic.arguments.into_iter().map(|(name, value)| (name, masked(value))).collect();
    let text = arguments.iter().find(|(name, _)| *name == "text");
    Some(Found {
        code: diagnostic.code,
        level,
        place: Place {
            at: diagnostic.place,
            item: item.map(|item| item.id.clone()),
            item_name: item.map_or_else(String::new, Item::name),
            ..Place::default()
        },
        text: text.map_or_else(String::new, |(_, text)| text.clone()),
        arguments,
        exact: String::new(),
        occurrence: 0,
        edits: Vec::new(),
    })
}

/// A finding of a rule as a finding of a run. How it calls its item is put in words here: 第5项落实情况.
pub(crate) fn diagnostic(found: &Found, language: Language) -> Diagnostic {
    let severity = match found.level {
        Level::Block => Severity::Error,
        Level::Warn => Severity::Warning,
        Level::Info => Severity::Info,
    };
    let place = found.place.at.clone();
    let mut arguments = found.arguments.clone();
    if let Some((_, at)) = arguments.iter_mut().find(|(name, _)| *name == "at") {
        *at = called(&found.place, language);
    }
    Diagnostic { code: found.code, severity, place, arguments }
}

/// How a sentence calls a place in a checklist.
pub(crate) fn called(place: &Place, language: Language) -> String {
    let Place { item_name, heading, .. } = place;
    let name = match item_name.as_str() {
        "" => return words::text("place.outside", language).to_owned(),
        name if name.starts_with(|c: char| c.is_ascii_digit()) => "place.item",
        _ => "place.matter",
    };
    let masked = |text: &str| masked(text).into_owned();
    words::filled(name, &[("item", masked(item_name)), ("heading", masked(heading))], language)
}

/// Two hexadecimal digits of the words of a finding, where some of them are masked.
fn check_of(found: &Found) -> String {
    if !found.text.contains('*') {
        return String::new();
    }
    let byte = fnv1a(&found.exact).to_le_bytes().iter().fold(0, |fold, byte| fold ^ byte);
    format!("{byte:02x}")
}

/// What tells a finding from others of its kind and place: its words, else what its sentence is given.
fn identity(found: &Found) -> String {
    if !found.text.is_empty() {
        return found.text.clone();
    }
    let given = found.arguments.iter().filter(|(name, _)| *name != "at").map(|(_, value)| value.as_str());
    given.collect::<Vec<_>>().join(" ")
}

fn in_words(found: &Found, item: Option<&Item>, language: Language) -> Finding {
    let message = words::message(&diagnostic(found, language), language);
    let place = found.place.at.as_ref().map(|at| words::place(at, language)).unwrap_or_default();
    Finding {
        code: found.code.to_owned(),
        level: found.level,
        item: found.place.item.clone(),
        number: item.map_or_else(String::new, Item::number_text),
        matter: item.map_or_else(String::new, |item| masked(&item.matter).into_owned()),
        column: found.place.column.clone(),
        heading: masked(&found.place.heading).into_owned(),
        place: masked(place.trim()).into_owned(),
        text: identity(found),
        check: check_of(found),
        what: message.what,
        todo: message.todo,
        reason: String::new(),
    }
}
