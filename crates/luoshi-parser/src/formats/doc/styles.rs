//! What a style lends to its paragraphs and characters: a list, hidden text, a line through it, a font ([MS-DOC] §2.9.271).
//!
//! Each style is read once, and what it is based on is followed to the end. Not here: what paragraphs say themselves.

use super::sprm::{self, Sprms};
use crate::ole::u16_at;

/// How long a chain of styles may be. Word refuses more than eleven; a chain that is longer runs in a circle.
const CHAIN: usize = 32;

/// Kinds of styles (`stk`, §2.9.260).
const PARAGRAPH: u16 = 1;
const CHARACTER: u16 = 2;

/// The style that is based on nothing.
const NO_BASE: u16 = 0x0FFF;

/// The operand of `sprmCIss` (§2.6.1).
pub(super) const SUPERSCRIPT: u8 = 1;

/// How text looks that says nothing of itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Looks {
    pub(super) hidden: bool,
    pub(super) struck: bool,
    /// `None` where nothing says so.
    pub(super) raised: Option<bool>,
    /// The number of its font for Latin text.
    pub(super) font: Option<u16>,
}

/// What a style and those it is based on say together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// The list that its paragraphs belong to, and the level.
    pub(super) ilfo: Option<i16>,
    pub(super) ilvl: Option<u8>,
    /// Where it has a list: itself and those it is based on, up to the one that names the list.
    pub(super) chain: Vec<String>,
    pub(super) looks: Looks,
}

/// What one style says.
#[derive(Clone, Debug, Default)]
struct Definition {
    base: u16,
    ilfo: Option<i16>,
    ilvl: Option<u8>,
    vanish: Option<u8>,
    strike: Option<u8>,
    raised: Option<bool>,
    font: Option<u16>,
}

/// The styles by their number (`istd`).
#[derive(Debug, Default)]
pub(super) struct Styles(Vec<Style>);

impl Styles {
    /// Reads a style sheet (`STSH`). One that is cut ends before the style that is.
    pub(super) fn read(sheet: &[u8]) -> Option<Self> {
        if sheet.is_empty() {
            return Some(Self::default());
        }
        let front = usize::from(u16_at(sheet, 0)?);
        // How many bytes of a definition stand before its name: eight more since Word 2000.
        let fixed = usize::from(u16_at(sheet, 4)?);
        let mut definitions = Vec::new();
        let mut rest = sheet.get(2 + front..)?;
        while let Some(length) = u16_at(rest, 0).map(usize::from) {
            let Some(definition) = rest.get(2..2 + length) else { break };
            definitions.push(definition_of(definition, fixed));
            rest = rest.get(2 + length.next_multiple_of(2)..).unwrap_or_default();
        }
        Some(Self((0..definitions.len()).map(|istd| resolved(&definitions, istd)).collect()))
    }

    /// A style; one that is not defined says nothing.
    pub(super) fn get(&self, istd: u16) -> Option<&Style> {
        self.0.get(usize::from(istd))
    }

    /// How text looks in a paragraph of one style and in another, of characters: what both toggle is as it was (§2.2.5.1).
    pub(super) fn looks(&self, paragraph: u16, characters: Option<u16>) -> Looks {
        let of = |istd| self.get(istd).map(|style| style.looks).unwrap_or_default();
        let (paragraph, characters) = (of(paragraph), characters.map(of).unwrap_or_default());
        Looks {
            hidden: paragraph.hidden != characters.hidden,
            struck: paragraph.struck != characters.struck,
            raised: characters.raised.or(paragraph.raised),
            font: characters.font.or(paragraph.font),
        }
    }
}

/// A definition (`STD`): its fixed part, its name, and the lists of modifiers of its kind.
fn definition_of(bytes: &[u8], fixed: usize) -> Definition {
    read_definition(bytes, fixed).unwrap_or(Definition { base: NO_BASE, ..Definition::default() })
}

