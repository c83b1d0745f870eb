//! Files made to hurt: each is refused with its cause, or read with a finding, in little time and memory.

use std::io::{Cursor, Read, Write};

use luoshi_parser::{Cause, limits};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::samples::{Seeded, biff_stream, drawn, ods_of, ole_of, read, tables, xlsx_of, zipped};
use super::{agreement, xlsb};

fn refused(bytes: &[u8]) -> Cause {
    read("a", bytes).unwrap_err().cause
}

fn is_damaged(cause: &Cause) -> bool {
    matches!(cause, Cause::Damaged { .. })
}

fn limit(cause: Cause) -> &'static str {
    if let Cause::Limit { what, .. } = cause { what } else { panic!("{cause:?}") }
}

fn one_cell(name: &str) -> String {
    format!(
        r#"<sheetData><row><c r="A1"><v>1</v></c></row><row><c r="{name}"><v>2</v></c></row></sheetData>"#
    )
}

#[test]
fn a_cell_in_the_last_corner_allocates_nothing() {
    assert_eq!(
        refused(&xlsx_of(&one_cell("XFD1048576"), "", "")),
        Cause::Limit { what: "columns", limit: 1_024 }
    );
    assert_eq!(limit(refused(&xlsx_of(&one_cell("ALL1048576"), "", ""))), "grid-positions");
    assert_eq!(limit(refused(&xlsx_of(&one_cell("A1048577"), "", ""))), "rows");
}

#[test]
fn a_far_cell_of_white_space_is_not_part_of_the_table() {
    let data = r#"<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1000"><c r="T1000" t="str"><v> </v></c></row><row r="1048576"><c r="XFD1048576" t="str"><v> </v></c></row></sheetData>"#;
    assert_eq!(drawn(&tables(&xlsx_of(data, "", "")).0[0]), ["1"]);
}

#[test]
fn a_million_formatted_rows_are_cheap() {
    let rows: String =
        (1..=100_000).map(|row| format!(r#"<row r="{row}"><c r="A{row}" s="1"/></row>"#)).collect();
    let (tables, _) = tables(&xlsx_of(&format!("<sheetData>{rows}</sheetData>"), "", ""));
    assert_eq!(tables[0].grid.rows(), 0);
}

#[test]
fn bombs_are_stopped_at_the_limit() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let template = xlsx_of("<sheetData/>", "", "");
    let mut archive = zip::ZipArchive::new(Cursor::new(&template)).unwrap();
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).unwrap();
        if entry.name().unwrap() != "xl/sharedStrings.xml" {
            writer.raw_copy_file(entry).unwrap();
        }
    }
    writer.start_file("xl/sharedStrings.xml", SimpleFileOptions::default()).unwrap();
    writer.write_all(b"<sst>").unwrap();
    let block = "<si><t>一二三四五六七八九十</t></si>".repeat(20_000);
    for _ in 0..=limits::PART_BYTES.get() / block.len() as u64 {
        writer.write_all(block.as_bytes()).unwrap();
    }
    let bytes = writer.finish().unwrap().into_inner();
    assert!(bytes.len() < 3 << 20, "{}", bytes.len());
    assert_eq!(limit(refused(&bytes)), "part-bytes");
}

#[test]
fn references_and_line_breaks_cannot_grow_without_bound() {
    let cells = r#"<c t="s"><v>0</v></c>"#.repeat(300);
    let rows = format!("<sheetData>{}</sheetData>", format!("<row>{cells}</row>").repeat(20));
    let long = format!("<si><t>{}</t></si>", "长".repeat(100_000));
    assert_eq!(limit(refused(&xlsx_of(&rows, &long, ""))), "text-bytes");
    let lines = format!("<si><t>甲{}乙</t></si>", "\n".repeat(100_000));
    assert_eq!(limit(refused(&xlsx_of(&rows, &lines, ""))), "text-bytes");
}

#[test]
fn entities_are_refused() {
    let sheet = r#"<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData/></worksheet>"#;
    let mut parts = unpacked(&xlsx_of("", "", "")).unwrap();
    parts.iter_mut().find(|(name, _)| name == "xl/worksheets/sheet1.xml").unwrap().1 = sheet.into();
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, bytes)| (&**name, &**bytes)).collect();
    assert_eq!(refused(&zipped(&parts)), Cause::Doctype);
}

