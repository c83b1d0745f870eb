//! What an editor decided, and what it does to the next merge: choices, texts of one's own, questions put to items, edits by hand.
//!
//! Not here: the program's command line for it (round), and that no decision is ever dropped (the laws of reconcile).

use luoshi::model::{Attachment, ColumnKey, ConflictKind, ConflictState, Decisions};
use luoshi::{Editor, Input, MergeOptions, Merged, Merger, Outcome, Revisions, edited, write_merge};

const HEAD: &str = "序号,自查事项,责任单位,落实情况\n";

fn index() -> &'static luoshi::CatalogueIndex {
    luoshi::built_in("haicang-2016").unwrap()
}

fn merge(files: &[(&str, &str)], decisions: Option<&Decisions>) -> Outcome<Merged> {
    let lead = |unit: &str| format!("{unit}：");
    let mut merger =
        Merger::new(index(), MergeOptions { policy: Default::default(), base: None, decisions, lead: &lead });
    for (name, rows) in files {
        let text = [HEAD, rows].concat();
        let input = Input { name: (*name).into(), bytes: text.as_bytes() };
        merger.add(luoshi::submission(&input, Revisions::Accept, index()).unwrap().value);
    }
    merger.finish()
}

fn status(attachment: &Attachment, id: &str) -> String {
    let item = attachment.items.iter().find(|item| item.id == id).unwrap();
    item.status.as_ref().unwrap().paragraphs.join("\n")
}

fn kinds(merged: &Merged) -> Vec<(ConflictKind, ConflictState)> {
    merged.record.conflicts.iter().map(|one| (one.kind, one.state)).collect()
}

fn codes<T>(outcome: &Outcome<T>) -> Vec<&'static str> {
    // Whom to remind is told of every unit but one.
    let others = ["unit-silent", "answers-missing", "group-unresolved"];
    outcome.diagnostics.iter().map(|finding| finding.code).filter(|code| !others.contains(code)).collect()
}

#[test]
fn a_question_that_no_catalogue_asks_is_put_to_an_item_or_to_none() {
    let files = [("区教育局.csv", "1,教育方面的信息公开情况如何,,招生办法已公示。\n")];
    let first = merge(&files, None);
    assert_eq!(codes(&first), ["answer-without-item"]);
    assert_eq!(kinds(&first.value), [(ConflictKind::UnknownItem, ConflictState::Open)]);
    let question = &first.value.decisions.questions[0];
    assert_eq!(question.matter, "教育方面的信息公开情况如何");
    assert_eq!(question.like.as_deref(), Some("2016-036 推进教育信息公开"));
    assert_eq!(
        (question.versions[0].unit.as_str(), &question.versions[0].files),
        ("区教育局", &vec!["区教育局.csv".to_owned()])
    );

    let mut decisions = first.value.decisions.clone();
    decisions.questions[0].item = Some("2016-036".to_owned());
    decisions.questions[0].by = "王小明".to_owned();
    let put = merge(&files, Some(&decisions)).value;
    assert_eq!(status(&put.attachment, "2016-036"), "招生办法已公示。");
    assert_eq!(kinds(&put), [(ConflictKind::Retyped, ConflictState::Noted)]);
    assert_eq!(put.decisions, decisions);
    // A later answer under the same words goes the same way; a file without it keeps the decision.
    let later = [("区教育局.csv", "1,教育方面的信息公开情况如何？,,招生办法已更新。\n")];
    let later = merge(&later, Some(&decisions));
    assert_eq!(status(&later.value.attachment, "2016-036"), "招生办法已更新。");
    // It is about another answer than was decided on, and says so until somebody has looked.
    assert_eq!(codes(&later), ["question-outdated"]);
    let told = &later.value.decisions.questions[0];
    assert_eq!((told.item.as_deref(), &told.versions), (Some("2016-036"), &decisions.questions[0].versions));
    assert_eq!(told.now[0].paragraphs, ["招生办法已更新。"]);
    let gone = [("区教育局.csv", "1,推进教育信息公开,,招生办法已公示。\n")];
    assert_eq!(merge(&gone, Some(&decisions)).value.decisions, decisions);

    decisions.questions[0].item = Some(String::new());
    let none = merge(&files, Some(&decisions)).value;
    assert_eq!(status(&none.attachment, "2016-036"), "");
    assert_eq!(kinds(&none), [(ConflictKind::UnknownItem, ConflictState::Decided)]);

    // Of two the later one holds, however often they are written down again; an open one takes nothing back.
    let mut two = decisions.clone();
    two.questions.push(luoshi::model::QuestionDecision {
        matter: "教育方面的信息公开情况如何？".to_owned(),
        item: Some("2016-036".to_owned()),
        ..Default::default()
    });
    two.questions.push(luoshi::model::QuestionDecision { item: None, ..decisions.questions[0].clone() });
    let once = merge(&files, Some(&two));
    assert_eq!(codes(&once), ["decision-twice"]);
    let again = merge(&files, Some(&once.value.decisions));
    for outcome in [&once, &again] {
        assert_eq!(status(&outcome.value.attachment, "2016-036"), "招生办法已公示。");
        assert_eq!(outcome.value.decisions.questions.len(), 2);
    }
    assert_eq!(once.value.decisions.to_json(), again.value.decisions.to_json());

    decisions.questions[0].item = Some("2016-999".to_owned());
    let wrong = merge(&files, Some(&decisions));
    assert_eq!(codes(&wrong), ["question-item-unknown", "answer-without-item"]);
    assert_eq!(wrong.value.decisions, decisions);
}

