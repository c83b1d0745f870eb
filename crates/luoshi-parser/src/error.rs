//! Why a file could not be read: one cause per thing that can go wrong, each with a stable code.
//!
//! Not here: findings about a file that could be read (those are `Diagnostic`s), and the words of either.

use std::sync::Arc;

use luoshi_table::{Code, Diagnostic, Locator, Severity};

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Cause {
    /// The file has no bytes, or only white space.
    #[error("the file is empty")]
    Empty,
    /// Neither text nor a known office format.
    #[error("the content is no known table format")]
    Unrecognised,
    /// A known format that holds no table luoshi reads; the name says which.
    #[error("{0} is not read")]
    Unsupported(&'static str),
    /// A format older than those that are read, as Word 6: the file must be converted first.
    #[error("{0} must be converted to docx first")]
    Legacy(&'static str),
    /// Protected by a password.
    #[error("{0} is encrypted")]
    Encrypted(&'static str),
    /// The package, a part of it, or its XML is damaged.
    #[error("damaged: {detail}")]
    Damaged {
        /// What exactly, in the words of the library that found it.
        detail: String,
    },
    /// A part that the format requires is absent.
    #[error("missing part {0}")]
    MissingPart(String),
    /// The XML declares a document type: office files never do, and entities can grow without bound.
    #[error("document type declaration")]
    Doctype,
    /// The text is in no encoding that could be told.
    #[error("unknown text encoding")]
    Encoding,
    /// A limit of [`crate::limits`] was passed.
    #[error("more than {limit} {what}")]
    Limit {
        /// What there was too much of, as the name of the limit in lower case, such as `part-bytes`.
        what: &'static str,
        /// The limit.
        limit: u64,
    },
}

impl Cause {
    /// The stable code.
    pub fn code(&self) -> Code {
        match self {
            Self::Empty => "file-empty",
            Self::Unrecognised => "format-unrecognised",
            Self::Unsupported(_) => "format-unsupported",
            Self::Legacy(_) => "format-legacy",
            Self::Encrypted(_) => "file-encrypted",
            Self::Damaged { .. } => "file-damaged",
            Self::MissingPart(_) => "part-missing",
            Self::Doctype => "xml-doctype",
            Self::Encoding => "encoding-unknown",
            Self::Limit { .. } => "limit-exceeded",
        }
    }
}

/// A cause and the place where it was met.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{cause}")]
pub struct ReadError {
    /// What went wrong.
    pub cause: Cause,
    /// Where.
    pub place: Locator,
}

impl ReadError {
    /// An error about the file as a whole.
    pub fn new(cause: Cause, file: &Arc<str>) -> Self {
        Self { cause, place: Locator::file(file) }
    }

    /// An error at a place.
    pub fn at(cause: Cause, place: Locator) -> Self {
        Self { cause, place }
    }

    /// The same as a finding, for a list that holds both.
    pub fn diagnostic(&self) -> Diagnostic {
        let finding = Diagnostic {
            code: self.cause.code(),
            severity: Severity::Error,
            place: Some(self.place.clone()),
            arguments: Vec::new(),
        };
        match &self.cause {
            Cause::Unsupported(what) | Cause::Legacy(what) | Cause::Encrypted(what) => {
                finding.with("what", what)
            }
            Cause::Damaged { detail } => finding.with("detail", detail),
            Cause::MissingPart(part) => finding.with("part", part),
            Cause::Limit { what, limit } => {
                finding.with("what", what).with("name", what).with("limit", limit)
            }
            Cause::Empty | Cause::Unrecognised | Cause::Doctype | Cause::Encoding => finding,
        }
    }
}
