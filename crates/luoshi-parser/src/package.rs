//! A zip package of parts, opened with caps: what docx, xlsx and ods have in common.
//!
//! A part is inflated only when it is asked for, and never further than [`limits::PART_BYTES`] really inflated bytes,
//! whatever size its entry claims. Not here: what a part means, and which part leads to which.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::{Cursor, Read, Write};
use std::sync::Arc;

use luoshi_table::{Container, Locator};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ExtraField, ZipArchive, ZipWriter};

use crate::{Cause, Input, ReadError, limits};

/// How far a part's claimed size is believed when its buffer is made, and any ratio of it to its packed bytes; past this the
/// buffer grows with what really comes.
const TRUSTED_BYTES: u64 = 1 << 20;

/// An open package.
pub(crate) struct Package<'a> {
    file: Arc<str>,
    archive: ZipArchive<Cursor<Cow<'a, [u8]>>>,
}

/// Says of the first bytes of a part whether more need be read.
pub(crate) type Enough<'e> = &'e dyn Fn(&[u8]) -> bool;

/// What the end of a zip's directory begins with (APPNOTE 4.3.16).
const END_OF_DIRECTORY: &[u8] = b"PK\x05\x06";

/// How much is read between two looks at whether it is enough.
const STEP_BYTES: u64 = 8 << 10;

impl<'a> Package<'a> {
    /// Opens a package by its directory of parts; no part is inflated.
    ///
    /// # Errors
    /// `Damaged` where the bytes are no complete zip file, `Limit` where it lists more than [`limits::PARTS`] parts.
    pub(crate) fn open(input: &Input<'a>) -> Result<Self, ReadError> {
        Self::of_zip(Cow::Borrowed(input.bytes), &input.name)
    }

    fn of_zip(bytes: Cow<'a, [u8]>, file: &Arc<str>) -> Result<Self, ReadError> {
        let listed = listed(&bytes);
        let mut archive =
            ZipArchive::new(Cursor::new(bytes)).map_err(|error| ReadError::new(damaged(&error), file))?;
        if archive.len() > limits::PARTS.size() {
            return Err(ReadError::new(too_many_parts(), file));
        }
        if let Some(name) = repeated(&archive, listed) {
            let detail = format!("two parts are called {name}");
            return Err(ReadError::new(Cause::Damaged { detail }, file));
        }
        if let Some(name) = renamed(&mut archive) {
            let detail = format!("a part has a second name, {name}");
            return Err(ReadError::new(Cause::Damaged { detail }, file));
        }
        Ok(Self { file: Arc::clone(file), archive })
    }

    /// A package of parts that came some other way. They are stored as a zip, uncompressed, so that whoever reads the package
    /// sees no difference and every limit stands where it stood.
    ///
    /// # Errors
    /// `Damaged` where two parts have one name, `Limit` past [`limits::PARTS`] parts or [`limits::PART_BYTES`] bytes of all
    /// together: they came in one file.
    pub(crate) fn of_parts(
        parts: impl IntoIterator<Item = Result<(String, Vec<u8>), ReadError>>,
        file: &Arc<str>,
    ) -> Result<Self, ReadError> {
        let fail = |cause| ReadError::new(cause, file);
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let mut length = 0;
        for (count, part) in parts.into_iter().enumerate() {
            let (name, bytes) = part?;
            length += bytes.len() as u64;
            if count >= limits::PARTS.size() {
                return Err(fail(too_many_parts()));
            }
            if length > limits::PART_BYTES.get() {
                return Err(fail(limits::PART_BYTES.exceeded()));
            }
            writer.start_file(name, stored).map_err(|error| fail(damaged(&error)))?;
            let written = writer.write_all(&bytes);
            written.map_err(|error| fail(Cause::Damaged { detail: error.to_string() }))?;
        }
        let zip = writer.finish().map_err(|error| fail(damaged(&error)))?;
        Self::of_zip(Cow::Owned(zip.into_inner()), file)
    }