#[test]
fn an_answer_without_any_question_can_be_put_to_an_item() {
    let files = [("区教育局.csv", "1,推进教育信息公开,,招生办法已公示。\n2,,,开放日接待家长。\n")];
    let first = merge(&files, None).value;
    // A row without number and question goes on with the one above; one with a number is a row of its own.
    assert_eq!(kinds(&first), [(ConflictKind::UnknownItem, ConflictState::Open)]);
    let mut decisions = first.decisions;
    assert_eq!(decisions.questions[0].matter, "");
    decisions.questions[0].item = Some("2016-038".to_owned());
    let put = merge(&files, Some(&decisions)).value;
    // The item is not asked of the unit, so its answer waits there for a second decision.
    let at_item: Vec<_> = put.record.conflicts.iter().map(|one| (one.kind, one.item.as_deref())).collect();
    let expected = [(ConflictKind::Retyped, Some("2016-038")), (ConflictKind::Outside, Some("2016-038"))];
    assert_eq!(at_item, expected);
    assert_eq!(put.decisions.questions, decisions.questions);
}

#[test]
fn a_text_in_a_wrong_column_can_be_chosen() {
    let files = [("区教育局.csv", "1,推进教育信息公开,\"区教育局\n招生办法全部上网公示，咨询已答复。\",\n")];
    let first = merge(&files, None).value;
    assert_eq!(kinds(&first), [(ConflictKind::Misplaced, ConflictState::Open)]);
    assert_eq!(first.record.conflicts[0].column, Some(ColumnKey::Units));
    let mut decisions = first.decisions;
    let decision = &mut decisions.decisions[0];
    assert_eq!(
        (decision.item.as_str(), &decision.column, decision.versions[0].paragraphs.concat().as_str()),
        ("2016-036", &ColumnKey::Status, "招生办法全部上网公示，咨询已答复。")
    );
    decision.choose = vec![decision.versions[0].id.clone()];
    let chosen = merge(&files, Some(&decisions)).value;
    assert_eq!(status(&chosen.attachment, "2016-036"), "招生办法全部上网公示，咨询已答复。");
    assert_eq!(kinds(&chosen), [(ConflictKind::Misplaced, ConflictState::Decided)]);
}

#[test]
fn a_choice_and_a_text_at_once_decide_nothing() {
    let files = [
        ("区教育局.csv", "1,推进教育信息公开,,招生办法已公示。\n"),
        ("区教育局（二）.csv", "1,推进教育信息公开,,招生办法已更新。\n"),
    ];
    let mut decisions = merge(&files, None).value.decisions;
    let decision = &mut decisions.decisions[0];
    decision.choose = vec![decision.versions[0].id.clone()];
    decision.text = Some(vec!["另写。".to_owned()]);
    let outcome = merge(&files, Some(&decisions));
    assert_eq!(codes(&outcome), ["decision-ambiguous", "answer-versions"]);
    assert_eq!(
        status(&outcome.value.attachment, "2016-036"),
        "区教育局：招生办法已公示。\n区教育局：招生办法已更新。"
    );
    assert_eq!(outcome.value.decisions, decisions);
}

