//! Lists and their numbers: number formats by code, and the numbers that the file shows.
//!
//! A number as shown (`wx:t`) becomes a list of its own, whose bullet it is: so it needs no counting, and stands in the docx as
//! a list's number does. What follows it is what its list says.
//!
//! Not here: counting, which the docx reader does where no number is shown.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::formats::word::numbering::codes;

/// The first id of the lists that shown numbers become: beyond what a file counts its own with.
const SHOWN: usize = 1 << 30;

/// What follows a number where nothing is said.
const TAB: &str = "tab";

/// The name of a number format, or its code where it has none: the reader of lists says that it does not know it.
pub(super) fn format(code: &str) -> &str {
    code.trim().parse().ok().and_then(codes::name).unwrap_or(code)
}

/// A paragraph's or style's place in a list (`w:listPr`), as it is read; values as the file writes them.
#[derive(Default)]
pub(super) struct Listed {
    pub(super) level: Option<String>,
    pub(super) list: Option<String>,
    /// The number that the file shows.
    pub(super) shown: Option<String>,
    /// The font of the number.
    pub(super) font: Option<String>,
}

/// A number as shown: its text, its font, and what follows it.
type Shown = (String, String, &'static str);

/// What the lists of the file say, as far as shown numbers need it.
#[derive(Default)]
pub(super) struct Lists {
    /// The definition that is open.
    definition: Option<i64>,
    /// The list in use that is open.
    list: Option<i64>,
    level: Option<i64>,
    /// What follows the number, by definition and level.
    suffixes: BTreeMap<(i64, i64), &'static str>,
    /// The definition of each list in use.
    definitions: BTreeMap<i64, i64>,
    /// The numbers shown so far, each with the list that it became.
    shown: BTreeMap<Shown, usize>,
    /// Those lists.
    written: String,
}

impl Lists {
    /// An element of the lists, with the number that tells it from its like.
    pub(super) fn meet(&mut self, local: &str, value: &str) {
        let number = value.trim().parse().ok();
        match local {
            "listDef" => self.definition = number,
            "list" => self.list = number,
            "lvl" => self.level = number,
            "ilst" => self.definitions.extend(self.list.zip(number)),
            _ => {}
        }
    }

    /// What follows the number of the level that is open, by the name that a docx has for it. Of a list in use only its
    /// definition is asked.
    pub(super) fn suffix(&mut self, value: &str) -> &'static str {
        let suffix = match value {
            "Space" => "space",
            "Nothing" => "nothing",
            _ => TAB,
        };
        if self.list.is_none() {
            self.suffixes.extend(self.definition.zip(self.level).map(|level| (level, suffix)));
        }
        suffix
    }

    /// The place in a list as a docx writes it.
    pub(super) fn place(&mut self, listed: Listed) -> String {
        let Listed { level, list, shown, font } = listed;
        let Some(shown) = shown else {
            let element = |name, value: Option<String>| {
                value.map(|value| format!(r#"<w:{name} w:val="{value}"/>"#)).unwrap_or_default()
            };
            return format!("<w:numPr>{}{}</w:numPr>", element("ilvl", level), element("numId", list));
        };
        let parsed = |value: Option<String>| value.and_then(|value| value.trim().parse::<i64>().ok());
        let definition = parsed(list).and_then(|list| self.definitions.get(&list).copied());
        let level = definition.map(|definition| (definition, parsed(level).unwrap_or(0)));
        let suffix = level.and_then(|level| self.suffixes.get(&level).copied()).unwrap_or(TAB);
        let number = (shown, font.unwrap_or_default(), suffix);
        let next = SHOWN + self.shown.len();
        let id = self.shown.get(&number).copied().unwrap_or_else(|| {
            let (text, font, suffix) = &number;
            // Writing to a string does not fail.
            let _ = write!(
                self.written,
                r#"<w:abstractNum w:abstractNumId="{next}"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:suff w:val="{suffix}"/><w:lvlText w:val="{text}"/><w:rPr><w:rFonts w:ascii="{font}"/></w:rPr></w:lvl></w:abstractNum><w:num w:numId="{next}"><w:abstractNumId w:val="{next}"/></w:num>"#
            );
            self.shown.insert(number, next);
            next
        });
        format!(r#"<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{id}"/></w:numPr>"#)
    }

    /// The lists that shown numbers became.
    pub(super) fn finish(self) -> String {
        self.written
    }
}
