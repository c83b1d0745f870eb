//! What the fields of a form show (HTML, §4.10): what is filled in, chosen, ticked.
//!
//! Not here: what would be sent.

use super::super::names::{Attribute, Tag};
use super::super::state::State;
use super::super::tree::{Id, NONE};
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

    /// What is chosen. Where nothing is, a drop-down shows its first option that may be (§4.10.7); a list shows all of them, which is no
    /// answer.
    pub(super) fn select(&mut self, id: Id, state: &State) {
        let tree = &self.page.tree;
        let has = |id: Id, name| tree.attribute(id, name).is_some();
        let options: Vec<Id> = tree.below(id).filter(|&id| tree.tag(id) == Some(Tag::Option)).collect();
        let is_selected = |id: &&Id| has(**id, Attribute::Selected);
        let is_free = |id: &&Id| {
            let group = tree.node(**id).map_or(NONE, |node| node.parent);
            let is_off = tree.name(group) == "optgroup" && has(group, Attribute::Disabled);
            !is_off && !has(**id, Attribute::Disabled)
        };
        let shown = |&id: &Id| {
            let label = tree.attribute(id, Attribute::Label).filter(|label| !label.is_empty());
            one_line(&label.map_or_else(|| tree.text(id), str::to_owned))
        };
        let is_multiple = has(id, Attribute::Multiple);
        let size = tree.attribute(id, Attribute::Size).and_then(|size| size.trim().parse::<u32>().ok());
        let is_list = is_multiple || size.is_some_and(|size| size > 1);
        let chosen: Vec<String> = match is_multiple {
            true => options.iter().filter(is_selected).map(shown).collect(),
            // Of several that are selected the last one is.
            false => {
                let fallback = || options.iter().find(is_free).filter(|_| !is_list);
                options.iter().rfind(is_selected).or_else(fallback).map(shown).into_iter().collect()
            }
        };
        if chosen.is_empty() {
            let offered: Vec<String> = options.iter().map(shown).collect();
            self.unfilled(offered.join(" "), state);
        }
        self.value(id, &chosen.join(" "), state);
    }

    pub(super) fn text_area(&mut self, id: Id, state: &State) {
        let text = self.page.tree.text(id);
        self.value(id, text.trim_end_matches('\n'), state);
    }

    /// A value as it stands, or the prompt in its place, which is no answer.
    fn value(&mut self, id: Id, value: &str, state: &State) {
        if value.is_empty() {
            let prompt = self.attribute(id, Attribute::Placeholder).unwrap_or_default().trim().to_owned();
            self.unfilled(prompt, state);
        }
        for character in value.chars().filter(|&c| c == '\n' || c == '\t' || !c.is_control()) {
            self.character(character, state);
        }
    }

    /// What a field says that nobody has filled in.
    fn unfilled(&mut self, prompt: String, state: &State) {
        if !prompt.is_empty() && !state.is_hidden && !state.is_gone {
            self.paragraph.prompts.push(prompt);
        }
    }
}

/// White space in an option is one space, and none at its ends.
fn one_line(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<&str>>().join(" ")
}
