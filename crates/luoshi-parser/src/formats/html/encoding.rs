//! The bytes of a page to text (HTML, §13.2.3; Encoding).
//!
//! A byte order mark decides; then what the message around the page says; then what the page says of itself; then the bytes. What is
//! said is not believed where the bytes are valid UTF-8 beyond chance or not what is said, or where a Western encoding is claimed for what
//! can only be Chinese: pages are saved anew and keep their old label.
//!
//! Not here: how text without a label is told (see [`crate::text`]).

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};
use luoshi_table::{Diagnostic, Locator, Outcome};

use crate::{Input, ReadError, text};

/// How far into a page its label is looked for. The standard says 1024; the pages of Word have a long head of namespaces first.
const PRESCAN: usize = 8 << 10;

/// Characters beyond ASCII that text in another encoding may seem to hold in UTF-8.
const CHARACTERS_BY_CHANCE: usize = 3;

/// The text of a page. `said` is the character set that the message around it gives.
///
/// # Errors
/// `Encoding` where the bytes are in none that can be told.
pub(super) fn decode<'a>(input: &Input<'a>, said: Option<&str>) -> Result<Outcome<Cow<'a, str>>, ReadError> {
    let bytes = input.bytes;
    if Encoding::for_bom(bytes).is_some() {
        return text::decode(input);
    }
    // A page begins with a bracket; of one in UTF-16 that lacks its mark a half of it is zero.
    match bytes {
        [b'<', 0, ..] => return text::decode_as(input, UTF_16LE),
        [0, b'<', ..] => return text::decode_as(input, UTF_16BE),
        _ => {}
    }
    let Some(declared) = said.and_then(labelled).or_else(|| prescan(bytes)) else {
        return text::decode(input);
    };
    let guessed = |encoding: &'static Encoding, text: Cow<'a, str>| {
        let finding = Diagnostic::info("encoding-guessed", Locator::file(&input.name));
        Outcome::new(text, vec![finding.with("encoding", encoding.name())])
    };
    let valid = std::str::from_utf8(bytes).ok();
    if let Some(text) = valid.filter(|text| declared == UTF_8 || text.is_ascii()) {
        return Ok(Outcome::new(Cow::Borrowed(text), Vec::new()));
    }
    let (text, is_faulty) = declared.decode_without_bom_handling(bytes);
    let is_western = declared.is_single_byte();
    match valid {
        Some(valid) if is_faulty || is_western || is_beyond_chance(valid) => {
            Ok(guessed(UTF_8, Cow::Borrowed(valid)))
        }
        _ if is_western => match text::guess(bytes).filter(|_| !is_plainly_western(bytes)) {
            Some(encoding) => Ok(guessed(encoding, encoding.decode_without_bom_handling(bytes).0)),
            None => Ok(Outcome::new(text, Vec::new())),
        },
        _ if !is_faulty => Ok(Outcome::new(text, Vec::new())),
        _ if declared == UTF_8 => text::decode(input),
        _ => text::decode_as(input, declared).or_else(|_| text::decode(input)),
    }
}

/// Whether bytes of another encoding would hardly be UTF-8 by chance: two characters of GBK may be.
fn is_beyond_chance(valid: &str) -> bool {
    valid.chars().filter(|c| !c.is_ascii()).nth(CHARACTERS_BY_CHANCE).is_some()
}

/// Whether what is not ASCII are the spaces, dots and quotation marks of Western encodings, or is little beside the characters that the
/// page writes by their numbers because its encoding lacks them.
fn is_plainly_western(bytes: &[u8]) -> bool {
    let letters =
        bytes.iter().filter(|byte| !matches!(byte, 0..=0x7F | 0xA0 | 0xB7 | 0x85 | 0x91..=0x97)).count();
    letters == 0 || references(bytes).take(letters).count() == letters
}

