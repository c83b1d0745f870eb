//! Marks of internal papers: 内部资料, 注意保存, 不得外传, 工作秘密.
//!
//! Why: internal affairs and what is still in process may be withheld (政府信息公开条例 Art. 16), and work secrets are a category of
//! their own; a paper so marked was not meant for the public.

use luoshi_model::Level;

use super::Rule;
use crate::Context;
use crate::finding::{Findings, MOST};

pub(super) const RULE: Rule = Rule { codes: &["internal-mark"], check };

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let own = context.words.secrecy.internal.len();
    for passage in &context.passages {
        let marks = context.words.internal.find(&passage.text).filter(|(_, word)| *word < own);
        for (span, _) in marks.take(MOST) {
            findings.push(passage.finding("internal-mark", Level::Block, span));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::exact;

    #[test]
    fn marks_are_told_from_rules_about_them() {
        let cases: [(&str, &[&str]); 4] = [
            ("内部资料  注意保存", &["内部资料", "注意保存"]),
            ("此件不得外传", &["不得外传"]),
            ("对属于工作秘密的信息逐条审查", &[]),
            ("编制不得公开的信息目录", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(exact(text, super::RULE), expected, "{text}");
        }
    }
}
