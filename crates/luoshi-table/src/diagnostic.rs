//! A finding, and a value that travels with its findings.
//!
//! Not here: the words. A diagnostic carries a stable code and its arguments; the facade holds one sentence per code and
//! language, so that a finding can be shown in Chinese or English and tested without either.

use serde::Serialize;

use crate::Locator;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing to do.
    Info,
    /// A person should look.
    Warning,
    /// The result must not be used before a person has looked.
    Error,
}

/// The stable name of a kind of finding, in lower case with hyphens, such as `number-inferred`.
/// Programs may match on it; it never changes its meaning.
pub type Code = &'static str;

/// A finding: what was found, where, and how much it matters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// The kind of finding.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// Where it was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Locator>,
    /// What the sentence of this code needs, by name, in the order the code gives.
    #[serde(serialize_with = "as_map")]
    pub arguments: Vec<(&'static str, String)>,
}

fn as_map<S: serde::Serializer>(
    arguments: &[(&'static str, String)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(arguments.iter().map(|(name, value)| (name, value)))
}

impl Diagnostic {
    /// A finding worth knowing.
    pub fn info(code: Code, place: Locator) -> Self {
        Self { code, severity: Severity::Info, place: Some(place), arguments: Vec::new() }
    }

    /// A finding that a person should look at.
    pub fn warning(code: Code, place: Locator) -> Self {
        Self { severity: Severity::Warning, ..Self::info(code, place) }
    }

    /// A finding that stands in the way of using the result.
    pub fn error(code: Code, place: Locator) -> Self {
        Self { severity: Severity::Error, ..Self::info(code, place) }
    }

    /// A finding about no place of any file, such as one about a whole that is made of several.
    pub fn unplaced(code: Code, severity: Severity) -> Self {
        Self { code, severity, place: None, arguments: Vec::new() }
    }

    /// Adds an argument of the sentence.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.arguments.push((name, value.to_string()));
        self
    }
}

/// Whether one of the findings is an error.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}

/// A value together with what was found while making it.
#[derive(Clone, Debug)]
pub struct Outcome<T> {
    /// The value.
    pub value: T,
    /// The findings, in the order they were made.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Outcome<T> {
    /// A value with its findings.
    pub fn new(value: T, diagnostics: Vec<Diagnostic>) -> Self {
        Self { value, diagnostics }
    }

    /// The next stage's outcome, with the findings of this one before its own.
    pub fn and_then<U>(self, stage: impl FnOnce(T) -> Outcome<U>) -> Outcome<U> {
        let mut next = stage(self.value);
        let mut diagnostics = self.diagnostics;
        diagnostics.append(&mut next.diagnostics);
        Outcome { value: next.value, diagnostics }
    }
}
