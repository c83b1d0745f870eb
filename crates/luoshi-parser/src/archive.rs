//! A zip of documents, as a mail program or an office packs them: one file after the other, each under its name.
//!
//! Nothing is unpacked to a disk. A name is a label; whatever leads out of the archive's own folder is taken off it. Names that are
//! no UTF-8 are GBK, as Windows in China writes them. Not here: packages, which are one document.

use std::io::{Cursor, Read};
use std::sync::Arc;

use encoding_rs::GB18030;
use luoshi_table::{Container, Locator};
use zip::ZipArchive;

use crate::package::damaged;
use crate::{Cause, Input, ReadError, limits, open};

/// A zip of documents.
pub struct Archive<'a> {
    file: Arc<str>,
    archive: ZipArchive<Cursor<&'a [u8]>>,
    entries: Vec<Entry>,
    /// Bytes inflated so far.
    inflated: u64,
}

/// A document of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name below the archive, folders parted by `/`.
    pub name: String,
    index: usize,
}

impl<'a> Archive<'a> {
    /// Opens a zip of documents; none where the file is anything else, a document's own package among it.
    ///
    /// # Errors
    /// `Limit` where it lists more than [`limits::PARTS`] entries.
    pub fn open(input: &Input<'a>) -> Result<Option<Self>, ReadError> {
        let is_zip = input.bytes.starts_with(b"PK\x03\x04") || input.bytes.starts_with(b"PK\x05\x06");
        if !is_zip || !matches!(open(input), Err(ReadError { cause: Cause::Unsupported("zip"), .. })) {
            return Ok(None);
        }
        let fail = |cause| ReadError::new(cause, &input.name);
        let archive = ZipArchive::new(Cursor::new(input.bytes)).map_err(|error| fail(damaged(&error)))?;
        if archive.len() > limits::PARTS.size() {
            return Err(fail(limits::PARTS.exceeded()));
        }
        let mut entries: Vec<Entry> = Vec::new();
        // From the directory alone: an entry that is damaged is listed too, and says so when it is read.
        for (index, raw) in archive.file_names_raw().enumerate() {
            let name = label(raw);
            if !raw.ends_with(b"/") && !raw.ends_with(b"\\") && !name.is_empty() && !is_leftover(&name) {
                entries.push(Entry { name, index });
            }
        }
        entries.sort_by(|one, other| one.name.cmp(&other.name));
        for at in 1..entries.len() {
            // Two paths may come to one label.
            if entries[at..].first().is_some_and(|entry| entry.name == entries[at - 1].name) {
                let index = entries[at].index;
                entries[at].name.push_str(&format!("#{index}"));
            }
        }
        Ok(Some(Self { file: Arc::clone(&input.name), archive, entries, inflated: 0 }))
    }

    /// The documents, in the order of their names.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The bytes of a document.
    ///
    /// # Errors
    /// `Damaged`, `Encrypted`, or `Limit` past [`limits::PART_BYTES`] for one or [`limits::ARCHIVE_BYTES`] for all.
    pub fn read(&mut self, entry: &Entry) -> Result<Vec<u8>, ReadError> {
        let place = Locator::within(&self.file, Container::Part(entry.name.as_str().into()));
        let fail = |cause| ReadError::at(cause, place.clone());
        let left = limits::ARCHIVE_BYTES.get().saturating_sub(self.inflated);
        let (limit, room) = match left < limits::PART_BYTES.get() {
            true => (&limits::ARCHIVE_BYTES, left),
            false => (&limits::PART_BYTES, limits::PART_BYTES.get()),
        };
        let packed = self.archive.by_index(entry.index).map_err(|error| fail(damaged(&error)))?;
        let mut bytes = Vec::new();
        let read = packed.take(room + 1).read_to_end(&mut bytes);
        read.map_err(|error| fail(Cause::Damaged { detail: error.to_string() }))?;
        if bytes.len() as u64 > room {
            return Err(fail(limit.exceeded()));
        }
        self.inflated += bytes.len() as u64;
        Ok(bytes)
    }
}

/// A name as a label: its steps that name something.
fn label(raw: &[u8]) -> String {
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.into(),
        Err(_) => GB18030.decode_without_bom_handling(raw).0,
    };
    let steps =
        name.split(['/', '\\']).filter(|step| !matches!(*step, "" | "." | "..") && !step.ends_with(':'));
    let clean = |step: &str| step.chars().filter(|c| !c.is_control()).collect::<String>();
    steps.map(clean).collect::<Vec<_>>().join("/")
}

/// What programs leave behind: lock files, hidden files, a Mac's shadows of every file.
fn is_leftover(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name);
    last.starts_with("~$") || last.starts_with('.') || name.starts_with("__MACOSX/")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in entries {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn names(bytes: &[u8]) -> Vec<String> {
        let archive = Archive::open(&Input { name: "a.zip".into(), bytes }).unwrap().unwrap();
        archive.entries().iter().map(|entry| entry.name.clone()).collect()
    }

    #[test]
    fn documents_are_listed_by_labels_that_lead_nowhere() {
        let bytes = zipped(&[
            ("乙/b.docx", b"2"),
            ("../../etc/甲.docx", b"1"),
            ("C:\\temp\\c.xlsx", b"3"),
            ("__MACOSX/._b.docx", b""),
            ("乙/~$b.docx", b""),
            (".DS_Store", b""),
        ]);
        assert_eq!(names(&bytes), ["etc/甲.docx", "temp/c.xlsx", "乙/b.docx"]);
        let mut archive = Archive::open(&Input { name: "a.zip".into(), bytes: &bytes }).unwrap().unwrap();
        let entry = archive.entries()[2].clone();
        assert_eq!(archive.read(&entry).unwrap(), b"2");
    }

    #[test]
    fn names_of_windows_are_gbk() {
        let mut bytes = zipped(&[("NAME.csv", b"a")]);
        // 教育 in GBK; the flag that says UTF-8 is bit 11, which is not set for ASCII names.
        for at in memchr::memmem::find_iter(&bytes.clone(), b"NAME").collect::<Vec<_>>() {
            bytes[at..at + 4].copy_from_slice(b"\xBD\xCC\xD3\xFD");
        }
        assert_eq!(names(&bytes), ["教育.csv"]);
    }

    #[test]
    fn a_document_s_own_package_is_no_archive() {
        let package = zipped(&[
            ("[Content_Types].xml", b"wordprocessingml.document.main+xml"),
            ("word/document.xml", b""),
        ]);
        for bytes in [package.as_slice(), b"PK", b"", b"%PDF"] {
            assert!(Archive::open(&Input { name: "a".into(), bytes }).unwrap().is_none());
        }
        assert!(names(&zipped(&[])).is_empty());
    }
}
