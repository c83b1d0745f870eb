//! The findings of one document, with a cap and the words of the places they carry.

use luoshi_table::{Diagnostic, Locator};

use crate::limits;

/// Characters of found text that a finding repeats in full. Longer text is cut with an ellipsis only where it is also kept
/// in a cell; text that stands nowhere else is never cut.
const QUOTED: usize = 80;

/// Findings in the order they were made.
#[derive(Default)]
pub(in crate::formats) struct Findings {
    list: Vec<Diagnostic>,
    more: usize,
}

impl Findings {
    pub(in crate::formats) fn add(&mut self, finding: Diagnostic) {
        if self.list.len() < limits::FINDINGS.size() {
            self.list.push(finding);
        } else {
            self.pass_over();
        }
    }

    /// Counts a finding that there is no room for.
    pub(in crate::formats) fn pass_over(&mut self) {
        self.more += 1;
    }

    /// The list; its last entry says how many findings there was no room for.
    pub(in crate::formats) fn finish(mut self, file: Locator) -> Vec<Diagnostic> {
        if self.more > 0 {
            self.list.push(Diagnostic::warning("findings-cut", file).with("count", self.more));
        }
        self.list
    }
}

/// Text that is kept in a cell, short enough for a finding.
pub(in crate::formats) fn quoted(text: &str) -> String {
    match text.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
