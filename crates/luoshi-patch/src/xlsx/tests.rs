//! Notes and repairs in workbooks made for the purpose; what other programs make of them is asked in the suite.

use std::io::{Cursor, Write};

use luoshi_table::{Container, Locator};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::package::Package;
use crate::{Format, Note, Repair, Stamp, Target, annotate, repair};

const STAMP: Stamp<'static> = Stamp { author: "甲", date: "2000-01-01T00:00:00Z" };

const SHEET: &str = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>0</v></c>\
    <c r=\"C1\" t=\"inlineStr\"><is><t>丙,丁</t></is></c></row></sheetData><tableParts/></worksheet>";

fn xlsx(more: &[(&str, &str)], sheet_rels: &str) -> Vec<u8> {
    xlsx_of(SHEET, more, sheet_rels)
}

fn xlsx_of(sheet: &str, more: &[(&str, &str)], sheet_rels: &str) -> Vec<u8> {
    let rel = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"http://x/relationships/{kind}\" Target=\"{target}\"/>")
    };
    let root = format!("<Relationships>{}</Relationships>", rel("rId1", "officeDocument", "xl/workbook.xml"));
    let book = [
        rel("rId1", "worksheet", "worksheets/sheet1.xml"),
        rel("rId2", "sharedStrings", "sharedStrings.xml"),
    ];
    let book = format!("<Relationships>{}</Relationships>", book.concat());
    let mut parts = vec![
        ("[Content_Types].xml", "<Types></Types>"),
        ("_rels/.rels", root.as_str()),
        ("xl/workbook.xml", "<workbook><sheets><sheet name=\"公示版\" r:id=\"rId1\"/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", book.as_str()),
        ("xl/worksheets/sheet1.xml", sheet),
        (
            "xl/sharedStrings.xml",
            "<sst count=\"2\" uniqueCount=\"1\"><si><r><rPr><b/></rPr><t>甲,</t></r><r><t>乙</t></r></si></sst>",
        ),
    ];
    if !sheet_rels.is_empty() {
        parts.push(("xl/worksheets/_rels/sheet1.xml.rels", sheet_rels));
    }
    parts.extend_from_slice(more);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn part(bytes: &[u8], name: &str) -> String {
    Package::open(bytes).unwrap().text(name).unwrap()
}

fn at(column: u32, exact: &str) -> Target {
    let place = Locator::within(&"a.xlsx".into(), Container::Sheet("公示版".into())).cell(0, column);
    Target { place: Some(place), exact: exact.to_owned(), occurrence: 0 }
}

#[test]
fn a_sheet_gets_its_notes_and_what_leads_to_them() {
    let note = |at| Note { at, text: "核对".to_owned() };
    let whole = Target { place: None, exact: String::new(), occurrence: 0 };
    let notes = [note(at(1, "甲")), note(at(1, "乙")), note(whole)];
    let new = annotate(&xlsx(&[], ""), Format::Xlsx, &notes, STAMP).unwrap();
    let comments = part(&new, "xl/comments1.xml");
    assert!(
        comments.contains("ref=\"B1\" authorId=\"0\"") && comments.contains("核对\n\n核对"),
        "{comments}"
    );
    // What has no cell of its own.
    assert_eq!((comments.matches("<comment ").count(), comments.matches("ref=\"A1\"").count()), (2, 1));
    let sheet = part(&new, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("r:id=\"rIdLuoshi2\"/><tableParts/>"), "{sheet}");
    assert!(part(&new, "xl/drawings/vmlDrawing1.vml").contains("<x:Row>0</x:Row><x:Column>1</x:Column>"));
    assert!(part(&new, "[Content_Types].xml").contains("Extension=\"vml\""));
    assert_eq!(annotate(&xlsx(&[], ""), Format::Xlsx, &notes, STAMP).unwrap(), new);
}

