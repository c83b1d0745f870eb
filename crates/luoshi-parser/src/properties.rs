//! What a file says of itself beside its content: custom properties.
//!
//! OOXML has them in docProps/custom.xml (ECMA-376-1 §15.2.12.2), OpenDocument in meta.xml; every program writes them under these
//! names. A file without any, or whose properties are damaged, says nothing: they help to tell what a file is and are never
//! content. Not here: the binary workbook's property streams; and the days of saving, which templates carry on for years.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::opc::{attribute, utf8};
use crate::package::Package;

/// The parts that hold properties.
const PARTS: [&str; 2] = ["docProps/custom.xml", "meta.xml"];

/// The custom properties of a file, name and text, in file order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Properties(Vec<(String, String)>);

impl Properties {
    /// The text of a property.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str())
    }

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
                    self.0.extend(open.take().map(|open| (open.name, open.text)));
                }
                Event::DocType(_) | Event::Eof => return,
                _ => {}
            }
        }
    }
}

/// A property that is being read.
struct Open {
    element: String,
    name: String,
    text: String,
}

impl Open {
    fn of(start: &BytesStart<'_>) -> Option<Self> {
        let element = start.local_name().as_ref().to_owned();
        let named = matches!(element.as_str(), "property" | "user-defined");
        let name = named.then(|| attribute(start, "name")).flatten()?.into_owned();
        Some(Self { element, name, text: String::new() })
    }
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
    fn custom_properties_are_read_in_both_families() {
        let ooxml = read(
            "<Properties><property fmtid=\"{D5}\" pid=\"2\" name=\"a.b\"><vt:lpwstr>甲&amp;乙</vt:lpwstr></property>\
             <property name=\"c\"><vt:i4>7</vt:i4></property></Properties>",
        );
        assert_eq!((ooxml.get("a.b"), ooxml.get("c"), ooxml.get("d")), (Some("甲&乙"), Some("7"), None));
        let odf =
            read("<office:meta><meta:user-defined meta:name=\"c\">丙</meta:user-defined></office:meta>");
        assert_eq!(odf.get("c"), Some("丙"));
    }

    #[test]
    fn what_is_cut_short_or_declares_a_type_says_nothing() {
        assert_eq!(read("<property name=\"a\"><vt:lpwstr>甲"), Properties::default());
        assert_eq!(read("<!DOCTYPE a><property name=\"a\">甲</property>"), Properties::default());
    }
}
