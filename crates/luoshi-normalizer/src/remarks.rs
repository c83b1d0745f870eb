//! The remarks column split by its labels, without losing a character: 典型做法：…… 存在问题：…… 下一步工作：……
//!
//! Not here: judging unlabelled text by its words.

use luoshi_model::{Remark, RemarkKind};

use crate::leads;
use crate::vocabulary::REMARKS;

/// The blocks of a cell. Joining them gives back its lines. Where several units speak, each led by its name, a lead opens a block,
/// and is part of the label that follows it: nobody's remarks go on with another's.
pub(crate) fn split(lines: Vec<String>, is_unit: impl Fn(&str) -> bool) -> Vec<Remark> {
    let joined = !leads::split(&lines, &is_unit).is_empty();
    let mut blocks: Vec<Remark> = Vec::new();
    for line in lines {
        let lead = if joined { leads::lead(&line, &is_unit).map_or(0, |(_, at)| at) } else { 0 };
        let mut labels = labels(&line[lead..]);
        labels.iter_mut().for_each(|found| (found.start, found.end) = (found.start + lead, found.end + lead));
        match labels.first_mut() {
            _ if lead == 0 => {}
            Some(first) if first.start == lead => first.start = 0,
            _ => labels.insert(0, Found { start: 0, end: lead, kind: RemarkKind::Other }),
        }
        let Some(first) = labels.first() else {
            continue_last(&mut blocks, line);
            continue;
        };
        if first.start > 0 {
            continue_last(&mut blocks, line[..first.start].to_owned());
        }
        for (index, found) in labels.iter().enumerate() {
            let end = labels.get(index + 1).map_or(line.len(), |next| next.start);
            let label = &line[found.start..found.end];
            blocks.push(block(found.kind, label, line[found.end..end].to_owned(), found.start > 0));
        }
    }
    blocks
}

/// What a text says under a label, wherever it stands: a status may have 存在问题： in it. What stands before the first label is none's.
pub fn labelled(lines: &[String]) -> Vec<Remark> {
    let blocks = split(lines.to_vec(), |_| false);
    blocks.into_iter().filter(|block| !block.label.is_empty()).collect()
}

/// Text before any label continues the block that is open.
fn continue_last(blocks: &mut Vec<Remark>, text: String) {
    match blocks.last_mut() {
        Some(block) => block.paragraphs.push(text),
        None => blocks.push(block(RemarkKind::Other, "", text, false)),
    }
}

fn block(kind: RemarkKind, label: &str, text: String, inline: bool) -> Remark {
    Remark { kind, label: label.to_owned(), paragraphs: vec![text], inline }
}

struct Found {
    start: usize,
    end: usize,
    kind: RemarkKind,
}

/// The labels of a line, in order. A label stands at the line's beginning or behind the end of a sentence.
fn labels(line: &str) -> Vec<Found> {
    let mut found = Vec::new();
    if let Some(kind) = kind_of(strip_enumerator(line.trim())) {
        return vec![Found { start: 0, end: line.len(), kind }];
    }
    let mut begin = 0;
    for (at, c) in line.char_indices() {
        let after = at + c.len_utf8();
        match c {
            '：' | ':' => {
                let name = line[begin..at].trim_start();
                if let Some(kind) = kind_of(strip_enumerator(name).trim_end()) {
                    found.push(Found { start: at - name.len(), end: after, kind });
                }
                begin = after;
            }
            '】' => {
                let name = line[begin..at].trim_start();
                if let Some(kind) = name.strip_prefix('【').and_then(kind_of) {
                    found.push(Found { start: at - name.len(), end: after, kind });
                }
                begin = after;
            }
            '。' | '；' | ';' | '！' | '\t' => begin = after,
            _ => {}
        }
    }
    found
}

/// A label may be numbered: 一、典型做法：
fn strip_enumerator(name: &str) -> &str {
    crate::number::glued(name).map_or(name, |number| number.rest)
}

