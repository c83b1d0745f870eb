//! Damaged and hostile files: an error, never a hang, a panic or half a document.

use super::*;
use crate::{Cause, limits};

fn cause(bytes: &[u8]) -> Cause {
    try_read(bytes, Revisions::Accept).err().expect("it was read").cause
}

fn limit(bytes: &[u8]) -> &'static str {
    match cause(bytes) {
        Cause::Limit { what, .. } => what,
        other => panic!("{other:?}"),
    }
}

fn is_damaged(bytes: &[u8]) -> bool {
    matches!(cause(bytes), Cause::Damaged { .. })
}

#[test]
fn a_file_cut_anywhere_is_damaged() {
    let whole = format!(
        "{{\\rtf1\\ansi\\ansicpg936 \\'d6\\'d0\\par {}\\pard {{\\bin3 abc}}\\u20013?}}",
        plain(&["a", "b"])
    );
    for end in 0..whole.len() {
        assert!(is_damaged(&whole.as_bytes()[..end]), "{end}");
    }
    assert!(try_read(whole.as_bytes(), Revisions::Accept).is_ok());
}

#[test]
fn content_behind_the_last_group_is_damage_and_other_data_is_none() {
    assert!(is_damaged(b"{\\rtf1 a\\par}b\\par}"));
    for tail in [&b"\r\n\0\0 \x1A"[..], b"}\n", b"{\\*\\themedata 50{4b}}}\\par"] {
        let bytes = [b"{\\rtf1 a\\par}", tail].concat();
        assert_eq!(try_read(&bytes, Revisions::Accept).unwrap().lines(), ["a"]);
    }
    assert!(is_damaged(b"{\\rtf1 a\\par}{\\*\\themedata 50{4b}"));
    assert!(is_damaged(b"{\\rtf1 a\\bin2147483647 b}"));
}

#[test]
fn nesting_without_end_is_refused() {
    assert_eq!(limit(&b"{".repeat(20_000)), "xml-depth");
    assert_eq!(limit(&b"{\\rtf{\\shptxt".repeat(20_000)), "xml-depth");
    assert_eq!(limit(b"{\\rtf1\\intbl\\itap2147483647 a\\par}"), "xml-depth");
    let zigzag = "\\itap500 a\\par\\itap1 b\\par".repeat(20_000);
    assert_eq!(limit(format!("{{\\rtf1\\intbl{zigzag}}}").as_bytes()), "pieces");
}

#[test]
fn more_columns_than_the_limit_are_refused() {
    let edges: String = (1..=2_000).map(|n| format!("\\cellx{}", n * 100)).collect();
    assert_eq!(limit(format!("{{\\rtf1\\trowd{edges}\\intbl a\\cell\\row}}").as_bytes()), "columns");
    assert_eq!(limit(format!("{{\\rtf1\\intbl {}\\row}}", "\\cell".repeat(2_000)).as_bytes()), "columns");
    let rows: String = (0..1_500).map(|n| format!("\\trowd\\cellx{}\\intbl a\\cell\\row", n * 100)).collect();
    assert_eq!(limit(format!("{{\\rtf1{rows}}}").as_bytes()), "columns");
}

#[test]
fn definitions_that_go_on_from_the_last_one_are_counted() {
    let edges: String = (1..=1_000).map(|n| format!("\\cellx{}", n * 100)).collect();
    let changed = "\\trleft1\\intbl\\cell\\row".repeat(10_000);
    assert_eq!(limit(format!("{{\\rtf1\\trowd{edges}{changed}}}").as_bytes()), "pieces");
}

#[test]
fn a_file_of_empty_paragraphs_is_stopped() {
    assert_eq!(
        limit(format!("{{\\rtf1{}}}", "\\par".repeat(limits::PIECES.size() + 1)).as_bytes()),
        "pieces"
    );
}

#[test]
fn long_runs_are_read_once() {
    for piece in [
        &b"a\n"[..],
        b"\xD5",
        b"\\'d5",
        b"\\u55362?",
        b"{}",
        b"\\b",
        b"{\\v a}",
        b"{\\field}",
        b"{\\*\\bkmkstart a}",
        b"\\'ff",
    ] {
        let bytes = [&b"{\\rtf1\\ansi\\ansicpg936 "[..], &piece.repeat(200_000), b" }"].concat();
        assert!(try_read(&bytes, Revisions::Accept).is_ok());
    }
}

#[test]
fn findings_do_not_grow_without_bound() {
    let document = read(plain(&["{\\v a}\\par ".repeat(limits::FINDINGS.size() + 5).as_str()]).as_bytes());
    assert_eq!(document.findings.len(), limits::FINDINGS.size() + 1);
    assert_eq!(document.told().last().unwrap(), "findings-cut count=5");
}
