//! A paragraph while it is read: its text with white space collapsed (ODF 1.3 part 3, §6.1.2), and the text that is not shown.
//!
//! Not here: which elements begin and end what.

use luoshi_table::SourceParagraph;

use super::lists::ListPlace;
use super::styles::Look;
use crate::formats::word::asides::Asides;

/// Spaces that one `text:s` may stand for. More than a line of them is no text.
const MAX_SPACES: usize = 1024;

/// What an open element inside a paragraph does to the text in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Veil {
    /// It is not shown.
    Hidden,
    /// It is the prompt of a field that nobody has filled in.
    Prompt,
    /// It is that where it has a style of its own, as a prompt that a word processor put there has.
    StyledPrompt,
}

/// A paragraph being read.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    /// Whether its element is open.
    pub(super) is_open: bool,
    /// The text that is shown.
    pub(super) text: String,
    /// What its text does not show.
    pub(super) asides: Asides,
    /// What stands in the command of one of Word's fields.
    code: String,
    /// How many of those are open.
    codes: usize,
    /// What stood in text boxes anchored here.
    pub(super) boxes: Vec<SourceParagraph>,
    /// Its place in a list.
    pub(super) list: Option<ListPlace>,
    /// The number that the file says it shows (`text:number`).
    pub(super) number: String,
    /// A field in it hides all of it (§7.7.3).
    pub(super) is_hidden: bool,
    /// Its end is gone by the policy for tracked changes: its text runs on into the next paragraph.
    pub(super) runs_on: bool,
    /// The paragraph's look and those of the open spans, each over the one before, with the depth of its element; the first
    /// lasts as long as the paragraph.
    looks: Vec<Span>,
    veils: Vec<(usize, Veil)>,
    /// Whether a space here would be the second in a row, or the first of the paragraph.
    after_space: bool,
}

/// A span, or the paragraph itself.
#[derive(Debug)]
struct Span {
    depth: usize,
    look: Look,
    /// Whether its style has a name in the program.
    is_named: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sink {
    Shown,
    Hidden,
    Prompt,
    Code,
}

impl Paragraph {
    /// Makes ready for the next paragraph. Text that runs on from the last one stays.
    pub(super) fn begin(&mut self, look: Look) {
        self.is_open = true;
        self.after_space = self.text.is_empty() || self.after_space;
        self.runs_on = false;
        self.list = None;
        self.looks = vec![Span { depth: 0, look, is_named: false }];
        self.veils.clear();
    }

    /// Whether there is anything in it to keep.
    pub(super) fn is_empty(&self) -> bool {
        let texts = [&self.text, &self.asides.hidden, &self.asides.prompt, &self.code];
        texts.iter().all(|text| text.is_empty()) && self.boxes.is_empty()
    }

    /// The look of text that is met now.
    pub(super) fn look(&self) -> Look {
        self.looks.last().map(|span| span.look.clone()).unwrap_or_default()
    }

    pub(super) fn enter_span(&mut self, depth: usize, look: Look, is_named: bool) {
        let look = look.over(&self.look());
        self.looks.push(Span { depth, look, is_named });
    }

    pub(super) fn veil(&mut self, depth: usize, veil: Veil) {
        self.veils.push((depth, veil));
    }

    /// Ends what the element at a depth began.
    pub(super) fn leave(&mut self, depth: usize) {
        self.looks.pop_if(|span| span.depth >= depth);
        self.veils.pop_if(|(opened, _)| *opened >= depth);
    }

    fn sink(&self) -> Sink {
        let is_styled_since =
            |depth: usize| self.looks.iter().any(|span| span.depth > depth && span.is_named);
        match self.veils.last() {
            _ if self.codes > 0 => Sink::Code,
            Some((_, Veil::Prompt)) => Sink::Prompt,
            Some((depth, Veil::StyledPrompt)) if is_styled_since(*depth) => Sink::Prompt,
            Some((_, Veil::Hidden)) => Sink::Hidden,
            _ if self.looks.last().is_some_and(|span| span.look.is_hidden()) => Sink::Hidden,
            _ => Sink::Shown,
        }
    }

