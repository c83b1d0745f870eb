//! The yearly round by the program: the README's commands, forms out and back, archives, late submissions, decisions.
//!
//! Not here: what a merge makes of the fixtures, cell by cell (merge).

use std::io::Write;
use std::path::Path;

use luoshi::model::{Attachment, Decisions, MergeRecord};
use luoshi::{FormOptions, Input, Revisions, forms, write_form};
use serde_json::Value;

use crate::support::{Program, Run, fixture, fixtures, root};

const CATALOGUE: &str = "haicang-2016";

fn index() -> &'static luoshi::CatalogueIndex {
    luoshi::built_in(CATALOGUE).unwrap()
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// The program in a folder that holds the round's submissions.
fn with_submissions() -> Program {
    let program = Program::new();
    std::fs::create_dir(program.path("报送")).unwrap();
    for file in fixtures("submissions/2016") {
        std::fs::copy(&file, program.path("报送").join(file.file_name().unwrap())).unwrap();
    }
    program
}

fn merge(program: &Program, more: &[&str]) -> Run {
    let arguments =
        [&["merge", "报送", "--catalogue", CATALOGUE, "-o", "a.json", "--record", "r.json"], more].concat();
    program.run(&arguments)
}

#[test]
fn the_readme_s_round_runs_as_written() {
    for readme in ["README.md", "README.zh-CN.md"] {
        let text = std::fs::read_to_string(root().join(readme)).unwrap();
        let block = text.split("```sh round\n").nth(1).unwrap().split("```").next().unwrap();
        let program = with_submissions();
        std::fs::copy(fixture("docx/attachment-2016.docx"), program.path("2016年附件.docx")).unwrap();
        let mut exits = Vec::new();
        for line in block.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            assert_eq!(words[0], "luoshi");
            if words[1] == "decisions" {
                // What the office does between the two: it changes a sentence of the document.
                let mut merged =
                    Attachment::from_json(&std::fs::read(program.path("附件.json")).unwrap()).unwrap();
                let status = merged.items[35].status.as_mut().unwrap();
                status.paragraphs[0].push_str("（科长审定）");
                let bytes = luoshi::write(&merged, "docx", None).unwrap().value;
                std::fs::write(program.path("附件-改.docx"), bytes).unwrap();
            }
            let run = program.run(&words[1..]);
            exits.push(run.exit.unwrap());
            assert!(run.exit != Some(2), "{line}\n{}", run.stderr);
        }
        // The merges tell of what is open.
        assert_eq!(exits, [0, 0, 1, 0, 1], "{readme}");
        assert_eq!(std::fs::read_dir(program.path("填报表")).unwrap().count(), 33);
        let merged = Attachment::from_json(&std::fs::read(program.path("附件.json")).unwrap()).unwrap();
        let status = merged.items[35].status.as_ref().unwrap();
        assert!(status.paragraphs[0].ends_with("（科长审定）"), "{readme}");
        let decisions = Decisions::from_json(&std::fs::read(program.path("取舍.json")).unwrap()).unwrap();
        let made: Vec<_> = decisions.decisions.iter().filter(|decision| !decision.is_open()).collect();
        assert_eq!((made.len(), made[0].by.as_str(), made[0].item.as_str()), (1, "王小明", "2016-036"));
        assert!(made[0].now.is_empty(), "nothing has changed since: {:?}", made[0]);
    }
}

#[test]
fn forms_of_one_unit_or_of_those_that_a_wording_stands_for() {
    let program = Program::new();
    let forms = |unit: &str| {
        let folder = format!("表-{unit}");
        let run = program.run(&["forms", CATALOGUE, "-o", &folder, "--unit", unit]);
        let count = std::fs::read_dir(program.path(&folder)).map_or(0, Iterator::count);
        let code = run.stderr.split_whitespace().nth(1).filter(|_| run.exit != Some(0)).unwrap_or_default();
        (run.exit, count, code.to_owned())
    };
    let members = |name: &str| index().members(index().unit(name).unwrap()).len();
    assert_eq!(forms("海沧区教育局"), (Some(0), 1, String::new()));
    assert_eq!(forms("各部门"), (Some(0), members("各部门"), String::new()));
    assert!(members("区政府工作部门") < members("各部门"));
    assert_eq!(forms("重要政策的牵头起草部门"), (Some(2), 0, "unit-not-asked".to_owned()));
    assert_eq!(forms("区水族馆"), (Some(2), 0, "unit-unknown".to_owned()));
}

