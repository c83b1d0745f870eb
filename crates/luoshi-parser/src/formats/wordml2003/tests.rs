//! Small documents of Word 2003 written out, and what a person would read in them.

use luoshi_table::{Slot, SourceBlock, SourceTable};

use super::*;
use crate::{Cause, Input, Revisions, limits, open};

const NAMES: &str = r#"xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xmlns:v="urn:schemas-microsoft-com:vml"
 xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:aml="http://schemas.microsoft.com/aml/2001/core"
 xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" xmlns:st1="urn:schemas-microsoft-com:office:smarttags""#;

/// What was read: lines and rows as text, findings as code and arguments.
#[derive(Debug, PartialEq)]
struct Found {
    lines: Vec<String>,
    rows: Vec<String>,
    told: Vec<String>,
}

fn file(before: &str, body: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><w:wordDocument {NAMES} xml:space=\"preserve\">{before}<w:body><wx:sect>{body}</wx:sect></w:body></w:wordDocument>"
    )
}

fn try_read(xml: &str, revisions: Revisions) -> Result<Found, ReadError> {
    let opened = open(&Input { name: "表.xml".into(), bytes: xml.as_bytes() })?;
    assert_eq!(opened.kind(), Kind::WordMl2003);
    let Outcome { value, diagnostics } = opened.read(&ReadOptions { revisions })?;
    let mut found = Found { lines: Vec::new(), rows: Vec::new(), told: Vec::new() };
    for block in &value.blocks {
        match block {
            SourceBlock::Line(line) => {
                found.lines.push(format!("{}{}", line.paragraph.label(), line.paragraph.text))
            }
            SourceBlock::Table(table) => found.rows.extend(rows(table)),
        }
    }
    found.told = diagnostics
        .iter()
        .map(|finding| {
            let arguments = finding.arguments.iter().map(|(name, value)| format!(" {name}={value}"));
            finding.code.to_owned() + &arguments.collect::<String>()
        })
        .collect();
    Ok(found)
}

/// Each row: cells between bars, `<` and `^` where a cell to the left or above goes on, `!` where it repeats.
fn rows(table: &SourceTable) -> Vec<String> {
    let cell = |row, column| match table.grid.slot(row, column) {
        Slot::Origin(cell) => cell.content.text().replace('\n', "\\"),
        Slot::Covered(cell) if cell.row == row => "<".to_owned(),
        Slot::Covered(_) => "^".to_owned(),
        Slot::Absent => "~".to_owned(),
    };
    let row = |row: u32| {
        let cells: Vec<String> = (0..table.grid.columns()).map(|column| cell(row, column)).collect();
        cells.join("|") + if table.rows.get(row as usize).is_some_and(|row| row.repeats) { "!" } else { "" }
    };
    (0..table.grid.rows()).map(row).collect()
}

fn read_with(before: &str, body: &str) -> Found {
    try_read(&file(before, body), Revisions::Accept).unwrap()
}

fn read(body: &str) -> Found {
    read_with("", body)
}

fn rejected(body: &str) -> Found {
    try_read(&file("", body), Revisions::Reject).unwrap()
}

fn cause(xml: &str) -> Cause {
    try_read(xml, Revisions::Accept).unwrap_err().cause
}

fn r(text: &str) -> String {
    format!("<w:r><w:t>{text}</w:t></w:r>")
}

fn p(content: &str) -> String {
    format!("<w:p>{content}</w:p>")
}

fn tc(properties: &str, content: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>")
}

fn annotated(kind: &str, content: &str) -> String {
    format!(
        "<aml:annotation aml:id=\"1\" w:type=\"Word.{kind}\" aml:author=\"张三\"><aml:content>{content}</aml:content></aml:annotation>"
    )
}

