//! What a file is, by content: each case under a name that says something else.

use encoding_rs::GBK;
use luoshi_parser::{Cause, Input, Kind, open};

use super::samples::{CONTENT_TYPES, ole_of, zipped};

fn found(name: &str, bytes: &[u8]) -> Result<Kind, Cause> {
    open(&Input { name: name.into(), bytes }).map(|opened| opened.kind()).map_err(|error| error.cause)
}

fn typed(content_type: &str) -> Vec<u8> {
    let types =
        format!(r#"<Types><Override PartName="/a" ContentType="application/{content_type}"/></Types>"#);
    zipped(&[("a", b""), ("[Content_Types].xml", types.as_bytes())])
}

#[test]
fn packages_by_their_content_types() {
    for (content_type, expected) in [
        ("vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", Ok(Kind::Docx)),
        ("vnd.ms-word.document.macroEnabled.main+xml", Ok(Kind::Docx)),
        ("vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml", Ok(Kind::Xlsx)),
        ("vnd.ms-excel.sheet.macroEnabled.main+xml", Ok(Kind::Xlsx)),
        ("vnd.ms-excel.sheet.binary.macroEnabled.main", Ok(Kind::Xlsb)),
        (
            "vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
            Err(Cause::Unsupported("pptx")),
        ),
        // The type of an embedded workbook, not of a package.
        ("vnd.openxmlformats-officedocument.spreadsheetml.sheet", Err(Cause::Unsupported("zip"))),
    ] {
        assert_eq!(found("a.doc", &typed(content_type)), expected, "{content_type}");
    }
}

#[test]
fn packages_by_their_parts() {
    let ods = b"application/vnd.oasis.opendocument.spreadsheet";
    let odt = b"application/vnd.oasis.opendocument.text";
    for (parts, expected) in [
        (&[("word/document.xml", &b""[..])][..], Ok(Kind::Docx)),
        (&[("xl/workbook.xml", b""), ("[Content_Types].xml", b"<Types/>")], Ok(Kind::Xlsx)),
        (&[("content.xml", b""), ("mimetype", ods)], Ok(Kind::Ods)),
        (&[("mimetype", odt)], Ok(Kind::Odt)),
        (&[("OFD.xml", b"")], Err(Cause::Unsupported("OFD"))),
        (&[("a.txt", b"")], Err(Cause::Unsupported("zip"))),
    ] {
        assert_eq!(found("a.xls", &zipped(parts)), expected);
    }
    let whole = zipped(&[("[Content_Types].xml", CONTENT_TYPES.as_bytes())]);
    assert!(matches!(found("a.xlsx", &whole[..whole.len() - 30]), Err(Cause::Damaged { .. })));
    assert_eq!(found("a", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), Err(Cause::Unsupported("zip")));
}

#[test]
fn a_package_with_passwords_on_its_parts_is_encrypted() {
    let mut bytes = zipped(&[("[Content_Types].xml", CONTENT_TYPES.as_bytes())]);
    let directory = memchr::memmem::find(&bytes, b"PK\x01\x02").unwrap();
    bytes[6] |= 1;
    bytes[directory + 8] |= 1;
    assert_eq!(found("a.xlsx", &bytes), Err(Cause::Encrypted("package")));
}

#[test]
fn ole_containers_by_the_streams_at_their_root() {
    for (streams, name, expected) in [
        (&["Workbook"][..], "a.et", Ok(Kind::Xls)),
        (&["Book"], "a.doc", Ok(Kind::Xls)),
        (&["WordDocument"], "a.docx", Ok(Kind::Doc)),
        (&["WordDocument"], "a.WPS", Ok(Kind::Doc)),
        (&["EncryptionInfo", "EncryptedPackage"], "a.xlsx", Err(Cause::Encrypted("OOXML"))),
        (&["PowerPoint Document"], "a.ppt", Err(Cause::Unsupported("ppt"))),
        (&["Contents"], "a.xls", Err(Cause::Unrecognised)),
    ] {
        let streams: Vec<(&str, &[u8])> = streams.iter().map(|name| (*name, &b""[..])).collect();
        assert_eq!(found(name, &ole_of(&streams)), expected);
    }
}

#[test]
fn other_formats_are_called_by_their_name() {
    // Without its namespace it is nobody's.
    let word = r#"<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>"#;
    let flat = |kind| {
        let office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";
        let kind = format!("application/vnd.oasis.opendocument.{kind}");
        format!(r#"<?xml version="1.0"?><!-- --><o:document xmlns:o="{office}" o:mimetype="{kind}"/>"#)
    };
    for (bytes, name) in [
        (&b"%PDF-1.7 "[..], "PDF"),
        (b"\xFF\xD8\xFF\xE0", "JPEG"),
        (b"Rar!\x1A\x07\x01", "RAR"),
        (b"7z\xBC\xAF\x27\x1C", "7z"),
        (word.as_bytes(), "XML"),
        (b"<?xml version=\"1.0\"?><a/>", "XML"),
        (flat("spreadsheet").as_bytes(), "flat ODF"),
        (b"{\"a\": 1}", "JSON"),
    ] {
        assert_eq!(found("a.xls", bytes), Err(Cause::Unsupported(name)));
    }
    assert_eq!(found("a.xml", flat("text-template").as_bytes()), Ok(Kind::Fodt));
}

#[test]
fn pages_by_their_first_elements() {
    let utf16: Vec<u8> = "\u{FEFF}<html><table>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let gbk = GBK.encode("<!-- 导出 --><table><tr><td>序号").0;
    let excel = "<html xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><table>";
    for bytes in [
        &b"\r\n<HTML><table>"[..],
        b"<table><tr><td>",
        excel.as_bytes(),
        b"\xEF\xBB\xBF <meta http-equiv=content-type><style>td {}</style>",
        b"<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\"><html/>",
        b"<style>td{}</style>",
        b"<P>a",
        &utf16,
        &gbk,
    ] {
        assert_eq!(found("a.xls", bytes), Ok(Kind::Html), "{}", String::from_utf8_lossy(bytes));
    }
    for bytes in [
        &b"MIME-Version: 1.0\r\n"[..],
        b"From: <Saved by Blink>\r\nSubject: a\r\n b\r\nMIME-Version: 1.0\r\n\r\n",
        b"\r\nmime-version: 1.0\n",
    ] {
        assert_eq!(found("a.doc", bytes), Ok(Kind::Mht));
    }
    let declared = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><html><table>";
    let wide: Vec<u8> = declared.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(found("a.htm", &wide), Ok(Kind::Html));
    // Two fields of a table of text are no message.
    assert_eq!(found("a.csv", b"a: b,c\nmime-version: 1,2\n"), Ok(Kind::Csv));
    // Excel's XML has elements of pages.
    let sheet = "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:html=\"http://www.w3.org/TR/REC-html40\"><html:table/>";
    assert_eq!(found("a.xls", sheet.as_bytes()), Ok(Kind::SpreadsheetMl2003));
}

#[test]
fn what_only_looks_like_a_page_is_none() {
    for (text, expected) in [
        ("\u{FEFF}\u{FEFF}<table><tr><td>", Ok(Kind::Html)),
        ("\u{FEFF} \u{FEFF}\nMIME-Version: 1.0\n", Ok(Kind::Mht)),
        (
            "<?xml version=\"1.0\"?><checklist><tableName>表</tableName></checklist>",
            Err(Cause::Unsupported("XML")),
        ),
        ("<?xml version=\"1.0\"?><list><table><row/></table></list>", Err(Cause::Unsupported("XML"))),
        (
            "<?xml version=\"1.0\"?><?x <html>?><!-- <html> --><!DOCTYPE a [<!ELEMENT html ANY>]><a><html/></a>",
            Err(Cause::Unsupported("XML")),
        ),
        ("<?xml version=\"1.0\"?><!-- > --><Table border=\"1\"><tr/></Table>", Ok(Kind::Html)),
        ("<checklist><tableName>表", Err(Cause::Unrecognised)),
        ("<HTML\nlang=zh><p>", Ok(Kind::Html)),
        ("<b>序号,事项\n1,公开\n2,回应\n", Ok(Kind::Csv)),
        ("<b>序号,事项\n1,公开\n<div>2,回应\n", Ok(Kind::Html)),
        ("<i>关于报送的通知</i>\n各单位：\n", Ok(Kind::Html)),
        ("<bx>序号,事项\n1,公开\n2,回应\n", Ok(Kind::Csv)),
        ("附件1\n<table>\n<tr><td>序号</td>\n<td>事项</td></tr></table>", Ok(Kind::Html)),
        ("附件1<TABLE><TR><TD>序号</TD></TR></TABLE>", Ok(Kind::Html)),
        (
            "序号,事项\n1,<table><tr><td>a</td></tr></table>\n2,<table><tr><td>b</td></tr></table>\n",
            Ok(Kind::Csv),
        ),
    ] {
        assert_eq!(found("a.xls", text.as_bytes()), expected, "{text}");
    }
}

#[test]
fn rich_text_by_its_first_word() {
    for bytes in
        [&b"{\\rtf1}"[..], b"\xEF\xBB\xBF\xEF\xBB\xBF{\\rtf1}", b"\xEF\xBB\xBF{\\rtf1}", b"\r\n{\\rtf1}"]
    {
        assert_eq!(found("a.doc", bytes), Ok(Kind::Rtf));
    }
    assert_eq!(found("a.rtf", b"{\\rt}"), Err(Cause::Unsupported("JSON")));
}

#[test]
fn texts_by_their_shape() {
    let export = "附件：\n\n\t序号\n\t事项\n\n\t1\n\t公开，第一段\n\n第二段\n \t三\n";
    let csv = "序号,事项\n1,公开\n";
    let tsv = "序号\t事项\n1\t公开\n";
    for (text, expected) in [
        (export, Ok(Kind::Text)),
        (csv, Ok(Kind::Csv)),
        (tsv, Ok(Kind::Csv)),
        ("序号\t事项\t单位\n1\t甲\t乙\n\t丙\n", Ok(Kind::Csv)),
        ("{\n \"schema\": \"luoshi.attachment/1\"}", Ok(Kind::Json)),
        ("关于报送落实情况的通知\n各单位：\n请于五月底前报送。\n", Err(Cause::Unrecognised)),
        (" \n\t\r\n", Err(Cause::Empty)),
        ("", Err(Cause::Empty)),
    ] {
        assert_eq!(found("a.docx", text.as_bytes()), expected, "{text}");
        if expected.is_ok() {
            assert_eq!(found("a.docx", &GBK.encode(text).0), expected, "{text} in GBK");
        }
    }
    assert_eq!(found("a.txt", b"\x01\x02\xFE\x80\x03\x99"), Err(Cause::Unrecognised));
    assert_eq!(found("a.txt", b"a\0b\0c\0,\0"), Err(Cause::Encoding));
}
