//! Fields of the walk: what of them is shown (ODF 1.3 part 3, §7). A field shows its content; this is about those that do
//! not, or have none.

use quick_xml::events::BytesStart;

use super::super::names::Tag;
use super::super::paragraph::Veil;
use super::super::xml::{attribute, is_on, number};
use super::Walk;
use crate::ReadError;

/// Choices of a drop-down field that are kept. Word allows twenty-five.
const CHOICES: usize = 256;

/// The form field of Word's that is being read: LibreOffice keeps them as a mark with parameters.
#[derive(Default)]
pub(super) enum Control {
    #[default]
    None,
    CheckBox {
        is_checked: bool,
    },
    DropDown {
        choices: Vec<String>,
        chosen: Option<usize>,
    },
}

impl Walk<'_, '_> {
    pub(super) fn begin_field(&mut self, tag: Tag, start: &BytesStart<'_>, depth: usize) {
        let veil = match tag {
            Tag::Placeholder => Some(Veil::Prompt),
            Tag::ContentControl => is_on(start, "showing-place-holder").then_some(Veil::StyledPrompt),
            Tag::HiddenParagraph => {
                let is_hidden = is_on(start, "is-hidden");
                self.paragraph.is_hidden |= is_hidden && self.paragraph.is_open;
                is_hidden.then_some(Veil::Hidden)
            }
            _ => (attribute(start, "display").as_deref() == Some("none")).then_some(Veil::Hidden),
        };
        if let Some(veil) = veil {
            self.paragraph.veil(depth, veil);
        }
    }

    /// A text that a condition hides stands in an attribute (§7.7.2).
    pub(super) fn hidden_text(&mut self, start: &BytesStart<'_>, depth: usize) -> Result<(), ReadError> {
        if !is_on(start, "is-hidden") {
            return Ok(());
        }
        match attribute(start, "string-value").filter(|value| !value.is_empty()) {
            Some(value) => {
                if !self.changes.are_gone() {
                    self.paragraph.asides.hidden.push_str(&value);
                }
                self.xml.skip_element()
            }
            None => {
                self.paragraph.veil(depth, Veil::Hidden);
                Ok(())
            }
        }
    }

    pub(super) fn field_mark(&mut self, tag: Tag, start: &BytesStart<'_>) {
        if tag == Tag::FieldMark {
            let kind = attribute(start, "type").unwrap_or_default();
            self.control = match kind.rsplit('.').next() {
                Some("FORMCHECKBOX") => Control::CheckBox { is_checked: false },
                Some("FORMDROPDOWN") => Control::DropDown { choices: Vec::new(), chosen: None },
                _ => Control::None,
            };
            return;
        }
        let name = attribute(start, "name");
        match (&mut self.control, name.as_deref()) {
            (Control::CheckBox { is_checked }, Some("Checkbox_Checked")) => {
                *is_checked = is_on(start, "value")
            }
            (Control::DropDown { choices, .. }, Some("Dropdown_ListEntry")) if choices.len() < CHOICES => {
                choices.push(attribute(start, "value").unwrap_or_default().into_owned());
            }
            (Control::DropDown { chosen, .. }, Some("Dropdown_Selected")) => *chosen = number(start, "value"),
            _ => {}
        }
    }

    pub(super) fn end_field_mark(&mut self) {
        match std::mem::take(&mut self.control) {
            Control::None => {}
            Control::CheckBox { is_checked } => self.character(if is_checked { '☑' } else { '☐' }),
            Control::DropDown { choices, chosen } => {
                if let Some(choice) = chosen.and_then(|chosen| choices.get(chosen))
                    && !self.changes.are_gone()
                {
                    self.paragraph.push_shown(choice);
                }
            }
        }
    }
}
