//! The ledger of problems: which are new, which are stated again, which were mended, and which are stated no more without a word.
//!
//! A problem is a sentence or clause of what stands under 存在问题. It is closed only where something in the new answer says that it was
//! mended and speaks of it, and it persists where something says that it remains; vanished is not solved (domain.md §4.2). Not here: for how many periods a problem has been stated, beyond two.

use std::collections::{BTreeSet, HashMap};

use luoshi_model::{ColumnKey, Item, ProblemChange, ProblemFate, Remark, RemarkKind};
use luoshi_normalizer::{enumerator, key, labelled, likeness};

use super::{Periods, WORDS};
use crate::answers::Answers;
use crate::diff::best;

/// Likeness from which two sentences state one problem.
const SAME: f64 = 0.5;

/// Pairs of characters that a clause must share with the problem that it says was mended.
const SHARED: usize = 2;

pub(super) fn changes(periods: &Periods<'_>) -> Vec<ProblemChange> {
    let mut found = Vec::new();
    for pair in &periods.pairs {
        let stated = |item: Option<&Item>, answers: &Answers<'_>| {
            item.map_or_else(Vec::new, |item| problems(item, answers))
        };
        let (old, new) = (stated(pair.old, &periods.old), stated(pair.new, &periods.new));
        let scores: Vec<Vec<f64>> = old
            .iter()
            .map(|was| {
                new.iter()
                    .map(|is| Some(likeness(was, is)).filter(|alike| *alike >= SAME).unwrap_or(0.0))
                    .collect()
            })
            .collect();
        let ties = best(&scores);
        let change = |fate, old: &str, new: &str, evidence: String, age| ProblemChange {
            item: pair.ids(),
            fate,
            old: old.to_owned(),
            new: new.to_owned(),
            evidence,
            age,
        };
        for (at, was) in old.iter().enumerate() {
            let again = ties.iter().find(|(before, _)| *before == at).map(|(_, now)| &new[*now]);
            let clause = |says: fn(&str) -> bool| {
                pair.new.and_then(|item| clause_about(was, item, &periods.new, says))
            };
            let (mended, remains) = (|| clause(says_mended), || clause(says_remaining));
            found.push(match again {
                Some(is) => change(ProblemFate::Persisting, was, is, String::new(), 2),
                None => match (mended(), remains()) {
                    (Some(clause), _) => change(ProblemFate::Closed, was, "", clause, 1),
                    (None, Some(clause)) => change(ProblemFate::Persisting, was, &clause, String::new(), 2),
                    (None, None) => change(ProblemFate::Vanished, was, "", String::new(), 1),
                },
            });
        }
        let fresh = new.iter().enumerate().filter(|(at, _)| !ties.iter().any(|(_, now)| now == at));
        found.extend(fresh.map(|(_, is)| change(ProblemFate::New, "", is, String::new(), 1)));
    }
    gone_elsewhere(found)
}

/// A problem that one item states no more and another states in the same words has not vanished: it stands in a cell that several items
/// share, and another is the first of them now.
fn gone_elsewhere(mut found: Vec<ProblemChange>) -> Vec<ProblemChange> {
    let mut fresh: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, problem) in found.iter().enumerate().rev().filter(|(_, one)| one.fate == ProblemFate::New) {
        fresh.entry(key(&problem.new)).or_default().push(at);
    }
    let mut taken: Vec<usize> = Vec::new();
    for at in 0..found.len() {
        if found[at].fate != ProblemFate::Vanished {
            continue;
        }
        let Some(now) = fresh.get_mut(&key(&found[at].old)).and_then(Vec::pop) else { continue };
        let (new, item) = (found[now].new.clone(), found[now].item.new.clone());
        let problem = &mut found[at];
        (problem.fate, problem.age, problem.new, problem.item.new) = (ProblemFate::Persisting, 2, new, item);
        taken.push(now);
    }
    let mut at = 0;
    found.retain(|_| {
        at += 1;
        !taken.contains(&(at - 1))
    });
    found
}

/// The problems that an item states; of a cell that answers several items, the first of them.
pub(crate) fn problems(item: &Item, answers: &Answers<'_>) -> Vec<String> {
    let in_status = in_status(item);
    let issues = item.remarks.iter().chain(&in_status).filter(|block| block.kind == RemarkKind::Issue);
    let mut texts: Vec<&str> = issues.flat_map(|block| block.paragraphs.iter().map(String::as_str)).collect();
    let column = answers.text(item, &ColumnKey::Issue);
    let own = answers.leader(item, &ColumnKey::Issue).is_none();
    texts.extend(column.iter().filter(|_| own).map(String::as_str));
    texts.into_iter().flat_map(parts).collect()
}

