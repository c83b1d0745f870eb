//! What the elements of Word 2003 are called in a docx, and the parts that they go to.
//!
//! Not here: elements that are more than another name.

use quick_xml::name::{Namespace, ResolveResult};

/// WordprocessingML 2003; also the mark by which the file is told.
pub(crate) const NAMESPACE: &str = "http://schemas.microsoft.com/office/word/2003/wordml";

/// A namespace, as far as it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    Word,
    /// Annotations: tracked changes, comments, bookmarks.
    Annotation,
    /// What Word saw when it saved: sections, the numbers of lists, fonts.
    Hint,
    Vml,
    /// Properties of the file.
    Office,
    /// Anything else; what it holds is read as if it were not there.
    Other,
}

impl Space {
    pub(super) fn of(resolved: &ResolveResult<'_>) -> Self {
        match resolved {
            ResolveResult::Bound(Namespace(uri)) => match *uri {
                NAMESPACE => Self::Word,
                "http://schemas.microsoft.com/aml/2001/core" => Self::Annotation,
                "http://schemas.microsoft.com/office/word/2003/auxHint" => Self::Hint,
                "urn:schemas-microsoft-com:vml" => Self::Vml,
                "urn:schemas-microsoft-com:office:office" => Self::Office,
                _ => Self::Other,
            },
            _ => Self::Other,
        }
    }
}

/// A part of the docx.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The package itself, which leads to its parts.
    Package,
    Document,
    Styles,
    Numbering,
    Footnotes,
    Endnotes,
    Comments,
    /// Headers and footers of pages.
    Pages,
    Properties,
    CustomProperties,
    Macros,
    Embedded,
}

/// How a part looks and what leads to it.
pub(super) struct Form {
    pub(super) part: Part,
    pub(super) name: &'static str,
    pub(super) root: &'static str,
    /// The type of the relationship, as far as it is read.
    pub(super) kind: &'static str,
    pub(super) source: Option<Part>,
}

/// The parts. Those that nothing leads to are told by their names.
pub(super) const PARTS: &[Form] = &[
    form(Part::Document, "word/document.xml", "w:document", "officeDocument", Some(Part::Package)),
    form(Part::Styles, "word/styles.xml", "w:styles", "styles", Some(Part::Document)),
    form(Part::Numbering, "word/numbering.xml", "w:numbering", "numbering", Some(Part::Document)),
    form(Part::Footnotes, "word/footnotes.xml", "w:footnotes", "footnotes", Some(Part::Document)),
    form(Part::Endnotes, "word/endnotes.xml", "w:endnotes", "endnotes", Some(Part::Document)),
    form(Part::Comments, "word/comments.xml", "w:comments", "", None),
    form(Part::Pages, "word/header1.xml", "w:hdr", "", None),
    form(Part::Properties, "docProps/core.xml", "Properties", "", None),
    form(Part::CustomProperties, "docProps/custom.xml", "Properties", "", None),
    form(Part::Macros, "word/vbaProject.bin", "macros", "", None),
    form(Part::Embedded, "word/embeddings/oledata.mso", "objects", "", None),
];

const fn form(
    part: Part,
    name: &'static str,
    root: &'static str,
    kind: &'static str,
    source: Option<Part>,
) -> Form {
    Form { part, name, root, kind, source }
}

/// Elements of another name. All others are called alike.
const ELEMENTS: &[(&str, &str)] = &[
    ("hmerge", "hMerge"),
    ("vmerge", "vMerge"),
    ("listPr", "numPr"),
    ("ilfo", "numId"),
    ("listDef", "abstractNum"),
    ("ilst", "abstractNumId"),
    ("list", "num"),
    ("listStyleLink", "numStyleLink"),
];

/// Attributes of another name.
const ATTRIBUTES: &[(&str, &str)] = &[("listDefId", "abstractNumId"), ("ilfo", "numId"), ("h-ansi", "hAnsi")];

/// What an annotation is, by its type, where it is an element of its own in a docx.
const ANNOTATIONS: &[(&str, &str)] =
    &[("Word.Insertion", "w:ins"), ("Word.Deletion", "w:del"), ("Word.Bookmark.Start", "w:bookmarkStart")];

/// Properties of the file that name or describe.
const PROPERTIES: &[(&str, &str)] = &[
    ("Author", "creator"),
    ("LastAuthor", "lastModifiedBy"),
    ("Company", "Company"),
    ("Manager", "Manager"),
    ("Title", "title"),
    ("Subject", "subject"),
    ("Description", "description"),
    ("Keywords", "keywords"),
    ("Category", "category"),
];

fn renamed(table: &'static [(&'static str, &'static str)], name: &str) -> Option<&'static str> {
    table.iter().find(|(known, _)| *known == name).map(|(_, renamed)| *renamed)
}

pub(super) fn element(local: &str) -> &str {
    renamed(ELEMENTS, local).unwrap_or(local)
}

pub(super) fn attribute(local: &str) -> &str {
    renamed(ATTRIBUTES, local).unwrap_or(local)
}

pub(super) fn annotation(kind: &str) -> Option<&'static str> {
    renamed(ANNOTATIONS, kind)
}

pub(super) fn property(local: &str) -> Option<&'static str> {
    renamed(PROPERTIES, local)
}
