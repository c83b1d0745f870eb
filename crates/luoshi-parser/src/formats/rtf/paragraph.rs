//! A paragraph while it is read: its text, and the text that is not shown.
//!
//! Not here: where it belongs, its number.

use luoshi_table::SourceParagraph;

use crate::formats::word::asides::Asides;

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
    /// What its text does not show.
    pub(super) asides: Asides,
    /// The number that the file shows before it.
    pub(super) label: Option<String>,
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
        self.text.is_empty() && self.asides.hidden.is_empty() && self.boxes.is_empty()
    }
}
