//! A finding in the making: its kind and level, its words in their passage, and how they could be put right.
//!
//! Not here: the sentence that says it.

use std::ops::Range;

use luoshi_model::Level;
use luoshi_table::Code;

use crate::mask::{KEPT, hidden, masked, star, within};
use crate::passage::{Passage, Place};
use crate::words::Words;

/// Characters shown before and after the words in question.
const AROUND: usize = 10;

/// Characters of the words in question that are shown.
const SHOWN: usize = 60;

/// Findings of one rule in one passage: a text that has more of them is read by a person anyway.
pub(crate) const MOST: usize = 500;

/// What a rule found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The stable name of its kind.
    pub code: Code,
    /// How much it matters.
    pub level: Level,
    /// Where it is.
    pub place: Place,
    /// The words in question with a few around them, masked.
    pub text: String,
    /// What its sentence needs, by name, masked.
    pub arguments: Vec<(&'static str, String)>,
    /// The words themselves, to find them in the file; never shown. Empty where the whole passage is meant.
    pub exact: String,
    /// Which one of several same words of the passage, from 0.
    pub occurrence: usize,
    /// How it is put right, where that is safe.
    pub edits: Vec<Edit>,
}

/// A safe repair: other punctuation or white space, never a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes of the passage.
    pub span: Range<usize>,
    /// What stands there instead.
    pub text: &'static str,
    /// The characters with one on each side, to find them in the file.
    pub exact: String,
    /// Which one of several same ones of the passage, from 0.
    pub occurrence: usize,
    /// Which bytes of `exact` are replaced.
    pub within: Range<usize>,
}

impl Edit {
    fn new(passage: &str, span: Range<usize>, text: &'static str) -> Self {
        let before = passage[..span.start].chars().next_back().map_or(0, char::len_utf8);
        let behind = passage[span.end..].chars().next().map_or(0, char::len_utf8);
        let from = span.start - before;
        let exact = passage[from..span.end + behind].to_owned();
        let occurrence = passage[..from].matches(&exact).count();
        Self { text, exact, occurrence, within: before..before + span.len(), span }
    }
}

impl Found {
    /// Adds an argument of the sentence.
    #[must_use]
    pub(crate) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.arguments.push((name, masked(&value.to_string()).into_owned()));
        self
    }

    /// Adds repairs: bytes of the passage, and what stands there instead.
    #[must_use]
    pub(crate) fn repaired(
        mut self,
        passage: &Passage<'_>,
        repairs: impl IntoIterator<Item = (Range<usize>, &'static str)>,
    ) -> Self {
        let edits = repairs.into_iter().map(|(span, text)| Edit::new(&passage.text, span, text));
        self.edits = edits.collect();
        self
    }
}

impl Passage<'_> {
    /// A finding about some bytes of the passage. Its sentence knows them as `text` and the place as `at`.
    pub(crate) fn finding(&self, code: Code, level: Level, span: Range<usize>) -> Found {
        self.found(code, level, span, None)
    }

    /// A finding about a private value: it is masked whatever else is.
    pub(crate) fn private_finding(&self, code: Code, level: Level, span: Range<usize>) -> Found {
        let hidden = within(&self.text, span.clone(), KEPT);
        self.found(code, level, span, Some(hidden))
    }

    fn found(&self, code: Code, level: Level, span: Range<usize>, hidden: Option<Range<usize>>) -> Found {
        let exact = self.text[span.clone()].to_owned();
        let occurrence = if exact.is_empty() { 0 } else { self.text[..span.start].matches(&exact).count() };
        let text = self.excerpt(span, hidden);
        let arguments = vec![("at", self.place.name()), ("text", text.clone())];
        Found {
            code,
            level,
            place: self.place.clone(),
            text,
            arguments,
            exact,
            occurrence,
            edits: Vec::new(),
        }
    }

    /// Some bytes with a few characters around them on their line. Private values are looked for in the whole passage, once: a cut one
    /// could not be told, and what says that names are a list may stand far behind them.
    fn excerpt(&self, span: Range<usize>, more: Option<Range<usize>>) -> String {
        let hidden = self.hidden.get_or_init(|| hidden(&self.text));
        let text = &self.text;
        let before = text[..span.start].char_indices().rev();
        let before = before.take_while(|(_, c)| *c != '\n').take(AROUND).last();
        let begin = before.map_or(span.start, |(at, _)| at);
        let shown = text[span.clone()].char_indices().nth(SHOWN).map_or(span.end, |(at, _)| span.start + at);
        let behind = text[shown..].char_indices().take_while(|(_, c)| *c != '\n').take(AROUND).last();
        let end = behind.map_or(shown, |(at, c)| shown + at + c.len_utf8());
        let visible = |(at, c): (usize, char)| {
            let at = begin + at;
            let own = more.as_ref().is_some_and(|more| more.contains(&at));
            match if own { '*' } else { star(at, c, hidden) } {
                '\n' => ' ',
                c => c,
            }
        };
        let excerpt: String = text[begin..end].char_indices().map(visible).collect();
        let is_line_start = begin == 0 || text[..begin].ends_with('\n');
        let is_line_end = end == text.len() || text[end..].starts_with('\n');
        let cut = |cut: bool| if cut { "…" } else { "" };
        format!("{}{}{}", cut(!is_line_start), excerpt.trim(), cut(!is_line_end || shown < span.end))
    }
}

impl Place {
    /// A finding about what has no words of its own. Its sentence knows the place as `at`.
    pub(crate) fn finding(&self, code: Code, level: Level) -> Found {
        let arguments = vec![("at", self.name())];
        let (text, exact) = (String::new(), String::new());
        Found { code, level, place: self.clone(), text, arguments, exact, occurrence: 0, edits: Vec::new() }
    }
}

/// All findings, with the levels that the office gave them.
pub(crate) struct Findings<'w> {
    words: &'w Words,
    pub(crate) list: Vec<Found>,
}

impl<'w> Findings<'w> {
    pub(crate) fn new(words: &'w Words) -> Self {
        Self { words, list: Vec::new() }
    }

    /// Adds a finding, unless the office turned its kind off.
    pub(crate) fn push(&mut self, found: Found) {
        if let Some(level) = self.words.level(found.code, found.level) {
            self.list.push(Found { level, ..found });
        }
    }
}
