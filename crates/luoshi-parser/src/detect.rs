//! Which format a file's content is, whatever its name says.
//!
//! Binary formats are told by their first bytes, packages by their content types, text by its shape. A format that is not
//! read is refused by its name, so that a person learns what to do with the file.
//!
//! What was opened to tell it is handed on to the reader. Nothing is inflated but the first bytes of a package's two
//! describing parts.
//!
//! Not here: reading; which markup a text is.

mod page;

use std::borrow::Cow;
use std::sync::Arc;

use luoshi_table::{Beside, Diagnostic, Locator, Outcome, SourceDocument};
use memchr::memmem;
use page::{ODF_TEXT, in_markup, in_page, trimmed};

use crate::ole::Ole;
use crate::opc::utf8;
use crate::package::Package;
use crate::{Cause, Input, Properties, READERS, ReadError, ReadOptions, beside, formats, limits, ole, text};

/// A format told by content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// WordprocessingML in a zip package.
    Docx,
    /// The binary document of Word 97–2003 in an OLE container, .wps of that time among them.
    Doc,
    /// SpreadsheetML in a zip package, with macros or without.
    Xlsx,
    /// The binary spreadsheet package.
    Xlsb,
    /// The binary workbook of Excel 97–2003 (BIFF8) in an OLE container, .et of that time among them.
    Xls,
    /// OpenDocument spreadsheet.
    Ods,
    /// Rich Text Format, whatever it is called: often .doc.
    Rtf,
    /// A web page, whatever it is called: often .xls or .doc.
    Html,
    /// A web page with what belongs to it in one file.
    Mht,
    /// OpenDocument text in a zip package, templates among them.
    Odt,
    /// OpenDocument text as one piece of XML.
    Fodt,
    /// The program's own JSON.
    Json,
    /// The text export of a word processor: one tab-led line per cell.
    Text,
    /// Delimited text.
    Csv,
    /// WordprocessingML in a package that is one XML file.
    FlatDocx,
    /// SpreadsheetML in a package that is one XML file.
    FlatXlsx,
    /// The XML of Word 2003.
    WordMl2003,
    /// The XML of Excel 2002 and 2003.
    SpreadsheetMl2003,
}

/// How much of a package's describing part is looked at. Word's content types are 2 KB; a document with ten thousand
/// pictures stays below.
const DESCRIPTION_BYTES: u64 = 1 << 20;

/// How far into a text a mark such as `"schema"` or `<html` is looked for.
const HEAD_BYTES: usize = 4096;

/// The first bytes of formats that hold no table luoshi reads.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF", "PDF"),
    (b"\x89PNG\r\n\x1A\n", "PNG"),
    (b"\xFF\xD8\xFF", "JPEG"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"GIF8", "GIF"),
    (b"Rar!\x1A\x07", "RAR"),
    (b"7z\xBC\xAF\x27\x1C", "7z"),
    (b"\x1F\x8B\x08", "gzip"),
];

/// The content types of the main parts of OOXML packages, as far as they differ. A document that embeds a workbook lists
/// the workbook's type without `.main`.
const MAIN_CONTENT_TYPES: &[(&str, Found)] = &[
    ("wordprocessingml.document.main+xml", Ok(Kind::Docx)),
    ("wordprocessingml.template.main+xml", Ok(Kind::Docx)),
    ("ms-word.document.macroEnabled.main+xml", Ok(Kind::Docx)),
    ("ms-word.template.macroEnabledTemplate.main+xml", Ok(Kind::Docx)),
    ("spreadsheetml.sheet.main+xml", Ok(Kind::Xlsx)),
    ("spreadsheetml.template.main+xml", Ok(Kind::Xlsx)),
    ("ms-excel.sheet.macroEnabled.main+xml", Ok(Kind::Xlsx)),
    ("ms-excel.template.macroEnabled.main+xml", Ok(Kind::Xlsx)),
    ("ms-excel.sheet.binary.macroEnabled.main", Ok(Kind::Xlsb)),
    ("presentationml.", Err("pptx")),
];

