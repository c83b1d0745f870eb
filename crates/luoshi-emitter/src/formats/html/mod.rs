//! HTML: the print layout as one page that needs nothing else, for a web site, a screen or a printer; and two periods side by side.
//!
//! Not here: scripts of an attachment's page. It shows what the table says and does nothing.

mod brief;
mod changes;

use std::fmt::Write as _;

use luoshi_model::{Attachment, Findings, Summary};
use luoshi_table::{Cell, Outcome};

use crate::report::brief::Brief;
use crate::report::{self, CellRole, LineRole, Report, ReportCell, measure};
use crate::theme::{Align, Face, TextStyle, Vertical};
use crate::{Comparison, Theme, WriteError, Writer};

const STYLE: &str = include_str!("page.css");

/// The writer of HTML.
pub(crate) struct Html;

impl Writer for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["html", "htm"]
    }

    fn media_type(&self) -> &'static str {
        "text/html; charset=utf-8"
    }

    fn write(&self, attachment: &Attachment, theme: Option<&Theme>) -> Result<Outcome<Vec<u8>>, WriteError> {
        let theme = Theme::or_default(theme);
        let Outcome { value: report, diagnostics } = report::print(attachment, theme);
        Ok(Outcome::new(to_html(&[report], theme).into_bytes(), diagnostics))
    }

    fn write_changes(
        &self,
        comparison: &Comparison<'_>,
        theme: Option<&Theme>,
    ) -> Result<Outcome<Vec<u8>>, WriteError> {
        let page = changes::to_html(comparison, Theme::or_default(theme));
        Ok(Outcome::new(page.into_bytes(), Vec::new()))
    }

    fn write_summary(
        &self,
        summary: &Summary,
        theme: Option<&Theme>,
    ) -> Result<Outcome<Vec<u8>>, WriteError> {
        let theme = Theme::or_default(theme);
        let brief = Brief::new(summary, theme);
        Ok(Outcome::new(brief::to_html(&brief, &summary.title, theme).into_bytes(), brief.diagnostics))
    }

    fn write_findings(
        &self,
        findings: &Findings,
        theme: Option<&Theme>,
    ) -> Result<Outcome<Vec<u8>>, WriteError> {
        let theme = Theme::or_default(theme);
        let (open, accepted) = report::findings(findings, theme);
        let mut diagnostics = open.diagnostics;
        let mut lists = vec![open.value];
        if let Some(accepted) = accepted {
            diagnostics.extend(accepted.diagnostics);
            lists.push(accepted.value);
        }
        Ok(Outcome::new(to_html(&lists, theme).into_bytes(), diagnostics))
    }
}

/// One page of one report or several; its title and looks are the first one's.
fn to_html(reports: &[Report], theme: &Theme) -> String {
    let Some(first) = reports.first() else { return String::new() };
    let mut page = String::new();
    head(&mut page, &first.title);
    page.push_str(&variables(first, theme));
    page.push_str(STYLE);
    page.push_str("</style>\n</head>\n<body>\n");
    reports.iter().for_each(|report| body(&mut page, report));
    page.push_str("</body>\n</html>\n");
    page
}

