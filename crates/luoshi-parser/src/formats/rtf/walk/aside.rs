//! What stands beside the text: fields, text boxes, notes, pictures, tracked changes. What is not read into a cell is told.
//!
//! Not here: paragraphs and tables.

use std::mem;

use luoshi_table::{Diagnostic, SourceCell};

use super::super::names::Meaning;
use super::super::state::Destination;
use super::{Story, Walk};
use crate::ReadError;
use crate::formats::word::changes::Changes;
use crate::formats::word::findings::quoted;
use crate::formats::word::symbols;

/// What `\fftype` calls a check box, and `\ffres` a result that nobody chose.
const CHECK_BOX: i32 = 1;
const UNTOUCHED: i32 = 25;

/// What a story is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum StoryKind {
    #[default]
    Document,
    TextBox,
    /// A note, by what findings call its kind.
    Note(&'static str),
}

impl StoryKind {
    /// `\ftnalt` stands in the group of the note.
    pub(super) fn become_endnote(&mut self) {
        if let Self::Note(kind) = self {
            *kind = "endnotes";
        }
    }
}

/// A field whose group is open.
#[derive(Default)]
pub(super) struct Field {
    /// How many groups were open when it began.
    pub(super) depth: usize,
    instruction: String,
    /// How much content there was before it.
    before: u64,
    kind: Option<i32>,
    result: Option<i32>,
    default: Option<i32>,
}

impl Walk<'_> {
    pub(super) fn begin_field(&mut self) {
        self.fields.push(Field { depth: self.outer.len(), before: self.pushed, ..Field::default() });
    }

    pub(super) fn push_instruction(&mut self, text: &str) {
        if let Some(field) = self.fields.last_mut() {
            field.instruction.push_str(text);
        }
    }

    pub(super) fn form_word(&mut self, meaning: Meaning, parameter: Option<i32>) {
        let Some(field) = self.fields.last_mut() else { return };
        match meaning {
            Meaning::FormKind => field.kind = parameter,
            Meaning::FormResult => field.result = parameter,
            Meaning::FormDefault => field.default = parameter,
            _ => {}
        }
    }

    /// A field shows its result. A check box has none that is text, and some fields make a character.
    pub(super) fn end_field(&mut self) {
        let Some(field) = self.fields.pop() else { return };
        if self.pushed != field.before || self.state.destination != Destination::Content {
            return;
        }
        let instruction = field.instruction.trim();
        if field.kind == Some(CHECK_BOX) || symbols::is_check_box(instruction) {
            let state = field.result.filter(|&result| result != UNTOUCHED).or(field.default);
            self.push_character(if state.unwrap_or(0) > 0 { '☑' } else { '☐' });
        } else if let Some(shown) = symbols::enclosed(instruction) {
            self.push_character(shown);
        } else if !instruction.is_empty() {
            self.story.paragraph.asides.resultless.push(instruction.to_owned());
        }
    }

    /// A picture is told once for each cell or line; an object is shown by a picture within it.
    pub(super) fn picture(&mut self) {
        self.pushed = self.pushed.saturating_add(1);
        let place = self.place();
        if self.pictured.as_ref() != Some(&place) {
            self.tell(Diagnostic::warning("picture-ignored", place.clone()));
            self.pictured = Some(place);
        }
    }

    pub(super) fn begin_story(&mut self, kind: StoryKind) {
        let host_level = self.level();
        let story = Story { kind, depth: self.outer.len(), host_level, ..Story::default() };
        self.stories.push(mem::replace(&mut self.story, story));
        self.state.destination = Destination::Content;
        self.state.paragraph = Default::default();
        (self.state.is_hidden, self.state.is_struck, self.state.is_raised) = (false, false, false);
    }

    pub(super) fn end_story(&mut self) -> Result<(), ReadError> {
        if !self.story.paragraph.is_empty() {
            self.end_paragraph(self.level())?;
        }
        self.close_tables(0)?;
        let Some(host) = self.stories.pop() else { return Ok(()) };
        let Story { kind, mut paragraphs, .. } = mem::replace(&mut self.story, host);
        match kind {
            StoryKind::Document => {}
            StoryKind::TextBox => {
                paragraphs.retain(|paragraph| !paragraph.is_blank());
                if paragraphs.is_empty() {
                    return Ok(());
                }
                self.pushed = self.pushed.saturating_add(1);
                let texts: Vec<&str> = paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect();
                let text = quoted(&texts.join("\n"));
                let place = self.place();
                self.tell(Diagnostic::info("text-box", place).with("text", text));
                self.story.paragraph.boxes.append(&mut paragraphs);
            }
            StoryKind::Note(kind) => {
                let text = SourceCell { paragraphs }.text();
                if !text.trim().is_empty() {
                    let note = Diagnostic::warning("note-text", self.place()).with("kind", kind);
                    self.tell(note.with("text", text.trim()));
                }
            }
        }
        Ok(())
    }

    /// Where changes are counted now.
    pub(super) fn changes(&mut self) -> &mut Changes {
        let level = self.stories.get(1).unwrap_or(&self.story).host_level;
        let level = if self.stories.is_empty() { self.level() } else { level };
        if level > 0 { &mut self.inside } else { &mut self.outside }
    }
}