#[test]
fn edits_in_either_sheet_count_and_two_that_differ_are_told() {
    const ID: &str = "2016-036";
    let merged = merge(&[("区教育局.csv", "1,推进教育信息公开,,招生办法已公示。\n")], None).value;
    let bytes = write_merge(&merged, "xlsx", false, None).unwrap().value;
    let input = Input { name: "汇总.xlsx".into(), bytes: &bytes };
    let tables = luoshi::attachments(&input, index()).unwrap().value;
    assert_eq!(tables.len(), 2, "a sheet to print and one to compute with");
    let editor = Editor { by: "王小明", why: "" };
    let change = |texts: [&str; 2]| {
        let mut tables = tables.clone();
        for (table, text) in tables.iter_mut().zip(texts) {
            let item = table.items.iter_mut().find(|item| item.id == ID).unwrap();
            item.status.as_mut().unwrap().paragraphs = vec![text.to_owned()];
        }
        edited(&tables, &merged.attachment, Decisions::default(), index(), editor)
    };
    let made = |outcome: &Outcome<Decisions>| -> Vec<(String, String)> {
        let decisions = outcome.value.decisions.iter();
        decisions.map(|one| (one.item.clone(), one.text.clone().unwrap().concat())).collect()
    };
    const AS_IT_WAS: &str = "招生办法已公示。";
    assert_eq!(made(&change([AS_IT_WAS, AS_IT_WAS])), []);
    for texts in [["改。", AS_IT_WAS], [AS_IT_WAS, "改。"], ["改。", "改。"]] {
        let outcome = change(texts);
        assert_eq!((made(&outcome), codes(&outcome)), (vec![(ID.to_owned(), "改。".to_owned())], vec![]));
    }
    let both = change(["改。", "又改。"]);
    assert_eq!((made(&both), codes(&both)), (vec![], vec!["edits-differ"]));

    // A row that was deleted says nothing about its answer.
    let mut without = tables[0].clone();
    without.items.retain(|item| item.id != ID);
    let outcome = edited(&[without], &merged.attachment, Decisions::default(), index(), editor);
    assert_eq!((made(&outcome), codes(&outcome)), (vec![], vec!["edited-rows-missing"]));
}

#[test]
fn of_two_decisions_about_a_cell_the_later_stays_the_later() {
    let files = [
        ("区教育局.csv", "1,推进教育信息公开,,招生办法已公示。\n"),
        ("区教育局（二）.csv", "1,推进教育信息公开,,招生办法已更新。\n"),
    ];
    let mut decisions = merge(&files, None).value.decisions;
    let mut first = decisions.decisions[0].clone();
    first.text = Some(vec!["先定。".to_owned()]);
    decisions.decisions[0].text = Some(vec!["后定。".to_owned()]);
    decisions.decisions.insert(0, first);
    let mut given = decisions;
    for _ in 0..3 {
        let outcome = merge(&files, Some(&given));
        assert_eq!(codes(&outcome), ["decision-twice", "answer-replaced"]);
        assert_eq!(status(&outcome.value.attachment, "2016-036"), "后定。");
        given = outcome.value.decisions;
        assert_eq!(given.decisions.len(), 2);
    }
}

#[test]
fn an_edit_inside_a_merged_cell_and_a_column_that_is_gone_are_told() {
    let lead = |unit: &str| format!("{unit}：");
    let options = MergeOptions { policy: Default::default(), base: None, decisions: None, lead: &lead };
    let mut merger = Merger::new(index(), options);
    let bytes = std::fs::read(crate::support::fixture("submissions/2016/区编办.docx")).unwrap();
    let input = Input { name: "区编办.docx".into(), bytes: &bytes };
    merger.add(luoshi::submission(&input, Revisions::Accept, index()).unwrap().value);
    let merged = merger.finish().value.attachment;
    assert_eq!(merged.items[0].status.as_ref().unwrap().covers.len(), 3, "one cell answers 1 to 3");
    let told = |table: &Attachment| {
        let editor = Editor { by: "", why: "" };
        let outcome = edited(std::slice::from_ref(table), &merged, Decisions::default(), index(), editor);
        (outcome.value.decisions.len(), codes(&outcome))
    };
    assert_eq!(told(&merged), (0, vec![]));
    let mut under = merged.clone();
    let status = under.items[1].status.as_mut().unwrap();
    (status.paragraphs, status.see) = (vec!["第二项另有说明。".to_owned()], None);
    assert_eq!(told(&under), (0, vec!["edit-under-merge"]));
    let mut without = merged.clone();
    without.columns.retain(|column| column.key != ColumnKey::Status);
    without.items.iter_mut().for_each(|item| item.status = None);
    assert_eq!(told(&without), (0, vec!["edited-column-missing"]));
}

