//! Characters of symbol fonts, which a file writes as a font and a code, as the Unicode characters they look like.
//!
//! Ticks and boxes are answers in a form, so they must not be lost. The tables hold what people insert into forms; whatever
//! else is met is reported, never guessed.

/// What stands for a symbol that the tables do not hold.
pub(in crate::formats) const UNKNOWN: char = '□';

const WINGDINGS: &[(u8, char)] = &[
    (0x6C, '●'),
    (0x6D, '❍'),
    (0x6E, '■'),
    (0x6F, '□'),
    (0x70, '□'),
    (0x71, '❑'),
    (0x72, '❒'),
    (0x74, '◆'),
    (0x75, '◆'),
    (0x76, '❖'),
    (0x9F, '•'),
    (0xA1, '○'),
    (0xA4, '◉'),
    (0xA7, '▪'),
    (0xA8, '□'),
    (0xAB, '★'),
    (0xD8, '➢'),
    (0xDF, '←'),
    (0xE0, '→'),
    (0xE1, '↑'),
    (0xE2, '↓'),
    (0xF0, '⇨'),
    (0xFB, '✗'),
    (0xFC, '✓'),
    (0xFD, '☒'),
    (0xFE, '☑'),
];

const WINGDINGS_2: &[(u8, char)] = &[
    (0x4F, '✗'),
    (0x50, '✓'),
    (0x51, '☒'),
    (0x52, '☑'),
    (0x53, '☒'),
    (0x54, '☒'),
    (0x96, '•'),
    (0x97, '●'),
    (0x98, '●'),
    (0xA3, '□'),
];

const SYMBOL: &[(u8, char)] = &[
    (0xA3, '≤'),
    (0xA5, '∞'),
    (0xAE, '→'),
    (0xB0, '°'),
    (0xB1, '±'),
    (0xB3, '≥'),
    (0xB4, '×'),
    (0xB7, '•'),
    (0xB8, '÷'),
    (0xB9, '≠'),
    (0xD6, '√'),
    (0xE5, '∑'),
];

/// Whether a font's characters are not what their codes say.
pub(in crate::formats) fn is_symbol_font(font: &str) -> bool {
    table(font).is_some()
}

/// The character that a code of a font looks like. Symbol fonts lie at U+F000 or at the bare code; the circled numbers
/// of Wingdings are 1 to 10.
pub(in crate::formats) fn character(font: &str, code: u32) -> Option<char> {
    let Some(table) = table(font) else {
        // In an ordinary font the code is the character, unless it is one of private use.
        return char::from_u32(code).filter(|_| code >= 0x20 && !(0xE000..=0xF8FF).contains(&code));
    };
    let code = match code {
        0xF000..=0xF0FF => code - 0xF000,
        0..=0xFF => code,
        _ => return None,
    };
    if code == 0x20 {
        return Some(' ');
    }
    if std::ptr::eq(table, WINGDINGS) {
        match code {
            0x81..=0x8A => return char::from_u32(u32::from('①') + code - 0x81),
            0x8C..=0x95 => return char::from_u32(u32::from('❶') + code - 0x8C),
            _ => {}
        }
    }
    table.iter().find(|&&(known, _)| u32::from(known) == code).map(|&(_, shown)| shown)
}

fn table(font: &str) -> Option<&'static [(u8, char)]> {
    match font.trim() {
        "Wingdings" => Some(WINGDINGS),
        "Wingdings 2" => Some(WINGDINGS_2),
        "Symbol" => Some(SYMBOL),
        "Wingdings 3" | "Webdings" | "MT Extra" => Some(&[]),
        _ => None,
    }
}

/// The character that Word's 带圈字符 makes with a field such as `eq \o\ac(○,3)`, which has no result of its own.
pub(in crate::formats) fn enclosed(instruction: &str) -> Option<char> {
    let rest = instruction.trim();
    let rest = rest.get(..2).filter(|name| name.eq_ignore_ascii_case("eq")).and(rest.get(2..))?;
    let (switches, inner) = rest.split_once('(')?;
    let switches: String = switches.split_whitespace().collect();
    let inner = inner.trim_end().strip_suffix(')')?;
    let (ring, number) = inner.split_once([',', '，'])?;
    let is_ring = matches!(ring.trim(), "○" | "〇" | "◯" | "O" | "o" | "\u{f0a1}");
    let number: u32 = number.trim().parse().ok()?;
    let known = switches.to_ascii_lowercase().starts_with("\\o") && is_ring && (1..=20).contains(&number);
    char::from_u32(u32::from('①') + number.checked_sub(1)?).filter(|_| known)
}

/// Whether the instruction of a field is that of a check box, whose result is no text.
pub(in crate::formats) fn is_check_box(instruction: &str) -> bool {
    instruction.trim().eq_ignore_ascii_case("FORMCHECKBOX")
}

/// Unknown symbols of one paragraph that are told by name.
const TOLD: usize = 32;

/// The symbols of a paragraph that no table knows, as font and code. Each is told once; what stands for it is in the text as often as it was.
#[derive(Debug, Default)]
pub(in crate::formats) struct UnknownSymbols(Vec<String>);

impl UnknownSymbols {
    /// The character that a code of a symbol font looks like.
    pub(in crate::formats) fn character(&mut self, font: &str, code: u32) -> char {
        character(font, code).unwrap_or_else(|| self.note(format!("{font} {code:04X}")))
    }

    /// A symbol that is not known, by what it is called, and what stands for it.
    pub(in crate::formats) fn note(&mut self, symbol: String) -> char {
        if self.0.len() < TOLD && !self.0.contains(&symbol) {
            self.0.push(symbol);
        }
        UNKNOWN
    }

    /// Their names; nothing where all are known.
    pub(in crate::formats) fn told(&self) -> Option<String> {
        (!self.0.is_empty()).then(|| self.0.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_told_by_font_and_code() {
        let cases = [
            ("Wingdings", 0xF0FE, Some('☑')),
            ("Wingdings", 0xF0FC, Some('✓')),
            ("Wingdings", 0x00A8, Some('□')),
            ("Wingdings", 0xF083, Some('③')),
            ("Wingdings 2", 0xF052, Some('☑')),
            ("Wingdings 2", 0xF050, Some('✓')),
            ("Symbol", 0xF0B7, Some('•')),
            ("Wingdings", 0xF021, None),
            ("Webdings", 0xF061, None),
            ("宋体", 0x2611, Some('☑')),
            ("宋体", 0xF0FE, None),
            ("宋体", 0xD800, None),
        ];
        for (font, code, shown) in cases {
            assert_eq!(character(font, code), shown, "{font} {code:X}");
        }
    }

    #[test]
    fn a_ringed_number_is_read_from_its_field() {
        assert_eq!(enclosed(" eq \\o\\ac(○,3)"), Some('③'));
        assert_eq!(enclosed(" EQ \\o \\ac (◯, 20) "), Some('⑳'));
        assert_eq!(enclosed("eq \\o\\ac(○,21)"), None);
        assert_eq!(enclosed("eq \\f(1,2)"), None);
        assert_eq!(enclosed(" PAGE "), None);
        assert_eq!(enclosed("条"), None);
    }
}
