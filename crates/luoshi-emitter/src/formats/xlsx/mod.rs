//! Excel workbooks (ECMA-376 SpreadsheetML): the print layout and the plain one, a worksheet each; those of a merge's record
//! behind them; a form is one worksheet; the lists of a comparison, the changed words marked.
//!
//! Not here: a table object, formulas, colours but for what changed. The print sheet is a form, the data sheet is for filters and other programs.

mod charts;
mod form;
mod rows;
mod sheet;
mod text;

use luoshi_model::{Attachment, Findings, Form, MergeRecord, Summary};
use luoshi_table::{Diagnostic, Outcome};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::report::brief::{Block, Brief};
use crate::report::{self, Report, labels};
use crate::{Comparison, Theme, WriteError, Writer};

const FORMAT: &str = "xlsx";

/// Rows of a worksheet: Excel's own limit.
const MAX_ROWS: u32 = 1_048_576;

/// Columns of a worksheet: Excel's own limit.
const MAX_COLUMNS: u32 = 16_384;

/// The year of every workbook's creation date. The format demands a date, and a true one would make two runs differ.
const YEAR: u16 = 2000;

/// The writer of Excel workbooks.
pub(crate) struct Xlsx;

impl Writer for Xlsx {
    fn name(&self) -> &'static str {
        FORMAT
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["xlsx"]
    }

    fn media_type(&self) -> &'static str {
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    }

    fn write_form(&self, form: &Form, theme: Option<&Theme>) -> Result<Outcome<Vec<u8>>, WriteError> {
        let theme = Theme::or_default(theme);
        let Outcome { value: report, mut diagnostics } = report::form(form, theme);
        let Outcome { value: bytes, diagnostics: more } = form_to_xlsx(report, theme)?;
        diagnostics.extend(more);
        Ok(Outcome::new(bytes, diagnostics))
    }

    fn write(&self, attachment: &Attachment, theme: Option<&Theme>) -> Result<Outcome<Vec<u8>>, WriteError> {
        let theme = Theme::or_default(theme);
        let (sheets, diagnostics) = sheets(attachment, false, theme);
        Ok(Outcome::new(to_xlsx(&sheets, theme)?, diagnostics))
    }

    fn write_changes(
        &self,
        comparison: &Comparison<'_>,
        theme: Option<&Theme>,
    ) -> Result<Outcome<Vec<u8>>, WriteError> {
        let theme = Theme::or_default(theme);
        let mut diagnostics = Vec::new();
        let mut sheets = Vec::new();
        for Outcome { value: mut list, diagnostics: more } in report::changes(comparison, theme) {
            diagnostics.extend(more);
            diagnostics.extend(text::shorten(&mut list));
            // Those that have lines above are to be read, the others to be searched.
            sheets.push(match list.above.is_empty() {
                true => Sheet::List(list, labels::MORE_TEXT_HERE),
                false => Sheet::Print(list),
            });
        }
        Ok(Outcome::new(to_xlsx(&sheets, theme)?, diagnostics))
    }

    fn write_findings(
        &self,
        findings: &Findings,
        theme: Option<&Theme>,
    ) -> Result<Outcome<Vec<u8>>, WriteError> {
        let theme = Theme::or_default(theme);
        let (open, accepted) = report::findings(findings, theme);
        let mut diagnostics = Vec::new();
        let mut sheets = Vec::new();
        for Outcome { value: mut list, diagnostics: more } in [Some(open), accepted].into_iter().flatten() {
            diagnostics.extend(more);
            diagnostics.extend(text::shorten(&mut list));
            sheets.push(Sheet::Print(list));
        }
        Ok(Outcome::new(to_xlsx(&sheets, theme)?, diagnostics))
    }

    fn write_summary(
        &self,
        summary: &Summary,
        theme: Option<&Theme>,
    ) -> Result<Outcome<Vec<u8>>, WriteError> {
        let theme = Theme::or_default(theme);
        let Brief { blocks, mut diagnostics, .. } = Brief::new(summary, theme);
        let mut sheets = Vec::new();
        for (_, block) in blocks {
            if let Block::Table(mut list) = block
                && list.table.rows() > list.header_rows
            {
                diagnostics.extend(text::shorten(&mut list));
                sheets.push(Sheet::Print(*list));
            }
        }
        let mut workbook = filled(&sheets, &summary.title, theme)?;
        charts::add(&mut workbook, &sheets).map_err(failed)?;
        Ok(Outcome::new(workbook.save_to_buffer().map_err(failed)?, diagnostics))
    }

    fn write_merge(
        &self,
        attachment: &Attachment,
        record: &MergeRecord,
        sources: bool,
        theme: Option<&Theme>,
    ) -> Result<Outcome<Vec<u8>>, WriteError> {
        let theme = Theme::or_default(theme);
        let (mut sheets, mut diagnostics) = sheets(attachment, sources, theme);
        for lay_out in [report::coverage, report::reminders] {
            let Outcome { value, diagnostics: more } = lay_out(attachment, record, theme);
            diagnostics.extend(more);
            sheets.push(Sheet::Print(value));
        }
        let conflicts = report::conflicts(attachment, record, theme);
        for list in [Some(conflicts), report::asides(attachment, record, theme)].into_iter().flatten() {
            let Outcome { value: mut list, diagnostics: more } = list;
            diagnostics.extend(more);
            diagnostics.extend(text::shorten(&mut list));
            sheets.push(Sheet::List(list, labels::MORE_TEXT_HERE));
        }
        Ok(Outcome::new(to_xlsx(&sheets, theme)?, diagnostics))
    }
}

