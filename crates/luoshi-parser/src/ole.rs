//! An OLE compound file (MS-CFB): the streams at its root, read with bounds. The container of .xls, .doc, and of
//! encrypted OOXML packages.
//!
//! Own reader, because a damaged chain of sectors may lead back into itself: a chain here passes no sector twice, and
//! nothing is allocated by a number the file claims. Not here: what a stream holds, and streams inside storages (a
//! workbook embedded in a document is not the document).

use std::sync::Arc;

use luoshi_table::{Container, Locator};

use crate::{Cause, Input, ReadError};

/// The eight bytes every compound file begins with.
pub(crate) const SIGNATURE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Sector numbers from here on are marks (free, end of chain), not sectors.
const FIRST_MARK: u32 = 0xFFFF_FFFA;
const NONE: u32 = 0xFFFF_FFFF;
const HEADER_BYTES: usize = 512;
const DIRECTORY_ENTRY_BYTES: usize = 128;
const MINI_SECTOR_BYTES: usize = 64;
/// Shorter streams live in the mini stream.
const MINI_STREAM_CUTOFF: usize = 4096;

/// An open compound file.
pub(crate) struct Ole<'a> {
    file: Arc<str>,
    sectors: Sectors<'a>,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    mini_stream: Vec<u8>,
    streams: Vec<Entry>,
}

/// The file after its header, cut into sectors; the last one may be cut short.
struct Sectors<'a> {
    bytes: &'a [u8],
    size: usize,
}

/// A directory entry.
struct Entry {
    name: String,
    is_stream: bool,
    left: u32,
    right: u32,
    child: u32,
    start: u32,
    length: usize,
}

impl<'a> Sectors<'a> {
    fn count(&self) -> usize {
        self.bytes.len().div_ceil(self.size)
    }

    fn get(&self, number: u32) -> Option<&'a [u8]> {
        let start = (number as usize).checked_mul(self.size)?;
        let end = (start + self.size).min(self.bytes.len());
        self.bytes.get(start..end).filter(|sector| !sector.is_empty())
    }

    /// The bytes of a chain, at most `length`. Nothing where it leads out of the file or into itself.
    fn chain(&self, fat: &[u32], mut number: u32, length: usize) -> Option<Vec<u8>> {
        let (mut bytes, mut passed) = (Vec::new(), vec![false; self.count()]);
        while number < FIRST_MARK && bytes.len() < length {
            bytes.extend_from_slice(self.get(number)?);
            if std::mem::replace(passed.get_mut(number as usize)?, true) {
                return None;
            }
            number = fat.get(number as usize).copied().unwrap_or(NONE);
        }
        bytes.truncate(length);
        Some(bytes)
    }
}

impl<'a> Ole<'a> {
    /// Opens a compound file by its directory.
    ///
    /// # Errors
    /// `Damaged` where the header, the allocation table or the directory is not what it must be.
    pub(crate) fn open(input: &Input<'a>) -> Result<Self, ReadError> {
        Self::parse(input).ok_or_else(|| {
            let detail = "the OLE container is cut or damaged".to_owned();
            ReadError::new(Cause::Damaged { detail }, &input.name)
        })
    }

