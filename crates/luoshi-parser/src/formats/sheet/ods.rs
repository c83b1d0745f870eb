//! OpenDocument spreadsheets: one pass over content.xml (ODF 1.2 part 1, §9 for tables, §6.1 for text).
//!
//! The file states the text that each cell shows, so number formats need no work here. Rows and cells may be repeated by
//! a count: a count of empty ones moves the position and costs nothing, a count of filled ones is taken at its word only
//! up to [`limits::REPEATS`].

use std::collections::BTreeSet;

use luoshi_table::{Diagnostic, Outcome, SourceDocument};
use quick_xml::events::BytesStart;

use super::biff::bool_text;
use super::book::{Book, Range, Sheet};
use super::drawing::PICTURE;
use super::xml::{Node, Xml, read_part};
use crate::opc::attribute;
use crate::{Cause, Opened, ReadError, limits};

/// Spaces that one `text:s` may stand for. More than a line of them is no text.
const MAX_SPACES: usize = 1024;

pub(super) fn read(opened: Opened<'_>) -> Result<Outcome<SourceDocument>, ReadError> {
    let (file, mut package) = opened.into_package()?;
    let manifest = "META-INF/manifest.xml";
    if package.contains(manifest)
        && memchr::memmem::find(&package.read(manifest)?, b"encryption-data").is_some()
    {
        return Err(ReadError::new(Cause::Encrypted("ods"), &file));
    }
    let (bytes, place) = read_part(&mut package, "content.xml")?;
    let mut pass = Pass {
        xml: Xml::new(&bytes, place),
        has_comments: false,
        has_pictures: false,
        flat_rows: BTreeSet::new(),
    };
    let mut book = Book::new(&file, "ods");
    let mut hidden_styles = BTreeSet::new();
    let mut style = String::new();
    loop {
        match pass.xml.next()? {
            Node::Start(element) => match element.local_name().as_ref() {
                "style" => style = attribute(&element, "name").unwrap_or_default().into_owned(),
                "table-properties" if attribute(&element, "display").as_deref() == Some("false") => {
                    hidden_styles.insert(std::mem::take(&mut style));
                }
                "table-row-properties" if is_zero(&element, "row-height") => {
                    pass.flat_rows.insert(std::mem::take(&mut style));
                }
                "table" => {
                    let name = attribute(&element, "name").unwrap_or_default();
                    let hidden =
                        attribute(&element, "style-name").is_some_and(|name| hidden_styles.contains(&*name));
                    let sheet = book.sheet(&name, hidden)?;
                    pass.table(sheet)?;
                }
                _ => {}
            },
            Node::Done => break,
            Node::End | Node::Text(_) => {}
        }
    }
    if pass.has_comments {
        book.report(Diagnostic::info("comments-unread", book.place()))?;
    }
    Ok(book.finish())
}

/// A pass over content.xml.
struct Pass<'a> {
    xml: Xml<'a>,
    has_comments: bool,
    /// Of the sheet that is open.
    has_pictures: bool,
    /// Styles of rows without height.
    flat_rows: BTreeSet<String>,
}

/// A cell of a row, and how often it stands side by side.
struct Cell {
    column: u32,
    repeated: u32,
    rows_spanned: u32,
    columns_spanned: u32,
    shows: Shows,
}

/// What a cell shows.
enum Shows {
    Nothing,
    Text(String),
    /// An integer that lost digits: shown as the number, not in the few digits of the saved text.
    Number(f64),
    /// A formula whose value was not saved.
    Uncached(String),
}

/// A count or span in an attribute; 1 where it is absent.
fn count(element: &BytesStart<'_>, name: &str) -> u32 {
    attribute(element, name).and_then(|count| count.parse().ok()).unwrap_or(1).clamp(1, limits::ROWS.count())
}

fn is_hidden(element: &BytesStart<'_>) -> bool {
    matches!(attribute(element, "visibility").as_deref(), Some("collapse" | "filter"))
}

/// Whether a length such as `0cm` is none.
fn is_zero(element: &BytesStart<'_>, name: &str) -> bool {
    attribute(element, name)
        .is_some_and(|length| length.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse() == Ok(0.0))
}

