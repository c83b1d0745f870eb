//! The texts that the rules read, each with its place: titles and notes, the items' cells, and what else stands in the file.
//!
//! Not here: what is wrong with a text.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use luoshi_model::{Attachment, ColumnKey, FieldOrigin, Item, Remark};
use luoshi_normalizer::{CatalogueIndex, answer_text};
use luoshi_table::{Beside, Container, Locator, SourceBlock, SourceDocument};

/// What is checked.
#[derive(Clone, Copy)]
pub struct Material<'a> {
    /// The attachment.
    pub attachment: &'a Attachment,
    /// The catalogue that it answers, where one is known.
    pub index: Option<&'a CatalogueIndex>,
    /// The file as its reader found it, where it is a table: texts outside the checklist go out with it too.
    pub source: Option<&'a SourceDocument>,
    /// What stands beside the content.
    pub beside: &'a Beside,
    /// The file.
    pub place: Option<&'a Locator>,
}

/// Where a finding is: in a file, and in a checklist.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Where in the file.
    pub at: Option<Locator>,
    /// The item's id.
    pub item: Option<String>,
    /// How the item is called.
    pub item_name: String,
    /// The item's column.
    pub column: Option<ColumnKey>,
    /// That column's heading.
    pub heading: String,
}

impl Place {
    /// How it is called where nobody puts it in words: number and heading, 5 落实情况.
    pub(crate) fn name(&self) -> String {
        [self.item_name.as_str(), &self.heading].join(" ").trim().to_owned()
    }
}

/// What kind of text it is: not every rule is about every text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// What a unit answered.
    Answer,
    /// What is asked, and of whom.
    Question,
    /// Title, annex mark, and the lines above and below the table.
    Heading,
    /// Anything else in the file: other tables and sheets, comments, page headers.
    Around,
}

/// A text with its place.
pub(crate) struct Passage<'a> {
    pub(crate) place: Place,
    pub(crate) scope: Scope,
    /// Which item it belongs to.
    pub(crate) item: Option<usize>,
    /// Paragraphs joined by line feeds.
    pub(crate) text: Cow<'a, str>,
    /// The bytes of it that are not shown, once they are asked for.
    pub(crate) hidden: OnceCell<Vec<Range<usize>>>,
}

impl<'a> Passage<'a> {
    fn new(place: Place, scope: Scope, item: Option<usize>, text: Cow<'a, str>) -> Self {
        Self { place, scope, item, text, hidden: OnceCell::new() }
    }
}

impl Material<'_> {
    /// The cell of an item's column in the file, where one is known: of a blank one the row at least.
    pub(crate) fn place(&self, index: usize, key: &ColumnKey) -> Place {
        let Attachment { items, columns, provenance, .. } = self.attachment;
        let item = &items[index];
        let fields = provenance.items.get(index).filter(|origin| origin.item == item.id);
        let fields = fields.map_or(&[][..], |origin| &origin.fields);
        let own = fields.iter().find(|field| field.field == *key);
        let row = || fields.first().map(|field| Locator { column: None, ..self.at(field) });
        let heading = columns.iter().find(|column| column.key == *key);
        Place {
            at: own.map(|field| self.at(field)).or_else(row).or_else(|| self.place.cloned()),
            item: Some(item.id.clone()),
            item_name: item.name(),
            column: Some(key.clone()),
            heading: heading.map_or_else(String::new, |column| column.heading.clone()),
        }
    }

    /// The cell that a field came from. A file that was read just now is called as the caller called it.
    fn at(&self, origin: &FieldOrigin) -> Locator {
        let files = &self.attachment.provenance.files;
        let name = || files.get(origin.file as usize).map_or("", |file| &file.name).into();
        let own = self.place.filter(|_| files.len() < 2).map(|place| place.file.clone());
        let container = match (&origin.sheet, origin.table) {
            (Some(sheet), _) => Some(Container::Sheet(sheet.clone())),
            (None, table) => table.map(Container::Table),
        };
        let (row, column) = (Some(origin.row), Some(origin.column));
        Locator { file: own.unwrap_or_else(name), container, row, column }
    }
}

