//! What changed between two items that are one: the question, the units that are asked, and each answer.
//!
//! Not here: which two are one (tie), and the words of a text (compare).

use std::collections::HashMap;

use luoshi_model::{
    AnswerKind, Attachment, Change, ColumnChange, ColumnKey, Item, ItemAt, ItemChange, QuestionChange,
    UnitChange,
};
use luoshi_normalizer::{CatalogueIndex, key, likeness};

use super::quantities;
use super::tie::{Tie, Ties};
use crate::answers::Answers;
use crate::compare::{Lexicon, compare};

/// Similarity from which a text is nearly the same (domain.md §4.1).
const NEAR: f64 = 0.9;

/// Two attachments whose items are compared.
pub(super) struct Sides<'a> {
    old: Side<'a>,
    new: Side<'a>,
    sections: &'a Ties,
    focuses: &'a Ties,
    lexicon: &'a Lexicon,
    directory: Option<&'a CatalogueIndex>,
    columns: Vec<ColumnKey>,
}

/// One of them, with what is asked of it often.
struct Side<'a> {
    attachment: &'a Attachment,
    sections: HashMap<&'a str, usize>,
    focuses: HashMap<&'a str, usize>,
    answers: Answers<'a>,
}

impl<'a> Side<'a> {
    fn new(attachment: &'a Attachment) -> Self {
        Self {
            attachment,
            sections: attachment
                .sections
                .iter()
                .enumerate()
                .map(|(at, part)| (part.id.as_str(), at))
                .collect(),
            focuses: attachment.focuses.iter().enumerate().map(|(at, part)| (part.id.as_str(), at)).collect(),
            answers: Answers::new(attachment),
        }
    }

    fn place(&self, item: &Item) -> (Option<usize>, Option<usize>) {
        let focus = item.focus.as_deref().and_then(|id| self.focuses.get(id)).copied();
        let section = match focus {
            Some(focus) => self.attachment.focuses[focus].section.as_deref(),
            None => item.section.as_deref(),
        };
        (section.and_then(|id| self.sections.get(id)).copied(), focus)
    }
}

impl<'a> Sides<'a> {
    pub(super) fn new(
        old: &'a Attachment,
        new: &'a Attachment,
        sections: &'a Ties,
        focuses: &'a Ties,
        lexicon: &'a Lexicon,
        directory: Option<&'a CatalogueIndex>,
    ) -> Self {
        let mut columns: Vec<ColumnKey> = Vec::new();
        let all = old.columns.iter().chain(&new.columns).map(|column| &column.key);
        for key in all.filter(|key| key.is_answered() || **key == ColumnKey::Deadline) {
            if !columns.contains(key) {
                columns.push(key.clone());
            }
        }
        // Whichever side is called the old one, the order is the same.
        columns.sort_by_cached_key(|key| key.name().into_owned());
        let (old, new) = (Side::new(old), Side::new(new));
        Self { old, new, sections, focuses, lexicon, directory, columns }
    }

    /// What changed between two that are tied.
    pub(super) fn change(&self, tied: &Tie) -> ItemChange {
        let (old, new) = (&self.old.attachment.items[tied.old], &self.new.attachment.items[tied.new]);
        let same = old == new;
        let side = |at: usize, item: &Item| ItemAt {
            at: at as u32,
            id: item.id.clone(),
            item: (!same).then(|| Box::new(item.clone())),
        };
        ItemChange {
            old: Some(side(tied.old, old)),
            new: Some(side(tied.new, new)),
            tied: Some(super::tied(tied)),
            question: self.question(old, new),
            units: self.units(old, new),
            columns: self.columns.iter().filter_map(|column| self.column(old, new, column)).collect(),
        }
    }

    fn question(&self, old: &Item, new: &Item) -> Vec<QuestionChange> {
        let mut changes = Vec::new();
        let reworded = old.matter != new.matter && key(&old.matter) != key(&new.matter);
        if reworded || old.requirement != new.requirement {
            changes.push(QuestionChange::Reworded);
        }
        if old.number_text() != new.number_text() {
            changes.push(QuestionChange::Renumbered);
        }
        let (was, is) = (self.old.place(old), self.new.place(new));
        if !same_place(was.0, is.0, self.sections) || !same_place(was.1, is.1, self.focuses) {
            changes.push(QuestionChange::Moved);
        }
        changes
    }