fn kind_of(name: &str) -> Option<RemarkKind> {
    let labels = &REMARKS.labels;
    let lists = [
        (RemarkKind::Practice, &labels.practice),
        (RemarkKind::Measure, &labels.measure),
        (RemarkKind::Issue, &labels.issue),
        (RemarkKind::NextStep, &labels.next_step),
        (RemarkKind::Explanation, &labels.explanation),
    ];
    lists.into_iter().find(|(_, words)| words.iter().any(|word| word == name)).map(|(kind, _)| kind)
}

/// Whether a line opens with a label. For telling the remarks column from others.
pub fn opens_with_label(line: &str) -> bool {
    labels(line).first().is_some_and(|found| found.start == 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use RemarkKind::{Issue, Measure, NextStep, Other, Practice};

    fn is_unit(name: &str) -> bool {
        ["区甲局", "区乙局"].contains(&name)
    }

    fn kinds(lines: &[&str]) -> Vec<(RemarkKind, String, bool)> {
        let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        let blocks = split(lines.clone(), is_unit);
        assert_eq!(Remark::join(&blocks), lines, "joining gives back the cell");
        blocks.into_iter().map(|block| (block.kind, block.label, block.inline)).collect()
    }

    #[test]
    fn blocks_open_at_labels() {
        let label = |kind, label: &str, inline| (kind, label.to_owned(), inline);
        assert_eq!(kinds(&["存在问题：甲。下步将乙。"]), [label(Issue, "存在问题：", false)]);
        assert_eq!(
            kinds(&["主要做法：1、甲；", "2、乙。", "存在问题:丙。下一步工作：丁。"]),
            [
                label(Measure, "主要做法：", false),
                label(Issue, "存在问题:", false),
                label(NextStep, "下一步工作：", true)
            ]
        );
        assert_eq!(
            kinds(&["一是甲。", "典型做法：乙。"]),
            [label(Other, "", false), label(Practice, "典型做法：", false)]
        );
        assert_eq!(kinds(&["【工作亮点】甲"]), [label(Practice, "【工作亮点】", false)]);
        assert_eq!(kinds(&["存在问题", "甲"]), [label(Issue, "存在问题", false)]);
        assert_eq!(kinds(&["一、典型做法：甲"]), [label(Practice, "一、典型做法：", false)]);
        assert_eq!(kinds(&["一、典型做法", "甲"]), [label(Practice, "一、典型做法", false)]);
        assert_eq!(
            kinds(&["典型做法：甲;存在问题 ：乙"]),
            [label(Practice, "典型做法：", false), label(Issue, "存在问题 ：", true)]
        );
        assert_eq!(kinds(&["甲提出的存在问题：乙"]), [label(Other, "", false)]);
        assert_eq!(kinds(&["", "甲"]), [label(Other, "", false)]);
        assert_eq!(kinds(&[]), []);
    }

    #[test]
    fn a_unit_s_lead_opens_a_block_with_the_label_behind_it() {
        let label = |kind, label: &str, inline| (kind, label.to_owned(), inline);
        assert_eq!(
            kinds(&["区甲局：存在问题：一。", "区乙局：典型做法：二。存在问题：三。"]),
            [
                label(Issue, "区甲局：存在问题：", false),
                label(Practice, "区乙局：典型做法：", false),
                label(Issue, "存在问题：", true)
            ]
        );
        assert_eq!(
            kinds(&["区甲局：一。", "存在问题：二。", "【区乙局】三。", "四。"]),
            [
                label(Other, "区甲局：", false),
                label(Issue, "存在问题：", false),
                label(Other, "【区乙局】", false)
            ]
        );
        // One name alone leads nothing.
        assert_eq!(
            kinds(&["区甲局：存在问题：一。"]),
            [label(Other, "", false), label(Issue, "存在问题：", true)]
        );
    }

    proptest::proptest! {
        #[test]
        fn joining_gives_back_the_cell(lines in proptest::collection::vec("[存在问题：。下一步工作典型做法【】 甲区局、]{0,16}", 0..5)) {
            proptest::prop_assert_eq!(Remark::join(&split(lines.clone(), is_unit)), lines);
        }
    }
}