    fn parse(input: &Input<'a>) -> Option<Self> {
        let header = input.bytes.get(..HEADER_BYTES).filter(|header| header.starts_with(SIGNATURE))?;
        let size = match u16_at(header, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        // The header fills the first sector, whatever the sector's size.
        let sectors = Sectors { bytes: input.bytes.get(size..)?, size };
        let fat = read_fat(header, &sectors)?;
        let directory = sectors.chain(&fat, u32_at(header, 48)?, usize::MAX)?;
        let entries: Vec<Entry> =
            directory.chunks_exact(DIRECTORY_ENTRY_BYTES).filter_map(Entry::parse).collect();
        let root = entries.first()?;
        let mini_stream = sectors.chain(&fat, root.start, root.length)?;
        let mini_fat = words(&sectors.chain(&fat, u32_at(header, 60)?, usize::MAX)?);
        let streams = root_streams(entries);
        Some(Self { file: Arc::clone(&input.name), sectors, fat, mini_fat, mini_stream, streams })
    }

    fn find(&self, name: &str) -> Option<&Entry> {
        self.streams.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// Whether there is a stream of this name at the root.
    pub(crate) fn contains(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// The bytes of a stream at the root.
    ///
    /// # Errors
    /// `MissingPart`, or `Damaged` where the stream is shorter than the directory says.
    pub(crate) fn read(&self, name: &str) -> Result<Vec<u8>, ReadError> {
        let missing = || ReadError::new(Cause::MissingPart(name.to_owned()), &self.file);
        let entry = self.find(name).ok_or_else(missing)?;
        let bytes = if entry.length < MINI_STREAM_CUTOFF {
            let sectors = Sectors { bytes: &self.mini_stream, size: MINI_SECTOR_BYTES };
            sectors.chain(&self.mini_fat, entry.start, entry.length)
        } else {
            self.sectors.chain(&self.fat, entry.start, entry.length)
        };
        bytes.filter(|bytes| bytes.len() == entry.length).ok_or_else(|| {
            let detail = format!("the stream {name} is cut or damaged");
            let place = Locator::within(&self.file, Container::Part(name.into()));
            ReadError::at(Cause::Damaged { detail }, place)
        })
    }
}

impl Entry {
    fn parse(bytes: &[u8]) -> Option<Self> {
        let name_bytes = usize::from(u16_at(bytes, 64)?).clamp(2, 64) - 2;
        let units =
            bytes.get(..name_bytes)?.chunks_exact(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]]));
        let name = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
        Some(Self {
            name,
            is_stream: bytes.get(66) == Some(&2),
            left: u32_at(bytes, 68)?,
            right: u32_at(bytes, 72)?,
            child: u32_at(bytes, 76)?,
            start: u32_at(bytes, 116)?,
            // The upper half is for files above 4 GB; version 3 writers leave junk there.
            length: u32_at(bytes, 120)? as usize,
        })
    }
}

/// The streams in the tree of siblings under the root, each entry visited once whatever the links say.
fn root_streams(entries: Vec<Entry>) -> Vec<Entry> {
    let mut at_root = vec![false; entries.len()];
    let mut open: Vec<u32> = entries.first().map(|root| root.child).into_iter().collect();
    while let Some(number) = open.pop() {
        let Some(seen) = at_root.get_mut(number as usize) else { continue };
        if !std::mem::replace(seen, true) {
            let entry = &entries[number as usize];
            open.extend([entry.left, entry.right]);
        }
    }
    entries.into_iter().zip(at_root).filter(|(e, at_root)| *at_root && e.is_stream).map(|(e, _)| e).collect()
}

/// The allocation table: 109 of its sectors are listed in the header, further ones in a chain of their own.
fn read_fat(header: &[u8], sectors: &Sectors<'_>) -> Option<Vec<u32>> {
    let mut listed: Vec<u32> = words(&header[76..]);
    let mut next = u32_at(header, 68)?;
    for _ in 0..=sectors.count() {
        if next >= FIRST_MARK {
            break;
        }
        let mut list = words(sectors.get(next)?);
        next = list.pop()?;
        listed.extend(list);
    }
    // As many as it takes to have one entry per sector; a list that repeats itself is not followed further.
    let needed = sectors.count().div_ceil(sectors.size / 4);
    let mut fat = Vec::new();
    for number in listed.into_iter().filter(|&number| number < FIRST_MARK).take(needed) {
        fat.extend(words(sectors.get(number)?));
    }
    Some(fat)
}

fn words(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).map(|word| u32::from_le_bytes([word[0], word[1], word[2], word[3]])).collect()
}

/// The little-endian number at an offset, if the bytes reach that far.
pub(crate) fn u16_at(bytes: &[u8], offset: usize) -> Option<u16> {
    bytes.get(offset..)?.first_chunk().map(|bytes| u16::from_le_bytes(*bytes))
}

/// The little-endian number at an offset, if the bytes reach that far.
pub(crate) fn u32_at(bytes: &[u8], offset: usize) -> Option<u32> {
    bytes.get(offset..)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sizes and first bytes are those that olefile, an independent reader, gives for the file.
    #[test]
    fn short_and_long_streams_are_read_whole() {
        let bytes = include_bytes!("../../../fixtures/xls/form.xls");
        let ole = Ole::open(&Input { name: "form.xls".into(), bytes }).unwrap();
        for (name, length, start) in [
            ("Workbook", 4234, &[0x09, 0x08, 0x10, 0x00][..]),
            ("\u{1}CompObj", 73, &[0x01, 0x00, 0xFE, 0xFF]),
            ("\u{1}Ole", 20, &[0x01, 0x00, 0x00, 0x02]),
        ] {
            let stream = ole.read(name).unwrap();
            assert_eq!((stream.len(), &stream[..4]), (length, start), "{name:?}");
        }
        assert_eq!(ole.read("Book").unwrap_err().cause, Cause::MissingPart("Book".into()));
    }
}
