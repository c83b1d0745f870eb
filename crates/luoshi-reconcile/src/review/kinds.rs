//! The kinds of change that a caller may ask about: for scripts that go on only where nothing of a kind happened.
//!
//! Not here: what a change of a kind is.

use luoshi_model::{Change, ChangeSet, ItemChange, ProblemFate, QuestionChange};

/// A kind of change, and how many of it a change set has.
#[derive(Clone, Copy)]
pub struct Kind {
    /// Its name, as on the command line.
    pub name: &'static str,
    count: fn(&ChangeSet) -> usize,
}

impl Kind {
    /// How many of this kind there are.
    pub fn count(&self, changes: &ChangeSet) -> usize {
        (self.count)(changes)
    }
}

/// All kinds.
pub const KINDS: [Kind; 15] = [
    Kind { name: "added", count: |changes| items(changes, |item| item.old.is_none()) },
    Kind { name: "removed", count: |changes| items(changes, |item| item.new.is_none()) },
    Kind { name: "reworded", count: |changes| question(changes, QuestionChange::Reworded) },
    Kind { name: "renumbered", count: |changes| question(changes, QuestionChange::Renumbered) },
    Kind { name: "moved", count: |changes| question(changes, QuestionChange::Moved) },
    Kind { name: "units", count: |changes| items(changes, |item| !item.units.is_empty()) },
    Kind { name: "answers", count: |changes| items(changes, is_answered_otherwise) },
    Kind { name: "withdrawn", count: |changes| items(changes, |item| has(item, Change::Withdrawn)) },
    Kind { name: "proposed", count: |changes| changes.proposals.len() },
    Kind {
        name: "regressed",
        count: |changes| changes.review.classes.iter().filter(|class| class.regressed).count(),
    },
    Kind { name: "vanished", count: |changes| problems(changes, ProblemFate::Vanished) },
    Kind { name: "carried", count: |changes| changes.review.carried.len() },
    Kind { name: "left-over", count: |changes| changes.review.leftovers.len() },
    Kind { name: "evidence", count: |changes| changes.review.evidence.len() },
    Kind { name: "falls", count: |changes| changes.review.falls.len() },
];

fn items(changes: &ChangeSet, is: impl Fn(&ItemChange) -> bool) -> usize {
    changes.items.iter().filter(|item| is(item)).count()
}

fn question(changes: &ChangeSet, kind: QuestionChange) -> usize {
    items(changes, |item| item.question.contains(&kind))
}

fn problems(changes: &ChangeSet, fate: ProblemFate) -> usize {
    changes.review.problems.iter().filter(|problem| problem.fate == fate).count()
}

fn has(item: &ItemChange, change: Change) -> bool {
    item.columns.iter().any(|column| column.change == change)
}

fn is_answered_otherwise(item: &ItemChange) -> bool {
    item.columns.iter().any(|column| column.change != Change::Unchanged)
}
