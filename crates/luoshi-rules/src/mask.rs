//! Private values masked: what may be shown of a text in a finding.
//!
//! Character by character, so that a masked text is as long as the text. Not here: which values are findings, and of what level.

use std::borrow::Cow;
use std::ops::Range;

use crate::rules::{bank_card, citizen_id, home_address, phone};
use crate::words::HOME;
use crate::{digits, persons};

/// Characters of a value that stay at its beginning and at its end: enough to find it in the file, too few to use it.
pub(crate) const KEPT: (usize, usize) = (3, 2);

/// The bytes of a text that are not shown: what stands within every private value, in order and apart. Values are citizens' and phone
/// numbers, bank cards, homes by the words that ship, and names in lists, beside an illness or before such a number.
pub(crate) fn hidden(text: &str) -> Vec<Range<usize>> {
    let numbers = digits::find(text, |number| {
        (citizen_id::is_like(number) || phone::is_mobile(number, text) || bank_card::is_like(number, text))
            .then_some(())
    });
    let owners: Vec<_> = numbers.iter().filter_map(|(span, ())| persons::owner(text, span.start)).collect();
    let homes = home_address::find(text, &HOME);
    let values = numbers.into_iter().map(|(span, ())| span).chain(homes);
    let values = values.map(|span| within(text, span, KEPT));
    let names = persons::all(text).into_iter().chain(owners).map(|span| within(text, span, (1, 0)));
    let mut hidden: Vec<Range<usize>> = values.chain(names).collect();
    hidden.sort_by_key(|span| span.start);
    hidden.dedup_by(|next, last| {
        let overlaps = next.start <= last.end;
        last.end = if overlaps { last.end.max(next.end) } else { last.end };
        overlaps
    });
    hidden
}

/// What is left of some bytes without a few characters at each end.
pub(crate) fn within(text: &str, span: Range<usize>, (first, last): (usize, usize)) -> Range<usize> {
    let value = &text[span.clone()];
    let from = value.char_indices().nth(first).map_or(value.len(), |(at, _)| at);
    let to = value.char_indices().rev().take(last).last().map_or(value.len(), |(at, _)| at);
    span.start + from..span.start + to.max(from)
}

/// A text with every private value masked.
///
/// ```
/// assert_eq!(luoshi_rules::masked("电话13912345678"), "电话139******78");
/// ```
pub fn masked(text: &str) -> Cow<'_, str> {
    let hidden = hidden(text);
    match hidden.iter().all(Range::is_empty) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.char_indices().map(|(at, c)| star(at, c, &hidden)).collect()),
    }
}

/// A character, or a star where it is not shown.
pub(crate) fn star(at: usize, c: char, hidden: &[Range<usize>]) -> char {
    let next = hidden.partition_point(|span| span.start <= at);
    if hidden[..next].last().is_some_and(|span| span.contains(&at)) && c != '\n' { '*' } else { c }
}

/// A text that may be nothing but a person's name, masked.
pub(crate) fn masked_name(text: &str) -> Cow<'_, str> {
    match text.chars().next() {
        Some(first) if persons::is_name(text) => {
            Cow::Owned(std::iter::once(first).chain(text.chars().skip(1).map(|_| '*')).collect())
        }
        _ => masked(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_values_are_masked_and_nothing_else_is() {
        let cases = [
            ("身份证11010519491231002X。", "身份证110*************2X。"),
            ("电话：１３９１２３４５６７８", "电话：１３９******７８"),
            ("卡号6222 0212 3456 7890 128", "卡号622******************28"),
            ("公开信息55条，总投资42.6亿元", "公开信息55条，总投资42.6亿元"),
            ("低保对象：王建国、李秀英、张志强。", "低保对象：王**、李**、张**。"),
            ("王建国，身份证号11010519491231002X", "王**，身份证号110*************2X"),
            ("低保户李秀英（手机：13912345678）", "低保户李**（手机：139******78）"),
            ("公开电话13912345678", "公开电话139******78"),
            ("滨湖花园3号楼2单元501室漏水，已修", "滨湖花园3号楼*****1室漏水，已修"),
            ("王某家住海富路12号，", "王某家住海***2号，"),
            ("接待地址：沧林路58号2号楼1单元101室", "接待地址：沧林路58号2号楼1单元101室"),
        ];
        for (text, expected) in cases {
            assert_eq!(masked(text), expected);
        }
    }

    proptest::proptest! {
        #[test]
        fn a_masked_text_has_as_many_characters(text in "[0-9０-９Xx \\-王李低保、公开条电话卡号]{0,60}") {
            proptest::prop_assert_eq!(masked(&text).chars().count(), text.chars().count());
        }
    }
}
