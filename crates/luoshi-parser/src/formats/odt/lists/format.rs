//! The number formats of list levels: `style:num-format`, a sample of how the first numbers are written (ODF 1.3 part 3,
//! §20.322), as the number formats of Word that write the same.
//!
//! Not here: how they write.

use crate::formats::word::numbering::format::NumberFormat;

/// How a level writes its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Known(NumberFormat),
    /// a, … z, aa, ab: a number to base 26. With `style:num-letter-sync` it is aa, bb, as Word writes.
    Letters {
        first: u8,
    },
}

/// Samples by their first two numbers, with the format of Word that begins so. LibreOffice writes the same sample for several
/// of Word's formats, which differ above ninety-nine only; the usual one is taken.
const SAMPLES: &[(&str, &str, &str)] = &[
    ("一", "二", "chineseCountingThousand"),
    ("壹", "贰", "chineseLegalSimplified"),
    ("壹", "貳", "ideographLegalTraditional"),
    ("壱", "弐", "japaneseLegal"),
    ("甲", "乙", "ideographTraditional"),
    ("甲子", "乙丑", "ideographZodiacTraditional"),
    ("子", "丑", "ideographZodiac"),
    ("①", "②", "decimalEnclosedCircle"),
    ("⑴", "⑵", "decimalEnclosedParen"),
    ("⒈", "⒉", "decimalEnclosedFullstop"),
    ("㊀", "㊁", "ideographEnclosedCircle"),
    ("１", "２", "decimalFullWidth"),
    // LibreOffice's sample of full-width figures; plain ones are `1` alone.
    ("1", "2", "decimalFullWidth"),
];

impl Format {
    /// The format of a sample; `None` where it is not known.
    pub(super) fn of(sample: &str, letter_sync: bool) -> Option<Self> {
        let word = |name| NumberFormat::named(name).map(Self::Known);
        match (sample.trim(), letter_sync) {
            ("", _) => word("none"),
            ("1", _) => word("decimal"),
            ("i", _) => word("lowerRoman"),
            ("I", _) => word("upperRoman"),
            ("a", true) => word("lowerLetter"),
            ("A", true) => word("upperLetter"),
            ("a", false) => Some(Self::Letters { first: b'a' }),
            ("A", false) => Some(Self::Letters { first: b'A' }),
            (sample, _) => {
                let mut numbers = sample.split([',', '，', '、']).map(str::trim);
                let (first, second) = (numbers.next()?, numbers.next());
                let known =
                    SAMPLES.iter().find(|(one, two, _)| *one == first && second.is_none_or(|s| s == *two));
                known
                    .and_then(|(_, _, name)| word(name))
                    .or_else(|| NumberFormat::sampled(sample).map(Self::Known))
            }
        }
    }

    /// Appends a value.
    pub(super) fn write(&self, value: i64, to: &mut String) {
        match self {
            Self::Known(format) => format.write(value, to),
            Self::Letters { first } => letters(value, *first, to),
        }
    }
}

fn letters(value: i64, first: u8, to: &mut String) {
    let Some(mut rest) = u64::try_from(value).ok().filter(|&value| value > 0) else {
        return to.push_str(&value.to_string());
    };
    let mut reversed = Vec::new();
    while rest > 0 {
        rest -= 1;
        // Below 26, so it is a letter.
        reversed.push(char::from(first + (rest % 26) as u8));
        rest /= 26;
    }
    to.extend(reversed.iter().rev());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(sample: &str, sync: bool, value: i64) -> String {
        let mut text = String::new();
        Format::of(sample, sync).unwrap().write(value, &mut text);
        text
    }

    #[test]
    fn samples_write_as_they_begin() {
        for (sample, value, expected) in [
            ("1", 12, "12"),
            ("", 3, ""),
            ("I", 9, "IX"),
            ("i", 4, "iv"),
            ("01, 02, 03, ...", 3, "03"),
            ("1, 2, 3, ...", 3, "３"),
            ("一, 二, 三, ...", 21, "二十一"),
            ("一、二、三", 11, "十一"),
            ("壹, 贰, 叁, ...", 12, "壹拾贰"),
            ("壹, 貳, 參, ...", 3, "參"),
            ("甲, 乙, 丙, ...", 3, "丙"),
            ("子, 丑, 寅, ...", 3, "寅"),
            ("①, ②, ③, ...", 12, "⑫"),
            ("１, ２, ３, ...", 12, "１２"),
        ] {
            assert_eq!(written(sample, false, value), expected, "{sample}");
        }
        assert_eq!(Format::of("アイウ", false), None);
    }

    #[test]
    fn letters_are_repeated_or_count_on() {
        for (value, counted, repeated) in
            [(1, "a", "a"), (26, "z", "z"), (27, "aa", "aa"), (28, "ab", "bb"), (0, "0", "0")]
        {
            assert_eq!(written("a", false, value), counted);
            assert_eq!(written("a", true, value), repeated);
        }
        assert_eq!(written("A", false, 703), "AAA");
        assert_eq!(written("A", false, i64::MAX).len(), 14);
    }
}
