//! The attachment: the answers to a checklist, item by item.
//!
//! Text fields hold the text as the form shows it: one string per paragraph, white space at the edges of a paragraph and
//! empty paragraphs at the edges of a cell removed, nothing else touched. The raw text stands in the provenance wherever it
//! differs.
//!
//! Not here: facts found inside narratives (dates, quantities); they are derived on demand and never stored.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Column, ColumnKey, Provenance, json::AttachmentVersion};

/// A checklist with its answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// `luoshi.attachment/1`.
    pub schema: AttachmentVersion,
    /// The id of the catalogue that the items were matched with; absent where the structure was inferred from the table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub catalogue: Option<String>,
    /// The title above the table.
    pub title: String,
    /// The annex mark above the title in its standard form, such as `附件` or `附件1` (GB/T 9704-2012: no colon).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub annex: Option<String>,
    /// The reporting period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// Further lines above the table, such as `填报单位：区教育局`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub preamble: Vec<String>,
    /// The columns in source order.
    pub columns: Vec<Column>,
    /// The sections in source order; none where the table has none.
    pub sections: Vec<Section>,
    /// The key areas in source order; none where the table has none.
    pub focuses: Vec<Focus>,
    /// The items in source order.
    pub items: Vec<Item>,
    /// Lines below the table, such as notes and the name of who filled it in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub postscript: Vec<String>,
    /// Where each value came from. Outside equality.
    #[serde(default)]
    pub provenance: Provenance,
}

impl Attachment {
    /// What stands around the items; without provenance.
    pub fn without_items(&self) -> Self {
        Self {
            schema: self.schema,
            catalogue: self.catalogue.clone(),
            title: self.title.clone(),
            annex: self.annex.clone(),
            period: self.period.clone(),
            preamble: self.preamble.clone(),
            columns: self.columns.clone(),
            sections: self.sections.clone(),
            focuses: self.focuses.clone(),
            items: Vec::new(),
            postscript: self.postscript.clone(),
            provenance: Provenance::default(),
        }
    }
}

/// A reporting period. Dates are ISO 8601 calendar dates, both inclusive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// As a person writes it, such as `2016年`.
    pub label: String,
    /// First day, `YYYY-MM-DD`.
    pub from: String,
    /// Last day, `YYYY-MM-DD`.
    pub to: String,
}

/// A first-level part of the checklist: `一、围绕深化改革推进公开`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Position as a number from 1, in words of digits: `1`.
    pub id: String,
    /// The enumerator with its punctuation, `一、`; empty where it has none.
    pub label: String,
    /// The title without the enumerator.
    pub title: String,
}

/// A second-level part, the key area: `（一）进一步推进权力清单和责任清单公开`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Focus {
    /// The section's id and the position in it: `1.1`. Without sections the position alone.
    pub id: String,
    /// The id of its section.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// The enumerator, `（一）`; empty where it has none.
    pub label: String,
    /// The title without the enumerator.
    pub title: String,
}

/// One check item with its answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Permanent identity: the catalogue's, or a digest of the matter's key text. Never the row number.
    pub id: String,
    /// The number, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// Where the number is from; present with a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number_source: Option<NumberSource>,
    /// The number as the form shows it, where that is not just its digits: `1.1`, `（三）`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The id of its section, where it stands under no focus.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// The id of its focus.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub focus: Option<String>,
    /// What is asked.
    pub matter: String,
    /// What the item demands.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requirement: Vec<String>,
    /// The responsible units in source order.
    pub units: Vec<Unit>,
    /// The answer; absent where the table does not ask for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Answer>,
    /// The status as one of a few words, where the table has a column for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub class: Vec<String>,
    /// The remarks, split by their labels. Joining all blocks gives back the cell.
    pub remarks: Vec<Remark>,
    /// Typical practice, where it is a column of its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub practice: Vec<String>,
    /// Issues, where they are a column of their own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub issue: Vec<String>,
    /// When it is due.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deadline: Vec<String>,
    /// The score.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub score: Vec<String>,
    /// The tick.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tick: Vec<String>,
    /// The evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<String>,
    /// Columns of no known meaning, by heading.
    pub extra: BTreeMap<String, Vec<String>>,
    /// Cells of this item that answer further items too, by column key: the ids of those items. The status has its own
    /// list in [`Answer::covers`]; section and focus are merged by their meaning.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub merged: BTreeMap<String, Vec<String>>,
}

impl Item {
    /// The text of a column that holds plain text, by its key; none for columns with a structure of their own.
    pub fn text(&self, key: &ColumnKey) -> Option<&Vec<String>> {
        match key {
            ColumnKey::Requirement => Some(&self.requirement),
            ColumnKey::Class => Some(&self.class),
            ColumnKey::Practice => Some(&self.practice),
            ColumnKey::Issue => Some(&self.issue),
            ColumnKey::Deadline => Some(&self.deadline),
            ColumnKey::Score => Some(&self.score),
            ColumnKey::Tick => Some(&self.tick),
            ColumnKey::Evidence => Some(&self.evidence),
            ColumnKey::Extra(heading) => self.extra.get(heading),
            _ => None,
        }
    }