pub(crate) fn passages<'a>(material: &Material<'a>) -> Vec<Passage<'a>> {
    let attachment = material.attachment;
    let file = material.place.cloned();
    let mut passages = Vec::new();
    let mut read: HashSet<Locator> = HashSet::new();
    for field in attachment.provenance.items.iter().flat_map(|origin| &origin.fields) {
        read.insert(material.at(field));
    }
    // Where the lines around the table stand: the first place of the same text that no item was read from.
    let mut lines: HashMap<&str, Locator> = HashMap::new();
    let around: Vec<(Locator, Cow<'a, str>)> = material.source.into_iter().flat_map(texts).collect();
    for (at, text) in around.iter().filter(|(at, _)| !read.contains(at)) {
        lines.entry(text.trim()).or_insert_with(|| at.clone());
    }
    let headings = [&attachment.title].into_iter().chain(&attachment.preamble).chain(&attachment.postscript);
    for text in attachment.annex.iter().chain(headings) {
        let at = lines.get(text.trim()).cloned();
        read.extend(at.clone());
        let place = Place { at: at.or_else(|| file.clone()), ..Place::default() };
        passages.push(Passage::new(place, Scope::Heading, None, Cow::Borrowed(text)));
    }
    for (index, item) in attachment.items.iter().enumerate() {
        for column in &attachment.columns {
            let text = text(item, &column.key);
            if !text.is_empty() {
                let place = material.place(index, &column.key);
                let scope = if column.key.is_answered() { Scope::Answer } else { Scope::Question };
                passages.push(Passage::new(place, scope, Some(index), text.into()));
            }
        }
    }
    let base = |file: &Locator| file.file.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    let name = file.iter().map(|file| (file.clone(), Cow::Owned(base(file))));
    let beside = material.beside.texts.iter().map(|(at, text)| (at.clone(), Cow::Borrowed(text.as_str())));
    let around = around.into_iter().filter(|(at, _)| !read.contains(at));
    let others = name.chain(beside).chain(around).filter(|(_, text)| !text.trim().is_empty());
    passages.extend(others.map(|(at, text)| {
        let place = Place { at: Some(at), ..Place::default() };
        Passage::new(place, Scope::Around, None, text)
    }));
    passages
}

/// What an item says in a column, paragraphs joined by line feeds.
fn text(item: &Item, key: &ColumnKey) -> String {
    match key {
        ColumnKey::Matter => item.matter.clone(),
        ColumnKey::Units | ColumnKey::LeadUnits | ColumnKey::SupportUnits => {
            let raw: Vec<&str> = item.units.iter().map(|unit| unit.raw.as_str()).collect();
            raw.join("\n")
        }
        ColumnKey::Remarks => Remark::join(&item.remarks).join("\n"),
        ColumnKey::Status => {
            item.status.as_ref().map_or_else(String::new, |status| status.paragraphs.join("\n"))
        }
        key => answer_text(item, key).join("\n"),
    }
}

/// The lines and cells of a file.
fn texts(source: &SourceDocument) -> Vec<(Locator, Cow<'_, str>)> {
    let mut found = Vec::new();
    for block in &source.blocks {
        match block {
            SourceBlock::Line(line) => {
                let place = Locator::within(&source.file, Container::Text).row(line.number);
                found.push((place, Cow::Borrowed(line.paragraph.text.as_str())));
            }
            SourceBlock::Table(table) => {
                let place = table.place(&source.file);
                found.extend(
                    table
                        .grid
                        .cells()
                        .iter()
                        .map(|cell| (place.cell(cell.row, cell.column), Cow::Owned(cell.content.text()))),
                );
            }
        }
    }
    found
}
