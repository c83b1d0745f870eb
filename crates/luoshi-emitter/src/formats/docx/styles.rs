//! styles.xml and fontTable.xml from the theme, and the names of the styles.

use std::fmt::Write;

use super::twips;
use crate::report::{CellRole, LineRole, Report, measure};
use crate::theme::{Align, Face, TextStyle, Theme};

const TEMPLATE: &str = include_str!("parts/styles.xml");

/// The table style.
pub(super) const TABLE: &str = "Report";

/// The paragraph that must follow a table at the end of a document.
pub(super) const AFTER_TABLE: &str = "AfterTable";

const CELLS: [(Align, &str, &str); 3] = [
    (Align::Left, "CellLeft", "Cell Left"),
    (Align::Center, "CellCenter", "Cell Center"),
    (Align::Right, "CellRight", "Cell Right"),
];

/// The style of a line outside the table.
pub(super) fn of_line(role: LineRole) -> &'static str {
    match role {
        LineRole::Annex | LineRole::Blank => "Annex",
        LineRole::Title => "Title",
        LineRole::Preamble => "Preamble",
        LineRole::Postscript => "Postscript",
    }
}

/// The style of a cell in a column of this alignment.
pub(super) fn of_cell(role: CellRole, align: Align) -> &'static str {
    match role {
        CellRole::Heading => "ColumnHeading",
        CellRole::Section => "SectionRow",
        CellRole::Focus => "FocusRow",
        CellRole::Number | CellRole::Body => {
            CELLS.iter().find(|(known, ..)| *known == align).map_or(CELLS[0].1, |(_, id, _)| id)
        }
    }
}

/// styles.xml.
pub(super) fn styles(report: &Report, theme: &Theme) -> String {
    let text = &theme.text;
    let body = &text.body;
    let mut styles = String::new();
    let mut add = |id: &str, name: &str, style: &TextStyle, size: f64, align: Align, more: Paragraph| {
        style_xml(&mut styles, theme, id, name, style, size, align, more);
    };
    let plain = Paragraph::default();
    let kept = Paragraph { keep_next: true, ..plain };
    for (id, name, style) in [
        ("Annex", "Annex", &text.annex),
        ("Preamble", "Preamble", &text.preamble),
        ("Postscript", "Postscript", &text.postscript),
    ] {
        add(id, name, style, style.size(), style.align, plain);
    }
    let (title_size, title_shape) = title(report, theme);
    add("Title", "Title", &text.title, title_size, text.title.align, title_shape);
    add("ColumnHeading", "Column Heading", &text.heading, text.heading.size(), text.heading.align, plain);
    add("SectionRow", "Section Row", &text.section, text.section.size(), text.section.align, kept);
    add("FocusRow", "Focus Row", &text.focus, text.focus.size(), text.focus.align, kept);
    for (align, id, name) in CELLS {
        add(id, name, body, body.size(), align, plain);
    }
    // One point high: too small to push an empty page out.
    let tiny = TextStyle { line: 1.0, after: 0.0, ..body.clone() };
    add(AFTER_TABLE, "After Table", &tiny, 1.0, Align::Left, plain);
    // One blank character towards the outer edge (GB/T 9704-2012).
    let number = &text.page_number;
    let outer = (number.size() * 20.0).round() as u32;
    let odd = Paragraph { right: outer, ..plain };
    let even = Paragraph { left: outer, ..plain };
    add("PageNumberOdd", "Page Number Odd", number, number.size(), Align::Right, odd);
    add("PageNumberEven", "Page Number Even", number, number.size(), Align::Left, even);

    let border = (theme.table.border * 8.0).round() as u32;
    TEMPLATE
        .replace("{{fonts}}", &fonts_xml(theme.face(body)))
        .replace("{{size}}", &half_points(body.size()).to_string())
        .replace("{{border}}", &border.max(2).to_string())
        .replace("{{padding-vertical}}", &twips(theme.table.padding_vertical).to_string())
        .replace("{{padding}}", &twips(theme.table.padding).to_string())
        .replace("{{styles}}", &styles)
}

/// The title's size, and its indents where it takes several lines: lines of about the same length instead of a full one and
/// a rest of two characters.
fn title(report: &Report, theme: &Theme) -> (f64, Paragraph) {
    let line = report.above.iter().find(|line| line.role == LineRole::Title);
    let width = line.map_or(0.0, |line| measure::width(&line.text));
    let available = theme.page.text_width() * 72.0 / 25.4;
    let size = theme.text.title.size_for(width, available);
    let lines = (width * size / available).ceil();
    // One character more than an even share, so that rounding doesn't push one onto a further line.
    let spare = available - (width / lines + 1.0) * size;
    let indent = if lines > 1.0 && spare > 0.0 { (spare * 10.0).round() as u32 } else { 0 };
    (size, Paragraph { left: indent, right: indent, ..Paragraph::default() })
}

