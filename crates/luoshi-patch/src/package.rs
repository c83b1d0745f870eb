//! A package whose parts are read, replaced and added; all others are copied as they are packed.
//!
//! Not here: what stands in a part. Readers of formats have looked at the file before: here it is opened to be written.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// Inflated bytes of a part, at most.
const PART_BYTES: u64 = 256 << 20;

/// Why a file can't be patched.
#[derive(Debug, thiserror::Error)]
pub enum PatchError {
    /// The package can't be read or written.
    #[error("{0}")]
    Package(String),
    /// A part is missing.
    #[error("no part {0}")]
    Missing(String),
    /// A template asks for what there is not.
    #[error("no placeholder is called {{{{{name}}}}}")]
    Placeholder {
        /// What it asks for, with its sign where it opens or closes a part.
        name: String,
        /// The known name that is most like it.
        nearest: Option<String>,
    },
    /// A template has no placeholder: nothing of what was to be filled in would stand in it.
    #[error("no placeholder")]
    NoPlaceholder,
    /// A template has a table, or the sign of a part, where a value belongs, or the other way round.
    #[error("{{{{{name}}}}} stands in a wrong place")]
    Misplaced {
        /// What stands there.
        name: String,
    },
    /// Something of a placeholder is left in the document: in a text box, or without its other half.
    #[error("{name} is left")]
    Left {
        /// What is left.
        name: String,
    },
    /// A part of a template is opened and not closed, or closed and not opened.
    #[error("the part {{{{#{name}}}}} is not closed, or not opened")]
    Unbalanced {
        /// The part.
        name: String,
    },
    /// A part is no UTF-8, or no well-formed XML.
    #[error("{part}: {detail}")]
    Part {
        /// The part.
        part: String,
        /// What is wrong with it.
        detail: String,
    },
}

impl PatchError {
    pub(crate) fn part(part: &str, detail: impl ToString) -> Self {
        Self::Part { part: part.to_owned(), detail: detail.to_string() }
    }
}

/// A package to be written again.
pub(crate) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    changed: BTreeMap<String, String>,
}

/// A relationship of a part.
pub(crate) struct Relationship {
    pub(crate) id: String,
    /// Its type, whole.
    pub(crate) kind: String,
    /// The part's name, without a leading slash.
    pub(crate) target: String,
}

impl<'a> Package<'a> {
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, PatchError> {
        let archive =
            ZipArchive::new(Cursor::new(bytes)).map_err(|error| PatchError::Package(error.to_string()))?;
        Ok(Self { archive, changed: BTreeMap::new() })
    }

    /// The name of a part as the package has it; names differ in case without being others.
    fn listed(&self, name: &str) -> Option<String> {
        let names = self.archive.file_names().filter_map(Result::ok);
        let mut names = names.map(|listed| listed.into_owned());
        names.find(|listed| listed.replace('\\', "/").eq_ignore_ascii_case(name))
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        self.changed.contains_key(name) || self.listed(name).is_some()
    }

    /// The text of a part, as it is now.
    pub(crate) fn text(&mut self, name: &str) -> Result<String, PatchError> {
        if let Some(text) = self.changed.get(name) {
            return Ok(text.clone());
        }
        let listed = self.listed(name).ok_or_else(|| PatchError::Missing(name.to_owned()))?;
        let entry = self.archive.by_name(&listed).map_err(|error| PatchError::part(name, error))?;
        let mut bytes = Vec::new();
        entry.take(PART_BYTES + 1).read_to_end(&mut bytes).map_err(|error| PatchError::part(name, error))?;
        if bytes.len() as u64 > PART_BYTES {
            return Err(PatchError::part(name, "too large"));
        }
        String::from_utf8(bytes).map_err(|_| PatchError::part(name, "not UTF-8"))
    }

    /// Replaces a part, or adds one.
    pub(crate) fn set(&mut self, name: &str, text: String) {
        self.changed.insert(self.listed(name).unwrap_or_else(|| name.to_owned()), text);
    }

    /// The relationships of a part, or of the package where `source` is empty.
    pub(crate) fn relationships(&mut self, source: &str) -> Result<Vec<Relationship>, PatchError> {
        let name = rels(source);
        if !self.contains(&name) {
            return Ok(Vec::new());
        }
        let text = self.text(&name)?;
        let folder = source.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut found = Vec::new();
        each(&text, &name, |local, start, _| {
            if local == "Relationship" && attribute(start, "TargetMode").as_deref() != Some("External") {
                let (id, kind) = (attribute(start, "Id"), attribute(start, "Type"));
                let target = attribute(start, "Target").map(|target| resolve(folder, &target));
                if let (Some(id), Some(kind), Some(target)) = (id, kind, target) {
                    found.push(Relationship { id, kind, target });
                }
            }
        })?;
        Ok(found)
    }

    /// The part that a relationship of this kind leads to.
    pub(crate) fn related(&mut self, source: &str, kind: &str) -> Result<Option<String>, PatchError> {
        let found = self.relationships(source)?;
        Ok(found.into_iter().find(|one| one.kind.rsplit('/').next() == Some(kind)).map(|one| one.target))
    }

