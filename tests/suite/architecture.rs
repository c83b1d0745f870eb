//! What ARCHITECTURE.md promises, as tests: the arrows between the crates, words for every code, heads on every file, and
//! files that a person reads in one sitting.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use luoshi::words::{Language, codes, names, sentences};
use regex::Regex;

use crate::support::root;

/// Which crate may know which. An arrow that is not here is a boundary crossed.
const ARROWS: &[(&str, &[&str])] = &[
    ("luoshi-table", &[]),
    ("luoshi-model", &["luoshi-table"]),
    ("luoshi-parser", &["luoshi-table"]),
    ("luoshi-normalizer", &["luoshi-model", "luoshi-table"]),
    ("luoshi-reconcile", &["luoshi-model", "luoshi-normalizer", "luoshi-table"]),
    ("luoshi-rules", &["luoshi-model", "luoshi-normalizer", "luoshi-table"]),
    ("luoshi-emitter", &["luoshi-model", "luoshi-table"]),
    ("luoshi-patch", &["luoshi-table"]),
    (
        "luoshi",
        &[
            "luoshi-emitter",
            "luoshi-model",
            "luoshi-normalizer",
            "luoshi-parser",
            "luoshi-patch",
            "luoshi-reconcile",
            "luoshi-rules",
            "luoshi-table",
        ],
    ),
    ("luoshi-cli", &["luoshi"]),
];

/// Lines that make a file too long for one sitting.
const LONG: usize = 600;

#[test]
fn the_crates_know_each_other_as_drawn() {
    let mut seen = BTreeSet::new();
    for entry in std::fs::read_dir(root().join("crates")).unwrap() {
        let folder = entry.unwrap().path();
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let manifest: toml::Table =
            std::fs::read_to_string(folder.join("Cargo.toml")).unwrap().parse().unwrap();
        let allowed: BTreeSet<&str> = ARROWS
            .iter()
            .find(|(from, _)| *from == name)
            .unwrap_or_else(|| panic!("{name} is not drawn"))
            .1
            .iter()
            .copied()
            .collect();
        let known: BTreeSet<&str> = manifest["dependencies"]
            .as_table()
            .unwrap()
            .keys()
            .map(String::as_str)
            .filter(|dependency| dependency.starts_with("luoshi"))
            .collect();
        assert_eq!(known, allowed, "{name}");
        seen.insert(name);
    }
    assert_eq!(seen.len(), ARROWS.len());
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn all_sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    sources(&root().join("crates"), &mut found);
    sources(&root().join("tests"), &mut found);
    found.sort();
    found.into_iter().map(|path| (path.clone(), std::fs::read_to_string(path).unwrap())).collect()
}

