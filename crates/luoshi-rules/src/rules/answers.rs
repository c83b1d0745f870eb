//! Items without an answer of their own: a blank status, 无, a dash, 同上, a unit that said nothing.
//!
//! Why: the consolidated attachment answers every item of every unit (domain.md §3.2, COMPLETE), and in public 同上 and 无 can be read in
//! more than one way. A blank under a merged cell is answered by that cell, and no finding.

use luoshi_model::{AnswerKind, ColumnKey, Item, Level};

use super::Rule;
use crate::Context;
use crate::finding::Findings;
use crate::passage::Passage;

pub(super) const RULE: Rule = Rule {
    codes: &[
        "status-missing",
        "status-only-remarked",
        "status-refers",
        "status-none",
        "status-struck",
        "status-unfinished",
        "unit-unanswered",
    ],
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut passages = context.statuses().peekable();
    for (index, item) in context.attachment.items.iter().enumerate() {
        let passage = passages.next_if(|passage| passage.item == Some(index));
        let Some(status) = &item.status else { continue };
        let place = || context.material.place(index, &ColumnKey::Status);
        let finding = |code, level| match passage {
            Some(passage) => passage.finding(code, level, 0..passage.text.len()),
            None => place().finding(code, level),
        };
        match status.answer {
            AnswerKind::Blank if says_something(item) => {
                findings.push(finding("status-only-remarked", Level::Warn))
            }
            AnswerKind::Blank => findings.push(finding("status-missing", Level::Block)),
            AnswerKind::None => findings.push(finding("status-none", Level::Warn)),
            AnswerKind::Struck => findings.push(finding("status-struck", Level::Warn)),
            AnswerKind::Answered if is_unfinished(passage, context) => {
                findings.push(finding("status-unfinished", Level::Warn));
            }
            AnswerKind::See if passage.is_some() => findings.push(finding("status-refers", Level::Block)),
            _ => {}
        }
        if status.contributions.is_empty() {
            continue;
        }
        let said =
            |name: &str| status.contributions.iter().any(|own| own.unit.split('、').any(|unit| unit == name));
        for unit in item.units.iter().filter(|unit| !unit.collective && !said(&unit.name)) {
            findings.push(place().finding("unit-unanswered", Level::Warn).with("unit", &unit.name));
        }
    }
}

/// Whether an answer was never finished: 待补充, 已公开XX条.
fn is_unfinished(passage: Option<&Passage<'_>>, context: &Context<'_>) -> bool {
    let answers = &context.words.answers;
    let text = passage.map_or("", |passage| passage.text.trim().trim_end_matches('。'));
    answers.unfinished.iter().any(|own| own == text)
        || answers.unfinished_signs.iter().any(|sign| text.contains(sign.as_str()))
}

/// Whether another column says something about the item: the reason why there is no answer, as a rule.
fn says_something(item: &Item) -> bool {
    !item.remarks.is_empty() || !item.practice.is_empty() || !item.issue.is_empty()
}

#[cfg(test)]
mod tests {
    use luoshi_model::{AnswerKind, Contribution, RemarkKind};

    use crate::testing::{attachment, codes_of, remark};

    #[test]
    fn every_item_has_an_answer_of_its_own() {
        let mut attachment =
            attachment(&["已公开。", "", "", "无", "—", "同上", "", "待补充", "已公开XX条。"]);
        let mut kind = |at: usize, kind| attachment.items[at].status.as_mut().unwrap().answer = kind;
        kind(3, AnswerKind::None);
        kind(4, AnswerKind::Struck);
        kind(5, AnswerKind::See);
        // Another item's cell is merged over it.
        kind(6, AnswerKind::See);
        attachment.items[2].remarks = vec![remark(RemarkKind::Other, "", "由市里统一组织。")];
        let expected = [
            "status-missing",
            "status-only-remarked",
            "status-none",
            "status-struck",
            "status-refers",
            "status-unfinished",
            "status-unfinished",
        ];
        assert_eq!(codes_of(&attachment, super::RULE), expected);
    }

    #[test]
    fn of_a_joined_answer_each_unit_has_a_share() {
        let mut attachment = attachment(&["区卫计局：已公开。"]);
        let share =
            |unit: &str| Contribution { unit: unit.to_owned(), paragraphs: vec!["已公开。".to_owned()] };
        attachment.items[0].status.as_mut().unwrap().contributions = vec![share("区卫计局")];
        assert_eq!(codes_of(&attachment, super::RULE), ["unit-unanswered"]);
        attachment.items[0].status.as_mut().unwrap().contributions = vec![share("区教育局、区卫计局")];
        assert_eq!(codes_of(&attachment, super::RULE), [] as [&str; 0]);
    }
}
