//! Packages written out as one file, and what becomes of them.

use super::*;
use crate::{Input, open};

const PKG: &str = r#"xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage""#;
const W: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;
const MAIN: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

fn part(name: &str, kind: &str, data: &str) -> String {
    format!(r#"<pkg:part pkg:name="{name}" pkg:contentType="{kind}">{data}</pkg:part>"#)
}

fn xml(root: &str) -> String {
    format!("<pkg:xmlData>{root}</pkg:xmlData>")
}

fn file(parts: &[String]) -> String {
    format!(
        "<?xml version=\"1.0\" standalone=\"yes\"?>\n<?mso-application progid=\"Word.Document\"?>\n<pkg:package {PKG}>{}</pkg:package>",
        parts.concat()
    )
}

fn document(names: &str, text: &str) -> String {
    xml(&format!("<w:document {names}><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"))
}

fn lines(bytes: &[u8]) -> Result<Vec<String>, Cause> {
    let opened = open(&Input { name: "a.xml".into(), bytes }).map_err(|error| error.cause)?;
    let outcome = opened.read(&ReadOptions::default()).map_err(|error| error.cause)?;
    assert_eq!(outcome.value.format, "flat-opc");
    let line = |block: &luoshi_table::SourceBlock| match block {
        luoshi_table::SourceBlock::Line(line) => line.paragraph.text.clone(),
        luoshi_table::SourceBlock::Table(_) => "表".to_owned(),
    };
    Ok(outcome.value.blocks.iter().map(line).collect())
}

#[test]
fn the_part_is_found_by_its_type_wherever_it_stands() {
    let whole = file(&[part("/a/b.xml", MAIN, &document(W, "甲&amp;乙"))]);
    assert_eq!(lines(whole.as_bytes()), Ok(vec!["甲&乙".to_owned()]));
    let macros = "application/vnd.ms-word.document.macroEnabled.main+xml";
    assert_eq!(
        lines(file(&[part("/d.xml", macros, &document(W, "甲"))]).as_bytes()),
        Ok(vec!["甲".to_owned()])
    );
}

#[test]
fn namespaces_may_be_declared_around_the_part() {
    let outer = file(&[part("/word/document.xml", MAIN, &document("", "甲"))]);
    for declared in [
        outer.replace(PKG, &format!("{PKG} {W}")),
        outer.replace("<pkg:xmlData>", &format!("<pkg:xmlData {W}>")),
    ] {
        assert_eq!(lines(declared.as_bytes()), Ok(vec!["甲".to_owned()]));
    }
    // What the part declares itself counts; where nobody does, there is no body.
    let own = outer
        .replace(PKG, &format!("{PKG} xmlns:w=\"urn:other\""))
        .replace("<w:document ", &format!("<w:document {W}"));
    assert_eq!(lines(own.as_bytes()), Ok(vec!["甲".to_owned()]));
    assert!(matches!(lines(outer.as_bytes()), Err(Cause::Damaged { .. })));
    // The elements of the package may have the default namespace.
    let default = file(&[part("/word/document.xml", MAIN, &document(W, "甲"))]).replace("pkg:", "");
    assert_eq!(
        lines(default.replace("xmlns:pkg", "xmlns").replace("xmlnsxmlns", "xmlns").as_bytes()),
        Ok(vec!["甲".to_owned()])
    );
}

#[test]
fn a_part_may_be_base64_in_lines() {
    let text = format!("<w:document {W}><w:body><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:body></w:document>");
    let encoded = STANDARD.encode(text);
    let (first, second) = encoded.split_at(76);
    let data = format!("<pkg:binaryData>{first}\r\n{second}\n</pkg:binaryData>");
    assert_eq!(lines(file(&[part("/word/document.xml", MAIN, &data)]).as_bytes()), Ok(vec!["甲".to_owned()]));
    // A picture that is no base64 hurts nobody.
    let picture = part("/word/media/a.png", "image/png", "<pkg:binaryData>?</pkg:binaryData>");
    let whole = file(&[picture, part("/word/document.xml", MAIN, &document(W, "甲"))]);
    assert_eq!(lines(whole.as_bytes()), Ok(vec!["甲".to_owned()]));
}

#[test]
fn what_travels_along_is_told_as_of_a_package() {
    let core = xml(
        "<c:coreProperties xmlns:c=\"urn:c\" xmlns:dc=\"urn:dc\"><dc:creator>王建国</dc:creator></c:coreProperties>",
    );
    let whole = file(&[
        part("/word/document.xml", MAIN, &document(W, "甲")),
        part("/docProps/core.xml", "application/x", &core),
        part("/word/vbaProject.bin", "application/x", "<pkg:binaryData>AAAA</pkg:binaryData>"),
    ]);
    let mut opened = open(&Input { name: "a.xml".into(), bytes: whole.as_bytes() }).unwrap();
    assert_eq!(opened.kind(), Kind::FlatDocx);
    let beside = opened.beside();
    assert_eq!(beside.properties, [("creator".to_owned(), "王建国".to_owned())]);
    assert_eq!(beside.parts.len(), 1);
}

#[test]
fn other_packages_and_damage_are_refused() {
    let slides = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml";
    let of = |kind: &str| lines(file(&[part("/a.xml", kind, &document(W, ""))]).as_bytes());
    assert_eq!(of(slides), Err(Cause::Unsupported("pptx")));
    assert_eq!(of("text/xml"), Err(Cause::Unsupported("flat OPC")));
    assert_eq!(lines(file(&[]).as_bytes()), Err(Cause::Unsupported("flat OPC")));
    let one = part("/word/document.xml", MAIN, &document(W, "甲"));
    assert!(matches!(lines(file(&[one.clone(), one.clone()]).as_bytes()), Err(Cause::Damaged { .. })));
    let declared = file(std::slice::from_ref(&one)).replacen("<pkg:package", "<!DOCTYPE a><pkg:package", 1);
    assert_eq!(lines(declared.as_bytes()), Err(Cause::Doctype));
    let empty: Vec<String> =
        (0..=crate::limits::PARTS.size()).map(|n| part(&format!("/{n}"), "", &xml("<a/>"))).collect();
    assert!(matches!(lines(file(&empty).as_bytes()), Err(Cause::Limit { what: "parts", .. })));
    let whole = file(&[one]);
    for (end, _) in whole.char_indices().skip(160) {
        assert!(lines(&whole.as_bytes()[..end]).is_err(), "{end}");
    }
}

#[test]
fn declarations_around_many_parts_do_not_multiply_without_bound() {
    let names: String = (0..100).map(|n| format!(" xmlns:a{n}=\"urn:{}\"", "a".repeat(10_000))).collect();
    let parts: Vec<String> = (0..1_000).map(|n| part(&format!("/{n}"), "", &xml("<a/>"))).collect();
    let whole = file(&parts).replacen(PKG, &(PKG.to_owned() + &names), 1);
    assert!(matches!(lines(whole.as_bytes()), Err(Cause::Limit { what: "part-bytes", .. })));
}
