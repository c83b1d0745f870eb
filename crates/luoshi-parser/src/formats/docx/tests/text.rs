//! The text of a paragraph, and text that is not shown.

use super::*;

/// The text of a paragraph with this content, and what was told of it.
fn text(content: &str) -> (String, Vec<String>) {
    let document = read(&tbl(&[tr(&[format!("<w:tc>{}</w:tc>", p(content))])]));
    let told = document.told().iter().map(|told| told.replace(" r1 c1", "")).collect();
    (document.rows().join("/"), told)
}

fn only_text(content: &str) -> String {
    let (text, told) = text(content);
    assert!(told.is_empty(), "{told:?}");
    text
}

#[test]
fn runs_are_joined_and_references_resolved() {
    let runs =
        "<w:r><w:t>甲&amp;乙</w:t></w:r><w:proofErr/><w:r><w:t>&#x4E19;&lt;<![CDATA[<丁>]]></w:t></w:r>";
    assert_eq!(only_text(runs), "甲&乙丙<<丁>");
}

#[test]
fn space_at_the_ends_of_a_text_counts_only_where_it_says_so() {
    let runs = "<w:r><w:t> a </w:t></w:r><w:r><w:t xml:space=\"preserve\"> b </w:t></w:r><w:r><w:t>\n c\n </w:t></w:r>";
    assert_eq!(only_text(runs), "a b c");
    assert_eq!(only_text("<w:r><w:t>\u{3000}首行</w:t></w:r>"), "\u{3000}首行");
    assert_eq!(only_text("<w:r><w:t>一\r\n二\t三</w:t></w:r>"), "一 二 三");
    assert_eq!(only_text("<w:r><w:t> &amp; </w:t></w:r>"), "&");
}

#[test]
fn tabs_and_breaks_are_characters() {
    let runs = "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>d</w:t><w:ptab/><w:t>e</w:t>\
        <w:br w:type=\"page\"/><w:t>f</w:t><w:lastRenderedPageBreak/><w:t>g</w:t></w:r>";
    assert_eq!(only_text(runs), "a\tb\nc\nd\te\nfg");
}

#[test]
fn a_tab_stop_is_no_tab() {
    assert_eq!(
        only_text(
            "<w:pPr><w:tabs><w:tab w:val=\"left\" w:pos=\"420\"/></w:tabs></w:pPr><w:r><w:t>a</w:t></w:r>"
        ),
        "a"
    );
}

#[test]
fn hyphens_are_what_a_person_meant() {
    let runs = "<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:softHyphen/><w:t>c</w:t></w:r>";
    assert_eq!(only_text(runs), "a-bc");
}

#[test]
fn symbols_are_read_by_their_font() {
    let runs = "<w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/><w:sym w:font=\"Wingdings 2\" w:char=\"F050\"/></w:r>";
    assert_eq!(only_text(runs), "☑✓");
    let unknown =
        "<w:r><w:sym w:font=\"Webdings\" w:char=\"F061\"/><w:sym w:font=\"X\" w:char=\"zz\"/></w:r>"
            .repeat(2);
    assert_eq!(text(&unknown), ("□□□□".into(), vec!["symbol-unknown symbols=Webdings F061, X zz".into()]));
}

#[test]
fn a_letter_set_in_a_symbol_font_is_the_symbol() {
    let run = |font: &str, text: &str| {
        format!(
            "<w:r><w:rPr><w:rFonts w:ascii=\"{font}\" w:hAnsi=\"{font}\"/></w:rPr><w:t>{text}</w:t></w:r>"
        )
    };
    let runs = run("Wingdings 2", "R") + &run("宋体", "R") + &run("Wingdings", "\u{f0fc}");
    assert_eq!(only_text(&runs), "☑R✓");
}

#[test]
fn a_field_shows_its_result() {
    let field = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> MERGEFIELD 名 </w:instrText></w:r>\
        <w:r><w:t>码</w:t></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>结果</w:t></w:r>\
        <w:r><w:fldChar w:fldCharType=\"end\"/></w:r><w:r><w:t>后</w:t></w:r>";
    assert_eq!(only_text(field), "结果后");
    assert_eq!(only_text("<w:fldSimple w:instr=\"DATE\"><w:r><w:t>今天</w:t></w:r></w:fldSimple>"), "今天");
    assert_eq!(only_text("<w:hyperlink r:id=\"x\"><w:r><w:t>网址</w:t></w:r></w:hyperlink>"), "网址");
}

