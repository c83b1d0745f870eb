//! Telephone numbers: mobile ones, and those of a landline.
//!
//! Why: a mobile number is a person's; in attachments it mostly stands in a list of recipients. Numbers of offices are lawfully public
//! (annual reports give them, domain.md §3.2), so a landline is information, and more where a person is named beside it. Prefixes of
//! operators change, so any 1[3-9] counts (domain.md §3.4).

use luoshi_model::Level;

use super::Rule;
use crate::digits::{Group, Number, find};
use crate::finding::{Findings, MOST};
use crate::{Context, near, persons};

pub(super) const RULE: Rule = Rule { codes: &["mobile-number", "landline-number", "contact-number"], check };

/// Bytes before a number in which its owner is named.
const NEAR: usize = 60;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Mobile,
    Landline,
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for passage in &context.passages {
        let text = &passage.text;
        let found = find(text, |number| match (is_mobile(number, text), is_landline(number, text)) {
            (true, _) => Some((Kind::Mobile, number.digits.clone())),
            (_, true) => Some((Kind::Landline, number.digits.clone())),
            _ => None,
        });
        for (span, (kind, digits)) in found.into_iter().take(MOST) {
            if context.words.allow.phones.iter().any(|phone| is_same(phone, &digits)) {
                continue;
            }
            let before =
                near::before(text, span.start, NEAR).rsplit(['；', '。', '\n']).next().unwrap_or_default();
            findings.push(match kind {
                Kind::Mobile => passage.private_finding("mobile-number", Level::Block, span),
                Kind::Landline if !persons::contacts(before).is_empty() => {
                    passage.private_finding("contact-number", Level::Warn, span)
                }
                Kind::Landline => passage.private_finding("landline-number", Level::Info, span),
            });
        }
    }
}

/// Whether a number is one that may stand: whole, 86 and the area code apart.
fn is_same(allowed: &str, digits: &str) -> bool {
    let bare = |digits: &str| {
        let own =
            digits.strip_prefix("0086").or_else(|| digits.strip_prefix("86").filter(|own| own.len() > 8));
        own.unwrap_or(digits).to_owned()
    };
    let allowed = bare(&allowed.chars().filter(char::is_ascii_digit).collect::<String>());
    let digits = bare(digits);
    let local =
        matches!(allowed.len(), 7 | 8) && digits.starts_with('0') && digits.len() - allowed.len() <= 4;
    !allowed.is_empty() && (digits == allowed || local && digits.ends_with(&allowed))
}

/// Words before a number that is none of a telephone.
const NUMBERED: [&str; 4] = ["编号", "文号", "案号", "单号"];

/// Whether a number is a mobile one: eleven digits in one group or as 3-4-4, 86 before them or not. What counts something is none.
pub(crate) fn is_mobile(number: &Number<'_>, text: &str) -> bool {
    let own = |digits: &str| {
        digits.len() == 11
            && digits.starts_with('1')
            && matches!(digits.as_bytes()[1], b'3'..=b'9')
            && !digits.ends_with('X')
    };
    let with_code = number.digits.strip_prefix("0086").or_else(|| number.digits.strip_prefix("86"));
    // No count of persons or papers has eleven digits; a sum of money may.
    let counts = text[number.span.end..].starts_with(['元', '万', '亿', '%', '％']);
    let lengths = |groups: &[Group]| groups.iter().map(|group| group.digits.len()).collect::<Vec<_>>();
    let shaped = matches!(
        lengths(number.groups).as_slice(),
        [11] | [13] | [15] | [3, 4, 4] | [3, 8] | [7, 4] | [2, 11] | [4, 11] | [2, 3, 4, 4] | [5, 4, 4]
    );
    (own(&number.digits) || with_code.is_some_and(own)) && shaped && !counts
}

/// Whether a number is one with an area code: 0592 and seven digits, 010 and eight. In brackets or without.
fn is_landline(number: &Number<'_>, text: &str) -> bool {
    let digits = number.digits.as_bytes();
    let area = match digits {
        [b'0', b'1', b'0', ..] | [b'0', b'2', b'0'..=b'9', ..] => 3,
        [b'0', b'3'..=b'9', b'0'..=b'9', b'0'..=b'9', ..] => 4,
        _ => return false,
    };
    let local = digits.len().saturating_sub(area);
    let begins = digits.get(area).is_some_and(|digit| matches!(digit, b'2'..=b'9'));
    let parted = match number.groups {
        [_] => true,
        [code, rest @ ..] => code.digits.len() == area && rest.len() <= 2,
        [] => false,
    };
    let counts = text[number.span.end..].starts_with(['元', '条', '件', '次']);
    let numbered = || {
        let before = near::before(text, number.span.start, 20);
        NUMBERED.iter().any(|word| before.contains(word))
    };
    matches!(local, 7 | 8) && begins && parted && !counts && !numbered()
}

#[cfg(test)]
mod tests {
    use crate::testing::{codes, codes_with, shown};

    #[test]
    fn numbers_are_told_however_they_are_written() {
        let cases: [(&str, &[&str]); 21] = [
            ("联系13912345678.", &["mobile-number"]),
            ("13912345678户主", &["mobile-number"]),
            ("1.13912345678", &["mobile-number"]),
            ("139.1234.5678", &["mobile-number"]),
            ("1391234\n5678", &["mobile-number"]),
            ("编号为0592-2016-0012", &[]),
            ("联系电话13912345678。", &["mobile-number"]),
            ("１３９１２３４５６７８", &["mobile-number"]),
            ("139-1234-5678", &["mobile-number"]),
            ("139 1234 5678", &["mobile-number"]),
            ("+8613912345678", &["mobile-number"]),
            ("13912345678、13812345678", &["mobile-number", "mobile-number"]),
            ("投资13912345678元", &[]),
            ("公开12345条、23456条", &[]),
            ("时间20161231235959", &[]),
            ("热线12345、96180", &[]),
            ("电话0592-6051234", &["landline-number"]),
            ("（0592）6051234", &["landline-number"]),
            ("010-82345678", &["landline-number"]),
            ("联系人：王建国，电话0592-6051234", &["contact-number"]),
            ("13912345678901", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(codes(text, super::RULE), expected, "{text}");
        }
    }

    #[test]
    fn an_office_allows_its_own_numbers() {
        let own = "version = 1\n[allow]\nphones = [\"139-1234-5678\"]\n";
        assert_eq!(codes_with("电话13912345678、13812345678", super::RULE, own), ["mobile-number"]);
        // A number is allowed whole, and never by its end.
        let own = "version = 1\n[allow]\nphones = [\"12345\", \"6051234\"]\n";
        let found = codes_with("13900012345、13916051234、0592-6051234", super::RULE, own);
        assert_eq!(found, ["mobile-number", "mobile-number"]);
    }

    #[test]
    fn the_value_is_never_shown() {
        assert_eq!(shown("请拨13912345678咨询", super::RULE), ["请拨139******78咨询"]);
    }
}
