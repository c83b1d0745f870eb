//! Words that are always wrong: 截止目前, 攻府, and what an office adds.
//!
//! Why: inspections count them, and one in a leader's or the state's name is a veto (domain.md §3.1). The list is short and public;
//! lists of 错敏词 are proprietary or secret, so an office brings its own. A word is never changed here: it is the office's to say.

use luoshi_model::Level;

use super::Rule;
use crate::digits::digit;
use crate::finding::{Findings, MOST};
use crate::{Context, near};

pub(super) const RULE: Rule = Rule { codes: &["word-wrong", "word-grave", "word-banned"], check };

/// Bytes behind a word in which another says that it is wrong here.
const NEAR: usize = 120;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for passage in &context.passages {
        let text = &passage.text;
        let mut found = 0;
        for (span, word) in context.words.wrong.find(text) {
            let fault = &context.words.faults[word];
            let clause = near::clause_behind(text, span.end, NEAR);
            let before = near::before(text, span.start, NEAR);
            let lead = before.rsplit(['，', '。', '；', '\n']).next().unwrap_or_default();
            let says = |words: &[String], text: &str| words.iter().any(|word| text.contains(word.as_str()));
            let near = fault.near.is_empty() || says(&fault.near, clause);
            let elsewhere = says(&fault.not_near, clause) || says(&fault.not_near, lead);
            let behind_digit = !fault.behind_digit || counts(before);
            let before_digit = !fault.before_digit || text[span.end..].starts_with(|c| digit(c).is_some());
            if !near || elsewhere || !behind_digit || !before_digit || found == MOST {
                continue;
            }
            found += 1;
            let found = match fault.level {
                level if fault.right.is_empty() => passage.finding("word-banned", level, span),
                Level::Block => passage.finding("word-grave", Level::Block, span),
                level => passage.finding("word-wrong", level, span),
            };
            findings.push(found.with("wrong", &fault.wrong).with("right", &fault.right));
        }
    }
}

/// Whether a text ends with a short figure that counts something: 共11, and not 12345 or 2016.
fn counts(before: &str) -> bool {
    let lead = before.trim_end_matches(|c| digit(c).is_some());
    let digits = before[lead.len()..].chars().count();
    (1..=3).contains(&digits) && lead.ends_with(['共', '有', '达', '含', '计', '为', '余'])
}

#[cfg(test)]
mod tests {
    use crate::testing::{codes, codes_with};

    #[test]
    fn wrong_words_are_told() {
        let cases: [(&str, &[&str]); 12] = [
            ("截止目前，共办理285笔。", &["word-wrong"]),
            ("截至目前，共办理285笔。", &[]),
            ("群众登陆“海沧区政府网”查询", &["word-wrong"]),
            ("9月台风登陆期间每日通报", &[]),
            ("共11各重点领域", &["word-wrong"]),
            ("各重点领域", &[]),
            ("12345各承办部门", &[]),
            ("截止11月底共3次", &["word-wrong"]),
            ("台风登陆网格化预警", &[]),
            ("通知各部部门", &["word-wrong"]),
            ("市人民攻府", &["word-grave"]),
            ("区政府", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(codes(text, super::RULE), expected, "{text}");
        }
        let own = "version = 1\n[[fault]]\nwrong = \"海沧镇\"\nright = \"海沧街道\"\n";
        assert_eq!(codes_with("海沧镇", super::RULE, own), ["word-wrong"]);
    }
}
