//! Texts that are the last period's, word for word. That may be right for a standing duty; the unit must say so.
//!
//! Not here: nearly the same texts; the change set says which those are.

use luoshi_model::{AnswerKind, Carried, Change, ColumnKey, Contribution, Item};

use super::{Pair, Periods, WORDS};

pub(super) fn texts(periods: &Periods<'_>) -> Vec<Carried> {
    let mut found = Vec::new();
    for (pair, change) in periods.pairs.iter().zip(&periods.changes.items) {
        let (Some(old), Some(new)) = (pair.old, pair.new) else { continue };
        for column in change.columns.iter().filter(|column| column.column.is_answered()) {
            let key = &column.column;
            if *key == ColumnKey::Class || *key == ColumnKey::Status && !is_narrative(new) {
                continue;
            }
            match column.change {
                // Of a cell that answers several items the first one says it.
                Change::Unchanged if periods.new.leader(new, key).is_none() => {
                    found.extend(carried(pair, key, "", periods.new.text(new, key)));
                }
                Change::Numbers | Change::Near | Change::Changed if *key == ColumnKey::Status => {
                    found.extend(shares(pair, old, new));
                }
                _ => {}
            }
        }
    }
    found
}

fn is_narrative(item: &Item) -> bool {
    item.status.as_ref().is_some_and(|status| status.answer == AnswerKind::Answered)
}

/// The shares of a joined answer that are the last period's.
fn shares<'a>(pair: &'a Pair<'_>, old: &'a Item, new: &'a Item) -> impl Iterator<Item = Carried> + 'a {
    let of = |item: &'a Item| item.status.iter().flat_map(|status| &status.contributions);
    let was = move |share: &&Contribution| {
        of(old).any(|before| before.unit == share.unit && before.paragraphs == share.paragraphs)
    };
    of(new)
        .filter(was)
        .filter_map(move |share| carried(pair, &ColumnKey::Status, &share.unit, share.paragraphs.clone()))
}

fn carried(pair: &Pair<'_>, column: &ColumnKey, unit: &str, paragraphs: Vec<String>) -> Option<Carried> {
    let says: usize =
        paragraphs.iter().map(|text| text.chars().filter(|c| c.is_alphanumeric()).count()).sum();
    let carried = || Carried { item: pair.ids(), column: column.clone(), unit: unit.to_owned(), paragraphs };
    (says >= WORDS.carried_least).then(carried)
}
