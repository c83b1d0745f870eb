//! Lists of persons who receive something: three names or more near 低保, 救助, 补贴 and the like.
//!
//! Why: since 2018 what concerns privacy is to be de-identified (国办发〔2018〕23号, domain.md §3.1); prosecutors took up a list of 15 000
//! recipients. Whether a list must be public all the same (some rules of relief say so) is the office's to say.

use luoshi_model::Level;

use super::Rule;
use crate::finding::{Findings, MOST};
use crate::{Context, persons};

pub(super) const RULE: Rule = Rule { codes: &["name-list"], check };

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for passage in &context.passages {
        for names in persons::lists(&passage.text).into_iter().take(MOST) {
            let (Some(first), Some(last)) = (names.first(), names.last()) else { continue };
            let found = passage.finding("name-list", Level::Block, first.start..last.end);
            findings.push(found.with("count", names.len()));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{codes, shown};

    #[test]
    fn a_list_is_found_and_not_repeated() {
        assert_eq!(codes("发放低保金：王建国、李秀英、张志强。", super::RULE), ["name-list"]);
        assert_eq!(
            shown("发放低保金：王建国、李秀英、张志强。", super::RULE),
            ["发放低保金：王**、李**、张**。"]
        );
        assert_eq!(codes("会议由王建国、李秀英、张志强主持。", super::RULE), [] as [&str; 0]);
    }
}
