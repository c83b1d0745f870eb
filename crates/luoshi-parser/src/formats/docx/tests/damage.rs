//! Damaged and hostile documents: an error with its place, never a hang, a panic or half a document.

use super::*;
use crate::{Cause, limits};

fn cause(xml: &str) -> Cause {
    let error = Package::of_document(xml.as_bytes().to_vec()).try_read().unwrap_err();
    assert_eq!(
        error.place.container,
        Some(luoshi_table::Container::Part("word/document.xml".into())),
        "{error}"
    );
    error.cause
}

fn open(body: &str) -> String {
    format!("<w:document {NAMES}><w:body>{body}")
}

fn is_damaged(xml: &str) -> bool {
    matches!(cause(xml), Cause::Damaged { .. })
}

#[test]
fn a_document_cut_anywhere_is_damaged() {
    let whole = format!(
        "{}</w:body></w:document>",
        open(&tbl(&[tr(&[tc("甲"), tc("乙")]), tr(&[tc("丙"), tc("丁")])]))
    );
    let after_row = whole.find("</w:tr>").unwrap() + "</w:tr>".len();
    assert!(is_damaged(&whole[..after_row]));
    for (end, _) in whole.char_indices().skip(1) {
        assert!(is_damaged(&whole[..end]), "{end}");
    }
    assert!(Package::of_document(whole.into_bytes()).try_read().is_ok());
}

#[test]
fn tags_that_do_not_match_are_damage() {
    assert!(is_damaged(&open("<w:p><w:r></w:p></w:r></w:body></w:document>")));
    assert!(is_damaged(&open("</w:body></w:document></w:document>")));
    assert!(is_damaged(&open(&("<w:tbl><w:tr><w:tc>".repeat(60) + "</w:body></w:document>"))));
    assert!(is_damaged(&open("<w:p><w:r><w:t>&unknown;</w:t></w:r></w:p></w:body></w:document>")));
    assert!(is_damaged(""));
    assert!(is_damaged("<html/>"));
    assert!(is_damaged(&format!("<w:document {NAMES}/>")));
}

#[test]
fn bytes_that_are_no_text_are_damage() {
    let mut xml = open("<w:p><w:r><w:t>").into_bytes();
    xml.extend(b"\xFF\xFE\xFF</w:t></w:r></w:p></w:body></w:document>");
    let error = Package::of_document(xml).try_read().unwrap_err();
    assert!(matches!(error.cause, Cause::Damaged { .. }));
}

#[test]
fn a_document_type_is_refused() {
    let xml = format!("<!DOCTYPE w:document [<!ENTITY a \"aaaa\">]>{}</w:body></w:document>", open(""));
    assert_eq!(cause(&xml), Cause::Doctype);
}

#[test]
fn nesting_without_end_is_refused() {
    for element in ["<w:tbl><w:tr><w:tc>", "<w:p>", "<w:sdt>", "<w:del>", "<w:r><w:txbxContent><w:p>"] {
        let expected = limits::XML_DEPTH.exceeded();
        assert_eq!(cause(&open(&element.repeat(20_000))), expected, "{element}");
    }
}

#[test]
fn more_columns_than_the_limit_are_refused() {
    let wide = tc_with("<w:gridSpan w:val=\"1000\"/>", "a");
    let error = Package::new(&tbl(&[tr(&[wide.clone(), wide.clone(), wide])])).try_read().unwrap_err();
    assert_eq!(error.cause, limits::COLUMNS.exceeded());
    assert_eq!((error.place.row, error.place.container), (Some(1), Some(luoshi_table::Container::Table(1))));
}

#[test]
fn a_grid_is_not_made_by_what_is_claimed() {
    // 20 000 rows that each claim a thousand columns would be twenty million positions.
    let body = tbl(&[tr(&[tc("a"), tc_with("<w:gridSpan w:val=\"1000\"/>", "b")]), "<w:tr/>".repeat(20_000)]);
    assert_eq!(read(&body).tables()[0].grid.columns(), 2);
    let before = "<w:tr><w:trPr><w:gridBefore w:val=\"1023\"/></w:trPr><w:tc/></w:tr>";
    let error = Package::new(&tbl(&[before.repeat(20_000)])).try_read().unwrap_err();
    assert_eq!(error.cause, limits::GRID_POSITIONS.exceeded());
}

#[test]
fn a_part_of_empty_elements_is_stopped() {
    let expected = limits::PIECES.exceeded();
    for element in ["<w:p/>", "<w:tbl><w:tr><w:tc/></w:tr></w:tbl>"] {
        let error = Package::new(&element.repeat(limits::PIECES.size() + 1)).try_read().unwrap_err();
        assert_eq!(error.cause, expected);
    }
}

#[test]
fn findings_do_not_grow_without_bound() {
    let symbol = p("<w:r><w:sym w:font=\"Webdings\" w:char=\"F061\"/></w:r>");
    let document = read(&symbol.repeat(limits::FINDINGS.size() + 5));
    assert_eq!(document.findings.len(), limits::FINDINGS.size() + 1);
    assert_eq!(document.told().last().unwrap(), "findings-cut count=5");
}

proptest::proptest! {
    /// A document with any one of its bytes changed is read or refused.
    #[test]
    fn a_changed_byte_never_panics(at in 0usize..4096, byte: u8) {
        let cell = tc_with("<w:gridSpan w:val=\"2\"/><w:vMerge/>", "甲&amp;");
        let field = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:del><w:r><w:delText>b</w:delText></w:r></w:del>";
        let mut xml = format!("{}</w:body></w:document>", open(&tbl(&[tr(&[cell, tc("乙")]), tr(&[tc("丙"), p(field)])]))).into_bytes();
        let at = at % xml.len();
        xml[at] = byte;
        let _ = Package::of_document(xml).try_read();
    }
}