    /// The names of the parts, without a leading slash, in the order of the directory. A name that is no valid text is
    /// left out: no format asks for one.
    pub(crate) fn names(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.archive.file_names().filter_map(Result::ok)
    }

    /// Whether the package lists the part.
    pub(crate) fn contains(&self, name: &str) -> bool {
        self.index(name).is_some()
    }

    /// Part names that differ only in case are the same part (ECMA-376-2, part name equivalence), and some programs
    /// write them with backslashes.
    fn index(&self, name: &str) -> Option<usize> {
        self.archive.index_for_name_raw(name.as_bytes()).or_else(|| {
            self.archive.file_names_raw().position(|listed| {
                listed.len() == name.len()
                    && listed.iter().zip(name.as_bytes()).all(|(&l, &n)| {
                        let l = if l == b'\\' { b'/' } else { l };
                        l.eq_ignore_ascii_case(&n)
                    })
            })
        })
    }

    /// The inflated bytes of a part.
    ///
    /// # Errors
    /// `MissingPart`; `Encrypted` where the entry asks for a password; `Limit` where it inflates to more than
    /// [`limits::PART_BYTES`]; `Damaged` where it does not inflate or its checksum is wrong. All but the first name the
    /// part as their place.
    pub(crate) fn read(&mut self, name: &str) -> Result<Vec<u8>, ReadError> {
        self.read_at_most(name, &limits::PART_BYTES)
    }

    /// As [`Package::read`], for the parts beside the content: styles, definitions, relationships.
    pub(crate) fn read_side(&mut self, name: &str) -> Result<Vec<u8>, ReadError> {
        self.read_at_most(name, &limits::SIDE_PART_BYTES)
    }

    fn read_at_most(&mut self, name: &str, limit: &limits::Limit) -> Result<Vec<u8>, ReadError> {
        let bytes = self.read_start(name, limit.get() + 1)?;
        limit.check(bytes.len() as u64, &self.place(name))?;
        Ok(bytes)
    }

    /// The first inflated bytes of a part, as far as `length`: for a look at what it is.
    ///
    /// # Errors
    /// `MissingPart`, `Encrypted` and `Damaged` as in [`Package::read`].
    pub(crate) fn read_start(&mut self, name: &str, length: u64) -> Result<Vec<u8>, ReadError> {
        self.read_until(name, length, None)
    }

    /// As [`Package::read_start`], and no further than to where what was read is `enough`, which is asked now and then.
    ///
    /// # Errors
    /// As there.
    pub(crate) fn read_until(
        &mut self,
        name: &str,
        length: u64,
        enough: Option<Enough<'_>>,
    ) -> Result<Vec<u8>, ReadError> {
        let place = self.place(name);
        let fail = |cause| ReadError::at(cause, place.clone());
        let missing = || ReadError::new(Cause::MissingPart(name.to_owned()), &self.file);
        let index = self.index(name).ok_or_else(missing)?;
        let mut entry = self.archive.by_index(index).map_err(|error| fail(damaged(&error)))?;
        let mut bytes = Vec::with_capacity(entry.size().min(TRUSTED_BYTES).min(length) as usize);
        let step = if enough.is_some() { STEP_BYTES } else { length };
        let plausible = limits::RATIO.get().saturating_mul(entry.compressed_size()).max(TRUSTED_BYTES);
        loop {
            let room = step.min(length - bytes.len() as u64).min(plausible + 1 - bytes.len() as u64);
            let inflated = Read::by_ref(&mut entry).take(room).read_to_end(&mut bytes);
            let read = inflated.map_err(|error| fail(Cause::Damaged { detail: error.to_string() }))?;
            if bytes.len() as u64 > plausible {
                return Err(fail(limits::RATIO.exceeded()));
            }
            if (read as u64) < step || enough.is_none_or(|enough| enough(&bytes)) {
                return Ok(bytes);
            }
        }
    }

    /// The place of a part.
    pub(crate) fn place(&self, name: &str) -> Locator {
        Locator::within(&self.file, Container::Part(name.into()))
    }
}

