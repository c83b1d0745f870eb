//! The yearly round: forty-one files of the fixtures against what was worked out by hand.
//!
//! Not here: the program's command line for it (round).

use std::collections::BTreeMap;

use luoshi::model::{ConflictKind, Policy};
use luoshi::{Input, MergeOptions, Merged, Merger, ReadOptions, Revisions, SourceBlock};
use serde_json::Value;

use crate::support::{fixtures, root};

fn index() -> &'static luoshi::CatalogueIndex {
    luoshi::built_in("haicang-2016").unwrap()
}

fn lead(unit: &str) -> String {
    format!("{unit}：")
}

/// The round merged, and the code and file of every finding.
pub(crate) fn round(reverse: bool) -> (Merged, Vec<(&'static str, String)>) {
    let options = MergeOptions { policy: Policy::KeepAll, base: None, decisions: None, lead: &lead };
    let mut merger = Merger::new(index(), options);
    let mut findings = Vec::new();
    let mut files = fixtures("submissions/2016");
    if reverse {
        files.reverse();
    }
    for path in files {
        let name = path.file_name().unwrap().to_str().unwrap();
        let bytes = std::fs::read(&path).unwrap();
        match luoshi::submission(&Input { name: name.into(), bytes: &bytes }, Revisions::Accept, index()) {
            Ok(outcome) => {
                findings.extend(outcome.diagnostics.iter().map(|finding| (finding.code, name.to_owned())));
                merger.add(outcome.value);
            }
            Err(error) => merger.add_unreadable(name, error.diagnostic().code),
        }
    }
    let outcome = merger.finish();
    (outcome.value, findings)
}

fn expected() -> Value {
    serde_json::from_slice(&std::fs::read(root().join("tests/expected/merge-2016.json")).unwrap()).unwrap()
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

/// What a cell of the expectation says when it is put together: one group as it is, several led.
fn joined(groups: &Value) -> Vec<String> {
    let groups = groups.as_array().unwrap();
    let mut lines = Vec::new();
    for group in groups {
        let mut paragraphs = texts(&group["paragraphs"]);
        if groups.len() > 1 {
            paragraphs[0] = lead(&texts(&group["units"]).join("、")) + &paragraphs[0];
        }
        lines.extend(paragraphs);
    }
    lines
}

#[test]
fn the_round_comes_out_as_worked_out_by_hand() {
    let (merged, _) = round(false);
    let expected = expected();
    let mut wrong = Vec::new();
    for (item, expected) in merged.attachment.items.iter().zip(expected["items"].as_array().unwrap()) {
        assert_eq!(item.id, expected["id"]);
        let status = item.status.as_ref().unwrap();
        let remarks = luoshi::model::Remark::join(&item.remarks);
        let cells =
            [(&status.paragraphs, joined(&expected["status"])), (&remarks, joined(&expected["remarks"]))];
        for (got, expected) in cells {
            if *got != expected {
                wrong.push(format!("{}\n  got      {got:?}\n  expected {expected:?}", item.id));
            }
        }
        let covers = expected.get("covers").map_or_else(Vec::new, texts);
        if status.covers != covers {
            wrong.push(format!("{} covers {:?}, expected {covers:?}", item.id, status.covers));
        }
    }
    assert!(wrong.is_empty(), "{} cells\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn conflicts_and_findings_are_those_worked_out_by_hand() {
    let (merged, findings) = round(false);
    let expected = expected();
    let mut got: Vec<String> = Vec::new();
    for conflict in &merged.record.conflicts {
        let kind = serde_json::to_value(conflict.kind).unwrap();
        let places = conflict.versions.iter().flat_map(|version| &version.places);
        let mut files: Vec<&str> =
            places.map(|place| merged.record.files[place.file as usize].name.as_str()).collect();
        files.sort_unstable();
        files.dedup();
        let item = if conflict.kind == ConflictKind::Duplicate { None } else { conflict.item.as_deref() };
        let unit = conflict.unit.as_deref().unwrap_or("-");
        got.push(format!("{} {unit} {} {}", kind.as_str().unwrap(), item.unwrap_or("-"), files.join("|")));
    }
    got.sort();
    got.dedup();
    let text =
        |value: &Value, key: &str| value.get(key).map_or("-", |text| text.as_str().unwrap()).to_owned();
    let line = |value: &Value| {
        let files = texts(&value["files"]).join("|");
        format!("{} {} {} {files}", text(value, "kind"), text(value, "unit"), text(value, "item"))
    };
    let mut wanted: Vec<String> = expected["conflicts"].as_array().unwrap().iter().map(line).collect();
    wanted.sort();
    assert_eq!(got, wanted);

    for value in expected["findings"].as_array().unwrap() {
        let (code, file) = (text(value, "code"), text(value, "file"));
        let own: Vec<&str> =
            findings.iter().filter(|(found, _)| *found == code).map(|(_, file)| file.as_str()).collect();
        assert_eq!(own, [file], "{code}");
    }
}

#[test]
fn coverage_is_the_one_worked_out_by_hand() {
    let (merged, _) = round(false);
    let expected = expected();
    let mut got: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for unit in &merged.record.coverage {
        let state = |state| serde_json::to_value(state).unwrap().as_str().unwrap().to_owned();
        let items = unit.items.iter().map(|item| (item.item.clone(), state(item.state)));
        got.insert(unit.unit.clone(), items.collect());
    }
    let expected: BTreeMap<String, BTreeMap<String, String>> =
        serde_json::from_value(expected["coverage"].clone()).unwrap();
    for (unit, items) in &expected {
        for (item, state) in items {
            assert_eq!(got.get(unit).and_then(|own| own.get(item)), Some(state), "{unit} {item}");
        }
    }
    assert_eq!(got.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
}

/// Counted on the raw cells, which know nothing of answers: every paragraph of every table of every file that is not the
/// catalogue's own (questions, units, headings, numbers) stands in the attachment or in its record, whole.
#[test]
fn every_character_of_every_table_is_in_the_attachment_or_the_record() {
    let (merged, _) = round(false);
    let squeezed = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let mut told: Vec<String> = Vec::new();
    for item in &merged.attachment.items {
        told.extend(item.status.iter().flat_map(|status| status.paragraphs.iter().cloned()));
        told.extend(luoshi::model::Remark::join(&item.remarks));
    }
    for conflict in &merged.record.conflicts {
        told.push(conflict.matter.clone());
        told.extend(conflict.versions.iter().flat_map(|version| version.paragraphs.iter().cloned()));
    }
    told.extend(merged.record.asides.iter().flat_map(|aside| aside.paragraphs.iter().cloned()));
    let told = told.iter().map(|text| squeezed(text)).collect::<Vec<_>>().join("\n");
    // What the catalogue and the forms say themselves.
    let catalogue = index().catalogue();
    let mut own: Vec<String> = vec![catalogue.title.clone()];
    own.extend(catalogue.sections.iter().map(|part| [part.label.as_str(), &part.title].concat()));
    own.extend(catalogue.focuses.iter().map(|part| [part.label.as_str(), &part.title].concat()));
    own.extend(
        catalogue.items.iter().flat_map(|item| item.units.iter().chain([&item.matter, &item.id]).cloned()),
    );
    own.extend(catalogue.columns.iter().map(|column| column.heading.clone()));
    let forms = luoshi::forms(index(), &luoshi::FormOptions::default()).value;
    own.extend(forms.iter().flat_map(|form| form.guide.iter().cloned()));
    own.extend(forms.iter().map(|form| format!("填报单位：{}填报期间：2016年", form.name)));
    let own = own.iter().map(|text| squeezed(text)).collect::<Vec<_>>().join("\n");
    let (mut characters, mut lost) = (0, Vec::new());
    for path in fixtures("submissions/2016") {
        let name = path.file_name().unwrap().to_str().unwrap();
        let bytes = std::fs::read(&path).unwrap();
        let input = Input { name: name.into(), bytes: &bytes };
        let Ok(source) = luoshi::inspect(&input, &ReadOptions::default()) else { continue };
        for block in source.value.blocks {
            let SourceBlock::Table(table) = block else { continue };
            for cell in table.grid.cells() {
                for paragraph in &cell.content.paragraphs {
                    for line in
                        paragraph.text.split('\n').map(squeezed).filter(|line| !own.contains(line.as_str()))
                    {
                        // A sentence; names, headings and dates are shorter and say nothing by themselves.
                        if line.chars().count() < 8 || line.starts_with("luoshi.form/1|") {
                            continue;
                        }
                        if let Some(named) = line.strip_prefix("填报单位：") {
                            assert!(is_known_sender(named, name, &merged), "{name} {line}");
                            continue;
                        }
                        characters += line.chars().count();
                        if !told.contains(&line) {
                            lost.push(format!("{name} {line}"));
                        }
                    }
                }
            }
        }
    }
    assert!(characters > 5_000, "{characters}");
    assert_eq!(lost, Vec::<String>::new());
}

/// Whether a line's name and day are what the record says of its file.
fn is_known_sender(line: &str, file: &str, merged: &Merged) -> bool {
    let (name, day) = line.split_once("填报日期：").unwrap_or((line, ""));
    let own = merged.record.files.iter().position(|known| known.name == file).unwrap();
    let day_said = merged.record.files[own].date.clone().unwrap_or_default();
    let [year, month, date] = ["年", "月", "日"].map(|sign| day.find(sign).map(|at| &day[..at]));
    let told_day = day.is_empty() || {
        let month = &month.unwrap()[year.unwrap().len() + "年".len()..];
        let date = &date.unwrap()[day.find('月').unwrap() + "月".len()..];
        day_said == format!("{}-{month:0>2}-{date:0>2}", year.unwrap())
    };
    let said_by = |unit: &str| {
        let known = index().catalogue().units.iter().find(|known| known.name == unit);
        unit == name || known.is_some_and(|known| known.names().any(|known| known == name))
    };
    let of_file = merged.record.files[own].units.iter().map(String::as_str);
    let of_conflicts = merged.record.conflicts.iter().filter(|conflict| {
        conflict.versions.iter().flat_map(|version| &version.places).any(|place| place.file as usize == own)
    });
    let mut names = of_file.chain(of_conflicts.filter_map(|conflict| conflict.unit.as_deref()));
    told_day && names.any(said_by)
}

/// What one file of a unit's own comes to: who is taken to answer which item, and the kinds of conflicts.
fn taken(name: &str, csv: &str) -> (Vec<String>, Vec<ConflictKind>) {
    let options = MergeOptions { policy: Policy::KeepAll, base: None, decisions: None, lead: &lead };
    let mut merger = Merger::new(index(), options);
    let input = Input { name: name.into(), bytes: csv.as_bytes() };
    merger.add(luoshi::submission(&input, Revisions::Accept, index()).unwrap().value);
    let merged = merger.finish().value;
    let mut answered = Vec::new();
    for unit in &merged.record.coverage {
        let items = unit.items.iter().filter(|item| !item.state.is_due());
        answered.extend(items.map(|item| format!("{} {}", unit.unit, item.item)));
    }
    (answered, merged.record.conflicts.iter().map(|conflict| conflict.kind).collect())
}

#[test]
fn nobody_s_answer_goes_to_another_and_nothing_slips_through() {
    use ConflictKind::{Misplaced, Prefilled, UnitUnknown, UnknownItem};
    const HEAD: &str = "序号,自查事项,责任单位,落实情况\n";
    const EDUCATION: &str = "1,推进教育信息公开,区教育局,招生办法全部上网公示。\n";
    const SHARED: &str = "1,政务公开工作人员要加强政策理论学习和业务研究,各部门,每季度学习一次业务规定。\n";
    let row = |text: &str| [HEAD, text].concat();
    let stacked = ["填报单位：区国资委,,,\n", HEAD, SHARED, "填报单位：区地税局,,,\n", SHARED].concat();
    const TWO: &str =
        "自查事项,落实情况\n政务公开工作人员要加强政策理论学习和业务研究,每季度学习一次业务规定。\n";
    let narrow = ["填报单位：区国资委,\n", TWO, "填报单位：区地税局,\n", TWO].concat();
    let headed = ["一、区国资委,,,\n", HEAD, SHARED, "二、区地税局,,,\n", SHARED].concat();
    let shares = "1,实行收费目录清单管理,\"区发改局、区财政局\",\"区发改局：\n区财政局：目录已修订。\"\n2,推进教育信息公开,区教育局,已公示。\n";
    let cases: [(&str, String, &[&str], &[ConflictKind]); 18] = [
        ("区教育局.csv", row(EDUCATION), &["区教育局 2016-036"], &[]),
        ("附件1.csv", row(EDUCATION), &["区教育局 2016-036"], &[]),
        // Another place's bureau, and the city's.
        ("湖里区文体局.csv", row(SHARED), &[], &[UnitUnknown]),
        ("市教育局.csv", row(SHARED), &[], &[UnitUnknown]),
        // Two names in a file's name: the one that is asked, and nobody where both are.
        (
            "区教育局报区委宣传部.csv",
            row("1,推进教育信息公开,,招生办法全部上网公示。\n"),
            &["区教育局 2016-036"],
            &[],
        ),
        ("区教育局报区委宣传部.csv", row(SHARED), &[], &[UnitUnknown]),
        // Texts in columns that number, ask, and name units.
        (
            "区教育局.csv",
            row("1,推进教育信息公开,\"区教育局\n招生办法全部上网公示，咨询已答复。\",\n"),
            &[],
            &[Misplaced],
        ),
        (
            "区教育局.csv",
            row("招生办法全部上网公示。,推进教育信息公开,区教育局,\n2,加强专家库建设,,\n"),
            &[],
            &[Misplaced],
        ),
        (
            "区教育局.csv",
            row("1,推进教育信息公开招生办法全部上网公示咨询已经全部答复完毕,区教育局,\n"),
            &[],
            &[UnknownItem],
        ),
        // Last year's mark, wherever it stands.
        (
            "区教育局.csv",
            row("1,推进教育信息公开,区教育局,\"本期照旧。\n【 上期 】去年公示。\"\n"),
            &[],
            &[Prefilled],
        ),
        // A seal beside the name; forms one below another.
        ("a.csv", ["填报单位：区教育局（盖章）,,,\n", HEAD, EDUCATION].concat(), &["区教育局 2016-036"], &[]),
        ("a.csv", stacked, &["区地税局 2016-066", "区国资委 2016-066"], &[]),
        ("a.csv", narrow, &["区地税局 2016-066", "区国资委 2016-066"], &[]),
        ("a.csv", headed, &["区地税局 2016-066", "区国资委 2016-066"], &[]),
        // A signature, where nothing else says whose it is.
        (
            "附件1.csv",
            row(&[SHARED, "海沧区国资委,,,\n2016年12月5日,,,\n"].concat()),
            &["区国资委 2016-066"],
            &[],
        ),
        ("a.csv", ["单位：区国资委国库科（盖章）,,,\n", HEAD, SHARED].concat(), &["区国资委 2016-066"], &[]),
        // A compilation in which one name has nothing behind it.
        ("汇总.csv", row(shares), &["区财政局 2016-017", "区教育局 2016-036"], &[]),
        // A day beneath a blank line for the sender, and a numbered row that nobody filled in.
        (
            "区教育局.csv",
            ["填报单位：,,,\n2016年12月5日,,,\n", &row(EDUCATION), "2,,,\n"].concat(),
            &["区教育局 2016-036"],
            &[],
        ),
    ];
    for (name, csv, answered, kinds) in cases {
        let taken = taken(name, &csv);
        assert_eq!(
            (taken.0, taken.1.as_slice()),
            (answered.iter().map(|text| (*text).to_owned()).collect(), kinds),
            "{name}\n{csv}"
        );
    }
}
