//! The walk over the text: which paragraph, cell, row and table each character belongs to.
//!
//! There is no recursion. What is open is a stack of tables, as deep as the paragraph says that it stands; a text box is read
//! with a stack of its own.
//!
//! Not here: what becomes of a paragraph's characters, and of the cells of a finished table.

mod aside;
mod runs;
mod tables;

use std::collections::BTreeSet;
use std::ops::Range;

use luoshi_table::{Container, Diagnostic, Locator, SourceBlock, SourceLine, SourceParagraph};

use self::aside::{Aside, Bookmarks};
use self::tables::OpenTable;
use super::fib::{Fib, Plc, Story, Structure};
use super::paragraph::Paragraph;
use super::properties::{Chp, Pap, Properties};
use super::shapes::Shapes;
use super::streams::{Streams, place};
use super::styles::Styles;
use super::text::Text;
use super::{lists, names};
use crate::formats::word::changes::Changes;
use crate::formats::word::findings::Findings;
use crate::formats::word::kept::Kept;
use crate::formats::word::numbering::Numbering;
use crate::{Cause, ReadError, Revisions, limits};

// Characters that end a paragraph (§2.4.2).
const PARAGRAPH_MARK: u16 = 0x0D;
const CELL_MARK: u16 = 0x07;
/// Ends a section and its last paragraph; elsewhere it is a page break.
const SECTION_MARK: u16 = 0x0C;

/// Reads the text into blocks.
///
/// # Errors
/// Where the document is damaged or passes a limit.
pub(super) fn read(
    streams: &Streams,
    fib: &Fib,
    text: &Text,
    file: Locator,
    revisions: Revisions,
) -> Result<(Vec<SourceBlock>, Findings), ReadError> {
    let failed = |cause| ReadError::at(cause, file.clone());
    let mut findings = Findings::default();
    let table = |structure| streams.table.get(fib.range(structure));
    let mut side = |what: &str, detail: &str| {
        let finding = Diagnostic::warning("side-part-unreadable", place(&file, fib.table_stream));
        findings.add(finding.with("detail", format!("{what}: {detail}")));
    };
    let styles = table(Structure::Stylesheet).and_then(Styles::read).unwrap_or_else(|| {
        side("styles", "cut or damaged");
        Styles::default()
    });
    let fonts = names::fonts(table(Structure::Fonts).unwrap_or_default());
    let uses = table(Structure::ListOverrides);
    let definitions =
        uses.and_then(|uses| lists::read(&streams.table, fib.range(Structure::Lists).start, uses, &fonts));
    let definitions = definitions.unwrap_or_else(|| {
        side("lists", "cut or damaged");
        Default::default()
    });
    let story = fib.story(Story::Main);
    if story.end > text.length() {
        return Err(failed(Cause::Damaged { detail: "the text is shorter than the file says".to_owned() }));
    }
    let sections = Plc::new(table(Structure::Sections).unwrap_or_default(), 12);
    let mut walk = Walk {
        streams,
        text,
        properties: Properties::read(streams, fib, text, styles).map_err(failed)?,
        numbering: Numbering::new(definitions, place(&file, fib.table_stream)),
        undefined: BTreeSet::new(),
        fonts,
        sections: sections.iter().map(|(range, _)| range.end).collect(),
        shapes: Shapes::read(streams, fib),
        aside: Aside::read(streams, fib),
        bookmarks: Bookmarks::read(streams, fib),
        file,
        revisions,
        findings,
        blocks: Vec::new(),
        lines: 0,
        tables: 0,
        open: Vec::new(),
        boxed: None,
        paragraph: Paragraph::default(),
        carried: Pap::default(),
        inside: Changes::default(),
        outside: Changes::default(),
        pictured: None,
        comments: 0,
        pending: Vec::new(),
        kept: Kept::default(),
    };
    walk.run(story)?;
    Ok((walk.blocks, walk.findings))
}

/// A text box that is being read: what it stands in, and what was read of it.
struct Boxed {
    host: Locator,
    paragraphs: Vec<SourceParagraph>,
}

