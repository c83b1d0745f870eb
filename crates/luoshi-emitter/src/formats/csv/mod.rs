//! CSV: the plain layout for programs and spreadsheets, UTF-8 with a byte order mark, without which Excel on a Chinese Windows
//! reads it as GBK.
//!
//! Not here: guarding a spreadsheet against text that looks like a formula. CSV can't say that a field is text, and changing the
//! text would be a lie; such fields are reported instead.

use luoshi_model::{Attachment, Findings};
use luoshi_table::{Diagnostic, Outcome, Severity};

use crate::report::{self, Report};
use crate::{Comparison, Theme, WriteError, Writer};

const FORMAT: &str = "csv";

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The writer of CSV.
pub(crate) struct Csv;

impl Writer for Csv {
    fn name(&self) -> &'static str {
        FORMAT
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["csv"]
    }

    fn media_type(&self) -> &'static str {
        "text/csv; charset=utf-8"
    }

    fn write(&self, attachment: &Attachment, theme: Option<&Theme>) -> Result<Outcome<Vec<u8>>, WriteError> {
        let theme = Theme::or_default(theme);
        let Outcome { value: report, mut diagnostics } = report::data(attachment, theme);
        let lines = usize::from(!attachment.title.is_empty())
            + usize::from(attachment.annex.is_some())
            + attachment.preamble.len()
            + attachment.postscript.len();
        if lines > 0 {
            diagnostics.push(Diagnostic::unplaced("lines-not-written", Severity::Info).with("count", lines));
        }
        diagnostics.extend(formulas(&report));
        Ok(Outcome::new(to_csv(&report)?, diagnostics))
    }

    /// The items alone: a table has no sheets.
    fn write_changes(
        &self,
        comparison: &Comparison<'_>,
        theme: Option<&Theme>,
    ) -> Result<Outcome<Vec<u8>>, WriteError> {
        let Outcome { value: report, mut diagnostics } =
            report::changed_items(comparison, Theme::or_default(theme));
        diagnostics.extend(formulas(&report));
        Ok(Outcome::new(to_csv(&report)?, diagnostics))
    }

    /// Those that stand: a table has no sheets.
    fn write_findings(
        &self,
        findings: &Findings,
        theme: Option<&Theme>,
    ) -> Result<Outcome<Vec<u8>>, WriteError> {
        let (open, _) = report::findings(findings, Theme::or_default(theme));
        let Outcome { value: report, mut diagnostics } = open;
        diagnostics.extend(formulas(&report));
        Ok(Outcome::new(to_csv(&report)?, diagnostics))
    }
}

/// Says how many fields a spreadsheet would take for formulas.
fn formulas(report: &Report) -> Option<Diagnostic> {
    let cells = report.table.cells().iter();
    let count = cells.filter(|cell| looks_like_formula(&cell.content.paragraphs)).count();
    (count > 0).then(|| Diagnostic::unplaced("formula-like-text", Severity::Warning).with("count", count))
}

/// Whether a spreadsheet would take the field for a formula.
fn looks_like_formula(paragraphs: &[String]) -> bool {
    paragraphs.first().is_some_and(|text| text.starts_with(['=', '+', '-', '@', '\t']))
}

fn to_csv(report: &Report) -> Result<Vec<u8>, WriteError> {
    let refused = |error: &dyn std::fmt::Display| WriteError::library(FORMAT, error);
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(BYTE_ORDER_MARK.to_vec());
    for row in 0..report.table.rows() {
        let fields = report.table.row(row).map(|cell| cell.content.paragraphs.join("\n"));
        writer.write_record(fields).map_err(|error| refused(&error))?;
    }
    writer.into_inner().map_err(|error| refused(&error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{answered, attachment, item};

    #[test]
    fn fields_are_quoted_as_rfc_4180_wants() {
        let mut attachment = attachment("number matter status");
        attachment.items = vec![item(1, "1.1", "甲，\"乙\""), item(2, "2.1", "a,b")];
        attachment.items[0].status = Some(answered(&["一", "", "=二"]));
        attachment.items[1].status = Some(answered(&["=1+1"]));
        let Outcome { value, diagnostics } = Csv.write(&attachment, None).unwrap();
        let expected = "\u{FEFF}部分,自查重点,number,matter,status\r\n\
            一、改革,（一）清单,1,\"甲，\"\"乙\"\"\",\"一\n\n=二\"\r\n\
            二、民生,（一）扶贫,2,\"a,b\",=1+1\r\n";
        assert_eq!(String::from_utf8(value).unwrap(), expected);
        let codes: Vec<_> = diagnostics.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, ["lines-not-written", "formula-like-text"]);
    }
}