fn read_definition(bytes: &[u8], fixed: usize) -> Option<Definition> {
    let kind = u16_at(bytes, 2)? & 0x000F;
    let mut definition = Definition { base: u16_at(bytes, 2)? >> 4, ..Definition::default() };
    let name = usize::from(u16_at(bytes, fixed)?);
    let mut at = fixed + 2 + 2 * name + 2;
    let mut list = || {
        at = at.next_multiple_of(2);
        let length = usize::from(u16_at(bytes, at)?);
        let list = bytes.get(at + 2..at + 2 + length)?;
        at += 2 + length;
        Some(list)
    };
    if kind == PARAGRAPH {
        // The style's own number stands before its modifiers.
        for (code, operand) in Sprms(list()?.get(2..).unwrap_or_default()) {
            match code {
                sprm::P_ILFO => definition.ilfo = Some(sprm::short(operand).cast_signed()),
                sprm::P_ILVL => definition.ilvl = Some(sprm::byte(operand)),
                _ => {}
            }
        }
    }
    if matches!(kind, PARAGRAPH | CHARACTER) {
        for (code, operand) in list().map(Sprms).into_iter().flatten() {
            match code {
                sprm::C_F_VANISH => definition.vanish = Some(sprm::byte(operand)),
                sprm::C_F_STRIKE | sprm::C_F_D_STRIKE => definition.strike = Some(sprm::byte(operand)),
                sprm::C_ISS => definition.raised = Some(sprm::byte(operand) == SUPERSCRIPT),
                sprm::C_RG_FTC0 => definition.font = Some(sprm::short(operand)),
                _ => {}
            }
        }
    }
    Some(definition)
}

fn resolved(definitions: &[Definition], istd: usize) -> Style {
    let mut chain = Vec::new();
    let mut next = istd;
    while let Some(definition) = definitions.get(next)
        && chain.len() < CHAIN
    {
        chain.push((next, definition));
        next = usize::from(definition.base);
    }
    let mut style = Style::default();
    let named = chain.iter().position(|(_, definition)| definition.ilfo.is_some());
    if let Some(named) = named {
        style.chain = chain.iter().take(named + 1).map(|(istd, _)| istd.to_string()).collect();
    }
    for (_, definition) in chain.iter().rev() {
        style.ilfo = definition.ilfo.or(style.ilfo);
        style.ilvl = definition.ilvl.or(style.ilvl);
        style.looks.hidden = toggled(definition.vanish, style.looks.hidden);
        style.looks.struck = toggled(definition.strike, style.looks.struck);
        style.looks.raised = definition.raised.or(style.looks.raised);
        style.looks.font = definition.font.or(style.looks.font);
    }
    style
}

/// A switch that is off, on, as below, or not as below (`ToggleOperand`, §2.9.327).
pub(super) fn toggled(operand: Option<u8>, below: bool) -> bool {
    match operand {
        None | Some(0x80) => below,
        Some(0x81) => !below,
        Some(value) => value != 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn style(kind: u16, base: u16, lists: &[&[u8]]) -> Vec<u8> {
        let mut bytes =
            [0_u16, base << 4 | kind, 0, 0, 0, 1, u16::from(b'A'), 0].map(u16::to_le_bytes).concat();
        for list in lists {
            bytes.extend((list.len() as u16).to_le_bytes());
            bytes.extend(*list);
            bytes.resize(bytes.len().next_multiple_of(2), 0);
        }
        bytes
    }

    fn sheet(styles: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = [4_u16, styles.len() as u16, 10].map(u16::to_le_bytes).concat();
        for style in styles {
            bytes.extend((style.len() as u16).to_le_bytes());
            bytes.extend(style);
        }
        bytes
    }

    #[test]
    fn a_style_says_what_it_is_based_on_says() {
        let vanish = |operand: u8| [0x3C, 0x08, operand];
        let styles = Styles::read(&sheet(&[
            style(PARAGRAPH, NO_BASE, &[&[0, 0, 0x0B, 0x46, 3, 0], &vanish(1)]),
            style(PARAGRAPH, 0, &[&[1, 0, 0x0A, 0x26, 2], &[]]),
            style(PARAGRAPH, 1, &[&[2, 0], &vanish(0x81)]),
            style(CHARACTER, NO_BASE, &[&vanish(1)]),
            // In a circle.
            style(PARAGRAPH, 5, &[&[4, 0], &[]]),
            style(PARAGRAPH, 4, &[&[5, 0], &[0x37, 0x08, 1]]),
            vec![],
        ]))
        .unwrap();
        let found = styles.get(2).unwrap();
        assert_eq!((found.ilfo, found.ilvl, found.looks.hidden), (Some(3), Some(2), false));
        assert_eq!(found.chain, ["2", "1", "0"]);
        assert!(styles.get(1).unwrap().looks.hidden);
        assert!(!styles.looks(1, Some(3)).hidden && styles.looks(2, Some(3)).hidden);
        assert!(styles.get(4).unwrap().looks.struck);
        assert_eq!(styles.get(6), Some(&Style::default()));
        assert_eq!(styles.get(7), None);
    }
}
