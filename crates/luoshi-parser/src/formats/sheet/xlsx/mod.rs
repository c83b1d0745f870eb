//! xlsx, xlsm and their templates: the workbook part names the sheets, one pass over each sheet's part reads it.
//!
//! Not here: what a sheet's part says (see [`sheet`]), and how it becomes a table (see `book`).

mod sheet;
mod strings;
mod styles;

use luoshi_table::{Diagnostic, Outcome, SourceDocument};

use super::book::Book;
use super::xml::{Node, Xml, is_on, read_part};
use crate::opc::{Relationship, attribute, main_part, relationships};
use crate::package::Package;
use crate::{Cause, Opened, ReadError, limits};
use sheet::Shared;

/// What the workbook part says.
#[derive(Default)]
struct Workbook {
    sheets: Vec<Entry>,
    epoch_1904: bool,
}

/// A sheet as the workbook lists it.
struct Entry {
    name: String,
    relationship: String,
    hidden: bool,
}

pub(super) fn read(opened: Opened<'_>) -> Result<Outcome<SourceDocument>, ReadError> {
    let (file, mut package) = opened.into_package()?;
    let main = main_part(&mut package)?.unwrap_or_else(|| "xl/workbook.xml".to_owned());
    let workbook = workbook(&mut package, &main)?;
    let related = relationships(&mut package, &main)?.unwrap_or_default();
    let part_of =
        |kind: &str| related.iter().find(|related| related.kind == kind).map(|related| &*related.target);

    let mut shared = Shared { epoch_1904: workbook.epoch_1904, ..Shared::default() };
    if let Some(part) = part_of("sharedStrings") {
        shared.strings = strings::read(&mut package, part)?;
    }
    shared.styles_part = part_of("styles").map(str::to_owned);

    let mut book = Book::new(&file, "xlsx");
    report_comments(&package, &mut book)?;
    for entry in workbook.sheets {
        match worksheet(&related, &entry.relationship) {
            Some(part) => sheet::read(&mut package, part, &entry.name, entry.hidden, &mut shared, &mut book)?,
            None => {
                // A chart, dialog or macro sheet, or one whose relationship is missing.
                let finding = Diagnostic::warning("sheet-skipped", book.place());
                book.report(finding.with("sheet", entry.name))?;
            }
        }
    }
    Ok(book.finish())
}

/// The part of a worksheet by its relationship.
fn worksheet<'r>(related: &'r [Relationship], id: &str) -> Option<&'r str> {
    let related = related.iter().find(|related| related.id == id)?;
    (related.kind == "worksheet").then_some(&*related.target)
}

/// Says once that cell comments are not read; they stand in parts of their own.
pub(super) fn report_comments(package: &Package<'_>, book: &mut Book) -> Result<(), ReadError> {
    let is_comments = |name: &str| {
        let name = name.to_ascii_lowercase();
        name.starts_with("xl/") && name.rsplit('/').next().is_some_and(|file| file.starts_with("comments"))
    };
    if package.names().any(|name| is_comments(&name)) {
        book.report(Diagnostic::info("comments-unread", book.place()))?;
    }
    Ok(())
}

fn workbook(package: &mut Package<'_>, part: &str) -> Result<Workbook, ReadError> {
    let (bytes, place) = read_part(package, part)?;
    let mut xml = Xml::new(&bytes, place.clone());
    let mut workbook = Workbook::default();
    loop {
        match xml.next()? {
            Node::Start(element) => match element.local_name().as_ref() {
                "workbookPr" => workbook.epoch_1904 = is_on(&element, "date1904"),
                "sheet" => {
                    let value = |name| attribute(&element, name).unwrap_or_default().into_owned();
                    workbook.sheets.push(Entry {
                        name: value("name"),
                        relationship: value("id"),
                        hidden: matches!(&*value("state"), "hidden" | "veryHidden"),
                    });
                    if workbook.sheets.len() > limits::SHEETS.size() {
                        let cause = limits::SHEETS.exceeded();
                        return Err(ReadError::at(cause, place));
                    }
                }
                _ => {}
            },
            Node::Done if workbook.sheets.is_empty() => {
                let detail = "the workbook lists no sheet".to_owned();
                return Err(ReadError::at(Cause::Damaged { detail }, place));
            }
            Node::Done => return Ok(workbook),
            Node::End | Node::Text(_) => {}
        }
    }
}
