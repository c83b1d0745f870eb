//! Which versions of a cell stand: by scope, then by the policy where a unit gave several, then by an editor's decision.
//!
//! Not here: how those that stand are put together.

use std::collections::{BTreeMap, HashSet};

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
    /// Those that an editor chose instead, in that order.
    pub(super) chosen: Option<Vec<Candidate<'a>>>,
    /// Of a unit that is not asked.
    pub(super) outside: Vec<Candidate<'a>>,
    /// Of a unit that nobody knows.
    pub(super) unknown: Vec<Candidate<'a>>,
    /// Last period's, mark and all, or what was sent around.
    pub(super) prefilled: Vec<Candidate<'a>>,
    /// In a column of the row that is not for answers.
    pub(super) stray: Vec<Candidate<'a>>,
    /// Voices that gave several versions: all of these, in their order.
    pub(super) several: Vec<Vec<Candidate<'a>>>,
    /// Versions of voices that share a unit.
    pub(super) overlapping: Vec<Vec<Candidate<'a>>>,
}

impl<'a> Selection<'a> {
    /// Those that stand, by whoever said so. An editor's own text has those that would stand without it for its sources.
    pub(super) fn stands(&self) -> &[Candidate<'a>] {
        self.chosen.as_ref().unwrap_or(&self.standing)
    }

    /// The version of an id, if there still is one.
    pub(super) fn version(&self, id: &str) -> Option<Candidate<'a>> {
        self.all().into_iter().find(|one| one.entry.id == id)
    }

    /// Every version that a decision may be about.
    pub(super) fn all(&self) -> Vec<Candidate<'a>> {
        let standing: HashSet<*const Entry> =
            self.standing.iter().map(|one| std::ptr::from_ref(one.entry)).collect();
        let several =
            self.several.iter().flatten().filter(|one| !standing.contains(&std::ptr::from_ref(one.entry)));
        [&self.standing, &self.outside, &self.unknown, &self.prefilled, &self.stray]
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
        let asked = self.index.asked_of(item);
        let mut selection = Selection::default();
        let mut voices: BTreeMap<(usize, &[usize]), Vec<Candidate<'a>>> = BTreeMap::new();
        for candidate in candidates {
            let units = candidate.entry.voice.units.as_slice();
            let rank = units.iter().filter_map(|unit| asked.rank(*unit)).min();
            match rank {
                // What was sent around and came back as it was is nobody's answer to the items of others.
                None if candidate.entry.carried => {}
                _ if candidate.entry.stray.is_some() => selection.stray.push(candidate),
                _ if candidate.entry.prefilled || candidate.entry.carried => {
                    selection.prefilled.push(candidate)
                }
                _ if units.is_empty() => selection.unknown.push(candidate),
                Some(rank) => voices.entry((rank, units)).or_default().push(candidate),
                // A merged cell answers items of others too; its own row says whether it is asked.
                None if candidate.item != item => {}
                None => selection.outside.push(candidate),
            }
        }
        let Selection { outside, unknown, prefilled, stray, .. } = &mut selection;
        for own in [outside, unknown, prefilled, stray] {
            let order =
                |one: &Candidate<'a>| (&one.entry.first, &one.entry.voice.name, &one.entry.paragraphs);
            own.sort_by(|one, other| order(one).cmp(&order(other)));
        }
        let mut voices: Vec<Vec<Candidate<'a>>> = voices.into_values().collect();
        for own in &mut voices {
            own.sort_by(|one, other| one.entry.first.cmp(&other.entry.first));
            let last = (0..own.len()).max_by_key(|&at| (&own[at].entry.last, at)).unwrap_or(0);
            let chosen = match self.options.policy {
                Policy::KeepAll => 0..own.len(),
                Policy::Latest => last..last + 1,
                Policy::First => 0..1,
            };
            selection.standing.extend_from_slice(&own[chosen]);
            if own.len() > 1 {
                selection.several.push(own.clone());
            }
        }
        // What a unit says with others and what it says alone are two voices that no policy chooses between.
        for (at, own) in voices.iter().enumerate() {
            for other in &voices[at + 1..] {
                let units = |one: &[Candidate<'a>]| one[0].entry.voice.units.as_slice();
                let shared = units(own).iter().any(|unit| units(other).contains(unit));
                if shared && own[0].entry.paragraphs != other[0].entry.paragraphs {
                    selection.overlapping.push([own.as_slice(), other].concat());
                }
            }
        }
        selection
    }
}
