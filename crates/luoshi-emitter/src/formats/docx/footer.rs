//! The page number (GB/T 9704-2012 §7.5 and §8): at the foot, towards the outer edge; or along the left edge of a turned page, where the
//! upright pages have it: at the lower end on odd pages, at the upper end on even ones, the text turned with the sheet.
//!
//! A turned number is a cell whose text runs downwards, in a table at a fixed place of the page: a text box is placed differently by
//! different programs. Not here: the looks of the number (styles).

use super::twips;
use crate::theme::{Label, Page, PageNumber, Wording};

/// From the type area to the number, in millimetres.
const DISTANCE: f64 = 7.0;

/// Room for a turned number: width and length in twips.
const ROOM: (u32, u32) = (400, 2400);

/// Which pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Odd,
    Even,
}

/// The part of a footer.
pub(super) fn footer(side: Side, page: &Page, wording: &Wording) -> String {
    let style = match side {
        Side::Odd => "PageNumberOdd",
        Side::Even => "PageNumberEven",
    };
    let paragraph =
        |content: &str| format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{content}</w:p>");
    let number = paragraph(&field(wording));
    let content = match page.number {
        PageNumber::Foot => number,
        // A footer ends with a paragraph.
        PageNumber::Edge => turned(side, page, &number) + &paragraph(""),
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <w:ftr xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">{content}</w:ftr>\n"
    )
}

fn field(wording: &Wording) -> String {
    let (before, after) = wording.around(Label::PageNumber);
    let text = |text: &str| {
        let text = quick_xml::escape::escape(text);
        format!(
            "<w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>"
        )
    };
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    [
        text(before),
        mark("begin"),
        "<w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>".to_owned(),
        mark("separate"),
        "<w:r><w:t>1</w:t></w:r>".to_owned(),
        mark("end"),
        text(after),
    ]
    .concat()
}

fn turned(side: Side, page: &Page, number: &str) -> String {
    let (width, length) = ROOM;
    let x = twips(page.left - DISTANCE).saturating_sub(width);
    let y = match side {
        Side::Odd => twips(page.height - page.bottom).saturating_sub(length),
        Side::Even => twips(page.top),
    };
    format!(
        "<w:tbl><w:tblPr><w:tblpPr w:vertAnchor=\"page\" w:horzAnchor=\"page\" w:tblpX=\"{x}\" w:tblpY=\"{y}\"/>\
         <w:tblOverlap w:val=\"never\"/><w:tblW w:w=\"{width}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/>\
         <w:tblCellMar><w:left w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr>\
         <w:tblGrid><w:gridCol w:w=\"{width}\"/></w:tblGrid><w:tr><w:trPr><w:trHeight w:val=\"{length}\" w:hRule=\"exact\"/></w:trPr>\
         <w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/><w:textDirection w:val=\"tbRl\"/><w:vAlign w:val=\"center\"/></w:tcPr>\
         {number}</w:tc></w:tr></w:tbl>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Theme;

    #[test]
    fn a_turned_number_stands_where_the_upright_pages_have_it() {
        let Theme { page, wording, .. } = Theme::default();
        let (odd, even) = (footer(Side::Odd, &page, &wording), footer(Side::Even, &page, &wording));
        // Left margin 35 mm less 7 mm is 1587 twips, less the cell's 400; the type area ends at 210 - 26 = 184 mm, 10 431 twips,
        // and begins at 28 mm, 1587.
        assert!(odd.contains("w:tblpX=\"1187\" w:tblpY=\"8031\"") && odd.contains("tbRl"), "{odd}");
        assert!(even.contains("w:tblpX=\"1187\" w:tblpY=\"1587\""), "{even}");
        let foot = footer(Side::Odd, &Page { number: PageNumber::Foot, ..page }, &wording);
        assert!(!foot.contains("<w:tbl>") && foot.contains(" PAGE "));
    }
}