#[test]
fn a_form_that_is_there_is_not_overwritten() {
    let program = Program::new();
    let arguments = ["forms", CATALOGUE, "-o", "表"];
    assert_eq!(program.run(&[&arguments[..], &["--unit", "区教育局"]].concat()).exit, Some(0));
    std::fs::write(program.path("表/区教育局.docx"), "填好了").unwrap();
    let run = program.run(&arguments);
    assert_eq!(run.exit, Some(2), "{}", run.stderr);
    assert!(run.stderr.contains("form-exists"), "{}", run.stderr);
    assert_eq!(std::fs::read_to_string(program.path("表/区教育局.docx")).unwrap(), "填好了");
    assert_eq!(std::fs::read_dir(program.path("表")).unwrap().count(), 1);
}

#[test]
fn forms_come_back_by_their_marks_whatever_was_done_to_them() {
    let form = forms(index(), &FormOptions::default()).value;
    let mut form = form.into_iter().find(|form| form.mark.unit == "区财政局").unwrap();
    let ids: Vec<String> = form.attachment.items.iter().map(|item| item.id.clone()).collect();
    // Rows turned round, renumbered, their questions retyped beyond recognition, a row deleted, the unit's line gone.
    form.attachment.items.reverse();
    form.attachment.items.remove(2);
    form.name = String::new();
    for (at, item) in form.attachment.items.iter_mut().enumerate() {
        item.matter = format!("第{at}个问题");
        (item.number, item.label) = (Some(at as u32 + 1), None);
        item.focus = None;
        item.units.clear();
        let status = item.status.as_mut().unwrap();
        status.paragraphs = vec![format!("答{}。", item.id)];
        status.answer = luoshi::model::AnswerKind::Answered;
    }
    form.attachment.sections.clear();
    form.attachment.focuses.clear();
    for format in ["docx", "xlsx"] {
        let bytes = write_form(&form, format, None).unwrap().value;
        let input = Input { name: format!("附件1.{format}").into(), bytes: &bytes };
        let outcome = luoshi::submission(&input, Revisions::Accept, index()).unwrap();
        assert_eq!(outcome.value.file.units, ["区财政局"], "{format}");
        let items = &index().catalogue().items;
        let mut told: Vec<(String, String)> = outcome
            .value
            .replies
            .iter()
            .map(|reply| (items[reply.item.unwrap()].id.clone(), reply.texts[0].paragraphs.concat()))
            .collect();
        told.sort();
        let gone = ids[ids.len() - 3].clone();
        let expected: Vec<(String, String)> =
            ids.iter().filter(|id| **id != gone).map(|id| (id.clone(), format!("答{id}。"))).collect();
        assert_eq!(told, expected, "{format}");
        let codes: Vec<&str> = outcome.diagnostics.iter().map(|finding| finding.code).collect();
        assert!(codes.iter().all(|code| *code == "matter-retyped"), "{format}: {codes:?}");
    }
}

#[test]
fn a_form_that_names_another_unit_than_its_own_is_an_error() {
    let mut form = forms(index(), &FormOptions::default())
        .value
        .into_iter()
        .find(|form| form.mark.unit == "区档案馆")
        .unwrap();
    form.name = "区信访局".to_owned();
    for format in ["docx", "xlsx"] {
        let bytes = write_form(&form, format, None).unwrap().value;
        let input = Input { name: format!("附件1.{format}").into(), bytes: &bytes };
        let outcome = luoshi::submission(&input, Revisions::Accept, index()).unwrap();
        assert_eq!(outcome.value.file.units, ["区档案馆"], "{format}");
        let told: Vec<_> =
            outcome.diagnostics.iter().map(|finding| (finding.code, finding.severity)).collect();
        assert_eq!(told, [("unit-disagrees", luoshi::Severity::Error)], "{format}");
    }
}

#[test]
fn a_form_whose_line_names_nobody_in_the_directory_is_an_error_too() {
    let mut form = forms(index(), &FormOptions::default())
        .value
        .into_iter()
        .find(|form| form.mark.unit == "区档案馆")
        .unwrap();
    form.name = "区水族馆".to_owned();
    let bytes = write_form(&form, "docx", None).unwrap().value;
    let input = Input { name: "附件1.docx".into(), bytes: &bytes };
    let outcome = luoshi::submission(&input, Revisions::Accept, index()).unwrap();
    let told: Vec<_> = outcome.diagnostics.iter().map(|finding| finding.code).collect();
    assert_eq!(told, ["unit-disagrees"]);
    assert!(outcome.diagnostics[0].arguments.iter().any(|(_, value)| value == "区水族馆"));
}