impl Pass<'_> {
    /// The table that was just opened.
    fn table(&mut self, mut sheet: Sheet<'_>) -> Result<(), ReadError> {
        let (mut row, mut column) = (0_u32, 0_u32);
        let mut depth = 1;
        while depth > 0 {
            match self.xml.next()? {
                Node::Start(element) => match element.local_name().as_ref() {
                    "table-column" => {
                        let next = column.saturating_add(count(&element, "number-columns-repeated"));
                        if is_hidden(&element) {
                            sheet.hide_columns(column, next - 1);
                        }
                        column = next;
                        depth += 1;
                    }
                    "table-row" => {
                        let next = row.saturating_add(count(&element, "number-rows-repeated"));
                        let is_flat = attribute(&element, "style-name")
                            .is_some_and(|name| self.flat_rows.contains(&*name));
                        if is_hidden(&element) || is_flat {
                            sheet.hide_rows(row, next - 1);
                        }
                        let cells = self.row()?;
                        put_row(&mut sheet, &cells, row, next - row)?;
                        row = next;
                    }
                    // Shapes over the cells, and scenario and link descriptions: no text of the table.
                    "shapes" => self.picture()?,
                    "forms" | "table-source" | "scenario" | "dde-source" => self.xml.skip()?,
                    _ => depth += 1,
                },
                Node::End => depth -= 1,
                Node::Text(_) | Node::Done => {}
            }
        }
        if std::mem::take(&mut self.has_pictures) {
            let place = sheet.place();
            sheet.report(Diagnostic::warning(PICTURE, place))?;
        }
        sheet.finish()
    }

    /// The cells of the row that was just opened, those that neither show nor span anything left out.
    fn row(&mut self) -> Result<Vec<Cell>, ReadError> {
        let (mut cells, mut column) = (Vec::new(), 0_u32);
        loop {
            match self.xml.next()? {
                Node::Start(element) => {
                    let local = element.local_name();
                    if !matches!(local.as_ref(), "table-cell" | "covered-table-cell") {
                        self.xml.skip()?;
                        continue;
                    }
                    let repeated = count(&element, "number-columns-repeated");
                    let rows_spanned = count(&element, "number-rows-spanned");
                    let columns_spanned = count(&element, "number-columns-spanned");
                    let shows = self.cell(&element)?;
                    if !matches!(shows, Shows::Nothing) || rows_spanned > 1 || columns_spanned > 1 {
                        cells.push(Cell { column, repeated, rows_spanned, columns_spanned, shows });
                    }
                    column = column.saturating_add(repeated);
                }
                Node::End | Node::Done => return Ok(cells),
                Node::Text(_) => {}
            }
        }
    }

    /// What the cell that was just opened shows.
    fn cell(&mut self, element: &BytesStart<'_>) -> Result<Shows, ReadError> {
        let paragraphs = self.paragraphs()?;
        let value = attribute(element, "value").and_then(|value| value.parse::<f64>().ok());
        let lost_digits = value.filter(|value| value.fract() == 0.0 && value.abs() >= 1e15);
        if let Some(value) = lost_digits {
            return Ok(Shows::Number(value));
        }
        if let Some(text) = paragraphs {
            return Ok(Shows::Text(text));
        }
        // Programs that save no text save the value alone.
        let saved = ["string-value", "date-value", "time-value"]
            .into_iter()
            .find_map(|name| attribute(element, name));
        let truth = attribute(element, "boolean-value").map(|value| bool_text(value == "true").into());
        Ok(match (saved.or(truth), value, attribute(element, "formula")) {
            (Some(text), ..) => Shows::Text(text.into_owned()),
            (None, Some(value), _) => Shows::Number(value),
            (None, None, Some(formula)) => Shows::Uncached(formula.into_owned()),
            (None, None, None) => Shows::Nothing,
        })
    }

    /// The paragraphs inside the cell that was just opened, joined by line feeds; none where it has none. A table within
    /// the cell is read as its paragraphs.
    fn paragraphs(&mut self) -> Result<Option<String>, ReadError> {
        let mut text: Option<String> = None;
        let mut depth = 1;
        while depth > 0 {
            match self.xml.next()? {
                Node::Start(element) => match element.local_name().as_ref() {
                    "p" | "h" => {
                        let text = match &mut text {
                            Some(text) => {
                                text.push('\n');
                                text
                            }
                            none => none.insert(String::new()),
                        };
                        self.paragraph(text)?;
                    }
                    "annotation" => self.comment()?,
                    "frame" | "g" | "custom-shape" | "rect" => self.picture()?,
                    "line" | "control" | "detective" => self.xml.skip()?,
                    _ => depth += 1,
                },
                Node::End => depth -= 1,
                Node::Text(_) | Node::Done => {}
            }
        }
        Ok(text)
    }

    /// What floats over the cells and may hold something to see; a shape without text is decoration.
    fn picture(&mut self) -> Result<(), ReadError> {
        let mut depth = 1;
        while depth > 0 {
            match self.xml.next()? {
                Node::Start(element) => {
                    self.has_pictures |= matches!(element.local_name().as_ref(), "image" | "object" | "p");
                    depth += 1;
                }
                Node::End => depth -= 1,
                Node::Text(_) | Node::Done => {}
            }
        }
        Ok(())
    }

    fn comment(&mut self) -> Result<(), ReadError> {
        self.has_comments = true;
        self.xml.skip()
    }

    /// The text of the paragraph that was just opened: white space collapsed as the standard asks (§6.1.2), the
    /// characters that elements stand for put back. A last space stays, against the standard: office suites write one
    /// that was typed as it is, and show it.
    fn paragraph(&mut self, text: &mut String) -> Result<(), ReadError> {
        // Whether a space here would be the second in a row, or the first of the paragraph.
        let mut after_space = true;
        let mut depth = 1;
        while depth > 0 {
            match self.xml.next()? {
                Node::Text(piece) => collapse(&piece, text, &mut after_space),
                Node::Start(element) => match element.local_name().as_ref() {
                    "s" => {
                        let spaces =
                            attribute(&element, "c").and_then(|count| count.parse().ok()).unwrap_or(1);
                        text.extend(std::iter::repeat_n(' ', MAX_SPACES.min(spaces)));
                        after_space = false;
                        depth += 1;
                    }
                    "tab" => {
                        text.push('\t');
                        after_space = false;
                        depth += 1;
                    }
                    "line-break" => {
                        text.push('\n');
                        after_space = true;
                        depth += 1;
                    }
                    "annotation" => self.comment()?,
                    "frame" => self.picture()?,
                    "ruby-text" | "note" => self.xml.skip()?,
                    _ => depth += 1,
                },
                Node::End => depth -= 1,
                Node::Done => {}
            }
        }
        Ok(())
    }
}

