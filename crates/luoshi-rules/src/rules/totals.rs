//! Figures that don't add up: 清理81件（保留57件、待修订8件、废止15件）; and parts that are more than the whole.
//!
//! Why: the sum is the first thing that a reader checks. Only what the text itself sets out as parts of a total is added: in brackets
//! behind it, behind 其中, or before 合计; figures that are about so much are left alone.

use std::ops::Range;

use luoshi_model::Level;
use luoshi_normalizer::facts::{Quantity, quantities};

use super::Rule;
use crate::finding::{Findings, MOST};
use crate::{Context, near};

pub(super) const RULE: Rule = Rule { codes: &["total-differs", "parts-exceed"], check };

/// Measures of anything: what they count is only known from a word before the total.
const VAGUE: [&str; 2] = ["个", "项"];

/// Words by which the figure behind them is the sum of those before.
const SUMMED: [&str; 3] = ["合计", "共计", "总计"];

/// Words of sentences whose figures are no parts of one sum.
const COMPARED: [&str; 12] =
    ["比", "较", "增", "减", "其中", "占", "其余", "累计", "分别", "人均", "目标", "计划"];

/// Sums of decimals are not exact.
const TOLERANCE: f64 = 1e-6;

/// Words by which a figure is a total.
const TOTAL: [&str; 7] = ["共", "合计", "总计", "总", "全部", "累计", "清理"];

/// Bytes of a sentence in which a total and its parts stand.
const SENTENCE: usize = 600;

/// Words by which what follows is a part of it, and not all.
const SOME: [&str; 4] = ["其中", "含", "包括", "如"];

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for passage in context.answers() {
        let text = &passage.text;
        let summed = SUMMED.iter().any(|word| text.contains(word));
        if !summed && !text.contains(['（', '(']) && !text.contains("其中") {
            continue;
        }
        let all = quantities(text);
        for (span, sum, total) in ahead(text, &all).into_iter().take(MOST) {
            let found = passage.finding("total-differs", Level::Warn, span);
            findings.push(found.with("sum", sum).with("total", total));
        }
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

/// Totals behind their parts: 甲50件，乙60件，合计120件. Every figure of the sentence before the word must be a part; a sentence that
/// compares, or counts some of what it counted before, adds nothing up.
fn ahead(text: &str, all: &[Quantity]) -> Vec<(Range<usize>, String, String)> {
    let words = SUMMED.iter().flat_map(|word| text.match_indices(word).map(|(at, _)| (at, word.len())));
    let sums = words.filter_map(|(at, length)| {
        let sentence = near::before(text, at, SENTENCE).rsplit(['。', '；', '\n']).next()?;
        let from = at - sentence.len();
        let first = all.partition_point(|own| own.span.start < from);
        let behind = all.partition_point(|own| own.span.start < at);
        let (parts, total) = (&all[first..behind], all.get(behind)?);
        let is_said =
            text[at + length..total.span.start].chars().all(|c| matches!(c, '为' | '：' | ':' | ' '));
        let fits = |own: &Quantity| own.unit == total.unit && !own.about;
        if parts.len() < 2
            || !is_said
            || total.about
            || !parts.iter().all(fits)
            || COMPARED.iter().any(|word| sentence.contains(word))
        {
            return None;
        }
        let sum: f64 = parts.iter().map(|own| own.amount).sum();
        let shown = |amount: f64| format!("{amount}{}", total.unit);
        let differs = (sum - total.amount).abs() > TOLERANCE;
        differs.then(|| (parts[0].span.start..total.span.end, shown(sum), shown(total.amount)))
    });
    sums.collect()
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
        let cases: [(&str, &[&str]); 21] = [
            ("对81件有效的文件进行清理，并将结果（保留57件、待修订8件、废止16件）公布。", &[]),
            ("对81件有效的文件进行清理，并将结果（保留57件、待修订8件、废止15件）公布。", &["total-differs"]),
            ("对81件文件进行清理（保留57件、待修订8件、废止26件）。", &["parts-exceed"]),
            ("结案324起（其中食品药品类21起）。", &[]),
            ("结案324起（其中食品药品类421起）。", &["parts-exceed"]),
            ("共清理264件，其中有效169件、修改35件、废止60件。", &[]),
            ("共清理264件，其中有效169件、修改35件、废止90件。", &["parts-exceed"]),
            ("登记874条，其中噪声165条，其次停车100条。", &[]),
            ("公开预算50件，决算60件，合计120件。", &["total-differs"]),
            ("公开预算50件，决算60件，合计110件。", &[]),
            ("投资0.1万元、0.2万元，共计0.3万元。", &[]),
            ("培训5期300人，合计120人。", &[]),
            ("公开50件，比去年多10件，合计60件。", &[]),
            ("合计120件。", &[]),
            ("预算50件。决算60件，合计120件。", &[]),
            ("政策50件、公告60件，总计公开信息130件。", &[]),
            ("政策50件、公告60件，总计：130件。", &["total-differs"]),
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
