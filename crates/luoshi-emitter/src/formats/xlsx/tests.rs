//! What Excel needs to find in the workbook.

use std::io::{Cursor, Read};

use luoshi_model::Attachment;
use zip::ZipArchive;

use super::*;
use crate::report::fixture::{self, answered, attachment, item};

fn workbook(attachment: &Attachment) -> Vec<u8> {
    Xlsx.write(attachment, None).unwrap().value
}

fn part(package: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(package)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn print_sheet(attachment: &Attachment) -> String {
    part(&workbook(attachment), "xl/worksheets/sheet1.xml")
}

/// Two items without sections; rows of the sheet: title 1, header 2, items from 3.
fn plain() -> Attachment {
    let mut attachment = attachment("number matter status");
    attachment.sections.clear();
    attachment.focuses.clear();
    attachment.items = vec![item(1, "", "甲"), item(2, "", "乙")];
    attachment
}

fn merges(sheet: &str) -> Vec<&str> {
    sheet.split("<mergeCell ref=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

/// Heights in points by row number, as the sheet gives them.
fn heights(sheet: &str) -> Vec<(u32, f64)> {
    let rows = sheet.split("<row r=\"").skip(1);
    rows.map(|row| {
        let number = row.split('"').next().unwrap().parse().unwrap();
        let height = row.split("ht=\"").nth(1).unwrap().split('"').next().unwrap();
        (number, height.parse().unwrap())
    })
    .collect()
}

#[test]
fn an_answer_to_several_items_is_merged() {
    let mut attachment = plain();
    attachment.items[0].status = Some(answered(&["一"]));
    attachment.items[0].status.as_mut().unwrap().covers = vec!["i1".into(), "i2".into()];
    assert_eq!(merges(&print_sheet(&attachment)), ["A1:C1", "C3:C4"]);
}

#[test]
fn an_answer_too_high_for_a_page_takes_several_rows_with_all_its_cells() {
    let mut attachment = plain();
    attachment.items[0].status = Some(answered(&["长".repeat(800).as_str()]));
    let sheet = print_sheet(&attachment);
    // The status column is 66 mm = 187 pt; 0.94 of that holds 17 characters of 10 pt, so 800 take 48 lines of 13.8 pt, with
    // 4 pt of air 666.4 pt: 17 rows of three lines or less.
    assert_eq!(merges(&sheet), ["A1:C1", "A3:A19", "B3:B19", "C3:C19"]);
    let heights = heights(&sheet);
    let item: Vec<f64> =
        heights.iter().filter(|(row, _)| (3..=19).contains(row)).map(|(_, height)| *height).collect();
    assert!((666.0..676.0).contains(&item.iter().sum::<f64>()), "{heights:?}");
    assert!(item.iter().all(|height| *height <= 42.0), "{heights:?}");
    // The second item follows, with its number as a number.
    let second = &sheet[sheet.find("<c r=\"A20\"").unwrap()..];
    assert!(second[..second.find("</c>").unwrap()].ends_with("<v>2</v>"), "{second}");
}

#[test]
fn a_long_answer_is_parted_between_its_paragraphs() {
    let mut attachment = plain();
    let long = ["甲".repeat(100), "乙".repeat(100), "丙".repeat(400)];
    attachment.items[0].status = Some(answered(&long.each_ref().map(String::as_str)));
    let package = workbook(&attachment);
    let sheet = part(&package, "xl/worksheets/sheet1.xml");
    // 17 characters a line: 6, 6 and 24 lines of 13.8 pt with 4 pt of air are 86.8, 86.8 and 335.2 pt. Two of the first are
    // more than a quarter of the page's 442 pt; the last is more than half of it, nine rows of at most 41.4 pt.
    assert_eq!(merges(&sheet), ["A1:C1", "A3:A13", "B3:B13", "C5:C13"]);
    let heights = heights(&sheet);
    let of = |row: u32| heights.iter().find(|(number, _)| *number == row).unwrap().1;
    assert!((86.0..88.0).contains(&of(3)) && (86.0..88.0).contains(&of(4)), "{heights:?}");
    assert!((335.0..342.0).contains(&(5..=13).map(of).sum::<f64>()), "{heights:?}");
    let strings = part(&package, "xl/sharedStrings.xml");
    for text in &long {
        assert!(strings.contains(&format!("<t>{text}</t>")), "{strings}");
    }
}

#[test]
fn what_pages_may_break_begins_at_the_top_and_the_rest_stands_in_the_middle() {
    let mut attachment = plain();
    attachment.items[0].status = Some(answered(&["长".repeat(800).as_str()]));
    let package = workbook(&attachment);
    let sheet = part(&package, "xl/worksheets/sheet1.xml");
    let styles = part(&package, "xl/styles.xml");
    let formats = &styles[styles.find("<cellXfs").unwrap()..];
    let vertical = |cell: &str| {
        let cell = &sheet[sheet.find(&format!("<c r=\"{cell}\" s=\"")).unwrap()..];
        let number: usize = cell.split("s=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap();
        let format = formats.split("<xf ").nth(number + 1).unwrap();
        format.split("vertical=\"").nth(1).map_or("bottom", |rest| rest.split('"').next().unwrap())
    };
    for (cell, expected) in
        [("A3", "top"), ("B3", "top"), ("C3", "top"), ("A20", "center"), ("C20", "center")]
    {
        assert_eq!(vertical(cell), expected, "{cell}");
    }
}

#[test]
fn a_plain_cell_that_no_row_can_show_says_where_the_rest_is() {
    let mut attachment = plain();
    attachment.items[0].status = Some(answered(&["长".repeat(800).as_str()]));
    attachment.items[1].status = Some(answered(&["长".repeat(1500).as_str()]));
    let sheet = part(&workbook(&attachment), "xl/worksheets/sheet2.xml");
    // 110 mm hold 29 characters: 800 take 28 lines of 13.8 pt, 390 pt with the air; 1 500 take 52, which no row can show.
    let told: Vec<&str> = sheet.split("<dataValidation ").skip(1).collect();
    assert_eq!(told.len(), 1, "{sheet}");
    assert!(told[0].contains("sqref=\"C3\"") && told[0].contains("编辑栏"), "{}", told[0]);
}

#[test]
fn a_merged_answer_spreads_its_height_over_its_rows() {
    let mut attachment = plain();
    attachment.items[0].status = Some(answered(&["一"; 20]));
    attachment.items[0].status.as_mut().unwrap().covers = vec!["i1".into(), "i2".into()];
    let heights = heights(&print_sheet(&attachment));
    // Twenty lines of 13.8 pt and 4 pt of air are 280: 140 a row.
    for row in [3, 4] {
        let height = heights.iter().find(|(number, _)| *number == row).unwrap().1;
        assert!((140.0..141.0).contains(&height), "{heights:?}");
    }
}

#[test]
fn the_sheet_prints_one_page_wide_with_its_header_on_every_page() {
    let mut attachment = plain();
    attachment.annex = Some("附件".into());
    let package = workbook(&attachment);
    let sheet = part(&package, "xl/worksheets/sheet1.xml");
    let setup = "<pageSetup paperSize=\"9\" fitToHeight=\"0\" orientation=\"landscape\"";
    assert!(sheet.contains("<pageSetUpPr fitToPage=\"1\"/>") && sheet.contains(setup), "{sheet}");
    assert!(sheet.contains("&amp;C&amp;14&amp;\"宋体\"— &amp;P —"), "{sheet}");
    // Rows: annex, blank, title, header; columns 序号 and 自查事项 stay in view.
    assert!(sheet.contains("<pane xSplit=\"2\" ySplit=\"4\" topLeftCell=\"C5\""), "{sheet}");
    let workbook = part(&package, "xl/workbook.xml");
    assert!(workbook.contains("公示版!$4:$4"), "{workbook}");
    assert!(workbook.contains("数据!$A$1:$C$3"), "{workbook}");
}

#[test]
fn text_is_written_as_text() {
    let mut attachment = plain();
    let texts = ["=1+1", "-5", "350205199001011234", "1-10"];
    attachment.items[0].status = Some(answered(&texts));
    attachment.items[1].label = Some("02".into());
    let package = workbook(&attachment);
    let strings = part(&package, "xl/sharedStrings.xml");
    assert!(strings.contains("<t>=1+1\n-5\n350205199001011234\n1-10</t>"), "{strings}");
    assert!(strings.contains("<t>02</t>"));
    let sheet = part(&package, "xl/worksheets/sheet2.xml");
    assert!(!sheet.contains("<f>") && sheet.contains("<v>1</v>"), "{sheet}");
}

#[test]
fn a_text_longer_than_a_cell_is_refused_and_nothing_is_cut() {
    let mut attachment = plain();
    attachment.items[0].status = Some(answered(&["长".repeat(32_767).as_str()]));
    assert!(Xlsx.write(&attachment, None).is_ok());
    attachment.items[0].status = Some(answered(&["长".repeat(32_767).as_str(), ""]));
    let error = Xlsx.write(&attachment, None).unwrap_err();
    let expected = WriteError::CellTooLong {
        format: "xlsx",
        item: "1 甲".into(),
        column: "status".into(),
        length: 32_768,
        limit: 32_767,
    };
    assert_eq!(error, expected);
}

#[test]
fn a_line_break_inside_a_paragraph_is_reported() {
    let mut attachment = plain();
    attachment.items[0].status = Some(answered(&["一\n二"]));
    let diagnostics = Xlsx.write(&attachment, None).unwrap().diagnostics;
    assert_eq!(
        diagnostics.iter().map(|finding| finding.code).collect::<Vec<_>>(),
        ["line-break-as-paragraph"]
    );
}

#[test]
fn two_workbooks_of_one_process_are_the_same() {
    assert_eq!(workbook(&plain()), workbook(&plain()));
    assert!(part(&workbook(&plain()), "docProps/core.xml").contains("2000-01-01T00:00:00Z"));
}

#[test]
fn an_empty_attachment_is_an_empty_workbook() {
    assert!(merges(&print_sheet(&Attachment::default())).is_empty());
}

fn form_sheet(form: &Form) -> (String, Vec<u8>) {
    let package = Xlsx.write_form(form, None).unwrap().value;
    (part(&package, "xl/worksheets/sheet1.xml"), package)
}

/// Whether a cell of the sheet is locked, by its style; a style that does not say so is.
fn is_locked(sheet: &str, package: &[u8], cell: &str) -> bool {
    let styles = part(package, "xl/styles.xml");
    let formats = &styles[styles.find("<cellXfs").unwrap()..];
    let style: usize = sheet
        .split(&format!("<c r=\"{cell}\" s=\""))
        .nth(1)
        .map_or(0, |rest| rest.split('"').next().unwrap().parse().unwrap());
    !formats.split("<xf ").nth(style + 1).unwrap().contains("<protection locked=\"0\"/>")
}

#[test]
fn a_form_is_locked_but_for_its_answers() {
    let (sheet, package) = form_sheet(&fixture::form());
    // Rows: title, four lines, the guide, header 7, section 8, items 9 and 10, section 11, item 12. Class is E, status F.
    assert!(sheet.contains("<sheetProtection sheet=\"1\" objects=\"1\" scenarios=\"1\" formatColumns=\"0\" formatRows=\"0\"/>"), "{sheet}");
    let open: Vec<String> = (1..=12)
        .flat_map(|row| ["A", "B", "C", "D", "E", "F", "G"].map(|column| format!("{column}{row}")))
        .filter(|cell| !is_locked(&sheet, &package, cell))
        .collect();
    assert_eq!(open, ["E9", "F9", "E10", "F10", "E12", "F12"]);
    let lists: Vec<&str> = sheet.split("<dataValidation type=\"list\"").skip(1).collect();
    let places: Vec<&str> =
        lists.iter().map(|list| list.split("sqref=\"").nth(1).unwrap().split('"').next().unwrap()).collect();
    assert_eq!(places, ["E10", "E12", "E9"]);
    assert!(lists.iter().all(|list| list.contains("<formula1>\"已落实,未落实\"</formula1>")), "{sheet}");
    assert!(sheet.contains("<col min=\"7\" max=\"7\"") && sheet.contains("hidden=\"1\""), "{sheet}");
    // Six lines of 13.8 pt and 4 pt of air to write in.
    assert!(
        heights(&sheet).contains(&(9, 87.0)) || heights(&sheet).contains(&(9, 87.75)),
        "{:?}",
        heights(&sheet)
    );
}

#[test]
fn the_last_column_of_a_form_holds_its_marks() {
    let (sheet, package) = form_sheet(&fixture::form());
    let strings = part(&package, "xl/sharedStrings.xml");
    let texts: Vec<&str> =
        strings.split("<si><t>").skip(1).map(|text| text.split("</t>").next().unwrap()).collect();
    let marks: Vec<(&str, &str)> = sheet
        .split("<c r=\"G")
        .skip(1)
        .map(|cell| {
            let index = cell.split("<v>").nth(1).unwrap().split('<').next().unwrap();
            (cell.split('"').next().unwrap(), texts[index.parse::<usize>().unwrap()])
        })
        .collect();
    let expected = [("7", "luoshi.form/1|c|区教育局"), ("9", "i1"), ("10", "i2"), ("12", "i3")];
    assert_eq!(marks, expected);
}

#[test]
fn a_form_is_widened_until_what_stands_in_it_can_be_read() {
    let mut form = fixture::form();
    // 66 mm hold 17 characters: 600 take 36 lines, more than the 29 of a row; at 79.2 mm 21, so 29 lines.
    form.attachment.items[1].status = Some(answered(&["长".repeat(600).as_str()]));
    let (sheet, _) = form_sheet(&form);
    let height = heights(&sheet).iter().find(|(row, _)| *row == 10).unwrap().1;
    assert!((404.2..=409.0).contains(&height), "{height}");
    assert!(!sheet.contains("编辑栏"), "{sheet}");
    form.attachment.items[1].status = Some(answered(&["长".repeat(6_000).as_str()]));
    let (sheet, _) = form_sheet(&form);
    let told: Vec<&str> =
        sheet.split("<dataValidation ").skip(1).filter(|told| told.contains("编辑栏")).collect();
    assert!(told.len() == 1 && told[0].contains("sqref=\"F10\""), "{sheet}");
}

#[test]
fn choices_that_a_list_cannot_hold_are_reported() {
    for classes in [vec!["甲,乙".to_owned(), "丙".to_owned()], vec!["长".repeat(256)]] {
        let form = Form { classes, ..fixture::form() };
        let Outcome { value, diagnostics } = Xlsx.write_form(&form, None).unwrap();
        let codes: Vec<_> = diagnostics.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, ["character-dropped", "choices-not-offered"]);
        assert!(!part(&value, "xl/worksheets/sheet1.xml").contains("type=\"list\""));
    }
}

#[test]
fn a_form_written_twice_is_the_same() {
    assert_eq!(form_sheet(&fixture::form()).1, form_sheet(&fixture::form()).1);
}

fn merge_sheets(package: &[u8]) -> Vec<String> {
    let workbook = part(package, "xl/workbook.xml");
    let names = workbook.split("<sheet name=\"").skip(1);
    names.map(|name| name.split('"').next().unwrap().to_owned()).collect()
}

#[test]
fn a_merge_has_its_record_behind_the_attachment() {
    let (attachment, mut record) = (fixture::merged(), fixture::record());
    let package = Xlsx.write_merge(&attachment, &record, false, None).unwrap().value;
    assert_eq!(merge_sheets(&package), ["公示版", "数据", "报送情况", "催报", "冲突", "附注"]);
    // The attachment's own sheets are those of any workbook.
    let alone = workbook(&attachment);
    for sheet in ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"] {
        assert_eq!(part(&package, sheet), part(&alone, sheet));
    }
    let coverage = part(&package, "xl/worksheets/sheet3.xml");
    // Title, legend, headings; the unit and three counts stay in view.
    assert!(coverage.contains("<pane xSplit=\"4\" ySplit=\"3\" topLeftCell=\"E4\""), "{coverage}");
    assert!(coverage.contains("fitToHeight=\"0\" orientation=\"landscape\""), "{coverage}");
    record.asides.clear();
    let package = Xlsx.write_merge(&attachment, &record, true, None).unwrap().value;
    assert_eq!(merge_sheets(&package), ["公示版", "数据", "报送情况", "催报", "冲突"]);
    assert!(part(&package, "xl/sharedStrings.xml").contains("<t>来源</t>"));
    assert_eq!(package, Xlsx.write_merge(&attachment, &record, true, None).unwrap().value);
    let csv = crate::write_merge("csv", &attachment, &record, true, None).unwrap().value;
    assert_eq!(csv, crate::write("csv", &attachment, None).unwrap().value);
}

#[test]
fn a_conflict_longer_than_a_cell_is_cut_and_said_to_be() {
    let mut record = fixture::record();
    // The most that a cell holds, and nine UTF-16 units more.
    record.conflicts[0].versions[0].paragraphs = vec!["长".repeat(32_767)];
    record.conflicts[0].versions[1].paragraphs = vec!["长".repeat(32_755), "𠮷".repeat(10)];
    let Outcome { value, diagnostics } = Xlsx.write_merge(&fixture::merged(), &record, false, None).unwrap();
    let [finding] = diagnostics.as_slice() else { panic!("{diagnostics:?}") };
    assert_eq!(finding.code, "record-text-cut");
    let arguments: Vec<_> = finding.arguments.iter().map(|(_, value)| value.as_str()).collect();
    assert_eq!(arguments, ["冲突", "3", "32776", "32767"]);
    // The mark has ten characters, so 32 757 units are left: the 长, the line break, and one, where no 𠮷 fits.
    let strings = part(&value, "xl/sharedStrings.xml");
    assert!(strings.contains("长\n…（全文见json）</t>"));
    assert!(strings.contains(&format!("<t>{}</t>", "长".repeat(32_767))));
}

#[test]
fn a_form_that_asks_nothing_is_written_with_a_finding() {
    let findings = Xlsx.write_form(&Form::default(), None).unwrap().diagnostics;
    assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["columns-missing"]);
}