/// The numbers of the character references above U+00FF.
fn references(bytes: &[u8]) -> impl Iterator<Item = u32> {
    memchr::memmem::find_iter(bytes, b"&#").filter_map(|at| {
        let rest = bytes.get(at + 2..)?;
        let (digits, radix) = match rest.strip_prefix(b"x").or_else(|| rest.strip_prefix(b"X")) {
            Some(digits) => (digits, 16),
            None => (rest, 10),
        };
        let end = digits.iter().take(8).position(|&byte| !char::from(byte).is_digit(radix))?;
        let number = u32::from_str_radix(std::str::from_utf8(&digits[..end]).ok()?, radix).ok()?;
        (number > 0xFF).then_some(number)
    })
}

/// The encoding of a label. What is called GBK or GB2312 is written by programs that know GB18030.
fn labelled(label: &str) -> Option<&'static Encoding> {
    let encoding = Encoding::for_label(label.trim().as_bytes())?;
    Some(if encoding == GBK { GB18030 } else { encoding })
}

/// What a page says of itself near its beginning (HTML, §13.2.3.2), or its XML declaration does.
fn prescan(bytes: &[u8]) -> Option<&'static Encoding> {
    let head: String =
        bytes.iter().take(PRESCAN).map(|&byte| char::from(byte).to_ascii_lowercase()).collect();
    // One that could be read says that it is none of these.
    let readable = |encoding: &&'static Encoding| *encoding != UTF_16LE && *encoding != UTF_16BE;
    let found = |label: &str| Some(labelled(label).filter(readable).unwrap_or(UTF_8));
    if let Some(declaration) =
        head.trim_start().strip_prefix("<?xml").and_then(|rest| rest.split("?>").next())
        && let Some(label) = value(declaration, "encoding")
    {
        return found(label);
    }
    let mut rest = head.as_str();
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->")?.1;
            continue;
        }
        let (tag, behind) = rest.split_once('>')?;
        if let Some(meta) = tag.strip_prefix("<meta") {
            let content = value(meta, "content").filter(|_| meta.contains("content-type"));
            let label = value(meta, "charset").filter(|_| content.is_none());
            let label = label.or_else(|| value(content?, "charset"));
            if let Some(label) = label.filter(|label| Encoding::for_label(label.trim().as_bytes()).is_some())
            {
                return found(label);
            }
        }
        rest = behind;
    }
    None
}

