//! Numbers before texts: item numbers in every style, and the enumerators of headings (domain.md §2.1).
//!
//! Not numbers: 1.2万元, 3.5%, 2016年6月17日; and 一是, 二是, which enumerate inside a text and never number an item.

/// A number read from the beginning of a text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Numbered<'a> {
    /// Its value; of a number in levels (`1.1`) the last level.
    pub(crate) value: u32,
    /// The style it is written in.
    pub(crate) style: Style,
    /// The number with its punctuation, as written.
    pub(crate) label: &'a str,
    /// What follows, without leading white space.
    pub(crate) rest: &'a str,
}

/// How a number is written, as far as it says how high a heading stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// 一、 第一部分: the first level of the official ladder.
    Han,
    /// （一）: the second.
    BracketedHan,
    /// 1. 1、 （1） ① Ⅰ: below.
    Other,
}

/// The largest number that is read off a text: no checklist has a thousand items, and 2016 is a year.
pub(crate) const MOST: u32 = 999;

/// The number of a cell that should hold nothing else.
pub(crate) fn whole(text: &str) -> Option<Numbered<'_>> {
    let text = text.trim();
    // 1.0: a number that a program wrote into text.
    if let Some(digits) =
        text.strip_suffix(".0").filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
    {
        return whole(digits).map(|number| Numbered { label: text, ..number });
    }
    let number = leading(text)?;
    number.rest.is_empty().then_some(Numbered { label: text, ..number })
}

/// The number glued to the beginning of a text. It must be set off: by punctuation, brackets, or being an enclosed form.
pub(crate) fn glued(text: &str) -> Option<Numbered<'_>> {
    let number = leading(text.trim_start())?;
    let last = number.label.chars().next_back()?;
    let set_off = !last.is_alphanumeric() || enclosed(last).is_some() || number.label.starts_with('第');
    // A dot between two digits is a decimal point or a level that goes on, not the end of a number.
    let digit_follows = number.rest.starts_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
    // 二、三级医院: a list of numbers, not a number and a text. 2016.工作报告: a year.
    let list = {
        let han = number.rest.trim_start_matches(|c| "一二三四五六七八九十".contains(c));
        han.len() < number.rest.len() && han.starts_with(['级', '类', '批', '期', '季', '、'])
    };
    let number =
        Some(number).filter(|number| set_off && !number.rest.is_empty() && !list && number.value <= MOST)?;
    (!(digit_follows && "．.".contains(last))).then_some(number)
}

/// How long the enumerator is that a clause begins with, in bytes: 一是, ①, （二）, 3. and their like.
pub fn enumerator(clause: &str) -> usize {
    let begin = clause.len() - clause.trim_start().len();
    let text = &clause[begin..];
    let firstly = text.chars().next().filter(|c| "一二三四五六七八九十".contains(*c)).map(char::len_utf8);
    match firstly.filter(|at| text[*at..].starts_with('是')) {
        Some(at) => begin + at + '是'.len_utf8(),
        None => glued(text).map_or(0, |number| clause.len() - number.rest.len()),
    }
}

fn leading(text: &str) -> Option<Numbered<'_>> {
    let first = text.chars().next()?;
    if let Some(value) = enclosed(first) {
        let style = if ('㈠'..='㈩').contains(&first) { Style::BracketedHan } else { Style::Other };
        return Some(finish(text, value, style, first.len_utf8()));
    }
    if let Some(inner) = text.strip_prefix(['（', '(']) {
        let (value, han, length) = figure(inner)?;
        let close = inner[length..].chars().next().filter(|c| matches!(c, '）' | ')'))?;
        let style = if han { Style::BracketedHan } else { Style::Other };
        return Some(finish(text, value, style, first.len_utf8() + length + close.len_utf8()));
    }
    if let Some(inner) = text.strip_prefix('第') {
        let (value, _, length) = figure(inner)?;
        let unit =
            ["部分", "章", "节", "条", "项"].into_iter().find(|unit| inner[length..].starts_with(unit))?;
        return Some(finish(text, value, Style::Han, first.len_utf8() + length + unit.len()));
    }
    let (mut value, han, mut length) = figure(text)?;
    if han {
        let point = text[length..].chars().next();
        return match point {
            None => Some(finish(text, value, Style::Han, length)),
            Some('、' | '．' | '.') => Some(finish(text, value, Style::Han, length)),
            Some(_) => None,
        };
    }
    // Levels: 1.1, 2.3.4
    while let Some(next) = text[length..].strip_prefix(['.', '．']) {
        let Some((level, false, level_length)) = figure(next) else { break };
        value = level;
        length = text.len() - next.len() + level_length;
    }
    Some(finish(text, value, Style::Other, length))
}

