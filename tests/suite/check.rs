//! `luoshi check` on a table with a fault of each kind (`tests/expected/check-faulty.txt`, written with its rows) and on the main fixture.
//!
//! Not here: each rule's own examples (rules), and what other programs make of notes (interop).

use std::collections::BTreeMap;
use std::path::Path;

use luoshi::model::{Attachment, Baseline, Findings};
use luoshi::rules::Words;
use luoshi::words::Language;
use luoshi::{CheckOptions, Checked, Input, ReadOptions, Stamp};

use crate::support::{Program, attachment, fixture, read_bytes, root};

const FORMATS: [&str; 2] = ["docx", "xlsx"];

/// The private values that the fixture holds, and what is left of them without spaces.
const PRIVATE: [&str; 11] = [
    "11010519491231002X",
    "110105199003071234",
    "１３９１２３４５６７８",
    "13912345678",
    "13812345678",
    "6222 0212 3456 7890 128",
    "6222021234567890128",
    "7890 128",
    "王建国",
    "李秀英",
    "张志强",
];

pub(crate) fn checked(path: &Path) -> (Vec<u8>, Checked) {
    let bytes = std::fs::read(path).unwrap();
    let words = Words::default();
    let options =
        CheckOptions { reading: ReadOptions::default(), words: &words, language: Language::Chinese };
    let checked = luoshi::check(&Input { name: "a".into(), bytes: &bytes }, &options).unwrap();
    (bytes, checked)
}

fn faulty(format: &str) -> std::path::PathBuf {
    fixture(&format!("check/faulty.{format}"))
}

#[test]
fn a_fault_of_each_kind_is_found_and_nothing_else() {
    let text = std::fs::read_to_string(root().join("tests/expected/check-faulty.txt")).unwrap();
    for format in FORMATS {
        let other = if format == "docx" { "xlsx " } else { "docx " };
        let mut expected: Vec<&str> =
            text.lines().filter(|line| !line.starts_with('#') && !line.starts_with(other)).collect();
        let found = checked(&faulty(format)).1.findings();
        let mut got: Vec<String> = found
            .findings
            .iter()
            .map(|one| match one.heading.as_str() {
                "" => format!("{format} {}", one.code),
                heading => format!("{} {heading} {}", one.number, one.code),
            })
            .collect();
        expected.sort_unstable();
        got.sort_unstable();
        assert_eq!(got, expected, "{format}");
    }
}

#[test]
fn the_main_fixture_has_the_slips_that_were_put_into_it() {
    // The slips of the real attachment, kept on purpose where the text was written anew; and what is honestly thin.
    let expected = [
        ("1", "mark-half-width"),
        ("4", "as-of-differs"),
        ("5", "space-beside-mark"),
        ("5", "space-beside-mark"),
        ("10", "word-wrong"),
        ("12", "no-evidence"),
        ("13", "no-evidence"),
        ("28", "mark-unpaired"),
        ("31", "status-none"),
        ("43", "no-evidence"),
        ("60", "no-evidence"),
        ("65", "status-only-remarked"),
    ];
    let found = checked(&fixture("docx/attachment-2016.docx")).1.findings().findings;
    let got: Vec<(&str, &str)> = found.iter().map(|one| (one.number.as_str(), one.code.as_str())).collect();
    assert_eq!(got, expected);
}

