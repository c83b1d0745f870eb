//! Fields, text boxes, notes, comments, pictures, tracked changes.

use super::*;

#[test]
fn a_field_shows_its_result() {
    let document = read(b"a{\\field{\\*\\fldinst{ HYPERLINK \"http://x\" }}{\\fldrslt{\\ul b}}}c{\\field{\\*\\fldinst PAGE }}{\\field{\\*\\fldinst eq \\\\o\\\\ac(\\'a1\\'f0,3)}{\\fldrslt}}");
    assert_eq!(document.lines(), ["abc③"]);
    assert_eq!(document.told(), ["field-without-result r1 field=PAGE"]);
    // A field in the code of another is code.
    assert_eq!(
        lines(b"{\\field{\\*\\fldinst IF {\\field{\\*\\fldinst X}{\\fldrslt 1}} = 1 }{\\fldrslt y}}z"),
        ["yz"]
    );
}

#[test]
fn check_boxes_are_answers() {
    let check = |words: &str| {
        format!(
            "{{\\field{{\\*\\fldinst FORMCHECKBOX {{\\*\\formfield{{\\fftype1{words}{{\\*\\ffname n}}}}}}}}{{\\fldrslt}}}}"
        )
    };
    let body =
        check("\\ffres25\\ffdefres1") + &check("\\ffres0\\ffdefres1") + &check("\\ffres1") + &check("");
    assert_eq!(lines(body.as_bytes()), ["☑☐☑☐"]);
}

#[test]
fn the_text_of_a_text_box_goes_to_its_cell_once() {
    let shape = "{\\shp{\\*\\shpinst\\shpleft0{\\sp{\\sn wzName}{\\sv Shape}}{\\shptxt\\pard t\\par\\par u\\par}}{\\shprslt{\\*\\do\\dptxbx{\\dptxbxtext\\pard t\\par u\\par}}}}";
    let document = read(plain(&["a", &format!("b{shape}c")]).as_bytes());
    assert_eq!(document.rows(), ["a|bc\nt\nu"]);
    assert_eq!(document.told(), ["text-box r1 c2 text=t\nu"]);
    // The drawing of old alone, with a table in it.
    let document = read(
        format!("a{{\\*\\do{{\\dptxbxtext\\pard\\plain {} z\\par}}}}b\\par", plain(&["1", "2"])).as_bytes(),
    );
    assert_eq!(document.lines(), ["ab", "1\t2", " z"]);
}

#[test]
fn notes_and_comments_are_no_content() {
    let note = "{\\super\\chftn{\\footnote\\pard\\plain{\\super\\chftn} n\\par m}}{\\*\\footnote\\ftnalt e}";
    let comment = "{\\*\\atnid X}{\\*\\atnauthor Y}\\chatn{\\*\\annotation{\\*\\atndate 1}comment\\par}";
    let document = read(plain(&["a", &format!("b{note}{comment}c\\par d")]).as_bytes());
    assert_eq!(document.rows(), ["a|bc\nd"]);
    // One that says it is in a table is none.
    let carried = read(plain(&["a{\\footnote\\pard\\intbl n\\par m}"]).as_bytes());
    assert_eq!(carried.told(), ["note-text r1 c1 kind=footnotes text=n\nm"]);
    assert_eq!(
        document.told(),
        [
            "note-text r1 c2 kind=footnotes text=n\nm",
            "note-text r1 c2 kind=endnotes text=e",
            "comments-ignored count=1"
        ]
    );
}

#[test]
fn pictures_and_objects_are_told_by_their_place() {
    let picture = "{\\*\\shppict{\\pict\\pngblip 8950}}{\\nonshppict{\\pict 8950}}";
    let object = "{\\object\\objemb{\\*\\objclass Excel}{\\*\\objdata 0105}{\\result{\\pict 00}r}}";
    let floating = "{\\shp{\\*\\shpinst{\\sp{\\sn pib}{\\sv{\\pict 00}}}}}";
    let document =
        read(plain(&[&format!("{picture}a{picture}"), &format!("b{object}"), floating]).as_bytes());
    assert_eq!(document.rows(), ["a|br|"]);
    assert_eq!(document.told(), ["picture-ignored r1 c1", "picture-ignored r1 c2", "picture-ignored r1 c3"]);
}

fn both(body: &str) -> [Document; 2] {
    let bytes = format!("{{\\rtf1\\ansi {body}}}");
    [Revisions::Accept, Revisions::Reject].map(|revisions| try_read(bytes.as_bytes(), revisions).unwrap())
}

#[test]
fn changed_runs_follow_the_policy_and_are_told_once_for_the_table() {
    let cell = "a{\\deleted\\revauthdel1 5}{\\revised 7}{\\revised\\b 8}z";
    let [accepted, rejected] = both(&(plain(&[cell, "b"]) + "\\pard {\\revised x}y\\par"));
    assert_eq!((accepted.rows(), accepted.lines()), (vec!["a78z|b".to_owned()], vec!["xy".to_owned()]));
    assert_eq!((rejected.rows(), rejected.lines()), (vec!["a5z|b".to_owned()], vec!["y".to_owned()]));
    let told = [
        "tracked-changes-accepted insertions=1 deletions=1",
        "tracked-changes-accepted insertions=1 deletions=0",
    ];
    assert_eq!(accepted.told(), told);
}

#[test]
fn a_row_with_a_changed_end_is_a_row_or_none() {
    let changed = |change: &str, text: &str| {
        format!(
            "\\trowd\\cellx1000\\pard\\intbl{{\\{change} {text}\\cell}}{{\\{change}\\trowd\\cellx1000\\row}}"
        )
    };
    let body = plain(&["1"]) + &changed("revised", "n") + &changed("deleted", "o") + &plain(&["4"]);
    let [accepted, rejected] = both(&body);
    assert_eq!(accepted.rows(), ["1", "n", "4"]);
    assert_eq!(rejected.rows(), ["1", "o", "4"]);
}

#[test]
fn a_paragraph_whose_mark_is_gone_runs_on_into_the_next() {
    let [accepted, rejected] = both("a{\\deleted\\par}b{\\revised\\par}c\\par");
    assert_eq!(accepted.lines(), ["ab", "c"]);
    assert_eq!(rejected.lines(), ["a", "bc"]);
}

#[test]
fn properties_as_they_were_before_are_not_in_force() {
    let body = "\\trowd{\\*\\oldtprops\\trowd\\cellx10\\cellx20}\\cellx1000\\cellx2000\\pard\\intbl a\\cell b\\cell\\row";
    assert_eq!(rows(body), ["a|b"]);
}
