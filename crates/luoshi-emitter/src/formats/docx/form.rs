//! What makes the rows of a document a form: regions that stay open in a protected document, lists to choose from, and hidden
//! bookmarks by which the rows are known again (ECMA-376-1 §17.13.7, §17.5.2, §17.13.6).
//!
//! It is added to a row that is already built: docx-rs knows neither regions nor lists. Text can't be mistaken for the tags
//! looked for here: a `<` in text is escaped.
//!
//! Not here: the protection itself (settings.xml) and the form's own mark (custom.xml), which `pack` writes.

use std::fmt::Write;

use luoshi_model::bookmark;

use crate::report::{Entry, Report};

const CELL: &str = "<w:tc>";
const CELL_END: &str = "</w:tc>";
const CELL_PROPERTIES_END: &str = "</w:tcPr>";
const PARAGRAPH_END: &str = "</w:p>";
const PARAGRAPH_PROPERTIES_END: &str = "</w:pPr>";

/// What a list shows that nobody has chosen from: room to click on. Words there would come back as an answer from programs
/// that do not know prompts.
const UNCHOSEN: &str = "<w:r><w:t xml:space=\"preserve\">　　　　</w:t></w:r>";

/// Numbers regions, lists and bookmarks from 1 through the document.
#[derive(Default)]
pub(super) struct Ids(u32);

impl Ids {
    fn next(&mut self) -> u32 {
        self.0 += 1;
        self.0
    }
}

/// A built row with what its form adds.
pub(super) fn row(built: &str, report: &Report, row: u32, ids: &mut Ids) -> String {
    let mut mark = report.row_mark(row).map(bookmark);
    let mut parts = built.split(CELL);
    let mut xml = parts.next().unwrap_or_default().to_owned();
    for (part, cell) in parts.zip(report.table.row(row)) {
        xml.push_str(CELL);
        match report.entry(row, cell.column) {
            Entry::Nothing if cell.row == row && mark.is_some() => {
                xml.push_str(&marked(part, &mark.take().unwrap_or_default(), ids));
            }
            Entry::Nothing => xml.push_str(part),
            Entry::Text => xml.push_str(&open(part, ids)),
            Entry::Choice(choices) if cell.content.paragraphs.len() <= 1 => {
                xml.push_str(&open(&with_list(part, choices, ids), ids));
            }
            // A list holds one paragraph.
            Entry::Choice(_) => xml.push_str(&open(part, ids)),
        }
    }
    xml
}

/// A cell whose first paragraph has a bookmark.
fn marked(cell: &str, name: &str, ids: &mut Ids) -> String {
    let id = ids.next();
    inside_paragraph(cell, |runs| {
        format!("<w:bookmarkStart w:id=\"{id}\" w:name=\"{name}\"/>{runs}<w:bookmarkEnd w:id=\"{id}\"/>")
    })
}

/// A cell that everyone may change. The region holds its paragraphs with their marks, so that a cell without text has one too
/// and further paragraphs belong to it.
fn open(cell: &str, ids: &mut Ids) -> String {
    let id = ids.next();
    let start = format!("{CELL_PROPERTIES_END}<w:permStart w:id=\"{id}\" w:edGrp=\"everyone\"/>");
    let end = format!("<w:permEnd w:id=\"{id}\"/>{CELL_END}");
    cell.replacen(CELL_PROPERTIES_END, &start, 1).replacen(CELL_END, &end, 1)
}

/// A cell whose paragraph is one of a list.
fn with_list(cell: &str, choices: &[String], ids: &mut Ids) -> String {
    let id = ids.next();
    let items = choices.iter().fold(String::new(), |mut items, choice| {
        let choice = quick_xml::escape::escape(choice);
        let _ = write!(items, "<w:listItem w:displayText=\"{choice}\" w:value=\"{choice}\"/>");
        items
    });
    inside_paragraph(cell, |runs| {
        let (prompt, runs) = if runs.is_empty() { ("<w:showingPlcHdr/>", UNCHOSEN) } else { ("", runs) };
        format!(
            "<w:sdt><w:sdtPr><w:id w:val=\"{id}\"/>{prompt}<w:dropDownList>{items}</w:dropDownList></w:sdtPr>\
             <w:sdtContent>{runs}</w:sdtContent></w:sdt>"
        )
    })
}

/// A cell with something else in place of the first paragraph's runs.
fn inside_paragraph(cell: &str, change: impl FnOnce(&str) -> String) -> String {
    let begin = cell.find(PARAGRAPH_PROPERTIES_END).map(|at| at + PARAGRAPH_PROPERTIES_END.len());
    let end = cell.find(PARAGRAPH_END);
    match begin.zip(end) {
        Some((begin, end)) if begin <= end => {
            [&cell[..begin], &change(&cell[begin..end]), &cell[end..]].concat()
        }
        _ => cell.to_owned(),
    }
}