#[test]
fn no_output_repeats_a_private_value() {
    let program = Program::new();
    for format in FORMATS {
        let path = faulty(format);
        let outputs = ["l.json", "l.csv", "l.html", "l.xlsx"];
        let mut arguments = vec!["check", path.to_str().unwrap(), "--baseline", "b.json", "--fix"];
        let fixed = format!("f.{format}");
        arguments.push(&fixed);
        outputs.iter().for_each(|output| arguments.extend(["-o", output]));
        let run = program.run(&arguments);
        assert_eq!(run.exit, Some(1), "{}", run.stderr);
        let diagnostics = program.run(&[&arguments[..2], &["--diagnostics", "d.json"]].concat());
        assert_eq!(diagnostics.exit, Some(1));
        let mut texts = vec![("terminal".to_owned(), run.stderr)];
        for name in ["l.json", "l.csv", "l.html", "d.json", "b.json"] {
            texts.push((name.to_owned(), std::fs::read_to_string(program.path(name)).unwrap()));
        }
        let workbook = attachment_text(&std::fs::read(program.path("l.xlsx")).unwrap());
        texts.push(("l.xlsx".to_owned(), workbook));
        for (name, text) in texts {
            for value in PRIVATE {
                assert!(!text.contains(value), "{format} {name}: {value}");
            }
        }
        std::fs::remove_file(program.path("b.json")).unwrap();
    }
}

/// All texts of a workbook.
fn attachment_text(bytes: &[u8]) -> String {
    let input = Input { name: "l.xlsx".into(), bytes };
    let source = luoshi::inspect(&input, &ReadOptions::default()).unwrap().value;
    let tables = source.blocks.iter().filter_map(|block| match block {
        luoshi::SourceBlock::Table(table) => Some(table),
        luoshi::SourceBlock::Line(_) => None,
    });
    tables.flat_map(|table| table.grid.cells()).map(|cell| cell.content.text() + "\n").collect()
}

#[test]
fn notes_change_nothing_that_is_read() {
    for format in FORMATS {
        for path in [faulty(format), fixture(&format!("{format}/attachment-2016.{format}"))] {
            let (bytes, checked) = checked(&path);
            let input = Input { name: "a".into(), bytes: &bytes };
            let noted = luoshi::annotate(&input, &checked, Stamp::default()).unwrap();
            assert_eq!(read(&noted, format), attachment(&path), "{}", path.display());
            assert_eq!(noted, luoshi::annotate(&input, &checked, Stamp::default()).unwrap());
        }
    }
}

fn read(bytes: &[u8], format: &str) -> Attachment {
    read_bytes(&format!("a.{format}"), bytes, &ReadOptions::default()).unwrap().value
}

#[test]
fn repairs_touch_marks_and_spaces_alone_and_leave_none_to_repair() {
    for format in FORMATS {
        let (bytes, checked) = checked(&faulty(format));
        let input = Input { name: "a".into(), bytes: &bytes };
        let fixed = luoshi::fix(&input, &checked).unwrap();
        assert_eq!(fixed.count, 7, "{format}: {:?}", fixed.diagnostics);
        assert!(fixed.diagnostics.iter().all(|one| one.code == "mark-fixed"));
        let statuses = |attachment: &Attachment| -> BTreeMap<u32, String> {
            let text = |item: &luoshi::model::Item| item.status.as_ref().unwrap().paragraphs.join("\n");
            attachment.items.iter().map(|item| (item.number.unwrap(), text(item))).collect()
        };
        let (mut before, after) =
            (statuses(&attachment(&faulty(format))), statuses(&read(&fixed.bytes, format)));
        before.insert(
            24,
            "各部门已公布清单，共107个。按1,234条、3.5%计，办事指南（试行）一并公开。".to_owned(),
        );
        before.insert(30, "见http://192.168.1.8/bszn，依据厦府〔2016〕26号，印发5份。".to_owned());
        assert_eq!(after, before, "{format}");
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(format!("a.{format}"));
        std::fs::write(&path, &fixed.bytes).unwrap();
        let again = crate::check::checked(&path).1;
        assert_eq!(again.found().flat_map(|found| &found.edits).count(), 0, "{format}");
    }
}

