//! 典型做法 that reads like a problem, and problems that no label names.
//!
//! Why: 典型做法及问题概述 mixes both (domain.md §2.3); a problem under the wrong label is counted as praise, and one without a label is
//! missing in the list of problems.

use luoshi_model::{ColumnKey, Level, RemarkKind};

use super::Rule;
use crate::finding::{Findings, MOST};
use crate::{Context, near};

pub(super) const RULE: Rule = Rule { codes: &["practice-reads-as-problem", "problem-unlabelled"], check };

/// Words of a clause that says how a problem is mended.
const MENDED: [&str; 7] = ["整改", "解决", "补齐", "破解", "改进", "消除", "克服"];

/// Bytes of a clause.
const NEAR: usize = 90;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let problems = context.words.answers.problems.len();
    for passage in context.answers() {
        let Some(item) = passage.item.map(|index| &context.attachment.items[index]) else { continue };
        let (kinds, text): (Vec<(RemarkKind, usize)>, _) = match passage.place.column {
            Some(ColumnKey::Practice) => (vec![(RemarkKind::Practice, 0)], &passage.text),
            Some(ColumnKey::Remarks) => {
                // Where each block begins: joining all gives back the cell.
                let mut at = 0;
                let starts = item.remarks.iter().map(|remark| {
                    let own: usize = remark.paragraphs.iter().map(|text| text.len() + 1).sum();
                    let start = at;
                    at += remark.label.len() + own.max(1) - usize::from(remark.inline);
                    (remark.kind, start.min(passage.text.len()))
                });
                (starts.collect(), &passage.text)
            }
            _ => continue,
        };
        // 补齐短板、整改问题 is a measure.
        let mended = |span: &std::ops::Range<usize>| {
            let before = near::before(text, span.start, NEAR)
                .rsplit(['，', '。', '；', '\n'])
                .next()
                .unwrap_or_default();
            let clause = [before, near::clause_behind(text, span.end, NEAR)].concat();
            MENDED.iter().any(|word| clause.contains(word))
        };
        let found = context.words.problems.find(text).filter(|(_, word)| *word < problems);
        let found = found.filter(|(span, _)| !mended(span));
        for (span, _) in found.take(MOST) {
            let kind = kinds.iter().rfind(|(_, start)| *start <= span.start).map(|(kind, _)| *kind);
            match kind {
                Some(RemarkKind::Practice | RemarkKind::Measure) => {
                    findings.push(passage.finding("practice-reads-as-problem", Level::Warn, span));
                }
                Some(RemarkKind::Other) => {
                    findings.push(passage.finding("problem-unlabelled", Level::Info, span));
                }
                _ => continue,
            }
            // One word of a cell is enough for a person to read it.
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use luoshi_model::RemarkKind;

    use crate::testing::{attachment, codes_of, remark};

    #[test]
    fn problems_stand_under_their_label() {
        let told = |kind, label: &str, text: &str| {
            let mut attachment = attachment(&["已公开。"]);
            attachment.items[0].remarks =
                vec![remark(RemarkKind::Issue, "存在问题：", "更新不及时。"), remark(kind, label, text)];
            codes_of(&attachment, super::RULE)
        };
        let none: [&str; 0] = [];
        assert_eq!(told(RemarkKind::Practice, "典型做法：", "但是更新滞后。"), ["practice-reads-as-problem"]);
        assert_eq!(told(RemarkKind::Practice, "典型做法：", "慰问困难群众。"), none);
        assert_eq!(told(RemarkKind::Practice, "典型做法：", "补齐基础设施不足、服务滞后短板。"), none);
        assert_eq!(told(RemarkKind::Issue, "问题：", "更新滞后。"), none);
        assert_eq!(told(RemarkKind::Other, "", "更新滞后。"), ["problem-unlabelled"]);
    }
}
