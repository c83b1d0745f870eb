//! Characters: encodings, codes, symbols, breaks.

use super::*;

#[test]
fn bytes_are_read_in_the_fonts_character_set_else_in_the_code_page() {
    let fonts = b"{\\fonttbl{\\f0\\fcharset0 Times;}{\\f1\\fcharset134 \\'cb\\'ce\\'cc\\'e5;}{\\f2\\fcharset136 ;}{\\f3\\fcharset128 ;}{\\f4\\fcharset238 ;}{\\f5\\fcharset1\\cpg949 ;}}";
    let of = |text: &[u8]| lines(&[&fonts[..], text].concat());
    assert_eq!(of(b"\\f1 \\'d6\\'d0\\'ce\\'c4"), ["中文"]);
    assert_eq!(of(b"\\f2\\'a4\\'a4\\'a4\\'e5"), ["中文"]);
    assert_eq!(of(b"\\f3 \\'93\\'fa\\'96\\'7b"), ["日本"]);
    assert_eq!(of(b"\\f4 \\'9c"), ["ś"]);
    assert_eq!(of(b"\\f5 \\'b0\\'a1"), ["가"]);
    // A Western font in a Chinese document holds both.
    assert_eq!(of(b"\\f0 \\'d6\\'d0 caf\\'e9 "), ["中 café "]);
    // The second byte as a letter, across a line end, and a character of four bytes.
    assert_eq!(of(b"\\f1 \\'81@\\'d6\r\n\\'d0\\'81\\'39\\'fd\\'33"), ["丂中㒒"]);
    // A font that no table lists has the document's.
    assert_eq!(of(b"\\f77 \\'d6\\'d0\\f1{\\f4 \\'9c}\\'d6\\'d0"), ["中ś中"]);
}

#[test]
fn a_run_of_double_bytes_is_in_the_font_for_them() {
    let fonts = "{\\fonttbl{\\f0\\fcharset238 ;}{\\f13\\fcharset136 ;}}";
    for run in [
        "\\loch\\af0\\hich\\af0\\dbch\\f13 \\'a4\\'a4",
        "\\loch\\f0\\hich\\af0\\dbch\\af13 \\'a4\\'a4",
        "\\dbch\\af13\\loch\\f0 \\'9c\\dbch \\'a4\\'a4\\loch ",
    ] {
        let text = lines(format!("{fonts}{run}\\plain x").as_bytes()).concat();
        assert_eq!(text.trim_start_matches('ś'), "中x", "{run}");
    }
}

#[test]
fn raw_bytes_are_text_too() {
    // 誠 ends in a backslash, 舺 in a brace.
    assert_eq!(lines(b"\xD6\xD0\xD5\\\xC5{{\\b \xD6\xD0}"), ["中誠舺中"]);
    assert_eq!(lines(b"\xD5\\'5c\\par x"), ["誠", "x"]);
    let utf8 = "{\\rtf1\\ansi\\ansicpg1252 中文\\u20013中x\\par}";
    assert_eq!(try_read(utf8.as_bytes(), Revisions::Accept).unwrap().lines(), ["中文中x"]);
}

#[test]
fn a_document_that_states_no_code_page_has_it_told_from_its_bytes() {
    let gbk = encoding_rs::GBK.encode("推进监管执法信息公开").0;
    let hexadecimal: String = gbk.iter().map(|byte| format!("\\'{byte:02x}")).collect();
    for text in [gbk.to_vec(), hexadecimal.into_bytes()] {
        let bytes = [&b"{\\rtf1\\ansi "[..], &text, b"\\par}"].concat();
        let document = try_read(&bytes, Revisions::Accept).unwrap();
        assert_eq!(document.lines(), ["推进监管执法信息公开"]);
        assert_eq!(document.told(), ["encoding-guessed encoding=gb18030"]);
    }
    let western = try_read(b"{\\rtf1\\ansi caf\\'e9 r\\'e9sum\\'e9\\par}", Revisions::Accept).unwrap();
    assert_eq!((western.lines(), western.told()), (vec!["café résumé".to_owned()], vec![]));
}

