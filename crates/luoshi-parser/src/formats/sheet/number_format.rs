//! A number as its cell shows it: number format codes (ECMA-376 part 1, §18.8.31) compiled and applied.
//!
//! What forms use: General, digits with separators, percent, scientific, dates and times with the built-in formats of a
//! Chinese system, sections and conditions, Chinese numerals (`[DBNum1]`, `[DBNum2]`). A code that is none of these is
//! shown as General and reported by the caller. Not here: colours, widths and padding, which are no text; fractions.

mod dates;
mod digits;
mod parse;

use dates::Moment;
pub(super) use digits::general;

/// Excel allows 255 characters; each may take four bytes.
const MAX_CODE_BYTES: usize = 1020;

/// A compiled number format.
#[derive(Clone, Debug)]
pub(super) struct NumberFormat {
    code: Box<str>,
    sections: Vec<Section>,
}

/// One of the up to four parts of a code, separated by semicolons.
#[derive(Clone, Debug, Default)]
struct Section {
    condition: Option<Condition>,
    numerals: Option<Numerals>,
    /// The section asks for Chinese names of months and days (`[$-804]`).
    is_chinese: bool,
    tokens: Vec<Token>,
}

/// The test of a section, such as `[>=100]`.
#[derive(Clone, Copy, Debug)]
struct Condition {
    compare: Compare,
    with: f64,
}

#[derive(Clone, Copy, Debug)]
enum Compare {
    Less,
    LessOrEqual,
    Equal,
    NotEqual,
    GreaterOrEqual,
    Greater,
}

impl Condition {
    fn holds(self, value: f64) -> bool {
        match self.compare {
            Compare::Less => value < self.with,
            Compare::LessOrEqual => value <= self.with,
            Compare::Equal => value == self.with,
            Compare::NotEqual => value != self.with,
            Compare::GreaterOrEqual => value >= self.with,
            Compare::Greater => value > self.with,
        }
    }
}

/// Chinese numerals, `[DBNum1]` and `[DBNum2]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Numerals {
    /// 一二三
    Plain,
    /// 壹贰叁
    Formal,
}

/// A piece of a section. The numbers are how often the letter is repeated.
#[derive(Clone, Debug, PartialEq)]
enum Token {
    Literal(String),
    General,
    /// `0`, `#` or `?`
    Digit(char),
    Point,
    Thousands,
    Percent,
    /// `E+` or `E-`; whether a plus is shown.
    Exponent(bool),
    Year(usize),
    Month(usize),
    Day(usize),
    /// 一 … 日 (`aaa`), 星期一 … (`aaaa`)
    Weekday(usize),
    Hour(usize),
    Minute(usize),
    Second(usize),
    /// Digits after the point of the seconds.
    Fraction(usize),
    ElapsedHours,
    ElapsedMinutes,
    ElapsedSeconds,
    /// The words for before and after noon.
    Noon(&'static str, &'static str),
    Text,
}

impl Token {
    fn is_date(&self) -> bool {
        use Token::*;
        matches!(
            self,
            Year(_)
                | Month(_)
                | Day(_)
                | Weekday(_)
                | Hour(_)
                | Minute(_)
                | Second(_)
                | ElapsedHours
                | ElapsedMinutes
                | ElapsedSeconds
                | Noon(..)
        )
    }
}

impl NumberFormat {
    /// Compiles a format code. One that is not understood shows nothing: see [`NumberFormat::show`].
    pub(super) fn new(code: &str) -> Self {
        if code.len() > MAX_CODE_BYTES {
            let start = code.chars().take(MAX_CODE_BYTES / 4).collect();
            return Self { code: start, sections: Vec::new() };
        }
        Self { code: code.into(), sections: parse::sections(code).unwrap_or_default() }
    }

