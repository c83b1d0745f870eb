//! Who filled a form in, and when: lines such as 填报单位：区教育局　填报日期：2016年12月5日.
//!
//! Not here: which unit of a directory a name means (roster).

use crate::number::han_value;
use crate::vocabulary::TITLES;

/// The names that stand behind 填报单位 or its like, as written; none where no line has one.
pub fn filler(lines: &[String]) -> Option<&str> {
    lines.iter().enumerate().find_map(|(at, line)| match named(line)? {
        // A sheet may have the name in the cell beside.
        "" => {
            let is_day = |next: &&String| day(next.trim(), None).is_some();
            let next = lines.get(at + 1).filter(|next| !next.contains(['：', ':']) && !is_day(next));
            next.map(|next| name(next)).filter(|name| !name.is_empty())
        }
        name => Some(name),
    })
}

/// Whether a line names who filled the form in.
pub(crate) fn names_filler(line: &str) -> bool {
    named(line).is_some_and(|name| !name.is_empty())
}

fn named(line: &str) -> Option<&str> {
    let at = |word: &String| line.find(word.as_str()).map(|at| &line[at + word.len()..]);
    let is_sealed = TITLES.seals.iter().any(|seal| line.contains(seal.as_str()));
    let begun = |word: &String| line.trim_start().strip_prefix(word.as_str()).filter(|_| is_sealed);
    let behind = TITLES.fillers.iter().filter_map(at).chain(TITLES.sealed_fillers.iter().filter_map(begun));
    behind.into_iter().find_map(behind_colon)
}

/// The name behind a label's colon; the label may have a bracket.
fn behind_colon(behind: &str) -> Option<&str> {
    let behind = behind.trim_start();
    let behind = behind
        .strip_prefix(['（', '('])
        .and_then(|inner| inner.split_once(['）', ')']))
        .map_or(behind, |(_, rest)| rest);
    Some(name(behind.trim_start().strip_prefix(['：', ':'])?))
}

/// The name at the beginning of a text: without a seal's bracket, and nothing of what else the line says.
fn name(text: &str) -> &str {
    let ends = TITLES.notes.iter().chain(&TITLES.dates).filter_map(|word| text.find(word.as_str()));
    let text = text[..ends.min().unwrap_or(text.len())].trim_end_matches(['（', '(', ' ', '　']);
    let seal = |open: &usize| TITLES.seals.iter().any(|word| text[*open..].contains(word.as_str()));
    let end = text.find(['（', '(']).filter(seal).unwrap_or(text.len());
    text[..end].trim()
}

/// Whether a line says nothing but who filled the form in and when; `name` is who that was taken for.
pub fn says_who_and_when(line: &str, name: Option<&str>) -> bool {
    let mut rest = line.to_owned();
    if let Some(name) = name {
        rest = rest.replacen(name, "", 1);
    }
    let labels = TITLES.fillers.iter().chain(&TITLES.sealed_fillers);
    for word in labels.chain(&TITLES.dates).chain(&TITLES.seals) {
        rest = rest.replace(word.as_str(), "");
    }
    let begins_day = |c: char| number(c.encode_utf8(&mut [0; 4]), 1).is_some();
    let mut rest = rest.trim_start_matches(|c: char| !begins_day(c) && !c.is_alphanumeric());
    if let Some((_, behind)) = day(rest, None) {
        rest = behind;
    }
    !rest.chars().any(char::is_alphanumeric)
}

/// The day that a line states as that of filling in or sending, `YYYY-MM-DD`. One without a year is that nearest to `near`.
pub fn stated_day(lines: &[String], near: Option<&str>) -> Option<String> {
    lines.iter().find_map(|line| {
        // 截止日期 is another day than 日期.
        let alone = |at: &usize| !line[..*at].ends_with(|c: char| c.is_alphanumeric());
        // 填报日期 is itself wherever it stands.
        let whole = |word: &String| word.chars().count() > "日期".chars().count();
        let word = TITLES.dates.iter().find_map(|word| {
            let at = line.find(word.as_str()).filter(|at| whole(word) || alone(at))?;
            Some(at + word.len())
        });
        match word {
            Some(at) => {
                let told = line[at..].trim_start_matches(|c: char| c.is_whitespace() || "：:）)".contains(c));
                day(told, near).map(|(day, _)| day)
            }
            // A line of its own that is nothing but a date.
            None => day(line.trim(), near).filter(|(_, rest)| rest.is_empty()).map(|(day, _)| day),
        }
    })
}

