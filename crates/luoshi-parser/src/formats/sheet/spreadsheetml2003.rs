//! The XML of Excel 2002 and 2003 (SpreadsheetML 2003), which many programs write and call xls: one file, one pass.
//!
//! ```text
//! Workbook ─ Styles ─ Style ─ NumberFormat
//!          └ Worksheet ┬ Table ┬ Column
//!                      │       └ Row ─ Cell ─ Data
//!                      └ WorksheetOptions ─ Visible
//! ```
//!
//! Rows, columns and cells stand behind the one before them unless they say where (`ss:Index`, from 1). Not here: which number
//! is shown how, and how cells become a table.

use std::collections::BTreeMap;
use std::sync::Arc;

use luoshi_table::{Diagnostic, Locator, Outcome, SourceDocument};
use quick_xml::events::BytesStart;

use super::biff::bool_text;
use super::book::{Book, Range, Sheet};
use super::number_format::NumberFormat;
use super::xml::{Node, Xml, is_on};
use crate::opc::attribute;
use crate::{Opened, ReadError, limits};

/// Its namespace; also the mark by which the file is told.
pub(crate) const NAMESPACE: &str = "urn:schemas-microsoft-com:office:spreadsheet";

/// Number formats by name, as a system set to simplified Chinese shows them. Any other name is a code.
const NAMED_FORMATS: &[(&str, &str)] = &[
    ("General Number", "General"),
    ("General Date", "yyyy/m/d h:mm"),
    ("Long Date", "yyyy\"年\"m\"月\"d\"日\""),
    ("Medium Date", "d-mmm-yy"),
    ("Short Date", "yyyy/m/d"),
    ("Long Time", "h:mm:ss"),
    ("Medium Time", "h:mm AM/PM"),
    ("Short Time", "h:mm"),
    ("Currency", "\"¥\"#,##0.00;\"¥\"-#,##0.00"),
    ("Euro Currency", "\"€\"#,##0.00;\"€\"-#,##0.00"),
    ("Fixed", "0.00"),
    ("Standard", "#,##0.00"),
    ("Percent", "0.00%"),
    ("Scientific", "0.00E+00"),
    ("Yes/No", "\"Yes\";\"Yes\";\"No\""),
    ("True/False", "\"True\";\"True\";\"False\""),
    ("On/Off", "\"On\";\"On\";\"Off\""),
];

/// The style that every other is based on.
const DEFAULT_STYLE: &str = "Default";

pub(super) fn read(opened: Opened<'_>, format: &'static str) -> Result<Outcome<SourceDocument>, ReadError> {
    let (file, text) = opened.into_text()?;
    let mut book = Book::new(&file, format);
    for finding in text.diagnostics {
        book.report(finding)?;
    }
    book.charge(text.value.len())?;
    let mut pass = Pass {
        xml: Xml::new(text.value.as_bytes(), Locator::file(&file)),
        formats: BTreeMap::new(),
        format_bytes: 0,
        epoch_1904: false,
        has_comments: false,
    };
    let (mut style, mut sheets) = (String::new(), 0);
    loop {
        match pass.xml.next()? {
            Node::Start(element) => match element.local_name().as_ref() {
                "Style" => style = pass.style(&element),
                "NumberFormat" => {
                    let code = attribute(&element, "Format").unwrap_or_default();
                    pass.format_bytes += code.len() as u64;
                    if pass.format_bytes > limits::SIDE_PART_BYTES.get() {
                        let cause = limits::SIDE_PART_BYTES.exceeded();
                        return Err(ReadError::new(cause, &file));
                    }
                    let format = (!code.is_empty()).then(|| Arc::new(number_format(&code)));
                    pass.formats.insert(style.clone(), format);
                }
                "Date1904" => pass.epoch_1904 = true,
                "Worksheet" => {
                    let name = attribute(&element, "Name").unwrap_or_default();
                    pass.worksheet(book.sheet(&name, false)?)?;
                    sheets += 1;
                }
                _ => {}
            },
            Node::Done if sheets == 0 => return Err(pass.xml.damaged("the workbook lists no sheet")),
            Node::Done => break,
            Node::End | Node::Text(_) => {}
        }
    }
    if pass.has_comments {
        book.report(Diagnostic::info("comments-unread", book.place()))?;
    }
    Ok(book.finish())
}

