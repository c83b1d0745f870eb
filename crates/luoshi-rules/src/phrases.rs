//! A list of words, looked for in one pass over a text.
//!
//! Not here: which words.

use aho_corasick::{AhoCorasick, MatchKind};

/// Words ready to be looked for. Of two that begin at one place the longer one is found.
pub(crate) struct Phrases(Option<AhoCorasick>);

impl Phrases {
    pub(crate) fn new<T: AsRef<str>>(words: impl IntoIterator<Item = T>) -> Self {
        let words: Vec<T> = words.into_iter().filter(|word| !word.as_ref().is_empty()).collect();
        let built = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(words.iter().map(|word| word.as_ref().as_bytes()));
        // Fails only for more words than fit into four gigabytes.
        Self(built.ok())
    }

    /// Where words stand, and which, by their index.
    pub(crate) fn find<'t>(
        &'t self,
        text: &'t str,
    ) -> impl Iterator<Item = (std::ops::Range<usize>, usize)> + 't {
        let found = self.0.iter().flat_map(move |words| words.find_iter(text));
        found.map(|found| (found.range(), found.pattern().as_usize()))
    }

    /// Whether one of the words stands in a text.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        self.0.as_ref().is_some_and(|words| words.is_match(text))
    }
}
