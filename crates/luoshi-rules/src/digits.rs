//! Runs of digits as a person reads them: full-width digits are digits, and one space, hyphen or closing bracket between two groups
//! parts nothing.
//!
//! Not here: what a number is.

use std::ops::Range;

/// Digits in a row, without any other character in between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Group {
    /// In ASCII. An `X` may stand at the end, as in a citizen's number.
    pub(crate) digits: String,
    /// The bytes of the text.
    pub(crate) span: Range<usize>,
    /// One separator parts it from the group before, so both may be one number.
    pub(crate) continues: bool,
}

/// The longest number that is looked for: a bank card's.
pub(crate) const LONGEST: usize = 19;

/// The ASCII form of a digit.
pub(crate) fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32),
        _ => None,
    }
}

fn is_separator(c: char) -> bool {
    // A bracket closes an area code: （0592）6051234. A number may be broken over two lines.
    matches!(
        c,
        ' ' | '\u{A0}' | '\u{3000}' | '-' | '－' | '\u{2010}'..='\u{2014}' | ')' | '）' | '.' | '·' | '\n'
    )
}

/// Characters that nobody sees.
fn is_nothing(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

/// Separators between two groups of one number, at most.
const SEPARATORS: usize = 2;

/// Letters that lead to a number and are no part of it.
const LEADS: [&str; 8] = ["tel", "phone", "mobile", "wx", "vx", "qq", "no", "id"];

/// The groups of a text, in its order. Letters at a group's edge make it something else, a code, a model, a web address, unless they
/// lead to it. A group that is longer than any number is none.
pub(crate) fn groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut chars = text.char_indices().peekable();
    // The letters right before, and how many separators stand since the last group, while nothing else does.
    let mut letters = 0..0;
    let mut separators: Option<usize> = None;
    while let Some((at, c)) = chars.next() {
        let Some(first) = digit(c) else {
            if !is_nothing(c) {
                separators = separators.filter(|_| is_separator(c)).map(|count| count + 1);
                separators = separators.filter(|count| *count <= SEPARATORS);
            }
            letters = if !c.is_ascii_alphabetic() {
                at + c.len_utf8()..at + c.len_utf8()
            } else {
                letters.start..at + 1
            };
            continue;
        };
        let continues = separators.is_some();
        let mut group = Group { digits: first.to_string(), span: at..at + c.len_utf8(), continues };
        let mut long = false;
        while let Some((at, c)) = chars.next_if(|(_, c)| digit(*c).is_some() || is_nothing(*c)) {
            long |= group.digits.len() > LONGEST;
            if !long {
                group.digits.extend(digit(c));
            }
            if !is_nothing(c) {
                group.span.end = at + c.len_utf8();
            }
        }
        if let Some((at, c)) = chars.next_if(|(_, c)| matches!(c, 'x' | 'X' | 'ｘ' | 'Ｘ')) {
            group.digits.push('X');
            group.span.end = at + c.len_utf8();
        }
        let lead = text.get(letters.clone()).unwrap_or_default();
        let leads = lead.len() < 8 && LEADS.contains(&lead.to_ascii_lowercase().as_str());
        let lettered = !lead.is_empty() && !leads && letters.end == group.span.start
            || chars.peek().is_some_and(|(_, c)| c.is_ascii_alphabetic());
        letters = group.span.end..group.span.end;
        separators = (!long && !lettered).then_some(0);
        if !long && !lettered {
            groups.push(group);
        }
    }
    groups
}

/// A number of one or more groups.
pub(crate) struct Number<'g> {
    /// Its digits.
    pub(crate) digits: String,
    /// Its bytes, separators between groups among them.
    pub(crate) span: Range<usize>,
    /// Its groups.
    pub(crate) groups: &'g [Group],
}

/// Every number that begins with a group: that group, and with those that continue it, up to the longest.
pub(crate) fn numbers(groups: &[Group], first: usize) -> impl Iterator<Item = Number<'_>> {
    let mut digits = String::new();
    (first..groups.len()).map_while(move |last| {
        if last > first && !groups[last].continues {
            return None;
        }
        digits.push_str(&groups[last].digits);
        (digits.len() <= LONGEST).then(|| Number {
            digits: digits.clone(),
            span: groups[first].span.start..groups[last].span.end,
            groups: &groups[first..=last],
        })
    })
}

/// The numbers of a text that a test accepts, with what it says of each; none begins inside another.
pub(crate) fn find<T>(text: &str, is: impl Fn(&Number<'_>) -> Option<T>) -> Vec<(Range<usize>, T)> {
    // Most texts have no digits in such a row, and none of the tests accepts fewer.
    let groups = groups(text);
    let mut found = Vec::new();
    let mut first = 0;
    while first < groups.len() {
        match numbers(&groups, first)
            .find_map(|number| Some((is(&number)?, number.span, number.groups.len())))
        {
            Some((what, span, taken)) => {
                found.push((span, what));
                first += taken;
            }
            None => first += 1,
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<String> {
        let groups = groups(text);
        (0..groups.len())
            .flat_map(|first| numbers(&groups, first).map(|n| n.digits).collect::<Vec<_>>())
            .collect()
    }

    #[test]
    fn digits_are_read_as_people_read_them() {
        let cases: [(&str, &[&str]); 13] = [
            ("Tel13800", &["13800"]),
            ("138\u{200B}00", &["13800"]),
            ("电话.13800", &["13800"]),
            ("电话１３８0000", &["1380000"]),
            ("138 0000-1111", &["138", "1380000", "13800001111", "0000", "00001111", "1111"]),
            ("138  0000", &["138", "1380000", "0000"]),
            ("138   0000", &["138", "0000"]),
            ("11010519491231002x。", &["11010519491231002X"]),
            ("型号A123", &[]),
            ("123abc", &[]),
            ("3.14159", &["3", "314159", "14159"]),
            ("55条，66条", &["55", "66"]),
            ("12345678901234567890123", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(all(text), expected, "{text}");
        }
    }

    #[test]
    fn spans_lie_in_the_text() {
        let text = "共１2 3条";
        let spans: Vec<&str> = groups(text).into_iter().map(|group| &text[group.span]).collect();
        assert_eq!(spans, ["１2", "3"]);
    }
}
