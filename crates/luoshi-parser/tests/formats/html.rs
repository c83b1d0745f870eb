//! html and mht: the attachment as LibreOffice, Word, Python and an office system write it says what the docx says; damage and pages made
//! to hurt do no harm.

use luoshi_parser::{Cause, READERS, limits};
use luoshi_table::{Diagnostic, SourceBlock, SourceParagraph};

use super::hostile::mutate;
use super::samples::{Seeded, read};

const ATTACHMENT: &[u8] = include_bytes!("../../../../fixtures/html/attachment-2016-gbk.htm");
const AUTO_NUMBERED: &[u8] = include_bytes!("../../../../fixtures/html/auto-numbered.htm");
const EXPORTED: &[u8] = include_bytes!("../../../../fixtures/html/exported.xls");
const MESSAGE: &[u8] = include_bytes!("../../../../fixtures/mht/attachment-2016.mht");
const BY_WORD: &[u8] = include_bytes!("../../../../fixtures/mht/word.mht");
const DOCX: &[u8] = include_bytes!("../../../../fixtures/docx/attachment-2016.docx");
const DOCX_AUTO_NUMBERED: &[u8] = include_bytes!("../../../../fixtures/docx/auto-numbered.docx");

const SAMPLES: [&[u8]; 5] = [ATTACHMENT, AUTO_NUMBERED, EXPORTED, MESSAGE, BY_WORD];

/// A cell's row, column, rows and columns, and its paragraphs: number and text.
type Cell = (u32, u32, u32, u32, Vec<(String, String)>);

/// What is compared of a document: lines with their numbers, tables with their size, cells and repeated rows.
type Content = (Vec<(u32, String)>, Vec<(u32, u32, Vec<Cell>, Vec<bool>)>);

fn content(bytes: &[u8]) -> (Content, Vec<Diagnostic>) {
    let outcome = read("表.xls", bytes).unwrap();
    let paragraph = |paragraph: &SourceParagraph| (paragraph.label().to_owned(), paragraph.text.clone());
    let (mut lines, mut tables) = (Vec::new(), Vec::new());
    for block in &outcome.value.blocks {
        match block {
            SourceBlock::Line(line) => lines.push((line.number, line.paragraph.text.clone())),
            SourceBlock::Table(table) => {
                let cells = table.grid.cells().iter();
                let cells = cells.map(|cell| {
                    let paragraphs = cell.content.paragraphs.iter().map(paragraph).collect();
                    (cell.row, cell.column, cell.row_span, cell.column_span, paragraphs)
                });
                let repeats = table.rows.iter().map(|row| row.repeats).collect();
                tables.push((table.grid.rows(), table.grid.columns(), cells.collect(), repeats));
            }
        }
    }
    ((lines, tables), outcome.diagnostics)
}

/// The docx as LibreOffice saves it as a page: without the two spaces at the end of the status of 48, and with two line ends in the
/// empty paragraph behind the table.
fn as_page(docx: &[u8]) -> Content {
    let mut expected = content(docx).0;
    assert_eq!(expected.0[2], (2, String::new()));
    expected.0[2].1.push('\n');
    let status = expected.1[0].2.iter_mut().find(|cell| (cell.0, cell.1) == (53, 4)).unwrap();
    let trimmed = status.4[0].1.trim_end().to_owned();
    assert_eq!(status.4[0].1.len(), trimmed.len() + 2);
    status.4[0].1 = trimmed;
    expected
}

#[test]
fn the_attachment_is_the_same_as_docx() {
    for bytes in [ATTACHMENT, MESSAGE] {
        let (found, told) = content(bytes);
        assert_eq!(found, as_page(DOCX));
        assert_eq!(told, []);
    }
}