/// Whether a text begins with a number of any kind.
pub(crate) fn leading_figure(text: &str) -> bool {
    leading(text).is_some()
}

/// Takes the punctuation behind a number into its label.
fn finish(text: &str, value: u32, style: Style, length: usize) -> Numbered<'_> {
    let behind = text[length..].chars().next().filter(|c| "、.．,，)）:：".contains(*c));
    let length = length + behind.map_or(0, char::len_utf8);
    Numbered { value, style, label: &text[..length], rest: text[length..].trim_start() }
}

/// A run of figures: its value, whether they are Han, and its length in bytes.
fn figure(text: &str) -> Option<(u32, bool, usize)> {
    let end = |belongs: fn(char) -> bool| text.find(|c| !belongs(c)).unwrap_or(text.len());
    let digits = end(|c| c.is_ascii_digit() || ('０'..='９').contains(&c));
    if digits > 0 {
        let digit = |c: char| c.to_digit(10).or_else(|| (c as u32).checked_sub('０' as u32));
        let value = text[..digits]
            .chars()
            .try_fold(0_u32, |value, c| value.checked_mul(10)?.checked_add(digit(c)?))?;
        return Some((value, false, digits));
    }
    let roman = end(|c| ('Ⅰ'..='Ⅻ').contains(&c));
    if roman > 0 {
        let c = text.chars().next()?;
        return (roman == c.len_utf8()).then(|| (c as u32 - 'Ⅰ' as u32 + 1, false, roman));
    }
    let han = end(|c| "〇零一二三四五六七八九十百".contains(c));
    (han > 0).then(|| han_value(&text[..han]).map(|value| (value, true, han)))?
}

/// The value of a number below a thousand in Han figures: 十, 二十三, 一百零五, 二〇.
pub(crate) fn han_value(text: &str) -> Option<u32> {
    let digit =
        |c: char| "零一二三四五六七八九".chars().position(|d| d == if c == '〇' { '零' } else { c });
    if text.chars().count() > 1 && text.chars().all(|c| digit(c).is_some()) {
        return text.chars().try_fold(0_u32, |value, c| value.checked_mul(10)?.checked_add(digit(c)? as u32));
    }
    let (mut total, mut pending) = (0, None);
    for c in text.chars() {
        match c {
            '百' => total += pending.take().unwrap_or(1) * 100,
            '十' => total += pending.take().unwrap_or(1) * 10,
            _ => {
                let value = digit(c)? as u32;
                if value > 0 && pending.replace(value).is_some() {
                    return None;
                }
            }
        }
    }
    Some(total + pending.unwrap_or(0))
}

