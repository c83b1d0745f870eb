//! What Word needs to find in the package, part by part.

use std::io::{Cursor, Read};

use luoshi_model::{Attachment, ColumnKey};
use zip::ZipArchive;

use super::*;
use crate::report::fixture::{self, answered, attachment, item};

fn package(attachment: &Attachment) -> Vec<u8> {
    Docx.write(attachment, None).unwrap().value
}

fn part(package: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(package)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn document(attachment: &Attachment) -> String {
    part(&package(attachment), "word/document.xml")
}

/// Number and status, one answer to both items of the first section.
fn merged() -> Attachment {
    let mut attachment = attachment("number status");
    attachment.focuses.clear();
    attachment.sections.truncate(1);
    attachment.items = vec![item(1, "", ""), item(2, "", "")];
    for item in &mut attachment.items {
        item.section = Some("1".into());
    }
    attachment.items[0].status = Some(answered(&["一", "", "二"]));
    attachment.items[0].status.as_mut().unwrap().covers = vec!["i1".into(), "i2".into()];
    attachment
}

#[test]
fn the_table_is_written_as_the_schema_wants_it() {
    // By hand: 12 of 78 mm of 12 756 twips is 1962, the rest 10794. Children in the order of CT_TblPr, CT_TcPr, CT_TrPr.
    // The answer's three lines of 16 pt and twice 0.5 mm are 50.83 pt over two rows: 25.42 pt or 508 twips each.
    let cell = |width: u32, properties: &str, middle: bool, paragraphs: &str| {
        let middle = if middle { "<w:vAlign w:val=\"center\" />" } else { "" };
        format!(
            "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\" />{properties}{middle}</w:tcPr>{paragraphs}</w:tc>"
        )
    };
    let paragraph_with = |more: &str, style: &str, text: &str| {
        let run = match text {
            "" => String::new(),
            text => format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>"),
        };
        format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\" />{more}</w:pPr>{run}</w:p>")
    };
    let paragraph = |style: &str, text: &str| paragraph_with("", style, text);
    let kept = |style: &str, text: &str| paragraph_with("<w:keepNext />", style, text);
    let half = "<w:trHeight w:val=\"508\" w:hRule=\"atLeast\" />";
    let (restart, continued) = ("<w:vMerge w:val=\"restart\" />", "<w:vMerge w:val=\"continue\" />");
    let row = |properties: &str, cells: &[String]| {
        format!("<w:tr><w:trPr><w:cantSplit />{properties}</w:trPr>{}</w:tr>", cells.concat())
    };
    let expected = [
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"Report\"/><w:tblW w:w=\"12756\" w:type=\"dxa\"/><w:jc w:val=\"center\"/>\
         <w:tblLayout w:type=\"fixed\"/></w:tblPr>\
         <w:tblGrid><w:gridCol w:w=\"1962\"/><w:gridCol w:w=\"10794\"/></w:tblGrid>"
            .to_owned(),
        row(
            "<w:tblHeader/>",
            &[
                cell(1962, "", true, &paragraph("ColumnHeading", "number")),
                cell(10794, "", true, &paragraph("ColumnHeading", "status")),
            ],
        ),
        row("", &[cell(12756, "<w:gridSpan w:val=\"2\" />", true, &paragraph("SectionRow", "一、改革"))]),
        row(
            half,
            &[
                cell(1962, "", true, &kept("CellCenter", "1")),
                cell(
                    10794,
                    restart,
                    true,
                    &["一", "", "二"].map(|text| kept("CellLeft", text)).concat(),
                ),
            ],
        ),
        row(
            half,
            &[
                cell(1962, "", true, &paragraph("CellCenter", "2")),
                cell(10794, continued, true, &paragraph("CellLeft", "")),
            ],
        ),
        "</w:tbl>".to_owned(),
    ]
    .concat();
    let document = document(&merged());
    let table = &document[document.find("<w:tbl>").unwrap()..document.find("</w:tbl>").unwrap() + 8];
    assert_eq!(table, expected);
}

#[test]
fn only_the_header_rows_repeat() {
    let mut attachment = merged();
    attachment.columns[1].group = Some("情况".into());
    assert_eq!(document(&attachment).matches("<w:tblHeader/>").count(), 2);
}

#[test]
fn a_row_that_a_long_answer_reaches_may_break() {
    let mut attachment = merged();
    attachment.items[0].status.as_mut().unwrap().paragraphs = vec!["长".repeat(2000)];
    // Header and section row are kept whole; both rows that the answer covers are not.
    assert_eq!(document(&attachment).matches("<w:cantSplit />").count(), 2);
}

