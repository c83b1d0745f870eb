//! The words of the yearly round, from `data/round.toml`.
//!
//! Not here: what is done with them.

use std::sync::LazyLock;

use luoshi_model::CatalogueItem;
use serde::Deserialize;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Round {
    #[allow(dead_code, reason = "read so that the file is checked to carry it")]
    version: u32,
    pub(crate) prefilled: String,
    prefilled_signs: Vec<String>,
    own_lines: Vec<String>,
    pub(crate) errors: Vec<String>,
    pub(crate) refers: Vec<String>,
    pub(crate) class: String,
    pub(crate) classes: Vec<String>,
    pub(crate) status: String,
    see: String,
    see_matter: String,
    pub(crate) guide: Vec<String>,
    pub(crate) guide_prefilled: String,
}

impl Round {
    /// Whether a line above a form's table is the form's own, to its end: people write behind it.
    pub(crate) fn is_own_line(&self, line: &str) -> bool {
        let guide = self.guide.iter().chain([&self.guide_prefilled]);
        let is_guide = |own: &String| {
            let (begin, end) = own.split_once("{columns}").unwrap_or((own, ""));
            if end.is_empty() { line == begin } else { line.starts_with(begin) && line.ends_with(end) }
        };
        let is_short = |begin: &String| {
            let rest = line.strip_prefix(begin.as_str());
            rest.is_some_and(|rest| !rest.contains(['，', '。', '；']) && rest.chars().count() <= OWN_LINE)
        };
        guide.into_iter().any(is_guide) || self.own_lines.iter().any(is_short)
    }

    /// Whether a text holds last period's mark.
    pub(crate) fn is_prefilled(&self, paragraphs: &[String]) -> bool {
        let text: String = paragraphs.concat().chars().filter(|c| !c.is_whitespace()).collect();
        self.prefilled_signs.iter().any(|sign| text.contains(sign.as_str()))
    }

    /// How a text points to an item.
    pub(crate) fn see(&self, item: &CatalogueItem, numbered: bool) -> String {
        match (numbered, &item.label) {
            (true, Some(label)) => self.see.replace("{number}", label),
            (true, None) => self.see.replace("{number}", &item.number.to_string()),
            (false, _) => self.see_matter.replace("{matter}", &item.matter),
        }
    }
}

/// Characters behind the beginning of a form's own line: 2016年1月1日至2016年12月31日.
const OWN_LINE: usize = 24;

const ROUND_TOML: &str = include_str!("../data/round.toml");

/// The file is part of the program; [`tests::the_data_file_is_whole`] reads it.
pub(crate) static ROUND: LazyLock<Round> = LazyLock::new(|| toml::from_str(ROUND_TOML).unwrap_or_default());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_file_is_whole() {
        let round: Round = toml::from_str(ROUND_TOML).unwrap();
        assert!(round.see.contains("{number}") && round.see_matter.contains("{matter}"));
        assert!(round.guide.iter().any(|line| line.contains("{columns}")));
        assert!(round.is_prefilled(std::slice::from_ref(&round.prefilled)));
        assert!(round.guide_prefilled.contains(&round.prefilled) && !round.prefilled.is_empty());
    }
}
