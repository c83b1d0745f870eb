//! The pass over the file that writes the parts of a docx.
//!
//! What is open is a stack with an entry for each element: what ends it in the part that it was written to, and the part that
//! goes on behind it. Not here: other names for the same things, and numbers of lists.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use quick_xml::NsReader;
use quick_xml::escape::{minimal_escape, resolve_predefined_entity};
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::lists::{self, Listed, Lists};
use super::names::{self, Part, Space};
use crate::opc::attribute;
use crate::{Cause, ReadError, limits};

/// The contents of the parts, without their roots.
type Contents = BTreeMap<Part, String>;

/// # Errors
/// `Damaged` where the file is not well-formed, `Doctype`, `Limit` past [`limits::XML_DEPTH`].
pub(super) fn translate(xml: &str, file: &Arc<str>) -> Result<Contents, ReadError> {
    let mut translation = Translation {
        reader: NsReader::from_str(xml),
        file,
        contents: Contents::new(),
        open: Vec::new(),
        part: None,
        listed: None,
        lists: Lists::default(),
        notes: 0,
    };
    translation.run()?;
    let Translation { mut contents, lists, .. } = translation;
    let shown = lists.finish();
    if !shown.is_empty() {
        contents.entry(Part::Numbering).or_default().push_str(&shown);
    }
    Ok(contents)
}

/// An element that is open.
struct Open {
    /// What ends it in its part.
    end: String,
    /// It is a place in a list.
    is_listed: bool,
    /// The part that goes on behind it; nothing is kept of what stands in none.
    behind: Option<Part>,
    /// Text in it is text of the part.
    has_text: bool,
    /// Space at the ends of text counts (`xml:space`, which elements pass on).
    keeps_space: bool,
}

struct Translation<'x> {
    reader: NsReader<&'x [u8]>,
    file: &'x Arc<str>,
    contents: Contents,
    open: Vec<Open>,
    part: Option<Part>,
    /// The place in a list that is open.
    listed: Option<Listed>,
    lists: Lists,
    notes: usize,
}

/// What becomes of an element.
enum Becomes {
    /// This one, under a name with its prefix.
    Element(String),
    /// Nothing, what it holds apart.
    Nothing,
    /// Nothing at all.
    Skipped,
    /// This text, and what it holds.
    Text(String),
    /// A place in a list, which is written when it ends.
    Listed,
    /// This text, and what it holds goes to a part, between two texts.
    Moved { mark: String, part: Option<Part>, begin: String, end: String },
}

