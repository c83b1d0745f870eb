//! How a report looks, as data: page, faces, sizes, line pitches, column widths; and the few words that are put around the attachment's own (wording).
//!
//! Not here: what stands in a report, and how a format says it.

mod wording;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use luoshi_model::ColumnKey;
use luoshi_table::DataError;
use serde::Deserialize;

pub(crate) use wording::Label;
pub use wording::Wording;

const SCHEMA: &str = "luoshi.theme/1";
const DEFAULT: &str = include_str!("data/default.toml");

/// The themes that ship with the program, by the names under which they are asked for; the first is the default.
const BUILT_IN: [(&str, &str); 2] = [("official", DEFAULT), ("plain", include_str!("data/plain.toml"))];

/// The name under which columns of no known meaning, and those that a theme does not name, find their looks.
const OTHER_COLUMNS: &str = "extra";

/// How a report looks. Lengths in millimetres, sizes and line pitches in points.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Theme {
    schema: String,
    /// The theme's name.
    pub id: String,
    /// The paper and its margins.
    pub page: Page,
    /// The type faces by the names that [`TextStyle::face`] uses.
    pub faces: BTreeMap<String, Face>,
    /// The looks of each role of text.
    pub text: TextStyles,
    /// The looks of the table itself.
    pub table: TableStyle,
    /// The sizes in worksheets.
    pub sheet: SheetStyle,
    /// The words around the attachment's own.
    #[serde(default)]
    pub wording: Wording,
    /// The looks of the leaders' report.
    #[serde(default)]
    pub brief: BriefLooks,
    columns: BTreeMap<String, ColumnStyle>,
}

/// The paper and its margins, in millimetres.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// Width of the paper as it is read.
    pub width: f64,
    /// Height of the paper as it is read.
    pub height: f64,
    /// Upper margin.
    pub top: f64,
    /// Lower margin.
    pub bottom: f64,
    /// Left margin.
    pub left: f64,
    /// Right margin.
    pub right: f64,
    /// From the page number to the lower edge.
    pub footer: f64,
    /// Where the page number stands.
    #[serde(default)]
    pub number: PageNumber,
}

/// Where the page number stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PageNumber {
    /// At the foot of the page as it is read.
    #[default]
    Foot,
    /// Where the upright pages have it: of a page that is turned, along its left edge (GB/T 9704-2012 §8).
    Edge,
}

impl Page {
    /// Width of the type area.
    pub fn text_width(&self) -> f64 {
        self.width - self.left - self.right
    }

    /// Height of the type area.
    pub fn text_height(&self) -> f64 {
        self.height - self.top - self.bottom
    }
}

/// A type face.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Face {
    /// The face that the file asks for.
    pub name: String,
    /// Faces that may stand in for it, best first.
    pub alternatives: Vec<String>,
    /// The face of digits and Latin letters.
    pub latin: String,
    /// `serif` or `sans-serif`.
    pub generic: String,
}

/// The looks of each role of text.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TextStyles {
    /// The annex mark.
    pub annex: TextStyle,
    /// The title.
    pub title: TextStyle,
    /// Lines between the title and the table.
    pub preamble: TextStyle,
    /// Headings of the columns.
    pub heading: TextStyle,
    /// Rows that open a section.
    pub section: TextStyle,
    /// Rows that open a key area.
    pub focus: TextStyle,
    /// Cells.
    pub body: TextStyle,
    /// Lines below the table.
    pub postscript: TextStyle,
    /// The page number.
    pub page_number: TextStyle,
}

impl TextStyles {
    fn all(&self) -> [(&'static str, &TextStyle); 9] {
        [
            ("annex", &self.annex),
            ("title", &self.title),
            ("preamble", &self.preamble),
            ("heading", &self.heading),
            ("section", &self.section),
            ("focus", &self.focus),
            ("body", &self.body),
            ("postscript", &self.postscript),
            ("page-number", &self.page_number),
        ]
    }
}

/// The looks of a role of text.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextStyle {
    /// The name of a face of [`Theme::faces`].
    pub face: String,
    /// Sizes, largest first: a line takes the first that fits the type area, else the last.
    pub sizes: Vec<f64>,
    /// Line pitch.
    pub line: f64,
    /// Alignment; cells take their column's.
    pub align: Align,
    /// White space below a paragraph.
    #[serde(default)]
    pub after: f64,
}

impl TextStyle {
    /// The largest size at which a text of this width, in units of the size, fits; else the smallest.
    pub fn size_for(&self, ems: f64, available_points: f64) -> f64 {
        let smallest = self.sizes.last().copied().unwrap_or_default();
        self.sizes.iter().copied().find(|size| ems * size <= available_points).unwrap_or(smallest)
    }

