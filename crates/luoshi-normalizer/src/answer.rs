//! What kind of answer a status cell is (domain.md §2.3): blank, none, struck, a reference, not applicable, or a narrative.
//!
//! Not here: merged cells, whose covered positions are references too; the outline knows those.

use std::borrow::Cow;

use luoshi_model::AnswerKind;

use crate::number;
use crate::vocabulary::ANSWERS;

/// A cell's answer before references are resolved to items.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// A kind that stands for itself.
    Plain(AnswerKind),
    /// 同上: the item before.
    Ditto,
    /// 见第N项: the item of this number.
    Reference(u32),
    /// 见第1、2项: several items, of which the first has this number.
    References(u32),
}

/// Bytes of white space that a statement may hold beside its characters.
const LEEWAY: usize = 24;

pub(crate) fn read(lines: &[String]) -> Reading {
    let [line] = lines else {
        return Reading::Plain(if lines.is_empty() { AnswerKind::Blank } else { AnswerKind::Answered });
    };
    // Most cells are narratives; their length in bytes, three to a Han character, says so before anything is looked at.
    if line.len() > ANSWERS.statement * 3 + LEEWAY {
        return Reading::Plain(AnswerKind::Answered);
    }
    let text: Cow<'_, str> = if line.contains(char::is_whitespace) {
        line.chars().filter(|c| !c.is_whitespace()).collect()
    } else {
        line.into()
    };
    let text = text.trim_end_matches(['。', '.']);
    if ANSWERS.struck.iter().any(|word| word == text) {
        return Reading::Plain(AnswerKind::Struck);
    }
    if is_ditto(text) {
        return Reading::Ditto;
    }
    if let Some(reference) = reference(text) {
        return reference;
    }
    if text.chars().count() > ANSWERS.statement {
        return Reading::Plain(AnswerKind::Answered);
    }
    // 不涉及。我局无此项职能。: each statement says that it does not apply, or that there is nothing.
    let mut kind = AnswerKind::None;
    for part in text.split(['。', '；']) {
        match statement(part) {
            Some(AnswerKind::NotApplicable) => kind = AnswerKind::NotApplicable,
            Some(_) => {}
            None => return Reading::Plain(AnswerKind::Answered),
        }
    }
    Reading::Plain(kind)
}

/// Whether a text is 同上 and nothing else.
pub(crate) fn is_ditto(text: &str) -> bool {
    let letters = || text.trim_end_matches(['。', '.']).chars().filter(|c| !c.is_whitespace());
    ANSWERS.ditto.iter().any(|word| letters().eq(word.chars()))
}

/// The kind of a short statement, if it is none that tells of work.
fn statement(text: &str) -> Option<AnswerKind> {
    let begins = || ANSWERS.none_begins.iter().any(|word| text.starts_with(word.as_str()));
    if ANSWERS.none.iter().any(|word| word == text) || !text.contains('，') && begins() {
        return Some(AnswerKind::None);
    }
    let fits = !text.contains('，') && ANSWERS.not_applicable.iter().any(|phrase| phrase.is_match(text));
    fits.then_some(AnswerKind::NotApplicable)
}

/// The reference that a text is and nothing else.
fn reference(text: &str) -> Option<Reading> {
    let words = &ANSWERS.reference;
    let number = |text: &str| number::whole(text).map(|number| number.value).filter(|&n| n <= number::MOST);
    words.before.iter().find_map(|before| {
        let rest = text.strip_prefix(before.as_str())?;
        words.after.iter().find_map(|after| {
            let inner = rest.strip_suffix(after.as_str())?;
            if let Some(one) = number(inner) {
                return Some(Reading::Reference(one));
            }
            let parts = words.several.iter().fold(vec![inner], |parts, mark| {
                parts.into_iter().flat_map(|part| part.split(mark.as_str())).collect()
            });
            let numbers: Option<Vec<u32>> = parts.into_iter().map(number).collect();
            numbers.and_then(|numbers| numbers.first().copied()).map(Reading::References)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_kept_apart() {
        use AnswerKind::{Answered, Blank, None, NotApplicable, Struck};
        let cases = [
            ("", Blank),
            ("无", None),
            ("无。", None),
            ("暂 无", None),
            ("暂无该部分政务信息公开", None),
            ("—", Struck),
            ("／", Struck),
            ("不涉及", NotApplicable),
            ("由市主管部门牵头", NotApplicable),
            ("海沧区无上报贫困地区。", NotApplicable),
            ("海沧区无集中式生活饮用水水源水质监测工作。", NotApplicable),
            ("我局无此项职能", NotApplicable),
            ("无行政审批事项", NotApplicable),
            ("已按照相关规定公开相关信息。", Answered),
            ("目前已建立相应的应对机制和预案。", Answered),
            ("我区无高等院校，其余学校均已公开。", Answered),
            ("无锡路项目已经公开", Answered),
            ("不断完善", Answered),
            ("由区编办牵头，已公布28个部门权责清单", Answered),
            ("由区政府办组织召开新闻发布会5场", Answered),
            ("不涉及国家秘密的文件均已主动公开", Answered),
            ("本局没有超时办结件", Answered),
            ("全区无重大舆情", Answered),
            ("不涉及此项工作。", NotApplicable),
            ("N/A", NotApplicable),
            ("不涉及。我局无此项职能。", NotApplicable),
            ("无。不涉及。", NotApplicable),
            ("不涉及。已在网站公开其他事项。", Answered),
            ("同2016年", Answered),
            ("见附件", Answered),
        ];
        for (text, kind) in cases {
            let lines = if text.is_empty() { vec![] } else { vec![text.to_owned()] };
            assert_eq!(read(&lines), Reading::Plain(kind), "{text}");
        }
    }

    #[test]
    fn references_name_their_item() {
        assert_eq!(read(&["同上".to_owned()]), Reading::Ditto);
        assert_eq!(read(&["（同上）".to_owned()]), Reading::Ditto);
        assert_eq!(read(&["见第12项。".to_owned()]), Reading::Reference(12));
        assert_eq!(read(&["详见第2项落实情况".to_owned()]), Reading::Reference(2));
        assert_eq!(read(&["同第 3 项".to_owned()]), Reading::Reference(3));
        assert_eq!(read(&["同2".to_owned()]), Reading::Reference(2));
        assert_eq!(read(&["参见第十二条。".to_owned()]), Reading::Reference(12));
        assert_eq!(read(&["见第1、2项".to_owned()]), Reading::References(1));
        assert_eq!(read(&["同第3至5项".to_owned()]), Reading::References(3));
        assert_eq!(read(&["同上级部门衔接，推进公开".to_owned()]), Reading::Plain(AnswerKind::Answered));
    }
}
