//! One pass over what docx-rs wrote, that puts right what it lacks or sets against the schema (ECMA-376-1, wml.xsd).
//!
//! | docx-rs writes | the schema wants | done here |
//! |---|---|---|
//! | no `w:tblHeader` (no API) | header rows marked, from the first row on | added |
//! | `w:tblPr` with its children out of order | style, width, alignment, layout | replaced |
//! | `w:gridCol` with `w:type` | `w:w` only | attribute dropped |
//! | `<w:trPr/>`, `<w:rPr/>` empty, the latter first in `w:pPr` | a `w:trPr` has content, `w:rPr` comes last | dropped |
//! | `w14:paraId` from a counter | optional | dropped |
//! | `w:sectPr` with its children out of order | footers, size, margins | replaced |
//! | a dozen unused namespaces | | two remain |

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, Writer};

use super::{FORMAT, styles, twips};
use crate::{Theme, WriteError};

const NAMESPACES: [(&str, &str); 2] = [
    ("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
];

/// The document put right.
pub(super) fn repair(built: &[u8], header_rows: u32, theme: &Theme) -> Result<Vec<u8>, WriteError> {
    let failed = |error: &dyn std::fmt::Display| WriteError::library(FORMAT, error);
    let text = std::str::from_utf8(built).map_err(|error| failed(&error))?;
    let mut reader = Reader::from_str(text);
    let mut writer = Writer::new(Vec::with_capacity(built.len()));
    let mut rows = 0;
    // The element whose content is being left out.
    let mut replaced: Option<String> = None;
    loop {
        let event = reader.read_event().map_err(|error| failed(&error))?;
        if matches!(event, Event::Eof) {
            return Ok(writer.into_inner());
        }
        if let Some(name) = &replaced {
            if matches!(&event, Event::End(end) if end.name().as_ref() == name.as_str()) {
                replaced = None;
            }
            continue;
        }
        let is_header = rows <= header_rows;
        let written = match event {
            Event::Start(start) => match start.name().as_ref() {
                "w:document" => writer
                    .write_event(Event::Start(BytesStart::new("w:document").with_attributes(NAMESPACES))),
                "w:p" => writer.write_event(Event::Start(BytesStart::new("w:p"))),
                name @ ("w:tblPr" | "w:sectPr") => {
                    let properties =
                        if name == "w:tblPr" { table_properties(theme) } else { section_properties(theme) };
                    replaced = Some(name.to_owned());
                    writer.get_mut().extend_from_slice(properties.as_bytes());
                    Ok(())
                }
                name => {
                    rows += u32::from(name == "w:tr");
                    writer.write_event(Event::Start(start))
                }
            },
            Event::Empty(empty) => match empty.name().as_ref() {
                "w:trPr" if is_header => {
                    writer.get_mut().extend_from_slice(b"<w:trPr><w:tblHeader/></w:trPr>");
                    Ok(())
                }
                "w:rPr" | "w:trPr" => Ok(()),
                "w:gridCol" => {
                    let width =
                        empty.attributes().flatten().find(|attribute| attribute.key.as_ref() == "w:w");
                    writer.write_event(Event::Empty(BytesStart::new("w:gridCol").with_attributes(width)))
                }
                _ => writer.write_event(Event::Empty(empty)),
            },
            Event::End(end) => {
                if is_header && end.name().as_ref() == "w:trPr" {
                    writer.get_mut().extend_from_slice(b"<w:tblHeader/>");
                }
                writer.write_event(Event::End(end))
            }
            other => writer.write_event(other),
        };
        written.map_err(|error| failed(&error))?;
    }
}

fn table_properties(theme: &Theme) -> String {
    format!(
        "<w:tblPr><w:tblStyle w:val=\"{}\"/><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:jc w:val=\"center\"/>\
         <w:tblLayout w:type=\"fixed\"/></w:tblPr>",
        styles::TABLE,
        twips(theme.page.text_width())
    )
}

fn section_properties(theme: &Theme) -> String {
    let page = &theme.page;
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
