//! Lists of the walk: which item has which number (HTML, §4.4.5 and §4.4.8).
//!
//! Not here: how a number is written.

use luoshi_table::{Diagnostic, SourceParagraph};

use super::super::markers::Marker;
use super::super::names::{Attribute, Tag};
use super::super::state::State;
use super::super::tree::Id;
use super::Walk;
use super::paragraphs::number_before;
use crate::ReadError;

/// A list that is open.
pub(super) struct List {
    next: i64,
    step: i64,
}

/// Counter styles that are told. A page of more was made for no reader.
const STYLES_TOLD: usize = 100;

/// The bullets of lists in each other.
const BULLETS: [Marker; 3] = [Marker::DISC, Marker::Bullet("◦ "), Marker::Bullet("▪ ")];

impl Walk<'_, '_> {
    pub(super) fn begin_list(
        &mut self,
        id: Id,
        tag: Tag,
        styled: Option<Marker>,
        state: &mut State,
    ) -> Result<(), ReadError> {
        self.put_bare_marker()?;
        let default = match tag {
            Tag::Ordered => Marker::DECIMAL,
            _ => {
                let depth = state.bullets.min(2) as usize;
                state.bullets = state.bullets.saturating_add(1);
                BULLETS.into_iter().nth(depth).unwrap_or(Marker::DISC)
            }
        };
        let typed = self.attribute(id, Attribute::Type).and_then(Marker::of_type);
        state.marker = Some(styled.or(typed).unwrap_or(default));
        let is_reversed = tag == Tag::Ordered && self.attribute(id, Attribute::Reversed).is_some();
        let start = self.attribute(id, Attribute::Start).and_then(integer);
        let tree = &self.page.tree;
        let items = || tree.children(id).filter(|&id| tree.tag(id) == Some(Tag::Item)).count() as i64;
        let next = start.unwrap_or_else(|| if is_reversed { items() } else { 1 });
        self.lists.push(List { next, step: if is_reversed { -1 } else { 1 } });
        Ok(())
    }

    pub(super) fn begin_item(
        &mut self,
        id: Id,
        styled: Option<Marker>,
        state: &State,
    ) -> Result<(), ReadError> {
        self.put_bare_marker()?;
        if state.is_hidden || state.is_gone {
            return Ok(());
        }
        let own = self.attribute(id, Attribute::Value).and_then(integer);
        let value = match self.lists.last_mut() {
            Some(list) => {
                let value = own.unwrap_or(list.next);
                list.next = value.saturating_add(list.step);
                value
            }
            None => own.unwrap_or(1),
        };
        let typed = self.attribute(id, Attribute::Type).and_then(Marker::of_type);
        let marker = styled.or(typed).or_else(|| state.marker.clone()).unwrap_or(Marker::DISC);
        if let Marker::Unknown(name) = &marker
            && self.document.unknown_styles.len() < STYLES_TOLD
            && self.document.unknown_styles.insert(name.to_string())
        {
            let finding = Diagnostic::warning("number-format-unknown", self.place());
            self.tell(finding.with("format", name));
        }
        self.marker = marker.shown(value);
        Ok(())
    }

    pub(super) fn end_item(&mut self) -> Result<(), ReadError> {
        self.end_paragraph()?;
        self.put_bare_marker()
    }

    pub(super) fn end_list(&mut self) -> Result<(), ReadError> {
        self.end_paragraph()?;
        self.lists.pop();
        Ok(())
    }

    /// A number that no text follows is shown all the same.
    pub(super) fn put_bare_marker(&mut self) -> Result<(), ReadError> {
        match number_before(self.marker.take(), "") {
            Some(number) => self.put(SourceParagraph { auto_number: Some(number), text: String::new() }),
            None => Ok(()),
        }
    }
}

/// An integer as HTML reads one (HTML, §2.3.4.1).
fn integer(value: &str) -> Option<i64> {
    let value = value.trim_start();
    let (sign, digits) = match value.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, value.strip_prefix('+').unwrap_or(value)),
    };
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    Some(sign * digits[..end].parse::<i32>().ok().map(i64::from)?)
}