/// How many entries a zip's directory says that it lists. All bits set: the count stands elsewhere (zip64), in packages of more parts than
/// are read.
fn listed(bytes: &[u8]) -> Option<u16> {
    let at = memchr::memmem::rfind(bytes, END_OF_DIRECTORY)?;
    let count = bytes.get(at + 10..at + 12)?.try_into().ok().map(u16::from_le_bytes);
    count.filter(|count| *count < u16::MAX)
}

/// The name that a part has in an extra field (Info-ZIP's Unicode path, APPNOTE 4.6.9) and not in its header: a program that
/// goes by the header, as the packages' standard has it, would read another part.
fn renamed(archive: &mut ZipArchive<Cursor<Cow<'_, [u8]>>>) -> Option<String> {
    (0..archive.len()).find_map(|index| {
        let entry = archive.by_index_raw(index).ok()?;
        let is_other = entry.extra_data_fields().any(|field| match field {
            // The field's checksum is of the header's name.
            ExtraField::UnicodePath(path) => path.clone().unwrap_valid(entry.name_raw()).is_err(),
            _ => false,
        });
        is_other.then(|| String::from_utf8_lossy(entry.name_raw()).into_owned())
    })
}

/// A name that two parts have. Another program may read the other one, and a checker or a person would have seen what is not published
/// (ECMA-376-2: no two equivalent names in one package).
fn repeated(archive: &ZipArchive<Cursor<Cow<'_, [u8]>>>, listed: Option<u16>) -> Option<String> {
    let plain = |name: &[u8]| -> Vec<u8> {
        let slash = |byte: &u8| if *byte == b'\\' { b'/' } else { byte.to_ascii_lowercase() };
        name.iter().map(slash).collect()
    };
    let mut seen = HashSet::with_capacity(archive.len());
    let twice = archive.file_names_raw().find(|name| !seen.insert(plain(name)));
    // The library keeps the last of several entries of one name; the directory's own count knows of all.
    let more = || listed.filter(|count| usize::from(*count) > archive.len()).map(|_| "the same".to_owned());
    twice.map(|name| String::from_utf8_lossy(name).into_owned()).or_else(more)
}

fn too_many_parts() -> Cause {
    limits::PARTS.exceeded()
}