/// Whether a line is a day and nothing else, with or without a year.
pub(crate) fn is_date(line: &str) -> bool {
    day(line.trim(), Some("2000-01-01")).is_some_and(|(_, rest)| rest.is_empty())
}

/// A date at the beginning of a text, and what follows it: 2016年12月5日, 2016.12.5, 2016-12-05, 2016/12/5, 20161205,
/// 二〇一六年十二月五日, 12月5日.
fn day<'a>(text: &'a str, near: Option<&str>) -> Option<(String, &'a str)> {
    let written = |year: u32, month: u32, day: u32, rest: &'a str| {
        let valid = (1900..2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
        valid.then(|| (format!("{year}-{month:02}-{day:02}"), rest.trim_start()))
    };
    if let Some((whole, rest)) = number(text, 8).filter(|(whole, _)| *whole > 19_000_000) {
        return written(whole / 10000, whole / 100 % 100, whole % 100, rest);
    }
    let part = |text: &'a str, digits: usize, signs: &[char]| {
        let (value, rest) = number(text.trim_start(), digits)?;
        Some((value, rest.trim_start().strip_prefix(signs)?))
    };
    let (year, rest) = match part(text, 4, &['年', '.', '-', '/', '．', '－', '—']) {
        Some((year, rest)) => (Some(year), rest),
        None => (None, text),
    };
    // Without a year only the words tell a day from any other numbers.
    let signs: &[char] = if year.is_some() { &['月', '.', '-', '/', '．', '－', '—'] } else { &['月'] };
    let (month, rest) = part(rest, 2, signs)?;
    let (day, behind) = number(rest.trim_start(), 2)?;
    let behind = behind.trim_start();
    let rest = match (year, behind.strip_prefix(['日', '号'])) {
        (_, Some(rest)) => rest,
        (Some(_), None) => behind,
        (None, None) => return None,
    };
    let year = year.or_else(|| nearest_year(month, near?))?;
    written(year, month, day, rest)
}

/// The year in which a month is nearest to that of a day: what is due on 10 December may come in January.
fn nearest_year(month: u32, near: &str) -> Option<u32> {
    let mut parts = near.split('-').map(str::parse::<u32>);
    let (year, known) = (parts.next()?.ok()?, parts.next()?.ok()?);
    Some(match month {
        _ if month + 6 < known => year.saturating_add(1),
        _ if month > known + 6 => year.saturating_sub(1),
        _ => year,
    })
}

