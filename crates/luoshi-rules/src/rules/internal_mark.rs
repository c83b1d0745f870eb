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
        let text = &passage.text;
        let marks =
            context.words.internal.find(text).filter(|(span, word)| *word < own && stands(text, span));
        for (span, _) in marks.take(MOST) {
            findings.push(passage.finding("internal-mark", Level::Block, span));
        }
    }
}

/// Whether a mark stands by itself, as marks do: 内部文件流转 and 提醒群众注意保存票据 are sentences.
fn stands(text: &str, span: &std::ops::Range<usize>) -> bool {
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let order = ["不得", "请勿", "严禁", "仅供"].iter().any(|word| text[span.clone()].starts_with(word));
    edge(text[span.end..].chars().next()) && (order || edge(text[..span.start].chars().next_back()))
}

#[cfg(test)]
mod tests {
    use crate::testing::exact;

    #[test]
    fn marks_are_told_from_rules_about_them() {
        let cases: [(&str, &[&str]); 8] = [
            ("内部资料  注意保存", &["内部资料", "注意保存"]),
            ("此件不得外传", &["不得外传"]),
            ("对属于工作秘密的信息逐条审查", &[]),
            ("编制不得公开的信息目录", &[]),
            ("内部文件流转用时减半", &[]),
            ("提醒群众注意保存票据。", &[]),
            ("对商业秘密和工作秘密逐条审查", &[]),
            ("（内部资料）", &["内部资料"]),
        ];
        for (text, expected) in cases {
            assert_eq!(exact(text, super::RULE), expected, "{text}");
        }
    }
}