#[test]
fn merged_cells_and_repeated_headers() {
    let text = |text: &str| p(&r(text));
    let table = [
        "<w:tbl><w:tblGrid><w:gridCol w:w=\"1\"/><w:gridCol w:w=\"1\"/><w:gridCol w:w=\"1\"/></w:tblGrid><w:tr><w:trPr><w:tblHeader/></w:trPr>",
        &tc("<w:gridSpan w:val=\"2\"/>", &text("甲")),
        &tc("<w:vmerge w:val=\"restart\"/>", &text("乙")),
        "</w:tr><w:tr>",
        &tc("<w:hmerge w:val=\"restart\"/>", &text("丙")),
        &tc("<w:hmerge w:val=\"continue\"/>", "<w:p/>"),
        &tc("<w:vmerge/>", "<w:p/>"),
        "</w:tr></w:tbl>",
    ];
    let found = read(&table.concat());
    assert_eq!(found.rows, ["甲|<|乙!", "丙|<|^"]);
    assert!(found.told.is_empty(), "{found:?}");
}

#[test]
fn wrappers_of_any_kind_change_nothing() {
    let inner = format!(
        "<st1:place w:st=\"on\"><st1:city>{}</st1:city></st1:place><w:hlink w:dest=\"http://a\">{}</w:hlink>",
        r("海沧"),
        r("区")
    );
    let body = format!(
        "<wx:sub-section><wx:pBdrGroup><wx:borders/>{}</wx:pBdrGroup></wx:sub-section><other xmlns=\"urn:x\">{}</other>",
        p(&(inner + "<w:proofErr w:type=\"spellStart\"/>")),
        p(&r("尾"))
    );
    assert_eq!(read(&body).lines, ["海沧区", "尾"]);
    // Another prefix, and none.
    let plain = file("", &p(&r("甲")));
    assert_eq!(
        try_read(&plain.replace("w:", "x:").replace("xmlns:w=", "xmlns:x="), Revisions::Accept)
            .unwrap()
            .lines,
        ["甲"]
    );
    let none = plain.replace("xmlns:w=", "xmlns=").replace("<w:", "<").replace("</w:", "</");
    assert_eq!(try_read(&none, Revisions::Accept).unwrap().lines, ["甲"]);
}

#[test]
fn characters_that_are_elements() {
    let body = "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>&lt;&#x4E19;&amp;</w:t><w:noBreakHyphen/><w:softHyphen/></w:r>\
        <w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/></w:r>\
        <w:r><w:rPr><wx:sym wx:font=\"Wingdings\" wx:char=\"F0FC\"/></w:rPr><w:t>\u{F0FC}</w:t></w:r><w:r><w:t><![CDATA[<丁>]]></w:t></w:r>";
    assert_eq!(read(&p(body)).lines, ["甲\t乙\n<丙&-☑✓<丁>"]);
}

#[test]
fn space_counts_where_the_file_says_so() {
    let body = p("<w:r><w:t> 甲 </w:t></w:r><w:r><w:t xml:space=\"default\"> 乙 </w:t></w:r>");
    assert_eq!(read(&body).lines, [" 甲 乙"]);
    let silent = file("", &body).replacen(" xml:space=\"preserve\"", "", 1);
    assert_eq!(try_read(&silent, Revisions::Accept).unwrap().lines, ["甲乙"]);
}

#[test]
fn tracked_changes_are_accepted_or_rejected() {
    let deleted = annotated("Deletion", "<w:r><w:delText>旧</w:delText></w:r>");
    let body = p(&(r("甲") + &annotated("Insertion", &r("新")) + &deleted));
    let found = read(&body);
    assert_eq!(
        (found.lines, found.told),
        (vec!["甲新".to_owned()], vec!["tracked-changes-accepted insertions=1 deletions=1".to_owned()])
    );
    let found = rejected(&body);
    assert_eq!(
        (found.lines, found.told),
        (vec!["甲旧".to_owned()], vec!["tracked-changes-rejected insertions=1 deletions=1".to_owned()])
    );
}