    /// Sets the text of a column that holds plain text. Other columns are left alone.
    pub fn set_text(&mut self, key: &ColumnKey, paragraphs: Vec<String>) {
        match key {
            ColumnKey::Requirement => self.requirement = paragraphs,
            ColumnKey::Class => self.class = paragraphs,
            ColumnKey::Practice => self.practice = paragraphs,
            ColumnKey::Issue => self.issue = paragraphs,
            ColumnKey::Deadline => self.deadline = paragraphs,
            ColumnKey::Score => self.score = paragraphs,
            ColumnKey::Tick => self.tick = paragraphs,
            ColumnKey::Evidence => self.evidence = paragraphs,
            ColumnKey::Extra(heading) => {
                self.extra.insert(heading.clone(), paragraphs);
            }
            _ => {}
        }
    }

    /// How a message calls it: by its number, or what it asks, or its id.
    pub fn name(&self) -> String {
        let number = self.number_text();
        match (number.is_empty(), self.matter.is_empty()) {
            (false, _) => number,
            (true, false) => self.matter.clone(),
            (true, true) => self.id.clone(),
        }
    }

    /// The number as the form shows it: its label, or its digits, or nothing.
    pub fn number_text(&self) -> String {
        match (&self.label, self.number) {
            (Some(label), _) => label.clone(),
            (None, Some(number)) => number.to_string(),
            (None, None) => String::new(),
        }
    }
}

/// Where an item's number is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NumberSource {
    /// It stands in the text.
    Printed,
    /// The word processor makes it (`w:numPr`).
    AutoNumbered,
    /// It is missing, and was inferred from its neighbours or the catalogue.
    Inferred,
}

/// A responsible unit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// The unit's name without brackets and role words: `区政府办`.
    pub name: String,
    /// The office inside it, from the brackets: `秘书科`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<String>,
    /// A second name of the same body, from the brackets: 区农林水利局（区委农办）.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_name: Option<String>,
    /// A wording for several units, such as 各部门; it is kept as written.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub collective: bool,
    /// Its part in the matter.
    pub role: Role,
    /// As written, a line break inside the name removed: `区政府办（秘书科）`.
    pub raw: String,
}

/// A unit's part in a matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// 牵头.
    Lead,
    /// 会同, 共同.
    Co,
    /// 配合.
    Support,
    /// The form does not say. That the first-named unit leads is a convention, not a rule.
    #[default]
    Unspecified,
}

/// The answer in a status cell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// What kind of answer it is.
    pub answer: AnswerKind,
    /// The text, whatever the kind.
    pub paragraphs: Vec<String>,
    /// The id of the item it refers to, for [`AnswerKind::See`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub see: Option<String>,
    /// The words that say why, for [`AnswerKind::NotApplicable`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The ids of all items that this one cell answers, this item first; empty where it answers this item alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub covers: Vec<String>,
    /// Who said what, where several units' answers were joined.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contributions: Vec<Contribution>,
}

/// The kinds of answers. They are different things and stay apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AnswerKind {
    /// A narrative.
    Answered,
    /// An empty cell: no answer.
    #[default]
    Blank,
    /// 无, 暂无: there is nothing.
    None,
    /// —, ／: struck out.
    Struck,
    /// 同上, 见第N项, or a merged cell: another item's answer holds.
    See,
    /// 不涉及, 由市主管部门牵头: with the reason.
    NotApplicable,
}

/// One unit's share of a joined answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contribution {
    /// The unit's name, or several joined by 、.
    pub unit: String,
    /// What it said.
    pub paragraphs: Vec<String>,
}

/// A block of the remarks column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Remark {
    /// What the block is about.
    pub kind: RemarkKind,
    /// The label that opens it, as written, `存在问题：`; empty where it has none.
    pub label: String,
    /// The text after the label. The first string continues the label's own paragraph.
    pub paragraphs: Vec<String>,
    /// It continues the last paragraph of the block before it instead of opening one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub inline: bool,
}

/// What a remark is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RemarkKind {
    /// 典型做法, 工作亮点.
    Practice,
    /// 主要做法, 工作措施.
    Measure,
    /// 存在问题.
    Issue,
    /// 下一步工作.
    NextStep,
    /// 说明, 原因.
    Explanation,
    /// No label that says.
    Other,
}

impl Remark {
    /// The cell that the blocks were split from: its paragraphs, exactly.
    ///
    /// ```
    /// use luoshi_model::{Remark, RemarkKind};
    /// let block = |label: &str, text: &str, inline| Remark {
    ///     kind: RemarkKind::Other, label: label.into(), paragraphs: vec![text.into()], inline };
    /// let blocks = [block("存在问题：", "甲。", false), block("下一步：", "乙。", true)];
    /// assert_eq!(Remark::join(&blocks), ["存在问题：甲。下一步：乙。"]);
    /// ```
    pub fn join(blocks: &[Self]) -> Vec<String> {
        let mut paragraphs: Vec<String> = Vec::new();
        for block in blocks {
            let mut texts = block.paragraphs.iter();
            let first = format!("{}{}", block.label, texts.next().map_or("", String::as_str));
            match paragraphs.last_mut() {
                Some(last) if block.inline => last.push_str(&first),
                _ => paragraphs.push(first),
            }
            paragraphs.extend(texts.cloned());
        }
        paragraphs
    }
}
