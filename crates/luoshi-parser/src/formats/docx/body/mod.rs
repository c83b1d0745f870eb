//! The walk over the document part: which paragraph, cell, row and table each text belongs to.
//!
//! There is no recursion. What is open is a stack of scopes, each tied to the depth of the element that opened it, so that
//! a wrapper between a table and its rows, or a row and its cells (`w:sdt`, `w:customXml`, `w:ins`), changes nothing, and an
//! element in a wrong place is read as if it were not there, its text kept.
//!
//! Not here: what becomes of the text within a paragraph, and of the cells of a finished table.

mod aside;
mod cells;
mod paragraphs;
mod revisions;

use luoshi_table::{Container, Diagnostic, Locator, SourceBlock, SourceParagraph};
use quick_xml::events::BytesStart;

use super::labels::Labels;
use super::names::Tag;
use super::paragraph::Paragraph;
use super::parts::{Kind, Parts};
use super::plain::Plain;
use super::repeats::Repeats;
use super::xml::{Item, Xml};
use crate::formats::word::changes::Changes;
use crate::formats::word::findings::Findings;
use crate::formats::word::kept::Kept;
use crate::formats::word::table::{RawCell, RawRow, RawTable};
use crate::{ReadError, Revisions, limits};

/// Reads the document part into blocks.
///
/// # Errors
/// Where the part is damaged or passes a limit.
pub(super) fn read(
    bytes: &[u8],
    place: Locator,
    parts: &mut Parts<'_>,
    revisions: Revisions,
) -> Result<(Vec<SourceBlock>, Findings), ReadError> {
    let file = Locator { container: None, ..place.clone() };
    let mut walk = Walk {
        xml: Xml::new(bytes, place),
        file,
        parts,
        revisions,
        repeats: Repeats::default(),
        plain: Plain::default(),
        labels: Labels::default(),
        findings: Findings::default(),
        blocks: Vec::new(),
        lines: 0,
        tables: 0,
        scopes: Vec::new(),
        paragraph: Paragraph::default(),
        alternatives: Vec::new(),
        inside: Changes::default(),
        outside: Changes::default(),
        notes: Vec::new(),
        pictured: None,
        comments: 0,
        has_body: false,
        prompt: None,
        kept: Kept::default(),
    };
    walk.paragraph.defaults = walk.labels.defaults(walk.parts, &mut walk.findings);
    walk.run()?;
    Ok((walk.blocks, walk.findings))
}

/// Whether what an element holds is still to be read.
enum Flow {
    Enter,
    Passed,
}

/// Something open that paragraphs or cells go into.
struct Scope {
    /// Depth of the element that opened it.
    depth: usize,
    kind: ScopeKind,
}

enum ScopeKind {
    /// `row` is the row that is open, with the depth of its element.
    Table { raw: RawTable, row: Option<(usize, RawRow)>, nested: bool },
    /// `dropped` by the policy for tracked changes.
    Cell { raw: RawCell, dropped: bool },
    /// A text box, with the paragraph that it is anchored in.
    TextBox { host: Box<Paragraph>, paragraphs: Vec<SourceParagraph> },
}

/// Alternative contents of which one is read.
struct Alternative {
    depth: usize,
    taken: bool,
    /// The text of the choices that were not taken so far.
    passed_over: String,
}

/// Where a note is referred to.
struct NoteReference {
    kind: Kind,
    id: String,
    place: Locator,
}

struct Walk<'x, 'p, 'a> {
    xml: Xml<'x>,
    file: Locator,
    parts: &'p mut Parts<'a>,
    revisions: Revisions,
    repeats: Repeats<'x>,
    plain: Plain,
    labels: Labels,
    findings: Findings,
    blocks: Vec<SourceBlock>,
    lines: u32,
    tables: u32,
    scopes: Vec<Scope>,
    paragraph: Paragraph,
    alternatives: Vec<Alternative>,
    /// Of the table that is open.
    inside: Changes,
    /// Of the text outside tables.
    outside: Changes,
    notes: Vec<NoteReference>,
    /// Where a picture was told last.
    pictured: Option<Locator>,
    comments: u32,
    has_body: bool,
    /// Depth of the content control whose prompt is shown.
    prompt: Option<usize>,
    /// Paragraphs, cells and rows so far.
    kept: Kept,
}