    /// Adds a relationship to a part; gives its id.
    pub(crate) fn relate(&mut self, source: &str, kind: &str, target: &str) -> Result<String, PatchError> {
        let name = rels(source);
        let known: Vec<String> = self.relationships(source)?.into_iter().map(|one| one.id).collect();
        let id = (1..)
            .map(|number| format!("rIdLuoshi{number}"))
            .find(|id| !known.contains(id))
            .unwrap_or_default();
        let element = format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"/{target}\"/>");
        let text = match self.contains(&name) {
            true => before_end(&self.text(&name)?, "Relationships", &element)
                .ok_or_else(|| PatchError::part(&name, "no Relationships"))?,
            false => format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships \
                 xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{element}</Relationships>"
            ),
        };
        self.set(&name, text);
        Ok(id)
    }

    /// Says of what type a part is, or of what type all of an extension are (`part` without a slash).
    pub(crate) fn declare(&mut self, part: &str, content_type: &str) -> Result<(), PatchError> {
        const TYPES: &str = "[Content_Types].xml";
        let text = self.text(TYPES)?;
        let element = match part.contains('/') {
            true => format!("<Override PartName=\"/{part}\" ContentType=\"{content_type}\"/>"),
            false => {
                let known = format!("Extension=\"{part}\"");
                if text.to_ascii_lowercase().contains(&known.to_ascii_lowercase()) {
                    return Ok(());
                }
                format!("<Default Extension=\"{part}\" ContentType=\"{content_type}\"/>")
            }
        };
        let text = before_end(&text, "Types", &element).ok_or_else(|| PatchError::part(TYPES, "no Types"))?;
        self.set(TYPES, text);
        Ok(())
    }

    /// A name of this shape that no part has: `{}` is a number from 1.
    pub(crate) fn free_name(&self, shape: &str) -> String {
        (1..)
            .map(|number: u32| shape.replace("{}", &number.to_string()))
            .find(|name| !self.contains(name))
            .unwrap_or_default()
    }

    /// The package with what was changed.
    pub(crate) fn finish(mut self) -> Result<Vec<u8>, PatchError> {
        let failed = |error: &dyn std::fmt::Display| PatchError::Package(error.to_string());
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        // What is written must open: a part that is no longer well-formed tells of a fault here, and is never handed out.
        for (name, text) in &self.changed {
            well_formed(text, name)?;
        }
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..self.archive.len() {
            let entry = self.archive.by_index_raw(index).map_err(|error| failed(&error))?;
            let name = entry.name().map(std::borrow::Cow::into_owned).unwrap_or_default();
            match self.changed.remove(&name) {
                Some(text) => {
                    drop(entry);
                    writer.start_file(name, options).map_err(|error| failed(&error))?;
                    writer.write_all(text.as_bytes()).map_err(|error| failed(&error))?;
                }
                None => writer.raw_copy_file(entry).map_err(|error| failed(&error))?,
            }
        }
        for (name, text) in self.changed {
            writer.start_file(name, options).map_err(|error| failed(&error))?;
            writer.write_all(text.as_bytes()).map_err(|error| failed(&error))?;
        }
        Ok(writer.finish().map_err(|error| failed(&error))?.into_inner())
    }
}

/// The part of a part's relationships.
fn rels(source: &str) -> String {
    let (folder, file) = source.rsplit_once('/').unwrap_or(("", source));
    resolve(folder, &format!("_rels/{file}.rels"))
}

/// A target as a part name.
fn resolve(folder: &str, target: &str) -> String {
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

/// Calls for each start tag with its local name and the bytes of it.
pub(crate) fn each(
    text: &str,
    part: &str,
    mut call: impl FnMut(&str, &BytesStart<'_>, std::ops::Range<usize>),
) -> Result<(), PatchError> {
    let mut reader = Reader::from_str(text);
    let mut from = 0;
    loop {
        let event = reader.read_event().map_err(|error| PatchError::part(part, error))?;
        let to = reader.buffer_position() as usize;
        match event {
            Event::Start(start) | Event::Empty(start) => call(start.local_name().as_ref(), &start, from..to),
            Event::Eof => return Ok(()),
            _ => {}
        }
        from = to;
    }
}

/// Whether every element of a part is closed in its turn.
fn well_formed(text: &str, part: &str) -> Result<(), PatchError> {
    let mut reader = Reader::from_str(text);
    let mut depth = 0_usize;
    loop {
        match reader.read_event().map_err(|error| PatchError::part(part, error))? {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Eof if depth > 0 => return Err(PatchError::part(part, "an element is not closed")),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// The value of an attribute by its local name.
pub(crate) fn attribute(start: &BytesStart<'_>, local: &str) -> Option<String> {
    let mut attributes = start.attributes();
    let mut attributes = attributes.with_checks(false).flatten();
    let value = attributes.find(|found| found.key.local_name().as_ref() == local)?.value;
    Some(quick_xml::escape::unescape(&value).map_or_else(|_| value.to_string(), |plain| plain.into_owned()))
}

/// A text with a piece before the end tag of its root, which has this local name; also where the root is its own end tag.
pub(crate) fn before_end(text: &str, root: &str, piece: &str) -> Option<String> {
    let end = text.rfind("</").filter(|&end| {
        let name = text[end + 2..].trim_end().trim_end_matches('>').trim_end();
        name.rsplit(':').next() == Some(root)
    });
    if let Some(end) = end {
        return Some([&text[..end], piece, &text[end..]].concat());
    }
    let start = text.rfind('<')?;
    let tag = text[start + 1..].trim_end().strip_suffix("/>")?;
    let name = tag.split_whitespace().next()?;
    (name.rsplit(':').next() == Some(root)).then(|| format!("{}<{tag}>{piece}</{name}>", &text[..start]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_goes_before_the_end_of_the_root() {
        let cases = [
            ("<a><b/></a>", Some("<a><b/>X</a>")),
            ("<x:a xmlns:x=\"u\"></x:a>\n", Some("<x:a xmlns:x=\"u\">X</x:a>\n")),
            ("<?xml version=\"1.0\"?><a xmlns=\"u\"/>", Some("<?xml version=\"1.0\"?><a xmlns=\"u\">X</a>")),
            ("<b></b>", None),
        ];
        for (text, expected) in cases {
            assert_eq!(before_end(text, "a", "X").as_deref(), expected);
        }
    }
}
