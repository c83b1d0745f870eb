//! Text within paragraphs, and what stands beside it.

use super::*;

fn lines(body: &str) -> Vec<String> {
    read(body).lines()
}

#[test]
fn white_space_collapses_and_elements_stand_for_what_counts() {
    let cases = [
        ("  甲 \n\t 乙  ", "甲 乙 "),
        ("甲<text:s/>乙<text:s text:c=\"3\"/>丙", "甲 乙   丙"),
        ("<text:s text:c=\"2\"/>缩进", "  缩进"),
        ("甲 <text:span> 乙</text:span> <text:a> 丙</text:a>", "甲 乙 丙"),
        ("甲<text:tab/> 乙<text:line-break/> 丙", "甲\t 乙\n 丙"),
        ("甲<text:soft-page-break/>乙", "甲乙"),
        ("&lt;甲&#x4E59;&amp;<![CDATA[<丙>]]>", "<甲乙&<丙>"),
        ("甲<text:bookmark text:name=\"a\"/><text:unknown>乙</text:unknown>", "甲乙"),
        ("第<text:page-number>3</text:page-number>页 <text:title>题</text:title>", "第3页 题"),
    ];
    for (body, expected) in cases {
        assert_eq!(lines(&p(body)), [expected], "{body}");
    }
    let long = p("a<text:s text:c=\"4000000000\"/>b");
    assert!(lines(&long)[0].len() < 2_000);
}

#[test]
fn lines_come_in_order_with_text_of_sections_and_indexes() {
    let body = "<text:h text:outline-level=\"1\">题</text:h><text:section><text:p>节</text:p></text:section>\
        <text:table-of-content><text:table-of-content-source><text:index-title-template>模板</text:index-title-template></text:table-of-content-source>\
        <text:index-body><text:index-title><text:p>目录</text:p></text:index-title><text:p>一<text:tab/>1</text:p></text:index-body></text:table-of-content><text:p/>";
    let document = read(body);
    assert_eq!(document.lines(), ["题", "节", "目录", "一\t1", ""]);
    assert!(document.findings.is_empty());
}

#[test]
fn prefixes_are_free() {
    let xml = r#"<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
        xmlns="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><o:body><o:text><table:p>段</table:p><table><table-row><table-cell><table:p>甲</table:p></table-cell></table-row></table>
        <p xmlns="urn:x">不认识的</p></o:text></o:body></o:document-content>"#;
    let document = Text::of_content(xml.as_bytes().to_vec()).read();
    assert_eq!(document.rows(), ["甲"]);
    // Text that stands in no paragraph is one.
    assert_eq!(document.lines(), ["段", "不认识的"]);
}

#[test]
fn a_document_may_be_one_piece_of_xml() {
    let styles = r#"<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/></text:list-style>"#;
    let flat = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><!-- {comment} --><office:document {NAMES} office:mimetype="{MIMETYPE}-template">
        <office:meta><dc:title>题名</dc:title></office:meta><office:scripts><x>程序</x></office:scripts>
        <office:styles>{styles}</office:styles><office:master-styles><text:p>页眉</text:p></office:master-styles>
        <office:body><office:text><text:list text:style-name="L"><text:list-item>{item}</text:list-item></text:list></office:text></office:body></office:document>"#,
        comment = "说明文字".repeat(1000),
        item = p("甲"),
    );
    let read = |bytes: &[u8]| Document::from(try_read(bytes, &ReadOptions::default()).unwrap());
    assert_eq!(read(flat.as_bytes()).lines(), ["1.\t甲"]);
    let gbk = encoding_rs::GB18030.encode(&flat).0;
    assert_eq!(
        (read(&gbk).lines(), read(&gbk).told()),
        (vec!["1.\t甲".to_owned()], vec!["encoding-guessed encoding=gb18030".to_owned()])
    );
    let sheet = flat.replace("opendocument.text-template", "opendocument.spreadsheet");
    let refused = try_read(sheet.as_bytes(), &ReadOptions::default()).unwrap_err();
    assert_eq!(refused.cause, crate::Cause::Unsupported("flat ODF"));
}

