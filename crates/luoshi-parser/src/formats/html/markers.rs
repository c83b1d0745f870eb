//! The numbers and bullets that a page shows before the items of its lists (HTML, §4.4.5–4.4.8; CSS Counter Styles 3, §6 and §7).
//!
//! Not here: which item has which number.

use std::rc::Rc;

use crate::formats::word::numbering::format::NumberFormat;

/// What is shown before an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    None,
    Bullet(&'static str),
    /// A text, with nothing behind it.
    Text(Rc<str>),
    Counter(Counter),
    /// A counter style that is not known, by its name; written in decimal.
    Unknown(Rc<str>),
}

/// A counter style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Counter {
    system: System,
    /// What follows the number.
    suffix: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum System {
    /// As a word processor writes it, by the name of ECMA-376-1 §17.18.59, up to a value.
    Format(&'static str, i64),
    /// a … z, aa, ab: a number to base 26, which word processors do not write.
    Letters(u8),
}

/// Beyond its range a Chinese counter style is written digit by digit (CSS Counter Styles 3, §7.1).
const CHINESE_REST: &str = "ideographDigital";

/// Value of the last number that the additive styles write.
const ROMAN: i64 = 3_999;
const COUNTING: i64 = 9_999;

impl Marker {
    /// The default of an ordered list.
    pub(super) const DECIMAL: Self =
        Self::Counter(Counter { system: System::Format("decimal", i64::MAX), suffix: ". " });
    pub(super) const DISC: Self = Self::Bullet("• ");

    /// The marker that a value of `list-style-type` names; nothing where it is a value of another property.
    pub(super) fn of_style(value: &str) -> Option<Self> {
        let lower = value.trim().to_ascii_lowercase();
        let is_quoted = |quote: char| lower.len() > 1 && lower.starts_with(quote) && lower.ends_with(quote);
        if is_quoted('"') || is_quoted('\'') {
            let inner = value.trim();
            return Some(Self::Text(inner.get(1..inner.len() - 1)?.into()));
        }
        let format =
            |name, last, suffix| Self::Counter(Counter { system: System::Format(name, last), suffix });
        Some(match lower.as_str() {
            "none" => Self::None,
            "disc" => Self::DISC,
            "circle" => Self::Bullet("◦ "),
            "square" => Self::Bullet("▪ "),
            "decimal" | "initial" => Self::DECIMAL,
            "decimal-leading-zero" => format("decimalZero", i64::MAX, ". "),
            "lower-roman" => format("lowerRoman", ROMAN, ". "),
            "upper-roman" => format("upperRoman", ROMAN, ". "),
            "lower-alpha" | "lower-latin" => Self::letters(b'a'),
            "upper-alpha" | "upper-latin" => Self::letters(b'A'),
            "cjk-decimal" => format("ideographDigital", i64::MAX, "、"),
            "simp-chinese-informal" => format("chineseCountingThousand", COUNTING, "、"),
            "cjk-ideographic" | "trad-chinese-informal" => {
                format("taiwaneseCountingThousand", COUNTING, "、")
            }
            "simp-chinese-formal" => format("chineseLegalSimplified", COUNTING, "、"),
            "trad-chinese-formal" => format("ideographLegalTraditional", COUNTING, "、"),
            "japanese-informal" => format("japaneseCounting", COUNTING, "、"),
            "japanese-formal" => format("japaneseLegal", COUNTING, "、"),
            "cjk-heavenly-stem" => format("ideographTraditional", 10, "、"),
            "cjk-earthly-branch" => format("ideographZodiac", 12, "、"),
            "inside" | "outside" | "inherit" | "unset" | "revert" => return None,
            other if other.contains('(') && !other.starts_with("symbols") => return None,
            other => Self::Unknown(other.into()),
        })
    }

    /// The marker of a `type` attribute: of an ordered list its letter counts in either case (HTML, §4.4.5).
    pub(super) fn of_type(value: &str) -> Option<Self> {
        let roman = |name| Self::Counter(Counter { system: System::Format(name, ROMAN), suffix: ". " });
        match value.trim() {
            "1" => Some(Self::DECIMAL),
            "a" => Some(Self::letters(b'a')),
            "A" => Some(Self::letters(b'A')),
            "i" => Some(roman("lowerRoman")),
            "I" => Some(roman("upperRoman")),
            other => {
                let lower = other.to_ascii_lowercase();
                matches!(lower.as_str(), "disc" | "circle" | "square" | "none")
                    .then(|| Self::of_style(&lower))?
            }
        }
    }

    fn letters(first: u8) -> Self {
        Self::Counter(Counter { system: System::Letters(first), suffix: ". " })
    }

    /// What is shown of an item with this value, and what parts it from the text.
    pub(super) fn shown(&self, value: i64) -> Option<(String, &'static str)> {
        let mut text = String::new();
        match self {
            Self::None => return None,
            Self::Bullet(bullet) => {
                let shown = bullet.trim_end();
                return Some((shown.to_owned(), bullet.get(shown.len()..).unwrap_or_default()));
            }
            Self::Text(given) => {
                let shown = given.trim_end();
                let suffix = if shown.len() < given.len() { " " } else { "" };
                return (!shown.is_empty()).then(|| (shown.to_owned(), suffix));
            }
            Self::Counter(counter) => {
                counter.write(value, &mut text);
                return Some(finished(text, counter.suffix));
            }
            Self::Unknown(_) => text.push_str(&value.to_string()),
        }
        Some(finished(text, ". "))
    }
}

/// A number with the mark behind it, and the space behind both.
fn finished(mut text: String, suffix: &'static str) -> (String, &'static str) {
    let mark = suffix.trim_end();
    text.push_str(mark);
    (text, suffix.get(mark.len()..).unwrap_or_default())
}

impl Counter {
    fn write(self, value: i64, to: &mut String) {
        match self.system {
            System::Format(name, last) => {
                let is_within =
                    value <= last && (value > 0 || last == i64::MAX || last == COUNTING && value == 0);
                let name = match (is_within, self.suffix) {
                    (true, _) => name,
                    (false, "、") if value >= 0 => CHINESE_REST,
                    (false, _) => "decimal",
                };
                let format = NumberFormat::named(name).unwrap_or(NumberFormat::Decimal(1));
                // What is beyond the formats of a word processor is zero alone.
                if value == 0 && matches!(format, NumberFormat::Counting(_)) {
                    return to.push('零');
                }
                if value == 0 && self.suffix == "、" {
                    return to.push('〇');
                }
                format.write(value, to);
            }
            System::Letters(first) => letters(value, first, to),
        }
    }
}

/// a … z, aa, ab … zz, aaa (CSS Counter Styles 3, §3.4).
fn letters(value: i64, first: u8, to: &mut String) {
    let mut rest = match u64::try_from(value) {
        Ok(rest) if rest > 0 => rest,
        _ => return to.push_str(&value.to_string()),
    };
    let mut written = Vec::new();
    while rest > 0 {
        rest -= 1;
        written.push(char::from(first + (rest % 26) as u8));
        rest /= 26;
    }
    to.extend(written.iter().rev());
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From the tables of CSS Counter Styles 3, §6 and §7.
    #[test]
    fn counter_styles_write_what_the_standard_lists() {
        let cases: &[(&str, &[(i64, &str)])] = &[
            ("decimal", &[(0, "0. "), (-3, "-3. "), (66, "66. ")]),
            ("decimal-leading-zero", &[(7, "07. "), (10, "10. ")]),
            (
                "lower-alpha",
                &[(1, "a. "), (26, "z. "), (27, "aa. "), (28, "ab. "), (703, "aaa. "), (0, "0. ")],
            ),
            ("UPPER-LATIN", &[(3, "C. ")]),
            ("lower-roman", &[(4, "iv. "), (4000, "4000. ")]),
            ("upper-roman", &[(1999, "MCMXCIX. ")]),
            ("cjk-decimal", &[(0, "〇、"), (10, "一〇、")]),
            (
                "simp-chinese-informal",
                &[(0, "零、"), (10, "十、"), (23, "二十三、"), (101, "一百零一、"), (10_000, "一〇〇〇〇、")],
            ),
            ("cjk-ideographic", &[(6, "六、")]),
            ("simp-chinese-formal", &[(12, "壹拾贰、")]),
            ("trad-chinese-formal", &[(36, "參拾陸、")]),
            ("cjk-heavenly-stem", &[(1, "甲、"), (10, "癸、"), (11, "一一、")]),
            ("cjk-earthly-branch", &[(12, "亥、")]),
            ("disc", &[(5, "• ")]),
            ("\"— \"", &[(5, "— ")]),
            ("hangul", &[(5, "5. ")]),
        ];
        for (style, values) in cases {
            let marker = Marker::of_style(style).unwrap();
            for (value, expected) in *values {
                let (text, suffix) = marker.shown(*value).unwrap();
                assert_eq!(text + suffix, *expected, "{style} {value}");
            }
        }
        assert_eq!(Marker::of_style("none").unwrap().shown(1), None);
        assert_eq!((Marker::of_style("inside"), Marker::of_style("url(a.png)")), (None, None));
    }

    #[test]
    fn types_are_told_by_their_letter() {
        let shown = |name| Marker::of_type(name).and_then(|marker| marker.shown(2)).map(|(text, _)| text);
        let texts: Vec<_> = ["1", "a", "A", "i", "I", "Square", "x"].into_iter().map(shown).collect();
        let expected = ["2.", "b.", "B.", "ii.", "II.", "▪"].map(|text| Some(text.to_owned()));
        assert_eq!(texts[..6], expected);
        assert_eq!(texts[6], None);
    }
}
