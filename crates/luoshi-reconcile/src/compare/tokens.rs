//! A clause as the pieces that are compared: numbers, dates, 《titles》, latin words, runs of one sign are one piece each; Han text
//! is parted into words.
//!
//! Not here: which words there are (lexicon).

use super::lexicon::Lexicon;

/// What a piece is, as far as comparing asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word or a single character of Han text.
    Han,
    /// A number, a date, a title, a latin word.
    Whole,
    /// A sign or white space.
    Sign,
}

/// A piece of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) text: &'a str,
    pub(super) kind: Kind,
}

/// The pieces of a clause; joined they are the clause.
pub(super) fn tokens<'a>(clause: &'a str, lexicon: &Lexicon) -> Vec<Token<'a>> {
    let mut tokens = Vec::new();
    let mut rest = clause;
    while let Some(first) = rest.chars().next() {
        let (length, kind) = match first {
            '《' => (title(rest).unwrap_or(first.len_utf8()), Kind::Whole),
            c if is_digit(c) => (date(rest).unwrap_or_else(|| number(rest)), Kind::Whole),
            c if c.is_ascii_alphabetic() => (latin(rest), Kind::Whole),
            c if is_han(c) => {
                let run = length_while(rest, is_han);
                let words = lexicon.words(&rest[..run]).into_iter();
                tokens.extend(words.map(|text| Token { text, kind: Kind::Han }));
                rest = &rest[run..];
                continue;
            }
            // …… and —— are one sign, and so are several spaces.
            c if "…—－-　 ".contains(c) => (length_while(rest, |other| other == c), Kind::Sign),
            c => (c.len_utf8(), Kind::Sign),
        };
        tokens.push(Token { text: &rest[..length], kind });
        rest = &rest[length..];
    }
    tokens
}

pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' | '〇')
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

fn length_while(text: &str, is: impl Fn(char) -> bool) -> usize {
    text.find(|c| !is(c)).unwrap_or(text.len())
}

/// 《…》 with whatever titles stand inside it.
fn title(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '《' => depth += 1,
            '》' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + c.len_utf8());
                }
            }
            _ => {}
        }
    }
    None
}

/// 1,234.5 and １２: figures with points and commas between them.
fn number(text: &str) -> usize {
    let mut end = length_while(text, is_digit);
    while let Some(mark) = text[end..].chars().next().filter(|c| matches!(c, '.' | ',' | '．')) {
        let behind = length_while(&text[end + mark.len_utf8()..], is_digit);
        if behind == 0 || mark == ',' && behind != 3 {
            break;
        }
        end += mark.len_utf8() + behind;
    }
    end
}

/// 2016年6月17日, 6月17日, 2016年, 1-10月: years, months and days that stand together.
fn date(text: &str) -> Option<usize> {
    let mut end = 0;
    let mut sign_before = None;
    loop {
        let figures = length_while(&text[end..], is_digit);
        let sign = text[end + figures..].chars().next();
        let place =
            |sign: Option<char>| sign.and_then(|sign| ['年', '月', '日'].iter().position(|c| *c == sign));
        match (sign, place(sign)) {
            // A run of months: 1-10月, 1至10月.
            (Some(c), None)
                if figures > 0 && "-—–－~至".contains(c) && sign_before.is_none_or(|before| before == 0) =>
            {
                let dash = length_while(&text[end + figures..], |other| other == c);
                let last = end + figures + dash;
                let more = length_while(&text[last..], is_digit);
                let month = last + more;
                let is_month = more > 0 && text[month..].starts_with('月');
                return match is_month {
                    true => Some(month + '月'.len_utf8()),
                    false => (end > 0).then_some(end),
                };
            }
            (Some(sign), Some(place)) if figures > 0 && sign_before.is_none_or(|before| place > before) => {
                end += figures + sign.len_utf8();
                sign_before = Some(place);
            }
            _ => return (end > 0).then_some(end),
        }
    }
}

/// A word or an address in latin letters, without the signs that close a sentence.
fn latin(text: &str) -> usize {
    let end = length_while(text, |c| c.is_ascii_alphanumeric() || "_.+/:@#%&=?~-".contains(c));
    text[..end].trim_end_matches(['.', ':', '?', '-', '/', '~']).len().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parted(text: &str) -> String {
        let lexicon = Lexicon::default();
        tokens(text, &lexicon).iter().map(|token| token.text).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn what_belongs_together_is_one_piece() {
        let cases = [
            ("公开1,234.5条", "公开|1,234.5|条"),
            ("完成60%，增长１２．５%", "完成|60|%|，|增长|１２．５|%"),
            ("2016年6月17日印发", "2016年6月17日|印发"),
            ("6月17日、2016年", "6月17日|、|2016年"),
            ("1-10月公开，2016年1—11月", "1-10月|公开|，|2016年1—11月"),
            ("5-8项", "5|-|8|项"),
            ("2016年3个", "2016年|3|个"),
            (
                "印发《关于〈细则〉的通知》（厦府〔2016〕26号）",
                "印发|《关于〈细则〉的通知》|（|厦|府|〔|2016|〕|26|号|）",
            ),
            ("《未完", "《|未|完"),
            ("访问www.haicang.gov.cn。", "访问|www.haicang.gov.cn|。"),
            ("12345热线——24小时……", "12345|热线|——|24|小|时|……"),
            ("1,23,4", "1|,|23|,|4"),
        ];
        for (text, expected) in cases {
            assert_eq!(parted(text), expected);
        }
    }

    proptest::proptest! {
        #[test]
        fn pieces_are_the_whole_text(text in "[0-9０-９年月日,.%《》〈〉a-z.公开信息，。 —…-]{0,40}") {
            proptest::prop_assert_eq!(parted(&text).replace('|', ""), text.replace('|', ""));
        }
    }
}
