//! Excel workbooks (ECMA-376 SpreadsheetML): the print layout and the plain one, a worksheet each; a form is one worksheet.
//!
//! Not here: a table object, formulas, colours. The print sheet is a form, the data sheet is for filters and other programs.

mod form;
mod rows;
mod sheet;
mod text;

use luoshi_model::{Attachment, Form};
use luoshi_table::Outcome;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::report::{self, Report};
use crate::{Theme, WriteError, Writer};

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
        let Outcome { value: print, mut diagnostics } = report::print(attachment, theme);
        // What the print sheet can't show the data sheet can't either; its findings would be the same once more.
        let data = report::data(attachment, theme).value;
        diagnostics.extend(text::joined_lines(&print));
        Ok(Outcome::new(to_xlsx(&print, &data, theme)?, diagnostics))
    }
}

fn to_xlsx(print: &Report, data: &Report, theme: &Theme) -> Result<Vec<u8>, WriteError> {
    for report in [print, data] {
        text::check(report)?;
        within("columns", report.table.columns(), MAX_COLUMNS)?;
    }
    within("rows", data.table.rows(), MAX_ROWS)?;
    let mut workbook = workbook(&print.title)?;
    let plan = rows::Plan::print(print, theme);
    within("rows", plan.last_row(), MAX_ROWS)?;
    sheet::print(workbook.add_worksheet(), print, &plan, theme).map_err(failed)?;
    sheet::data(workbook.add_worksheet(), data, theme).map_err(failed)?;
    workbook.save_to_buffer().map_err(failed)
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
