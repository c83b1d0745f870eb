//! Whole documents in one XML file: flat OPC, and the XML of Word 2003 and Excel 2003. The fixtures say what those of docx and xlsx
//! say, so they must read the same.

use encoding_rs::GBK;
use luoshi_parser::{Cause, Input, Kind, open};
use luoshi_table::{Outcome, SourceDocument};

use super::samples::Seeded;
use super::samples::read;

const DOCX: &[u8] = include_bytes!("../../../../fixtures/docx/attachment-2016.docx");
const NUMBERED_DOCX: &[u8] = include_bytes!("../../../../fixtures/docx/auto-numbered.docx");
const XLSX: &[u8] = include_bytes!("../../../../fixtures/xlsx/attachment-2016.xlsx");
const FLAT_DOCX: &[u8] = include_bytes!("../../../../fixtures/flat-opc/attachment-2016.docx.xml");
const FLAT_NUMBERED: &[u8] = include_bytes!("../../../../fixtures/flat-opc/auto-numbered.docx.xml");
const FLAT_XLSX: &[u8] = include_bytes!("../../../../fixtures/flat-opc/attachment-2016.xlsx.xml");
const WORD: &[u8] = include_bytes!("../../../../fixtures/wordml-2003/attachment-2016.xml");
const WORD_NUMBERED: &[u8] = include_bytes!("../../../../fixtures/wordml-2003/auto-numbered.xml");
const EXCEL: &[u8] = include_bytes!("../../../../fixtures/spreadsheetml-2003/attachment-2016.xml");

fn ok(bytes: &[u8]) -> Outcome<SourceDocument> {
    read("附件.xml", bytes).unwrap()
}

/// The fixture in UTF-16 with a byte order mark, as Word may write it.
fn utf16(xml: &[u8]) -> Vec<u8> {
    let text = std::str::from_utf8(xml).unwrap().replacen("encoding=\"UTF-8\"", "encoding=\"UTF-16\"", 1);
    [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
}

#[test]
fn each_reads_as_the_package_does() {
    for (format, bytes, same) in [
        ("flat-opc", FLAT_DOCX, DOCX),
        ("flat-opc", FLAT_NUMBERED, NUMBERED_DOCX),
        ("flat-opc", FLAT_XLSX, XLSX),
        ("wordml-2003", WORD, DOCX),
        ("wordml-2003", WORD_NUMBERED, NUMBERED_DOCX),
        ("spreadsheetml-2003", EXCEL, XLSX),
    ] {
        let (outcome, expected) = (ok(bytes), ok(same));
        assert_eq!((outcome.value.format, outcome.value.has_spans), (format, true));
        assert!(!expected.value.blocks.is_empty());
        assert_eq!(outcome.value.blocks, expected.value.blocks, "{format}");
        assert_eq!(outcome.diagnostics, expected.diagnostics, "{format}");
        assert_eq!(ok(&utf16(bytes)).value.blocks, expected.value.blocks, "{format} in UTF-16");
    }
}

#[test]
fn an_encoding_is_believed_where_it_is_declared_and_agrees() {
    let text = std::str::from_utf8(WORD).unwrap();
    let declared = text.replacen("encoding=\"UTF-8\"", "encoding=\"gb2312\"", 1);
    // Declared and true; true and not declared; declared and false.
    for (bytes, findings) in [
        (GBK.encode(&declared).0.into_owned(), 0),
        (GBK.encode(text).0.into_owned(), 1),
        (declared.clone().into_bytes(), 0),
        ([b"\xEF\xBB\xBF", WORD].concat(), 0),
        (utf16(WORD)[2..].to_vec(), 0),
    ] {
        let outcome = ok(&bytes);
        assert_eq!(outcome.value.blocks, ok(DOCX).value.blocks);
        assert_eq!(outcome.diagnostics.len(), findings, "{:?}", outcome.diagnostics);
    }
}

#[test]
fn the_kind_is_told_by_content() {
    for (bytes, kind) in [
        (FLAT_DOCX, Kind::FlatDocx),
        (FLAT_XLSX, Kind::FlatXlsx),
        (WORD, Kind::WordMl2003),
        (EXCEL, Kind::SpreadsheetMl2003),
    ] {
        let input = Input { name: "a.xls".into(), bytes };
        assert_eq!(open(&input).unwrap().kind(), kind);
    }
}

#[test]
fn what_travels_along_is_told() {
    for (bytes, examined) in [(FLAT_DOCX, true), (FLAT_XLSX, true), (WORD, true), (EXCEL, false)] {
        let beside = open(&Input { name: "a".into(), bytes }).unwrap().beside();
        assert_eq!(beside.examined, examined);
        assert_eq!(beside.properties.iter().any(|(_, text)| text == "luoshi"), examined);
    }
}

/// A file that was cut is damaged at every length, or is none of these any more.
#[test]
fn cut_files_are_refused() {
    let mut random = Seeded(2003);
    for bytes in [FLAT_DOCX, FLAT_XLSX, WORD, EXCEL] {
        for _ in 0..25 {
            let end = random.next(bytes.len() - 20);
            let cause = read("a", &bytes[..end]).unwrap_err().cause;
            let is_short = end < 600;
            assert!(is_short || matches!(cause, Cause::Damaged { .. }), "{end} {cause:?}");
        }
    }
}

/// Bytes changed, cut out or doubled: never a panic, whatever comes of it.
#[test]
fn mutated_files_never_panic() {
    let mut random = Seeded(2016);
    for bytes in [FLAT_NUMBERED, FLAT_XLSX, WORD_NUMBERED, EXCEL] {
        for round in 0..60 {
            let mut bytes = bytes.to_vec();
            // Most of a file is text; its head and the first cells hold the structure.
            let reach = if round % 2 == 0 { 8_000.min(bytes.len()) } else { bytes.len() };
            for _ in 0..=random.next(2) {
                let at = random.next(reach);
                match random.next(3) {
                    0 => bytes[at] = b"<>/\"'& 0x\xFF:"[random.next(11)],
                    1 => drop(bytes.drain(at..at + random.next(40).min(reach - at).min(bytes.len() - at))),
                    _ => bytes[at] ^= 1 << random.next(8),
                }
                bytes.resize(bytes.len().max(reach), b' ');
            }
            let _ = read("a", &bytes);
        }
    }
}
