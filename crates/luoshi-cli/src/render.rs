//! Findings to a person (standard error) or a program (a JSON file), and the exit code.
//!
//! Findings of one code and file stand together, what to do once below them.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use luoshi::words::{self, Language, filled, message};
use luoshi::{Diagnostic, has_errors};
use serde_json::json;

use crate::Exit;
use crate::files::place;
use crate::output::Growing;

/// Collects what a run has to say.
pub(crate) struct Report {
    pub(crate) language: Language,
    file: Option<PathBuf>,
    /// What was written of the file so far.
    written: Option<Result<Growing, Diagnostic>>,
    diagnostics: Vec<Diagnostic>,
    /// Whether one of the findings is an error of the run.
    fails: bool,
}

impl Report {
    /// Findings go to the terminal, or into the file if there is one.
    pub(crate) fn new(language: Language, file: Option<PathBuf>) -> Self {
        Self { language, file, written: None, diagnostics: Vec::new(), fails: false }
    }

    /// Where the findings are written, if not to the terminal.
    pub(crate) fn file(&self) -> Option<&PathBuf> {
        self.file.as_ref()
    }

    /// Shows the findings at the terminal after all.
    fn show_at_terminal(&mut self) {
        self.file = None;
    }

    /// Adds findings.
    pub(crate) fn extend(&mut self, diagnostics: Vec<Diagnostic>) {
        self.fails |= has_errors(&diagnostics);
        self.tell(diagnostics);
    }

    /// Adds findings that the command judges itself: their severities don't decide the exit code.
    pub(crate) fn tell(&mut self, diagnostics: Vec<Diagnostic>) {
        self.diagnostics.extend(diagnostics);
    }

    /// Shows or writes the findings so far: a long run keeps none.
    pub(crate) fn flush(&mut self) {
        let findings = std::mem::take(&mut self.diagnostics);
        let Some(path) = &self.file else { return to_terminal(&findings, self.language) };
        let (mut text, begun) = (String::new(), self.written.is_some());
        for (number, finding) in findings.iter().enumerate() {
            text += if begun || number > 0 { ",\n" } else { LIST_BEGINS };
            text += &to_json(finding, self.language);
        }
        if !text.is_empty()
            && let Ok(file) = self.written.get_or_insert_with(|| Growing::new(path))
            && let Err(finding) = file.write(text.as_bytes())
        {
            self.written = Some(Err(finding));
        }
    }

    /// Adds an error that ends the run.
    pub(crate) fn fail(&mut self, diagnostic: Diagnostic) -> Exit {
        self.diagnostics.push(diagnostic);
        Exit::Failed
    }

    /// Adds what was found while writing an output: about it, unless a finding names another place.
    pub(crate) fn extend_at(&mut self, path: &Path, diagnostics: Vec<Diagnostic>) {
        let at = |finding: Diagnostic| {
            let place = finding.place.or_else(|| Some(place(path)));
            Diagnostic { place, ..finding }
        };
        self.extend(diagnostics.into_iter().map(at).collect());
    }

    /// Adds the errors for which nothing is done.
    pub(crate) fn refuse(&mut self, findings: Vec<Diagnostic>) -> Exit {
        if self.file().is_some_and(|path| findings.iter().any(|one| one.place == Some(place(path)))) {
            // The file for findings is what is wrong, so it is left alone.
            self.show_at_terminal();
        }
        self.diagnostics.extend(findings);
        Exit::Failed
    }

    /// Says a line to the person at the terminal, beside the results.
    pub(crate) fn say(&self, name: &'static str, arguments: &[(&'static str, String)]) {
        // Nobody to tell is no failure.
        let _ = writeln!(std::io::stderr(), "{}", visible(&filled(name, arguments, self.language)));
    }

    /// Shows or writes the findings, the last ones too.
    pub(crate) fn finish(mut self, exit: Exit) -> Exit {
        let exit = if self.fails { exit.max(Exit::Findings) } else { exit };
        self.flush();
        let Some(path) = &self.file else { return exit };
        let (written, end) = match self.written {
            Some(written) => (written, LIST_ENDS),
            None => (Growing::new(path), NO_LIST),
        };
        match written.and_then(|mut file| file.write(end.as_bytes()).and_then(|()| file.commit())) {
            Ok(()) => exit,
            Err(unwritable) => {
                to_terminal(&[unwritable], self.language);
                Exit::Failed
            }
        }
    }
}

