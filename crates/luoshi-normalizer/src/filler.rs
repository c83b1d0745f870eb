//! Who filled a form in, and when: lines such as 填报单位：区教育局　填报日期：2016年12月5日.
//!
//! Not here: which unit of a directory a name means (roster).

use crate::vocabulary::TITLES;

/// The names that stand behind 填报单位 or its like, as written; none where no line has one.
pub fn filler(lines: &[String]) -> Option<&str> {
    lines.iter().enumerate().find_map(|(at, line)| match named(line)? {
        // A sheet may have the name in the cell beside.
        "" => {
            let next = lines.get(at + 1).filter(|next| !next.contains(['：', ':']));
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
    let behind = TITLES.fillers.iter().find_map(at)?.trim_start();
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
    let seal = |open: &usize| ["盖章", "公章", "签章"].iter().any(|word| text[*open..].contains(word));
    let end = text.find(['（', '(']).filter(seal).unwrap_or(text.len());
    text[..end].trim()
}

/// The day that a line states as that of filling in or sending, `YYYY-MM-DD`.
pub fn stated_day(lines: &[String]) -> Option<String> {
    lines.iter().find_map(|line| {
        // 截止日期 is another day than 日期.
        let alone = |at: &usize| !line[..*at].ends_with(|c: char| c.is_alphanumeric());
        let word = TITLES
            .dates
            .iter()
            .find_map(|word| line.find(word.as_str()).filter(alone).map(|at| at + word.len()));
        match word {
            Some(at) => {
                day(line[at..].trim_start_matches(|c: char| c.is_whitespace() || "：:）)".contains(c)))
                    .map(|(day, _)| day)
            }
            // A line of its own that is nothing but a date.
            None => day(line.trim()).filter(|(_, rest)| rest.is_empty()).map(|(day, _)| day),
        }
    })
}

/// A date at the beginning of a text, and what follows it: 2016年12月5日, 2016.12.5, 2016-12-05, 2016/12/5, 20161205.
fn day(text: &str) -> Option<(String, &str)> {
    if let Some((whole, rest)) = number(text, 8).filter(|(whole, _)| *whole > 19_000_000) {
        let (year, month, day) = (whole / 10000, whole / 100 % 100, whole % 100);
        let valid = year < 2200 && (1..=12).contains(&month) && (1..=31).contains(&day);
        return valid.then(|| (format!("{year}-{month:02}-{day:02}"), rest.trim_start()));
    }
    let (year, rest) = number(text, 4)?;
    let rest = rest.trim_start().strip_prefix(['年', '.', '-', '/', '．'])?;
    let (month, rest) = number(rest.trim_start(), 2)?;
    let rest = rest.trim_start().strip_prefix(['月', '.', '-', '/', '．'])?;
    let (day, rest) = number(rest.trim_start(), 2)?;
    let rest = rest.trim_start();
    let rest = rest.strip_prefix(['日', '号']).unwrap_or(rest);
    let valid = (1900..2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    valid.then(|| (format!("{year}-{month:02}-{day:02}"), rest.trim_start()))
}

/// Digits at the beginning of a text, at most so many.
fn number(text: &str, digits: usize) -> Option<(u32, &str)> {
    let value =
        |c: char| c.to_digit(10).or_else(|| ('０'..='９').contains(&c).then(|| c as u32 - '０' as u32));
    let run: Vec<(usize, char)> =
        text.char_indices().take_while(|(_, c)| value(*c).is_some()).take(digits + 1).collect();
    let end = run.last().map(|(at, c)| at + c.len_utf8()).filter(|_| run.len() <= digits)?;
    Some((run.iter().fold(0, |sum, (_, c)| sum * 10 + value(*c).unwrap_or(0)), &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &[&str]) -> Vec<String> {
        text.iter().map(|line| (*line).to_owned()).collect()
    }

    #[test]
    fn the_unit_is_named_in_many_ways() {
        let cases: [(&[&str], Option<&str>); 12] = [
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
            (&["各单位请于12月10日前报送"], None),
            (&[], None),
        ];
        for (text, expected) in cases {
            assert_eq!(filler(&lines(text)), expected, "{text:?}");
        }
    }

    #[test]
    fn the_day_is_the_one_stated() {
        let cases: [(&[&str], Option<&str>); 10] = [
            (&["填报日期：2016年12月5日"], Some("2016-12-05")),
            (&["填报单位：区教育局　填报日期： 2016.12.5"], Some("2016-12-05")),
            (&["填表人：甲", "2016 年 12 月 05 日"], Some("2016-12-05")),
            (&["日期：２０１６／１２／５"], None),
            (&["日期：２０１６-１２-５"], Some("2016-12-05")),
            (&["2016年12月5日前报送"], None),
            (&["截止日期：2016年12月20日"], None),
            (&["填报日期：20161130"], Some("2016-11-30")),
            (&["填报日期："], None),
            (&["填报日期：2016年13月5日"], None),
        ];
        for (text, expected) in cases {
            assert_eq!(stated_day(&lines(text)).as_deref(), expected, "{text:?}");
        }
    }
}
