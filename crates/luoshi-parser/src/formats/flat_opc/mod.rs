//! Flat OPC: a package as one XML file, each part an element (`pkg:package`, as Word saves it under "Word XML Document").
//!
//! ```text
//! pkg:package
//!   pkg:part pkg:name="/word/document.xml" pkg:contentType="…"
//!     pkg:xmlData     the part's root element
//!     pkg:binaryData  the part's bytes in base64
//! ```
//!
//! The parts become a package again, and the reader of that package does the rest: it decides the same of the same parts.
//!
//! Not here: what a part means.

use std::fmt::Write;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use luoshi_table::{Outcome, SourceDocument};
use quick_xml::NsReader;
use quick_xml::escape::minimal_escape;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, NamespaceResolver, PrefixDeclaration};

use super::docx::Docx;
use super::sheet::Xlsx;
use crate::opc::{attribute, resolve};
use crate::package::Package;
use crate::{Cause, Kind, Opened, ReadError, ReadOptions, Reader};

#[cfg(test)]
mod tests;

/// The namespace of the elements that hold the parts; in lower case as it is looked for.
pub(crate) const NAMESPACE: &str = "http://schemas.microsoft.com/office/2006/xmlpackage";

/// Word documents and workbooks as flat OPC.
pub(crate) struct FlatOpc;

impl Reader for FlatOpc {
    fn name(&self) -> &'static str {
        "flat-opc"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["xml"]
    }

    fn reads(&self, kind: Kind) -> bool {
        matches!(kind, Kind::FlatDocx | Kind::FlatXlsx)
    }

    /// The document keeps this format's name: what can be done to a docx as it is packed can't be done to this file.
    fn read(&self, opened: Opened<'_>, options: &ReadOptions) -> Result<Outcome<SourceDocument>, ReadError> {
        let inner: &dyn Reader = if opened.kind() == Kind::FlatXlsx { &Xlsx } else { &Docx };
        let mut outcome = inner.read(opened, options)?;
        outcome.value.format = self.name();
        Ok(outcome)
    }
}

/// The package that the file is.
///
/// # Errors
/// `Damaged` where it is not well-formed down to its parts, which are looked at when they are read; `Doctype`; `Limit` as in
/// [`Package::of_parts`].
pub(crate) fn package<'a>(xml: &str, file: &Arc<str>) -> Result<Package<'a>, ReadError> {
    let parts = Parts { reader: NsReader::from_str(xml), depth: 0, part: Part::default(), types: None, file };
    Package::of_parts(parts, file)
}

/// The part that is open.
#[derive(Default)]
struct Part {
    name: String,
    content_type: String,
}

/// The parts in file order, and behind them the one that lists their types.
struct Parts<'x> {
    reader: NsReader<&'x [u8]>,
    depth: usize,
    part: Part,
    /// The list of types so far; none before the first part and behind the last.
    types: Option<String>,
    file: &'x Arc<str>,
}

impl Iterator for Parts<'_> {
    type Item = Result<(String, Vec<u8>), ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.part().transpose()
    }
}

impl Parts<'_> {
    fn part(&mut self) -> Result<Option<(String, Vec<u8>)>, ReadError> {
        loop {
            match self.reader.read_event().map_err(|error| self.damaged(error))? {
                Event::Start(start) => match start.local_name().as_ref() {
                    "xmlData" | "binaryData" => return self.content(&start).map(Some),
                    local => {
                        if local == "part" {
                            self.open(&start);
                        }
                        self.depth += 1;
                    }
                },
                // The reader refuses an end tag without its start tag.
                Event::End(_) => self.depth = self.depth.saturating_sub(1),
                Event::DocType(_) => return Err(ReadError::new(Cause::Doctype, self.file)),
                Event::Eof if self.depth > 0 => return Err(self.damaged("the file is cut short")),
                Event::Eof => {
                    let listed =
                        |types| ("[Content_Types].xml".to_owned(), format!("<Types>{types}</Types>"));
                    let types = self.types.take().map(listed);
                    return Ok(types.map(|(name, types)| (name, types.into_bytes())));
                }
                _ => {}
            }
        }
    }

    fn open(&mut self, start: &BytesStart<'_>) {
        let value = |name| attribute(start, name).unwrap_or_default();
        self.part =
            Part { name: resolve("", &value("name")), content_type: value("contentType").into_owned() };
    }

    /// The part whose content was just opened.
    fn content(&mut self, start: &BytesStart<'_>) -> Result<(String, Vec<u8>), ReadError> {
        let is_xml = start.local_name().as_ref() == "xmlData";
        let outside = if is_xml { declarations(self.reader.resolver()) } else { Vec::new() };
        let text = self.reader.read_text(start.name()).map_err(|error| self.damaged(error))?.into_inner();
        let bytes = if is_xml { with_declarations(&text, &outside) } else { decoded(&text) };
        let Part { name, content_type } = std::mem::take(&mut self.part);
        let types = self.types.get_or_insert_default();
        let (part, kind) = (minimal_escape(&*name), minimal_escape(&*content_type));
        // Writing to a string does not fail.
        let _ = write!(types, r#"<Override PartName="/{part}" ContentType="{kind}"/>"#);
        Ok((name, bytes))
    }

    fn damaged(&self, detail: impl ToString) -> ReadError {
        ReadError::new(Cause::Damaged { detail: detail.to_string() }, self.file)
    }
}

/// The namespaces in force around a part that may be its own, as declarations with their names.
fn declarations(resolver: &NamespaceResolver) -> Vec<(String, String)> {
    let declared = |(prefix, Namespace(uri)): (PrefixDeclaration<'_>, Namespace<'_>)| match prefix {
        _ if uri.eq_ignore_ascii_case(NAMESPACE) => None,
        PrefixDeclaration::Default => Some(("xmlns=".to_owned(), uri.to_owned())),
        PrefixDeclaration::Named(prefix) => Some((format!("xmlns:{prefix}="), uri.to_owned())),
    };
    resolver.bindings().filter_map(declared).collect()
}

/// The XML of a part, its root declaring what was declared around it: some programs gather all declarations on the outermost
/// element.
fn with_declarations(xml: &str, outside: &[(String, String)]) -> Vec<u8> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let root = loop {
        let before = reader.buffer_position();
        match reader.read_event() {
            Ok(Event::Start(start) | Event::Empty(start)) => break Some((before, start)),
            Ok(Event::Eof) | Err(_) => break None,
            Ok(_) => {}
        }
    };
    let Some((before, start)) = root else { return xml.as_bytes().to_vec() };
    let end_of_name = usize::try_from(before).unwrap_or(usize::MAX).saturating_add(1 + start.name().0.len());
    let Some((name, rest)) = xml.split_at_checked(end_of_name) else { return xml.as_bytes().to_vec() };
    let own = start.attributes_raw();
    let mut part = name.to_owned();
    for (declaration, uri) in outside.iter().filter(|(declaration, _)| !own.contains(declaration)) {
        // Taken from an attribute as it was written, where only the quotation mark may have been another.
        let _ = write!(part, r#" {declaration}"{}""#, uri.replace('"', "&quot;"));
    }
    part.push_str(rest);
    part.into_bytes()
}

/// Bytes out of base64, which is broken into lines. What is none is empty: it matters only where the part is read.
fn decoded(text: &str) -> Vec<u8> {
    let characters: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    STANDARD.decode(characters).unwrap_or_default()
}
