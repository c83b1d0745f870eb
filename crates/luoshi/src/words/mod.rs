//! All words that a person reads, in Chinese and English: one sentence of what was found and one of what to do per code,
//! the names of places, and the texts of the program.
//!
//! Not here: when something is said.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use luoshi_table::{Container, Diagnostic, Locator, Severity, column_letters};

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

#[derive(Debug, Default, PartialEq)]
struct Words {
    diagnostic: HashMap<&'static str, Sentences>,
    text: HashMap<&'static str, Cow<'static, str>>,
}

#[derive(Debug, PartialEq)]
struct Sentences {
    what: Cow<'static, str>,
    todo: Cow<'static, str>,
}

const CHINESE: &str = include_str!("zh.toml");
const ENGLISH: &str = include_str!("en.toml");

/// Reads the words. Every run says something, and a reader of all of TOML takes as long over them as a table of 66 items takes
/// to be understood. So an entry is one line, in one of two shapes, and a test holds this reading against TOML's own.
fn load(text: &'static str) -> Words {
    let mut words = Words::default();
    for (name, value) in text.lines().filter_map(|line| line.split_once('=')) {
        let (name, value) = (name.trim_ascii_end(), value.trim_ascii_start());
        if let Some((name, _)) = name.strip_prefix('"').and_then(|name| name.split_once('"')) {
            words.text.extend(string(value).map(|(text, _)| (name, text)));
        } else if let Some((what, rest)) = value.strip_prefix("{ what = ").and_then(string) {
            let todo = rest.strip_prefix(", todo = ").and_then(string).unwrap_or_default().0;
            words.diagnostic.insert(name, Sentences { what, todo });
        }
    }
    words
}

/// The quoted string that a text begins with, and what follows it. The one escape is of the quote itself.
fn string(text: &'static str) -> Option<(Cow<'static, str>, &'static str)> {
    let text = text.strip_prefix('"')?;
    let (end, _) = text.match_indices('"').find(|&(end, _)| !text[..end].ends_with('\\'))?;
    let (inner, rest) = (&text[..end], &text[end + 1..]);
    let inner = if inner.contains('\\') { inner.replace("\\\"", "\"").into() } else { inner.into() };
    Some((inner, rest))
}

fn words(language: Language) -> &'static Words {
    static BOTH: [LazyLock<Words>; 2] = [LazyLock::new(|| load(CHINESE)), LazyLock::new(|| load(ENGLISH))];
    &BOTH[language as usize]
}

/// A text of the program by its name; the name itself where there is none.
pub fn text(name: &'static str, language: Language) -> &'static str {
    words(language).text.get(name).map_or(name, |text| text)
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
                let known = words(language).text.get(format!("{name}.{value}").as_str());
                filled.push_str(known.map_or(value.as_str(), |text| text));
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
    let mut codes: Vec<&str> = words(language).diagnostic.keys().copied().collect();
    codes.sort_unstable();
    codes
}

/// The sentences of a code as they stand in the data, for the same test.
pub fn sentences(code: &str, language: Language) -> Option<(&'static str, &'static str)> {
    words(language).diagnostic.get(code).map(|sentences| (&*sentences.what, &*sentences.todo))
}

/// The names of the texts, for the test that both languages have the same.
pub fn names(language: Language) -> Vec<&'static str> {
    let mut names: Vec<&str> = words(language).text.keys().copied().collect();
    names.sort_unstable();
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn the_files_are_toml_and_read_as_such() {
        for file in [CHINESE, ENGLISH] {
            let table: toml::Table = toml::from_str(file).unwrap();
            let entries = |name: &str| table[name].as_table().unwrap().clone().into_iter();
            let said = |value: &toml::Value| value.as_str().unwrap_or_default().to_owned();
            let Words { diagnostic, text } = load(file);
            assert_eq!(table.len(), 2);
            assert_eq!(
                (diagnostic.len(), text.len()),
                (entries("diagnostic").count(), entries("text").count())
            );
            for (name, value) in entries("text") {
                assert_eq!(text[name.as_str()], said(&value), "{name}");
            }
            for (code, value) in entries("diagnostic") {
                let Sentences { what, todo } = &diagnostic[code.as_str()];
                assert_eq!(*what, said(&value["what"]), "{code}");
                assert_eq!(*todo, value.get("todo").map(said).unwrap_or_default(), "{code}");
                assert!(value.as_table().unwrap().keys().all(|key| ["what", "todo"].contains(&key.as_str())));
            }
        }
    }

    #[test]
    fn both_languages_say_the_same_things() {
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