#[test]
fn changed_marks_rows_and_properties() {
    let mark = "<w:pPr><w:rPr><aml:annotation aml:id=\"1\" w:type=\"Word.Deletion\"/></w:rPr></w:pPr>";
    let body = p(&(mark.to_owned() + &r("甲"))) + &p(&r("乙"));
    assert_eq!(
        (read(&body).lines, rejected(&body).lines),
        (vec!["甲乙".to_owned()], vec!["甲".to_owned(), "乙".to_owned()])
    );
    let row = |properties: &str, text: &str| {
        format!("<w:tr><w:trPr>{properties}</w:trPr>{}</w:tr>", tc("", &p(&r(text))))
    };
    let inserted = "<aml:annotation aml:id=\"2\" w:type=\"Word.Insertion\"/>";
    let body = format!("<w:tbl>{}{}</w:tbl>", row("", "一"), row(inserted, "二"));
    assert_eq!(
        (read(&body).rows, rejected(&body).rows),
        (vec!["一".to_owned(), "二".to_owned()], vec!["一".to_owned()])
    );
    // What a run was like before is nothing.
    let was = annotated("Formatting", "<w:rPr><w:vanish/></w:rPr>");
    assert_eq!(read(&p(&format!("<w:r><w:rPr>{was}</w:rPr><w:t>甲</w:t></w:r>"))).lines, ["甲"]);
    // A change around whole paragraphs.
    assert_eq!(rejected(&(annotated("Insertion", &p(&r("新"))) + &p(&r("旧")))).lines, ["旧"]);
}

#[test]
fn comments_notes_and_page_headers_are_no_content() {
    let comment = format!("<w:r>{}</w:r>", annotated("Comment", &p(&r("待核"))));
    let note = "<w:r><w:footnote><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t> 注</w:t><w:br/><w:t>二</w:t></w:r></w:p></w:footnote></w:r>";
    let end = "<w:r><x><w:endnote><w:p><w:r><w:t>尾注</w:t></w:r></w:p></w:endnote></x></w:r>";
    let section = format!(
        "<w:sectPr><w:footnotePr><w:footnote w:type=\"separator\"><w:p><w:r><w:t>线</w:t></w:r></w:p></w:footnote></w:footnotePr><w:hdr w:type=\"odd\">{}</w:hdr><w:ftr>{}</w:ftr></w:sectPr>",
        p(&r("内部")),
        p(&r("页脚"))
    );
    let marks = "<aml:annotation aml:id=\"0\" w:type=\"Word.Comment.Start\"/>";
    let body = p(&(marks.to_owned() + &r("甲") + &comment + note + end + &r("乙"))) + &section + &p(&r("丙"));
    let found = read(&body);
    assert_eq!(found.lines, ["甲乙", "丙"]);
    assert_eq!(
        found.told,
        [
            "note-text kind=footnotes text=注\n二",
            "note-text kind=endnotes text=尾注",
            "comments-ignored count=1"
        ]
    );
    let whole = file(
        "<o:DocumentProperties><o:Author>王建国</o:Author><o:Pages>1</o:Pages></o:DocumentProperties><w:docOleData><w:binData w:name=\"a\">AAAA</w:binData></w:docOleData><w:docSuppData><w:binData w:name=\"editdata.mso\">AAAA</w:binData></w:docSuppData>",
        &body,
    );
    let mut opened = open(&Input { name: "a".into(), bytes: whole.as_bytes() }).unwrap();
    let beside = opened.beside();
    assert_eq!(beside.properties, [("creator".to_owned(), "王建国".to_owned())]);
    let texts: Vec<&str> = beside.texts.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(texts, ["待核", "尾注", " 注二", "内部\n页脚"]);
    assert_eq!(beside.parts.len(), 2);
}

#[test]
fn custom_properties_are_those_of_the_file() {
    let properties = "<o:CustomDocumentProperties><o:luoshi.unit dt:dt=\"string\" xmlns:dt=\"uuid:C2\">区教育局&amp;甲</o:luoshi.unit></o:CustomDocumentProperties>";
    let whole = file(properties, &p(&r("甲")));
    let mut opened = open(&Input { name: "a".into(), bytes: whole.as_bytes() }).unwrap();
    assert_eq!(opened.properties().get("luoshi.unit"), Some("区教育局&甲"));
}

