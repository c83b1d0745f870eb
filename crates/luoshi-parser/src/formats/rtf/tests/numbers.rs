//! Numbers that the word processor makes: shown in the file, or counted by the list tables.

use super::*;

const LISTS: &str = "{\\*\\listtable{\\list{\\listlevel\\levelnfc39\\levelnfcn39\\levelfollow0\\levelstartat1{\\leveltext\\'03\\'a3\\'a8\\'00\\'a3\\'a9;}{\\levelnumbers\\'02;}}{\\listlevel\\levelnfc0\\levelfollow1\\levelstartat1{\\leveltext\\'03\\'00.\\'01;}{\\levelnumbers\\'01\\'03;}\\levellegal1}\\listid7}{\\list{\\listlevel\\levelnfc23{\\leveltext\\'01\\u61548 ?;}{\\levelnumbers;}\\f2}\\listid8}}{\\*\\listoverridetable{\\listoverride\\listid7\\listoverridecount0\\ls1}{\\listoverride\\listid8\\listoverridecount0\\ls2}{\\listoverride\\listid7\\listoverridecount1{\\lfolevel\\listoverridestartat\\levelstartat5}\\ls3}}";

fn numbered(body: &str) -> Document {
    read(
        format!("{{\\fonttbl{{\\f1\\fcharset2 Symbol;}}{{\\f2\\fcharset2 Wingdings;}}}}{LISTS}{body}")
            .as_bytes(),
    )
}

#[test]
fn a_number_that_is_shown_is_believed() {
    let document = numbered(
        "{\\listtext\\pard\\plain 9.\\tab}\\pard\\ls1 a\\par{\\pntext\\pard\\plain\\f1\\'B7\\tab}{\\*\\pn\\pnlvlblt{\\pntxtb\\'B7}}b\\par{\\listtext 3)}\\pard\\par x\\par",
    );
    assert_eq!(document.lines(), ["9.\ta", "•\tb", "3)", "x"]);
    let luoshi_table::SourceBlock::Line(line) = &document.source.blocks[0] else { panic!("no line") };
    assert_eq!((line.paragraph.label(), line.paragraph.text.as_str()), ("9.\t", "a"));
}

#[test]
fn a_number_that_is_not_shown_is_counted() {
    let item = |level: &str, text: &str| format!("\\pard\\ls1\\ilvl{level} {text}\\par ");
    let body = item("0", "a")
        + &item("1", "b")
        + &item("1", "c")
        + &item("0", "")
        + &item("1", "d")
        + "\\pard\\ls2 e\\par\\pard\\ls3 f\\par\\pard\\ls0 g\\par";
    let document = numbered(&body);
    assert_eq!(
        document.lines(),
        ["（一）\ta", "1.1 b", "1.2 c", "（二）", "2.1 d", "●\te", "（五）\tf", "g"]
    );
    assert_eq!(document.told(), Vec::<String>::new());
    // The last paragraph may lack its end.
    assert_eq!(numbered("\\ls1 a\\par b").lines(), ["（一）\ta", "（二）\tb"]);
    // What is shown counts too.
    let document = numbered(
        &("{\\listtext\\'a3\\'a8\\'d2\\'bb\\'a3\\'a9\\tab}".to_owned() + &item("0", "a") + &item("0", "b")),
    );
    assert_eq!(document.lines(), ["（一）\ta", "（二）\tb"]);
}

#[test]
fn a_list_that_is_not_defined_is_told_once() {
    let document = numbered("\\pard\\ls9 a\\par b\\par{\\listtext 4.}c\\par");
    assert_eq!(document.lines(), ["a", "b", "4.c"]);
    assert_eq!(document.told(), ["list-undefined r1 list=9"]);
}

#[test]
fn a_format_that_is_not_known_is_told() {
    let lists = "{\\*\\listtable{\\list{\\listlevel\\levelnfc6{\\leveltext\\'01\\'00;}}\\listid1}}{\\*\\listoverridetable{\\listoverride\\listid1\\ls1}}";
    let document = read(format!("{lists}\\ls1 a\\par").as_bytes());
    assert_eq!(document.told(), ["number-format-unknown format=cardinalText"]);
}
