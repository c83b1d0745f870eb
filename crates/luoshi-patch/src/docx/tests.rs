//! Comments and repairs in documents made for the purpose; what other programs make of them is asked in the suite.

use std::io::{Cursor, Write};

use luoshi_table::{Container, Locator};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::text::NAMESPACES;
use crate::package::Package;
use crate::{Filling, Format, Looks, Note, PatchError, Repair, Stamp, Target, annotate, fill, repair};

const STAMP: Stamp<'static> = Stamp { author: "甲", date: "2000-01-01T00:00:00Z" };

fn docx(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let document = format!("<w:document xmlns:w=\"{}\"><w:body>{body}</w:body></w:document>", NAMESPACES[0]);
    let comments = more.iter().any(|(name, _)| *name == "word/comments.xml");
    let related =
        "<Relationship Id=\"rId9\" Type=\"http://x/relationships/comments\" Target=\"comments.xml\"/>";
    let document_rels = format!("<Relationships>{}</Relationships>", if comments { related } else { "" });
    let mut parts = vec![
        ("[Content_Types].xml", "<Types xmlns=\"u\"></Types>"),
        (
            "_rels/.rels",
            "<Relationships><Relationship Id=\"rId1\" Type=\"http://x/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>",
        ),
        ("word/document.xml", document.as_str()),
        ("word/_rels/document.xml.rels", document_rels.as_str()),
        ("word/other.bin", "unberührt"),
    ];
    parts.extend_from_slice(more);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn body(bytes: &[u8]) -> String {
    let xml = Package::open(bytes).unwrap().text("word/document.xml").unwrap();
    let from = xml.find("<w:body>").unwrap() + "<w:body>".len();
    xml[from..xml.find("</w:body>").unwrap()].to_owned()
}

fn cell(row: u32, column: u32) -> Option<Locator> {
    Some(Locator::within(&"a.docx".into(), Container::Table(1)).cell(row, column))
}

fn note(place: Option<Locator>, exact: &str, occurrence: usize) -> Note {
    Note { at: Target { place, exact: exact.to_owned(), occurrence }, text: "核对\n说明".to_owned() }
}

fn annotated(body_xml: &str, notes: &[Note]) -> String {
    body(&annotate(&docx(body_xml, &[]), Format::Docx, notes, STAMP).unwrap())
}

const START: &str = "<w:commentRangeStart w:id=\"0\"/>";
const END: &str = "<w:commentRangeEnd w:id=\"0\"/><w:r><w:commentReference w:id=\"0\"/></w:r>";

fn table(paragraph: &str) -> String {
    format!("<w:tbl><w:tr><w:tc>{paragraph}</w:tc></w:tr></w:tbl>")
}

#[test]
fn a_run_is_parted_around_the_words_and_keeps_its_looks() {
    let run = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>公开，截止目前，共55条。</w:t></w:r></w:p>";
    let b = "<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">";
    let expected = format!(
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>公开，</w:t></w:r>{START}{b}截止目前</w:t></w:r>{END}{b}，共55条。</w:t></w:r></w:p>"
    );
    assert_eq!(annotated(&table(run), &[note(cell(0, 0), "截止目前", 0)]), table(&expected));
}

#[test]
fn words_over_several_runs_and_whole_runs_are_not_parted() {
    let runs = "<w:p><w:r><w:t>截止</w:t></w:r><w:r><w:t>目前</w:t></w:r></w:p>";
    let expected = format!("<w:p>{START}<w:r><w:t>截止</w:t></w:r><w:r><w:t>目前</w:t></w:r>{END}</w:p>");
    assert_eq!(annotated(&table(runs), &[note(cell(0, 0), "截止目前", 0)]), table(&expected));
}

#[test]
fn of_same_words_the_one_that_is_meant_is_marked() {
    let run = "<w:p><w:r><w:t>甲乙甲</w:t></w:r></w:p>";
    let body = annotated(&table(run), &[note(cell(0, 0), "甲", 1)]);
    assert!(
        body.contains(&format!(
            "甲乙</w:t></w:r>{START}<w:r><w:t xml:space=\"preserve\">甲</w:t></w:r>{END}"
        )),
        "{body}"
    );
}

#[test]
fn what_has_no_words_stands_in_its_cell_and_what_has_no_cell_at_the_beginning() {
    let body = annotated(
        &format!("<w:p><w:pPr><w:jc/></w:pPr></w:p>{}", table("<w:p/>")),
        &[note(cell(0, 0), "", 0)],
    );
    assert_eq!(
        body,
        format!("<w:p><w:pPr><w:jc/></w:pPr></w:p>{}", table(&format!("<w:p>{START}{END}</w:p>")))
    );
    let body = annotated("<w:p><w:pPr><w:jc/></w:pPr></w:p>", &[note(None, "", 0)]);
    assert_eq!(body, format!("<w:p><w:pPr><w:jc/></w:pPr>{START}{END}</w:p>"));
}

#[test]
fn comments_are_added_to_those_there_are_and_other_parts_stay() {
    let comments = "<w:comments xmlns:w=\"u\"><w:comment w:id=\"7\"/></w:comments>";
    let bytes = docx("<w:p><w:r><w:t>甲</w:t></w:r></w:p>", &[("word/comments.xml", comments)]);
    let new = annotate(&bytes, Format::Docx, &[note(None, "甲", 0)], STAMP).unwrap();
    assert!(body(&new).contains("<w:commentRangeStart w:id=\"8\"/>"));
    let mut package = Package::open(&new).unwrap();
    let text = package.text("word/comments.xml").unwrap();
    assert!(
        text.contains("w:id=\"7\"")
            && text.contains("w:id=\"8\"")
            && text.contains("核对</w:t></w:r></w:p><w:p>")
    );
    assert_eq!(package.text("word/other.bin").unwrap(), "unberührt");
    assert_eq!(annotate(&bytes, Format::Docx, &[note(None, "甲", 0)], STAMP).unwrap(), new);
}

#[test]
fn an_id_at_the_end_of_the_numbers_leaves_room_for_two_comments() {
    let comments =
        "<w:comments xmlns:w=\"u\"><w:comment w:id=\"7\"/><w:comment w:id=\"4294967294\"/></w:comments>";
    let bytes = docx("<w:p><w:r><w:t>甲</w:t></w:r></w:p>", &[("word/comments.xml", comments)]);
    let notes = [note(None, "甲", 0), note(None, "甲", 0)];
    let new = body(&annotate(&bytes, Format::Docx, &notes, STAMP).unwrap());
    assert!(["8", "9"].iter().all(|id| new.contains(&format!("commentReference w:id=\"{id}\""))), "{new}");
}

#[test]
fn a_tracked_change_of_looks_is_no_part_of_them() {
    let looks = "<w:rPr><w:b/><w:rPrChange w:id=\"9\"><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr>";
    let run = format!("<w:p><w:r>{looks}<w:t>甲乙丙</w:t></w:r></w:p>");
    let body = annotated(&table(&run), &[note(cell(0, 0), "乙", 0)]);
    assert!(
        body.contains(&format!(
            "甲</w:t></w:r>{START}<w:r>{looks}<w:t xml:space=\"preserve\">乙</w:t></w:r>{END}"
        )),
        "{body}"
    );
}

#[test]
fn words_outside_the_table_are_found_in_their_own_line() {
    let p = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let line = |row| Some(Locator::within(&"a.docx".into(), Container::Text).row(row));
    let shown = annotated(&[p("甲乙"), table(&p("丁")), p("乙丙")].concat(), &[note(line(1), "乙", 0)]);
    assert!(shown.contains(&format!("甲乙</w:t></w:r></w:p>{}<w:p>{START}", table(&p("丁")))), "{shown}");
    // What stands in another part is not looked for here.
    let header = Some(Locator::within(&"a.docx".into(), Container::Part("word/header1.xml".into())));
    let shown = annotated(&[p("甲"), p("乙")].concat(), &[note(header, "乙", 0)]);
    assert!(shown.starts_with(&format!("<w:p>{START}{END}<w:r><w:t>甲")), "{shown}");
    let one = |row| Repair {
        at: Target { place: line(row), exact: "甲,乙".to_owned(), occurrence: 0 },
        replaced: 3..4,
        text: "，".to_owned(),
    };
    let (new, lost) =
        repair(&docx(&[p("甲,乙"), p("甲,乙")].concat(), &[]), Format::Docx, &[one(1)]).unwrap();
    assert_eq!((body(&new), lost), ([p("甲,乙"), p("甲，乙")].concat(), vec![]));
}

#[test]
fn another_prefix_is_kept() {
    let body = "<x:p xmlns:x=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><x:r><x:t>甲乙</x:t></x:r></x:p>";
    let body = annotated(body, &[note(None, "乙", 0)]);
    assert!(body.contains("甲</x:t></x:r><x:commentRangeStart xmlns:w="), "{body}");
}

#[test]
fn characters_are_replaced_where_they_stand() {
    let runs = "<w:p><w:r><w:t>清单,各</w:t></w:r><w:r><w:t>部门&amp;街道,公开</w:t></w:r></w:p>";
    let one = |exact: &str, replaced, text: &str| Repair {
        at: Target { place: cell(0, 0), exact: exact.to_owned(), occurrence: 0 },
        replaced,
        text: text.to_owned(),
    };
    let repairs = [one("单,各", 3..4, "，"), one("道,公", 3..4, "，"), one("没有", 0..3, "")];
    let (new, lost) = repair(&docx(&table(runs), &[]), Format::Docx, &repairs).unwrap();
    let expected = "<w:p><w:r><w:t>清单，各</w:t></w:r><w:r><w:t>部门&amp;街道，公开</w:t></w:r></w:p>";
    assert_eq!((body(&new), lost), (table(expected), vec![2]));
}

struct Year(u32);

impl Filling for Year {
    fn value(&mut self, name: &str) -> Option<String> {
        match name {
            "年" => Some("2016<".to_owned()),
            "序" => {
                self.0 += 1;
                Some(self.0.to_string())
            }
            _ => None,
        }
    }

    fn part(&self, name: &str) -> Option<bool> {
        match name {
            "有" => Some(true),
            "无" => Some(false),
            _ => None,
        }
    }

    fn block(&self, name: &str, looks: Looks<'_>) -> Option<String> {
        (name == "表").then(|| format!("<w:tbl>{}{}</w:tbl>", looks.paragraph, looks.run))
    }

    fn names(&self) -> Vec<&str> {
        vec!["年", "序", "有", "无", "表"]
    }
}

fn filled(body_xml: &str) -> Result<String, PatchError> {
    fill(&docx(body_xml, &[]), &mut Year(0)).map(|bytes| body(&bytes))
}

#[test]
fn a_template_is_filled_in_whatever_its_runs() {
    let p = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let split = "<w:p><w:pPr><w:jc/></w:pPr><w:r><w:t>共{{</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>年}}年</w:t></w:r></w:p>";
    let expected = "<w:p><w:pPr><w:jc/></w:pPr><w:r><w:t>共2016&lt;</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>年</w:t></w:r></w:p>";
    assert_eq!(filled(split).unwrap(), expected);
    assert_eq!(
        filled(&[p("{{序}}、甲"), p("{{ 序 }}、乙")].concat()).unwrap(),
        [p("1、甲"), p("2、乙")].concat()
    );
    let parts = [p("{{#有}}"), p("甲"), p("{{#无}}"), p("乙{{年}}"), p("{{/无}}"), p("{{/有}}"), p("丙")];
    assert_eq!(filled(&parts.concat()).unwrap(), [p("甲"), p("丙")].concat());
    let block =
        "<w:p><w:pPr><w:pStyle w:val=\"T\"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>{{表}}</w:t></w:r></w:p>";
    assert_eq!(
        filled(block).unwrap(),
        "<w:tbl><w:pPr><w:pStyle w:val=\"T\"/></w:pPr><w:rPr><w:b/></w:rPr></w:tbl>"
    );
}

#[test]
fn a_placeholder_that_is_none_is_named() {
    let p = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    for text in ["共{{事项}}项", "{{事项}}", "{{#事项}}"] {
        assert!(
            matches!(filled(&p(text)), Err(PatchError::Placeholder { name, .. }) if name == "事项"),
            "{text}"
        );
    }
    assert!(matches!(filled(&p("共三项｛三｝")), Err(PatchError::NoPlaceholder)));
    assert!(matches!(filled(&p("共｛{事项｝}项")), Err(PatchError::Placeholder { .. })));
    // In a part that is not shown too.
    let hidden = [p("{{#无}}"), p("{{事项}}"), p("{{/无}}")].concat();
    assert!(matches!(filled(&hidden), Err(PatchError::Placeholder { .. })));
    // A table within a sentence, a part that does not stand alone; what is left of a placeholder, in a box or without its end.
    for text in ["见{{表}}", "共{{#有}}"] {
        assert!(matches!(filled(&p(text)), Err(PatchError::Misplaced { .. })), "{text}");
    }
    let boxed = format!("<w:p><w:r><w:txbxContent>{}</w:txbxContent></w:r></w:p>", p("{{年}}"));
    for body in [p("共{{年"), boxed] {
        assert!(matches!(filled(&body), Err(PatchError::Left { .. })), "{body}");
    }
    // A part that is not shown takes its tables along.
    let hidden = [p("{{#无}}"), table(&p("甲")), p("{{/无}}"), p("乙")].concat();
    assert_eq!(filled(&hidden).unwrap(), p("乙"));
    let crossing = [p("{{#有}}"), table(&p("{{/有}}"))].concat();
    assert!(matches!(filled(&crossing), Err(PatchError::Unbalanced { .. })));
    for parts in [vec!["{{#有}}"], vec!["{{/有}}"], vec!["{{#有}}", "{{#无}}", "{{/有}}", "{{/无}}"]] {
        let body: String = parts.into_iter().map(p).collect();
        assert!(matches!(filled(&body), Err(PatchError::Unbalanced { .. })));
    }
}
