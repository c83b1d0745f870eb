//! The names of the fonts, by which symbols are told ([MS-DOC] §2.9.286, §2.9.83), and other lists of names.
//!
//! Not here: how anything looks.

use crate::ole::u16_at;

/// Where in a font's record its name begins.
const FONT_NAME: usize = 40;

/// The fonts in their order (`SttbfFfn`).
pub(super) fn fonts(bytes: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = bytes.get(4..).unwrap_or_default();
    while let Some((&length, record)) = rest.split_first() {
        let Some((record, behind)) = record.split_at_checked(length.into()) else { break };
        // The record's length was its first byte.
        let name = record.get(FONT_NAME - 1..).unwrap_or_default();
        let units = name.chunks_exact(2).filter_map(|unit| u16_at(unit, 0)).take_while(|&unit| unit != 0);
        names.push(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect());
        rest = behind;
    }
    names
}

/// A list of names in UTF-16 (`STTB`, §2.2.4): a mark that they are, their number, and the bytes that follow each.
pub(super) fn names(bytes: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    let extra = usize::from(u16_at(bytes, 4).unwrap_or(0));
    let mut rest = bytes.get(6..).filter(|_| u16_at(bytes, 0) == Some(0xFFFF)).unwrap_or_default();
    while let Some(length) = u16_at(rest, 0) {
        let end = 2 + 2 * usize::from(length);
        let Some(name) = rest.get(2..end) else { break };
        let units: Vec<u16> = name.chunks_exact(2).filter_map(|unit| u16_at(unit, 0)).collect();
        names.push(String::from_utf16_lossy(&units));
        rest = rest.get(end + extra..).unwrap_or_default();
    }
    names
}
