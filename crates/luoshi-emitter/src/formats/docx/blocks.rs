//! The blocks of the leaders' report as elements of a document's body: tables, bars drawn of shaded cells, paragraphs. They look like
//! the paragraph of the template that they take the place of.
//!
//! Bars are cells of a table, and no picture: every word processor shows them alike, and their numbers stay text. Not here: the
//! template (template), and what there is to say.

use std::fmt::Write as _;

use luoshi_table::Cell;
use quick_xml::escape::escape;

use crate::report::brief::Block;
use crate::report::{CellRole, Report, ReportCell};
use crate::theme::Align;

/// Fiftieths of a per cent: the unit of a table's width of 100 % (ECMA-376-1 §17.18.90).
const WHOLE: u32 = 5000;

/// Columns of the grid that bars are drawn on.
const STEPS: u32 = 40;

/// Shares of the width: of a bar's name, its step, its number.
const NAME: u32 = 1100;
const STEP: u32 = 80;

/// The colour of bars.
const BAR: &str = "5B7DB1";

const BORDERS: [&str; 6] = ["top", "left", "bottom", "right", "insideH", "insideV"];

/// A block as elements; `paragraph` and `run` are the properties of the paragraph whose place it takes.
pub(crate) fn block(block: &Block, paragraph: &str, run: &str) -> String {
    match block {
        Block::Table(report) => table(report, &styled(paragraph), run),
        Block::Bars(bars) => drawn(bars, &styled(paragraph), run),
        Block::Paragraphs(texts) => texts
            .iter()
            .flat_map(|text| text.lines())
            .map(|line| format!("<w:p>{paragraph}{}</w:p>", text_run(line, run)))
            .collect(),
    }
}

/// The style of a paragraph, without what else its properties say: a cell has an alignment of its own.
fn styled(paragraph: &str) -> String {
    let from = paragraph.find("<w:pStyle ");
    let style = from.and_then(|from| Some(&paragraph[from..from + paragraph[from..].find("/>")? + 2]));
    style.unwrap_or_default().to_owned()
}

fn text_run(text: &str, run: &str) -> String {
    let run = if text.chars().any(super::body::is_ambiguous) { hinted(run) } else { run.to_owned() };
    format!("<w:r>{run}<w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(text))
}

/// Properties of a run that take the signs which Chinese and Western typesetting share from the Chinese face.
fn hinted(run: &str) -> String {
    const HINT: &str = " w:hint=\"eastAsia\"";
    if run.contains("w:hint=") {
        return run.to_owned();
    }
    if let Some(fonts) = run.find("<w:rFonts") {
        let at = fonts + "<w:rFonts".len();
        return [&run[..at], HINT, &run[at..]].concat();
    }
    let fonts = format!("<w:rFonts{HINT}/>");
    match run.strip_prefix("<w:rPr>") {
        Some(rest) => {
            // The style of a run stands first.
            let style =
                rest.starts_with("<w:rStyle").then(|| rest.find("/>")).flatten().map_or(0, |end| end + 2);
            ["<w:rPr>", &rest[..style], &fonts, &rest[style..]].concat()
        }
        None => format!("<w:rPr>{fonts}</w:rPr>"),
    }
}

fn cell(
    width: u32,
    span: u32,
    shade: Option<&str>,
    style: &str,
    align: &str,
    texts: &[String],
    run: &str,
) -> String {
    let span = if span > 1 { format!("<w:gridSpan w:val=\"{span}\"/>") } else { String::new() };
    let shade = shade.map_or_else(String::new, |color| {
        format!("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{color}\"/>")
    });
    let properties = format!("<w:pPr>{style}<w:jc w:val=\"{align}\"/></w:pPr>");
    let mut paragraphs: String = texts
        .iter()
        .flat_map(|text| text.lines())
        .map(|line| format!("<w:p>{properties}{}</w:p>", text_run(line, run)))
        .collect();
    if paragraphs.is_empty() {
        paragraphs = format!("<w:p>{properties}</w:p>");
    }
    format!(
        "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"pct\"/>{span}{shade}<w:vAlign w:val=\"center\"/></w:tcPr>{paragraphs}</w:tc>"
    )
}

fn begin(widths: &[u32], border: Option<u32>) -> String {
    let borders = border.map_or_else(String::new, |size| {
        let side = |side: &str| {
            format!("<w:{side} w:val=\"single\" w:sz=\"{size}\" w:space=\"0\" w:color=\"000000\"/>")
        };
        format!("<w:tblBorders>{}</w:tblBorders>", BORDERS.map(side).concat())
    });
    let padding = if border.is_some() { 60 } else { 0 };
    let margins = format!(
        "<w:tblCellMar><w:left w:w=\"{padding}\" w:type=\"dxa\"/><w:right w:w=\"{padding}\" w:type=\"dxa\"/></w:tblCellMar>"
    );
    let columns: String = widths.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
    format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{WHOLE}\" w:type=\"pct\"/><w:jc w:val=\"center\"/>{borders}<w:tblLayout w:type=\"fixed\"/>\
         {margins}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>"
    )
}