#[test]
fn rows_that_were_sorted_without_their_marks_are_told_by_their_questions() {
    let form = forms(index(), &FormOptions::default()).value;
    let mut form = form.into_iter().find(|form| form.mark.unit == "区编办").unwrap();
    let matters: Vec<String> = form.attachment.items.iter().map(|item| item.matter.clone()).collect();
    let last = matters.len() - 1;
    for (at, item) in form.attachment.items.iter_mut().enumerate() {
        item.matter = matters[last - at].clone();
        item.status.as_mut().unwrap().paragraphs = vec![format!("答：{}。", item.matter)];
    }
    let bytes = write_form(&form, "xlsx", None).unwrap().value;
    let input = Input { name: "a.xlsx".into(), bytes: &bytes };
    let outcome = luoshi::submission(&input, Revisions::Accept, index()).unwrap();
    for reply in &outcome.value.replies {
        let asked = &index().catalogue().items[reply.item.unwrap()].matter;
        assert_eq!(reply.texts[0].paragraphs, [format!("答：{asked}。")]);
    }
    assert!(outcome.diagnostics.iter().any(|finding| finding.code == "mark-differs"));
}

#[test]
fn last_period_s_text_stays_out_until_its_mark_is_gone() {
    let program = Program::new();
    let last = fixture("docx/attachment-2016.docx");
    let run = program.run(&[
        "forms",
        CATALOGUE,
        "-o",
        "f",
        "--unit",
        "教育局",
        "--prefill",
        last.to_str().unwrap(),
    ]);
    assert_eq!(run.exit, Some(0), "{}", run.stderr);
    let run = program.run(&[
        "merge",
        "f",
        "--catalogue",
        CATALOGUE,
        "-o",
        "a.json",
        "--record",
        "r.json",
        "--decisions",
        "d.json",
    ]);
    assert_eq!(run.exit, Some(1));
    let merged = Attachment::from_json(&std::fs::read(program.path("a.json")).unwrap()).unwrap();
    assert!(merged.items.iter().all(|item| item.status.as_ref().unwrap().paragraphs.is_empty()));
    let kinds: Vec<String> = json(&program.path("r.json"))["conflicts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|conflict| conflict["kind"].as_str().unwrap().to_owned())
        .collect();
    assert!(!kinds.is_empty() && kinds.iter().all(|kind| kind == "prefilled"), "{kinds:?}");
}

#[test]
fn an_archive_is_its_files_and_names_lead_nowhere() {
    let program = with_submissions();
    let plain = merge(&program, &[]);
    assert_eq!(plain.exit, Some(1), "{}", plain.stderr);
    let of_folder = json(&program.path("a.json"));
    let mut zip = zip::ZipWriter::new(std::fs::File::create(program.path("报送.zip")).unwrap());
    for file in fixtures("submissions/2016") {
        let name = format!("../../{}", file.file_name().unwrap().to_str().unwrap());
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&std::fs::read(file).unwrap()).unwrap();
    }
    zip.finish().unwrap();
    let before = program.listing();
    let run =
        program.run(&["merge", "报送.zip", "--catalogue", CATALOGUE, "-o", "b.json", "--record", "s.json"]);
    assert_eq!(run.exit, Some(1));
    let of_zip = json(&program.path("b.json"));
    assert_eq!(of_folder["items"], of_zip["items"]);
    let mut after = program.listing();
    after.retain(|name| name != "b.json" && name != "s.json");
    assert_eq!(after, before);
    let record = MergeRecord::from_json(&std::fs::read(program.path("s.json")).unwrap()).unwrap();
    assert!(record.files.iter().all(|file| file.name.starts_with("报送.zip/") && !file.name.contains("..")));
}

