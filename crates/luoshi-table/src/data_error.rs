//! What is wrong with a data file that a person wrote: where, what, and which known key was probably meant.
//!
//! Not here: the data formats; whoever reads one hands on its words and the place.

use std::fmt;
use std::ops::Range;

/// What is wrong with a data file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataError {
    /// Line, from 1; 0 where it is about the whole.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// What is wrong.
    pub detail: String,
    /// The known key that is most like an unknown one, where one is alike.
    pub nearest: Option<String>,
}

impl DataError {
    /// From a reader's message about bytes of the text. The message of an unknown key lists the known ones in backquotes, as serde
    /// has it: ``unknown field `titel`, expected one of `title`, `text` ``.
    pub fn new(text: &str, span: Option<Range<usize>>, message: &str) -> Self {
        let before = span.and_then(|span| text.get(..span.start));
        let line = before.map_or(0, |before| before.matches('\n').count() as u32 + 1);
        let column =
            before.map_or(0, |before| before.rsplit('\n').next().unwrap_or("").chars().count() as u32 + 1);
        Self { line, column, detail: message.trim().to_owned(), nearest: nearest(message) }
    }

    /// About the whole.
    pub fn whole(detail: impl ToString) -> Self {
        Self { line: 0, column: 0, detail: detail.to_string(), nearest: None }
    }
}

impl fmt::Display for DataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => f.write_str(&self.detail),
            line => write!(f, "line {line}, column {}: {}", self.column, self.detail),
        }
    }
}

impl std::error::Error for DataError {}

fn nearest(message: &str) -> Option<String> {
    let listed =
        message.strip_prefix("unknown field ").or_else(|| message.strip_prefix("unknown variant "))?;
    let mut names = listed.split('`').skip(1).step_by(2);
    let unknown = names.next()?;
    nearest_of(unknown, names).map(str::to_owned)
}

/// The known name that is most like an unknown one, if no more than a third of it is other, a swap of two letters at least.
pub fn nearest_of<'a>(unknown: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let distances = known.map(|known| (distance(unknown, known), known));
    let most = (unknown.chars().count() / 3).max(2);
    distances.filter(|(distance, _)| *distance <= most).min().map(|(_, known)| known)
}

/// How many letters must be put in, taken out or replaced (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, c) in one.chars().enumerate() {
        let mut corner = std::mem::replace(&mut row[0], at + 1);
        for (index, known) in other.iter().enumerate() {
            let replaced = corner + usize::from(c != *known);
            corner = row[index + 1];
            row[index + 1] = replaced.min(corner + 1).min(row[index] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_key_is_told_with_its_place_and_the_one_that_was_meant() {
        let text = "a = 1\n  títel = 2\n";
        let error =
            DataError::new(text, Some(8..14), "unknown field `titel`, expected one of `text`, `title`");
        assert_eq!((error.line, error.column, error.nearest.as_deref()), (2, 3, Some("title")));
        let error = DataError::new(text, None, "unknown field `zzzzz`, expected `title`");
        assert_eq!((error.line, error.nearest), (0, None));
        assert_eq!(DataError::new(text, None, "missing field `x`").nearest, None);
    }

    #[test]
    fn distances_are_counted_in_letters() {
        for (one, other, expected) in
            [("", "", 0), ("abc", "", 3), ("kitten", "sitting", 3), ("甲乙", "乙", 1)]
        {
            assert_eq!(distance(one, other), expected);
        }
    }
}