#[test]
fn a_decision_s_texts_are_where_the_cell_came_from() {
    let files = [
        ("区教育局.csv", "1,推进教育信息公开,,招生办法已公示。\n"),
        ("区教育局（二）.csv", "1,推进教育信息公开,,招生办法已更新。\n"),
    ];
    let first = merge(&files, None).value;
    let units = |merged: &Merged| {
        let origins = merged.attachment.provenance.items.iter().find(|origin| origin.item == "2016-036");
        origins.unwrap().fields.iter().map(|field| field.file).collect::<Vec<_>>()
    };
    assert_eq!(units(&first), [0, 1]);
    let mut decisions = first.decisions;
    let later = decisions.decisions[0].versions.iter().find(|one| one.paragraphs == ["招生办法已更新。"]);
    decisions.decisions[0].choose = vec![later.unwrap().id.clone()];
    let outcome = merge(&files, Some(&decisions));
    assert_eq!(units(&outcome.value), [1]);
    // What was put aside is told, with whose it is.
    assert_eq!(codes(&outcome), ["answer-replaced"]);
    let told = outcome.diagnostics.iter().find(|finding| finding.code == "answer-replaced").unwrap();
    assert!(told.arguments.contains(&("unit", "区教育局".to_owned())), "{told:?}");
}

#[test]
fn a_reference_says_what_was_chosen_above_it() {
    // 43 and 44 are one unit's own; above 44 stands another's text by decision, so 同上 is no longer true.
    let rows = "1,区域医疗卫生规划公开,,规划已上网。\n2,对公共场所卫生状况监督检查情况及时公开,,同上\n";
    let item = |at: usize| &index().catalogue().items[at];
    let at = (0..65).find(|&at| index().asked_of(at).units == index().asked_of(at + 1).units).unwrap();
    let unit = index().names_of(&index().asked_of(at).units[..1]);
    let rows = rows
        .replace("区域医疗卫生规划公开", &item(at).matter)
        .replace("对公共场所卫生状况监督检查情况及时公开", &item(at + 1).matter);
    let name = format!("{unit}.csv");
    let other = format!("1,{},,另一局的说法。\n", item(at).matter);
    let files = [(name.as_str(), rows.as_str()), ("区档案馆.csv", other.as_str())];
    let first = merge(&files, None).value;
    assert_eq!(status(&first.attachment, &item(at + 1).id), "同上");
    let mut decisions = first.decisions;
    let open = decisions.decisions.iter_mut().find(|one| one.item == item(at).id).unwrap();
    let stranger = open.versions.iter().find(|one| one.unit == "区档案馆").unwrap().id.clone();
    open.choose = vec![stranger];
    let outcome = merge(&files, Some(&decisions));
    assert_eq!(status(&outcome.value.attachment, &item(at).id), "另一局的说法。");
    assert_ne!(status(&outcome.value.attachment, &item(at + 1).id), "同上");
    assert!(codes(&outcome).contains(&"reference-astray"), "{:?}", codes(&outcome));
}

#[test]
fn a_question_may_be_put_to_an_item_by_its_number() {
    let files = [("区教育局.csv", "1,教育方面的信息公开情况如何,,招生办法已公示。\n")];
    let mut decisions = merge(&files, None).value.decisions;
    decisions.questions[0].item = Some("36".to_owned());
    assert_eq!(status(&merge(&files, Some(&decisions)).value.attachment, "2016-036"), "招生办法已公示。");
}

#[test]
fn changes_beside_the_answers_are_told() {
    let files = [("区教育局.csv", "1,推进教育信息公开,,招生办法已公示。\n")];
    let merged = merge(&files, None).value.attachment;
    let told = |change: &dyn Fn(&mut Attachment)| {
        let mut table = merged.clone();
        change(&mut table);
        let editor = Editor { by: "", why: "" };
        codes(&edited(&[table], &merged, Decisions::default(), index(), editor))
    };
    assert_eq!(told(&|table| table.items[35].matter.push_str("情况")), ["edit-beside-answers"]);
    assert_eq!(told(&|table| drop(table.items[35].units.pop())), Vec::<&str>::new(), "no unit says nothing");
    assert_eq!(told(&|table| table.items[35].units[0].name = "区文体局".into()), ["edit-beside-answers"]);
    assert_eq!(told(&|table| table.title.push_str("（定稿）")), ["edit-around-table"]);
    assert_eq!(told(&|table| table.annex = Some("附件2".into())), ["edit-around-table"]);
    assert_eq!(told(&|table| table.postscript.push("注：定稿。".into())), ["edit-around-table"]);
}
