//! What travels with a package unseen: names in its properties, embedded files, programs and copies of data; and the texts of parts
//! that are no content, headers, footers and comments (ECMA-376 parts 1 and 2; OpenDocument's meta.xml).
//!
//! A damaged part says nothing here: the readers report what they need of it. Not here: tracked changes, hidden text, rows and sheets,
//! which the readers of the content meet.

use luoshi_table::{Beside, Locator, PartKind};
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::opc::{attribute, utf8};
use crate::package::Package;

/// Parts that hold properties.
const PROPERTIES: [&str; 4] = ["docProps/core.xml", "docProps/app.xml", "docProps/custom.xml", "meta.xml"];

/// Properties that name somebody, by the local names of their elements.
const NAMING: [&str; 6] =
    ["creator", "lastModifiedBy", "Company", "Manager", "initial-creator", "printed-by"];

/// Properties that are texts and name nobody in particular.
const DESCRIBING: [&str; 7] =
    ["title", "subject", "description", "keywords", "keyword", "category", "lpwstr"];

/// Parts of texts beside the content: how their names begin behind the last folder.
const TEXTS: [&str; 7] =
    ["header", "footer", "comment", "threadedcomment", "footnotes", "endnotes", "drawing"];

/// Where a worksheet has the texts of its printed pages.
const PAGE_TEXTS: &[u8] = b"headerFooter";

/// Bytes of text that are taken from all such parts together.
const MOST: usize = 4 << 20;

/// The programs that a package carries: never run, and told.
pub(crate) fn macros(package: &Package<'_>) -> Option<Locator> {
    let mut names = package.names().map(|name| name.replace('\\', "/"));
    names.find(|name| kind(name) == Some(PartKind::Macro)).map(|name| package.place(&name))
}

pub(crate) fn of(package: &mut Package<'_>) -> Beside {
    let mut beside = Beside { examined: true, ..Beside::default() };
    let mut names: Vec<String> = package.names().map(|name| name.replace('\\', "/")).collect();
    names.sort_unstable();
    for part in PROPERTIES.into_iter().filter(|part| package.contains(part)).collect::<Vec<_>>() {
        let is = |element: &str| NAMING.contains(&element) || DESCRIBING.contains(&element);
        let found = texts(&xml(package, part), is).into_iter().filter(|(_, text)| !text.trim().is_empty());
        let (names, others): (Vec<_>, Vec<_>) = found.partition(|(name, _)| NAMING.contains(&name.as_str()));
        beside.properties.extend(names);
        let place = package.place(part);
        beside.texts.extend(others.into_iter().map(|(_, text)| (place.clone(), text)));
    }
    let mut taken = 0;
    for name in names {
        if let Some(kind) = kind(&name) {
            beside.parts.push((kind, package.place(&name)));
        } else if name.starts_with("xl/worksheets/sheet") {
            let text = page_texts(package, &name);
            beside.texts.extend(text.map(|text| (package.place(&name), text)));
        } else if is_text(&name) && taken < MOST {
            let found =
                texts(&xml(package, &name), |element| matches!(element, "p" | "text" | "comment" | "si"));
            let text: Vec<String> =
                found.into_iter().map(|(_, text)| text).filter(|text| !text.is_empty()).collect();
            let text = text.join("\n");
            taken += text.len();
            if !text.trim().is_empty() {
                beside.texts.push((package.place(&name), text));
            }
        }
    }
    beside
}

fn xml(package: &mut Package<'_>, part: &str) -> Vec<u8> {
    package.read_side(part).ok().and_then(|bytes| utf8(bytes).ok()).unwrap_or_default()
}

/// The texts of the header and footer of a worksheet's pages, without the codes of their looks (ECMA-376-1 §18.3.1.39).
fn page_texts(package: &mut Package<'_>, name: &str) -> Option<String> {
    let bytes = package.read(name).ok()?;
    let from = memchr::memmem::find(&bytes, PAGE_TEXTS)?.checked_sub(1)?;
    let is = |element: &str| element.ends_with("Header") || element.ends_with("Footer");
    let found = texts(bytes.get(from..)?, is);
    let plain = |text: &str| {
        let mut shown = String::new();
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            match c {
                '&' => match chars.next() {
                    Some('"') => chars.by_ref().take_while(|c| *c != '"').for_each(drop),
                    Some('L' | 'C' | 'R') => shown.push('\n'),
                    _ => {}
                },
                c => shown.push(c),
            }
        }
        shown
    };
    let text = found.iter().map(|(_, text)| plain(text)).collect::<Vec<_>>().join("\n");
    Some(text.trim().to_owned()).filter(|text| text.chars().any(char::is_alphanumeric))
}