#[test]
fn a_field_within_the_code_of_a_field_is_code() {
    let c = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let field = [
        c("begin"),
        "<w:r><w:instrText>IF </w:instrText></w:r>".into(),
        c("begin"),
        c("separate"),
        r("内"),
        c("end"),
        c("separate"),
        r("外"),
        c("end"),
    ];
    assert_eq!(only_text(&field.concat()), "外");
}

#[test]
fn a_field_without_a_result_is_told_or_understood() {
    let field = |instruction: &str, begin: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\">{begin}</w:fldChar></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>\
             <w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    assert_eq!(only_text(&field("eq \\o\\ac(○,3)", "")), "③");
    assert_eq!(
        text(&field(" AUTONUM ", "")),
        (String::new(), vec!["field-without-result field=AUTONUM".into()])
    );
    let box_of = |state: &str| {
        field(" FORMCHECKBOX ", &format!("<w:ffData><w:checkBox>{state}</w:checkBox></w:ffData>"))
    };
    assert_eq!(only_text(&box_of("<w:default w:val=\"0\"/><w:checked/>")), "☑");
    assert_eq!(only_text(&box_of("<w:default w:val=\"1\"/>")), "☑");
    assert_eq!(only_text(&box_of("<w:default w:val=\"1\"/><w:checked w:val=\"0\"/>")), "☐");
    // Word marks where the result would begin and writes none.
    let end = "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
    let with_result = |result: &str| {
        let separate = "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>";
        box_of("<w:checked/>").replace(end, &format!("{separate}{result}{end}"))
    };
    assert_eq!(only_text(&(with_result("") + &r("是") + &with_result(&r("√")))), "☑是√");
}

#[test]
fn a_field_that_never_ends_swallows_nothing() {
    let open = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>X</w:instrText></w:r><w:r><w:t>正文</w:t></w:r>";
    let document = read(&(p(open) + &p(&r("后文"))));
    assert_eq!(document.lines(), ["正文", "后文"]);
    assert_eq!(document.told(), ["field-unclosed r1"]);
}

#[test]
fn hidden_text_is_told_and_not_read() {
    let run = |vanish: &str, text: &str| format!("<w:r><w:rPr>{vanish}</w:rPr><w:t>{text}</w:t></w:r>");
    let runs = run("<w:vanish/>", "藏")
        + &run("<w:vanish w:val=\"false\"/>", "显")
        + &run("<w:vanish w:val=\"1\"/>", "二");
    assert_eq!(text(&runs), ("显".into(), vec!["hidden-text text=藏二".into()]));
}

#[test]
fn text_with_a_line_through_it_is_read_and_told() {
    let run = |strike: &str, text: &str| format!("<w:r><w:rPr>{strike}</w:rPr><w:t>{text}</w:t></w:r>");
    let runs = run("<w:strike/>", "公开55条。")
        + &run("<w:strike w:val=\"0\"/>", "公开")
        + &run("", "70条，")
        + &run("<w:b/><w:dstrike w:val=\"true\"/>", "共三批。")
        + &run("<w:strike/><w:vanish/>", "藏");
    let told = vec!["hidden-text text=藏".into(), "text-struck text=公开55条。共三批。".into()];
    assert_eq!(text(&runs), ("公开55条。公开70条，共三批。".into(), told));
    // A mark with a line through it has no text.
    let mark = "<w:pPr><w:rPr><w:strike/></w:rPr></w:pPr>";
    assert_eq!(text(&(mark.to_owned() + &r("甲"))), ("甲".into(), vec![]));
}

#[test]
fn raised_digits_are_not_digits_of_the_number_before_them() {
    let run = |align: &str, text: &str| {
        format!("<w:r><w:rPr><w:vertAlign w:val=\"{align}\"/></w:rPr><w:t>{text}</w:t></w:r>")
    };
    let runs = r("约10")
        + &run("superscript", " 4 ")
        + &run("baseline", "人")
        + &r("、1")
        + &run("superscript", "st");
    assert_eq!(text(&(runs + &r("、PM2") + &run("subscript", "5"))), ("约10⁴人、1st、PM25".into(), vec![]));
    // It runs on into the next paragraph where its mark is gone.
    let gone = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>";
    let body = p(&(gone.to_owned() + &r("10") + &run("superscript", "1")))
        + &p(&(run("superscript", "2") + &r("人")));
    assert_eq!(read(&body).lines(), ["10¹²人"]);
}

