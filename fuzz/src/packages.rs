//! Packages whose telling parts are the fuzzer's and whose other parts stand still.
//!
//! Not here: which bytes the parts are.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// A kind of package.
pub struct Shape {
    /// Parts that lead a reader to the others.
    fixed: &'static [(&'static str, &'static str)],
    /// Parts that are the fuzzer's.
    free: &'static [&'static str],
}

/// Between two parts. No text and hardly any binary part has it.
const SEPARATOR: &[u8] = b"\xFF\xFE\xFD\n";

/// More than this of a seed's part is cut: a long part is changed where nothing depends on it.
const SEED_BYTES: usize = 24 << 10;

macro_rules! types {
    ($part:literal, $type:literal) => {
        concat!(
            r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName=""#,
            $part, r#"" ContentType=""#, $type, r#""/></Types>"#
        )
    };
}

macro_rules! relations {
    ($(($id:literal, $type:literal, $target:literal)),*) => {
        concat!(
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
            $(r#"<Relationship Id=""#, $id,
              r#"" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/"#, $type,
              r#"" Target=""#, $target, r#""/>"#,)*
            "</Relationships>"
        )
    };
}

/// A Word document: text, styles, lists, notes.
pub const DOCX: Shape = Shape {
    fixed: &[
        (
            "[Content_Types].xml",
            types!(
                "/word/document.xml",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
            ),
        ),
        ("_rels/.rels", relations!(("r", "officeDocument", "word/document.xml"))),
        (
            "word/_rels/document.xml.rels",
            relations!(
                ("r1", "styles", "styles.xml"),
                ("r2", "numbering", "numbering.xml"),
                ("r3", "footnotes", "footnotes.xml")
            ),
        ),
    ],
    free: &["word/document.xml", "word/styles.xml", "word/numbering.xml", "word/footnotes.xml"],
};

const BOOK_RELATIONS: &str = relations!(
    ("rId1", "worksheet", "worksheets/sheet1.xml"),
    ("rId9", "styles", "styles.xml"),
    ("rId8", "sharedStrings", "sharedStrings.xml")
);

/// A workbook.
pub const XLSX: Shape = Shape {
    fixed: &[
        (
            "[Content_Types].xml",
            types!(
                "/xl/workbook.xml",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
            ),
        ),
        ("_rels/.rels", relations!(("r", "officeDocument", "xl/workbook.xml"))),
        ("xl/_rels/workbook.xml.rels", BOOK_RELATIONS),
        (
            "xl/workbook.xml",
            r#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
        ),
    ],
    free: &["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"],
};

/// A binary workbook.
pub const XLSB: Shape = Shape {
    fixed: &[
        (
            "[Content_Types].xml",
            types!("/xl/workbook.bin", "application/vnd.ms-excel.sheet.binary.macroEnabled.main"),
        ),
        ("_rels/.rels", relations!(("r", "officeDocument", "xl/workbook.bin"))),
        (
            "xl/_rels/workbook.bin.rels",
            relations!(
                ("rId1", "worksheet", "worksheets/sheet1.bin"),
                ("rId2", "worksheet", "worksheets/sheet2.bin"),
                ("rId9", "styles", "styles.bin"),
                ("rId8", "sharedStrings", "sharedStrings.bin")
            ),
        ),
    ],
    free: &["xl/worksheets/sheet1.bin", "xl/workbook.bin", "xl/sharedStrings.bin", "xl/styles.bin"],
};

/// An OpenDocument workbook.
pub const ODS: Shape = Shape {
    fixed: &[("mimetype", "application/vnd.oasis.opendocument.spreadsheet")],
    free: &["content.xml", "styles.xml"],
};

/// An OpenDocument text.
pub const ODT: Shape = Shape {
    fixed: &[("mimetype", "application/vnd.oasis.opendocument.text")],
    free: &["content.xml", "styles.xml"],
};

impl Shape {
    /// The package that the fuzzer's bytes make.
    pub fn pack(&self, data: &[u8]) -> Option<Vec<u8>> {
        let mut parts = Vec::new();
        let mut rest = data;
        while let Some(at) = rest.windows(SEPARATOR.len()).position(|window| window == SEPARATOR) {
            parts.push(&rest[..at]);
            rest = &rest[at + SEPARATOR.len()..];
        }
        parts.push(rest);
        let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(data.len() + 4096)));
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let fixed = self.fixed.iter().map(|(name, text)| (*name, text.as_bytes()));
        for (name, bytes) in fixed.chain(self.free.iter().copied().zip(parts)) {
            writer.start_file(name, stored).ok()?;
            writer.write_all(bytes).ok()?;
        }
        Some(writer.finish().ok()?.into_inner())
    }

    /// The fuzzer's bytes for a package that exists.
    pub fn unpack(&self, package: &[u8]) -> Option<Vec<u8>> {
        let mut archive = ZipArchive::new(Cursor::new(package)).ok()?;
        let mut data = Vec::new();
        for (number, name) in self.free.iter().enumerate() {
            if number > 0 {
                data.extend_from_slice(SEPARATOR);
            }
            let Ok(entry) = archive.by_name(name) else { continue };
            entry.take(SEED_BYTES as u64).read_to_end(&mut data).ok()?;
        }
        Some(data)
    }
}
