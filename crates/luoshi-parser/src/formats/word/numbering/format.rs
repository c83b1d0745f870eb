//! How a counter's value is written: the number formats of ECMA-376-1 §17.18.59 that Chinese, Japanese and Latin documents
//! use. A value outside a format's set is written in decimal, as the standard says.
//!
//! Not here: what the value is.

/// A number format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::formats) enum NumberFormat {
    /// Nothing at all.
    None,
    /// A bullet: the level's text is the whole label.
    Bullet,
    /// 1, 2, 3, with zeros up to a width.
    Decimal(usize),
    /// I, II, III.
    UpperRoman,
    /// i, ii, iii.
    LowerRoman,
    /// A, B, … Z, AA, BB.
    UpperLetter,
    /// a, b, … z, aa, bb.
    LowerLetter,
    /// - 1 -.
    InDash,
    /// Each digit by a character, zero first.
    Digits(&'static str),
    /// 十一, 二十 to 99, digit by digit from 100, zero first.
    Tens(&'static str),
    /// 一百零一.
    Counting(&'static Counting),
    /// A fixed run of characters for 1, 2, 3.
    Series(&'static str),
    /// So many consecutive characters from a first one.
    Block(char, u32),
    /// 甲子, 乙丑: the cycle of sixty.
    Sexagenary,
}

/// The characters of a counting system.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::formats) struct Counting {
    /// Zero to nine; an empty zero is not written between places.
    digits: [&'static str; 10],
    /// Ten, hundred, thousand, ten thousand.
    units: [&'static str; 4],
    /// Whether one ten is written 一十 (or 壹拾) rather than 十 at the front.
    full_ten: bool,
    /// Whether one hundred and one thousand keep their 一.
    full_unit: bool,
}

const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";
const IDEOGRAPHS: &str = "〇一二三四五六七八九";
const IDEOGRAPHS_RING: &str = "○一二三四五六七八九";
const FULL_WIDTH: &str = "０１２３４５６７８９";

static CHINESE: Counting = Counting {
    digits: ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"],
    units: ["十", "百", "千", "万"],
    full_ten: false,
    full_unit: true,
};
static TAIWANESE: Counting = Counting {
    digits: ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"],
    units: ["十", "百", "千", "萬"],
    full_ten: false,
    full_unit: true,
};
static CHINESE_LEGAL: Counting = Counting {
    digits: ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"],
    units: ["拾", "佰", "仟", "万"],
    full_ten: true,
    full_unit: true,
};
static TRADITIONAL_LEGAL: Counting = Counting {
    digits: ["零", "壹", "貳", "參", "肆", "伍", "陸", "柒", "捌", "玖"],
    units: ["拾", "佰", "仟", "萬"],
    full_ten: true,
    full_unit: true,
};
static JAPANESE: Counting = Counting {
    digits: ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"],
    units: ["十", "百", "千", "万"],
    full_ten: false,
    full_unit: false,
};
static JAPANESE_LEGAL: Counting = Counting {
    digits: ["", "壱", "弐", "参", "四", "伍", "六", "七", "八", "九"],
    units: ["拾", "百", "阡", "萬"],
    full_ten: true,
    full_unit: true,
};

impl NumberFormat {
    /// The format of a `w:numFmt` value; `None` where it is not one of these.
    pub(in crate::formats) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "decimal" | "decimalHalfWidth" => Self::Decimal(1),
            "decimalZero" => Self::Decimal(2),
            "upperRoman" => Self::UpperRoman,
            "lowerRoman" => Self::LowerRoman,
            "upperLetter" => Self::UpperLetter,
            "lowerLetter" => Self::LowerLetter,
            "numberInDash" => Self::InDash,
            "none" => Self::None,
            "bullet" => Self::Bullet,
            "decimalFullWidth" | "decimalFullWidth2" => Self::Digits(FULL_WIDTH),
            "ideographDigital" | "japaneseDigitalTenThousand" => Self::Digits(IDEOGRAPHS),
            "taiwaneseDigital" => Self::Digits(IDEOGRAPHS_RING),
            "chineseCounting" => Self::Tens(IDEOGRAPHS),
            "taiwaneseCounting" => Self::Tens(IDEOGRAPHS_RING),
            "chineseCountingThousand" => Self::Counting(&CHINESE),
            "taiwaneseCountingThousand" => Self::Counting(&TAIWANESE),
            "chineseLegalSimplified" => Self::Counting(&CHINESE_LEGAL),
            "ideographLegalTraditional" => Self::Counting(&TRADITIONAL_LEGAL),
            "japaneseCounting" => Self::Counting(&JAPANESE),
            "japaneseLegal" => Self::Counting(&JAPANESE_LEGAL),
            "ideographTraditional" => Self::Series(STEMS),
            "ideographZodiac" => Self::Series(BRANCHES),
            "ideographZodiacTraditional" => Self::Sexagenary,
            "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Self::Block('①', 20),
            "decimalEnclosedParen" => Self::Block('⑴', 20),
            "decimalEnclosedFullstop" => Self::Block('⒈', 20),
            "ideographEnclosedCircle" => Self::Block('㊀', 10),
            _ => return None,
        })
    }

    /// The format of a custom `w:format`, a sample such as `001, 002, 003, ...`: zeros up to the sample's width.
    pub(in crate::formats) fn sampled(sample: &str) -> Option<Self> {
        let first = sample.split(',').next()?.trim();
        let is_padded =
            first.len() <= 10 && first.ends_with('1') && first.bytes().all(|digit| digit.is_ascii_digit());
        is_padded.then_some(Self::Decimal(first.len()))
    }

    /// Appends a value.
    pub(in crate::formats) fn write(&self, value: i64, to: &mut String) {
        let decimal = |to: &mut String| to.push_str(&value.to_string());
        // Everything but plain figures begins at one; Word stops counting at 32 767, and so does the repetition here.
        let positive = u32::try_from(value).ok().filter(|value| (1..=32_767).contains(value));
        match (self, positive) {
            (Self::None | Self::Bullet, _) => {}
            (Self::Decimal(width), _) => to.push_str(&format!("{value:0width$}")),
            (Self::InDash, _) => to.push_str(&format!("- {value} -")),
            (_, None) => decimal(to),
            (Self::UpperRoman, Some(value)) => roman(value, to),
            (Self::LowerRoman, Some(value)) => {
                let start = to.len();
                roman(value, to);
                to[start..].make_ascii_lowercase();
            }
            (Self::UpperLetter, Some(value)) => letters(value, b'A', to),
            (Self::LowerLetter, Some(value)) => letters(value, b'a', to),
            (Self::Digits(digits), Some(value)) => positional(value, digits, to),
            (Self::Tens(digits), Some(value)) => tens(value, digits, to),
            (Self::Counting(system), Some(value)) => counting(value, system, to),
            (Self::Series(series), Some(value)) => match series.chars().nth(value as usize - 1) {
                Some(character) => to.push(character),
                None => decimal(to),
            },
            (Self::Block(first, length), Some(value)) => {
                match char::from_u32(*first as u32 + value - 1).filter(|_| value <= *length) {
                    Some(character) => to.push(character),
                    None => decimal(to),
                }
            }
            (Self::Sexagenary, Some(value)) => {
                if value > 60 {
                    decimal(to);
                } else {
                    to.extend(STEMS.chars().cycle().nth(value as usize - 1));
                    to.extend(BRANCHES.chars().cycle().nth(value as usize - 1));
                }
            }
        }
    }
}

fn roman(mut value: u32, to: &mut String) {
    const PLACES: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    for (weight, sign) in PLACES {
        while value >= weight {
            to.push_str(sign);
            value -= weight;
        }
    }
}

/// After Z comes AA, then BB: the letter is repeated, it is no number to base 26. Past thirty repetitions Word starts over.
fn letters(value: u32, first: u8, to: &mut String) {
    let (index, repeated) = ((value - 1) % 26, (value - 1) / 26 % 30 + 1);
    for _ in 0..repeated {
        to.push(char::from(first + index as u8));
    }
}

fn positional(value: u32, digits: &str, to: &mut String) {
    for digit in value.to_string().bytes() {
        to.extend(digits.chars().nth(usize::from(digit - b'0')));
    }
}

fn tens(value: u32, digits: &str, to: &mut String) {
    if value >= 100 {
        return positional(value, digits, to);
    }
    if value >= 20 {
        positional(value / 10, digits, to);
    }
    if value >= 10 {
        to.push('十');
    }
    if !value.is_multiple_of(10) {
        positional(value % 10, digits, to);
    }
}

fn counting(value: u32, system: &Counting, to: &mut String) {
    let (high, low) = (value / 10_000, value % 10_000);
    if high > 0 {
        below_ten_thousand(high, system, true, to);
        to.push_str(system.units[3]);
        if low > 0 && low < 1000 {
            to.push_str(system.digits[0]);
        }
    }
    below_ten_thousand(low, system, high == 0, to);
}

fn below_ten_thousand(value: u32, system: &Counting, at_front: bool, to: &mut String) {
    let mut written = false;
    let mut gap = false;
    for (weight, unit) in [(1000, Some(2)), (100, Some(1)), (10, Some(0)), (1, None)] {
        let digit = value / weight % 10;
        if digit == 0 {
            gap = written;
            continue;
        }
        if gap {
            to.push_str(system.digits[0]);
            gap = false;
        }
        let bare = match unit {
            Some(0) => digit == 1 && !system.full_ten && ((at_front && !written) || !system.full_unit),
            Some(_) => digit == 1 && !system.full_unit,
            None => false,
        };
        if !bare {
            to.push_str(system.digits[digit as usize]);
        }
        if let Some(unit) = unit {
            to.push_str(system.units[unit]);
        }
        written = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(name: &str, value: i64) -> String {
        let mut text = String::new();
        NumberFormat::named(name).unwrap().write(value, &mut text);
        text
    }

    /// Values from the tables of ECMA-376-1 §17.18.59 and from the numerals themselves.
    #[test]
    fn formats_write_what_the_standard_lists() {
        let cases: &[(&str, &[(i64, &str)])] = &[
            ("decimal", &[(0, "0"), (66, "66"), (-3, "-3")]),
            ("decimalZero", &[(1, "01"), (9, "09"), (10, "10"), (100, "100")]),
            ("upperRoman", &[(4, "IV"), (49, "XLIX"), (1999, "MCMXCIX")]),
            ("lowerRoman", &[(8, "viii"), (66, "lxvi")]),
            ("upperLetter", &[(1, "A"), (26, "Z"), (27, "AA"), (28, "BB"), (53, "AAA")]),
            ("lowerLetter", &[(2, "b"), (52, "zz")]),
            ("numberInDash", &[(3, "- 3 -")]),
            ("none", &[(5, "")]),
            ("decimalFullWidth", &[(10, "１０"), (66, "６６")]),
            ("ideographDigital", &[(10, "一〇"), (66, "六六")]),
            (
                "chineseCounting",
                &[(3, "三"), (10, "十"), (11, "十一"), (20, "二十"), (66, "六十六"), (100, "一〇〇")],
            ),
            ("taiwaneseCounting", &[(10, "十"), (21, "二十一"), (101, "一○一")]),
            (
                "chineseCountingThousand",
                &[
                    (1, "一"),
                    (10, "十"),
                    (12, "十二"),
                    (20, "二十"),
                    (66, "六十六"),
                    (100, "一百"),
                    (101, "一百零一"),
                    (110, "一百一十"),
                    (111, "一百一十一"),
                    (1001, "一千零一"),
                    (1010, "一千零一十"),
                    (10_000, "一万"),
                    (10_001, "一万零一"),
                    (20_100, "二万零一百"),
                    (12_345, "一万二千三百四十五"),
                ],
            ),
            ("taiwaneseCountingThousand", &[(10_000, "一萬"), (101, "一百零一")]),
            ("chineseLegalSimplified", &[(1, "壹"), (10, "壹拾"), (23, "贰拾叁"), (101, "壹佰零壹")]),
            ("ideographLegalTraditional", &[(2, "貳"), (10, "壹拾"), (36, "參拾陸")]),
            ("japaneseCounting", &[(10, "十"), (21, "二十一"), (101, "百一"), (110, "百十"), (1000, "千")]),
            ("japaneseLegal", &[(1, "壱"), (12, "壱拾弐")]),
            ("ideographTraditional", &[(1, "甲"), (10, "癸"), (11, "11")]),
            ("ideographZodiac", &[(1, "子"), (12, "亥"), (13, "13")]),
            ("ideographZodiacTraditional", &[(1, "甲子"), (11, "甲戌"), (60, "癸亥"), (61, "61")]),
            ("decimalEnclosedCircle", &[(1, "①"), (20, "⑳"), (21, "21")]),
            ("decimalEnclosedCircleChinese", &[(10, "⑩")]),
            ("decimalEnclosedParen", &[(1, "⑴"), (20, "⒇"), (21, "21")]),
            ("decimalEnclosedFullstop", &[(1, "⒈"), (20, "⒛")]),
            ("ideographEnclosedCircle", &[(1, "㊀"), (10, "㊉"), (11, "11")]),
        ];
        for (name, values) in cases {
            for &(value, expected) in *values {
                assert_eq!(written(name, value), expected, "{name} {value}");
            }
        }
    }

    #[test]
    fn a_value_outside_the_numerals_is_written_in_figures() {
        assert_eq!(written("upperRoman", 0), "0");
        assert_eq!(written("lowerLetter", -1), "-1");
        assert_eq!(written("upperRoman", 4_000_000_000), "4000000000");
        assert_eq!(NumberFormat::named("cardinalText"), None);
    }

    #[test]
    fn a_sample_gives_the_width() {
        assert_eq!(NumberFormat::sampled("001, 002, 003, ..."), Some(NumberFormat::Decimal(3)));
        assert_eq!(NumberFormat::sampled("a, b"), None);
    }
}
