//! document.xml: its paragraphs and rows built with docx-rs one by one, the frame around them written here.
//!
//! Not here: what a document with tracked changes has beside (tracked).
//!
//! Looks are named, not spelled out: each paragraph has a style and nothing else, so a clerk changes the body face of a finished
//! document in one place.
//!
//! The frame is written here because docx-rs sets the children of `w:tblPr` and `w:sectPr` against the order of the schema and
//! types its grid columns. Built row by row the tree of one row is all that is ever held: the whole table at once took
//! 190 MB for 5 000 rows.

use docx_rs::{
    BreakType, BuildXML, HeightRule, Paragraph, ParagraphChild, ParagraphProperty, Run, RunFonts, TableCell,
    TableCellContent, TableRow, VAlignType, VMergeType, WidthType,
};
use luoshi_table::Cell;

use super::breaks::Breaks;
use super::{form, repair, styles, twips};
use crate::report::{CellRole, Line, Report, ReportCell};
use crate::theme::{Page, Theme, Vertical};

pub(super) const START: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:body>";

/// document.xml.
pub(super) fn document(report: &Report, theme: &Theme) -> Vec<u8> {
    let mut xml = Vec::new();
    xml.extend_from_slice(START.as_bytes());
    let line = |xml: &mut Vec<u8>, line: &Line| {
        repair::append(xml, &paragraph(styles::of_line(line.role), &line.text).build(), false);
    };
    report.above.iter().for_each(|above| line(&mut xml, above));
    if report.table.columns() > 0 {
        table(&mut xml, report, theme);
        if report.below.is_empty() {
            // A table can't be the last thing in a document; the paragraph that must follow it is as small as can be.
            repair::append(&mut xml, &paragraph(styles::AFTER_TABLE, "").build(), false);
        }
    }
    report.below.iter().for_each(|below| line(&mut xml, below));
    end(&mut xml, &theme.page);
    xml
}

/// The end of the document, with its page.
pub(super) fn end(xml: &mut Vec<u8>, page: &Page) {
    xml.extend_from_slice(section_properties(page).as_bytes());
    xml.extend_from_slice(b"</w:body></w:document>");
}

pub(super) fn paragraph(style: &str, text: &str) -> Paragraph {
    let run = || ParagraphChild::Run(Box::new(run(text, Run::add_text)));
    paragraph_of(style, if text.is_empty() { Vec::new() } else { vec![run()] })
}

/// Built from its fields: the constructor numbers paragraphs from a counter of the thread.
pub(super) fn paragraph_of(style: &str, children: Vec<ParagraphChild>) -> Paragraph {
    Paragraph {
        id: String::new(),
        children,
        property: ParagraphProperty::new().style(style),
        has_numbering: false,
    }
}

/// A run; `add` puts a piece of its text in, as text or as text that was deleted.
pub(super) fn run(text: &str, add: fn(Run, String) -> Run) -> Run {
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
                run = add(run, piece.to_owned());
            }
        }
    }
    run
}

/// Whether Word takes the character from the Latin face unless told otherwise: quotation marks, the ellipsis, dashes, circled
/// digits and other signs that Chinese and Western typesetting share (ECMA-376-1 §17.3.2.26).
pub(super) fn is_ambiguous(c: char) -> bool {
    matches!(c, '\u{A1}'..='\u{2E7F}')
}

fn table(xml: &mut Vec<u8>, report: &Report, theme: &Theme) {
    let widths = begin_table(xml, report, theme);
    let breaks = Breaks::new(report, theme);
    let mut ids = form::Ids::default();
    for row in 0..report.table.rows() {
        let built = table_row(report, row, &widths, &breaks, plain).build();
        match report.row_mark(row) {
            None => repair::append(xml, &built, row < report.header_rows),
            Some(_) => {
                let mut repaired = Vec::new();
                repair::append(&mut repaired, &built, false);
                let built = String::from_utf8_lossy(&repaired);
                xml.extend_from_slice(form::row(&built, report, row, &mut ids).as_bytes());
            }
        }
    }
    xml.extend_from_slice(b"</w:tbl>");
}

