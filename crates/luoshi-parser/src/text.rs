//! Bytes of a text file to text, whatever its encoding.
//!
//! A byte order mark decides; then UTF-8, which no other encoding passes for by chance; then a guess among the encodings
//! of Chinese offices. Bytes that stand for no character are findings with their line, never a silent `U+FFFD`.
//!
//! Not here: what the text is (see [`crate::detect`]).

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};
use luoshi_table::{Container, Diagnostic, Locator, Outcome};

use crate::{Cause, Input, ReadError};

/// Of this many characters one may be undecodable. More, and the encoding was taken wrongly: the text would be a row of
/// wrong characters, which is worse than none.
const CHARACTERS_PER_FAULT: usize = 50;

/// The text of a file.
///
/// # Errors
/// `Encoding` where the bytes are in no encoding that can be told, or hold NUL bytes, which no text does.
pub(crate) fn decode<'a>(input: &Input<'a>) -> Result<Outcome<Cow<'a, str>>, ReadError> {
    let refuse = || ReadError::new(Cause::Encoding, &input.name);
    let (encoding, bytes, guessed) = match Encoding::for_bom(input.bytes) {
        Some((encoding, length)) => (encoding, &input.bytes[length..], false),
        None if memchr::memchr(0, input.bytes).is_some() => return Err(refuse()),
        None => match std::str::from_utf8(input.bytes) {
            Ok(text) => return Ok(Outcome::new(Cow::Borrowed(text), Vec::new())),
            Err(_) if is_utf8_with_faults(input.bytes) => (UTF_8, input.bytes, false),
            Err(_) => (guess(input.bytes).ok_or_else(refuse)?, input.bytes, true),
        },
    };
    let mut diagnostics = Vec::new();
    if guessed {
        let finding = Diagnostic::info("encoding-guessed", Locator::file(&input.name));
        diagnostics.push(finding.with("encoding", encoding.name()));
    }
    decode_bytes(input, encoding, bytes, diagnostics)
}

/// The text of a file that says which encoding it is in.
///
/// # Errors
/// `Encoding` where it is not.
pub(crate) fn decode_as<'a>(
    input: &Input<'a>,
    encoding: &'static Encoding,
) -> Result<Outcome<Cow<'a, str>>, ReadError> {
    decode_bytes(input, encoding, input.bytes, Vec::new())
}

fn decode_bytes<'a>(
    input: &Input<'a>,
    encoding: &'static Encoding,
    bytes: &'a [u8],
    mut diagnostics: Vec<Diagnostic>,
) -> Result<Outcome<Cow<'a, str>>, ReadError> {
    let refuse = || ReadError::new(Cause::Encoding, &input.name);
    let (text, faulty) = encoding.decode_without_bom_handling(bytes);
    if faulty {
        report_faults(input, encoding, bytes, &text, &mut diagnostics).ok_or_else(refuse)?;
    }
    if text.contains('\0') {
        return Err(refuse());
    }
    Ok(Outcome::new(text, diagnostics))
}

/// Whether the bytes are UTF-8 but for a few: a file that was cut, or in which one byte was damaged.
fn is_utf8_with_faults(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    // By chance two GBK characters in a row pass for UTF-8 now and then, a whole line does not.
    good > 10 * bad
}

/// The encoding of Chinese text that is neither marked nor UTF-8.
pub(crate) fn guess(bytes: &[u8]) -> Option<&'static Encoding> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    // GB18030 holds GBK and reads it identically; the detector does not tell them apart. Any other guess (Western, Korean)
    // means that this is no text a Chinese office wrote, and a wrong guess would garble it in silence.
    let accept = |guess: &'static Encoding| {
        let is_gbk = guess == GBK || guess == GB18030;
        if is_gbk { Some(GB18030) } else { (guess == BIG5).then_some(BIG5) }
    };
    // With the hint "cn" a short text in Big5 passes for GBK; without it a text of one or two characters has no chance.
    let hints = [None, Some(&b"cn"[..])];
    hints.into_iter().find_map(|hint| accept(detector.guess(hint, Utf8Detection::Deny)))
}

