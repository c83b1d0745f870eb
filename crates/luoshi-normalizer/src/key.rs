//! The key form of a text: what two writings of the same thing have in common.
//!
//! Not for showing: it folds widths, compatibility forms, case, punctuation and white space away (domain.md §2: NFKC for the
//! key only, never publish it).

use unicode_normalization::UnicodeNormalization;

/// Letters and digits of the text after NFKC, in lower case.
pub fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // The bulk of every text: unified ideographs are their own normal form.
            '\u{4E00}'..='\u{9FFF}' => key.push(c),
            'a'..='z' | '0'..='9' => key.push(c),
            '\0'..='\u{7F}' => {
                key.extend(c.to_ascii_lowercase().is_ascii_alphanumeric().then(|| c.to_ascii_lowercase()))
            }
            _ => {
                let folded = std::iter::once(c).nfkc().filter(|c| c.is_alphanumeric());
                key.extend(folded.flat_map(char::to_lowercase));
            }
        }
    }
    key
}

/// The text without any white space, ideographic and non-breaking spaces among it, and with ASCII brackets and forms.
/// For headings and single words, whose letters are spaced out to justify them.
pub(crate) fn squeeze(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        match c {
            // Unified ideographs and ASCII are their own normal form.
            '\u{4E00}'..='\u{9FFF}' | '\0'..='\u{7F}' => squeezed.push(c),
            _ => squeezed.extend(std::iter::once(c).nfkc()),
        }
    }
    squeezed
}

/// What an id begins with that was made of the words of its question.
pub const DIGEST_PREFIX: &str = "x-";

/// The identity of a matter that no catalogue knows, so that the same question has the same id in every file.
pub(crate) fn digest(keys: &[&str]) -> String {
    format!("{DIGEST_PREFIX}{:012x}", luoshi_model::digest(&keys.join("\n")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writings_of_the_same_thing_share_a_key() {
        let cases = [
            ("推动政府和社会资本合作（PPP）项目的信息公开", "推动政府和社会资本合作(ppp)项目的 信息公开。"),
            ("６０％", "60%"),
            ("“互联网＋政务”", "\"互联网+政务\""),
        ];
        for (one, other) in cases {
            assert_eq!(key(one), key(other));
        }
        assert_ne!(key("公开"), key("不公开"));
    }

    #[test]
    fn squeeze_removes_justification() {
        assert_eq!(squeeze("责 任　单\u{a0}位"), "责任单位");
        assert_eq!(squeeze("是否完成（√）"), "是否完成(√)");
    }

    #[test]
    fn a_digest_is_short_and_stable() {
        assert!(digest(&["甲"]).starts_with("x-") && digest(&["甲"]).len() == 14);
        assert_ne!(digest(&["甲", "乙"]), digest(&["甲乙"]));
    }
}
