//! An attachment to the bytes of office documents in the official layout.
//!
//! ```text
//! Attachment, Form, MergeRecord ──report──▶ Report ──a writer of WRITERS──▶ bytes + findings
//! ```
//!
//! A [`Report`] is a laid-out table: every text in its place with its role, no more. It is made once ([`report`]) for all
//! writers, so two formats of one attachment can't drift apart. How it looks is data ([`Theme`]). Each format is one folder
//! of `formats/` and one line of [`WRITERS`]. Writers know reports, not checklists; the one exception is the JSON writer,
//! which writes the model itself.
//!
//! Not here: files, clock, environment; words of findings.

mod comparison;
mod error;
mod formats;
pub mod report;
pub mod theme;

use luoshi_model::{Attachment, Findings, Form, MergeRecord, Summary};
use luoshi_table::Outcome;

pub use comparison::{Comparison, Marks, Stamp};
pub use error::WriteError;
pub use formats::WRITERS;
pub use report::Report;
pub use report::brief::{Block, Brief};
pub use theme::{Theme, ThemeError};

/// A format that an attachment can be written in.
pub trait Writer: Sync {
    /// The format's short name, such as `docx`.
    fn name(&self) -> &'static str;

    /// The usual extensions, without a dot; the first is the preferred one.
    fn extensions(&self) -> &'static [&'static str];

    /// The media type of its files (RFC 6838).
    fn media_type(&self) -> &'static str;

    /// Writes the attachment in the looks of a theme, or of the one that ships with the program. The same attachment and theme
    /// give the same bytes.
    ///
    /// # Errors
    /// [`WriteError`] where the format cannot hold the text; nothing is cut to make it fit.
    fn write(&self, attachment: &Attachment, theme: Option<&Theme>) -> Result<Outcome<Vec<u8>>, WriteError>;

    /// Writes a form that can be filled in. The same form and theme give the same bytes.
    ///
    /// # Errors
    /// [`WriteError`] where nothing can be locked in the format and no mark hidden, or it cannot hold the text.
    fn write_form(&self, form: &Form, theme: Option<&Theme>) -> Result<Outcome<Vec<u8>>, WriteError> {
        let _ = (form, theme);
        Err(WriteError::UnknownFormat { name: self.name().to_owned() })
    }

    /// Writes two periods side by side. The same comparison and theme give the same bytes.
    ///
    /// # Errors
    /// [`WriteError`] where comparisons are not written in the format, or it cannot hold the text.
    fn write_changes(
        &self,
        comparison: &Comparison<'_>,
        theme: Option<&Theme>,
    ) -> Result<Outcome<Vec<u8>>, WriteError> {
        let _ = (comparison, theme);
        Err(WriteError::UnknownFormat { name: self.name().to_owned() })
    }

    /// Writes what a check found. The same findings and theme give the same bytes.
    ///
    /// # Errors
    /// [`WriteError`] where findings are not written in the format, or it cannot hold the text.
    fn write_findings(
        &self,
        findings: &Findings,
        theme: Option<&Theme>,
    ) -> Result<Outcome<Vec<u8>>, WriteError> {
        let _ = (findings, theme);
        Err(WriteError::UnknownFormat { name: self.name().to_owned() })
    }

    /// Writes the leaders' report. The same summary and theme give the same bytes. Of a document the template is filled in elsewhere
    /// ([`brief_template`], [`brief_block`]).
    ///
    /// # Errors
    /// [`WriteError`] where reports are not written in the format, or it cannot hold the text.
    fn write_summary(
        &self,
        summary: &Summary,
        theme: Option<&Theme>,
    ) -> Result<Outcome<Vec<u8>>, WriteError> {
        let _ = (summary, theme);
        Err(WriteError::UnknownFormat { name: self.name().to_owned() })
    }

    /// Writes a merged attachment together with the record of its merge, where the format has a place for it; `sources` adds
    /// where each item's texts came from. Other formats hold the attachment alone.
    ///
    /// # Errors
    /// [`WriteError`] where the format cannot hold the attachment's text.
    fn write_merge(
        &self,
        attachment: &Attachment,
        record: &MergeRecord,
        sources: bool,
        theme: Option<&Theme>,
    ) -> Result<Outcome<Vec<u8>>, WriteError> {
        let _ = (record, sources);
        self.write(attachment, theme)
    }
}

/// The writer of a format by its name.
pub fn writer(name: &str) -> Option<&'static dyn Writer> {
    WRITERS.iter().copied().find(|writer| writer.name() == name)
}

/// The writer of a file by its extension, with or without case, without a dot.
pub fn writer_for_extension(extension: &str) -> Option<&'static dyn Writer> {
    let wanted = extension.to_ascii_lowercase();
    WRITERS.iter().copied().find(|writer| writer.extensions().contains(&wanted.as_str()))
}

