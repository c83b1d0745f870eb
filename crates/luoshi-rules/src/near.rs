//! What stands near a place of a text, as far as a number of bytes: no rule reads a long text again for each word in it.
//!
//! Not here: what it means.

/// The text before a place.
pub(crate) fn before(text: &str, at: usize, bytes: usize) -> &str {
    let mut from = at.saturating_sub(bytes);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..at]
}

/// The text from a place on.
pub(crate) fn behind(text: &str, at: usize, bytes: usize) -> &str {
    let mut to = (at + bytes).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    &text[at..to]
}

/// The rest of the clause behind a place.
pub(crate) fn clause_behind(text: &str, at: usize, bytes: usize) -> &str {
    let behind = behind(text, at, bytes);
    &behind[..behind.find(['，', '。', '；', '\n']).unwrap_or(behind.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_end_between_characters() {
        assert_eq!((before("甲乙丙", 6, 4), behind("甲乙丙", 3, 4)), ("乙", "乙"));
        assert_eq!((before("甲", 3, 99), behind("甲", 0, 99)), ("甲", "甲"));
        assert_eq!(clause_behind("甲乙，丙", 3, 99), "乙");
    }
}
