//! One text through one rule: what the tests of the rules share.

use luoshi_model::{Answer, AnswerKind, Attachment, Column, ColumnKey, Item, Remark, RemarkKind, Unit};
use luoshi_table::Beside;

use crate::finding::Findings;
use crate::passage::Material;
use crate::{Context, Found, Rule, Words};

/// An attachment of one item per text, each its status.
pub(crate) fn attachment(texts: &[&str]) -> Attachment {
    let column = |key: ColumnKey, heading: &str| Column { key, heading: heading.to_owned(), group: None };
    let item = |(at, text): (usize, &&str)| Item {
        id: format!("i{}", at + 1),
        number: Some(at as u32 + 1),
        matter: format!("事项{}", at + 1),
        units: vec![Unit {
            name: "区教育局".to_owned(), raw: "区教育局".to_owned(), ..Unit::default()
        }],
        status: Some(Answer {
            answer: if text.is_empty() { AnswerKind::Blank } else { AnswerKind::Answered },
            paragraphs: text.lines().map(str::to_owned).collect(),
            ..Answer::default()
        }),
        ..Item::default()
    };
    Attachment {
        title: "落实情况表".to_owned(),
        columns: vec![
            column(ColumnKey::Number, "序号"),
            column(ColumnKey::Matter, "自查事项"),
            column(ColumnKey::Units, "责任单位"),
            column(ColumnKey::Status, "落实情况"),
            column(ColumnKey::Remarks, "备注"),
        ],
        items: texts.iter().enumerate().map(item).collect(),
        ..Attachment::default()
    }
}

/// One block of remarks.
pub(crate) fn remark(kind: RemarkKind, label: &str, text: &str) -> Remark {
    Remark { kind, label: label.to_owned(), paragraphs: vec![text.to_owned()], inline: false }
}

/// What a rule finds in an attachment.
pub(crate) fn found(attachment: &Attachment, rule: Rule, beside: &Beside, words: &Words) -> Vec<Found> {
    let material = Material { attachment, index: None, source: None, beside, place: None };
    let context = Context::new(&material, words);
    let mut findings = Findings::new(words);
    (rule.check)(&context, &mut findings);
    for finding in &findings.list {
        assert!(rule.codes.contains(&finding.code), "{} is not listed", finding.code);
    }
    findings.list
}

/// What a rule finds in an attachment, by name.
pub(crate) fn codes_of(attachment: &Attachment, rule: Rule) -> Vec<&'static str> {
    found(attachment, rule, &Beside::default(), &Words::default()).iter().map(|found| found.code).collect()
}

/// What a rule finds in one answer, by name.
pub(crate) fn codes(text: &str, rule: Rule) -> Vec<&'static str> {
    codes_of(&attachment(&[text]), rule)
}

/// The same with an office's own words.
pub(crate) fn codes_with(text: &str, rule: Rule, own: &str) -> Vec<&'static str> {
    let words = Words::with_own(own).unwrap();
    found(&attachment(&[text]), rule, &Beside::default(), &words).iter().map(|found| found.code).collect()
}

/// What is shown of each finding.
pub(crate) fn shown(text: &str, rule: Rule) -> Vec<String> {
    let found = found(&attachment(&[text]), rule, &Beside::default(), &Words::default());
    found.into_iter().map(|found| found.text).collect()
}

/// The words that each finding is about.
pub(crate) fn exact(text: &str, rule: Rule) -> Vec<String> {
    let found = found(&attachment(&[text]), rule, &Beside::default(), &Words::default());
    found.into_iter().map(|found| found.exact).collect()
}

/// A text with the repairs of a rule.
pub(crate) fn repaired(text: &str, rule: Rule) -> String {
    let found = found(&attachment(&[text]), rule, &Beside::default(), &Words::default());
    let mut edits: Vec<_> = found.into_iter().flat_map(|found| found.edits).collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.span.start));
    let mut repaired = text.to_owned();
    edits.into_iter().for_each(|edit| repaired.replace_range(edit.span, edit.text));
    repaired
}