    /// Units that are gone, came, or are called otherwise; those that stay under one name say nothing.
    fn units(&self, old: &Item, new: &Item) -> Vec<UnitChange> {
        let body = |name: &str| self.directory.and_then(|index| index.unit(name));
        let mut came: Vec<&str> = new.units.iter().map(|unit| unit.name.as_str()).collect();
        let mut changes = Vec::new();
        let mut gone: Vec<&str> = Vec::new();
        for unit in &old.units {
            match came.iter().position(|name| *name == unit.name) {
                Some(at) => drop(came.remove(at)),
                None => gone.push(&unit.name),
            }
        }
        gone.retain(|name| {
            let same = came.iter().position(|other| body(name).is_some() && body(name) == body(other));
            if let Some(at) = same {
                let new = Some(came.remove(at).to_owned());
                changes.push(UnitChange { old: Some((*name).to_owned()), new });
            }
            same.is_none()
        });
        changes.extend(gone.into_iter().map(|name| UnitChange { old: Some(name.to_owned()), new: None }));
        changes.extend(came.into_iter().map(|name| UnitChange { old: None, new: Some(name.to_owned()) }));
        changes.sort_by_cached_key(|change| {
            let name = |name: &Option<String>| name.clone().unwrap_or_default();
            let (old, new) = (name(&change.old), name(&change.new));
            (old.clone().min(new.clone()), old.max(new))
        });
        changes
    }

    /// What became of an answer; none where neither side has one.
    fn column(&self, old: &Item, new: &Item, column: &ColumnKey) -> Option<ColumnChange> {
        let (was, is) = (self.old.answers.text(old, column), self.new.answers.text(new, column));
        let change = match (was.is_empty(), is.is_empty()) {
            (true, true) => return None,
            (true, false) => Change::Answered,
            (false, true) => Change::Withdrawn,
            (false, false) => self.kind(old, new, column, &was, &is),
        };
        let told = !matches!(change, Change::Unchanged | Change::Answered | Change::Withdrawn);
        let marks = if told { compare(&was, &is, self.lexicon) } else { Vec::new() };
        let periods = [self.old.attachment, self.new.attachment].map(|side| side.period.as_ref());
        let quantities = if told { quantities::changes(&was, &is, periods) } else { Vec::new() };
        Some(ColumnChange { column: column.clone(), change, marks, quantities })
    }

    fn kind(&self, old: &Item, new: &Item, column: &ColumnKey, was: &[String], is: &[String]) -> Change {
        if was == is {
            return Change::Unchanged;
        }
        if *column == ColumnKey::Status {
            let applies = |item: &Item| {
                item.status.as_ref().is_none_or(|status| status.answer != AnswerKind::NotApplicable)
            };
            match (applies(old), applies(new)) {
                (true, false) => return Change::NotApplicable,
                (false, true) => return Change::Applicable,
                _ => {}
            }
        }
        // 见第1项 and 见第2项 are two answers.
        let refers = |text: &[String]| luoshi_normalizer::reference(text).is_some();
        if without_figures(was) == without_figures(is) && !refers(was) && !refers(is) {
            return Change::Numbers;
        }
        match likeness(&was.join("\n"), &is.join("\n")) >= NEAR {
            true => Change::Near,
            false => Change::Changed,
        }
    }
}

/// Whether two places, by index, are one.
pub(super) fn same_place(old: Option<usize>, new: Option<usize>, ties: &Ties) -> bool {
    match (old, new) {
        (None, None) => true,
        (Some(old), Some(new)) => ties.tied.iter().any(|tied| (tied.old, tied.new) == (old, new)),
        _ => false,
    }
}

/// A text with every number as one sign: what is left where numbers and dates are all that changed.
fn without_figures(paragraphs: &[String]) -> String {
    let mut text = String::new();
    for c in paragraphs.iter().flat_map(|paragraph| paragraph.chars().chain(['\n'])) {
        let figure = c.is_ascii_digit() || ('０'..='９').contains(&c);
        // 1,234 and 1.5 are one number.
        let inside = matches!(c, ',' | '.') && text.ends_with('#');
        match (figure || inside, text.ends_with('#')) {
            (true, true) => {}
            (true, false) => text.push('#'),
            (false, _) => text.push(c),
        }
    }
    text
}