fn kind(name: &str) -> Option<PartKind> {
    let lower = name.to_ascii_lowercase();
    let within = |folder: &str| lower.contains(folder);
    if within("/embeddings/") || lower.starts_with("object ") && lower.ends_with("/content.xml") {
        Some(PartKind::Embedded)
    } else if lower.ends_with("vbaproject.bin") || lower.starts_with("basic/") && !lower.ends_with('/') {
        Some(PartKind::Macro)
    } else if within("/pivotcache/pivotcacherecords") {
        Some(PartKind::PivotCache)
    } else if lower.starts_with("docprops/thumbnail") || lower == "thumbnails/thumbnail.png" {
        Some(PartKind::Thumbnail)
    } else if within("/externallinks/externallink") && !within("/_rels/") {
        Some(PartKind::ExternalLink)
    } else {
        None
    }
}

fn is_text(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let own = lower.rsplit('/').next().unwrap_or_default();
    own.ends_with(".xml")
        && lower.contains('/')
        && !lower.contains("/_rels/")
        && TEXTS.iter().any(|text| own.starts_with(text))
}

/// The texts of a part, one for each of the elements that is asked for, with its local name; of nested ones the inner.
fn texts(xml: &[u8], is: impl Fn(&str) -> bool) -> Vec<(String, String)> {
    let mut reader = Reader::from_reader(xml);
    let mut found = Vec::new();
    let mut open = String::new();
    let mut text = String::new();
    loop {
        match reader.read_event() {
            // A watermark is a text along a path (VML).
            Ok(Event::Empty(start) | Event::Start(start)) if start.local_name().as_ref() == "textpath" => {
                let string = attribute(&start, "string").map(|text| text.into_owned());
                found.extend(string.map(|text| ("textpath".to_owned(), text)));
            }
            Ok(Event::Start(start)) if is(start.local_name().as_ref()) => {
                start.local_name().as_ref().clone_into(&mut open);
                text.clear();
            }
            Ok(Event::Text(piece)) if !open.is_empty() => text.push_str(&piece),
            Ok(Event::GeneralRef(reference)) if !open.is_empty() => {
                let plain = format!("&{};", &*reference);
                text.push_str(&quick_xml::escape::unescape(&plain).unwrap_or_default());
            }
            Ok(Event::End(end)) if *end.local_name().as_ref() == *open && !open.is_empty() => {
                found.push((std::mem::take(&mut open), std::mem::take(&mut text)));
            }
            Ok(Event::DocType(_) | Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;
    use crate::Input;

    #[test]
    fn what_travels_along_is_named() {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let parts = [
            (
                "docProps/core.xml",
                "<c:p><dc:creator>王建国</dc:creator><dc:title>甲</dc:title><cp:lastModifiedBy> </cp:lastModifiedBy></c:p>",
            ),
            ("docProps/app.xml", "<P><Company>某公司&amp;甲</Company></P>"),
            ("docProps/thumbnail.jpeg", "x"),
            ("word/document.xml", "<w:p><w:t>正文</w:t></w:p>"),
            (
                "word/header1.xml",
                "<w:hdr><w:p><w:r><w:t>内部</w:t></w:r><w:r><w:t>资料</w:t></w:r></w:p><w:p/></w:hdr>",
            ),
            ("word/_rels/header1.xml.rels", "<r>x</r>"),
            ("word/header2.xml", "<w:hdr><w:p><w:r><v:textpath string=\"机密\"/></w:r></w:p></w:hdr>"),
            (
                "xl/worksheets/sheet1.xml",
                "<worksheet><headerFooter><oddHeader>&amp;C&amp;\"宋体,常规\"经办人</oddHeader><oddFooter>&amp;P</oddFooter></headerFooter></worksheet>",
            ),
            (
                "xl/comments/comment1.xml",
                "<comments><comment><text><r><t>批注</t></r></text></comment></comments>",
            ),
            (
                "word/comments.xml",
                "<w:comments><w:comment><w:p><w:t>待核</w:t></w:p></w:comment></w:comments>",
            ),
            ("word/embeddings/a.xlsx", "x"),
            ("word/vbaProject.bin", "x"),
            ("xl/pivotCache/pivotCacheRecords1.xml", "x"),
            ("xl/externalLinks/externalLink1.xml", "x"),
        ];
        for (name, content) in parts {
            writer.start_file(name, SimpleFileOptions::default()).unwrap();
            writer.write_all(content.as_bytes()).unwrap();
        }
        let bytes = writer.finish().unwrap().into_inner();
        let input = Input { name: "a.docx".into(), bytes: &bytes };
        let beside = of(&mut Package::open(&input).unwrap());
        let named = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        assert_eq!(beside.properties, [named("creator", "王建国"), named("Company", "某公司&甲")]);
        let kinds: Vec<PartKind> = beside.parts.iter().map(|(kind, _)| *kind).collect();
        use PartKind::*;
        assert_eq!(kinds, [Thumbnail, Embedded, Macro, ExternalLink, PivotCache]);
        let texts: Vec<&str> = beside.texts.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(texts, ["甲", "待核", "内部资料", "机密", "批注", "经办人"]);
    }
}
