//! The properties of a paragraph or a character: those of its style, those of its page, and those of the piece it lies in, in
//! this order ([MS-DOC] §2.4.6).
//!
//! Not here: what a row's properties are (see [`super::rows`]), and numbers.

use std::ops::Range;

use super::fib::{Fib, Structure};
use super::pages::{Holds, Runs};
use super::sprm::{self, Sprms};
use super::streams::Streams;
use super::styles::{Looks, SUPERSCRIPT, Styles, toggled};
use super::text::Text;
use crate::ole::u16_at;
use crate::{Cause, limits};

/// What a list of modifiers in the `Data` stream may have at most (§2.9.210).
const HUGE: usize = 0x3FA2;

/// A paragraph's properties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Pap {
    pub(super) istd: u16,
    in_table: bool,
    itap: i32,
    /// Its mark ends a row of an outermost table, or of an inner one.
    pub(super) ends_row: bool,
    pub(super) ends_inner_row: bool,
    /// Its mark ends a cell of an inner table.
    pub(super) ends_inner_cell: bool,
    /// Its own list and level.
    pub(super) ilfo: Option<i16>,
    pub(super) ilvl: Option<u8>,
}

impl Pap {
    fn apply(&mut self, code: u16, operand: &[u8]) {
        match code {
            sprm::P_ISTD => self.istd = sprm::short(operand),
            sprm::P_F_IN_TABLE => self.in_table = sprm::byte(operand) != 0,
            sprm::P_F_TTP => self.ends_row = sprm::byte(operand) != 0,
            sprm::P_ITAP => self.itap = sprm::long(operand).cast_signed(),
            sprm::P_DTAP => self.itap = self.itap.saturating_add(sprm::long(operand).cast_signed()),
            sprm::P_F_INNER_TABLE_CELL => self.ends_inner_cell = sprm::byte(operand) != 0,
            sprm::P_F_INNER_TTP => self.ends_inner_row = sprm::byte(operand) != 0,
            sprm::P_ILFO => self.ilfo = Some(sprm::short(operand).cast_signed()),
            sprm::P_ILVL => self.ilvl = Some(sprm::byte(operand)),
            _ => {}
        }
    }

    /// In how many tables it stands. Word 97 knows no inner tables and writes no depth.
    pub(super) fn depth(&self) -> usize {
        let least = i32::from(self.in_table || self.ends_row);
        usize::try_from(self.itap.max(least)).unwrap_or(0).min(limits::TABLE_DEPTH.size())
    }
}

/// A character's properties.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Chp {
    pub(super) looks: Looks,
    pub(super) inserted: bool,
    pub(super) deleted: bool,
    /// Where a picture, or the state of a form field, stands in the `Data` stream.
    pub(super) location: Option<u32>,
    /// The location is that of a form field's state.
    pub(super) is_data: bool,
    /// The font and code of a symbol.
    pub(super) symbol: Option<(u16, u16)>,
}

/// Looks properties up by position.
pub(super) struct Properties<'a> {
    streams: &'a Streams,
    text: &'a Text,
    paragraphs: Runs,
    characters: Runs,
    pub(super) styles: Styles,
    /// Bytes of modifiers applied so far.
    applied: u64,
}

impl<'a> Properties<'a> {
    /// # Errors
    /// `Damaged` where the pages cannot be read: without them deleted text would stand beside what replaced it, and rows
    /// would be lines.
    pub(super) fn read(
        streams: &'a Streams,
        fib: &Fib,
        text: &'a Text,
        styles: Styles,
    ) -> Result<Self, Cause> {
        let pages = |structure, holds| {
            let list = streams.table.get(fib.range(structure));
            list.and_then(|list| Runs::read(&streams.word, list, holds)).ok_or_else(|| Cause::Damaged {
                detail: "the pages of properties are cut or damaged".to_owned(),
            })
        };
        Ok(Self {
            streams,
            text,
            paragraphs: pages(Structure::ParagraphPages, Holds::Paragraphs)?,
            characters: pages(Structure::CharacterPages, Holds::Characters)?,
            styles,
            applied: 0,
        })
    }

    /// The properties of the paragraph whose mark stands at a position.
    ///
    /// # Errors
    /// `Limit`.
    pub(super) fn paragraph(&mut self, mark: u32) -> Result<Pap, Cause> {
        let mut pap = Pap::default();
        self.of_paragraph(mark, |code, operand| pap.apply(code, operand))?;
        Ok(pap)
    }

