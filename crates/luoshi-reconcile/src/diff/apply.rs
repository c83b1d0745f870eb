//! From one attachment to the other by their change set, and the change set turned about.
//!
//! Not here: how a change set is made.

use luoshi_model::{
    Attachment, Change, ChangeSet, Item, ItemAt, ItemChange, Mark, ParagraphMarks, PartChange, Proposal,
    UnitChange,
};

/// Why a change set does not lead from an attachment: it was made from another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The id of the first item that is not as the change set knows it; none where something around the items is not.
    pub item: Option<String>,
}

/// The new attachment, from the old one and the changes. Provenance is the new file's own and is not in a change set.
///
/// # Errors
/// [`Misfit`] where the changes were made from another attachment.
pub fn apply(changes: &ChangeSet, old: &Attachment) -> Result<Attachment, Misfit> {
    if changes.old != old.without_items() {
        return Err(Misfit { item: None });
    }
    let known = changes.items.iter().filter(|item| item.old.is_some()).count();
    if known != old.items.len() {
        return Err(Misfit { item: None });
    }
    let count = changes.items.iter().filter(|item| item.new.is_some()).count();
    let mut items: Vec<Option<Item>> = vec![None; count];
    for change in &changes.items {
        let before = change.old.as_ref().map(|at| before(at, old)).transpose()?;
        let Some(now) = &change.new else { continue };
        let item = now.item.as_deref().or(before).cloned();
        let place = items.get_mut(now.at as usize);
        *place.ok_or_else(|| Misfit { item: Some(now.id.clone()) })? = item;
    }
    let items: Option<Vec<Item>> = items.into_iter().collect();
    Ok(Attachment { items: items.ok_or(Misfit { item: None })?, ..changes.new.clone() })
}

/// The item that a change set says stood here.
fn before<'a>(at: &ItemAt, old: &'a Attachment) -> Result<&'a Item, Misfit> {
    let found = old.items.get(at.at as usize).filter(|item| item.id == at.id);
    let same = |item: &&Item| at.item.as_deref().is_none_or(|known| known == *item);
    found.filter(same).ok_or_else(|| Misfit { item: Some(at.id.clone()) })
}

/// The changes from the new one to the old one.
pub fn inverted(changes: &ChangeSet) -> ChangeSet {
    let turned = |parts: &[PartChange], old: Vec<&String>, new: Vec<&String>| {
        let mut parts = parts.to_vec();
        parts.iter_mut().for_each(|part| std::mem::swap(&mut part.old, &mut part.new));
        super::parts_in_order(&mut parts, &old, &new);
        parts
    };
    let mut items: Vec<ItemChange> = changes.items.iter().map(inverted_item).collect();
    super::in_order(&mut items);
    let proposal = |one: &Proposal| Proposal { old: one.new.clone(), new: one.old.clone(), alike: one.alike };
    let mut proposals: Vec<Proposal> = changes.proposals.iter().map(proposal).collect();
    super::proposals_in_order(&mut proposals);
    let (old, new) = (&changes.new, &changes.old);
    let sections =
        |frame: &'_ Attachment| frame.sections.iter().map(|part| part.id.clone()).collect::<Vec<_>>();
    let focuses =
        |frame: &'_ Attachment| frame.focuses.iter().map(|part| part.id.clone()).collect::<Vec<_>>();
    let (old_sections, new_sections) = (sections(old), sections(new));
    let (old_focuses, new_focuses) = (focuses(old), focuses(new));
    ChangeSet {
        sections: turned(&changes.sections, old_sections.iter().collect(), new_sections.iter().collect()),
        focuses: turned(&changes.focuses, old_focuses.iter().collect(), new_focuses.iter().collect()),
        old: old.clone(),
        new: new.clone(),
        items,
        proposals,
        ..ChangeSet::default()
    }
}

fn inverted_item(item: &ItemChange) -> ItemChange {
    let mut turned = item.clone();
    std::mem::swap(&mut turned.old, &mut turned.new);
    for unit in &mut turned.units {
        *unit = UnitChange { old: unit.new.take(), new: unit.old.take() };
    }
    for column in &mut turned.columns {
        column.change = match column.change {
            Change::Answered => Change::Withdrawn,
            Change::Withdrawn => Change::Answered,
            Change::NotApplicable => Change::Applicable,
            Change::Applicable => Change::NotApplicable,
            same => same,
        };
        for quantity in &mut column.quantities {
            std::mem::swap(&mut quantity.old, &mut quantity.new);
            std::mem::swap(&mut quantity.old_text, &mut quantity.new_text);
            std::mem::swap(&mut quantity.old_at, &mut quantity.new_at);
        }
        super::quantities::in_order(&mut column.quantities);
        for paragraph in &mut column.marks {
            std::mem::swap(&mut paragraph.old, &mut paragraph.new);
            paragraph.spans.iter_mut().for_each(|span| span.mark = turned_mark(span.mark));
            gone_first(&mut paragraph.spans, |span| is_old_only(span.mark), |span| span.mark == Mark::Same);
        }
        gone_first(&mut column.marks, is_gone, |paragraph| {
            paragraph.old.is_some() && paragraph.new.is_some()
        });
    }
    turned
}

fn turned_mark(mark: Mark) -> Mark {
    match mark {
        Mark::Same => Mark::Same,
        Mark::Gone => Mark::Come,
        Mark::Come => Mark::Gone,
        Mark::MovedFrom => Mark::MovedTo,
        Mark::MovedTo => Mark::MovedFrom,
    }
}

fn is_old_only(mark: Mark) -> bool {
    matches!(mark, Mark::Gone | Mark::MovedFrom)
}

fn is_gone(paragraph: &ParagraphMarks) -> bool {
    paragraph.new.is_none()
}

/// Between stretches that stay, what is gone comes before what came.
fn gone_first<T>(stretches: &mut [T], gone: impl Fn(&T) -> bool, stays: impl Fn(&T) -> bool) {
    for run in stretches.chunk_by_mut(|one, other| !stays(one) && !stays(other)) {
        run.sort_by_key(|stretch| !gone(stretch));
    }
}
