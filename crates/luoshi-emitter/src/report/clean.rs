//! Text that every format can hold: characters that XML 1.0 (§2.2) forbids are taken out and reported.
//!
//! Not here: escaping, which differs from format to format.

use luoshi_table::{Diagnostic, Severity};

/// Whether a document can hold the character. A carriage return is legal XML but reads back as a line feed.
pub(crate) fn is_legal(c: char) -> bool {
    match c {
        '\t' | '\n' => true,
        '\u{FFFE}' | '\u{FFFF}' => false,
        c => c >= ' ',
    }
}

/// Takes out what no document can hold and says so, once per text.
#[derive(Debug, Default)]
pub(super) struct Cleaner {
    pub(super) findings: Vec<Diagnostic>,
}

impl Cleaner {
    /// The text as a document can hold it; `place` names the text in a finding.
    pub(super) fn clean(&mut self, text: &str, place: impl Fn() -> String) -> String {
        // U+FFFE and U+FFFF start with EF BF in UTF-8; almost no text has either that or a control byte.
        if !text.bytes().any(|byte| byte < b' ' || byte == 0xEF) || text.chars().all(is_legal) {
            return text.to_owned();
        }
        let dropped: Vec<String> =
            text.chars().filter(|&c| !is_legal(c)).map(|c| format!("U+{:04X}", u32::from(c))).collect();
        self.findings.push(
            Diagnostic::unplaced("character-dropped", Severity::Warning)
                .with("where", place())
                .with("count", dropped.len())
                .with("characters", dropped.join(" ")),
        );
        text.chars().filter(|&c| is_legal(c)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_forbids_is_dropped_and_named() {
        let mut cleaner = Cleaner::default();
        assert_eq!(cleaner.clean("甲\u{7}乙\r\n丙\u{FFFE}", || "第1项".to_owned()), "甲乙\n丙");
        let [finding] = cleaner.findings.as_slice() else { panic!("one finding per text") };
        let count = ("count", "3".to_owned());
        let characters = ("characters", "U+0007 U+000D U+FFFE".to_owned());
        assert_eq!(finding.arguments, [("where", "第1项".to_owned()), count, characters]);
    }

    #[test]
    fn everything_else_stays() {
        let mut cleaner = Cleaner::default();
        let text = " =1+1\t甲\n，。：\u{3000}\u{FFFD}\u{85}𠮷";
        assert_eq!(cleaner.clean(text, String::new), text);
        assert!(cleaner.findings.is_empty());
    }
}
