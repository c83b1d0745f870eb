//! Where in the document part each character of each cell stands: what a reader shows, and the bytes behind it.
//!
//! Rows and columns count as the reader of documents counts them: rows that are deleted in tracked changes are none, a cell begins
//! in the column of the grid behind those before it. Text that isn't read (hidden, deleted, in a text box, in a fallback) is none here.
//! Not here: what is put in.

use std::collections::HashMap;
use std::ops::Range;

use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;

use crate::package::{PatchError, attribute};

/// A cell by table, row and column, from 1; the text outside all tables has none.
pub(super) type CellAt = Option<(u32, u32, u32)>;

/// The texts of a document part.
#[derive(Default)]
pub(super) struct Texts {
    pub(super) cells: Vec<CellText>,
    places: HashMap<CellAt, usize>,
    pub(super) runs: Vec<Run>,
    pub(super) pieces: Vec<Piece>,
    /// The paragraphs outside text boxes, in the order of the part.
    pub(super) paragraphs: Vec<Paragraph>,
    /// The bytes of the outermost tables.
    pub(super) tables: Vec<Range<usize>>,
    /// The namespace of the part, transitional or strict.
    pub(super) namespace: String,
}

/// The text of a cell.
#[derive(Default)]
pub(super) struct CellText {
    /// What it shows: a line feed behind each paragraph.
    pub(super) text: String,
    /// For each character of it.
    pub(super) chars: Vec<Char>,
    /// Where something may be put into its first paragraph, and whether that must be opened first: `<w:p/>`.
    pub(super) first: Option<(Range<usize>, bool)>,
}

/// A character: its bytes in [`CellText::text`] begin at `at`, its bytes in the part are `span`.
#[derive(Clone, Debug)]
pub(super) struct Char {
    pub(super) at: usize,
    pub(super) span: Range<usize>,
    /// Which piece it is of; none for the end of a paragraph.
    pub(super) piece: Option<usize>,
}

/// A paragraph.
pub(super) struct Paragraph {
    /// Its bytes, tags and all.
    pub(super) span: Range<usize>,
    /// The bytes of its properties.
    pub(super) properties: Range<usize>,
    /// Which of [`Texts::cells`] it is in.
    pub(super) cell: usize,
    /// Its characters there.
    pub(super) chars: Range<usize>,
    /// Whether it stands in a table.
    pub(super) in_table: bool,
}

/// A run.
pub(super) struct Run {
    /// Its bytes, tags and all.
    pub(super) span: Range<usize>,
    /// The bytes of its properties.
    pub(super) properties: Range<usize>,
    /// What stands before the names of its elements, `w:` as a rule.
    pub(super) prefix: String,
}

/// A text, break or tab of a run.
pub(super) struct Piece {
    pub(super) run: usize,
    /// Where its tag begins.
    pub(super) tag: usize,
    /// Whether it is a text, and not its end tag alone: then it can be parted.
    pub(super) is_text: bool,
    /// Whether space at its ends counts.
    pub(super) keeps_space: bool,
}

impl Texts {
    /// The text of a cell.
    pub(super) fn cell(&self, at: CellAt) -> Option<&CellText> {
        self.places.get(&at).map(|&cell| &self.cells[cell])
    }
}

pub(super) const NAMESPACES: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];

/// Reads the document part.
pub(super) fn read(xml: &str, part: &str) -> Result<Texts, PatchError> {
    let mut reader = NsReader::from_str(xml);
    let mut walk = Walk::default();
    let mut from = 0;
    loop {
        let (space, event) = reader.read_resolved_event().map_err(|error| PatchError::part(part, error))?;
        let own = match space {
            ResolveResult::Bound(space) => NAMESPACES.iter().position(|known| *known == space.0),
            _ => None,
        };
        if let (Some(own), true) = (own, walk.texts.namespace.is_empty()) {
            NAMESPACES[own].clone_into(&mut walk.texts.namespace);
        }
        let to = reader.buffer_position() as usize;
        match event {
            Event::Start(start) => walk.start(own.is_some(), &start, from..to),
            Event::Empty(start) => {
                walk.start(own.is_some(), &start, from..to);
                if walk.first_open == Some(walk.depth) {
                    walk.open_tag(from..to);
                }
                walk.end(from..to);
            }
            Event::End(_) => walk.end(from..to),
            Event::Text(text) => walk.text(&text, from),
            Event::CData(text) => walk.text(&text, from + "<![CDATA[".len()),
            Event::GeneralRef(_) => walk.reference(&xml[from..to], from..to),
            Event::Eof => break,
            _ => {}
        }
        from = to;
    }
    Ok(walk.texts)
}

