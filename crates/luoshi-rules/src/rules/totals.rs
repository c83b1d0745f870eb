//! Figures that don't add up: 清理81件（保留57件、待修订8件、废止15件）; and parts that are more than the whole.
//!
//! Why: the sum is the first thing that a reader checks. Only what the text itself sets out as parts of a total is added: in brackets
//! behind it, or behind 其中; figures that are about so much are left alone.

use std::ops::Range;

use luoshi_model::Level;
use luoshi_normalizer::facts::{Quantity, quantities};

use super::Rule;
use crate::finding::{Findings, MOST};
use crate::{Context, near};

pub(super) const RULE: Rule = Rule { codes: &["total-differs", "parts-exceed"], check };

/// Measures of anything: what they count is only known from a word before the total.
const VAGUE: [&str; 2] = ["个", "项"];

/// Words by which a figure is a total.
const TOTAL: [&str; 7] = ["共", "合计", "总计", "总", "全部", "累计", "清理"];

/// Bytes of a sentence in which a total and its parts stand.
const SENTENCE: usize = 600;

/// Words by which what follows is a part of it, and not all.
const SOME: [&str; 4] = ["其中", "含", "包括", "如"];

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for passage in context.answers() {
        let text = &passage.text;
        if !text.contains(['（', '(']) && !text.contains("其中") {
            continue;
        }
        let all = quantities(text);
        let parted = [brackets(text), behind(text)].concat().into_iter();
        let parted = parted.filter(|span| span.len() <= SENTENCE);
        for (code, span, sum, total) in parted.filter_map(|parts| differs(text, &all, parts)).take(MOST) {
            let found = match code {
                Differs::More => passage.finding("parts-exceed", Level::Warn, span),
                Differs::Less => passage.finding("total-differs", Level::Warn, span),
            };
            findings.push(found.with("sum", sum).with("total", total));
        }
    }
}

enum Differs {
    More,
    Less,
}

/// How the parts of a total differ from it, with the bytes of both, their sum, and the total.
fn differs(
    text: &str,
    all: &[Quantity],
    parts: Range<usize>,
) -> Option<(Differs, Range<usize>, String, String)> {
    let first = all.partition_point(|own| own.span.start < parts.start);
    let inside = &all[first..all.partition_point(|own| own.span.end <= parts.end).max(first)];
    let unit = &inside.first()?.unit;
    let sentence = near::before(text, parts.start, SENTENCE).rsplit(['。', '；', '\n']).next()?;
    let sentence = parts.start - sentence.len();
    let before = all[..first].iter().rev().take_while(|own| own.span.start >= sentence);
    let total = before.into_iter().find(|own| own.unit == *unit).filter(|total| !total.about)?;
    let same: Vec<&Quantity> = inside.iter().filter(|own| own.unit == *unit).collect();
    let lead = &text[sentence..total.span.start];
    let named = || TOTAL.iter().any(|word| lead.contains(word));
    if same.iter().any(|own| own.about) || VAGUE.contains(&unit.as_str()) && !named() {
        return None;
    }
    let sum: f64 = same.iter().map(|own| own.amount).sum();
    let whole = &text[parts.clone()];
    let some = SOME.iter().any(|word| whole.trim_start_matches(['（', '(']).starts_with(word));
    let differs = if sum > total.amount && !is_nested(whole, &same) {
        Differs::More
    } else if !some && same.len() > 1 && same.len() == inside.len() && sum < total.amount {
        Differs::Less
    } else {
        return None;
    };
    let shown = |amount: f64| format!("{amount}{unit}");
    Some((differs, total.span.start..parts.end, shown(sum), shown(total.amount)))
}

/// Whether one of the parts has parts of its own: then they are not to be added.
fn is_nested(whole: &str, parts: &[&Quantity]) -> bool {
    parts.len() > 1 && whole.matches("其中").count() > usize::from(whole.starts_with("其中"))
}

/// What stands in brackets.
fn brackets(text: &str) -> Vec<Range<usize>> {
    let mut open = Vec::new();
    let mut found = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '（' | '(' => open.push(at),
            '）' | ')' => found.extend(open.pop().map(|from| from..at + c.len_utf8())),
            _ => {}
        }
    }
    found.sort_by_key(|span| span.start);
    found
}

/// What follows 其中 outside brackets, to the end of its sentence.
fn behind(text: &str) -> Vec<Range<usize>> {
    let ends = text.match_indices("其中").filter_map(|(at, _)| {
        let sentence = near::behind(text, at, SENTENCE);
        let end = at + sentence.find(['。', '；', '\n', '（', '(', '）', ')']).unwrap_or(sentence.len());
        (!text[..at].ends_with(['（', '('])).then_some(at..end)
    });
    ends.collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::codes;

    #[test]
    fn parts_add_up_to_their_total() {
        let cases: [(&str, &[&str]); 12] = [
            ("对81件有效的文件进行清理，并将结果（保留57件、待修订8件、废止16件）公布。", &[]),
            ("对81件有效的文件进行清理，并将结果（保留57件、待修订8件、废止15件）公布。", &["total-differs"]),
            ("对81件文件进行清理（保留57件、待修订8件、废止26件）。", &["parts-exceed"]),
            ("结案324起（其中食品药品类21起）。", &[]),
            ("结案324起（其中食品药品类421起）。", &["parts-exceed"]),
            ("共清理264件，其中有效169件、修改35件、废止60件。", &[]),
            ("共清理264件，其中有效169件、修改35件、废止90件。", &["parts-exceed"]),
            ("登记874条，其中噪声165条，其次停车100条。", &[]),
            ("约100件（甲60件、乙30件）。", &[]),
            ("在3个平台公布问题清单（甲5个、乙6个）。", &[]),
            ("共3个平台（市级1个、区级1个）。", &["total-differs"]),
            ("开展培训5场。参加人员（男30人、女20人）。", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(codes(text, super::RULE), expected, "{text}");
        }
    }
}
