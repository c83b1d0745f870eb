//! A paragraph while it is read: its text, the text that Word does not show, and the fields that are open.
//!
//! Not here: which characters of the file these are.

use luoshi_table::SourceParagraph;

use super::properties::Chp;
use crate::formats::word::asides::Asides;
use crate::formats::word::symbols;

/// A paragraph being read.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    /// The text that is shown.
    pub(super) text: String,
    /// What its text does not show.
    pub(super) asides: Asides,
    /// What stood in text boxes anchored here.
    pub(super) boxes: Vec<SourceParagraph>,
    /// The instruction of the outermost field whose result has not begun, with all that stands in it.
    code: String,
    /// The fields that are open: whether the result has begun.
    fields: Vec<bool>,
    /// How many of them are still in their code.
    codes: usize,
    /// The state of a check box field.
    checked: Option<bool>,
    /// Where the result of a check box field begins, by the length of what is read. Word writes one that is empty.
    box_from: Option<usize>,
    /// The first half of a character that UTF-16 writes in two.
    half: Option<u16>,
}

impl Paragraph {
    /// Whether there is anything in it to keep.
    pub(super) fn is_empty(&self) -> bool {
        let texts = [&self.text, &self.asides.hidden, &self.code];
        texts.iter().all(|text| text.is_empty()) && self.boxes.is_empty() && self.asides.resultless.is_empty()
    }

    /// Whether what comes now is the instruction of a field.
    pub(super) fn is_in_code(&self) -> bool {
        self.codes > 0
    }

    /// Adds a character.
    pub(super) fn push(&mut self, character: char, chp: &Chp) {
        if self.codes > 0 {
            self.code.push(character);
        } else if chp.looks.hidden {
            self.asides.hidden.push(character);
        } else {
            let from = self.text.len();
            self.text.push(character);
            if chp.looks.struck {
                self.asides.struck.push(character);
            }
            if chp.looks.raised == Some(true) {
                self.asides.raised.note(from, &self.text);
            }
        }
    }

    /// Adds a unit of UTF-16.
    pub(super) fn push_unit(&mut self, unit: u16, chp: &Chp) {
        match (self.half.take(), unit) {
            (None, 0xD800..=0xDBFF) => self.half = Some(unit),
            (half, _) => {
                let units = half.into_iter().chain([unit]);
                for character in char::decode_utf16(units) {
                    self.push(character.unwrap_or(char::REPLACEMENT_CHARACTER), chp);
                }
            }
        }
    }

    /// Adds a symbol by font and code.
    pub(super) fn push_symbol(&mut self, font: &str, code: u16, chp: &Chp) {
        let shown = self.asides.symbols.character(font, code.into());
        self.push(shown, chp);
    }

    /// A field begins.
    pub(super) fn begin_field(&mut self) {
        if self.codes == 0 {
            self.code.clear();
            self.checked = None;
        }
        self.fields.push(false);
        self.codes += 1;
    }

    /// The result of the innermost field begins.
    pub(super) fn begin_result(&mut self) {
        if let Some(has_result @ false) = self.fields.last_mut() {
            *has_result = true;
            self.codes -= 1;
            if self.codes == 0 {
                self.box_from = symbols::is_check_box(&self.code).then(|| self.length());
                self.code.clear();
            }
        }
    }

    /// The innermost field ends; a result that is none of the field's own is made here.
    pub(super) fn end_field(&mut self, chp: &Chp) {
        if self.fields.pop() != Some(false) {
            if self.box_from.take() == Some(self.length()) {
                self.push_check_box(chp);
            }
            return;
        }
        self.codes -= 1;
        if self.codes > 0 {
            return;
        }
        let code = std::mem::take(&mut self.code);
        let instruction = code.trim();
        if symbols::is_check_box(instruction) {
            self.push_check_box(chp);
        } else if let Some(shown) = symbols::enclosed(instruction) {
            self.push(shown, chp);
        } else if let Some((base, reading)) = ruby(instruction) {
            base.chars().for_each(|character| self.push(character, chp));
            self.asides.ruby.push(reading.to_owned());
        } else if !instruction.is_empty() {
            self.asides.resultless.push(instruction.to_owned());
        }
    }

