//! The text of the file as one row of character positions, whatever pieces it lies in ([MS-DOC] §2.4.1).
//!
//! A piece is a stretch of the `WordDocument` stream, in UTF-16 or in one byte for a character. Word saves fast by adding
//! pieces and leaving the old text where it was, so only the pieces say what the text is.
//!
//! Not here: which positions are a paragraph, and how they look.

use std::ops::Range;

use encoding_rs::WINDOWS_1252;

use super::fib::Plc;
use crate::ole::{u16_at, u32_at};
use crate::{Cause, limits};

/// The bit of an offset that says one byte a character (§2.9.73).
const COMPRESSED: u32 = 0x4000_0000;
const OFFSET: u32 = 0x3FFF_FFFF;

/// A stretch of text that lies together in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Its first position and the one behind its last.
    pub(super) start: u32,
    pub(super) end: u32,
    /// Where in the stream it begins.
    offset: u32,
    /// Bytes of a character.
    width: u32,
    /// What it adds to the properties of its text (§2.9.214).
    pub(super) modifier: u16,
}

impl Piece {
    /// Where a position of this piece lies in the stream.
    pub(super) fn offset_of(&self, position: u32) -> u32 {
        self.offset.saturating_add(position.saturating_sub(self.start).saturating_mul(self.width))
    }

    /// The position that begins at or behind an offset of the stream, at most the end of this piece.
    pub(super) fn position_at(&self, offset: u32) -> u32 {
        let characters = offset.saturating_sub(self.offset).div_ceil(self.width);
        self.start.saturating_add(characters).min(self.end)
    }
}

/// The whole text.
#[derive(Debug, Default)]
pub(super) struct Text {
    units: Vec<u16>,
    pieces: Vec<Piece>,
    /// The lists of modifiers that pieces name (`Prc`), as they stand in the table stream.
    modifiers: Vec<Range<usize>>,
}

impl Text {
    /// Reads the piece table, which lies at `range` of the table stream, and the text that it names.
    ///
    /// # Errors
    /// `Damaged` where a piece lies outside the stream, `Limit` where there is more text than [`limits`] allow.
    pub(super) fn read(stream: &[u8], table: &[u8], range: Range<usize>) -> Result<Self, Cause> {
        let damaged = || Cause::Damaged { detail: "the piece table is cut or damaged".to_owned() };
        let (modifiers, pieces) = parts(table, range).ok_or_else(damaged)?;
        let mut text = Self { modifiers, ..Self::default() };
        for (positions, record) in Plc::new(table.get(pieces).ok_or_else(damaged)?, 8).iter() {
            let start = u32::try_from(text.units.len()).map_err(|_| damaged())?;
            let count = positions.end.checked_sub(positions.start).filter(|_| positions.start == start);
            let count = count.ok_or_else(damaged)?;
            // Two bytes of memory for each character, however few the file has.
            if u64::from(positions.end) * 2 > limits::TEXT_BYTES.get() {
                return Err(limits::TEXT_BYTES.exceeded());
            }
            let (Some(offset), Some(modifier)) = (u32_at(record, 2), u16_at(record, 6)) else { continue };
            let (offset, width) = match offset & COMPRESSED {
                0 => (offset & OFFSET, 2),
                _ => ((offset & OFFSET) / 2, 1),
            };
            let bytes = stream.get(offset as usize..).and_then(|rest| rest.get(..(count * width) as usize));
            text.take(bytes.ok_or_else(damaged)?, width);
            text.pieces.push(Piece { start, end: positions.end, offset, width, modifier });
        }
        Ok(text)
    }

    fn take(&mut self, bytes: &[u8], width: u32) {
        if width == 1 {
            // The specification's own list of these characters is Windows-1252 without the three that came later.
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
            self.units.extend(text.encode_utf16());
        } else {
            self.units.extend(bytes.chunks_exact(2).filter_map(|unit| u16_at(unit, 0)));
        }
    }

    pub(super) fn length(&self) -> u32 {
        u32::try_from(self.units.len()).unwrap_or(u32::MAX)
    }

