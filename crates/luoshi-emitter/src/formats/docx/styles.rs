//! styles.xml and fontTable.xml from the theme, and the names of the styles.

use std::fmt::Write;

use super::twips;
use crate::report::brief::BriefStyle;
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
        LineRole::Guide | LineRole::Postscript => "Postscript",
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

/// The style of a line of the leaders' report.
pub(super) fn of_brief(style: BriefStyle) -> &'static str {
    match style {
        BriefStyle::Title => "Title",
        BriefStyle::Heading => "Heading1",
        BriefStyle::Body => "ReportBody",
        BriefStyle::Table => "ReportTable",
    }
}

/// styles.xml of the leaders' report.
pub(super) fn brief(theme: &Theme) -> String {
    let brief = &theme.brief;
    let style = |style: BriefStyle| {
        let id = of_brief(style);
        match style {
            BriefStyle::Title => Style::new(id, "Title", &brief.title),
            BriefStyle::Heading => Style {
                keep_next: true,
                outline: true,
                first_line: true,
                ..Style::new(id, "heading 1", &brief.heading)
            },
            BriefStyle::Body => Style { first_line: true, ..Style::new(id, "Report Body", &brief.body) },
            BriefStyle::Table => Style::new(id, "Report Table", &brief.table),
        }
    };
    let mut styles: Vec<Style<'_>> = BriefStyle::ALL.map(style).into();
    styles.extend(page_numbers(theme));
    sheet(&styles, &brief.body, theme)
}

/// The page numbers: one blank character towards the outer edge (GB/T 9704-2012).
fn page_numbers(theme: &Theme) -> [Style<'_>; 2] {
    let text = &theme.text;
    let outer = (text.page_number.size() * 20.0).round() as u32;
    [
        Style {
            align: Align::Right,
            right: outer,
            ..Style::new("PageNumberOdd", "Page Number Odd", &text.page_number)
        },
        Style {
            align: Align::Left,
            left: outer,
            ..Style::new("PageNumberEven", "Page Number Even", &text.page_number)
        },
    ]
}

/// The part with these styles; `body` is what a paragraph without one has.
fn sheet(styles: &[Style<'_>], body: &TextStyle, theme: &Theme) -> String {
    let styles: String = styles.iter().map(|style| style.xml(theme)).collect();
    let border = (theme.table.border * 8.0).round() as u32;
    TEMPLATE
        .replace("{{fonts}}", &fonts_xml(theme.face(body)))
        .replace("{{size}}", &half_points(body.size()).to_string())
        .replace("{{border}}", &border.max(2).to_string())
        .replace("{{padding-vertical}}", &twips(theme.table.padding_vertical).to_string())
        .replace("{{padding}}", &twips(theme.table.padding).to_string())
        .replace("{{styles}}", &styles)
}

/// styles.xml.
pub(super) fn styles(report: &Report, theme: &Theme) -> String {
    let text = &theme.text;
    let body = &text.body;
    let tiny = TextStyle { sizes: vec![1.0], line: 1.0, after: 0.0, ..body.clone() };
    let mut styles = vec![
        Style::new("Annex", "Annex", &text.annex),
        title(report, theme),
        Style::new("Preamble", "Preamble", &text.preamble),
        Style::new("ColumnHeading", "Column Heading", &text.heading),
        Style { keep_next: true, ..Style::new("SectionRow", "Section Row", &text.section) },
        Style { keep_next: true, ..Style::new("FocusRow", "Focus Row", &text.focus) },
        Style::new("Postscript", "Postscript", &text.postscript),
        // One point high: too small to push an empty page out.
        Style::new(AFTER_TABLE, "After Table", &tiny),
    ];
    styles.extend(page_numbers(theme));
    styles.extend(CELLS.map(|(align, id, name)| Style { align, ..Style::new(id, name, body) }));
    sheet(&styles, body, theme)
}

/// The title in the largest size that fits. Where it takes several lines, indents make them about the same length instead of a
/// full one and a rest of two characters.
fn title<'a>(report: &Report, theme: &'a Theme) -> Style<'a> {
    let line = report.above.iter().find(|line| line.role == LineRole::Title);
    // One character more: the blank that Word puts between Chinese and digits, and rounding.
    let width = line.map_or(0.0, |line| measure::width(&line.text)) + 1.0;
    let available = theme.page.text_width() * 72.0 / 25.4;
    let size = theme.text.title.size_for(width, available);
    let lines = (width * size / available).ceil();
    let spare = available - (width / lines + 1.0) * size;
    let indent = if lines > 1.0 && spare > 0.0 { (spare * 10.0).round() as u32 } else { 0 };
    Style { size, left: indent, right: indent, ..Style::new("Title", "Title", &theme.text.title) }
}

