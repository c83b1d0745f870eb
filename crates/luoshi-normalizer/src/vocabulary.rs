//! The words of the trade, from `data/*.toml`: headings, units, answers, labels, titles.
//!
//! Not here: what is done with them. A new heading, alias or phrase is one line of data.

use std::sync::{LazyLock, OnceLock};

use regex::Regex;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Data files are part of the program; [`tests::data_files_are_whole`] reads each of them.
pub(crate) fn load<T: DeserializeOwned + Default>(text: &str) -> T {
    toml::from_str(text).unwrap_or_default()
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Headings {
    #[allow(dead_code, reason = "read so that the file is checked to carry it")]
    version: u32,
    pub(crate) heading: Vec<Heading>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Heading {
    pub(crate) key: String,
    pub(crate) or: Option<String>,
    #[serde(default)]
    pub(crate) is: Vec<String>,
    #[serde(default)]
    pub(crate) has: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Units {
    #[allow(dead_code, reason = "read so that the file is checked to carry it")]
    version: u32,
    pub(crate) endings: Vec<String>,
    pub(crate) unfinished: Vec<String>,
    pub(crate) tails: Vec<String>,
    pub(crate) roots: Vec<String>,
    pub(crate) before_names: Vec<String>,
    pub(crate) offices: Vec<String>,
    pub(crate) bodies: Vec<String>,
    pub(crate) collective: Vec<String>,
    pub(crate) collective_endings: Vec<String>,
    pub(crate) joining: Vec<String>,
    pub(crate) roles: Roles,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Roles {
    pub(crate) lead: Vec<String>,
    pub(crate) co: Vec<String>,
    pub(crate) support: Vec<String>,
    pub(crate) unspecified: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Answers {
    #[allow(dead_code, reason = "read so that the file is checked to carry it")]
    version: u32,
    pub(crate) none: Vec<String>,
    pub(crate) none_begins: Vec<String>,
    pub(crate) struck: Vec<String>,
    pub(crate) ditto: Vec<String>,
    pub(crate) reference: Reference,
    pub(crate) not_applicable: Vec<Phrase>,
    pub(crate) statement: usize,
}

/// A phrase that a whole statement may be.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Phrase {
    /// One of these words stands in every text that it fits.
    has: Vec<String>,
    phrase: String,
    /// Compiled when first tried: to compile them all takes as long as to read a form, and a form needs one or two.
    #[serde(skip)]
    compiled: OnceLock<Option<Regex>>,
}

impl Phrase {
    pub(crate) fn is_match(&self, text: &str) -> bool {
        let compiled = || self.compiled.get_or_init(|| Regex::new(&self.phrase).ok());
        self.has.iter().any(|word| text.contains(word.as_str()))
            && compiled().as_ref().is_some_and(|phrase| phrase.is_match(text))
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reference {
    pub(crate) before: Vec<String>,
    pub(crate) after: Vec<String>,
    pub(crate) several: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Remarks {
    #[allow(dead_code, reason = "read so that the file is checked to carry it")]
    version: u32,
    pub(crate) labels: Labels,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Labels {
    pub(crate) practice: Vec<String>,
    pub(crate) measure: Vec<String>,
    pub(crate) issue: Vec<String>,
    pub(crate) next_step: Vec<String>,
    pub(crate) explanation: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Titles {
    #[allow(dead_code, reason = "read so that the file is checked to carry it")]
    version: u32,
    pub(crate) endings: Vec<String>,
    pub(crate) annex: Vec<String>,
    pub(crate) notes: Vec<String>,
    pub(crate) fillers: Vec<String>,
    pub(crate) sealed_fillers: Vec<String>,
    pub(crate) dates: Vec<String>,
    pub(crate) seals: Vec<String>,
    pub(crate) footers: Vec<String>,
    pub(crate) totals: Vec<String>,
    pub(crate) not_titles: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Facts {
    #[allow(dead_code, reason = "read so that the file is checked to carry it")]
    version: u32,
    pub(crate) units: Vec<String>,
    pub(crate) not_units: Vec<String>,
    pub(crate) about_before: Vec<String>,
    pub(crate) about_behind: Vec<String>,
    pub(crate) cumulative: Vec<String>,
    pub(crate) of_one_period: Vec<String>,
}

const HEADINGS_TOML: &str = include_str!("../data/headings.toml");
const UNITS_TOML: &str = include_str!("../data/units.toml");
const ANSWERS_TOML: &str = include_str!("../data/answers.toml");
const REMARKS_TOML: &str = include_str!("../data/remarks.toml");
const TITLES_TOML: &str = include_str!("../data/titles.toml");
const FACTS_TOML: &str = include_str!("../data/facts.toml");

pub(crate) static HEADINGS: LazyLock<Headings> = LazyLock::new(|| load(HEADINGS_TOML));
pub(crate) static UNITS: LazyLock<Units> = LazyLock::new(|| load(UNITS_TOML));
pub(crate) static ANSWERS: LazyLock<Answers> = LazyLock::new(|| load(ANSWERS_TOML));
pub(crate) static REMARKS: LazyLock<Remarks> = LazyLock::new(|| load(REMARKS_TOML));
pub(crate) static TITLES: LazyLock<Titles> = LazyLock::new(|| load(TITLES_TOML));
pub(crate) static FACTS: LazyLock<Facts> = LazyLock::new(|| load(FACTS_TOML));

#[cfg(test)]
mod tests {
    use super::*;
    use luoshi_model::ColumnKey;

    #[test]
    fn data_files_are_whole() {
        let headings: Headings = toml::from_str(HEADINGS_TOML).unwrap();
        for heading in &headings.heading {
            assert!(ColumnKey::from_name(&heading.key).is_some(), "{}", heading.key);
            assert!(heading.or.as_deref().is_none_or(|key| ColumnKey::from_name(key).is_some()));
        }
        toml::from_str::<Units>(UNITS_TOML).unwrap();
        toml::from_str::<Remarks>(REMARKS_TOML).unwrap();
        toml::from_str::<Titles>(TITLES_TOML).unwrap();
        toml::from_str::<Facts>(FACTS_TOML).unwrap();
        let answers: Answers = toml::from_str(ANSWERS_TOML).unwrap();
        for Phrase { phrase, .. } in &answers.not_applicable {
            Regex::new(phrase).unwrap();
            let taken = phrase.replace("[^，；]", "").replace("[^，；的]", "");
            assert!(!taken.contains(['，', '；', '.']) && !taken.contains("[^"), "{phrase}");
        }
    }
}