#[test]
fn what_is_hidden_is_told_and_not_read() {
    let styles = r#"<style:style style:name="藏" style:family="text"><style:text-properties text:display="none"/></style:style>
        <style:style style:name="显" style:family="text"><style:text-properties text:display="true"/></style:style>
        <style:style style:name="藏" style:family="paragraph"><style:text-properties text:display="none"/></style:style>
        <style:style style:name="子" style:family="paragraph" style:parent-style-name="藏"/>
        <style:style style:name="环" style:family="paragraph" style:parent-style-name="圈"/>
        <style:style style:name="圈" style:family="paragraph" style:parent-style-name="环"/>"#;
    let cases = [
        (
            "<text:p>甲<text:span text:style-name=\"藏\">乙<text:span>丙</text:span></text:span>丁</text:p>",
            vec!["甲丁"],
            "乙丙",
        ),
        (
            "<text:p text:style-name=\"子\">甲<text:span text:style-name=\"显\">乙</text:span></text:p>",
            vec!["乙"],
            "甲",
        ),
        ("<text:p text:style-name=\"环\">甲</text:p>", vec!["甲"], ""),
        (
            "<text:p>甲<text:hidden-text text:is-hidden=\"true\" text:string-value=\"乙\"/>丙</text:p>",
            vec!["甲丙"],
            "乙",
        ),
        (
            "<text:p>甲<text:hidden-text text:is-hidden=\"true\">乙</text:hidden-text>丙</text:p>",
            vec!["甲丙"],
            "乙",
        ),
        (
            "<text:p>甲<text:hidden-text text:is-hidden=\"false\" text:string-value=\"乙\">乙</text:hidden-text></text:p>",
            vec!["甲乙"],
            "",
        ),
        (
            "<text:p>甲<text:hidden-paragraph text:is-hidden=\"true\"/>乙</text:p><text:p>丙</text:p>",
            vec!["丙"],
            "甲乙",
        ),
        (
            "<text:p>甲<text:variable-set text:display=\"none\">9</text:variable-set></text:p>",
            vec!["甲"],
            "9",
        ),
        (
            "<text:section text:display=\"none\"><text:p>甲</text:p></text:section><text:p>乙</text:p>",
            vec!["乙"],
            "甲",
        ),
        (
            "<text:section text:display=\"condition\" text:is-hidden=\"false\"><text:p>甲</text:p></text:section>",
            vec!["甲"],
            "",
        ),
    ];
    for (body, lines, hidden) in cases {
        let document = Text::styled(styles, body).read();
        assert_eq!(document.lines(), lines, "{body}");
        let told = if hidden.is_empty() { vec![] } else { vec![format!("hidden-text r1 text={hidden}")] };
        assert_eq!(document.told(), told, "{body}");
    }
}

#[test]
fn a_table_in_a_hidden_section_is_hidden() {
    let rows = table(&[tr(&[&td("甲")])]);
    let style = r#"<style:style style:name="T" style:family="table"><style:table-properties table:display="false"/></style:style>"#;
    for body in [
        format!("<text:section text:display=\"none\">{rows}</text:section>"),
        rows.replace("<table:table>", "<table:table table:style-name=\"T\">"),
    ] {
        let document = Text::styled(style, &body).read();
        assert_eq!((document.tables()[0].hidden, document.rows()), (true, vec!["甲".to_owned()]));
    }
    assert!(!read(&rows).tables()[0].hidden);
}

#[test]
fn what_stands_beside_the_text_is_told() {
    let body = p(
        "甲<text:ruby><text:ruby-base>漳</text:ruby-base><text:ruby-text>zhāng</text:ruby-text></text:ruby>\
        <text:note text:note-class=\"footnote\"><text:note-citation>1</text:note-citation><text:note-body><text:p>注一</text:p><text:p>注二</text:p></text:note-body></text:note>\
        <text:note text:note-class=\"endnote\"><text:note-citation>i</text:note-citation><text:note-body><text:p>尾</text:p></text:note-body></text:note>\
        <office:annotation><dc:creator>张三</dc:creator><text:p>批</text:p></office:annotation>乙<office:annotation-end/>\
        <text:placeholder text:placeholder-type=\"text\">&lt;填写&gt;</text:placeholder>\
        <draw:frame><draw:image><office:binary-data>QUJD</office:binary-data></draw:image><svg:title>图名</svg:title></draw:frame>",
    );
    let document = read(&body);
    assert_eq!(document.lines(), ["甲漳乙"]);
    assert_eq!(
        document.told(),
        [
            "note-text r1 kind=footnotes text=注一\n注二",
            "note-text r1 kind=endnotes text=尾",
            "picture-ignored r1",
            "control-unfilled r1 text=<填写>",
            "ruby-text r1 text=zhāng",
            "comments-ignored count=1",
        ]
    );
}

#[test]
fn text_boxes_and_shapes_give_their_text_to_where_they_are_anchored() {
    let text_box =
        |content: &str| format!("<draw:frame><draw:text-box>{content}</draw:text-box></draw:frame>");
    let inner = format!("{}{}", p("框一"), p(""));
    let cell = format!("<table:table-cell>{}</table:table-cell>", p(&format!("甲{}乙", text_box(&inner))));
    let shape =
        p("前<draw:custom-shape><text:p>形</text:p></draw:custom-shape><draw:line><text:p/></draw:line>后");
    let body = [text_box(&p("页")), shape, table(&[tr(&[&cell])])].concat();
    let document = read(&body);
    assert_eq!(document.lines(), ["页", "前后", "形"]);
    assert_eq!(document.rows(), ["甲乙\n框一"]);
    assert_eq!(document.told(), ["text-box r1 text=页", "text-box r2 text=形", "text-box r1 c1 text=框一"]);
}

