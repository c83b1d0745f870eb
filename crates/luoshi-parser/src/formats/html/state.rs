//! What an element hands on to what is in it (CSS 2.2, §6.2).
//!
//! Not here: what holds for the element alone.

use super::markers::Marker;
use super::style::{Look, WhiteSpace};

/// The properties in force.
#[derive(Clone, Debug, Default)]
pub(super) struct State {
    /// Nothing of it is shown.
    pub(super) is_hidden: bool,
    /// What is invisible may hold what is not; what takes no place may not.
    pub(super) is_absent: bool,
    /// It is gone by the policy for tracked changes.
    pub(super) is_gone: bool,
    pub(super) is_struck: bool,
    pub(super) is_raised: bool,
    pub(super) white_space: WhiteSpace,
    pub(super) font: Option<&'static str>,
    pub(super) marker: Option<Marker>,
    /// A line ends within the paragraph; else the end of a line is the end of a paragraph.
    pub(super) keeps_lines: bool,
    pub(super) keeps_spaces: bool,
    pub(super) is_label: bool,
    /// It stands in for the end of a paragraph (`o:p`).
    pub(super) is_end_mark: bool,
    /// How deep in unordered lists.
    pub(super) bullets: u32,
}

impl State {
    /// What is in force within an element that looks like this.
    pub(super) fn within(&self, look: &Look) -> Self {
        let mut state = self.clone();
        state.is_absent |= look.is_absent == Some(true);
        if let Some(is_invisible) = look.is_invisible {
            state.is_hidden = is_invisible;
        }
        state.is_hidden |= state.is_absent;
        // A line through a text goes on through what is in it.
        state.is_struck |= look.is_struck == Some(true);
        state.is_raised |= look.is_raised == Some(true);
        state.white_space = look.white_space.unwrap_or(state.white_space);
        state.font = look.font.unwrap_or(state.font);
        state.keeps_spaces |= look.keeps_spaces;
        state.is_label |= look.is_label;
        state
    }

    /// The same where it is shown.
    pub(super) fn shown(&self) -> Self {
        Self { is_hidden: false, is_absent: false, ..self.clone() }
    }
}
