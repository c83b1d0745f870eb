//! Quotation marks, brackets and title marks without their other half.
//!
//! Why: half a pair is a slip of the pen, or the trace of a text that was cut (the attachment of 2016 has one). A bracket behind a
//! number, 1）, is no half.

use luoshi_model::Level;

use super::Rule;
use crate::finding::{Findings, MOST};
use crate::{Context, near};

pub(super) const RULE: Rule = Rule { codes: &["mark-unpaired"], check };

/// Pairs of marks; a bracket of one width may close one of the other, which is another rule's.
const PAIRS: [(&str, &str); 10] = [
    ("（(", "）)"),
    ("《", "》"),
    ("〈", "〉"),
    ("“", "”"),
    ("‘", "’"),
    ("【", "】"),
    ("〔", "〕"),
    ("「", "」"),
    ("『", "』"),
    ("[［", "]］"),
];

/// How far back an opening mark is looked for, in marks that are open.
const DEEP: usize = 50;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for passage in context.own() {
        for span in unpaired(&passage.text).into_iter().take(MOST) {
            findings.push(passage.finding("mark-unpaired", Level::Warn, span));
        }
    }
}

fn unpaired(text: &str) -> Vec<std::ops::Range<usize>> {
    // Most texts have none of them.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut single = Vec::new();
    let mut straight = None;
    let mut before = '\n';
    for (at, c) in text.char_indices() {
        if c == '"' {
            straight = match straight {
                Some(_) => None,
                None => Some(at),
            };
        } else if !c.is_alphanumeric() {
            let opens = PAIRS.iter().position(|(opening, _)| opening.contains(c));
            let closes = PAIRS.iter().position(|(_, closing)| closing.contains(c));
            if let Some(pair) = opens {
                open.push((pair, at));
            } else if let Some(pair) = closes {
                // 他’s: an apostrophe.
                let apostrophe = c == '’' && before.is_ascii_alphabetic();
                let last = open.len().saturating_sub(DEEP);
                match open[last..].iter().rposition(|(own, _)| *own == pair).map(|index| last + index) {
                    // What was opened inside and not closed is single; an opening mark may stand again in each paragraph.
                    Some(index) => {
                        single.extend(open.drain(index + 1..).map(|(_, at)| at));
                        open.pop();
                    }
                    None if pair == 0 && numbers(text, at) || apostrophe => {}
                    None => single.push(at),
                }
            }
        }
        before = c;
    }
    single.extend(open.into_iter().map(|(_, at)| at));
    single.extend(straight);
    single.sort_unstable();
    let length = |at: usize| text[at..].chars().next().map_or(0, char::len_utf8);
    single.into_iter().map(|at| at..at + length(at)).collect()
}

/// Whether a closing bracket stands behind the number of a point: 1）, a), 一）.
fn numbers(text: &str, at: usize) -> bool {
    let line = near::before(text, at, 12).rsplit(['\n', '。', '；', '：']).next().unwrap_or_default().trim();
    let short = line.chars().count() <= 2 && !line.is_empty();
    short && line.chars().all(|c| c.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(c))
}

#[cfg(test)]
mod tests {
    use crate::testing::exact;

    #[test]
    fn every_mark_has_its_other_half() {
        let cases: [(&str, &[&str]); 12] = [
            ("“海沧就业”公众号（试行）公布《办法》。", &[]),
            ("再上区领导会议研究。\"", &["\""]),
            ("“海沧就业公众号", &["“"]),
            ("海沧就业”公众号", &["”"]),
            ("公布《办法，并施行", &["《"]),
            ("公布（试行)办法", &[]),
            ("1）甲；2）乙", &[]),
            ("（甲（乙）", &["（"]),
            ("《甲〈乙〉》", &[]),
            ("〔2016〕26号", &[]),
            ("\"甲\"和\"乙\"", &[]),
            ("（甲“乙）丙”", &["“", "”"]),
        ];
        for (text, expected) in cases {
            assert_eq!(exact(text, super::RULE), expected, "{text}");
        }
    }
}