#[test]
fn numbers_that_a_page_shows_are_told_from_text() {
    // LibreOffice writes a list for each number; a page shows it with a full stop.
    let mut expected = as_page(DOCX_AUTO_NUMBERED);
    for (_, _, _, _, paragraphs) in &mut expected.1[0].2 {
        for (label, _) in paragraphs.iter_mut().filter(|(label, _)| !label.is_empty()) {
            label.push('.');
        }
    }
    let (found, told) = content(AUTO_NUMBERED);
    assert_eq!(found, expected);
    assert_eq!(told, []);
    // Word writes the number itself.
    let (found, told) = content(BY_WORD);
    assert_eq!(found, content(DOCX_AUTO_NUMBERED).0);
    assert_eq!(told, []);
}

#[test]
fn an_exported_table_holds_the_same_cells() {
    let (found, told) = content(EXPORTED);
    assert_eq!(told, []);
    let (lines, tables) = content(DOCX).0;
    let (rows, columns, cells, _) = &found.1[0];
    assert_eq!((*rows, *columns), (tables[0].0 + 2, tables[0].1));
    let titles: Vec<&str> = cells[..2].iter().map(|cell| cell.4[0].1.as_str()).collect();
    assert_eq!(titles, [lines[0].1.as_str(), lines[1].1.as_str()]);
    for (given, found) in tables[0].2.iter().zip(&cells[2..]) {
        assert_eq!((given.0 + 2, given.1, given.2, given.3), (found.0, found.1, found.2, found.3));
        // The page ends each line without its spaces, shows no empty line at the end, and fills an empty cell.
        let text = |cell: &Cell| {
            let lines: Vec<&str> = cell.4.iter().map(|(_, text)| text.trim_end()).collect();
            lines.join("\n").trim_end().to_owned()
        };
        assert_eq!(text(given), text(found));
    }
}

#[test]
fn readers_name_their_extensions() {
    for (name, extensions) in [("html", ["html", "htm"]), ("mht", ["mht", "mhtml"])] {
        let reader = READERS.iter().find(|reader| reader.name() == name).unwrap();
        assert_eq!(reader.extensions(), extensions);
    }
}

#[test]
fn a_message_that_is_cut_is_damaged() {
    let mut random = Seeded(1);
    for bytes in [MESSAGE, BY_WORD] {
        let head = 200;
        for _ in 0..100 {
            let cut = &bytes[..head + random.next(bytes.len() - head - 20)];
            let cause = read("a.doc", cut).unwrap_err().cause;
            assert!(matches!(cause, Cause::Damaged { .. }), "{} {cause:?}", cut.len());
        }
    }
}

/// Bytes changed, cut out or doubled: never a panic, whatever comes of it.
#[test]
fn mutated_files_never_panic() {
    let mut random = Seeded(2016);
    for bytes in SAMPLES {
        for _ in 0..60 {
            let mut bytes = bytes.to_vec();
            mutate(&mut bytes, &mut random);
            let _ = read("a.xls", &bytes);
        }
    }
}

/// What tag soup is made of.
const PIECES: [&str; 64] = [
    "<table>",
    "</table>",
    "<tr>",
    "</tr>",
    "<td>",
    "</td>",
    "<th colspan=3>",
    "<td rowspan=2>",
    "<td rowspan=0>",
    "<td colspan=0>",
    "<thead>",
    "</thead>",
    "<tbody>",
    "<tfoot>",
    "</tbody>",
    "<caption>",
    "</caption>",
    "<col span=2>",
    "<colgroup>",
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<a name=x>",
    "</a>",
    "<span hidden>",
    "</span>",
    "<ol start=-3 reversed>",
    "</ol>",
    "<ul>",
    "</ul>",
    "<li value=7>",
    "</li>",
    "<br>",
    "<pre>\n",
    "</pre>",
    "<del>",
    "</del>",
    "<ins>",
    "</ins>",
    "<s>",
    "</s>",
    "<ruby>",
    "<rt>",
    "</ruby>",
    "<select>",
    "<option selected>",
    "</select>",
    "<textarea>",
    "</textarea>",
    "<input type=checkbox checked>",
    "<p style='mso-element:footnote'>",
    "<span style='font-family:Wingdings'>",
    "<svg>",
    "</svg>",
    "<template>",
    "</template>",
    "<font face=Symbol>",
    "<tr style='display:none'>",
    "<span style='mso-list:Ignore'>",
];