#[test]
fn bookmarks_belong_to_rows() {
    let start = "<aml:annotation aml:id=\"0\" w:type=\"Word.Bookmark.Start\" w:name=\"第一\"/><aml:annotation aml:id=\"0\" w:type=\"Word.Bookmark.End\"/>";
    let whole =
        file("", &format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", tc("", &p(&(start.to_owned() + &r("甲"))))));
    let opened = open(&Input { name: "a".into(), bytes: whole.as_bytes() }).unwrap();
    let document = opened.read(&ReadOptions::default()).unwrap().value;
    let Some(SourceBlock::Table(table)) = document.blocks.first() else { panic!("no table") };
    assert_eq!(table.bookmarks, [(0, "第一".into())]);
}

#[test]
fn hidden_text_text_boxes_and_fields() {
    let styles = "<w:styles><w:style w:type=\"paragraph\" w:default=\"on\" w:styleId=\"a\"/><w:style w:type=\"character\" w:styleId=\"b\"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>";
    let body = p(
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:rPr><w:rStyle w:val=\"b\"/></w:rPr><w:t>匿</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"off\"/></w:rPr><w:t>显</w:t></w:r>",
    ) + &p(
        "<w:r><w:pict><w:binData w:name=\"wordml://1.png\">AAAA</w:binData><v:shape><v:imagedata src=\"wordml://1.png\"/><v:textbox><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>",
    ) + &p(
        "<w:fldSimple w:instr=\"PAGE\"><w:r><w:t>7</w:t></w:r></w:fldSimple><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> DATE </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>今</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
    );
    let found = read_with(styles, &body);
    assert_eq!(found.lines, ["显", "", "框", "7今"]);
    assert_eq!(found.told, ["hidden-text text=藏匿", "picture-ignored", "text-box text=框"]);
}

const LISTS: &str = r#"<w:lists><w:listPicBullet w:listPicBulletId="0"><w:pict><w:binData w:name="a">AA</w:binData></w:pict></w:listPicBullet>
 <w:listDef w:listDefId="4"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:nfc w:val="37"/><w:suff w:val="Nothing"/><w:lvlText w:val="（%1）"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:lvlText w:val="%2."/></w:lvl></w:listDef>
 <w:listDef w:listDefId="5"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:nfc w:val="23"/><w:suff w:val="Space"/><w:lvlText w:val="·"/><w:rPr><w:rFonts w:ascii="Symbol" w:h-ansi="Symbol"/></w:rPr></w:lvl></w:listDef>
 <w:list w:ilfo="1"><w:ilst w:val="4"/></w:list><w:list w:ilfo="2"><w:ilst w:val="5"/></w:list>
 <w:list w:ilfo="3"><w:ilst w:val="4"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride></w:list></w:lists>"#;

fn listed(place: &str, text: &str) -> String {
    p(&format!("<w:pPr><w:listPr>{place}</w:listPr></w:pPr>{}", r(text)))
}

fn place(level: u8, list: u8) -> String {
    format!("<w:ilvl w:val=\"{level}\"/><w:ilfo w:val=\"{list}\"/>")
}

fn shown(level: u8, list: u8, number: &str, font: &str) -> String {
    place(level, list)
        + &format!("<wx:t wx:val=\"{number}\" wx:wTabBefore=\"360\"/><wx:font wx:val=\"{font}\"/>")
}

#[test]
fn numbers_are_those_shown_with_what_their_list_lets_follow() {
    let body = listed(&shown(0, 1, "（七）", "宋体"), "甲")
        + &listed(&shown(1, 1, "1.", "宋体"), "乙")
        + &listed(&shown(0, 2, "·", "Symbol"), "丙")
        + &listed(&shown(0, 1, "（七）", "宋体"), "丁")
        // Word leaves out the list where it comes of the style; then a tab follows.
        + &listed("<wx:t wx:val=\"1.1&amp;&quot;\"/>", "戊")
        + &listed(&shown(0, 9, "%1", "宋体"), "己")
        + &listed(&shown(0, 1, "", "宋体"), "庚");
    let found = read_with(LISTS, &body);
    assert_eq!(found.lines, ["（七）甲", "1.\t乙", "• 丙", "（七）丁", "1.1&\"\t戊", "%1\t己", "庚"]);
    assert!(found.told.is_empty(), "{found:?}");
}

#[test]
fn numbers_that_are_not_shown_are_counted() {
    let body = listed(&place(0, 1), "甲")
        + &listed(&place(1, 1), "乙")
        + &listed(&place(0, 1), "丙")
        + &listed(&place(0, 2), "丁")
        + &listed(&place(0, 3), "戊")
        + &listed(&place(0, 0), "己");
    let found = read_with(LISTS, &body);
    assert_eq!(found.lines, ["（三）甲", "1.\t乙", "（四）丙", "• 丁", "（九）戊", "己"]);
    let styles = "<w:styles><w:style w:type=\"paragraph\" w:styleId=\"x\"><w:pPr><w:listPr><w:ilfo w:val=\"1\"/></w:listPr></w:pPr></w:style></w:styles>";
    let styled = p(&format!("<w:pPr><w:pStyle w:val=\"x\"/></w:pPr>{}", r("甲")));
    assert_eq!(read_with(&(LISTS.to_owned() + styles), &styled).lines, ["（三）甲"]);
    assert_eq!(read(&listed(&place(0, 7), "甲")).told, ["side-part-missing part=numbering"]);
}

#[test]
fn every_number_format_has_its_name() {
    for (code, name) in [
        ("0", "decimal"),
        ("23", "bullet"),
        ("37", "chineseCounting"),
        ("39", "chineseCountingThousand"),
        ("57", "numberInDash"),
        ("255", "none"),
        ("99", "99"),
        ("x", "x"),
    ] {
        assert_eq!(lists::format(code), name);
    }
    let unknown = LISTS.replace("w:nfc w:val=\"37\"", "w:nfc w:val=\"99\"");
    assert_eq!(read_with(&unknown, &listed(&place(0, 1), "甲")).told, ["number-format-unknown format=99"]);
}

#[test]
fn nested_tables_go_into_their_cell() {
    let inner = format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl><w:p/>", tc("", &p(&r("子"))), tc("", &p(&r("丑"))));
    let found = read(&format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", tc("", &inner)));
    assert_eq!(found.rows, ["子\t丑\\"]);
    assert_eq!(found.told, ["nested-table rows=1"]);
}

#[test]
fn damaged_and_hostile_files_are_refused() {
    let whole = file(LISTS, &p(&r("甲")));
    let damaged = |xml: &str| matches!(cause(xml), Cause::Damaged { .. });
    for (end, _) in whole.char_indices().skip(500) {
        assert!(damaged(&whole[..end]), "{end}");
    }
    assert!(damaged(&whole.replace("甲", "&unknown;")));
    assert!(damaged(&whole.replace("甲", "</w:p>")));
    assert!(damaged(&whole.replace("w:body", "w:other")));
    assert_eq!(cause(&whole.replacen("<w:wordDocument", "<!DOCTYPE a><w:wordDocument", 1)), Cause::Doctype);
    let deep = limits::XML_DEPTH.exceeded();
    for element in ["<w:p>", "<x>", "<w:r><w:footnote>", "<aml:content>", "<w:listPr>"] {
        assert_eq!(cause(&file("", &element.repeat(20_000))), deep, "{element}");
    }
    // Elements without end that nobody looks into are passed over without depth.
    assert!(damaged(&file(&"<w:docPr>".repeat(20_000), "")));
}

#[test]
fn a_different_number_for_every_paragraph_is_read_in_linear_time() {
    let body: String = (0..20_000).map(|n| listed(&shown(0, 1, &n.to_string(), "宋体"), "甲")).collect();
    let found = read_with(LISTS, &body);
    assert_eq!((found.lines.len(), found.lines[19_999].as_str()), (20_000, "19999甲"));
}
