//! What a narrative names that can be looked up: dates with their year, 《titles》, addresses in the web.
//!
//! Not here: quantities, and whether what is named is right.

use std::ops::Range;
use std::sync::LazyLock;

use luoshi_model::MentionKind;
use regex::Regex;

/// Something that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// What it is.
    pub kind: MentionKind,
    /// The bytes of it.
    pub span: Range<usize>,
    /// The years that it states.
    pub years: Vec<u32>,
}

/// The mentions of a text, in its order. A date inside a title is the title's.
pub fn mentions(text: &str) -> Vec<Mention> {
    let titles = text.match_indices('《').filter_map(|(at, _)| Some(at..at + title_end(&text[at..])?));
    let all = titles.map(|span| (MentionKind::Title, span));
    let all = all.chain(links(text).map(|span| (MentionKind::Link, span)));
    let all = all.chain(dates(text).map(|span| (MentionKind::Date, span)));
    let mut found: Vec<Mention> = all.map(|(kind, span)| mention(kind, text, span)).collect();
    found.sort_by_key(|one| one.span.start);
    // What begins inside another is part of it: a title in a title, a date in either.
    let mut end = 0;
    found.retain(|one| {
        let apart = one.span.start >= end;
        end = end.max(one.span.end);
        apart
    });
    found
}

/// The longest title that is looked for, in characters: what stands behind a mark that nobody closed is none.
const LONGEST: usize = 80;

/// Where a title ends that begins here; one may stand inside it.
fn title_end(text: &str) -> Option<usize> {
    let mut open = 0_usize;
    for (at, c) in text.char_indices().take(LONGEST) {
        match c {
            '《' => open += 1,
            '》' => open = open.checked_sub(1)?,
            '\n' => return None,
            _ => {}
        }
        if open == 0 {
            return Some(at + c.len_utf8());
        }
    }
    None
}

/// The longest address: more than any browser takes.
const LONGEST_LINK: usize = 2048;

fn links(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let starts = ["http://", "https://", "www."];
    let at = starts.into_iter().flat_map(|start| text.match_indices(start).map(|(at, _)| at));
    at.map(|at| {
        let is_link = |c: char| c.is_ascii_graphic() && !"<>\"'()".contains(c);
        let length = text[at..].chars().take(LONGEST_LINK).take_while(|c| is_link(*c)).count();
        let length = text[at..at + length].trim_end_matches(['.', ',', ';']).len();
        at..at + length
    })
}

/// 2016年6月17日, 2016年6月, 2016年, 2016.6.17, 2016-06-17.
static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?:19|20)[0-9]{2}(?:年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?|度)?|[.\-/][0-9]{1,2}[.\-/][0-9]{1,2})",
    )
    .ok()
});

fn dates(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let found = DATE.iter().flat_map(|date| date.find_iter(text)).map(|date| date.range());
    // 12016年 is no year.
    found.filter(|span| !text[..span.start].ends_with(|c: char| c.is_ascii_digit()))
}

fn mention(kind: MentionKind, text: &str, span: Range<usize>) -> Mention {
    let own = &text[span.clone()];
    let mut years = Vec::new();
    let mut digits = String::new();
    for c in own.chars().chain(['\n']) {
        match c {
            '0'..='9' => digits.push(c),
            _ => {
                let year =
                    digits.parse().ok().filter(|year| digits.len() == 4 && (1900..2100).contains(year));
                years.extend(year.filter(|year| !years.contains(year)));
                digits.clear();
            }
        }
    }
    Mention { kind, span, years }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let one = |mention: Mention| {
            let years: Vec<String> = mention.years.iter().map(u32::to_string).collect();
            format!("{:?} {} {}", mention.kind, &text[mention.span], years.join(","))
        };
        mentions(text).into_iter().map(one).collect()
    }

    #[test]
    fn dates_titles_and_links_are_told() {
        let cases: [(&str, &[&str]); 8] = [
            (
                "2016年6月17日印发《2016年工作要点》",
                &["Date 2016年6月17日 2016", "Title 《2016年工作要点》 2016"],
            ),
            ("自2015年9月起", &["Date 2015年9月 2015"]),
            (
                "2016年度、2016.6.17、2016-06-17",
                &["Date 2016年度 2016", "Date 2016.6.17 2016", "Date 2016-06-17 2016"],
            ),
            ("见 http://www.xm.gov.cn/a/1.htm。", &["Link http://www.xm.gov.cn/a/1.htm "]),
            (
                "《关于转发〈条例〉的通知》和《甲《乙》丙》",
                &["Title 《关于转发〈条例〉的通知》 ", "Title 《甲《乙》丙》 "],
            ),
            ("《没有写完的标题", &[]),
            ("公开2016条", &[]),
            ("6月17日", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(told(text), expected, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn spans_lie_in_the_text_and_follow_one_another(text in "[0-9年月日.\\-《》〈〉htp:/w公开，。\n ]{0,60}") {
            let mut end = 0;
            for mention in mentions(&text) {
                proptest::prop_assert!(mention.span.start >= end && text.get(mention.span.clone()).is_some());
                end = mention.span.end;
            }
        }
    }
}
