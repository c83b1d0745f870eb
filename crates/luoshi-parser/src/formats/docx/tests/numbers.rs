//! Automatic numbers. The expectations are worked out from ECMA-376-1 §17.9; those of lists without `lvlRestart`, `isLgl`
//! and custom formats, and of the Chinese formats below 100, agree with what LibreOffice shows for the same lists.

use super::*;

/// A level: index, format, text, and what else its definition says.
fn level(index: u8, format: &str, text: &str, more: &str) -> String {
    format!(
        "<w:lvl w:ilvl=\"{index}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{more}<w:lvlText w:val=\"{text}\"/></w:lvl>"
    )
}

fn list(id: u8, content: &str) -> String {
    format!("<w:abstractNum w:abstractNumId=\"{id}\">{content}</w:abstractNum>")
}

fn num(id: u8, list: u8, overrides: &str) -> String {
    format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{list}\"/>{overrides}</w:num>")
}

/// A paragraph of a list at a level.
fn item(num: i32, level: u8, text: &str) -> String {
    p(&format!(
        "<w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{num}\"/></w:numPr></w:pPr>{}",
        if text.is_empty() { String::new() } else { r(text) }
    ))
}

fn outline() -> String {
    level(0, "decimal", "%1.", "")
        + &level(1, "decimal", "%1.%2", "")
        + &level(2, "lowerLetter", "%1.%2.%3)", "")
}

/// The numbers of paragraphs given as list and level.
fn numbers(definitions: &str, paragraphs: &[(i32, u8)]) -> Vec<String> {
    let body: String = paragraphs.iter().map(|&(num, level)| item(num, level, "")).collect();
    Package::new(&body).with("numbering", "numbering", definitions).read().lines()
}

#[test]
fn sixty_six_empty_cells_show_their_numbers() {
    let row = tr(&[format!("<w:tc>{}</w:tc>", item(1, 0, "")), tc("事项")]);
    let definitions = list(0, &level(0, "decimal", "%1", "")) + &num(1, 0, "");
    let document = Package::new(&tbl(&[row.repeat(66)])).with("numbering", "numbering", &definitions).read();
    let cells = document.tables()[0].grid.cells();
    for (index, cell) in cells.iter().step_by(2).enumerate() {
        let paragraph = &cell.content.paragraphs[0];
        assert_eq!((paragraph.label(), paragraph.text.as_str()), (&*(index + 1).to_string(), ""));
    }
    assert_eq!(cells.len(), 132);
    assert!(document.findings.is_empty());
}

#[test]
fn the_suffix_stands_between_number_and_text_only() {
    let levels = level(0, "chineseCounting", "（%1）", "<w:suff w:val=\"nothing\"/>")
        + &level(1, "decimal", "%2、", "<w:suff w:val=\"space\"/>")
        + &level(2, "decimal", "%3.", "");
    let body = item(1, 0, "甲") + &item(1, 1, "乙") + &item(1, 2, "丙") + &item(1, 2, "");
    let document =
        Package::new(&body).with("numbering", "numbering", &(list(0, &levels) + &num(1, 0, ""))).read();
    assert_eq!(document.lines(), ["（一）甲", "1、 乙", "1.\t丙", "2."]);
    let SourceBlock::Line(line) = &document.source.blocks[0] else { panic!() };
    assert_eq!((line.paragraph.label(), line.paragraph.text.as_str()), ("（一）", "甲"));
}

#[test]
fn lower_levels_start_over_under_a_higher_one() {
    let definitions = list(0, &outline()) + &num(1, 0, "");
    let used = [0, 1, 1, 2, 2, 1, 2, 0, 1, 2].map(|level| (1, level));
    let expected = ["1.", "1.1", "1.2", "1.2.a)", "1.2.b)", "1.3", "1.3.a)", "2.", "2.1", "2.1.a)"];
    assert_eq!(numbers(&definitions, &used), expected);
}

#[test]
fn a_level_above_that_was_skipped_shows_its_start() {
    let definitions = list(0, &outline()) + &num(1, 0, "");
    let used = [1, 1, 0, 2, 1].map(|level| (1, level));
    assert_eq!(numbers(&definitions, &used), ["1.1", "1.2", "2.", "2.1.a)", "2.2"]);
}

