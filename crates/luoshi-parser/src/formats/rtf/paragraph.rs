//! A paragraph while it is read: its text, and the text that is not shown.
//!
//! Not here: where it belongs, its number.

use luoshi_table::SourceParagraph;

use crate::formats::word::symbols;

/// Unknown symbols of one paragraph that are told by name.
const SYMBOLS_TOLD: usize = 32;

/// Which tracked change a text belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Change {
    #[default]
    None,
    Inserted,
    Deleted,
}

/// A paragraph being read.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    /// The text that is shown.
    pub(super) text: String,
    pub(super) hidden: String,
    /// What of the text that is shown has a line through it.
    pub(super) struck: String,
    /// The number that the file shows before it.
    pub(super) label: Option<String>,
    /// Instructions of fields that had no result.
    pub(super) resultless: Vec<String>,
    /// Symbols that no table knows, as font and code.
    pub(super) unknown_symbols: Vec<String>,
    /// What stood in text boxes anchored here.
    pub(super) boxes: Vec<SourceParagraph>,
    /// Bytes or codes stood in it that are no character.
    pub(super) is_damaged: bool,
    /// The change that its last text belonged to.
    pub(super) change: Change,
}

impl Paragraph {
    /// Whether there is anything in it to keep.
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty() && self.hidden.is_empty() && self.boxes.is_empty()
    }

    /// The character that a code of a symbol font looks like. Each unknown one is told once for a paragraph.
    pub(super) fn symbol(&mut self, font: &str, code: u32) -> char {
        if let Some(shown) = symbols::character(font, code) {
            return shown;
        }
        let symbol = format!("{font} {code:04X}");
        if self.unknown_symbols.len() < SYMBOLS_TOLD && !self.unknown_symbols.contains(&symbol) {
            self.unknown_symbols.push(symbol);
        }
        symbols::UNKNOWN
    }
}
