//! What a file holds beside its content and shows to whoever looks: names in its properties, parts that are embedded, texts of
//! comments, headers and footers.
//!
//! Not here: whether any of it may be published.

use crate::Locator;

/// What stands beside the content of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// Whether the format was looked into. Of one that wasn't nothing is known.
    pub examined: bool,
    /// Properties that name a person, a body or a program's path: name and text.
    pub properties: Vec<(String, String)>,
    /// Parts that travel along unseen.
    pub parts: Vec<(PartKind, Locator)>,
    /// Texts outside the content, with the parts that hold them.
    pub texts: Vec<(Locator, String)>,
}

/// A part that travels along unseen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartKind {
    /// Another file.
    Embedded,
    /// A program.
    Macro,
    /// A copy of the data behind a pivot table.
    PivotCache,
    /// A picture of the first page, as it was when it was last saved.
    Thumbnail,
    /// A reference to another workbook, with the values that it had.
    ExternalLink,
}

impl PartKind {
    /// Its name in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Embedded => "embedded",
            Self::Macro => "macro",
            Self::PivotCache => "pivot-cache",
            Self::Thumbnail => "thumbnail",
            Self::ExternalLink => "external-link",
        }
    }
}
