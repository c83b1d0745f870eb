//! html and mht: the attachment as LibreOffice, Word, Python and an office system write it says what the docx says; damage and pages made
//! to hurt do no harm.

use std::time::{Duration, Instant};

use encoding_rs::GB18030;
use luoshi_parser::{Cause, Input, Kind, READERS, ReadOptions, limits, open};
use luoshi_table::{Diagnostic, SourceBlock, SourceParagraph};

use super::hostile::mutate;
use super::samples::{Seeded, drawn, read};

const ATTACHMENT: &[u8] = include_bytes!("../../../../fixtures/html/attachment-2016-gbk.htm");
const AUTO_NUMBERED: &[u8] = include_bytes!("../../../../fixtures/html/auto-numbered.htm");
const EXPORTED: &[u8] = include_bytes!("../../../../fixtures/html/exported.xls");
const MESSAGE: &[u8] = include_bytes!("../../../../fixtures/mht/attachment-2016.mht");
const BY_WORD: &[u8] = include_bytes!("../../../../fixtures/mht/word.mht");
const DOCX: &[u8] = include_bytes!("../../../../fixtures/docx/attachment-2016.docx");
const DOCX_AUTO_NUMBERED: &[u8] = include_bytes!("../../../../fixtures/docx/auto-numbered.docx");

const SAMPLES: [&[u8]; 5] = [ATTACHMENT, AUTO_NUMBERED, EXPORTED, MESSAGE, BY_WORD];

/// A cell's row, column, rows and columns, and its paragraphs: number and text.
type Cell = (u32, u32, u32, u32, Vec<(String, String)>);

/// What is compared of a document: lines with their numbers, tables with their size, cells and repeated rows.
type Content = (Vec<(u32, String)>, Vec<(u32, u32, Vec<Cell>, Vec<bool>)>);

fn content(bytes: &[u8]) -> (Content, Vec<Diagnostic>) {
    let outcome = read("表.xls", bytes).unwrap();
    let paragraph = |paragraph: &SourceParagraph| (paragraph.label().to_owned(), paragraph.text.clone());
    let (mut lines, mut tables) = (Vec::new(), Vec::new());
    for block in &outcome.value.blocks {
        match block {
            SourceBlock::Line(line) => lines.push((line.number, line.paragraph.text.clone())),
            SourceBlock::Table(table) => {
                let cells = table.grid.cells().iter();
                let cells = cells.map(|cell| {
                    let paragraphs = cell.content.paragraphs.iter().map(paragraph).collect();
                    (cell.row, cell.column, cell.row_span, cell.column_span, paragraphs)
                });
                let repeats = table.rows.iter().map(|row| row.repeats).collect();
                tables.push((table.grid.rows(), table.grid.columns(), cells.collect(), repeats));
            }
        }
    }
    ((lines, tables), outcome.diagnostics)
}

/// The docx as LibreOffice saves it as a page: without the two spaces at the end of the status of 48, and with two line ends in the
/// empty paragraph behind the table.
fn as_page(docx: &[u8]) -> Content {
    let mut expected = content(docx).0;
    assert_eq!(expected.0[2], (2, String::new()));
    expected.0[2].1.push('\n');
    let status = expected.1[0].2.iter_mut().find(|cell| (cell.0, cell.1) == (53, 4)).unwrap();
    let trimmed = status.4[0].1.trim_end().to_owned();
    assert_eq!(status.4[0].1.len(), trimmed.len() + 2);
    status.4[0].1 = trimmed;
    expected
}

#[test]
fn the_attachment_is_the_same_as_docx() {
    for bytes in [ATTACHMENT, MESSAGE] {
        let (found, told) = content(bytes);
        assert_eq!(found, as_page(DOCX));
        assert_eq!(told, []);
    }
}

#[test]
fn numbers_that_a_page_shows_are_told_from_text() {
    // LibreOffice writes a list for each number; a page shows it with a full stop.
    let mut expected = as_page(DOCX_AUTO_NUMBERED);
    for (_, _, _, _, paragraphs) in &mut expected.1[0].2 {
        for (label, _) in paragraphs.iter_mut().filter(|(label, _)| !label.is_empty()) {
            label.push('.');
        }
    }
    let (found, told) = content(AUTO_NUMBERED);
    assert_eq!(found, expected);
    assert_eq!(told, []);
    // Word writes the number itself.
    let (found, told) = content(BY_WORD);
    assert_eq!(found, content(DOCX_AUTO_NUMBERED).0);
    assert_eq!(told, []);
}

#[test]
fn an_exported_table_holds_the_same_cells() {
    let (found, told) = content(EXPORTED);
    assert_eq!(told, []);
    let (lines, tables) = content(DOCX).0;
    let (rows, columns, cells, _) = &found.1[0];
    assert_eq!((*rows, *columns), (tables[0].0 + 2, tables[0].1));
    let titles: Vec<&str> = cells[..2].iter().map(|cell| cell.4[0].1.as_str()).collect();
    assert_eq!(titles, [lines[0].1.as_str(), lines[1].1.as_str()]);
    for (given, found) in tables[0].2.iter().zip(&cells[2..]) {
        assert_eq!((given.0 + 2, given.1, given.2, given.3), (found.0, found.1, found.2, found.3));
        // The page ends each line without its spaces, shows no empty line at the end, and fills an empty cell.
        let text = |cell: &Cell| {
            let lines: Vec<&str> = cell.4.iter().map(|(_, text)| text.trim_end()).collect();
            lines.join("\n").trim_end().to_owned()
        };
        assert_eq!(text(given), text(found));
    }
}

#[test]
fn readers_name_their_extensions() {
    for (name, extensions) in [("html", ["html", "htm"]), ("mht", ["mht", "mhtml"])] {
        let reader = READERS.iter().find(|reader| reader.name() == name).unwrap();
        assert_eq!(reader.extensions(), extensions);
    }
}
