//! Which markup a text is: a web page or a piece of one, a message with one, or XML of a known kind.
//!
//! The beginning is looked at, whatever its encoding, since marks are ASCII; for the root of XML all of it. Not here: what is no markup.

use memchr::memmem;

use super::{Found, HEAD_BYTES, Kind, formats};
use encoding_rs::Encoding;

/// What an OpenDocument package or file says of itself where it is a text, a template of one, or several texts in one.
pub(super) const ODF_TEXT: &str = "application/vnd.oasis.opendocument.text";

/// Namespaces near the start of XML, in lower case. One program opens two of them.
const NAMESPACES: &[(&str, Found)] = &[
    (formats::flat_opc::NAMESPACE, Ok(Kind::FlatDocx)),
    (formats::wordml2003::NAMESPACE, Ok(Kind::WordMl2003)),
    (formats::SPREADSHEETML_2003, Ok(Kind::SpreadsheetMl2003)),
];

/// The elements that XML which is a page is in.
const ROOTS: &[&str] = &["html", "head", "body", "table", "div"];

/// Elements that a page may begin with where it lacks the outer ones.
const PAGE_ELEMENTS: &[&str] = &[
    "head", "body", "meta", "title", "style", "script", "link", "div", "center", "tr", "td", "th", "tbody",
    "thead", "h1", "h2", "h3", "form",
];

/// Elements within a line, which a cell of delimited text may begin with as well.
const INLINE: &[&str] = &[
    "p", "b", "i", "u", "a", "s", "br", "font", "span", "strong", "em", "big", "small", "sub", "sup", "img",
    "label",
];

/// What a text that begins with `<` is; `head` is its beginning in lower case. A page may declare any namespace.
pub(super) fn in_markup(text: &str, head: &str) -> Option<Found> {
    if let Some(found) = in_flat_odf(text) {
        return Some(found);
    }
    let namespaced = NAMESPACES.iter().find(|(name, _)| head.contains(name)).map(|(_, found)| *found);
    if head.starts_with("<?xml") {
        let is_page = root(text).is_some_and(|root| ROOTS.contains(&&*element(root).to_ascii_lowercase()));
        return Some(if is_page { Ok(Kind::Html) } else { namespaced.unwrap_or(Err("XML")) });
    }
    if head.contains("<!doctype html") || has_tag(head, "html") {
        return Some(Ok(Kind::Html));
    }
    let other = || head.contains("<?xml").then_some(Err("XML"));
    namespaced.or_else(|| has_tag(head, "table").then_some(Ok(Kind::Html))).or_else(other)
}

/// Whether the bytes are a page or a message with one. Which encoding they are in is the reader's matter, who knows where it is told.
pub(super) fn in_page(bytes: &[u8]) -> Option<Kind> {
    let head = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => {
            let rest = bytes.get(length..)?;
            encoding.decode_without_bom_handling(rest.get(..2 * HEAD_BYTES).unwrap_or(rest)).0
        }
        None => String::from_utf8_lossy(bytes.get(..HEAD_BYTES).unwrap_or(bytes)),
    };
    let head = trimmed(&head);
    if is_message(head) {
        return Some(Kind::Mht);
    }
    let lower = head.to_ascii_lowercase();
    if !head.starts_with('<') {
        return is_text_with_table(&lower).then_some(Kind::Html);
    }
    match in_markup(head, &lower) {
        Some(found) => found.ok().filter(|kind| *kind == Kind::Html),
        // Exports begin with a piece of a page, and some with a long comment or stylesheet.
        None => {
            let name = element(&lower);
            let is_comment = lower.starts_with("<!--") && memmem::find(bytes, b"<table").is_some();
            let is_inline = || {
                let has_block = ["body", "tr", "div"].iter().any(|name| has_tag(&lower, name));
                INLINE.contains(&name) && (has_block || formats::csv::delimiter(head).is_none())
            };
            (PAGE_ELEMENTS.contains(&name) || is_comment || is_inline()).then_some(Kind::Html)
        }
    }
}

/// A text from its first character on. Programs put a byte order mark before one that has it already.
pub(super) fn trimmed(text: &str) -> &str {
    text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}')
}

/// Whether a text is a table with a title before it.
fn is_text_with_table(head: &str) -> bool {
    if !(has_tag(head, "table") || has_tag(head, "tr")) || !head.contains("</td>") {
        return false;
    }
    let lines = head.lines().map(str::trim).filter(|line| !line.is_empty());
    let (mut markup, mut other) = (0, 0);
    for line in lines {
        // In delimited text there may be tables in cells.
        let before = line.split('<').next().unwrap_or_default();
        let is_markup = before.is_empty() || line.ends_with('>') && !before.contains([',', ';', '\t', '"']);
        *(if is_markup { &mut markup } else { &mut other }) += 1;
    }
    markup > other
}

/// The name of the element that a text begins with.
fn element(text: &str) -> &str {
    let name = text.strip_prefix('<').unwrap_or_default();
    name.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next().unwrap_or_default()
}

/// Whether an element of this name begins in a text, not only one whose name begins like it.
fn has_tag(text: &str, name: &str) -> bool {
    memmem::find_iter(text.as_bytes(), b"<").any(|at| {
        let rest = text[at + 1..].strip_prefix(name);
        rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_whitespace() || matches!(c, '>' | '/')))
    })
}

/// XML from its root element on.
fn root(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        rest = &rest[rest.find('<')?..];
        rest = if let Some(instruction) = rest.strip_prefix("<?") {
            instruction.split_once("?>")?.1
        } else if let Some(comment) = rest.strip_prefix("<!--") {
            comment.split_once("-->")?.1
        } else if rest.starts_with("<!") {
            let (before, behind) = rest.split_once('>')?;
            // A document type may hold declarations of its own.
            if before.contains('[') { rest.split_once(']')?.1 } else { behind }
        } else {
            return Some(rest);
        }
    }
}

/// Whether a text is the header of a message: fields, the version of MIME among them.
fn is_message(head: &str) -> bool {
    let mut lines = head.lines();
    let is_field = |line: &str| {
        let name = line.split_once(':').map(|(name, _)| name);
        name.is_some_and(|name| {
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        })
    };
    let fields = lines.by_ref().take_while(|line| !line.is_empty());
    let mut is_mime = false;
    for line in fields {
        if !is_field(line) && !line.starts_with([' ', '\t']) {
            return false;
        }
        let value =
            line.get(..13).filter(|name| name.eq_ignore_ascii_case("mime-version:")).and(line.get(13..));
        is_mime |= value.is_some_and(|value| value.trim_start().starts_with("1.0"));
    }
    is_mime
}

/// What an OpenDocument file in one piece of XML is, by its root element (ODF 1.3 part 3, §3.1.2); nothing where it is none.
/// LibreOffice declares more than four thousand bytes of namespaces there before it says so.
fn in_flat_odf(text: &str) -> Option<Found> {
    let (root, _) = root(text)?.split_once('>')?;
    root.contains("urn:oasis:names:tc:opendocument:xmlns:office:1.0").then(|| match root.contains(ODF_TEXT) {
        true => Ok(Kind::Fodt),
        false => Err("flat ODF"),
    })
}
