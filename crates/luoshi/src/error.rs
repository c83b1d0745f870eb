//! Everything that can go wrong between bytes and bytes, each with the finding that says it.

use std::sync::Arc;

use luoshi_emitter::WriteError;
use luoshi_model::JsonError;
use luoshi_normalizer::NoChecklist;
use luoshi_parser::ReadError;
use luoshi_patch::PatchError;
use luoshi_table::{Code, Diagnostic, Locator};

/// Why nothing came out.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// It could, and holds no checklist.
    #[error("{0}")]
    NoChecklist(#[from] NoChecklist),
    /// It is JSON, and none of the model's.
    #[error("{error}")]
    Json {
        /// What is wrong with it.
        error: JsonError,
        /// Which file.
        place: Locator,
        /// The name of the schema that it should follow.
        schema: &'static str,
    },
    /// Its format can't be written into.
    #[error("{place:?} is neither docx nor xlsx")]
    NotPatched {
        /// Which file.
        place: Locator,
    },
    /// It can't be written into.
    #[error("{error}")]
    Patch {
        /// What is wrong with it.
        error: PatchError,
        /// Which file.
        place: Locator,
    },
    /// A template asks for what there is not.
    #[error("{place:?}: no placeholder is called {name}")]
    Placeholder {
        /// What it asks for.
        name: String,
        /// The known name that is most like it.
        nearest: Option<String>,
        /// Which file.
        place: Locator,
    },
    /// Something else is wrong with a template.
    #[error("{place:?}: {code}, {name}")]
    Template {
        /// What is wrong.
        code: Code,
        /// The part or placeholder, or the reader's words.
        name: String,
        /// Which file.
        place: Locator,
    },
    /// The format cannot hold the attachment.
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl Error {
    /// A JSON document that does not follow the schema of this name.
    pub fn json(error: JsonError, file: &Arc<str>, schema: &'static str) -> Self {
        Self::Json { error, place: Locator::file(file), schema }
    }

    /// The same as a finding, with its stable code.
    pub fn diagnostic(&self) -> Diagnostic {
        match self {
            Self::Read(error) => error.diagnostic(),
            Self::NoChecklist(error) => error.diagnostic(),
            Self::Json { error: JsonError::Version { found, expected }, place, .. } => {
                Diagnostic::error("json-version", place.clone())
                    .with("found", found)
                    .with("expected", expected)
            }
            Self::Json { error: JsonError::Invalid { line, column, detail }, place, schema } => {
                let place =
                    Locator { row: Some(*line as u32), column: Some(*column as u32), ..place.clone() };
                Diagnostic::error("json-invalid", place).with("detail", detail).with("schema", schema)
            }
            Self::NotPatched { place } => Diagnostic::error("file-not-patched", place.clone()),
            Self::Patch { error, place } => {
                Diagnostic::error("patch-failed", place.clone()).with("detail", error)
            }
            Self::Placeholder { name, nearest, place } => {
                let nearest = nearest.as_deref().unwrap_or("none");
                let finding = Diagnostic::error("placeholder-unknown", place.clone());
                finding.with("name", name).with("nearest", nearest)
            }
            Self::Template { code, name, place } => Diagnostic::error(code, place.clone()).with("name", name),
            Self::Write(error) => error.diagnostic(),
        }
    }
}
