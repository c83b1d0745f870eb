//! What a group inherits from the one around it and gives up at its end (RTF 1.9.1, "Groups").
//!
//! Not here: row definitions, which hold until the next one, whatever groups end.

use encoding_rs::Encoding;

/// Where text goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Destination {
    /// Into a paragraph.
    #[default]
    Content,
    /// Nowhere, and no word counts.
    Skip,
    /// Nowhere, but what the group holds of text boxes and pictures counts.
    Drawing,
    /// Into the instruction of a field.
    Instruction,
    FormField,
    Label,
    Bookmark,
    Fonts,
    Lists,
    LevelText,
}

/// The properties in force.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct State {
    pub(super) destination: Destination,
    /// Where the Unicode branch of an alternative goes.
    pub(super) alternative: Option<Destination>,
    /// Row properties are those of a nested table.
    pub(super) is_nested: bool,
    /// Characters that stand in for one given by its code (`\uc`).
    pub(super) unicode_skip: UnicodeSkip,
    /// The fonts for ASCII, other single bytes, and double bytes.
    fonts: [Option<i32>; 3],
    script: usize,
    pub(super) is_hidden: bool,
    pub(super) is_struck: bool,
    pub(super) is_raised: bool,
    pub(super) is_revised: bool,
    pub(super) is_deleted: bool,
    pub(super) paragraph: ParagraphState,
}

/// How many characters stand in for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct UnicodeSkip(pub(super) usize);

impl Default for UnicodeSkip {
    fn default() -> Self {
        Self(1)
    }
}

/// The properties of a paragraph.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ParagraphState {
    pub(super) is_in_table: bool,
    /// How deep in tables (`\itap`).
    pub(super) table_level: usize,
    /// Its list (`\ls`); 0 is none.
    pub(super) list: i32,
    pub(super) list_level: i32,
}

impl State {
    /// Whether paragraphs and cells end here: not so in the code of a field, a label, a table of fonts.
    pub(super) fn destination_holds_text(&self) -> bool {
        self.destination == Destination::Content
    }

    /// As after `\plain`: what a run says of its looks is forgotten.
    pub(super) fn reset_characters(&mut self, font: Option<i32>) {
        (self.fonts, self.script) = ([font; 3], 0);
        (self.is_hidden, self.is_struck, self.is_raised) = (false, false, false);
        (self.is_revised, self.is_deleted) = (false, false);
    }

    pub(super) fn font(&self) -> Option<i32> {
        self.fonts.get(self.script).copied().flatten()
    }

    pub(super) fn set_font(&mut self, font: Option<i32>) {
        if let Some(own) = self.fonts.get_mut(self.script) {
            *own = font;
        }
    }

    pub(super) fn set_script(&mut self, script: usize) {
        self.script = script;
    }
}

/// Whether a byte is the first of a character of two.
pub(super) fn is_lead(encoding: &'static Encoding, byte: u8) -> bool {
    if encoding.is_single_byte() || encoding == encoding_rs::UTF_8 {
        return false;
    }
    match byte {
        // Half-width katakana.
        0xA0..=0xDF => encoding != encoding_rs::SHIFT_JIS,
        _ => (0x81..=0xFE).contains(&byte),
    }
}
