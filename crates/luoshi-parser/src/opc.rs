//! What all packages of XML parts share (ECMA-376 part 2): the encoding of a part, its attributes, and the relationships by
//! which one part leads to another.
//!
//! Not here: what stands in a part.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::package::Package;
use crate::{Cause, ReadError, limits};

/// One relationship of a part.
pub(crate) struct Relationship {
    pub(crate) id: String,
    /// The last step of its type, such as `worksheet`, which the strict and the transitional edition share.
    pub(crate) kind: String,
    /// The part's name, without a leading slash.
    pub(crate) target: String,
}

/// The relationships of a part, or of the package where `source` is empty; `None` where it has none.
pub(crate) fn relationships(
    package: &mut Package<'_>,
    source: &str,
) -> Result<Option<Vec<Relationship>>, ReadError> {
    let (folder, file) = source.rsplit_once('/').unwrap_or(("", source));
    let name = resolve(folder, &format!("_rels/{file}.rels"));
    if !package.contains(&name) {
        return Ok(None);
    }
    let mut found = Vec::new();
    for_each_element(package, &name, |element, start| {
        if element != "Relationship" || attribute(start, "TargetMode").as_deref() == Some("External") {
            return;
        }
        if let (Some(kind), Some(target)) = (attribute(start, "Type"), attribute(start, "Target")) {
            let id = attribute(start, "Id").unwrap_or_default().into_owned();
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            found.push(Relationship { id, kind, target: resolve(folder, &target) });
        }
    })?;
    if found.len() > limits::PARTS.size() {
        let cause = limits::PARTS.exceeded();
        return Err(ReadError::at(cause, package.place(&name)));
    }
    Ok(Some(found))
}

/// The part that the package is about, as its relationships say.
pub(crate) fn main_part(package: &mut Package<'_>) -> Result<Option<String>, ReadError> {
    let related = relationships(package, "")?.unwrap_or_default();
    Ok(related.into_iter().find(|one| one.kind == "officeDocument").map(|one| one.target))
}

/// Shows each start tag of a part beside the content, with its local name.
///
/// # Errors
/// As [`Package::read_side`]; `Encoding`, `Doctype`, and `Damaged` where the part is no XML or is cut short: what it would
/// have led to is missed by nobody.
pub(crate) fn for_each_element(
    package: &mut Package<'_>,
    name: &str,
    mut each: impl FnMut(&str, &BytesStart<'_>),
) -> Result<(), ReadError> {
    let place = package.place(name);
    let fail = |cause| ReadError::at(cause, place.clone());
    let bytes = utf8(package.read_side(name)?).map_err(fail)?;
    let mut reader = Reader::from_reader(bytes.as_slice());
    let mut depth = 0_usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                each(start.local_name().as_ref(), &start);
                depth += 1;
            }
            Ok(Event::Empty(start)) => each(start.local_name().as_ref(), &start),
            // An end tag without a start tag is the reader's own error.
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(Event::DocType(_)) => return Err(fail(Cause::Doctype)),
            Ok(Event::Eof) if depth > 0 => {
                return Err(fail(Cause::Damaged { detail: "the part is cut short".to_owned() }));
            }
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => {}
            Err(error) => return Err(fail(Cause::Damaged { detail: error.to_string() })),
        }
    }
}

/// The value of an attribute by its local name. The prefix is not looked at: no element read here has two attributes of
/// one local name, and documents whose default namespace is Word's write them without a prefix.
pub(crate) fn attribute<'s>(start: &'s BytesStart<'_>, local: &str) -> Option<Cow<'s, str>> {
    let mut attributes = start.attributes();
    let mut attributes = attributes.with_checks(false).flatten();
    let value = attributes.find(|found| found.key.local_name().as_ref() == local)?.value;
    if !value.contains('&') {
        return Some(value);
    }
    let plain = quick_xml::escape::unescape(&value).map(Cow::into_owned);
    Some(plain.map_or(value, Cow::Owned))
}

/// The bytes of a part as UTF-8. Packages hold UTF-8 or UTF-16 (ECMA-376-2 §8.1.4); another declared encoding is believed,
/// because the text would else be lost.
pub(crate) fn utf8(bytes: Vec<u8>) -> Result<Vec<u8>, Cause> {
    let encoding = match bytes.as_slice() {
        [0xFF, 0xFE, ..] | [b'<', 0, ..] => UTF_16LE,
        [0xFE, 0xFF, ..] | [0, b'<', ..] => UTF_16BE,
        other => match declared_encoding(other) {
            None => return Ok(bytes),
            Some(label) => Encoding::for_label(label).ok_or(Cause::Encoding)?,
        },
    };
    // A declaration in single bytes that speaks of UTF-16 was left behind when the part was stored anew.
    if encoding == UTF_8 || (bytes.starts_with(b"<?") && !encoding.is_ascii_compatible()) {
        return Ok(bytes);
    }
    match encoding.decode_with_bom_removal(&bytes) {
        (_, true) => Err(Cause::Encoding),
        (text, false) => Ok(text.into_owned().into_bytes()),
    }
}

fn declared_encoding(bytes: &[u8]) -> Option<&[u8]> {
    let declaration = bytes.strip_prefix(b"<?xml")?;
    let declaration = &declaration[..memchr::memchr(b'>', declaration)?];
    let value = &declaration[memchr::memmem::find(declaration, b"encoding")? + 8..];
    let opening = value.iter().position(|byte| matches!(byte, b'"' | b'\''))?;
    let quoted = &value[opening + 1..];
    quoted.get(..memchr::memchr(value[opening], quoted)?)
}

/// A target as a part name: absolute from the package's root, or relative to the folder of its source.
pub(crate) fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let path = match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("{folder}/{target}"),
    };
    let mut steps: Vec<&str> = Vec::new();
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_absolute_or_relative_to_their_source() {
        let cases = [
            ("word", "styles.xml", "word/styles.xml"),
            ("word", "/word/styles.xml", "word/styles.xml"),
            ("word", "../custom/./styles.xml", "custom/styles.xml"),
            ("", "word/document.xml", "word/document.xml"),
            ("", "/doc.xml", "doc.xml"),
            ("word", "..\\..\\a.xml", "a.xml"),
        ];
        for (folder, target, part) in cases {
            assert_eq!(resolve(folder, target), part);
        }
    }
}
