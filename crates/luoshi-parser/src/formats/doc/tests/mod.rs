//! Small documents made by hand, and what a person would read in them.

mod damage;
mod numbers;
mod revisions;
mod tables;
mod text;

use luoshi_table::{Diagnostic, Locator, Slot, SourceBlock, SourceTable};

use super::fib::{Fib, Structure};
use super::sprm;
use super::streams::Streams;
use crate::{ReadError, Revisions};

/// Where the text begins: behind the file information block.
const TEXT: usize = 1024;
const LONGS: usize = 64;
const PAIRS: usize = 154;

/// A modifier.
pub(super) fn prl(code: u16, operand: &[u8]) -> Vec<u8> {
    [&code.to_le_bytes(), operand].concat()
}

/// Properties of a paragraph in a table.
pub(super) fn in_table(depth: u32) -> Vec<u8> {
    [prl(sprm::P_F_IN_TABLE, &[1]), prl(sprm::P_ITAP, &depth.to_le_bytes())].concat()
}

/// Properties of the paragraph that ends a row: the edges of its cells and their flags.
pub(super) fn row_end(edges: &[i16], flags: &[u16]) -> Vec<u8> {
    [in_table(1), prl(sprm::P_F_TTP, &[1]), row(edges, flags)].concat()
}

/// The definition of a row.
pub(super) fn row(edges: &[i16], flags: &[u16]) -> Vec<u8> {
    let mut definition = vec![edges.len() as u8 - 1];
    definition.extend(edges.iter().flat_map(|edge| edge.to_le_bytes()));
    for flags in flags {
        definition.extend(flags.to_le_bytes());
        definition.extend([0; 18]);
    }
    let length = (definition.len() as u16 + 1).to_le_bytes();
    prl(sprm::T_DEF_TABLE, &[&length[..], &definition].concat())
}

/// A stretch of text with the same properties.
#[derive(Clone)]
struct Run {
    units: Vec<u16>,
    properties: Vec<u8>,
}

/// A document under construction.
#[derive(Clone, Default)]
pub(super) struct File {
    runs: Vec<Run>,
    /// The position behind each paragraph, its style and properties.
    paragraphs: Vec<(u32, u16, Vec<u8>)>,
    position: u32,
    /// The positions at which the stories after the first begin, by their place.
    lengths: [u32; 6],
    story: usize,
    structures: Vec<(Structure, Vec<u8>)>,
    /// Bytes behind the lists, which they do not count.
    levels: Vec<u8>,
    pub(super) data: Vec<u8>,
    revisions: Revisions,
}

impl File {
    /// Text with the modifiers of its characters; what ends a paragraph is part of the text.
    pub(super) fn run(mut self, text: &str, properties: &[u8]) -> Self {
        let units: Vec<u16> = text.encode_utf16().collect();
        self.position += units.len() as u32;
        self.runs.push(Run { units, properties: properties.to_vec() });
        self
    }

    /// Ends a paragraph: what was added since the last one is in this style and has these modifiers.
    pub(super) fn styled(mut self, istd: u16, properties: &[u8]) -> Self {
        self.paragraphs.push((self.position, istd, properties.to_vec()));
        self
    }

    /// A paragraph outside tables.
    pub(super) fn line(self, text: &str) -> Self {
        self.run(&format!("{text}\r"), &[]).styled(0, &[])
    }

    /// A cell of an outermost table; `\r` parts its paragraphs.
    pub(super) fn cell(mut self, text: &str) -> Self {
        for paragraph in format!("{text}\u{7}").split_inclusive('\r') {
            self = self.run(paragraph, &[]).styled(0, &in_table(1));
        }
        self
    }

    pub(super) fn row_end(self, edges: &[i16], flags: &[u16]) -> Self {
        self.run("\u{7}", &[]).styled(0, &row_end(edges, flags))
    }

