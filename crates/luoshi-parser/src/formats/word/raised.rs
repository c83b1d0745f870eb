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
        if self.0.is_empty() {
            return;
        }
        let whole = text.trim().len();
        // Written anew once: a digit put in its place would move all text behind it, each time.
        let mut written = String::with_capacity(text.len());
        let mut at = 0;
        for range in self.0.into_iter().filter(|range| range.len() < whole) {
            let plain = text.get(range.clone());
            let raised: Option<String> = plain.and_then(|plain| plain.chars().map(form).collect());
            if let (Some(raised), Some(before)) = (raised, text.get(at..range.start)) {
                written.push_str(before);
                written.push_str(&raised);
                at = range.end;
            }
        }
        written.push_str(text.get(at..).unwrap_or_default());
        *text = written;
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

    /// Quadratic work would be minutes here.
    #[test]
    fn many_raised_digits_are_written_once() {
        let many = 1_000_000;
        assert!(written(&"中{2}".repeat(many)) == "中²".repeat(many));
    }
}
