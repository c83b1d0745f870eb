//! The paragraphs and the table of document.xml, built with docx-rs.
//!
//! Looks are named, not spelled out: each paragraph has a style and nothing else, so a clerk changes the body face of a finished
//! document in one place. Every object is built from its fields where docx-rs lets us: its constructors number paragraphs
//! from a counter of the thread.

use docx_rs::{
    BreakType, BuildXML, Document, HeightRule, Paragraph, ParagraphChild, ParagraphProperty, Run, RunFonts,
    Table, TableCell, TableCellContent, TableRow, VAlignType, VMergeType, WidthType,
};
use luoshi_table::{Cell, Slot};

use super::breaks::Breaks;
use super::{styles, twips};
use crate::report::{CellRole, Line, Report, ReportCell};
use crate::theme::{Theme, Vertical};

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
    let breaks = Breaks::new(report, theme);
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
            let style = styles::of_cell(cell.content.role, report.columns[column as usize].align);
            let shown = if cell.row == row { cell.content.paragraphs.as_slice() } else { &[] };
            let built = table_cell(shown, style, breaks.keep_next[row as usize])
                .width(width, WidthType::Dxa)
                .vertical_align(vertical(cell, report, &breaks));
            let built = if cell.column_span > 1 { built.grid_span(cell.column_span as usize) } else { built };
            cells.push(match merge {
                Some(merge) => built.vertical_merge(merge),
                None => built,
            });
            column = columns.end;
        }
        let mut built = TableRow::new(cells);
        if breaks.whole[row as usize] {
            built = built.cant_split();
        }
        match breaks.least[row as usize] {
            Some(points) => built.row_height((points * 20.0).round() as f32).height_rule(HeightRule::AtLeast),
            None => built,
        }
    });
    Table::new(rows.collect()).set_grid(widths)
}

/// A cell with a paragraph per text, and one where there is no text: the schema wants one.
fn table_cell(texts: &[String], style: &str, keep_next: bool) -> TableCell {
    let build = |text: &str| {
        let mut built = paragraph(style, text);
        built.property.keep_next = keep_next.then_some(true);
        TableCellContent::Paragraph(Box::new(built))
    };
    let children =
        if texts.is_empty() { vec![build("")] } else { texts.iter().map(|text| build(text)).collect() };
    TableCell { children, has_numbering: false, ..TableCell::new() }
}

fn vertical(cell: &Cell<ReportCell>, report: &Report, breaks: &Breaks) -> VAlignType {
    let column = cell.column as usize;
    let tall = cell.row_span > 1 && breaks.top[column];
    match cell.content.role {
        CellRole::Number | CellRole::Body if tall || report.columns[column].vertical == Vertical::Top => {
            VAlignType::Top
        }
        _ => VAlignType::Center,
    }
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
