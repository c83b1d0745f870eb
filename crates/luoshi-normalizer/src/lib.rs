//! Source tables and a catalogue to an [`Attachment`]: what a file says to what it means.
//!
//! ```text
//! SourceDocument ──header──▶ columns ──outline──▶ rows of items ──matching──▶ ids ──items──▶ Attachment
//!                            (title, period from the lines above)        ▲
//!                                                                    Catalogue
//! ```
//!
//! Without a catalogue the structure is inferred from the table itself; with one, items are matched by text, the number
//! being a vote, and every disagreement is a finding. Nothing is lost: what has no place in the model stands in a finding
//! that names its cell.
//!
//! Not here: file formats (parser) and layout (emitter). The words of the trade are data: `data/*.toml`.

mod answer;
mod blank;
mod check;
mod checklists;
pub mod facts;
mod field;
mod filler;
mod header;
mod index;
mod items;
mod key;
mod leads;
mod marks;
mod matching;
mod number;
mod numbering;
mod outline;
mod ragged;
mod remarks;
mod roster;
mod round;
mod select;
mod structure;
mod succession;
mod text;
mod title;
mod units;
mod vocabulary;

use std::sync::LazyLock;

use luoshi_model::{Attachment, Catalogue, ColumnKey, Provenance, SourceFile};
use luoshi_table::{Diagnostic, Locator, Outcome, Severity, SourceBlock, SourceDocument, SourceTable};

pub use blank::{Reference, answer_kind, answer_text, reference};
pub use check::{check, is_day};
pub use checklists::{Checklist, Checklists, checklists, marked_columns, without_marked_columns};
pub use filler::{filler, says_who_and_when, stated_day};
pub use index::CatalogueIndex;
pub use key::{DIGEST_PREFIX, key};
pub use matching::likeness;
pub use number::enumerator;
pub use remarks::{labelled, opens_with_label};
pub use round::Asking;
pub use select::NoChecklist;
pub use title::{begins_form, period};

use crate::marks::Marks;
use crate::matching::Asked;
use crate::numbering::Numbered;
use crate::outline::OutlineReader;
use crate::units::Directory;

/// The catalogues that ship with the program: id and JSON.
const BUILT_IN: [(&str, &str); 1] = [("haicang-2016", include_str!("../data/catalogues/haicang-2016.json"))];

static BUILT_IN_INDEXES: LazyLock<Vec<CatalogueIndex>> = LazyLock::new(|| {
    let read = |(_, json): &(&str, &str)| Catalogue::from_json(json.as_bytes()).ok().map(CatalogueIndex::new);
    BUILT_IN.iter().filter_map(read).collect()
});

/// A catalogue that ships with the program, by its id.
pub fn built_in(id: &str) -> Option<&'static CatalogueIndex> {
    BUILT_IN_INDEXES.iter().find(|index| index.catalogue().id == id)
}

/// The ids of the catalogues that ship with the program.
pub fn built_in_ids() -> impl Iterator<Item = &'static str> {
    BUILT_IN.iter().map(|(id, _)| *id)
}

/// Which catalogue the items are matched with.
#[derive(Clone, Copy, Debug, Default)]
pub enum CatalogueChoice<'a> {
    /// One that ships with the program, if at least half of the matters are its own word for word; else none.
    #[default]
    Automatic,
    /// None: the structure is inferred from the table.
    None,
    /// This one.
    Given(&'a CatalogueIndex),
}

impl<'a> CatalogueChoice<'a> {
    /// The catalogue of an attachment that was read under this choice.
    pub fn index_of(self, attachment: &Attachment) -> Option<&'a CatalogueIndex> {
        match self {
            Self::Automatic => attachment.catalogue.as_deref().and_then(built_in),
            Self::None => None,
            Self::Given(index) => Some(index),
        }
    }
}

