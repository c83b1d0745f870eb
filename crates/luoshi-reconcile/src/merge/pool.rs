//! The versions of one cell: every different text that a unit gave for one item and column, once, with all its places.
//!
//! Not here: which of them stands.

use std::collections::HashMap;

use luoshi_model::{ColumnKey, Origin, Version, digest};

use crate::submission::{Pointer, Text};

/// Who speaks: indexes of units of the directory, and their names joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Voice {
    pub(super) units: Vec<usize>,
    pub(super) name: String,
}

/// By what texts of one voice are put in order: the day that the file states, or nothing; the file's name, by the numbers in it; and
/// the place in the file. The order of files has no part in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stated {
    pub(super) day: String,
    pub(super) name: String,
    pub(super) place: Origin,
}

/// One text of one voice.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) id: String,
    pub(super) voice: Voice,
    pub(super) paragraphs: Vec<String>,
    /// Indexes of the items that the cell answers, this one first; none where it answers this one alone.
    pub(super) covers: Vec<usize>,
    /// The item that it points to.
    pub(super) see: Option<Pointer>,
    /// It came back with last period's mark.
    pub(super) prefilled: bool,
    /// It is what was sent around.
    pub(super) carried: bool,
    /// The column in which it stands where that is not the cell's: one that numbers, asks or names units.
    pub(super) stray: Option<ColumnKey>,
    /// Of the first and of the last place where it stands.
    pub(super) first: Stated,
    pub(super) last: Stated,
    pub(super) places: Vec<Origin>,
}

impl Entry {
    pub(super) fn version(&self) -> Version {
        Version {
            id: self.id.clone(),
            unit: self.voice.name.clone(),
            paragraphs: self.paragraphs.clone(),
            places: self.places.clone(),
        }
    }

    /// How many files it stands in.
    pub(super) fn files(&self) -> usize {
        self.places.chunk_by(|a, b| a.file == b.file).count()
    }
}

/// The versions of one cell.
#[derive(Debug, Default)]
pub(super) struct Pool {
    pub(super) entries: Vec<Entry>,
    by_id: HashMap<String, Vec<usize>>,
}

impl Pool {
    /// Adds what a voice says; `own` is the cell's column.
    pub(super) fn add(
        &mut self,
        voice: Voice,
        text: Text,
        own: &ColumnKey,
        (day, name): (String, String),
        file: u32,
    ) {
        let stray = (text.column != *own).then_some(text.column);
        let id = version_id(&voice.name, &text.paragraphs);
        let stated = Stated { day, name, place: text.place.clone() };
        let place = Origin { file, ..text.place };
        let same = |entry: &Entry| {
            entry.voice == voice
                && entry.paragraphs == text.paragraphs
                && entry.see == text.see
                && entry.stray == stray
        };
        let known = self.by_id.entry(id.clone()).or_default();
        if let Some(entry) = known.iter().copied().find(|&at| same(&self.entries[at])) {
            let entry = &mut self.entries[entry];
            // Whoever took the mark off has confirmed the text.
            entry.prefilled &= text.prefilled;
            entry.carried &= text.carried;
            for covered in text.covers {
                if !entry.covers.contains(&covered) {
                    entry.covers.push(covered);
                }
            }
            entry.covers.sort_unstable();
            entry.first = entry.first.clone().min(stated.clone());
            entry.last = entry.last.clone().max(stated);
            entry.places.push(place);
            return;
        }
        known.push(self.entries.len());
        self.entries.push(Entry {
            id,
            voice,
            paragraphs: text.paragraphs,
            covers: text.covers,
            see: text.see,
            prefilled: text.prefilled,
            carried: text.carried,
            stray,
            first: stated.clone(),
            last: stated,
            places: vec![place],
        });
    }
}

/// The id of a version: the same unit's same answer has the same id in every merge.
pub(crate) fn version_id(unit: &str, paragraphs: &[String]) -> String {
    format!("{:012x}", digest(&[unit, "\n", &paragraphs.join("\n")].concat()))
}