struct Walk<'a> {
    streams: &'a Streams,
    text: &'a Text,
    properties: Properties<'a>,
    numbering: Numbering,
    /// Lists that paragraphs name and that are not defined, each reported once.
    undefined: BTreeSet<i64>,
    fonts: Vec<String>,
    /// The positions behind the ends of sections.
    sections: BTreeSet<u32>,
    shapes: Shapes,
    aside: Aside,
    bookmarks: Bookmarks,
    file: Locator,
    revisions: Revisions,
    findings: Findings,
    blocks: Vec<SourceBlock>,
    lines: u32,
    tables: u32,
    /// The tables that are open, the outermost first.
    open: Vec<OpenTable>,
    boxed: Option<Boxed>,
    paragraph: Paragraph,
    /// The properties of the paragraph whose text runs on into the next one.
    carried: Pap,
    /// Changes of the table that is open, and of the text outside tables.
    inside: Changes,
    outside: Changes,
    /// Where a picture was told last.
    pictured: Option<Locator>,
    comments: u32,
    /// Findings in the open table. Which column a cell stands in is known when all rows are; until then it is the number of
    /// the cell.
    pending: Vec<Diagnostic>,
    /// Paragraphs, cells and rows so far.
    kept: Kept,
}

impl Walk<'_> {
    fn run(&mut self, story: Range<u32>) -> Result<(), ReadError> {
        self.story(story)?;
        self.leave_tables(0)?;
        for range in self.shapes.take_rest() {
            self.text_box(range)?;
            for paragraph in std::mem::take(&mut self.paragraph.boxes) {
                self.put(paragraph)?;
            }
        }
        let outside = std::mem::take(&mut self.outside);
        let place = Locator { container: Some(Container::Text), ..self.file.clone() };
        outside.report(self.revisions, place, &mut self.findings);
        if self.comments > 0 {
            let comments = Diagnostic::info("comments-ignored", self.file.clone());
            self.findings.add(comments.with("count", self.comments));
        }
        for unknown in self.numbering.take_unknown_formats() {
            self.findings.add(unknown);
        }
        Ok(())
    }

    /// Reads the paragraphs at these positions.
    fn story(&mut self, positions: Range<u32>) -> Result<(), ReadError> {
        let mut start = positions.start;
        while start < positions.end {
            let mark = self.mark(start..positions.end);
            let end = mark.saturating_add(1).min(positions.end);
            self.read_paragraph(start, mark, end)?;
            start = end;
        }
        if !self.paragraph.is_empty() {
            let pap = self.carried.clone();
            self.emit(&pap, false)?;
        }
        Ok(())
    }

    /// The position of the mark that ends the first paragraph here; behind the last position where there is none.
    fn mark(&self, positions: Range<u32>) -> u32 {
        let units = self.text.units(positions.clone());
        let is_mark = |position: u32, unit: u16| match unit {
            PARAGRAPH_MARK | CELL_MARK => true,
            SECTION_MARK => {
                self.sections.contains(&(position + 1)) || self.properties.ends_paragraph(position)
            }
            _ => false,
        };
        let mut marks = positions.clone().zip(units).filter(|&(position, &unit)| is_mark(position, unit));
        marks.next().map_or(positions.end, |(position, _)| position)
    }

    /// A paragraph: its characters, and what its mark ends.
    fn read_paragraph(&mut self, start: u32, mark: u32, end: u32) -> Result<(), ReadError> {
        let last = end.saturating_sub(1);
        let pap = self.properties.paragraph(last).map_err(|cause| self.failed(cause))?;
        let depth = pap.depth();
        if depth != self.open.len() && !self.paragraph.is_empty() {
            // Text whose mark is gone has nothing to run on into at the end of a table or before one.
            let carried = self.carried.clone();
            self.emit(&carried, false)?;
        }
        self.enter_tables(depth)?;
        self.mark_bookmarks(start..end);
        self.read_runs(start..mark, pap.istd)?;
        let chp = self.characters(last, pap.istd)?.0;
        self.count_mark(&chp);
        let unit = self.text.units(mark..end).first().copied();
        let ends_cell = match unit {
            Some(CELL_MARK) => depth > 0,
            Some(PARAGRAPH_MARK) => depth > 1 && pap.ends_inner_cell,
            _ => false,
        };
        if (depth == 1 && pap.ends_row) || (depth > 1 && pap.ends_inner_row) {
            if !self.paragraph.is_empty() {
                self.emit(&pap, false)?;
            }
            return self.end_row(last, self.is_gone(&chp));
        }
        if self.is_gone(&chp) && !ends_cell {
            self.carried = pap;
            return Ok(());
        }
        self.emit(&pap, chp.looks.hidden)?;
        if ends_cell { self.end_cell() } else { Ok(()) }
    }

    /// Puts the paragraph where it belongs. One whose mark is hidden and that has no other text is not there to see.
    fn emit(&mut self, pap: &Pap, is_mark_hidden: bool) -> Result<(), ReadError> {
        self.report_paragraph();
        let boxes = std::mem::take(&mut self.paragraph.boxes);
        let text = std::mem::take(&mut self.paragraph).text;
        if !(is_mark_hidden && text.is_empty()) {
            let auto_number = self.number(pap, !text.is_empty());
            self.put(SourceParagraph { auto_number, text })?;
        }
        for paragraph in boxes {
            self.put(paragraph)?;
        }
        Ok(())
    }

    /// The number of a paragraph, with the space that follows it where there is text. Each call counts.
    fn number(&mut self, pap: &Pap, has_text: bool) -> Option<Box<str>> {
        let style = self.properties.styles.get(pap.istd);
        // A negative number is a list whose indents are not used; 0 and -2047 are none (§2.6.2).
        let list = match pap.ilfo.or(style.and_then(|style| style.ilfo)) {
            None | Some(0 | -2047) => return None,
            Some(ilfo) => i64::from(ilfo.unsigned_abs()),
        };
        if !self.numbering.has(list) {
            if self.undefined.insert(list) {
                self.tell(|place| Diagnostic::warning("list-undefined", place).with("list", list));
            }
            return None;
        }
        let of_style = style.filter(|_| pap.ilfo.is_none());
        let level = pap.ilvl.map(i64::from);
        let level = level.or_else(|| self.numbering.level_of_style(list, &of_style?.chain));
        let level = level.or_else(|| style?.ilvl.map(i64::from));
        let mut label = self.numbering.count(list, level.unwrap_or(0))?;
        if has_text {
            label.text.push_str(label.suffix);
        }
        Some(label.text.into())
    }

    fn put(&mut self, paragraph: SourceParagraph) -> Result<(), ReadError> {
        self.kept.paragraph(&paragraph).map_err(|limit| self.failed(limit.exceeded()))?;
        if let Some(table) = self.open.last_mut() {
            table.put(paragraph);
        } else if let Some(boxed) = &mut self.boxed {
            boxed.paragraphs.push(paragraph);
        } else {
            self.blocks.push(SourceBlock::Line(SourceLine { paragraph, number: self.lines }));
            self.lines += 1;
        }
        Ok(())
    }

    fn characters(&mut self, position: u32, istd: u16) -> Result<(Chp, u32), ReadError> {
        self.properties.characters(position, istd).map_err(|cause| self.failed(cause))
    }

    /// The cell, row or line that is being read. The column is the number of the cell.
    fn place(&self) -> Locator {
        if let Some(boxed) = &self.boxed {
            return boxed.host.clone();
        }
        match self.open.first() {
            None => Locator { container: Some(Container::Text), ..self.file.clone() }.row(self.lines),
            Some(table) => {
                let place =
                    Locator { container: Some(Container::Table(self.tables + 1)), ..self.file.clone() };
                let (row, cell) = table.position();
                place.cell(row, cell)
            }
        }
    }

    /// Adds a finding at the place that is being read.
    fn tell(&mut self, finding: impl FnOnce(Locator) -> Diagnostic) {
        let finding = finding(self.place());
        let in_table = finding.place.as_ref().is_some_and(|place| place.column.is_some());
        if !in_table {
            self.findings.add(finding);
        } else if self.pending.len() < limits::FINDINGS.size() {
            self.pending.push(finding);
        } else {
            self.findings.pass_over();
        }
    }

    fn count_pieces(&mut self, more: usize) -> Result<(), ReadError> {
        self.kept.pieces(more).map_err(|limit| self.failed(limit.exceeded()))
    }

    fn failed(&self, cause: Cause) -> ReadError {
        ReadError::at(cause, self.place())
    }
}
