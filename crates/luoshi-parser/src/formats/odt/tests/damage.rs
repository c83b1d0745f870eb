//! Damaged and hostile documents: an error with its place, never a hang, a panic or half a document.

use super::*;
use crate::{Cause, limits};

fn cause(xml: &str) -> Cause {
    Text::of_content(xml.as_bytes().to_vec()).try_read().map(drop).unwrap_err().cause
}

fn open(body: &str) -> String {
    format!("<office:document-content {NAMES}><office:body><office:text>{body}")
}

fn limit(body: &str) -> &'static str {
    match cause(&(open(body) + "</office:text></office:body></office:document-content>")) {
        Cause::Limit { what, .. } => what,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_document_cut_anywhere_is_damaged() {
    let whole = content("", &table(&[tr(&[&td("甲"), &td("乙")]), tr(&[&td("丙"), &td("丁")])]));
    for (end, _) in whole.char_indices().skip(1) {
        assert!(matches!(cause(&whole[..end]), Cause::Damaged { .. }), "{end}");
    }
    assert!(Text::of_content(whole.into_bytes()).try_read().is_ok());
}

#[test]
fn what_is_no_text_document_is_damaged() {
    for xml in
        ["", "<html/>", "</a>", "<a>&x;</a>", &content("", "").replace("office:text", "office:spreadsheet")]
    {
        assert!(matches!(cause(xml), Cause::Damaged { .. }), "{xml}");
    }
    let missing =
        Text { parts: vec![("mimetype".to_owned(), MIMETYPE.into())], options: ReadOptions::default() };
    assert_eq!(missing.try_read().unwrap_err().cause, Cause::MissingPart("content.xml".to_owned()));
}

#[test]
fn a_document_type_is_refused() {
    let xml = format!("<!DOCTYPE a [<!ENTITY a \"aaaa\">]>{}", content("", ""));
    assert_eq!(cause(&xml), Cause::Doctype);
    let flat = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY a \"aaaa\">]><office:document {NAMES} office:mimetype=\"{MIMETYPE}\"/>"
    );
    assert_eq!(try_read(flat.as_bytes(), &ReadOptions::default()).unwrap_err().cause, Cause::Doctype);
}

#[test]
fn an_encrypted_document_says_so() {
    let manifest = "<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let text = Text::of_content(b"\x01\x02".to_vec()).with_part("META-INF/manifest.xml", manifest);
    assert_eq!(text.try_read().unwrap_err().cause, Cause::Encrypted("odt"));
}

#[test]
fn damaged_styles_cost_numbers_and_are_told() {
    let document = Text::styled("", &p("甲")).with_part("styles.xml", "<a><b></a>").read();
    assert_eq!(document.lines(), ["甲"]);
    assert_eq!(document.findings[0].code, "side-part-unreadable");
}

#[test]
fn nesting_without_end_is_refused() {
    for element in [
        "<table:table><table:table-row><table:table-cell>",
        "<text:p>",
        "<text:list><text:list-item>",
        "<text:section text:display=\"none\">",
        "<text:p><draw:frame><draw:text-box>",
        "<text:span>",
        "<text:note>",
        "<text:tracked-changes><text:changed-region><text:deletion>",
    ] {
        let expected = limits::XML_DEPTH.exceeded();
        assert_eq!(cause(&open(&element.repeat(20_000))), expected, "{element}");
    }
}

#[test]
fn counts_that_are_claimed_allocate_nothing() {
    let repeated = |rows: &str, columns: &str| {
        let cell = td_with(&format!("table:number-columns-repeated=\"{columns}\""), "a");
        format!(
            "<table:table><table:table-row table:number-rows-repeated=\"{rows}\">{cell}</table:table-row></table:table>"
        )
    };
    assert_eq!(limit(&repeated("1048576", "1")), "repeats");
    assert_eq!(limit(&repeated("18446744073709551615", "1")), "repeats");
    assert_eq!(limit(&repeated("65536", "1024")), "repeats");
    assert_eq!(limit(&repeated("1", "1025")), "columns");
    assert_eq!(limit(&repeated("1", "18446744073709551615")), "repeats");
    let covered = format!(
        "<table:table><table:table-row>{}<table:covered-table-cell table:number-columns-repeated=\"4294967295\"/></table:table-row></table:table>",
        td("a")
    );
    assert_eq!(limit(&covered), "columns");
    let empty = "<table:table><table:table-row table:number-rows-repeated=\"4294967295\"/></table:table>";
    assert_eq!(limit(empty), "repeats");
    let columns = format!(
        "<table:table><table:table-column table:number-columns-repeated=\"4294967295\"/>{}</table:table>",
        tr(&[&td("a")])
    );
    assert_eq!(read(&columns).rows(), ["a"]);
    let long = td(&"长".repeat(100_000));
    let texts = format!(
        "<table:table><table:table-row table:number-rows-repeated=\"65536\">{long}</table:table-row></table:table>"
    );
    assert_eq!(limit(&texts), "text-bytes");
}

#[test]
fn a_part_of_empty_elements_is_stopped() {
    for element in [
        "<text:p/>",
        "<table:table><table:table-row><table:table-cell/></table:table-row></table:table>",
        "<text:list/>",
    ] {
        assert_eq!(limit(&element.repeat(limits::PIECES.size() + 1)), "pieces", "{element}");
    }
}

#[test]
fn spans_that_are_never_listed_take_no_time() {
    let wide: String = (0..1024).map(|_| spanning(1, u32::MAX, "")).collect();
    let body = format!("<table:table>{}{}</table:table>", tr(&[&wide]), "<table:table-row/>".repeat(3_000));
    assert_eq!(limit(&body), "pieces");
}

proptest::proptest! {
    /// A document with any one of its bytes changed is read or refused.
    #[test]
    fn a_changed_byte_never_panics(at in 0usize..1 << 16, byte: u8, reject: bool) {
        let styles = "<text:list-style style:name=\"L\"><text:list-level-style-number text:level=\"1\" style:num-format=\"1\" text:display-levels=\"1\"/></text:list-style>";
        let body = format!(
            "<text:tracked-changes><text:changed-region text:id=\"d\"><text:deletion><text:p>旧</text:p></text:deletion></text:changed-region></text:tracked-changes>{}\
             <text:list text:style-name=\"L\"><text:list-item text:start-value=\"2\"><text:p>甲<text:change text:change-id=\"d\"/><text:s text:c=\"2\"/></text:p></text:list-item></text:list>",
            table(&[tr(&[&spanning(2, 2, "块"), COVERED, &td("a")]), tr(&[COVERED, COVERED, &td("b")])]),
        );
        let mut xml = content(styles, &body).into_bytes();
        let names = NAMES.len() + 25;
        let at = names + at % (xml.len() - names);
        xml[at] = byte;
        let mut text = Text::of_content(xml);
        if reject {
            text = text.rejecting();
        }
        let _ = text.try_read();
    }
}
