//! Two sequences side by side, in their orders: what is equal is tied first, what lies between is tied where it is alike enough.
//!
//! Not here: what the elements are (paragraphs, clauses).

use std::collections::HashMap;
use std::ops::Range;

/// One step through both sequences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// These two belong together.
    Both(usize, usize),
    /// Only in the old one.
    Old(usize),
    /// Only in the new one.
    New(usize),
}

/// Pairs looked at for likeness between two ties; where there are more, a text was written anew and likeness says little.
const MOST: usize = 4_096;

/// Pairs of elements that the search for equal ones may look at.
const MOST_EQUAL: usize = 4_000_000;

/// The steps that tie the most, equal elements before alike ones. `alike` is from 0 to 1 and counts from `least` on.
pub(super) fn align(
    old: &[&str],
    new: &[&str],
    least: f64,
    alike: impl Fn(usize, usize) -> f64,
) -> Vec<Step> {
    // Equal texts by equal numbers: each is looked at many times.
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    let mut number = |text| {
        let next = numbers.len();
        *numbers.entry(text).or_insert(next)
    };
    let (old_ids, new_ids): (Vec<usize>, Vec<usize>) =
        (old.iter().map(|text| number(*text)).collect(), new.iter().map(|text| number(*text)).collect());
    let equal = |i: usize, j: usize| if old_ids[i] == new_ids[j] { old[i].len().max(1) as f64 } else { 0.0 };
    let turn = old > new;
    let ties = if old.len() * new.len() > MOST_EQUAL {
        Vec::new()
    } else {
        heaviest(0..old.len(), 0..new.len(), turn, &equal)
    };
    let mut steps = Vec::new();
    let (mut i, mut j) = (0, 0);
    for (tied, to) in ties.into_iter().chain([(old.len(), new.len())]) {
        let gap = (tied - i) * (to - j);
        let likeness = |i: usize, j: usize| Some(alike(i, j)).filter(|alike| *alike >= least).unwrap_or(0.0);
        let pairs = if gap > MOST { Vec::new() } else { heaviest(i..tied, j..to, turn, &likeness) };
        for (one, other) in pairs.into_iter().chain([(tied, to)]) {
            steps.extend((i..one).map(Step::Old));
            steps.extend((j..other).map(Step::New));
            if one < old.len() && other < new.len() {
                steps.push(Step::Both(one, other));
            }
            (i, j) = (one + 1, other + 1);
        }
    }
    steps
}

/// The pairs, in both orders, whose weights add up to the most; a weight of nothing ties nothing. Several ties may weigh the same:
/// with `turn` for one of the two directions, comparing the other way round finds the same ones.
pub(super) fn heaviest(
    old: Range<usize>,
    new: Range<usize>,
    turn: bool,
    weight: &dyn Fn(usize, usize) -> f64,
) -> Vec<(usize, usize)> {
    if turn {
        let pairs = heaviest(new, old, false, &|j, i| weight(i, j));
        return pairs.into_iter().map(|(j, i)| (i, j)).collect();
    }
    let (rows, columns) = (old.len(), new.len());
    if rows == 0 || columns == 0 {
        return Vec::new();
    }
    let weights: Vec<f64> =
        old.clone().flat_map(|i| new.clone().map(move |j| (i, j))).map(|(i, j)| weight(i, j)).collect();
    let at = |i: usize, j: usize| i * (columns + 1) + j;
    let mut best = vec![0.0_f64; (rows + 1) * (columns + 1)];
    for i in (0..rows).rev() {
        for j in (0..columns).rev() {
            let own = weights[i * columns + j];
            let tied = if own > 0.0 { own + best[at(i + 1, j + 1)] } else { 0.0 };
            best[at(i, j)] = tied.max(best[at(i + 1, j)]).max(best[at(i, j + 1)]);
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut pairs = Vec::new();
    while i < rows && j < columns {
        let own = weights[i * columns + j];
        if own > 0.0 && best[at(i, j)] == own + best[at(i + 1, j + 1)] {
            pairs.push((old.start + i, new.start + j));
            (i, j) = (i + 1, j + 1);
        } else if best[at(i, j)] == best[at(i + 1, j)] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}
