//! Quantities: 55条, 1,234条, 16.7万元, 60%, 2万余条, 十余次, 百分之六十. Not 第3次, 〔2016〕26号, 6月17日, 一是.
//!
//! Not here: dates, and what is counted.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use crate::number::han_value;
use crate::vocabulary::FACTS;

/// Measure words by their first character, the longest first.
static UNITS: LazyLock<HashMap<char, Vec<&'static str>>> = LazyLock::new(|| {
    let mut units: HashMap<char, Vec<&'static str>> = HashMap::new();
    let mut all: Vec<&'static str> = FACTS.units.iter().map(String::as_str).collect();
    all.sort_by_key(|unit| std::cmp::Reverse(unit.len()));
    for unit in all {
        unit.chars().next().into_iter().for_each(|first| units.entry(first).or_default().push(unit));
    }
    units
});

/// Digits of a figure.
const LONGEST: usize = 15;

/// Bytes before a figure in which words about it stand.
const LEAD: usize = 120;

/// A figure with its unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// How much, 万 and 亿 counted in: 16.7万元 is 167000 元.
    pub amount: f64,
    /// The unit as the text has it.
    pub unit: String,
    /// The text says that it is about so much: 2万余条, 近百人.
    pub about: bool,
    /// The text says that it counts more than one period: 累计.
    pub cumulative: bool,
    /// The bytes of the figure and its unit.
    pub span: Range<usize>,
}

/// The quantities of a text, in its order.
pub fn quantities(text: &str) -> Vec<Quantity> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut clause = 0;
    while let Some(c) = text[at..].chars().next() {
        if "，。；！？,;\n".contains(c) {
            clause = at;
        }
        let may_be = is_digit(c) || HAN.contains(&c);
        // A run too long for a figure is not read again from its second digit.
        let figure = if may_be && begins(&text[..at]) { figure(&text[at..]) } else { None };
        let next = figure.as_ref().map_or(c.len_utf8(), |figure| figure.length);
        if let Some(quantity) = figure.and_then(|figure| quantity(text, at, clause, &figure)) {
            at = quantity.span.end;
            found.push(quantity);
        } else {
            at += next;
        }
    }
    found
}

/// A number at the beginning of a text.
struct Figure {
    value: f64,
    length: usize,
    /// In Han figures: a measure word must follow at once.
    han: bool,
    percent: bool,
}

/// Whether a number may begin behind this text: not within another, and not where it numbers something.
fn begins(before: &str) -> bool {
    let before = before.trim_end_matches([' ', '　']);
    let inside =
        |c: char| c.is_ascii_alphanumeric() || ('０'..='９').contains(&c) || "第〔[.．-—–~～/".contains(c);
    !before.ends_with(inside)
}

fn figure(text: &str) -> Option<Figure> {
    if let Some(rest) = text.strip_prefix("百分之") {
        let inner = arabic(rest).or_else(|| han(rest))?;
        return Some(Figure { length: inner.length + "百分之".len(), percent: true, han: false, ..inner });
    }
    arabic(text).or_else(|| han(text))
}

/// 1,234.5, １２.
fn arabic(text: &str) -> Option<Figure> {
    let digit =
        |c: char| c.to_digit(10).or_else(|| ('０'..='９').contains(&c).then(|| c as u32 - '０' as u32));
    let mut digits = String::new();
    let mut length = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match digit(c) {
            Some(value) => digits.extend(char::from_digit(value, 10)),
            None => {
                let follows = chars.peek().is_some_and(|(_, next)| digit(*next).is_some());
                let groups = || {
                    let run = text[at + c.len_utf8()..]
                        .chars()
                        .take(4)
                        .take_while(|next| digit(*next).is_some())
                        .count();
                    run == 3
                };
                match c {
                    '.' | '．' if follows && !digits.is_empty() && !digits.contains('.') => digits.push('.'),
                    ',' if follows && !digits.is_empty() && groups() => {}
                    _ => break,
                }
            }
        }
        length = at + c.len_utf8();
    }
    // What no count of anything has: an id, and more than a double holds.
    let value = digits.parse().ok().filter(|_| digits.len() <= LONGEST)?;
    Some(Figure { value, length, han: false, percent: false })
}

/// Han figures.
const HAN: [char; 14] = ['一', '二', '两', '三', '四', '五', '六', '七', '八', '九', '十', '百', '零', '〇'];

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// 十, 二十三, 一百零五; a single 一 says nothing (一次性, 一批).
fn han(text: &str) -> Option<Figure> {
    let run = text.find(|c| !HAN.contains(&c)).unwrap_or(text.len());
    let figures = text[..run].replace('两', "二");
    let value = han_value(&figures).filter(|_| run > 0 && figures != "一")?;
    Some(Figure { value: f64::from(value), length: run, han: true, percent: false })
}

