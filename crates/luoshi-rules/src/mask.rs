//! Private values masked: what may be shown of a text in a finding.
//!
//! Character by character, so that a masked text is as long as the text. Not here: which values are findings, and of what level.

use std::borrow::Cow;
use std::ops::Range;

use crate::rules::{bank_card, citizen_id, phone};
use crate::{digits, persons};

/// Characters of a value that stay at its beginning and at its end: enough to find it in the file, too few to use it.
const KEPT: (usize, usize) = (3, 2);

/// A text with every private value masked: citizens' and phone numbers, bank cards, names in lists and beside an illness.
///
/// ```
/// assert_eq!(luoshi_rules::masked("电话13912345678"), "电话139******78");
/// ```
pub fn masked(text: &str) -> Cow<'_, str> {
    let numbers = digits::find(text, |number| {
        (citizen_id::is_like(number) || phone::is_mobile(number, text) || bank_card::is_like(number, text))
            .then_some(())
    });
    let numbers = numbers.into_iter().map(|(span, ())| (span, KEPT));
    let names = persons::all(text).into_iter().map(|span| (span, (1, 0)));
    let mut spans: Vec<(Range<usize>, (usize, usize))> = numbers.chain(names).collect();
    if spans.is_empty() {
        return Cow::Borrowed(text);
    }
    spans.sort_by_key(|(span, _)| span.start);
    let mut shown = String::with_capacity(text.len());
    let mut end = 0;
    for (span, (first, last)) in spans.into_iter().filter(|(span, _)| !span.is_empty()) {
        if span.start < end {
            continue;
        }
        shown.push_str(&text[end..span.start]);
        let value = &text[span.clone()];
        let count = value.chars().count();
        let hidden = |at: usize| at >= first && at + last < count;
        shown.extend(value.chars().enumerate().map(|(at, c)| if hidden(at) { '*' } else { c }));
        end = span.end;
    }
    shown.push_str(&text[end..]);
    Cow::Owned(shown)
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
