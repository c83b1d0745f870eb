//! The two shortcuts of the walk (property lists that repeat, runs that are nothing but text) must never be seen: a
//! document reads the same with a different comment in every element, which leaves nothing to repeat and no run plain, and
//! with every run on a line of its own.

use proptest::prelude::*;

use super::*;

/// The same document without anything that a shortcut could take.
fn without_shortcuts(xml: &str) -> String {
    let mut count = 0;
    let mut plain = String::new();
    for piece in xml.split_inclusive('>') {
        plain += piece;
        let opens = ["<w:r>", "<w:r ", "<w:p>", "<w:tc>", "<w:rPr>", "<w:pPr>", "<w:tcPr>"];
        if opens.iter().any(|tag| piece.starts_with(tag)) && !piece.ends_with("/>") {
            count += 1;
            plain += &format!("<!--{count}-->");
        }
    }
    plain
}

/// The same document with white space around its runs, where none is shown.
fn indented(xml: &str) -> String {
    xml.replace("<w:r>", "\n  <w:r>").replace("</w:r>", "</w:r>\n  ")
}

/// Reads a body with and without the shortcuts, and gives back what both give.
fn both_ways(body: &str) -> Document {
    let styles = r#"<w:style w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId="o"/>
        <w:style w:styleId="n"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>"#;
    let numbering = "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/></w:lvl></w:abstractNum>\
        <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>";
    let read = |body: &str| {
        Package::new(body).with("styles", "styles", styles).with("numbering", "numbering", numbering).read()
    };
    let (with, without) = (read(body), read(&without_shortcuts(body)));
    assert_eq!(with.source, without.source);
    assert_eq!(with.findings, without.findings);
    assert_eq!(with.source, read(&indented(body)).source);
    with
}

fn run() -> impl Strategy<Value = String> {
    let list = prop::sample::select(vec![
        "",
        "<w:rPr/>",
        "<w:rPr><w:sz w:val=\"21\"/></w:rPr>",
        "<w:rPr><w:rFonts w:ascii=\"仿宋\"/><w:sz w:val=\"21\"/></w:rPr>",
        "<w:rPr><w:rFonts w:ascii=\"Wingdings 2\"/></w:rPr>",
        "<w:rPr><w:vanish/></w:rPr>",
        "<w:rPr><w:rStyle w:val=\"h\"/></w:rPr>",
        "<w:rPr><w:rStyle w:val=\"o\"/><w:b/></w:rPr>",
    ]);
    let tag = prop::sample::select(vec!["<w:r>", "<w:r w:rsidR=\"00A1\">", "<w:r a='x>y'>", "<w:r a=\">\">"]);
    let text = prop::sample::select(vec![
        "<w:t>甲</w:t>",
        "<w:t xml:space=\"preserve\"> 乙 </w:t>",
        "<w:t> R </w:t>",
        "<w:t>a&amp;b</w:t>",
        "<w:t></w:t>",
        "<w:t/>",
        "<w:tab/>",
        "<w:t>丙</w:t><w:br/><w:t>丁</w:t>",
        "<w:t>戊</w:t><w:t>己</w:t>",
        "",
    ]);
    (tag, list, text).prop_map(|(tag, list, text)| format!("{tag}{list}{text}</w:r>"))
}

fn paragraph() -> impl Strategy<Value = String> {
    let list = prop::sample::select(vec![
        "",
        "<w:pPr/>",
        "<w:pPr><w:jc w:val=\"left\"/></w:pPr>",
        "<w:pPr><w:jc w:val=\"left\"/><w:rPr><w:sz w:val=\"21\"/></w:rPr></w:pPr>",
        "<w:pPr><w:pStyle w:val=\"o\"/></w:pPr>",
        "<w:pPr><w:pStyle w:val=\"h\"/></w:pPr>",
        "<w:pPr><w:pStyle w:val=\"n\"/></w:pPr>",
        "<w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr>",
        "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>",
        "<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>",
    ]);
    let runs = prop::collection::vec(run(), 0..4).prop_map(|runs| runs.concat());
    (list, runs).prop_map(|(list, runs)| format!("<w:p>{list}{runs}</w:p>"))
}

fn table() -> impl Strategy<Value = String> {
    let list = prop::sample::select(vec![
        "",
        "<w:tcPr><w:tcW w:w=\"700\"/></w:tcPr>",
        "<w:tcPr><w:tcW w:w=\"900\"/></w:tcPr>",
        "<w:tcPr><w:vMerge/></w:tcPr>",
        "<w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr>",
        "<w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr>",
    ]);
    let cell = (list, prop::collection::vec(paragraph(), 0..3))
        .prop_map(|(list, paragraphs)| format!("<w:tc>{list}{}</w:tc>", paragraphs.concat()));
    let row = prop::collection::vec(cell, 0..4).prop_map(|cells| tr(&cells));
    prop::collection::vec(row, 0..5).prop_map(|rows| tbl(&rows))
}

proptest! {
    #[test]
    fn shortcuts_are_never_seen(pieces in prop::collection::vec(prop_oneof![paragraph(), table()], 0..6)) {
        both_ways(&pieces.concat());
    }
}

#[test]
fn the_same_bytes_under_other_namespaces_are_other_elements() {
    let w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let hidden = |text: &str| format!("<w:r><w:rPr><x:vanish/></w:rPr><w:t>{text}</w:t></w:r>");
    let body = p(&(hidden("一") + &hidden("二")))
        + &format!("<w:p xmlns:x=\"{w}\">{}</w:p>", hidden("三"))
        + &p(&hidden("四"));
    let document = both_ways(&body);
    assert_eq!(document.lines(), ["一二", "", "四"]);
    assert_eq!(document.told(), ["hidden-text r2 text=三"]);
    // A run that declares a namespace is no plain run.
    let body = format!("<w:p><w:r xmlns:w=\"http://example.com/x\"><w:t>外</w:t></w:r>{}</w:p>", r("内"));
    assert_eq!(both_ways(&body).lines(), ["内"]);
}

#[test]
fn a_start_tag_is_not_mistaken_for_another() {
    // `w:rPr` and `w:ruby` begin like `w:r`, and a quoted `>` is no end of a tag.
    let body = p(
        "<w:ruby><w:rubyBase><w:r><w:t>海</w:t></w:r></w:rubyBase></w:ruby><w:r a=\"<\"/><w:r a=\"b\"/><w:r a=\">\"><w:t>沧</w:t></w:r>",
    );
    assert_eq!(both_ways(&body).lines(), ["海沧"]);
    let body = p("<w:r a=\"><w:t>值</w:t></w:r>\"><w:t>文</w:t></w:r>");
    assert_eq!(both_ways(&body).lines(), ["文"]);
}

#[test]
fn damage_in_a_plain_run_is_still_damage() {
    for text in ["<w:t>&x;</w:t></w:r>", "<w:t>a</w:t></w:p>", "<w:t>a</w:r></w:t>"] {
        assert!(Package::new(&p(&format!("{}<w:r>{text}", r("一")))).try_read().is_err(), "{text}");
    }
    let mut xml = format!("<w:document {NAMES}><w:body><w:p><w:r><w:t>").into_bytes();
    xml.extend(b"\xFF</w:t></w:r></w:p></w:body></w:document>");
    assert!(Package::of_document(xml).try_read().is_err());
}
