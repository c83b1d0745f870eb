//! The parts of a package and how one leads to the next: the document through the package's relationships, styles,
//! numbering and notes through the document's. Each is inflated when it is first needed, and most never are.
//!
//! Not here: what stands in a part.

use luoshi_table::{Diagnostic, Locator};

use crate::opc::{self, Relationship, attribute, main_part, relationships, utf8};
use crate::package::{Enough, Package};
use crate::{Cause, ReadError};

/// What a relationship says of its target: the last step of its type, which the strict and the transitional edition share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Styles,
    Numbering,
    Footnotes,
    Endnotes,
}

impl Kind {
    /// The last step of the relationship type; also the word by which findings call the part.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Styles => "styles",
            Self::Numbering => "numbering",
            Self::Footnotes => "footnotes",
            Self::Endnotes => "endnotes",
        }
    }
}

/// A docx package.
pub(super) struct Parts<'a> {
    package: Package<'a>,
    document: String,
    /// Read when a part beside the document is first asked for.
    relationships: Option<Vec<Relationship>>,
}

impl<'a> Parts<'a> {
    /// Finds the document part.
    ///
    /// # Errors
    /// `MissingPart` where the package leads to none; whatever is wrong with the parts that lead there.
    pub(super) fn open(mut package: Package<'a>) -> Result<Self, ReadError> {
        let document = match main_part(&mut package)? {
            None => from_content_types(&mut package)?,
            found => found,
        };
        let missing = |part: &str| Cause::MissingPart(part.to_owned());
        let Some(document) = document else {
            let place = Locator { container: None, ..package.place("") };
            return Err(ReadError::at(missing("officeDocument"), place));
        };
        Ok(Self { package, document, relationships: None })
    }

    /// The bytes of the document part as UTF-8, and its place.
    pub(super) fn document(&mut self) -> Result<(Vec<u8>, Locator), ReadError> {
        let place = self.package.place(&self.document);
        let bytes = self.package.read(&self.document)?;
        Ok((utf8(bytes).map_err(|cause| ReadError::at(cause, place.clone()))?, place))
    }

    /// The bytes of a part that the document leads to. That it is absent or damaged does not make the document
    /// unreadable, so it is a finding and no error.
    pub(super) fn related(&mut self, kind: Kind) -> Result<(Vec<u8>, Locator), Diagnostic> {
        self.related_by(kind, |package, name| package.read_side(name))
    }

    /// As [`Parts::related`], but only the first bytes, as far as `length` or to where they are `enough`.
    pub(super) fn related_start(
        &mut self,
        kind: Kind,
        length: u64,
        enough: Option<Enough<'_>>,
    ) -> Result<(Vec<u8>, Locator), Diagnostic> {
        self.related_by(kind, |package, name| package.read_until(name, length, enough))
    }

    fn related_by(
        &mut self,
        kind: Kind,
        read: impl FnOnce(&mut Package<'a>, &str) -> Result<Vec<u8>, ReadError>,
    ) -> Result<(Vec<u8>, Locator), Diagnostic> {
        let name = match self.target(kind) {
            Ok(Some(name)) => name,
            Ok(None) => return Err(self.absent(kind)),
            Err(error) => return Err(unreadable(&error)),
        };
        let place = self.package.place(&name);
        match read(&mut self.package, &name) {
            Ok(bytes) => utf8(bytes)
                .map(|bytes| (bytes, place.clone()))
                .map_err(|cause| unreadable(&ReadError::at(cause, place))),
            Err(ReadError { cause: Cause::MissingPart(_), .. }) => Err(self.absent(kind)),
            Err(error) => Err(unreadable(&error)),
        }
    }

    /// Whether the document leads to such a part.
    pub(super) fn leads_to(&mut self, kind: Kind) -> bool {
        matches!(self.target(kind), Ok(Some(_)))
    }

    fn absent(&self, kind: Kind) -> Diagnostic {
        Diagnostic::warning("side-part-missing", self.package.place(&self.document)).with("part", kind.name())
    }

    fn target(&mut self, kind: Kind) -> Result<Option<String>, ReadError> {
        if self.relationships.is_none() {
            self.relationships = Some(relationships(&mut self.package, &self.document)?.unwrap_or_default());
        }
        let mut all = self.relationships.iter().flatten();
        Ok(all.find(|one| one.kind == kind.name()).map(|one| one.target.clone()))
    }
}

/// A part beside the document that cannot be read.
pub(super) fn unreadable(error: &ReadError) -> Diagnostic {
    Diagnostic::warning("side-part-unreadable", error.place.clone()).with("detail", &error.cause)
}

/// The document part by its content type, for packages whose relationships do not lead to it.
fn from_content_types(package: &mut Package<'_>) -> Result<Option<String>, ReadError> {
    const NAME: &str = "[Content_Types].xml";
    let mut found = None;
    if package.contains(NAME) {
        opc::for_each_element(package, NAME, |element, start| {
            let is_document = attribute(start, "ContentType").is_some_and(|kind| {
                kind.contains("word") && kind.ends_with("main+xml") && !kind.contains("glossary")
            });
            if element == "Override" && is_document && found.is_none() {
                found = attribute(start, "PartName").map(|name| opc::resolve("", &name));
            }
        })?;
    }
    Ok(found)
}
