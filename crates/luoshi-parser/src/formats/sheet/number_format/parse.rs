//! A format code to its sections.

use std::iter::Peekable;
use std::str::Chars;

use super::{Compare, Condition, Numerals, Section, Token};

/// The names of General in the files of Chinese programs.
const GENERAL: [&str; 2] = ["general", "g/通用格式"];

/// The sections of a code; nothing where it holds what is not understood.
pub(super) fn sections(code: &str) -> Option<Vec<Section>> {
    // The system's own long date and time; what follows the mark is only what another system would show.
    let code = match code {
        _ if starts_with(code, "[$-F800]") => "yyyy\"年\"m\"月\"d\"日\"",
        _ if starts_with(code, "[$-F400]") => "h:mm:ss",
        own => own,
    };
    let mut sections = vec![Section::default()];
    let mut rest = code;
    while !rest.is_empty() {
        let section = sections.last_mut()?;
        if let Some(name) = GENERAL.iter().find(|name| starts_with(rest, name)) {
            section.tokens.push(Token::General);
            rest = &rest[name.len()..];
        } else if let Some(after) = rest.strip_prefix("上午/下午") {
            section.tokens.push(Token::Noon("上午", "下午"));
            rest = after;
        } else if starts_with(rest, "am/pm") {
            section.tokens.push(Token::Noon("AM", "PM"));
            rest = &rest[5..];
        } else if starts_with(rest, "a/p") {
            section.tokens.push(Token::Noon("A", "P"));
            rest = &rest[3..];
        } else {
            let mut chars = rest.chars().peekable();
            match chars.next()? {
                ';' => sections.push(Section::default()),
                '[' => {
                    let inside: String = chars.by_ref().take_while(|&c| c != ']').collect();
                    section.bracket(&inside)?;
                }
                first => section.token(first, &mut chars)?,
            }
            rest = remainder(rest, chars);
        }
    }
    sections.iter_mut().for_each(tell_minutes_from_months);
    Some(sections)
}

/// What is left of `text` after `chars` was read from its start.
fn remainder<'a>(text: &'a str, chars: Peekable<Chars<'a>>) -> &'a str {
    let left: usize = chars.map(char::len_utf8).sum();
    &text[text.len() - left..]
}

fn starts_with(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

/// How often the letter stands in a row, the first included.
fn run(letter: char, chars: &mut Peekable<Chars<'_>>) -> usize {
    let mut length = 1;
    while chars.next_if(|c| c.eq_ignore_ascii_case(&letter)).is_some() {
        length += 1;
    }
    length
}

impl Section {
    fn literal(&mut self, text: &str) {
        match self.tokens.last_mut() {
            Some(Token::Literal(last)) => last.push_str(text),
            _ => self.tokens.push(Token::Literal(text.to_owned())),
        }
    }

    fn token(&mut self, first: char, chars: &mut Peekable<Chars<'_>>) -> Option<()> {
        let token = match first.to_ascii_lowercase() {
            '"' => {
                let quoted: String = chars.by_ref().take_while(|&c| c != '"').collect();
                self.literal(&quoted);
                return Some(());
            }
            '\\' | '!' => {
                self.literal(&chars.next()?.to_string());
                return Some(());
            }
            // Padding as wide as the next character, and filling with it: no text.
            '_' | '*' => {
                chars.next();
                return Some(());
            }
            digit @ ('0' | '#' | '?') => Token::Digit(digit),
            '.' if matches!(self.tokens.last(), Some(Token::Second(_) | Token::ElapsedSeconds)) => {
                match chars.peek() {
                    Some('0') => {
                        chars.next();
                        Token::Fraction(run('0', chars))
                    }
                    _ => Token::Point,
                }
            }
            '.' => Token::Point,
            ',' if matches!(self.tokens.last(), Some(Token::Digit(_) | Token::Thousands)) => Token::Thousands,
            '%' => Token::Percent,
            '@' => Token::Text,
            'e' if chars.peek() == Some(&'+') || chars.peek() == Some(&'-') => {
                Token::Exponent(chars.next() == Some('+'))
            }
            // The year of the era, which in China is the year.
            'e' => {
                run('e', chars);
                Token::Year(4)
            }
            'y' => Token::Year(run('y', chars)),
            'm' => Token::Month(run('m', chars)),
            'd' => Token::Day(run('d', chars)),
            'h' => Token::Hour(run('h', chars)),
            's' => Token::Second(run('s', chars)),
            'a' => match run('a', chars) {
                length @ 3.. => Token::Weekday(length),
                _ => return None,
            },
            '/' if matches!(self.tokens.last(), Some(Token::Digit(_))) => return None,
            letter if letter.is_ascii_alphabetic() => return None,
            _ => {
                self.literal(first.encode_utf8(&mut [0; 4]));
                return Some(());
            }
        };
        self.tokens.push(token);
        Some(())
    }

    /// What stands in brackets: a colour, numerals, a currency or language, a condition, elapsed time.
    fn bracket(&mut self, inside: &str) -> Option<()> {
        let lower = inside.to_ascii_lowercase();
        match &*lower {
            "black" | "blue" | "cyan" | "green" | "magenta" | "red" | "white" | "yellow" => {}
            "黑色" | "蓝色" | "青色" | "绿色" | "洋红" | "红色" | "白色" | "黄色" => {}
            "dbnum1" => self.numerals = Some(Numerals::Plain),
            "dbnum2" => self.numerals = Some(Numerals::Formal),
            "h" | "hh" => self.tokens.push(Token::ElapsedHours),
            "m" | "mm" => self.tokens.push(Token::ElapsedMinutes),
            "s" | "ss" => self.tokens.push(Token::ElapsedSeconds),
            _ if lower.starts_with("color") || lower.starts_with("颜色") => {}
            _ if lower.starts_with('$') => self.locale(&inside[1..])?,
            _ => self.condition = Some(Condition::parse(inside)?),
        }
        Some(())
    }

    /// `[$¥-804]`: a currency sign to show, and the language.
    fn locale(&mut self, inside: &str) -> Option<()> {
        let (sign, language) = inside.rsplit_once('-').unwrap_or((inside, ""));
        self.literal(sign);
        let language = language.to_ascii_uppercase();
        self.is_chinese = language.ends_with("804") || language.starts_with("ZH");
        Some(())
    }
}

impl Condition {
    fn parse(text: &str) -> Option<Self> {
        const OPERATORS: [(&str, Compare); 6] = [
            ("<=", Compare::LessOrEqual),
            ("<>", Compare::NotEqual),
            (">=", Compare::GreaterOrEqual),
            ("<", Compare::Less),
            (">", Compare::Greater),
            ("=", Compare::Equal),
        ];
        let split = |(sign, compare)| text.strip_prefix(sign).map(|number| (compare, number));
        let (compare, number) = OPERATORS.into_iter().find_map(split)?;
        Some(Self { compare, with: number.trim().parse().ok()? })
    }
}

/// An `m` beside hours or seconds means minutes.
fn tell_minutes_from_months(section: &mut Section) {
    let is_time = |token: &&Token| !matches!(token, Token::Literal(_) | Token::Noon(..));
    for index in 0..section.tokens.len() {
        let Token::Month(length @ 1..=2) = section.tokens[index] else { continue };
        let before = section.tokens[..index].iter().rev().find(is_time);
        let after = section.tokens[index + 1..].iter().find(is_time);
        if matches!(before, Some(Token::Hour(_) | Token::ElapsedHours))
            || matches!(after, Some(Token::Second(_)))
        {
            section.tokens[index] = Token::Minute(length);
        }
    }
}
