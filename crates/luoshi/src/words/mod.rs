//! All words that a person reads, in Chinese and English: one sentence of what was found and one of what to do per code,
//! the names of places, and the texts of the program.
//!
//! Not here: when something is said.

use std::collections::HashMap;
use std::sync::LazyLock;

use luoshi_table::{Container, Diagnostic, Locator, Severity, column_letters};
use serde::Deserialize;

/// A language of messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// 中文.
    #[default]
    Chinese,
    /// English.
    English,
}

/// A finding in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// What was found.
    pub what: String,
    /// What to do about it; empty where nothing is to be done.
    pub todo: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    diagnostic: HashMap<String, Sentences>,
    text: HashMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sentences {
    what: String,
    #[serde(default)]
    todo: String,
}

const CHINESE: &str = include_str!("zh.toml");
const ENGLISH: &str = include_str!("en.toml");

fn load(text: &str) -> Words {
    toml::from_str(text).unwrap_or_else(|_| Words { diagnostic: HashMap::new(), text: HashMap::new() })
}

fn words(language: Language) -> &'static Words {
    static BOTH: [LazyLock<Words>; 2] = [LazyLock::new(|| load(CHINESE)), LazyLock::new(|| load(ENGLISH))];
    &BOTH[language as usize]
}

/// A text of the program by its name; the name itself where there is none.
pub fn text(name: &'static str, language: Language) -> &'static str {
    words(language).text.get(name).map_or(name, String::as_str)
}

/// A text of the program with its arguments filled in.
pub fn filled(name: &'static str, arguments: &[(&'static str, String)], language: Language) -> String {
    fill(text(name, language), arguments, language)
}

/// A finding in words. A code without words shows its arguments, so that nothing it carries is lost.
pub fn message(diagnostic: &Diagnostic, language: Language) -> Message {
    match words(language).diagnostic.get(diagnostic.code) {
        Some(sentences) => Message {
            what: fill(&sentences.what, &diagnostic.arguments, language),
            todo: fill(&sentences.todo, &diagnostic.arguments, language),
        },
        None => {
            let arguments: Vec<String> =
                diagnostic.arguments.iter().map(|(n, v)| format!("{n}={v}")).collect();
            Message { what: format!("{} {}", diagnostic.code, arguments.join(" ")), todo: String::new() }
        }
    }
}

/// Puts arguments into `{name}`; an argument whose value is a name of the texts, such as `limit.rows`, is put in words.
fn fill(sentence: &str, arguments: &[(&'static str, String)], language: Language) -> String {
    let mut filled = String::with_capacity(sentence.len());
    let mut rest = sentence;
    while let Some(open) = rest.find('{') {
        let Some(close) = rest[open..].find('}') else { break };
        filled.push_str(&rest[..open]);
        let name = &rest[open + 1..open + close];
        match arguments.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => {
                let known = words(language).text.get(&format!("{name}.{value}"));
                filled.push_str(known.map_or(value.as_str(), String::as_str));
            }
            None => filled.push_str(&rest[open..=open + close]),
        }
        rest = &rest[open + close + 1..];
    }
    filled + rest
}

/// The name of a severity.
pub fn severity(severity: Severity, language: Language) -> &'static str {
    let name = match severity {
        Severity::Info => "severity.info",
        Severity::Warning => "severity.warning",
        Severity::Error => "severity.error",
    };
    text(name, language)
}

/// A place without its file: 第1个表第12行第5列, 工作表“公示版”E12. Empty where only the file is known.
pub fn place(locator: &Locator, language: Language) -> String {
    let arguments = |name: &'static str, value: String| vec![(name, value)];
    let within = match &locator.container {
        None => String::new(),
        Some(Container::Table(number)) => {
            filled("place.table", &arguments("number", number.to_string()), language)
        }
        Some(Container::Sheet(name)) => {
            let sheet = filled("place.sheet", &arguments("name", name.to_string()), language);
            return match (locator.row, locator.column) {
                (Some(row), Some(column)) => format!("{sheet}{}{row}", column_letters(column)),
                (Some(row), None) => {
                    sheet + &filled("place.row", &arguments("number", row.to_string()), language)
                }
                _ => sheet,
            };
        }
        Some(Container::Part(name)) => filled("place.part", &arguments("name", name.to_string()), language),
        Some(Container::Text) => String::new(),
    };
    let row = locator.row.map(|row| filled("place.row", &arguments("number", row.to_string()), language));
    let column =
        locator.column.map(|c| filled("place.column", &arguments("number", c.to_string()), language));
    [within, row.unwrap_or_default(), column.unwrap_or_default()].concat()
}

/// The codes that have words in a language, for the test that holds them against the source.
pub fn codes(language: Language) -> Vec<&'static str> {
    let mut codes: Vec<&str> = words(language).diagnostic.keys().map(String::as_str).collect();
    codes.sort_unstable();
    codes
}

/// The sentences of a code as they stand in the data, for the same test.
pub fn sentences(code: &str, language: Language) -> Option<(&'static str, &'static str)> {
    words(language).diagnostic.get(code).map(|sentences| (sentences.what.as_str(), sentences.todo.as_str()))
}

/// The names of the texts, for the test that both languages have the same.
pub fn names(language: Language) -> Vec<&'static str> {
    let mut names: Vec<&str> = words(language).text.keys().map(String::as_str).collect();
    names.sort_unstable();
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn both_languages_say_the_same_things() {
        for text in [CHINESE, ENGLISH] {
            toml::from_str::<Words>(text).unwrap();
        }
        assert_eq!(codes(Language::Chinese), codes(Language::English));
        assert_eq!(names(Language::Chinese), names(Language::English));
        let named = |sentence: &str| {
            let mut names: Vec<String> = sentence
                .split('{')
                .skip(1)
                .filter_map(|part| part.split_once('}'))
                .map(|(n, _)| n.to_owned())
                .collect();
            names.sort();
            names.dedup();
            names
        };
        for code in codes(Language::Chinese) {
            let (chinese, english) = (sentences(code, Language::Chinese), sentences(code, Language::English));
            let (chinese, english) = (chinese.unwrap(), english.unwrap());
            assert_eq!(named(chinese.0), named(english.0), "{code}");
            assert!(!chinese.0.is_empty() && !english.0.is_empty());
        }
    }

    #[test]
    fn arguments_are_filled_in() {
        let file = Locator::file(&Arc::from("a.txt"));
        let finding =
            Diagnostic::warning("number-inferred", file).with("number", 37).with("from", "catalogue");
        assert_eq!(message(&finding, Language::Chinese).what, "序号缺失，按目录推定为37。");
        assert_eq!(
            message(&finding, Language::English).what,
            "The number is missing; the catalogue says 37."
        );
        let unknown = Diagnostic::info("no-such-code", Locator::file(&Arc::from("a"))).with("text", "甲");
        assert_eq!(message(&unknown, Language::English).what, "no-such-code text=甲");
    }

    #[test]
    fn places_are_shown_as_people_count() {
        let file: Arc<str> = Arc::from("a");
        let table = Locator::within(&file, Container::Table(1)).cell(11, 4);
        assert_eq!(place(&table, Language::Chinese), "第1个表第12行第5列");
        let sheet = Locator::within(&file, Container::Sheet("公示版".into())).cell(11, 4);
        assert_eq!(place(&sheet, Language::Chinese), "工作表“公示版”E12");
        assert_eq!(place(&Locator::file(&file), Language::English), "");
    }
}
