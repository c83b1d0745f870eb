//! Word documents (ECMA-376 WordprocessingML): the print layout on landscape A4.
//!
//! ```text
//! Report ──body, breaks──▶ paragraphs and rows (docx-rs) ──repair, form──▶ document.xml ─┐
//! Theme ──styles──▶ styles.xml, fontTable.xml ───────────────────────────────────────────┼──pack──▶ bytes
//! parts/*.xml ───────────────────────────────────────────────────────────────────────────┘
//! ```
//!
//! docx-rs builds the paragraphs and the rows. Its package is left aside: it has a comments, a footnotes and a numbering part
//! whether needed or not, no way to set the core properties, and no faces with their alternatives.
//!
//! The page number is the theme's (footer).

pub(crate) mod blocks;
mod body;
mod breaks;
mod footer;
mod form;
mod pack;
mod repair;
mod styles;
pub(crate) mod template;
mod tracked;

use luoshi_model::{Attachment, Form};
use luoshi_table::Outcome;

use crate::report::{self, Report};
use crate::{Comparison, Stamp, Theme, WriteError, Writer};

const FORMAT: &str = "docx";

/// Columns of a table: Word's own limit.
const MAX_COLUMNS: u32 = 63;

/// The writer of Word documents.
pub(crate) struct Docx;

impl Writer for Docx {
    fn name(&self) -> &'static str {
        FORMAT
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["docx"]
    }

    fn media_type(&self) -> &'static str {
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    }

    fn write(&self, attachment: &Attachment, theme: Option<&Theme>) -> Result<Outcome<Vec<u8>>, WriteError> {
        let theme = Theme::or_default(theme);
        let Outcome { value: report, diagnostics } = report::print(attachment, theme);
        Ok(Outcome::new(to_docx(&report, theme)?, diagnostics))
    }

    fn write_form(&self, form: &Form, theme: Option<&Theme>) -> Result<Outcome<Vec<u8>>, WriteError> {
        let theme = Theme::or_default(theme);
        let Outcome { value: report, diagnostics } = report::form(form, theme);
        Ok(Outcome::new(to_docx(&report, theme)?, diagnostics))
    }

    fn write_changes(
        &self,
        comparison: &Comparison<'_>,
        theme: Option<&Theme>,
    ) -> Result<Outcome<Vec<u8>>, WriteError> {
        changes_to_docx(comparison, Theme::or_default(theme))
    }
}

/// The new attachment with its changes from the old one tracked.
fn changes_to_docx(comparison: &Comparison<'_>, theme: &Theme) -> Result<Outcome<Vec<u8>>, WriteError> {
    let Comparison { old, new, changes, marks, stamp } = *comparison;
    let author: String = stamp.author.chars().filter(|c| report::is_legal(*c)).collect();
    let stamp = Stamp { author: &author, ..stamp };
    let Outcome { value: redline, diagnostics } = report::redline(old, new, changes, theme);
    within_columns(&redline.old)?;
    within_columns(&redline.new)?;
    let document = tracked::document(&redline, marks, stamp, theme);
    Ok(Outcome::new(
        pack::pack(&document, &redline.new, &styles::styles(&redline.new, theme), (&theme.page, theme))?,
        diagnostics,
    ))
}

fn to_docx(report: &Report, theme: &Theme) -> Result<Vec<u8>, WriteError> {
    within_columns(report)?;
    pack::pack(&body::document(report, theme), report, &styles::styles(report, theme), (&theme.page, theme))
}

fn within_columns(report: &Report) -> Result<(), WriteError> {
    let columns = report.table.columns();
    if columns > MAX_COLUMNS {
        return Err(WriteError::TableTooLarge {
            format: FORMAT,
            what: "columns",
            count: columns,
            limit: MAX_COLUMNS,
        });
    }
    Ok(())
}

/// Millimetres in twentieths of a point, the unit of WordprocessingML.
fn twips(millimetres: f64) -> u32 {
    (millimetres * 1440.0 / 25.4).round() as u32
}

#[cfg(test)]
mod tests;