#[test]
fn a_paragraph_that_is_hidden_with_its_mark_is_not_there() {
    let body =
        p("<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>")
            + &p(&r("显"));
    let document = read(&body);
    assert_eq!(document.lines(), ["显"]);
    assert_eq!(document.told(), ["hidden-text r1 text=藏"]);
}

#[test]
fn styles_hide_text_and_two_of_them_show_it_again() {
    let styles = r#"<w:style w:type="paragraph" w:styleId="秘"><w:rPr><w:vanish/></w:rPr></w:style>
        <w:style w:type="paragraph" w:styleId="子"><w:basedOn w:val="秘"/></w:style>
        <w:style w:type="paragraph" w:styleId="女"><w:basedOn w:val="秘"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>
        <w:style w:type="character" w:styleId="c"><w:rPr><w:vanish/></w:rPr></w:style>"#;
    let run =
        |properties: &str, text: &str| format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>");
    let character = "<w:rStyle w:val=\"c\"/>";
    let body = p(&(r("一") + &run(character, "二")))
        + &p(&format!("<w:pPr><w:pStyle w:val=\"子\"/></w:pPr>{}{}", r("三"), run(character, "四")))
        + &p(&format!("<w:pPr><w:pStyle w:val=\"秘\"/></w:pPr>{}", run("<w:vanish w:val=\"0\"/>", "五")));
    let body = body + &p(&format!("<w:pPr><w:pStyle w:val=\"女\"/></w:pPr>{}", r("六")));
    let document = Package::new(&body).with("styles", "styles", styles).read();
    assert_eq!(document.lines(), ["一", "四", "五", "六"]);
    assert_eq!(document.told(), ["hidden-text r1 text=二", "hidden-text r2 text=三"]);
}

#[test]
fn styles_strike_and_raise_text() {
    let styles = r#"<w:style w:type="paragraph" w:styleId="废"><w:rPr><w:strike/></w:rPr></w:style>
        <w:style w:type="paragraph" w:styleId="子"><w:basedOn w:val="废"/></w:style>
        <w:style w:type="character" w:styleId="划"><w:rPr><w:dstrike/></w:rPr></w:style>
        <w:style w:type="character" w:styleId="高"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>"#;
    let run =
        |properties: &str, text: &str| format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>");
    let (struck, raised) = ("<w:rStyle w:val=\"划\"/>", "<w:rStyle w:val=\"高\"/>");
    let plain = format!("{raised}<w:vertAlign w:val=\"baseline\"/>");
    let body = p(&(r("约10") + &run(raised, "4") + &run(&plain, "2") + &r("、") + &run(struck, "一")))
        + &p(&format!("<w:pPr><w:pStyle w:val=\"子\"/></w:pPr>{}{}", r("二"), run(struck, "三")))
        + &p(&format!("<w:pPr><w:pStyle w:val=\"子\"/></w:pPr>{}", r("四")));
    let document = Package::new(&body).with("styles", "styles", styles).read();
    assert_eq!(document.lines(), ["约10⁴2、一", "二三", "四"]);
    assert_eq!(
        document.told(),
        ["text-struck r1 text=一", "text-struck r2 text=二", "text-struck r3 text=四"]
    );
}

#[test]
fn the_default_style_and_the_documents_defaults_hide_text_too() {
    let run =
        |properties: &str, text: &str| format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>");
    let styled = |id: &str, runs: &str| p(&format!("<w:pPr><w:pStyle w:val=\"{id}\"/></w:pPr>{runs}"));
    let body = p(&(r("一") + &run("<w:vanish w:val=\"0\"/>", "二") + &run("<w:rStyle w:val=\"c\"/>", "三")))
        + &styled("显", &r("四"))
        + &styled("无", &r("五"))
        + &styled("子", &r("六"));
    let of = |defaults: &str, normal: &str| {
        let styles = format!(
            r#"<w:docDefaults><w:rPrDefault><w:rPr>{defaults}</w:rPr></w:rPrDefault></w:docDefaults>
            <w:style w:type="character" w:default="1" w:styleId="字"><w:rPr><w:vanish/></w:rPr></w:style>
            <w:style w:type="paragraph" w:default="1" w:styleId="正文"><w:rPr>{normal}</w:rPr></w:style>
            <w:style w:type="paragraph" w:styleId="显"/>
            <w:style w:type="paragraph" w:styleId="子"><w:basedOn w:val="正文"/></w:style>
            <w:style w:type="character" w:styleId="c"><w:rPr><w:vanish/></w:rPr></w:style>"#
        );
        Package::new(&body).with("styles", "styles", &styles).read().lines()
    };
    assert_eq!(of("", ""), ["一二", "四", "五", "六"]);
    // The default style is that of a paragraph that names none or one that is not defined, and toggles with a character's.
    assert_eq!(of("", "<w:vanish/>"), ["二三", "四", "", ""]);
    // What the document says of all text only the text itself can undo.
    assert_eq!(of("<w:vanish/>", ""), ["二", "", "", ""]);
    assert_eq!(of("<w:vanish/>", "<w:vanish/>"), ["二", "", "", ""]);
}

