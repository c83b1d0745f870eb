//! Addresses of homes: a dwelling (3号楼2单元501室), or a street and number behind a word such as 家住.
//!
//! Why: where somebody lives is not to be published (domain.md §3.1, 人社部/财政部 2017). Offices have addresses too, so a street with a
//! number alone says nothing.

use std::ops::Range;

use luoshi_model::Level;

use super::Rule;
use crate::finding::{Findings, MOST};
use crate::phrases::Phrases;
use crate::{Context, near};

pub(super) const RULE: Rule = Rule { codes: &["home-address"], check };

/// Characters in which an address goes on behind the word that opens it.
const LONG: usize = 40;

/// Words before the address of an office.
const OFFICES: [&str; 5] = ["接待", "办公", "单位地址", "受理", "服务中心"];

/// Bytes before an address in which its owner is named.
const NEAR: usize = 60;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for passage in &context.passages {
        for span in find(&passage.text, &context.words.home).take(MOST) {
            findings.push(passage.private_finding("home-address", Level::Warn, span));
        }
    }
}

/// The addresses of a text. `home` are the words behind which one is somebody's home.
pub(crate) fn find<'a>(text: &'a str, home: &'a Phrases) -> impl Iterator<Item = Range<usize>> + 'a {
    let spoken = home.find(text).filter_map(|(word, _)| {
        let length = street(&text[word.end..])?;
        Some(word.start..word.end + length)
    });
    let office = |at: usize| OFFICES.iter().any(|word| near::before(text, at, NEAR).contains(word));
    let dwellings = text.match_indices("单元").filter_map(|(at, _)| dwelling(text, at));
    spoken.chain(dwellings.filter(move |span| !office(span.start)))
}

/// The length of an address that a text begins with: a street or village, then a number of a house or room.
fn street(text: &str) -> Option<usize> {
    let end = text.char_indices().nth(LONG).map_or(text.len(), |(at, _)| at);
    let clause = &text[..text[..end].find(['。', '，', '；', '\n']).unwrap_or(end)];
    let road = clause.find(['路', '街', '巷', '弄', '村', '里', '社', '镇'])?;
    let number = clause[road..].char_indices().find(|(at, c)| {
        matches!(c, '号' | '室' | '栋' | '幢')
            && clause[road..road + at].ends_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c))
    });
    number.map(|(at, c)| road + at + c.len_utf8())
}

/// 3号楼2单元501室, around the word at a place.
fn dwelling(text: &str, at: usize) -> Option<Range<usize>> {
    let is_digit = |c: char| crate::digits::digit(c).is_some();
    let behind = &text[at + "单元".len()..];
    let digits = behind.find(|c| !is_digit(c)).filter(|digits| *digits > 0)?;
    let end = at + "单元".len() + digits + if behind[digits..].starts_with('室') { "室".len() } else { 0 };
    let before = text[..at].trim_end_matches(is_digit);
    let house = before
        .strip_suffix("号楼")
        .or_else(|| before.strip_suffix('栋'))
        .or_else(|| before.strip_suffix('幢'))?;
    (before.len() < at).then(|| house.trim_end_matches(is_digit).len()..end)
}

#[cfg(test)]
mod tests {
    use crate::testing::exact;

    #[test]
    fn homes_are_told_from_offices() {
        let cases: [(&str, &[&str]); 8] = [
            ("王某家住海富路12号。", &["家住海富路12号"]),
            ("户籍地：温厝村35号", &["户籍地：温厝村35号"]),
            ("滨湖花园3号楼2单元501室漏水", &["3号楼2单元501室"]),
            ("地址：滨湖北路9号行政中心5楼", &[]),
            ("各单元住户", &[]),
            ("信访接待地址：沧林路58号2号楼1单元101室", &[]),
            ("可向户籍地或居住地镇（街）提出申请，依据厦民〔2016〕26号", &[]),
            ("把居住地登记信息公开", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(exact(text, super::RULE), expected, "{text}");
        }
    }
}
