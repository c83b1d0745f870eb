//! Numbers of bank cards: 16 to 19 digits that pass Luhn's test (ISO/IEC 7812-1), beginning with 62, in groups of four, or where a
//! word says what they are.
//!
//! Why: in lists of subsidies the card stands beside the name (domain.md §3.1, 人社部/财政部 2017: not to be published). One number in ten
//! passes the test by chance, so the test alone says nothing.

use luoshi_model::Level;

use super::Rule;
use crate::digits::{Number, find};
use crate::finding::{Findings, MOST};
use crate::{Context, near};

pub(super) const RULE: Rule = Rule { codes: &["bank-card"], check };

/// Bytes before a number in which a word says that it is a card's.
const NEAR: usize = 60;

/// The words for masking, which knows no office's own.
const CARD: [&str; 9] = ["卡号", "账号", "帐号", "账户", "一卡通", "银行", "储蓄卡", "存折", "卡"];

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for passage in &context.passages {
        let own = &context.words.privacy.card;
        let is = |number: &Number<'_>| {
            is_card(number, &passage.text, |before| own.iter().any(|word| before.contains(word.as_str())))
        };
        for (span, ()) in find(&passage.text, |number| is(number).then_some(())).into_iter().take(MOST) {
            findings.push(passage.private_finding("bank-card", Level::Block, span));
        }
    }
}

/// Whether a number looks like a card's, by the words that ship.
pub(crate) fn is_like(number: &Number<'_>, text: &str) -> bool {
    is_card(number, text, |before| CARD.iter().any(|word| before.contains(word)))
}

fn is_card(number: &Number<'_>, text: &str, says: impl Fn(&str) -> bool) -> bool {
    if !(16..=19).contains(&number.digits.len()) || number.digits.ends_with('X') || !luhn(&number.digits) {
        return false;
    }
    let fours = number.groups.len() > 3
        && number.groups[..4].iter().all(|group| group.digits.len() == 4)
        && number.groups[4..].iter().all(|group| group.digits.len() <= 3);
    let apart = number.groups.len() <= 3 || fours;
    apart && (number.digits.starts_with("62") || fours || says(near::before(text, number.span.start, NEAR)))
}

/// Every second digit from the right doubled, the digits of all added: a multiple of ten.
fn luhn(digits: &str) -> bool {
    let value = |(at, byte): (usize, u8)| {
        let digit = u32::from(byte - b'0');
        let doubled = if at % 2 == 1 { digit * 2 } else { digit };
        doubled / 10 + doubled % 10
    };
    digits.bytes().rev().enumerate().map(value).sum::<u32>() % 10 == 0
}

#[cfg(test)]
mod tests {
    use crate::testing::{codes, shown};

    // Check digits worked out by hand after ISO/IEC 7812-1 annex B.
    #[test]
    fn cards_are_told_by_their_check_digit_and_their_looks() {
        let cases: [(&str, &[&str]); 9] = [
            ("6222021234567890128", &["bank-card"]),
            ("6222021234567890129", &[]),
            ("622202 1234567890128", &["bank-card"]),
            ("4111 1111 1111 1111", &["bank-card"]),
            ("4111111111111111", &[]),
            ("一卡通账号4111111111111111", &["bank-card"]),
            ("流水号2016061700012345", &[]),
            ("622202 123456 7890128", &["bank-card"]),
            ("６２２２０２１２３４５６７８９０１２８", &["bank-card"]),
        ];
        for (text, expected) in cases {
            assert_eq!(codes(text, super::RULE), expected, "{text}");
        }
    }

    #[test]
    fn the_value_is_never_shown() {
        assert_eq!(shown("6222021234567890128", super::RULE), ["622**************28"]);
    }
}
