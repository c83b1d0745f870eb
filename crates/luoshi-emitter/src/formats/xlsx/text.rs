//! Text as a worksheet cell holds it: one string, paragraphs parted by line feeds.
//!
//! Not here: characters that no document can hold; the report has none.

use std::borrow::Cow;

use luoshi_table::{Diagnostic, Severity};

use super::FORMAT;
use crate::WriteError;
use crate::report::{Line, Report, ReportCell};

/// Characters of a cell, counted in UTF-16 units as Excel counts them.
const MAX_CHARACTERS: usize = 32_767;

/// The text of a cell, as rust_xlsxwriter must be given it.
pub(super) fn cell(cell: &ReportCell) -> String {
    shield(&cell.paragraphs.join("\n")).into_owned()
}

/// The text of a line outside the table, likewise.
pub(super) fn line(line: &Line) -> Cow<'_, str> {
    shield(&line.text)
}

/// Makes text that looks like an escape stand for itself. In a shared string `_x0041_` is an A (ECMA-376-1 §22.9.2.19), and the
/// library writes what begins and ends like rich text as markup; neither is told otherwise than by an escape.
fn shield(text: &str) -> Cow<'_, str> {
    let mut shielded = Cow::Borrowed(text);
    if text.contains("_x") {
        let mut escaped = String::with_capacity(text.len() + 7);
        let mut rest = text;
        while let Some(at) = rest.find('_') {
            let (before, from) = rest.split_at(at);
            escaped.push_str(before);
            escaped.push_str(if is_escape(from.as_bytes()) { "_x005F_" } else { "_" });
            rest = &from[1..];
        }
        escaped.push_str(rest);
        shielded = Cow::Owned(escaped);
    }
    if shielded.starts_with("<r>") && shielded.ends_with("</r>") {
        shielded = Cow::Owned(format!("_x003C_{}", &shielded[1..]));
    }
    shielded
}

fn is_escape(bytes: &[u8]) -> bool {
    matches!(bytes, [b'_', b'x', a, b, c, d, b'_', ..] if [a, b, c, d].iter().all(|byte| byte.is_ascii_hexdigit()))
}

/// Refuses a cell that Excel would cut.
pub(super) fn check(report: &Report) -> Result<(), WriteError> {
    for found in report.table.cells() {
        // A UTF-8 text has at least as many bytes as UTF-16 units, so most cells need no counting.
        let bytes: usize = found.content.paragraphs.iter().map(|text| text.len() + 1).sum();
        if bytes <= MAX_CHARACTERS {
            continue;
        }
        let length = cell(&found.content).encode_utf16().count();
        if length > MAX_CHARACTERS {
            let column = report.columns.get(found.column as usize);
            return Err(WriteError::CellTooLong {
                format: FORMAT,
                row: found.row + 1,
                column: column.map(|column| column.heading.clone()).unwrap_or_default(),
                length,
                limit: MAX_CHARACTERS,
            });
        }
    }
    Ok(())
}

/// Says how many cells have a line break inside a paragraph: in a worksheet it can't be told from the end of a paragraph.
pub(super) fn joined_lines(report: &Report) -> Option<Diagnostic> {
    let broken = report
        .table
        .cells()
        .iter()
        .filter(|cell| cell.content.paragraphs.iter().any(|text| text.contains('\n')));
    let count = broken.count();
    (count > 0).then(|| {
        Diagnostic {
            code: "line-break-as-paragraph",
            severity: Severity::Info,
            place: None,
            arguments: Vec::new(),
        }
        .with("count", count)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_an_escape_stands_for_itself() {
        assert_eq!(shield("a_x0041_b_x00g1_"), "a_x005F_x0041_b_x00g1_");
        assert_eq!(shield("__x0041__x0042_"), "__x005F_x0041__x005F_x0042_");
        assert_eq!(shield("<r>甲</r>"), "_x003C_r>甲</r>");
        assert!(matches!(shield("=1_x"), Cow::Owned(text) if text == "=1_x"));
        assert!(matches!(shield("普通"), Cow::Borrowed(_)));
    }
}