impl Translation<'_> {
    fn run(&mut self) -> Result<(), ReadError> {
        loop {
            match self.reader.read_event().map_err(|error| self.damaged(error))? {
                Event::Start(start) => self.start(&start, false)?,
                Event::Empty(start) => self.start(&start, true)?,
                Event::End(_) => self.end(),
                Event::Text(text) => self.text(&text.into_inner()),
                Event::CData(text) => self.text(&minimal_escape(&*text.into_inner())),
                Event::GeneralRef(reference) => self.reference(&reference)?,
                Event::DocType(_) => return Err(ReadError::new(Cause::Doctype, self.file)),
                Event::Eof if !self.open.is_empty() => return Err(self.damaged("the file is cut short")),
                Event::Eof => return Ok(()),
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            }
        }
    }

    fn start(&mut self, start: &BytesStart<'_>, is_empty: bool) -> Result<(), ReadError> {
        if self.open.len() >= limits::XML_DEPTH.size() {
            let cause = limits::XML_DEPTH.exceeded();
            return Err(ReadError::new(cause, self.file));
        }
        let local = start.local_name();
        let local = local.as_ref();
        let becomes = match Space::of(&self.reader.resolver().resolve_element(start.name()).0) {
            Space::Word => self.word(local, start),
            Space::Annotation if local == "annotation" => self.annotation(start),
            Space::Hint => self.hint(local, start),
            Space::Vml if matches!(local, "imagedata" | "textpath") => Becomes::Element(format!("v:{local}")),
            Space::Office => self.office(local),
            Space::Vml | Space::Annotation | Space::Other => Becomes::Nothing,
        };
        let outer = self.open.last().is_some_and(|open| open.keeps_space);
        let keeps_space = space_kept(start).unwrap_or(outer);
        let behind = self.part;
        let mut opened = Open { end: String::new(), is_listed: false, behind, has_text: false, keeps_space };
        match becomes {
            Becomes::Skipped => {
                if !is_empty {
                    self.reader.read_to_end(start.name()).map_err(|error| self.damaged(error))?;
                }
                return Ok(());
            }
            Becomes::Nothing => {}
            Becomes::Text(text) => self.put(&text),
            Becomes::Listed => opened.is_listed = true,
            Becomes::Element(name) => {
                opened.has_text = matches!(&*name, "w:t" | "w:delText" | "w:instrText");
                let attributes = attributes(start, opened.has_text && keeps_space);
                let ending = if is_empty {
                    "/"
                } else {
                    opened.end = format!("</{name}>");
                    ""
                };
                self.put(&format!("<{name}{attributes}{ending}>"));
            }
            Becomes::Moved { mark, part, begin, end } => {
                self.put(&mark);
                self.part = part;
                self.put(&begin);
                opened.end = end;
                opened.has_text = matches!(part, Some(Part::Properties | Part::CustomProperties));
            }
        }
        self.open.push(opened);
        if is_empty {
            self.end();
        }
        Ok(())
    }

    fn end(&mut self) {
        // The reader refuses an end tag without its start tag.
        let Some(open) = self.open.pop() else { return };
        let place = self.listed.take_if(|_| open.is_listed).map(|listed| self.lists.place(listed));
        self.put(&place.unwrap_or(open.end));
        self.part = open.behind;
    }

    fn word(&mut self, local: &str, start: &BytesStart<'_>) -> Becomes {
        let value = |name| attribute(start, name).unwrap_or_default();
        let moved = |part, begin: &str, end: &str| Becomes::Moved {
            mark: String::new(),
            part: Some(part),
            begin: begin.to_owned(),
            end: end.to_owned(),
        };
        match local {
            "wordDocument" => return Becomes::Nothing,
            "body" if self.part.is_none() => return moved(Part::Document, "<w:body>", "</w:body>"),
            "styles" if self.part.is_none() => return moved(Part::Styles, "", ""),
            "lists" if self.part.is_none() => return moved(Part::Numbering, "", ""),
            "docOleData" => return moved(Part::Embedded, "", ""),
            "docSuppData" => return moved(Part::Macros, "", ""),
            // The bytes of a picture; the picture itself is an element of VML.
            "binData" => return Becomes::Skipped,
            _ if self.part.is_none() => return Becomes::Skipped,
            "hdr" | "ftr" => return moved(Part::Pages, "", ""),
            // Those with a type are the separators between the text and its notes.
            "footnote" | "endnote" if attribute(start, "type").is_some() => return Becomes::Skipped,
            "footnote" | "endnote" => {
                let part = if local == "footnote" { Part::Footnotes } else { Part::Endnotes };
                self.notes += 1;
                return Becomes::Moved {
                    mark: format!(r#"<w:{local}Reference w:id="{}"/>"#, self.notes),
                    part: Some(part),
                    begin: format!(r#"<w:{local} w:id="{}">"#, self.notes),
                    end: format!("</w:{local}>"),
                };
            }
            "listPr" => {
                self.listed = Some(Listed::default());
                return Becomes::Listed;
            }
            "nfc" => {
                let format = value("val");
                let format = minimal_escape(lists::format(&format));
                return Becomes::Text(format!(r#"<w:numFmt w:val="{format}"/>"#));
            }
            "suff" => {
                let suffix = self.lists.suffix(&value("val"));
                return Becomes::Text(format!(r#"<w:suff w:val="{suffix}"/>"#));
            }
            _ => {}
        }
        if let Some(listed) = &mut self.listed {
            match local {
                "ilvl" => listed.level = raw(start, "val"),
                "ilfo" => listed.list = raw(start, "val"),
                _ => {}
            }
            return Becomes::Nothing;
        }
        let key = match local {
            "listDef" => "listDefId",
            "list" => "ilfo",
            "lvl" => "ilvl",
            _ => "val",
        };
        if self.part == Some(Part::Numbering) {
            self.lists.meet(local, &value(key));
        }
        Becomes::Element(format!("w:{}", names::element(local)))
    }

    fn annotation(&mut self, start: &BytesStart<'_>) -> Becomes {
        let kind = attribute(start, "type").unwrap_or_default();
        match (names::annotation(&kind), &*kind) {
            _ if self.part.is_none() || self.listed.is_some() => Becomes::Skipped,
            (Some(element), _) => Becomes::Element(element.to_owned()),
            // Properties and numbers as they were before a change.
            (None, "Word.Formatting" | "Word.Numbering") => Becomes::Skipped,
            (None, "Word.Comment") => Becomes::Moved {
                mark: "<w:commentReference/>".to_owned(),
                part: Some(Part::Comments),
                begin: "<w:comment>".to_owned(),
                end: "</w:comment>".to_owned(),
            },
            (None, _) => Becomes::Nothing,
        }
    }

    fn hint(&mut self, local: &str, start: &BytesStart<'_>) -> Becomes {
        match (local, &mut self.listed) {
            ("t", Some(listed)) => listed.shown = raw(start, "val"),
            ("font", Some(listed)) => listed.font = raw(start, "val"),
            // The text of the run is a symbol of this font, whatever the run's own font is called.
            ("sym", None) => {
                let font = raw(start, "font").unwrap_or_default();
                return Becomes::Text(format!(r#"<w:rFonts w:ascii="{font}"/>"#));
            }
            _ => {}
        }
        Becomes::Nothing
    }

    fn office(&mut self, local: &str) -> Becomes {
        let moved = |part, begin: String, end: String| Becomes::Moved {
            mark: String::new(),
            part: Some(part),
            begin,
            end,
        };
        match (self.part, local) {
            (None, "DocumentProperties") => moved(Part::Properties, String::new(), String::new()),
            (None, "CustomDocumentProperties") => moved(Part::CustomProperties, String::new(), String::new()),
            (Some(Part::Properties), _) => match names::property(local) {
                Some(name) => moved(Part::Properties, format!("<{name}>"), format!("</{name}>")),
                None => Becomes::Skipped,
            },
            (Some(Part::CustomProperties), _) => {
                let begin = format!(r#"<property name="{local}"><lpwstr>"#);
                moved(Part::CustomProperties, begin, "</lpwstr></property>".to_owned())
            }
            _ => Becomes::Nothing,
        }
    }

    fn text(&mut self, escaped: &str) {
        if self.open.last().is_some_and(|open| open.has_text) {
            self.put(escaped);
        }
    }

    fn reference(&mut self, reference: &BytesRef<'_>) -> Result<(), ReadError> {
        let character = reference.resolve_char_ref().map_err(|error| self.damaged(error))?;
        if character.is_none() && resolve_predefined_entity(reference).is_none() {
            return Err(self.damaged(format!("unknown entity &{};", &**reference)));
        }
        self.text(&format!("&{};", &**reference));
        Ok(())
    }

    fn put(&mut self, text: &str) {
        if let Some(part) = self.part {
            self.contents.entry(part).or_default().push_str(text);
        }
    }

    fn damaged(&self, detail: impl ToString) -> ReadError {
        ReadError::new(Cause::Damaged { detail: detail.to_string() }, self.file)
    }
}

/// What an element says of space at the ends of text.
fn space_kept(start: &BytesStart<'_>) -> Option<bool> {
    if !start.attributes_raw().contains("xml:space") {
        return None;
    }
    let mut attributes = start.attributes();
    let mut attributes = attributes.with_checks(false).flatten();
    attributes.find(|found| found.key.as_ref() == "xml:space").map(|found| found.value == "preserve")
}

/// The value of an attribute as it may be written between quotation marks.
fn raw(start: &BytesStart<'_>, local: &str) -> Option<String> {
    let mut attributes = start.attributes();
    let mut attributes = attributes.with_checks(false).flatten();
    let found = attributes.find(|found| found.key.local_name().as_ref() == local)?;
    Some(found.value.replace('"', "&quot;"))
}

/// The attributes of an element as a docx writes them.
fn attributes(start: &BytesStart<'_>, keeps_space: bool) -> String {
    let mut written = String::new();
    for attribute in start.attributes().with_checks(false).flatten() {
        if !attribute.key.as_ref().starts_with("xml") {
            let local = attribute.key.local_name();
            let name = names::attribute(local.as_ref());
            // Writing to a string does not fail.
            let _ = write!(written, r#" w:{name}="{}""#, attribute.value.replace('"', "&quot;"));
        }
    }
    if keeps_space {
        written.push_str(r#" xml:space="preserve""#);
    }
    written
}
