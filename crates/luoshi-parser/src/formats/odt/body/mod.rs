//! The walk over the content: which paragraph, cell, row and table each text belongs to.
//!
//! There is no recursion. What is open is a stack of scopes, each tied to the depth of the element that opened it, so that
//! an element that is not known changes nothing, and one in a wrong place is read as if it were not there, its text kept.
//!
//! Not here: what becomes of the text within a paragraph, and of the cells of a finished table.

mod aside;
mod fields;
mod lists;
mod paragraphs;
mod revisions;
mod tables;

use luoshi_table::{Container, Diagnostic, Locator, SourceBlock, SourceParagraph};
use quick_xml::events::BytesStart;

use super::lists::Lists;
use super::names::Tag;
use super::paragraph::Paragraph;
use super::styles::{Reading, Styles};
use super::xml::{Item, Xml};
use crate::formats::word::findings::Findings;
use crate::formats::word::kept::Kept;
use crate::{ReadError, Revisions, limits};
use fields::Control;
use lists::OpenLists;
use revisions::Tracked;
use tables::{OpenCell, Table};

/// Reads the content into blocks. The styles are the common ones; those of the content are added.
///
/// # Errors
/// Where the content is damaged or passes a limit.
pub(super) fn read(
    bytes: &[u8],
    place: &Locator,
    styles: Styles,
    revisions: Revisions,
    findings: &mut Findings,
) -> Result<Vec<SourceBlock>, ReadError> {
    let mut walk = Walk {
        bytes,
        xml: Xml::new(bytes, place.clone()),
        file: Locator { container: None, ..place.clone() },
        part: place.clone(),
        styles: Reading::with(styles),
        findings,
        blocks: Vec::new(),
        lines: 0,
        tables: 0,
        scopes: Vec::new(),
        paragraph: Paragraph::default(),
        lists: Lists::default(),
        open_lists: OpenLists::default(),
        undefined_lists: Default::default(),
        changes: Tracked::new(revisions),
        control: Control::default(),
        hidden_sections: Vec::new(),
        pictured: None,
        comments: 0,
        body: None,
        has_body: false,
        kept: Kept::default(),
    };
    walk.run()?;
    Ok(walk.blocks)
}

/// Something open that paragraphs or cells go into.
struct Scope {
    /// Depth of the element that opened it.
    depth: usize,
    kind: ScopeKind,
    /// The lists around it, which those in it are no part of.
    lists: OpenLists,
}

enum ScopeKind {
    Table(Box<Table>),
    Cell(OpenCell),
    /// A text box or shape, with the paragraph that it is anchored in.
    TextBox {
        host: Box<Paragraph>,
        paragraphs: Vec<SourceParagraph>,
    },
}

struct Walk<'x, 'f> {
    bytes: &'x [u8],
    xml: Xml<'x>,
    file: Locator,
    part: Locator,
    styles: Reading,
    findings: &'f mut Findings,
    blocks: Vec<SourceBlock>,
    lines: u32,
    tables: u32,
    scopes: Vec<Scope>,
    paragraph: Paragraph,
    lists: Lists,
    open_lists: OpenLists,
    undefined_lists: std::collections::BTreeSet<String>,
    changes: Tracked<'x>,
    control: Control,
    /// Depths of the open sections that are not shown.
    hidden_sections: Vec<usize>,
    /// Where a picture was told last.
    pictured: Option<Locator>,
    comments: u32,
    /// Depth of the open body.
    body: Option<usize>,
    has_body: bool,
    /// Paragraphs, cells and rows so far.
    kept: Kept,
}