    /// Its usual size.
    pub fn size(&self) -> f64 {
        self.sizes.first().copied().unwrap_or_default()
    }
}

/// Where a text stands between the left and right edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    /// At the left edge.
    Left,
    /// In the middle.
    Center,
    /// At the right edge.
    Right,
}

/// Where a text stands between the upper and lower edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Vertical {
    /// At the upper edge.
    Top,
    /// In the middle.
    Middle,
}

/// The looks of the table itself.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TableStyle {
    /// Thickness of the lines, in points.
    pub border: f64,
    /// White space left and right of a cell's text, in millimetres.
    pub padding: f64,
    /// White space above and below a cell's text, in millimetres.
    pub padding_vertical: f64,
}

/// Sizes in worksheets, in points.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetStyle {
    /// The title.
    pub title: f64,
    /// Headings of the columns.
    pub heading: f64,
    /// Everything else.
    pub body: f64,
    /// Line pitch as a multiple of the size.
    pub line: f64,
}

/// The looks of the leaders' report: upright, in the sizes of a letter.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BriefLooks {
    /// The paper and its margins.
    pub page: Page,
    /// The title.
    pub title: TextStyle,
    /// Headings.
    pub heading: TextStyle,
    /// Paragraphs.
    pub body: TextStyle,
    /// Tables and charts.
    pub table: TextStyle,
}

impl Default for BriefLooks {
    /// The looks of the theme that ships with the program.
    fn default() -> Self {
        Theme::or_default(None).brief.clone()
    }
}

/// The looks of a column.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnStyle {
    /// Width in the printed table; all widths together are scaled to the type area.
    pub width: f64,
    /// Width in the plain table.
    pub data: f64,
    /// Alignment of its cells.
    pub align: Align,
    /// Vertical alignment of its cells.
    pub vertical: Vertical,
}

/// Why a text is no theme.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ThemeError {
    /// It is not TOML, or a field is missing, unknown or of another type.
    #[error("{0}")]
    Invalid(DataError),
    /// It has no `schema`, or one of another version.
    #[error("schema is {0:?}, not {SCHEMA:?}")]
    Version(String),
    /// A style names a face that is not there.
    #[error("text.{style}: no face is called {face:?}")]
    UnknownFace {
        /// The style.
        style: &'static str,
        /// The face it names.
        face: String,
    },
    /// A column key that no table can have, or `extra` missing.
    #[error("columns.{0}")]
    Columns(String),
    /// A wording that can't be used: its key, and what is wanted.
    #[error("wording.{0}: {1}")]
    Wording(&'static str, String),
    /// A measure that is not positive, or margins that leave no room.
    #[error("{0} is not a usable measure")]
    Measure(String),
}

impl Theme {
    /// Reads a theme.
    ///
    /// # Errors
    /// [`ThemeError`] where it is of another version, or incomplete, or its measures can't be.
    pub fn from_toml(text: &str) -> Result<Self, ThemeError> {
        let theme: Self = toml::from_str(text)
            .map_err(|error| ThemeError::Invalid(DataError::new(text, error.span(), error.message())))?;
        theme.check()?;
        Ok(theme)
    }

    /// A theme that ships with the program, by its name.
    pub fn built_in(name: &str) -> Option<Self> {
        let (_, text) = BUILT_IN.iter().find(|(known, _)| *known == name)?;
        Self::from_toml(text).ok()
    }

    fn check(&self) -> Result<(), ThemeError> {
        if self.schema != SCHEMA {
            return Err(ThemeError::Version(self.schema.clone()));
        }
        let mut measures: Vec<(String, f64)> = vec![
            ("page.width less margins".to_owned(), self.page.text_width()),
            ("page.height less margins".to_owned(), self.page.text_height()),
            ("table.border".to_owned(), self.table.border),
            ("table.padding".to_owned(), self.table.padding),
            ("sheet.title".to_owned(), self.sheet.title),
            ("sheet.heading".to_owned(), self.sheet.heading),
            ("sheet.body".to_owned(), self.sheet.body),
            ("sheet.line".to_owned(), self.sheet.line),
        ];
        let brief = &self.brief;
        measures.push(("brief.page.width less margins".to_owned(), brief.page.text_width()));
        measures.push(("brief.page.height less margins".to_owned(), brief.page.text_height()));
        let of_brief = [
            ("brief.title", &brief.title),
            ("brief.heading", &brief.heading),
            ("brief.body", &brief.body),
            ("brief.table", &brief.table),
        ];
        for (style, text) in self.text.all().into_iter().chain(of_brief) {
            if !self.faces.contains_key(&text.face) {
                return Err(ThemeError::UnknownFace { style, face: text.face.clone() });
            }
            measures.push((format!("text.{style}.sizes"), text.size()));
            measures.extend(text.sizes.iter().map(|&size| (format!("text.{style}.sizes"), size)));
            measures.push((format!("text.{style}.line"), text.line));
        }
        for (key, column) in &self.columns {
            if ColumnKey::from_name(key).is_none() && key != OTHER_COLUMNS {
                return Err(ThemeError::Columns(key.clone()));
            }
            measures.push((format!("columns.{key}.width"), column.width));
            measures.push((format!("columns.{key}.data"), column.data));
        }
        self.wording.check()?;
        if !self.columns.contains_key(OTHER_COLUMNS) {
            return Err(ThemeError::Columns(OTHER_COLUMNS.to_owned()));
        }
        match measures.into_iter().find(|(_, value)| !(value.is_finite() && *value > 0.0)) {
            Some((name, _)) => Err(ThemeError::Measure(name)),
            None => Ok(()),
        }
    }