#[test]
fn codes_take_the_place_of_what_stands_in_for_them() {
    assert_eq!(lines(b"\\u20013?\\u25991\\'3f\\u-248 ?x"), ["中文（x"]);
    assert_eq!(lines(b"\\uc2\\u20013\\'d6\\'d0\\u25991??x\\uc0\\u20013x"), ["中文x中x"]);
    // Groups end what stands in; the count belongs to its group.
    assert_eq!(lines(b"{\\uc2\\u20013 a}bc\\u20013 de{\\uc0\\u20013 f}"), ["中bc中e中f"]);
    // A word that is a character stands in, another counts and is obeyed: no paragraph is lost for a missing stand-in.
    assert_eq!(lines(b"\\u8212\\emdash x\\u20013\\par y"), ["—x中", "y"]);
    // Two halves of one character, above and below zero; one number for all of it.
    assert_eq!(lines(b"\\u-10187?\\u-9138?\\u55362?\\u57050?\\u128512?"), ["\u{1D44E}\u{20ADA}😀"]);
}

#[test]
fn what_is_no_character_is_told() {
    let document = read(b"a\\u55362?b\\par \\u57050?\\par {\\fonttbl{\\f1\\fcharset134 ;}}\\f1\\'ff\\'ff");
    assert_eq!(document.lines(), ["a\u{FFFD}b", "\u{FFFD}", "\u{FFFD}\u{FFFD}"]);
    let told = document.told();
    assert_eq!(told[0], "characters-damaged r1 text=a\u{FFFD}b");
    assert_eq!(told.len(), 3);
}

#[test]
fn words_and_symbols_that_are_characters() {
    assert_eq!(
        lines(b"\\lquote a\\rquote\\ldblquote b\\rdblquote\\emdash\\endash\\bullet\\~\\_\\-\\{\\}\\\\"),
        ["‘a’“b”—–•\u{A0}-{}\\"]
    );
    assert_eq!(lines(b"a\\line b\\page c\\tab d\te"), ["a\nb\nc\td\te"]);
    assert_eq!(lines(b"a\\\r\nb\\\nc\\sect d\\par"), ["a", "b", "c", "d"]);
    assert_eq!(lines(b"\\'0d\\'0bx\\u5?\\'07"), ["\n\nx"]);
    assert_eq!(lines(b"\\b1 a\\b0  b\\margl1440c\r\nd"), ["a bcd"]);
}

#[test]
fn symbols_are_told_by_font_and_code() {
    let fonts = b"{\\fonttbl{\\f1\\fcharset2 Wingdings;}{\\f2\\fcharset2 Symbol;}}";
    let document = read(&[&fonts[..], b"\\f1\\'fe\\u61692?\\f2 \\u61623?\\'b3\\f1\\'21\\u26159?"].concat());
    assert_eq!(document.lines(), ["☑✓•≥□是"]);
    assert_eq!(document.told(), ["symbol-unknown r1 symbols=Wingdings 0021"]);
}

#[test]
fn hidden_and_struck_text_is_told() {
    let document = read(b"a{\\v b}c{\\strike d}\\par{\\v e\\par}f{\\v1 g}\\v0 h\\v i\\plain j\\par");
    assert_eq!(document.lines(), ["acd", "fhj"]);
    assert_eq!(
        document.told(),
        ["hidden-text r1 text=b", "text-struck r1 text=d", "hidden-text r2 text=e", "hidden-text r2 text=gi"]
    );
}

#[test]
fn raised_digits_are_not_digits_of_the_number_before_them() {
    let text = b"10{\\super -4} 1{\\super st} 5m{\\super 2\\nosupersub 3}\\super 4\\sub 5\\plain 6\\super 7\\super0 8\\par";
    assert_eq!(lines(text), ["10⁻⁴ 1st 5m²3⁴56⁷8"]);
}

#[test]
fn what_is_no_content_is_passed_over() {
    let head = b"{\\stylesheet{\\s1 Normal;}}{\\info{\\title T}}{\\*\\generator G;}{\\header H\\par}{\\footerl F\\par}{\\*\\themedata 00{\\par}}";
    let document = read(&[&head[..], b"a{\\*\\unknown b{c\\par}}{\\unknown d}\\*\\unknown e"].concat());
    assert_eq!((document.lines(), document.told()), (vec!["ade".to_owned()], vec![]));
    assert_eq!(lines(b"a{\\upr{b}{\\*\\ud{\\u20013?}}}c"), ["a中c"]);
    assert_eq!(lines(b"a{\\upr\\plain{b\\b}{\\*\\ud\\uc0\\u20013 d}}c"), ["a中dc"]);
    assert_eq!(lines(b"a{\\pict\\bin4 }{{\\b}c"), ["ac"]);
}

#[test]
fn a_star_within_a_group_hides_nothing() {
    let star_writer = "{\\loch\\f2\\i0\\*\\cs7\\rtlch 已公示}\\par {\\*\\cs7 页}余下\\par";
    assert_eq!(lines(star_writer.as_bytes()), ["已公示", "余下"]);
}
