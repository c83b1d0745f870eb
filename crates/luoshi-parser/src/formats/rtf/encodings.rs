//! Which encoding bytes are in: that of the font's character set, else the document's code page.
//!
//! Not here: which font is in force, the characters of symbol fonts.

use std::collections::BTreeMap;

use encoding_rs::{
    BIG5, DecoderResult, EUC_KR, Encoding, GB18030, MACINTOSH, SHIFT_JIS, UTF_8, WINDOWS_874, WINDOWS_1250,
    WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257,
    WINDOWS_1258,
};
use memchr::memmem;

use super::tokens::{Token, Tokens};
use crate::text;

/// What `\fcharsetN` says of a font.
const CHARACTER_SETS: &[(i32, &Encoding)] = &[
    (77, MACINTOSH),
    (128, SHIFT_JIS),
    (129, EUC_KR),
    (134, GB18030),
    (136, BIG5),
    (161, WINDOWS_1253),
    (162, WINDOWS_1254),
    (163, WINDOWS_1258),
    (177, WINDOWS_1255),
    (178, WINDOWS_1256),
    (186, WINDOWS_1257),
    (204, WINDOWS_1251),
    (222, WINDOWS_874),
    (238, WINDOWS_1250),
];

/// What `\ansicpgN` and `\cpgN` say.
const CODE_PAGES: &[(i32, &Encoding)] = &[
    (874, WINDOWS_874),
    (932, SHIFT_JIS),
    (936, GB18030),
    (949, EUC_KR),
    (950, BIG5),
    (1250, WINDOWS_1250),
    (1251, WINDOWS_1251),
    (1252, WINDOWS_1252),
    (1253, WINDOWS_1253),
    (1254, WINDOWS_1254),
    (1255, WINDOWS_1255),
    (1256, WINDOWS_1256),
    (1257, WINDOWS_1257),
    (1258, WINDOWS_1258),
    (10000, MACINTOSH),
    (54936, GB18030),
    (65001, UTF_8),
];

/// The character set of fonts whose codes are pictures.
const SYMBOL_CHARACTER_SET: i32 = 2;

/// A font of the font table.
#[derive(Debug, Default)]
pub(super) struct Font {
    /// None where it has the document's.
    encoding: Option<&'static Encoding>,
    is_symbol: bool,
    pub(super) name: String,
}

/// The encodings of a document.
pub(super) struct Encodings {
    /// What the document says of itself.
    stated: Option<&'static Encoding>,
    /// What is told from its bytes, where it says nothing.
    guessed: Option<&'static Encoding>,
    /// Bytes that stand as they are make UTF-8, as programs that never heard of code pages write them.
    pub(super) raw_is_utf8: bool,
    fonts: BTreeMap<i32, Font>,
}

impl Encodings {
    pub(super) fn new(bytes: &[u8]) -> Self {
        // By chance no text in another encoding is UTF-8 all through.
        let raw_is_utf8 = !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok();
        let guessed =
            if states_code_page(bytes) || raw_is_utf8 { None } else { text::guess(&text_bytes(bytes)) };
        Self { stated: None, guessed, raw_is_utf8, fonts: BTreeMap::new() }
    }

    /// Whether the encoding of bytes in a font is told from the bytes alone.
    pub(super) fn is_guessed(&self, font: Option<i32>) -> bool {
        self.stated.is_none() && self.guessed.is_some() && self.own(font).is_none()
    }

    fn own(&self, font: Option<i32>) -> Option<&'static Encoding> {
        self.fonts.get(&font?)?.encoding
    }

    pub(super) fn state_code_page(&mut self, number: Option<i32>) {
        self.stated = number.and_then(|number| find(CODE_PAGES, number)).or(self.stated);
    }

    pub(super) fn state(&mut self, encoding: &'static Encoding) {
        self.stated = Some(encoding);
    }

    /// The font that the table goes on to describe.
    pub(super) fn font_mut(&mut self, number: i32) -> &mut Font {
        self.fonts.entry(number).or_default()
    }

    /// The name of a font whose codes are pictures.
    pub(super) fn symbol_font(&self, number: Option<i32>) -> Option<&str> {
        let font = self.fonts.get(&number?)?;
        font.is_symbol.then_some(font.name.as_str())
    }

    /// The encoding of bytes in a font, and what those are in that stand for nothing there. A font of the Western character
    /// set says nothing in a document of a Chinese code page: programs put Chinese text into it as well.
    pub(super) fn of(&self, font: Option<i32>) -> (&'static Encoding, &'static Encoding) {
        let own = self.own(font);
        let encoding = own.or(self.stated).or(self.guessed).unwrap_or(WINDOWS_1252);
        (encoding, if own.is_some() { encoding } else { WINDOWS_1252 })
    }
}

