//! Digits of a number: General, digit patterns, Chinese numerals.
//!
//! A spreadsheet keeps 15 significant decimal digits and rounds halves away from zero on those, so 2.675 with two
//! decimals is 2.68, though the binary number is a little less: everything here starts from those 15 digits.

use super::{Numerals, Section, Token};

const SIGNIFICANT: usize = 15;

/// A non-negative number as decimal digits, the first of which stands before the point times ten to the exponent.
struct Decimal {
    digits: Vec<u8>,
    exponent: i32,
}

impl Decimal {
    fn new(value: f64) -> Self {
        let scientific = format!("{value:.*e}", SIGNIFICANT - 1);
        let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
        let digits = mantissa.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect();
        Self { digits, exponent: exponent.parse().unwrap_or(0) }
    }

    /// The digits before the point, without leading zeros, and `decimals` digits after it.
    fn rounded(&self, decimals: usize) -> (String, String) {
        let decimals = decimals as i32;
        let kept = self.exponent + 1 + decimals;
        let mut digits: Vec<u8> = match usize::try_from(kept) {
            Ok(kept) => self.digits.iter().copied().chain(std::iter::repeat(0)).take(kept).collect(),
            Err(_) => Vec::new(),
        };
        let next = usize::try_from(kept).ok().and_then(|kept| self.digits.get(kept));
        if next.is_some_and(|&next| next >= 5) {
            let mut carry = true;
            for digit in digits.iter_mut().rev() {
                *digit = if *digit == 9 { 0 } else { *digit + 1 };
                carry = *digit == 0;
                if !carry {
                    break;
                }
            }
            if carry {
                digits.insert(0, 1);
            }
        }
        let decimals = decimals as usize;
        while digits.len() < decimals {
            digits.insert(0, 0);
        }
        let text: String = digits.iter().map(|&digit| char::from(b'0' + digit)).collect();
        let (whole, fraction) = text.split_at(text.len() - decimals);
        (whole.trim_start_matches('0').to_owned(), fraction.to_owned())
    }
}