/// A number at the beginning of a text, of at most so many figures, and what follows it. Figures may be full-width or Han; of four
/// Han figures each stands for itself.
fn number(text: &str, digits: usize) -> Option<(u32, &str)> {
    let value =
        |c: char| c.to_digit(10).or_else(|| ('０'..='９').contains(&c).then(|| c as u32 - '０' as u32));
    let run: Vec<(usize, char)> =
        text.char_indices().take_while(|(_, c)| value(*c).is_some()).take(digits + 1).collect();
    if let Some((at, c)) = run.last() {
        let figures = run.iter().fold(0, |sum, (_, c)| sum * 10 + value(*c).unwrap_or(0));
        return (run.len() <= digits).then(|| (figures, &text[at + c.len_utf8()..]));
    }
    let is_han = |c: &char| "〇○零一二三四五六七八九十".contains(*c);
    let end: usize = text.chars().take_while(is_han).map(char::len_utf8).sum();
    // 二十五 is 25 in three figures.
    let longest = if digits == 4 { 4 } else { digits + 1 };
    let han = text[..end].replace('○', "〇");
    let fits = (1..=longest).contains(&han.chars().count()) && !(digits == 4 && han.contains('十'));
    han_value(&han).filter(|_| fits).map(|value| (value, &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &[&str]) -> Vec<String> {
        text.iter().map(|line| (*line).to_owned()).collect()
    }

    #[test]
    fn the_unit_is_named_in_many_ways() {
        let cases: [(&[&str], Option<&str>); 19] = [
            (&["填报单位：区教育局"], Some("区教育局")),
            (&["填报单位（盖章）：区教育局　　　填报日期：2016年12月5日"], Some("区教育局")),
            (&["填报单位: 区教育局（公章）  联系人：王小明"], Some("区教育局")),
            (&["填报单位：区教育局（盖章）"], Some("区教育局")),
            (&["填报单位：　（盖章）"], None),
            (&["报送单位：区教育局、区文体局"], Some("区教育局、区文体局")),
            (&["附件", "填报单位：", "区教育局", "日期："], Some("区教育局")),
            (&["填报单位：区农林水利局（区委农办）"], Some("区农林水利局（区委农办）")),
            (&["填报单位：", "填报日期：2016年12月5日"], None),
            (&["填报单位：", "填报期间：2016年"], None),
            (&["填报单位：", "2016年12月5日"], None),
            (&["各单位请于12月10日前报送"], None),
            (&["填报部门：区教育局"], Some("区教育局")),
            (&["填报单位名称：区教育局"], Some("区教育局")),
            (&["单位：区教育局（盖章）"], Some("区教育局")),
            (&["单位（公章）：区教育局"], Some("区教育局")),
            (&["单位：万元"], None),
            (&["请各单位：区教育局（盖章）"], None),
            (&[], None),
        ];
        for (text, expected) in cases {
            assert_eq!(filler(&lines(text)), expected, "{text:?}");
        }
    }

    #[test]
    fn the_day_is_the_one_stated() {
        let cases: [(&[&str], Option<&str>); 21] = [
            (&["填报日期：2016年12月5日"], Some("2016-12-05")),
            (&["填报单位：区教育局　填报日期： 2016.12.5"], Some("2016-12-05")),
            (&["填表人：甲", "2016 年 12 月 05 日"], Some("2016-12-05")),
            (&["日期：２０１６／１２／５"], None),
            (&["日期：２０１６-１２-５"], Some("2016-12-05")),
            (&["2016年12月5日前报送"], None),
            (&["截止日期：2016年12月20日"], None),
            (&["填报单位：区教育局填报日期：2016年12月5日"], Some("2016-12-05")),
            (&["填报日期：20161130"], Some("2016-11-30")),
            (&["日期：2016－12－21"], Some("2016-12-21")),
            (&["填报日期：", "2016年12月20日"], Some("2016-12-20")),
            (&["填报日期："], None),
            (&["填报日期：2016年13月5日"], None),
            (&["二〇一六年十二月五日"], Some("2016-12-05")),
            (&["填报日期：二○一六年十一月二十五日"], Some("2016-11-25")),
            (&["填报时间：12月5日"], Some("2016-12-05")),
            (&["日期：１月８日"], Some("2017-01-08")),
            (&["十二月三十一日"], Some("2016-12-31")),
            (&["日期：12.5"], None),
            (&["12月5日前报送"], None),
            (&["一、十二月五日"], None),
        ];
        for (text, expected) in cases {
            assert_eq!(stated_day(&lines(text), Some("2016-12-10")).as_deref(), expected, "{text:?}");
        }
        assert_eq!(stated_day(&lines(&["填报时间：12月5日"]), None), None);
        assert_eq!(
            stated_day(&lines(&["填报时间：12月5日"]), Some("2017-01-10")).as_deref(),
            Some("2016-12-05")
        );
    }

    #[test]
    fn a_line_may_say_who_and_when_and_nothing_else() {
        let cases = [
            ("填报单位：区教育局", true),
            ("填报单位（盖章）：区教育局　　填报日期：2016年12月5日", true),
            ("填报单位：区教育局（公章）", true),
            ("区教育局", true),
            ("二〇一六年十二月五日", true),
            ("填报单位：", true),
            ("填报单位：区教育局　联系人：王小明", false),
            ("填报单位：区教育局　电话：6051234", false),
            ("填报日期：2016年12月5日前", false),
            ("区教育局高度重视", false),
        ];
        for (line, expected) in cases {
            assert_eq!(says_who_and_when(line, Some("区教育局")), expected, "{line}");
        }
    }
}
