//! doc: what LibreOffice makes of a docx is the same document, under either extension; damage does no harm.

use luoshi_parser::{Cause, Input, READERS, ReadOptions, read};
use luoshi_table::{SourceBlock, SourceDocument};

use super::hostile::mutate;
use super::samples::{Seeded, ole_of};

const ATTACHMENT: &[u8] = include_bytes!("../../../../fixtures/doc/attachment-2016.doc");
const SMALL: &[u8] = include_bytes!("../../../../fixtures/damaged/legacy.ok.doc");

fn document(name: &str, bytes: &[u8]) -> SourceDocument {
    let outcome = read(&Input { name: name.into(), bytes }, &ReadOptions::default()).unwrap();
    assert!(outcome.diagnostics.is_empty(), "{name}: {:?}", outcome.diagnostics);
    outcome.value
}

/// All that a document says, a line each. LibreOffice drops the white space at the end of a docx's paragraph, so that of
/// either is left out.
fn said(document: &SourceDocument) -> Vec<String> {
    let mut said = Vec::new();
    for block in &document.blocks {
        match block {
            SourceBlock::Line(line) => {
                said.push(format!("{} {}{}", line.number, line.paragraph.label(), line.paragraph.text));
            }
            SourceBlock::Table(table) => {
                said.push(format!("{:?} {}×{}", table.container, table.grid.rows(), table.grid.columns()));
                said.extend(table.rows.iter().map(|row| format!("{row:?}")));
                for cell in table.grid.cells() {
                    let paragraphs = cell.content.paragraphs.iter();
                    let texts: Vec<_> = paragraphs.map(|p| (p.label(), p.text.trim_end())).collect();
                    said.push(format!("{:?} {:?} {texts:?}", cell.rows(), cell.columns()));
                }
            }
        }
    }
    said
}

#[test]
fn an_attachment_says_what_it_says_as_docx() {
    let given = document("a.docx", include_bytes!("../../../../fixtures/docx/attachment-2016.docx"));
    let expected = said(&given);
    assert_eq!(expected.iter().filter(|line| line.starts_with("SourceRow")).count(), 73);
    for name in ["附件.doc", "附件.wps", "附件"] {
        let found = document(name, ATTACHMENT);
        assert_eq!((found.format, found.has_spans), ("doc", true));
        assert_eq!(said(&found), expected, "{name}");
    }
}

#[test]
fn automatic_numbers_are_those_of_the_docx() {
    let given = document("a.docx", include_bytes!("../../../../fixtures/docx/auto-numbered.docx"));
    let found = document("a.doc", include_bytes!("../../../../fixtures/doc/auto-numbered.doc"));
    let expected = said(&given);
    assert!(
        expected.iter().any(|line| line.contains("（三）"))
            && expected.iter().any(|line| line.contains("\"66"))
    );
    assert_eq!(said(&found), expected);
}

#[test]
fn the_reader_names_both_extensions() {
    let doc = READERS.iter().find(|reader| reader.name() == "doc").unwrap();
    assert_eq!(doc.extensions(), ["doc", "wps"]);
}

#[test]
fn a_container_without_the_streams_it_needs_is_refused() {
    let cause = |streams: &[(&str, &[u8])]| {
        let bytes = ole_of(streams);
        read(&Input { name: "a.doc".into(), bytes: &bytes }, &ReadOptions::default()).unwrap_err().cause
    };
    assert!(matches!(cause(&[("WordDocument", &[])]), Cause::Damaged { .. }));
    let mut block = vec![0; 900];
    (block[2], block[32], block[62], block[152]) = (0xC1, 14, 22, 93);
    assert_eq!(cause(&[("WordDocument", &block)]), Cause::MissingPart("0Table".into()));
    block[2] = 0x68;
    assert_eq!(cause(&[("WordDocument", &block)]), Cause::Legacy("Word 6/95"));
    (block[2], block[11]) = (0xC1, 1);
    assert_eq!(cause(&[("WordDocument", &block)]), Cause::Encrypted("doc"));
}

#[test]
fn a_file_cut_anywhere_is_refused() {
    for end in (0..SMALL.len() - 512).step_by(97) {
        let input = Input { name: "a.doc".into(), bytes: &SMALL[..end] };
        assert!(read(&input, &ReadOptions::default()).is_err(), "{end}");
    }
}

#[test]
fn mutated_files_never_panic() {
    let mut random = Seeded(2003);
    for _ in 0..400 {
        let mut bytes = SMALL.to_vec();
        mutate(&mut bytes, &mut random);
        let _ = read(&Input { name: "a.doc".into(), bytes: &bytes }, &ReadOptions::default());
    }
    for _ in 0..2_000 {
        let mut bytes = SMALL.to_vec();
        let at = random.next(bytes.len());
        bytes[at] = random.next(256) as u8;
        let _ = read(&Input { name: "a.doc".into(), bytes: &bytes }, &ReadOptions::default());
    }
}
