//! Raised digits, such as an exponent: read plain, 10 to the power of 4 would be 104. Unicode has them, so the text keeps them.
//!
//! Only where digits, signs and brackets alone are raised: fonts lack most other raised characters. Lowered digits (CO₂) change no
//! number and stay as they are typed.

use std::ops::Range;

/// What of a paragraph's text is raised, in bytes.
#[derive(Debug, Default)]
pub(in crate::formats) struct Raised(Vec<Range<usize>>);

impl Raised {
    /// The text is raised from there to its end. What touches is one.
    pub(in crate::formats) fn note(&mut self, from: usize, text: &str) {
        match self.0.last_mut() {
            Some(last) if last.end == from => last.end = text.len(),
            _ if from < text.len() => self.0.push(from..text.len()),
            _ => {}
        }
    }

    /// Gives the raised digits of a text their own form. One that is raised as a whole stands above nothing and stays.
    pub(in crate::formats) fn write(self, text: &mut String) {
        for range in self.0.into_iter().rev() {
            let is_whole = text.trim().len() <= range.len();
            let raised: Option<String> =
                text.get(range.clone()).and_then(|text| text.chars().map(form).collect());
            if let Some(raised) = raised.filter(|_| !is_whole) {
                text.replace_range(range, &raised);
            }
        }
    }
}

fn form(character: char) -> Option<char> {
    Some(match character {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        '9' => '⁹',
        '+' => '⁺',
        '-' | '−' => '⁻',
        '(' => '⁽',
        ')' => '⁾',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What stands between braces is raised.
    fn written(marked: &str) -> String {
        let (mut text, mut raised) = (String::new(), Raised::default());
        for (index, piece) in marked.split(['{', '}']).enumerate() {
            let from = text.len();
            text.push_str(piece);
            if index % 2 == 1 {
                raised.note(from, &text);
            }
        }
        raised.write(&mut text);
        text
    }

    #[test]
    fn raised_digits_keep_their_place() {
        let cases = [
            ("约10{4}人、3.5×10{-3}、500m{2}", "约10⁴人、3.5×10⁻³、500m²"),
            ("2{1}{0}", "2¹⁰"),
            ("1{st}、共12{①}", "1st、共12①"),
            ("10{4人}", "104人"),
            ("甲{}乙", "甲乙"),
            // It may be a slip, and its figures count.
            ("{完成12件}", "完成12件"),
            (" {12} ", " 12 "),
        ];
        for (marked, expected) in cases {
            assert_eq!(written(marked), expected, "{marked}");
        }
    }
}