#[test]
fn notes_join_those_there_are() {
    let rels = "<Relationships><Relationship Id=\"rId1\" Type=\"http://x/comments\" Target=\"/xl/c.xml\"/>\
        <Relationship Id=\"rId2\" Type=\"http://x/vmlDrawing\" Target=\"/xl/d.vml\"/></Relationships>";
    let comments = "<comments><authors><author>乙</author></authors><commentList><comment ref=\"A1\" authorId=\"0\">\
        <text><t>原有</t></text></comment></commentList></comments>";
    let drawing = "<xml><v:shape id=\"_x0000_s2049\"/></xml>";
    let sheet = SHEET.replace("<tableParts/>", "<legacyDrawing r:id=\"rId2\"/>");
    let bytes = xlsx_of(&sheet, &[("xl/c.xml", comments), ("xl/d.vml", drawing)], rels);
    let notes =
        [Note { at: at(0, ""), text: "核对".to_owned() }, Note { at: at(2, ""), text: "核对".to_owned() }];
    let new = annotate(&bytes, Format::Xlsx, &notes, STAMP).unwrap();
    let noted = part(&new, "xl/c.xml");
    assert!(noted.contains("<t>原有</t><r>") && noted.contains("ref=\"C1\" authorId=\"1\""), "{noted}");
    let shapes = part(&new, "xl/d.vml");
    assert!(shapes.contains("_x0000_s2050") && !shapes.contains("_x0000_s2051"), "{shapes}");
    assert_eq!(part(&new, "xl/worksheets/sheet1.xml"), sheet);
    // A shape numbered at the end of the numbers is not counted on from.
    let last = drawing.replace("/></xml>", &format!("/><v:shape id=\"_x0000_s{}\"/></xml>", usize::MAX));
    let bytes = xlsx_of(&sheet, &[("xl/c.xml", comments), ("xl/d.vml", &last)], rels);
    let new = annotate(&bytes, Format::Xlsx, &notes, STAMP).unwrap();
    assert!(part(&new, "xl/d.vml").contains("_x0000_s2050"));
    // The drawing of the page header's pictures is another, and a note may have no text.
    let empty = comments.replace("<text><t>原有</t></text>", "<text/>");
    let bytes = xlsx_of(SHEET, &[("xl/c.xml", empty.as_str()), ("xl/d.vml", drawing)], rels);
    let new = annotate(&bytes, Format::Xlsx, &notes, STAMP).unwrap();
    assert_eq!(part(&new, "xl/d.vml"), drawing);
    assert!(part(&new, "xl/worksheets/sheet1.xml").contains("<legacyDrawing"));
    let comments = part(&new, "xl/c.xml");
    assert_eq!(
        (comments.matches("ref=\"A1\"").count(), comments.matches("<text/>").count()),
        (1, 0),
        "{comments}"
    );
}

#[test]
fn a_shared_text_is_put_right_for_its_cell_alone() {
    let one = |at| Repair { at, replaced: 3..4, text: "，".to_owned() };
    let repairs = [one(at(0, "甲,乙")), one(at(2, "丙,丁")), one(at(9, "丙,丁"))];
    let (new, lost) = repair(&xlsx(&[], ""), Format::Xlsx, &repairs).unwrap();
    assert_eq!(lost, [2]);
    let sheet = part(&new, "xl/worksheets/sheet1.xml");
    assert!(
        sheet.contains("<c r=\"A1\" t=\"s\"><v>1</v>") && sheet.contains("<c r=\"B1\" t=\"s\"><v>0</v>"),
        "{sheet}"
    );
    assert!(sheet.contains("<is><t>丙，丁</t></is>"));
    let old = "<si><r><rPr><b/></rPr><t>甲,</t></r><r><t>乙</t></r></si>";
    assert_eq!(part(&new, "xl/sharedStrings.xml"), format!("<sst>{old}{}</sst>", old.replace("甲,", "甲，")));
}
