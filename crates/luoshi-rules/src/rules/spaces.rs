//! White space inside Chinese text: beside a mark, and between two Han characters.
//!
//! Why: it is what is left of pasting and of lines filled by hand (domain.md §2.3). Beside a mark it is put right; between characters
//! it may part two names, so a person looks.

use luoshi_model::Level;

use super::Rule;
use crate::Context;
use crate::finding::{Findings, MOST};

pub(super) const RULE: Rule = Rule { codes: &["space-beside-mark", "space-in-text"], check };

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for passage in context.answers() {
        let text = &passage.text;
        let mut found = 0;
        let mut start = None;
        for (at, c) in text.char_indices() {
            if matches!(c, ' ' | '\u{3000}' | '\u{A0}') {
                start.get_or_insert(at);
                continue;
            }
            let Some(from) = start.take() else { continue };
            let Some(before) = text[..from].chars().next_back() else { continue };
            let han = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
            let mark = |c: char| "，。；：、？！（）《》“”,;".contains(c);
            if found == MOST {
                break;
            }
            let is_beside = mark(before) && (han(c) || mark(c)) || han(before) && mark(c);
            if is_beside {
                found += 1;
                findings.push(
                    passage
                        .finding("space-beside-mark", Level::Info, from..at)
                        .repaired(passage, [(from..at, "")]),
                );
            } else if han(before) && han(c) {
                found += 1;
                findings.push(passage.finding("space-in-text", Level::Info, from..at));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{codes, repaired};

    #[test]
    fn space_is_taken_out_beside_marks_only() {
        let cases = [
            ("1、 安排专人", "1、安排专人"),
            ("公开 ，更新", "公开，更新"),
            ("区教育局 区卫计局", "区教育局 区卫计局"),
            ("使用 APP 公开", "使用 APP 公开"),
            ("公开 55 条", "公开 55 条"),
        ];
        for (text, expected) in cases {
            assert_eq!(repaired(text, super::RULE), expected, "{text}");
        }
        assert_eq!(codes("区教育局 区卫计局", super::RULE), ["space-in-text"]);
    }
}
