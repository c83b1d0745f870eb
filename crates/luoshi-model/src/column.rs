//! The columns that a checklist can ask, by their meaning.
//!
//! Not here: the headings that name them (data of the normalizer) and their widths (data of the emitter).

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A column of the table, in source order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// What the column means.
    pub key: ColumnKey,
    /// Its heading as the form shows it, line breaks and justification spaces removed.
    pub heading: String,
    /// The heading above it where the header has two rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
}

/// What a column means. In JSON the name in lower case with hyphens, or `extra:<heading>` for a column of no known meaning.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ColumnKey {
    /// 序号: the item's number.
    Number,
    /// 领域, 类别: the section, where it is a column and not a row of its own.
    Section,
    /// 自查重点: the key area under which items stand.
    Focus,
    /// 自查事项: the check item itself.
    Matter,
    /// 工作要求: what the item demands, where it stands apart from the matter.
    Requirement,
    /// 责任单位: the responsible units.
    Units,
    /// 牵头单位: the lead units.
    LeadUnits,
    /// 配合单位: the supporting units.
    SupportUnits,
    /// 落实情况: the implementation status, a narrative.
    Status,
    /// 落实类别: the status as one of a few words, such as 已落实.
    Class,
    /// 典型做法及问题概述, 备注: several kinds of remarks told apart by their labels.
    Remarks,
    /// 典型做法: a column of practices only.
    Practice,
    /// 存在问题: a column of issues only.
    Issue,
    /// 完成时限: when it is due.
    Deadline,
    /// 得分: a score.
    Score,
    /// 是否完成: a tick instead of a text.
    Tick,
    /// 佐证材料: evidence.
    Evidence,
    /// A column of no known meaning, by its heading; its text is kept.
    Extra(String),
}

const NAMES: [(ColumnKey, &str); 17] = [
    (ColumnKey::Number, "number"),
    (ColumnKey::Section, "section"),
    (ColumnKey::Focus, "focus"),
    (ColumnKey::Matter, "matter"),
    (ColumnKey::Requirement, "requirement"),
    (ColumnKey::Units, "units"),
    (ColumnKey::LeadUnits, "lead-units"),
    (ColumnKey::SupportUnits, "support-units"),
    (ColumnKey::Status, "status"),
    (ColumnKey::Class, "class"),
    (ColumnKey::Remarks, "remarks"),
    (ColumnKey::Practice, "practice"),
    (ColumnKey::Issue, "issue"),
    (ColumnKey::Deadline, "deadline"),
    (ColumnKey::Score, "score"),
    (ColumnKey::Tick, "tick"),
    (ColumnKey::Evidence, "evidence"),
];

const EXTRA: &str = "extra:";

impl ColumnKey {
    /// The key's name as the JSON has it.
    pub fn name(&self) -> Cow<'static, str> {
        match self {
            Self::Extra(heading) => Cow::Owned(format!("{EXTRA}{heading}")),
            known => {
                let found = NAMES.iter().find(|(key, _)| key == known);
                Cow::Borrowed(found.map_or("", |(_, name)| name))
            }
        }
    }

    /// The key of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        match name.strip_prefix(EXTRA) {
            Some(heading) => Some(Self::Extra(heading.to_owned())),
            None => NAMES.iter().find(|(_, known)| *known == name).map(|(key, _)| key.clone()),
        }
    }

    /// Whether units answer in the column. A deadline is the question's where a catalogue has it, and else a unit's own.
    pub fn is_answered(&self) -> bool {
        !matches!(
            self,
            Self::Number | Self::Section | Self::Focus | Self::Matter | Self::Requirement | Self::Deadline
        ) && !self.is_units()
    }

    /// Whether the column names units in some role.
    pub fn is_units(&self) -> bool {
        matches!(self, Self::Units | Self::LeadUnits | Self::SupportUnits)
    }
}

impl fmt::Display for ColumnKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name())
    }
}

impl Serialize for ColumnKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.name())
    }
}

impl<'de> Deserialize<'de> for ColumnKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = <Cow<'de, str>>::deserialize(deserializer)?;
        Self::from_name(&name).ok_or_else(|| serde::de::Error::custom(format!("unknown column key {name:?}")))
    }
}

impl JsonSchema for ColumnKey {
    fn schema_name() -> Cow<'static, str> {
        "ColumnKey".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names: Vec<&str> = NAMES.iter().map(|(_, name)| *name).collect();
        json_schema!({
            "type": "string",
            "pattern": format!("^({}|{EXTRA}.*)$", names.join("|")),
            "description": "What a column means; extra:<heading> for a column of no known meaning."
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_a_name_and_comes_back_from_it() {
        for (key, name) in NAMES {
            assert_eq!(key.name(), name);
            assert_eq!(ColumnKey::from_name(name), Some(key));
        }
        let extra = ColumnKey::Extra("联系人".to_owned());
        assert_eq!(ColumnKey::from_name(&extra.name()), Some(extra));
        assert_eq!(ColumnKey::from_name("numbers"), None);
    }
}