fn number_format(name: &str) -> NumberFormat {
    let named = NAMED_FORMATS.iter().find(|(known, _)| *known == name);
    NumberFormat::new(named.map_or(name, |(_, code)| code))
}

/// A pass over the file.
struct Pass<'a> {
    xml: Xml<'a>,
    /// The number format of each style; none is General.
    formats: BTreeMap<String, Option<Arc<NumberFormat>>>,
    /// Bytes of all their codes.
    format_bytes: u64,
    epoch_1904: bool,
    has_comments: bool,
}

/// What the data of a cell says.
struct Data {
    kind: String,
    text: String,
}

impl Pass<'_> {
    /// A style has the format of the one it is based on, until it states one.
    fn style(&mut self, element: &BytesStart<'_>) -> String {
        let id = attribute(element, "ID").unwrap_or_default().into_owned();
        let parent = attribute(element, "Parent");
        let inherited = self.formats.get(parent.as_deref().unwrap_or(DEFAULT_STYLE)).cloned().flatten();
        self.formats.insert(id.clone(), inherited);
        id
    }

    /// The worksheet that was just opened.
    fn worksheet(&mut self, mut sheet: Sheet<'_>) -> Result<(), ReadError> {
        let (mut row, mut column) = (0_u32, 0_u32);
        let mut depth = 1;
        while depth > 0 {
            match self.xml.next()? {
                Node::Start(element) => match element.local_name().as_ref() {
                    "Column" => {
                        let first = position(&element).unwrap_or(column);
                        column = first.saturating_add(1 + count(&element, "Span"));
                        if is_hidden(&element, "Width") {
                            sheet.hide_columns(first, column - 1);
                        }
                        depth += 1;
                    }
                    "Row" => {
                        let first = position(&element).unwrap_or(row);
                        row = first.saturating_add(1 + count(&element, "Span"));
                        if is_hidden(&element, "Height") {
                            sheet.hide_rows(first, row - 1);
                        }
                        let style = attribute(&element, "StyleID").unwrap_or_default();
                        self.row(&mut sheet, first, &style)?;
                    }
                    "Visible" => {
                        let state = self.xml.text()?;
                        if matches!(&*state, "SheetHidden" | "SheetVeryHidden") {
                            sheet.hide();
                        }
                    }
                    _ => depth += 1,
                },
                Node::End => depth -= 1,
                Node::Text(_) | Node::Done => {}
            }
        }
        sheet.finish()
    }

    /// The cells of the row that was just opened. Those that a cell is merged over to the right are not listed.
    fn row(&mut self, sheet: &mut Sheet<'_>, row: u32, style: &str) -> Result<(), ReadError> {
        let mut column = 0_u32;
        loop {
            match self.xml.next()? {
                Node::Start(element) if element.local_name().as_ref() == "Cell" => {
                    let first = position(&element).unwrap_or(column);
                    let (across, down) = (count(&element, "MergeAcross"), count(&element, "MergeDown"));
                    column = first.saturating_add(1 + across);
                    sheet.merge(Range {
                        first_row: row,
                        first_column: first,
                        last_row: row.saturating_add(down),
                        last_column: first.saturating_add(across),
                    })?;
                    let own = attribute(&element, "StyleID");
                    let formula = attribute(&element, "Formula").map(|formula| formula.into_owned());
                    match (self.cell()?, formula) {
                        (Some(data), _) => {
                            self.show(sheet, row, first, &data, own.as_deref().unwrap_or(style))?
                        }
                        (None, Some(formula)) => {
                            let finding =
                                Diagnostic::warning("formula-uncached", sheet.cell_place(row, first));
                            sheet.report(finding.with("formula", formula))?;
                        }
                        (None, None) => {}
                    }
                }
                Node::Start(_) => self.xml.skip()?,
                Node::End | Node::Done => return Ok(()),
                Node::Text(_) => {}
            }
        }
    }

    /// The data of the cell that was just opened.
    fn cell(&mut self) -> Result<Option<Data>, ReadError> {
        let mut data = None;
        loop {
            match self.xml.next()? {
                Node::Start(element) => match element.local_name().as_ref() {
                    "Data" => {
                        let kind = attribute(&element, "Type").unwrap_or_default().into_owned();
                        data = Some(Data { kind, text: self.data()? });
                    }
                    "Comment" => {
                        self.has_comments = true;
                        self.xml.skip()?;
                    }
                    // Readings, names that the cell belongs to.
                    _ => self.xml.skip()?,
                },
                Node::End | Node::Done => return Ok(data),
                Node::Text(_) => {}
            }
        }
    }

    /// The text of the data that was just opened, that of parts with a look of their own among it.
    fn data(&mut self) -> Result<String, ReadError> {
        let mut text = String::new();
        let mut depth = 1;
        while depth > 0 {
            match self.xml.next()? {
                Node::Start(_) => depth += 1,
                Node::End => depth -= 1,
                Node::Text(piece) => text.push_str(&piece),
                Node::Done => {}
            }
        }
        Ok(text)
    }

    fn show(
        &self,
        sheet: &mut Sheet<'_>,
        row: u32,
        column: u32,
        data: &Data,
        style: &str,
    ) -> Result<(), ReadError> {
        let format =
            self.formats.get(style).or_else(|| self.formats.get(DEFAULT_STYLE)).and_then(Option::as_deref);
        let text = data.text.trim();
        match &*data.kind {
            "Number" => match text.parse::<f64>() {
                Ok(number) => sheet.number(row, column, number, format, self.epoch_1904),
                Err(_) => sheet.text(row, column, &data.text),
            },
            // A date that no format shows as one is told as it is written: its serial number says nothing.
            "DateTime" => match (serial(text), format) {
                (Some(serial), Some(format)) => sheet.number(row, column, serial, Some(format), false),
                _ => sheet.text(row, column, &data.text),
            },
            "Boolean" => sheet.text(row, column, bool_text(matches!(text, "1" | "True" | "true"))),
            // String and Error
            _ => sheet.text(row, column, &data.text),
        }
    }
}