#[test]
fn pictures_are_told_once_for_each_cell_and_line() {
    let drawing = |content: &str| {
        format!(
            "<w:r><w:drawing><a:graphic><a:graphicData>{content}</a:graphicData></a:graphic></w:drawing></w:r>"
        )
    };
    let picture = drawing("<pic:pic><pic:blipFill><a:blip/></pic:blipFill></pic:pic>");
    let vml = "<w:r><w:pict><v:shape><v:imagedata/></v:shape></w:pict></w:r>";
    let object = "<w:r><w:object><v:shape><v:imagedata/></v:shape></w:object></w:r>";
    let rule = "<w:r><w:pict><v:rect/></w:pict></w:r>";
    let text_box = drawing(&format!(
        "<wps:wsp><wps:spPr><a:blipFill><a:blip/></a:blipFill></wps:spPr><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></wps:wsp>",
        p(&r("框"))
    ));
    let cell = |content: &str| format!("<w:tc><w:tcPr/>{content}</w:tc>");
    let row = [cell(&(p(&picture) + &p(vml))), cell(&p(&(r("甲") + rule + &text_box))), cell(&p(object))];
    let document = read(&(p(&drawing("<c:chart/>")) + &p(&r("乙")) + &tbl(&[tr(&row)]) + &p(vml)));
    assert_eq!(document.rows(), ["\n|甲\n框|"]);
    assert_eq!(
        document.told(),
        [
            "picture-ignored r1",
            "picture-ignored r1 c1",
            "text-box r1 c2 text=框",
            "picture-ignored r1 c3",
            "picture-ignored r3",
        ]
    );
}

#[test]
fn ruby_keeps_its_base() {
    let ruby = "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>hǎi</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>海</w:t></w:r></w:rubyBase></w:ruby></w:r>";
    assert_eq!(text(&(ruby.to_owned() + &r("沧"))), ("海沧".into(), vec!["ruby-text text=hǎi".into()]));
}

#[test]
fn mathematics_is_text() {
    assert_eq!(
        only_text("<m:oMath><m:r><m:t>x=</m:t></m:r><m:r><w:rPr/><m:t>1</m:t></m:r></m:oMath>"),
        "x=1"
    );
}

const CHOICE: &str = "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:txbx><w:txbxContent>\
    <w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>\
    <w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>";

#[test]
fn a_text_box_goes_after_its_paragraph_once() {
    let (shown, told) = text(&(r("前") + CHOICE + &r("后")));
    assert_eq!(shown, "前后\n框");
    assert_eq!(told, ["text-box text=框"]);
    let vml = "<w:r><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>旧</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></w:r>";
    assert_eq!(text(vml).0, "\n旧");
    let document = read(&p(&(r("题") + CHOICE)));
    assert_eq!(document.lines(), ["题", "框"]);
}

#[test]
fn a_table_in_a_text_box_is_text() {
    let content = format!(
        "<w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r>",
        tbl(&[tr(&[tc("a"), tc("b")])])
    );
    let document = read(&p(&content));
    assert_eq!(document.lines(), ["", "a\tb"]);
    assert_eq!(document.tables().len(), 0);
}

#[test]
fn text_in_a_drawing_is_a_text_box() {
    let content = "<w:r><w:drawing><a:txBody><a:p><a:r><a:t>图一</a:t></a:r><a:br/><a:r><a:t>字</a:t></a:r></a:p></a:txBody></w:drawing></w:r>";
    assert_eq!(text(content), ("\n图一\n字".into(), vec!["text-box text=图一\n字".into()]));
}

