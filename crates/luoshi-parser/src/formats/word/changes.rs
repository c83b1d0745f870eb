//! How many tracked changes a reader met, and the finding about them.
//!
//! Not here: what becomes of each.

use luoshi_table::{Diagnostic, Locator};

use super::findings::Findings;
use crate::Revisions;

/// Tracked changes met.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::formats) struct Changes {
    pub(in crate::formats) insertions: u32,
    pub(in crate::formats) deletions: u32,
}

impl Changes {
    /// Counts those of a table that turned out to be none as well.
    pub(in crate::formats) fn add(&mut self, other: Self) {
        self.insertions = self.insertions.saturating_add(other.insertions);
        self.deletions = self.deletions.saturating_add(other.deletions);
    }

    /// Tells of them, if there were any.
    pub(in crate::formats) fn report(self, revisions: Revisions, place: Locator, findings: &mut Findings) {
        if self.insertions == 0 && self.deletions == 0 {
            return;
        }
        let code = match revisions {
            Revisions::Accept => "tracked-changes-accepted",
            Revisions::Reject => "tracked-changes-rejected",
        };
        let finding = Diagnostic::warning(code, place);
        findings.add(finding.with("insertions", self.insertions).with("deletions", self.deletions));
    }
}
