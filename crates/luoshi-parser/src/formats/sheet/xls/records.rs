//! The records of a workbook stream, each with the CONTINUE records that follow it, and the strings in them.
//!
//! A string may be cut by a CONTINUE anywhere; where its characters are cut, the CONTINUE begins with a new byte that says
//! how wide the rest of them are (MS-XLS 2.5.293). So a record keeps its pieces apart.

use encoding_rs::{Encoding, UTF_16LE};
use luoshi_table::Locator;

use crate::ole::u16_at;
use crate::{Cause, ReadError};

const CONTINUE: u16 = 0x003C;

/// The records from an offset on.
pub(super) struct Records<'a> {
    stream: &'a [u8],
    offset: usize,
    place: Locator,
}

/// A record with its continuations.
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    pieces: Vec<&'a [u8]>,
}

impl<'a> Records<'a> {
    pub(super) fn new(stream: &'a [u8], offset: usize, place: Locator) -> Self {
        Self { stream, offset, place }
    }

    /// How far into the stream the records were read.
    pub(super) fn offset(&self) -> usize {
        self.offset
    }

    pub(super) fn place(&self) -> &Locator {
        &self.place
    }

    /// The next record; nothing at the end of the stream, and at the zeros that fill its last sector.
    pub(super) fn next(&mut self) -> Result<Option<Record<'a>>, ReadError> {
        let Some((kind, data)) = self.piece()? else { return Ok(None) };
        let mut pieces = vec![data];
        while u16_at(self.stream, self.offset) == Some(CONTINUE) {
            pieces.extend(self.piece()?.map(|(_, data)| data));
        }
        Ok(Some(Record { kind, pieces }))
    }

    fn piece(&mut self) -> Result<Option<(u16, &'a [u8])>, ReadError> {
        let (Some(kind), Some(length)) =
            (u16_at(self.stream, self.offset), u16_at(self.stream, self.offset + 2))
        else {
            return Ok(None);
        };
        let start = self.offset + 4;
        let Some(data) = self.stream.get(start..start + usize::from(length)) else {
            let detail = "a record is cut".to_owned();
            return Err(ReadError::at(Cause::Damaged { detail }, self.place.clone()));
        };
        self.offset = start + data.len();
        Ok(Some((kind, data)))
    }
}

impl<'a> Record<'a> {
    /// The bytes before the first continuation: all there are, but for strings.
    pub(super) fn data(&self) -> &'a [u8] {
        self.pieces.first().copied().unwrap_or_default()
    }

    pub(super) fn damaged(&self, place: &Locator) -> ReadError {
        let detail = format!("record {:04X} does not hold what it must", self.kind);
        ReadError::at(Cause::Damaged { detail }, place.clone())
    }
}

/// A position within a record's pieces, from which strings are read. A read past the end gives nothing.
pub(super) struct Text<'r, 'a> {
    pieces: std::slice::Iter<'r, &'a [u8]>,
    rest: &'a [u8],
}

impl<'r, 'a> Text<'r, 'a> {
    /// From an offset into the record's first piece.
    pub(super) fn new(record: &'r Record<'a>, offset: usize) -> Self {
        let mut pieces = record.pieces.iter();
        let rest = pieces.next().and_then(|piece| piece.get(offset..)).unwrap_or_default();
        Self { pieces, rest }
    }

    /// Whether nothing is left of the record.
    pub(super) fn is_at_end(&self) -> bool {
        self.rest.is_empty() && self.pieces.as_slice().iter().all(|piece| piece.is_empty())
    }

    fn next_piece(&mut self) -> Option<()> {
        self.rest = self.pieces.next()?;
        Some(())
    }

    fn byte(&mut self) -> Option<u8> {
        while self.rest.is_empty() {
            self.next_piece()?;
        }
        let (&byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(byte)
    }

    fn number(&mut self, bytes: usize) -> Option<usize> {
        (0..bytes).try_fold(0, |number, index| Some(number | usize::from(self.byte()?) << (8 * index)))
    }

    fn skip(&mut self, mut bytes: usize) -> Option<()> {
        while bytes > self.rest.len() {
            bytes -= self.rest.len();
            self.next_piece()?;
        }
        self.rest = &self.rest[bytes..];
        Some(())
    }

    /// A string of BIFF8 with a two-byte length.
    pub(super) fn wide(&mut self) -> Option<String> {
        let length = self.number(2)?;
        self.characters(length)
    }

    /// A string of BIFF8 with a one-byte length, as sheets' names have.
    pub(super) fn short_wide(&mut self) -> Option<String> {
        let length = self.number(1)?;
        self.characters(length)
    }

    fn characters(&mut self, mut length: usize) -> Option<String> {
        let flags = self.byte()?;
        let runs = if flags & 8 != 0 { self.number(2)? } else { 0 };
        let guide_bytes = if flags & 4 != 0 { self.number(4)? } else { 0 };
        let mut is_wide = flags & 1 != 0;
        // Most strings stand in one piece.
        if let Some((bytes, rest)) = self.rest.split_at_checked(if is_wide { 2 * length } else { length }) {
            self.rest = rest;
            self.skip(4 * runs + guide_bytes)?;
            return Some(match is_wide {
                true => UTF_16LE.decode_without_bom_handling(bytes).0.into_owned(),
                false => encoding_rs::mem::decode_latin1(bytes).into_owned(),
            });
        }
        let mut units = Vec::new();
        loop {
            let width = if is_wide { 2 } else { 1 };
            let here = (self.rest.len() / width).min(length);
            let (bytes, rest) = self.rest.split_at(here * width);
            match is_wide {
                true => {
                    units.extend(bytes.chunks_exact(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]])))
                }
                false => units.extend(bytes.iter().map(|&byte| u16::from(byte))),
            }
            self.rest = rest;
            length -= here;
            if length == 0 {
                break;
            }
            self.next_piece()?;
            is_wide = self.byte()? & 1 != 0;
        }
        self.skip(4 * runs + guide_bytes)?;
        Some(String::from_utf16_lossy(&units))
    }

    /// A string before BIFF8: a length of one or two bytes, then bytes in the workbook's encoding.
    pub(super) fn bytes(&mut self, length_bytes: usize, encoding: &'static Encoding) -> Option<String> {
        let length = self.number(length_bytes)?;
        let (bytes, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(encoding.decode_without_bom_handling(bytes).0.into_owned())
    }
}