impl<'x> Walk<'x, '_> {
    fn run(&mut self) -> Result<(), ReadError> {
        loop {
            match self.xml.next()? {
                Item::Start(tag, start) if self.body.is_some() => {
                    self.start(tag, &start, self.xml.depth())?
                }
                Item::Start(tag, start) => self.start_outside(tag, &start)?,
                Item::End(tag) if self.body.is_some() => self.end(tag, self.xml.depth() + 1)?,
                Item::End(tag) => self.styles.end(tag, &self.part)?,
                Item::Text(text) if self.body.is_some() => self.text(&text)?,
                Item::Text(_) => {}
                Item::EndOfPiece => self.end_piece(),
                Item::Eof => break,
            }
        }
        if !self.has_body {
            return Err(self.xml.damaged("no office:text"));
        }
        let outside = self.changes.take_outside();
        let place = Locator { container: Some(Container::Text), ..self.file.clone() };
        outside.report(self.changes.revisions(), place, self.findings);
        if self.comments > 0 {
            let comments = Diagnostic::info("comments-ignored", self.file.clone());
            self.findings.add(comments.with("count", self.comments));
        }
        Ok(())
    }

    /// Styles, and what stands beside the content in a document of one piece.
    fn start_outside(&mut self, tag: Tag, start: &BytesStart<'_>) -> Result<(), ReadError> {
        match tag {
            Tag::Body => {
                self.body = Some(self.xml.depth());
                self.has_body = true;
            }
            Tag::MasterStyles | Tag::Inert => self.xml.skip_element()?,
            _ => self.styles.start(tag, start),
        }
        Ok(())
    }

    /// `depth` is the element's own.
    fn start(&mut self, tag: Tag, start: &BytesStart<'x>, depth: usize) -> Result<(), ReadError> {
        match tag {
            Tag::P | Tag::H => self.begin_paragraph(tag, start)?,
            Tag::Span => self.begin_span(start, depth),
            Tag::Space => self.spaces(start),
            Tag::Tab => self.character('\t'),
            Tag::LineBreak => self.character('\n'),
            Tag::Inert => self.xml.skip_element()?,
            Tag::Table => self.begin_table(start, depth)?,
            Tag::Column => self.column(start),
            Tag::HeaderRows => self.header_rows(true),
            Tag::Row => self.begin_row(start, depth),
            Tag::Cell => self.begin_cell(start, depth)?,
            Tag::CoveredCell => self.begin_covered_cell(start, depth)?,
            Tag::List => self.begin_list(start, depth)?,
            Tag::ListItem | Tag::ListHeader => self.begin_item(tag, start, depth),
            Tag::NumberedParagraph => self.begin_numbered_paragraph(start, depth)?,
            Tag::Number => self.shown_number()?,
            Tag::RubyText => self.reading()?,
            Tag::Note => self.note(start)?,
            Tag::Annotation => self.comment()?,
            Tag::Bookmark => self.bookmark(start),
            Tag::HiddenText => self.hidden_text(start, depth)?,
            Tag::HiddenParagraph | Tag::Field | Tag::Placeholder | Tag::ContentControl => {
                self.begin_field(tag, start, depth);
            }
            Tag::FieldMark | Tag::FieldParameter => self.field_mark(tag, start),
            Tag::FieldMarkStart => self.paragraph.begin_code(),
            Tag::FieldMarkSeparator => self.paragraph.end_code(),
            Tag::FieldMarkEnd => self.paragraph.end_field(),
            Tag::Section => self.begin_section(start, depth),
            Tag::TextBox | Tag::Shape => self.begin_text_box(depth),
            Tag::Picture => self.picture()?,
            Tag::Forms => self.forms()?,
            Tag::TrackedChanges => self.tracked_changes()?,
            Tag::Change => self.change(start),
            Tag::ChangeStart => self.begin_change(start),
            Tag::ChangeEnd => self.end_change(start),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, tag: Tag, depth: usize) -> Result<(), ReadError> {
        match tag {
            Tag::P | Tag::H => self.end_paragraph()?,
            Tag::HeaderRows => self.header_rows(false),
            Tag::Row => self.end_row(depth)?,
            Tag::Section => {
                self.hidden_sections.pop_if(|opened| *opened == depth);
            }
            Tag::List | Tag::ListItem | Tag::ListHeader | Tag::NumberedParagraph => {
                self.open_lists.close(depth)
            }
            Tag::FieldMark => self.end_field_mark(),
            Tag::Table | Tag::Cell | Tag::CoveredCell | Tag::TextBox | Tag::Shape
                if self.scopes.last().is_some_and(|scope| scope.depth == depth) =>
            {
                self.end_scope()?;
            }
            Tag::Body if self.body == Some(depth) => {
                self.end_story()?;
                self.body = None;
            }
            _ => {}
        }
        self.paragraph.leave(depth);
        Ok(())
    }

    /// The cell, row or line that is being read.
    fn place(&self) -> Locator {
        let mut scopes = self.scopes.iter().skip_while(|scope| !matches!(scope.kind, ScopeKind::Table(_)));
        let Some(Scope { kind: ScopeKind::Table(table), .. }) = scopes.next() else {
            return Locator { container: Some(Container::Text), ..self.file.clone() }.row(self.lines);
        };
        let place = Locator { container: Some(Container::Table(self.tables + 1)), ..self.file.clone() };
        let row = u32::try_from(table.raw.rows.len()).unwrap_or(u32::MAX - 1);
        match scopes.next() {
            Some(Scope { kind: ScopeKind::Cell(cell), .. }) => place.cell(row, cell.raw.column),
            _ => place.row(row),
        }
    }

    fn count_pieces(&mut self, more: usize) -> Result<(), ReadError> {
        self.kept.pieces(more).map_err(|limit| self.exceeded(limit))
    }

    fn exceeded(&self, limit: &limits::Limit) -> ReadError {
        ReadError::at(limit.exceeded(), self.place())
    }
}
