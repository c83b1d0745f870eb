//! Tracked changes.

use super::*;

fn region(id: &str, what: &str, content: &str) -> String {
    format!(
        "<text:changed-region xml:id=\"{id}\" text:id=\"{id}\"><text:{what}><office:change-info><dc:creator>张三</dc:creator></office:change-info>{content}</text:{what}></text:changed-region>"
    )
}

fn start(id: &str) -> String {
    format!("<text:change-start text:change-id=\"{id}\"/>")
}

fn end(id: &str) -> String {
    format!("<text:change-end text:change-id=\"{id}\"/>")
}

fn mark(id: &str) -> String {
    format!("<text:change text:change-id=\"{id}\"/>")
}

/// What is read when changes are accepted, and when they are rejected.
fn both(regions: &[String], body: &str) -> [Document; 2] {
    let body = format!("<text:tracked-changes>{}</text:tracked-changes>{body}", regions.concat());
    [Text::styled("", &body).read(), Text::styled("", &body).rejecting().read()]
}

fn lines(regions: &[String], body: &str) -> [Vec<String>; 2] {
    both(regions, body).map(|document| document.lines())
}

#[test]
fn inserted_and_deleted_text() {
    let regions =
        [region("i", "insertion", ""), region("d", "deletion", &p("旧")), region("f", "format-change", "")];
    let body = p(&format!("{}甲{}{}新{}{}乙", start("f"), mark("d"), start("i"), end("i"), end("f")));
    let [accepted, rejected] = both(&regions, &body);
    assert_eq!((accepted.lines(), rejected.lines()), (vec!["甲新乙".to_owned()], vec!["甲旧乙".to_owned()]));
    assert_eq!(accepted.told(), ["tracked-changes-accepted insertions=1 deletions=1"]);
    assert_eq!(rejected.told(), ["tracked-changes-rejected insertions=1 deletions=1"]);
}

#[test]
fn ends_of_paragraphs_that_were_inserted_or_deleted() {
    let inserted = [region("i", "insertion", "")];
    let split = p(&format!("前{}", start("i"))) + &p(&format!("{}后", end("i")));
    assert_eq!(lines(&inserted, &split), [vec!["前", "后"], vec!["前后"]]);
    let whole = p("甲") + &start("i") + &p("新") + &end("i") + &p("乙");
    assert_eq!(lines(&inserted, &whole), [vec!["甲", "新", "乙"], vec!["甲", "乙"]]);
    let joined = [region("d", "deletion", "<text:p/><text:p/>")];
    assert_eq!(lines(&joined, &p(&format!("前{}后", mark("d")))), [vec!["前后"], vec!["前", "后"]]);
    let more = [region("d", "deletion", &(p("一") + &p("二") + &p("三")))];
    assert_eq!(lines(&more, &p(&format!("前{}后", mark("d")))), [vec!["前后"], vec!["前一", "二", "三后"]]);
    assert_eq!(
        lines(&more, &(p("前") + &mark("d") + &p("后"))),
        [vec!["前", "后"], vec!["前", "一", "二", "三", "后"]]
    );
}

#[test]
fn a_deleted_table_comes_back_as_a_table() {
    let deleted = p("表前") + &table(&[tr(&[&td("甲"), &td("乙")])]) + &p("表后");
    let regions = [region("d", "deletion", &deleted)];
    let [accepted, rejected] = both(&regions, &p(&format!("前{}后", mark("d"))));
    assert_eq!((accepted.lines(), accepted.tables().len()), (vec!["前后".to_owned()], 0));
    assert_eq!(
        (rejected.lines(), rejected.rows()),
        (vec!["前表前".to_owned(), "表后后".to_owned()], vec!["甲|乙".to_owned()])
    );
}

#[test]
fn what_was_inserted_and_deleted_again_never_comes_back() {
    let content = "<office:change-info/><text:p>来去</text:p>";
    let both = format!(
        "<text:changed-region text:id=\"b\"><text:insertion/><text:deletion>{content}</text:deletion></text:changed-region>"
    );
    assert_eq!(lines(&[both], &p(&format!("甲{}乙", mark("b")))), [vec!["甲乙"], vec!["甲乙"]]);
}