fn half_points(points: f64) -> u32 {
    (points * 2.0).round() as u32
}

/// What a style says of a paragraph beside its spacing and alignment. Indents in twips.
#[derive(Clone, Copy, Default)]
struct Paragraph {
    keep_next: bool,
    left: u32,
    right: u32,
}

#[allow(clippy::too_many_arguments)]
fn style_xml(
    out: &mut String,
    theme: &Theme,
    id: &str,
    name: &str,
    style: &TextStyle,
    size: f64,
    align: Align,
    more: Paragraph,
) {
    let custom = if id == "Title" { "" } else { " w:customStyle=\"1\"" };
    let keep = if more.keep_next { "<w:keepNext/>" } else { "" };
    let indent = match (more.left, more.right) {
        (0, 0) => String::new(),
        (left, right) => format!("<w:ind w:left=\"{left}\" w:right=\"{right}\"/>"),
    };
    let align = match align {
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
    };
    let (after, line) = ((style.after * 20.0).round(), (style.line * 20.0).round());
    // Writing to a string cannot fail.
    let _ = write!(
        out,
        "  <w:style w:type=\"paragraph\"{custom} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>\
         <w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr>{keep}\
         <w:spacing w:before=\"0\" w:after=\"{after}\" w:line=\"{line}\" w:lineRule=\"exact\"/>{indent}\
         <w:jc w:val=\"{align}\"/></w:pPr><w:rPr>{}<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr>\
         </w:style>\n",
        fonts_xml(theme.face(style)),
        size = half_points(size),
    );
}

/// Faces by name, never by theme: a theme font overrides the East Asian name.
fn fonts_xml(face: &Face) -> String {
    let (name, latin) = (escape(&face.name), escape(&face.latin));
    format!("<w:rFonts w:ascii=\"{latin}\" w:hAnsi=\"{latin}\" w:eastAsia=\"{name}\" w:cs=\"{latin}\"/>")
}

/// fontTable.xml: each face with the faces that may stand in for it (ECMA-376-1 §17.8.3.1: a list with commas).
pub(super) fn font_table(theme: &Theme) -> String {
    let mut fonts = String::new();
    let mut seen: Vec<&str> = Vec::new();
    for face in theme.faces.values() {
        let family = if face.generic == "serif" { "roman" } else { "swiss" };
        let alternatives = face.alternatives.join(",");
        let named = if alternatives.is_empty() {
            String::new()
        } else {
            format!("<w:altName w:val=\"{}\"/>", escape(&alternatives))
        };
        for (name, named, charset, pitch) in
            [(&face.name, named.as_str(), "86", "default"), (&face.latin, "", "00", "variable")]
        {
            let is_face = theme.faces.values().any(|face| face.name == *name);
            if seen.contains(&name.as_str()) || (charset == "00" && is_face) {
                continue;
            }
            seen.push(name);
            let name = escape(name);
            let _ = write!(
                fonts,
                "<w:font w:name=\"{name}\">{named}<w:charset w:val=\"{charset}\"/><w:family w:val=\"{family}\"/>\
                 <w:pitch w:val=\"{pitch}\"/></w:font>"
            );
        }
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <w:fonts xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">{fonts}</w:fonts>\n"
    )
}

fn escape(text: &str) -> std::borrow::Cow<'_, str> {
    quick_xml::escape::escape(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{self, fixture};

    fn title_of(characters: usize) -> (f64, u32) {
        let mut attachment = fixture::attachment("matter");
        attachment.title = "表".repeat(characters);
        let theme = Theme::default();
        let (size, shape) = title(&report::print(&attachment, &theme).value, &theme);
        (size, shape.left)
    }

    #[test]
    fn a_title_of_several_lines_is_set_in_lines_of_one_length() {
        // The type area is 637.8 pt: 28 characters of 22 pt fit, 39 of 16 pt do.
        assert_eq!(title_of(28), (22.0, 0));
        assert_eq!(title_of(39), (16.0, 0));
        // 42 make two lines of 21; 637.8 - 22 x 16 is 285.8 pt to spare, half of it on each side: 2858 twips.
        assert_eq!(title_of(42), (16.0, 2858));
    }
}
