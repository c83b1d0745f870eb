//! Tracked changes, accepted and rejected.

use super::*;

/// The rows of the first table and the findings, accepted and rejected.
fn both(body: &str) -> [(Vec<String>, Vec<String>); 2] {
    let read = |package: Package| {
        let document = package.read();
        (document.rows(), document.told())
    };
    [read(Package::new(body)), read(Package::new(body).rejecting())]
}

fn lines(body: &str) -> [Vec<String>; 2] {
    [Package::new(body).read().lines(), Package::new(body).rejecting().read().lines()]
}

fn deleted(text: &str) -> String {
    format!("<w:del w:id=\"1\"><w:r><w:delText>{text}</w:delText></w:r></w:del>")
}

fn inserted(text: &str) -> String {
    format!("<w:ins w:id=\"2\">{}</w:ins>", r(text))
}

#[test]
fn changed_runs_follow_the_policy_and_are_told_once_for_the_table() {
    let cell = format!("<w:tc>{}</w:tc>", p(&(r("共") + &deleted("5") + &inserted("7") + &r("项"))));
    let moved = format!(
        "<w:tc>{}</w:tc>",
        p(&format!(
            "<w:moveFrom><w:r><w:t>旧处</w:t></w:r></w:moveFrom>{}<w:moveTo>{}</w:moveTo>",
            r("、"),
            r("新处")
        ))
    );
    let [accepted, rejected] = both(&tbl(&[tr(&[cell, moved])]));
    assert_eq!(accepted.0, ["共7项|、新处"]);
    assert_eq!(accepted.1, ["tracked-changes-accepted insertions=2 deletions=2"]);
    assert_eq!(rejected.0, ["共5项|旧处、"]);
    assert_eq!(rejected.1, ["tracked-changes-rejected insertions=2 deletions=2"]);
}

#[test]
fn changes_outside_tables_are_told_apart() {
    let body = p(&inserted("前")) + &tbl(&[tr(&[tc("a")])]) + &p(&deleted("后"));
    let document = read(&body);
    assert_eq!(document.lines(), ["前", ""]);
    assert_eq!(document.told(), ["tracked-changes-accepted insertions=1 deletions=1"]);
}

#[test]
fn text_inserted_and_deleted_again_is_nowhere() {
    let body = p(&format!("{}<w:ins>{}</w:ins>", r("a"), deleted("b")));
    assert_eq!(lines(&body), [["a"], ["a"]]);
}

#[test]
fn a_tracked_row_is_a_row_or_none() {
    let row = |change: &str, text: &str| format!("<w:tr><w:trPr><w:{change}/></w:trPr>{}</w:tr>", tc(text));
    let body = tbl(&[tr(&[tc("1")]), row("ins", "新"), row("del", "旧"), tr(&[tc("4")])]);
    let [accepted, rejected] = both(&body);
    assert_eq!(accepted.0, ["1", "新", "4"]);
    assert_eq!(rejected.0, ["1", "旧", "4"]);
    assert_eq!(accepted.1, ["tracked-changes-accepted insertions=1 deletions=1"]);
}

#[test]
fn a_table_of_deleted_rows_is_gone_and_not_counted() {
    let row = format!("<w:tr><w:trPr><w:del/></w:trPr>{}</w:tr>", tc("旧"));
    let document = read(&(tbl(&[row]) + &tbl(&[tr(&[tc("a")])])));
    assert_eq!(document.rows(), ["a"]);
    assert_eq!(document.tables()[0].container, luoshi_table::Container::Table(1));
    assert_eq!(document.told(), ["tracked-changes-accepted insertions=0 deletions=1"]);
}

#[test]
fn a_tracked_cell_is_a_cell_or_none() {
    let body = tbl(&[tr(&[tc("a"), tc_with("<w:cellIns/>", "新"), tc_with("<w:cellDel/>", "旧"), tc("d")])]);
    let [accepted, rejected] = both(&body);
    assert_eq!(accepted.0, ["a|新|d"]);
    assert_eq!(rejected.0, ["a|旧|d"]);
}

#[test]
fn a_tracked_merge_of_cells_is_a_merge_or_none() {
    let cell = |merge: &str, text: &str| tc_with(&format!("<w:cellMerge {merge}/>"), text);
    let body =
        tbl(&[tr(&[cell("w:vMerge=\"rest\"", "a"), tc("1")]), tr(&[cell("w:vMerge=\"cont\"", ""), tc("2")])]);
    let [accepted, rejected] = both(&body);
    assert_eq!(accepted.0, ["a|1", "^|2"]);
    assert_eq!(rejected.0, ["a|1", "|2"]);
}

#[test]
fn a_paragraph_whose_mark_is_deleted_runs_on_into_the_next() {
    let gone =
        |change: &str, content: &str| p(&format!("<w:pPr><w:rPr><w:{change}/></w:rPr></w:pPr>{content}"));
    assert_eq!(lines(&(gone("del", &r("上")) + &p(&r("下")))), [vec!["上下"], vec!["上", "下"]]);
    assert_eq!(lines(&(gone("ins", &r("上")) + &p(&r("下")))), [vec!["上", "下"], vec!["上下"]]);
    // A whole paragraph deleted leaves nothing behind.
    assert_eq!(lines(&(gone("del", &deleted("删")) + &p(&r("下")))), [vec!["下"], vec!["删", "下"]]);
    // At the end of a cell there is nothing to run on into.
    let cell = format!("<w:tc>{}{}</w:tc>", p(&r("上")), gone("del", &r("下")));
    assert_eq!(both(&tbl(&[tr(&[cell, tc("b")])]))[0].0, ["上\n下|b"]);
}

#[test]
fn properties_as_they_were_before_are_not_in_force() {
    let cell = tc_with(
        "<w:gridSpan w:val=\"2\"/><w:tcPrChange><w:tcPr><w:gridSpan w:val=\"3\"/><w:vMerge/></w:tcPr></w:tcPrChange>",
        "a",
    );
    let run = "<w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>显</w:t></w:r>";
    let body = tbl(&[tr(&[cell, tc("b")]), tr(&[tc("1"), tc("2"), format!("<w:tc>{}</w:tc>", p(run))])]);
    let document = read(&body);
    assert_eq!(document.rows(), ["a|<|b", "1|2|显"]);
    assert!(document.findings.is_empty());
}
