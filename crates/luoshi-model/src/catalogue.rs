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
    /// The annex mark above the title of its attachment, in its standard form, such as `附件`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub annex: Option<String>,
    /// The reporting period it asks about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// The day by which units answer, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
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
    /// The directory: every unit that it names, in the order in which their answers are put side by side.
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
    /// The heading above it, where the header has two rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
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
    /// What it demands, where the form has that in a column of its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requirement: Vec<String>,
    /// The responsible units as the form writes them.
    pub units: Vec<String>,
    /// The leading units, where the form has them in a column of their own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lead_units: Vec<String>,
    /// The supporting units, where the form has them in a column of their own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub support_units: Vec<String>,
    /// When it is due, where the form says so for each item.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deadline: Vec<String>,
    /// The ids of the last catalogue's items whose question this one carries on under another id: one that was reworded, several that
    /// were merged. An item that several carry on was split.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supersedes: Vec<String>,
}

/// A unit of the directory, or a wording for several (domain.md §2.2). No two units have one name at the same time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CatalogueUnit {
    /// Its usual short name, such as `区卫计局`.
    pub name: String,
    /// Its full name, such as `区卫生和计划生育局`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full: Option<String>,
    /// Other names of the same body.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<Alias>,
    /// The first day on which the body is there, `YYYY-MM-DD`; none where it always was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The last day on which it is there; none where it still is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The names of the units that took over its duties after `to`: one renamed, several split. What is asked of it then is asked
    /// of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub successors: Vec<String>,
    /// It is a wording for several units, such as 各部门.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub collective: bool,
    /// The names of the units that a collective wording stands for. One without members can't be resolved.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<String>,
}

/// Another name of a unit, and when it was in use. Days are `YYYY-MM-DD`, both inclusive.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Alias {
    /// The name.
    pub name: String,
    /// The first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

impl CatalogueUnit {
    /// Every name of the unit, the usual one first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.dated_names().map(|(name, ..)| name)
    }

    /// Every name of the unit with the first and last day of its use, the usual one first.
    pub fn dated_names(&self) -> impl Iterator<Item = (&str, Option<&String>, Option<&String>)> {
        let own = std::iter::once(&self.name).chain(&self.full);
        let own = own.map(|name| (name.as_str(), self.from.as_ref(), self.to.as_ref()));
        own.chain(
            self.aliases.iter().map(|alias| (alias.name.as_str(), alias.from.as_ref(), alias.to.as_ref())),
        )
    }
}

impl CatalogueItem {
    /// What its units are called in each column of units, as the form writes them.
    pub fn units_in(&self, key: &ColumnKey) -> &[String] {
        match key {
            ColumnKey::LeadUnits => &self.lead_units,
            ColumnKey::SupportUnits => &self.support_units,
            ColumnKey::Units => &self.units,
            _ => &[],
        }
    }
}
