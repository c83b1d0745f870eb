//! What makes the print sheet a form: cells that are open, lists to choose from, and the hidden column of marks.
//!
//! Not here: a password, which would only keep clerks from moving what must be moved.

use luoshi_table::{Diagnostic, Severity};
use rust_xlsxwriter::{DataValidation, Format, ProtectionOptions, Worksheet, XlsxError};

use super::rows::{self, Plan};
use super::{sheet, text};
use crate::report::{Entry, Report, labels};
use crate::theme::Theme;

/// How much wider than its page a form may become so that long texts can be read in it. It is printed one page wide all the
/// same, the smaller the wider it is.
const WIDEST: f64 = 2.0;

/// By how much a column is widened at a time.
const STEP: f64 = 1.2;

/// Widens the columns with texts that would need a higher row than Excel has: an item of a form keeps to one row.
pub(super) fn widen(report: &mut Report, theme: &Theme) {
    let total = |report: &Report| report.columns.iter().map(|column| column.width).sum::<f64>();
    let most = total(report) * WIDEST;
    while total(report) < most {
        let columns = rows::too_high(report, theme);
        if columns.is_empty() {
            return;
        }
        for column in columns {
            report.columns[column as usize].width *= STEP;
        }
    }
}

/// Locks the sheet but for the answers, and adds lists and marks. Columns and rows may be made wider and higher.
pub(super) fn finish(
    sheet: &mut Worksheet,
    report: &Report,
    plan: &Plan,
    theme: &Theme,
) -> Result<Vec<Diagnostic>, XlsxError> {
    let mut findings = Vec::new();
    let mut lists = Vec::new();
    for column in &report.columns {
        let choices = match &column.entry {
            Entry::Choice(choices) => choices.as_slice(),
            Entry::Text | Entry::Nothing => &[],
        };
        let list = list(choices)?;
        if list.is_none() && !choices.is_empty() {
            findings.push(not_offered(&column.heading));
        }
        lists.push(list);
    }
    let more_text = sheet::more_text(labels::MORE_TEXT_HERE)?;
    for cell in report.table.cells() {
        let says = match report.entry(cell.row, cell.column) {
            Entry::Choice(_) => lists[cell.column as usize].as_ref(),
            Entry::Text => {
                Some(&more_text).filter(|_| sheet::data_height(report, cell, theme) > rows::MAX_HEIGHT)
            }
            Entry::Nothing => None,
        };
        if let Some(says) = says {
            let (row, column) = plan.block(cell).from;
            sheet.add_data_validation(row, column, row, column, says)?;
        }
    }
    marks(sheet, report, plan)?;
    let format_only =
        ProtectionOptions { format_columns: true, format_rows: true, ..ProtectionOptions::default() };
    sheet.protect_with_options(&format_only);
    Ok(findings)
}

fn not_offered(heading: &str) -> Diagnostic {
    Diagnostic::unplaced("choices-not-offered", Severity::Warning).with("column", heading)
}

/// A list to choose from, if a cell can hold it: parted by commas, of no more than 255 characters.
fn list(choices: &[String]) -> Result<Option<DataValidation>, XlsxError> {
    if choices.is_empty() || choices.iter().any(|choice| choice.contains(',')) {
        return Ok(None);
    }
    let (title, message) = labels::CHOOSE;
    let list = DataValidation::new().allow_list_strings(choices).ok();
    list.map(|list| list.set_error_title(title)?.set_error_message(message)).transpose()
}

/// The marks, in a hidden column behind the others: it goes with its rows wherever they are moved, and through every format of
/// spreadsheets.
fn marks(sheet: &mut Worksheet, report: &Report, plan: &Plan) -> Result<(), XlsxError> {
    let Some(form) = report.form.as_ref().filter(|_| report.header_rows > 0) else { return Ok(()) };
    let column = report.table.columns() as u16;
    let (header, _) = plan.header(report);
    let plain = Format::default();
    text::put(sheet, (header.start, column), &form.form, &plain)?;
    for (&row, mark) in &form.rows {
        text::put(sheet, (plan.sheet_rows(row..row + 1).start, column), mark, &plain)?;
    }
    sheet.set_column_hidden(column).map(drop)
}