#[test]
fn text_survives_as_it_is() {
    let mut attachment = merged();
    attachment.items[1].status = Some(answered(&[" <a> & \"b\" 'c'\t丁\n戊 "]));
    let document = document(&attachment);
    let expected = "<w:t xml:space=\"preserve\"> &lt;a&gt; &amp; &quot;b&quot; &apos;c&apos;</w:t><w:tab />\
         <w:t xml:space=\"preserve\">丁</w:t><w:br w:type=\"textWrapping\" /><w:t xml:space=\"preserve\">戊 </w:t>";
    assert!(document.contains(expected), "{document}");
}

#[test]
fn the_page_is_landscape_a4_with_the_margins_of_the_standard() {
    let document = document(&merged());
    // 297, 210, 28, 37, 26, 35, 14 mm times 1440 / 25.4.
    let expected = "<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/><w:pgMar w:top=\"1587\" w:right=\"2098\" \
         w:bottom=\"1474\" w:left=\"1984\" w:header=\"794\" w:footer=\"794\" w:gutter=\"0\"/></w:sectPr></w:body>";
    assert!(document.contains(expected), "{document}");
}

#[test]
fn a_document_never_ends_with_a_table() {
    let with_table_last = document(&merged());
    let after = &with_table_last[with_table_last.find("</w:tbl>").unwrap()..];
    assert!(
        after.starts_with("</w:tbl><w:p><w:pPr><w:pStyle w:val=\"AfterTable\" /></w:pPr></w:p><w:sectPr>")
    );
    let mut attachment = merged();
    attachment.postscript = vec!["注".into()];
    assert!(!document(&attachment).contains("AfterTable"));
}

#[test]
fn every_style_that_the_document_names_is_there() {
    let mut attachment = merged();
    attachment.annex = Some("附件".into());
    attachment.preamble = vec!["填报单位".into()];
    attachment.postscript = vec!["注".into()];
    let package = package(&attachment);
    let styles = part(&package, "word/styles.xml");
    for name in ["word/document.xml", "word/footer-odd.xml", "word/footer-even.xml"] {
        let xml = part(&package, name);
        for named in xml.split("Style w:val=\"").skip(1) {
            let id = named.split('"').next().unwrap();
            assert!(styles.contains(&format!("w:styleId=\"{id}\"")), "{name}: {id}");
        }
    }
    assert!(!styles.contains("{{"), "a placeholder is left");
}

#[test]
fn faces_are_named_with_what_may_stand_in_for_them() {
    let fonts = part(&package(&merged()), "word/fontTable.xml");
    assert!(fonts.contains("<w:font w:name=\"仿宋_GB2312\"><w:altName w:val=\"仿宋,FangSong,"), "{fonts}");
    let styles = part(&package(&merged()), "word/styles.xml");
    let face = "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"仿宋_GB2312\"";
    assert!(styles.contains(face) && !styles.contains("Theme"));
}

#[test]
fn the_properties_tell_the_title_and_no_date() {
    let mut attachment = merged();
    attachment.title = "情况<表>".into();
    let core = part(&package(&attachment), "docProps/core.xml");
    assert!(
        core.contains("<dc:title>情况&lt;表&gt;</dc:title>") && core.contains("2000-01-01T00:00:00Z"),
        "{core}"
    );
}

#[test]
fn two_documents_of_one_process_are_the_same() {
    assert_eq!(package(&merged()), package(&merged()));
}

#[test]
fn more_columns_than_word_has_are_refused() {
    let mut attachment = merged();
    let column = attachment.columns[1].clone();
    attachment.columns.extend(
        (0..62).map(|number| luoshi_model::Column {
            key: ColumnKey::Extra(number.to_string()),
            ..column.clone()
        }),
    );
    let error = Docx.write(&attachment, None).unwrap_err();
    assert_eq!(error.code(), "table-too-large");
}

#[test]
fn an_empty_attachment_is_an_empty_document() {
    let document = document(&Attachment::default());
    assert!(document.contains("<w:body><w:sectPr>"), "{document}");
}

fn form_package(form: &Form) -> Vec<u8> {
    Docx.write_form(form, None).unwrap().value
}

/// Number, class and status of one item.
fn small_form() -> Form {
    let mut form = fixture::form();
    form.attachment = Attachment { items: vec![item(1, "", "")], ..attachment("number class status") };
    form.attachment.sections.clear();
    form.attachment.focuses.clear();
    form
}

