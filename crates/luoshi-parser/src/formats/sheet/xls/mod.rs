//! xls: the workbook stream of an OLE container, BIFF8 of Excel 97–2003 and WPS, and BIFF5 before it (MS-XLS).
//!
//! ```text
//! globals    BOF CODEPAGE DATEMODE FORMAT… XF… BOUNDSHEET… SST CONTINUE… EOF
//! a sheet    BOF COLINFO… ROW… cells… MERGEDCELLS… NOTE… EOF      at the offset its BOUNDSHEET names
//! ```
//!
//! Every record is read by offsets that are checked; a record that does not hold what its type must is damage.

mod records;

use std::borrow::Cow;

use encoding_rs::{Encoding, GBK};
use luoshi_table::{Container, Diagnostic, Locator, Outcome, SourceDocument};

use super::biff::{Styles, bool_text, error_text, rk};
use super::book::{Book, Range, Sheet};
use super::drawing::PICTURE;
use super::strings::{StringTable, line_feeds};
use crate::ole::{u16_at, u32_at};
use crate::{Cause, Opened, ReadError};
use records::{Record, Records, Text};

/// Record types (MS-XLS 2.3.2), by value.
mod kind {
    pub(super) const FORMULA: u16 = 0x0006;
    pub(super) const EOF: u16 = 0x000A;
    pub(super) const NOTE: u16 = 0x001C;
    pub(super) const FORMAT_BIFF4: u16 = 0x001E;
    pub(super) const DATE_MODE: u16 = 0x0022;
    pub(super) const FILE_PASS: u16 = 0x002F;
    pub(super) const OBJECT: u16 = 0x005D;
    pub(super) const CODE_PAGE: u16 = 0x0042;
    pub(super) const COLUMN_INFO: u16 = 0x007D;
    pub(super) const BOUND_SHEET: u16 = 0x0085;
    pub(super) const MULTIPLE_RK: u16 = 0x00BD;
    pub(super) const RICH_STRING: u16 = 0x00D6;
    pub(super) const STYLE: u16 = 0x00E0;
    pub(super) const MERGED_CELLS: u16 = 0x00E5;
    pub(super) const SHARED_STRINGS: u16 = 0x00FC;
    pub(super) const LABEL_SHARED: u16 = 0x00FD;
    pub(super) const NUMBER: u16 = 0x0203;
    pub(super) const LABEL: u16 = 0x0204;
    pub(super) const BOOL_OR_ERROR: u16 = 0x0205;
    pub(super) const STRING: u16 = 0x0207;
    pub(super) const ROW: u16 = 0x0208;
    pub(super) const RK: u16 = 0x027E;
    pub(super) const FORMAT: u16 = 0x041E;
    pub(super) const BOF: u16 = 0x0809;
}

/// The version in a BOF record of BIFF8.
const BIFF8: u16 = 0x0600;

/// What the globals substream says.
struct Globals {
    is_biff8: bool,
    /// Of the strings before BIFF8, which are bytes.
    encoding: &'static Encoding,
    epoch_1904: bool,
    strings: StringTable,
    styles: Styles,
    sheets: Vec<Entry>,
}

/// A sheet as the workbook lists it.
struct Entry {
    name: String,
    offset: usize,
    hidden: bool,
    is_worksheet: bool,
}

pub(super) fn read(opened: Opened<'_>) -> Result<Outcome<SourceDocument>, ReadError> {
    let (file, ole) = opened.into_ole()?;
    let name = if ole.contains("Workbook") { "Workbook" } else { "Book" };
    let stream = ole.read(name)?;
    let place = Locator::within(&file, Container::Part(name.into()));
    let globals = Globals::read(&stream, &place)?;
    if globals.sheets.is_empty() {
        let detail = "the workbook lists no sheet".to_owned();
        return Err(ReadError::at(Cause::Damaged { detail }, place));
    }
    let mut book = Book::new(&file, "xls");
    let mut has_comments = false;
    for entry in &globals.sheets {
        if !entry.is_worksheet {
            let finding = Diagnostic::warning("sheet-skipped", book.place());
            book.report(finding.with("sheet", &entry.name))?;
            continue;
        }
        let mut records = Records::new(&stream, entry.offset, place.clone());
        let sheet = book.sheet(&entry.name, entry.hidden)?;
        let mut pass =
            Pass { globals: &globals, sheet, awaits_string: None, has_comments: false, has_pictures: false };
        pass.run(&mut records)?;
        if pass.has_pictures {
            let place = pass.sheet.place();
            pass.sheet.report(Diagnostic::warning(PICTURE, place))?;
        }
        has_comments |= pass.has_comments;
        pass.sheet.finish()?;
        book.charge(records.offset() - entry.offset)?;
    }
    if has_comments {
        book.report(Diagnostic::info("comments-unread", book.place()))?;
    }
    Ok(book.finish())
}