#[test]
fn tag_soup_never_panics() {
    let mut random = Seeded(5);
    for _ in 0..2_000 {
        let mut page = String::from("<html>");
        for _ in 0..1 + random.next(60) {
            page.push_str(PIECES[random.next(PIECES.len())]);
            if random.next(3) == 0 {
                page.push_str(["公开", " ", "&nbsp;", "þ", "a&amp;b", "&#0;"][random.next(6)]);
            }
        }
        if let Ok(outcome) = read("a.htm", page.as_bytes()) {
            for block in &outcome.value.blocks {
                if let SourceBlock::Table(table) = block {
                    assert_eq!(table.grid.rows() as usize, table.rows.len());
                    assert!(table.grid.rows() > 0);
                }
            }
        }
    }
}

/// Elements whose text is not shown, or not all of it.
const SHOWS_LESS: [&str; 6] = ["del", "select", "option", "textarea", "template", "svg"];

/// However wrong its tags, no text of a page is lost: it is in a block, or told.
#[test]
fn tag_soup_keeps_its_text() {
    let shows_all =
        |piece: &&&str| SHOWS_LESS.iter().all(|name| !piece[1..].trim_start_matches('/').starts_with(name));
    let pieces: Vec<&str> = PIECES.iter().filter(shows_all).copied().collect();
    let mut random = Seeded(6);
    for _ in 0..2_000 {
        let mut page = String::from("<html>");
        let mut texts = 0;
        for _ in 0..1 + random.next(40) {
            page.push_str(pieces[random.next(pieces.len())]);
            if random.next(3) == 0 {
                page.push_str("公开");
                texts += 1;
            }
        }
        let outcome = read("a.htm", page.as_bytes()).unwrap();
        let told = outcome
            .diagnostics
            .iter()
            .filter(|finding| matches!(finding.code, "hidden-text" | "note-text" | "ruby-text"));
        let mut found: usize =
            told.flat_map(|finding| &finding.arguments).map(|(_, text)| text.matches("公开").count()).sum();
        for block in &outcome.value.blocks {
            let labels = |paragraph: &SourceParagraph| {
                paragraph.label().matches("公开").count() + paragraph.text.matches("公开").count()
            };
            found += match block {
                SourceBlock::Line(line) => labels(&line.paragraph),
                SourceBlock::Table(table) => {
                    table.grid.cells().iter().flat_map(|cell| &cell.content.paragraphs).map(labels).sum()
                }
            };
        }
        assert_eq!(found, texts, "{page}");
    }
}

fn limit(page: &str) -> &'static str {
    match read("a.htm", page.as_bytes()).unwrap_err().cause {
        Cause::Limit { what, .. } => what,
        other => panic!("{other:?}"),
    }
}

#[test]
fn depth_without_end_is_refused() {
    for piece in ["<div>", "<b>", "<table><td>", "<ol><li>", "<template>", "<svg>", "<font><div></font>"] {
        let page = format!("<html>{}", piece.repeat(100_000));
        assert_eq!(limit(&page), "xml-depth", "{piece}");
    }
    // Elements that are looked through for each of many tags.
    let page = format!("<html>{}{}", "<span>".repeat(500), "</i>".repeat(300_000));
    assert_eq!(limit(&page), "xml-depth");
}

