//! The catalogue: what a checklist asks, as data with a version and a period. Districts and years differ here, never in
//! code (domain.md §5).
//!
//! Not here: the answers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ColumnKey, Focus, Period, Section, json::CatalogueVersion};

/// What a checklist asks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    /// `luoshi.catalogue/1`.
    pub schema: CatalogueVersion,
    /// The catalogue's name, such as `haicang-2016`.
    pub id: String,
    /// The title of its attachment.
    pub title: String,
    /// The reporting period it asks about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// How the numbers run.
    pub numbering: Numbering,
    /// The columns in their order.
    pub columns: Vec<CatalogueColumn>,
    /// The sections in their order.
    pub sections: Vec<Section>,
    /// The key areas in their order.
    pub focuses: Vec<Focus>,
    /// The items in their order.
    pub items: Vec<CatalogueItem>,
    /// The units that it names.
    pub units: Vec<CatalogueUnit>,
}

/// How the numbers of a checklist run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Numbering {
    /// On across sections.
    #[default]
    Continuous,
    /// From 1 in each section.
    PerSection,
}

/// A column that a catalogue asks, with further headings under which it is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CatalogueColumn {
    /// What it means.
    pub key: ColumnKey,
    /// Its heading.
    pub heading: String,
    /// Other headings that mean the same here, beside those that every checklist knows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub synonyms: Vec<String>,
}

/// A check item of a catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CatalogueItem {
    /// Permanent id, such as `2016-005`.
    pub id: String,
    /// Its number in this catalogue.
    pub number: u32,
    /// The id of its section, where it stands under no focus.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// The id of its focus.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub focus: Option<String>,
    /// What is asked.
    pub matter: String,
    /// The responsible units as the form writes them.
    pub units: Vec<String>,
}

/// A unit that a catalogue names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CatalogueUnit {
    /// Its usual name, such as `区卫计局`.
    pub name: String,
    /// Other names of the same body.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// It is a wording for several units, such as 各部门.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub collective: bool,
}
