//! What a file says of itself beside its content: custom properties, and when it was last saved.
//!
//! OOXML has them in docProps/custom.xml and docProps/core.xml (ECMA-376-2 §8.3.4, -1 §15.2.12), OpenDocument in meta.xml; every
//! program writes them under these names. A file without any, or whose properties are damaged, says nothing: they help to tell
//! what a file is and are never content. Not here: the binary workbook's property streams.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::opc::{attribute, utf8};
use crate::package::Package;

/// What a file says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Properties {
    /// Custom properties, name and text, in file order.
    pub custom: Vec<(String, String)>,
    /// The day on which the file says it was last saved, `YYYY-MM-DD`. Not the file system's date.
    pub saved: Option<String>,
}

/// The parts that hold properties.
const PARTS: [&str; 3] = ["docProps/custom.xml", "docProps/core.xml", "meta.xml"];

impl Properties {
    pub(crate) fn of(package: &mut Package<'_>) -> Self {
        let mut properties = Self::default();
        for part in PARTS.into_iter().filter(|part| package.contains(part)).collect::<Vec<_>>() {
            let bytes = package.read_side(part).ok().and_then(|bytes| utf8(bytes).ok());
            properties.read(&bytes.unwrap_or_default());
        }
        properties
    }

    fn read(&mut self, xml: &[u8]) {
        let mut reader = Reader::from_reader(xml);
        let mut open: Option<Open> = None;
        while let Ok(event) = reader.read_event() {
            match event {
                Event::Start(start) => open = Open::of(&start).or(open),
                Event::Text(text) => open.iter_mut().for_each(|open| open.text.push_str(&text)),
                Event::GeneralRef(reference) => {
                    let text = quick_xml::escape::unescape(&format!("&{};", &*reference))
                        .map(|text| text.into_owned());
                    open.iter_mut().for_each(|open| open.text.push_str(text.as_deref().unwrap_or_default()));
                }
                Event::End(end)
                    if open.as_ref().is_some_and(|open| open.element == *end.local_name().as_ref()) =>
                {
                    open.take().into_iter().for_each(|open| self.take(open));
                }
                Event::DocType(_) | Event::Eof => return,
                _ => {}
            }
        }
    }

    fn take(&mut self, open: Open) {
        match open.name {
            Some(name) => self.custom.push((name, open.text)),
            None => self.saved = open.text.get(..10).filter(|day| is_day(day)).map(str::to_owned),
        }
    }
}

/// A property that is being read.
struct Open {
    element: String,
    /// A custom property's name; none for the day of saving.
    name: Option<String>,
    text: String,
}

impl Open {
    fn of(start: &BytesStart<'_>) -> Option<Self> {
        let element = start.local_name().as_ref().to_owned();
        let name = match element.as_str() {
            "property" | "user-defined" => Some(attribute(start, "name")?.into_owned()),
            "modified" | "date" => None,
            _ => return None,
        };
        Some(Self { element, name, text: String::new() })
    }
}

fn is_day(text: &str) -> bool {
    text.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(xml: &str) -> Properties {
        let mut properties = Properties::default();
        properties.read(xml.as_bytes());
        properties
    }

    #[test]
    fn custom_properties_and_the_day_are_read_in_both_families() {
        let ooxml = read(
            "<Properties><property fmtid=\"{D5}\" pid=\"2\" name=\"a.b\"><vt:lpwstr>甲&amp;乙</vt:lpwstr></property>\
             <dcterms:modified xsi:type=\"dcterms:W3CDTF\">2016-12-05T08:00:00Z</dcterms:modified></Properties>",
        );
        assert_eq!(ooxml.custom, [("a.b".to_owned(), "甲&乙".to_owned())]);
        assert_eq!(ooxml.saved.as_deref(), Some("2016-12-05"));
        let odf = read(
            "<office:meta><meta:user-defined meta:name=\"c\">丙</meta:user-defined><dc:date>2016-12-06T1</dc:date></office:meta>",
        );
        assert_eq!((odf.custom.len(), odf.saved.as_deref()), (1, Some("2016-12-06")));
    }

    #[test]
    fn what_is_no_day_or_is_cut_short_says_nothing() {
        assert_eq!(read("<modified>gestern, um acht</modified>").saved, None);
        assert_eq!(read("<property name=\"a\"><vt:lpwstr>甲").custom, []);
        assert_eq!(read("<!DOCTYPE a><property name=\"a\">甲</property>").custom, []);
    }
}
