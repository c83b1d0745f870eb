//! Answers in which nothing can be looked up: no figure, date, title, address or channel.
//!
//! Why: 已按照相关规定公开相关信息 fits any question (domain.md §2.3). It may be true, so it is information: a reviewer asks for more.

use std::ops::Range;

use luoshi_model::{AnswerKind, Level};
use luoshi_normalizer::facts::{mentions, quantities};

use super::Rule;
use crate::Context;
use crate::finding::Findings;

pub(super) const RULE: Rule = Rule { codes: &["no-evidence"], check };

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for passage in context.statuses() {
        let status = passage.item.and_then(|item| context.attachment.items[item].status.as_ref());
        if status.is_none_or(|status| status.answer != AnswerKind::Answered) {
            continue;
        }
        let text = &passage.text;
        let told = context.words.channels.is_in(text)
            || has_day(text)
            || !mentions(text).is_empty()
            || !quantities(text).is_empty();
        if !told {
            let all: Range<usize> = 0..text.len();
            findings.push(passage.finding("no-evidence", Level::Info, all));
        }
    }
}

/// 6月17日, 每月5日, 1-11月.
fn has_day(text: &str) -> bool {
    let digit_before = |(at, _): (usize, &str)| text[..at].ends_with(|c: char| c.is_ascii_digit());
    text.match_indices('月').any(digit_before) || text.match_indices('日').any(digit_before)
}

#[cfg(test)]
mod tests {
    use crate::testing::codes;

    #[test]
    fn an_answer_names_something_that_can_be_looked_up() {
        let none: [&str; 0] = [];
        assert_eq!(codes("已按照相关规定公开相关信息。", super::RULE), ["no-evidence"]);
        for text in ["公开26条。", "印发《办法》。", "6月公布。", "在区政府门户网站公布。", "2016年公布。"]
        {
            assert_eq!(codes(text, super::RULE), none, "{text}");
        }
    }
}