    /// The theme that is given, else the one that ships with the program: read when a writer first wants it, for data has no
    /// looks.
    pub(crate) fn or_default(given: Option<&Self>) -> &Self {
        static SHIPPED: LazyLock<Theme> = LazyLock::new(Theme::default);
        given.unwrap_or_else(|| &SHIPPED)
    }

    /// The face of a text style.
    pub fn face(&self, style: &TextStyle) -> &Face {
        &self.faces[&style.face]
    }

    /// The looks of a column.
    pub fn column(&self, key: &ColumnKey) -> &ColumnStyle {
        self.columns.get(key.name().as_ref()).unwrap_or_else(|| &self.columns[OTHER_COLUMNS])
    }
}

impl Default for Theme {
    /// The theme that ships with the program.
    fn default() -> Self {
        // The text is compiled in and a test reads it, so this can't fail in a program that was tested.
        Self::from_toml(DEFAULT).expect("the theme that ships with the program is valid")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_theme_is_valid_and_keeps_the_type_area_of_the_standard() {
        let theme = Theme::default();
        assert_eq!(theme.page.text_width(), 225.0);
        assert_eq!(theme.page.text_height(), 156.0);
        // The six columns of 2016 fill the type area as they are: domain.md §1.4.
        use ColumnKey::*;
        let width: f64 =
            [Number, Focus, Matter, Units, Status, Remarks].iter().map(|key| theme.column(key).width).sum();
        assert_eq!(width, 225.0);
    }

    #[test]
    fn themes_that_ship_are_valid() {
        for (name, text) in BUILT_IN {
            assert!(Theme::from_toml(text).is_ok(), "{name}");
            assert!(Theme::built_in(name).is_some());
        }
        assert!(Theme::built_in("fancy").is_none());
    }

    #[test]
    fn what_is_wrong_with_a_theme_is_named() {
        let wrong = |from: &str, to: &str| Theme::from_toml(&DEFAULT.replacen(from, to, 1)).unwrap_err();
        assert_eq!(
            wrong("luoshi.theme/1", "luoshi.theme/2"),
            ThemeError::Version("luoshi.theme/2".to_owned())
        );
        assert_eq!(
            wrong("annex = { face = \"hei\"", "annex = { face = \"li\""),
            ThemeError::UnknownFace { style: "annex", face: "li".to_owned() }
        );
        assert_eq!(
            wrong("left = 35", "left = 350"),
            ThemeError::Measure("page.width less margins".to_owned())
        );
        assert_eq!(
            wrong("sizes = [22, 18, 16]", "sizes = []"),
            ThemeError::Measure("text.title.sizes".to_owned())
        );
        assert_eq!(wrong("\nscore = ", "\nscores = "), ThemeError::Columns("scores".to_owned()));
        let ThemeError::Invalid(error) = wrong("[table]", "[tables]") else { panic!() };
        let line = DEFAULT.lines().position(|line| line == "[table]").unwrap() as u32 + 1;
        assert_eq!((error.line, error.nearest.as_deref()), (line, Some("table")));
    }

    #[test]
    fn a_title_takes_the_first_size_that_fits() {
        let title = Theme::default().text.title;
        assert_eq!(title.size_for(17.0, 637.8), 22.0);
        assert_eq!(title.size_for(30.0, 637.8), 18.0);
        assert_eq!(title.size_for(60.0, 637.8), 16.0);
    }

    #[test]
    fn an_unnamed_column_looks_like_the_others() {
        let theme = Theme::default();
        assert_eq!(theme.column(&ColumnKey::Extra("联系人".to_owned())), &theme.columns[OTHER_COLUMNS]);
    }
}