    /// What follows belongs to another story: 1 footnotes, 2 headers, 3 comments, 4 endnotes, 5 text boxes.
    pub(super) fn story(mut self, number: usize) -> Self {
        self.end_story();
        self.story = number;
        self
    }

    fn end_story(&mut self) {
        let before: u32 = self.lengths.iter().sum();
        self.lengths[self.story] = self.position - before;
    }

    pub(super) fn with(mut self, structure: Structure, bytes: Vec<u8>) -> Self {
        self.structures.push((structure, bytes));
        self
    }

    pub(super) fn with_levels(mut self, levels: Vec<u8>) -> Self {
        self.levels = levels;
        self
    }

    pub(super) fn with_data(mut self, data: Vec<u8>) -> Self {
        self.data = data;
        self
    }

    pub(super) fn rejecting(mut self) -> Self {
        self.revisions = Revisions::Reject;
        self
    }

    /// The streams: the block, the text in UTF-16, a page for each paragraph and each run.
    pub(super) fn streams(mut self) -> Streams {
        self.end_story();
        let offset = |position: u32| TEXT as u32 + 2 * position;
        let mut word = vec![0; TEXT];
        word.extend(self.runs.iter().flat_map(|run| &run.units).flat_map(|unit| unit.to_le_bytes()));
        word.resize(word.len().next_multiple_of(512), 0);
        let mut characters = (vec![], vec![]);
        let mut start = 0;
        for run in &self.runs {
            let end = start + run.units.len() as u32;
            let stored = [&[run.properties.len() as u8][..], &run.properties].concat();
            page(&mut word, &mut characters, [offset(start), offset(end)], &stored);
            start = end;
        }
        let mut paragraphs = (vec![], vec![]);
        let mut start = 0;
        for (end, istd, properties) in &self.paragraphs {
            let stored = [&istd.to_le_bytes()[..], properties].concat();
            // An odd number of bytes is words less one byte; an even one needs a second byte for their number.
            let length = stored.len().div_ceil(2) as u8;
            let front = if stored.len() % 2 == 1 { vec![length] } else { vec![0, length] };
            page(&mut word, &mut paragraphs, [offset(start), offset(*end)], &[front, stored].concat());
            start = *end;
        }
        let piece = [&[0, 0][..], &(TEXT as u32).to_le_bytes(), &[0, 0]].concat();
        let list = plc(&[0, self.position], &[piece]);
        let pieces = [&[2][..], &(list.len() as u32).to_le_bytes(), &list].concat();
        self.structures.push((Structure::Pieces, pieces));
        for (structure, (starts, pages)) in
            [(Structure::CharacterPages, characters), (Structure::ParagraphPages, paragraphs)]
        {
            self.structures.push((structure, plc(&starts, &pages)));
        }
        self.finish(word)
    }

    fn finish(self, mut word: Vec<u8>) -> Streams {
        let mut table = vec![0; 8];
        let mut put = |at: usize, bytes: &[u8]| word[at..at + bytes.len()].copy_from_slice(bytes);
        put(0, &[0xEC, 0xA5, 0xC1, 0]);
        put(10, &[0, 2]);
        put(32, &[14, 0]);
        put(62, &[22, 0]);
        put(152, &[93, 0]);
        for (length, index) in self.lengths.iter().zip([3, 4, 5, 7, 8, 9]) {
            put(LONGS + 4 * index, &length.to_le_bytes());
        }
        for (structure, bytes) in &self.structures {
            let pair = [table.len() as u32, bytes.len() as u32].map(u32::to_le_bytes).concat();
            put(PAIRS + 8 * *structure as usize, &pair);
            table.extend(bytes);
            if *structure == Structure::Lists {
                table.extend(&self.levels);
            }
        }
        Streams { word, table, data: self.data }
    }

    pub(super) fn try_read(self) -> Result<Document, ReadError> {
        let revisions = self.revisions;
        read(&self.streams(), revisions)
    }

