//! Two periods of the main fixture side by side: every kind of change, against what a person wrote down
//! (`tests/expected/changes-2017.txt`).
//!
//! Not here: the laws of a comparison (reconcile), and how it is shown.

use std::collections::BTreeMap;

use luoshi::model::{Attachment, ChangeSet, ColumnKey, ItemPair};
use luoshi::{CatalogueChoice, CatalogueIndex, Input, ReadOptions, diff, read, review};

use crate::support::{Program, attachment, fixture, root};

pub(crate) fn index() -> CatalogueIndex {
    let bytes = std::fs::read(fixture("catalogues/haicang-2017.json")).unwrap();
    luoshi::catalogue(&Input { name: "2017.json".into(), bytes: &bytes }).unwrap()
}

/// The two periods and what changed between them.
pub(crate) fn compared(format: &str) -> (Attachment, Attachment, ChangeSet) {
    let index = index();
    let old = attachment(&fixture(&format!("{format}/attachment-2016.{format}")));
    let bytes = std::fs::read(fixture(&format!("{format}/attachment-2017.{format}"))).unwrap();
    let options = ReadOptions { catalogue: CatalogueChoice::Given(&index), ..ReadOptions::default() };
    let new = read(&Input { name: "2017".into(), bytes: &bytes }, &options).unwrap().value;
    let mut changes = diff::diff(&old, &new, diff::Options { links: &[], catalogue: Some(&index) });
    changes.review = review::review(&old, &new, &changes, Some(&index));
    (old, new, changes)
}

/// What was written down, by heading; the items stand under none.
fn expected() -> BTreeMap<String, Vec<String>> {
    let text = std::fs::read_to_string(root().join("tests/expected/changes-2017.txt")).unwrap();
    let mut parts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut heading = String::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line.strip_prefix("= ") {
            Some(name) => heading = name.split(':').next().unwrap().to_owned(),
            None => parts.entry(heading.clone()).or_default().push(line.trim_end().to_owned()),
        }
    }
    parts
}

fn short(id: &str) -> String {
    id.strip_prefix("2016-").unwrap_or(id).to_owned()
}

fn name<T: serde::Serialize>(value: T) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
}

fn or_dash(text: String) -> String {
    if text.is_empty() { "-".to_owned() } else { text }
}

fn new_id(pair: &ItemPair) -> String {
    short(pair.new.as_deref().unwrap())
}

