//! A worksheet's part in one pass: cells, hidden rows and columns, merged ranges (ECMA-376 part 1, §18.3).
//!
//! A formula's cell shows the value that the program saved with it; formulas are not calculated.

use std::borrow::Cow;

use luoshi_table::Diagnostic;
use quick_xml::events::BytesStart;

use super::super::biff::{Styles, bool_text};
use super::super::book::{Book, Range, Sheet};
use super::super::drawing;
use super::super::strings::StringTable;
use super::super::xml::{Node, Xml, is_on, read_part, unescape};
use super::strings::rich_text;
use super::styles;
use crate::ReadError;
use crate::opc::attribute;
use crate::package::Package;

/// What the sheets of a workbook share.
#[derive(Default)]
pub(super) struct Shared {
    pub(super) strings: StringTable,
    pub(super) styles_part: Option<String>,
    /// Read when the first number with a style is met: a form of text alone needs no styles.
    pub(super) styles: Option<Styles>,
    pub(super) epoch_1904: bool,
}

/// Reads a worksheet into the book.
pub(super) fn read(
    package: &mut Package<'_>,
    part: &str,
    name: &str,
    hidden: bool,
    shared: &mut Shared,
    book: &mut Book,
) -> Result<(), ReadError> {
    let (bytes, place) = read_part(package, part)?;
    book.charge(bytes.len())?;
    let mut pass = Pass { xml: Xml::new(&bytes, place), sheet: book.sheet(name, hidden)?, row: 0, column: 0 };
    let mut drawing = None;
    loop {
        match pass.xml.next()? {
            Node::Start(element) => match element.local_name().as_ref() {
                "row" => pass.row(&element)?,
                "c" => pass.cell(&element, package, shared)?,
                "col" if is_on(&element, "hidden") || is_zero(&element, "width") => {
                    pass.hidden_columns(&element)?
                }
                "mergeCell" => pass.merge(&element)?,
                "drawing" => drawing = attribute(&element, "id").map(Cow::into_owned),
                _ => {}
            },
            Node::Done => break,
            Node::End | Node::Text(_) => {}
        }
    }
    if let Some(id) = drawing {
        drawing::report(package, part, &id, &mut pass.sheet)?;
    }
    pass.sheet.finish()
}

/// A pass over a worksheet's part.
struct Pass<'a, 'b> {
    xml: Xml<'a>,
    sheet: Sheet<'b>,
    /// Where the next row or cell stands that does not say where: after the one before.
    row: u32,
    column: u32,
}

