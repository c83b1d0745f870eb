//! xlsb: the parts of xlsx as binary records (MS-XLSB). Each record is a type, a length and that many bytes; a record
//! that does not hold what its type must is damage.

use luoshi_table::{Diagnostic, Locator, Outcome, SourceDocument};

use super::biff::{Styles, bool_text, error_text, rk};
use super::book::{Book, Range};
use super::drawing;
use super::strings::{StringTable, line_feeds};
use super::xlsx::report_comments;
use crate::ole::{u16_at, u32_at};
use crate::opc::{main_part, relationships};
use crate::package::Package;
use crate::{Cause, Opened, ReadError};

/// Record types (MS-XLSB 2.3.2).
mod record {
    pub(super) const ROW: u16 = 0;
    pub(super) const CELL_RK: u16 = 2;
    pub(super) const CELL_ERROR: u16 = 3;
    pub(super) const CELL_BOOL: u16 = 4;
    pub(super) const CELL_REAL: u16 = 5;
    pub(super) const CELL_STRING: u16 = 6;
    pub(super) const CELL_SHARED: u16 = 7;
    pub(super) const FORMULA_STRING: u16 = 8;
    pub(super) const FORMULA_NUMBER: u16 = 9;
    pub(super) const FORMULA_BOOL: u16 = 10;
    pub(super) const FORMULA_ERROR: u16 = 11;
    /// The same cells without their column, which is the one after the cell before: 12 is the blank one.
    pub(super) const SHORT_FIRST: u16 = 12;
    pub(super) const SHORT_LAST: u16 = 18;
    pub(super) const CELL_BLANK: u16 = 1;
    pub(super) const STRING_ITEM: u16 = 19;
    pub(super) const FORMAT: u16 = 44;
    pub(super) const STYLE: u16 = 47;
    pub(super) const COLUMNS: u16 = 60;
    pub(super) const CELL_RICH: u16 = 62;
    pub(super) const WORKBOOK: u16 = 153;
    pub(super) const SHEET: u16 = 156;
    pub(super) const MERGE: u16 = 176;
    pub(super) const DRAWING: u16 = 550;
    pub(super) const STYLES_BEGIN: u16 = 617;
    pub(super) const STYLES_END: u16 = 618;
}

pub(super) fn read(opened: Opened<'_>) -> Result<Outcome<SourceDocument>, ReadError> {
    let (file, mut package) = opened.into_package()?;
    let main = main_part(&mut package)?.unwrap_or_else(|| "xl/workbook.bin".to_owned());
    let related = relationships(&mut package, &main)?.unwrap_or_default();
    let part_of =
        |kind: &str| related.iter().find(|related| related.kind == kind).map(|related| &*related.target);

    let mut shared = Shared::default();
    if let Some(part) = part_of("sharedStrings") {
        shared.read_strings(&mut package, part)?;
    }
    if let Some(part) = part_of("styles") {
        shared.read_styles(&mut package, part)?;
    }
    let bytes = package.read(&main)?;
    let mut records = Records { rest: &bytes, place: package.place(&main) };
    let mut book = Book::new(&file, "xlsb");
    report_comments(&package, &mut book)?;
    while let Some((kind, data)) = records.next()? {
        match kind {
            record::WORKBOOK => shared.epoch_1904 = data.first().is_some_and(|flags| flags & 1 != 0),
            record::SHEET => {
                let entry = SheetEntry::parse(data).ok_or_else(|| records.damaged(kind))?;
                let part = related.iter().find(|related| related.id == entry.relationship);
                match part.filter(|related| related.kind == "worksheet") {
                    Some(part) => read_sheet(&mut package, &part.target, &entry, &shared, &mut book)?,
                    None => {
                        let finding = Diagnostic::warning("sheet-skipped", book.place());
                        book.report(finding.with("sheet", entry.name))?;
                    }
                }
            }
            _ => {}
        }
    }
    Ok(book.finish())
}

/// The records of a part.
struct Records<'a> {
    rest: &'a [u8],
    place: Locator,
}