/// The problems and next steps that stand under their labels in the status. There the narrative goes on behind them, so that a label
/// holds for its line, or for the next where it stands alone, and for the numbered lines that follow.
fn in_status(item: &Item) -> Vec<Remark> {
    let Some(status) = &item.status else { return Vec::new() };
    let mut blocks = labelled(&status.paragraphs);
    blocks.retain(|block| matches!(block.kind, RemarkKind::Issue | RemarkKind::NextStep));
    for block in &mut blocks {
        let first = block.paragraphs.iter().position(|line| !line.trim().is_empty()).unwrap_or_default();
        let numbered =
            block.paragraphs.iter().skip(first + 1).take_while(|line| enumerator(line) > 0).count();
        block.paragraphs.truncate(first + 1 + numbered);
    }
    blocks
}

/// Whether a text under a label says anything: 无 does not.
pub(crate) fn says_something(text: &str) -> bool {
    let bare = text.trim().trim_end_matches(['。', '；']);
    !bare.is_empty() && !WORDS.no_problem.iter().any(|word| bare == word)
}

/// What an item says will be done: under 下一步工作, and what ends a text of 存在问题.
pub(crate) fn next_steps(item: &Item) -> Vec<String> {
    let mut found = Vec::new();
    for block in item.remarks.iter().chain(&in_status(item)) {
        let text = || block.paragraphs.join("\n").trim().to_owned();
        let step = match block.kind {
            RemarkKind::NextStep => Some(text()),
            RemarkKind::Issue => behind_problems(&text()),
            _ => None,
        };
        found.extend(step.filter(|step| says_something(step)));
    }
    found.extend(item.issue.iter().filter_map(|text| behind_problems(text)));
    found
}

/// What a text says of mending its problems.
fn behind_problems(text: &str) -> Option<String> {
    let mut at = 0;
    for clause in clauses(text) {
        let bare = clause[enumerator(clause)..].trim();
        if WORDS.next_step.iter().any(|word| bare.starts_with(word.as_str())) {
            return Some(text[at..].trim().to_owned());
        }
        at += clause.len();
    }
    None
}

/// A text as the problems that it states. What it says of mending them ends it.
fn parts(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for clause in clauses(text) {
        let clause = clause[enumerator(clause)..].trim();
        let clause = clause.strip_prefix("存在问题：").unwrap_or(clause);
        if WORDS.next_step.iter().any(|word| clause.starts_with(word.as_str())) {
            break;
        }
        let bare = clause.trim_end_matches(['。', '；', ';', '！', '，', ',']);
        let none = WORDS.no_problem.iter().any(|word| bare == word);
        if !none && key(bare).chars().count() > 1 {
            found.push(bare.to_owned());
        }
    }
    found
}

/// The clauses of a text, each with its sign: sentences, and what an enumerator begins within one.
fn clauses(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices() {
        let next = at + c.len_utf8();
        let ends = matches!(c, '。' | '；' | ';' | '！' | '\n');
        if next > from && (ends || matches!(c, '，' | ',') && enumerator(&text[next..]) > 0) {
            found.push(&text[from..next]);
            from = next;
        }
    }
    found.extend(Some(&text[from..]).filter(|rest| !rest.is_empty()));
    found
}

/// Whether a clause says that something was mended.
fn says_mended(clause: &str) -> bool {
    let is_so =
        |(at, _): (usize, &str)| !WORDS.not_mended.iter().any(|word| clause[..at].ends_with(word.as_str()));
    WORDS.mended.iter().any(|word| clause.match_indices(word.as_str()).any(is_so))
        && !WORDS.will_be.iter().any(|word| clause.contains(word.as_str()))
}

/// Whether a clause says that something is still to be mended.
fn says_remaining(clause: &str) -> bool {
    WORDS.remaining.iter().any(|word| clause.contains(word.as_str()))
}

