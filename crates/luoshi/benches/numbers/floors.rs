//! Floors: the least that anyone must do for the same work with the same libraries.

use std::hint::black_box;
use std::io::{Cursor, Read};

use calamine::{Reader, Xlsx};
use luoshi::Theme;
use luoshi::model::Attachment;
use luoshi_emitter::report::{data, print};
use quick_xml::events::Event;
use rust_xlsxwriter::{Format, Workbook, Worksheet};
use zip::ZipArchive;

/// Inflates document.xml and looks at each event once.
pub(crate) fn docx(package: &[u8]) {
    let mut zip = ZipArchive::new(Cursor::new(package)).unwrap();
    let mut part = zip.by_name("word/document.xml").unwrap();
    let mut content = Vec::with_capacity(part.size() as usize);
    part.read_to_end(&mut content).unwrap();
    let mut reader = quick_xml::Reader::from_str(std::str::from_utf8(&content).unwrap());
    let mut events = 0_usize;
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => break,
            event => {
                black_box(&event);
                events += 1;
            }
        }
    }
    black_box(events);
}

/// Reads each cell of the first sheet, and the merges.
pub(crate) fn xlsx_in(package: &[u8]) {
    let mut workbook = Xlsx::new(Cursor::new(package)).unwrap();
    let name = workbook.sheet_names()[0].clone();
    black_box(workbook.merge_cells_by_sheet_name(&name).unwrap());
    let mut cells = workbook.worksheet_cells_reader(&name).unwrap();
    while let Some(cell) = cells.next_cell().unwrap() {
        black_box(cell);
    }
}

/// Writes the cells and merges of both sheets with a format each, widths and heights, and packs them.
pub(crate) fn xlsx_out(attachment: &Attachment) {
    let theme = Theme::default();
    let mut workbook = Workbook::new();
    let format = Format::new().set_text_wrap().set_font_name("仿宋").set_font_size(10);
    for report in [print(attachment, &theme).value, data(attachment, &theme).value] {
        let sheet = workbook.add_worksheet();
        sheet.set_name(report.name).unwrap();
        for (column, about) in report.columns.iter().enumerate() {
            sheet.set_column_width(column as u16, about.width).unwrap();
        }
        for row in 0..report.table.rows() {
            sheet.set_row_height(row, 40).unwrap();
        }
        for cell in report.table.cells() {
            write_cell(sheet, cell, &format);
        }
    }
    black_box(workbook.save_to_buffer().unwrap());
}

fn write_cell(
    sheet: &mut Worksheet,
    cell: &luoshi_table::Cell<luoshi_emitter::report::ReportCell>,
    format: &Format,
) {
    let (row, column) = (cell.row, cell.column as u16);
    let text = cell.content.paragraphs.join("\n");
    if cell.row_span > 1 || cell.column_span > 1 {
        let (last_row, last_column) = (cell.rows().end - 1, cell.columns().end as u16 - 1);
        sheet.merge_range(row, column, last_row, last_column, &text, format).unwrap();
    } else {
        sheet.write_string_with_format(row, column, text, format).unwrap();
    }
}

/// Builds the table of the official layout with docx-rs, fonts and widths included, and packs it.
pub(crate) fn docx_out(attachment: &Attachment) {
    use docx_rs::{Docx, Paragraph, Run, RunFonts, Table, TableCell, TableRow, VMergeType, WidthType};
    let report = print(attachment, &Theme::default()).value;
    let widths: Vec<usize> = report.widths(12756).into_iter().map(|width| width as usize).collect();
    let fonts = || RunFonts::new().ascii("仿宋_GB2312").hi_ansi("仿宋_GB2312").east_asia("仿宋_GB2312");
    let paragraph = |text: &str| Paragraph::new().add_run(Run::new().add_text(text).fonts(fonts()).size(21));
    let rows = (0..report.table.rows()).map(|row| {
        let cells = report.table.row(row).map(|cell| {
            let width: usize = cell.columns().map(|column| widths[column as usize]).sum();
            let mut built = TableCell::new().width(width, WidthType::Dxa);
            if cell.column_span > 1 {
                built = built.grid_span(cell.column_span as usize);
            }
            if cell.row_span > 1 {
                let begins = cell.row == row;
                built = built.vertical_merge(if begins { VMergeType::Restart } else { VMergeType::Continue });
            }
            if cell.row == row && !cell.content.paragraphs.is_empty() {
                cell.content.paragraphs.iter().fold(built, |built, text| built.add_paragraph(paragraph(text)))
            } else {
                built.add_paragraph(Paragraph::new())
            }
        });
        TableRow::new(cells.collect())
    });
    let table = Table::new(rows.collect()).set_grid(widths.clone());
    let mut document = Docx::new();
    for line in report.above.iter().chain(&report.below) {
        document = document.add_paragraph(paragraph(&line.text));
    }
    let mut bytes = Cursor::new(Vec::new());
    document.add_table(table).build().pack(&mut bytes).unwrap();
    black_box(bytes);
}