/// One finding per line that holds undecodable bytes. Nothing where there are so many that the encoding must be wrong.
fn report_faults(
    input: &Input<'_>,
    encoding: &'static Encoding,
    bytes: &[u8],
    text: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<()> {
    // A file may hold the replacement character itself, rightly encoded: then too a person should look.
    let faults = text.matches('\u{FFFD}').count();
    if faults * CHARACTERS_PER_FAULT > text.chars().count().max(CHARACTERS_PER_FAULT) {
        return None;
    }
    let place = Locator::within(&input.name, Container::Text);
    // In UTF-16 a line feed is two bytes; its raw lines are not looked up.
    let is_wide = encoding == UTF_16LE || encoding == UTF_16BE;
    let mut raw_lines = bytes.split(|&byte| byte == b'\n');
    for (number, line) in text.split('\n').enumerate() {
        let raw = raw_lines.next().filter(|_| !is_wide).unwrap_or_default();
        if line.contains('\u{FFFD}') {
            let finding = Diagnostic::error("text-undecodable", place.row(number as u32));
            let finding = finding.with("encoding", encoding.name()).with("bytes", hexadecimal(raw, encoding));
            diagnostics.push(finding.with("text", line));
        }
    }
    Some(())
}

/// The bytes of a line that stand for no character, in hexadecimal.
fn hexadecimal(line: &[u8], encoding: &'static Encoding) -> String {
    if encoding != UTF_8 {
        // Which bytes of a double-byte line are at fault depends on those before; the whole line says it all.
        return line.iter().map(|byte| format!("{byte:02X}")).collect();
    }
    line.utf8_chunks().flat_map(|chunk| chunk.invalid().iter().map(|byte| format!("{byte:02X}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(bytes: &[u8]) -> Input<'_> {
        Input { name: "a.txt".into(), bytes }
    }

    const TEXT: &str = "序号\t自查事项\t责任单位\r\n1\t推进监管执法信息公开\t区政府办（秘书科）\r\n";

    #[test]
    fn marked_text_is_read_without_its_mark() {
        let utf16le: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain(TEXT.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let utf16be: Vec<u8> =
            [0xFE, 0xFF].into_iter().chain(TEXT.encode_utf16().flat_map(u16::to_be_bytes)).collect();
        let utf8 = ["\u{FEFF}".as_bytes(), TEXT.as_bytes()].concat();
        for bytes in [utf8, utf16le, utf16be, TEXT.as_bytes().to_vec()] {
            let outcome = decode(&input(&bytes)).unwrap();
            assert_eq!((&*outcome.value, outcome.diagnostics.len()), (TEXT, 0));
        }
    }

    #[test]
    fn chinese_encodings_are_told_apart() {
        // 㐂 is in GB18030 only, as four bytes.
        let gb18030 = GB18030.encode("序号,自查事项,㐂\n1,推进监管执法信息公开\n").0;
        let big5 = BIG5.encode("項目,責任單位,辦理情形\n1,推動資訊公開的相關工作\n").0;
        for (bytes, name, start) in [(gb18030, "gb18030", "序号,"), (big5, "Big5", "項目,")] {
            let outcome = decode(&input(&bytes)).unwrap();
            assert!(outcome.value.starts_with(start), "{}", outcome.value);
            assert_eq!(outcome.diagnostics[0].arguments, [("encoding", name.to_owned())]);
        }
        for short in ["序号,事项\n1,公开\n", "无", "单位：海沧区", "一、二、三、", "备注"]
        {
            assert_eq!(
                decode(&input(&GBK.encode(short).0)).map(|o| o.value.into_owned()),
                Ok(short.to_owned())
            );
        }
        assert!(decode(&input(&GB18030.encode("㐂序号").0)).unwrap().value.contains('㐂'));
    }

    #[test]
    fn nul_bytes_are_no_text() {
        let unmarked: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&input(&unmarked)).unwrap_err().cause, Cause::Encoding);
    }

    #[test]
    fn a_damaged_byte_is_a_finding_with_its_line_and_does_not_turn_utf8_into_gbk() {
        let bytes = [TEXT.as_bytes(), TEXT.as_bytes(), &"完".as_bytes()[..2]].concat();
        let outcome = decode(&input(&bytes)).unwrap();
        assert!(outcome.value.starts_with(TEXT));
        let [finding] = &outcome.diagnostics[..] else { panic!("{:?}", outcome.diagnostics) };
        assert_eq!((finding.code, finding.place.as_ref().unwrap().row), ("text-undecodable", Some(5)));
        assert_eq!(finding.arguments[1], ("bytes", "E5AE".to_owned()));
    }

    #[test]
    fn junk_is_refused() {
        let junk: Vec<u8> =
            (0..4000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8 | 0x81).collect();
        assert_eq!(decode(&input(&junk)).unwrap_err().cause, Cause::Encoding);
    }
}