    fn push_check_box(&mut self, chp: &Chp) {
        self.push(if self.checked == Some(true) { '☑' } else { '☐' }, chp);
    }

    fn length(&self) -> usize {
        self.text.len() + self.asides.hidden.len()
    }

    /// The innermost field ends and is gone: nothing is made of it.
    pub(super) fn drop_field(&mut self) {
        self.box_from = None;
        if self.fields.pop() == Some(false) {
            self.codes -= 1;
            if self.codes == 0 {
                self.code.clear();
            }
        }
    }

    /// The state of the check box field that is open.
    pub(super) fn check(&mut self, is_checked: bool) {
        self.checked = Some(is_checked);
    }

    /// A field that is still in its code when the paragraph ends would swallow the rest of the document: what it hid of
    /// this paragraph is shown after all. Gives back whether there was any.
    pub(super) fn close_fields(&mut self) -> bool {
        self.fields.clear();
        let code = std::mem::take(&mut self.code);
        let is_open = std::mem::take(&mut self.codes) > 0 && !code.is_empty();
        if is_open {
            self.text.push_str(&code);
        }
        is_open
    }
}

/// The text and the reading over it that Word's 拼音指南 writes as a field without a result:
/// `EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(reading),text)`.
fn ruby(instruction: &str) -> Option<(&str, &str)> {
    let rest =
        instruction.get(..2).filter(|name| name.eq_ignore_ascii_case("eq")).and(instruction.get(2..))?;
    let (_, raised) = rest.split_once("\\s\\up")?;
    let (_, inner) = raised.split_once('(')?;
    // The reading ends where its bracket closes before the comma.
    let (reading, base) = inner.split_once("),").or_else(|| inner.split_once(");"))?;
    Some((base.trim_end().strip_suffix(')')?, reading))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_under_a_reading_is_the_text() {
        let written = r#"EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(gōng),公)"#;
        assert_eq!(ruby(written), Some(("公", "gōng")));
        assert_eq!(ruby(r"eq \o\ac(○,3)"), None);
        assert_eq!(ruby(r"PAGE \s\up 9(a),b)"), None);
    }

    #[test]
    fn a_field_shows_its_result_and_fields_may_stand_in_each_other() {
        let mut paragraph = Paragraph::default();
        let plain = Chp::default();
        let mut type_in = |text: &str| {
            for character in text.chars() {
                match character {
                    '{' => paragraph.begin_field(),
                    '|' => paragraph.begin_result(),
                    '}' => paragraph.end_field(&plain),
                    _ => paragraph.push(character, &plain),
                }
            }
        };
        type_in(
            "a{IF {PAGE|2} = 1|b{REF x|c}d}e{AUTONUM}{ eq \\o\\ac(○,4)}{FORMCHECKBOX}{FORMCHECKBOX|}f{FORMCHECKBOX|x}|}{PAGE",
        );
        assert_eq!(paragraph.text, "abcde④☐☐fx");
        assert_eq!(paragraph.asides.resultless, ["AUTONUM"]);
        assert!(paragraph.close_fields());
        assert_eq!(paragraph.text, "abcde④☐☐fxPAGE");
        assert!(!paragraph.close_fields());
    }

    #[test]
    fn a_character_in_two_halves_is_one() {
        let mut paragraph = Paragraph::default();
        for unit in [0xD840, 0xDC0B, 0xDC0B, 0xD840, 0x4E2D] {
            paragraph.push_unit(unit, &Chp::default());
        }
        assert_eq!(paragraph.text, "𠀋\u{FFFD}\u{FFFD}中");
    }
}
