//! The words that a theme puts around an attachment's own: names of sheets, the lines of a form, the signs around a page number.
//!
//! Not here: 见第5项 and its like, which reading must know again; names of the office's own working sheets.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Theme, ThemeError};
use crate::report::labels::BESIDE;

/// Characters of a worksheet's name, at most (Excel's limit).
const SHEET_NAME: usize = 31;

/// Characters that no worksheet's name has.
const NOT_IN_SHEET_NAMES: [char; 7] = ['[', ']', ':', '*', '?', '/', '\\'];

/// What is worded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Label {
    /// What leads a unit's share of a joined answer: its name.
    Lead,
    /// The worksheet of the print layout.
    PrintSheet,
    /// The worksheet of the plain layout.
    DataSheet,
    /// The worksheet of a form.
    FormSheet,
    /// Whose form it is.
    FormUnit,
    /// The period that a form asks about.
    FormPeriod,
    /// The day by which a form is due.
    FormDue,
    /// The page number with the signs around it (GB/T 9704-2012 §7.5).
    PageNumber,
}

impl Label {
    const SHEETS: [Self; 3] = [Self::PrintSheet, Self::DataSheet, Self::FormSheet];

    /// Its name in a theme.
    fn key(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::PrintSheet => "print-sheet",
            Self::DataSheet => "data-sheet",
            Self::FormSheet => "form-sheet",
            Self::FormUnit => "form-unit",
            Self::FormPeriod => "form-period",
            Self::FormDue => "form-due",
            Self::PageNumber => "page-number",
        }
    }

    /// What stands for the value in it; nothing in the name of a sheet.
    fn placeholder(self) -> Option<&'static str> {
        match self {
            Self::Lead | Self::FormUnit => Some("{unit}"),
            Self::FormPeriod => Some("{period}"),
            Self::FormDue => Some("{day}"),
            Self::PageNumber => Some("{page}"),
            Self::PrintSheet | Self::DataSheet | Self::FormSheet => None,
        }
    }
}

/// The wordings of a theme. What it does not word, the theme that ships with the program does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Wording(BTreeMap<Label, String>);

impl Wording {
    /// A name of a sheet.
    pub(crate) fn name(&self, label: Label) -> &str {
        self.0
            .get(&label)
            .or_else(|| Theme::or_default(None).wording.0.get(&label))
            .map_or("", String::as_str)
    }

    /// The texts before and behind a value.
    pub(crate) fn around(&self, label: Label) -> (&str, &str) {
        let text = self.name(label);
        label.placeholder().and_then(|placeholder| text.split_once(placeholder)).unwrap_or((text, ""))
    }

    /// A value in its words.
    pub(crate) fn of(&self, label: Label, value: &str) -> String {
        let (before, behind) = self.around(label);
        [before, value, behind].concat()
    }

    /// How a unit's name leads its share of a joined answer.
    pub fn lead(&self, unit: &str) -> String {
        self.of(Label::Lead, unit)
    }

    pub(super) fn check(&self) -> Result<(), ThemeError> {
        let wrong = |label: Label, wanted: &str| ThemeError::Wording(label.key(), wanted.to_owned());
        for (&label, text) in &self.0 {
            match label.placeholder() {
                Some(placeholder) if text.matches(placeholder).count() != 1 => {
                    return Err(wrong(label, &format!("exactly one {placeholder} is wanted")));
                }
                None if text.trim().is_empty() || text.trim_matches('\'') != text => {
                    return Err(wrong(label, "a name of a worksheet is wanted"));
                }
                None if text.chars().count() > SHEET_NAME || text.contains(NOT_IN_SHEET_NAMES) => {
                    return Err(wrong(label, "at most 31 characters and none of []:*?/\\ are wanted"));
                }
                _ if text.contains(|c: char| c.is_control()) => {
                    return Err(wrong(label, "one line without control characters is wanted"));
                }
                _ => {}
            }
        }
        let names = Label::SHEETS.map(|label| self.0.get(&label).map(|name| name.to_lowercase()));
        let is_taken = |at: usize| {
            let name = names[at].as_deref();
            name.is_some_and(|name| BESIDE.contains(&name))
                || name.is_some() && names[..at].contains(&names[at])
        };
        let twice = (0..names.len()).find(|&at| is_taken(at));
        match twice {
            Some(at) => Err(wrong(Label::SHEETS[at], "a name of its own is wanted")),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{DEFAULT, Theme};
    use super::*;

    fn with(wording: &str) -> Result<Wording, ThemeError> {
        let (from, to) = (DEFAULT.find("[wording]").unwrap(), DEFAULT.find("# The leaders' report").unwrap());
        let text = [&DEFAULT[..from], wording, &DEFAULT[to..]].concat();
        Theme::from_toml(&text).map(|theme| theme.wording)
    }

    #[test]
    fn the_theme_that_ships_words_everything() {
        let shipped = Theme::default().wording;
        use Label::*;
        let all = [Lead, PrintSheet, DataSheet, FormSheet, FormUnit, FormPeriod, FormDue, PageNumber];
        assert_eq!(shipped.0.keys().copied().collect::<Vec<_>>(), all);
    }

    #[test]
    fn wordings_are_the_house_s_and_have_a_default() {
        assert_eq!(with("").unwrap().lead("区教育局"), "区教育局：");
        let own = with("[wording]\nlead = \"【{unit}】\"\nform-sheet = \"填写\"\n").unwrap();
        // A name that looks like the placeholder is a name.
        assert_eq!(own.lead("{unit}局"), "【{unit}局】");
        assert_eq!((own.name(Label::FormSheet), own.name(Label::DataSheet)), ("填写", "数据"));
        assert_eq!(own.around(Label::PageNumber), ("— ", " —"));
    }

    #[test]
    fn what_is_wrong_with_a_wording_is_named() {
        let cases = [
            ("lead = \"：\"", "wording.lead: exactly one {unit} is wanted"),
            ("lead = \"{unit}{unit}\"", "wording.lead: exactly one {unit} is wanted"),
            ("page-number = \"页\"", "wording.page-number: exactly one {page} is wanted"),
            ("print-sheet = \" \"", "wording.print-sheet: a name of a worksheet is wanted"),
            (
                "print-sheet = \"公开/公示\"",
                "wording.print-sheet: at most 31 characters and none of []:*?/\\ are wanted",
            ),
            (
                "print-sheet = \"表A\"\ndata-sheet = \"表a\"",
                "wording.data-sheet: a name of its own is wanted",
            ),
            ("data-sheet = \"冲突\"", "wording.data-sheet: a name of its own is wanted"),
            (
                "form-unit = \"单位\\n{unit}\"",
                "wording.form-unit: one line without control characters is wanted",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(with(&format!("[wording]\n{text}\n")).unwrap_err().to_string(), expected);
        }
        let Err(ThemeError::Invalid(error)) = with("[wording]\nprint-shet = \"公示\"\n") else { panic!() };
        assert_eq!((error.line > 0, error.nearest.as_deref()), (true, Some("print-sheet")));
    }
}
