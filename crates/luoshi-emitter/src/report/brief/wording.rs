//! The wording that ships: the lines of the report, with placeholders (`data/brief.toml`).
//!
//! Not here: an office's own template, which is a document.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Block, Brief, labels};

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wording {
    #[allow(dead_code, reason = "read so that the file is checked to carry it")]
    version: u32,
    line: Vec<WordingLine>,
}

/// A line of the wording.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WordingLine {
    /// How it is set.
    #[serde(default)]
    pub(crate) style: BriefStyle,
    /// Its text, with placeholders.
    pub(crate) text: String,
}

/// How a line of the report is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum BriefStyle {
    /// The title.
    Title,
    /// A heading of the first level.
    Heading,
    /// A paragraph.
    #[default]
    Body,
    /// A table or chart.
    Table,
}

const WORDING_TOML: &str = include_str!("data/brief.toml");

/// The file is part of the program; [`tests::the_wording_asks_for_what_there_is`] reads it.
static WORDING: LazyLock<Wording> = LazyLock::new(|| toml::from_str(WORDING_TOML).unwrap_or_default());

/// The lines of the wording that ships.
pub(crate) fn lines() -> &'static [WordingLine] {
    &WORDING.line
}

/// A line filled in.
pub(crate) enum Shown<'b> {
    Text(BriefStyle, String),
    Block(&'b Block),
}

impl Brief {
    /// The wording that ships, filled in: for formats that have no templates.
    pub(crate) fn shown(&self) -> Vec<Shown<'_>> {
        let mut shown = Vec::new();
        let mut hidden = 0_usize;
        let mut running = 0;
        for line in lines() {
            let alone = line.text.strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}"));
            match alone.map(|name| (name.strip_prefix('#'), name.strip_prefix('/'), self.block(name))) {
                // Within a part that is not shown all parts count as such.
                Some((Some(part), ..)) => {
                    hidden += usize::from(hidden > 0 || self.part(part) == Some(false));
                }
                Some((_, Some(_), _)) => hidden = hidden.saturating_sub(1),
                _ if hidden > 0 => {}
                Some((.., Some(block))) => shown.push(Shown::Block(block)),
                _ => shown.push(Shown::Text(line.style, self.filled(&line.text, &mut running))),
            }
        }
        shown
    }

    fn filled(&self, text: &str, running: &mut u32) -> String {
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once("{{") {
            let (name, after) = behind.split_once("}}").unwrap_or((behind, ""));
            filled.push_str(before);
            match name {
                labels::RUNNING => {
                    *running += 1;
                    filled.push_str(&labels::ordinal(*running));
                }
                name => filled.push_str(self.value(name).unwrap_or_default()),
            }
            rest = after;
        }
        filled + rest
    }
}

#[cfg(test)]
mod tests {
    use luoshi_model::Summary;

    use super::*;
    use crate::theme::Theme;

    #[test]
    fn the_wording_asks_for_what_there_is() {
        let wording: Wording = toml::from_str(WORDING_TOML).unwrap();
        let brief = Brief::new(&Summary::default(), &Theme::default());
        let names: Vec<&str> = brief.names().collect();
        let mut open = Vec::new();
        for line in &wording.line {
            for name in
                line.text.split("{{").skip(1).filter_map(|rest| rest.split_once("}}")).map(|(name, _)| name)
            {
                let bare = name.trim_start_matches(['#', '/']);
                assert!(names.contains(&bare), "{name}");
                match name.chars().next() {
                    Some('#') => open.push(bare),
                    Some('/') => assert_eq!(open.pop(), Some(bare)),
                    _ => {}
                }
            }
        }
        assert!(open.is_empty());
        // Of nothing at all the parts that need something are not shown.
        let shown = brief.shown();
        assert!(shown.iter().filter(|line| matches!(line, Shown::Text(BriefStyle::Heading, _))).count() == 1);
    }
}
