//! Pictures, frames, notes, comments, readings, tracked changes.

use super::*;
use crate::Cause;

#[test]
fn pictures_are_told_by_their_place_once() {
    let document = read(
        "<table><td><img alt=x><img>a<td><svg><text>t</text></svg><td><object>b</object></table><p><img></p>",
    );
    assert_eq!((document.rows(), document.lines()), (vec!["a||b".to_owned()], vec![String::new()]));
    let told = ["t1r1c1", "t1r1c2", "t1r1c3", "r1"].map(|place| format!("picture-ignored@{place}"));
    assert_eq!(document.told(), told);
}

#[test]
fn a_page_of_frames_alone_is_refused() {
    for page in
        ["<frameset><frame src=a.htm><noframes>b</noframes></frameset>", "<iframe src=a.htm>b</iframe>"]
    {
        let refused = try_read(Kind::Html, page.as_bytes(), Revisions::Accept).err().unwrap();
        assert_eq!(refused.cause, Cause::Unsupported("HTML frames"));
    }
    let document = read("a<iframe src=b></iframe>");
    assert_eq!(
        (document.lines(), document.told()),
        (vec!["a".to_owned()], vec!["embedded-part-unread@r1".to_owned()])
    );
}

#[test]
fn changes_follow_the_policy_and_are_told_once_for_the_table() {
    let page = "<p>x<ins>y</ins></p><table><td>a<del>5</del><ins>7</ins><ins>8</ins>z<td><ins><p>b</p></ins><del><p>c</p></del></table>";
    let [accepted, rejected] = [Revisions::Accept, Revisions::Reject]
        .map(|policy| try_read(Kind::Html, page.as_bytes(), policy).unwrap());
    assert_eq!((accepted.rows(), accepted.lines()), (vec!["a78z|b".to_owned()], vec!["xy".to_owned()]));
    assert_eq!((rejected.rows(), rejected.lines()), (vec!["a5z|c".to_owned()], vec!["x".to_owned()]));
    let told = [
        "tracked-changes-accepted@t1 insertions=3 deletions=2",
        "tracked-changes-accepted@ insertions=1 deletions=0",
    ];
    assert_eq!(accepted.told(), told);
}

#[test]
fn a_reading_stands_over_the_text() {
    let document = read("<ruby>海<rp>(</rp><rt>hai</rt><rp>)</rp>沧<rt>cang</ruby>区");
    assert_eq!(
        (document.lines(), document.told()),
        (vec!["海沧区".to_owned()], vec!["ruby-text@r1 text=hai; cang".to_owned()])
    );
}

#[test]
fn notes_and_comments_are_no_content() {
    let page = "<p>a<a class=msocomanchor>[甲1]</a></p><div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1><p>b</p><p>c</p></div></div>\
                <div id=sdendnote1><p>d</p></div><div style='mso-element:comment-list'><div style='mso-element:comment'>e</div></div>";
    let document = read(page);
    assert_eq!(document.lines(), ["a"]);
    let told = [
        "note-text@r2 kind=footnotes text=b\nc",
        "note-text@r2 kind=endnotes text=d",
        "comments-ignored@ count=1",
    ];
    assert_eq!(document.told(), told);
}