fn told(changes: &ChangeSet) -> BTreeMap<String, Vec<String>> {
    let id = |at: &Option<luoshi::model::ItemAt>| at.as_ref().map_or("-".to_owned(), |at| short(&at.id));
    let item = |item: &luoshi::model::ItemChange| {
        let question = item.question.iter().map(name).collect::<Vec<_>>().join(" ");
        let unit = |change: &luoshi::model::UnitChange| {
            [change.old.as_deref().unwrap_or(""), ">", change.new.as_deref().unwrap_or("")].concat()
        };
        let units = item.units.iter().map(unit).collect::<Vec<_>>().join(" ");
        let column = |key: ColumnKey| {
            let own = item.columns.iter().find(|column| column.column == key);
            own.map_or("-".to_owned(), |column| name(column.change))
        };
        let tied = item.tied.map_or("-".to_owned(), |tied| name(tied.by));
        let fields = [id(&item.old), id(&item.new), tied, or_dash(question), or_dash(units)];
        [&fields[..], &[column(ColumnKey::Status), column(ColumnKey::Remarks)]].concat().join(" | ")
    };
    let mut parts = BTreeMap::from([(String::new(), changes.items.iter().map(item).collect::<Vec<_>>())]);
    let mut put = |heading: &str, lines: Vec<String>| drop(parts.insert(heading.to_owned(), lines));
    let changed = changes.sections.iter().chain(&changes.focuses);
    let changed = changed.filter(|part| !part.changes.is_empty() || part.old.is_none() || part.new.is_none());
    let part = |part: &luoshi::model::PartChange| {
        let changes = part.changes.iter().map(name).collect::<Vec<_>>().join(" ");
        [part.old.clone().unwrap_or("-".into()), part.new.clone().unwrap_or("-".into()), changes].join(" | ")
    };
    put("parts", changed.map(part).collect());
    put(
        "proposals",
        changes.proposals.iter().map(|one| [short(&one.old), short(&one.new)].join(" | ")).collect(),
    );
    let review = &changes.review;
    let ids = |ids: &[String]| ids.iter().map(|id| short(id)).collect::<Vec<_>>().join(" ");
    put("lineage", review.lineage.iter().map(|one| [ids(&one.old), ids(&one.new)].join(" | ")).collect());
    let problem = |one: &luoshi::model::ProblemChange| {
        let text = if one.old.is_empty() { &one.new } else { &one.old };
        let text = text.split('，').next().unwrap();
        format!("{} | {} | {text} | {}", new_id(&one.item), name(one.fate), one.evidence)
            .trim_end()
            .to_owned()
    };
    put("problems", review.problems.iter().map(problem).collect());
    put(
        "carried",
        review.carried.iter().map(|one| format!("{} | {}", new_id(&one.item), one.column)).collect(),
    );
    let left = |one: &luoshi::model::Leftover| {
        format!("{} | {} | {}", new_id(&one.item), one.text, if one.was_there { "yes" } else { "no" })
    };
    put("left over", review.leftovers.iter().map(left).collect());
    put(
        "evidence",
        review.evidence.iter().map(|one| format!("{} | {}", new_id(&one.item), one.text)).collect(),
    );
    let class = |one: &luoshi::model::ClassChange| {
        let of = |class: &Option<luoshi::model::Classed>| name(class.as_ref().unwrap().class);
        format!("{} | {} | {}", new_id(&one.item), of(&one.old), of(&one.new))
    };
    put("regressed", review.classes.iter().filter(|one| one.regressed).map(class).collect());
    let mut figures = Vec::new();
    for item in &changes.items {
        for figure in item.columns.iter().flat_map(|column| &column.quantities) {
            figures.push(format!("{} | {} | {}", id(&item.new), figure.old_text, figure.new_text));
        }
    }
    put("figures", figures);
    parts
}

#[test]
fn every_change_is_seen_as_a_person_sees_it() {
    for format in ["docx", "xlsx"] {
        let (old, new, changes) = compared(format);
        let (told, expected) = (told(&changes), expected());
        assert_eq!(told.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
        for (heading, lines) in &expected {
            for (at, line) in lines.iter().enumerate() {
                assert_eq!(told[heading].get(at), Some(line), "{format} {heading}");
            }
            assert_eq!(told[heading].len(), lines.len(), "{format} {heading}");
        }
        let forgotten = |one: &Attachment| Attachment { provenance: Default::default(), ..one.clone() };
        assert_eq!(diff::apply(&changes, &old).unwrap(), forgotten(&new));
        assert!(changes.review.falls.is_empty());
    }
}

#[test]
fn the_readme_s_comparison_runs_as_written() {
    for readme in ["README.md", "README.zh-CN.md"] {
        let text = std::fs::read_to_string(root().join(readme)).unwrap();
        let block = text.split("```sh compare\n").nth(1).unwrap().split("```").next().unwrap();
        let program = Program::new();
        for (from, to) in [
            ("docx/attachment-2016.docx", "2016年附件.docx"),
            ("docx/attachment-2017.docx", "2017年附件.docx"),
            ("catalogues/haicang-2017.json", "2017.json"),
        ] {
            std::fs::copy(fixture(from), program.path(to)).unwrap();
        }
        let mut exits = Vec::new();
        for line in block.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            assert_eq!(words[0], "luoshi");
            let run = program.run(&words[1..]);
            exits.push(run.exit.unwrap());
            assert!(run.exit != Some(2), "{line}\n{}", run.stderr);
            // What a person does between the two: it says of the pair that was proposed that it is one question.
            let links = std::fs::read_to_string(program.path("对应.json")).unwrap();
            std::fs::write(program.path("对应.json"), links.replace("\"same\": null", "\"same\": true"))
                .unwrap();
        }
        // Three questions are gone, and after the pair was confirmed two.
        assert_eq!(exits, [0, 1], "{readme}");
        let changes = ChangeSet::from_json(&std::fs::read(program.path("对照.json")).unwrap()).unwrap();
        let link = changes.items.iter().find(|item| item.tied.is_some_and(|tied| name(tied.by) == "link"));
        assert!(link.is_some() && changes.proposals.is_empty());
        assert_eq!(changes.items.iter().filter(|item| item.new.is_none()).count(), 2);
    }
}

