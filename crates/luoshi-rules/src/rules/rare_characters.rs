//! Han characters outside GB 2312: 垵, 墘, 喆.
//!
//! Why: the official faces 仿宋_GB2312 and 楷体_GB2312 hold the 6 763 characters of that set only; any other falls back to another face
//! in mid-word, on paper and on screen (domain.md §1.3). Frequent in names of places in Fujian.

use std::collections::HashSet;

use luoshi_model::Level;

use super::Rule;
use crate::Context;
use crate::finding::Findings;

pub(super) const RULE: Rule = Rule { codes: &["character-rare"], check };

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    // Each character once: what is to be done is the same wherever it stands, and asking for its code takes longer than all else
    // here together.
    let mut seen = HashSet::new();
    for passage in context.own() {
        for (at, c) in passage.text.char_indices().filter(|(_, c)| is_han(*c)) {
            if seen.insert(c) && !is_in_gb2312(c) {
                let found = passage.finding("character-rare", Level::Info, at..at + c.len_utf8());
                findings.push(found.with("character", c));
            }
        }
    }
}

fn is_han(c: char) -> bool {
    ('\u{3400}'..='\u{9FFF}').contains(&c) || ('\u{20000}'..='\u{3134F}').contains(&c)
}

/// Whether a Han character is one of GB 2312: GBK has those at 0xB0A1 to 0xF7FE, both bytes from 0xA1 on.
fn is_in_gb2312(c: char) -> bool {
    let mut buffer = [0; 4];
    let (bytes, _, unmappable) = encoding_rs::GBK.encode(c.encode_utf8(&mut buffer));
    !unmappable && matches!(*bytes, [0xB0..=0xF7, 0xA1..=0xFE])
}

#[cfg(test)]
mod tests {
    use crate::testing::exact;

    #[test]
    fn characters_outside_the_set_are_told_once() {
        // The characters of domain.md §1.3.
        for c in "垵墘磹镕喆堃翀玥珺岞".chars() {
            assert_eq!(exact(&c.to_string(), super::RULE), [c.to_string()]);
        }
        assert_eq!(exact("新垵、霞阳、新垵", super::RULE), ["垵"]);
        assert_eq!(exact("海沧区教育局“（①ABC", super::RULE), [] as [&str; 0]);
    }
}