    /// Gives every modifier of the paragraph whose mark stands at a position, those of its style excepted.
    ///
    /// # Errors
    /// `Limit` where the document's properties are more than [`limits`] allow.
    pub(super) fn of_paragraph(&mut self, mark: u32, mut give: impl FnMut(u16, &[u8])) -> Result<(), Cause> {
        let Some(&piece) = self.text.piece(mark) else { return Ok(()) };
        let stored = self.paragraphs.find(piece.offset_of(mark)).map(|(_, properties)| properties);
        let stored = self.stored(stored.unwrap_or_default());
        if let Some(istd) = u16_at(stored, 0) {
            give(sprm::P_ISTD, &istd.to_le_bytes());
        }
        let mut applied = stored.len();
        for (code, operand) in Sprms(stored.get(2..).unwrap_or_default()) {
            match code {
                // A list too long for a page stands in the Data stream.
                sprm::P_HUGE_PAPX | sprm::P_HUGE_PAPX_97 | sprm::P_TABLE_PROPS => {
                    let list = self.huge(sprm::long(operand));
                    applied += list.len();
                    Sprms(list).for_each(|(code, operand)| give(code, operand));
                }
                _ => give(code, operand),
            }
        }
        applied += self.of_piece(piece.modifier, give);
        self.count(applied)
    }

    /// The properties of the characters from a position on, in a paragraph of a style, and where others may begin.
    ///
    /// # Errors
    /// `Limit`.
    pub(super) fn characters(&mut self, position: u32, istd: u16) -> Result<(Chp, u32), Cause> {
        let Some(&piece) = self.text.piece(position) else { return Ok((Chp::default(), u32::MAX)) };
        let offset = piece.offset_of(position);
        let (end, stored) = match self.characters.find(offset) {
            Some((run, properties)) => (run.end, self.stored(properties)),
            None => (self.characters.next(offset), &[][..]),
        };
        let style = Sprms(stored).filter(|(code, _)| *code == sprm::C_ISTD).last();
        let style = style.map(|(_, operand)| sprm::short(operand));
        let below = self.styles.looks(istd, style);
        let mut chp = Chp { looks: below, ..Chp::default() };
        let mut apply = |code, operand: &[u8]| {
            let toggle = |below| toggled(Some(sprm::byte(operand)), below);
            match code {
                sprm::C_F_VANISH => chp.looks.hidden = toggle(below.hidden),
                sprm::C_F_STRIKE | sprm::C_F_D_STRIKE => chp.looks.struck = toggle(below.struck),
                sprm::C_ISS => chp.looks.raised = Some(sprm::byte(operand) == SUPERSCRIPT),
                sprm::C_RG_FTC0 => chp.looks.font = Some(sprm::short(operand)),
                sprm::C_F_R_MARK_INS => chp.inserted = toggle(false),
                sprm::C_F_R_MARK_DEL => chp.deleted = toggle(false),
                sprm::C_F_DATA => chp.is_data = toggle(false),
                sprm::C_PIC_LOCATION => chp.location = Some(sprm::long(operand)),
                sprm::C_SYMBOL => {
                    let code = u16_at(operand, 2).unwrap_or(0);
                    chp.symbol = Some((sprm::short(operand), code));
                }
                _ => {}
            }
        };
        Sprms(stored).for_each(|(code, operand)| apply(code, operand));
        let applied = stored.len() + self.of_piece(piece.modifier, apply);
        self.count(applied)?;
        // At least one character, whatever a damaged page says.
        Ok((chp, piece.position_at(end).max(position.saturating_add(1))))
    }

    /// Whether the paragraph that a position belongs to ends with it, as its page has it.
    pub(super) fn ends_paragraph(&self, position: u32) -> bool {
        let Some(piece) = self.text.piece(position) else { return false };
        let run = self.paragraphs.find(piece.offset_of(position));
        run.is_some_and(|(run, _)| run.end == piece.offset_of(position.saturating_add(1)))
    }

    fn stored(&self, range: Range<u32>) -> &'a [u8] {
        self.streams.word.get(range.start as usize..range.end as usize).unwrap_or_default()
    }

    fn huge(&self, offset: u32) -> &'a [u8] {
        let list = self.streams.data.get(offset as usize..).unwrap_or_default();
        let length = u16_at(list, 0).map(usize::from).filter(|&length| length <= HUGE).unwrap_or(0);
        list.get(2..2 + length).unwrap_or_default()
    }

    /// What the piece adds: one modifier by its short number, or a list (§2.9.214). Gives back how many bytes.
    fn of_piece(&self, modifier: u16, mut give: impl FnMut(u16, &[u8])) -> usize {
        if modifier & 1 == 0 {
            let short = modifier >> 1 & 0x7F;
            if let Some((_, code)) = sprm::SHORT.iter().find(|(known, _)| *known == short) {
                give(*code, &[(modifier >> 8) as u8]);
            }
            return 0;
        }
        let list = self.text.modifiers(modifier >> 1).and_then(|range| self.streams.table.get(range));
        let list = list.unwrap_or_default();
        Sprms(list).for_each(|(code, operand)| give(code, operand));
        list.len()
    }

    fn count(&mut self, applied: usize) -> Result<(), Cause> {
        self.applied += applied as u64;
        match self.applied > limits::PROPERTY_BYTES.get() {
            true => Err(limits::PROPERTY_BYTES.exceeded()),
            false => Ok(()),
        }
    }
}
