//! The file information block, with which the `WordDocument` stream begins: what the file is, and where in the table stream
//! all else stands ([MS-DOC] §2.5).
//!
//! Not here: what stands there.

use std::ops::Range;

use crate::Cause;
use crate::ole::{u16_at, u32_at};

/// The first version of Word 97. Word 2007 still writes it; its predecessors are another format.
const WORD_97: u16 = 0x00C0;

/// Bits of the word at offset 10 (§2.5.2).
const ENCRYPTED: u16 = 0x0100;
const WHICH_TABLE_STREAM: u16 = 0x0200;

/// Where the counted parts of the block begin.
const BASE_BYTES: usize = 32;

/// The structures of the table stream that are read, by their place among the pairs of offset and length (§2.5.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Structure {
    Stylesheet = 1,
    FootnoteReferences = 2,
    FootnoteText = 3,
    Sections = 6,
    CharacterPages = 12,
    ParagraphPages = 13,
    Fonts = 15,
    BookmarkNames = 21,
    BookmarkStarts = 22,
    Pieces = 33,
    Shapes = 40,
    EndnoteReferences = 46,
    EndnoteText = 47,
    Drawings = 50,
    TextBoxText = 56,
    Lists = 73,
    ListOverrides = 74,
}

/// The texts of a document that are read, by their place among all, which follow each other (§2.3). Headers are the third,
/// comments the fourth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Story {
    Main = 0,
    Footnotes = 1,
    Endnotes = 4,
    TextBoxes = 5,
}

/// Where the length of each text stands among the long numbers (§2.5.4).
const LENGTHS: [usize; 6] = [3, 4, 5, 7, 8, 9];

/// A file information block.
#[derive(Debug, Default)]
pub(super) struct Fib {
    /// The name of the table stream.
    pub(super) table_stream: &'static str,
    lengths: [u32; LENGTHS.len()],
    /// Offset and length of each structure.
    pairs: Vec<(u32, u32)>,
}

impl Fib {
    /// # Errors
    /// `Legacy` for Word 6 and 95, `Encrypted`, `Damaged`.
    pub(super) fn read(stream: &[u8]) -> Result<Self, Cause> {
        let damaged = || Cause::Damaged { detail: "the file information block is cut".to_owned() };
        let flags = u16_at(stream, 10).ok_or_else(damaged)?;
        match u16_at(stream, 2) {
            None | Some(0) => return Err(damaged()),
            Some(version) if version < WORD_97 => return Err(Cause::Legacy("Word 6/95")),
            Some(_) => {}
        }
        if flags & ENCRYPTED != 0 {
            return Err(Cause::Encrypted("doc"));
        }
        let table_stream = if flags & WHICH_TABLE_STREAM != 0 { "1Table" } else { "0Table" };
        let mut fib = Self { table_stream, ..Self::default() };
        fib.read_parts(stream).ok_or_else(damaged)?;
        Ok(fib)
    }

    /// The lengths of the texts and the pairs. Each part says how long it is, so that later versions could add to it.
    fn read_parts(&mut self, stream: &[u8]) -> Option<()> {
        let longs = BASE_BYTES + 2 + 2 * usize::from(u16_at(stream, BASE_BYTES)?);
        let pairs = longs + 2 + 4 * usize::from(u16_at(stream, longs)?);
        for (length, index) in self.lengths.iter_mut().zip(LENGTHS) {
            // One is negative in no sound file.
            *length = u32_at(stream, longs + 2 + 4 * index).filter(|&length| length <= i32::MAX as u32)?;
        }
        let count = usize::from(u16_at(stream, pairs)?);
        let pair = |index: usize| {
            let at = pairs + 2 + 8 * index;
            Some((u32_at(stream, at)?, u32_at(stream, at + 4)?))
        };
        self.pairs = (0..count).map_while(pair).collect();
        Some(())
    }

    /// The character positions of a story.
    pub(super) fn story(&self, story: Story) -> Range<u32> {
        let before = self.lengths.iter().take(story as usize);
        let start = before.fold(0_u32, |sum, &length| sum.saturating_add(length));
        start..start.saturating_add(self.lengths.get(story as usize).copied().unwrap_or(0))
    }

    /// Where a structure stands in the table stream; nowhere where it has no length.
    pub(super) fn range(&self, structure: Structure) -> Range<usize> {
        let (offset, length) = self.pairs.get(structure as usize).copied().unwrap_or_default();
        let start = if length == 0 { 0 } else { offset as usize };
        start..start.saturating_add(length as usize)
    }
}

/// A list of positions with a record for each but the last (PLC, §2.2.2).
pub(super) struct Plc<'a> {
    bytes: &'a [u8],
    count: usize,
    record: usize,
}

impl<'a> Plc<'a> {
    pub(super) fn new(bytes: &'a [u8], record: usize) -> Self {
        Self { bytes, count: bytes.len().saturating_sub(4) / (4 + record), record }
    }

    /// The positions of each record, and the record.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Range<u32>, &'a [u8])> {
        let (bytes, record, records) = (self.bytes, self.record, 4 * (self.count + 1));
        (0..self.count).map_while(move |index| {
            let range = u32_at(bytes, 4 * index)?..u32_at(bytes, 4 * index + 4)?;
            let start = records + index * record;
            Some((range, bytes.get(start..start + record)?))
        })
    }
}