/// What a table has before its rows. The columns' widths come back, in twips.
pub(super) fn begin_table(xml: &mut Vec<u8>, report: &Report, theme: &Theme) -> Vec<u32> {
    let total = twips(theme.page.text_width());
    let widths = report.widths(total);
    let columns: String = widths.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
    let start = format!(
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"{}\"/><w:tblW w:w=\"{total}\" w:type=\"dxa\"/>\
         <w:jc w:val=\"center\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>",
        styles::TABLE
    );
    xml.extend_from_slice(start.as_bytes());
    widths
}

/// The paragraphs of a cell as it stands, in a style.
fn plain(cell: Option<&Cell<ReportCell>>, style: &str) -> Vec<Paragraph> {
    let texts = cell.map_or(&[][..], |cell| &cell.content.paragraphs);
    texts.iter().map(|text| paragraph(style, text)).collect()
}

/// A row; `says` has the paragraphs of each of its cells, none being given for one that goes on from the row above.
pub(super) fn table_row(
    report: &Report,
    row: u32,
    widths: &[u32],
    breaks: &Breaks,
    says: impl Fn(Option<&Cell<ReportCell>>, &str) -> Vec<Paragraph>,
) -> TableRow {
    let cells = report.table.row(row).map(|cell| {
        let columns = cell.column as usize..cell.columns().end as usize;
        let width: u32 = widths[columns].iter().sum();
        let begins = cell.row == row;
        let style = styles::of_cell(cell.content.role, report.columns[cell.column as usize].align);
        let mut shown = says(begins.then_some(cell), style);
        if shown.is_empty() {
            // The schema wants one.
            shown.push(paragraph(style, ""));
        }
        let mut built = table_cell(shown, breaks.keep_next[row as usize])
            .width(width as usize, WidthType::Dxa)
            .vertical_align(vertical(cell, report, breaks));
        if cell.column_span > 1 {
            built = built.grid_span(cell.column_span as usize);
        }
        if cell.row_span > 1 {
            built = built.vertical_merge(if begins { VMergeType::Restart } else { VMergeType::Continue });
        }
        built
    });
    let mut built = TableRow::new(cells.collect());
    if breaks.whole[row as usize] {
        built = built.cant_split();
    }
    match breaks.least[row as usize] {
        Some(points) => built.row_height((points * 20.0).round() as f32).height_rule(HeightRule::AtLeast),
        None => built,
    }
}

fn table_cell(paragraphs: Vec<Paragraph>, keep_next: bool) -> TableCell {
    let build = |mut paragraph: Paragraph| {
        paragraph.property.keep_next = keep_next.then_some(true);
        TableCellContent::Paragraph(Box::new(paragraph))
    };
    let children = paragraphs.into_iter().map(build).collect();
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

fn section_properties(page: &Page) -> String {
    let orientation = if page.width > page.height { " w:orient=\"landscape\"" } else { "" };
    format!(
        "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId4\"/>\
         <w:footerReference w:type=\"even\" r:id=\"rId5\"/>\
         <w:pgSz w:w=\"{}\" w:h=\"{}\"{orientation}/>\
         <w:pgMar w:top=\"{}\" w:right=\"{}\" w:bottom=\"{}\" w:left=\"{}\" w:header=\"{}\" w:footer=\"{}\" \
         w:gutter=\"0\"/></w:sectPr>",
        twips(page.width),
        twips(page.height),
        twips(page.top),
        twips(page.right),
        twips(page.bottom),
        twips(page.left),
        twips(page.footer),
        twips(page.footer),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn xml(text: &str) -> String {
        String::from_utf8(run(text, Run::add_text).build()).unwrap()
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
