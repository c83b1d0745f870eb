//! A paragraph while it is read: its text, and the text that Word does not show.
//!
//! Four texts run side by side, because at any moment a run may be hidden, be the prompt of a control that nobody filled
//! in, or stand in the code of a field. Only the first becomes the paragraph's; the next two are reported, and the last is
//! dropped where the field ends as it should.

use luoshi_table::SourceParagraph;
use quick_xml::events::BytesStart;

use super::labels::Defaults;
use super::styles::DEFAULT;
use super::styles::Looks;
use super::xml::{attribute, is_on};
use crate::formats::word::asides::Asides;
use crate::formats::word::symbols;

/// Where the text of a run goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sink {
    Shown,
    Hidden,
    Prompt,
    Code,
}

/// A paragraph being read.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    /// The text that is shown.
    pub(super) text: String,
    /// What its text does not show.
    pub(super) asides: Asides,
    /// Whether a control here says that it shows its prompt. Word sets prompts in a character style; text without one was
    /// put there by another program that left the mark behind, and is an answer.
    pub(super) in_prompt: bool,
    /// What a person would see in the code of a field if the field never ended.
    code: String,
    /// The instruction of the outermost field whose result has not begun.
    instruction: String,
    /// The fields that are open: whether the result has begun.
    fields: Vec<bool>,
    /// How many of them are still in their code.
    codes: usize,
    /// The state of a check box field.
    checked: Option<bool>,
    /// Where the result of a check box field begins, by the length of what is read. Word writes one that is empty.
    box_from: Option<usize>,
    /// What stood in text boxes anchored here.
    pub(super) boxes: Vec<SourceParagraph>,
    /// What it has as long as it names no style.
    pub(super) defaults: Defaults,
    /// The id of its style, where that numbers it.
    pub(super) style: Option<String>,
    /// Its own list; 0 takes it out of its style's.
    pub(super) list: Option<i64>,
    /// Its own level.
    pub(super) level: Option<i64>,
    /// What its style says of its runs.
    pub(super) looks: Looks,
    /// Its mark is hidden: with nothing else in it, the paragraph is not there to see.
    pub(super) mark_hidden: bool,
    /// Its mark is gone by the policy for tracked changes: its text runs on into the next paragraph.
    pub(super) mark_gone: bool,
    pub(super) run: Run,
    sink: Option<Sink>,
    /// Where the text of the open text element began.
    from: usize,
    keeps_space: bool,
}

/// The run being read.
#[derive(Debug, Default)]
pub(super) struct Run {
    /// What the run itself says.
    pub(super) vanish: Option<bool>,
    pub(super) strike: Option<bool>,
    pub(super) raise: Option<bool>,
    /// It has a character style.
    pub(super) has_style: bool,
    /// What its character style says.
    pub(super) looks: Looks,
    /// The symbol font of its text.
    pub(super) symbol_font: Option<String>,
}

impl Paragraph {
    /// A paragraph beside this one: a text box has paragraphs of its own.
    pub(super) fn beside(&self) -> Self {
        Self { defaults: self.defaults, ..Self::default() }
    }

    /// Makes ready for the next paragraph. Text that runs on from the last one stays, its properties go.
    pub(super) fn begin(&mut self) {
        self.style = self.defaults.numbers.then(|| DEFAULT.to_owned());
        (self.list, self.level) = (None, None);
        (self.looks, self.mark_hidden, self.mark_gone) = (self.defaults.looks, false, false);
        self.run = Run::default();
    }

    /// Whether there is anything in it to keep.
    pub(super) fn is_empty(&self) -> bool {
        let texts = [&self.text, &self.asides.hidden, &self.asides.prompt, &self.code];
        texts.iter().all(|text| text.is_empty()) && self.boxes.is_empty()
    }

    pub(super) fn begin_run(&mut self) {
        self.run = Run::default();
    }

    /// The direct setting decides, then the document's defaults; else the paragraph's and the character's style toggle each other (§17.7.3).
    fn is_hidden(&self) -> bool {
        self.run.vanish.unwrap_or(self.defaults.document_hides || self.looks.hidden != self.run.looks.hidden)
    }

    /// As [`Paragraph::is_hidden`].
    fn is_struck(&self) -> bool {
        self.run.strike.unwrap_or(self.looks.struck != self.run.looks.struck)
    }

    fn is_raised(&self) -> bool {
        self.run.raise.unwrap_or(self.looks.raised || self.run.looks.raised)
    }