#[test]
fn a_cumulative_figure_can_not_fall() {
    let read = |title: &str, text: &str| {
        let csv = format!("{title},,\n序号,自查事项,落实情况\n1,办好政府公报,{text}\n");
        read(&Input { name: "x.csv".into(), bytes: csv.as_bytes() }, &ReadOptions::default()).unwrap().value
    };
    let falls = |old: (&str, &str), new: (&str, &str)| {
        let (old, new) = (read(old.0, old.1), read(new.0, new.1));
        let changes = diff::diff(&old, &new, diff::Options::default());
        let review = review::review(&old, &new, &changes, None);
        review
            .falls
            .iter()
            .map(|fall| format!("{}→{}", fall.quantity.old_text, fall.quantity.new_text))
            .collect::<Vec<_>>()
    };
    let (half, ten) = ("2016年1-6月落实情况表", "2016年1-10月落实情况表");
    let (last, this) = ("2016年落实情况表", "2017年落实情况表");
    // In one year what was printed up to June can't be fewer in October; a share can.
    assert_eq!(falls((half, "印制公报120期。"), (ten, "印制公报90期。")), ["120期→90期"]);
    assert_eq!(falls((half, "满意率为98%。"), (ten, "满意率为90%。")), Vec::<String>::new());
    assert_eq!(falls((half, "印制公报90期。"), (ten, "印制公报120期。")), Vec::<String>::new());
    // From year to year only what is counted since ever.
    assert_eq!(falls((last, "印制公报120期。"), (this, "印制公报90期。")), Vec::<String>::new());
    assert_eq!(falls((last, "累计印制公报120期。"), (this, "累计印制公报90期。")), ["120期→90期"]);
    assert_eq!(
        falls((last, "全年累计印制公报120期。"), (this, "全年累计印制公报90期。")),
        Vec::<String>::new()
    );
    assert_eq!(falls((last, "累计办结率98%。"), (this, "累计办结率95%。")), Vec::<String>::new());
    assert_eq!(falls((last, "累计印制公报近120期。"), (this, "累计印制公报90期。")), Vec::<String>::new());
    // What is left to do may well be less.
    assert_eq!(falls((half, "尚有13处未整改。"), (ten, "尚有5处未整改。")), Vec::<String>::new());
}

#[test]
fn shares_of_a_joined_answer_are_told_one_by_one() {
    let joined = |text: &str| {
        let csv = format!(
            "序号,自查事项,责任单位,落实情况\n1,实行收费目录清单管理,\"区发改局、区财政局\",\"{text}\"\n"
        );
        let options = ReadOptions {
            catalogue: CatalogueChoice::Given(luoshi::built_in("haicang-2016").unwrap()),
            ..ReadOptions::default()
        };
        read(&Input { name: "x.csv".into(), bytes: csv.as_bytes() }, &options).unwrap().value
    };
    let old = joined("区发改局：目录每季度核对一次。\n区财政局：停征项目已划线注明。");
    let new = joined("区发改局：目录每季度核对一次。\n区财政局：停征项目移到页面底部。");
    let changes = diff::diff(&old, &new, diff::Options::default());
    let review = review::review(&old, &new, &changes, None);
    let told: Vec<(&str, String)> =
        review.carried.iter().map(|one| (one.unit.as_str(), one.paragraphs.concat())).collect();
    assert_eq!(told, [("区发改局", "目录每季度核对一次。".to_owned())]);
}