#[test]
fn what_is_claimed_takes_no_memory() {
    let page = |body: &str| format!("<html><table>{body}");
    assert_eq!(limit(&page(&"<td>".repeat(2_000))), "columns");
    let spans = "<td rowspan=65534>x".repeat(1_000);
    assert_eq!(limit(&page(&format!("<tr>{spans}{}", "<tr>".repeat(65_000)))), "pieces");
    assert_eq!(limit(&page(&"<tr><td colspan=1000>x<td>".repeat(20_000))), "grid-positions");
    assert_eq!(limit(&format!("<html>{}", "<hr>".repeat(limits::NODES.get() as usize))), "nodes");
    let huge =
        page("<col span=1000><col span=1000><tr><td colspan=99999999999>a<tr><td rowspan=99999999999>b<td>c");
    let outcome = read("a", huge.as_bytes()).unwrap();
    let SourceBlock::Table(table) = &outcome.value.blocks[0] else { panic!("no table") };
    assert_eq!((table.grid.rows(), table.grid.cells()[0].column_span), (2, 1_000));
}

/// Each would take hours where it took the square of its length.
#[test]
fn long_runs_are_read_once() {
    let attributes: String = (0..1_000_000).map(|n| format!("a{n}=1 ")).collect();
    let pages = [
        format!("<p {attributes}>"),
        format!("<p style='{}'>", "display:none;".repeat(200_000)),
        format!("<p class='{}'>", "a ".repeat(200_000)),
        format!("<style>{}", ".a{@media screen{/*".repeat(100_000)),
        format!("<table>{}", "<tr>x<td>".repeat(200_000)),
        format!("<select>{}", "<option>a".repeat(200_000)),
        format!(
            "<ol>{}",
            (0..100_000).map(|n| format!("<li style=list-style-type:x{n}>")).collect::<String>()
        ),
        format!("<table><tbody style='{}'>{}", "display:none;".repeat(1_200), "<tr><td>".repeat(50_000)),
        format!("<table><tr style='{}'>{}", "display:none;".repeat(1_200), "<td>".repeat(900)),
    ];
    let runs = [
        "<a>x",
        "<b><p></b>",
        "<b><i></b></i>",
        "<table><b>",
        "<nobr>x",
        "<!--",
        "<",
        "&",
        "&notinva",
        "&#x",
        "</p>",
        "<li>",
        "<br>",
        "<del>x</del>",
        "<template></template>",
        "<caption>",
        "<textarea></textare",
        "<input value=x>",
        "<img>",
    ];
    let runs = runs.map(|piece| piece.repeat(200_000));
    for body in pages.iter().chain(&runs) {
        let _ = read("a.htm", format!("<html>{body}").as_bytes());
    }
}

#[test]
fn messages_made_to_hurt_are_refused() {
    let cause = |message: &str| read("a.mht", message.as_bytes()).unwrap_err().cause;
    let nested: String = (0..10_000)
        .map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n"))
        .collect();
    let limits = [
        (format!("MIME-Version: 1.0\r\n{nested}"), "multipart-depth"),
        (
            format!(
                "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n{}",
                "--b\n\n".repeat(20_000)
            ),
            "multiparts",
        ),
    ];
    for (message, expected) in limits {
        let found = cause(&message);
        assert!(matches!(found, Cause::Limit { what, .. } if what == expected), "{found:?}");
    }
    let part = |body: &str| {
        format!(
            "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n{body}\n--b--\n"
        )
    };
    let garbage = part("Content-Transfer-Encoding: base64\n\n5bqP5\n");
    assert!(matches!(cause(&garbage), Cause::Damaged { .. }));
    // A line that only begins like the delimiter is text.
    let longer = part("\n<html>--b\n--bb\n--b -\nc");
    let outcome = read("a", longer.as_bytes()).unwrap();
    assert!(
        matches!(&outcome.value.blocks[0], SourceBlock::Line(line) if line.paragraph.text == "--b --bb --b - c")
    );
    let _ = read("a", "MIME-Version: 1.0\n a".repeat(100_000).as_bytes());
    let _ = read("a", part(&"--b-\n".repeat(200_000)).as_bytes());
}
