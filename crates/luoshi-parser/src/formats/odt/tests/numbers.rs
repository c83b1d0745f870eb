//! Numbers of lists and headings.

use super::*;

/// A list style of number levels, each by its attributes.
fn list_style(name: &str, levels: &[&str]) -> String {
    let level = |(index, attributes): (usize, &&str)| {
        format!("<text:list-level-style-number text:level=\"{}\" {attributes}/>", index + 1)
    };
    let levels: String = levels.iter().enumerate().map(level).collect();
    format!("<text:list-style style:name=\"{name}\">{levels}</text:list-style>")
}

fn list(attributes: &str, items: &[String]) -> String {
    format!("<text:list {attributes}>{}</text:list>", items.concat())
}

fn item(content: &str) -> String {
    format!("<text:list-item>{content}</text:list-item>")
}

fn lines(styles: &str, body: &str) -> Vec<String> {
    let document = Text::styled(styles, body).read();
    assert!(document.findings.is_empty(), "{:?}", document.told());
    document.lines()
}

const PLAIN: &str = r#"style:num-format="1" style:num-suffix=".""#;

#[test]
fn a_level_says_how_its_number_looks() {
    for (attributes, expected) in [
        (PLAIN, "1.\t甲"),
        (r#"style:num-format="一, 二, 三, ..." style:num-prefix="（" style:num-suffix="）""#, "（一）\t甲"),
        (r#"style:num-format="A" text:start-value="27""#, "AA\t甲"),
        (r#"style:num-format="1" loext:num-list-format="第%1%项%、" style:num-prefix="第""#, "第1项%、\t甲"),
        (r#"style:num-format="""#, "甲"),
        (r#"style:num-format="" style:num-suffix="、""#, "、\t甲"),
    ] {
        let styles = list_style("L", &[attributes]);
        assert_eq!(
            lines(&styles, &list("text:style-name=\"L\"", &[item(&p("甲"))])),
            [expected],
            "{attributes}"
        );
    }
}

#[test]
fn what_follows_the_number_is_said_by_the_level() {
    for (followed_by, between) in [("listtab", "\t"), ("space", " "), ("nothing", "")] {
        let styles = format!(
            "<text:list-style style:name=\"L\"><text:list-level-style-number text:level=\"1\" {PLAIN}><style:list-level-properties>\
             <style:list-level-label-alignment text:label-followed-by=\"{followed_by}\"/></style:list-level-properties></text:list-level-style-number></text:list-style>"
        );
        let body = list("text:style-name=\"L\"", &[item(&p("甲")), item(&p(""))]);
        assert_eq!(lines(&styles, &body), [format!("1.{between}甲"), "2.".to_owned()]);
    }
}

#[test]
fn levels_show_those_above_and_start_over_below_them() {
    let styles = list_style(
        "L",
        &[
            PLAIN,
            r#"style:num-format="1" text:display-levels="2""#,
            r#"style:num-format="a" text:display-levels="3""#,
        ],
    );
    let lower = |texts: &[&str]| list("", &texts.iter().map(|text| item(&p(text))).collect::<Vec<_>>());
    let body = list(
        "text:style-name=\"L\"",
        &[
            item(&(p("甲") + &lower(&["乙", "丙"]))),
            item(&(p("丁") + &lower(&["戊"]))),
            item(&list("", &[item(&lower(&["己"]))])),
        ],
    );
    assert_eq!(lines(&styles, &body), ["1.\t甲", "1.1\t乙", "1.2\t丙", "2.\t丁", "2.1\t戊", "2.1.a\t己"]);
}

#[test]
fn only_the_first_paragraph_of_an_item_shows_its_number_and_a_header_shows_none() {
    let styles = list_style("L", &[PLAIN]);
    let header = "<text:list-header><text:p>头</text:p></text:list-header>".to_owned();
    let body = list("text:style-name=\"L\"", &[header, item(&(p("甲") + &p("续"))), item(&p("乙"))]);
    assert_eq!(lines(&styles, &body), ["头", "1.\t甲", "续", "2.\t乙"]);
}

#[test]
fn lists_begin_anew_unless_they_continue_another() {
    let styles = list_style("L", &[PLAIN]) + &list_style("M", &[r#"style:num-format="a""#]);
    let one = |attributes: &str, text: &str| list(attributes, &[item(&p(text))]);
    let body = [
        one("text:style-name=\"L\" xml:id=\"a\"", "一"),
        one("text:style-name=\"M\"", "二"),
        one("text:style-name=\"L\" text:continue-numbering=\"true\"", "三"),
        one("text:style-name=\"L\"", "四"),
        one("text:style-name=\"L\" text:continue-list=\"a\"", "五"),
        one("text:style-name=\"L\" text:continue-list=\"没有\"", "六"),
        list(
            "text:style-name=\"L\"",
            &[
                "<text:list-item text:start-value=\"7\"><text:p>七</text:p></text:list-item>".to_owned(),
                item(&p("八")),
            ],
        ),
    ];
    assert_eq!(
        lines(&styles, &body.concat()),
        ["1.\t一", "a\t二", "2.\t三", "1.\t四", "3.\t五", "1.\t六", "7.\t七", "8.\t八"]
    );
}

#[test]
fn a_list_within_a_list_may_have_another_style() {
    let styles = list_style("L", &[PLAIN])
        + &list_style("M", &["", r#"style:num-format="1" text:display-levels="2" style:num-suffix="）""#]);
    let inner = |text: &str| list("text:style-name=\"M\"", &[item(&p(text))]);
    let body =
        list("text:style-name=\"L\"", &[item(&(p("甲") + &inner("乙") + &inner("丙"))), item(&p("丁"))]);
    // The level above shows nothing in the inner style.
    assert_eq!(lines(&styles, &body), ["1.\t甲", "1）\t乙", "1）\t丙", "2.\t丁"]);
}

#[test]
fn bullets_are_characters_that_can_be_read() {
    let bullet = |attributes: &str, font: &str| {
        let styles = format!(
            "<text:list-style style:name=\"L\"><text:list-level-style-bullet text:level=\"1\" {attributes}><style:text-properties fo:font-family=\"{font}\"/>\
             </text:list-level-style-bullet></text:list-style>"
        );
        lines(&styles, &list("text:style-name=\"L\"", &[item(&p("甲"))]))
    };
    assert_eq!(bullet("text:bullet-char=\"◆\" style:num-suffix=\".\"", "宋体"), ["◆\t甲"]);
    assert_eq!(bullet("text:bullet-char=\"&#xF0FC;\"", "Wingdings"), ["✓\t甲"]);
    assert_eq!(bullet("text:bullet-char=\"&#xF0B7;\"", "宋体"), ["•\t甲"]);
    let image =
        "<text:list-style style:name=\"L\"><text:list-level-style-image text:level=\"1\"/></text:list-style>";
    assert_eq!(lines(image, &list("text:style-name=\"L\"", &[item(&p("甲"))])), ["•\t甲"]);
}

#[test]
fn a_style_of_the_paragraph_names_the_list_only_within_lists() {
    let styles = list_style("L", &[PLAIN])
        + "<style:style style:name=\"父\" style:family=\"paragraph\" style:list-style-name=\"L\"/>\
           <style:style style:name=\"P\" style:family=\"paragraph\" style:parent-style-name=\"父\"/>";
    let paragraph = "<text:p text:style-name=\"P\">甲</text:p>";
    let body = paragraph.to_owned() + &list("", &[item(paragraph)]) + &list("", &[item(&p("乙"))]);
    assert_eq!(lines(&styles, &body), ["甲", "1.\t甲", "乙"]);
}

#[test]
fn headings_are_numbered_by_the_outline() {
    let outline = "<text:outline-style><text:outline-level-style text:level=\"1\" style:num-format=\"一, 二, 三, ...\" style:num-suffix=\"、\"/>\
        <text:outline-level-style text:level=\"2\" style:num-format=\"1\" text:display-levels=\"1\" style:num-suffix=\".\"/><text:outline-level-style text:level=\"3\" style:num-format=\"\"/></text:outline-style>\
        <style:style style:name=\"Out\" style:family=\"paragraph\" style:list-style-name=\"\"/>";
    let h = |attributes: &str, text: &str| {
        format!("<text:h {attributes}><text:number>九</text:number>{text}</text:h>")
    };
    let body = [
        h("text:outline-level=\"1\"", "甲"),
        h("text:outline-level=\"2\"", "乙"),
        h("text:outline-level=\"2\" text:restart-numbering=\"true\" text:start-value=\"5\"", "丙"),
        h("text:outline-level=\"1\"", "丁"),
    ];
    let unnumbered = [
        "<text:h text:outline-level=\"3\">戊</text:h>",
        "<text:h text:outline-level=\"1\" text:style-name=\"Out\">己</text:h>",
        "<text:h text:outline-level=\"1\" text:is-list-header=\"true\">庚</text:h>",
    ];
    let document = Text::styled("", &(body.concat() + &unnumbered.concat())).with_styles(outline).read();
    assert_eq!(document.lines(), ["一、\t甲", "1.\t乙", "5.\t丙", "二、\t丁", "戊", "己", "庚"]);
    // Without the style, what the writer says it showed is better than nothing.
    assert_eq!(Text::styled("", &body[0]).read().lines(), ["九\t甲"]);
}

#[test]
fn cells_and_boxes_have_lists_of_their_own() {
    let styles = list_style("L", &[PLAIN, r#"style:num-format="a""#]);
    let one = list("text:style-name=\"L\" text:continue-numbering=\"true\"", &[item(&p("甲"))]);
    let cell = format!("<table:table-cell>{one}</table:table-cell>");
    let body = list("text:style-name=\"L\"", &[item(&(table(&[tr(&[&cell, &cell])]) + &p("乙")))]);
    let document = Text::styled(&styles, &body).read();
    assert_eq!(
        (document.rows(), document.lines()),
        (vec!["1.\t甲|2.\t甲".to_owned()], vec!["3.\t乙".to_owned()])
    );
}

#[test]
fn numbered_paragraphs_and_common_numbers_across_levels() {
    let styles = list_style("L", &[PLAIN, r#"style:num-format="a""#])
        .replace("style:name=\"L\"", "style:name=\"L\" text:consecutive-numbering=\"true\"");
    let paragraph = |level: u32, text: &str| {
        format!(
            "<text:numbered-paragraph text:list-id=\"x\" text:style-name=\"L\" text:level=\"{level}\">{}</text:numbered-paragraph>",
            p(text)
        )
    };
    let body = [paragraph(1, "甲"), paragraph(2, "乙"), p("间"), paragraph(1, "丙")].concat();
    assert_eq!(lines(&styles, &body), ["1.\t甲", "b\t乙", "间", "3.\t丙"]);
}

#[test]
fn what_is_not_defined_or_not_known_is_told_once() {
    let body = list("text:style-name=\"无\"", &[item(&p("甲")), item(&p("乙"))]);
    let document = read(&body);
    assert_eq!(
        (document.lines(), document.told()),
        (vec!["甲".to_owned(), "乙".to_owned()], vec!["list-undefined r1 list=无".to_owned()])
    );
    let styles = list_style("L", &[r#"style:num-format="ア, イ, ウ, ...""#]);
    let document =
        Text::styled(&styles, &list("text:style-name=\"L\"", &[item(&p("甲")), item(&p("乙"))])).read();
    assert_eq!(
        (document.lines(), document.told()),
        (
            vec!["1\t甲".to_owned(), "2\t乙".to_owned()],
            vec!["number-format-unknown format=ア, イ, ウ, ...".to_owned()]
        )
    );
}

#[test]
fn a_level_that_can_not_be_has_no_number() {
    let styles = list_style("L", &[PLAIN]);
    let deep = "<text:list text:style-name=\"L\"><text:list-item>".repeat(40)
        + &p("深")
        + &"</text:list-item></text:list>".repeat(40);
    assert_eq!(lines(&styles, &deep), ["深"]);
    let start = "<text:list text:style-name=\"L\"><text:list-item text:start-value=\"9223372036854775807\"><text:p>甲</text:p></text:list-item><text:list-item><text:p>乙</text:p></text:list-item></text:list>";
    assert_eq!(lines(&styles, start), ["9223372036854775807.\t甲", "9223372036854775807.\t乙"]);
}