/// A table, and the small gap that keeps it from growing together with another.
fn end() -> &'static str {
    "</w:tbl><w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"160\" w:lineRule=\"exact\"/></w:pPr></w:p>"
}

fn table(report: &Report, style: &str, run: &str) -> String {
    let widths = report.widths(WHOLE);
    // The grid's columns are lengths; the type area of GB/T 9704-2012 is 8844 twips wide.
    let mut xml = begin(&report.widths(8844), Some(4));
    for row in 0..report.table.rows() {
        let header = if row < report.header_rows {
            "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
        } else {
            "<w:trPr><w:cantSplit/></w:trPr>"
        };
        let _ = write!(xml, "<w:tr>{header}");
        for own in report.table.row(row).filter(|own| own.row == row) {
            xml.push_str(&table_cell(report, own, &widths, style, run));
        }
        xml.push_str("</w:tr>");
    }
    xml + end()
}

fn table_cell(report: &Report, own: &Cell<ReportCell>, widths: &[u32], style: &str, run: &str) -> String {
    let columns = own.column as usize..own.columns().end as usize;
    let align = match (own.content.role, report.columns[own.column as usize].align) {
        (CellRole::Heading, _) | (_, Align::Center) => "center",
        (_, Align::Right) => "right",
        (_, Align::Left) => "left",
    };
    let width = widths[columns].iter().sum();
    cell(width, own.column_span, None, style, align, &own.content.paragraphs, run)
}

fn drawn(bars: &[(String, usize)], style: &str, run: &str) -> String {
    let most = bars.iter().map(|(_, length)| *length).max().unwrap_or_default();
    if most == 0 {
        return String::new();
    }
    let number = WHOLE - NAME - STEP * STEPS;
    let mut widths = vec![NAME];
    widths.extend(std::iter::repeat_n(STEP, STEPS as usize));
    widths.push(number);
    let grid: Vec<u32> = widths.iter().map(|width| width * 8844 / WHOLE).collect();
    let mut xml = begin(&grid, None);
    for (name, length) in bars {
        let steps = (*length as u64 * u64::from(STEPS)).div_ceil(most as u64) as u32;
        xml.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        xml.push_str(&cell(NAME, 1, None, style, "left", std::slice::from_ref(name), run));
        if steps > 0 {
            xml.push_str(&cell(STEP * steps, steps, Some(BAR), style, "left", &[], run));
        }
        // The number stands right behind its bar.
        let rest = STEP * (STEPS - steps) + number;
        let text = [format!(" {length}")];
        xml.push_str(&cell(rest, STEPS - steps + 1, None, style, "left", &text, run));
        xml.push_str("</w:tr>");
        // A white line between two bars.
        xml.push_str(&gap());
    }
    xml + end()
}

fn gap() -> String {
    let columns = STEPS + 2;
    format!(
        "<w:tr><w:trPr><w:trHeight w:val=\"80\" w:hRule=\"exact\"/></w:trPr><w:tc><w:tcPr><w:tcW w:w=\"{WHOLE}\" w:type=\"pct\"/>\
         <w:gridSpan w:val=\"{columns}\"/></w:tcPr><w:p><w:pPr><w:spacing w:line=\"40\" w:lineRule=\"exact\"/></w:pPr></w:p></w:tc></w:tr>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hint_stands_where_the_schema_wants_it() {
        let fonts = "<w:rFonts w:hint=\"eastAsia\"/>";
        assert_eq!(hinted(""), format!("<w:rPr>{fonts}</w:rPr>"));
        assert_eq!(
            hinted("<w:rPr><w:rStyle w:val=\"a\"/><w:b/></w:rPr>"),
            format!("<w:rPr><w:rStyle w:val=\"a\"/>{fonts}<w:b/></w:rPr>")
        );
        assert_eq!(
            hinted("<w:rPr><w:rFonts w:ascii=\"a\"/></w:rPr>"),
            "<w:rPr><w:rFonts w:hint=\"eastAsia\" w:ascii=\"a\"/></w:rPr>"
        );
    }

    #[test]
    fn bars_are_as_long_as_their_numbers_say() {
        let xml = drawn(&[("甲".to_owned(), 40), ("乙".to_owned(), 1), ("丙".to_owned(), 0)], "", "");
        assert_eq!(xml.matches(&format!("w:fill=\"{BAR}\"")).count(), 2);
        assert!(
            xml.contains("<w:gridSpan w:val=\"40\"/><w:shd")
                && xml.contains("w:w=\"80\" w:type=\"pct\"/><w:shd")
        );
        assert_eq!(drawn(&[("甲".to_owned(), 0)], "", ""), "");
    }
}