pub(crate) fn damaged(error: &ZipError) -> Cause {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Cause::Encrypted("package"),
        other => Cause::Damaged { detail: other.to_string() },
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn open(bytes: &[u8]) -> Result<Package<'_>, ReadError> {
        Package::open(&Input { name: "a.docx".into(), bytes })
    }

    #[test]
    fn parts_are_listed_and_read_whatever_the_case_and_the_slash() {
        let bytes = zipped(&[("word/document.xml", b"<a/>"), ("Word\\Styles.xml", b"<b/>")]);
        let mut package = open(&bytes).unwrap();
        assert_eq!(package.names().collect::<Vec<_>>(), ["word/document.xml", "Word\\Styles.xml"]);
        assert_eq!(package.read("word/document.xml").unwrap(), b"<a/>");
        assert_eq!(package.read("word/styles.xml").unwrap(), b"<b/>");
        assert!(package.contains("WORD/document.xml") && !package.contains("word/theme.xml"));
        let error = package.read("word/theme.xml").unwrap_err();
        assert_eq!(error.cause, Cause::MissingPart("word/theme.xml".into()));
    }

    #[test]
    fn a_cut_package_is_damaged_at_every_length() {
        let bytes = zipped(&[("a.xml", b"<a>0123456789</a>"), ("b.xml", b"<b/>")]);
        for end in 0..bytes.len() {
            let error = open(&bytes[..end]).map(drop).unwrap_err();
            assert!(matches!(error.cause, Cause::Damaged { .. }), "{end}");
        }
    }

    #[test]
    fn a_damaged_part_names_itself_and_leaves_the_others_readable() {
        let mut bytes = zipped(&[("a.xml", b"<a>0123456789</a>"), ("b.xml", b"<b/>")]);
        // The local header is 30 bytes and the name; what follows is a.xml's deflated data.
        bytes[30 + 5 + 6] ^= 0x55;
        let mut package = open(&bytes).unwrap();
        let error = package.read("a.xml").unwrap_err();
        assert!(matches!(error.cause, Cause::Damaged { .. }));
        assert_eq!(error.place, package.place("a.xml"));
        assert_eq!(package.read("b.xml").unwrap(), b"<b/>");
    }

    #[test]
    fn two_parts_of_one_name_are_refused() {
        let bytes = zipped(&[("word/document.xml", b"<a/>"), ("Word\\Document.xml", b"<b/>")]);
        let error = open(&bytes).map(drop).unwrap_err();
        assert_eq!(error.cause, Cause::Damaged { detail: "two parts are called Word\\Document.xml".into() });
        // The writer refuses to write a name twice, so it is changed afterwards, in the local header and in the directory.
        let mut bytes = zipped(&[("a.xml", b"<a/>"), ("b.xml", b"<b/>")]);
        for at in memchr::memmem::find_iter(&bytes.clone(), b"b.xml").collect::<Vec<_>>() {
            bytes[at] = b'a';
        }
        let error = open(&bytes).map(drop).unwrap_err();
        assert_eq!(error.cause, Cause::Damaged { detail: "two parts are called the same".into() });
    }

    #[test]
    fn an_entry_with_a_password_is_encrypted() {
        let mut bytes = zipped(&[("a.xml", b"<a/>")]);
        // Bit 0 of the general purpose flags: offset 6 of the local header, 8 of the directory's.
        let directory = memchr::memmem::find(&bytes, b"PK\x01\x02").unwrap();
        bytes[6] |= 1;
        bytes[directory + 8] |= 1;
        let error = open(&bytes).unwrap().read("a.xml").unwrap_err();
        assert_eq!(error.cause, Cause::Encrypted("package"));
    }

    /// What becomes of a part that is this block again and again, past the limit of bytes.
    fn bomb(block: &[u8]) -> Cause {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        writer.start_file("bomb.xml", SimpleFileOptions::default()).unwrap();
        for _ in 0..=limits::PART_BYTES.get() / block.len() as u64 {
            writer.write_all(block).unwrap();
        }
        let bytes = writer.finish().unwrap().into_inner();
        open(&bytes).unwrap().read("bomb.xml").unwrap_err().cause
    }

    #[test]
    fn a_part_is_stopped_at_the_limit_however_small_it_is_packed() {
        let rows: String = (0..10_000).map(|row| format!("<w:tr w:rsidR=\"{row:08}\"/>")).collect();
        assert_eq!(bomb(rows.as_bytes()), limits::PART_BYTES.exceeded());
        assert_eq!(bomb(&vec![b' '; 1 << 20]), limits::RATIO.exceeded());
    }

    #[test]
    fn a_claimed_size_reserves_no_memory() {
        let mut bytes = zipped(&[("a.xml", b"<a/>")]);
        let directory = memchr::memmem::find(&bytes, b"PK\x01\x02").unwrap();
        // The inflated size: offset 24 of the directory's header. The content still reads, or is refused; the
        // buffer stays small.
        bytes[directory + 24..directory + 28].copy_from_slice(&[0xFE, 0xFF, 0xFF, 0xFF]);
        let mut package = open(&bytes).unwrap();
        assert!(package.read("a.xml").map_or(true, |part| part.capacity() <= TRUSTED_BYTES as usize));
    }

    #[test]
    fn too_many_parts_are_refused() {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for number in 0..=limits::PARTS.size() {
            writer.start_file(format!("{number}"), SimpleFileOptions::default()).unwrap();
        }
        let bytes = writer.finish().unwrap().into_inner();
        let error = open(&bytes).map(drop).unwrap_err();
        assert_eq!(error.cause, limits::PARTS.exceeded());
    }
}
