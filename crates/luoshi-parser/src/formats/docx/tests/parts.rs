//! Parts, namespaces and encodings.

use super::*;
use crate::Cause;

const TABLE: &str = "<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc></w:tr>\
    <w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>";

fn document(names: &str, body: &str) -> String {
    format!("<w:document {names}><w:body>{body}</w:body></w:document>")
}

fn rows_of(xml: &str) -> Vec<String> {
    Package::of_document(xml.as_bytes().to_vec()).read().rows()
}

#[test]
fn prefixes_are_free_and_both_editions_are_read() {
    let transitional = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let strict = "http://purl.oclc.org/ooxml/wordprocessingml/main";
    for uri in [transitional, strict] {
        let usual = document(&format!("xmlns:w=\"{uri}\""), TABLE);
        assert_eq!(rows_of(&usual), ["甲", "^"]);
        let other = usual.replace("w:", "字:").replace("xmlns:w", "xmlns:字");
        assert_eq!(rows_of(&other), ["甲", "^"]);
        let default = usual
            .replace("xmlns:w", "xmlns")
            .replace("<w:", "<")
            .replace("</w:", "</")
            .replace("w:val", "val");
        assert_eq!(rows_of(&default), ["甲", "^"]);
    }
}

#[test]
fn a_prefix_declared_within_is_in_force_there_only() {
    let names = format!("{NAMES} xmlns:x=\"http://example.com/x\"");
    let w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let body = format!(
        "<w:p><x:r xmlns:x=\"{w}\"><x:t>内</x:t></x:r><x:r><x:t>外</x:t></x:r></w:p>\
         <w:p xmlns:w=\"http://example.com/other\"><w:r><w:t>非</w:t></w:r></w:p><w:p><w:r><w:t>又</w:t></w:r></w:p>"
    );
    let read = Package::of_document(document(&names, &body).into_bytes()).read();
    assert_eq!(read.lines(), ["内", "又"]);
}

#[test]
fn utf_16_and_byte_order_marks_are_read() {
    let xml = document(NAMES, TABLE);
    let utf16 = |bytes: fn(u16) -> [u8; 2], mark: bool| -> Vec<u8> {
        let declared = format!("<?xml version=\"1.0\" encoding=\"UTF-16\"?>{xml}");
        let units = mark.then_some(0xFEFF).into_iter().chain(declared.encode_utf16());
        units.flat_map(bytes).collect()
    };
    let files = [
        utf16(u16::to_le_bytes, true),
        utf16(u16::to_be_bytes, true),
        utf16(u16::to_le_bytes, false),
        [b"\xEF\xBB\xBF", xml.as_bytes()].concat(),
        format!("<?xml version=\"1.0\" encoding='utf-8'?>{xml}").into_bytes(),
        format!("<?xml version=\"1.0\" encoding=\"UTF-16\"?>{xml}").into_bytes(),
        [b"<?xml version=\"1.0\" encoding=\"GB18030\"?>", &*encoding_rs::GB18030.encode(&xml).0].concat(),
    ];
    for (index, file) in files.into_iter().enumerate() {
        assert_eq!(Package::of_document(file).read().rows(), ["甲", "^"], "{index}");
    }
}

#[test]
fn the_document_part_is_found_by_its_relationship() {
    let xml = document(NAMES, TABLE);
    let package = Package::new("");
    let relationship = |target: &str, kind: &str| {
        format!(
            "<Relationships><Relationship Type=\"http://x/core-properties\" Target=\"a.xml\"/><Relationship Type=\"{kind}/officeDocument\" Target=\"{target}\"/></Relationships>"
        )
    };
    let strict = "http://purl.oclc.org/ooxml/officeDocument/relationships";
    let package = package
        .without_part("word/document.xml")
        .with_part("公文/正文.xml", xml.as_bytes())
        .with_part("_rels/.rels", relationship("/公文/正文.xml", strict).as_bytes());
    assert_eq!(package.read().rows(), ["甲", "^"]);
    let package = package.with_part("_rels/.rels", relationship("公文/正文.xml", RELATIONSHIPS).as_bytes());
    assert_eq!(package.read().rows(), ["甲", "^"]);
    let package =
        package.with_part("_rels/.rels", relationship("word/document.xml", RELATIONSHIPS).as_bytes());
    assert_eq!(package.try_read().unwrap_err().cause, Cause::MissingPart("word/document.xml".into()));
}