fn half_points(points: f64) -> u32 {
    (points * 2.0).round() as u32
}

/// A paragraph style. Size in points, indents in twips.
struct Style<'a> {
    id: &'static str,
    name: &'static str,
    text: &'a TextStyle,
    size: f64,
    align: Align,
    keep_next: bool,
    left: u32,
    right: u32,
    /// Two characters at the beginning of a paragraph (GB/T 9704-2012).
    first_line: bool,
    /// A heading of the first level, for the outline.
    outline: bool,
}

impl<'a> Style<'a> {
    fn new(id: &'static str, name: &'static str, text: &'a TextStyle) -> Self {
        Self {
            id,
            name,
            text,
            size: text.size(),
            align: text.align,
            keep_next: false,
            left: 0,
            right: 0,
            first_line: false,
            outline: false,
        }
    }

    fn xml(&self, theme: &Theme) -> String {
        let Self { id, name, text, left, right, .. } = self;
        // These are Word's own.
        let custom = if matches!(*id, "Title" | "Heading1") { "" } else { " w:customStyle=\"1\"" };
        let keep = if self.keep_next { "<w:keepNext/>" } else { "" };
        let indent = if self.first_line {
            let twips = half_points(self.size) * 20;
            format!("<w:ind w:firstLineChars=\"200\" w:firstLine=\"{twips}\"/>")
        } else if left + right == 0 {
            String::new()
        } else {
            format!("<w:ind w:left=\"{left}\" w:right=\"{right}\"/>")
        };
        let align = match self.align {
            Align::Left => "left",
            Align::Center => "center",
            Align::Right => "right",
        };
        let outline = if self.outline { "<w:outlineLvl w:val=\"0\"/>" } else { "" };
        let (after, line) = ((text.after * 20.0).round(), (text.line * 20.0).round());
        format!(
            "  <w:style w:type=\"paragraph\"{custom} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>\
             <w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr>{keep}\
             <w:spacing w:before=\"0\" w:after=\"{after}\" w:line=\"{line}\" w:lineRule=\"exact\"/>{indent}\
             <w:jc w:val=\"{align}\"/>{outline}</w:pPr><w:rPr>{}<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr>\
             </w:style>\n",
            fonts_xml(theme.face(text)),
            size = half_points(self.size),
        )
    }
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
        let style = title(&report::print(&attachment, &theme).value, &theme);
        (style.size, style.left)
    }

    #[test]
    fn a_title_of_several_lines_is_set_in_lines_of_one_length() {
        // The type area is 637.8 pt: 28 characters of 22 pt, 35 of 18 pt or 39 of 16 pt, one of them kept free.
        assert_eq!(title_of(27), (22.0, 0));
        assert_eq!(title_of(28), (18.0, 0));
        assert_eq!(title_of(38), (16.0, 0));
        // 41 and the free one make two lines of 21; 637.8 - 22 x 16 is 285.8 pt to spare, half on each side: 2858 twips.
        assert_eq!(title_of(41), (16.0, 2858));
    }
}
