//! Figures that fell though they can't: what has been counted since ever, or in both periods since the same day.
//!
//! Not here: which figure of the last period is which of this one (diff).

use luoshi_model::{Fall, Period};

use super::Periods;

pub(super) fn falls(periods: &Periods<'_>) -> Vec<Fall> {
    let (old, new) = (&periods.old.attachment.period, &periods.new.attachment.period);
    let goes_on = old.as_ref().zip(new.as_ref()).is_some_and(|(old, new)| goes_on(old, new));
    let mut found = Vec::new();
    for (pair, change) in periods.pairs.iter().zip(&periods.changes.items) {
        for column in &change.columns {
            let fell = column.quantities.iter().filter(|figure| figure.new < figure.old && figure.comparable);
            let fell = fell.filter(|figure| figure.cumulative || goes_on && is_count(&figure.unit));
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

/// Whether what is counted in a unit adds up over time: a share does not.
fn is_count(unit: &str) -> bool {
    !matches!(unit, "%" | "％" | "‰" | "个百分点" | "倍" | "小时" | "分钟" | "天" | "个工作日")
}
