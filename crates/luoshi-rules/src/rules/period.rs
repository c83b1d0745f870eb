//! Days and papers of another period: a day after the period's end, a span that ends before it begins, the work plan of another year.
//!
//! Why: what can't have happened yet was copied or mistyped; one ministry gave its period as 自2010年1月1日起至2009年12月31日止
//! (domain.md §4.1). Days before the period are usual: what began then.

use luoshi_model::{Level, MentionKind};
use luoshi_normalizer::facts::{Mention, mentions};

use super::Rule;
use crate::finding::{Findings, MOST};
use crate::{Context, near};

pub(super) const RULE: Rule =
    Rule { codes: &["date-after-period", "range-reversed", "plan-of-other-year"], check };

/// What joins the two days of a span.
const JOINS: [&str; 12] = ["至", "到", "-", "—", "——", "－", "～", "~", "起至", "日起至", "–", "起到"];

/// Bytes around a date in which its sentence says when that is.
const NEAR: usize = 180;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(period) = &context.attachment.period else { return };
    let Some(end) = day_of(&period.to) else { return };
    for passage in context.answers() {
        let text = &passage.text;
        if !text.contains("19") && !text.contains("20") {
            continue;
        }
        let found = mentions(text);
        let dates: Vec<(&Mention, (u32, u32, u32))> = found
            .iter()
            .filter(|mention| mention.kind == MentionKind::Date)
            .filter_map(|mention| Some((mention, day_of(&text[mention.span.clone()])?)))
            .collect();
        let is_status = passage.place.column == Some(luoshi_model::ColumnKey::Status);
        // 至2018年 ends what began, and a year alone is mostly a paper's: 2017年部门预算.
        let is_end =
            |mention: &Mention| text[..mention.span.start].ends_with(['至', '到', '-', '—', '－', '～', '~']);
        let late = dates.iter().filter(|(mention, day)| {
            is_status
                && day.1 > 0
                && later(*day, end)
                && !is_end(mention)
                && !is_future(text, mention, context)
        });
        for (mention, _) in late.take(MOST) {
            let found = passage.finding("date-after-period", Level::Warn, mention.span.clone());
            findings.push(found.with("period", &period.label));
        }
        let spans = dates.iter().zip(dates.iter().skip(1)).filter(|((first, from), (last, to))| {
            let between = text[first.span.end..last.span.start].trim();
            JOINS.contains(&between) && later(*from, *to)
        });
        for ((first, _), (last, _)) in spans.take(MOST) {
            findings.push(passage.finding("range-reversed", Level::Warn, first.span.start..last.span.end));
        }
        let year = end.0;
        let plans = found.iter().filter(|mention| mention.kind == MentionKind::Title);
        let others = plans.filter(|plan| {
            text[plan.span.clone()].contains("要点") && !plan.years.is_empty() && !plan.years.contains(&year)
        });
        for plan in others.take(MOST) {
            let found = passage.finding("plan-of-other-year", Level::Warn, plan.span.clone());
            findings.push(found.with("period", &period.label));
        }
    }
}

/// Year, month and day of a date; 0 for what it does not say.
fn day_of(text: &str) -> Option<(u32, u32, u32)> {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
    let mut next = || numbers.next().and_then(|digits| digits.parse().ok());
    Some((next()?, next().unwrap_or_default(), next().unwrap_or_default()))
}

/// Whether one day is surely later than another: as far as both say.
fn later(one: (u32, u32, u32), other: (u32, u32, u32)) -> bool {
    let unknown = |one: u32, other: u32| one == 0 || other == 0;
    match one.0.cmp(&other.0) {
        std::cmp::Ordering::Equal if unknown(one.1, other.1) => false,
        std::cmp::Ordering::Equal if one.1 == other.1 => !unknown(one.2, other.2) && one.2 > other.2,
        std::cmp::Ordering::Equal => one.1 > other.1,
        order => order.is_gt(),
    }
}

/// Whether the clause of a date says what will be.
fn is_future(text: &str, date: &Mention, context: &Context<'_>) -> bool {
    let stop = ['。', '；', '\n'];
    let before = near::before(text, date.span.start, NEAR).rsplit(stop).next().unwrap_or_default();
    let behind = near::behind(text, date.span.end, NEAR).split(stop).next().unwrap_or_default();
    let says = |word: &String| before.contains(word.as_str()) || behind.contains(word.as_str());
    context.words.answers.future.iter().any(says) || behind.starts_with('前')
}

#[cfg(test)]
mod tests {
    use luoshi_model::Period;

    use crate::testing::{attachment, codes_of};

    #[test]
    fn days_and_plans_are_of_the_period() {
        let told = |text: &str| {
            let mut attachment = attachment(&[text]);
            let (from, to) = ("2016-01-01".to_owned(), "2016-12-31".to_owned());
            attachment.period = Some(Period { label: "2016年".to_owned(), from, to });
            codes_of(&attachment, super::RULE)
        };
        let cases: [(&str, &[&str]); 13] = [
            ("2017年3月公布结果。", &["date-after-period"]),
            ("2016年12月31日公布结果。", &[]),
            ("2015年起公布结果。", &[]),
            ("将于2017年3月公布结果。", &[]),
            ("许可证有效期至2018年12月31日。", &[]),
            ("编制2017年部门预算。", &[]),
            ("建设工期为2017年1月。", &[]),
            ("2017年3月底前公布结果。", &[]),
            ("自2016年6月1日至2016年3月1日公示。", &["range-reversed"]),
            ("自2016年3月1日至2016年6月1日公示。", &[]),
            ("落实《2015年政务公开工作要点》。", &["plan-of-other-year"]),
            ("落实《2016年政务公开工作要点》。", &[]),
            ("公开《2015年度报告》。", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(told(text), expected, "{text}");
        }
    }
}
