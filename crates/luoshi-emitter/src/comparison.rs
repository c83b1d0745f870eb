//! What a writer needs to show two periods side by side.
//!
//! Not here: how they are compared (reconcile), and what each format shows of it.

use luoshi_model::{Attachment, ChangeSet, ParagraphMarks};

/// How two texts differ, paragraph by paragraph.
pub type Marks<'a> = &'a dyn Fn(&[String], &[String]) -> Vec<ParagraphMarks>;

/// Two attachments, and how they differ.
#[derive(Clone, Copy)]
pub struct Comparison<'a> {
    /// The last period's attachment.
    pub old: &'a Attachment,
    /// This period's.
    pub new: &'a Attachment,
    /// What changed from one to the other.
    pub changes: &'a ChangeSet,
    /// How two texts differ, paragraph by paragraph.
    pub marks: Marks<'a>,
    /// Who made the changes, for formats that say so.
    pub stamp: Stamp<'a>,
}

/// Who made tracked changes, and when.
#[derive(Clone, Copy, Debug)]
pub struct Stamp<'a> {
    /// Who.
    pub author: &'a str,
    /// When: `2016-12-31T00:00:00Z`. Word demands a day; one that stands for none keeps two runs the same.
    pub date: &'a str,
}

impl Stamp<'_> {
    /// The element that marks a row or a paragraph; its id is still to be put in.
    pub(crate) fn mark(&self, element: &str) -> String {
        let (author, date) = (quick_xml::escape::escape(self.author), self.date);
        format!("<w:{element} w:id=\"\" w:author=\"{author}\" w:date=\"{date}\"/>")
    }
}

impl Default for Stamp<'_> {
    fn default() -> Self {
        Self { author: "luoshi", date: "2000-01-01T00:00:00Z" }
    }
}