    fn target(&mut self, sink: Sink) -> &mut String {
        match sink {
            Sink::Shown => &mut self.text,
            Sink::Hidden => &mut self.asides.hidden,
            Sink::Prompt => &mut self.asides.prompt,
            Sink::Code => &mut self.code,
        }
    }

    /// Text as it stands in the file. Each run of white space is one space, at the front it is nothing. A last space stays,
    /// against the standard: office suites write one that was typed as it is, and show it.
    pub(super) fn push(&mut self, piece: &str) {
        let mut after_space = self.after_space;
        let mut collapsed = String::with_capacity(piece.len());
        for character in piece.chars() {
            if matches!(character, ' ' | '\t' | '\n' | '\r') {
                if !std::mem::replace(&mut after_space, true) {
                    collapsed.push(' ');
                }
            } else {
                collapsed.push(character);
                after_space = false;
            }
        }
        self.after_space = after_space;
        self.push_shown(&collapsed);
    }

    /// Text that the file writes as an element or an attribute.
    pub(super) fn push_shown(&mut self, text: &str) {
        let sink = self.sink();
        let look = self.looks.last().map(|span| &span.look);
        let font = look.and_then(Look::symbol_font).cloned();
        let is_struck = sink == Sink::Shown && look.is_some_and(Look::is_struck);
        let is_raised = sink == Sink::Shown && look.is_some_and(Look::is_raised);
        let shown: String = match &font {
            Some(font) => text.chars().map(|character| self.symbol(font, character)).collect(),
            None => text.to_owned(),
        };
        if is_struck {
            self.asides.struck.push_str(&shown);
        }
        let from = self.text.len();
        self.target(sink).push_str(&shown);
        if is_raised {
            self.asides.raised.note(from, &self.text);
        }
    }

    /// What a character of a symbol font looks like. Only those at the codes of symbols are meant: what else stands in such a
    /// font, a word processor shows in another one.
    fn symbol(&mut self, font: &str, character: char) -> char {
        let code = u32::from(character);
        if !(0xF000..=0xF0FF).contains(&code) {
            return character;
        }
        self.asides.symbols.character(font, code)
    }

    /// A tab or a line break. A space after it counts.
    pub(super) fn push_character(&mut self, character: char) {
        self.push_shown(character.encode_utf8(&mut [0; 4]));
        self.after_space = false;
    }

    /// Spaces that count.
    pub(super) fn push_spaces(&mut self, count: usize) {
        self.push_shown(&" ".repeat(count.min(MAX_SPACES)));
        self.after_space = false;
    }

    /// One of Word's fields begins; what comes next is its command, if a separator follows.
    pub(super) fn begin_code(&mut self) {
        self.codes += 1;
    }

    /// What came so far was a command.
    pub(super) fn end_code(&mut self) {
        self.codes = self.codes.saturating_sub(1);
        if self.codes == 0 {
            self.code.clear();
        }
    }

    /// A field ends. One without a separator had no command, so what stands in it is shown.
    pub(super) fn end_field(&mut self) {
        if self.codes > 0 {
            self.codes -= 1;
            if self.codes == 0 {
                let shown = std::mem::take(&mut self.code);
                self.push_shown(&shown);
            }
        }
    }

    /// Shows what an unfinished field would swallow, and all of it as hidden where a field in it says so.
    pub(super) fn close(&mut self) {
        self.is_open = false;
        self.codes = self.codes.min(1);
        self.end_field();
        if std::mem::take(&mut self.is_hidden) {
            let text = std::mem::take(&mut self.text);
            self.asides.hidden.push_str(&text);
            (self.asides.struck, self.asides.raised) = Default::default();
        }
    }
}