impl Globals {
    fn read(stream: &[u8], place: &Locator) -> Result<Self, ReadError> {
        let mut records = Records::new(stream, 0, place.clone());
        let first = records.next()?.filter(|record| record.kind == kind::BOF);
        let version = first.as_ref().and_then(|record| u16_at(record.data(), 0));
        let version = version.ok_or_else(|| {
            let detail = "the workbook stream does not begin with BOF".to_owned();
            ReadError::at(Cause::Damaged { detail }, place.clone())
        })?;
        let mut globals = Self {
            is_biff8: version == BIFF8,
            // An office that still has such files wrote them on Chinese Windows.
            encoding: GBK,
            epoch_1904: false,
            strings: StringTable::default(),
            styles: Styles::default(),
            sheets: Vec::new(),
        };
        // The codes of formats may follow the styles that use them.
        let mut styles = Vec::new();
        while let Some(record) = records.next()? {
            if record.kind == kind::FILE_PASS {
                return Err(ReadError::at(Cause::Encrypted("xls"), Locator::file(&place.file)));
            }
            if record.kind == kind::EOF {
                break;
            }
            globals.take(&record, &mut styles).ok_or_else(|| record.damaged(place))?;
        }
        styles.into_iter().for_each(|number| globals.styles.add_style(number));
        Ok(globals)
    }

    /// One record into the globals; nothing where it does not hold what it must.
    fn take(&mut self, record: &Record<'_>, styles: &mut Vec<u16>) -> Option<()> {
        let data = record.data();
        match record.kind {
            kind::CODE_PAGE => {
                // 1200 is UTF-16, which BIFF8 always is.
                let label = match u16_at(data, 0)? {
                    936 => "gbk".to_owned(),
                    950 => "big5".to_owned(),
                    10000 => "macintosh".to_owned(),
                    number => format!("windows-{number}"),
                };
                self.encoding = Encoding::for_label(label.as_bytes()).unwrap_or(self.encoding);
            }
            kind::DATE_MODE => self.epoch_1904 = u16_at(data, 0)? == 1,
            kind::FORMAT | kind::FORMAT_BIFF4 => {
                let number = u16_at(data, 0)?;
                let mut text = Text::new(record, 2);
                let code = if self.is_biff8 { text.wide()? } else { text.bytes(1, self.encoding)? };
                self.styles.add_code(number, &code);
            }
            kind::STYLE => styles.push(u16_at(data, 2)?),
            kind::BOUND_SHEET => {
                let mut text = Text::new(record, 6);
                let name = if self.is_biff8 { text.short_wide()? } else { text.bytes(1, self.encoding)? };
                let is_worksheet = *data.get(5)? == 0;
                let hidden = data.get(4)? & 3 != 0;
                self.sheets.push(Entry { name, offset: u32_at(data, 0)? as usize, hidden, is_worksheet });
            }
            kind::SHARED_STRINGS => {
                let mut text = Text::new(record, 8);
                // The count is a claim; the strings end where the record does.
                for _ in 0..u32_at(data, 4)? {
                    if text.is_at_end() {
                        break;
                    }
                    self.strings.push(&line_feeds(text.wide()?.into()));
                }
            }
            _ => {}
        }
        Some(())
    }
}

/// A pass over a sheet's substream.
struct Pass<'g, 'b> {
    globals: &'g Globals,
    sheet: Sheet<'b>,
    /// The cell of a formula whose text follows in a record of its own.
    awaits_string: Option<(u32, u32)>,
    has_comments: bool,
    has_pictures: bool,
}

/// Kinds of objects that float over the cells and hold something to see (MS-XLS 2.5.143): charts, text boxes, pictures,
/// drawings. The others are comments, and the arrows and buttons of Excel itself.
const PICTURES: [u16; 4] = [0x05, 0x06, 0x08, 0x1E];

impl Pass<'_, '_> {
    fn run(&mut self, records: &mut Records<'_>) -> Result<(), ReadError> {
        let place = records.place().clone();
        // Charts on the sheet are substreams within it.
        let mut depth = 0;
        while let Some(record) = records.next()? {
            match record.kind {
                kind::BOF => depth += 1,
                kind::EOF if depth <= 1 => return Ok(()),
                kind::EOF => depth -= 1,
                _ if depth == 1 => self.take(&record).unwrap_or_else(|| Err(record.damaged(&place)))?,
                _ if depth == 0 => break,
                _ => {}
            }
        }
        let detail = "a sheet's records are cut".to_owned();
        Err(ReadError::at(Cause::Damaged { detail }, place))
    }