/// Shows findings on standard error.
pub(crate) fn to_terminal(diagnostics: &[Diagnostic], language: Language) {
    let mut text = String::new();
    let colon = words::text("render.colon", language);
    for group in grouped(diagnostics) {
        let first = group[0];
        let times = match group.len() {
            1 => String::new(),
            count => filled("render.times", &[("count", count.to_string())], language),
        };
        text += &format!("{} {}{times}\n", words::severity(first.severity, language), first.code);
        for finding in &group {
            let at = finding.place.as_ref();
            let file = visible(at.map_or("", |at| &at.file));
            let within = at.map(|at| words::place(at, language)).unwrap_or_default();
            let within = visible(&within);
            let gap = if within.is_empty() || within.starts_with(' ') { "" } else { " " };
            let colon = if file.is_empty() { "" } else { colon };
            text += &format!("  {file}{gap}{within}{colon}{}\n", visible(&message(finding, language).what));
        }
        let todo = message(first, language).todo;
        if !todo.is_empty() {
            text +=
                &format!("  {}\n", filled("render.todo", &[("todo", visible(&todo).into_owned())], language));
        }
    }
    let _ = std::io::stderr().write_all(text.as_bytes());
}

/// A text as one line that only shows: a file's name or content may hold what a terminal obeys, line feeds that forge a line of ours, and
/// marks that turn the order of what follows (Unicode's bidirectional controls).
fn visible(text: &str) -> Cow<'_, str> {
    let turns =
        |c: char| matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let shown = |c: char| match c {
        '\n' | '\t' => ' ',
        // The picture of a control character stands as far into its block as the character itself.
        '\0'..='\u{1F}' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{FFFD}'),
        c if c.is_control() || turns(c) => '\u{FFFD}',
        c => c,
    };
    match text.contains(|c| shown(c) != c) {
        true => Cow::Owned(text.chars().map(shown).collect()),
        false => Cow::Borrowed(text),
    }
}

/// Findings of one file and code together, in the order in which the first of each was made.
fn grouped(diagnostics: &[Diagnostic]) -> Vec<Vec<&Diagnostic>> {
    let file = |finding: &Diagnostic| finding.place.as_ref().map(|place| place.file.clone());
    let mut groups: Vec<Vec<&Diagnostic>> = Vec::new();
    let mut at = HashMap::new();
    for finding in diagnostics {
        let next = groups.len();
        let group = *at.entry((finding.code, file(finding))).or_insert(next);
        if group == next {
            groups.push(Vec::new());
        }
        groups[group].push(finding);
    }
    groups
}

/// What stands around the findings in their file.
const LIST_BEGINS: &str = "{\n  \"diagnostics\": [\n";
const LIST_ENDS: &str = "\n  ],\n  \"schema\": \"luoshi.diagnostics/1\"\n}\n";
const NO_LIST: &str = "{\n  \"diagnostics\": [],\n  \"schema\": \"luoshi.diagnostics/1\"\n}\n";

/// A finding as it stands in the list.
fn to_json(finding: &Diagnostic, language: Language) -> String {
    let message = message(finding, language);
    let mut value = json!(finding);
    value["message"] = json!(message.what);
    value["todo"] = json!(message.todo);
    format!("    {}", format!("{value:#}").replace('\n', "\n    "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use luoshi::Locator;

    #[test]
    fn findings_of_one_code_and_file_stand_together() {
        let place = |file: &str| Locator::file(&file.into());
        let findings = [
            Diagnostic::info("a", place("x")),
            Diagnostic::info("b", place("x")),
            Diagnostic::info("a", place("x")),
            Diagnostic::info("a", place("y")),
        ];
        let sizes: Vec<usize> = grouped(&findings).iter().map(Vec::len).collect();
        assert_eq!(sizes, [2, 1, 1]);
    }

    #[test]
    fn what_is_said_shows_and_does_nothing() {
        assert_eq!(visible("教育局.docx"), "教育局.docx");
        assert_eq!(visible("a\u{1b}[2J\nb\u{7f}\u{202e}c"), "a␛[2J b\u{FFFD}\u{FFFD}c");
    }
}
