//! The same narrative under two items, and the same clause twice in one.
//!
//! Why: two questions seldom have one answer; a text that was pasted once too often says nothing of one of them (the attachment of
//! 2016 has such a pair). A cell that is merged over several items is one answer, and no repetition.

use std::collections::{HashMap, HashSet};

use luoshi_model::{AnswerKind, ColumnKey, Level};
use luoshi_normalizer::{enumerator, key};

use super::Rule;
use crate::Context;
use crate::finding::{Findings, MOST};

pub(super) const RULE: Rule = Rule { codes: &["text-repeated", "clause-repeated"], check };

/// Characters that a text has at least: 已按规定公开 answers many items and is another rule's.
const LONG: usize = 20;

/// Characters that a clause has at least.
const LONG_CLAUSE: usize = 10;

/// What ends a clause. Not 、: the same words may stand in two lists.
const STOPS: [char; 7] = ['，', '。', '；', '：', '\n', ',', ';'];

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut seen: HashMap<String, &str> = HashMap::new();
    for passage in context.answers() {
        let own = key(&passage.text);
        let status = passage.item.and_then(|item| context.attachment.items[item].status.as_ref());
        let is_status = passage.place.column == Some(ColumnKey::Status);
        // The same reason why they don't apply may hold for several.
        if is_status && status.is_some_and(|status| status.answer != AnswerKind::Answered) {
            continue;
        }
        if own.chars().count() >= LONG {
            let name = passage.place.item_name.as_str();
            match seen.get(own.as_str()) {
                Some(first) if *first != name => {
                    let found = passage.finding("text-repeated", Level::Warn, 0..passage.text.len());
                    findings.push(found.with("item", first));
                }
                Some(_) => {}
                None => {
                    seen.insert(own, name);
                }
            }
        }
        let mut clauses: HashSet<&str> = HashSet::new();
        let mut start = 0;
        let mut found = 0;
        for piece in passage.text.split_inclusive(STOPS) {
            // 二是推进公开，推进公开: a number before it makes no other clause of it.
            let begin = enumerator(piece);
            let clause = piece[begin..].trim_end_matches(STOPS);
            if clause.chars().count() >= LONG_CLAUSE && !clauses.insert(clause) && found < MOST {
                found += 1;
                let from = start + begin;
                findings.push(passage.finding("clause-repeated", Level::Warn, from..from + clause.len()));
            }
            start += piece.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{attachment, codes, codes_of};

    #[test]
    fn a_narrative_answers_one_item() {
        let long = "通过门户网站、微信平台、手机客户端等途径及时公开信息，做好发布工作。";
        let spaced = long.replace('，', "， ");
        assert_eq!(codes_of(&attachment(&[long, "已公开。", &spaced]), super::RULE), ["text-repeated"]);
        let short = "已按照规定公开相关信息。";
        assert_eq!(codes_of(&attachment(&[short, short]), super::RULE), [] as [&str; 0]);
    }

    #[test]
    fn a_clause_stands_once_in_an_answer() {
        let text = "二是推进招生意见和入学办法公开，推进招生意见和入学办法公开，效果良好。";
        assert_eq!(codes(text, super::RULE), ["clause-repeated"]);
        assert_eq!(
            codes("慰问甲村孤老、残疾人家庭中的特困户、乙村孤老、残疾人家庭中的特困户。", super::RULE),
            [] as [&str; 0]
        );
        assert_eq!(codes("及时公开，及时公开。", super::RULE), [] as [&str; 0]);
    }
}