#[derive(Default)]
struct Walk {
    texts: Texts,
    /// The local names of the elements that are open; nothing for one of another namespace.
    open: Vec<String>,
    depth: usize,
    /// Depth of an element whose content is no text of a cell.
    skipped: Option<usize>,
    table: u32,
    row: u32,
    column: u32,
    span: u32,
    /// Depths of the outermost table, its open row and cell.
    in_table: Option<usize>,
    in_row: Option<usize>,
    in_cell: Option<usize>,
    row_gone: bool,
    /// The cell that text goes to.
    cell: usize,
    run: Option<(usize, usize)>,
    run_hidden: bool,
    /// Where the properties of the open run begin, and their depth: a tracked change of looks holds others.
    properties: Option<(usize, usize)>,
    piece: Option<(usize, usize)>,
    /// Depth of a cell's first paragraph.
    first_open: Option<usize>,
    /// The paragraph that is open, with its depth.
    paragraph: Option<(usize, usize)>,
    paragraph_properties: Option<usize>,
}

impl Walk {
    fn start(&mut self, is_own: bool, start: &BytesStart<'_>, span: Range<usize>) {
        self.depth += 1;
        let local = if is_own { start.local_name().as_ref().to_owned() } else { String::new() };
        let foreign =
            start.local_name().as_ref() == "Fallback" || start.local_name().as_ref() == "txbxContent";
        if self.skipped.is_none()
            && (foreign || matches!(local.as_str(), "del" | "moveFrom") && self.parent() != "trPr")
        {
            self.skipped = Some(self.depth);
        }
        if self.skipped.is_none() {
            self.begin(&local, start, span);
        }
        self.open.push(local);
    }

    fn parent(&self) -> &str {
        self.open.last().map_or("", String::as_str)
    }

