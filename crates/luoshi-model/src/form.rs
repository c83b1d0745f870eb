//! A form: the items asked of one unit, to be filled in, and the marks by which it is known again when it comes back.
//!
//! Writer and reader share the marks here, so that they can't drift apart. A mark must outlive what people do to a file: rows
//! moved, deleted and renumbered, and a save in another program. A workbook carries [`FormMark::text`] and the ids in a hidden
//! column, which goes with its rows through every spreadsheet format. A document carries the mark as a custom property named
//! [`FormMark::PROPERTY`] and each row's id as a hidden bookmark ([`bookmark`]).
//!
//! Not here: which items a unit is asked (reconcile), and looks (emitter).

use crate::Attachment;

/// A form for one unit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Form {
    /// Whose form of which catalogue it is.
    pub mark: FormMark,
    /// The unit's full name, or its usual one where no other is known.
    pub name: String,
    /// The day by which it is due, as a person writes it.
    pub due: Option<String>,
    /// The questions, and last period's answers where it is prefilled. Its columns are the form's.
    pub attachment: Attachment,
    /// What a unit may choose from in a column [`crate::ColumnKey::Class`].
    pub classes: Vec<String>,
    /// How the form is filled in, line by line.
    pub guide: Vec<String>,
}

/// Whose form of which catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormMark {
    /// The catalogue's id.
    pub catalogue: String,
    /// The unit's usual name.
    pub unit: String,
}

const VERSION: &str = "luoshi.form/1";

impl FormMark {
    /// The name of the custom property of a document that holds the mark.
    pub const PROPERTY: &str = "luoshi.form";

    /// The mark as a file carries it.
    ///
    /// ```
    /// use luoshi_model::FormMark;
    /// let mark = FormMark { catalogue: "haicang-2016".into(), unit: "区教育局".into() };
    /// assert_eq!(mark.text(), "luoshi.form/1|haicang-2016|区教育局");
    /// assert_eq!(FormMark::parse(&mark.text()), Some(mark));
    /// ```
    pub fn text(&self) -> String {
        [VERSION, &self.catalogue, &self.unit].join("|")
    }

    /// The mark that a text is, if it is one.
    pub fn parse(text: &str) -> Option<Self> {
        // Asked of every cell of every table.
        let behind = text.trim_start().strip_prefix(VERSION)?.strip_prefix('|')?;
        let (catalogue, unit) = behind.trim_end().rsplit_once('|')?;
        Some(Self { catalogue: catalogue.to_owned(), unit: unit.to_owned() })
    }
}

/// What the names of a form's bookmarks begin with. Word hides a bookmark whose name begins with an underscore.
const BOOKMARK: &str = "_luoshi_";

/// The name of the bookmark that marks an item's row. Word's names hold forty letters, digits and underscores, and ids may hold
/// anything, so the name is a digest of the id.
pub fn bookmark(item: &str) -> String {
    format!("{BOOKMARK}{:012x}", crate::digest(item))
}