impl<'a> Records<'a> {
    /// The type and the bytes of the next record; nothing at the end of the part.
    fn next(&mut self) -> Result<Option<(u16, &'a [u8])>, ReadError> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let cut =
            || ReadError::at(Cause::Damaged { detail: "a record is cut".to_owned() }, self.place.clone());
        let mut bytes = self.rest.iter();
        // Type and length are little-endian groups of seven bits; the eighth says that another follows.
        let mut number = |groups: u32| {
            let mut number = 0_u32;
            for group in 0..groups {
                let byte = *bytes.next()?;
                number |= u32::from(byte & 0x7F) << (7 * group);
                if byte & 0x80 == 0 {
                    break;
                }
            }
            Some(number)
        };
        let (kind, length) = number(2).zip(number(4)).ok_or_else(cut)?;
        let (data, rest) = bytes.as_slice().split_at_checked(length as usize).ok_or_else(cut)?;
        self.rest = rest;
        Ok(Some((kind as u16, data)))
    }

    fn damaged(&self, kind: u16) -> ReadError {
        let detail = format!("record {kind} is too short for what it holds");
        ReadError::at(Cause::Damaged { detail }, self.place.clone())
    }
}

/// A string: its length in UTF-16 units, then the units. Returned with the bytes after it.
fn wide_string(data: &[u8]) -> Option<(String, &[u8])> {
    let length = u32_at(data, 0)?;
    if length == u32::MAX {
        return Some((String::new(), &data[4..]));
    }
    let (units, rest) = data.get(4..)?.split_at_checked((length as usize).checked_mul(2)?)?;
    Some((encoding_rs::UTF_16LE.decode_without_bom_handling(units).0.into_owned(), rest))
}

/// A sheet as the workbook lists it.
struct SheetEntry {
    name: String,
    relationship: String,
    hidden: bool,
}

impl SheetEntry {
    fn parse(data: &[u8]) -> Option<Self> {
        let hidden = u32_at(data, 0)? != 0;
        let (relationship, rest) = wide_string(data.get(8..)?)?;
        let (name, _) = wide_string(rest)?;
        Some(Self { name, relationship, hidden })
    }
}

/// What the sheets of a workbook share.
#[derive(Default)]
struct Shared {
    strings: StringTable,
    styles: Styles,
    epoch_1904: bool,
}

impl Shared {
    fn read_strings(&mut self, package: &mut Package<'_>, part: &str) -> Result<(), ReadError> {
        let bytes = package.read(part)?;
        let mut records = Records { rest: &bytes, place: package.place(part) };
        while let Some((kind, data)) = records.next()? {
            if kind == record::STRING_ITEM {
                // A byte of flags, the text, then formatting runs and phonetic guides.
                let string = data.get(1..).and_then(wide_string).ok_or_else(|| records.damaged(kind))?.0;
                self.strings.push(&line_feeds(string.into()));
            }
        }
        Ok(())
    }

