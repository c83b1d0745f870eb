//! Words typed twice: 切实切实推进.
//!
//! Why: two pieces of a sentence were put together. 一步一步 and 研究研究 are said like that.

use luoshi_model::Level;

use super::Rule;
use crate::Context;
use crate::finding::{Findings, MOST};

pub(super) const RULE: Rule = Rule { codes: &["word-doubled"], check };

/// Characters of a word.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=6;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for passage in context.own() {
        let chars: Vec<(usize, char)> = passage.text.char_indices().collect();
        let mut at = 0;
        let mut found = 0;
        while at < chars.len() && found < MOST {
            let Some(length) = LENGTHS.into_iter().find(|&length| is_doubled(&chars, at, length)) else {
                at += 1;
                continue;
            };
            let byte = |at: usize| chars.get(at).map_or(passage.text.len(), |(byte, _)| *byte);
            let span = byte(at)..byte(at + 2 * length);
            let word = &passage.text[span.clone()];
            let except = &context.words.doubled.except;
            if !except.iter().any(|own| word.starts_with(own.as_str())) {
                found += 1;
                findings.push(passage.finding("word-doubled", Level::Warn, span));
            }
            at += 2 * length;
        }
    }
}

/// Whether a word of Han characters, not all the same, stands twice from here.
fn is_doubled(chars: &[(usize, char)], at: usize, length: usize) -> bool {
    let han = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
    let word = |from: usize| chars.get(from..from + length);
    let (Some(first), Some(second)) = (word(at), word(at + length)) else { return false };
    let same = first.iter().zip(second).all(|((_, one), (_, other))| one == other && han(*one));
    same && first.iter().any(|(_, c)| *c != first[0].1)
}

#[cfg(test)]
mod tests {
    use crate::testing::exact;

    #[test]
    fn a_word_stands_once() {
        let cases: [(&str, &[&str]); 6] = [
            ("切实切实推进决策公开", &["切实切实"]),
            ("海沧区海沧区教育局", &["海沧区海沧区"]),
            ("一步一步推进", &[]),
            ("各区各部门", &[]),
            ("大家研究研究", &[]),
            ("2016201620162016", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(exact(text, super::RULE), expected, "{text}");
        }
    }
}
