//! Two periods side by side: which question is which, and what became of each answer.
//!
//! ```text
//! two attachments ──tie──▶ sections, focuses, items ──items──▶ question, units, columns ──▶ ChangeSet ──apply──▶ the other one
//! ```
//!
//! Not here: the words of a text (compare), and how changes are shown.

mod apply;
mod assignment;
mod items;
mod quantities;
mod tie;

use std::collections::{HashMap, HashSet};

use luoshi_model::{
    Attachment, ChangeSet, Focus, ItemAt, ItemChange, PartChange, Proposal, QuestionChange, Section, Tied,
};
use luoshi_normalizer::{CatalogueIndex, key};

use crate::compare::Lexicon;

pub use apply::{Misfit, apply, inverted};
pub use tie::{Known, Named, Tie, Ties, tie};

pub(crate) use assignment::best;

use items::Sides;

/// What a caller may choose about a comparison.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// What a person said of pairs of items.
    pub links: &'a [Known<'a>],
    /// The new one's catalogue. Its directory knows which names are one body's, and its items which questions they carry on.
    pub catalogue: Option<&'a CatalogueIndex>,
}

/// The changes that lead from one attachment to another.
pub fn diff(old: &Attachment, new: &Attachment, options: Options<'_>) -> ChangeSet {
    let sections = tie(&named_sections(&old.sections), &named_sections(&new.sections), &[]);
    let focuses = tie(&named_focuses(old), &named_focuses(new), &[]);
    let links = [options.links, &carried_on(old, options)].concat();
    let ties = tie(&named_items(old), &named_items(new), &links);
    let lexicon = Lexicon::of_units([old, new]);
    let sides = Sides::new(old, new, &sections, &focuses, &lexicon, options.catalogue);
    let mut partner_of_new: Vec<Option<&Tie>> = vec![None; new.items.len()];
    let mut partner_of_old: Vec<Option<&Tie>> = vec![None; old.items.len()];
    for tied in &ties.tied {
        (partner_of_old[tied.old], partner_of_new[tied.new]) = (Some(tied), Some(tied));
    }
    let mut items: Vec<ItemChange> = ties.tied.iter().map(|tied| sides.change(tied)).collect();
    let alone = |at: usize, item: &luoshi_model::Item| ItemAt {
        at: at as u32,
        id: item.id.clone(),
        item: Some(Box::new(item.clone())),
    };
    let nothing = || ItemChange {
        old: None,
        new: None,
        tied: None,
        question: Vec::new(),
        units: Vec::new(),
        columns: Vec::new(),
    };
    let gone = old.items.iter().enumerate().filter(|(at, _)| partner_of_old[*at].is_none());
    items.extend(gone.map(|(at, item)| ItemChange { old: Some(alone(at, item)), ..nothing() }));
    let came = new.items.iter().enumerate().filter(|(at, _)| partner_of_new[*at].is_none());
    items.extend(came.map(|(at, item)| ItemChange { new: Some(alone(at, item)), ..nothing() }));
    in_order(&mut items);
    let proposal = |tied: &Tie| Proposal {
        old: old.items[tied.old].id.clone(),
        new: new.items[tied.new].id.clone(),
        alike: thousandths(tied.score),
    };
    let mut proposals: Vec<Proposal> = ties.proposed.iter().map(proposal).collect();
    proposals_in_order(&mut proposals);
    ChangeSet {
        old: old.without_items(),
        new: new.without_items(),
        sections: section_changes(&old.sections, &new.sections, &sections),
        focuses: focus_changes(&old.focuses, &new.focuses, &focuses, &sections, old, new),
        items,
        proposals,
        ..ChangeSet::default()
    }
}

/// The ties that the catalogue's lineage says. Of a question that was split, or several that were merged, one is tied: the one that is
/// most alike; a person's links come first.
fn carried_on<'a>(old: &'a Attachment, options: Options<'a>) -> Vec<Known<'a>> {
    let items = options.catalogue.map_or(&[][..], |index| &index.catalogue().items);
    let said = |old: &str, new: &str| {
        let about = |link: &Known<'_>| match link.same {
            true => link.old == old || link.new == new,
            false => (link.old, link.new) == (old, new),
        };
        options.links.iter().any(about)
    };
    let matters: HashMap<&str, &str> =
        old.items.iter().rev().map(|item| (item.id.as_str(), item.matter.as_str())).collect();
    let mut ties: Vec<(f64, &str, &str)> = Vec::new();
    for item in items {
        for before in item.supersedes.iter().filter(|id| !said(id, &item.id)) {
            let Some(matter) = matters.get(before.as_str()) else { continue };
            ties.push((luoshi_normalizer::likeness(matter, &item.matter), before, &item.id));
        }
    }
    ties.sort_by(|one, other| other.0.total_cmp(&one.0));
    let (mut olds, mut news) = (HashSet::new(), HashSet::new());
    let mut links: Vec<Known<'_>> = Vec::new();
    for (_, old, new) in ties {
        if !olds.contains(old) && !news.contains(new) {
            olds.insert(old);
            news.insert(new);
            links.push(Known { old, new, same: true });
        }
    }
    links
}

fn thousandths(score: f64) -> u16 {
    (score * 1000.0).round() as u16
}

fn tied(tie: &Tie) -> Tied {
    Tied { by: tie.by, alike: thousandths(tie.score) }
}

