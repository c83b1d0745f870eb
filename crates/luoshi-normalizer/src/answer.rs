//! What kind of answer a status cell is (domain.md §2.3): blank, none, struck, a reference, not applicable, or a narrative.
//!
//! Not here: merged cells, whose covered positions are references too; the outline knows those.

use luoshi_model::AnswerKind;

use crate::number;
use crate::vocabulary::{ANSWERS, NOT_APPLICABLE};

/// A cell's answer before references are resolved to items.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// A kind that stands for itself.
    Plain(AnswerKind),
    /// 同上: the item before.
    Ditto,
    /// 见第N项: the item of this number.
    Reference(u32),
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
    let text: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.trim_end_matches(['。', '.']);
    let is = |words: &[String]| words.iter().any(|word| word == text);
    if is(&ANSWERS.none) {
        return Reading::Plain(AnswerKind::None);
    }
    if is(&ANSWERS.struck) {
        return Reading::Plain(AnswerKind::Struck);
    }
    if is(&ANSWERS.ditto) {
        return Reading::Ditto;
    }
    for (before, after) in &ANSWERS.reference {
        let inner = text.strip_prefix(before.as_str()).and_then(|rest| rest.strip_suffix(after.as_str()));
        if let Some(number) = inner.and_then(number::whole) {
            return Reading::Reference(number.value);
        }
    }
    let one_statement = !text.contains(['。', '；', '\n']) && text.chars().count() <= ANSWERS.statement;
    if one_statement
        && !text.contains('，')
        && ANSWERS.none_begins.iter().any(|word| text.starts_with(word.as_str()))
    {
        return Reading::Plain(AnswerKind::None);
    }
    if one_statement && NOT_APPLICABLE.is_match(text) {
        return Reading::Plain(AnswerKind::NotApplicable);
    }
    Reading::Plain(AnswerKind::Answered)
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
        assert_eq!(read(&["同上级部门衔接，推进公开".to_owned()]), Reading::Plain(AnswerKind::Answered));
    }
}
