//! Tracked changes, accepted or rejected.

use super::super::sprm;
use super::{File, in_table, prl, row_end};

fn inserted() -> Vec<u8> {
    prl(sprm::C_F_R_MARK_INS, &[1])
}

fn deleted() -> Vec<u8> {
    prl(sprm::C_F_R_MARK_DEL, &[1])
}

#[test]
fn text_is_kept_or_goes_as_the_caller_says() {
    let file = File::default()
        .run("共", &[])
        .run("298", &deleted())
        .run("宗", &[deleted(), prl(sprm::C_F_STRIKE, &[0])].concat())
        .run("314宗", &inserted())
        .run("。\r", &[])
        .styled(0, &[]);
    let document = file.clone().read();
    assert_eq!(document.lines(), ["共314宗。"]);
    assert_eq!(document.findings(), ["tracked-changes-accepted@ insertions=1 deletions=1"]);
    let document = file.rejecting().read();
    assert_eq!(document.lines(), ["共298宗。"]);
    assert_eq!(document.findings(), ["tracked-changes-rejected@ insertions=1 deletions=1"]);
}

#[test]
fn a_paragraph_whose_mark_is_gone_runs_on() {
    let file = File::default()
        .run("一", &[])
        .run("\r", &deleted())
        .styled(0, &[])
        .line("二")
        .run("三", &[])
        .run("\r", &inserted())
        .styled(0, &[])
        .line("四");
    assert_eq!(file.clone().read().lines(), ["一二", "三", "四"]);
    assert_eq!(file.rejecting().read().lines(), ["一", "二", "三四"]);
    // Before a table and at the end there is nothing to run on into.
    let gone = |file: File| file.run("前", &[]).run("\r", &deleted()).styled(0, &[]);
    let document = gone(gone(File::default()).cell("格").row_end(&[0, 1000], &[])).read();
    assert_eq!(document.lines(), ["前", "*", "前"]);
    // The mark of a cell stays a cell's.
    let cell = File::default().run("一", &[]).run("\u{7}", &deleted()).styled(0, &in_table(1)).cell("二");
    assert_eq!(cell.row_end(&[0, 1000, 2000], &[]).read().rows(), ["一|二"]);
}

#[test]
fn a_row_is_there_or_not() {
    let row = |file: File, text: &str, properties: &[u8]| {
        let file = file.run(&format!("{text}\u{7}"), properties).styled(0, &in_table(1));
        file.run("\u{7}", properties).styled(0, &row_end(&[0, 1000], &[]))
    };
    let file = row(row(row(File::default(), "一", &[]), "旧", &deleted()), "新", &inserted());
    let document = file.clone().read();
    assert_eq!(document.rows(), ["一", "新"]);
    assert_eq!(document.findings(), ["tracked-changes-accepted@ insertions=3 deletions=3"]);
    assert_eq!(file.rejecting().read().rows(), ["一", "旧"]);
    // A table that is gone as a whole is none.
    let document = row(File::default(), "旧", &deleted()).line("后").read();
    assert_eq!(document.lines(), ["后"]);
    assert_eq!(document.findings(), ["tracked-changes-accepted@ insertions=0 deletions=3"]);
}

/// LibreOffice gives a row's mark the changes of the text behind it.
#[test]
fn a_row_with_text_left_in_it_stays() {
    let document = File::default()
        .cell("一")
        .run("\u{7}", &deleted())
        .styled(0, &row_end(&[0, 1000], &[]))
        .run("旧", &deleted())
        .cell("二")
        .row_end(&[0, 1000], &[])
        .read();
    assert_eq!(document.rows(), ["一", "二"]);
}

#[test]
fn what_is_anchored_in_deleted_text_is_gone_with_it() {
    let document = File::default()
        .run("甲", &[])
        .run("\u{1}\u{5}\u{13} PAGE \u{14}3\u{15}", &deleted())
        .run("乙\r", &[])
        .styled(0, &[])
        .read();
    assert_eq!(document.lines(), ["甲乙"]);
    assert_eq!(document.findings(), ["tracked-changes-accepted@ insertions=0 deletions=1"]);
}
