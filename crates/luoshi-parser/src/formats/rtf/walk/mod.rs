//! The walk over the tokens: which group is open, and what each word changes.
//!
//! There is no recursion: groups are a stack of states. A text box, a note and the document itself are stories, each with a
//! paragraph and tables of its own; where a story's group ends, its text goes to the story around it.
//!
//! Not here: bytes to characters (`text`), what becomes of paragraphs, rows and what stands beside them.

mod aside;
mod paragraphs;
mod rows;
mod text;

use std::collections::BTreeSet;
use std::mem;
use std::rc::Rc;

use luoshi_table::{Container, Diagnostic, Locator, SourceBlock, SourceParagraph};

use super::encodings::Encodings;
use super::lists::Lists;
use super::names::{self, Meaning};
use super::paragraph::Paragraph;
use super::state::{Destination, ParagraphState, State, UnicodeSkip, is_lead};
use super::tables::{Definition, Table};
use super::tokens::{Token, Tokens};
use crate::formats::word::changes::Changes;
use crate::formats::word::findings::Findings;
use crate::formats::word::kept::Kept;
use crate::formats::word::numbering::Numbering;
use crate::{Cause, ReadError, Revisions, limits};
use aside::{Field, StoryKind};

/// Reads a file into blocks.
///
/// # Errors
/// Where it is damaged or passes a limit.
pub(super) fn read(
    bytes: &[u8],
    file: Locator,
    revisions: Revisions,
) -> Result<(Vec<SourceBlock>, Findings), ReadError> {
    let mut walk = Walk {
        tokens: Tokens::new(bytes),
        file,
        revisions,
        encodings: Encodings::new(bytes),
        default_font: None,
        lists: Lists::default(),
        numbering: None,
        undefined: BTreeSet::new(),
        findings: Findings::default(),
        blocks: Vec::new(),
        lines: 0,
        tables: 0,
        outer: Vec::new(),
        state: State::default(),
        is_first: false,
        is_starred: false,
        fallback: 0,
        pending: Vec::new(),
        surrogate: None,
        aside: String::new(),
        stories: Vec::new(),
        story: Story::default(),
        fields: Vec::new(),
        pushed: 0,
        end: None,
        inside: Changes::default(),
        outside: Changes::default(),
        pictured: None,
        comments: 0,
        is_guessed: false,
        kept: Kept::default(),
    };
    walk.run()?;
    Ok((walk.blocks, walk.findings))
}

/// A run of paragraphs: the document, a text box, a note.
#[derive(Default)]
struct Story {
    kind: StoryKind,
    /// How many groups were open when it began.
    depth: usize,
    /// How deep in tables the paragraph is that it is anchored in.
    host_level: usize,
    paragraph: Paragraph,
    /// The tables that are open, each in a cell of the one before.
    tables: Vec<Table>,
    /// The definition in force for rows, and for those of nested tables.
    definition: Rc<Definition>,
    nested: Rc<Definition>,
    /// A row was defined, and no paragraph has said since whether it is in it.
    is_row_begun: bool,
    /// The finished paragraphs; of the document itself they are blocks.
    paragraphs: Vec<SourceParagraph>,
}

struct Walk<'a> {
    tokens: Tokens<'a>,
    file: Locator,
    revisions: Revisions,
    encodings: Encodings,
    default_font: Option<i32>,
    lists: Lists,
    numbering: Option<Numbering>,
    /// Lists that paragraphs name and no table defines, each reported once.
    undefined: BTreeSet<i32>,
    findings: Findings,
    blocks: Vec<SourceBlock>,
    lines: u32,
    tables: u32,
    /// The states of the groups around the one that is open.
    outer: Vec<State>,
    state: State,
    /// A group was opened last: only there does `\*` begin a destination. StarWriter writes it before styles, too, in a group
    /// that goes on with text.
    is_first: bool,
    /// `\*` came last: an unknown word now begins a destination to be passed over.
    is_starred: bool,
    /// How many characters still stand in for the last one that was given by its code.
    fallback: usize,
    /// Bytes that are not decoded yet: a character may take two.
    pending: Vec<u8>,
    /// The first half of a character that takes two codes.
    surrogate: Option<u16>,
    /// The text of a destination that is no paragraph.
    aside: String,
    stories: Vec<Story>,
    story: Story,
    fields: Vec<Field>,
    /// Pieces of content so far, so that a field knows whether it had a result.
    pushed: u64,
    /// Pieces of content and blocks at the end of the document's group.
    end: Option<(u64, usize)>,
    /// Of the table that is open.
    inside: Changes,
    /// Of the text outside tables.
    outside: Changes,
    /// Where a picture was told last.
    pictured: Option<Locator>,
    comments: u32,
    is_guessed: bool,
    /// Paragraphs, cells and rows so far.
    kept: Kept,
}