/// The codes that the libraries and the program make findings of, with the names of their arguments.
fn codes_in_source() -> BTreeMap<String, BTreeSet<String>> {
    let made = Regex::new(
        r#"(?:Diagnostic::(?:info|warning|error|unplaced)|finding)\(\s*"([a-z0-9-]+)"|code: "([a-z0-9-]+)"|=> (?:Some\()?"([a-z0-9]+(?:-[a-z0-9]+)+)"\)?,\n"#,
    );
    let argument = Regex::new(r#"\.with\(\s*"([a-z_]+)""#).unwrap();
    let mut codes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let own = root().join("crates/luoshi-cli/src/language.rs");
    for (path, text) in all_sources() {
        let states_findings = text.contains("Diagnostic") || text.contains("finding(");
        if !path.starts_with(root().join("crates")) || path == own || !states_findings || is_test(&path) {
            continue;
        }
        let text = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        for found in made.as_ref().unwrap().captures_iter(text) {
            let code = (1..=3).find_map(|group| found.get(group)).unwrap();
            // A finding is often made in one statement and given more arguments in the next two.
            let statements: String = text[code.end()..].split(';').take(3).collect();
            let arguments = argument.captures_iter(&statements).map(|argument| argument[1].to_owned());
            codes.entry(code.as_str().to_owned()).or_default().extend(arguments);
            // Every finding of a rule knows its words and its place.
            if path.starts_with(root().join("crates/luoshi-rules")) {
                codes.entry(code.as_str().to_owned()).or_default().extend(["at", "text"].map(str::to_owned));
            }
        }
    }
    codes
}

/// Files that hold nothing but tests.
fn is_test(path: &Path) -> bool {
    let names = path.iter().filter_map(|name| name.to_str());
    names
        .into_iter()
        .any(|name| matches!(name, "tests" | "tests.rs" | "benches") || name.ends_with("_tests.rs"))
}

#[test]
fn every_code_has_words_and_every_word_a_code() {
    let made: BTreeSet<String> = codes_in_source().into_keys().collect();
    for language in [Language::Chinese, Language::English] {
        let worded: BTreeSet<String> = codes(language).into_iter().map(str::to_owned).collect();
        let silent: Vec<_> = made.difference(&worded).collect();
        let idle: Vec<_> = worded.difference(&made).collect();
        assert!(silent.is_empty() && idle.is_empty(), "without words: {silent:?}; never said: {idle:?}");
    }
}

#[test]
fn every_limit_has_words() {
    let limits: BTreeSet<String> =
        luoshi::limits::ALL.iter().map(|limit| format!("what.{}", limit.name())).collect();
    let worded = |name: &&str| name.starts_with("what.");
    for language in [Language::Chinese, Language::English] {
        assert_eq!(limits, names(language).into_iter().filter(worded).map(str::to_owned).collect());
    }
}

#[test]
fn every_argument_of_a_sentence_is_given() {
    for (code, arguments) in codes_in_source().iter().filter(|(_, arguments)| !arguments.is_empty()) {
        let Some((what, _)) = sentences(code, Language::Chinese) else { continue };
        for name in what.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name) {
            assert!(arguments.contains(name), "{code} says {{{name}}} but is given {arguments:?}");
        }
    }
}

#[test]
fn every_text_of_the_program_is_used() {
    let all: String = all_sources().into_iter().map(|(_, text)| text).collect();
    for name in names(Language::Chinese) {
        // Values of arguments are put together: `what.rows` from the limit's name.
        let put_together = [
            "what.", "from.", "field.", "detail.", "like.", "units.", "class.", "kind.", "nearest.", "level.",
        ]
        .iter()
        .any(|prefix| name.starts_with(prefix));
        assert!(put_together || all.contains(&format!("\"{name}\"")), "{name} is never said");
    }
}

#[test]
fn every_file_says_what_it_is_for_and_is_read_in_one_sitting() {
    for (path, text) in all_sources() {
        assert!(text.starts_with("//!"), "{} has no head", path.display());
        let lines = text.lines().count();
        assert!(lines <= LONG, "{} has {lines} lines", path.display());
    }
}

#[test]
fn every_reader_is_fuzzed() {
    // The program's own JSON is read by serde.
    for format in luoshi::formats().into_iter().filter(|format| format.reads && format.name != "json") {
        let target = format!("fuzz/fuzz_targets/{}.rs", format.name.replace('-', "_"));
        assert!(root().join(&target).is_file(), "{target}");
    }
}

#[test]
fn the_readme_s_commands_are_real() {
    let links = Regex::new(r"\]\(([^)#:]+)\)").unwrap();
    for readme in ["README.md", "README.zh-CN.md"] {
        let text = std::fs::read_to_string(root().join(readme)).unwrap();
        for command in
            ["cargo run --release -- convert fixtures/docx/attachment-2016.docx", "cargo test --workspace"]
        {
            assert!(text.contains(command), "{readme}: {command}");
        }
        for link in links.captures_iter(&text) {
            assert!(root().join(&link[1]).exists(), "{readme}: {}", &link[1]);
        }
    }
}