/// The value behind `name=`, in quotation marks or to the next space or semicolon.
fn value<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = text;
    loop {
        let (before, after) = rest.split_once(name)?;
        let is_whole = !before.ends_with(|c: char| c.is_alphanumeric() || c == '-');
        rest = after;
        if let Some(given) = after.trim_start().strip_prefix('=').filter(|_| is_whole) {
            let given = given.trim_start();
            return match given.chars().next()? {
                quote @ ('"' | '\'') => given[1..].split(quote).next(),
                _ => given
                    .split(|c: char| c.is_whitespace() || matches!(c, ';' | '>' | '/' | '"' | '\''))
                    .next(),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::BIG5;

    use super::*;
    use crate::Cause;

    const TEXT: &str = "<p>序号：推进监管执法信息公开，責任單位</p>";

    fn read(bytes: &[u8], said: Option<&str>) -> (String, Vec<(&'static str, String)>) {
        let outcome = decode(&Input { name: "a.htm".into(), bytes }, said).unwrap();
        let told = outcome.diagnostics.into_iter();
        (outcome.value.into_owned(), told.map(|d| (d.code, d.arguments[0].1.clone())).collect())
    }

    fn page(meta: &str) -> String {
        format!("<html><!-- <meta charset=big5> --><head>{meta}</head>{TEXT}")
    }

    #[test]
    fn labels_are_believed_where_the_bytes_agree() {
        for meta in [
            "<META http-equiv=Content-Type content=\"text/html; charset=gb2312\">",
            "<meta content='text/html;charset=GBK' http-equiv='content-type'/>",
            "<meta charset = \"gb18030\">",
        ] {
            let page = page(meta);
            assert_eq!(read(&GB18030.encode(&page).0, None), (page, vec![]));
        }
        let big5 = page("<meta charset=big5>").replace("序号：推进监管执法信息公开，", "");
        assert_eq!(read(&BIG5.encode(&big5).0, None), (big5.clone(), vec![]));
        assert_eq!(read(&BIG5.encode(&big5).0, Some("BIG5")).1, []);
        let declared = format!("<?xml version=\"1.0\" encoding=\"gb2312\"?>{TEXT}");
        assert_eq!(read(&GB18030.encode(&declared).0, None), (declared, vec![]));
        // What the message says goes before what the page says.
        let page = page("<meta charset=utf-8>");
        assert_eq!(read(&GB18030.encode(&page).0, Some("gb2312")), (page.clone(), vec![]));
        let wide: Vec<u8> = page.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(read(&wide, None), (page.clone(), vec![]));
        let marked = [b"\xEF\xBB\xBF", page.as_bytes()].concat();
        assert_eq!(read(&marked, Some("gb2312")), (page, vec![]));
    }

    #[test]
    fn a_wrong_label_is_told() {
        let told = |encoding: &str| vec![("encoding-guessed", encoding.to_owned())];
        let gbk = page("<meta charset=gbk>");
        assert_eq!(read(gbk.as_bytes(), None), (gbk.clone(), told("UTF-8")));
        let western = page("<meta charset=iso-8859-1>");
        assert_eq!(read(western.as_bytes(), None), (western.clone(), told("UTF-8")));
        assert_eq!(read(&GB18030.encode(&western).0, None), (western.clone(), told("gb18030")));
        let utf8 = page("<meta charset=utf-8>");
        assert_eq!(read(&GB18030.encode(&utf8).0, None), (utf8, told("gb18030")));
        let none = page("");
        assert_eq!(read(&GB18030.encode(&none).0, None), (none, told("gb18030")));
    }

    #[test]
    fn utf8_is_told_from_chance_under_another_label() {
        // In GBK it would be 搴忓彿浜嬮」, without a fault.
        let page = |text| format!("<meta charset=gb2312><p>{text}");
        let four = page("序号事项");
        assert_eq!(read(four.as_bytes(), None), (four, vec![("encoding-guessed", "UTF-8".to_owned())]));
        // D6A9 D6A9 may be two characters of either.
        let chance = [page("").as_bytes(), b"\xD6\xA9\xD6\xA9"].concat();
        assert_eq!(read(&chance, None), (page("蜘蜘"), vec![]));
    }

    #[test]
    fn a_western_label_holds_where_no_letter_says_otherwise() {
        let head = b"<meta charset=windows-1252><p>";
        let page = |body: &[u8]| read(&[head, body].concat(), None);
        let expected = |body: &str| (format!("<meta charset=windows-1252><p>{body}"), vec![]);
        let spaces = b"\xA0\xA0\xB7\xB7\x93a\x94 \x85\x85\xA0\xA0";
        assert_eq!(page(spaces), expected("\u{A0}\u{A0}··“a” ……\u{A0}\u{A0}"));
        assert_eq!(page(b"&#x5E8F;&#21495;\xC4\xFA"), expected("&#x5E8F;&#21495;Äú"));
        // One number in a page of Chinese says nothing.
        let chinese = [&GB18030.encode("序号：推进监管执法信息公开").0[..], b"&#9745;"].concat();
        assert_eq!(page(&chinese).1, [("encoding-guessed", "gb18030".to_owned())]);
    }

    #[test]
    fn damaged_bytes_are_told_by_their_line() {
        let page = page("<meta charset=gbk>\n") + &TEXT.repeat(10);
        let mut bytes = GB18030.encode(&page).0.into_owned();
        bytes.extend(b"\n\xB5\xFF\n");
        let (text, told) = read(&bytes, None);
        assert!(text.starts_with(&page));
        assert_eq!(told, [("text-undecodable", "gb18030".to_owned())]);
        let junk: Vec<u8> =
            (0..4000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8 | 0x81).collect();
        let junk = [b"<meta charset=gbk>", &junk[..]].concat();
        let refused = decode(&Input { name: "a".into(), bytes: &junk }, None).unwrap_err();
        assert_eq!(refused.cause, Cause::Encoding);
    }
}