#[test]
fn items_and_problems_are_followed_over_more_than_two_periods() {
    let table = |year: u32, rows: &str| {
        let csv = format!("{year}年落实情况表,,,\n序号,自查事项,落实情况,典型做法及问题概述\n{rows}");
        read(&Input { name: "x.csv".into(), bytes: csv.as_bytes() }, &ReadOptions::default()).unwrap().value
    };
    let periods = [
        table(
            2015,
            "1,办好政府公报,每月一期。,存在问题：公报印数太少。\n2,更新机构职能,已更新。,存在问题：职能表述陈旧。\n",
        ),
        table(2016, "1,办好政府公报,每月一期。,存在问题：公报印数仍太少。\n2,做好档案查阅,新设一处。,\n"),
        table(
            2017,
            "1,做好档案查阅,新设两处。,存在问题：查阅点指示牌不清。\n2,办好政府公报,印数已全部补齐，公报送到社区。,\n",
        ),
    ];
    let steps: Vec<ChangeSet> = periods
        .windows(2)
        .map(|pair| {
            let mut changes = diff::diff(&pair[0], &pair[1], diff::Options::default());
            changes.review = review::review(&pair[0], &pair[1], &changes, None);
            changes
        })
        .collect();
    let history = review::history(&periods, &steps);
    assert_eq!(history.periods, ["2015年", "2016年", "2017年"]);
    let items: Vec<(&str, Vec<bool>)> = history
        .items
        .iter()
        .map(|item| (item.matter.as_str(), item.ids.iter().map(Option::is_some).collect()))
        .collect();
    let expected = [
        ("办好政府公报", vec![true, true, true]),
        ("更新机构职能", vec![true, false, false]),
        ("做好档案查阅", vec![false, true, true]),
    ];
    assert_eq!(items, expected);
    let problems: Vec<(String, u32, &str)> = history
        .problems
        .iter()
        .map(|one| {
            (name(one.fate), one.age(), one.texts.iter().find(|text| !text.is_empty()).unwrap().as_str())
        })
        .collect();
    let expected = [
        ("closed".to_owned(), 2, "公报印数太少"),
        ("vanished".to_owned(), 1, "职能表述陈旧"),
        ("new".to_owned(), 1, "查阅点指示牌不清"),
    ];
    assert_eq!(problems, expected);
    let mut last = steps[1].review.problems.clone();
    review::with_ages(&mut last, &history);
    let ages: Vec<u32> = last.iter().filter(|one| one.old.contains("印数")).map(|one| one.age).collect();
    assert_eq!(ages, [2]);
}

/// Two periods of a table of these rows, number left out, and what a person must look at.
fn reviewed(old: &str, new: &str) -> (ChangeSet, luoshi::model::Review) {
    let table = |year: u32, rows: &str| {
        let csv = format!("{year}年落实情况表,,,\n自查事项,责任单位,落实情况,典型做法及问题概述\n{rows}");
        read(&Input { name: "x.csv".into(), bytes: csv.as_bytes() }, &ReadOptions::default()).unwrap().value
    };
    let (old, new) = (table(2016, old), table(2017, new));
    let changes = diff::diff(&old, &new, diff::Options::default());
    let review = review::review(&old, &new, &changes, None);
    (changes, review)
}