/// A number as a cell without a format shows it, but with every digit it holds: a wide cell of Excel stops at eleven
/// characters, and an office would rather read the whole number.
pub(in super::super) fn general(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e15 {
        // As an integer, because -0 is shown without its sign.
        return (value as i64).to_string();
    }
    if !value.is_finite() {
        return format!("{value}");
    }
    let rounded: f64 = format!("{value:.*e}", SIGNIFICANT - 1).parse().unwrap_or(value);
    if rounded.fract() == 0.0 && rounded.abs() < 1e21 {
        let sign = if rounded < 0.0 { "-" } else { "" };
        return format!("{sign}{}", Decimal::new(rounded.abs()).rounded(0).0);
    }
    if (1e-9..1e21).contains(&rounded.abs()) {
        return format!("{rounded}");
    }
    let scientific = format!("{rounded:e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    format!("{mantissa}E{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.abs())
}

/// A number in the digit pattern of a section, such as `#,##0.00"元"`.
pub(super) fn show(section: &Section, value: f64, sign: &str) -> Option<String> {
    let tokens = &section.tokens;
    let is_digit = |token: &Token| matches!(token, Token::Digit(_));
    let point = tokens.iter().position(|token| *token == Token::Point);
    let exponent_at = tokens.iter().position(|token| matches!(token, Token::Exponent(_)));
    let whole_end = point.or(exponent_at).unwrap_or(tokens.len());
    let fraction_end = exponent_at.unwrap_or(tokens.len());
    let decimals = tokens.get(whole_end..fraction_end)?.iter().filter(|token| is_digit(token)).count();

    let mut decimal = Decimal::new(value);
    decimal.exponent += 2 * tokens.iter().filter(|token| **token == Token::Percent).count() as i32;
    // Commas behind the last digit of either part divide by a thousand each; between digits they group.
    let last_digit = tokens[..whole_end].iter().rposition(is_digit).unwrap_or(0);
    let last_decimal = tokens[..fraction_end].iter().rposition(is_digit).unwrap_or(0).max(whole_end);
    let scaling = [&tokens[last_digit..whole_end], &tokens[last_decimal..fraction_end]].concat();
    decimal.exponent -= 3 * scaling.iter().filter(|token| **token == Token::Thousands).count() as i32;
    let grouped = tokens[..last_digit].contains(&Token::Thousands);
    let places = tokens[..whole_end].iter().filter(|token| is_digit(token)).count();

    let mut exponent = 0;
    if exponent_at.is_some() {
        // Engineering notation (`##0.0E+0`) steps by threes; no form was seen to use it.
        if places != 1 {
            return None;
        }
        exponent = if value == 0.0 { 0 } else { decimal.exponent };
        decimal.exponent = 0;
    }
    let (mut whole, mut fraction) = decimal.rounded(decimals);
    if exponent_at.is_some() && whole.len() > 1 {
        exponent += 1;
        decimal.exponent = -1;
        (whole, fraction) = decimal.rounded(decimals);
    }

    let mut shown = sign.to_owned();
    shown.push_str(&whole_part(&tokens[..whole_end], &whole, places, grouped));
    let mut fraction_digits = fraction.as_str();
    for token in &tokens[whole_end..fraction_end] {
        match token {
            Token::Point => shown.push('.'),
            Token::Digit(pattern) => {
                let (digit, rest) = fraction_digits.split_at_checked(1)?;
                // An optional place is shown only if a digit other than zero stands in it or after it.
                if *pattern == '0' || fraction_digits.bytes().any(|digit| digit != b'0') {
                    shown.push_str(digit);
                }
                fraction_digits = rest;
            }
            other => plain(other, &mut shown)?,
        }
    }
    if let Some(Token::Exponent(plus)) = exponent_at.map(|at| &tokens[at]) {
        let places = tokens[fraction_end..].iter().filter(|token| is_digit(token)).count();
        shown.push('E');
        shown.push_str(if exponent < 0 {
            "-"
        } else if *plus {
            "+"
        } else {
            ""
        });
        shown.push_str(&format!("{:0places$}", exponent.abs()));
        for token in tokens[fraction_end + 1..].iter().filter(|token| !is_digit(token)) {
            plain(token, &mut shown)?;
        }
    }
    Some(shown)
}

/// A token that is no digit.
fn plain(token: &Token, shown: &mut String) -> Option<()> {
    match token {
        Token::Literal(text) => shown.push_str(text),
        Token::Percent => shown.push('%'),
        Token::Thousands => {}
        _ => return None,
    }
    Some(())
}

/// The part before the point: digits fill the places from the right, the first place takes all that are left.
fn whole_part(tokens: &[Token], digits: &str, places: usize, grouped: bool) -> String {
    let missing = places.saturating_sub(digits.len());
    let surplus = digits.len().saturating_sub(places);
    let mut digits = digits.chars();
    let mut shown = String::new();
    let mut place = 0;
    let put = |shown: &mut String, digit: char, to_the_right: usize| {
        shown.push(digit);
        if grouped && to_the_right > 0 && to_the_right.is_multiple_of(3) {
            shown.push(',');
        }
    };
    for token in tokens {
        match token {
            Token::Digit(pattern) => {
                if place == 0 {
                    for index in 0..surplus {
                        let digit = digits.next().unwrap_or('0');
                        put(&mut shown, digit, places + surplus - index - 1);
                    }
                }
                let to_the_right = places - place - 1;
                if place >= missing {
                    put(&mut shown, digits.next().unwrap_or('0'), to_the_right);
                } else if *pattern == '0' {
                    put(&mut shown, '0', to_the_right);
                }
                place += 1;
            }
            Token::Literal(text) => shown.push_str(text),
            Token::Percent => shown.push('%'),
            _ => {}
        }
    }
    shown
}

const PLAIN: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const FORMAL: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];

/// A digit as a Chinese numeral.
pub(super) fn chinese_digit(digit: u8, numerals: Numerals) -> char {
    let names = if numerals == Numerals::Plain { PLAIN } else { FORMAL };
    names[usize::from(digit % 10)]
}

/// An integer in Chinese numerals with their places, 一百〇五; nothing for fractions and beyond 亿.
pub(super) fn chinese(value: f64, numerals: Numerals) -> Option<String> {
    if value.fract() != 0.0 || !(0.0..1e12).contains(&value) {
        return None;
    }
    let value = value as u64;
    if value == 0 {
        return Some(chinese_digit(0, numerals).to_string());
    }
    let [ten, hundred, thousand] =
        if numerals == Numerals::Plain { ['十', '百', '千'] } else { ['拾', '佰', '仟'] };
    let digits = value.to_string();
    let (mut shown, mut zero_pending) = (String::new(), false);
    let mut group_has_digits = false;
    for (index, byte) in digits.bytes().enumerate() {
        let place = digits.len() - index - 1;
        if byte == b'0' {
            zero_pending = true;
        } else {
            if std::mem::take(&mut zero_pending) {
                shown.push(chinese_digit(0, numerals));
            }
            shown.push(chinese_digit(byte - b'0', numerals));
            shown.extend([None, Some(ten), Some(hundred), Some(thousand)][place % 4]);
            group_has_digits = true;
        }
        if place > 0 && place.is_multiple_of(4) && std::mem::take(&mut group_has_digits) {
            shown.push(if place == 4 { '万' } else { '亿' });
        }
    }
    Some(shown)
}
