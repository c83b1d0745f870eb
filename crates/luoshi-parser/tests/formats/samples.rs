//! Making files and looking at what was read of them.

use std::io::{Cursor, Write};

use luoshi_parser::{Input, ReadError, ReadOptions};
use luoshi_table::{Container, Diagnostic, Outcome, SourceBlock, SourceDocument, SourceTable};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A zip package of parts.
pub(crate) fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

pub(crate) fn read(name: &str, bytes: &[u8]) -> Result<Outcome<SourceDocument>, ReadError> {
    luoshi_parser::read(&Input { name: name.into(), bytes }, &ReadOptions::default())
}

/// The tables of a workbook, and its findings in words: code, place and arguments.
pub(crate) fn tables(bytes: &[u8]) -> (Vec<SourceTable>, Vec<String>) {
    let outcome = read("a", bytes).unwrap();
    let blocks = outcome.value.blocks.into_iter();
    let tables = blocks.map(|block| match block {
        SourceBlock::Table(table) => table,
        SourceBlock::Line(line) => panic!("a line in a workbook: {line:?}"),
    });
    (tables.collect(), outcome.diagnostics.iter().map(in_words).collect())
}

/// A finding on one line: `code@Sheet!A1 name=value`.
fn in_words(finding: &Diagnostic) -> String {
    let place = finding.place.as_ref().unwrap();
    let mut words = format!("{}@", finding.code);
    if let Some(Container::Sheet(name)) = &place.container {
        words.push_str(&format!("{name}!"));
    }
    words.push_str(&place.column.map(luoshi_table::column_letters).unwrap_or_default());
    words.push_str(&place.row.map(|row| row.to_string()).unwrap_or_default());
    for (name, value) in &finding.arguments {
        words.push_str(&format!(" {name}={value}"));
    }
    words
}

/// Each row of a table on one line: cells parted by `|`, their spans as `text^rows×columns`, `\` for a line break.
pub(crate) fn drawn(table: &SourceTable) -> Vec<String> {
    let grid = &table.grid;
    let cell = |row, column| match grid.origin_at(row, column) {
        Some(cell) if cell.row_span * cell.column_span > 1 => {
            format!("{}^{}×{}", cell.content.text(), cell.row_span, cell.column_span)
        }
        Some(cell) => cell.content.text(),
        None => "·".to_owned(),
    };
    let row = |row| (0..grid.columns()).map(|column| cell(row, column)).collect::<Vec<_>>().join("|");
    (0..grid.rows()).map(row).map(|row| row.replace('\n', "\\")).collect()
}

/// The rows that a table says are hidden, from 1.
pub(crate) fn hidden_rows(table: &SourceTable) -> Vec<usize> {
    table.rows.iter().enumerate().filter(|(_, row)| row.hidden).map(|(number, _)| number + 1).collect()
}

/// A part of a minimal xlsx package.
pub(crate) const CONTENT_TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
</Types>"#;

const WORKBOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>"#;

const RELATIONSHIPS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/>
<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>
</Relationships>"#;

/// An xlsx of one sheet whose worksheet element holds `sheet`, with shared strings and styles.
pub(crate) fn xlsx_of(sheet: &str, strings: &str, styles: &str) -> Vec<u8> {
    let worksheet = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{sheet}</worksheet>"#
    );
    zipped(&[
        ("[Content_Types].xml", CONTENT_TYPES.as_bytes()),
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONSHIPS.as_bytes()),
        ("xl/worksheets/sheet1.xml", worksheet.as_bytes()),
        ("xl/sharedStrings.xml", format!("<sst>{strings}</sst>").as_bytes()),
        ("xl/styles.xml", format!("<styleSheet>{styles}</styleSheet>").as_bytes()),
    ])
}

/// A drawing of a worksheet with these anchors, and the relationship part that leads to it from the part `sheet`.
pub(crate) fn drawing_of(sheet: &str, anchors: &str) -> [(String, Vec<u8>); 2] {
    let names = r#"xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main""#;
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing";
    let related = format!(
        r#"<Relationships><Relationship Id="rId7" Type="{kind}" Target="../drawings/drawing1.xml"/></Relationships>"#
    );
    [
        (format!("xl/worksheets/_rels/{sheet}.rels"), related.into_bytes()),
        (
            "xl/drawings/drawing1.xml".to_owned(),
            format!("<xdr:wsDr {names}>{anchors}</xdr:wsDr>").into_bytes(),
        ),
    ]
}