/// A report and what kind of worksheet it becomes.
enum Sheet {
    /// As it would be printed.
    Print(Report),
    /// For filters and programs; with what a cell says, as title and message, that can't show all its text.
    List(Report, (&'static str, &'static str)),
}

impl Sheet {
    fn report(&self) -> &Report {
        match self {
            Self::Print(report) | Self::List(report, _) => report,
        }
    }
}

/// The two worksheets of an attachment.
fn sheets(attachment: &Attachment, sources: bool, theme: &Theme) -> (Vec<Sheet>, Vec<Diagnostic>) {
    let Outcome { value: print, mut diagnostics } = report::print(attachment, theme);
    // What the print sheet can't show the data sheet can't either; its findings would be the same once more.
    let data = if sources { report::data_with_sources } else { report::data };
    let data = data(attachment, theme).value;
    diagnostics.extend(text::joined_lines(&print));
    (vec![Sheet::Print(print), Sheet::List(data, labels::MORE_TEXT)], diagnostics)
}

fn to_xlsx(sheets: &[Sheet], theme: &Theme) -> Result<Vec<u8>, WriteError> {
    let title = sheets.first().map_or("", |sheet| &sheet.report().title);
    filled(sheets, title, theme)?.save_to_buffer().map_err(failed)
}

/// A workbook of these sheets.
fn filled(sheets: &[Sheet], title: &str, theme: &Theme) -> Result<Workbook, WriteError> {
    for sheet in sheets {
        text::check(sheet.report())?;
        within("columns", sheet.report().table.columns(), MAX_COLUMNS)?;
        within("rows", sheet.report().table.rows(), MAX_ROWS)?;
    }
    let mut workbook = workbook(title)?;
    for sheet in sheets {
        match sheet {
            Sheet::Print(report) => {
                let plan = rows::Plan::print(report, theme);
                within("rows", plan.last_row(), MAX_ROWS)?;
                sheet::print(workbook.add_worksheet(), report, &plan, theme)
            }
            Sheet::List(report, more_text) => {
                sheet::data(workbook.add_worksheet(), report, *more_text, theme)
            }
        }
        .map_err(failed)?;
    }
    Ok(workbook)
}

/// A form is one sheet: whoever fills it in should not wonder which of two counts.
fn form_to_xlsx(mut report: Report, theme: &Theme) -> Result<Outcome<Vec<u8>>, WriteError> {
    text::check(&report)?;
    // Behind the columns of the form stands the one with its marks.
    within("columns", report.table.columns() + 1, MAX_COLUMNS)?;
    form::widen(&mut report, theme);
    let plan = rows::Plan::print(&report, theme);
    within("rows", plan.last_row(), MAX_ROWS)?;
    let mut workbook = workbook(&report.title)?;
    let sheet = workbook.add_worksheet();
    sheet::print(sheet, &report, &plan, theme).map_err(failed)?;
    let diagnostics = form::finish(sheet, &report, &plan, theme).map_err(failed)?;
    Ok(Outcome::new(workbook.save_to_buffer().map_err(failed)?, diagnostics))
}

/// A workbook without sheets.
fn workbook(title: &str) -> Result<Workbook, WriteError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(YEAR, 1, 1).map_err(failed)?;
    let properties =
        DocProperties::new().set_title(title).set_author("luoshi").set_creation_datetime(&created);
    workbook.set_properties(&properties);
    Ok(workbook)
}

fn failed(error: XlsxError) -> WriteError {
    WriteError::library(FORMAT, error)
}

fn within(what: &'static str, count: u32, limit: u32) -> Result<(), WriteError> {
    if count > limit {
        return Err(WriteError::TableTooLarge { format: FORMAT, what, count, limit });
    }
    Ok(())
}

#[cfg(test)]
mod tests;
