//! Which figure of the last period is which of this one, and how it changed.
//!
//! Two figures are one where they have a unit in common and stand behind the same words: 公开执法信息55条, 公开执法信息70条. Not here:
//! what a figure is (facts), and whether its change is good.

use luoshi_model::{Period, QuantityChange};
use luoshi_normalizer::facts::{Quantity, quantities};

use super::assignment;

/// Characters before a figure that say what it counts.
const CONTEXT: usize = 8;

/// Figures of two texts that are compared with each other; a text with more is a table of its own.
const MOST: usize = 100;

/// The figures that both texts have and that differ; `last` and `this` are the periods that they are about.
pub(super) fn changes(
    old: &[String],
    new: &[String],
    [last, this]: [Option<&Period>; 2],
) -> Vec<QuantityChange> {
    let (old, new) = (old.join("\n"), new.join("\n"));
    let (was, is) = (quantities(&old), quantities(&new));
    if was.len().max(is.len()) > MOST {
        return Vec::new();
    }
    // One sign in common, such as 率 before two shares, ties only what can be nothing else.
    let alone = |unit: &str, all: &[Quantity]| all.iter().filter(|one| one.unit == unit).count() == 1;
    let (was_all, is_all) = (was.as_slice(), is.as_slice());
    let weight = |was: &Quantity, is: &Quantity| match common(context(&old, was), context(&new, is)) {
        _ if was.unit != is.unit => 0.0,
        1.0 if !(alone(&was.unit, was_all) && alone(&is.unit, is_all)) => 0.0,
        common => common,
    };
    // Of pairs that are as good one is chosen; whichever text is called the old one, it is the same.
    let pairs = match old > new {
        true => {
            let scores: Vec<Vec<f64>> =
                is.iter().map(|is| was.iter().map(|was| weight(was, is)).collect()).collect();
            assignment::best(&scores).into_iter().map(|(j, i)| (i, j)).collect()
        }
        false => {
            let scores: Vec<Vec<f64>> =
                was.iter().map(|was| is.iter().map(|is| weight(was, is)).collect()).collect();
            assignment::best(&scores)
        }
    };
    let at = |text: &str, quantity: &Quantity| text[..quantity.span.start].chars().count() as u32;
    let changed =
        pairs.into_iter().map(|(i, j)| (&was[i], &is[j])).filter(|(was, is)| was.amount != is.amount);
    let change = |(was, is): (&Quantity, &Quantity)| QuantityChange {
        unit: was.unit.clone(),
        old: was.amount,
        new: is.amount,
        old_text: old[was.span.clone()].to_owned(),
        new_text: new[is.span.clone()].to_owned(),
        old_at: at(&old, was),
        new_at: at(&new, is),
        about: was.about || is.about,
        comparable: match (was.cumulative, is.cumulative) {
            (true, true) => true,
            (false, false) => last.zip(this).is_none_or(|(last, this)| one_span(last, this)),
            _ => false,
        },
        cumulative: was.cumulative && is.cumulative,
    };
    let mut changes: Vec<QuantityChange> = changed.map(change).collect();
    in_order(&mut changes);
    changes
}

/// Whether figures of two periods can be compared: they are of as many months, or of one year up to two days.
fn one_span(last: &Period, this: &Period) -> bool {
    let months = |period: &Period| {
        let month =
            |day: &str| Some(day.get(..4)?.parse::<i32>().ok()? * 12 + day.get(5..7)?.parse::<i32>().ok()?);
        Some(month(&period.to)? - month(&period.from)?)
    };
    last.from == this.from || months(last) == months(this)
}

/// Figures by where they stand on either side, as items do.
pub(super) fn in_order(changes: &mut [QuantityChange]) {
    changes.sort_by_key(|one| (one.old_at.min(one.new_at), one.old_at.max(one.new_at), one.old_at));
}

/// The words before a figure, the nearest first.
fn context<'a>(text: &'a str, quantity: &Quantity) -> impl Iterator<Item = char> + 'a {
    text[..quantity.span.start].chars().rev().filter(|c| !c.is_whitespace()).take(CONTEXT)
}

/// How much of what stands before two figures is the same, from the figure on. Nothing in common is no tie.
fn common(one: impl Iterator<Item = char>, other: impl Iterator<Item = char>) -> f64 {
    one.zip(other).take_while(|(one, other)| one == other).count() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(old: &str, new: &str) -> Vec<String> {
        let changes = changes(&[old.to_owned()], &[new.to_owned()], [None, None]);
        changes.iter().map(|one| format!("{}→{} {}", one.old_text, one.new_text, one.comparable)).collect()
    }

    #[test]
    fn figures_are_paired_by_their_words() {
        assert_eq!(told("公开执法信息55条。", "公开执法信息70条。"), ["55条→70条 true"]);
        assert_eq!(
            told("公开信息55条，受理申请3条。", "受理申请5条，公开信息55条，培训20人。"),
            ["3条→5条 true"]
        );
        assert_eq!(
            told("公开信息55条，受理申请3件。", "公开信息60条，召开会议2场，受理申请8件。"),
            ["55条→60条 true", "3件→8件 true"]
        );
        assert_eq!(told("累计公开信息55条。", "公开信息30条。"), ["55条→30条 false"]);
        assert_eq!(told("投入16.7万元。", "投入1.2亿元。"), ["16.7万元→1.2亿元 true"]);
        assert_eq!(told("公开55条。", "公开55项。"), Vec::<String>::new());
        assert_eq!(told("答复率72%，办结率99%。", "满意率90%。"), Vec::<String>::new());
        assert_eq!(told("与6家报社约定。", "和7家报社约定。"), Vec::<String>::new());
        assert_eq!(told("与6家报社约定。", "与7家媒体约定。"), ["6家→7家 true"]);
        assert_eq!(told("公开1,000条。", "公开1000条。"), Vec::<String>::new());
    }

    #[test]
    fn periods_of_other_lengths_are_not_compared_but_for_those_of_one_year_so_far() {
        let period = |from: &str, to: &str| Period { label: String::new(), from: from.into(), to: to.into() };
        let (half, year) = (period("2016-01-01", "2016-06-30"), period("2016-01-01", "2016-12-31"));
        let (next, next_half) = (period("2017-01-01", "2017-12-31"), period("2017-01-01", "2017-06-30"));
        assert!(one_span(&half, &year) && one_span(&year, &next) && one_span(&half, &next_half));
        assert!(!one_span(&half, &next) && !one_span(&year, &next_half));
    }
}
