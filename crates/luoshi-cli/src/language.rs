//! The language of messages: `--lang`, else the locale, else Chinese.
//!
//! Not here: the words.

use std::ffi::OsString;

use luoshi::words::Language;

/// The language and the words of the command line. `--lang` is looked for before the arguments are parsed, because the help
/// and the errors of parsing must already speak it.
pub(crate) fn of_invocation() -> (Language, Vec<OsString>) {
    let words: Vec<OsString> = std::env::args_os().collect();
    let texts: Vec<&str> = words.iter().filter_map(|word| word.to_str()).collect();
    let asked = texts.iter().enumerate().find_map(|(index, text)| match *text {
        "--lang" => texts.get(index + 1).copied(),
        text => text.strip_prefix("--lang="),
    });
    let language = asked.and_then(named).unwrap_or_else(|| of_locale(|name| std::env::var(name).ok()));
    (language, words)
}

/// The language of a name as `--lang` takes it.
pub(crate) fn named(name: &str) -> Option<Language> {
    match name {
        "zh" => Some(Language::Chinese),
        "en" => Some(Language::English),
        _ => None,
    }
}

/// English where the locale is English; Chinese everywhere else, an office computer without a locale among it.
fn of_locale(variable: impl Fn(&str) -> Option<String>) -> Language {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| variable(name).filter(|v| !v.is_empty()));
    match locale {
        Some(locale) if locale.starts_with("en") => Language::English,
        _ => Language::Chinese,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locale_decides_in_posix_order() {
        let of = |pairs: &[(&str, &str)]| {
            of_locale(|name| {
                pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
            })
        };
        assert_eq!(of(&[("LANG", "en_US.UTF-8")]), Language::English);
        assert_eq!(of(&[("LANG", "en_US.UTF-8"), ("LC_ALL", "zh_CN.UTF-8")]), Language::Chinese);
        assert_eq!(of(&[("LC_ALL", ""), ("LANG", "en_GB")]), Language::English);
        assert_eq!(of(&[]), Language::Chinese);
        assert_eq!(of(&[("LANG", "C.UTF-8")]), Language::Chinese);
    }
}
