//! Enumerations that skip a number or change their style: ①②④, 一是 … 三是, （一）（二）（四）, 1、 … 2．.
//!
//! Why: a point that is not there was cut off or lost in copying. A single number is a reference, and a new 1 begins a new list.

use std::ops::Range;

use luoshi_model::Level;

use super::Rule;
use crate::Context;
use crate::digits::digit;
use crate::finding::{Findings, MOST};

pub(super) const RULE: Rule = Rule { codes: &["enumeration-skips", "enumeration-style"], check };

/// How a point is numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// ①
    Circled,
    /// 一是
    Spoken,
    /// 1、
    Comma,
    /// 1.
    Dot,
    /// （1）
    Bracketed,
    /// 1）
    Closed,
    /// 一、
    Heading,
    /// （一）
    SubHeading,
}

const STYLES: [Style; 8] = [
    Style::Circled,
    Style::Spoken,
    Style::Comma,
    Style::Dot,
    Style::Bracketed,
    Style::Closed,
    Style::Heading,
    Style::SubHeading,
];

struct Point {
    style: Style,
    number: u32,
    span: Range<usize>,
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for passage in context.answers() {
        let points = points(&passage.text);
        let text = |point: &Point| &passage.text[point.span.clone()];
        for style in STYLES {
            let own: Vec<&Point> = points.iter().filter(|point| point.style == style).collect();
            // A single number is a reference.
            let first = own.first().filter(|first| own.len() > 1 && first.number != 1);
            // Two of one number are a slip too; going back to 1 is a new list.
            let skips =
                own.windows(2).filter(|pair| pair[1].number != pair[0].number + 1 && pair[1].number != 1);
            let skips = skips.map(|pair| (text(pair[0]), pair[1]));
            for (before, point) in first.into_iter().map(|first| ("", *first)).chain(skips).take(MOST) {
                let found = passage.finding("enumeration-skips", Level::Warn, point.span.clone());
                findings.push(found.with("before", before).with("now", text(point)));
            }
        }
        // 1、 then 2．: the next number of a list in another style, where that style has no 1 of its own.
        let is_listed = |point: &&Point| {
            matches!(point.style, Style::Comma | Style::Dot | Style::Bracketed | Style::Closed)
        };
        let listed: Vec<&Point> = points.iter().filter(is_listed).collect();
        let mut begun: Vec<Style> = Vec::new();
        for (before, point) in listed.iter().zip(listed.iter().skip(1)) {
            if before.number == 1 && !begun.contains(&before.style) {
                begun.push(before.style);
            }
            if before.style != point.style
                && point.number == before.number + 1
                && !begun.contains(&point.style)
            {
                let found = passage.finding("enumeration-style", Level::Warn, point.span.clone());
                findings.push(found.with("before", text(before)).with("now", text(point)));
                // Once said, the new style is the list's.
                begun.push(point.style);
            }
        }
    }
}

/// The numbered points of a text, in its order.
fn points(text: &str) -> Vec<Point> {
    let mut points = Vec::new();
    let (mut before, mut last) = ('\n', '\n');
    for (at, c) in text.char_indices() {
        let rest = &text[at..];
        let found = match c {
            '①'..='⑳' if !"见第如按据".contains(before) => {
                Some((Style::Circled, c as u32 - '①' as u32 + 1, c.len_utf8()))
            }
            // 二是 begins a clause; 不仅一是 does not.
            '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十'
                if opens(before) || is_label(before) =>
            {
                // 一、二季度 within a line counts quarters.
                spoken(rest).or_else(|| heading(rest).filter(|_| before == '\n'))
            }
            // 主要做法：1、: the first point stands behind its label.
            '0'..='9' | '０'..='９' if "\n：:；。".contains(before) && digit(last).is_none() => {
                plain(rest)
            }
            '（' | '(' if "\n：:；。".contains(before) => bracketed(rest).or_else(|| sub_heading(rest)),
            _ => None,
        };
        points.extend(found.map(|(style, number, length)| Point { style, number, span: at..at + length }));
        if !c.is_whitespace() || c == '\n' {
            // What stands before the sign: 10:30、 is a time.
            last = if before == ':' && c != ':' { last } else { before };
            before = c;
        }
    }
    points
}

/// Whether a clause begins behind a character.
fn opens(before: char) -> bool {
    "\n。；：，;:,".contains(before)
}

/// 海沧区一是…二是: behind the subject, as drafts have it.
fn is_label(before: char) -> bool {
    "区局办委部门要做法".contains(before)
}