/// Where an element says that it stands, from 0.
fn position(element: &BytesStart<'_>) -> Option<u32> {
    attribute(element, "Index")?.trim().parse::<u32>().ok()?.checked_sub(1)
}

/// How many more rows or columns an element says that it takes; none where it says nothing.
fn count(element: &BytesStart<'_>, name: &str) -> u32 {
    attribute(element, name)
        .and_then(|count| count.trim().parse::<u32>().ok())
        .unwrap_or(0)
        .min(limits::ROWS.count())
}

fn is_hidden(element: &BytesStart<'_>, measure: &str) -> bool {
    is_on(element, "Hidden")
        || attribute(element, measure).is_some_and(|measure| measure.trim().parse() == Ok(0.0))
}

/// The serial number of a moment such as `2016-07-08T09:30:00.000`; the epoch is that of 1900.
fn serial(moment: &str) -> Option<f64> {
    let (date, time) = moment.split_once('T').unwrap_or((moment, ""));
    let mut date = date.splitn(3, '-').map(|number| number.parse::<i64>().ok());
    let (year, month, day) = (date.next()??, date.next()??, date.next()??);
    if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // Years that begin in March end with the leap day, so months have fixed offsets.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1;
    let since_epoch = days - EPOCH_DAYS;
    let mut seconds = 0.0;
    for (part, length) in
        time.trim_end_matches('Z').split(':').zip([3600.0, 60.0, 1.0]).filter(|(part, _)| !part.is_empty())
    {
        seconds += part.parse::<f64>().ok()? * length;
    }
    // To the program 1900 has a 29 February, so the days before it have numbers less by one.
    let serial = if since_epoch < 61 { since_epoch - 1 } else { since_epoch };
    Some(serial as f64 + seconds / 86_400.0)
}

/// 30 December 1899 in days since 1 March of the year 0.
const EPOCH_DAYS: i64 = 693_899;

#[cfg(test)]
mod tests {
    use super::serial;

    #[test]
    fn moments_are_numbered_as_excel_does() {
        for (moment, expected) in [
            ("1900-01-01T00:00:00.000", Some(1.0)),
            ("1900-02-28T00:00:00.000", Some(59.0)),
            ("1900-03-01T00:00:00.000", Some(61.0)),
            ("2016-07-08T00:00:00.000", Some(42559.0)),
            ("2000-02-29", Some(36585.0)),
            ("1899-12-31T12:00:00.000", Some(0.5)),
            ("2016-07-08T06:00:00Z", Some(42559.25)),
            ("2016-13-08", None),
            ("2016", None),
            ("2016-07-08Tx", None),
            ("", None),
        ] {
            assert_eq!(serial(moment), expected, "{moment}");
        }
    }
}
