//! Bodies that were renamed, merged, split or dissolved since a list was written: whose forms go out, whose answers count.
//!
//! Not here: how a directory is checked, and who follows whom on which day (normalizer).

use luoshi::model::{Catalogue, ConflictKind, Policy};
use luoshi::{CatalogueIndex, FormOptions, Input, MergeOptions, Merger, Outcome, Revisions, forms};

const CATALOGUE: &str = r#"{"schema":"luoshi.catalogue/1","id":"t-2019","title":"海沧区2019年落实情况表","due":"2019-12-10",
"numbering":"continuous","columns":[{"key":"number","heading":"序号"},{"key":"matter","heading":"事项"},
{"key":"units","heading":"责任单位"},{"key":"status","heading":"落实情况"}],"sections":[],"focuses":[],
"items":[{"id":"a","number":1,"matter":"推进医疗信息公开","units":["区卫计局"]},
{"id":"b","number":2,"matter":"推进企业服务信息公开","units":["区经信局"]},
{"id":"c","number":3,"matter":"推进价格信息公开","units":["区物价局"]},
{"id":"d","number":4,"matter":"及时更新信息","units":["各部门"]}],
"units":[{"name":"区卫计局","to":"2018-12-31","successors":["区卫健局"]},{"name":"区卫健局","from":"2019-01-01"},
{"name":"区经信局","to":"2018-12-31","successors":["区工信局","区商务局"]},{"name":"区工信局"},{"name":"区商务局"},
{"name":"区物价局","to":"2018-12-31"},
{"name":"各部门","collective":true,"members":["区卫计局","区卫健局","区工信局"]}]}"#;

fn index() -> CatalogueIndex {
    CatalogueIndex::new(Catalogue::from_json(CATALOGUE.as_bytes()).unwrap())
}

fn codes<T>(outcome: &Outcome<T>) -> Vec<(&'static str, &str)> {
    let told = outcome.diagnostics.iter().filter(|finding| finding.code.starts_with("unit-"));
    let name =
        |finding: &'_ luoshi::Diagnostic| finding.arguments.iter().position(|(name, _)| *name == "name");
    told.filter_map(|finding| Some((finding.code, finding.arguments[name(finding)?].1.as_str()))).collect()
}

#[test]
fn forms_go_to_whoever_took_over() {
    let outcome = forms(&index(), &FormOptions::default());
    let sent: Vec<(String, Vec<String>)> = outcome
        .value
        .iter()
        .map(|form| {
            let items = form.attachment.items.iter().map(|item| item.id.clone());
            (form.mark.unit.clone(), items.collect())
        })
        .collect();
    let expected = [("区卫健局", &["a", "d"][..]), ("区工信局", &["b", "d"]), ("区商务局", &["b"])];
    let owned = |(unit, items): &(&str, &[&str])| {
        ((*unit).to_owned(), items.iter().map(|item| (*item).to_owned()).collect::<Vec<_>>())
    };
    assert_eq!(sent, expected.iter().map(owned).collect::<Vec<_>>());
    let expected = [("unit-ended", "区物价局"), ("unit-replaced", "区卫计局"), ("unit-replaced", "区经信局")];
    assert_eq!(codes(&outcome), expected);
}

