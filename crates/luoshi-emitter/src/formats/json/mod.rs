//! JSON: the model itself, lossless. The one writer that knows more than a report.

use luoshi_model::{Attachment, Findings, Summary};
use luoshi_table::Outcome;

use crate::{Comparison, Theme, WriteError, Writer};

/// The writer of the canonical JSON.
pub(crate) struct Json;

impl Writer for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn media_type(&self) -> &'static str {
        "application/json"
    }

    fn write(&self, attachment: &Attachment, _: Option<&Theme>) -> Result<Outcome<Vec<u8>>, WriteError> {
        Ok(Outcome::new(attachment.to_json(), Vec::new()))
    }

    fn write_changes(
        &self,
        comparison: &Comparison<'_>,
        _: Option<&Theme>,
    ) -> Result<Outcome<Vec<u8>>, WriteError> {
        Ok(Outcome::new(comparison.changes.to_json(), Vec::new()))
    }

    fn write_summary(&self, summary: &Summary, _: Option<&Theme>) -> Result<Outcome<Vec<u8>>, WriteError> {
        Ok(Outcome::new(summary.to_json(), Vec::new()))
    }

    fn write_findings(&self, findings: &Findings, _: Option<&Theme>) -> Result<Outcome<Vec<u8>>, WriteError> {
        Ok(Outcome::new(findings.to_json(), Vec::new()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{attachment, item};

    #[test]
    fn it_reads_back() {
        let mut attachment = attachment("number matter");
        attachment.items = vec![item(1, "1.1", "甲\u{1}\n乙")];
        let bytes = Json.write(&attachment, None).unwrap().value;
        assert_eq!(Attachment::from_json(&bytes).unwrap(), attachment);
    }
}