    fn sink(&self) -> Sink {
        if self.codes > 0 {
            Sink::Code
        } else if self.in_prompt && self.run.has_style {
            Sink::Prompt
        } else if self.is_hidden() {
            Sink::Hidden
        } else {
            Sink::Shown
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

    /// Begins a text element. Space at its ends does not count unless it says so (§17.3.3.31).
    #[inline]
    pub(super) fn begin_text(&mut self, keeps_space: bool) {
        let sink = self.sink();
        self.sink = Some(sink);
        self.from = self.target(sink).len();
        self.keeps_space = keeps_space;
    }

    /// A piece of the open text element. Tabs and line ends in the file are spaces on the page; the characters of a tab
    /// and a break are elements.
    #[inline]
    pub(super) fn push(&mut self, piece: &str) {
        let Some(sink) = self.sink else { return };
        if self.run.symbol_font.is_some() {
            return self.push_symbols(piece, sink);
        }
        let target = self.target(sink);
        if memchr::memchr3(b'\n', b'\t', b'\r', piece.as_bytes()).is_none() {
            return target.push_str(piece);
        }
        target.extend(
            piece.replace("\r\n", " ").chars().map(|c| if matches!(c, '\n' | '\t' | '\r') { ' ' } else { c }),
        );
    }

    fn push_symbols(&mut self, piece: &str, sink: Sink) {
        let font = self.run.symbol_font.clone().unwrap_or_default();
        for character in piece.chars() {
            let shown = self.asides.symbols.character(&font, character.into());
            self.target(sink).push(shown);
        }
    }

    /// Ends the text element.
    #[inline]
    pub(super) fn end_text(&mut self) {
        let Some(sink) = self.sink.take() else { return };
        let from = self.from;
        if self.is_struck() && sink == Sink::Shown {
            self.asides.struck.push_str(self.text.get(from..).unwrap_or_default());
        }
        let keeps_space = self.keeps_space;
        let target = self.target(sink);
        let added = target.get(from..).unwrap_or_default();
        if !keeps_space && (added.starts_with(' ') || added.ends_with(' ')) {
            let kept = added.trim_matches(' ').to_owned();
            target.truncate(from);
            target.push_str(&kept);
        }
        if self.is_raised() && sink == Sink::Shown {
            self.asides.raised.note(from, &self.text);
        }
    }

    /// A character that the file writes as an element.
    pub(super) fn push_character(&mut self, character: char) {
        let sink = self.sink();
        self.target(sink).push(character);
    }

    /// A symbol by font and code (`w:sym`).
    pub(super) fn push_symbol(&mut self, start: &BytesStart<'_>) {
        let font = attribute(start, "font").unwrap_or_default();
        let code = attribute(start, "char").unwrap_or_default();
        let shown = match u32::from_str_radix(code.trim(), 16) {
            Ok(code) => self.asides.symbols.character(&font, code),
            Err(_) => self.asides.symbols.note(format!("{font} {code}")),
        };
        self.push_character(shown);
    }

    /// A field begins, its result begins, or it ends (`w:fldChar`).
    pub(super) fn field(&mut self, start: &BytesStart<'_>) {
        match attribute(start, "fldCharType").as_deref() {
            Some("begin") => {
                if self.codes == 0 {
                    self.instruction.clear();
                    self.checked = None;
                }
                self.fields.push(false);
                self.codes += 1;
            }
            Some("separate") => {
                if let Some(has_result @ false) = self.fields.last_mut() {
                    *has_result = true;
                    self.codes -= 1;
                    self.leave_code();
                    let is_box = self.codes == 0 && symbols::is_check_box(&self.instruction);
                    self.box_from = is_box.then(|| self.length());
                }
            }
            Some("end") => match self.fields.pop() {
                Some(false) => {
                    self.codes -= 1;
                    self.end_without_result();
                }
                Some(true) if self.box_from.take() == Some(self.length()) => self.push_check_box(),
                _ => {}
            },
            _ => {}
        }
    }

    fn leave_code(&mut self) {
        if self.codes == 0 {
            self.code.clear();
        }
    }

    fn end_without_result(&mut self) {
        if self.codes > 0 {
            return;
        }
        self.code.clear();
        let instruction = self.instruction.trim().to_owned();
        if symbols::is_check_box(&instruction) {
            self.push_check_box();
        } else if let Some(shown) = symbols::enclosed(&instruction) {
            self.push_character(shown);
        } else if !instruction.is_empty() {
            self.asides.resultless.push(instruction);
        }
    }

    fn push_check_box(&mut self) {
        self.push_character(if self.checked == Some(true) { '☑' } else { '☐' });
    }

    fn length(&self) -> usize {
        self.text.len() + self.asides.hidden.len() + self.asides.prompt.len()
    }

    /// The text of an instruction.
    pub(super) fn push_instruction(&mut self, piece: &str) {
        if self.codes > 0 {
            self.instruction.push_str(piece);
        }
    }

    /// The state of a check box field: `w:checked` where it was touched, `w:default` else.
    pub(super) fn check(&mut self, start: &BytesStart<'_>, is_default: bool) {
        if !is_default || self.checked.is_none() {
            self.checked = Some(is_on(start));
        }
    }

    /// A field that is still in its code when the paragraph ends would swallow the rest of the document: what it hid of
    /// this paragraph is shown after all. Gives back whether there was any.
    pub(super) fn close_fields(&mut self) -> bool {
        self.fields.clear();
        if std::mem::take(&mut self.codes) == 0 || self.code.is_empty() {
            self.code.clear();
            return false;
        }
        let code = std::mem::take(&mut self.code);
        self.text.push_str(&code);
        true
    }
}