#[test]
fn one_question_asked_of_several_units_keeps_its_rows_apart() {
    let (changes, _) = reviewed(
        "及时更新信息,区财政局,更新55条。,\n及时更新信息,区教育局,更新31条。,\n",
        "及时更新信息,区编办,更新2条。,\n及时更新信息,区财政局,更新55条。,\n及时更新信息,区教育局,更新31条。,\n",
    );
    let told: Vec<(Option<u32>, Option<u32>)> = changes
        .items
        .iter()
        .map(|item| (item.old.as_ref().map(|at| at.at), item.new.as_ref().map(|at| at.at)))
        .collect();
    assert_eq!(told, [(Some(0), Some(1)), (None, Some(0)), (Some(1), Some(2))]);
    let same =
        |item: &luoshi::model::ItemChange| item.columns.iter().all(|one| name(one.change) == "unchanged");
    assert!(changes.items.iter().all(same));
}

#[test]
fn a_problem_is_closed_only_where_something_says_so() {
    let fate = |new: &str| {
        let old = "推进教育信息公开,区教育局,公开。,存在问题：部分学校网页更新慢。\n";
        let (_, review) = reviewed(old, &format!("推进教育信息公开,区教育局,{new},\n"));
        name(review.problems[0].fate)
    };
    assert_eq!(fate("学校网页更新慢的问题已解决。"), "closed");
    for text in ["学校网页更新慢的问题至今未整改到位。", "学校网页更新慢，尚未解决。"]
    {
        assert_eq!(fate(text), "persisting", "{text}");
    }
    for text in
        ["力争2018年底前学校网页已更新。", "区教育局班车时刻表已更新。", "食堂账目问题尚未解决。", "公开。"]
    {
        assert_eq!(fate(text), "vanished", "{text}");
    }
}

#[test]
fn what_goes_on_into_this_period_is_not_left_over() {
    let left = |text: &str| {
        let (_, review) =
            reviewed("办好政府公报,区政府办,每月一期。,\n", &format!("办好政府公报,区政府办,{text},\n"));
        review.leftovers.into_iter().map(|one| one.text).collect::<Vec<_>>()
    };
    assert_eq!(left("2016年12月印发《2016年公报目录》。"), ["2016年12月", "《2016年公报目录》"]);
    for text in [
        "按《2016—2020年规划》办理。",
        "2016年至2017年共印24期。",
        "较2016年多两期。",
        "自2016年起每月一期。",
        "2017年印12期。",
    ] {
        assert_eq!(left(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn two_different_lists_are_refused_and_repeated_questions_told() {
    let program = Program::new();
    let list = |name: &str, rows: &[&str]| {
        let rows: Vec<String> = rows.iter().map(|row| format!("{row},已办。\n")).collect();
        let csv = ["自查事项,落实情况\n", &rows.concat()].concat();
        std::fs::write(program.path(name), csv).unwrap();
    };
    list(
        "甲.csv",
        &[
            "推进教育信息公开",
            "办好政府公报",
            "加强专家库建设",
            "做好减灾救灾",
            "清理规范性文件",
            "清理规范性文件",
        ],
    );
    list("乙.csv", &["修剪行道树", "疏通下水道", "粉刷围墙", "更换路灯", "清运渣土"]);
    let run = program.run(&["diff", "甲.csv", "乙.csv", "--catalogue", "none", "-o", "对照.json"]);
    assert_eq!(run.exit, Some(2));
    assert!(run.stderr.contains("lists-differ") && run.stderr.lines().count() < 6, "{}", run.stderr);
    assert!(!program.path("对照.json").exists());
    let run = program.run(&["diff", "甲.csv", "甲.csv", "--catalogue", "none", "-o", "对照.json"]);
    assert_eq!(run.exit, Some(0));
    assert!(run.stderr.contains("question-repeated"), "{}", run.stderr);
    // What a person said of an id that neither has is told.
    let links = r#"{"schema":"luoshi.links/1","links":[{"old":"没有","new":"没有","same":true}]}"#;
    std::fs::write(program.path("对应.json"), links).unwrap();
    let run = program.run(&[
        "diff",
        "甲.csv",
        "甲.csv",
        "--catalogue",
        "none",
        "--links",
        "对应.json",
        "-o",
        "对照.json",
    ]);
    assert!(run.stderr.contains("link-unknown"), "{}", run.stderr);
}
