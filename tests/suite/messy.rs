//! A clerk's world: files that are read although nobody filled them in as the form says. What must be seen in each was
//! written down by hand beside it (`tests/expected/messy`).

use std::collections::BTreeMap;

use luoshi::model::{AnswerKind, RemarkKind, Role};
use luoshi::words::{Language, message};
use serde::Deserialize;

use crate::support::{codes, fixtures, read, root};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Expected {
    file: String,
    columns: Vec<String>,
    count: usize,
    matters: Vec<String>,
    units: Vec<Vec<String>>,
    answers: Option<Vec<AnswerKind>>,
    numbers: Option<Vec<u32>>,
    statuses: Option<Vec<Vec<String>>>,
    /// Item number to the number of the item that its answer refers to.
    sees: Option<BTreeMap<String, usize>>,
    roles: Option<Vec<Vec<Role>>>,
    remark_kinds: Option<Vec<Vec<RemarkKind>>>,
    practice: Option<Vec<Vec<String>>>,
    issue: Option<Vec<Vec<String>>>,
    deadlines: Option<Vec<Vec<String>>>,
    extra: Option<Vec<BTreeMap<String, Vec<String>>>>,
    sections: Option<Vec<String>>,
    section_of: Option<Vec<String>>,
    title: Option<String>,
    annex: Option<String>,
    preamble: Option<Vec<String>>,
    postscript: Option<Vec<String>>,
    /// Item number to texts that its status must contain, in this order.
    status_contains: Option<BTreeMap<String, Vec<String>>>,
    /// Texts that must be in the model or in a finding.
    told: Option<Vec<String>>,
}

fn expectation(name: &str) -> Expected {
    let path = root().join("tests/expected/messy").join(format!("{name}.expected.json"));
    serde_json::from_slice(&std::fs::read(&path).unwrap())
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_messy_file_is_seen_as_a_person_sees_it() {
    let files = fixtures("messy");
    assert!(files.len() >= 8, "the fixtures are there");
    for path in files {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let expected = expectation(name);
        assert!(path.ends_with(&expected.file));
        let outcome = read(&path).unwrap_or_else(|error| panic!("{name}: {error:?}"));
        let attachment = &outcome.value;
        let items = &attachment.items;
        let columns: Vec<String> = attachment.columns.iter().map(|column| column.key.to_string()).collect();
        assert_eq!(columns, expected.columns, "{name}: columns");
        assert_eq!(items.len(), expected.count, "{name}: items");
        let all = |of: fn(&luoshi::model::Item) -> Vec<String>| items.iter().map(of).collect::<Vec<_>>();
        assert_eq!(all(|item| vec![item.matter.clone()]).concat(), expected.matters, "{name}: matters");
        let units = all(|item| item.units.iter().map(|unit| unit.name.clone()).collect());
        assert_eq!(units, expected.units, "{name}: units");
        let kinds = || items.iter().map(|item| item.status.as_ref().unwrap().answer).collect::<Vec<_>>();
        check(name, "answers", expected.answers, kinds);
        check(name, "numbers", expected.numbers, || items.iter().filter_map(|item| item.number).collect());
        check(name, "statuses", expected.statuses, || all(|item| item.status.clone().unwrap().paragraphs));
        check(name, "roles", expected.roles, || {
            items.iter().map(|item| item.units.iter().map(|unit| unit.role).collect()).collect()
        });
        check(name, "remarks", expected.remark_kinds, || {
            items.iter().map(|item| item.remarks.iter().map(|block| block.kind).collect()).collect()
        });
        check(name, "practice", expected.practice, || all(|item| item.practice.clone()));
        check(name, "issue", expected.issue, || all(|item| item.issue.clone()));
        check(name, "deadlines", expected.deadlines, || all(|item| item.deadline.clone()));
        check(name, "extra", expected.extra, || items.iter().map(|item| item.extra.clone()).collect());
        check(name, "sections", expected.sections, || {
            attachment.sections.iter().map(|s| s.title.clone()).collect()
        });
        check(name, "section of", expected.section_of, || {
            items.iter().filter_map(|item| item.section.clone()).collect()
        });
        check(name, "title", expected.title, || attachment.title.clone());
        check(name, "annex", expected.annex, || attachment.annex.clone().unwrap());
        check(name, "preamble", expected.preamble, || attachment.preamble.clone());
        check(name, "postscript", expected.postscript, || attachment.postscript.clone());
        for (item, seen) in expected.sees.unwrap_or_default() {
            let index = item.parse::<usize>().unwrap() - 1;
            let see = items[index].status.as_ref().unwrap().see.as_ref();
            assert_eq!(see, Some(&items[seen - 1].id), "{name}: item {item}");
        }
        for (item, texts) in expected.status_contains.unwrap_or_default() {
            let status =
                items[item.parse::<usize>().unwrap() - 1].status.clone().unwrap().paragraphs.join("\n");
            let mut rest = status.as_str();
            for text in texts {
                let at = rest.find(&text).unwrap_or_else(|| panic!("{name}: {text:?} is not in {status:?}"));
                rest = &rest[at + text.len()..];
            }
        }
        let model = String::from_utf8(attachment.to_json()).unwrap();
        for text in expected.told.unwrap_or_default() {
            let in_findings = outcome.diagnostics.iter().flat_map(|finding| &finding.arguments);
            let told = in_findings.map(|(_, value)| value.matches(&text).count()).sum::<usize>();
            assert!(model.contains(&text) || told == 1, "{name}: {text:?} is told {told} times");
        }
        for finding in &outcome.diagnostics {
            assert!(!message(finding, Language::Chinese).what.contains('{'), "{name}: {finding:?}");
        }
    }
}

#[track_caller]
fn check<T: PartialEq + std::fmt::Debug>(
    name: &str,
    what: &str,
    expected: Option<T>,
    got: impl FnOnce() -> T,
) {
    if let Some(expected) = expected {
        assert_eq!(got(), expected, "{name}: {what}");
    }
}

#[test]
fn what_is_unusual_is_said() {
    for (file, code) in [
        ("hidden-row.xlsx", "rows-hidden"),
        ("repeated-header.docx", "header-repeated"),
        ("letter-first.docx", "table-ignored"),
        ("wrapped.docx", "nested-table"),
    ] {
        let outcome = read(&root().join("fixtures/messy").join(file)).unwrap();
        assert!(codes(&outcome).contains(&code), "{file}: {:?}", codes(&outcome));
    }
}

#[test]
fn the_plain_sheet_of_our_own_workbook_is_no_second_checklist() {
    let printed = read(&root().join("output/attachment-2016.xlsx")).unwrap();
    assert_eq!(codes(&printed), ["answer-blank", "checklist-repeated"]);
}
