//! Charts of the leaders' report on a sheet of their own, drawn by the spreadsheet from the other sheets' figures.
//!
//! Not here: the figures.

use rust_xlsxwriter::{Chart, ChartFont, ChartLegendPosition, ChartType, Workbook, XlsxError};

use super::Sheet;
use crate::report::Report;
use crate::report::brief::labels;

/// Pixels of a bar with its gap.
const BAR: u32 = 26;

/// Pixels of a chart beside its bars.
const FRAME: u32 = 130;

/// Pixels of a chart's width.
const WIDTH: u32 = 760;

/// Pixels of a row of an empty sheet.
const ROW: u32 = 20;

pub(super) fn add(workbook: &mut Workbook, sheets: &[Sheet]) -> Result<(), XlsxError> {
    let of = |name: &str| sheets.iter().map(Sheet::report).find(|report| report.name == name);
    let sheet = workbook.add_worksheet();
    sheet.set_name(labels::CHARTS)?;
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_paper_size(9);
    let mut row = 1;
    // Of a tally the first column after the names is the sum of the others.
    let charts = [(labels::CLASSES, 1..2), (labels::SECTIONS, 2..8), (labels::UNITS, 2..8)];
    for (name, series) in charts {
        let Some(report) = of(name) else { continue };
        let chart = chart(report, series);
        sheet.insert_chart(row, 0, &chart.0)?;
        row += chart.1 / ROW + 2;
    }
    Ok(())
}

/// A chart of some columns of a sheet, and its height in pixels. The last row of the sections is their sum, and no bar.
fn chart(report: &Report, series: std::ops::Range<u16>) -> (Chart, u32) {
    let first = report.above.len() as u32 + report.header_rows;
    let sum = u32::from(report.name == labels::SECTIONS);
    let count = report.table.rows().saturating_sub(report.header_rows + sum).max(1);
    let last = first + count - 1;
    let stacked = series.len() > 1;
    let mut chart = Chart::new(if stacked { ChartType::BarStacked } else { ChartType::Bar });
    for column in series {
        let of = chart.add_series();
        of.set_categories((&*report.name, first, 0, last, 0)).set_values((
            &*report.name,
            first,
            column,
            last,
            column,
        ));
        of.set_name((&*report.name, first - 1, column)).set_gap(40);
        if !stacked {
            of.set_data_label(rust_xlsxwriter::ChartDataLabel::new().show_value());
        }
    }
    let mut font = ChartFont::new();
    font.set_size(10);
    chart.title().set_name(&*report.name).set_font(ChartFont::new().set_size(14));
    // The first bar on top, as the table has it.
    chart.y_axis().set_reverse().set_font(&font);
    chart.x_axis().set_font(&font).set_major_gridlines(false);
    match stacked {
        true => chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&font),
        false => chart.legend().set_hidden(),
    };
    let height = count * BAR + FRAME;
    chart.set_width(WIDTH).set_height(height);
    (chart, height)
}