#[test]
fn lists_of_one_definition_count_on() {
    let definitions = list(0, &outline()) + &num(1, 0, "") + &num(2, 0, "");
    assert_eq!(numbers(&definitions, &[(1, 0), (2, 0), (1, 0)]), ["1.", "2.", "3."]);
}

#[test]
fn a_start_override_takes_effect_once() {
    let start = |level: u8, value: u8| {
        format!("<w:lvlOverride w:ilvl=\"{level}\"><w:startOverride w:val=\"{value}\"/></w:lvlOverride>")
    };
    let definitions = list(0, &outline()) + &num(1, 0, "") + &num(2, 0, &start(0, 5));
    let used = [(1, 0), (1, 0), (2, 0), (2, 0), (1, 0), (2, 0)];
    assert_eq!(numbers(&definitions, &used), ["1.", "2.", "5.", "6.", "7.", "8."]);
    let definitions = list(0, &outline()) + &num(1, 0, "") + &num(2, 0, &(start(0, 1) + &start(1, 1)));
    let used = [(1, 0), (1, 1), (1, 1), (2, 1), (2, 0), (2, 1), (2, 0), (2, 1)];
    assert_eq!(numbers(&definitions, &used), ["1.", "1.1", "1.2", "1.1", "2.", "2.1", "3.", "3.1"]);
}

#[test]
fn a_level_override_changes_the_looks_and_not_the_count() {
    let other = format!("<w:lvlOverride w:ilvl=\"0\">{}</w:lvlOverride>", level(0, "upperLetter", "%1)", ""));
    let definitions = list(0, &outline()) + &num(1, 0, "") + &num(2, 0, &other);
    assert_eq!(numbers(&definitions, &[(1, 0), (2, 0), (2, 0), (1, 0)]), ["1.", "B)", "C)", "4."]);
}

#[test]
fn a_level_may_restart_under_some_levels_or_never() {
    let never = level(0, "decimal", "%1.", "") + &level(1, "decimal", "%1.%2", "<w:lvlRestart w:val=\"0\"/>");
    let used = [0, 1, 1, 0, 1].map(|level| (1, level));
    assert_eq!(numbers(&(list(0, &never) + &num(1, 0, "")), &used), ["1.", "1.1", "1.2", "2.", "2.3"]);
    let under_first = level(0, "decimal", "%1.", "")
        + &level(1, "decimal", "%1.%2", "")
        + &level(2, "decimal", "%1.%2.%3", "<w:lvlRestart w:val=\"1\"/>");
    let used = [0, 1, 2, 2, 1, 2, 0, 1, 2].map(|level| (1, level));
    let expected = ["1.", "1.1", "1.1.1", "1.1.2", "1.2", "1.2.3", "2.", "2.1", "2.1.1"];
    assert_eq!(numbers(&(list(0, &under_first) + &num(1, 0, "")), &used), expected);
}

#[test]
fn legal_numbering_is_in_figures() {
    let levels = level(0, "chineseCounting", "第%1章", "")
        + &level(1, "upperRoman", "%1.%2", "<w:isLgl/>")
        + &level(2, "upperRoman", "%1.%3", "<w:isLgl w:val=\"0\"/>");
    let used = [0, 0, 1, 2].map(|level| (1, level));
    assert_eq!(numbers(&(list(0, &levels) + &num(1, 0, "")), &used), ["第一章", "第二章", "2.1", "二.I"]);
}

#[test]
fn bullets_text_without_number_and_nothing() {
    let wingdings = "<w:rPr><w:rFonts w:ascii=\"Wingdings\"/></w:rPr>";
    let bullet = format!(
        "<w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"&#xF0FC;\"/>{wingdings}</w:lvl>"
    );
    let levels = bullet
        + &level(1, "none", "附件", "")
        + &level(2, "none", "", "")
        + &level(3, "bullet", "&#xF0B7;", "");
    let body: String = (0..5).map(|level| item(1, level, "文")).collect();
    let document =
        Package::new(&body).with("numbering", "numbering", &(list(0, &levels) + &num(1, 0, ""))).read();
    assert_eq!(document.lines(), ["✓\t文", "附件\t文", "文", "•\t文", "文"]);
}