    /// The format that programs know by number alone, as a system set to simplified Chinese shows it (§18.8.30). General
    /// and unknown numbers give nothing.
    pub(super) fn built_in(number: u16) -> Option<Self> {
        let code = match number {
            1 => "0",
            2 => "0.00",
            3 => "#,##0",
            4 => "#,##0.00",
            5 | 6 => "\"¥\"#,##0;\"¥\"-#,##0",
            7 | 8 => "\"¥\"#,##0.00;\"¥\"-#,##0.00",
            9 => "0%",
            10 => "0.00%",
            11 => "0.00E+00",
            12 => "# ?/?",
            13 => "# ??/??",
            14 => "yyyy/m/d",
            15 => "d-mmm-yy",
            16 => "d-mmm",
            17 => "mmm-yy",
            18 => "h:mm AM/PM",
            19 => "h:mm:ss AM/PM",
            20 => "h:mm",
            21 => "h:mm:ss",
            22 => "yyyy/m/d h:mm",
            27 | 36 | 50 | 52 | 57 => "yyyy\"年\"m\"月\"",
            28 | 29 | 51 | 53 | 54 | 58 => "m\"月\"d\"日\"",
            30 => "m-d-yy",
            31 => "yyyy\"年\"m\"月\"d\"日\"",
            32 => "h\"时\"mm\"分\"",
            33 => "h\"时\"mm\"分\"ss\"秒\"",
            34 | 55 => "上午/下午h\"时\"mm\"分\"",
            35 | 56 => "上午/下午h\"时\"mm\"分\"ss\"秒\"",
            37 | 38 => "#,##0;-#,##0",
            39 | 40 => "#,##0.00;-#,##0.00",
            41 => "_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ ",
            42 => "_ \"¥\"* #,##0_ ;_ \"¥\"* -#,##0_ ;_ \"¥\"* \"-\"_ ;_ @_ ",
            43 => "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ",
            44 => "_ \"¥\"* #,##0.00_ ;_ \"¥\"* -#,##0.00_ ;_ \"¥\"* \"-\"??_ ;_ @_ ",
            45 => "mm:ss",
            46 => "[h]:mm:ss",
            47 => "mm:ss.0",
            48 => "##0.0E+0",
            _ => return None,
        };
        Some(Self::new(code))
    }

    /// The code as the file states it.
    pub(super) fn code(&self) -> &str {
        &self.code
    }

    /// The value as shown. Nothing where the format is not understood, or shows no text at all: a number that a person
    /// typed must not vanish.
    pub(super) fn show(&self, value: f64, epoch_1904: bool) -> Option<String> {
        let (section, negative) = self.section(value)?;
        let text = section.show(value, negative, epoch_1904)?;
        (!text.trim().is_empty()).then_some(text)
    }

    /// The section for a value, and whether a minus must be shown.
    fn section(&self, value: f64) -> Option<(&Section, bool)> {
        // The fourth section, and one with @ alone, are for text.
        let count = self.sections.len().min(3);
        let sections = &self.sections[..count];
        let is_negative = value < 0.0;
        if sections.iter().any(|section| section.condition.is_some()) {
            let chosen = sections.iter().enumerate().find(|(number, section)| match section.condition {
                Some(condition) => condition.holds(value),
                // A section without its own test takes what is left; in second place that is the negative numbers
                // only if a third is there for the rest.
                None => *number + 1 == count || (*number == 1 && is_negative),
            });
            return chosen.map(|(_, section)| (section, is_negative));
        }
        match (sections, is_negative, value == 0.0) {
            ([only], negative, _) => Some((only, negative)),
            ([_, negative, ..], true, _) => Some((negative, false)),
            ([_, _, zero], _, true) => Some((zero, false)),
            ([positive, ..], ..) => Some((positive, false)),
            ([], ..) => None,
        }
    }
}

impl Section {
    fn show(&self, value: f64, negative: bool, epoch_1904: bool) -> Option<String> {
        if self.tokens.iter().any(Token::is_date) {
            let moment = Moment::new(value, epoch_1904, self.finest_fraction())?;
            return dates::show(self, &moment);
        }
        let sign = if negative { "-" } else { "" };
        if self.tokens.iter().any(|token| matches!(token, Token::Digit(_))) {
            // Numerals within a digit pattern (`[DBNum1]0.00`) are spoken digit by digit; no form was seen to use them.
            return if self.numerals.is_some() { None } else { digits::show(self, value.abs(), sign) };
        }
        let mut shown = String::new();
        for token in &self.tokens {
            match token {
                Token::Literal(text) => shown.push_str(text),
                Token::General | Token::Text => {
                    shown.push_str(sign);
                    shown.push_str(&match self.numerals {
                        Some(numerals) => digits::chinese(value.abs(), numerals)?,
                        None => general(value.abs()),
                    });
                }
                Token::Percent => shown.push('%'),
                _ => return None,
            }
        }
        Some(shown)
    }

    /// Digits after the point of the seconds, for rounding.
    fn finest_fraction(&self) -> usize {
        let digits = |token: &Token| if let Token::Fraction(digits) = token { *digits } else { 0 };
        self.tokens.iter().map(digits).max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests;