#[test]
fn struck_text_and_symbols_are_read_and_told() {
    let styles = r#"<style:font-face style:name="W1" svg:font-family="Wingdings"/>
        <style:style style:name="划" style:family="text"><style:text-properties style:text-line-through-style="solid" style:text-line-through-type="single"/></style:style>
        <style:style style:name="符" style:family="text"><style:text-properties style:font-name="W1"/></style:style>"#;
    let body = p(
        "甲<text:span text:style-name=\"划\">乙</text:span><text:span text:style-name=\"符\">&#xF0FE;&#xF021;字</text:span>&#xF0FE;",
    );
    let document = Text::styled(styles, &body).read();
    assert_eq!(document.lines(), ["甲乙☑□字\u{F0FE}"]);
    assert_eq!(document.told(), ["text-struck r1 text=乙", "symbol-unknown r1 symbols=Wingdings F021"]);
}

#[test]
fn raised_digits_are_not_digits_of_the_number_before_them() {
    let style = |name: &str, position: &str| {
        format!(
            "<style:style style:name=\"{name}\" style:family=\"text\"><style:text-properties style:text-position=\"{position}\"/></style:style>"
        )
    };
    let styles = style("高", "super 58%")
        + &style("升", "33% 58%")
        + &style("平", "0% 100%")
        + &style("低", "sub 58%");
    let span = |name: &str, text: &str| format!("<text:span text:style-name=\"{name}\">{text}</text:span>");
    let body = p(&(format!("10{}m{}", span("高", "4"), span("升", &format!("2{}", span("平", "3"))))
        + &span("低", "5")));
    assert_eq!(Text::styled(&styles, &body).read().lines(), ["10⁴m²35"]);
}

#[test]
fn word_fields_that_libreoffice_keeps_show_what_they_showed() {
    let mark = |kind: &str, parameters: &str| {
        format!(
            "<field:fieldmark field:type=\"vnd.oasis.opendocument.field.{kind}\">{parameters}</field:fieldmark>"
        )
    };
    let parameter =
        |name: &str, value: &str| format!("<field:param field:name=\"{name}\" field:value=\"{value}\"/>");
    let checked = mark("FORMCHECKBOX", &parameter("Checkbox_Checked", "true"));
    let entries = [
        parameter("Dropdown_ListEntry", "一"),
        parameter("Dropdown_ListEntry", "二"),
        parameter("Dropdown_Selected", "1"),
    ];
    let cases = [
        (
            "<field:fieldmark-start/>命令<field:fieldmark-separator/>结果<field:fieldmark-end/>后".to_owned(),
            "结果后",
        ),
        ("<field:fieldmark-start/>内容<field:fieldmark-end/>后".to_owned(), "内容后"),
        ("<field:fieldmark-start/>未完".to_owned(), "未完"),
        (checked + &mark("FORMCHECKBOX", ""), "☑☐"),
        (mark("FORMDROPDOWN", &entries.concat()), "二"),
        (mark("FORMDROPDOWN", &parameter("Dropdown_Selected", "7")), ""),
    ];
    for (body, expected) in cases {
        assert_eq!(lines(&p(&body)), [expected], "{body}");
    }
}

#[test]
fn a_prompt_is_no_answer_but_text_that_was_put_there_by_hand_is() {
    let style = r#"<style:style style:name="T1" style:family="text"/>"#;
    let control = |text: &str| {
        p(&format!(
            "甲<loext:content-control loext:showing-place-holder=\"true\">{text}</loext:content-control>乙"
        ))
    };
    let prompt = Text::styled(style, &control("<text:span text:style-name=\"Placeholder_20_Text\"><text:span text:style-name=\"T1\">单击</text:span></text:span>")).read();
    assert_eq!(
        (prompt.lines(), prompt.told()),
        (vec!["甲乙".to_owned()], vec!["control-unfilled r1 text=单击".to_owned()])
    );
    let answer = Text::styled(style, &control("<text:span text:style-name=\"T1\">已落实</text:span>")).read();
    assert_eq!((answer.lines(), answer.told()), (vec!["甲已落实乙".to_owned()], vec![]));
}

#[test]
fn values_of_form_fields_are_told() {
    let body = "<office:forms><form:form><form:text form:current-value=\"区编办\"/><form:textarea><text:p>已办结</text:p></form:textarea>\
        <form:button form:label=\"确定\"/></form:form></office:forms><text:p>甲</text:p>";
    let document = read(body);
    assert_eq!(
        (document.lines(), document.told()),
        (vec!["甲".to_owned()], vec!["hidden-text r1 text=区编办\n已办结".to_owned()])
    );
}