#[test]
fn without_relationships_the_content_types_lead_to_the_document() {
    let types = "<Types><Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>\
        <Override PartName=\"/word/document2.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let package = Package::new("")
        .without_part("_rels/.rels")
        .without_part("word/document.xml")
        .with_part("word/document2.xml", document(NAMES, TABLE).as_bytes());
    let bare = package.try_read().unwrap_err().cause;
    assert_eq!(bare, Cause::MissingPart("officeDocument".into()));
    assert_eq!(package.with_part("[Content_Types].xml", types.as_bytes()).read().rows(), ["甲", "^"]);
}

#[test]
fn styles_and_numbering_that_are_missing_are_told_and_nothing_more() {
    let body = p(
        "<w:pPr><w:pStyle w:val=\"a\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>文</w:t></w:r>",
    );
    let absent = ["side-part-missing part=styles", "side-part-missing part=numbering"];
    assert_eq!(Package::new(&body).read().told(), absent);
    let named =
        Package::new(&body).leading_to("styles", "styles.xml").leading_to("numbering", "numbering.xml");
    assert_eq!(named.read().told(), absent);
    let broken = Package::new(&body)
        .with("styles", "styles", "<w:style w:styleId=\"a\"><w:numPr></w:style>")
        .with("numbering", "numbering", "<w:num>");
    let read = broken.read();
    assert_eq!(read.lines(), ["文"]);
    let codes: Vec<_> = read.findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["side-part-unreadable", "side-part-unreadable"]);
}

#[test]
fn a_style_that_is_not_defined_and_one_based_on_itself_say_nothing() {
    let styles = "<w:style w:styleId=\"圈\"><w:basedOn w:val=\"圈\"/><w:pPr><w:numPr/></w:pPr></w:style>";
    let styled = |id: &str| p(&format!("<w:pPr><w:pStyle w:val=\"{id}\"/></w:pPr>{}", r("文")));
    let document = Package::new(&(styled("圈") + &styled("无"))).with("styles", "styles", styles).read();
    assert_eq!(document.lines(), ["文", "文"]);
    assert!(document.findings.is_empty());
}

#[test]
fn a_style_at_the_end_of_a_long_part_is_found() {
    let filler = |count: usize| -> String {
        (0..count).map(|n| format!("<w:style w:styleId=\"f{n}\"><w:rPr><w:b/></w:rPr></w:style>")).collect()
    };
    // The named style stands in front of its base, behind it, or beyond what is read at first with it.
    let base = "<w:style w:styleId=\"基\"><w:rPr><w:vanish/></w:rPr></w:style>";
    let named = "<w:style w:styleId=\"名\"><w:basedOn w:val=\"基\"/></w:style>";
    let body = p(&format!("<w:pPr><w:pStyle w:val=\"f1\"/></w:pPr>{}", r("显")))
        + &p(&format!("<w:pPr><w:pStyle w:val=\"名\"/></w:pPr>{}", r("藏")));
    for styles in [
        filler(2) + named + base + &filler(2000),
        filler(2) + named + &filler(2000) + base,
        filler(2000) + base + named,
        filler(2000) + named + base + &filler(2000),
        filler(2) + base + named,
    ] {
        let document = Package::new(&body).with("styles", "styles", &styles).read();
        assert_eq!(document.lines(), ["显", ""]);
        assert_eq!(document.told(), ["hidden-text r2 text=藏"]);
    }
}