    /// The characters at these positions, as UTF-16.
    pub(super) fn units(&self, positions: Range<u32>) -> &[u16] {
        self.units.get(positions.start as usize..positions.end as usize).unwrap_or_default()
    }

    /// The piece that a position lies in.
    pub(super) fn piece(&self, position: u32) -> Option<&Piece> {
        let behind = self.pieces.partition_point(|piece| piece.start <= position);
        // Empty pieces begin where the next one does.
        self.pieces.get(behind.checked_sub(1)?).filter(|piece| position < piece.end)
    }

    /// Where in the table stream the list of modifiers stands that pieces name by a number.
    pub(super) fn modifiers(&self, number: u16) -> Option<Range<usize>> {
        self.modifiers.get(usize::from(number)).cloned()
    }
}

/// The lists of modifiers and the list of pieces (`Clx`, §2.9.38), as ranges of the table stream.
fn parts(table: &[u8], range: Range<usize>) -> Option<(Vec<Range<usize>>, Range<usize>)> {
    let mut modifiers = Vec::new();
    let mut at = range.start;
    while at < range.end {
        match table.get(at)? {
            1 => {
                let start = at + 3;
                let end = start + usize::from(u16_at(table, at + 1)?);
                modifiers.push(start..end);
                at = end;
            }
            2 => {
                let start = at + 5;
                let length = u32_at(table, at + 1)? as usize;
                return Some((modifiers, start..start.checked_add(length)?));
            }
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table stream with two lists of modifiers and these pieces: positions, offset with its bit, modifier.
    fn table(pieces: &[(u32, u32, u16)], end: u32) -> Vec<u8> {
        let mut plc: Vec<u8> = pieces.iter().flat_map(|piece| piece.0.to_le_bytes()).collect();
        plc.extend(end.to_le_bytes());
        for (_, offset, modifier) in pieces {
            plc.extend([0, 0]);
            plc.extend(offset.to_le_bytes());
            plc.extend(modifier.to_le_bytes());
        }
        let lists = [&[1, 3, 0, 0x3C, 0x08, 1][..], &[1, 0, 0]].concat();
        [&lists, &[2][..], &(plc.len() as u32).to_le_bytes(), &plc].concat()
    }

    #[test]
    fn pieces_in_any_order_and_width_are_one_text() {
        let stream = b"....\x93ab\x80..\x2D\x4E\x87\x65".to_vec();
        // Four bytes at 4, then two characters at 10, then one byte again.
        let bytes = table(&[(0, 8 | COMPRESSED, 1), (4, 10, 0), (6, 10 | COMPRESSED, 0)], 7);
        let text = Text::read(&stream, &bytes, 0..bytes.len()).unwrap();
        assert_eq!(String::from_utf16(text.units(0..7)).unwrap(), "“ab€中文a");
        assert_eq!((text.modifiers(0), text.modifiers(1), text.modifiers(2)), (Some(3..6), Some(9..9), None));
        let piece = text.piece(5).unwrap();
        assert_eq!((piece.offset_of(5), piece.position_at(11), piece.position_at(12)), (12, 5, 5));
        assert_eq!((piece.position_at(0), piece.position_at(900)), (4, 6));
        assert_eq!(text.piece(3).unwrap().modifier, 1);
        assert_eq!(text.piece(7), None);
        assert_eq!(text.units(5..9), []);
    }

    #[test]
    fn pieces_that_cannot_be_are_damage() {
        for (pieces, end) in [
            (&[(0, 0, 0), (3, 0, 0)][..], 2),
            (&[(1, 0, 0)], 2),
            (&[(0, 8, 0)], 2),
            (&[(0, OFFSET, 0)], 1),
            (&[(0, 0, 0)], 0x7FFF_FFFF),
        ] {
            let bytes = table(pieces, end);
            assert!(Text::read(&[0; 8], &bytes, 0..bytes.len()).is_err(), "{pieces:?}");
        }
        assert!(Text::read(&[], &[3], 0..1).is_err());
        assert!(Text::read(&[], &[], 0..9).is_err());
        assert!(Text::read(&[], &[], 0..0).is_err());
    }
}