#[test]
fn an_office_accepts_findings_with_reasons() {
    let program = Program::new();
    let path = fixture("docx/attachment-2016.docx");
    let path = path.to_str().unwrap();
    let run = |fail_on: &str| {
        program.run(&["check", path, "--baseline", "b.json", "-o", "l.json", "--fail-on", fail_on])
    };
    assert_eq!(run("warn").exit, Some(1));
    let mut baseline = Baseline::from_json(&std::fs::read(program.path("b.json")).unwrap()).unwrap();
    assert_eq!(baseline.accepted.len(), 12);
    let write = |baseline: &Baseline| std::fs::write(program.path("b.json"), baseline.to_json()).unwrap();
    for accepted in &mut baseline.accepted {
        accepted.reason = "原文如此".to_owned();
    }
    write(&baseline);
    assert_eq!(run("info").exit, Some(0));
    let findings = Findings::from_json(&std::fs::read(program.path("l.json")).unwrap()).unwrap();
    assert_eq!((findings.findings.len(), findings.accepted.len()), (0, 12));
    // One whose words changed is new, and a reason that is taken back is none.
    baseline.accepted[0].text = "别的文字".to_owned();
    baseline.accepted[1].reason.clear();
    write(&baseline);
    let again = run("nothing");
    assert_eq!(again.exit, Some(0));
    assert!(again.stderr.contains("应核对2处"), "{}", again.stderr);
    let baseline = Baseline::from_json(&std::fs::read(program.path("b.json")).unwrap()).unwrap();
    assert_eq!(baseline.accepted.iter().filter(|one| one.reason.is_empty()).count(), 2);
    assert!(baseline.accepted.iter().all(|one| one.text != "别的文字"));
}

#[test]
fn an_office_brings_its_own_rules_and_wrong_ones_are_named() {
    let program = Program::new();
    let path = faulty("docx");
    let check = |rules: &str| {
        std::fs::write(program.path("r.toml"), rules).unwrap();
        program.run(&["check", path.to_str().unwrap(), "--rules", "r.toml", "--fail-on", "block"])
    };
    let off = "version = 1\n[levels]\nmobile-number = \"off\"\n[allow]\nphones = [\"0592-6051234\", \"0592-6051235\"]\n";
    let run = check(off);
    for code in ["mobile-number", "contact-number", "landline-number"] {
        assert!(!run.stderr.contains(code), "{}", run.stderr);
    }
    let run = check("version = 1\n[levels]\nmobile-numbr = \"off\"\n");
    assert_eq!(run.exit, Some(2));
    assert!(
        run.stderr.contains("r.toml 第3行第1列") && run.stderr.contains("mobile-number"),
        "{}",
        run.stderr
    );
    let run = check("version = 1\n[secrecys]\n");
    assert!(run.stderr.contains("第2行") && run.stderr.contains("相近的名称：secrecy"), "{}", run.stderr);
}

#[test]
fn what_cannot_be_written_into_says_so_and_writes_nothing() {
    let program = Program::new();
    let path = fixture("text/attachment-2016.txt");
    for option in ["--notes", "--fix"] {
        let run = program.run(&["check", path.to_str().unwrap(), option, "n.docx", "-o", "l.json"]);
        assert_eq!(run.exit, Some(2));
        assert!(run.stderr.contains("file-not-patched"), "{}", run.stderr);
    }
    assert!(program.listing().is_empty());
}

#[test]
fn the_readme_s_commands_work_as_written() {
    for readme in ["README.md", "README.zh-CN.md"] {
        let text = std::fs::read_to_string(root().join(readme)).unwrap();
        let block = |fence: &str| text.split(fence).nth(1).unwrap().split("```").next().unwrap().to_owned();
        let program = Program::new();
        std::fs::copy(fixture("docx/attachment-2016.docx"), program.path("附件.docx")).unwrap();
        std::fs::write(program.path("本单位规则.toml"), block("```toml rules\n")).unwrap();
        for line in block("```sh check\n").lines() {
            let words: Vec<&str> = line.split_whitespace().skip(1).collect();
            let run = program.run(&words);
            assert_eq!(run.exit, Some(0), "{line}: {}", run.stderr);
        }
        for name in ["附件-批注.docx", "检查.xlsx", "已认可.json", "附件-改.docx"] {
            assert!(program.path(name).exists(), "{name}");
        }
    }
}
