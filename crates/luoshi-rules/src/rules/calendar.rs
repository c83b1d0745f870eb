//! Days that no calendar has: 2月30日, 13月5日, 2015年2月29日.
//!
//! Why: a day that can't be was mistyped, and readers of an office's own figures find it first (domain.md §4.1). A month alone is asked
//! only behind a year: 18月龄 and 12月 are no days.

use std::ops::Range;

use luoshi_model::Level;

use super::Rule;
use crate::Context;
use crate::digits::digit;
use crate::finding::{Findings, MOST};

pub(super) const RULE: Rule = Rule { codes: &["date-impossible"], check };

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for passage in context.own() {
        let text = &passage.text;
        let days = text.match_indices('月').filter_map(|(at, _)| impossible(text, at));
        for span in days.take(MOST) {
            findings.push(passage.finding("date-impossible", Level::Warn, span));
        }
    }
}

/// The bytes of the date around 月 at a place, where no calendar has it.
fn impossible(text: &str, at: usize) -> Option<Range<usize>> {
    let month = number_before(text, at)?;
    let behind = at + '月'.len_utf8();
    let day = number_behind(text, behind).filter(|day| text[day.end..].starts_with(['日', '号']));
    let dated = text[..month.start].strip_suffix('年');
    let year = dated.and_then(|rest| number_before(rest, rest.len()));
    let value = |span: &Range<usize>| -> Option<u32> {
        let ascii: String = text[span.clone()].chars().filter_map(digit).collect();
        ascii.parse().ok().filter(|_| ascii.len() <= 4)
    };
    // 29 February is a day of some year.
    let is_leap = year.as_ref().and_then(value).is_none_or(|year| {
        let divides = |by: u32| year.is_multiple_of(by);
        divides(4) && (!divides(100) || divides(400))
    });
    let last = match value(&month)? {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ if day.is_some() || year.is_some() => 0,
        _ => return None,
    };
    let is_day = match &day {
        Some(day) => (1..=last).contains(&value(day)?),
        None => last > 0,
    };
    let end = day.map_or(behind, |day| day.end + '日'.len_utf8());
    (!is_day).then(|| year.map_or(month.start, |year| year.start)..end)
}

/// The bytes of the digits before a place; at most four are looked at.
fn number_before(text: &str, at: usize) -> Option<Range<usize>> {
    let digits = text[..at].char_indices().rev().take(4).take_while(|(_, c)| digit(*c).is_some());
    digits.last().map(|(from, _)| from..at)
}

/// The bytes of the digits behind a place; at most four are looked at.
fn number_behind(text: &str, at: usize) -> Option<Range<usize>> {
    let digits = text[at..].char_indices().take(4).take_while(|(_, c)| digit(*c).is_some());
    digits.last().map(|(last, c)| at..at + last + c.len_utf8())
}

#[cfg(test)]
mod tests {
    use crate::testing::exact;

    #[test]
    fn days_are_of_the_calendar() {
        let cases: [(&str, &[&str]); 12] = [
            ("于2月30日公布。", &["2月30日"]),
            ("于２月３０日公布。", &["２月３０日"]),
            ("2016年13月公布。", &["2016年13月"]),
            ("6月31号召开会议", &["6月31号"]),
            ("2015年2月29日", &["2015年2月29日"]),
            ("2016年2月29日，2月29日", &[]),
            ("2016年1月0日", &["2016年1月0日"]),
            ("12月31日、1月1日、1-11月30日", &[]),
            ("18月龄婴儿，24月内", &[]),
            ("历时15月30天", &[]),
            ("2016年12月", &[]),
            ("每月5日", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(exact(text, super::RULE), expected, "{text}");
        }
    }
}
