//! The leaders' report as one page: text, tables, and bars that need no script.
//!
//! Not here: an office's own template, which is a document.

use super::{STYLE, element, escape, family, head, push, table};
use crate::report::brief::{Block, Brief, BriefStyle, Shown};
use crate::theme::{TextStyle, Theme};

const BRIEF_STYLE: &str = include_str!("brief.css");

pub(super) fn to_html(brief: &Brief, title: &str, theme: &Theme) -> String {
    let mut page = String::new();
    head(&mut page, title);
    page.push_str(&variables(theme));
    page.push_str(STYLE);
    page.push_str(BRIEF_STYLE);
    page.push_str("</style>\n</head>\n<body>\n");
    for line in brief.shown() {
        match line {
            Shown::Text(BriefStyle::Title, text) => element(&mut page, "h1", "title", &text),
            Shown::Text(BriefStyle::Heading, text) => element(&mut page, "h2", "section", &text),
            Shown::Text(_, text) => element(&mut page, "p", "text", &text),
            Shown::Block(Block::Table(report)) => table(&mut page, report),
            Shown::Block(Block::Bars(drawn)) => bars(&mut page, drawn),
            Shown::Block(Block::Paragraphs(texts)) => {
                texts.iter().for_each(|text| element(&mut page, "p", "text", text));
            }
        }
    }
    page.push_str("</body>\n</html>\n");
    page
}

fn bars(page: &mut String, bars: &[(String, usize)]) {
    let most = bars.iter().map(|(_, length)| *length).max().unwrap_or_default().max(1);
    page.push_str("<dl class=\"bars\">\n");
    for (name, length) in bars {
        page.push_str("<dt>");
        escape(page, name);
        // Tenths of a per cent of the longest one; its number stands behind it.
        let share = length * 850 / most;
        push(
            page,
            format_args!(
                "</dt><dd><span style=\"width:{}.{}%\"></span>{length}</dd>\n",
                share / 10,
                share % 10
            ),
        );
    }
    page.push_str("</dl>\n");
}

fn variables(theme: &Theme) -> String {
    let (brief, text) = (&theme.brief, &theme.text);
    let page = &brief.page;
    let mut css = format!(
        "@page {{ size: {}mm {}mm; margin: {}mm {}mm {}mm {}mm; }}\n:root {{\n",
        page.width, page.height, page.top, page.right, page.bottom, page.left
    );
    let styles: [(&str, &TextStyle); 5] = [
        ("title", &brief.title),
        ("section", &brief.heading),
        ("text", &brief.body),
        ("heading", &text.heading),
        ("body", &brief.table),
    ];
    for (name, style) in styles {
        let face = family(theme.face(style));
        push(&mut css, format_args!("  --{name}: {}pt/{}pt {face};\n", style.size(), style.line));
    }
    let table = &theme.table;
    push(
        &mut css,
        format_args!(
            "  --border: {}pt;\n  --padding: {}mm {}mm;\n}}\n",
            table.border, table.padding_vertical, table.padding
        ),
    );
    css
}
