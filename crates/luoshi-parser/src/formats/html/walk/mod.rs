//! The walk over the tree: which paragraph, cell and table each text belongs to.
//!
//! There is no recursion: what is open is a stack, each entry with the node that comes next and what holds within it. Pages of one file
//! are read one after the other into one document.
//!
//! Not here: what becomes of white space, and which column a cell stands in.

mod aside;
mod forms;
mod lists;
mod paragraphs;
mod tables;

use std::collections::BTreeSet;

use luoshi_table::{Container, Diagnostic, Locator, SourceBlock};

use super::grid;
use super::names::{Attribute, Tag};
use super::paragraph::Paragraph;
use super::parse::Page;
use super::state::State;
use super::style::{Look, Styles, WhiteSpace, symbol_font};
use super::tree::{Content, Id, NONE};
use crate::formats::word::changes::Changes;
use crate::formats::word::findings::Findings;
use crate::formats::word::kept::Kept;
use crate::{Cause, ReadError, Revisions, limits};
use aside::Note;
use lists::List;
use tables::Table;

/// A worksheet that a page is.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) is_hidden: bool,
}

/// What was read of all pages of a file.
pub(super) struct Document {
    file: Locator,
    revisions: Revisions,
    findings: Findings,
    blocks: Vec<SourceBlock>,
    lines: u32,
    tables: u32,
    /// Of the text outside tables.
    outside: Changes,
    comments: u32,
    /// Counter styles that are not known, each reported once.
    unknown_styles: BTreeSet<String>,
    /// Where a picture was told last.
    pictured: Option<Locator>,
    /// It shows pages of other files.
    has_frames: bool,
    /// Paragraphs, cells and rows so far.
    kept: Kept,
}

impl Document {
    pub(super) fn new(file: Locator, revisions: Revisions) -> Self {
        Self {
            file,
            revisions,
            findings: Findings::default(),
            blocks: Vec::new(),
            lines: 0,
            tables: 0,
            outside: Changes::default(),
            comments: 0,
            unknown_styles: BTreeSet::new(),
            pictured: None,
            has_frames: false,
            kept: Kept::default(),
        }
    }

    /// Reads a page into blocks behind those that are there.
    ///
    /// # Errors
    /// Where it passes a limit.
    pub(super) fn read(
        &mut self,
        page: &Page,
        styles: &Styles,
        sheet: Option<Sheet>,
    ) -> Result<(), ReadError> {
        let mut walk = Walk {
            page,
            styles,
            layouts: grid::layouts(&page.tree),
            sheet,
            document: self,
            open: Vec::new(),
            tables: Vec::new(),
            paragraph: Paragraph::default(),
            lists: Vec::new(),
            marker: None,
            note: None,
            inside: Changes::default(),
        };
        walk.run()
    }

    /// The blocks, and what was found.
    ///
    /// # Errors
    /// `Unsupported` where all there is stands in other files.
    pub(super) fn finish(mut self) -> Result<(Vec<SourceBlock>, Findings), ReadError> {
        if self.has_frames && self.blocks.is_empty() {
            return Err(ReadError::at(Cause::Unsupported("HTML frames"), self.file));
        }
        let outside = std::mem::take(&mut self.outside);
        let place = Locator { container: Some(Container::Text), ..self.file.clone() };
        outside.report(self.revisions, place, &mut self.findings);
        if self.comments > 0 {
            let comments = Diagnostic::info("comments-ignored", self.file.clone());
            self.findings.add(comments.with("count", self.comments));
        }
        Ok((self.blocks, self.findings))
    }

    /// Adds findings that were made before the page was read.
    pub(super) fn tell_all(&mut self, findings: Vec<Diagnostic>) {
        findings.into_iter().for_each(|finding| self.findings.add(finding));
    }
}

/// What is open.
enum Open {
    /// An element: the child that comes next, what holds for its children, and what is done at its end.
    Element { next: Id, state: State, end: End },
    /// A table whose captions are read.
    Planned { plan: Box<grid::Plan>, is_nested: bool, is_hidden: bool, state: State },
    /// A table whose rows are read by its plan.
    Table(State),
}

/// What is done where an element ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Nothing,
    Paragraph,
    List,
    Item,
    Cell,
    Note,
    Quotation,
}

struct Walk<'p, 'd> {
    page: &'p Page,
    styles: &'p Styles,
    /// The tables that only lay out the page, in order.
    layouts: Vec<Id>,
    /// The worksheet that the next table is.
    sheet: Option<Sheet>,
    document: &'d mut Document,
    open: Vec<Open>,
    /// The tables that are open, each in a cell of the one before.
    tables: Vec<Table>,
    paragraph: Paragraph,
    lists: Vec<List>,
    /// The number or bullet of an item that has no text yet, and what parts it from the text.
    marker: Option<(String, &'static str)>,
    note: Option<Note>,
    /// Of the table that is open.
    inside: Changes,
}

impl Walk<'_, '_> {
    fn run(&mut self) -> Result<(), ReadError> {
        self.enter(0, State::default(), End::Nothing);
        while let Some(open) = self.open.last_mut() {
            match open {
                Open::Table(state) => {
                    let state = state.clone();
                    self.advance_table(&state)?;
                }
                Open::Element { next, state, .. } if *next != NONE => {
                    let id = *next;
                    let state = state.clone();
                    let Some(node) = self.page.tree.node(id) else { break };
                    *next = node.next;
                    match &node.content {
                        Content::Text(text) => self.text(text, &state)?,
                        Content::Element(tag, ..) => self.element(id, *tag, &state)?,
                        Content::Root => {}
                    }
                }
                Open::Element { .. } | Open::Planned { .. } => match self.open.pop() {
                    Some(Open::Element { state, end, .. }) => self.leave(end, &state)?,
                    Some(Open::Planned { plan, is_nested, is_hidden, state }) => {
                        self.begin_rows(*plan, is_nested, is_hidden);
                        self.open.push(Open::Table(state));
                    }
                    _ => {}
                },
            }
        }
        self.end_paragraph()
    }

