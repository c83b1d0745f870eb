//! What is measured: the 66 items as Word would pack them, as a workbook, and as a model.

use std::io::{Cursor, Read, Write};
use std::path::Path;

use luoshi::model::Attachment;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

pub(crate) struct Material {
    pub(crate) docx: Vec<u8>,
    pub(crate) xlsx: Vec<u8>,
    pub(crate) attachment: Attachment,
}

impl Material {
    pub(crate) fn new() -> Self {
        let docx = with_usual_styles(&fixture("docx/attachment-2016.docx"));
        let attachment = crate::read("a.docx", &docx);
        Self { docx, xlsx: fixture("xlsx/attachment-2016.xlsx"), attachment }
    }
}

pub(crate) fn fixture(path: &str) -> Vec<u8> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_owned();
    std::fs::read(root.join("fixtures").join(path)).unwrap()
}

/// The parts of a package by name, in its order.
pub(crate) fn parts(package: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = ZipArchive::new(Cursor::new(package)).unwrap();
    (0..zip.len())
        .map(|index| {
            let mut part = zip.by_index(index).unwrap();
            let mut content = Vec::new();
            part.read_to_end(&mut content).unwrap();
            (part.name().unwrap().into_owned(), content)
        })
        .collect()
}

pub(crate) fn pack(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The package with a styles.xml as large as Word usually writes it, 350 KB: its own styles and table styles added to them.
fn with_usual_styles(package: &[u8]) -> Vec<u8> {
    let mut parts = parts(package);
    let (_, styles) = parts.iter_mut().find(|(name, _)| name == "word/styles.xml").unwrap();
    let mut text = String::from_utf8(std::mem::take(styles)).unwrap();
    let end = text.rfind("</w:styles>").unwrap();
    let mut more = String::new();
    let mut number = 0;
    while end + more.len() < 350_000 {
        number += 1;
        more.push_str(&format!(
            r#"<w:style w:type="table" w:customStyle="1" w:styleId="GridTable{number}"><w:name w:val="Grid Table {number}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="{}"/><w:tblPr><w:tblStyleRowBandSize w:val="1"/><w:tblBorders><w:top w:val="single" w:sz="4" w:space="0" w:color="666666"/><w:left w:val="single" w:sz="4" w:space="0" w:color="666666"/></w:tblBorders></w:tblPr><w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:color w:val="FFFFFF"/></w:rPr><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{number:06X}"/></w:tcPr></w:tblStylePr></w:style>"#,
            number % 99
        ));
    }
    text.insert_str(end, &more);
    *styles = text.into_bytes();
    pack(&parts)
}