/// The clause of an item's answer that speaks of a problem and says what it is asked for.
fn clause_about(problem: &str, item: &Item, answers: &Answers<'_>, says: fn(&str) -> bool) -> Option<String> {
    let names: Vec<&str> = item.units.iter().map(|unit| unit.name.as_str()).collect();
    let about = pairs(problem, &names);
    let texts = [ColumnKey::Status, ColumnKey::Remarks, ColumnKey::Practice, ColumnKey::Issue];
    let texts = texts.iter().flat_map(|column| answers.text(item, column)).collect::<Vec<_>>();
    let clauses = texts.iter().flat_map(|text| text.split(['。', '；', ';', '\n']));
    let fits = |clause: &&str| says(clause) && pairs(clause, &names).intersection(&about).count() >= SHARED;
    clauses.into_iter().find(fits).map(|clause| clause[enumerator(clause)..].trim().to_owned())
}

/// The pairs of characters of a text that say what it is about; the names of units say nothing.
fn pairs(text: &str, names: &[&str]) -> BTreeSet<(char, char)> {
    let mut bare = text.to_owned();
    for word in names.iter().copied().chain(WORDS.common.iter().chain(&WORDS.mended).map(String::as_str)) {
        bare = bare.replace(word, "\n");
    }
    let chars: Vec<char> = bare.chars().collect();
    let is_word = |c: char| c.is_alphanumeric();
    chars.windows(2).filter(|pair| pair.iter().all(|c| is_word(*c))).map(|pair| (pair[0], pair[1])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_states_its_problems_one_by_one() {
        let cases: [(&str, &[&str]); 8] = [
            (
                "解读稿照搬原文的较多；有的部门没有附解读材料。",
                &["解读稿照搬原文的较多", "有的部门没有附解读材料"],
            ),
            ("一是人手不足。二是设备老旧。", &["人手不足", "设备老旧"]),
            ("文书上网慢。接下来拟由区市场监督管理局拟定样式。逐家核对。", &["文书上网慢"]),
            ("一是人手不足，二是设备老旧，三是更新慢", &["人手不足", "设备老旧", "更新慢"]),
            (
                "将近半数学校网页未更新；校务公开栏内容偏旧。",
                &["将近半数学校网页未更新", "校务公开栏内容偏旧"],
            ),
            ("计划生育信息公开不及时。", &["计划生育信息公开不及时"]),
            ("无。", &[]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(parts(text), expected, "{text}");
        }
    }

    #[test]
    fn a_mend_speaks_of_the_problem() {
        let item = |text: &str| {
            let status = luoshi_model::Answer { paragraphs: vec![text.to_owned()], ..Default::default() };
            Item { status: Some(status), ..Item::default() }
        };
        let attachment = luoshi_model::Attachment::default();
        let answers = Answers::new(&attachment);
        let told = |text: &str| clause_about("部分学校网页更新慢", &item(text), &answers, says_mended);
        assert_eq!(
            told("全年招生。学校网页更新慢的问题已解决。").as_deref(),
            Some("学校网页更新慢的问题已解决")
        );
        assert_eq!(told("食堂账目问题已解决。"), None);
        assert_eq!(told("学校网页更新慢的问题至今未整改到位。"), None);
        assert_eq!(told("力争年底前完成整改，学校网页更新慢。"), None);
        assert_eq!(told("学校网页照常更新。"), None);
        let remains = |text: &str| clause_about("部分学校网页更新慢", &item(text), &answers, says_remaining);
        assert_eq!(
            remains("全年招生。网页更新慢的情况尚未解决，将继续督促。").as_deref(),
            Some("网页更新慢的情况尚未解决，将继续督促")
        );
        assert_eq!(remains("食堂账目问题尚未解决。"), None);
        assert_eq!(remains("学校网页照常更新。"), None);
    }

    #[test]
    fn a_status_states_problems_under_their_labels() {
        let told = |lines: &[&str]| {
            let paragraphs = lines.iter().map(|line| (*line).to_owned()).collect();
            let status = luoshi_model::Answer { paragraphs, ..Default::default() };
            let item = Item { status: Some(status), ..Item::default() };
            let attachment = luoshi_model::Attachment::default();
            (problems(&item, &Answers::new(&attachment)), next_steps(&item))
        };
        let (stated, steps) = told(&[
            "公开信息55条。存在问题：更新不及时；人手不足。",
            "全年培训2期。",
            "下一步工作：",
            "1．补齐栏目。",
            "2．每季度通报。",
            "网站已改版。",
        ]);
        assert_eq!(stated, ["更新不及时", "人手不足"]);
        assert_eq!(steps, ["1．补齐栏目。\n2．每季度通报。"]);
        assert_eq!(told(&["公开信息55条，没有发现问题。"]), (vec![], vec![]));
    }
}
