//! What a paragraph holds beside the text that is shown, and the findings about it: the same words whatever the format.
//!
//! Not here: what hides a text, and where the paragraph stands.

use luoshi_table::{Diagnostic, Severity};

use super::raised::Raised;
use super::symbols::UnknownSymbols;

/// What was read of a paragraph that its text does not show, or does not show as it is.
#[derive(Debug, Default)]
pub(in crate::formats) struct Asides {
    /// Hidden text.
    pub(in crate::formats) hidden: String,
    /// What of the text that is shown has a line through it.
    pub(in crate::formats) struck: String,
    /// What a content control or a field says as long as nobody has filled it in, such as 单击此处输入文字。
    pub(in crate::formats) prompt: String,
    /// Readings over ruby text.
    pub(in crate::formats) ruby: Vec<String>,
    /// Symbols that no table knows.
    pub(in crate::formats) symbols: UnknownSymbols,
    pub(in crate::formats) raised: Raised,
    /// Instructions of fields that had no result.
    pub(in crate::formats) resultless: Vec<String>,
}

impl Asides {
    /// The findings, once for each kind; their place is the reader's to give. Raised digits of the text get their form. Nothing is kept.
    pub(in crate::formats) fn take(&mut self, text: &mut String) -> impl Iterator<Item = Diagnostic> + use<> {
        let Self { hidden, struck, prompt, ruby, symbols, raised, resultless } = std::mem::take(self);
        raised.write(text);
        let shown = |text: String| (!text.is_empty()).then_some(text);
        let joined = |list: Vec<String>, between: &str| (!list.is_empty()).then(|| list.join(between));
        let findings = [
            shown(hidden)
                .map(|text| Diagnostic::unplaced("hidden-text", Severity::Warning).with("text", text)),
            shown(struck)
                .filter(|text| !text.trim().is_empty())
                .map(|text| Diagnostic::unplaced("text-struck", Severity::Error).with("text", text)),
            shown(prompt)
                .map(|text| Diagnostic::unplaced("control-unfilled", Severity::Warning).with("text", text)),
            joined(ruby, " ")
                .map(|text| Diagnostic::unplaced("ruby-text", Severity::Info).with("text", text)),
            symbols.told().map(|symbols| {
                Diagnostic::unplaced("symbol-unknown", Severity::Warning).with("symbols", symbols)
            }),
            joined(resultless, "; ").map(|fields| {
                Diagnostic::unplaced("field-without-result", Severity::Info).with("field", fields)
            }),
        ];
        findings.into_iter().flatten()
    }
}