#[test]
fn merged_ranges_by_the_thousand_over_each_other_are_refused() {
    let merges: String = (0..2_000)
        .map(|n| format!(r#"<mergeCell ref="A{}:{}300"/>"#, n % 299 + 1, ["GA", "GB"][n % 2]))
        .collect();
    let data = format!(r#"{}<mergeCells>{merges}</mergeCells>"#, one_cell("GB300"));
    assert!(is_damaged(&refused(&xlsx_of(&data, "", ""))));
}

#[test]
fn counts_that_ods_claims_allocate_nothing() {
    let repeated = |cell: &str| {
        ods_of(
            "",
            &format!(
                r#"<table:table table:name="表"><table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row></table:table>"#
            ),
        )
    };
    let empty = repeated(r#"<table:table-cell table:number-columns-repeated="1073741824"/>"#);
    assert_eq!(tables(&empty).0[0].grid.rows(), 0);
    let filled = repeated(
        r#"<table:table-cell table:number-columns-repeated="1024"><text:p>是</text:p></table:table-cell>"#,
    );
    assert_eq!(limit(refused(&filled)), "repeats");
    let spaces = ods_of(
        "",
        r#"<table:table table:name="表"><table:table-row><table:table-cell><text:p>a<text:s text:c="4000000000"/>b</text:p></table:table-cell></table:table-row></table:table>"#,
    );
    assert!(tables(&spaces).0[0].grid.at(0, 0).unwrap().content.text().len() < 2_000);
}

#[test]
fn one_part_listed_a_thousand_times_is_refused() {
    let sheets: String = (0..1_000).map(|n| format!(r#"<sheet name="{n}" r:id="rId1"/>"#)).collect();
    let workbook = format!("<workbook><sheets>{sheets}</sheets></workbook>");
    let rels =
        r#"<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="sheet1.xml"/></Relationships>"#;
    let space: String = (0..160_000).map(|n| format!("{:>1$}", "\n", n % 53 + 1)).collect();
    let sheet = format!("<worksheet><sheetData>{space}</sheetData></worksheet>");
    let bytes = zipped(&[
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", rels.as_bytes()),
        ("xl/sheet1.xml", sheet.as_bytes()),
    ]);
    assert_eq!(limit(refused(&bytes)), "sheet-bytes");
}

#[test]
fn an_ole_chain_that_leads_into_itself_ends() {
    let whole = ole_of(&[("Workbook", &biff_stream(0x0600, &[1, 0, b'a'], &[], &[]))]);
    // The allocation table is the first sector after the header. The directory's chain is at its second word, the
    // stream's from the third on.
    for (word, target) in [(1, 1_u32), (2, 2), (3, 2), (2, 0xFFFF_FFF0), (2, 9_999)] {
        let mut bytes = whole.clone();
        bytes[512 + 4 * word..][..4].copy_from_slice(&target.to_le_bytes());
        assert!(is_damaged(&refused(&bytes)), "{word} {target}");
    }
    let mut bytes = whole;
    // The tree of the directory: the workbook's entry is its own right sibling.
    bytes[1024 + 128 + 72..][..4].copy_from_slice(&1_u32.to_le_bytes());
    assert!(read("a", &bytes).is_ok());
    // The list of allocation tables goes on in a sector that names itself.
    bytes[68..72].copy_from_slice(&2_u32.to_le_bytes());
    let _ = read("a", &bytes);
}

#[test]
fn missing_parts_and_wrong_references_are_named() {
    let missing = zipped(&[
        ("xl/workbook.xml", br#"<workbook><sheets><sheet name="a" id="r1"/></sheets></workbook>"#),
        (
            "xl/_rels/workbook.xml.rels",
            br#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="s.xml"/></Relationships>"#,
        ),
    ]);
    assert_eq!(refused(&missing), Cause::MissingPart("xl/s.xml".to_owned()));
    let reference = r#"<sheetData><row><c t="s"><v>7</v></c></row></sheetData>"#;
    assert!(is_damaged(&refused(&xlsx_of(reference, "<si/>", ""))));
    assert!(is_damaged(&refused(&xlsx_of(r#"<sheetData><row r="1"><c r="A1"><v>1</v></c></row>"#, "", ""))));
}

/// Valid files with a few bytes changed, a piece cut out or doubled: never a panic, whatever comes of it.
#[test]
fn mutated_files_never_panic() {
    let small = agreement::form(6);
    let samples: [&[u8]; 5] = [
        include_bytes!("../../../../fixtures/xls/form.xls"),
        include_bytes!("../../../../fixtures/ods/form.ods"),
        &small,
        &xlsb::workbook(),
        "序号,事项\n1,\"公开\n二\"\n".as_bytes(),
    ];
    let mut random = Seeded(2016);
    for sample in samples {
        // Packages fail at a checksum before their parts are looked at, so those are mutated inside.
        let parts = unpacked(sample);
        for _ in 0..400 {
            match &parts {
                Some(parts) => {
                    let mut parts = parts.clone();
                    let chosen = random.next(parts.len());
                    mutate(&mut parts[chosen].1, &mut random);
                    let parts: Vec<(&str, &[u8])> =
                        parts.iter().map(|(name, bytes)| (&**name, &**bytes)).collect();
                    let _ = read("a", &zipped(&parts));
                }
                None => {
                    let mut bytes = sample.to_vec();
                    mutate(&mut bytes, &mut random);
                    let _ = read("a", &bytes);
                }
            }
        }
    }
}

pub(crate) fn unpacked(bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        parts.push((entry.name().unwrap().into_owned(), bytes));
    }
    Some(parts)
}

pub(crate) fn mutate(bytes: &mut Vec<u8>, random: &mut Seeded) {
    for _ in 0..=random.next(4) {
        if bytes.is_empty() {
            return;
        }
        let at = random.next(bytes.len());
        let end = (at + 1 + random.next(64)).min(bytes.len());
        match random.next(5) {
            0 => bytes[at] = random.next(256) as u8,
            1 => bytes[at] ^= 1 << random.next(8),
            2 => drop(bytes.drain(at..end)),
            3 => {
                let copy = bytes[at..end].to_vec();
                bytes.splice(at..at, copy);
            }
            _ => bytes[at] = [0, 0xFF, 0x7F, 0x80, b'<', b'&', b'9'][random.next(7)],
        }
    }
}
