//! White space, lines and paragraphs.

use super::*;

#[test]
fn white_space_collapses_as_it_is_shown() {
    assert_eq!(lines("<p> a\n\t b <b> c</b> \n<i> d</i>e </p>"), ["a b c de"]);
    assert_eq!(lines("<p>a <br> b<br></p>"), ["a\nb"]);
    assert_eq!(lines("a&nbsp;&nbsp;b &nbsp;"), ["a\u{A0}\u{A0}b \u{A0}"]);
    assert_eq!(lines("<p>政务\n公开</p>"), ["政务 公开"]);
    assert_eq!(lines("<p>co&shy;op<wbr>x&#8203;y &lt;&#x4E2D;&#128;"), ["coopx\u{200B}y <中€"]);
}

#[test]
fn byte_order_marks_are_no_text() {
    assert_eq!(lines("\u{FEFF}\u{FEFF}a"), ["a"]);
}

#[test]
fn white_space_is_kept_where_a_style_says_so() {
    assert_eq!(lines("<pre>\n a  b\n\tc\n</pre>"), [" a  b\n\tc"]);
    assert_eq!(lines("<p style='white-space:pre-line'> a  b \n c"), ["a b\nc"]);
    assert_eq!(lines("<style>.k{white-space:pre-wrap}</style><p class=k>a  b"), ["a  b"]);
    assert_eq!(rows("<table><td style='white-space:pre-wrap'>a\nb"), ["a¶b"]);
    assert_eq!(lines("<pre style='white-space:normal'>a\nb</pre>"), ["a b"]);
}

#[test]
fn blocks_part_paragraphs_and_an_empty_one_is_none() {
    assert_eq!(
        lines("a<div>b<p>c</p>d</div>e<hr>f<h1>g</h1><p></p><p> </p><dl><dt>h<dd>i</dl>"),
        ["a", "b", "c", "d", "e", "f", "g", "h", "i"]
    );
    assert_eq!(
        lines("<style>.b{display:block}</style>a<span class=b>b</span>c<a style='display:inline'>d"),
        ["a", "b", "cd"]
    );
    assert_eq!(lines("<p><br></p><p><br><br></p><p>a<br><br></p>"), ["", "\n", "a\n"]);
}

#[test]
fn a_line_end_parts_paragraphs_where_no_element_makes_one() {
    assert_eq!(
        rows("<table><tr><td>a<br>b<br><br>c<br></td><td><p>a<br>b</p></td><td><br></td><td></td>"),
        ["a¶b¶¶c|a\nb||"]
    );
    let empty = read("<table><tr><td><br><td><td>&nbsp;");
    let counts: Vec<usize> =
        empty.tables()[0].grid.cells().iter().map(|cell| cell.content.paragraphs.len()).collect();
    assert_eq!(counts, [1, 0, 1]);
}

#[test]
fn what_is_no_text_of_the_page_is_not_read() {
    let page = "<head><title>t</title><script>s</script></head><body><!-- c --><style>p{}</style><noscript>n</noscript>\
                <template>t<p>u</p></template><script>if (a < b) '<p>'</script><datalist><option>d</datalist>a<![CDATA[b]]>";
    assert_eq!(lines(page), ["a"]);
    assert_eq!(lines("<textarea>a < b &amp; c</textarea><q>d</q>"), ["a < b & c“d”"]);
}

#[test]
fn symbols_are_told_by_their_font() {
    let page = "<p><font face=Wingdings>&#254;&#xA8;</font><span style='font-family:\"Wingdings 2\"'>R<b style='font-family:宋体'>R</b>&nbsp;</span>\
                <span style='font-family:Symbol'>&#xF0B7;中</span><span style='font-family:Webdings'>a</span>";
    let document = read(page);
    assert_eq!(document.lines(), ["☑□☑R\u{A0}•中□"]);
    assert_eq!(document.told(), ["symbol-unknown@r1 symbols=Webdings 0061"]);
}

#[test]
fn damaged_and_struck_text_is_told() {
    let document = read(
        "<table><td>a&#0;b<td><s>c</s><strike>d</strike><u style='text-decoration:line-through'>e <b>f</b></u>g",
    );
    assert_eq!(document.rows(), ["a\u{FFFD}b|cde fg"]);
    assert_eq!(
        document.told(),
        ["characters-damaged@t1r1c1 text=a\u{FFFD}b", "text-struck@t1r1c2 text=cde f"]
    );
}

#[test]
fn raised_digits_are_not_digits_of_the_number_before_them() {
    let document = read(
        "<style>.r{vertical-align:super} .n{vertical-align:baseline}</style>\
         <p>10<sup>4 </sup>m<span class=r><b>2</b></span>、甲<sup>[1]</sup> H<sub>2</sub>O1<sup class=n>2</sup><br><sup>3</sup>",
    );
    assert_eq!(document.lines(), ["10⁴ m²、甲[1] H2O12\n³"]);
}

#[test]
fn hidden_text_is_told_and_not_read() {
    let document = read(
        "<style>.h{display:none} #i{visibility:hidden}</style><p>a<span class=h>b <i style='display:inline'>c</i></span>\
         <span id=i>d<b style='visibility:visible'>e</b></span></p><div hidden><p>f\n g</p></div><p hidden style='display:block'>h",
    );
    assert_eq!(document.lines(), ["ae", "h"]);
    assert_eq!(document.told(), ["hidden-text@r1 text=b cd", "hidden-text@r2 text=f g"]);
}

#[test]
fn styles_for_print_hide_nothing() {
    let page = "<style media=print>.n{display:none}</style><style media='all and (min-width:1px)'>.m{display:none}</style><p class=n>a<p class=m>b";
    assert_eq!(lines(page), ["a"]);
    assert_eq!(rows("<style>.h{display:none} .s{display:table-cell}</style><table><td class='s h'>x"), ["x"]);
}

#[test]
fn fields_show_what_is_filled_in() {
    let page = "<p><input type=checkbox checked>是<input type=checkbox>否<input type=RADIO checked><input type=radio></p>\
                <p><input value=' a  b '><input type=hidden value=h><input type=date value=2016-12-01><input type=submit value=提交></p>\
                <p><select><option>c<option selected> d\n e</select><select><option>f<option>g</select>\
                <select multiple><option selected>h<option>i<option selected>j</select></p><p><input placeholder=请填写></p>";
    let document = read(page);
    assert_eq!(document.lines(), ["☑是☐否◉○", " a  b 2016-12-01提交", "d efh j"]);
    assert_eq!(document.told(), ["control-unfilled@r4 text=请填写"]);
}

#[test]
fn a_list_without_a_choice_is_unfilled_and_a_drop_down_shows_what_may_be_chosen() {
    let page = "<table><tr><td><select size=4><option>是<option> 否\n</select><td><select multiple><option>a</select>\
                <td><select size=2><option>b<option selected>c</select>\
                <td><select><option disabled>请选择<optgroup disabled><option>d</optgroup><optgroup><option>e</select>\
                <td><select><option disabled>f</select><td><select size=1><option label='g h'>x<option>y</select>\
                <td><select></select></table>";
    let document = read(page);
    assert_eq!(document.rows(), ["||c|e||g h|"]);
    let told = [("1", "是 否"), ("2", "a"), ("5", "f")];
    assert_eq!(
        document.told(),
        told.map(|(column, text)| format!("control-unfilled@t1r1c{column} text={text}"))
    );
}
