//! What the fields of a form show (HTML, §4.10): what is filled in, chosen, ticked.
//!
//! Not here: what would be sent.

use super::super::names::{Attribute, Tag};
use super::super::state::State;
use super::super::tree::Id;
use super::Walk;

impl Walk<'_, '_> {
    pub(super) fn input(&mut self, id: Id, state: &State) {
        let kind = self.attribute(id, Attribute::Type).unwrap_or("text").trim().to_ascii_lowercase();
        let is_checked = self.attribute(id, Attribute::Checked).is_some();
        match kind.as_str() {
            "checkbox" => self.character(if is_checked { '☑' } else { '☐' }, state),
            "radio" => self.character(if is_checked { '◉' } else { '○' }, state),
            "hidden" | "password" | "file" | "color" | "range" => {}
            "image" => self.picture(state),
            _ => {
                let value = self.attribute(id, Attribute::Value).unwrap_or_default().to_owned();
                self.value(id, &value, state);
            }
        }
    }

    /// What is chosen; where nothing is, what a browser shows: the first.
    pub(super) fn select(&mut self, id: Id, state: &State) {
        let tree = &self.page.tree;
        let options: Vec<Id> = tree.below(id).filter(|&id| tree.tag(id) == Some(Tag::Option)).collect();
        let is_selected = |id: &&Id| tree.attribute(**id, Attribute::Selected).is_some();
        let is_multiple = tree.attribute(id, Attribute::Multiple).is_some();
        let texts: Vec<String> = match is_multiple {
            true => options.iter().filter(is_selected).map(|&id| shown(&tree.text(id))).collect(),
            // Of several that are selected the last one is (§4.10.7).
            false => {
                let chosen = options.iter().rfind(is_selected).or(options.first());
                chosen.map(|&id| shown(&tree.text(id))).into_iter().collect()
            }
        };
        self.value(id, &texts.join(" "), state);
    }

    pub(super) fn text_area(&mut self, id: Id, state: &State) {
        let text = self.page.tree.text(id);
        self.value(id, text.trim_end_matches('\n'), state);
    }

    /// A value as it stands, or the prompt in its place, which is no answer.
    fn value(&mut self, id: Id, value: &str, state: &State) {
        if value.is_empty() {
            let prompt = self.attribute(id, Attribute::Placeholder).unwrap_or_default().trim().to_owned();
            if !prompt.is_empty() && !state.is_hidden && !state.is_gone {
                self.paragraph.prompts.push(prompt);
            }
        }
        for character in value.chars().filter(|&c| c == '\n' || c == '\t' || !c.is_control()) {
            self.character(character, state);
        }
    }
}

/// White space in an option is one space, and none at its ends.
fn shown(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<&str>>().join(" ")
}
