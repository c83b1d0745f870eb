//! What units do to a form beside answering it: a class without a text, questions of their own, sheets of their own. Nothing of it
//! is lost, and nothing becomes an answer that is none.
//!
//! Not here: whose answer it is (merge), and what an editor makes of it (decisions).

use std::io::Write;

use luoshi::model::{ConflictKind, CoverageState, Policy};
use luoshi::{Input, MergeOptions, Merged, Merger, Revisions};

fn index() -> &'static luoshi::CatalogueIndex {
    luoshi::built_in("haicang-2016").unwrap()
}

/// A unit's one file merged, with the codes of its findings.
fn merged(rows: &str) -> (Merged, Vec<&'static str>) {
    let lead = |unit: &str| format!("{unit}：");
    let options = MergeOptions { policy: Policy::KeepAll, base: None, decisions: None, lead: &lead };
    let mut merger = Merger::new(index(), options);
    let input = Input { name: "区教育局.csv".into(), bytes: rows.as_bytes() };
    let outcome = luoshi::submission(&input, Revisions::Accept, index()).unwrap();
    merger.add(outcome.value);
    let codes = outcome.diagnostics.iter().map(|finding| finding.code).collect();
    (merger.finish().value, codes)
}

#[test]
fn a_class_without_a_text_is_the_answer_and_is_told() {
    let cases = [
        ("不涉及,", "不涉及", CoverageState::NotApplicable, true),
        ("已落实,", "已落实", CoverageState::Answered, true),
        ("已落实,招生办法已公示。", "招生办法已公示。", CoverageState::Answered, false),
        (",", "", CoverageState::Blank, false),
    ];
    for (answer, expected, state, told) in cases {
        let (merged, codes) = merged(&format!("自查事项,落实类别,落实情况\n推进教育信息公开,{answer}\n"));
        let item = merged.attachment.items.iter().find(|item| item.id == "2016-036").unwrap();
        assert_eq!(item.status.as_ref().unwrap().paragraphs.concat(), expected, "{answer}");
        let unit = merged.record.coverage.iter().find(|unit| unit.unit == "区教育局").unwrap();
        assert_eq!(unit.items.iter().find(|item| item.item == "2016-036").unwrap().state, state, "{answer}");
        assert_eq!(codes.contains(&"answer-only-class"), told, "{answer}");
        // A class beside a text has no place in the attachment and is kept among the asides.
        let aside = merged.record.asides.iter().any(|aside| aside.heading == "落实类别");
        assert_eq!(aside, answer == "已落实,招生办法已公示。", "{answer}");
    }
    // A table without a column for the text.
    let (merged, codes) = merged("序号,自查事项,落实类别\n1,推进教育信息公开,已落实\n");
    let item = merged.attachment.items.iter().find(|item| item.id == "2016-036").unwrap();
    assert_eq!(item.status.as_ref().unwrap().paragraphs, ["已落实"]);
    assert!(codes.contains(&"answer-only-class"));
}