#[test]
fn a_custom_format_is_read_from_its_sample() {
    let custom = "<mc:AlternateContent><mc:Choice Requires=\"w14\"><w:numFmt w:val=\"custom\" w:format=\"001, 002, 003, ...\"/></mc:Choice>\
        <mc:Fallback><w:numFmt w:val=\"decimal\"/></mc:Fallback></mc:AlternateContent>";
    let lvl = format!("<w:lvl w:ilvl=\"0\"><w:start w:val=\"9\"/>{custom}<w:lvlText w:val=\"%1\"/></w:lvl>");
    assert_eq!(numbers(&(list(0, &lvl) + &num(1, 0, "")), &[(1, 0), (1, 0)]), ["009", "010"]);
}

#[test]
fn an_unknown_format_is_decimal_and_told() {
    let definitions = list(0, &level(0, "thaiLetters", "%1", "")) + &num(1, 0, "");
    let document = Package::new(&item(1, 0, "")).with("numbering", "numbering", &definitions).read();
    assert_eq!(document.lines(), ["1"]);
    assert_eq!(document.told(), ["number-format-unknown format=thaiLetters"]);
}

#[test]
fn a_list_that_is_not_defined_is_told_once() {
    let body = item(7, 0, "甲") + &item(7, 0, "乙");
    let document = Package::new(&body).with("numbering", "numbering", "").read();
    assert_eq!(document.lines(), ["甲", "乙"]);
    assert_eq!(document.told(), ["list-undefined r1 list=7"]);
}

#[test]
fn a_numbering_style_is_the_list_it_stands_for() {
    let definitions =
        list(0, &(String::from("<w:styleLink w:val=\"L\"/>") + &level(0, "decimal", "[%1]", "")))
            + &list(1, "<w:numStyleLink w:val=\"L\"/>")
            + &num(1, 0, "")
            + &num(2, 1, "");
    assert_eq!(numbers(&definitions, &[(2, 0), (2, 0), (1, 0)]), ["[1]", "[2]", "[3]"]);
}

#[test]
fn styles_number_their_paragraphs() {
    let styles = r#"<w:style w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
        <w:style w:styleId="H2"><w:basedOn w:val="N"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
        <w:style w:styleId="C"><w:basedOn w:val="H2"/></w:style>
        <w:style w:styleId="O"><w:basedOn w:val="H1"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>
        <w:style w:styleId="I"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="2"/></w:numPr></w:pPr></w:style>"#;
    let levels = level(0, "chineseCounting", "%1、", "<w:pStyle w:val=\"H1\"/>")
        + &level(1, "decimal", "%2.", "<w:pStyle w:val=\"H2\"/>");
    let definitions = list(0, &levels) + &num(1, 0, "") + &list(1, &outline()) + &num(2, 1, "");
    let styled = |id: &str, own: &str| p(&format!("<w:pPr><w:pStyle w:val=\"{id}\"/>{own}</w:pPr>"));
    let off = "<w:numPr><w:numId w:val=\"0\"/></w:numPr>";
    let deeper = "<w:numPr><w:ilvl w:val=\"1\"/></w:numPr>";
    let other = "<w:numPr><w:numId w:val=\"2\"/></w:numPr>";
    let body = [
        styled("H1", ""),
        styled("H2", ""),
        styled("C", ""),
        styled("H1", off),
        styled("O", ""),
        styled("H1", deeper),
        styled("H1", ""),
        styled("I", ""),
        styled("H2", other),
    ];
    let document = Package::new(&body.concat())
        .with("styles", "styles", styles)
        .with("numbering", "numbering", &definitions)
        .read();
    assert_eq!(document.lines(), ["一、", "1.", "2.", "", "", "3.", "二、", "1.1", "2."]);
    assert!(document.findings.is_empty());
}

