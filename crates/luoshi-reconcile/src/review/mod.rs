//! What a person must look at in two periods: what fell behind, which problems vanished, what was copied forward or left over.
//!
//! One question a file. Each asks the pairs of items that a change set ties, and answers with places and words, not with a verdict.
//!
//! Not here: what changed (diff).

mod carried;
mod classes;
mod falls;
mod findings;
mod history;
mod kinds;
mod mentions;
mod problems;

use std::sync::LazyLock;

use luoshi_model::{Attachment, ChangeSet, Item, ItemPair, Lineage, Review};
use luoshi_normalizer::CatalogueIndex;
use serde::Deserialize;

use crate::answers::Answers;

pub(crate) use classes::class_of;
pub use findings::{differ, findings};
pub use history::{history, with_ages};
pub use kinds::{KINDS, Kind};
pub(crate) use problems::{next_steps, problems, says_something};

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    #[allow(dead_code, reason = "read so that the file is checked to carry it")]
    version: u32,
    carried_least: usize,
    compared_before: Vec<String>,
    since_behind: Vec<String>,
    mended: Vec<String>,
    not_mended: Vec<String>,
    will_be: Vec<String>,
    left: Vec<String>,
    remaining: Vec<String>,
    next_step: Vec<String>,
    no_problem: Vec<String>,
    common: Vec<String>,
}

const WORDS_TOML: &str = include_str!("../../data/review.toml");

static WORDS: LazyLock<Words> = LazyLock::new(|| toml::from_str(WORDS_TOML).unwrap_or_default());

/// Two items that are one, or one alone.
struct Pair<'a> {
    old: Option<&'a Item>,
    new: Option<&'a Item>,
}

impl Pair<'_> {
    fn ids(&self) -> ItemPair {
        let id = |item: Option<&Item>| item.map(|item| item.id.clone());
        ItemPair { old: id(self.old), new: id(self.new) }
    }
}

/// Both sides of a comparison.
struct Periods<'a> {
    old: Answers<'a>,
    new: Answers<'a>,
    changes: &'a ChangeSet,
    /// In the order of the change set.
    pairs: Vec<Pair<'a>>,
}

/// What a person must look at in two attachments, by the changes between them. `catalogue` is the new one's list: its lineage says
/// which questions were split and merged.
pub fn review(
    old: &Attachment,
    new: &Attachment,
    changes: &ChangeSet,
    catalogue: Option<&CatalogueIndex>,
) -> Review {
    fn at(items: &[Item], at: Option<u32>) -> Option<&Item> {
        items.get(at? as usize)
    }
    let pairs = changes.items.iter().map(|change| Pair {
        old: at(&old.items, change.old.as_ref().map(|side| side.at)),
        new: at(&new.items, change.new.as_ref().map(|side| side.at)),
    });
    let periods = Periods { pairs: pairs.collect(), old: Answers::new(old), new: Answers::new(new), changes };
    Review {
        classes: classes::changes(&periods),
        problems: problems::changes(&periods),
        carried: carried::texts(&periods),
        leftovers: mentions::leftovers(&periods),
        evidence: mentions::gone(&periods),
        falls: falls::falls(&periods),
        lineage: catalogue.map_or_else(Vec::new, |index| lineage(old, index)),
        history: None,
    }
}

/// Questions that became several, and several that became one.
fn lineage(old: &Attachment, index: &CatalogueIndex) -> Vec<Lineage> {
    let items = &index.catalogue().items;
    let mut found: Vec<Lineage> = Vec::new();
    for item in items.iter().filter(|item| item.supersedes.len() > 1) {
        found.push(Lineage { old: item.supersedes.clone(), new: vec![item.id.clone()] });
    }
    for before in &old.items {
        let heirs: Vec<String> = items
            .iter()
            .filter(|item| item.supersedes.contains(&before.id))
            .map(|item| item.id.clone())
            .collect();
        if heirs.len() > 1 {
            found.push(Lineage { old: vec![before.id.clone()], new: heirs });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_is_whole() {
        let words: Words = toml::from_str(WORDS_TOML).unwrap();
        assert!(words.carried_least > 0 && !words.mended.is_empty());
    }
}
