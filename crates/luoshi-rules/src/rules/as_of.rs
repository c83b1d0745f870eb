//! Figures as of different months in one attachment: 1-10月 beside 1-11月.
//!
//! Why: figures of one attachment are put side by side; those of an earlier day look like less work (the attachment of 2016 has both).
//! The latest day that any answer states is taken for the one that was meant.

use std::ops::Range;

use luoshi_model::Level;
use luoshi_normalizer::facts::quantities;

use super::Rule;
use crate::digits::digit;
use crate::finding::Findings;
use crate::passage::Passage;
use crate::{Context, near};

pub(super) const RULE: Rule = Rule { codes: &["as-of-differs"], check };

/// Bytes behind a month in which its figure stands.
const NEAR: usize = 120;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let year = context.attachment.period.as_ref().and_then(|period| period.to.get(..4));
    let stated: Vec<_> =
        context.statuses().filter_map(|passage| Some((passage, stated(&passage.text, year)?))).collect();
    let Some(latest) = stated.iter().map(|(_, (month, _))| *month).max() else { return };
    let names: Vec<&str> = stated
        .iter()
        .filter(|(_, (month, _))| *month == latest)
        .map(|(passage, _)| passage.place.item_name.as_str())
        .take(3)
        .collect();
    // 1-3月开展专项整治 is when something was done; of a figure there is one behind it.
    let counts = |passage: &Passage<'_>, span: &Range<usize>| {
        let behind = near::behind(&passage.text, span.end, NEAR);
        !quantities(behind.split(['。', '；', '\n']).next().unwrap_or_default()).is_empty()
    };
    let earlier = stated.iter().filter(|(passage, (month, span))| *month < latest && counts(passage, span));
    for (passage, (_, span)) in earlier {
        let found = passage.finding("as-of-differs", Level::Warn, span.clone());
        let own = &passage.text[span.clone()];
        findings.push(found.with("own", own).with("month", latest).with("items", names.join("、")));
    }
}

/// The last month that a text's figures go up to, and where it says so: 1-10月, 截至10月底, 截至2016年10月. A day of another year is
/// none of this period's.
fn stated(text: &str, year: Option<&str>) -> Option<(u32, Range<usize>)> {
    let months = text.match_indices('月').filter_map(|(at, _)| {
        let number = number_before(text, at)?;
        let month: u32 = text[number.clone()].parse().ok().filter(|month| (1..=12).contains(month))?;
        let before = &text[..number.start];
        let since_january = before
            .strip_suffix(['-', '—', '－', '–', '至', '到', '～', '~'])
            .map(|first| first.strip_suffix('月').unwrap_or(first))
            .and_then(|first| first.strip_suffix('1'))
            .filter(|first| !first.ends_with(|c: char| digit(c).is_some()));
        let behind = text[at + '月'.len_utf8()..].trim_start_matches(|c: char| c.is_ascii_digit());
        if behind.starts_with('日') {
            // 截至6月30日: a day, and no month's end.
            return None;
        }
        if let Some(first) = since_january {
            // 2015年1-12月 is another year's.
            let dated = first.strip_suffix('年').and_then(|rest| rest.get(number_before(rest, rest.len())?));
            if dated.is_some_and(|own| year.is_some_and(|year| year != own)) {
                return None;
            }
            return Some((month, first.len()..at + '月'.len_utf8()));
        }
        let (dated, own) = match before.strip_suffix('年') {
            Some(rest) => {
                let digits = number_before(rest, rest.len())?;
                (&rest[..digits.start], year.is_none_or(|year| year == &rest[digits]))
            }
            None => (before, true),
        };
        let word = ["截至", "截止到", "截止"].into_iter().find(|word| dated.ends_with(word))?;
        own.then(|| (month, dated.len() - word.len()..at + '月'.len_utf8()))
    });
    months.max_by_key(|(month, _)| *month)
}

/// The bytes of the digits that stand before a place.
fn number_before(text: &str, at: usize) -> Option<Range<usize>> {
    let length = text[..at].bytes().rev().take(4).take_while(u8::is_ascii_digit).count();
    (length > 0).then(|| at - length..at)
}

#[cfg(test)]
mod tests {
    use crate::testing::{attachment, codes_of, exact};

    #[test]
    fn figures_go_up_to_one_month() {
        let told = |texts: &[&str]| codes_of(&attachment(texts), super::RULE);
        let none: [&str; 0] = [];
        assert_eq!(told(&["1-10月共发现131条。", "已经完成1-11月公报印刷。"]), ["as-of-differs"]);
        assert_eq!(told(&["1—11月共131条。", "截至11月底共发12期。"]), none);
        assert_eq!(told(&["截至2016年10月共1条。", "1至11月2条。"]), ["as-of-differs"]);
        assert_eq!(told(&["3月底前拨付到位。", "1-11月2条。"]), none);
        assert_eq!(told(&["1-3月开展专项整治。", "1-11月2条。"]), none);
        assert_eq!(told(&["截至6月30日报名5人。", "1-11月2条。"]), none);
        assert_eq!(told(&["11-12月2条。", "1-11月2条。"]), none);
        assert_eq!(exact("1-10月共1条。", super::RULE), [] as [&str; 0]);
    }
}
