//! Text as a worksheet cell holds it: one string, paragraphs parted by line feeds.
//!
//! Not here: characters that no document can hold; the report has none.

use luoshi_model::Mark;
use luoshi_table::{Diagnostic, Severity};
use rust_xlsxwriter::{Format, FormatUnderline, Worksheet, XlsxError};

use super::FORMAT;
use crate::WriteError;
use crate::report::{Report, ReportCell, labels};

/// Characters of a cell, counted in UTF-16 units as Excel counts them.
const MAX_CHARACTERS: usize = 32_767;

/// The colours of what is gone, what came and what moved: told apart by people who can't tell red from green, too.
const GONE: u32 = 0x00C0_0000;
const COME: u32 = 0x0000_50B0;
const MOVED: u32 = 0x0000_7A33;

/// The text of a cell.
pub(super) fn cell(cell: &ReportCell) -> String {
    cell.paragraphs.join("\n")
}

/// Writes a text as text, whatever it looks like: `1-10` is no date, `=1` no formula, `_x0041_` no escape (the library sees to
/// that), `<r>甲</r>` no markup. That last the library would write as it is, taking it for a rich string that it made itself;
/// so it is given one to make, of a single piece.
pub(super) fn put(
    sheet: &mut Worksheet,
    at: (u32, u16),
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    if text.starts_with("<r>") && text.ends_with("</r>") {
        sheet.write_rich_string_with_format(at.0, at.1, &[(&Format::default(), text)], format).map(drop)
    } else {
        sheet.write_string_with_format(at.0, at.1, text, format).map(drop)
    }
}

/// Writes a text of which some is marked: what is gone struck out in red, what came underlined in blue, what moved in green.
/// Without colours the lines tell.
pub(super) fn put_marked(
    sheet: &mut Worksheet,
    at: (u32, u16),
    marked: &[(Mark, String)],
    face: &Format,
    format: &Format,
) -> Result<(), XlsxError> {
    let look = |mark: Mark| match mark {
        Mark::Same => face.clone(),
        Mark::Gone => face.clone().set_font_strikethrough().set_font_color(GONE),
        Mark::Come => face.clone().set_underline(FormatUnderline::Single).set_font_color(COME),
        Mark::MovedFrom => face.clone().set_font_strikethrough().set_font_color(MOVED),
        Mark::MovedTo => face.clone().set_underline(FormatUnderline::Double).set_font_color(MOVED),
    };
    // Excel wants no piece empty, and neighbours that look alike are one.
    let mut pieces: Vec<(Mark, String)> = Vec::new();
    for (mark, text) in marked.iter().filter(|(_, text)| !text.is_empty()) {
        match pieces.last_mut().filter(|(last, _)| last == mark) {
            Some((_, piece)) => piece.push_str(text),
            None => pieces.push((*mark, text.clone())),
        }
    }
    let looks: Vec<Format> = pieces.iter().map(|(mark, _)| look(*mark)).collect();
    let rich: Vec<(&Format, &str)> =
        looks.iter().zip(&pieces).map(|(look, (_, text))| (look, text.as_str())).collect();
    match sheet.write_rich_string_with_format(at.0, at.1, &rich, format).map(drop) {
        // The library counts its markup as text. Without marks the text fits.
        Err(XlsxError::MaxStringLengthExceeded) => {
            let text: String = pieces.iter().map(|(_, text)| text.as_str()).collect();
            put(sheet, at, &text, format)
        }
        written => written,
    }
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
                item: report.row_name(found.row),
                column: column.map(|column| column.heading.clone()).unwrap_or_default(),
                length,
                limit: MAX_CHARACTERS,
            });
        }
    }
    Ok(())
}

/// Cuts what no cell can hold, says so in the cell and in a finding each. Only for what the record's JSON has whole.
pub(super) fn shorten(report: &mut Report) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for index in 0..report.table.cells().len() {
        let found = &report.table.cells()[index];
        let (row, text) = (found.row + 1, cell(&found.content));
        let length = text.encode_utf16().count();
        if length <= MAX_CHARACTERS {
            continue;
        }
        let mut room = MAX_CHARACTERS - labels::CUT.encode_utf16().count();
        let fits = |c: &char| {
            let left = room.checked_sub(c.len_utf16());
            room = left.unwrap_or(0);
            left.is_some()
        };
        let short: String = text.chars().take_while(fits).chain(labels::CUT.chars()).collect();
        if let Some(content) = report.table.content_mut(index) {
            content.paragraphs = short.split('\n').map(str::to_owned).collect();
            content.marked.clear();
        }
        let finding = Diagnostic::unplaced("record-text-cut", Severity::Warning);
        findings.push(
            finding
                .with("sheet", &report.name)
                .with("row", row)
                .with("length", length)
                .with("limit", MAX_CHARACTERS),
        );
    }
    findings
}

/// Says how many cells have a line break inside a paragraph: in a worksheet it can't be told from the end of a paragraph.
pub(super) fn joined_lines(report: &Report) -> Option<Diagnostic> {
    let broken = report
        .table
        .cells()
        .iter()
        .filter(|cell| cell.content.paragraphs.iter().any(|text| text.contains('\n')));
    let count = broken.count();
    (count > 0).then(|| Diagnostic::unplaced("line-break-as-paragraph", Severity::Info).with("count", count))
}
