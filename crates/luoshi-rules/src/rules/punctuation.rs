//! Half-width marks in Chinese text, and marks said twice: 清单,各部门; 公布。。.
//!
//! Why: GB/T 15834-2011 gives Chinese text full-width marks; both are faults that every proof-reading counts (domain.md §2.3). Put right
//! only between Han characters: decimals, times, addresses and Latin text keep their marks.

use std::ops::Range;

use luoshi_model::Level;

use super::Rule;
use crate::Context;
use crate::finding::{Findings, MOST};

pub(super) const RULE: Rule = Rule { codes: &["mark-half-width", "mark-doubled"], check };

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for passage in context.own() {
        let (half, doubled) = faults(&passage.text);
        for edits in half.into_iter().take(MOST) {
            let Some((span, right)) = edits.first().cloned() else { continue };
            let found = passage.finding("mark-half-width", Level::Warn, span);
            findings.push(found.with("right", right).repaired(passage, edits));
        }
        for (span, edit) in doubled.into_iter().take(MOST) {
            findings.push(passage.finding("mark-doubled", Level::Warn, span).repaired(passage, edit));
        }
    }
}

fn is_han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c) || ('\u{3400}'..='\u{4DBF}').contains(&c)
}

/// What a Chinese clause may begin or end with.
fn is_chinese(c: char) -> bool {
    is_han(c) || "《》“”‘’（）〈〉【】〔〕①②③④⑤⑥⑦⑧⑨⑩".contains(c)
}

/// Whether a half-width mark stands in Chinese text: between two of its characters, before one of them, or behind one where no figure
/// follows that it could belong to.
fn stands_in_chinese(mark: char, before: char, next: char) -> bool {
    let behind = next == '\n' || is_chinese(next);
    let word = before.is_ascii_alphanumeric() || matches!(before, '%' | '％');
    is_chinese(before) && (behind || mark == ':' && next.is_ascii_digit())
        || word && is_han(next) && mark != ':'
}

/// Half-width marks, each with its repairs (a bracket with its other half); doubled marks, with a repair where the two are one.
type Faults = (Vec<Vec<Repair>>, Vec<(Range<usize>, Option<Repair>)>);

/// Some bytes, and what should stand there.
type Repair = (Range<usize>, &'static str);

fn faults(text: &str) -> Faults {
    let (mut half, mut doubled): Faults = Default::default();
    let mut open: Vec<(usize, char, bool)> = Vec::new();
    let mut chars = text.char_indices().peekable();
    let mut before = '\n';
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or('\n', |(_, next)| *next);
        let edit = |at: usize, length: usize, text| -> Repair { (at..at + length, text) };
        match c {
            ',' | ';' | ':' | '?' | '!' if stands_in_chinese(c, before, next) => {
                let right = match c {
                    ',' => "，",
                    ';' => "；",
                    ':' => "：",
                    '?' => "？",
                    _ => "！",
                };
                half.push(vec![edit(at, 1, right)]);
            }
            // At the end of a line only: 海沧.政务 is an address.
            '.' if is_han(before) && next == '\n' => half.push(vec![edit(at, 1, "。")]),
            '(' | '（' => open.push((at, c, is_chinese(before) || is_han(next))),
            ')' | '）' => {
                let Some((from, opening, chinese)) = open.pop() else {
                    before = c;
                    continue;
                };
                // Only a pair that holds Chinese, or stands in it: f(x) and (PPP) keep theirs. One of each width is a slip.
                let inside = &text[from + opening.len_utf8()..at];
                match (opening, c) {
                    ('(', ')') if chinese && inside.chars().any(is_han) => {
                        half.push(vec![edit(from, 1, "（"), edit(at, 1, "）")]);
                    }
                    ('(', '）') => half.push(vec![edit(from, 1, "（")]),
                    ('（', ')') => half.push(vec![edit(at, 1, "）")]),
                    _ => {}
                }
            }
            '，' | '。' | '；' | '：' | '、' if "，。；：、".contains(next) => {
                let span = at..at + c.len_utf8() + next.len_utf8();
                let same = c == next;
                let one = same.then(|| edit(at, c.len_utf8(), ""));
                doubled.push((span, one));
            }
            _ => {}
        }
        before = c;
    }
    (half, doubled)
}

#[cfg(test)]
mod tests {
    use crate::testing::{codes, repaired};

    #[test]
    fn marks_are_put_right_between_han_characters() {
        let cases = [
            ("公布清单,各部门公开。", "公布清单，各部门公开。"),
            ("办法(试行)公布", "办法（试行）公布"),
            ("公开.", "公开。"),
            ("存在问题:更新慢;", "存在问题：更新慢；"),
            ("公布。。", "公布。"),
            ("甲，，乙", "甲，乙"),
            ("甲，。乙", "甲，。乙"),
            ("PPP,BOT", "PPP,BOT"),
            ("公开1,234条、3.5%，8:30开始", "公开1,234条、3.5%，8:30开始"),
            ("见http://a.gov.cn/b,c", "见http://a.gov.cn/b,c"),
            ("政府和社会资本合作(PPP)项目", "政府和社会资本合作(PPP)项目"),
            ("甲……乙——丙", "甲……乙——丙"),
            ("见海沧区人民政府.政务网", "见海沧区人民政府.政务网"),
            ("使用APP,方便群众", "使用APP，方便群众"),
            ("达60%,超过上年", "达60%，超过上年"),
            ("时间:2016年", "时间：2016年"),
            ("12条(含微信5条）", "12条（含微信5条）"),
        ];
        for (text, expected) in cases {
            assert_eq!(repaired(text, super::RULE), expected, "{text}");
        }
        assert_eq!(codes("甲，。乙", super::RULE), ["mark-doubled"]);
        assert_eq!(codes("甲,乙,丙", super::RULE), ["mark-half-width", "mark-half-width"]);
    }

    proptest::proptest! {
        #[test]
        fn a_repair_changes_marks_alone_and_leaves_nothing_to_repair(text in "[公开,，.。;；:：()（）1a《》\n ]{0,30}") {
            let once = repaired(&text, super::RULE);
            let words = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            proptest::prop_assert_eq!(words(&once), words(&text));
        }
    }
}
