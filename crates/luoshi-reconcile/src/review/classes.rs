//! How far each item was carried out, last period and now.
//!
//! Not here: how a class is told from a text (facts of the normalizer).

use luoshi_model::{ClassChange, Classed, ColumnKey, Item};
use luoshi_normalizer::facts::status_class;

use super::Periods;
use crate::answers::Answers;

pub(super) fn changes(periods: &Periods<'_>) -> Vec<ClassChange> {
    let classed = |item: Option<&Item>, answers: &Answers<'_>| item.map(|item| class_of(item, answers));
    let change = |pair: &super::Pair<'_>| {
        let (old, new) = (classed(pair.old, &periods.old), classed(pair.new, &periods.new));
        let regressed =
            old.as_ref().zip(new.as_ref()).is_some_and(|(old, new)| new.class.is_behind(old.class));
        ClassChange { item: pair.ids(), old, new, regressed }
    };
    periods.pairs.iter().map(change).collect()
}

/// The class of an item by whatever answers it: its own cell, one that is merged over it, or the item that it points to.
pub(crate) fn class_of(item: &Item, answers: &Answers<'_>) -> Classed {
    let see = item.status.as_ref().and_then(|status| status.see.as_deref());
    let target = see.and_then(|id| answers.item(id));
    let leader = answers.leader(item, &ColumnKey::Status).or(target).unwrap_or(item);
    let text = answers.text(leader, &ColumnKey::Status);
    match item.class.is_empty() {
        true => status_class(leader, &text),
        false => status_class(item, &text),
    }
}