#[test]
fn answers_under_a_former_name_are_the_successor_s_where_there_is_one() {
    let index = index();
    let lead = |unit: &str| format!("{unit}：");
    let options = MergeOptions { policy: Policy::KeepAll, base: None, decisions: None, lead: &lead };
    let mut merger = Merger::new(&index, options);
    let mut told = Vec::new();
    for (name, csv) in [
        ("区卫计局.csv", "事项,落实情况\n推进医疗信息公开,门诊排班每周公开。\n"),
        ("甲.csv", "填报单位：区经信局,\n事项,落实情况\n推进企业服务信息公开,培训计划已公开。\n"),
        ("区商务局.csv", "事项,落实情况\n推进企业服务信息公开,消费券发放规则已公开。\n"),
    ] {
        let input = Input { name: name.into(), bytes: csv.as_bytes() };
        let outcome = luoshi::submission(&input, Revisions::Accept, &index).unwrap();
        told.extend(outcome.diagnostics.iter().map(|finding| (finding.code, name)));
        merger.add(outcome.value);
    }
    assert_eq!(told, [("sender-ended", "甲.csv")]);
    let merged = merger.finish().value;
    let said: Vec<String> =
        merged.attachment.items.iter().map(|item| item.status.clone().unwrap().paragraphs.concat()).collect();
    assert_eq!(said, ["门诊排班每周公开。", "消费券发放规则已公开。", "", ""]);
    let outside: Vec<_> = merged.record.conflicts.iter().map(|one| (one.kind, one.unit.as_deref())).collect();
    assert_eq!(outside, [(ConflictKind::Outside, Some("区经信局"))]);
    let due: Vec<&str> = merged
        .record
        .coverage
        .iter()
        .filter(|unit| unit.files.is_empty())
        .map(|unit| unit.unit.as_str())
        .collect();
    assert_eq!(due, ["区工信局"]);
}

#[test]
fn a_list_of_members_may_name_whoever_ever_was_one() {
    let json = CATALOGUE
        .replace(r#"{"name":"区商务局"}"#, r#"{"name":"区商务局","from":"2020-01-01"}"#)
        .replace(r#""members":["区卫计局","#, r#""members":["区物价局","区商务局","区卫计局","#)
        .replace(r#","successors":["区工信局","区商务局"]"#, r#","successors":["区工信局"]"#);
    let index = CatalogueIndex::new(Catalogue::from_json(json.as_bytes()).unwrap());
    let outcome = forms(&index, &FormOptions::default());
    let sent: Vec<&str> = outcome.value.iter().map(|form| form.mark.unit.as_str()).collect();
    assert_eq!(sent, ["区卫健局", "区工信局"]);
    let told = outcome.diagnostics.iter().find(|finding| finding.code == "members-absent").unwrap();
    assert_eq!(told.arguments, [("name", "各部门".to_owned()), ("units", "区物价局、区商务局".to_owned())]);
}

#[test]
fn a_successor_of_several_is_shown_what_each_said() {
    let catalogue = CATALOGUE
        .replace(
            r#"{"name":"区工信局"}"#,
            r#"{"name":"区科技局","to":"2018-12-31","successors":["区工信局"]},{"name":"区工信局"}"#,
        )
        .replace(r#","successors":["区工信局","区商务局"]"#, r#","successors":["区工信局"]"#)
        .replace(r#""units":["区经信局"]"#, r#""units":["区经信局","区科技局"]"#);
    let index = CatalogueIndex::new(Catalogue::from_json(catalogue.as_bytes()).unwrap());
    let csv = "序号,事项,责任单位,落实情况\n2,推进企业服务信息公开,区经信局、区科技局,\"区经信局：培训计划已公开。\n区科技局：申报指南已公开。\"\n";
    let input = Input { name: "上期.csv".into(), bytes: csv.as_bytes() };
    let last = luoshi::attachments(&input, &index).unwrap().value.remove(0);
    let form = forms(&index, &FormOptions { prefill: Some(&last) }).value;
    let form = form.iter().find(|form| form.mark.unit == "区工信局").unwrap();
    let status = form.attachment.items.iter().find(|item| item.id == "b").unwrap().status.as_ref().unwrap();
    assert_eq!(status.paragraphs, ["【上期】培训计划已公开。", "【上期】申报指南已公开。"]);
}

#[test]
fn another_due_day_may_ask_others_and_says_so() {
    let program = crate::support::Program::new();
    std::fs::write(program.path("c.json"), CATALOGUE).unwrap();
    let forms = |due: &str, folder: &str| {
        let run = program.run(&["forms", "c.json", "-o", folder, "--due", due]);
        let mut names: Vec<String> = std::fs::read_dir(program.path(folder))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        (names, run.stderr.contains("due-moves-units"))
    };
    let (names, told) = forms("2019-12-20", "后");
    assert_eq!((names.len(), told), (3, false));
    let (names, told) = forms("2018-06-30", "前");
    assert!(told && names.contains(&"区卫计局.docx".to_owned()), "{names:?}");
}
