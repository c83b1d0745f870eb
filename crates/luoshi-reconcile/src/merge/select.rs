//! Which versions of a cell stand: by scope, then by the policy where a unit gave several, then by an editor's decision.
//!
//! Not here: how those that stand are put together.

use std::collections::BTreeMap;

use luoshi_model::Policy;

use super::Merger;
use super::pool::Entry;

/// A version of a cell, its own or that of an item whose merged cell covers it.
#[derive(Clone, Copy)]
pub(super) struct Candidate<'a> {
    pub(super) entry: &'a Entry,
    /// The index of the item in whose row it stands.
    pub(super) item: usize,
}

/// The versions of a cell, sorted by what may stand.
#[derive(Default)]
pub(super) struct Selection<'a> {
    /// Those that stand by scope and policy, in the order of the units.
    pub(super) standing: Vec<Candidate<'a>>,
    /// Of a unit that is not asked.
    pub(super) outside: Vec<Candidate<'a>>,
    /// Last period's, mark and all.
    pub(super) prefilled: Vec<Candidate<'a>>,
    /// Voices that gave several versions: all of these, in their order.
    pub(super) several: Vec<Vec<Candidate<'a>>>,
}

impl<'a> Selection<'a> {
    /// Every version that a decision may be about.
    pub(super) fn all(&self) -> Vec<Candidate<'a>> {
        let several = self
            .several
            .iter()
            .flatten()
            .filter(|one| !self.standing.iter().any(|other| std::ptr::eq(other.entry, one.entry)));
        [&self.standing, &self.outside, &self.prefilled]
            .into_iter()
            .flatten()
            .chain(several)
            .copied()
            .collect()
    }
}

impl Merger<'_> {
    /// The versions of every cell of a column, by item.
    pub(super) fn selections(&self, column: usize) -> Vec<Selection<'_>> {
        let items = self.index.catalogue().items.len();
        let mut candidates: Vec<Vec<Candidate<'_>>> = vec![Vec::new(); items];
        for item in 0..items {
            for entry in &self.pools[self.cell(item, column)].entries {
                candidates[item].push(Candidate { entry, item });
                for &covered in entry.covers.iter().filter(|&&covered| covered != item) {
                    candidates[covered].push(Candidate { entry, item });
                }
            }
        }
        candidates.into_iter().enumerate().map(|(item, own)| self.selection(item, own)).collect()
    }

    fn selection<'a>(&self, item: usize, candidates: Vec<Candidate<'a>>) -> Selection<'a> {
        let asked = &self.index.asked_of(item).units;
        let mut selection = Selection::default();
        let mut voices: BTreeMap<(usize, &[usize]), Vec<Candidate<'a>>> = BTreeMap::new();
        for candidate in candidates {
            let units = candidate.entry.voice.units.as_slice();
            let rank = units.iter().filter_map(|unit| asked.iter().position(|asked| asked == unit)).min();
            match rank {
                _ if candidate.entry.prefilled => selection.prefilled.push(candidate),
                Some(rank) => voices.entry((rank, units)).or_default().push(candidate),
                // What was sent around and came back as it was is nobody's answer.
                None if candidate.entry.carried => {}
                // A merged cell answers items of others too; its own row says whether it is asked.
                None if candidate.item != item => {}
                None => selection.outside.push(candidate),
            }
        }
        for mut own in voices.into_values() {
            own.sort_by(|one, other| {
                one.entry.stated.cmp(&other.entry.stated).then(one.entry.id.cmp(&other.entry.id))
            });
            let chosen = match self.options.policy {
                Policy::KeepAll => 0..own.len(),
                Policy::Latest => own.len() - 1..own.len(),
                Policy::First => 0..1,
            };
            selection.standing.extend_from_slice(&own[chosen]);
            if own.len() > 1 {
                selection.several.push(own);
            }
        }
        selection
    }
}
