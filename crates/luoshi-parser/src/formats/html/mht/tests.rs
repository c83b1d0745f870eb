//! Messages small enough to work out by hand.

use super::super::tests::{Document, try_read};
use crate::{Cause, Kind, Revisions};

fn read(message: &str) -> Result<Document, Cause> {
    try_read(Kind::Mht, message.as_bytes(), Revisions::Accept).map_err(|error| error.cause)
}

/// A message of parts, each a header and a body.
fn message(kind: &str, parts: &[(&str, &str)]) -> String {
    let parts: String = parts.iter().map(|(header, body)| format!("--b x\n{header}\n\n{body}\n")).collect();
    format!(
        "MIME-Version: 1.0\nX-A: 1\nContent-Type: {kind};\n\tboundary=\"b x\"\n\nprologue\n{parts}--b x--\nepilogue\n"
    )
}

#[test]
fn the_page_is_the_first_or_the_one_that_is_named() {
    let parts = [
        ("Content-Type: text/plain", "plain"),
        ("Content-Type: TEXT/HTML; charset=utf-8\nContent-ID: <one>", "一"),
        ("Content-Type: text/html; charset=utf-8\nContent-ID: <two>", "二"),
    ];
    assert_eq!(read(&message("multipart/related", &parts)).unwrap().lines(), ["一"]);
    assert_eq!(read(&message("multipart/related; start=\"<two>\"", &parts)).unwrap().lines(), ["二"]);
    assert_eq!(
        read(&message("multipart/related", &parts[..1])).err(),
        Some(Cause::MissingPart("text/html".into()))
    );
    // A message that is a page itself, with the line ends of either kind.
    let alone = "MIME-Version: 1.0\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\na=\r\n=62 =E5=BA=8F\r\n";
    assert_eq!(read(alone).unwrap().lines(), ["ab 序"]);
}

#[test]
fn multiparts_nest() {
    let inner = "Content-Type: multipart/alternative; boundary=i\n\n--i\nContent-Type: text/plain\n\np\n--i\nContent-Type: text/html\n\nq\n--i--";
    let outer = format!(
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=o\n\n--o\n{inner}\n--o\nContent-Type: image/png\n\nx\n--o--\n"
    );
    assert_eq!(read(&outer).unwrap().lines(), ["q"]);
    for cut in ["--i--\n", "--o--\n"] {
        assert!(matches!(read(&outer.replace(cut, "")).err(), Some(Cause::Damaged { .. })), "{cut}");
    }
}

#[test]
fn character_sets_are_told_by_the_part() {
    let part = ("Content-Type: text/html; charset=\"gb2312\"\nContent-Transfer-Encoding: base64", "0PK6xQ==");
    assert_eq!(read(&message("multipart/related", &[part])).unwrap().lines(), ["序号"]);
}

const EXCEL: &str = "<html><head><!--[if gte mso 9]><xml><x:ExcelWorkbook><x:ExcelWorksheets>\
    <x:ExcelWorksheet><x:Name>表&amp;一</x:Name><x:WorksheetSource HRef=\"表.files/sheet002.htm\"/></x:ExcelWorksheet>\
    <x:ExcelWorksheet><x:Name>草稿</x:Name><x:WorksheetSource HRef=\"表.files/sheet001.htm\"/><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></x:ExcelWorksheet>\
    </x:ExcelWorksheets></x:ExcelWorkbook></xml><![endif]--></head>\
    <frameset><frame src=\"表.files/sheet002.htm\"><frame src=\"表.files/tabstrip.htm\"></frameset></html>";

fn workbook() -> Vec<(&'static str, &'static str)> {
    let page = "Content-Type: text/html; charset=utf-8\nContent-Location: file:///C:/0E8D8A9B/表.htm";
    vec![
        (page, EXCEL),
        (
            "Content-Type: text/html\nContent-Location: file:///C:/0E8D8A9B/表.files/sheet001.htm",
            "<meta charset=utf-8><table><td>稿</table>",
        ),
        (
            "Content-Type: text/html; charset=utf-8\nContent-Location: file:///C:/0E8D8A9B/表.files/sheet002.htm",
            "<link rel=Stylesheet href=stylesheet.css><table><td>a<td class=xl1>þ</table>",
        ),
        (
            "Content-Type: text/css\nContent-Location: file:///C:/0E8D8A9B/表.files/stylesheet.css",
            "<!-- .xl1 {font-family:Wingdings;} -->",
        ),
    ]
}

