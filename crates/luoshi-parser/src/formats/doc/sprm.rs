//! Single property modifiers: a list of a code and an operand each ([MS-DOC] §2.2.5, §2.6).
//!
//! Not here: what they do.

use crate::ole::u16_at;

// Characters (§2.6.1).
pub(super) const C_F_R_MARK_DEL: u16 = 0x0800;
pub(super) const C_F_R_MARK_INS: u16 = 0x0801;
pub(super) const C_PIC_LOCATION: u16 = 0x6A03;
pub(super) const C_F_DATA: u16 = 0x0806;
pub(super) const C_SYMBOL: u16 = 0x6A09;
pub(super) const C_ISTD: u16 = 0x4A30;
pub(super) const C_F_STRIKE: u16 = 0x0837;
pub(super) const C_ISS: u16 = 0x2A48;
pub(super) const C_F_VANISH: u16 = 0x083C;
pub(super) const C_RG_FTC0: u16 = 0x4A4F;
pub(super) const C_F_D_STRIKE: u16 = 0x2A53;
pub(super) const C_F_SPEC: u16 = 0x0855;

// Paragraphs (§2.6.2).
pub(super) const P_ISTD: u16 = 0x4600;
pub(super) const P_ILVL: u16 = 0x260A;
pub(super) const P_ILFO: u16 = 0x460B;
pub(super) const P_CHG_TABS: u16 = 0xC615;
pub(super) const P_F_IN_TABLE: u16 = 0x2416;
pub(super) const P_F_TTP: u16 = 0x2417;
/// A second code of the same meaning that Word 97 writes.
pub(super) const P_HUGE_PAPX_97: u16 = 0x6645;
pub(super) const P_HUGE_PAPX: u16 = 0x6646;
pub(super) const P_ITAP: u16 = 0x6649;
pub(super) const P_DTAP: u16 = 0x664A;
pub(super) const P_F_INNER_TABLE_CELL: u16 = 0x244B;
pub(super) const P_F_INNER_TTP: u16 = 0x244C;
pub(super) const P_TABLE_PROPS: u16 = 0x646B;

// Tables (§2.6.3).
pub(super) const T_DXA_LEFT: u16 = 0x9601;
pub(super) const T_DXA_GAP_HALF: u16 = 0x9602;
pub(super) const T_TABLE_HEADER: u16 = 0x3404;
/// As [`T_DEF_TABLE`], before Word 97.
const T_DEF_TABLE_10: u16 = 0xD606;
pub(super) const T_DEF_TABLE: u16 = 0xD608;
pub(super) const T_INSERT: u16 = 0x7621;
pub(super) const T_DELETE: u16 = 0x5622;
pub(super) const T_DXA_COL: u16 = 0x7623;
pub(super) const T_MERGE: u16 = 0x5624;
pub(super) const T_SPLIT: u16 = 0x5625;
pub(super) const T_VERT_MERGE: u16 = 0xD62B;

/// The modifiers that the short form of a piece's modifier can name (§2.9.215), as far as they are read.
pub(super) const SHORT: &[(u16, u16)] = &[
    (0x18, P_F_IN_TABLE),
    (0x19, P_F_TTP),
    (0x41, C_F_R_MARK_DEL),
    (0x42, C_F_R_MARK_INS),
    (0x47, C_F_DATA),
    (0x57, C_F_STRIKE),
    (0x5C, C_F_VANISH),
    (0x73, C_F_D_STRIKE),
    (0x75, C_F_SPEC),
];

/// The modifiers of a list, with their operands. A list that is cut ends before the one that is.
#[derive(Clone, Debug)]
pub(super) struct Sprms<'a>(pub(super) &'a [u8]);

impl<'a> Iterator for Sprms<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let code = u16_at(self.0, 0)?;
        let operand = self.0.get(2..)?;
        // The bytes that say how long the operand is, and how long it is.
        let (front, length) = match code >> 13 {
            0 | 1 => (0, 1),
            2 | 4 | 5 => (0, 2),
            3 => (0, 4),
            7 => (0, 3),
            _ if matches!(code, T_DEF_TABLE | T_DEF_TABLE_10) => {
                (2, usize::from(u16_at(operand, 0)?).saturating_sub(1))
            }
            _ => (1, variable(code, operand)?),
        };
        self.0 = operand.get(front + length..)?;
        Some((code, operand.get(front..front + length)?))
    }
}

/// The length of an operand that begins with it. Tabs that are too many for one byte count themselves (§2.9.184).
fn variable(code: u16, operand: &[u8]) -> Option<usize> {
    let length = usize::from(*operand.first()?);
    if code != P_CHG_TABS || length != 255 {
        return Some(length);
    }
    let deleted = 4 * usize::from(*operand.get(1)?);
    let added = 3 * usize::from(*operand.get(2 + deleted)?);
    Some(2 + deleted + added)
}

/// An operand of four bytes.
pub(super) fn long(operand: &[u8]) -> u32 {
    crate::ole::u32_at(operand, 0).unwrap_or(0)
}

/// An operand of two bytes.
pub(super) fn short(operand: &[u8]) -> u16 {
    u16_at(operand, 0).unwrap_or(0)
}

/// An operand of one byte.
pub(super) fn byte(operand: &[u8]) -> u8 {
    operand.first().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_modifier_says_how_long_its_operand_is() {
        let mut list = Vec::new();
        list.extend([0x16, 0x24, 1]); // one byte
        list.extend([0x00, 0x46, 2, 0]); // two
        list.extend([0x49, 0x66, 1, 0, 0, 0]); // four
        list.extend([0x14, 0xF6, 3, 0, 0]); // three
        list.extend([0x34, 0xD6, 2, 8, 9]); // as the first byte says
        list.extend([0x08, 0xD6, 4, 0, 1, 2, 3]); // as the first two say, and one less
        list.extend([0x15, 0xC6, 255, 1, 0, 0, 0, 0, 2, 1, 1, 1, 2, 2, 2]); // as the counts say
        list.extend([0x17, 0x24, 1]);
        list.extend([0x00, 0x46, 9]); // cut
        let found: Vec<(u16, usize)> = Sprms(&list).map(|(code, operand)| (code, operand.len())).collect();
        let expected = [
            (0x2416, 1),
            (0x4600, 2),
            (0x6649, 4),
            (0xF614, 3),
            (0xD634, 2),
            (0xD608, 3),
            (0xC615, 12),
            (0x2417, 1),
        ];
        assert_eq!(found, expected);
    }
}
