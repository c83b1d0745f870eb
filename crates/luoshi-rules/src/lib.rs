//! Whether an attachment is fit to publish: what must not go out, and what does not hold together (domain.md §3).
//!
//! ```text
//! Attachment, what stands beside it ──passages──▶ every rule of RULES ──▶ findings, each at its words
//! ```
//!
//! One rule a file, one line in [`RULES`]. Words, names and levels are data (`data/words.toml`), which an office extends by a file
//! of its own ([`Words`]). No finding repeats a private value: what looks like one is masked in every text that leaves here.
//!
//! Not here: files and formats; the sentences of findings.

mod digits;
mod finding;
mod mask;
mod near;
mod passage;
mod persons;
mod phrases;
mod rules;
#[cfg(test)]
mod testing;
mod words;

use luoshi_model::{Attachment, ColumnKey};
use luoshi_normalizer::CatalogueIndex;
use luoshi_table::Beside;

pub use finding::{Edit, Found};
pub use mask::masked;
pub use passage::{Material, Place};
pub use rules::{RULES, Rule};
pub use words::Words;

use crate::finding::Findings;
use crate::passage::{Passage, Scope, passages};

/// What the rules are asked about.
pub(crate) struct Context<'a> {
    pub(crate) material: Material<'a>,
    pub(crate) attachment: &'a Attachment,
    pub(crate) index: Option<&'a CatalogueIndex>,
    pub(crate) beside: &'a Beside,
    pub(crate) passages: Vec<Passage<'a>>,
    pub(crate) words: &'a Words,
    /// Where the attachment as a whole stands.
    pub(crate) whole: Place,
}

impl<'a> Context<'a> {
    fn new(material: &Material<'a>, words: &'a Words) -> Self {
        let Material { attachment, index, beside, .. } = *material;
        let whole = Place { at: material.place.cloned(), ..Place::default() };
        Self { material: *material, attachment, index, beside, passages: passages(material), words, whole }
    }

    /// What units answered.
    pub(crate) fn answers(&self) -> impl Iterator<Item = &Passage<'a>> {
        self.passages.iter().filter(|passage| passage.scope == Scope::Answer)
    }

    /// What was written for this attachment: what is asked is the catalogue's.
    pub(crate) fn own(&self) -> impl Iterator<Item = &Passage<'a>> {
        self.passages.iter().filter(|passage| matches!(passage.scope, Scope::Answer | Scope::Heading))
    }

    /// The items' statuses, as far as they have texts.
    pub(crate) fn statuses(&self) -> impl Iterator<Item = &Passage<'a>> {
        self.answers().filter(|passage| passage.place.column == Some(ColumnKey::Status))
    }
}

/// Checks an attachment by every rule. Findings stand in the order of the rules.
///
/// Each rule reads each text once, so the work grows with the length of the texts and with nothing else.
pub fn check(material: &Material<'_>, words: &Words) -> Vec<Found> {
    let context = Context::new(material, words);
    let mut findings = Findings::new(words);
    for rule in RULES {
        (rule.check)(&context, &mut findings);
    }
    findings.list
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::attachment;

    /// Texts that make a careless search read everything again for each thing it finds. With work that grows with the square of the
    /// length this test would take hours.
    #[test]
    fn long_hostile_texts_are_read_once() {
        let length = 10 << 20;
        let pieces = [
            "1",
            "1 ",
            "13912345678 ",
            "11010519491231002X",
            "（",
            "）",
            "（》",
            "秘密",
            "秘密 ",
            "截止目前",
            "登陆",
            "患",
            "王建国、",
            "低保王建国、",
            "，。",
            "甲乙",
            "①",
            "一是",
            "1、\n",
            "2016年",
            "《",
            "1%",
            "（1件",
            "其中1件",
            "截至1月",
            "*",
            "1单元",
            "http://",
            "垵",
            "公开,",
            " ",
            "家住",
            "[2016]1号",
            "合计1件",
            "1）\n",
            "（一）",
            "一、\n",
            "2月30日",
            "王建国1391234567",
            "3号楼2单元",
        ];
        for piece in pieces {
            let text = piece.repeat(length / piece.len() / 16);
            let attachment = attachment(&[&text]);
            let beside = Beside::default();
            let material =
                Material { attachment: &attachment, index: None, source: None, beside: &beside, place: None };
            check(&material, &Words::default());
        }
        let digits = "1".repeat(length);
        assert_eq!(masked(&digits).len(), length);
    }
}