#[test]
fn exactly_one_alternative_is_read() {
    let alternative = |choice: &str| format!("<mc:AlternateContent>{choice}</mc:AlternateContent>");
    let choice =
        |requires: &str, text: &str| format!("<mc:Choice Requires=\"{requires}\">{}</mc:Choice>", r(text));
    let fallback = format!("<mc:Fallback>{}</mc:Fallback>", r("退"));
    let unknown = "xmlns:n=\"http://example.com/new\"";
    assert_eq!(only_text(&alternative(&(choice("w14", "一") + &choice("w14", "二") + &fallback))), "一");
    assert_eq!(only_text(&alternative(&(choice("n", "一") + &choice("w14 wps", "二") + &fallback))), "二");
    assert_eq!(only_text(&alternative(&(choice("w14 n", "一") + &fallback))), "退");
    let declared = choice("n", "一").replacen("<mc:Choice", &format!("<mc:Choice {unknown}"), 1);
    assert_eq!(only_text(&alternative(&(declared + &fallback))), "退");
    let told = vec!["alternate-content-skipped text=一".to_owned()];
    assert_eq!(text(&alternative(&choice("n", "一"))), (String::new(), told));
}

#[test]
fn notes_are_told_with_their_text_where_they_are_referred_to() {
    let cell = format!("<w:tc>{}</w:tc>", p(&(r("答复") + "<w:r><w:footnoteReference w:id=\"2\"/></w:r>")));
    let body = tbl(&[tr(&[tc("a"), cell])]) + &p("<w:r><w:endnoteReference w:id=\"1\"/></w:r>");
    let document = Package::new(&body)
        .with("footnotes", "footnotes", "<w:footnote w:id=\"0\"><w:p/></w:footnote><w:footnote w:id=\"2\"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>据统计</w:t></w:r></w:p><w:p><w:r><w:t>完</w:t></w:r></w:p></w:footnote>")
        .with("endnotes", "endnotes", "<w:endnote w:id=\"1\"><w:p><w:r><w:t>尾</w:t></w:r></w:p></w:endnote>")
        .read();
    assert_eq!(document.rows(), ["a|答复"]);
    let expected = ["note-text r1 c2 kind=footnotes text=据统计\n完", "note-text r1 kind=endnotes text=尾"];
    assert_eq!(document.told(), expected);
}

#[test]
fn comments_are_counted() {
    let run =
        "<w:commentRangeStart w:id=\"0\"/><w:r><w:t>a</w:t></w:r><w:r><w:commentReference w:id=\"0\"/></w:r>";
    assert_eq!(read(&p(run)).told(), ["comments-ignored count=1"]);
}

#[test]
fn the_prompt_of_a_control_is_no_answer() {
    let control = |properties: &str, content: &str| {
        format!("<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>")
    };
    let showing = "<w:alias w:val=\"x\"/><w:showingPlcHdr/>";
    let prompt = "<w:r><w:rPr><w:rStyle w:val=\"a3\"/></w:rPr><w:t>单击此处</w:t></w:r>";
    let styles = "<w:style w:styleId=\"a3\"/>";
    let rows = |cells: &[String]| {
        let document = Package::new(&tbl(&[tr(cells)])).with("styles", "styles", styles).read();
        (document.rows().join("/"), document.told())
    };
    let cell = |content: &str| format!("<w:tc>{}</w:tc>", p(content));
    let told = |column: u32| format!("control-unfilled r1 c{column} text=单击此处");
    assert_eq!(
        rows(&[cell(&(r("前") + &control(showing, prompt) + &r("后")))]),
        ("前后".into(), vec![told(1)])
    );
    // Text that another program put in, and left the mark.
    assert_eq!(rows(&[cell(&control(showing, &r("已填")))]), ("已填".into(), vec![]));
    let off = "<w:showingPlcHdr w:val=\"0\"/>";
    assert_eq!(rows(&[cell(&control(off, prompt))]), ("单击此处".into(), vec![]));
    // Around a paragraph, and around a cell: the cell stays where it is.
    let block = format!("<w:tc>{}{}</w:tc>", control(showing, &p(prompt)), p(&(r("后") + prompt)));
    let around = control(showing, &cell(prompt));
    assert_eq!(rows(&[block, around, tc("c")]), ("\n后单击此处||c".into(), vec![told(1), told(2)]));
}

#[test]
fn an_embedded_document_is_told() {
    let document = read(&(p(&r("前")) + "<w:altChunk r:id=\"rId9\"/>"));
    assert_eq!(document.told(), ["embedded-part-unread r2"]);
}