fn quantity(text: &str, from: usize, clause: usize, figure: &Figure) -> Option<Quantity> {
    let mut end = from + figure.length;
    let mut about = before(text, from, clause);
    let mut amount = figure.value;
    // 余 may stand on either side of 万: 2万余条, 十余万次.
    for _ in 0..2 {
        let rest = &text[end..];
        if let Some(word) = FACTS.about_behind.iter().find(|word| rest.starts_with(word.as_str())) {
            about = true;
            end += word.len();
        }
        let scale = [("万", 1e4), ("亿", 1e8), ("千", 1e3), ("百", 1e2)];
        let rest = &text[end..];
        let scale = scale.iter().find(|(word, _)| rest.starts_with(word));
        let Some((word, scale)) = scale else { break };
        amount *= scale;
        end += word.len();
    }
    if figure.percent {
        return Some(told(text, amount, "%".to_owned(), about, from..end, clause));
    }
    let rest = text[end..].trim_start_matches([' ', '　']);
    end = text.len() - rest.len();
    if FACTS.not_units.iter().any(|word| rest.starts_with(word.as_str()) && !figure.han) {
        return None;
    }
    let unit = UNITS.get(&rest.chars().next()?)?.iter().find(|unit| rest.starts_with(**unit))?;
    // 三级医院, 二类疫苗: a kind, and no count.
    if figure.han && ["级", "类", "期", "批", "号", "版", "部"].contains(unit) {
        return None;
    }
    Some(told(text, amount, (*unit).to_owned(), about, from..end + unit.len(), clause))
}

fn told(text: &str, amount: f64, unit: String, about: bool, span: Range<usize>, clause: usize) -> Quantity {
    // Looked for near the figure: a text without punctuation must not be read again for each of its figures.
    let mut from = clause.max(span.start.saturating_sub(LEAD));
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let lead = &text[from..span.start];
    let is_in = |words: &[String]| words.iter().any(|word| lead.contains(word.as_str()));
    // 全年累计 is of one year.
    let cumulative = is_in(&FACTS.cumulative) && !is_in(&FACTS.of_one_period);
    Quantity { amount, unit, about, cumulative, span }
}

/// Whether the words before a figure say that it is about so much.
fn before(text: &str, from: usize, clause: usize) -> bool {
    FACTS.about_before.iter().any(|word| text[clause..from].ends_with(word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let one = |quantity: &Quantity| {
            let about = if quantity.about { "约" } else { "" };
            let all = if quantity.cumulative { "累计" } else { "" };
            format!("{all}{about}{}{} {}", quantity.amount, quantity.unit, &text[quantity.span.clone()])
        };
        quantities(text).iter().map(one).collect()
    }

    #[test]
    fn figures_with_a_measure_are_quantities() {
        let cases: [(&str, &[&str]); 17] = [
            ("公开执法信息55条", &["55条 55条"]),
            ("涉及企业4072家，金额16.7万元。", &["4072家 4072家", "167000元 16.7万元"]),
            ("办结率60%，发布11期", &["60% 60%", "11期 11期"]),
            ("公开2万余条", &["约20000条 2万余条"]),
            ("公开1,234条", &["1234条 1,234条"]),
            ("抽查十余次", &["约10次 十余次"]),
            ("满意率为百分之六十", &["60% 百分之六十"]),
            ("培训35人次，约20场", &["35人次 35人次", "约20场 20场"]),
            ("累计公开１２０条", &["累计120条 １２０条"]),
            ("全年累计公开120条", &["120条 120条"]),
            ("提高3.5个百分点", &["3.5个百分点 3.5个百分点"]),
            ("二十三个部门", &["23个 二十三个"]),
            ("投入1.2亿元", &["120000000元 1.2亿元"]),
            ("点击十余万次", &["约100000次 十余万次"]),
            ("减少 5 项", &["5项 5 项"]),
            ("5项措施、3个平台", &["5项 5项", "3个 3个"]),
            ("20个工作日内办结", &["20个工作日 20个工作日"]),
        ];
        for (text, expected) in cases {
            assert_eq!(told(text), expected, "{text}");
        }
    }

    #[test]
    fn other_numbers_are_none() {
        for text in [
            "第3次会议",
            "厦府〔2016〕26号",
            "2016年6月17日",
            "6月17日前",
            "一是公开；二是更新",
            "三级医院",
            "一次性告知",
            "12345热线",
            "统一部署",
            "2016—2018年",
            "A3纸",
            "编号12345678901234567890条",
            "",
        ] {
            assert_eq!(told(text), Vec::<String>::new(), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn spans_lie_in_the_text_and_follow_one_another(text in "[0-9０-９,.%第万亿余多百十二三一条次元年月日号公开〔〕，。 ]{0,40}") {
            let mut end = 0;
            for quantity in quantities(&text) {
                proptest::prop_assert!(quantity.span.start >= end && text.get(quantity.span.clone()).is_some());
                end = quantity.span.end;
            }
        }
    }
}