    pub(super) fn read(self) -> Document {
        self.try_read().unwrap()
    }
}

/// Reads streams that may be damaged.
pub(super) fn read(streams: &Streams, revisions: Revisions) -> Result<Document, ReadError> {
    let file = Locator::file(&"表.doc".into());
    let fib = Fib::read(&streams.word).map_err(|cause| ReadError::at(cause, file.clone()))?;
    let (blocks, findings) = super::read(streams, &fib, file.clone(), revisions)?;
    Ok(Document { blocks, findings: findings.finish(file) })
}

/// A list of positions and records.
pub(super) fn plc(positions: &[u32], records: &[Vec<u8>]) -> Vec<u8> {
    let positions = positions.iter().flat_map(|position| position.to_le_bytes());
    positions.chain(records.iter().flatten().copied()).collect()
}

/// Adds a page with one stretch.
fn page(word: &mut Vec<u8>, list: &mut (Vec<u32>, Vec<Vec<u8>>), stretch: [u32; 2], stored: &[u8]) {
    let number = (word.len() / 512) as u32;
    let mut page = stretch.map(u32::to_le_bytes).concat();
    let at = 510 - stored.len().next_multiple_of(2);
    page.push((at / 2) as u8);
    page.resize(at, 0);
    page.extend(stored);
    page.resize(511, 0);
    page.push(1);
    word.extend(page);
    let (starts, pages) = list;
    starts.pop();
    starts.extend(stretch);
    pages.push(number.to_le_bytes().to_vec());
}

/// What was read, in a form that tests can compare.
pub(super) struct Document {
    blocks: Vec<SourceBlock>,
    findings: Vec<Diagnostic>,
}

impl Document {
    pub(super) fn tables(&self) -> Vec<&SourceTable> {
        fn table(block: &SourceBlock) -> Option<&SourceTable> {
            match block {
                SourceBlock::Table(table) => Some(table),
                SourceBlock::Line(_) => None,
            }
        }
        self.blocks.iter().filter_map(table).collect()
    }

    /// The rows of the first table: cells between bars, `<` and `^` where a cell to the left or above goes on, `~` where
    /// there is none, `/` between paragraphs.
    pub(super) fn rows(&self) -> Vec<String> {
        self.tables().first().map(|table| rows(table)).unwrap_or_default()
    }

    /// The paragraphs outside tables, automatic numbers before their text, `*` for a table.
    pub(super) fn lines(&self) -> Vec<String> {
        let line = |block: &SourceBlock| match block {
            SourceBlock::Line(line) => format!("{}{}", line.paragraph.label(), line.paragraph.text),
            SourceBlock::Table(_) => "*".to_owned(),
        };
        self.blocks.iter().map(line).collect()
    }

    /// The findings as `code@.row.column name=value`, the place as far as it is known.
    pub(super) fn findings(&self) -> Vec<String> {
        let number = |number: Option<u32>| number.map(|number| format!(".{number}")).unwrap_or_default();
        let finding = |finding: &Diagnostic| {
            let place = finding.place.clone().unwrap();
            let mut words = format!("{}@{}{}", finding.code, number(place.row), number(place.column));
            for (name, value) in &finding.arguments {
                words.push_str(&format!(" {name}={value}"));
            }
            words
        };
        self.findings.iter().map(finding).collect()
    }
}

pub(super) fn rows(table: &SourceTable) -> Vec<String> {
    let grid = &table.grid;
    let cell = |row, column| match grid.slot(row, column) {
        Slot::Origin(cell) => cell.content.text().replace('\n', "/"),
        Slot::Covered(cell) if cell.row == row => "<".to_owned(),
        Slot::Covered(_) => "^".to_owned(),
        Slot::Absent => "~".to_owned(),
    };
    let row = |row| (0..grid.columns()).map(|column| cell(row, column)).collect::<Vec<_>>().join("|");
    (0..grid.rows()).map(row).collect()
}
