//! The numbers and bullets of lists.

use super::*;

#[test]
fn items_are_counted_as_they_are_shown() {
    assert_eq!(
        lines("<ol><li>a<li value=5>b<li>c</ol><ol start=-1 type=a><li>d<li>e<li>f</ol>"),
        ["1. a", "5. b", "6. c", "-1. d", "0. e", "a. f"]
    );
    assert_eq!(
        lines("<ol reversed><li>a<li>b</ol><ol reversed start=9><li>c</ol>"),
        ["2. a", "1. b", "9. c"]
    );
    assert_eq!(lines("<ol><li>a<ol type=I><li>b</ol><li>c</ol>"), ["1. a", "I. b", "2. c"]);
    assert_eq!(lines("<ol><li style='display:none'>a<li>b</ol>"), ["1. b"]);
}

#[test]
fn styles_say_what_is_shown() {
    let page = "<style>ol.c{list-style-type:simp-chinese-informal} .n{list-style:none}</style>\
                <ol class=c start=10><li>a<li>b</ol><ol class=n><li>c</ol><ul><li>d<ul><li>e<ul><li>f</ul></ul></ul>\
                <ol><li style='list-style-type:cjk-decimal'>g<li type=i>h</ol><ul style='list-style-type:\"—\"'><li>i</ul>";
    let expected = ["十、a", "十一、b", "c", "• d", "◦ e", "▪ f", "一、g", "ii. h", "—i"];
    assert_eq!(lines(page), expected);
    let unknown = read("<ol style='list-style-type:georgian'><li>a<li>b</ol>");
    assert_eq!(
        (unknown.lines(), unknown.told()),
        (vec!["1. a".into(), "2. b".into()], vec!["number-format-unknown@r1 format=georgian".to_owned()])
    );
}

#[test]
fn a_number_belongs_to_the_first_paragraph_of_its_item() {
    let document = read(
        "<table><tr><td><ol><li><p>a</p><p>b</p><li><p></p><li>c<br>d</ol><td><ol><li><ul><li>e</ul></ol>",
    );
    assert_eq!(document.rows(), ["1. a¶b¶2.¶3. c\nd|1.¶• e"]);
    let cell = &document.tables()[0].grid.cells()[0].content.paragraphs;
    assert_eq!((cell[0].label(), cell[0].text.as_str(), cell[2].label()), ("1. ", "a", "2."));
}

#[test]
fn a_hundred_unknown_styles_are_told() {
    let items: String = (0..150).map(|n| format!("<li style=list-style-type:x{n}>a")).collect();
    let document = read(&format!("<ol>{items}"));
    assert_eq!((document.lines().len(), document.told().len()), (150, 100));
}
