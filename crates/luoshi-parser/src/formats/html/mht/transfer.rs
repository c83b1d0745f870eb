//! The bytes of a part as they were before they were made fit for mail (RFC 2045, §6).
//!
//! Not here: character sets.

use std::borrow::Cow;

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// How a part is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Encoding {
    /// As it is.
    #[default]
    Plain,
    QuotedPrintable,
    Base64,
}

impl Encoding {
    /// The encoding of this name.
    pub(super) fn named(name: &str) -> Self {
        match name.trim().to_ascii_lowercase().as_str() {
            "quoted-printable" => Self::QuotedPrintable,
            "base64" => Self::Base64,
            _ => Self::Plain,
        }
    }
}

/// The bytes of a body; nothing where it is no such encoding.
pub(super) fn decode(body: &[u8], encoding: Encoding) -> Option<Cow<'_, [u8]>> {
    Some(match encoding {
        Encoding::Plain => Cow::Borrowed(body),
        Encoding::QuotedPrintable => Cow::Owned(quoted_printable(body)),
        Encoding::Base64 => Cow::Owned(base64(body)?),
    })
}

/// What is no code is kept as it stands (RFC 2045, §6.7, note 4).
fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(body.len());
    let mut lines = body.split(|&byte| byte == b'\n').peekable();
    while let Some(line) = lines.next() {
        let is_last = lines.peek().is_none();
        let end = line.strip_suffix(b"\r").unwrap_or(line);
        // Spaces at the end of a line were put there on the way.
        let line = end.trim_ascii_end();
        let (line, goes_on) = match line.strip_suffix(b"=") {
            Some(line) => (line, true),
            None => (line, false),
        };
        let mut rest = line;
        while let Some(at) = memchr::memchr(b'=', rest) {
            bytes.extend_from_slice(&rest[..at]);
            let code = rest.get(at + 1..at + 3).and_then(|code| {
                let digits = std::str::from_utf8(code).ok()?;
                u8::from_str_radix(digits, 16).ok().filter(|_| code.iter().all(u8::is_ascii_hexdigit))
            });
            bytes.push(code.unwrap_or(b'='));
            rest = &rest[at + if code.is_some() { 3 } else { 1 }..];
        }
        bytes.extend_from_slice(rest);
        if !goes_on && !is_last {
            bytes.push(b'\n');
        }
    }
    bytes
}

/// Characters outside the alphabet are passed over (RFC 2045, §6.8).
fn base64(body: &[u8]) -> Option<Vec<u8>> {
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    let is_code = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let ends = memchr::memchr(b'=', body).unwrap_or(body.len());
    let code: Vec<u8> = body[..ends].iter().copied().filter(is_code).collect();
    GeneralPurpose::new(&STANDARD, config).decode(code).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(body: &str, encoding: Encoding) -> Option<String> {
        decode(body.as_bytes(), encoding).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }

    #[test]
    fn codes_are_read_and_soft_line_ends_join() {
        let cases = [
            ("a=3Db=\r\nc  \r\nd=", "a=bc\nd"),
            ("=E5=BA=8F=\n=e5=8f=b7", "序号"),
            ("1=1 =G1 = x==", "1=1 =G1 = x="),
            ("= \na\n", "a\n"),
            ("", ""),
        ];
        for (body, expected) in cases {
            assert_eq!(text(body, Encoding::QuotedPrintable).as_deref(), Some(expected), "{body}");
        }
    }

    #[test]
    fn base64_is_read_through_what_is_no_code() {
        assert_eq!(text("5bqP\r\n5Y+ 3\n", Encoding::Base64).as_deref(), Some("序号"));
        assert_eq!(text("YQ==\r\n", Encoding::Base64).as_deref(), Some("a"));
        assert_eq!(text("YQ", Encoding::Base64).as_deref(), Some("a"));
        assert_eq!(text("A", Encoding::Base64), None);
        assert_eq!(Encoding::named(" BASE64 "), Encoding::Base64);
        assert_eq!(Encoding::named("8bit"), Encoding::Plain);
    }
}
