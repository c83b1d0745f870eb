//! What a file may ask for. Each limit is far above any real checklist and far below what hurts a small machine; nothing
//! is allocated by a number that a file merely claims.
//!
//! A limit is the process's, not a call's: what it guards, memory and time, is the process's too. Whoever runs on a larger
//! or smaller machine sets it before the first file is read; a finding tells its name.

use std::sync::atomic::{AtomicU64, Ordering};

use luoshi_table::Locator;

use crate::{Cause, ReadError};

/// A named limit.
#[derive(Debug)]
pub struct Limit {
    name: &'static str,
    value: AtomicU64,
    most: u64,
}

impl Limit {
    /// `most` is what it may be raised to: what the readers can count, or keep a stack for.
    const fn new(name: &'static str, value: u64, most: u64) -> Self {
        Self { name, value: AtomicU64::new(value), most }
    }

    /// Its name, as findings tell it, such as `part-bytes`.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Its value.
    pub fn get(&self) -> u64 {
        self.value.load(Ordering::Relaxed)
    }

    /// What it may be raised to.
    pub fn most(&self) -> u64 {
        self.most
    }

    /// Whether it can have this value.
    pub fn allows(&self, value: u64) -> bool {
        (1..=self.most).contains(&value)
    }

    /// Sets it, for every file that is read from now on: to the value, or to the nearest one that it can have.
    pub fn set(&self, value: u64) {
        self.value.store(value.clamp(1, self.most), Ordering::Relaxed);
    }

    /// Its value as a count of rows or columns.
    pub(crate) fn count(&self) -> u32 {
        u32::try_from(self.get()).unwrap_or(u32::MAX)
    }

    /// Its value as a length.
    pub(crate) fn size(&self) -> usize {
        usize::try_from(self.get()).unwrap_or(usize::MAX)
    }

    /// That a file went past it.
    pub(crate) fn exceeded(&self) -> Cause {
        Cause::Limit { what: self.name, limit: self.get() }
    }

    /// Whether a count keeps to it; the error says where it doesn't.
    pub(crate) fn check(&self, found: u64, place: &Locator) -> Result<(), ReadError> {
        match found > self.get() {
            true => Err(ReadError::at(self.exceeded(), place.clone())),
            false => Ok(()),
        }
    }
}

/// What a limit of bytes may be raised to: far more than any machine's memory.
const BYTES: u64 = 1 << 40;

/// What a limit of things that are numbered in 32 bits may be raised to.
const COUNT: u64 = i32::MAX as u64;

/// Bytes of a file as it is sent. An attachment full of scanned pages is 50 MB.
pub static FILE_BYTES: Limit = Limit::new("file-bytes", 1 << 30, BYTES);

/// How many times as large a part may become as it is packed, past its first megabyte. A thousand attachments in one table have
/// 300; a part of nothing but zeros 1 030, which is the most that deflate can do.
pub static RATIO: Limit = Limit::new("ratio", 1_000, BYTES);

/// Inflated bytes of one part of a package. The 66-item attachment repeated a thousand times is 110 MB of document.xml.
pub static PART_BYTES: Limit = Limit::new("part-bytes", 256 << 20, BYTES);

/// Inflated bytes of a part beside the content: styles, numbering, notes, relationships. Word's own styles.xml with every
/// style in use is 350 KB, and what is read from these parts takes several times their size in memory.
pub static SIDE_PART_BYTES: Limit = Limit::new("side-part-bytes", 16 << 20, BYTES);

/// Inflated bytes of all documents of an archive together. Forty offices' files are some ten megabytes.
pub static ARCHIVE_BYTES: Limit = Limit::new("archive-bytes", 4 << 30, BYTES);

/// Parts in a package, documents in an archive. Word writes about fifteen; a document full of pictures, hundreds.
pub static PARTS: Limit = Limit::new("parts", 10_000, 65_535);