fn spoken(rest: &str) -> Option<(Style, u32, usize)> {
    const FIGURES: [&str; 12] =
        ["一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是", "九是", "十是", "十一是", "十二是"];
    let at = FIGURES.iter().position(|figure| rest.starts_with(figure))?;
    Some((Style::Spoken, at as u32 + 1, FIGURES[at].len()))
}

fn plain(rest: &str) -> Option<(Style, u32, usize)> {
    let length = rest.find(|c| digit(c).is_none())?;
    let number = value(&rest[..length])?;
    let mark = rest[length..].chars().next()?;
    let style = match mark {
        '、' => Style::Comma,
        // 1.5万元 is no point.
        '）' | ')' => Style::Closed,
        '.' | '．' if !rest[length + mark.len_utf8()..].starts_with(|c| digit(c).is_some()) => Style::Dot,
        _ => return None,
    };
    Some((style, number, length + mark.len_utf8()))
}

fn bracketed(rest: &str) -> Option<(Style, u32, usize)> {
    let open = rest.chars().next()?.len_utf8();
    let length = rest[open..].find(|c| digit(c).is_none())?;
    let number = value(&rest[open..open + length])?;
    let close = rest[open + length..].chars().next().filter(|c| matches!(c, '）' | ')'))?;
    Some((Style::Bracketed, number, open + length + close.len_utf8()))
}

/// The figure in Chinese digits that a text begins with, up to 十九, and its length.
fn figure(text: &str) -> Option<(u32, usize)> {
    const ONES: &str = "一二三四五六七八九";
    let one = |c: char| ONES.chars().position(|own| own == c).map(|at| at as u32 + 1);
    let mut chars = text.chars();
    let first = chars.next()?;
    if first != '十' {
        return Some((one(first)?, first.len_utf8()));
    }
    match chars.next().and_then(one) {
        Some(second) => Some((10 + second, 2 * first.len_utf8())),
        None => Some((10, first.len_utf8())),
    }
}

fn heading(rest: &str) -> Option<(Style, u32, usize)> {
    let (number, length) = figure(rest)?;
    rest[length..].starts_with('、').then(|| (Style::Heading, number, length + '、'.len_utf8()))
}

fn sub_heading(rest: &str) -> Option<(Style, u32, usize)> {
    let open = rest.chars().next()?.len_utf8();
    let (number, length) = figure(&rest[open..])?;
    let close = rest[open + length..].chars().next().filter(|c| matches!(c, '）' | ')'))?;
    Some((Style::SubHeading, number, open + length + close.len_utf8()))
}

fn value(digits: &str) -> Option<u32> {
    let ascii: String = digits.chars().filter_map(digit).collect();
    ascii.parse().ok().filter(|number| (1..100).contains(number))
}

#[cfg(test)]
mod tests {
    use crate::testing::codes;

    #[test]
    fn points_follow_one_another() {
        let cases: [(&str, &[&str]); 26] = [
            ("①甲②乙③丙", &[]),
            ("①甲②乙④丁", &["enumeration-skips"]),
            ("一是甲；二是乙；三是丙。", &[]),
            ("一是甲；三是丙。", &["enumeration-skips"]),
            ("海沧区一是甲；二是乙。", &[]),
            ("二是乙；三是丙。", &["enumeration-skips"]),
            ("1、甲\n2、乙\n3、丙", &[]),
            ("1、甲\n3、丙", &["enumeration-skips"]),
            ("1、甲\n2．乙", &["enumeration-style"]),
            ("1、甲\n（1）子\n（2）丑\n2、乙", &[]),
            ("1.甲\n2.乙\n1.丙\n2.丁", &[]),
            ("1.5万元\n3.5万元", &[]),
            ("（一）甲。\n（二）乙。\n（四）丁。", &["enumeration-skips"]),
            ("（一）甲。\n（二）乙。", &[]),
            ("一、甲\n（一）子\n（二）丑\n二、乙\n（一）寅\n（二）卯", &[]),
            ("一、甲\n三、丙", &["enumeration-skips"]),
            ("公开一、二、四季度收支", &[]),
            ("九、壬\n十、癸\n十一、子\n十三、寅", &["enumeration-skips", "enumeration-skips"]),
            ("1）甲\n2）乙\n4）丁", &["enumeration-skips"]),
            ("（1）甲\n2）乙", &["enumeration-style"]),
            ("按③办理", &[]),
            ("首班车为8:30、10:30、15:30", &[]),
            ("主要做法：1、甲\n2、乙", &[]),
            ("主要做法：1、甲；3、丙", &["enumeration-skips"]),
            ("2016年公开。\n12345热线", &[]),
            ("①甲②乙。①丙②丁", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(codes(text, super::RULE), expected, "{text}");
        }
    }
}