impl<'a> Pass<'a, '_> {
    fn row(&mut self, element: &BytesStart<'_>) -> Result<(), ReadError> {
        let number = match attribute(element, "r") {
            Some(number) => number.parse::<u32>().ok().filter(|&number| number > 0),
            None => self.row.checked_add(1),
        };
        self.row = number.ok_or_else(|| self.xml.damaged("a row without a valid number"))?;
        self.column = 0;
        if is_on(element, "hidden") || is_zero(element, "ht") {
            self.sheet.hide_rows(self.row - 1, self.row - 1);
        }
        Ok(())
    }

    fn hidden_columns(&mut self, element: &BytesStart<'_>) -> Result<(), ReadError> {
        let number = |name| attribute(element, name)?.parse::<u32>().ok()?.checked_sub(1);
        let (first, last) =
            number("min").zip(number("max")).ok_or_else(|| self.xml.damaged("col without range"))?;
        self.sheet.hide_columns(first, last);
        Ok(())
    }

    fn merge(&mut self, element: &BytesStart<'_>) -> Result<(), ReadError> {
        let range = attribute(element, "ref").as_deref().and_then(range);
        let range = range.ok_or_else(|| self.xml.damaged("a merged range without valid corners"))?;
        self.sheet.merge(range)
    }

    fn cell(
        &mut self,
        element: &BytesStart<'a>,
        package: &mut Package<'_>,
        shared: &mut Shared,
    ) -> Result<(), ReadError> {
        let (mut position, mut style, mut kind) = (None, None, None);
        let mut attributes = element.attributes();
        for attribute in attributes.with_checks(false) {
            let attribute = attribute.map_err(|error| self.xml.damaged(error))?;
            match attribute.key.as_ref() {
                "r" => position = Some(attribute.value),
                "s" => style = attribute.value.parse::<usize>().ok(),
                "t" => kind = Some(attribute.value),
                _ => {}
            }
        }
        let (row, column) = match position {
            Some(name) => {
                corner(&name).ok_or_else(|| self.xml.damaged(format!("no cell is called {name}")))?
            }
            None => (self.row.saturating_sub(1), self.column),
        };
        self.column = column + 1;

        let (mut value, mut inline, mut formula) = (None, None, None);
        loop {
            match self.xml.next()? {
                Node::Start(child) => match child.local_name().as_ref() {
                    "v" => value = Some(self.xml.text()?),
                    "is" => inline = Some(rich_text(&mut self.xml)?),
                    "f" => formula = Some(self.xml.text()?),
                    _ => self.xml.skip()?,
                },
                Node::End | Node::Done => break,
                Node::Text(_) => {}
            }
        }
        if let Some(text) = inline {
            return self.sheet.text(row, column, &text);
        }
        // Programs that do not calculate write an empty value beside a formula; one whose result is an empty text says so.
        let unsaved = |value: &str| value.is_empty() && formula.is_some() && kind.as_deref() != Some("str");
        let Some(value) = value.filter(|value| !unsaved(value)) else {
            return match formula {
                // Part of an array or shared formula says only so; its own text is empty.
                Some(formula) => {
                    let finding = Diagnostic::warning("formula-uncached", self.sheet.cell_place(row, column));
                    self.sheet.report(finding.with("formula", formula))
                }
                None => Ok(()),
            };
        };
        match kind.as_deref() {
            // Some programs write an empty reference for an empty cell.
            Some("s") if value.trim().is_empty() => Ok(()),
            Some("s") => {
                let text = value.trim().parse().ok().and_then(|index| shared.strings.get(index));
                let text =
                    text.ok_or_else(|| self.xml.damaged("a cell names a shared string that is not there"))?;
                self.sheet.text(row, column, text)
            }
            None | Some("n") => self.number(row, column, value, style, package, shared),
            Some("b") => self.sheet.text(row, column, bool_text(matches!(value.trim(), "1" | "true"))),
            // str (of a formula), e (an error), d (an ISO date)
            _ => self.sheet.text(row, column, &unescape(value)),
        }
    }

    fn number(
        &mut self,
        row: u32,
        column: u32,
        value: Cow<'_, str>,
        style: Option<usize>,
        package: &mut Package<'_>,
        shared: &mut Shared,
    ) -> Result<(), ReadError> {
        let Ok(number) = value.trim().parse::<f64>() else {
            // Some programs leave out the type of a text.
            return self.sheet.text(row, column, &unescape(value));
        };
        let styles = match (&mut shared.styles, style) {
            (_, None) => None,
            (Some(styles), _) => Some(&*styles),
            (none, _) => match &shared.styles_part {
                Some(part) => Some(&*none.insert(styles::read(package, part)?)),
                None => None,
            },
        };
        let format = styles.zip(style).and_then(|(styles, style)| styles.format(style));
        self.sheet.number(row, column, number, format, shared.epoch_1904)
    }
}

/// Whether an attribute is a measure of nothing: a row without height is one that nobody sees.
fn is_zero(element: &BytesStart<'_>, name: &str) -> bool {
    attribute(element, name).is_some_and(|measure| measure.trim().parse() == Ok(0.0))
}

/// The range of `A1:B2`, or of `A1` alone.
fn range(name: &str) -> Option<Range> {
    let (first, last) = name.split_once(':').unwrap_or((name, name));
    let (first, last) = (corner(first)?, corner(last)?);
    Some(Range {
        first_row: first.0.min(last.0),
        first_column: first.1.min(last.1),
        last_row: first.0.max(last.0),
        last_column: first.1.max(last.1),
    })
}

/// Row and column, from 0, of a cell's name such as `B12`.
fn corner(name: &str) -> Option<(u32, u32)> {
    let mut column = 0_u32;
    let mut bytes = name.bytes().filter(|&byte| byte != b'$').peekable();
    while let Some(letter) = bytes.next_if(u8::is_ascii_alphabetic) {
        column = column.checked_mul(26)?.checked_add(u32::from(letter.to_ascii_uppercase() - b'A') + 1)?;
    }
    let mut row = 0_u32;
    for digit in bytes {
        row = row.checked_mul(10)?.checked_add(u32::from(digit.is_ascii_digit().then(|| digit - b'0')?))?;
    }
    // The last corner is a few columns past what any program has; what lies beyond the limits is refused later.
    (row > 0 && column > 0 && column < 1 << 20).then(|| (row - 1, column - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_cells() {
        for (name, expected) in [
            ("A1", Some((0, 0))),
            ("$B$12", Some((11, 1))),
            ("XFD1048576", Some((1_048_575, 16_383))),
            ("a1", Some((0, 0))),
            ("A", None),
            ("1", None),
            ("A0", None),
            ("A1B", None),
            ("ZZZZZZZZZ1", None),
            ("A99999999999", None),
        ] {
            assert_eq!(corner(name), expected, "{name}");
        }
    }
}
