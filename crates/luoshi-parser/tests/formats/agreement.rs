//! The same values and merged ranges as calamine, an independent reader, on files that both can read.

use std::io::Cursor;

use calamine::{Data, Reader, Sheets, open_workbook_auto_from_rs};
use luoshi_table::SourceTable;
use rust_xlsxwriter::{Format, Workbook};

use super::samples::tables;

/// A form of `items` rows, one merged answer for every three.
pub(crate) fn form(items: u32) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("表").unwrap();
    let plain = Format::new();
    sheet.merge_range(0, 0, 0, 5, "海沧区政务公开工作落实情况表", &plain).unwrap();
    for (column, heading) in
        ["序号", "自查重点", "自查事项", "责任单位", "落实情况", "备注"].iter().enumerate()
    {
        sheet.write_string(1, column as u16, *heading).unwrap();
    }
    for item in 0..items {
        let row = item + 2;
        sheet.write_number(row, 0, item + 1).unwrap();
        sheet.write_string(row, 2, format!("事项{item}")).unwrap();
        sheet.write_string(row, 3, format!("单位{}（科室）", item % 40)).unwrap();
        sheet.write_string(row, 4, format!("第{item}项的落实情况。\n第二段。")).unwrap();
        if item % 3 == 0 && item + 2 < items {
            sheet.merge_range(row, 1, row + 2, 1, &format!("（{item}）重点"), &plain).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

fn compare(table: &SourceTable, values: &calamine::Range<Data>) {
    assert_eq!(
        values.end().map(|(row, column)| (row + 1, column + 1)),
        Some((table.grid.rows(), table.grid.columns()))
    );
    for row in 0..table.grid.rows() {
        for column in 0..table.grid.columns() {
            let ours = table.grid.origin_at(row, column).map(|cell| cell.content.text()).unwrap_or_default();
            match values.get_value((row, column)).unwrap_or(&Data::Empty) {
                Data::String(text) => assert_eq!(ours, text.replace("\r\n", "\n"), "{row} {column}"),
                Data::Empty => assert_eq!(ours, "", "{row} {column}"),
                Data::Bool(value) => assert_eq!(ours, value.to_string().to_uppercase()),
                Data::Error(error) => assert_eq!(ours, error.to_string()),
                // How a number shows is its format's matter, judged elsewhere.
                number => assert!(!ours.is_empty(), "{row} {column} {number:?}"),
            }
        }
    }
}

#[test]
fn values_and_merged_ranges_agree() {
    let form = form(300);
    let files: [&[u8]; 3] = [
        &form,
        include_bytes!("../../../../fixtures/xlsx/form.xlsx"),
        include_bytes!("../../../../fixtures/xls/form.xls"),
    ];
    for bytes in files {
        let (ours, _) = tables(bytes);
        let mut workbook = open_workbook_auto_from_rs(Cursor::new(bytes)).unwrap();
        let name = workbook.sheet_names()[0].clone();
        compare(&ours[0], &workbook.worksheet_range(&name).unwrap());
        let mut merges: Vec<_> = match &mut workbook {
            Sheets::Xlsx(xlsx) => xlsx.merge_cells_by_sheet_name(&name).unwrap(),
            Sheets::Xls(xls) => xls.merge_cells_by_sheet_name(&name).unwrap().clone(),
            _ => panic!("neither xlsx nor xls"),
        }
        .into_iter()
        .map(|range| (range.start, range.end))
        .collect();
        merges.sort_unstable();
        let spans = ours[0].grid.cells().iter().filter(|cell| cell.row_span * cell.column_span > 1);
        let spans: Vec<_> = spans
            .map(|cell| {
                ((cell.row, cell.column), (cell.row + cell.row_span - 1, cell.column + cell.column_span - 1))
            })
            .collect();
        assert_eq!(spans, merges);
    }
}