/// The value of a character that is a number by itself: ① ⑴ ⒈ ㈠ ㊀.
pub(crate) fn enclosed(c: char) -> Option<u32> {
    const RUNS: [(char, char, u32); 7] = [
        ('①', '⑳', 1),
        ('⑴', '⒇', 1),
        ('⒈', '⒛', 1),
        ('㈠', '㈩', 1),
        ('㊀', '㊉', 1),
        ('㉑', '㉟', 21),
        ('㊱', '㊿', 36),
    ];
    RUNS.iter()
        .find(|(from, to, _)| (*from..=*to).contains(&c))
        .map(|(from, _, first)| c as u32 - *from as u32 + first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_s_enumerator_is_set_off() {
        let cases = [
            ("一是公开清单；", "一是"),
            ("①公开清单；", "①"),
            ("（二）公开清单", "（二）"),
            ("3.公开清单", "3."),
            ("3.5万元", ""),
            ("2016年公开", ""),
            ("一是", "一是"),
            ("公开清单", ""),
            ("", ""),
        ];
        for (clause, expected) in cases {
            assert_eq!(&clause[..enumerator(clause)], expected, "{clause}");
        }
    }

    #[test]
    fn numbers_in_every_style() {
        let cases = [
            ("1", 1),
            ("１", 1),
            ("66", 66),
            ("1、", 1),
            ("1.", 1),
            ("1．", 1),
            ("（1）", 1),
            ("(1)、", 1),
            ("⑴", 1),
            ("①", 1),
            ("⑳", 20),
            ("㉑", 21),
            ("⒈", 1),
            ("一、", 1),
            ("十", 10),
            ("二十三、", 23),
            ("（一）", 1),
            ("㈠", 1),
            ("Ⅰ、", 1),
            ("Ⅻ", 12),
            ("第三条", 3),
            ("1.1", 1),
            ("2.13", 13),
            ("一百零五", 105),
            (" 7 ", 7),
            ("二〇", 20),
            ("3.0", 3),
        ];
        for (text, value) in cases {
            assert_eq!(whole(text).map(|n| n.value), Some(value), "{text}");
        }
    }

    #[test]
    fn what_is_no_number() {
        for text in [
            "",
            "无",
            "1.2万元",
            "3.5%",
            "2016年6月17日",
            "一是",
            "二十三是",
            "1-10",
            "99999999999",
            "十二月",
            "—",
        ] {
            assert_eq!(whole(text), None, "{text}");
        }
        for text in [
            "1.2万元",
            "3.5%的单位",
            "16.7万元",
            "2016年6月17日",
            "一是推进",
            "1-10月",
            "12个",
            "一方面",
            "60%",
            "三张清单",
            "第三类医疗器械许可公开",
            "二、三级医院信息公开",
            "2016.政府工作报告",
        ] {
            assert_eq!(glued(text), None, "{text}");
        }
    }

    #[test]
    fn glued_numbers_part_from_their_text() {
        let cases = [
            ("1、依法公开", 1, "1、", "依法公开"),
            ("12. 依法公开", 12, "12.", "依法公开"),
            ("（3）依法", 3, "（3）", "依法"),
            ("①依法", 1, "①", "依法"),
            ("一、围绕", 1, "一、", "围绕"),
            ("（十二）推进", 12, "（十二）", "推进"),
            ("1.1 依法", 1, "1.1", "依法"),
            ("第三条依法", 3, "第三条", "依法"),
        ];
        for (text, value, label, rest) in cases {
            let number = glued(text);
            if label == "1.1" {
                // Set off by a space only: too weak for a text, fine for a cell of its own.
                assert_eq!(number, None);
                continue;
            }
            let number = number.unwrap();
            assert_eq!((number.value, number.label, number.rest), (value, label, rest));
        }
    }

    #[test]
    fn the_ladder_is_told_by_style() {
        assert_eq!(glued("一、围绕").unwrap().style, Style::Han);
        assert_eq!(glued("（一）进一步").unwrap().style, Style::BracketedHan);
        assert_eq!(glued("㈠进一步").unwrap().style, Style::BracketedHan);
        assert_eq!(glued("1.进一步").unwrap().style, Style::Other);
    }

    proptest::proptest! {
        #[test]
        fn never_panics_and_loses_nothing(text in "\\PC{0,12}") {
            if let Some(number) = glued(&text) {
                let joined: String = [number.label, number.rest].concat();
                let squeezed = |t: &str| t.chars().filter(|c| !c.is_whitespace()).collect::<String>();
                proptest::prop_assert_eq!(squeezed(&joined), squeezed(&text));
            }
            let _ = whole(&text);
        }
    }
}