/// Writes an attachment in the format of this name, in the looks of a theme or of the one that ships with the program.
///
/// # Errors
/// [`WriteError`] where no writer has the name, or the format cannot hold the text.
pub fn write(
    name: &str,
    attachment: &Attachment,
    theme: Option<&Theme>,
) -> Result<Outcome<Vec<u8>>, WriteError> {
    writer(name).ok_or_else(|| WriteError::UnknownFormat { name: name.to_owned() })?.write(attachment, theme)
}

/// Writes a form in the format of this name: `docx` or `xlsx`.
///
/// # Errors
/// [`WriteError`] where no form can be written in a format of this name, or the format cannot hold the text.
pub fn write_form(name: &str, form: &Form, theme: Option<&Theme>) -> Result<Outcome<Vec<u8>>, WriteError> {
    writer(name).ok_or_else(|| WriteError::UnknownFormat { name: name.to_owned() })?.write_form(form, theme)
}

/// Writes two periods side by side in the format of this name.
///
/// # Errors
/// [`WriteError`] where no comparison can be written in a format of this name, or the format cannot hold the text.
pub fn write_changes(
    name: &str,
    comparison: &Comparison<'_>,
    theme: Option<&Theme>,
) -> Result<Outcome<Vec<u8>>, WriteError> {
    let writer = writer(name).ok_or_else(|| WriteError::UnknownFormat { name: name.to_owned() })?;
    writer.write_changes(comparison, theme)
}

/// Writes what a check found in the format of this name.
///
/// # Errors
/// [`WriteError`] where findings are not written in a format of this name, or the format cannot hold the text.
pub fn write_findings(
    name: &str,
    findings: &Findings,
    theme: Option<&Theme>,
) -> Result<Outcome<Vec<u8>>, WriteError> {
    let writer = writer(name).ok_or_else(|| WriteError::UnknownFormat { name: name.to_owned() })?;
    writer.write_findings(findings, theme)
}

/// Writes the leaders' report in the format of this name: json, xlsx or html.
///
/// # Errors
/// [`WriteError`] where it is not written in a format of this name, or the format cannot hold the text.
pub fn write_summary(
    name: &str,
    summary: &Summary,
    theme: Option<&Theme>,
) -> Result<Outcome<Vec<u8>>, WriteError> {
    let writer = writer(name).ok_or_else(|| WriteError::UnknownFormat { name: name.to_owned() })?;
    writer.write_summary(summary, theme)
}

/// The pieces of the leaders' report, for a template.
pub fn brief(summary: &Summary, theme: Option<&Theme>) -> Brief {
    Brief::new(summary, Theme::or_default(theme))
}

/// The template of the leaders' report that ships, in the looks of a theme.
///
/// # Errors
/// [`WriteError`] where the package can't be packed.
pub fn brief_template(theme: Option<&Theme>) -> Result<Vec<u8>, WriteError> {
    formats::brief_template(Theme::or_default(theme))
}

/// A block of the leaders' report as elements of a document's body; `paragraph` and `run` are the properties of the paragraph whose
/// place it takes.
pub fn brief_block(block: &Block, paragraph: &str, run: &str) -> String {
    formats::brief_block(block, paragraph, run)
}

/// Writes a merged attachment with the record of its merge in the format of this name: beside it in a workbook, else the
/// attachment alone. `sources` adds a column to the workbook's plain sheet that says where each item's texts came from.
///
/// # Errors
/// [`WriteError`] where no writer has the name, or the format cannot hold the attachment's text.
pub fn write_merge(
    name: &str,
    attachment: &Attachment,
    record: &MergeRecord,
    sources: bool,
    theme: Option<&Theme>,
) -> Result<Outcome<Vec<u8>>, WriteError> {
    let writer = writer(name).ok_or_else(|| WriteError::UnknownFormat { name: name.to_owned() })?;
    writer.write_merge(attachment, record, sources, theme)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_extensions_lead_to_one_writer_each() {
        let mut names: Vec<_> = WRITERS.iter().map(|writer| writer.name()).collect();
        let mut extensions: Vec<_> = WRITERS.iter().flat_map(|writer| writer.extensions()).collect();
        let count = (names.len(), extensions.len());
        names.sort_unstable();
        names.dedup();
        extensions.sort_unstable();
        extensions.dedup();
        assert_eq!((names.len(), extensions.len()), count);
        assert_eq!(writer_for_extension("DOCX").map(Writer::name), Some("docx"));
        assert!(writer_for_extension("doc").is_none());
    }

    #[test]
    fn an_unknown_format_is_named() {
        let error = write("pdf", &Attachment::default(), None).unwrap_err();
        assert_eq!(error.code(), "format-unknown");
        let error = write_form("csv", &Form::default(), None).unwrap_err();
        assert_eq!(error.code(), "format-unknown");
    }
}