/// The main parts under their usual names, for packages whose content types say nothing, and the marks of others.
const MAIN_PARTS: &[(&str, Found)] = &[
    ("word/document.xml", Ok(Kind::Docx)),
    ("xl/workbook.xml", Ok(Kind::Xlsx)),
    ("xl/workbook.bin", Ok(Kind::Xlsb)),
    ("ppt/presentation.xml", Err("pptx")),
    ("OFD.xml", Err("OFD")),
];

/// A format that is read, or the name of one that is not.
type Found = Result<Kind, &'static str>;

/// A file whose format is known, opened as far as it takes to know it.
pub struct Opened<'a> {
    name: Arc<str>,
    kind: Kind,
    content: Content<'a>,
    /// What decoding found of a file that is a package in a text.
    found: Vec<Diagnostic>,
}

enum Content<'a> {
    Package(Package<'a>),
    Ole(Ole<'a>),
    Bytes(&'a [u8]),
    Text(Outcome<Cow<'a, str>>),
}

impl<'a> Opened<'a> {
    /// Its format.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// What the file says of itself beside its content; only packages are asked.
    pub fn properties(&mut self) -> Properties {
        match &mut self.content {
            Content::Package(package) => Properties::of(package),
            Content::Ole(_) | Content::Bytes(_) | Content::Text(_) => Properties::default(),
        }
    }

    /// What travels with the file unseen; only packages are looked into.
    pub fn beside(&mut self) -> Beside {
        match &mut self.content {
            Content::Package(package) => beside::of(package),
            // What else their XML holds is not looked through.
            Content::Text(_) if matches!(self.kind, Kind::SpreadsheetMl2003 | Kind::Fodt) => {
                Beside::default()
            }
            // There is nothing that another text could carry.
            Content::Text(_) => Beside { examined: true, ..Beside::default() },
            Content::Ole(_) | Content::Bytes(_) => Beside::default(),
        }
    }

    /// Reads it into tables.
    ///
    /// # Errors
    /// [`ReadError`] where its reader refuses it, or it holds no grid, as the program's own JSON.
    pub fn read(mut self, options: &ReadOptions) -> Result<Outcome<SourceDocument>, ReadError> {
        let Some(reader) = READERS.iter().find(|reader| reader.reads(self.kind)) else {
            return Err(self.other());
        };
        let macros = match &self.content {
            Content::Package(package) => beside::macros(package),
            Content::Ole(_) | Content::Text(_) | Content::Bytes(_) => None,
        };
        let mut found = std::mem::take(&mut self.found);
        let Outcome { value, diagnostics } = reader.read(self, options)?;
        found.extend(diagnostics);
        found.extend(macros.map(|at| Diagnostic::info("macros-ignored", at)));
        Ok(Outcome::new(value, found))
    }

    /// The name by which findings call it, and the package.
    ///
    /// # Errors
    /// `Unrecognised` where it is no zip package.
    pub(crate) fn into_package(self) -> Result<(Arc<str>, Package<'a>), ReadError> {
        match self.content {
            Content::Package(package) => Ok((self.name, package)),
            _ => Err(self.other()),
        }
    }

    /// As [`Opened::into_package`], for an OLE container.
    pub(crate) fn into_ole(self) -> Result<(Arc<str>, Ole<'a>), ReadError> {
        match self.content {
            Content::Ole(ole) => Ok((self.name, ole)),
            _ => Err(self.other()),
        }
    }

    /// As [`Opened::into_package`], for a file that is read byte by byte.
    pub(crate) fn into_bytes(self) -> Result<(Arc<str>, &'a [u8]), ReadError> {
        match self.content {
            Content::Bytes(bytes) => Ok((self.name, bytes)),
            _ => Err(self.other()),
        }
    }

    /// As [`Opened::into_package`], for a text, with what decoding it found.
    pub(crate) fn into_text(self) -> Result<(Arc<str>, Outcome<Cow<'a, str>>), ReadError> {
        match self.content {
            Content::Text(text) => Ok((self.name, text)),
            _ => Err(self.other()),
        }
    }

    /// A file taken for this kind, whatever its content tells: for tests of readers on less than a whole file.
    #[cfg(test)]
    pub(crate) fn taken_for(kind: Kind, input: &Input<'a>) -> Result<Self, ReadError> {
        let content = match kind {
            Kind::Text | Kind::Csv | Kind::Json | Kind::Fodt => Content::Text(text::decode(input)?),
            Kind::Xls | Kind::Doc => Content::Ole(Ole::open(input)?),
            Kind::Rtf | Kind::Html | Kind::Mht => Content::Bytes(input.bytes),
            _ => Content::Package(Package::open(input)?),
        };
        Ok(Self { name: Arc::clone(&input.name), kind, content, found: Vec::new() })
    }

    /// A file that no reader takes, or not this one.
    fn other(&self) -> ReadError {
        let cause = if self.kind == Kind::Json { Cause::Unsupported("JSON") } else { Cause::Unrecognised };
        ReadError::new(cause, &self.name)
    }
}

/// Tells the format by content, and keeps what was opened to tell it.
///
/// # Errors
/// [`ReadError`] with the reason where it is none that is read.
pub fn open<'a>(input: &Input<'a>) -> Result<Opened<'a>, ReadError> {
    let bytes = input.bytes;
    let refuse = |name| ReadError::new(Cause::Unsupported(name), &input.name);
    limits::FILE_BYTES.check(bytes.len() as u64, &Locator::file(&input.name))?;
    let mut findings = Vec::new();
    let (found, content) = if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::new(Cause::Empty, &input.name));
    } else if bytes.starts_with(b"PK\x03\x04") {
        let mut package = Package::open(input)?;
        (in_package(&mut package)?, Content::Package(package))
    } else if bytes.starts_with(b"PK\x05\x06") {
        return Err(refuse("zip"));
    } else if bytes.starts_with(ole::SIGNATURE) {
        let ole = Ole::open(input)?;
        (Ok(in_ole(&ole, input)?), Content::Ole(ole))
    } else if let Some(kind) = in_page(bytes) {
        (Ok(kind), Content::Bytes(bytes))
    } else if let Some(rtf) = in_rtf(bytes) {
        (Ok(Kind::Rtf), Content::Bytes(rtf))
    } else if let Some((_, name)) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        return Err(refuse(name));
    } else {
        let text = decoded(input)?;
        match in_text(&text.value, input)? {
            Ok(Kind::FlatDocx) => {
                let mut package = formats::flat_opc::package(&text.value, &input.name)?;
                findings = text.diagnostics;
                (in_flat_package(&mut package)?, Content::Package(package))
            }
            Ok(Kind::WordMl2003) => {
                let package = formats::wordml2003::package(&text.value, &input.name)?;
                findings = text.diagnostics;
                (Ok(Kind::WordMl2003), Content::Package(package))
            }
            Ok(Kind::Html) => (Ok(Kind::Html), Content::Bytes(bytes)),
            found => (found, Content::Text(text)),
        }
    };
    Ok(Opened { name: Arc::clone(&input.name), kind: found.map_err(refuse)?, content, found: findings })
}

