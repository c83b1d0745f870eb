//! The walk over the document part: which paragraph, cell, row and table each text belongs to.
//!
//! There is no recursion. What is open is a stack of scopes, each tied to the depth of the element that opened it, so that
//! a wrapper between a table and its rows, or a row and its cells (`w:sdt`, `w:customXml`, `w:ins`), changes nothing, and an
//! element in a wrong place is read as if it were not there, its text kept.
//!
//! Not here: what becomes of the text within a paragraph, and of the cells of a finished table.

use luoshi_table::{Container, Diagnostic, Locator, SourceBlock, SourceLine, SourceParagraph};
use quick_xml::events::BytesStart;

use super::findings::{Findings, quoted};
use super::labels::{Labels, Numbered};
use super::names::{Space, Tag};
use super::notes;
use super::paragraph::Paragraph;
use super::parts::{Kind, Parts};
use super::symbols;
use super::table::{Merge, RawCell, RawRow, RawTable};
use super::xml::{Item, Xml, attribute, is_on, number};
use crate::{Cause, ReadError, Revisions, limits};

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
        has_symbol_fonts: memchr::memmem::find(bytes, b"ingdings").is_some()
            || memchr::memmem::find(bytes, b"\"Symbol\"").is_some(),
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
        comments: 0,
        has_body: false,
        paragraphs: 0,
        text_bytes: 0,
    };
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

/// Tracked changes met.
#[derive(Default)]
struct Changes {
    insertions: u32,
    deletions: u32,
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
    /// Whether some run may be set in a symbol font; asked once, because every run has fonts.
    has_symbol_fonts: bool,
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
    comments: u32,
    has_body: bool,
    paragraphs: usize,
    text_bytes: u64,
}