/// Reads the meaning of a document.
///
/// # Errors
/// [`NoChecklist`] where no table of the document is a checklist.
pub fn normalize(
    mut document: SourceDocument,
    choice: CatalogueChoice<'_>,
) -> Result<Outcome<Attachment>, NoChecklist> {
    let marks = Marks::take(&mut document);
    let (attachment, diagnostics, _) = normalize_marked(document, &marks, choice)?;
    Ok(Outcome::new(attachment, diagnostics))
}

/// As [`normalize`], the marks of a form already taken out; with the tables that are no part of the checklist.
fn normalize_marked(
    document: SourceDocument,
    marks: &Marks,
    choice: CatalogueChoice<'_>,
) -> Result<(Attachment, Vec<Diagnostic>, Vec<SourceTable>), NoChecklist> {
    let given = if let CatalogueChoice::Given(index) = choice { Some(index) } else { None };
    let (selection, mut diagnostics) = select::select(&document, given.map(CatalogueIndex::catalogue))?;
    diagnostics.extend(marks.findings());
    let header = &selection.header;

    let plain = Directory::default();
    let catalogues: &[CatalogueIndex] = match choice {
        CatalogueChoice::Automatic => &BUILT_IN_INDEXES,
        CatalogueChoice::None => &[],
        CatalogueChoice::Given(index) => std::slice::from_ref(index),
    };
    let directory = given.map_or(&plain, CatalogueIndex::directory);
    let mut reader = OutlineReader::new(directory, catalogues, document.has_spans);
    let mut blocks = document.blocks;
    let mut form = Locator::file(&document.file);
    for (index, part) in selection.tables.iter().enumerate() {
        part.before.iter().for_each(|line| reader.line(line));
        let Some(SourceBlock::Table(table)) = blocks.get_mut(part.block) else { continue };
        let place = table.place(&document.file);
        reader.table(std::mem::take(&mut table.grid), &table.rows, header, part.body, &place);
        if index == 0 {
            form = place;
        }
    }
    let (mut outline, mut findings) = reader.finish(header);
    diagnostics.append(&mut findings);
    if outline.rows.is_empty() {
        return Err(NoChecklist::no_items(form));
    }

    let mut asking = items::asking(&outline.rows, header, &mut diagnostics);
    let keys: Vec<String> = asking.iter().map(|asking| key(&asking.matter)).collect();
    let index = match choice {
        CatalogueChoice::Automatic => BUILT_IN_INDEXES.iter().find(|index| index.fits(&keys)),
        CatalogueChoice::None | CatalogueChoice::Given(_) => given,
    };
    let catalogue = index.map(CatalogueIndex::catalogue);
    let asked: Vec<Asked<'_>> = asking
        .iter()
        .zip(&keys)
        .zip(&outline.rows)
        .map(|((asking, key), row)| Asked {
            matter: &asking.matter,
            key,
            requirement: asking.requirement.clone(),
            number: asking.number,
            marked: index.and_then(|index| marks.item(&row.place, index)),
            place: &row.place,
        })
        .collect();
    let identities = matching::identify(&asked, index, &mut diagnostics);

    if header.position(&ColumnKey::Number).is_some() {
        let known = |item: usize| index.map(|index| index.item(item).number);
        let mut numbers: Vec<Numbered<'_>> = asking
            .iter()
            .zip(&identities)
            .zip(&outline.rows)
            .map(|((asking, identity), row)| Numbered {
                value: asking.number,
                source: asking.source,
                catalogue: identity.item.and_then(known),
                section: row.section,
                place: &row.place,
            })
            .collect();
        numbering::complete(&mut numbers, &mut diagnostics);
        let completed: Vec<_> = numbers.into_iter().map(|number| (number.value, number.source)).collect();
        for (asking, (value, source)) in asking.iter_mut().zip(completed) {
            (asking.number, asking.source) = (value, source);
        }
    }

    let sections = structure::sections(&outline.sections, index);
    let focuses = structure::focuses(&outline.focuses, &sections, index);
    let stands: Vec<(Option<usize>, Option<usize>)> =
        outline.rows.iter().map(|row| (row.section, row.focus)).collect();
    let places: Vec<_> = outline.rows.iter().map(|row| row.place.clone()).collect();
    let directory = index.map_or(&plain, CatalogueIndex::directory);
    let rows = outline.rows.as_mut_slice();
    let material = items::Material { header, rows, asking, identities: &identities, index, directory };
    let (mut items, origins) = items::assemble(material, &mut diagnostics);
    for (row, (item, (section, focus))) in items.iter_mut().zip(stands).enumerate() {
        item.focus = focus.map(|index| focuses[index].id.clone());
        item.section = section.filter(|_| focus.is_none()).map(|index| sections[index].id.clone());
        let known = index.zip(identities[row].item).map(|(index, known)| index.item(known));
        // A table without focuses says nothing against the catalogue's.
        if let Some(known) = known.filter(|known| item.focus.is_some() && known.focus != item.focus) {
            let title = |id: Option<&str>, all: &[luoshi_model::Focus]| {
                all.iter()
                    .find(|focus| Some(focus.id.as_str()) == id)
                    .map_or(String::new(), |focus| focus.title.clone())
            };
            let expected =
                title(known.focus.as_deref(), catalogue.map_or(&[], |catalogue| &catalogue.focuses));
            let finding =
                Diagnostic::warning("focus-differs", places[row].clone()).with("matter", &item.matter);
            diagnostics.push(
                finding.with("focus", title(item.focus.as_deref(), &focuses)).with("catalogue", expected),
            );
        }
    }

    let above = title::read(&selection.above);
    let named = title::period(&above.title).or_else(|| {
        above.preamble.iter().filter(|line| !title::is_note(line)).find_map(|line| title::period(line))
    });
    let asked_about = catalogue.and_then(|catalogue| catalogue.period.clone());
    if let (Some(named), Some(asked_about)) = (&named, &asked_about)
        && (&named.from, &named.to) != (&asked_about.from, &asked_about.to)
    {
        let finding = Diagnostic::warning("period-differs", form);
        diagnostics.push(finding.with("period", &named.label).with("catalogue", &asked_about.label));
    }
    let name = document.file.rsplit(['/', '\\']).next().unwrap_or(&document.file).to_owned();
    let attachment = Attachment {
        catalogue: catalogue.map(|catalogue| catalogue.id.clone()),
        title: above.title,
        annex: above.annex,
        period: named.or(asked_about),
        preamble: above.preamble,
        columns: header.columns.iter().map(|logical| logical.column.clone()).collect(),
        sections,
        focuses,
        items,
        postscript: outline.postscript.into_iter().chain(selection.below).collect(),
        provenance: Provenance {
            files: vec![SourceFile { name, format: document.format.to_owned() }],
            items: origins,
        },
        ..Attachment::default()
    };
    diagnostics.sort_by_key(|finding| std::cmp::Reverse(finding.severity == Severity::Error));
    // Those of the checklist were taken from their blocks.
    let beside = blocks.into_iter().filter_map(|block| match block {
        SourceBlock::Table(table) if table.grid.rows() > 0 => Some(table),
        _ => None,
    });
    Ok((attachment, diagnostics, beside.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_catalogues_are_whole() {
        assert_eq!(BUILT_IN_INDEXES.len(), BUILT_IN.len());
        for id in built_in_ids() {
            assert!(built_in(id).is_some(), "{id}");
        }
        let haicang = built_in("haicang-2016").unwrap().catalogue();
        assert_eq!((haicang.items.len(), haicang.focuses.len(), haicang.sections.len()), (66, 24, 6));
    }

    #[test]
    fn no_catalogue_means_none_even_for_an_attachment_that_names_one() {
        let attachment = Attachment { catalogue: Some("haicang-2016".to_owned()), ..Attachment::default() };
        let id = |choice: CatalogueChoice<'_>| {
            choice.index_of(&attachment).map(|index| index.catalogue().id.clone())
        };
        assert_eq!(id(CatalogueChoice::Automatic).as_deref(), Some("haicang-2016"));
        assert_eq!(id(CatalogueChoice::None), None);
    }
}
