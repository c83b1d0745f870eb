//! The words, numbers and levels of the checks: those that ship (`data/words.toml`), with an office's own.
//!
//! Not here: what is done with them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use luoshi_model::Level;
use luoshi_table::{DataError, nearest_of};
use serde::Deserialize;

use crate::phrases::Phrases;
use crate::rules::RULES;

const WORDS_TOML: &str = include_str!("../data/words.toml");
const PERSONS_TOML: &str = include_str!("../data/persons.toml");

/// The version of the data.
const VERSION: u32 = 1;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Data {
    version: u32,
    levels: BTreeMap<String, OwnLevel>,
    allow: Allow,
    privacy: Privacy,
    secrecy: Secrecy,
    links: Links,
    answers: Answers,
    fault: Vec<Fault>,
    doubled: Doubled,
}

/// A level, or none at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum OwnLevel {
    Block,
    Warn,
    Info,
    Off,
}

impl OwnLevel {
    fn level(self) -> Option<Level> {
        match self {
            Self::Block => Some(Level::Block),
            Self::Warn => Some(Level::Warn),
            Self::Info => Some(Level::Info),
            Self::Off => None,
        }
    }
}

macro_rules! lists {
    ($(#[$doc:meta])* $name:ident { $($field:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub(crate) struct $name {
            $(pub(crate) $field: Vec<String>,)+
        }

        impl $name {
            fn extend(&mut self, own: Self) {
                $(self.$field.extend(own.$field);)+
            }
        }
    };
}

lists!(
    /// What may stand in a public text.
    Allow { phones, hosts, properties }
);
lists!(
    /// Words by which private values are told.
    Privacy { citizen, card, counts, home }
);
lists!(
    /// Marks of secrecy, and what looks like them.
    Secrecy { grades, friends, internal, internal_friends }
);
lists!(
    /// Hosts that nobody outside can reach.
    Links { internal_hosts }
);
lists!(
    /// Words of answers.
    Answers { channels, problems, no_problems, future, unfinished, unfinished_signs }
);
lists!(
    /// Words that are rightly said twice.
    Doubled { except }
);

/// A fault in writing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fault {
    pub(crate) wrong: String,
    /// What it should be; empty where it should not be at all.
    #[serde(default)]
    pub(crate) right: String,
    #[serde(default)]
    pub(crate) near: Vec<String>,
    #[serde(default)]
    pub(crate) not_near: Vec<String>,
    #[serde(default)]
    pub(crate) before_digit: bool,
    #[serde(default)]
    pub(crate) behind_digit: bool,
    #[serde(default)]
    pub(crate) level: Level,
}

/// How names are told.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Persons {
    #[allow(dead_code, reason = "read so that the file is checked to carry it")]
    version: u32,
    pub(crate) surnames: String,
    pub(crate) double_surnames: Vec<String>,
    pub(crate) not_names: Vec<String>,
    pub(crate) not_last: String,
    pub(crate) receive: Vec<String>,
    pub(crate) conditions: Vec<String>,
    pub(crate) people: Vec<String>,
    pub(crate) called: Vec<String>,
    pub(crate) contacts: Vec<String>,
    pub(crate) illnesses: Vec<String>,
    pub(crate) public: Vec<String>,
    pub(crate) before_numbers: Vec<String>,
}

/// The file is part of the program; a test reads it.
pub(crate) static PERSONS: LazyLock<Persons> =
    LazyLock::new(|| toml::from_str(PERSONS_TOML).unwrap_or_default());

/// The words, numbers and levels of the checks, ready for search.
pub struct Words {
    levels: BTreeMap<String, OwnLevel>,
    pub(crate) allow: Allow,
    pub(crate) privacy: Privacy,
    pub(crate) secrecy: Secrecy,
    pub(crate) links: Links,
    pub(crate) answers: Answers,
    pub(crate) faults: Vec<Fault>,
    pub(crate) doubled: Doubled,
    pub(crate) home: Phrases,
    pub(crate) grades: Phrases,
    pub(crate) internal: Phrases,
    pub(crate) channels: Phrases,
    pub(crate) problems: Phrases,
    pub(crate) wrong: Phrases,
}

