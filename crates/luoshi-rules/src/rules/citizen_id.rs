//! Numbers of citizens' identity cards: 18 digits with a birth date and a check character (GB 11643-1999), the 15 of before, and those
//! that are masked in part.
//!
//! Why: whoever has one can act in its holder's name; part of it is to be masked in public (domain.md §3.1, 人社部/财政部 2017), and
//! quarterly inspections count those that were not. A right date with a wrong check character is mostly a true number mistyped.

use luoshi_model::Level;

use super::Rule;
use crate::digits::{Number, find};
use crate::finding::{Findings, MOST};
use crate::passage::Passage;
use crate::{Context, near};

pub(super) const RULE: Rule =
    Rule { codes: &["citizen-id", "citizen-id-doubtful", "citizen-id-old", "citizen-id-masked"], check };

/// Bytes before an old number in which a word must say what it is: a number of 15 digits can be anything.
const NEAR: usize = 60;

/// Weights of the first 17 digits (ISO 7064, MOD 11-2).
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/// The check characters by the weighted sum modulo 11.
const CHECKS: &[u8; 11] = b"10X98765432";

/// Words before a number that is a paper's.
const NUMBERED: [&str; 7] = ["许可证", "编号", "备案", "合同", "批号", "单号", "流水"];

/// Years before the period's in which a number's day is rather a paper's than a birth.
const YOUNG: u32 = 6;

/// The year of a table that states no period, as far as this goes.
const RECENT: u32 = 2016;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Right,
    WrongCheck,
    Old,
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let period = context.attachment.period.as_ref();
    let year: Option<u32> = period.map_or(Some(RECENT), |period| period.to.get(..4)?.parse().ok());
    for passage in &context.passages {
        let found = find(&passage.text, |number| Some((kind(number)?, number.digits.clone())));
        for (span, (kind, digits)) in found.into_iter().take(MOST) {
            let before = near::before(&passage.text, span.start, NEAR);
            let is_citizen = context.words.privacy.citizen.iter().any(|word| before.contains(word.as_str()));
            // Permits are numbered by area, day and a running number: of one that is of these years nobody was born.
            let born: u32 = digits.get(6..10).and_then(|year| year.parse().ok()).unwrap_or_default();
            let numbered = NUMBERED.iter().any(|word| before.contains(word));
            if numbered && !is_citizen && year.is_none_or(|year| born + YOUNG > year) {
                continue;
            }
            match kind {
                Kind::Right => findings.push(passage.private_finding("citizen-id", Level::Block, span)),
                Kind::WrongCheck => {
                    findings.push(passage.private_finding("citizen-id-doubtful", Level::Warn, span));
                }
                Kind::Old if is_citizen => {
                    findings.push(passage.private_finding("citizen-id-old", Level::Warn, span));
                }
                Kind::Old => {}
            }
        }
        for span in masked(passage).take(MOST) {
            findings.push(passage.finding("citizen-id-masked", Level::Info, span));
        }
    }
}

/// Whether a number looks like a citizen's, right or mistyped.
pub(crate) fn is_like(number: &Number<'_>) -> bool {
    kind(number).is_some()
}

fn kind(number: &Number<'_>) -> Option<Kind> {
    let digits = number.digits.as_bytes();
    match digits.len() {
        18 if is_area(digits) && is_date(&number.digits[6..14]) => {
            digits[..17].iter().all(u8::is_ascii_digit).then(|| match check_character(digits) == digits[17] {
                true => Kind::Right,
                false => Kind::WrongCheck,
            })
        }
        15 if is_area(digits) && digits.iter().all(u8::is_ascii_digit) => {
            is_date(&format!("19{}", &number.digits[6..12])).then_some(Kind::Old)
        }
        _ => None,
    }
}

/// The first two digits of a code of GB/T 2260, those of residence permits (81 to 83) among them.
fn is_area(digits: &[u8]) -> bool {
    matches!(digits[0], b'1'..=b'6') && matches!(digits[1], b'1'..=b'6')
        || matches!(&digits[..2], b"71" | b"81" | b"82" | b"83")
}

fn check_character(digits: &[u8]) -> u8 {
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    CHECKS[(sum % 11) as usize]
}

/// Whether eight digits are a day on which somebody alive was born.
fn is_date(digits: &str) -> bool {
    let part = |from: usize, to: usize| digits[from..to].parse::<u32>().ok();
    let (Some(year), Some(month), Some(day)) = (part(0, 4), part(4, 6), part(6, 8)) else { return false };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1880..=2099).contains(&year) && (1..=days).contains(&day)
}

/// Six digits, four to eight stars, four digits.
fn masked<'p>(passage: &'p Passage<'_>) -> impl Iterator<Item = std::ops::Range<usize>> + 'p {
    let text = &passage.text;
    let is_star = |c: char| matches!(c, '*' | '＊' | '×' | 'x' | 'X');
    // Only a star can be its beginning: nothing else is looked at twice.
    let mut end = 0;
    text.char_indices().filter(|(_, c)| matches!(c, '*' | '＊' | '×')).filter_map(move |(at, _)| {
        if at < end {
            return None;
        }
        let head = &text[..at];
        let run = text[at..].find(|c| !is_star(c)).unwrap_or(text.len() - at);
        end = at + run;
        let stars = text[at..end].chars().count();
        let digits = |text: &str, count: usize, rev: bool| {
            let is = |c: char| crate::digits::digit(c).is_some() || c == 'X' || c == 'x';
            let length: usize = match rev {
                true => text.chars().rev().take(count).take_while(|c| is(*c)).map(char::len_utf8).sum(),
                false => text.chars().take(count).take_while(|c| is(*c)).map(char::len_utf8).sum(),
            };
            length
        };
        let (first, last) = (digits(head, 6, true), digits(&text[end..], 4, false));
        let long = |text: &str| text.chars().count();
        let whole =
            (4..=8).contains(&stars) && long(&text[at - first..at]) == 6 && long(&text[end..end + last]) == 4;
        whole.then_some(at - first..end + last)
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::{codes, shown};

    #[test]
    fn numbers_are_told_by_date_and_check_character() {
        // The published test values of domain.md §3.3.
        let cases: [(&str, &[&str]); 15] = [
            ("身份证号11010519491231002X。", &["citizen-id"]),
            ("34052419800101001X", &["citizen-id"]),
            ("编号440524188001010014", &["citizen-id"]),
            ("１１０１０５１９４９１２３１００２Ｘ", &["citizen-id"]),
            ("110105 19491231 002x", &["citizen-id"]),
            ("110105199003071234", &["citizen-id-doubtful"]),
            ("110105199002301234", &[]),
            ("统一社会信用代码11341602003166647K", &[]),
            ("身份证：110105491231002", &["citizen-id-old"]),
            ("批号110105491231002", &[]),
            ("350205********1234", &["citizen-id-masked"]),
            ("订单110105199003071234567890", &[]),
            ("A110105199003071234", &[]),
            ("施工许可证350205201611150201", &[]),
            ("ID11010519491231002X", &["citizen-id"]),
        ];
        for (text, expected) in cases {
            assert_eq!(codes(text, super::RULE), expected, "{text}");
        }
    }

    #[test]
    fn the_value_is_never_shown() {
        assert_eq!(shown("身份证号11010519491231002X。", super::RULE), ["身份证号110*************2X。"]);
    }
}
