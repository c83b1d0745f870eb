//! OpenDocument text (odt, ott, and fodt, which is the same in one piece of XML; ODF 1.3 part 3): one pass over the content,
//! after one over the common styles.
//!
//! ```text
//! content.xml ──xml, names──▶ elements ──body──▶ lines and raw tables ──word/table──▶ grids
//! styles.xml  ──styles, lists──▶ the numbers that lists show, text that is hidden
//! ```
//!
//! What is decided here and not by the file, in one place; it is what is decided for docx:
//!
//! - Tracked changes are accepted or rejected as the caller says; how many there were is reported per table. What was deleted
//!   stands at the front of the file and is read again where it was when changes are rejected.
//! - A field shows what the file says it showed. Hidden text, readings over ruby text, notes and the values of form fields are
//!   reported with their text, not read into the cell; the text of a text box, a shape and a nested table goes into the cell.
//! - A table in a text box is a table of its own where the box stands in no table: LibreOffice keeps Word's floating tables so.
//! - A table that stands for a cell which was split (`table:is-sub-table`) is a nested table: what was one cell stays one.
//!   LibreOffice saves such a table as plain rows and columns.
//! - A line break is a line feed, page breaks are nothing.
//! - Headers, footers and comments are no content; comments are counted. Pictures and objects are told by their place.

mod body;
mod lists;
mod names;
mod paragraph;
mod styles;
mod xml;

#[cfg(test)]
mod tests;

use luoshi_table::{Container, Diagnostic, Locator, Outcome, SourceDocument};

use crate::formats::word::findings::Findings;
use crate::opc::utf8;
use crate::package::Package;
use crate::{Cause, Kind, Opened, ReadError, ReadOptions, Reader};
use styles::Styles;

/// OpenDocument text, in a package (odt, ott) or in one piece (fodt).
pub(crate) struct Odt;

const CONTENT: &str = "content.xml";
const STYLES: &str = "styles.xml";
const MANIFEST: &str = "META-INF/manifest.xml";

impl Reader for Odt {
    fn name(&self) -> &'static str {
        "odt"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["odt", "ott", "fodt"]
    }

    fn reads(&self, kind: Kind) -> bool {
        matches!(kind, Kind::Odt | Kind::Fodt)
    }

    fn read(&self, opened: Opened<'_>, options: &ReadOptions) -> Result<Outcome<SourceDocument>, ReadError> {
        let mut findings = Findings::default();
        let (file, blocks) = if opened.kind() == Kind::Fodt {
            let (file, text) = opened.into_text()?;
            text.diagnostics.into_iter().for_each(|finding| findings.add(finding));
            let place = Locator::within(&file, Container::Text);
            let bytes = text.value.as_bytes();
            let blocks = body::read(bytes, &place, Styles::default(), options.revisions, &mut findings)?;
            (file, blocks)
        } else {
            let (file, mut package) = opened.into_package()?;
            if is_encrypted(&mut package)? {
                return Err(ReadError::new(Cause::Encrypted("odt"), &file));
            }
            let place = package.place(CONTENT);
            let bytes = utf8(package.read(CONTENT)?).map_err(|cause| ReadError::at(cause, place.clone()))?;
            let styles = common_styles(&mut package, &mut findings);
            let blocks = body::read(&bytes, &place, styles, options.revisions, &mut findings)?;
            (file, blocks)
        };
        let findings = findings.finish(Locator::file(&file));
        let document = SourceDocument { file, format: self.name(), has_spans: true, blocks };
        Ok(Outcome::new(document, findings))
    }
}

/// Whether the manifest says that parts are encrypted (ODF 1.3 part 2, §4.8.3).
fn is_encrypted(package: &mut Package<'_>) -> Result<bool, ReadError> {
    if !package.contains(MANIFEST) {
        return Ok(false);
    }
    Ok(memchr::memmem::find(&package.read_side(MANIFEST)?, b"encryption-data").is_some())
}

/// The common styles. A document may do without; what is wrong with them is told, and costs numbers at most.
fn common_styles(package: &mut Package<'_>, findings: &mut Findings) -> Styles {
    if !package.contains(STYLES) {
        return Styles::default();
    }
    let place = package.place(STYLES);
    let bytes = package
        .read_side(STYLES)
        .and_then(|bytes| utf8(bytes).map_err(|cause| ReadError::at(cause, place.clone())));
    bytes.and_then(|bytes| Styles::read(&bytes, place)).unwrap_or_else(|error| {
        let finding = Diagnostic::warning("side-part-unreadable", error.place.clone());
        findings.add(finding.with("detail", &error.cause));
        Styles::default()
    })
}