#[test]
fn a_deletion_may_stand_in_the_text() {
    let regions = [region("d", "deletion", "")];
    assert_eq!(
        lines(&regions, &p(&format!("甲{}旧{}乙", start("d"), end("d")))),
        [vec!["甲乙"], vec!["甲旧乙"]]
    );
}

#[test]
fn a_range_that_never_ends_swallows_nothing() {
    let regions = [region("i", "insertion", "")];
    let body = p(&format!("{}甲{}乙", end("i"), start("i"))) + &p("丙");
    assert_eq!(lines(&regions, &body), [vec!["甲乙", "丙"], vec!["甲乙", "丙"]]);
}

#[test]
fn a_mark_is_followed_once_and_never_into_itself() {
    let looping = [region("d", "deletion", &p(&format!("旧{}", mark("d"))))];
    assert_eq!(lines(&looping, &p(&format!("{0}甲{0}", mark("d")))), [vec!["甲"], vec!["旧甲"]]);
    let nested =
        [region("a", "deletion", &p(&format!("外{}外", mark("b")))), region("b", "deletion", &p("内"))];
    assert_eq!(lines(&nested, &p(&mark("a"))), [vec![""], vec!["外内外"]]);
    assert_eq!(lines(&[], &p(&format!("甲{}{}乙", mark("无"), start("无")))), [vec!["甲乙"], vec!["甲乙"]]);
}

#[test]
fn rows_that_are_tracked_themselves_come_and_go() {
    let style = "<style:style style:name=\"R\" style:family=\"table-row\"><style:table-row-properties loext:text-changes-only=\"false\"/></style:style>\
        <text:list-style style:name=\"L\"><text:list-level-style-number text:level=\"1\" style:num-format=\"1\"/></text:list-style>";
    let number = "<text:list text:style-name=\"L\" text:continue-numbering=\"true\"><text:list-item><text:p/></text:list-item></text:list>";
    let numbered = format!("<table:table-cell>{number}</table:table-cell>");
    let row = |content: &str| {
        tr(&[&numbered, &td(content)])
            .replace("<table:table-row>", "<table:table-row table:style-name=\"R\">")
    };
    let body = format!(
        "<text:tracked-changes>{}{}</text:tracked-changes>{}",
        region("d", "deletion", &p("旧")),
        region("i", "insertion", ""),
        table(&[
            tr(&[&numbered, &td("甲")]),
            row(&mark("d")),
            row(&format!("{}新{}", start("i"), end("i"))),
            tr(&[&numbered, &td("乙")]),
            row("")
        ])
    );
    let accepted = Text::styled(style, &body).read();
    // Numbers are those of the rows that are there. The last row is tracked by its style, but nothing changed in it.
    assert_eq!(accepted.rows(), ["1|甲", "2|新", "3|乙", "4|"]);
    assert_eq!(Text::styled(style, &body).rejecting().read().rows(), ["1|甲", "2|旧", "3|乙", "4|"]);
}

#[test]
fn rows_within_an_insertion_are_gone_with_it() {
    let regions = [region("i", "insertion", "")];
    let body = [
        start("i"),
        table(&[tr(&[&td("新")])]),
        end("i"),
        table(&[tr(&[&td("甲")]), start("i"), tr(&[&td("新")]), end("i"), tr(&[&td("乙")])]),
    ];
    let [accepted, rejected] = both(&regions, &body.concat());
    assert_eq!((accepted.tables().len(), rejected.tables().len()), (2, 1));
    assert_eq!(rejected.rows(), ["甲", "乙"]);
    assert_eq!(
        rejected.told(),
        [
            "tracked-changes-rejected insertions=1 deletions=0",
            "tracked-changes-rejected insertions=1 deletions=0"
        ]
    );
}