/// Appends text with each run of white space as one space.
fn collapse(piece: &str, text: &mut String, after_space: &mut bool) {
    for character in piece.chars() {
        if matches!(character, ' ' | '\t' | '\n' | '\r') {
            if !std::mem::replace(after_space, true) {
                text.push(' ');
            }
        } else {
            text.push(character);
            *after_space = false;
        }
    }
}

/// Cells of a row into the sheet, as often as row and cells are repeated.
fn put_row(sheet: &mut Sheet<'_>, cells: &[Cell], first_row: u32, rows: u32) -> Result<(), ReadError> {
    for cell in cells {
        if u64::from(cell.repeated) * u64::from(rows) > limits::REPEATS.get() {
            let cause = limits::REPEATS.exceeded();
            return Err(ReadError::at(cause, sheet.cell_place(first_row, cell.column)));
        }
        for row in first_row..first_row.saturating_add(rows) {
            for column in cell.column..cell.column.saturating_add(cell.repeated) {
                match &cell.shows {
                    Shows::Nothing => {}
                    Shows::Text(text) => sheet.text(row, column, text)?,
                    Shows::Number(value) => sheet.number(row, column, *value, None, false)?,
                    Shows::Uncached(formula) if (row, column) == (first_row, cell.column) => {
                        let finding = Diagnostic::warning("formula-uncached", sheet.cell_place(row, column));
                        sheet.report(finding.with("formula", formula))?;
                    }
                    Shows::Uncached(_) => {}
                }
                sheet.merge(Range {
                    first_row: row,
                    first_column: column,
                    last_row: row.saturating_add(cell.rows_spanned - 1),
                    last_column: column.saturating_add(cell.columns_spanned - 1),
                })?;
            }
        }
    }
    Ok(())
}