/// Items by where they stand on either side, whichever is nearer the top; of two that crossed, the one that was first, and what is
/// gone before what came. No two are alike in all of this, so the order does not depend on how it was come by.
fn in_order(items: &mut [ItemChange]) {
    items.sort_by_key(|item| {
        let (old, new) = (item.old.as_ref().map(|at| at.at), item.new.as_ref().map(|at| at.at));
        let (old_at, new_at) = (old.unwrap_or(u32::MAX), new.unwrap_or(u32::MAX));
        (old_at.min(new_at), old_at.max(new_at), old_at)
    });
}

fn named_sections(sections: &[Section]) -> Vec<Named<'_>> {
    sections.iter().map(|part| Named { id: "", words: &part.title, part: "", units: &[] }).collect()
}

fn named_focuses(attachment: &Attachment) -> Vec<Named<'_>> {
    let title = |id: Option<&String>| {
        attachment.sections.iter().find(|part| Some(&part.id) == id).map_or("", |part| part.title.as_str())
    };
    let focuses = attachment.focuses.iter();
    focuses
        .map(|part| Named { id: "", words: &part.title, part: title(part.section.as_ref()), units: &[] })
        .collect()
}

fn named_items(attachment: &Attachment) -> Vec<Named<'_>> {
    let titles: HashMap<&str, &str> =
        attachment.focuses.iter().map(|part| (part.id.as_str(), part.title.as_str())).collect();
    let sections: HashMap<&str, &str> =
        attachment.sections.iter().map(|part| (part.id.as_str(), part.title.as_str())).collect();
    let part = |item: &luoshi_model::Item| {
        let focus = item.focus.as_deref().and_then(|id| titles.get(id));
        focus.or_else(|| sections.get(item.section.as_deref()?)).copied().unwrap_or("")
    };
    attachment
        .items
        .iter()
        .map(|item| Named { id: &item.id, words: &item.matter, part: part(item), units: &item.units })
        .collect()
}

/// What changed of two titles and enumerators.
fn part_changes(old: (&str, &str), new: (&str, &str)) -> Vec<QuestionChange> {
    let mut changes = Vec::new();
    if key(old.1) != key(new.1) {
        changes.push(QuestionChange::Reworded);
    }
    if old.0 != new.0 {
        changes.push(QuestionChange::Renumbered);
    }
    changes
}

fn section_changes(old: &[Section], new: &[Section], ties: &Ties) -> Vec<PartChange> {
    let change = |tied: &Tie| {
        let (one, other) = (&old[tied.old], &new[tied.new]);
        part_changes((&one.label, &one.title), (&other.label, &other.title))
    };
    parts(ties, old.iter().map(|part| &part.id), new.iter().map(|part| &part.id), change)
}

fn focus_changes(
    old: &[Focus],
    new: &[Focus],
    ties: &Ties,
    sections: &Ties,
    one: &Attachment,
    other: &Attachment,
) -> Vec<PartChange> {
    let change = |tied: &Tie| {
        let (before, after) = (&old[tied.old], &new[tied.new]);
        let mut changes = part_changes((&before.label, &before.title), (&after.label, &after.title));
        let place = |id: &Option<String>, of: &Attachment| {
            of.sections.iter().position(|part| Some(&part.id) == id.as_ref())
        };
        if !items::same_place(place(&before.section, one), place(&after.section, other), sections) {
            changes.push(QuestionChange::Moved);
        }
        changes
    };
    parts(ties, old.iter().map(|part| &part.id), new.iter().map(|part| &part.id), change)
}

/// The parts of both sides, in order.
fn parts<'a>(
    ties: &Ties,
    old: impl Iterator<Item = &'a String>,
    new: impl Iterator<Item = &'a String>,
    change: impl Fn(&Tie) -> Vec<QuestionChange>,
) -> Vec<PartChange> {
    let (old, new): (Vec<&String>, Vec<&String>) = (old.collect(), new.collect());
    let part = |old: Option<&String>, new: Option<&String>, changes| PartChange {
        old: old.cloned(),
        new: new.cloned(),
        changes,
    };
    let tied = ties.tied.iter().map(|tied| part(Some(old[tied.old]), Some(new[tied.new]), change(tied)));
    let gone = (0..old.len()).filter(|at| !ties.tied.iter().any(|tied| tied.old == *at));
    let came = (0..new.len()).filter(|at| !ties.tied.iter().any(|tied| tied.new == *at));
    let gone = gone.map(|at| part(Some(old[at]), None, Vec::new()));
    let came = came.map(|at| part(None, Some(new[at]), Vec::new()));
    let mut all: Vec<PartChange> = tied.chain(gone).chain(came).collect();
    parts_in_order(&mut all, &old, &new);
    all
}

/// Parts by where they stand on either side, as items do.
fn parts_in_order(parts: &mut [PartChange], old: &[&String], new: &[&String]) {
    let at = |ids: &[&String], id: &Option<String>| {
        let id = id.as_ref();
        id.and_then(|id| ids.iter().position(|known| *known == id)).unwrap_or(usize::MAX)
    };
    parts.sort_by_cached_key(|part| {
        let (old, new) = (at(old, &part.old), at(new, &part.new));
        (old.min(new), old.max(new), old)
    });
}

/// Proposals in an order that does not change when they are turned about.
fn proposals_in_order(proposals: &mut [Proposal]) {
    proposals.sort_by(|one, other| {
        let ids =
            |one: &Proposal| (one.old.clone().min(one.new.clone()), one.old.clone().max(one.new.clone()));
        ids(one).cmp(&ids(other))
    });
}
