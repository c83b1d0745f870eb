//! The paragraphs and the table of document.xml, built with docx-rs.
//!
//! Looks are named, not spelled out: each paragraph has a style and nothing else, so a clerk changes the body face of a finished
//! document in one place. Every object is built from its fields where docx-rs lets us: its constructors number paragraphs
//! from a counter of the thread.

use docx_rs::{
    BreakType, BuildXML, Document, Paragraph, ParagraphChild, ParagraphProperty, Run, RunFonts, Table,
    TableCell, TableCellContent, TableRow, VAlignType, VMergeType, WidthType,
};
use luoshi_table::Slot;

use super::{styles, twips};
use crate::report::{CellRole, Line, Report, ReportCell, ReportColumn, measure};
use crate::theme::{Theme, Vertical};

/// A row that takes less than this part of a page is kept on one page. A taller one must be allowed to break: kept whole it
/// leaves a hole at the foot of the page, and taller than a page it runs out of it.
const KEEP_WHOLE: f64 = 1.0 / 3.0;

/// The document as docx-rs writes it.
pub(super) fn build(report: &Report, theme: &Theme) -> Vec<u8> {
    let mut document = Document::new();
    let line = |document: Document, line: &Line| {
        document.add_paragraph(paragraph(styles::of_line(line.role), &line.text))
    };
    document = report.above.iter().fold(document, line);
    if report.table.columns() > 0 {
        document = document.add_table(table(report, theme));
        if report.below.is_empty() {
            // A table can't be the last thing in a document; the paragraph that must follow it is as small as can be.
            document = document.add_paragraph(paragraph(styles::AFTER_TABLE, ""));
        }
    }
    report.below.iter().fold(document, line).build()
}

fn paragraph(style: &str, text: &str) -> Paragraph {
    let children = if text.is_empty() { Vec::new() } else { vec![ParagraphChild::Run(Box::new(run(text)))] };
    Paragraph {
        id: String::new(),
        children,
        property: ParagraphProperty::new().style(style),
        has_numbering: false,
    }
}

fn run(text: &str) -> Run {
    let mut run = Run::new();
    if text.chars().any(is_ambiguous) {
        run = run.fonts(RunFonts::new().hint("eastAsia"));
    }
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            run = run.add_break(BreakType::TextWrapping);
        }
        for (index, piece) in line.split('\t').enumerate() {
            if index > 0 {
                run = run.add_tab();
            }
            if !piece.is_empty() {
                run = run.add_text(piece);
            }
        }
    }
    run
}

/// Whether Word takes the character from the Latin face unless told otherwise: quotation marks, the ellipsis, dashes, circled
/// digits and other signs that Chinese and Western typesetting share (ECMA-376-1 §17.3.2.26).
fn is_ambiguous(c: char) -> bool {
    matches!(c, '\u{A1}'..='\u{2E7F}')
}

fn table(report: &Report, theme: &Theme) -> Table {
    let widths: Vec<usize> =
        report.widths(twips(theme.page.text_width())).into_iter().map(|width| width as usize).collect();
    let short = short_rows(report, theme);
    let rows = (0..report.table.rows()).map(|row| {
        let mut cells = Vec::new();
        let mut column = 0;
        while column < report.table.columns() {
            let (cell, merge) = match report.table.slot(row, column) {
                Slot::Origin(cell) => (cell, (cell.row_span > 1).then_some(VMergeType::Restart)),
                Slot::Covered(cell) => (cell, Some(VMergeType::Continue)),
                Slot::Absent => break,
            };
            let columns = cell.columns();
            let width = widths[columns.start as usize..columns.end as usize].iter().sum();
            let continued = matches!(merge, Some(VMergeType::Continue));
            cells.push(table_cell(
                &report.columns[column as usize],
                (!continued).then_some(&cell.content),
                width,
                cell.column_span as usize,
                merge,
            ));
            column = columns.end;
        }
        let row_is_short = short[row as usize];
        let row = TableRow::new(cells);
        if row_is_short { row.cant_split() } else { row }
    });
    Table::new(rows.collect()).set_grid(widths)
}

fn table_cell(
    column: &ReportColumn,
    content: Option<&ReportCell>,
    width: usize,
    span: usize,
    merge: Option<VMergeType>,
) -> TableCell {
    let role = content.map_or(CellRole::Body, |content| content.role);
    let style = styles::of_cell(role, column.align);
    let texts = content.map_or(&[][..], |content| &content.paragraphs);
    let paragraphs = texts.iter().map(|text| paragraph(style, text));
    let mut children: Vec<_> =
        paragraphs.map(|paragraph| TableCellContent::Paragraph(Box::new(paragraph))).collect();
    if children.is_empty() {
        children.push(TableCellContent::Paragraph(Box::new(paragraph(style, ""))));
    }
    let mut cell =
        TableCell { children, has_numbering: false, ..TableCell::new() }.width(width, WidthType::Dxa);
    if span > 1 {
        cell = cell.grid_span(span);
    }
    if let Some(merge) = merge {
        cell = cell.vertical_merge(merge);
    }
    let middle = role != CellRole::Body || column.vertical == Vertical::Middle;
    if middle { cell.vertical_align(VAlignType::Center) } else { cell }
}

/// Which rows are kept on one page.
fn short_rows(report: &Report, theme: &Theme) -> Vec<bool> {
    let style = &theme.text.body;
    let points = |millimetres: f64| millimetres * 72.0 / 25.4;
    let limit = points(theme.page.text_height()) * KEEP_WHOLE;
    let total: f64 = report.columns.iter().map(|column| column.width).sum();
    let mut short = vec![true; report.table.rows() as usize];
    for cell in report.table.cells() {
        let columns = &report.columns[cell.column as usize..cell.columns().end as usize];
        let part = columns.iter().map(|column| column.width).sum::<f64>() / total;
        let width = part * theme.page.text_width() - 2.0 * theme.table.padding;
        let lines = measure::lines(&cell.content.paragraphs, points(width) / style.size());
        if f64::from(lines) * style.line > limit {
            short[cell.row as usize..cell.rows().end as usize].fill(false);
        }
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    fn xml(text: &str) -> String {
        String::from_utf8(run(text).build()).unwrap()
    }

    #[test]
    fn tabs_and_line_breaks_are_elements() {
        assert_eq!(
            xml("甲\t乙\n 丙"),
            "<w:r><w:rPr /><w:t xml:space=\"preserve\">甲</w:t><w:tab /><w:t xml:space=\"preserve\">乙</w:t>\
             <w:br w:type=\"textWrapping\" /><w:t xml:space=\"preserve\"> 丙</w:t></w:r>"
        );
    }

    #[test]
    fn shared_signs_are_set_in_the_east_asian_face() {
        assert!(xml("“一张网”").contains("<w:rFonts w:hint=\"eastAsia\" />"));
        assert!(!xml("公开2016年，《办法》").contains("hint"));
    }
}