    fn begin(&mut self, local: &str, start: &BytesStart<'_>, span: Range<usize>) {
        match local {
            "p" if self.paragraph.is_none() && !self.texts.cells.is_empty() => {
                self.paragraph = Some((self.depth, self.texts.paragraphs.len()));
                let chars = self.texts.cells[self.cell].chars.len();
                self.texts.paragraphs.push(Paragraph {
                    span: span.clone(),
                    properties: span.end..span.end,
                    cell: self.cell,
                    chars: chars..chars,
                    in_table: self.in_table.is_some(),
                });
            }
            "pPr" if self.parent() == "p" => self.paragraph_properties = Some(span.start),
            _ => {}
        }
        let value = || attribute(start, "val").and_then(|value| value.parse::<u32>().ok());
        match local {
            "body" | "hdr" | "ftr" => self.enter(None),
            "tbl" if self.in_table.is_none() => {
                self.in_table = Some(self.depth);
                self.texts.tables.push(span);
                self.table += 1;
                self.row = 0;
            }
            "tr" if self.in_row.is_none() && self.in_table.is_some() => {
                self.in_row = Some(self.depth);
                (self.column, self.row_gone) = (0, false);
            }
            "gridBefore" if self.in_cell.is_none() => self.column = value().unwrap_or(0).min(10_000),
            "del" if self.parent() == "trPr" && self.in_cell.is_none() => self.row_gone = true,
            "tc" if self.in_cell.is_none() && self.in_row.is_some() => {
                self.in_cell = Some(self.depth);
                self.span = 1;
                if !self.row_gone {
                    self.enter(Some((self.table, self.row + 1, self.column + 1)));
                }
            }
            "gridSpan" if self.parent() == "tcPr" => self.span = value().unwrap_or(1).clamp(1, 10_000),
            "p" if self.texts.cells.get(self.cell).is_some_and(|cell| cell.first.is_none()) => {
                let own = &mut self.texts.cells[self.cell];
                own.first = Some((span.end..span.end, false));
                self.first_open = Some(self.depth);
            }
            "pPr" if self.first_open == Some(self.depth - 1) => {}
            "r" if self.run.is_none() => {
                let name = start.name();
                let prefix = name.as_ref().strip_suffix('r').unwrap_or_default().to_owned();
                let run = Run { span: span.clone(), properties: span.end..span.end, prefix };
                self.run = Some((self.depth, self.texts.runs.len()));
                self.run_hidden = false;
                self.texts.runs.push(run);
            }
            "rPr" if self.parent() == "r" => self.properties = Some((self.depth, span.start)),
            "vanish" if self.properties.is_some_and(|(depth, _)| depth + 1 == self.depth) => {
                let off = matches!(attribute(start, "val").as_deref(), Some("0" | "false" | "off"));
                self.run_hidden |= !off;
            }
            "t" => self.piece(span.start, true, attribute(start, "space").as_deref() == Some("preserve")),
            "tab" if self.parent() == "r" => self.mark('\t', span),
            "br" | "cr" if self.parent() == "r" => self.mark('\n', span),
            "noBreakHyphen" => self.mark('-', span),
            _ => {}
        }
    }

    /// A paragraph that is its own end tag must be opened before something is put in.
    fn open_tag(&mut self, span: Range<usize>) {
        if let Some(cell) = self.texts.cells.get_mut(self.cell) {
            cell.first = Some((span, true));
        }
    }

    fn enter(&mut self, at: CellAt) {
        let next = self.texts.cells.len();
        self.cell = *self.texts.places.entry(at).or_insert(next);
        if self.cell == next {
            self.texts.cells.push(CellText::default());
        }
    }

    fn piece(&mut self, tag: usize, is_text: bool, keeps_space: bool) {
        if let (Some((_, run)), false) = (self.run, self.run_hidden) {
            self.piece = Some((self.depth, self.texts.pieces.len()));
            self.texts.pieces.push(Piece { run, tag, is_text, keeps_space });
        }
    }

    fn mark(&mut self, c: char, span: Range<usize>) {
        self.piece(span.start, false, true);
        if let Some((_, piece)) = self.piece.take() {
            self.push(c, span, Some(piece));
        }
    }

    fn push(&mut self, c: char, span: Range<usize>, piece: Option<usize>) {
        if let Some(cell) =
            self.texts.cells.get_mut(self.cell).filter(|_| !self.row_gone || self.in_cell.is_none())
        {
            cell.chars.push(Char { at: cell.text.len(), span, piece });
            cell.text.push(c);
        }
    }

    fn text(&mut self, text: &str, from: usize) {
        let Some((_, piece)) = self.piece.filter(|_| self.skipped.is_none()) else { return };
        for (at, c) in text.char_indices() {
            self.push(c, from + at..from + at + c.len_utf8(), Some(piece));
        }
    }

    fn reference(&mut self, raw: &str, span: Range<usize>) {
        let Some((_, piece)) = self.piece.filter(|_| self.skipped.is_none()) else { return };
        let plain = quick_xml::escape::unescape(raw).unwrap_or_default();
        if let Some(c) = plain.chars().next() {
            self.push(c, span, Some(piece));
        }
    }

