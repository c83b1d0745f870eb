//! Tracked changes of the walk: the policy, and the one finding per table that says how many there were.

use super::super::names::Tag;
use super::{Flow, Scope, ScopeKind, Walk};
use crate::formats::word::changes::Changes;
use crate::{ReadError, Revisions};

impl Walk<'_, '_, '_> {
    /// The same element stands for a changed run, paragraph mark or row, by where it stands.
    pub(super) fn change(&mut self, tag: Tag, parent: Tag, depth: usize) -> Result<Flow, ReadError> {
        if parent == Tag::NumPr {
            return self.pass(depth);
        }
        let inserts = matches!(tag, Tag::Ins | Tag::MoveTo);
        let changes = self.changes();
        let count = if inserts { &mut changes.insertions } else { &mut changes.deletions };
        *count += 1;
        let gone = inserts == (self.revisions == Revisions::Reject);
        match parent {
            Tag::RPr => {
                let of_mark = self.xml.open_at(depth - 2) == Tag::PPr;
                self.paragraph.mark_gone |= gone && of_mark;
            }
            Tag::TrPr => {
                if let Some(row) = self.open_row() {
                    row.dropped |= gone;
                }
            }
            _ if gone => return self.pass(depth),
            _ => {}
        }
        Ok(Flow::Enter)
    }

    /// Where changes are counted now.
    pub(super) fn changes(&mut self) -> &mut Changes {
        match self.scopes.first() {
            Some(Scope { kind: ScopeKind::Table { .. }, .. }) => &mut self.inside,
            _ => &mut self.outside,
        }
    }
}