#[test]
fn a_workbook_is_read_sheet_by_sheet() {
    let document = read(&message("multipart/related", &workbook())).unwrap();
    assert_eq!(document.rows(), ["a|☑", "稿"]);
    assert_eq!(document.told(), ["sheet-hidden@草稿"]);
    let names: Vec<String> = document.tables().iter().map(|table| format!("{:?}", table.container)).collect();
    assert_eq!(names, ["Sheet(\"表&一\")", "Sheet(\"草稿\")"]);
    assert!(document.tables()[1].hidden);
}

#[test]
fn a_sheet_that_is_not_in_the_file_is_missing() {
    let parts = workbook();
    let refused = read(&message("multipart/related", &parts[..2])).err();
    assert_eq!(refused, Some(Cause::MissingPart("表.files/sheet002.htm".into())));
}

#[test]
fn frames_lead_to_the_pages_of_the_message() {
    let frames = "<frameset><frame src=\"cid:two\"><frame src=\"../c.htm\"></frameset>";
    let parts = [
        ("Content-Type: text/html\nContent-Location: http://a/b/index.htm", frames),
        ("Content-Type: text/html\nContent-ID: <two>", "x"),
        ("Content-Type: text/html\nContent-Location: http://a/c.htm", "y"),
    ];
    assert_eq!(read(&message("multipart/related", &parts)).unwrap().lines(), ["x", "y"]);
}

#[test]
fn what_is_named_again_is_read_once() {
    let links = "<link rel=stylesheet href=a.css>".repeat(20_000);
    let frames = format!("<frameset>{}</frameset>", "<frame src=b.htm>".repeat(1_000));
    let page = format!("{links}<p class=h>x</p>y");
    let style = format!(".h{{display:none}}{}", "a{b:c}".repeat(50_000));
    let parts = [
        ("Content-Type: text/html\nContent-Location: http://a/", frames.as_str()),
        ("Content-Type: text/html\nContent-Location: http://a/B.htm", page.as_str()),
        ("Content-Type: text/css\nContent-Location: http://a/a.css", style.as_str()),
    ];
    let document = read(&message("multipart/related", &parts)).unwrap();
    assert_eq!((document.lines(), document.told().len()), (vec!["y".to_owned()], 1));
}

#[test]
fn stylesheets_for_other_media_hide_nothing() {
    let page = "<link rel=stylesheet media=print href=p.css><link rel='alternate stylesheet' href=a.css>\
                <link rel=StyleSheet media='screen, print' href=s.css><p class=p>x<p class=a>y<p class=s>z";
    let parts = [
        ("Content-Type: text/html\nContent-Location: http://a/", page),
        ("Content-Type: text/css\nContent-Location: http://a/p.css", ".p{display:none}"),
        ("Content-Type: text/css\nContent-Location: http://a/a.css", ".a{display:none}"),
        ("Content-Type: text/css\nContent-Location: http://a/s.css", ".s{display:none}"),
    ];
    let document = read(&message("multipart/related", &parts)).unwrap();
    assert_eq!(
        (document.lines(), document.told()),
        (vec!["x".into(), "y".into()], vec!["hidden-text@r3 text=z".to_owned()])
    );
}

#[test]
fn frames_in_frames_are_read_and_missing_ones_are_told() {
    let outer = "<frameset><frame src=nowhere.htm><frame src=inner.htm><frame src='about:blank'><frame src=z.htm></frameset>";
    let inner =
        "<frameset><frame src=x.htm><frame src=index.htm><frame src=inner.htm><frame src=y.htm></frameset>";
    let parts = [
        ("Content-Type: text/html\nContent-Location: http://a/index.htm", outer),
        ("Content-Type: text/html\nContent-Location: http://a/z.htm", "z<iframe src=y.htm></iframe>"),
        ("Content-Type: text/html\nContent-Location: http://a/inner.htm", inner),
        ("Content-Type: text/html\nContent-Location: http://a/y.htm", "y<iframe src='about:blank'></iframe>"),
        ("Content-Type: text/html\nContent-Location: http://a/x.htm", "x"),
    ];
    let document = read(&message("multipart/related", &parts)).unwrap();
    assert_eq!(
        (document.lines(), document.told()),
        (
            vec!["x".into(), "y".into(), "z".to_owned()],
            vec!["embedded-part-unread@".into(), "embedded-part-unread@r3".to_owned()],
        )
    );
    let alone = read(&message("multipart/related", &parts[..1])).err();
    assert_eq!(alone, Some(Cause::Unsupported("HTML frames")));
}