/// The package with further parts.
pub(crate) fn with_parts(package: &[u8], more: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new_append(std::io::Cursor::new(package.to_vec())).unwrap();
    for (name, bytes) in more {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut writer, bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// An ods whose `office:spreadsheet` holds `tables`, after automatic styles.
pub(crate) fn ods_of(styles: &str, tables: &str) -> Vec<u8> {
    let content = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"#
    );
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
    ])
}

/// An OLE compound file with these streams at its root, each at least 4096 bytes by padding with zeros.
pub(crate) fn ole_of(streams: &[(&str, &[u8])]) -> Vec<u8> {
    const SECTOR: usize = 512;
    const END: u32 = 0xFFFF_FFFE;
    const FREE: u32 = 0xFFFF_FFFF;
    // Sector 0 is the allocation table, sector 1 the directory, the streams follow.
    let (mut fat, mut data) = (vec![0xFFFF_FFFD, END], Vec::new());
    let mut directory = entry("Root Entry", 5, [FREE, FREE, 1], END, 0);
    for (number, (name, bytes)) in streams.iter().enumerate() {
        let start = fat.len() as u32;
        let sectors = bytes.len().max(4096).div_ceil(SECTOR) as u32;
        fat.extend((1..sectors).map(|next| start + next));
        fat.push(END);
        let mut padded = bytes.to_vec();
        padded.resize(sectors as usize * SECTOR, 0);
        let right = if number + 1 < streams.len() { number as u32 + 2 } else { FREE };
        directory.extend(entry(name, 2, [FREE, right, FREE], start, padded.len() as u32));
        data.extend(padded);
    }
    assert!(fat.len() <= 128 && directory.len() <= SECTOR);
    fat.resize(128, FREE);
    directory.resize(SECTOR, 0);
    let mut header = vec![0; 76];
    header[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    header[26..34].copy_from_slice(&[3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
    for (offset, value) in [(44, 1), (48, 1), (56, 4096), (60, END), (68, END)] {
        header[offset..offset + 4].copy_from_slice(&u32::to_le_bytes(value));
    }
    let table = |words: &[u32]| words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>();
    let mut listed = vec![FREE; 109];
    listed[0] = 0;
    [header, table(&listed), table(&fat), directory, data].concat()
}

/// A directory entry; `links` are left, right and child.
fn entry(name: &str, kind: u8, links: [u32; 3], start: u32, length: u32) -> Vec<u8> {
    let mut bytes: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let name_bytes = bytes.len() as u16 + 2;
    bytes.resize(64, 0);
    bytes.extend(name_bytes.to_le_bytes());
    bytes.extend([kind, 1]);
    bytes.extend(links.iter().flat_map(|link| link.to_le_bytes()));
    bytes.resize(116, 0);
    bytes.extend(start.to_le_bytes());
    bytes.extend(u64::from(length).to_le_bytes());
    bytes
}

/// A record of a BIFF stream.
pub(crate) fn biff(kind: u16, data: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), data].concat()
}

/// A workbook stream: these records in the globals, one sheet with those.
pub(crate) fn biff_stream(
    version: u16,
    sheet_name: &[u8],
    globals: &[Vec<u8>],
    sheet: &[Vec<u8>],
) -> Vec<u8> {
    let bof = |kind: u16| biff(0x0809, &[version.to_le_bytes(), kind.to_le_bytes(), [0; 2], [0; 2]].concat());
    let listed = |offset: u32| biff(0x0085, &[&offset.to_le_bytes()[..], &[0, 0], sheet_name].concat());
    let globals = |offset| [bof(5), globals.concat(), listed(offset), biff(0x000A, &[])].concat();
    let offset = globals(0).len() as u32;
    [globals(offset), bof(16), sheet.concat(), biff(0x000A, &[])].concat()
}

/// Bytes of a seeded generator: the same on every machine.
pub(crate) struct Seeded(pub(crate) u64);

impl Seeded {
    pub(crate) fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below
    }
}