/// A document of tables, row by row and cell by cell.
fn document(tables: &[&[&[&str]]]) -> Vec<u8> {
    let cell = |text: &&str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
    let row = |cells: &&[&str]| format!("<w:tr>{}</w:tr>", cells.iter().map(cell).collect::<String>());
    let table =
        |rows: &&[&[&str]]| format!("<w:tbl>{}</w:tbl><w:p/>", rows.iter().map(row).collect::<String>());
    let body: String = tables.iter().map(table).collect();
    let main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let document = format!(r#"<w:document xmlns:w="{main}"><w:body>{body}</w:body></w:document>"#);
    let package = "http://schemas.openxmlformats.org/package/2006";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
    let parts = [
        (
            "_rels/.rels",
            format!(
                r#"<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}" Target="word/document.xml"/></Relationships>"#
            ),
        ),
        ("word/document.xml", document),
    ];
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_table_without_items_beside_a_checklist_keeps_its_texts() {
    let own: &[&[&str]] = &[&["自查事项", "落实情况"], &["推进教育信息公开", "招生办法已公示。"]];
    let empty: &[&[&str]] = &[
        &["填报单位：区文体局"],
        &["序号", "自查事项", "落实情况"],
        &["请注意：本局各项工作见另附的报告。"],
    ];
    let bytes = document(&[own, empty]);
    let input = Input { name: "区教育局.docx".into(), bytes: &bytes };
    let outcome = luoshi::submission(&input, Revisions::Accept, index()).unwrap();
    assert_eq!(outcome.value.replies.len(), 1);
    assert!(
        outcome.diagnostics.iter().any(|finding| finding.code == "no-items"),
        "{:?}",
        outcome.diagnostics
    );
    let asides: Vec<String> = outcome.value.asides.iter().map(|aside| aside.paragraphs.concat()).collect();
    assert!(asides.iter().any(|text| text == "请注意：本局各项工作见另附的报告。"), "{asides:?}");
}

#[test]
fn a_question_of_a_unit_s_own_is_kept_even_without_an_answer() {
    let (merged, _) =
        merged("序号,自查事项,落实情况\n1,推进教育信息公开,招生办法已公示。\n2,另有一件目录里没有的好事,\n");
    let [conflict] = merged.record.conflicts.as_slice() else { panic!("{:?}", merged.record.conflicts) };
    assert_eq!(conflict.kind, ConflictKind::UnknownItem);
    assert_eq!(conflict.versions[0].paragraphs, ["另有一件目录里没有的好事"]);
    assert_eq!(conflict.versions[0].places[0].row, Some(3));
}

#[test]
fn remarks_of_several_units_are_parted_by_who_speaks() {
    let lead = |unit: &str| format!("{unit}：");
    let options = MergeOptions { policy: Policy::KeepAll, base: None, decisions: None, lead: &lead };
    let mut merger = Merger::new(index(), options);
    for (unit, remarks) in [("区编办", "典型做法：按月更新清单。"), ("区发改局", "存在问题：人手不足。")]
    {
        let rows = format!(
            "自查事项,落实情况,典型做法及问题概述\n政务公开工作人员要加强政策理论学习和业务研究,每季度学习一次。,{remarks}\n"
        );
        let input = Input { name: format!("{unit}.csv").into(), bytes: rows.as_bytes() };
        merger.add(luoshi::submission(&input, Revisions::Accept, index()).unwrap().value);
    }
    let merged = merger.finish().value;
    let with_remarks: Vec<_> =
        merged.attachment.items.iter().filter(|item| !item.remarks.is_empty()).collect();
    let [item] = with_remarks.as_slice() else { panic!("{:?}", merged.record.conflicts) };
    let blocks: Vec<(&str, String)> =
        item.remarks.iter().map(|block| (block.label.as_str(), block.paragraphs.concat())).collect();
    assert_eq!(
        blocks,
        [
            ("区编办：典型做法：", "按月更新清单。".to_owned()),
            ("区发改局：存在问题：", "人手不足。".to_owned())
        ]
    );
}

#[test]
fn columns_that_a_unit_parted_are_one_answer_and_others_are_told() {
    let (merged, codes) = merged(
        "自查事项,落实情况,典型做法,存在问题,完成率\n推进教育信息公开,招生办法已公示。,设立开放日。,人手不足。,80%\n",
    );
    let item = merged.attachment.items.iter().find(|item| item.id == "2016-036").unwrap();
    assert_eq!(
        luoshi::model::Remark::join(&item.remarks),
        ["典型做法：设立开放日。", "存在问题：人手不足。"]
    );
    let asides: Vec<&str> = merged.record.asides.iter().map(|aside| aside.heading.as_str()).collect();
    assert_eq!(asides, ["完成率"]);
    assert!(!codes.contains(&"column-not-asked"), "{codes:?}");
    let (_, codes) =
        self::merged("自查事项,落实情况,佐证材料\n推进教育信息公开,已公示。,公示截图在附件里。\n");
    assert!(codes.contains(&"column-not-asked"), "{codes:?}");
}

#[test]
fn a_file_that_is_no_checklist_is_kept_whole() {
    let (merged, codes) = merged("A列,B列\n推进教育信息公开,招生办法已公示。\n");
    assert_eq!(codes, ["no-checklist"]);
    assert_eq!(merged.record.files[0].unreadable.as_deref(), Some("no-checklist"));
    let kinds: Vec<ConflictKind> = merged.record.conflicts.iter().map(|conflict| conflict.kind).collect();
    assert_eq!(kinds, [ConflictKind::Unreadable]);
    let texts: Vec<&[String]> =
        merged.record.asides.iter().map(|aside| aside.paragraphs.as_slice()).collect();
    assert_eq!(texts, [["A列", "B列"], ["推进教育信息公开", "招生办法已公示。"]]);
}

#[test]
fn sentences_under_a_heading_that_nobody_knows_are_an_error() {
    let row = "推进教育信息公开,区教育局,招生办法全部上网公示，咨询已答复。,6051234";
    let (merged, codes) = merged(&format!("自查事项,责任单位,其他说法,电话\n{row}\n"));
    assert_eq!(codes.iter().filter(|code| **code == "column-not-asked").count(), 1, "{codes:?}");
    let asides: Vec<&str> = merged.record.asides.iter().map(|aside| aside.heading.as_str()).collect();
    assert_eq!(asides, ["其他说法", "电话"]);
}

#[test]
fn what_is_left_of_last_year_s_mark_holds_a_text_back() {
    for text in [
        "上期】去年公示。",
        "【上期去年公示。",
        "（上期）去年公示。",
        "【上期内容】去年公示。",
        "今年。\n【 上期】去年。",
    ] {
        let (merged, _) = merged(&format!("自查事项,落实情况\n推进教育信息公开,\"{text}\"\n"));
        let kinds: Vec<ConflictKind> = merged.record.conflicts.iter().map(|conflict| conflict.kind).collect();
        assert_eq!(kinds, [ConflictKind::Prefilled], "{text}");
    }
}

#[test]
fn last_year_s_mark_stands_before_every_paragraph() {
    let last = luoshi::model::Attachment::from_json(
        &std::fs::read(crate::support::root().join("tests/expected/attachment-2016.json")).unwrap(),
    )
    .unwrap();
    let options = luoshi::FormOptions { prefill: Some(&last) };
    let mut paragraphs = 0;
    for form in luoshi::forms(index(), &options).value {
        for item in &form.attachment.items {
            let texts = item.status.iter().flat_map(|status| &status.paragraphs);
            for text in texts.filter(|text| !text.is_empty()) {
                paragraphs += 1;
                assert!(text.starts_with("【上期】"), "{text}");
            }
        }
    }
    assert!(paragraphs > 100, "{paragraphs}");
}

#[test]
fn what_people_write_behind_a_form_s_own_lines_is_kept() {
    let form = luoshi::forms(index(), &luoshi::FormOptions::default()).value;
    let mut form = form.into_iter().find(|form| form.mark.unit == "区档案馆").unwrap();
    form.name.push_str("　联系人：王小明");
    form.guide[1].push_str("另：本馆开放时间有调整，见公告。");
    let bytes = luoshi::write_form(&form, "docx", None).unwrap().value;
    let input = Input { name: "附件1.docx".into(), bytes: &bytes };
    let read = luoshi::submission(&input, Revisions::Accept, index()).unwrap().value;
    let asides: Vec<String> = read.asides.iter().map(|aside| aside.paragraphs.concat()).collect();
    assert!(asides.iter().any(|text| text.contains("王小明")), "{asides:?}");
    assert!(asides.iter().any(|text| text.contains("开放时间有调整")), "{asides:?}");
    assert_eq!(asides.len(), 2, "{asides:?}");
}

#[test]
fn a_text_typed_over_a_form_s_mark_is_told_and_kept() {
    let head = "序号,自查事项,落实情况,luoshi.form/1|haicang-2016|区教育局\n";
    let rows = "1,推进教育信息公开,招生办法已公示。,2016-036\n2,加强专家库建设,,咨询已全部答复，群众满意。\n";
    let (merged, codes) = merged(&[head, rows].concat());
    assert!(codes.contains(&"text-over-mark"), "{codes:?}");
    let kept: Vec<String> = merged.record.asides.iter().map(|aside| aside.paragraphs.concat()).collect();
    assert_eq!(kept, ["咨询已全部答复，群众满意。"]);
    let item = merged.attachment.items.iter().find(|item| item.id == "2016-036").unwrap();
    assert_eq!(item.status.as_ref().unwrap().paragraphs, ["招生办法已公示。"]);
}

#[test]
fn a_class_alone_and_parted_columns_that_came_back_as_sent_are_no_answers() {
    let lead = |unit: &str| format!("{unit}：");
    for rows in [
        "自查事项,落实类别,落实情况\n推进教育信息公开,已落实,\n",
        "自查事项,典型做法,存在问题\n推进教育信息公开,按周更新。,人手不足。\n",
    ] {
        let input = Input { name: "区教育局.csv".into(), bytes: rows.as_bytes() };
        let sent = luoshi::attachments(&input, index()).unwrap().value.remove(0);
        let state = |base: Option<&luoshi::model::Attachment>| {
            let options = MergeOptions { policy: Policy::KeepAll, base, decisions: None, lead: &lead };
            let mut merger = Merger::new(index(), options);
            merger.add(luoshi::submission(&input, Revisions::Accept, index()).unwrap().value);
            let merged = merger.finish().value;
            merged.record.conflicts.iter().map(|conflict| conflict.kind).collect::<Vec<_>>()
        };
        assert_eq!(state(None), [], "{rows}");
        assert_eq!(state(Some(&sent)), [ConflictKind::Prefilled], "{rows}");
    }
}

#[test]
fn what_one_unit_said_last_time_is_put_before_nobody_else() {
    let lead = |unit: &str| format!("{unit}：");
    let options = MergeOptions { policy: Policy::KeepAll, base: None, decisions: None, lead: &lead };
    let mut merger = Merger::new(index(), options);
    let rows = "自查事项,落实情况\n政务公开工作人员要加强政策理论学习和业务研究,每季度学习一次。\n";
    let input = Input { name: "区教育局.csv".into(), bytes: rows.as_bytes() };
    merger.add(luoshi::submission(&input, Revisions::Accept, index()).unwrap().value);
    let last = merger.finish().value.attachment;
    let forms = luoshi::forms(index(), &luoshi::FormOptions { prefill: Some(&last) }).value;
    let prefilled: Vec<&str> = forms
        .iter()
        .filter(|form| {
            let mut answers = form.attachment.items.iter().filter_map(|item| item.status.as_ref());
            answers.any(|status| !status.paragraphs.is_empty())
        })
        .map(|form| form.mark.unit.as_str())
        .collect();
    assert_eq!(prefilled, ["区教育局"]);
}