    fn read_styles(&mut self, package: &mut Package<'_>, part: &str) -> Result<(), ReadError> {
        let bytes = package.read(part)?;
        let mut records = Records { rest: &bytes, place: package.place(part) };
        let mut in_cell_styles = false;
        while let Some((kind, data)) = records.next()? {
            match kind {
                record::FORMAT => {
                    let format = u16_at(data, 0).zip(data.get(2..).and_then(wide_string));
                    let (number, (code, _)) = format.ok_or_else(|| records.damaged(kind))?;
                    self.styles.add_code(number, &code);
                }
                record::STYLES_BEGIN => in_cell_styles = true,
                record::STYLES_END => in_cell_styles = false,
                record::STYLE if in_cell_styles => {
                    self.styles.add_style(u16_at(data, 2).ok_or_else(|| records.damaged(kind))?);
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// What a cell's record holds after column and style.
enum Value {
    Nothing,
    Number(f64),
    Text(String),
    Shared(usize),
    Word(&'static str),
}

impl Value {
    fn parse(kind: u16, data: &[u8]) -> Option<Self> {
        Some(match kind {
            record::CELL_RK => Self::Number(rk(u32_at(data, 0)?)),
            record::CELL_REAL | record::FORMULA_NUMBER => {
                Self::Number(f64::from_le_bytes(*data.first_chunk()?))
            }
            record::CELL_BOOL | record::FORMULA_BOOL => Self::Word(bool_text(*data.first()? != 0)),
            record::CELL_ERROR | record::FORMULA_ERROR => Self::Word(error_text(*data.first()?)),
            record::CELL_STRING | record::FORMULA_STRING => Self::Text(wide_string(data)?.0),
            record::CELL_RICH => Self::Text(wide_string(data.get(1..)?)?.0),
            record::CELL_SHARED => Self::Shared(u32_at(data, 0)? as usize),
            _ => Self::Nothing,
        })
    }
}

fn read_sheet(
    package: &mut Package<'_>,
    part: &str,
    entry: &SheetEntry,
    shared: &Shared,
    book: &mut Book,
) -> Result<(), ReadError> {
    let bytes = package.read(part)?;
    book.charge(bytes.len())?;
    let mut records = Records { rest: &bytes, place: package.place(part) };
    let mut sheet = book.sheet(&entry.name, entry.hidden)?;
    let (mut row, mut next_column) = (0, 0);
    let mut drawing = None;
    while let Some((kind, data)) = records.next()? {
        let damaged = || records.damaged(kind);
        match kind {
            record::ROW => {
                row = u32_at(data, 0).ok_or_else(damaged)?;
                next_column = 0;
                // A row may also be hidden by its height, in twips.
                if data.get(11).is_some_and(|flags| flags & 0x10 != 0) || u16_at(data, 8) == Some(0) {
                    sheet.hide_rows(row, row);
                }
            }
            record::COLUMNS => {
                let (first, last) = u32_at(data, 0).zip(u32_at(data, 4)).ok_or_else(damaged)?;
                if u16_at(data, 16).is_some_and(|flags| flags & 1 != 0) {
                    sheet.hide_columns(first, last);
                }
            }
            record::DRAWING => drawing = wide_string(data).map(|(id, _)| id),
            record::MERGE => {
                let range = (|| {
                    Some(Range {
                        first_row: u32_at(data, 0)?,
                        last_row: u32_at(data, 4)?,
                        first_column: u32_at(data, 8)?,
                        last_column: u32_at(data, 12)?,
                    })
                })();
                sheet.merge(range.ok_or_else(damaged)?)?;
            }
            record::CELL_BLANK..=record::FORMULA_ERROR
            | record::CELL_RICH
            | record::SHORT_FIRST..=record::SHORT_LAST => {
                let is_short = (record::SHORT_FIRST..=record::SHORT_LAST).contains(&kind);
                let column = if is_short { next_column } else { u32_at(data, 0).ok_or_else(damaged)? };
                let (kind, data) = if is_short {
                    (kind - record::SHORT_FIRST + record::CELL_BLANK, data)
                } else {
                    (kind, data.get(4..).unwrap_or_default())
                };
                next_column = column.saturating_add(1);
                // Three bytes of style, one of flags.
                let style = u32_at(data, 0).ok_or_else(damaged)? & 0x00FF_FFFF;
                match Value::parse(kind, &data[4..]).ok_or_else(damaged)? {
                    Value::Nothing => {}
                    Value::Word(text) => sheet.text(row, column, text)?,
                    Value::Text(text) => sheet.decoded(row, column, &line_feeds(text.into()))?,
                    Value::Shared(index) => {
                        sheet.decoded(row, column, shared.strings.get(index).ok_or_else(damaged)?)?;
                    }
                    Value::Number(value) => {
                        let format = shared.styles.format(style as usize);
                        sheet.number(row, column, value, format, shared.epoch_1904)?;
                    }
                }
            }
            _ => {}
        }
    }
    if let Some(id) = drawing {
        drawing::report(package, part, &id, &mut sheet)?;
    }
    sheet.finish()
}