impl Font {
    pub(super) fn state_character_set(&mut self, number: Option<i32>) {
        self.is_symbol = number == Some(SYMBOL_CHARACTER_SET);
        self.encoding = number.and_then(|number| find(CHARACTER_SETS, number)).or(self.encoding);
    }

    pub(super) fn state_code_page(&mut self, number: Option<i32>) {
        self.encoding = number.and_then(|number| find(CODE_PAGES, number)).or(self.encoding);
    }
}

fn find(table: &[(i32, &'static Encoding)], number: i32) -> Option<&'static Encoding> {
    table.iter().find(|(known, _)| *known == number).map(|(_, encoding)| *encoding)
}

/// Whether a file states a code page that is known.
fn states_code_page(bytes: &[u8]) -> bool {
    const WORD: &[u8] = b"\\ansicpg";
    let Some(stated) = memmem::find(bytes, WORD).and_then(|at| bytes.get(at..)) else { return false };
    match Tokens::new(stated).next(|_| false) {
        Some(Token::Word(_, Some(number))) => find(CODE_PAGES, number).is_some(),
        _ => false,
    }
}

/// What a file holds of bytes beyond ASCII, with spaces for what stands between them.
fn text_bytes(bytes: &[u8]) -> Vec<u8> {
    let mut tokens = Tokens::new(bytes);
    let mut found = Vec::new();
    while let Some(token) = tokens.next(|_| false) {
        match token {
            Token::Hex(byte) => found.push(byte),
            Token::Text(text) if !text.is_ascii() => found.extend_from_slice(text),
            // Of the ASCII text only the first byte can belong to a character.
            Token::Text([first, ..]) => found.extend_from_slice(&[*first, b' ']),
            _ => {}
        }
    }
    found
}

/// Appends text. What stands for nothing in the encoding is read in the other one; gives back whether all could be.
pub(super) fn decode(
    bytes: &[u8],
    (encoding, other): (&'static Encoding, &'static Encoding),
    to: &mut String,
) -> bool {
    if bytes.is_ascii() {
        to.extend(bytes.iter().map(|&byte| char::from(byte)));
        return true;
    }
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let (mut at, mut is_whole) = (0, true);
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        to.reserve(decoder.max_utf8_buffer_length_without_replacement(rest.len()).unwrap_or(0));
        let (result, read) = decoder.decode_to_string_without_replacement(rest, to, true);
        at += read;
        let DecoderResult::Malformed(length, after) = result else { return is_whole };
        let end = at.saturating_sub(usize::from(after));
        let faulty = bytes.get(end.saturating_sub(usize::from(length))..end).unwrap_or_default();
        match faulty {
            _ if encoding == other => {
                to.push(char::REPLACEMENT_CHARACTER);
                is_whole = false;
            }
            faulty => to.push_str(&other.decode_without_bom_handling(faulty).0),
        }
        // The decoder is done with what it was given: the rest needs a new one.
        decoder = encoding.new_decoder_without_bom_handling();
        at = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8], encoding: &'static Encoding, other: &'static Encoding) -> (String, bool) {
        let mut text = String::new();
        let is_whole = decode(bytes, (encoding, other), &mut text);
        (text, is_whole)
    }

    #[test]
    fn what_is_no_chinese_text_is_western_where_the_font_says_so() {
        assert_eq!(decoded(b"\xD6\xD0caf\xE9 \xE9", GB18030, WINDOWS_1252), ("中café é".to_owned(), true));
        assert_eq!(decoded(b"\xD6\xD0\xE9 ", GB18030, GB18030), ("中\u{FFFD} ".to_owned(), false));
        assert_eq!(decoded(b"\xD6", GB18030, GB18030), ("\u{FFFD}".to_owned(), false));
        assert_eq!(decoded(b"\xA4\xA4\x83\x5C", BIG5, WINDOWS_1252).0, "中ƒ\\");
        assert_eq!(decoded(b"\x83\x5C", SHIFT_JIS, SHIFT_JIS).0, "ソ");
    }
}