/// Depth of nested XML elements. Word nests about twenty levels in a table cell; deeper than this is an attack, and a
/// reader that keeps a small stack per level stays small.
pub static XML_DEPTH: Limit = Limit::new("xml-depth", 512, 4_096);

/// Columns of a table. The widest real form has thirteen; spreadsheets allow 16 384, of which a form uses a few dozen.
pub static COLUMNS: Limit = Limit::new("columns", 1_024, 16_384);

/// Rows of a table: what a worksheet can hold.
pub static ROWS: Limit = Limit::new("rows", 1_048_576, COUNT);

/// Positions of one grid (rows × columns): 4 bytes each. A thousand attachments of seven columns are half a million.
pub static GRID_POSITIONS: Limit = Limit::new("grid-positions", 16 << 20, COUNT);

/// Bytes of text in one document's tables, so that repeated references to one shared string cannot grow without bound.
pub static TEXT_BYTES: Limit = Limit::new("text-bytes", 256 << 20, BYTES);

/// Cells of one workbook that hold text or stand empty inside a used range. Four thousand attachments of 70 rows and 7
/// columns are two million; a cell takes about 300 bytes while it is read, and 130 KB of zip can hold four million.
pub static CELLS: Limit = Limit::new("cells", 2 << 20, COUNT);

/// Sheets of one workbook. A district with 40 units and a sheet for each month of each stays below.
pub static SHEETS: Limit = Limit::new("sheets", 1_024, 65_535);

/// How often a file may repeat one cell or row that holds text by a count (`table:number-rows-repeated`): a million rows
/// with the same text are a claim of a few bytes, not a table.
pub static REPEATS: Limit = Limit::new("repeats", 65_536, COUNT);

/// Bytes of all sheets of one workbook together, inflated.
pub static SHEET_BYTES: Limit = Limit::new("sheet-bytes", 1 << 30, BYTES);

/// Findings about one workbook. A file that earns more is no form; its findings would take more memory than it does.
pub static FINDINGS: Limit = Limit::new("findings", 100_000, COUNT);

/// Paragraphs, cells and rows of one document, each of which costs about a hundred bytes even when empty. A thousand
/// attachments have a million.
pub static PIECES: Limit = Limit::new("pieces", 2 << 20, COUNT);

/// Depth of nested tables where a paragraph only claims it by a number. A form within a form is two.
pub static TABLE_DEPTH: Limit = Limit::new("table-depth", 32, 64);

/// Elements and pieces of text of one page, each of which costs about sixty bytes. LibreOffice writes eight thousand for an attachment.
pub static NODES: Limit = Limit::new("nodes", 4 << 20, COUNT);

/// Parts of a page that is saved as one file (MHTML): a sheet or a picture each.
pub static MULTIPARTS: Limit = Limit::new("multiparts", 10_000, COUNT);

/// Depth of multiparts in each other. Mail programs nest two or three.
pub static MULTIPART_DEPTH: Limit = Limit::new("multipart-depth", 32, 256);

/// Bytes of the property modifiers of one document, counted as often as they are applied: many paragraphs may point to one
/// long list. A thousand attachments have 40 MB.
pub static PROPERTY_BYTES: Limit = Limit::new("property-bytes", 256 << 20, BYTES);

/// All of them, in the order above.
pub static ALL: [&Limit; 22] = [
    &FILE_BYTES,
    &RATIO,
    &PART_BYTES,
    &SIDE_PART_BYTES,
    &ARCHIVE_BYTES,
    &PARTS,
    &XML_DEPTH,
    &COLUMNS,
    &ROWS,
    &GRID_POSITIONS,
    &TEXT_BYTES,
    &CELLS,
    &SHEETS,
    &REPEATS,
    &SHEET_BYTES,
    &FINDINGS,
    &PIECES,
    &TABLE_DEPTH,
    &NODES,
    &MULTIPARTS,
    &MULTIPART_DEPTH,
    &PROPERTY_BYTES,
];