/// Rich text from its first group on: programs that write it by hand put byte order marks or an empty line before it.
fn in_rtf(bytes: &[u8]) -> Option<&[u8]> {
    let mut start = bytes.trim_ascii_start();
    while let Some(rest) = start.strip_prefix(b"\xEF\xBB\xBF") {
        start = rest.trim_ascii_start();
    }
    start.starts_with(b"{\\rtf").then_some(start)
}

fn in_package(package: &mut Package<'_>) -> Result<Found, ReadError> {
    if package.contains("mimetype") {
        match &*package.read_start("mimetype", DESCRIPTION_BYTES)? {
            mimetype if mimetype.starts_with(b"application/vnd.oasis.opendocument.spreadsheet") => {
                return Ok(Ok(Kind::Ods));
            }
            mimetype if mimetype.starts_with(ODF_TEXT.as_bytes()) => {
                return Ok(Ok(Kind::Odt));
            }
            mimetype if mimetype.starts_with(b"application/epub") => return Ok(Err("EPUB")),
            _ => {}
        }
    }
    if package.contains("[Content_Types].xml") {
        let types = package.read_start("[Content_Types].xml", DESCRIPTION_BYTES)?;
        let main =
            MAIN_CONTENT_TYPES.iter().find(|(name, _)| memmem::find(&types, name.as_bytes()).is_some());
        if let Some((_, found)) = main {
            return Ok(*found);
        }
    }
    let main = MAIN_PARTS.iter().find(|(name, _)| package.contains(name));
    Ok(main.map_or(Err("zip"), |(_, found)| *found))
}

