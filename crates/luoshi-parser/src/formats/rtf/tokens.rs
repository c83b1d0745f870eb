//! Bytes to tokens: groups, control words and symbols, and the text between them (RTF 1.9.1, "RTF Syntax").
//!
//! Not here: what a control word means, which encoding a byte is in.

/// A piece of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `{`.
    Open,
    /// `}`.
    Close,
    /// A control word and its parameter; the space that ends it is part of it.
    Word(&'a [u8], Option<i32>),
    /// A control symbol: a backslash and one character that is no letter.
    Symbol(u8),
    /// A byte in hexadecimal: `\'xx`.
    Hex(u8),
    /// The bytes that `\binN` counts: no text.
    Binary,
    /// A run of text as it stands, without line ends.
    Text(&'a [u8]),
}

/// The tokens of a file, one after the other.
pub(super) struct Tokens<'a> {
    rest: &'a [u8],
}

impl<'a> Tokens<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// The next token. `is_lead` tells the bytes that begin a character of two: the second one may be a backslash or a brace
    /// that is none.
    pub(super) fn next(&mut self, is_lead: impl Fn(u8) -> bool) -> Option<Token<'a>> {
        while let [b'\r' | b'\n' | 0, rest @ ..] = self.rest {
            self.rest = rest;
        }
        match *self.rest {
            [] => None,
            [b'{', ref rest @ ..] => {
                self.rest = rest;
                Some(Token::Open)
            }
            [b'}', ref rest @ ..] => {
                self.rest = rest;
                Some(Token::Close)
            }
            [b'\\', ref rest @ ..] => self.control(rest),
            _ => Some(self.text(is_lead)),
        }
    }

    fn take(&mut self, length: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at(length.min(self.rest.len()));
        self.rest = rest;
        taken
    }

    fn control(&mut self, rest: &'a [u8]) -> Option<Token<'a>> {
        self.rest = rest;
        let letters = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        if letters == 0 {
            return self.symbol();
        }
        let word = self.take(letters);
        let parameter = self.parameter();
        if let [b' ', rest @ ..] = self.rest {
            self.rest = rest;
        }
        if word != b"bin" {
            return Some(Token::Word(word, parameter));
        }
        self.take(usize::try_from(parameter.unwrap_or(0)).unwrap_or(0));
        Some(Token::Binary)
    }

    /// A number too large to be one is the largest there is.
    fn parameter(&mut self) -> Option<i32> {
        let is_negative = self.rest.first() == Some(&b'-');
        let unsigned = self.rest.get(usize::from(is_negative)..).unwrap_or_default();
        let digits = unsigned.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 {
            return None;
        }
        let digits = self.take(digits + usize::from(is_negative)).iter().filter(|byte| byte.is_ascii_digit());
        let value = digits
            .fold(0_i32, |value, digit| value.saturating_mul(10).saturating_add(i32::from(digit - b'0')));
        Some(if is_negative { -value } else { value })
    }

    fn symbol(&mut self) -> Option<Token<'a>> {
        let (&symbol, rest) = self.rest.split_first()?;
        self.rest = rest;
        if symbol == b'\'' {
            let digit = |at: usize| char::from(*rest.get(at)?).to_digit(16);
            let (Some(high), Some(low)) = (digit(0), digit(1)) else { return Some(Token::Symbol(symbol)) };
            self.take(2);
            return Some(Token::Hex((high * 16 + low) as u8));
        }
        if symbol == b'\r' && self.rest.first() == Some(&b'\n') {
            self.take(1);
        }
        Some(Token::Symbol(symbol))
    }

    fn text(&mut self, is_lead: impl Fn(u8) -> bool) -> Token<'a> {
        let mut end = 0;
        loop {
            let rest = self.rest.get(end..).unwrap_or_default();
            let is_end = |byte: &u8| matches!(byte, b'\\' | b'{' | b'}' | b'\r' | b'\n' | 0);
            let plain = rest.iter().position(is_end).and_then(|end| rest.get(..end)).unwrap_or(rest);
            end += plain.len();
            if !ends_in_lead(plain, &is_lead) {
                break;
            }
            // `\'` after a first byte is the second one in hexadecimal.
            match self.rest.get(end..) {
                Some([b'\\', b'\'', ..]) => break,
                Some([b'\\' | b'{' | b'}', ..]) => end += 1,
                _ => break,
            }
        }
        Token::Text(self.take(end))
    }
}

/// Whether the last byte is the first one of a character of two.
fn ends_in_lead(text: &[u8], is_lead: impl Fn(u8) -> bool) -> bool {
    if !text.last().is_some_and(|&byte| is_lead(byte)) {
        return false;
    }
    // The second byte of a character may look like a first one: in a run of those every other is.
    text.iter().rev().take_while(|&&byte| is_lead(byte)).count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(bytes: &[u8]) -> Vec<Token<'_>> {
        let mut tokens = Tokens::new(bytes);
        std::iter::from_fn(|| tokens.next(|byte| (0x81..=0xFE).contains(&byte))).collect()
    }

    #[test]
    fn words_end_at_what_is_no_letter_or_digit() {
        use Token::{Close, Hex, Open, Symbol, Text, Word};
        assert_eq!(
            tokens(b"{\\rtf1\\u-248 ?\\b0  x\\li-a\\~\\'d6\\\r\n1\r\n2}"),
            [
                Open,
                Word(b"rtf", Some(1)),
                Word(b"u", Some(-248)),
                Text(b"?"),
                Word(b"b", Some(0)),
                Text(b" x"),
                Word(b"li", None),
                Text(b"-a"),
                Symbol(b'~'),
                Hex(0xD6),
                Symbol(b'\r'),
                Text(b"1"),
                Text(b"2"),
                Close
            ]
        );
        assert_eq!(
            tokens(b"\\u99999999999 \\'zz\\"),
            [Word(b"u", Some(i32::MAX)), Symbol(b'\''), Text(b"zz")]
        );
    }

    #[test]
    fn binary_data_is_passed_over_by_its_length() {
        assert_eq!(tokens(b"\\bin3 }{\\a"), [Token::Binary, Token::Text(b"a")]);
        assert_eq!(tokens(b"\\bin-3 a"), [Token::Binary, Token::Text(b"a")]);
        assert_eq!(tokens(b"\\bin2147483647 abc"), [Token::Binary]);
    }

    #[test]
    fn a_brace_or_backslash_may_be_the_second_byte_of_a_character() {
        // 誠 is D5 5C in GBK; a brace may be a second byte as well.
        assert_eq!(tokens(b"\xD5\\\xE5{a}"), [Token::Text(b"\xD5\\\xE5{a"), Token::Close]);
        assert_eq!(tokens(b"\xD6\xD0\\par"), [Token::Text(b"\xD6\xD0"), Token::Word(b"par", None)]);
        assert_eq!(tokens(b"\xD5\\'5c"), [Token::Text(b"\xD5"), Token::Hex(b'\\')]);
    }
}
