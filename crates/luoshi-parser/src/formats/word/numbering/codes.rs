//! The number formats that binary documents, rich text and Word 2003 give as a code ([MS-OSHARED] §2.2.1.3), by their names in
//! WordprocessingML.
//!
//! Not here: how a format writes.

use super::format::NumberFormat;

/// By code, from zero on.
const FORMATS: &[&str] = &[
    "decimal",
    "upperRoman",
    "lowerRoman",
    "upperLetter",
    "lowerLetter",
    "ordinal",
    "cardinalText",
    "ordinalText",
    "hex",
    "chicago",
    "ideographDigital",
    "japaneseCounting",
    "aiueo",
    "iroha",
    "decimalFullWidth",
    "decimalHalfWidth",
    "japaneseLegal",
    "japaneseDigitalTenThousand",
    "decimalEnclosedCircle",
    "decimalFullWidth2",
    "aiueoFullWidth",
    "irohaFullWidth",
    "decimalZero",
    "bullet",
    "ganada",
    "chosung",
    "decimalEnclosedFullstop",
    "decimalEnclosedParen",
    "decimalEnclosedCircleChinese",
    "ideographEnclosedCircle",
    "ideographTraditional",
    "ideographZodiac",
    "ideographZodiacTraditional",
    "taiwaneseCounting",
    "ideographLegalTraditional",
    "taiwaneseCountingThousand",
    "taiwaneseDigital",
    "chineseCounting",
    "chineseLegalSimplified",
    "chineseCountingThousand",
    "japaneseDigitalTenThousand",
    "koreanDigital",
    "koreanCounting",
    "koreanLegal",
    "koreanDigital2",
    "hebrew1",
    "arabicAlpha",
    "hebrew2",
    "arabicAbjad",
    "hindiVowels",
    "hindiConsonants",
    "hindiNumbers",
    "hindiCounting",
    "thaiLetters",
    "thaiNumbers",
    "thaiCounting",
    "vietnameseCounting",
    "numberInDash",
    "russianLower",
    "russianUpper",
];

/// The code of no number at all.
const NO_NUMBER: u8 = 0xFF;

/// The name of a code; `None` where it has none.
pub(in crate::formats) fn name(code: u8) -> Option<&'static str> {
    if code == NO_NUMBER { Some("none") } else { FORMATS.get(usize::from(code)).copied() }
}

/// The format of a code, or how to call the one that is not known.
pub(super) fn format(code: u8) -> Result<NumberFormat, String> {
    let name = name(code).map_or_else(|| format!("nfc {code}"), str::to_owned);
    NumberFormat::named(&name).ok_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From the table of the specification, where its names differ from those of WordprocessingML.
    #[test]
    fn codes_name_formats() {
        let known = [(0, "decimal"), (22, "decimalZero"), (37, "chineseCounting"), (57, "numberInDash")];
        for (code, name) in known {
            assert_eq!(format(code).ok(), NumberFormat::named(name), "{code}");
        }
        assert_eq!(format(0xFF), Ok(NumberFormat::None));
        assert_eq!(format(6), Err("cardinalText".to_owned()));
        assert_eq!(format(200), Err("nfc 200".to_owned()));
    }
}
