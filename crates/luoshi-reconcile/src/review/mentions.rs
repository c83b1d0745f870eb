//! Dates and titles of the last period in this one's texts, and titles and links of the last period's texts that are gone.
//!
//! Not here: how a date or title is told (facts of the normalizer).

use luoshi_model::{ColumnKey, EvidenceGone, Leftover, MentionKind, Period};
use luoshi_normalizer::facts::{Mention, mentions};

use super::{Periods, WORDS};

pub(super) fn leftovers(periods: &Periods<'_>) -> Vec<Leftover> {
    let period = |attachment: &luoshi_model::Attachment| attachment.period.as_ref().and_then(years);
    let (Some(old), Some(new)) = (period(periods.old.attachment), period(periods.new.attachment)) else {
        return Vec::new();
    };
    let of_old = |mention: &Mention| {
        // 2016—2020年 goes on.
        let last = mention.years.iter().max();
        mention.years.iter().any(|year| old.contains(year)) && last.is_some_and(|last| last < new.start())
    };
    let mut found = Vec::new();
    for (pair, column, before, after) in texts(periods) {
        let before = before.join("\n");
        let after = after.join("\n");
        let all = mentions(&after);
        for (at, mention) in all.iter().enumerate().filter(|(_, mention)| of_old(mention)) {
            let goes_on = all.get(at + 1).is_some_and(|next| {
                let between = after.get(mention.span.end..next.span.start).unwrap_or_default();
                RANGE.contains(&between) && next.years.iter().any(|year| new.contains(year))
            });
            if mention.kind == MentionKind::Link || goes_on || is_reference(&after, mention) {
                continue;
            }
            let text = after[mention.span.clone()].to_owned();
            found.push(Leftover {
                item: pair.ids(),
                column: column.clone(),
                kind: mention.kind,
                was_there: before.contains(&text),
                text,
                at: after[..mention.span.start].chars().count() as u32,
            });
        }
    }
    found
}

/// What stands between two dates that are named together: 2016年至2017年, 2016年、2017年.
const RANGE: [&str; 9] = ["至", "到", "、", "和", "及", "—", "-", "－", "～"];

/// Whether a date is one that is compared with, or since when something holds.
fn is_reference(text: &str, mention: &Mention) -> bool {
    let (before, behind) = (&text[..mention.span.start], &text[mention.span.end..]);
    mention.kind == MentionKind::Date
        && (WORDS.compared_before.iter().any(|word| before.ends_with(word.as_str()))
            || WORDS.since_behind.iter().any(|word| behind.starts_with(word.as_str())))
}

fn years(period: &Period) -> Option<std::ops::RangeInclusive<u32>> {
    let year = |day: &str| day.get(..4)?.parse::<u32>().ok();
    Some(year(&period.from)?..=year(&period.to)?)
}

pub(super) fn gone(periods: &Periods<'_>) -> Vec<EvidenceGone> {
    let mut found = Vec::new();
    for (pair, column, before, after) in texts(periods) {
        if after.is_empty() {
            // An answer that is gone is told as that.
            continue;
        }
        let (before, after) = (before.join("\n"), without_figures(&after.join("\n")));
        for mention in mentions(&before).into_iter().filter(|mention| mention.kind != MentionKind::Date) {
            let text = &before[mention.span];
            // 《2016年收费目录》 goes on as 《2017年收费目录》.
            let told =
                |one: &EvidenceGone| one.text == text && one.column == *column && one.item == pair.ids();
            if !after.contains(&without_figures(text)) && !found.iter().any(told) {
                let (kind, text) = (mention.kind, text.to_owned());
                found.push(EvidenceGone { item: pair.ids(), column: column.clone(), kind, text });
            }
        }
    }
    found
}

/// A text by which a title or link is known again: 《2016年通知》 and 《2017年度通知》 are one, http and https too.
fn without_figures(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect();
    text.replace("####年度", "####年").replace("https://", "http://")
}

type Texts<'a> = (&'a super::Pair<'a>, &'a ColumnKey, Vec<String>, Vec<String>);

/// What both periods say to each item that both ask, column by column; of a cell that answers several items, at the first.
fn texts<'a>(periods: &'a Periods<'a>) -> impl Iterator<Item = Texts<'a>> {
    let both = periods.pairs.iter().zip(&periods.changes.items);
    both.flat_map(move |(pair, change)| {
        change.columns.iter().filter_map(move |column| {
            let key = &column.column;
            let new = pair.new?;
            let text = pair.old.map_or_else(Vec::new, |old| periods.old.text(old, key));
            periods.new.leader(new, key).is_none().then(|| (pair, key, text, periods.new.text(new, key)))
        })
    })
}
