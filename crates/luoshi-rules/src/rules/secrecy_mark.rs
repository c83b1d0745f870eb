//! Marks of secrecy: 机密★10年, or a line that is nothing but a grade.
//!
//! Why: a state secret must not be disclosed (政府信息公开条例 Art. 14). District bodies have no power to classify (domain.md §3.2), so a
//! mark tells of a paper from above that was passed on: it goes to the secrecy office, and never just out of the text.

use luoshi_model::Level;

use super::Rule;
use crate::finding::{Findings, MOST};
use crate::{Context, near};

pub(super) const RULE: Rule = Rule { codes: &["secrecy-mark"], check };

/// White space within a line.
const BLANK: [char; 3] = [' ', '\u{3000}', '\u{A0}'];

/// Bytes around a grade in which the rest of a mark stands.
const NEAR: usize = 60;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let grades = context.words.secrecy.grades.len();
    for passage in &context.passages {
        let text = &passage.text;
        let marks =
            context.words.grades.find(text).filter(|(_, word)| *word < grades).filter_map(|(span, _)| {
                let before = near::before(text, span.start, NEAR).trim_end_matches(BLANK);
                let behind = near::behind(text, span.end, NEAR);
                let end = span.end + behind.len();
                let behind = behind.trim_start_matches(BLANK);
                let begins = before.is_empty() || before.ends_with('\n');
                let bracketed =
                    before.ends_with(['（', '(', '【', '[']) && behind.starts_with(['）', ')', '】', ']']);
                let alone = begins && (behind.is_empty() || behind.starts_with('\n')) || bracketed;
                let starred = behind.strip_prefix(['★', '☆', '*', '＊']);
                match starred {
                    Some(rest) => {
                        let rest = rest.trim_start_matches(BLANK);
                        let term = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
                        Some(span.start..end - rest.len() + term)
                    }
                    None => alone.then_some(span),
                }
            });
        for span in marks.take(MOST) {
            findings.push(passage.finding("secrecy-mark", Level::Block, span));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::exact;

    #[test]
    fn marks_are_told_from_words() {
        let cases: [(&str, &[&str]); 10] = [
            ("机密★10年", &["机密★10年"]),
            ("秘密 ★ 长期。", &["秘密 ★ 长期"]),
            ("机密\n关于做好工作的通知", &["机密"]),
            ("涉及商业秘密的不予公开", &[]),
            ("（机密）关于做好工作的通知", &["机密"]),
            ("秘密*5年", &["秘密*5年"]),
            ("严格执行保密审查制度", &[]),
            ("国家秘密", &[]),
            ("属于机密的不得上网", &[]),
            ("保守国家秘密★", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(exact(text, super::RULE), expected, "{text}");
        }
    }
}
