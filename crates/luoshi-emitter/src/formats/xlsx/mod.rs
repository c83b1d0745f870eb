//! Excel workbooks (ECMA-376 SpreadsheetML): the print layout and the plain one, a worksheet each.
//!
//! Not here: a table object, formulas, colours. The print sheet is a form, the data sheet is for filters and other programs.

mod rows;
mod sheet;
mod text;

use luoshi_model::Attachment;
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
    let failed = |error: XlsxError| WriteError::library(FORMAT, error);
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(YEAR, 1, 1).map_err(failed)?;
    let properties =
        DocProperties::new().set_title(&print.title).set_author("luoshi").set_creation_datetime(&created);
    workbook.set_properties(&properties);
    let plan = rows::Plan::print(print, theme);
    within("rows", plan.last_row(), MAX_ROWS)?;
    sheet::print(workbook.add_worksheet(), print, &plan, theme).map_err(failed)?;
    sheet::data(workbook.add_worksheet(), data, theme).map_err(failed)?;
    workbook.save_to_buffer().map_err(failed)
}

fn within(what: &'static str, count: u32, limit: u32) -> Result<(), WriteError> {
    if count > limit {
        return Err(WriteError::TableTooLarge { format: FORMAT, what, count, limit });
    }
    Ok(())
}

#[cfg(test)]
mod tests;