#[test]
fn a_late_correction_does_not_undo_a_decision_and_is_told() {
    let program = with_submissions();
    assert_eq!(merge(&program, &["--decisions", "d.json"]).exit, Some(1));
    let mut decisions = Decisions::from_json(&std::fs::read(program.path("d.json")).unwrap()).unwrap();
    let decision = decisions.decisions.iter_mut().find(|one| one.item == "2016-017").unwrap();
    let chosen = decision.versions[1].clone();
    decision.choose = vec![chosen.id.clone()];
    (decision.by, decision.why) = ("王小明".to_owned(), "以更正为准".to_owned());
    std::fs::write(program.path("d.json"), decisions.to_json()).unwrap();
    merge(&program, &["--decisions", "d.json"]);
    let status =
        |program: &Program| json(&program.path("a.json"))["items"][16]["status"]["paragraphs"].clone();
    assert_eq!(status(&program), serde_json::to_value(&chosen.paragraphs).unwrap());
    let once = std::fs::read(program.path("d.json")).unwrap();
    assert!(!String::from_utf8_lossy(&once).contains("\"now\""));

    let late = "序号,自查事项,责任单位,落实情况\n1,实行收费目录清单管理,区财政局,收费目录再次修订。\n";
    std::fs::write(program.path("报送/区财政局（迟报）.csv"), late).unwrap();
    let run = merge(&program, &["--decisions", "d.json"]);
    assert!(run.stderr.contains("decision-outdated"), "{}", run.stderr);
    assert_eq!(status(&program), serde_json::to_value(&chosen.paragraphs).unwrap());
    let decisions = Decisions::from_json(&std::fs::read(program.path("d.json")).unwrap()).unwrap();
    let decision = decisions.decisions.iter().find(|one| one.item == "2016-017").unwrap();
    assert_eq!((decision.choose.as_slice(), decision.by.as_str()), (&[chosen.id][..], "王小明"));
    assert!(decision.now.iter().any(|version| version.paragraphs == ["收费目录再次修订。"]));
}

#[test]
fn the_same_files_give_the_same_bytes_in_any_order_and_number_of_jobs() {
    let program = with_submissions();
    let outputs = ["a.json", "r.json", "d.json", "a.docx", "a.xlsx"];
    let more = ["--decisions", "d.json", "-o", "a.docx", "-o", "a.xlsx", "--sources"];
    merge(&program, &more);
    let first: Vec<Vec<u8>> = outputs.iter().map(|name| std::fs::read(program.path(name)).unwrap()).collect();
    merge(&program, &[&more[..], &["--jobs", "1"]].concat());
    for (name, first) in outputs.iter().zip(&first) {
        assert!(std::fs::read(program.path(name)).unwrap() == *first, "{name}");
    }
    // Named one by one, backwards.
    let mut files: Vec<String> =
        fixtures("submissions/2016").iter().map(|file| file.to_str().unwrap().to_owned()).collect();
    files.reverse();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let arguments = [&["merge"], files.as_slice(), &["--catalogue", CATALOGUE, "-o", "b.json"]].concat();
    program.run(&arguments);
    assert!(std::fs::read(program.path("b.json")).unwrap() == first[0]);
}

#[test]
fn what_can_t_be_begun_is_refused_and_nothing_is_written() {
    let program = with_submissions();
    let bad = std::fs::read_to_string(fixture("catalogues/changning-like-2024.json")).unwrap();
    let id =
        bad.split("\"items\"").nth(1).unwrap().split("\"id\": \"").nth(1).unwrap().split('"').next().unwrap();
    let next =
        bad.split("\"items\"").nth(1).unwrap().split("\"id\": \"").nth(2).unwrap().split('"').next().unwrap();
    std::fs::write(
        program.path("c.json"),
        bad.replace(&format!("\"id\": \"{next}\""), &format!("\"id\": \"{id}\"")),
    )
    .unwrap();
    let before = program.listing();
    let cases: [(&[&str], &str); 6] = [
        (&["merge", "报送", "--catalogue", "c.json", "-o", "a.json"], "catalogue-id-repeated"),
        (&["merge", "报送", "--catalogue", "nowhere", "-o", "a.json"], "catalogue-unknown"),
        (&["merge", "报送", "--catalogue", CATALOGUE, "-o", "a.pdf"], "format-unknown"),
        (&["merge", "报送", "--catalogue", CATALOGUE, "-o", "a.json", "--record", "a.json"], "output-twice"),
        (&["forms", CATALOGUE, "-o", "f", "--unit", "区水族馆"], "unit-unknown"),
        (&["forms", CATALOGUE, "-o", "f", "--to", "pdf"], "format-unknown"),
    ];
    for (arguments, code) in cases {
        let run = program.run(arguments);
        assert_eq!(run.exit, Some(2), "{arguments:?}\n{}", run.stderr);
        assert!(run.stderr.contains(code), "{arguments:?}\n{}", run.stderr);
    }
    assert_eq!(program.listing(), before);
    // Not one file could be read.
    std::fs::create_dir(program.path("bad")).unwrap();
    std::fs::write(program.path("bad/a.docx"), b"PK").unwrap();
    let run = program.run(&["merge", "bad", "--catalogue", CATALOGUE, "-o", "a.json"]);
    assert_eq!(run.exit, Some(2), "{}", run.stderr);
    assert!(!program.path("a.json").exists());
}
