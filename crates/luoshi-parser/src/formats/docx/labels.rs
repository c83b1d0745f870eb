//! What styles and lists give to a paragraph: its number, and whether its text is hidden. The parts that say so are read
//! when the first paragraph asks, and what is wrong with them is reported once.

use std::collections::BTreeSet;

use luoshi_table::Locator;

use super::numbering;
use super::paragraph::Paragraph;
use super::parts::{Kind, Parts, unreadable};
use super::styles::{DEFAULT, Looks, Style, Styles};
use crate::ReadError;
use crate::formats::word::findings::Findings;
use crate::formats::word::numbering::Numbering;
use crate::package::Enough;

/// How much of the styles part is read at first.
const STYLES_FRONT: u64 = 48 << 10;

/// A part that is read when it is first asked for.
#[derive(Default)]
enum Lazy<T> {
    #[default]
    Unread,
    Absent,
    Ready(T),
}

/// The styles and lists of a document.
#[derive(Default)]
pub(super) struct Labels {
    styles: Lazy<Styles>,
    numbering: Lazy<Numbering>,
    /// Lists that paragraphs name and no part defines, each reported once.
    undefined: BTreeSet<i64>,
}

/// What the default paragraph style and the document's defaults say.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Defaults {
    /// What the default style says of its text.
    pub(super) looks: Looks,
    /// It numbers its paragraphs.
    pub(super) numbers: bool,
    /// The document hides every text that does not say otherwise itself.
    pub(super) document_hides: bool,
}

/// What became of a paragraph's number.
pub(super) enum Numbered {
    /// It has none.
    Unnumbered,
    /// It shows this, with what stands between it and the text where there is text.
    Shows(Box<str>),
    /// It belongs to a list that is not defined; said once for each list.
    Undefined(i64),
}

impl Labels {
    /// What a paragraph has that names no style. A document may do without styles.
    pub(super) fn defaults(&mut self, parts: &mut Parts<'_>, findings: &mut Findings) -> Defaults {
        if !parts.leads_to(Kind::Styles) {
            return Defaults::default();
        }
        let style = style(&mut self.styles, DEFAULT, parts, findings);
        let (looks, numbers) =
            style.map_or_else(Default::default, |style| (style.looks, style.list.is_some()));
        let document_hides = matches!(&self.styles, Lazy::Ready(styles) if styles.document_hides());
        Defaults { looks, numbers, document_hides }
    }

    /// What a style says; `None` where that cannot matter.
    pub(super) fn style(
        &mut self,
        id: &str,
        parts: &mut Parts<'_>,
        findings: &mut Findings,
    ) -> Option<&Style> {
        style(&mut self.styles, id, parts, findings)
    }

    /// The number of a paragraph. Each call counts.
    pub(super) fn number(
        &mut self,
        paragraph: &Paragraph,
        parts: &mut Parts<'_>,
        findings: &mut Findings,
    ) -> Numbered {
        let style = paragraph.style.as_deref().and_then(|id| style(&mut self.styles, id, parts, findings));
        let list = paragraph.list.or(style.and_then(|style| style.list)).filter(|&list| list != 0);
        let Some(list) = list else { return Numbered::Unnumbered };
        if matches!(self.numbering, Lazy::Unread) {
            self.numbering = read(Kind::Numbering, parts, findings, numbering::read);
        }
        let Lazy::Ready(numbering) = &mut self.numbering else { return Numbered::Unnumbered };
        for unknown in numbering.take_unknown_formats() {
            findings.add(unknown);
        }
        if !numbering.has(list) {
            return match self.undefined.insert(list) {
                true => Numbered::Undefined(list),
                false => Numbered::Unnumbered,
            };
        }
        // A level of the paragraph's own stands before all; a list of its own begins at the first.
        let of_style = match (style, paragraph.list) {
            (Some(style), None) => numbering.level_of_style(list, &style.chain).or(style.level),
            _ => None,
        };
        match numbering.count(list, paragraph.level.or(of_style).unwrap_or(0)) {
            None => Numbered::Unnumbered,
            Some(mut label) => {
                if !paragraph.text.is_empty() {
                    label.text.push_str(label.suffix);
                }
                Numbered::Shows(label.text.into())
            }
        }
    }
}

/// A style by its id. The front of the part is read first: the styles that documents name stand there, the default one before
/// all, and inflating all of the part costs as much as reading a small document.
fn style<'s>(
    styles: &'s mut Lazy<Styles>,
    id: &str,
    parts: &mut Parts<'_>,
    findings: &mut Findings,
) -> Option<&'s Style> {
    let has = |styles: &mut Lazy<Styles>| match styles {
        Lazy::Ready(styles) => styles.prepare(id).unwrap_or(false),
        Lazy::Absent => true,
        Lazy::Unread => false,
    };
    let front = |parts: &mut Parts<'_>, enough: Option<Enough<'_>>| {
        let read = parts.related_start(Kind::Styles, STYLES_FRONT, enough);
        read.ok().and_then(|(xml, place)| Styles::front(xml, place).ok()).map_or(Lazy::Unread, Lazy::Ready)
    };
    if matches!(styles, Lazy::Unread) {
        let enough: Enough<'_> = &Styles::holds_default;
        *styles = front(parts, (id == DEFAULT).then_some(enough));
    }
    let mut is_enough = has(styles);
    if !is_enough && matches!(styles, Lazy::Ready(styles) if (styles.length() as u64) < STYLES_FRONT) {
        *styles = front(parts, None);
        is_enough = has(styles);
    }
    if !is_enough {
        *styles = read(Kind::Styles, parts, findings, Styles::whole);
        if let Lazy::Ready(whole) = styles
            && let Err(error) = whole.prepare(id)
        {
            findings.add(unreadable(&error));
            *styles = Lazy::Absent;
        }
    }
    match styles {
        Lazy::Ready(styles) => styles.get(id),
        _ => None,
    }
}

fn read<T>(
    kind: Kind,
    parts: &mut Parts<'_>,
    findings: &mut Findings,
    parse: impl FnOnce(Vec<u8>, Locator) -> Result<Option<T>, ReadError>,
) -> Lazy<T> {
    let parsed = parts
        .related(kind)
        .and_then(|(bytes, place)| parse(bytes, place).map_err(|error| unreadable(&error)));
    match parsed {
        Ok(Some(value)) => Lazy::Ready(value),
        Ok(None) => Lazy::Absent,
        Err(finding) => {
            findings.add(finding);
            Lazy::Absent
        }
    }
}
