//! The XML of Word 2003 (WordprocessingML 2003): one file whose root is `w:wordDocument`.
//!
//! ```text
//! wordDocument ──translation, names, lists──▶ the parts of a docx ──▶ the docx reader
//! ```
//!
//! Its elements are those of docx but for a few names; what differs is where things stand: styles, lists, notes, comments and
//! page headers are in the one file, tracked changes and bookmarks are annotations, and a list's number is written beside the
//! paragraph. So the file is written anew as the parts of a docx, in one pass, and all that the docx reader decides is decided
//! alike.
//!
//! What is decided here: the number that the file shows beside a paragraph (`wx:t`) is believed, as no other program need count
//! as Word does. What stood around the document (macros, embedded objects, properties) becomes parts of the usual names, so that
//! it is told as of a docx.
//!
//! Not here: what any of it means.

mod lists;
mod names;
#[cfg(test)]
mod tests;
mod translation;

use std::sync::Arc;

use luoshi_table::{Outcome, SourceDocument};

use super::docx::Docx;
use crate::package::Package;
use crate::{Kind, Opened, ReadError, ReadOptions, Reader};
use names::{PARTS, Part};
use translation::translate;

pub(crate) use names::NAMESPACE;

/// The XML of Word 2003.
pub(crate) struct WordMl2003;

impl Reader for WordMl2003 {
    fn name(&self) -> &'static str {
        "wordml-2003"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["xml"]
    }

    fn reads(&self, kind: Kind) -> bool {
        kind == Kind::WordMl2003
    }

    fn read(&self, opened: Opened<'_>, options: &ReadOptions) -> Result<Outcome<SourceDocument>, ReadError> {
        let mut outcome = Docx.read(opened, options)?;
        outcome.value.format = self.name();
        Ok(outcome)
    }
}

const DECLARATIONS: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml""#;

/// The file as the package of a docx.
///
/// # Errors
/// `Damaged` where it is not well-formed, `Doctype`, `Limit` for its depth and as in [`Package::of_parts`].
pub(crate) fn package<'a>(xml: &str, file: &Arc<str>) -> Result<Package<'a>, ReadError> {
    let mut contents = translate(xml, file)?;
    // A file without a body has a document that says so.
    contents.entry(Part::Document).or_default();
    let related = |source: Part| {
        let of_source =
            PARTS.iter().filter(|form| form.source == Some(source) && contents.contains_key(&form.part));
        let related: String = of_source
            .map(|form| format!(r#"<Relationship Id="{0}" Type="{0}" Target="/{1}"/>"#, form.kind, form.name))
            .collect();
        format!("<Relationships>{related}</Relationships>").into_bytes()
    };
    let mut parts = vec![
        ("_rels/.rels".to_owned(), related(Part::Package)),
        ("word/_rels/document.xml.rels".to_owned(), related(Part::Document)),
    ];
    for form in PARTS {
        let content = contents.remove(&form.part);
        let whole = |content| format!("<{0} {DECLARATIONS}>{content}</{0}>", form.root).into_bytes();
        parts.extend(content.map(|content| (form.name.to_owned(), whole(content))));
    }
    Package::of_parts(parts.into_iter().map(Ok), file)
}