    /// One record into the sheet; nothing where it does not hold what it must.
    fn take(&mut self, record: &Record<'_>) -> Option<Result<(), ReadError>> {
        let data = record.data();
        let cell = || Some((u32::from(u16_at(data, 0)?), u32::from(u16_at(data, 2)?)));
        Some(match record.kind {
            kind::ROW => {
                let row = u16_at(data, 0)?.into();
                if u16_at(data, 12)? & 0x20 != 0 {
                    self.sheet.hide_rows(row, row);
                }
                Ok(())
            }
            kind::COLUMN_INFO => {
                if u16_at(data, 8)? & 1 != 0 {
                    self.sheet.hide_columns(u16_at(data, 0)?.into(), u16_at(data, 2)?.into());
                }
                Ok(())
            }
            kind::MERGED_CELLS => self.merges(data)?,
            kind::NOTE => {
                self.has_comments = true;
                Ok(())
            }
            kind::OBJECT => {
                self.has_pictures |= u16_at(data, 4).is_some_and(|object| PICTURES.contains(&object));
                Ok(())
            }
            kind::LABEL_SHARED => {
                let ((row, column), index) = (cell()?, u32_at(data, 6)? as usize);
                self.sheet.decoded(row, column, self.globals.strings.get(index)?)
            }
            kind::LABEL | kind::RICH_STRING => {
                let ((row, column), text) = (cell()?, self.string(record, 6)?);
                self.sheet.decoded(row, column, &text)
            }
            kind::NUMBER => self.number(cell()?, u16_at(data, 4)?, f64_at(data, 6)?),
            kind::RK => self.number(cell()?, u16_at(data, 4)?, rk(u32_at(data, 6)?)),
            kind::MULTIPLE_RK => {
                let (row, first) = cell()?;
                // Pairs of style and number, then the last column.
                let pairs = data.get(4..data.len().checked_sub(2)?)?.chunks_exact(6);
                for (column, pair) in (first..).zip(pairs) {
                    if let Err(error) = self.number((row, column), u16_at(pair, 0)?, rk(u32_at(pair, 2)?)) {
                        return Some(Err(error));
                    }
                }
                Ok(())
            }
            kind::BOOL_OR_ERROR => {
                let ((row, column), value) = (cell()?, *data.get(6)?);
                self.sheet.text(row, column, word(*data.get(7)? != 0, value))
            }
            kind::FORMULA => self.formula(cell()?, u16_at(data, 4)?, data.get(6..14)?)?,
            kind::STRING => match self.awaits_string.take() {
                Some((row, column)) => {
                    let text = self.string(record, 0)?;
                    self.sheet.decoded(row, column, &text)
                }
                None => Ok(()),
            },
            _ => Ok(()),
        })
    }

    fn string(&self, record: &Record<'_>, offset: usize) -> Option<Cow<'static, str>> {
        let mut text = Text::new(record, offset);
        let text = if self.globals.is_biff8 { text.wide()? } else { text.bytes(2, self.globals.encoding)? };
        Some(line_feeds(text.into()))
    }

    fn number(&mut self, (row, column): (u32, u32), style: u16, value: f64) -> Result<(), ReadError> {
        let format = self.globals.styles.format(style.into());
        self.sheet.number(row, column, value, format, self.globals.epoch_1904)
    }

    /// The saved value of a formula: a number, or with the upper two bytes set, what the first byte says.
    fn formula(&mut self, cell: (u32, u32), style: u16, value: &[u8]) -> Option<Result<(), ReadError>> {
        self.awaits_string = None;
        if u16_at(value, 6)? != 0xFFFF {
            return Some(self.number(cell, style, f64_at(value, 0)?));
        }
        let content = *value.get(2)?;
        Some(match value.first()? {
            0 => {
                self.awaits_string = Some(cell);
                Ok(())
            }
            kind @ (1 | 2) => self.sheet.text(cell.0, cell.1, word(*kind == 2, content)),
            // 3 is a formula that gives an empty text.
            _ => Ok(()),
        })
    }

    fn merges(&mut self, data: &[u8]) -> Option<Result<(), ReadError>> {
        let count = usize::from(u16_at(data, 0)?);
        for corners in data.get(2..)?.chunks_exact(8).take(count) {
            let range = Range {
                first_row: u16_at(corners, 0)?.into(),
                last_row: u16_at(corners, 2)?.into(),
                first_column: u16_at(corners, 4)?.into(),
                last_column: u16_at(corners, 6)?.into(),
            };
            if let Err(error) = self.sheet.merge(range) {
                return Some(Err(error));
            }
        }
        Some(Ok(()))
    }
}

fn word(is_error: bool, value: u8) -> &'static str {
    if is_error { error_text(value) } else { bool_text(value != 0) }
}

fn f64_at(bytes: &[u8], offset: usize) -> Option<f64> {
    bytes.get(offset..)?.first_chunk().map(|bytes| f64::from_le_bytes(*bytes))
}