impl Walk<'_, '_, '_> {
    fn run(&mut self) -> Result<(), ReadError> {
        // Behind a text the reader stands within the markup that follows it, and would take what comes after a run for more of that.
        let mut is_between_tags = true;
        loop {
            if is_between_tags && self.xml.open_at(self.xml.depth()) == Tag::P {
                self.take_plain_runs();
            }
            let item = self.xml.next()?;
            is_between_tags = !matches!(item, Item::Text(_));
            match item {
                Item::Empty(Tag::Other, _) | Item::Start(Tag::Other, _) | Item::End(Tag::Other) => {}
                Item::Start(tag, start) => {
                    self.repeats.begin(tag, &mut self.xml);
                    self.start(tag, &start, self.xml.depth())?;
                }
                Item::Empty(tag, start) => {
                    self.repeats.meet(tag);
                    let depth = self.xml.depth() + 1;
                    if let Flow::Enter = self.start(tag, &start, depth)? {
                        self.end(tag, depth)?;
                    }
                }
                Item::End(tag) => self.end(tag, self.xml.depth() + 1)?,
                Item::Text(text) => self.text(&text),
                Item::Char(character) => self.text(character.encode_utf8(&mut [0; 4])),
                Item::Eof => break,
            }
        }
        if !self.has_body {
            return Err(self.xml.damaged("no w:body".to_owned()));
        }
        self.end_story()?;
        let outside = std::mem::take(&mut self.outside);
        let place = Locator { container: Some(Container::Text), ..self.file.clone() };
        outside.report(self.revisions, place, &mut self.findings);
        self.report_notes();
        if self.comments > 0 {
            let comments = Diagnostic::info("comments-ignored", self.file.clone());
            self.findings.add(comments.with("count", self.comments));
        }
        Ok(())
    }

    #[inline]
    fn take_plain_runs(&mut self) {
        while let Some((text, keeps_space)) = self.plain.take(&mut self.xml, &mut self.repeats) {
            self.repeats.disturb();
            self.paragraph.begin_run();
            self.paragraph.begin_text(keeps_space);
            self.paragraph.push(text);
            self.paragraph.end_text();
        }
    }

    #[inline]
    fn text(&mut self, text: &str) {
        match self.xml.open_at(self.xml.depth()) {
            Tag::T | Tag::DelText => self.paragraph.push(text),
            Tag::InstrText => self.paragraph.push_instruction(text),
            _ => {}
        }
    }

    /// `depth` is the element's own.
    fn start(&mut self, tag: Tag, start: &BytesStart<'_>, depth: usize) -> Result<Flow, ReadError> {
        let parent = self.xml.open_at(depth - 1);
        match tag {
            Tag::T => self.paragraph.begin_text(keeps_space(start)),
            Tag::DelText if self.revisions == Revisions::Reject => {
                self.paragraph.begin_text(keeps_space(start))
            }
            Tag::R => self.paragraph.begin_run(),
            Tag::P => self.begin_paragraph()?,
            Tag::Body => self.has_body = true,
            Tag::Tbl => self.begin_table(depth)?,
            Tag::Tr => self.begin_row(depth),
            Tag::Tc => return self.begin_cell(depth),
            Tag::Inert => return self.pass(depth),
            Tag::Tab if parent == Tag::R => self.paragraph.push_character('\t'),
            Tag::Br if matches!(parent, Tag::R | Tag::P) => self.paragraph.push_character('\n'),
            Tag::NoBreakHyphen => self.paragraph.push_character('-'),
            Tag::Sym => self.paragraph.push_symbol(start),
            Tag::FldChar => self.paragraph.field(start),
            Tag::Checked if parent == Tag::CheckBox => self.paragraph.check(start, false),
            Tag::Default if parent == Tag::CheckBox => self.paragraph.check(start, true),
            Tag::Rt => return self.reading(depth),
            Tag::TxbxContent => self.begin_text_box(depth),
            Tag::FootnoteReference => self.note(Kind::Footnotes, start),
            Tag::EndnoteReference => self.note(Kind::Endnotes, start),
            Tag::CommentReference => self.comments += 1,
            Tag::BookmarkStart => self.bookmark(start),
            Tag::AltChunk => self.embedded(),
            Tag::Picture => self.picture(),
            Tag::SdtPr => return self.control(depth),
            Tag::AlternateContent | Tag::Choice | Tag::Fallback => {
                return self.alternative(tag, start, depth);
            }
            Tag::Ins | Tag::Del | Tag::MoveFrom | Tag::MoveTo => return self.change(tag, parent, depth),
            _ => match parent {
                Tag::PPr | Tag::NumPr => self.paragraph_property(tag, start),
                Tag::RPr => self.run_property(tag, start, depth),
                Tag::TrPr => self.row_property(tag, start),
                Tag::TcPr => self.cell_property(tag, start),
                Tag::TblGrid if tag == Tag::GridCol => self.grid_column(),
                _ => {}
            },
        }
        Ok(Flow::Enter)
    }

    /// Passes an element over; one that is its own end tag holds nothing.
    fn pass(&mut self, depth: usize) -> Result<Flow, ReadError> {
        if self.xml.depth() == depth {
            self.xml.skip_element()?;
        }
        Ok(Flow::Passed)
    }

    /// As [`Walk::pass`], and gives back the text that stood in it.
    fn pass_for_text(&mut self, depth: usize) -> Result<String, ReadError> {
        if self.xml.depth() == depth { self.xml.skip_for_text() } else { Ok(String::new()) }
    }

    fn end(&mut self, tag: Tag, depth: usize) -> Result<(), ReadError> {
        self.repeats.end(depth, &self.xml);
        match tag {
            Tag::T | Tag::DelText => self.paragraph.end_text(),
            Tag::P if !self.paragraph.mark_gone => self.emit()?,
            Tag::TcPr => {
                let cell = self.scopes.last().map(|scope| (scope.depth, &scope.kind));
                if let Some((cell, ScopeKind::Cell { dropped: true, .. })) = cell
                    && cell == self.xml.depth()
                {
                    self.xml.skip_element()?;
                    self.scopes.pop();
                }
            }
            Tag::Tr => self.end_row(depth)?,
            Tag::Tbl | Tag::Tc | Tag::TxbxContent
                if self.scopes.last().is_some_and(|scope| scope.depth == depth) =>
            {
                self.end_scope()?;
            }
            Tag::AlternateContent => self.end_alternative(depth),
            Tag::Sdt if self.prompt == Some(depth) => self.end_control(),
            _ => {}
        }
        Ok(())
    }

    /// The cell, row or line that is being read.
    fn place(&self) -> Locator {
        let Some(Scope { kind: ScopeKind::Table { raw, .. }, .. }) = self.scopes.first() else {
            return Locator { container: Some(Container::Text), ..self.file.clone() }.row(self.lines);
        };
        let table = Locator { container: Some(Container::Table(self.tables + 1)), ..self.file.clone() };
        let row = raw.rows.len() as u32;
        match self.scopes.get(1) {
            Some(Scope { kind: ScopeKind::Cell { raw, .. }, .. }) => table.cell(row, raw.column),
            _ => table.row(row),
        }
    }

    fn count_pieces(&mut self, more: usize) -> Result<(), ReadError> {
        self.kept.pieces(more).map_err(|limit| self.exceeded(limit))
    }

    fn exceeded(&self, limit: &limits::Limit) -> ReadError {
        ReadError::at(limit.exceeded(), self.place())
    }
}

/// Whether space at the ends of a text counts (`xml:space`).
fn keeps_space(start: &BytesStart<'_>) -> bool {
    start.attributes_raw().contains("preserve")
}