    fn end(&mut self, span: Range<usize>) {
        let local = self.open.pop().unwrap_or_default();
        if self.skipped.is_some() {
            self.skipped = self.skipped.filter(|&depth| depth != self.depth);
            self.depth -= 1;
            return;
        }
        let here = Some(self.depth);
        match local.as_str() {
            "pPr" => {
                if let (Some(from), Some((_, paragraph))) = (self.paragraph_properties.take(), self.paragraph)
                {
                    self.texts.paragraphs[paragraph].properties = from..span.end;
                }
            }
            "p" => {
                if let Some((_, paragraph)) = self.paragraph.take_if(|(depth, _)| *depth == self.depth) {
                    let paragraph = &mut self.texts.paragraphs[paragraph];
                    paragraph.span.end = span.end;
                    // Of the cell that it began in: in a damaged part another may be open by now.
                    paragraph.chars.end = self.texts.cells[paragraph.cell].chars.len();
                }
            }
            _ => {}
        }
        match local.as_str() {
            "t" if self.piece.is_some_and(|(depth, _)| depth == self.depth) => self.piece = None,
            "rPr" => {
                let own = self.properties.take_if(|(depth, _)| *depth == self.depth);
                if let (Some((_, from)), Some((_, run))) = (own, self.run) {
                    self.texts.runs[run].properties = from..span.end;
                }
            }
            "r" => {
                if let Some((_, run)) = self.run.take_if(|(depth, _)| *depth == self.depth) {
                    self.texts.runs[run].span.end = span.end;
                }
            }
            "pPr" if self.first_open == Some(self.depth - 1) => {
                let cell = self.texts.cells.get_mut(self.cell);
                cell.into_iter().for_each(|cell| cell.first = Some((span.end..span.end, false)));
            }
            "p" => {
                self.first_open = self.first_open.filter(|&depth| depth != self.depth);
                self.push('\n', span.start..span.start, None);
            }
            "tc" if self.in_cell == here => {
                self.in_cell = None;
                self.column = self.column.saturating_add(self.span);
                self.enter(None);
            }
            "tr" if self.in_row == here => {
                self.in_row = None;
                self.row += u32::from(!self.row_gone);
            }
            "tbl" if self.in_table == here => {
                self.in_table = None;
                self.texts.tables.last_mut().into_iter().for_each(|table| table.end = span.end);
            }
            _ => {}
        }
        self.depth -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(body: &str) -> Texts {
        let xml = format!(
            "<w:document xmlns:w=\"{}\" xmlns:mc=\"u\"><w:body>{body}</w:body></w:document>",
            NAMESPACES[0]
        );
        read(&xml, "word/document.xml").unwrap()
    }

    #[test]
    fn a_paragraph_has_the_characters_of_its_own_cell_in_a_damaged_part_too() {
        let run = "<w:r><w:t>一二三四五</w:t></w:r>";
        let body = format!(
            "<w:p>{run}</w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r><w:body/>{run}</w:p></w:tc></w:tr></w:tbl>"
        );
        let texts = texts(&body);
        assert!(texts.paragraphs.iter().all(|one| one.chars.end <= texts.cells[one.cell].chars.len()));
    }

    #[test]
    fn cells_are_counted_as_the_reader_counts_them() {
        let t = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
        let c =
            |properties: &str, text: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", t(text));
        let body = [
            t("标题"),
            "<w:tbl><w:tr>".to_owned(),
            c("<w:gridSpan w:val=\"2\"/>", "甲"),
            c("", "乙&amp;丙"),
            "</w:tr><w:tr><w:trPr><w:del/></w:trPr>".to_owned(),
            c("", "删"),
            "</w:tr><w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>".to_owned(),
            c("", "丁"),
            "</w:tr></w:tbl>".to_owned(),
            "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:del><w:r><w:t>删</w:t></w:r></w:del><w:r><w:t>尾</w:t></w:r></w:p>".to_owned(),
        ]
        .concat();
        let texts = texts(&body);
        let shown = |at: CellAt| texts.cell(at).map_or("", |cell| cell.text.as_str());
        assert_eq!(shown(Some((1, 1, 1))), "甲\n");
        assert_eq!(shown(Some((1, 1, 3))), "乙&丙\n");
        assert_eq!(shown(Some((1, 2, 2))), "丁\n");
        assert_eq!(shown(None), "标题\n尾\n");
    }
}
