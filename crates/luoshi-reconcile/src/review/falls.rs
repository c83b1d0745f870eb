//! Figures that fell though they can't: what has been counted since ever, or in both periods since the same day.
//!
//! Not here: which figure of the last period is which of this one (diff).

use luoshi_model::{Fall, Period, QuantityChange};

use super::{Periods, WORDS};

/// Characters around a figure that say what it counts.
const NEAR: usize = 6;

pub(super) fn falls(periods: &Periods<'_>) -> Vec<Fall> {
    let (old, new) = (&periods.old.attachment.period, &periods.new.attachment.period);
    let goes_on = old.as_ref().zip(new.as_ref()).is_some_and(|(old, new)| goes_on(old, new));
    let mut found = Vec::new();
    for (pair, change) in periods.pairs.iter().zip(&periods.changes.items) {
        let Some(new) = pair.new else { continue };
        // Of a cell that answers several items the first one says it.
        for column in change.columns.iter().filter(|column| periods.new.leader(new, &column.column).is_none())
        {
            let text = periods.new.text(new, &column.column).join("\n");
            let fell = column.quantities.iter().filter(|figure| figure.new < figure.old && figure.comparable);
            let fell = fell.filter(|figure| (figure.cumulative || goes_on) && is_count(&figure.unit));
            let fell = fell.filter(|figure| !figure.about && !counts_what_is_left(&text, figure));
            found.extend(fell.map(|quantity| Fall {
                item: pair.ids(),
                column: column.column.clone(),
                quantity: quantity.clone(),
            }));
        }
    }
    found
}

/// Whether a period begins on the same day as the last one and ends later: 1–6月, then 1–10月.
fn goes_on(old: &Period, new: &Period) -> bool {
    old.from == new.from && old.to < new.to
}

/// Whether a figure counts what is still to be done: fewer is better.
fn counts_what_is_left(text: &str, figure: &QuantityChange) -> bool {
    let at = figure.new_at as usize;
    let near: String = text.chars().skip(at.saturating_sub(NEAR)).take(NEAR.min(at)).collect();
    let behind: String = text
        .chars()
        .skip(at + figure.new_text.chars().count())
        .take_while(|c| c.is_alphanumeric())
        .take(NEAR)
        .collect();
    WORDS.left.iter().any(|word| near.contains(word.as_str()) || behind.contains(word.as_str()))
}

/// Whether what is counted in a unit adds up over time: a share does not.
fn is_count(unit: &str) -> bool {
    !matches!(unit, "%" | "％" | "‰" | "个百分点" | "倍" | "小时" | "分钟" | "天" | "个工作日")
}