impl Walk<'_, '_, '_> {
    fn run(&mut self) -> Result<(), ReadError> {
        loop {
            match self.xml.next()? {
                Item::Empty(Tag::Other, _) | Item::Start(Tag::Other, _) | Item::End(Tag::Other) => {}
                Item::Start(tag, start) => {
                    self.start(tag, &start, self.xml.depth())?;
                }
                Item::Empty(tag, start) => {
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
        self.report_changes(&outside, Container::Text);
        self.report_notes();
        if self.comments > 0 {
            let comments = Diagnostic::info("comments-ignored", self.file.clone());
            self.findings.add(comments.with("count", self.comments));
        }
        Ok(())
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
            Tag::T => self.paragraph.begin_text(start),
            Tag::DelText if self.revisions == Revisions::Reject => self.paragraph.begin_text(start),
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
        match tag {
            Tag::T | Tag::DelText => self.paragraph.end_text(),
            Tag::P => {
                if !self.paragraph.mark_gone {
                    self.emit()?;
                }
            }
            Tag::TcPr => {
                let cell = self.scopes.last().map(|scope| (scope.depth, &scope.kind));
                if let Some((cell, ScopeKind::Cell { dropped: true, .. })) = cell
                    && cell == self.xml.depth()
                {
                    self.xml.skip_element()?;
                    self.scopes.pop();
                }
            }
            Tag::Tr => self.end_row(depth),
            Tag::Tbl | Tag::Tc | Tag::TxbxContent => {
                if self.scopes.last().is_some_and(|scope| scope.depth == depth) {
                    self.end_scope()?;
                }
            }
            Tag::AlternateContent => self.end_alternative(depth),
            _ => {}
        }
        Ok(())
    }

    // Paragraphs

    fn begin_paragraph(&mut self) -> Result<(), ReadError> {
        // Text that stands in no paragraph, or in one that another interrupts, is a paragraph of its own.
        if !self.paragraph.mark_gone && !self.paragraph.is_empty() {
            self.emit()?;
        }
        self.paragraph.begin();
        Ok(())
    }

    fn paragraph_property(&mut self, tag: Tag, start: &BytesStart<'_>) {
        match tag {
            Tag::PStyle => {
                let Some(id) = attribute(start, "val") else { return };
                if let Some(style) = self.labels.style(&id, self.parts, &mut self.findings) {
                    self.paragraph.hides_runs = style.hidden;
                    self.paragraph.style = style.list.map(|_| id.into_owned());
                }
            }
            Tag::NumId => self.paragraph.list = number(start),
            Tag::Ilvl => self.paragraph.level = number(start),
            _ => {}
        }
    }

    fn run_property(&mut self, tag: Tag, start: &BytesStart<'_>, depth: usize) {
        let of_mark = self.xml.open_at(depth - 2) == Tag::PPr;
        match tag {
            Tag::Vanish | Tag::SpecVanish if of_mark => self.paragraph.mark_hidden = is_on(start),
            Tag::Vanish | Tag::SpecVanish => self.paragraph.run.vanish = Some(is_on(start)),
            Tag::RStyle if !of_mark => {
                let Some(id) = attribute(start, "val") else { return };
                if let Some(style) = self.labels.style(&id, self.parts, &mut self.findings) {
                    self.paragraph.run.style_hides = style.hidden;
                }
            }
            Tag::RFonts if self.has_symbol_fonts && !of_mark => {
                let font = attribute(start, "ascii").filter(|font| symbols::is_symbol_font(font));
                self.paragraph.run.symbol_font = font.map(|font| font.into_owned());
            }
            _ => {}
        }
    }

    /// Puts the paragraph where it belongs.
    fn emit(&mut self) -> Result<(), ReadError> {
        self.report_paragraph();
        self.paragraph.mark_gone = false;
        let boxes = std::mem::take(&mut self.paragraph.boxes);
        if !(self.paragraph.mark_hidden && self.paragraph.text.is_empty()) {
            let auto_number = match (&self.paragraph.style, self.paragraph.list) {
                (None, None) => None,
                _ => self.number(),
            };
            // Copied, not taken: the copy is as long as its text, and the buffer serves the next paragraph.
            let text = self.paragraph.text.as_str().to_owned();
            self.paragraph.text.clear();
            self.put(SourceParagraph { auto_number, text })?;
        }
        for paragraph in boxes {
            self.put(paragraph)?;
        }
        Ok(())
    }

    fn number(&mut self) -> Option<Box<str>> {
        match self.labels.number(&self.paragraph, self.parts, &mut self.findings) {
            Numbered::Unnumbered => None,
            Numbered::Shows(label) => Some(label),
            Numbered::Undefined(list) => {
                self.findings.add(Diagnostic::warning("list-undefined", self.place()).with("list", list));
                None
            }
        }
    }

    fn put(&mut self, paragraph: SourceParagraph) -> Result<(), ReadError> {
        self.paragraphs += 1;
        self.text_bytes += (paragraph.text.len() + paragraph.label().len()) as u64;
        if self.paragraphs > limits::PARAGRAPHS {
            return Err(self.limit("paragraphs", limits::PARAGRAPHS as u64));
        }
        if self.text_bytes > limits::TEXT_BYTES {
            return Err(self.limit("text-bytes", limits::TEXT_BYTES));
        }
        // Between a table's cells there is no place for text; it goes to what the table stands in.
        for scope in self.scopes.iter_mut().rev() {
            match &mut scope.kind {
                ScopeKind::Cell { raw, .. } => {
                    raw.paragraphs.push(paragraph);
                    return Ok(());
                }
                ScopeKind::TextBox { paragraphs, .. } => {
                    paragraphs.push(paragraph);
                    return Ok(());
                }
                ScopeKind::Table { .. } => {}
            }
        }
        self.blocks.push(SourceBlock::Line(SourceLine { paragraph, number: self.lines }));
        self.lines += 1;
        Ok(())
    }

    /// A paragraph whose mark is gone has nothing to run on into at the end of a cell or before a table.
    fn end_story(&mut self) -> Result<(), ReadError> {
        if !self.paragraph.is_empty() {
            self.emit()?;
        }
        self.paragraph.begin();
        Ok(())
    }

    /// Reports what the paragraph held that its text does not show, once for each kind.
    fn report_paragraph(&mut self) {
        if self.paragraph.close_fields() {
            self.findings.add(Diagnostic::warning("field-unclosed", self.place()));
        }
        let told =
            |list: &mut Vec<String>, between| (!list.is_empty()).then(|| std::mem::take(list).join(between));
        let hidden = std::mem::take(&mut self.paragraph.hidden);
        if !hidden.is_empty() {
            self.findings.add(Diagnostic::warning("hidden-text", self.place()).with("text", hidden));
        }
        if let Some(text) = told(&mut self.paragraph.ruby, " ") {
            self.findings.add(Diagnostic::info("ruby-text", self.place()).with("text", text));
        }
        if let Some(symbols) = told(&mut self.paragraph.unknown_symbols, ", ") {
            self.findings.add(Diagnostic::warning("symbol-unknown", self.place()).with("symbols", symbols));
        }
        if let Some(fields) = told(&mut self.paragraph.resultless, "; ") {
            self.findings.add(Diagnostic::info("field-without-result", self.place()).with("field", fields));
        }
    }

    // Tables

    fn begin_table(&mut self, depth: usize) -> Result<(), ReadError> {
        self.end_story()?;
        let nested = !self.scopes.is_empty();
        let kind = ScopeKind::Table { raw: RawTable::default(), row: None, nested };
        self.scopes.push(Scope { depth, kind });
        Ok(())
    }

    fn grid_column(&mut self) {
        if let Some(Scope { kind: ScopeKind::Table { raw, .. }, .. }) = self.scopes.last_mut() {
            raw.columns = raw.columns.saturating_add(1);
        }
    }

    fn open_row(&mut self) -> Option<&mut RawRow> {
        match &mut self.scopes.last_mut()?.kind {
            ScopeKind::Table { row: Some((_, row)), .. } => Some(row),
            _ => None,
        }
    }

    fn begin_row(&mut self, depth: usize) {
        if let Some(Scope { kind: ScopeKind::Table { row, .. }, .. }) = self.scopes.last_mut() {
            // A row within a row is no row; its cells belong to the outer one.
            row.get_or_insert_with(|| (depth, RawRow::default()));
        }
    }

    fn end_row(&mut self, depth: usize) {
        if let Some(Scope { kind: ScopeKind::Table { raw, row, .. }, .. }) = self.scopes.last_mut()
            && let Some((_, finished)) = row.take_if(|(opened, _)| *opened == depth)
            && !finished.dropped
        {
            raw.rows.push(finished);
        }
    }

    fn row_property(&mut self, tag: Tag, start: &BytesStart<'_>) {
        let before =
            || number(start).and_then(|before| u32::try_from(before).ok()).filter(|&n| n < limits::COLUMNS);
        let Some(row) = self.open_row() else { return };
        match tag {
            Tag::TblHeader => row.facts.repeats = is_on(start),
            Tag::Hidden => row.facts.hidden = is_on(start),
            Tag::GridBefore => match before() {
                Some(before) => row.next = before,
                None => self.invalid_span(start),
            },
            _ => {}
        }
    }

    fn begin_cell(&mut self, depth: usize) -> Result<Flow, ReadError> {
        let Some(row) = self.open_row() else { return Ok(Flow::Enter) };
        let (column, dropped) = (row.next, row.dropped);
        if dropped {
            return self.pass(depth);
        }
        if column >= limits::COLUMNS {
            return Err(self.limit("columns", limits::COLUMNS.into()));
        }
        let raw = RawCell { column, span: 1, ..RawCell::default() };
        self.scopes.push(Scope { depth, kind: ScopeKind::Cell { raw, dropped: false } });
        Ok(Flow::Enter)
    }

    fn cell_property(&mut self, tag: Tag, start: &BytesStart<'_>) {
        let accept = self.revisions == Revisions::Accept;
        let Some(Scope { kind: ScopeKind::Cell { raw, dropped }, .. }) = self.scopes.last_mut() else {
            return;
        };
        match tag {
            Tag::GridSpan => match number(start).and_then(|span| u32::try_from(span).ok()) {
                Some(span @ 1..=limits::COLUMNS) => raw.span = span,
                _ => self.invalid_span(start),
            },
            Tag::VMerge => raw.vertical = merge(attribute(start, "val").as_deref()),
            Tag::HMerge => raw.horizontal = merge(attribute(start, "val").as_deref()),
            Tag::CellIns => {
                *dropped |= !accept;
                self.changes().insertions += 1;
            }
            Tag::CellDel => {
                *dropped |= accept;
                self.changes().deletions += 1;
            }
            Tag::CellMerge => {
                let merged = attribute(start, if accept { "vMerge" } else { "vMergeOrig" });
                raw.vertical = match merged.as_deref() {
                    Some("rest") => Merge::Restart,
                    Some("cont") => Merge::Continue,
                    _ => Merge::None,
                };
                self.changes().insertions += 1;
            }
            _ => {}
        }
    }

    fn invalid_span(&mut self, start: &BytesStart<'_>) {
        let value = attribute(start, "val").unwrap_or_default();
        let finding = Diagnostic::warning("cell-span-invalid", self.place());
        self.findings.add(finding.with("value", quoted(&value)));
    }

    /// Ends the innermost scope and hands its content on.
    fn end_scope(&mut self) -> Result<(), ReadError> {
        self.end_story()?;
        let Some(scope) = self.scopes.pop() else { return Ok(()) };
        match scope.kind {
            ScopeKind::Cell { raw, .. } => {
                if let Some(row) = self.open_row() {
                    row.next = raw.column.saturating_add(raw.span);
                    row.cells.push(raw);
                }
            }
            ScopeKind::TextBox { host, paragraphs } => {
                self.paragraph = *host;
                self.end_text_box(paragraphs);
            }
            ScopeKind::Table { raw, nested: false, .. } => self.end_table(raw)?,
            ScopeKind::Table { raw, .. } => {
                let place = self.place();
                self.findings.add(Diagnostic::warning("nested-table", place).with("rows", raw.rows.len()));
                for paragraph in raw.into_text() {
                    self.put(paragraph)?;
                }
            }
        }
        Ok(())
    }

    /// A table without rows, or with none left by the policy for tracked changes, is none and is not counted.
    fn end_table(&mut self, raw: RawTable) -> Result<(), ReadError> {
        let changes = std::mem::take(&mut self.inside);
        if raw.rows.is_empty() {
            self.outside.insertions += changes.insertions;
            self.outside.deletions += changes.deletions;
            return Ok(());
        }
        self.tables += 1;
        let container = Container::Table(self.tables);
        self.report_changes(&changes, container.clone());
        let place = Locator { container: Some(container.clone()), ..self.file.clone() };
        self.blocks.push(SourceBlock::Table(raw.build(container, &place, &mut self.findings)?));
        Ok(())
    }

    // Text boxes

    fn begin_text_box(&mut self, depth: usize) {
        let host = Box::new(std::mem::take(&mut self.paragraph));
        self.scopes.push(Scope { depth, kind: ScopeKind::TextBox { host, paragraphs: Vec::new() } });
    }

    fn end_text_box(&mut self, mut paragraphs: Vec<SourceParagraph>) {
        paragraphs.retain(|paragraph| !paragraph.is_blank());
        if paragraphs.is_empty() {
            return;
        }
        let texts: Vec<&str> = paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect();
        let text = quoted(&texts.join("\n"));
        self.findings.add(Diagnostic::info("text-box", self.place()).with("text", text));
        self.paragraph.boxes.append(&mut paragraphs);
    }

    // Tracked changes

    /// The same element stands for a changed run, paragraph mark or row, by where it stands.
    fn change(&mut self, tag: Tag, parent: Tag, depth: usize) -> Result<Flow, ReadError> {
        if parent == Tag::NumPr {
            return self.pass(depth);
        }
        let inserts = matches!(tag, Tag::Ins | Tag::MoveTo);
        let changes = self.changes();
        let count = if inserts { &mut changes.insertions } else { &mut changes.deletions };
        *count += 1;
        let gone = inserts == (self.revisions == Revisions::Reject);
        match parent {
            Tag::RPr => {
                let of_mark = self.xml.open_at(depth - 2) == Tag::PPr;
                self.paragraph.mark_gone |= gone && of_mark;
            }
            Tag::TrPr => {
                if let Some(row) = self.open_row() {
                    row.dropped |= gone;
                }
            }
            _ if gone => return self.pass(depth),
            _ => {}
        }
        Ok(Flow::Enter)
    }

    /// Where changes are counted now.
    fn changes(&mut self) -> &mut Changes {
        match self.scopes.first() {
            Some(Scope { kind: ScopeKind::Table { .. }, .. }) => &mut self.inside,
            _ => &mut self.outside,
        }
    }

    fn report_changes(&mut self, changes: &Changes, container: Container) {
        if changes.insertions + changes.deletions == 0 {
            return;
        }
        let code = match self.revisions {
            Revisions::Accept => "tracked-changes-accepted",
            Revisions::Reject => "tracked-changes-rejected",
        };
        let place = Locator { container: Some(container), ..self.file.clone() };
        let finding = Diagnostic::warning(code, place);
        self.findings
            .add(finding.with("insertions", changes.insertions).with("deletions", changes.deletions));
    }

    // What is not the document's own text

    /// A reading stands over the text, not in it.
    fn reading(&mut self, depth: usize) -> Result<Flow, ReadError> {
        let text = self.pass_for_text(depth)?;
        if !text.is_empty() {
            self.paragraph.ruby.push(text);
        }
        Ok(Flow::Passed)
    }

    fn note(&mut self, kind: Kind, start: &BytesStart<'_>) {
        if let Some(id) = attribute(start, "id") {
            let place = self.place();
            self.notes.push(NoteReference { kind, id: id.into_owned(), place });
        }
    }

    /// Each note is told once, at its first reference.
    fn report_notes(&mut self) {
        let references = std::mem::take(&mut self.notes);
        for kind in [Kind::Footnotes, Kind::Endnotes] {
            let mut wanted = references.iter().filter(|reference| reference.kind == kind).peekable();
            if wanted.peek().is_none() {
                continue;
            }
            let texts = self.parts.related(kind).and_then(|(bytes, place)| {
                notes::read(&bytes, place).map_err(|error| super::parts::unreadable(&error))
            });
            let mut texts = match texts {
                Ok(texts) => texts,
                Err(finding) => {
                    self.findings.add(finding);
                    continue;
                }
            };
            for reference in wanted {
                if let Some(text) = texts.remove(&reference.id).filter(|text| !text.is_empty()) {
                    let note = Diagnostic::warning("note-text", reference.place.clone());
                    self.findings.add(note.with("kind", kind.name()).with("text", text));
                }
            }
        }
    }

    // Alternatives

    fn alternative(&mut self, tag: Tag, start: &BytesStart<'_>, depth: usize) -> Result<Flow, ReadError> {
        if tag == Tag::AlternateContent {
            self.alternatives.push(Alternative { depth, taken: false, passed_over: String::new() });
            return Ok(Flow::Enter);
        }
        let is_known = tag == Tag::Fallback || {
            let requires = attribute(start, "Requires").unwrap_or_default();
            requires.split_whitespace().all(|prefix| self.xml.space(prefix) != Space::Other)
        };
        let Some(open) = self.alternatives.last_mut().filter(|open| open.depth + 1 == depth) else {
            return Ok(Flow::Enter);
        };
        if open.taken {
            return self.pass(depth);
        }
        open.taken = is_known;
        if is_known {
            return Ok(Flow::Enter);
        }
        let text = self.pass_for_text(depth)?;
        if let Some(open) = self.alternatives.last_mut() {
            open.passed_over.push_str(&text);
        }
        Ok(Flow::Passed)
    }

    fn end_alternative(&mut self, depth: usize) {
        let Some(open) = self.alternatives.pop_if(|open| open.depth == depth) else { return };
        if !open.taken && !open.passed_over.is_empty() {
            let finding = Diagnostic::warning("alternate-content-skipped", self.place());
            self.findings.add(finding.with("text", open.passed_over));
        }
    }

    // Places

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

    fn limit(&self, what: &'static str, limit: u64) -> ReadError {
        ReadError::at(Cause::Limit { what, limit }, self.place())
    }
}

/// A merge by its value; without one it continues (§17.4.84).
fn merge(value: Option<&str>) -> Merge {
    match value {
        Some("restart") => Merge::Restart,
        _ => Merge::Continue,
    }
}