impl Words {
    /// Those that ship, with an office's own: its lists are added, its levels take the place of the others.
    ///
    /// # Errors
    /// [`DataError`] where the text is no such data; an unknown key is told with the nearest known one.
    pub fn with_own(text: &str) -> Result<Self, DataError> {
        let own: Data =
            toml::from_str(text).map_err(|error| DataError::new(text, error.span(), error.message()))?;
        if own.version != VERSION {
            return Err(DataError::whole(format!("version is {}, not {VERSION}", own.version)));
        }
        let mut data = shipped();
        let known: BTreeSet<&str> = RULES
            .iter()
            .flat_map(|rule| rule.codes)
            .copied()
            .chain(data.levels.keys().map(String::as_str))
            .collect();
        if let Some(unknown) = own.levels.keys().find(|code| !known.contains(code.as_str())) {
            let at = text.find(unknown.as_str()).map(|at| at..at);
            let nearest = nearest_of(unknown, known.iter().copied()).map(str::to_owned);
            let error = DataError::new(text, at, &format!("no finding is called `{unknown}`"));
            return Err(DataError { nearest, ..error });
        }
        if own.fault.iter().any(|fault| fault.wrong.is_empty()) {
            return Err(DataError::whole("fault.wrong is empty"));
        }
        data.levels.extend(own.levels);
        data.allow.extend(own.allow);
        data.privacy.extend(own.privacy);
        data.secrecy.extend(own.secrecy);
        data.links.extend(own.links);
        data.answers.extend(own.answers);
        data.doubled.extend(own.doubled);
        // An office's own word for a fault comes before the shipped one.
        data.fault.splice(0..0, own.fault);
        Ok(Self::ready(data))
    }

    /// What a kind of finding is worth; none where it is turned off. `usual` is what its maker says.
    pub fn level(&self, code: &str, usual: Level) -> Option<Level> {
        self.levels.get(code).map_or(Some(usual), |level| level.level())
    }

    fn ready(data: Data) -> Self {
        let faults: Vec<Fault> = data.fault;
        Self {
            home: Phrases::new(&data.privacy.home),
            // A friend is found as the longer word that it is.
            grades: Phrases::new(data.secrecy.grades.iter().chain(&data.secrecy.friends)),
            internal: Phrases::new(data.secrecy.internal.iter().chain(&data.secrecy.internal_friends)),
            channels: Phrases::new(&data.answers.channels),
            problems: Phrases::new(data.answers.problems.iter().chain(&data.answers.no_problems)),
            wrong: Phrases::new(faults.iter().map(|fault| &fault.wrong)),
            levels: data.levels,
            allow: data.allow,
            privacy: data.privacy,
            secrecy: data.secrecy,
            links: data.links,
            answers: data.answers,
            faults,
            doubled: data.doubled,
        }
    }
}

impl Default for Words {
    /// Those that ship with the program.
    fn default() -> Self {
        Self::ready(shipped())
    }
}

/// The file is part of the program; [`tests::the_data_is_whole`] reads it.
fn shipped() -> Data {
    toml::from_str(WORDS_TOML).unwrap_or_default()
}

/// The words that ship behind which an address is a home.
pub(crate) static HOME: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(shipped().privacy.home));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_is_whole() {
        let data: Data = toml::from_str(WORDS_TOML).unwrap();
        assert_eq!(data.version, VERSION);
        assert!(data.fault.iter().all(|fault| fault.wrong != fault.right && !fault.wrong.is_empty()));
        let persons: Persons = toml::from_str(PERSONS_TOML).unwrap();
        assert!(persons.surnames.chars().count() > 100);
        // Reading a file makes these; no rule does.
        let made: BTreeSet<&str> = RULES.iter().flat_map(|rule| rule.codes).copied().collect();
        assert!(data.levels.keys().all(|code| !made.contains(code.as_str())));
    }

    #[test]
    fn an_office_adds_words_and_changes_levels() {
        let own = "version = 1\n[levels]\nmobile-number = \"warn\"\nno-evidence = \"off\"\n[allow]\nphones = [\"13900000000\"]\n\
            [[fault]]\nwrong = \"海沧区\"\nlevel = \"info\"\n";
        let words = Words::with_own(own).unwrap();
        assert_eq!(words.level("mobile-number", Level::Block), Some(Level::Warn));
        assert_eq!(words.level("no-evidence", Level::Info), None);
        assert_eq!(words.level("citizen-id", Level::Block), Some(Level::Block));
        assert_eq!(words.allow.phones, ["13900000000"]);
        assert_eq!((words.faults[0].wrong.as_str(), words.faults[0].level), ("海沧区", Level::Info));
        assert!(words.faults.len() > 10);
    }

    #[test]
    fn what_is_wrong_with_an_offices_file_is_named() {
        let wrong = |text: &str| Words::with_own(text).err().unwrap();
        let error = wrong("version = 1\n[alow]\nphones = []\n");
        assert_eq!((error.line, error.nearest.as_deref()), (2, Some("allow")));
        let error = wrong("version = 1\n[levels]\nmobil-number = \"warn\"\n");
        assert_eq!((error.line, error.nearest.as_deref()), (3, Some("mobile-number")));
        let error = wrong("version = 1\n[levels]\nmobile-number = \"wran\"\n");
        assert_eq!((error.line, error.nearest.as_deref()), (3, Some("warn")));
        assert_eq!(wrong("version = 2\n").line, 0);
        assert_eq!(wrong("version = 1\n[allow\n").line, 2);
    }
}