impl Walk<'_> {
    fn run(&mut self) -> Result<(), ReadError> {
        loop {
            let (encoding, _) = self.encodings.of(self.state.font());
            let is_double = !self.encodings.raw_is_utf8;
            let Some(token) = self.tokens.next(|byte| is_double && is_lead(encoding, byte)) else {
                return self.end_file();
            };
            if self.fallback > 0 && self.stands_in(token) {
                continue;
            }
            let is_first = mem::replace(&mut self.is_first, matches!(token, Token::Open));
            let is_starred =
                mem::replace(&mut self.is_starred, is_first && matches!(token, Token::Symbol(b'*')));
            match token {
                Token::Text(text) => self.text(text),
                Token::Hex(byte) => self.byte(byte),
                Token::Binary => {}
                Token::Open => {
                    self.flush();
                    self.open()?;
                }
                Token::Close => {
                    self.flush();
                    self.close()?;
                }
                Token::Symbol(symbol) => self.symbol(symbol)?,
                Token::Word(word, parameter) => {
                    self.flush();
                    match names::meaning(word) {
                        Some(meaning) => self.word(meaning, parameter)?,
                        None if is_starred => self.state.destination = Destination::Skip,
                        None => {}
                    }
                }
            }
        }
    }

    /// Whether the token is one of the characters that stand in for the last one given by its code (`\uc`). A word that is no
    /// character counts as one and is obeyed nevertheless: programs forget the stand-in, and no row end may be lost.
    fn stands_in(&mut self, token: Token<'_>) -> bool {
        match token {
            Token::Open | Token::Close => {
                self.fallback = 0;
                false
            }
            Token::Text(text) => {
                let mut passed = self.fallback.min(text.len());
                self.fallback -= passed;
                // What stands in is counted in bytes; the rest of a character goes with its first one.
                let continues = |at: usize| text.get(at).is_some_and(|byte| byte & 0xC0 == 0x80);
                while self.encodings.raw_is_utf8 && continues(passed) {
                    passed += 1;
                }
                self.text(text.get(passed..).unwrap_or_default());
                true
            }
            Token::Word(..) | Token::Symbol(_) | Token::Hex(_) | Token::Binary => {
                self.fallback -= 1;
                names::is_character(token)
            }
        }
    }

    fn open(&mut self) -> Result<(), ReadError> {
        if self.outer.len() >= limits::XML_DEPTH.size() {
            return Err(self.exceeded(&limits::XML_DEPTH));
        }
        self.outer.push(self.state);
        Ok(())
    }

    fn close(&mut self) -> Result<(), ReadError> {
        let depth = self.outer.len();
        if self.story.depth == depth && !self.stories.is_empty() {
            self.end_story()?;
        } else if depth == 1 && self.end.is_none() {
            // What the last paragraph says of itself holds until here.
            self.finish()?;
            self.end = Some((self.pushed, self.blocks.len()));
        }
        let Some(outer) = self.outer.pop() else { return Ok(()) };
        let inner = mem::replace(&mut self.state, outer);
        if inner.destination != outer.destination {
            self.end_destination(inner.destination)?;
        }
        if self.fields.last().is_some_and(|field| field.depth == depth) {
            self.end_field();
        }
        Ok(())
    }

    /// Ends the document at the end of its group.
    fn finish(&mut self) -> Result<(), ReadError> {
        if !self.story.paragraph.is_empty() {
            self.end_paragraph(self.level())?;
        }
        self.close_tables(0)?;
        let outside = mem::take(&mut self.outside);
        let place = Locator { container: Some(Container::Text), ..self.file.clone() };
        outside.report(self.revisions, place, &mut self.findings);
        if self.comments > 0 {
            let comments = Diagnostic::info("comments-ignored", self.file.clone());
            self.findings.add(comments.with("count", self.comments));
        }
        Ok(())
    }

    /// Files go on behind their group: with line ends and a brace too many, with data that is no content. Content there would be lost
    /// in every other program.
    fn end_file(&mut self) -> Result<(), ReadError> {
        self.flush();
        match self.end {
            Some((pushed, blocks)) if self.outer.is_empty() && self.pushed == pushed => {
                self.blocks.truncate(blocks);
                Ok(())
            }
            Some(_) => Err(self.damaged("text behind the last group")),
            None => Err(self.damaged("the file ends inside a group")),
        }
    }

    fn symbol(&mut self, symbol: u8) -> Result<(), ReadError> {
        if !symbol.is_ascii() {
            self.byte(symbol);
            return Ok(());
        }
        self.flush();
        match symbol {
            b'*' => {}
            b'\r' | b'\n' => self.word(Meaning::Paragraph, None)?,
            _ => {
                if let Some(character) = names::character(symbol) {
                    self.push_character(character);
                }
            }
        }
        Ok(())
    }

    fn word(&mut self, meaning: Meaning, parameter: Option<i32>) -> Result<(), ReadError> {
        let state = &mut self.state;
        if state.destination == Destination::Skip {
            if meaning == Meaning::UnicodeAlternative
                && let Some(destination) = state.alternative.take()
            {
                state.destination = destination;
            }
            return Ok(());
        }
        let is_on = parameter != Some(0);
        match meaning {
            Meaning::Skip => state.destination = Destination::Skip,
            Meaning::Content | Meaning::UnicodeAlternative => {}
            Meaning::Alternative => {
                state.alternative = Some(state.destination);
                state.destination = Destination::Skip;
            }
            Meaning::Drawing => state.destination = Destination::Drawing,
            Meaning::Label => self.begin(Destination::Label),
            Meaning::Bookmark => self.begin(Destination::Bookmark),
            Meaning::LevelText => self.begin(Destination::LevelText),
            Meaning::Instruction => self.begin(Destination::Instruction),
            Meaning::FormField => state.destination = Destination::FormField,
            Meaning::Fonts => state.destination = Destination::Fonts,
            Meaning::Lists => state.destination = Destination::Lists,
            Meaning::NestedProperties => state.is_nested = true,

            Meaning::Unicode => self.unicode(parameter.unwrap_or(0)),
            Meaning::Character(character) => self.push_character(character),
            Meaning::UnicodeSkip => {
                state.unicode_skip = UnicodeSkip(usize::try_from(parameter.unwrap_or(1)).unwrap_or(0));
            }
            Meaning::CodePage => self.encodings.state_code_page(parameter),
            Meaning::Macintosh => self.encodings.state(encoding_rs::MACINTOSH),
            Meaning::DefaultFont => {
                self.default_font = parameter;
                state.reset_characters(parameter);
            }
            Meaning::Font => self.font(parameter),
            Meaning::AssociatedFont => state.set_font(parameter),
            Meaning::Script(script) => state.set_script(script),
            Meaning::CharacterSet | Meaning::FontCodePage => self.font_word(meaning, parameter),

            Meaning::Plain => state.reset_characters(self.default_font),
            Meaning::Hidden => state.is_hidden = is_on,
            Meaning::Struck => state.is_struck = is_on,
            Meaning::Raised => state.is_raised = is_on,
            Meaning::NotRaised => state.is_raised = false,
            Meaning::Revised => state.is_revised = is_on,
            Meaning::Deleted => state.is_deleted = is_on,

            Meaning::ParagraphDefaults => {
                state.paragraph = ParagraphState::default();
                self.story.is_row_begun = false;
            }
            Meaning::InTable => state.paragraph.is_in_table = is_on,
            Meaning::TableLevel => {
                state.paragraph.table_level = usize::try_from(parameter.unwrap_or(1)).unwrap_or(0);
            }
            Meaning::ListSelector if state.destination != Destination::Lists => {
                state.paragraph.list = parameter.unwrap_or(0);
            }
            Meaning::ListLevel => state.paragraph.list_level = parameter.unwrap_or(0),

            _ if state.destination == Destination::Lists => self.lists.word(meaning, parameter),
            _ if state.destination == Destination::FormField => self.form_word(meaning, parameter),
            Meaning::Paragraph => self.end_paragraph_at_mark()?,
            Meaning::Cell => self.end_cell(1)?,
            Meaning::NestedCell => self.end_cell(self.nested_level())?,
            Meaning::Row => self.end_row(1)?,
            Meaning::NestedRow => self.end_row(self.nested_level())?,
            Meaning::RowDefaults => self.begin_row_definition(),
            Meaning::RowLeft
            | Meaning::RowHeader
            | Meaning::CellRight
            | Meaning::MergeDown(_)
            | Meaning::MergeRight(_) => self.row_word(meaning, parameter)?,

            Meaning::Field => self.begin_field(),
            Meaning::Object => self.picture(),
            Meaning::Picture => {
                self.picture();
                self.state.destination = Destination::Skip;
            }
            Meaning::TextBox => self.begin_story(StoryKind::TextBox),
            Meaning::Note => self.begin_story(StoryKind::Note("footnotes")),
            Meaning::EndNote => self.story.kind.become_endnote(),
            Meaning::Annotation => {
                self.comments = self.comments.saturating_add(1);
                self.state.destination = Destination::Skip;
            }
            _ => {}
        }
        Ok(())
    }

    /// A destination whose text is taken as a whole when its group ends.
    fn begin(&mut self, destination: Destination) {
        self.state.destination = destination;
        self.aside.clear();
    }

    fn end_destination(&mut self, destination: Destination) -> Result<(), ReadError> {
        let text = match destination {
            Destination::Label | Destination::Bookmark | Destination::LevelText => mem::take(&mut self.aside),
            _ => return Ok(()),
        };
        match destination {
            Destination::Label => self.story.paragraph.label = Some(text),
            Destination::LevelText => self.lists.set_level_text(&text),
            _ => self.bookmark(text)?,
        }
        Ok(())
    }

    fn count_pieces(&mut self, more: usize) -> Result<(), ReadError> {
        self.kept.pieces(more).map_err(|limit| self.exceeded(limit))
    }

    fn exceeded(&self, limit: &limits::Limit) -> ReadError {
        ReadError::at(limit.exceeded(), self.place())
    }

    fn damaged(&self, detail: &str) -> ReadError {
        ReadError::at(Cause::Damaged { detail: detail.to_owned() }, self.file.clone())
    }
}