/// The beginning of a page, up to its style sheet.
fn head(page: &mut String, title: &str) {
    page.push_str("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.push_str("<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
    escape(page, title);
    page.push_str("</title>\n<style>\n");
}

/// The lines and the table of a report.
fn body(page: &mut String, report: &Report) {
    for line in &report.above {
        let (tag, class) = match line.role {
            LineRole::Annex => ("p", "annex"),
            LineRole::Title => ("h1", "title"),
            // An empty line is white space: the title's margin is that.
            LineRole::Blank => continue,
            LineRole::Preamble | LineRole::Guide | LineRole::Postscript => ("p", "preamble"),
        };
        element(page, tag, class, &line.text);
    }
    if report.table.columns() > 0 {
        table(page, report);
    }
    for line in &report.below {
        element(page, "p", "postscript", &line.text);
    }
}

fn element(page: &mut String, tag: &str, class: &str, text: &str) {
    push(page, format_args!("<{tag} class=\"{class}\">"));
    escape(page, text);
    push(page, format_args!("</{tag}>\n"));
}

fn table(page: &mut String, report: &Report) {
    page.push_str("<table>\n<colgroup>");
    // Thousandths of the table's width, so that the sum is the whole.
    for width in report.widths(1000) {
        push(page, format_args!("<col style=\"width:{}.{}%\">", width / 10, width % 10));
    }
    page.push_str("</colgroup>\n<thead>\n");
    for row in 0..report.table.rows() {
        if row == report.header_rows {
            page.push_str("</thead>\n<tbody>\n");
        }
        page.push_str("<tr>");
        for cell in report.table.row(row).filter(|cell| cell.row == row) {
            table_cell(page, report, cell);
        }
        page.push_str("</tr>\n");
    }
    let body = if report.table.rows() > report.header_rows { "</tbody>" } else { "</thead>" };
    page.push_str(body);
    page.push_str("\n</table>\n");
}

fn table_cell(page: &mut String, report: &Report, cell: &Cell<ReportCell>) {
    let tag = if cell.content.role == CellRole::Heading { "th" } else { "td" };
    let column = &report.columns[cell.column as usize];
    let class = match (cell.content.role, column.align) {
        (CellRole::Section, _) => " class=\"section\"",
        (CellRole::Focus, _) => " class=\"focus\"",
        (CellRole::Heading, _) => "",
        (_, Align::Center) => " class=\"center\"",
        (_, Align::Right) => " class=\"right\"",
        (_, Align::Left) => "",
    };
    push(page, format_args!("<{tag}{class}"));
    if cell.row_span > 1 {
        push(page, format_args!(" rowspan=\"{}\"", cell.row_span));
    }
    if cell.column_span > 1 {
        push(page, format_args!(" colspan=\"{}\"", cell.column_span));
    }
    if tag == "td" && column.vertical == Vertical::Top {
        page.push_str(" valign=\"top\"");
    }
    page.push('>');
    for text in &cell.content.paragraphs {
        page.push_str("<p>");
        // An empty paragraph is as high as a line.
        if text.is_empty() {
            page.push_str("<br>")
        } else {
            escape(page, text)
        }
        page.push_str("</p>");
    }
    push(page, format_args!("</{tag}>"));
}

/// The theme as custom properties of the style sheet, and the page, which can't use them.
fn variables(report: &Report, theme: &Theme) -> String {
    let page = &theme.page;
    let mut css = format!(
        "@page {{ size: {}mm {}mm; margin: {}mm {}mm {}mm {}mm; }}\n:root {{\n",
        page.width, page.height, page.top, page.right, page.bottom, page.left
    );
    let title = report.above.iter().find(|line| line.role == LineRole::Title);
    let title_width = title.map_or(0.0, |line| measure::width(&line.text));
    let text = &theme.text;
    let title_size = text.title.size_for(title_width, page.text_width() * 72.0 / 25.4);
    let styles: [(&str, &TextStyle, f64); 8] = [
        ("annex", &text.annex, text.annex.size()),
        ("title", &text.title, title_size),
        ("preamble", &text.preamble, text.preamble.size()),
        ("heading", &text.heading, text.heading.size()),
        ("section", &text.section, text.section.size()),
        ("focus", &text.focus, text.focus.size()),
        ("body", &text.body, text.body.size()),
        ("postscript", &text.postscript, text.postscript.size()),
    ];
    for (name, style, size) in styles {
        push(
            &mut css,
            format_args!("  --{name}: {size}pt/{}pt {};\n", style.line, family(theme.face(style))),
        );
    }
    push(
        &mut css,
        format_args!(
            "  --border: {}pt;\n  --padding: {}mm {}mm;\n}}\n",
            theme.table.border, theme.table.padding_vertical, theme.table.padding
        ),
    );
    css
}

fn family(face: &Face) -> String {
    // The Latin face is left out: first in the list it would set the quotation marks, which Chinese and Latin share.
    let names = std::iter::once(&face.name).chain(&face.alternatives);
    // A name with a quote or an angle bracket is no face; left out, it can't end the string or the style sheet.
    let names = names.filter(|name| !name.contains(['"', '\\', '<', '>', '\n']));
    let mut list: Vec<String> = names.map(|name| format!("\"{name}\"")).collect();
    let generic = if face.generic == "serif" { "serif" } else { "sans-serif" };
    list.push(generic.to_owned());
    list.join(", ")
}

fn escape(page: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => page.push_str("&amp;"),
            '<' => page.push_str("&lt;"),
            '>' => page.push_str("&gt;"),
            '"' => page.push_str("&quot;"),
            '\n' => page.push_str("<br>"),
            c => page.push(c),
        }
    }
}

fn push(page: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = page.write_fmt(text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{answered, attachment, item};

    fn page(attachment: &Attachment) -> String {
        String::from_utf8(Html.write(attachment, None).unwrap().value).unwrap()
    }

    #[test]
    fn merged_cells_are_spans_and_headings_repeat_in_print() {
        let mut attachment = attachment("number status");
        attachment.items = vec![item(1, "1.1", ""), item(2, "1.1", "")];
        attachment.items[0].status = Some(answered(&["一", "", "二\n三"]));
        attachment.items[0].status.as_mut().unwrap().covers = vec!["i1".into(), "i2".into()];
        let page = page(&attachment);
        let expected = "<thead>\n<tr><th><p>number</p></th><th><p>status</p></th></tr>\n</thead>\n<tbody>\n\
            <tr><td class=\"section\" colspan=\"2\"><p>一、改革</p></td></tr>\n\
            <tr><td class=\"focus\" colspan=\"2\"><p>（一）清单</p></td></tr>\n\
            <tr><td class=\"center\"><p>1</p></td>\
            <td rowspan=\"2\"><p>一</p><p><br></p><p>二<br>三</p></td></tr>\n\
            <tr><td class=\"center\"><p>2</p></td></tr>\n";
        assert!(page.contains(expected), "{page}");
    }

    #[test]
    fn text_is_text() {
        let mut attachment = attachment("matter");
        attachment.title = "<script>alert(1)</script>".into();
        attachment.items = vec![item(1, "1.1", "a<b> & \"c\"")];
        let page = page(&attachment);
        assert!(!page.contains("<script") && page.contains("a&lt;b&gt; &amp; &quot;c&quot;"), "{page}");
    }

    #[test]
    fn a_table_of_headings_only_is_closed() {
        let mut attachment = attachment("matter");
        attachment.sections.clear();
        attachment.focuses.clear();
        assert!(page(&attachment).contains("</th></tr>\n</thead>\n</table>"));
    }
}
