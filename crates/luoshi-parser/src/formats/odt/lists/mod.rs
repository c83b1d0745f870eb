//! The numbers that a document's lists and headings show: counted in document order, written as each level says
//! (ODF 1.3 part 3, §5.3 and §16.30).
//!
//! Where the standard is silent the rules are those of LibreOffice: lists that continue one another share a counter; lists
//! within a list of the same style are its lower levels; a level above that was never used shows the value it would start
//! with. Not here: which paragraph belongs to which list.

mod definitions;
mod format;

use std::collections::BTreeMap;

pub(super) use definitions::{ListStyles, OUTLINE, Reading};

use definitions::{LEVELS, Level};

/// How far a list has counted, level by level.
type Counters = [Option<i64>; LEVELS];

/// A list: what continues it has the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ListId(usize);

/// A paragraph's place in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ListPlace {
    pub(super) list: ListId,
    pub(super) style: String,
    /// From 1.
    pub(super) level: usize,
    /// The value that it starts anew with.
    pub(super) start: Option<i64>,
}

/// The lists of a document and how far each has counted.
pub(super) struct Lists {
    counters: Vec<Counters>,
    by_id: BTreeMap<String, ListId>,
    /// The last list of each style.
    by_style: BTreeMap<String, ListId>,
    /// What was counted since [`Lists::remember`], as it was before.
    undo: Option<Vec<(ListId, Counters)>>,
}

impl Default for Lists {
    fn default() -> Self {
        Self {
            counters: vec![Counters::default()],
            by_id: BTreeMap::new(),
            by_style: BTreeMap::new(),
            undo: None,
        }
    }
}

impl Lists {
    /// The list of the document's headings.
    pub(super) const OUTLINE: ListId = ListId(0);

    /// Opens a list. `continued` is the id of the list that it continues, `continues` whether it continues the last one
    /// of its style.
    pub(super) fn open(
        &mut self,
        id: Option<&str>,
        style: &str,
        continued: Option<&str>,
        continues: bool,
    ) -> ListId {
        let named = continued.and_then(|id| self.by_id.get(id));
        let last = named.or_else(|| self.by_style.get(style).filter(|_| continues));
        let list = last.copied().unwrap_or_else(|| self.begin(Counters::default()));
        if let Some(id) = id {
            self.by_id.insert(id.to_owned(), list);
        }
        self.by_style.insert(style.to_owned(), list);
        list
    }

    /// Opens a list of another style within a list: its numbers may show those of the levels above.
    pub(super) fn open_within(&mut self, outer: ListId, level: usize) -> ListId {
        let mut counters = self.counters.get(outer.0).copied().unwrap_or_default();
        counters.iter_mut().skip(level.saturating_sub(1)).for_each(|counter| *counter = None);
        self.begin(counters)
    }

    fn begin(&mut self, counters: Counters) -> ListId {
        self.counters.push(counters);
        ListId(self.counters.len() - 1)
    }

    /// Counts a paragraph, and gives the number it shows with what stands between it and the text; `None` where its level
    /// shows none.
    pub(super) fn count(&mut self, place: &ListPlace, styles: &ListStyles) -> Option<(String, &'static str)> {
        let index = place.level.checked_sub(1).filter(|&index| index < LEVELS)?;
        let style = styles.get(&place.style)?;
        let level = |index: usize| style.levels.get(index).and_then(|level| level.as_deref());
        let counters = self.counters.get_mut(place.list.0)?;
        let counted = if style.consecutive { 0 } else { index };
        if let Some(undo) = &mut self.undo {
            undo.push((place.list, *counters));
        }
        let start = |index: usize| level(index).map_or(1, |level| level.start);
        for (at, counter) in counters.iter_mut().enumerate() {
            if at < counted {
                *counter = counter.or_else(|| Some(start(at)));
            } else if at == counted {
                let next = counter.map_or_else(|| start(index), |last| last.saturating_add(1));
                *counter = Some(place.start.unwrap_or(next));
            } else {
                *counter = None;
            }
        }
        let value = |at: usize| counters.get(if style.consecutive { 0 } else { at }).copied().flatten();
        let own = level(index)?;
        let text = own.label(index, level, value);
        (!text.is_empty()).then_some((text, own.followed_by))
    }

    /// Begins a row that may turn out to be gone.
    pub(super) fn remember(&mut self) {
        self.undo = Some(Vec::new());
    }

    /// Ends it; where it is gone, nothing was counted in it.
    pub(super) fn forget(&mut self, is_gone: bool) {
        let undo = self.undo.take().filter(|_| is_gone);
        for (list, before) in undo.into_iter().flatten().rev() {
            if let Some(counters) = self.counters.get_mut(list.0) {
                *counters = before;
            }
        }
    }

    /// Formats that are not known and are written in decimal; given once.
    pub(super) fn take_unknown_formats(styles: &mut ListStyles) -> Vec<String> {
        std::mem::take(&mut styles.unknown_formats)
    }
}

impl Level {
    fn label<'l>(
        &self,
        index: usize,
        level: impl Fn(usize) -> Option<&'l Level>,
        value: impl Fn(usize) -> Option<i64>,
    ) -> String {
        if let Some(bullet) = &self.bullet {
            return bullet.clone();
        }
        let write = |at: usize, to: &mut String| {
            if let (Some(level), Some(value)) = (level(at), value(at)) {
                level.format.write(value, to);
            }
        };
        if let Some(pattern) = &self.pattern {
            return filled(pattern, write);
        }
        let numbers = ((index + 1).saturating_sub(self.shown)..=index).map(|at| {
            let mut number = String::new();
            write(at, &mut number);
            number
        });
        // A level that shows no number has no full stop either (§19.797).
        let shown: Vec<String> = numbers.filter(|number| !number.is_empty()).collect();
        format!("{}{}{}", self.prefix, shown.join("."), self.suffix)
    }
}

/// LibreOffice's pattern of a label (`loext:num-list-format`): `%1%` to `%10%` stand for the numbers of the levels.
fn filled(pattern: &str, write: impl Fn(usize, &mut String)) -> String {
    let mut text = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('%') {
        text.push_str(before);
        let place = after.split_once('%').and_then(|(place, behind)| {
            let place = place.parse::<usize>().ok().filter(|place| (1..=LEVELS).contains(place))?;
            Some((place, behind))
        });
        match place {
            Some((place, behind)) => {
                write(place - 1, &mut text);
                rest = behind;
            }
            None => {
                text.push('%');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    text
}
