//! Document numbers with other brackets than 〔〕: 厦府[2016]26号.
//!
//! Why: GB/T 9704-2012 sets the year in 六角括号 〔〕 (domain.md §1.1).

use luoshi_model::Level;

use super::Rule;
use crate::Context;
use crate::finding::{Findings, MOST};

pub(super) const RULE: Rule = Rule { codes: &["document-number-brackets"], check };

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for passage in context.own() {
        let text = &passage.text;
        let numbers =
            text.match_indices(['[', '［', '【', '（', '(', '﹝', '〔']).filter_map(|(at, open)| {
                let year = text.get(at + open.len()..at + open.len() + 4)?;
                let is_year = year.starts_with("19") || year.starts_with("20");
                let rest = &text[at + open.len() + 4..];
                let close = rest.chars().next().filter(|c| "]］】）)﹞〕".contains(*c))?;
                let behind = &rest[close.len_utf8()..];
                let digits = behind.find(|c: char| !c.is_ascii_digit()).filter(|digits| *digits > 0)?;
                let body = text[..at].ends_with(|c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c));
                let whole = is_year && year.bytes().all(|byte| byte.is_ascii_digit()) && body;
                let second = at + open.len() + 4;
                // 会议室（2016）3号楼 is no paper.
                let number = behind[digits..].strip_prefix('号');
                let is_number = number.is_some_and(|rest| {
                    !rest.starts_with(['楼', '线', '路', '院', '机', '门', '库', '室', '厅'])
                });
                let right = open == "〔" && close == '〕';
                (whole && is_number && !right).then(|| {
                    let edits = [(at..at + open.len(), "〔"), (second..second + close.len_utf8(), "〕")];
                    (at..second + close.len_utf8() + digits + '号'.len_utf8(), edits)
                })
            });
        for (span, edits) in numbers.take(MOST) {
            findings.push(
                passage.finding("document-number-brackets", Level::Warn, span).repaired(passage, edits),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{codes, repaired};

    #[test]
    fn the_year_stands_in_its_own_brackets() {
        for text in [
            "厦府[2016]26号",
            "厦府（2016）26号",
            "厦府【2016】26号",
            "厦府(2016)26号",
            "厦府﹝2016﹞26号",
            "厦府〔2016]26号",
        ] {
            assert_eq!(codes(text, super::RULE), ["document-number-brackets"], "{text}");
            assert_eq!(repaired(text, super::RULE), "厦府〔2016〕26号");
        }
        for text in ["厦府〔2016〕26号", "会议室（2016）3号楼", "工作要点（2016）公布", "（2016）年"]
        {
            assert_eq!(codes(text, super::RULE), [] as [&str; 0], "{text}");
        }
    }
}