/// Programs write documents and slides this way; a workbook is what others make of it.
fn in_flat_package(package: &mut Package<'_>) -> Result<Found, ReadError> {
    Ok(match in_package(package)? {
        Ok(Kind::Docx) => Ok(Kind::FlatDocx),
        Ok(Kind::Xlsx) => Ok(Kind::FlatXlsx),
        Ok(_) | Err("zip") => Err("flat OPC"),
        Err(name) => Err(name),
    })
}

fn in_ole(ole: &Ole<'_>, input: &Input<'_>) -> Result<Kind, ReadError> {
    let cause = if ole.contains("EncryptedPackage") {
        Cause::Encrypted("OOXML")
    } else if ole.contains("Workbook") || ole.contains("Book") {
        return Ok(Kind::Xls);
    } else if ole.contains("WordDocument") {
        return Ok(Kind::Doc);
    } else if ole.contains("PowerPoint Document") {
        Cause::Unsupported("ppt")
    } else {
        Cause::Unrecognised
    };
    Err(ReadError::new(cause, &input.name))
}

/// The text of a file. What XML declares of itself is believed where every byte agrees; else it is a text like any other.
fn decoded<'a>(input: &Input<'a>) -> Result<Outcome<Cow<'a, str>>, ReadError> {
    let is_utf8 = || std::str::from_utf8(input.bytes).is_ok_and(|text| !text.contains('\0'));
    if matches!(input.bytes, [b'<', ..] | [0, b'<', ..])
        && !is_utf8()
        && let Some(text) = utf8(input.bytes.to_vec()).ok().and_then(|bytes| String::from_utf8(bytes).ok())
    {
        return Ok(Outcome::new(Cow::Owned(text), Vec::new()));
    }
    text::decode(input).map_err(|error| {
        let cause = if is_binary(input.bytes) { Cause::Unrecognised } else { error.cause };
        ReadError { cause, ..error }
    })
}

fn in_text(text: &str, input: &Input<'_>) -> Result<Found, ReadError> {
    let mut end = text.len().min(HEAD_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = trimmed(&text[..end]).to_ascii_lowercase();
    if let Some(found) = head.starts_with('<').then(|| in_markup(text, &head)).flatten() {
        return Ok(found);
    }
    if head.starts_with('{') {
        return Ok(if head.contains("\"schema\"") { Ok(Kind::Json) } else { Err("JSON") });
    }
    if is_tab_led(text) {
        Ok(Ok(Kind::Text))
    } else if formats::csv::delimiter(text).is_some() {
        Ok(Ok(Kind::Csv))
    } else {
        Err(ReadError::new(Cause::Unrecognised, &input.name))
    }
}

/// Whether the bytes are of a program, not of a text in an unknown encoding: text has no control characters but these.
fn is_binary(bytes: &[u8]) -> bool {
    bytes.iter().any(|&byte| byte < b' ' && !b"\0\t\n\x0B\x0C\r\x1A\x1B".contains(&byte))
}

/// Whether most lines with text begin a cell: a tab, or a tab after white space where cells before it were lost. A second
/// paragraph of a cell has no tab, so a few lines of another shape are usual; in delimited text hardly a record begins
/// with an empty field.
fn is_tab_led(text: &str) -> bool {
    let (mut led, mut other) = (0, 0);
    for line in text.lines().filter(|line| !line.trim().is_empty() || line.contains('\t')) {
        let indent = line.len() - line.trim_start().len();
        if line[..indent].contains('\t') && !line[indent..].contains('\t') {
            led += 1;
        } else {
            other += 1;
        }
    }
    led > other
}