    /// Goes on with what is in an element.
    fn enter(&mut self, id: Id, state: State, end: End) {
        let next = self.page.tree.node(id).map_or(NONE, |node| node.first);
        self.open.push(Open::Element { next, state, end });
    }

    fn leave(&mut self, end: End, state: &State) -> Result<(), ReadError> {
        match end {
            End::Nothing => Ok(()),
            End::Paragraph => self.end_paragraph(),
            End::List => self.end_list(),
            End::Item => self.end_item(),
            End::Cell => self.end_cell(),
            End::Note => self.end_note(),
            End::Quotation => {
                self.character('”', state);
                Ok(())
            }
        }
    }

    fn attribute(&self, id: Id, name: Attribute) -> Option<&str> {
        self.page.tree.attribute(id, name)
    }

    /// What is said of an element.
    fn look(&self, id: Id, tag: Tag) -> Look {
        let attribute = |name| self.attribute(id, name);
        let (class, own) = (attribute(Attribute::Class), attribute(Attribute::Identifier));
        let name = self.page.tree.name(id);
        let mut look = self.styles.look(name, class, own, attribute(Attribute::Style));
        if look.is_absent.is_none() && attribute(Attribute::Hidden).is_some() {
            look.is_absent = Some(true);
        }
        if tag == Tag::Font && look.font.is_none() {
            look.font = attribute(Attribute::Face).map(symbol_font);
        }
        look.part = look.part.or_else(|| aside::part(own, class));
        look
    }

    fn element(&mut self, id: Id, tag: Tag, outer: &State) -> Result<(), ReadError> {
        if matches!(tag, Tag::Skip | Tag::Style | Tag::Link) {
            return Ok(());
        }
        let look = self.look(id, tag);
        let mut state = outer.within(&look);
        if let Some(part) = look.part {
            return self.part(id, part, state);
        }
        // Word fills up to the tab with spaces.
        if let Some(tabs) = look.tabs.filter(|_| self.page.tree.is_blank(id)) {
            self.tabs(tabs, &state);
            return Ok(());
        }
        let is_block =
            tag.is_block() || look.is_block && matches!(tag, Tag::Inline | Tag::Font | Tag::Anchor);
        if is_block {
            self.end_paragraph()?;
            state.keeps_lines = matches!(tag, Tag::Paragraph | Tag::Preformatted | Tag::Item);
        }
        let mut end = if is_block { End::Paragraph } else { End::Nothing };
        match tag {
            Tag::Break => return self.end_line(&state),
            Tag::Rule => return Ok(()),
            Tag::Preformatted if look.white_space.is_none() => state.white_space = WhiteSpace::Keep,
            Tag::Ordered | Tag::Unordered => {
                self.begin_list(id, tag, look.marker.clone(), &mut state)?;
                end = End::List;
            }
            Tag::Item => {
                self.begin_item(id, look.marker.clone(), &state)?;
                end = End::Item;
            }
            Tag::Table => return self.begin_table(id, state),
            Tag::Anchor => self.bookmark(id)?,
            Tag::Quotation => {
                self.character('“', &state);
                end = End::Quotation;
            }
            Tag::Raised => state.is_raised |= look.is_raised != Some(false),
            Tag::Struck => state.is_struck = true,
            Tag::Inserted | Tag::Deleted => self.change(tag, &mut state),
            Tag::Reading => {
                self.reading(id, &state);
                return Ok(());
            }
            Tag::Picture => {
                self.picture(&state);
                return Ok(());
            }
            Tag::Object => self.picture(&state),
            Tag::InlineFrame => {
                self.frame(id, &state);
                return Ok(());
            }
            Tag::Frameset | Tag::Frame => self.document.has_frames = true,
            Tag::Input => {
                self.input(id, &state);
                return Ok(());
            }
            Tag::Select => {
                self.select(id, &state);
                return Ok(());
            }
            Tag::TextArea => {
                self.text_area(id, &state);
                return Ok(());
            }
            Tag::OfficeParagraph => state.is_end_mark = true,
            _ => {}
        }
        // A list goes by its own style, what is in an item by none.
        if !matches!(tag, Tag::Ordered | Tag::Unordered)
            && let Some(marker) = look.marker
        {
            state.marker = Some(marker);
        }
        self.enter(id, state, end);
        Ok(())
    }

    fn count_pieces(&mut self, more: usize) -> Result<(), ReadError> {
        self.document.kept.pieces(more).map_err(|limit| self.exceeded(limit))
    }

    fn exceeded(&self, limit: &limits::Limit) -> ReadError {
        ReadError::at(limit.exceeded(), self.place())
    }

    fn tell(&mut self, finding: Diagnostic) {
        self.document.findings.add(finding);
    }
}