#[test]
fn the_default_style_and_the_documents_defaults_number_paragraphs() {
    let list_of = |list: u8| format!("<w:pPr><w:numPr><w:numId w:val=\"{list}\"/></w:numPr></w:pPr>");
    let of_document = format!("<w:docDefaults><w:pPrDefault>{}</w:pPrDefault></w:docDefaults>", list_of(1));
    let normal = |own: &str| {
        format!("<w:style w:type=\"paragraph\" w:default=\"true\" w:styleId=\"a\">{own}</w:style>")
    };
    let other = "<w:style w:type=\"paragraph\" w:styleId=\"b\"/>";
    let definitions = list(0, &level(0, "decimal", "%1.", ""))
        + &list(1, &level(0, "chineseCounting", "%1、", ""))
        + &num(1, 0, "")
        + &num(2, 1, "");
    let body = p("") + &p("<w:pPr><w:pStyle w:val=\"b\"/></w:pPr>") + &p("") + &item(0, 0, "");
    let of = |styles: String| {
        let package = Package::new(&body).with("styles", "styles", &styles);
        package.with("numbering", "numbering", &definitions).read().lines()
    };
    assert_eq!(of(normal(&list_of(2)) + other), ["一、", "", "二、", ""]);
    assert_eq!(of(of_document.clone() + &normal("") + other), ["1.", "2.", "3.", ""]);
    assert_eq!(of(of_document + &normal(&list_of(2)) + other), ["一、", "1.", "二、", ""]);
}

#[test]
fn what_is_not_there_is_not_counted() {
    let mark = |change: &str| {
        let numbered = "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>";
        p(&format!("<w:pPr>{numbered}<w:rPr><w:{change}/></w:rPr></w:pPr>"))
    };
    let row =
        |change: &str| format!("<w:tr><w:trPr><w:{change}/></w:trPr><w:tc>{}</w:tc></w:tr>", item(1, 0, ""));
    let definitions = list(0, &outline()) + &num(1, 0, "");
    let body =
        item(1, 0, "") + &mark("del") + &mark("vanish") + &item(1, 0, "") + &tbl(&[row("del"), row("ins")]);
    let package = Package::new(&body).with("numbering", "numbering", &definitions);
    let accepted = package.read();
    assert_eq!(
        (accepted.lines(), accepted.rows()),
        (vec!["1.".to_owned(), "2.".into()], vec!["3.".to_owned()])
    );
    let rejected = package.rejecting().read();
    assert_eq!(rejected.lines(), ["1.", "2.", "3."]);
    assert_eq!(rejected.rows(), ["4."]);
}

#[test]
fn lists_count_across_the_document_in_its_order() {
    let cell = |content: &str| format!("<w:tc>{content}</w:tc>");
    let nested = tbl(&[tr(&[cell(&item(1, 0, "里"))])]);
    let body =
        item(1, 0, "前") + &tbl(&[tr(&[cell(&(nested + &item(1, 0, "格"))), tc("b")])]) + &item(1, 0, "后");
    let definitions = list(0, &outline()) + &num(1, 0, "");
    let document = Package::new(&body).with("numbering", "numbering", &definitions).read();
    assert_eq!(document.lines(), ["1.\t前", "4.\t后"]);
    assert_eq!(document.rows(), ["2.\t里\n3.\t格|b"]);
}

#[test]
fn the_number_left_in_a_merged_cell_is_counted_and_not_shown() {
    let cell = |merge: &str| format!("<w:tc><w:tcPr>{merge}</w:tcPr>{}</w:tc>", item(1, 0, ""));
    let rows =
        ["", "<w:vMerge w:val=\"restart\"/>", "<w:vMerge/>", ""].map(|merge| tr(&[cell(merge), tc("x")]));
    let definitions = list(0, &level(0, "decimal", "%1", "")) + &num(1, 0, "");
    let document = Package::new(&tbl(&rows)).with("numbering", "numbering", &definitions).read();
    assert_eq!(document.rows(), ["1|x", "2|x", "^|x", "4|x"]);
}

#[test]
fn a_label_is_no_way_to_fill_memory() {
    let long = level(0, "lowerRoman", &"%1".repeat(1000), "")
        .replace("<w:start w:val=\"1\"/>", "<w:start w:val=\"32766\"/>");
    let shown = numbers(&(list(0, &long) + &num(1, 0, "")), &[(1, 0)]);
    assert!(shown[0].len() < 127 * 50, "{}", shown[0].len());
}