#[test]
fn the_answers_of_a_form_are_regions_that_everyone_may_change() {
    let document = part(&form_package(&small_form()), "word/document.xml");
    let row = document.split("<w:tr>").nth(2).unwrap();
    let row = &row[..row.find("</w:tr>").unwrap()];
    // By hand: 12, 18 and 66 of 96 mm of 12 756 twips; six lines of 16 pt and twice 0.5 mm are 98.83 pt or 1977 twips. The row
    // may break; the name is FNV-1a of "i1", worked out with Python.
    let cell = |width: u32, properties: &str, content: &str| {
        format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\" />{properties}</w:tcPr>{content}</w:tc>")
    };
    let paragraph =
        |style: &str, runs: &str| format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\" /></w:pPr>{runs}</w:p>");
    let open = |id: u32, content: &str| {
        format!("<w:permStart w:id=\"{id}\" w:edGrp=\"everyone\"/>{content}<w:permEnd w:id=\"{id}\"/>")
    };
    let list = "<w:sdt><w:sdtPr><w:id w:val=\"2\"/><w:showingPlcHdr/><w:dropDownList>\
        <w:listItem w:displayText=\"已落实\" w:value=\"已落实\"/>\
        <w:listItem w:displayText=\"未落实\" w:value=\"未落实\"/></w:dropDownList></w:sdtPr>\
        <w:sdtContent><w:r><w:t xml:space=\"preserve\">　　　　</w:t></w:r></w:sdtContent></w:sdt>";
    let middle = "<w:vAlign w:val=\"center\" />";
    let marked = "<w:bookmarkStart w:id=\"1\" w:name=\"_luoshi_0307b55bf918\"/>\
        <w:r><w:t xml:space=\"preserve\">1</w:t></w:r><w:bookmarkEnd w:id=\"1\"/>";
    let expected = [
        "<w:trPr><w:trHeight w:val=\"1977\" w:hRule=\"atLeast\" /></w:trPr>".to_owned(),
        cell(1546, middle, &paragraph("CellCenter", marked)),
        cell(2706, middle, &open(3, &paragraph("CellCenter", list))),
        cell(8504, "<w:vAlign w:val=\"top\" />", &open(4, &paragraph("CellLeft", ""))),
    ];
    assert_eq!(row, expected.concat());
}

#[test]
fn what_was_chosen_stands_in_the_list_and_several_paragraphs_in_one_region() {
    let mut form = small_form();
    form.attachment.items[0].class = vec!["未落实".into()];
    form.attachment.items[0].status = Some(answered(&["一", "二"]));
    let document = part(&form_package(&form), "word/document.xml");
    assert!(!document.contains("showingPlcHdr"), "{document}");
    let content = "<w:sdtContent><w:r><w:t xml:space=\"preserve\">未落实</w:t></w:r></w:sdtContent>";
    assert!(document.contains(content), "{document}");
    let region = document.split("<w:permStart w:id=\"4\"").nth(1).unwrap();
    let region = &region[..region.find("<w:permEnd w:id=\"4\"/></w:tc>").unwrap()];
    assert!(region.contains(">一<") && region.contains(">二<"), "{region}");
}

#[test]
fn a_form_is_protected_and_marked_and_no_other_document_is() {
    let package = form_package(&fixture::form());
    let protection = "<w:documentProtection w:edit=\"readOnly\" w:enforcement=\"1\"/>";
    assert!(part(&package, "word/settings.xml").contains(protection));
    let custom = part(&package, "docProps/custom.xml");
    let property = "name=\"luoshi.form\"><vt:lpwstr>luoshi.form/1|c|区教育局</vt:lpwstr>";
    assert!(custom.contains(property), "{custom}");
    for name in ["[Content_Types].xml", "_rels/.rels"] {
        assert!(part(&package, name).contains("docProps/custom.xml"), "{name}");
    }
    let document = part(&package, "word/document.xml");
    for id in ["i1", "i2", "i3"] {
        let name = format!("w:name=\"{}\"", luoshi_model::bookmark(id));
        assert_eq!(document.matches(&name).count(), 1, "{id}");
    }
    let plain = crate::write("docx", &fixture::form().attachment, None).unwrap().value;
    for name in ["[Content_Types].xml", "_rels/.rels", "word/settings.xml", "word/document.xml"] {
        let part = part(&plain, name);
        let traces = ["custom", "documentProtection", "{{", "_luoshi_", "permStart", "sdt"];
        assert!(!traces.iter().any(|trace| part.contains(trace)), "{name}: {part}");
    }
}

#[test]
fn a_form_written_twice_is_the_same() {
    assert_eq!(form_package(&fixture::form()), form_package(&fixture::form()));
}

#[test]
fn a_form_that_asks_nothing_is_written_with_a_finding() {
    let findings = Docx.write_form(&Form::default(), None).unwrap().diagnostics;
    assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["columns-missing"]);
}
