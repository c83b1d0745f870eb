//! rtf: the attachment as Word and LibreOffice write it says what the docx says; files that are cut or changed by a byte.

use luoshi_parser::{Cause, Input, ReadOptions, Revisions};
use luoshi_table::{Diagnostic, SourceBlock, SourceParagraph, SourceTable};

use super::samples::{Seeded, read};

const ATTACHMENT: &[u8] = include_bytes!("../../../../fixtures/rtf/attachment-2016.rtf");
const AUTO_NUMBERED: &[u8] = include_bytes!("../../../../fixtures/rtf/auto-numbered.rtf");
const BY_LIBREOFFICE: &[u8] = include_bytes!("../../../../fixtures/rtf/libreoffice.rtf");
const DOCX: &[u8] = include_bytes!("../../../../fixtures/docx/attachment-2016.docx");
const DOCX_AUTO_NUMBERED: &[u8] = include_bytes!("../../../../fixtures/docx/auto-numbered.docx");

/// A cell's row, column, rows and columns, and its paragraphs: number and text.
type Cell = (u32, u32, u32, u32, Vec<(String, String)>);

fn paragraph(paragraph: &SourceParagraph) -> (String, String) {
    (paragraph.label().to_owned(), paragraph.text.clone())
}

fn cells(table: &SourceTable) -> Vec<Cell> {
    let cells = table.grid.cells().iter();
    cells
        .map(|cell| {
            let paragraphs = cell.content.paragraphs.iter().map(paragraph).collect();
            (cell.row, cell.column, cell.row_span, cell.column_span, paragraphs)
        })
        .collect()
}

/// What is compared of a document: lines with their numbers, tables with their cells and repeated rows.
type Content = (Vec<(u32, String)>, Vec<(u32, u32, Vec<Cell>, Vec<bool>)>);

fn content(bytes: &[u8], revisions: Revisions) -> (Content, Vec<Diagnostic>) {
    let input = Input { name: "表.doc".into(), bytes };
    let outcome = luoshi_parser::read(&input, &ReadOptions { revisions }).unwrap();
    let (mut lines, mut tables) = (Vec::new(), Vec::new());
    for block in &outcome.value.blocks {
        match block {
            SourceBlock::Line(line) => lines.push((line.number, line.paragraph.text.clone())),
            SourceBlock::Table(table) => {
                let repeats = table.rows.iter().map(|row| row.repeats).collect();
                tables.push((table.grid.rows(), table.grid.columns(), cells(table), repeats));
            }
        }
    }
    ((lines, tables), outcome.diagnostics)
}

fn accepted(bytes: &[u8]) -> (Content, Vec<Diagnostic>) {
    content(bytes, Revisions::Accept)
}

#[test]
fn the_attachment_as_word_writes_it_is_the_same_as_docx() {
    let (found, told) = accepted(ATTACHMENT);
    assert_eq!(found, accepted(DOCX).0);
    assert_eq!(told, []);
}

#[test]
fn numbers_that_word_counts_are_the_same_as_in_docx() {
    let (found, told) = accepted(AUTO_NUMBERED);
    assert_eq!(found, accepted(DOCX_AUTO_NUMBERED).0);
    assert_eq!(told, []);
    // Without the numbers that are shown, those that the list tables make.
    let text = String::from_utf8(AUTO_NUMBERED.to_vec()).unwrap().replace("\\listtext", "\\*\\unknown");
    assert_eq!(accepted(text.as_bytes()).0, found);
}

#[test]
fn the_attachment_as_libreoffice_writes_it_is_the_same_but_for_what_it_drops() {
    let (found, told) = accepted(BY_LIBREOFFICE);
    let mut expected = accepted(DOCX).0;
    // The repeated header, and two spaces at the end of the status of 48.
    let (_, _, cells, repeats) = &mut expected.1[0];
    repeats[0] = false;
    let status = cells.iter_mut().find(|cell| (cell.0, cell.1) == (53, 4)).unwrap();
    status.4[0].1 = status.4[0].1.trim_end().to_owned();
    assert_eq!(found, expected);
    assert_eq!(told, []);
}

#[test]
fn a_file_that_is_cut_is_damaged() {
    let mut random = Seeded(1);
    for _ in 0..200 {
        let cut = &ATTACHMENT[..8 + random.next(ATTACHMENT.len() - 12)];
        assert!(matches!(read("a.doc", cut).unwrap_err().cause, Cause::Damaged { .. }));
    }
}

/// A byte changed anywhere, with those preferred that mean something: never a panic, whatever comes of it.
#[test]
fn a_changed_byte_never_panics() {
    let mut random = Seeded(2);
    for sample in [ATTACHMENT, AUTO_NUMBERED, BY_LIBREOFFICE] {
        let words: Vec<usize> = memchr::memchr_iter(b'\\', sample).collect();
        for _ in 0..150 {
            let mut bytes = sample.to_vec();
            for _ in 0..1 + random.next(4) {
                let near = words[random.next(words.len())] + random.next(8);
                let at =
                    if random.next(2) == 0 { random.next(bytes.len()) } else { near.min(bytes.len() - 1) };
                bytes[at] = match random.next(3) {
                    0 => b"\\{}'*-90u "[random.next(10)],
                    _ => random.next(256) as u8,
                };
            }
            let _ = read("a.doc", &bytes);
        }
    }
}
