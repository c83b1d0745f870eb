//! The numbers that word processors make: counted over the document in order, written as each list says.
//!
//! The rules are those of ECMA-376-1 §17.9, and where it is silent what Word does: lists (`w:num`) that share a
//! definition (`w:abstractNum`) share its counters; a start override takes effect when its list is first used at that level
//! or one below; a level above that was never used shows the value it would start with, and counts on from there.
//!
//! Not here: how a format writes lists down, and which paragraphs belong to them.

pub(in crate::formats) mod codes;
pub(in crate::formats) mod definitions;
pub(in crate::formats) mod format;

use std::collections::{BTreeMap, BTreeSet};

use luoshi_table::{Diagnostic, Locator};

use definitions::{Definitions, LEVELS, Level, Suffix};
use format::NumberFormat;

/// A number as it is shown, and what stands between it and the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::formats) struct Label {
    /// The number, such as `3.` or `（三）`.
    pub(in crate::formats) text: String,
    /// A tab, a space or nothing.
    pub(in crate::formats) suffix: &'static str,
}

/// The lists of a document and how far each has counted.
pub(in crate::formats) struct Numbering {
    definitions: Definitions,
    place: Locator,
    counters: BTreeMap<i64, [Option<i64>; LEVELS]>,
    /// List and level of the start overrides that have taken effect.
    started: BTreeSet<(i64, usize)>,
}

impl Numbering {
    /// Nothing counted yet; `place` is where the lists are defined.
    pub(in crate::formats) fn new(definitions: Definitions, place: Locator) -> Self {
        Self { definitions, place, counters: BTreeMap::new(), started: BTreeSet::new() }
    }

    /// Findings about the formats that lists ask for and that are written in decimal instead; given once.
    pub(in crate::formats) fn take_unknown_formats(&mut self) -> Vec<Diagnostic> {
        let formats = std::mem::take(&mut self.definitions.unknown_formats).into_iter();
        formats
            .map(|format| {
                Diagnostic::warning("number-format-unknown", self.place.clone()).with("format", format)
            })
            .collect()
    }

    /// Whether the list is defined.
    pub(in crate::formats) fn has(&self, list: i64) -> bool {
        self.definitions.nums.contains_key(&list)
    }

    /// The level of a list that the first of these styles to have one brings with it.
    pub(in crate::formats) fn level_of_style(&self, list: i64, styles: &[String]) -> Option<i64> {
        let num = self.definitions.nums.get(&list)?;
        let found = styles.iter().find_map(|style| {
            (0..LEVELS).find(|&level| {
                self.level(list, num.list, level).and_then(|l| l.style.as_ref()) == Some(style)
            })
        });
        found.map(|level| level as i64)
    }

    /// Counts a paragraph of a list at a level, and gives the number it shows; `None` where the level shows none.
    pub(in crate::formats) fn count(&mut self, list: i64, level: i64) -> Option<Label> {
        let index = usize::try_from(level).ok().filter(|&index| index < LEVELS)?;
        let num = self.definitions.nums.get(&list)?;
        let (shared, overrides) = (num.list, num.starts);
        let mut counters = self.counters.get(&shared).copied().unwrap_or_default();

        // A list that is used at a level has used those above it too.
        for (level, start) in overrides.iter().enumerate().take(index + 1) {
            if start.is_some() && self.started.insert((list, level)) {
                counters[level] = start.filter(|_| level < index);
            }
        }
        counters[index] = Some(match counters[index] {
            Some(last) => last.saturating_add(1),
            None => self.start(list, shared, index),
        });
        for (above, counter) in counters.iter_mut().enumerate().take(index) {
            *counter = counter.or_else(|| Some(self.start(list, shared, above)));
        }
        for (below, counter) in counters.iter_mut().enumerate().skip(index + 1) {
            let restart = self.level(list, shared, below).and_then(|level| level.restart);
            // The restart level counts from 1 and stands for itself and every level above it.
            if restart.is_none_or(|restart| (index as i64) < restart) {
                *counter = None;
            }
        }
        let label = self.label(list, shared, index, &counters);
        self.counters.insert(shared, counters);
        label
    }

    fn level(&self, list: i64, shared: i64, level: usize) -> Option<&Level> {
        let own = self.definitions.nums.get(&list).and_then(|num| num.levels.get(level)?.as_deref());
        own.or_else(|| self.definitions.lists.get(&shared)?.levels.get(level)?.as_deref())
    }

    fn start(&self, list: i64, shared: i64, level: usize) -> i64 {
        let overridden = self.definitions.nums.get(&list).and_then(|num| *num.starts.get(level)?);
        overridden.unwrap_or_else(|| self.level(list, shared, level).map_or(0, |level| level.start))
    }

    fn label(&self, list: i64, shared: i64, index: usize, counters: &[Option<i64>; LEVELS]) -> Option<Label> {
        let level = self.level(list, shared, index)?;
        let mut text = String::new();
        if level.format == NumberFormat::Bullet {
            text.push_str(&level.text);
        } else {
            self.write_pattern(list, shared, level, counters, &mut text);
        }
        let suffix = match level.suffix {
            Suffix::Tab => "\t",
            Suffix::Space => " ",
            Suffix::Nothing => "",
        };
        (!text.is_empty()).then_some(Label { text, suffix })
    }

    fn write_pattern(
        &self,
        list: i64,
        shared: i64,
        level: &Level,
        counters: &[Option<i64>; LEVELS],
        text: &mut String,
    ) {
        let mut characters = level.text.chars().peekable();
        while let Some(character) = characters.next() {
            let place = characters
                .peek()
                .and_then(|digit| digit.to_digit(10))
                .filter(|digit| (1..=9).contains(digit));
            match place {
                Some(place) if character == '%' => {
                    characters.next();
                    let shown = place as usize - 1;
                    let Some(value) = counters[shown] else { continue };
                    match self.level(list, shared, shown) {
                        // Legal numbering writes every counter in figures (§17.9.4), those that are not shown excepted.
                        Some(other) if level.legal && other.format != NumberFormat::None => {
                            NumberFormat::Decimal(1).write(value, text);
                        }
                        Some(other) => other.format.write(value, text),
                        None => {}
                    }
                }
                _ => text.push(character),
            }
        }
    }
}
