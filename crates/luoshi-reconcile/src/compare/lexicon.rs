//! The words that a comparison does not split: common ones of the trade, from `data/words.txt`, and the names that a caller adds.
//!
//! Not here: what is no word of a language (numbers, dates, titles: tokens). The list is short on purpose. A word that it lacks is
//! compared character by character, which marks at worst a part of a word; a dictionary of the whole language would take longer to
//! load than all comparisons of two periods.

use std::collections::HashMap;
use std::sync::LazyLock;

use luoshi_model::Attachment;

/// Words by their first character, the longest first.
type Words = HashMap<char, Vec<Box<str>>>;

/// Made when the first text is compared that differs: no other command pays for it.
static COMMON: LazyLock<Words> = LazyLock::new(|| by_first(include_str!("../../data/words.txt").lines()));

fn by_first<'a>(words: impl Iterator<Item = &'a str>) -> Words {
    let mut by_first = Words::new();
    for word in words {
        if let Some(first) = word.chars().next().filter(|first| word.len() > first.len_utf8()) {
            by_first.entry(first).or_default().push(word.into());
        }
    }
    by_first.values_mut().for_each(|words| {
        // Names come as often as items name them.
        words.sort_unstable_by(|one, other| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
        words.dedup();
    });
    by_first
}

/// The words that are not split.
#[derive(Debug, Default)]
pub struct Lexicon {
    names: Words,
}

impl Lexicon {
    /// The common words and these names, such as those of units.
    pub fn with<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        Self { names: by_first(names) }
    }

    /// The common words and the names of the units that attachments ask.
    pub fn of_units(attachments: [&Attachment; 2]) -> Self {
        let units = attachments.into_iter().flat_map(|one| &one.items).flat_map(|item| &item.units);
        Self::with(units.map(|unit| unit.name.as_str()))
    }

    /// The words with which a text begins.
    fn at<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'a str> {
        let lists = text.chars().next().map(|first| [self.names.get(&first), COMMON.get(&first)]);
        let words = lists.into_iter().flatten().flatten().flatten();
        words.map(AsRef::as_ref).filter(|word| text.starts_with(*word))
    }

    /// A run of Han characters as words, fewest first, then with the fewest single characters, then with the longest word first.
    pub(super) fn words<'a>(&self, run: &'a str) -> Vec<&'a str> {
        // From each character on: how many words, how many of them single, and where the first ends.
        let starts: Vec<usize> = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
        let place = |at: usize| starts.binary_search(&at).unwrap_or(starts.len() - 1);
        let mut best = vec![(0_usize, 0_usize, 0_usize); starts.len()];
        for from in (0..starts.len().saturating_sub(1)).rev() {
            let (words, singles, _) = best[from + 1];
            best[from] = (words + 1, singles + 1, from + 1);
            for word in self.at(&run[starts[from]..]) {
                let to = place(starts[from] + word.len());
                let (words, singles, _) = best[to];
                if (words + 1, singles) < (best[from].0, best[from].1)
                    || (words + 1, singles) == (best[from].0, best[from].1) && to > best[from].2
                {
                    best[from] = (words + 1, singles, to);
                }
            }
        }
        let mut words = Vec::new();
        let mut at = 0;
        while at + 1 < starts.len() {
            words.push(&run[starts[at]..starts[best[at].2]]);
            at = best[at].2;
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_has_each_word_once() {
        let words: Vec<&str> = include_str!("../../data/words.txt").lines().collect();
        assert!(words.is_sorted_by(|one, next| one < next));
        assert!(words.iter().all(|word| word.chars().count() > 1 && *word == word.trim()));
    }

    #[test]
    fn a_run_is_parted_into_the_fewest_words() {
        let lexicon = Lexicon::with(["区卫计局", "区教育局"].into_iter());
        let cases = [
            ("公开执法信息", "公开/执法/信息"),
            ("区卫计局主动公开", "区卫计局/主动/公开"),
            ("行政处罚信息公开", "行政/处罚/信息/公开"),
            ("甲乙", "甲/乙"),
            ("新闻发布会", "新闻发布会"),
            ("", ""),
        ];
        for (run, expected) in cases {
            assert_eq!(lexicon.words(run).join("/"), expected);
        }
    }
}
