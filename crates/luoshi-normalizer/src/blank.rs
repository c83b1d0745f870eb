//! A catalogue's questions as an attachment without answers, and answers put into it.
//!
//! Not here: whose answers they are (reconcile).

use luoshi_model::{
    Answer, AnswerKind, Attachment, Column, ColumnKey, Contribution, Item, NumberSource, Remark,
};

use crate::answer::{self, Reading};
use crate::index::CatalogueIndex;
use crate::leads;
use crate::remarks;

impl CatalogueIndex {
    /// The questions of some items, by their indexes, in the catalogue's order; sections and focuses without any of them are
    /// left out. Columns that are answered are there and empty.
    pub fn blank(&self, items: &[usize]) -> Attachment {
        let catalogue = self.catalogue();
        let column = |known: &luoshi_model::CatalogueColumn| Column {
            key: known.key.clone(),
            heading: known.heading.clone(),
            group: known.group.clone(),
        };
        let items: Vec<Item> = items.iter().map(|&item| self.question(item)).collect();
        let mut focuses = catalogue.focuses.clone();
        focuses.retain(|focus| items.iter().any(|item| item.focus.as_ref() == Some(&focus.id)));
        let mut sections = catalogue.sections.clone();
        sections.retain(|section| {
            let own = |id: &Option<String>| id.as_ref() == Some(&section.id);
            items.iter().any(|item| own(&item.section)) || focuses.iter().any(|focus| own(&focus.section))
        });
        Attachment {
            catalogue: Some(catalogue.id.clone()),
            title: catalogue.title.clone(),
            annex: catalogue.annex.clone(),
            period: catalogue.period.clone(),
            columns: catalogue.columns.iter().map(column).collect(),
            sections,
            focuses,
            items,
            ..Attachment::default()
        }
    }

    fn question(&self, index: usize) -> Item {
        let asked = self.item(index);
        let has = |key| self.catalogue().columns.iter().any(|column| column.key == key);
        let numbered = has(ColumnKey::Number) || asked.label.is_some();
        Item {
            id: asked.id.clone(),
            number: numbered.then_some(asked.number),
            number_source: numbered.then_some(NumberSource::Printed),
            label: asked.label.clone(),
            section: asked.section.clone(),
            focus: asked.focus.clone(),
            matter: asked.matter.clone(),
            requirement: asked.requirement.clone(),
            units: self.units_of(asked),
            deadline: asked.deadline.clone(),
            status: has(ColumnKey::Status).then(Answer::default),
            ..Item::default()
        }
    }

    /// The columns that units answer: all but those that the catalogue fills itself.
    pub fn answered_columns(&self) -> Vec<ColumnKey> {
        let asks_deadline = self.catalogue().items.iter().any(|item| !item.deadline.is_empty());
        let keys = self.catalogue().columns.iter().map(|column| column.key.clone());
        keys.filter(|key| key.is_answered() || *key == ColumnKey::Deadline && !asks_deadline).collect()
    }

    /// The shares of a joined answer, each led by the names of its units; none where a cell is one answer.
    pub fn shares(&self, lines: &[String]) -> Vec<Contribution> {
        leads::split(lines, |name| self.directory().names_one(name))
    }

    /// Puts a text into a column that is answered. A status is read for its kind; what it refers to and who contributed is the
    /// caller's to say.
    pub fn set_answer(&self, item: &mut Item, key: &ColumnKey, lines: Vec<String>) {
        match key {
            ColumnKey::Status => {
                let kind = answer_kind(&lines);
                let reason =
                    (kind == AnswerKind::NotApplicable).then(|| crate::text::join_lines(&lines).into_owned());
                item.status = Some(Answer { answer: kind, paragraphs: lines, reason, ..Answer::default() });
            }
            ColumnKey::Remarks => {
                item.remarks = remarks::split(lines, |name| self.directory().names_one(name))
            }
            key => item.set_text(key, lines),
        }
    }
}

/// The text of an item in a column that is answered; none for other columns.
pub fn answer_text(item: &Item, key: &ColumnKey) -> Vec<String> {
    match key {
        ColumnKey::Status => item.status.as_ref().map_or_else(Vec::new, |status| status.paragraphs.clone()),
        ColumnKey::Remarks => Remark::join(&item.remarks),
        key => item.text(key).cloned().unwrap_or_default(),
    }
}

/// How a text refers to other items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reference {
    /// 同上: the item above.
    Ditto,
    /// 见第3项: the item of this number.
    Number(u32),
    /// 见第1、2项: several items.
    Several,
}

/// How a text refers to other items, if it does nothing else.
pub fn reference(lines: &[String]) -> Option<Reference> {
    match answer::read(lines) {
        Reading::Plain(_) => None,
        Reading::Ditto => Some(Reference::Ditto),
        Reading::Reference(number) => Some(Reference::Number(number)),
        Reading::References(_) => Some(Reference::Several),
    }
}

/// What kind of answer a text is by itself.
pub fn answer_kind(lines: &[String]) -> AnswerKind {
    match answer::read(lines) {
        Reading::Plain(kind) => kind,
        Reading::Ditto | Reading::Reference(_) | Reading::References(_) => AnswerKind::See,
    }
}
