//! The lines above the table: annex mark, title, notes; and the period that they name.
//!
//! Not here: the table's own header.

use luoshi_model::Period;

use crate::filler::is_date;
use crate::key::squeeze;
use crate::number::{self, han_value};
use crate::vocabulary::TITLES;

/// What the lines above a table say.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Heading {
    pub(crate) annex: Option<String>,
    pub(crate) title: String,
    pub(crate) preamble: Vec<String>,
}

/// Sorts the lines above a table. Blank ones say nothing.
pub(crate) fn read(lines: &[String]) -> Heading {
    let mut heading = Heading::default();
    let mut rest: Vec<&str> = Vec::new();
    for line in lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()) {
        match annex(line) {
            Some((mark, behind)) if heading.annex.is_none() => {
                heading.annex = Some(mark);
                rest.extend((!behind.is_empty()).then_some(behind));
            }
            _ => rest.push(line),
        }
    }
    // The line nearest the table that ends as titles do; else the nearest that is neither a note nor a sentence.
    let title = rest
        .iter()
        .rposition(|line| ends_as_title(line) && !is_note(line) && !is_sentence(line))
        .or_else(|| rest.iter().rposition(|line| !is_note(line) && !is_sentence(line)));
    if let Some(index) = title {
        heading.title = rest.remove(index).to_owned();
    }
    heading.preamble = rest.into_iter().map(str::to_owned).collect();
    heading
}

/// Whether a line says that what follows is a form: an annex mark or a title.
pub fn begins_form(line: &str) -> bool {
    annex(line).is_some() || ends_as_title(line) && !is_note(line) && !is_sentence(line)
}

/// Whether a line is about the form: who filled it in, and when; a day alone is.
pub(crate) fn is_note(line: &str) -> bool {
    // 日期 alone may stand in a title; the words that say whose day it is may not.
    let whole = |word: &&String| word.chars().count() > "日期".chars().count();
    let words = TITLES.notes.iter().chain(TITLES.fillers.iter().chain(&TITLES.dates).filter(whole));
    words.into_iter().any(|word| line.contains(word.as_str())) || is_date(line)
}

fn is_sentence(line: &str) -> bool {
    line.ends_with(['：', ':', '；'])
        || line.contains(['，', '。'])
        || TITLES.not_titles.iter().any(|word| line.starts_with(word.as_str()))
}

fn ends_as_title(line: &str) -> bool {
    // 落实情况表（征求意见稿）, 自查表2
    let stem = line.find(['（', '(']).map_or(line, |open| &line[..open]);
    let stem = stem.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
    TITLES.endings.iter().any(|ending| stem.ends_with(ending.as_str()))
}

/// An annex mark in its standard form, and what stands behind it on its line: `附件：…表` is the common other form.
fn annex(line: &str) -> Option<(String, &str)> {
    let word = TITLES.annex.iter().find(|word| line.starts_with(word.as_str()))?;
    let rest = line[word.len()..].trim_start();
    let digits = rest.find(|c: char| number::whole(&c.to_string()).is_none()).unwrap_or(rest.len());
    let (number, behind) = rest.split_at(digits);
    let stripped = behind.trim_start().strip_prefix(['：', ':']);
    let number = number::whole(number).map_or(String::new(), |number| number.value.to_string());
    match stripped {
        Some(behind) => Some((format!("{word}{number}"), behind.trim_start())),
        // Without a colon the mark must stand alone, or its number be set off by a space: 附件清单 is a title.
        None if behind.is_empty() => Some((format!("{word}{number}"), "")),
        None if !number.is_empty() && behind.starts_with(char::is_whitespace) => {
            Some((format!("{word}{number}"), behind.trim_start()))
        }
        None => None,
    }
}

/// The reporting period that a text names: a year, a half, a quarter or a run of months of it.
pub fn period(text: &str) -> Option<Period> {
    let text = squeeze(text);
    let (at, year) = text.match_indices('年').find_map(|(at, _)| {
        let year = text.get(at.checked_sub(4)?..at)?;
        (year.starts_with("20") && year.bytes().all(|b| b.is_ascii_digit())).then_some((at, year))
    })?;
    let behind = text[at..].strip_prefix("年度").unwrap_or(&text[at + '年'.len_utf8()..]);
    let (words, first, last) = span(behind).unwrap_or((String::new(), 1, 12));
    let days = match last {
        2 if year.parse::<u32>().is_ok_and(|y| y % 4 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    Some(Period {
        label: format!("{year}年{words}"),
        from: format!("{year}-{first:02}-01"),
        to: format!("{year}-{last:02}-{days}"),
    })
}

/// A part of a year at the beginning of a text: its words, first and last month.
fn span(text: &str) -> Option<(String, u32, u32)> {
    for (words, first, last) in [("上半年", 1, 6), ("下半年", 7, 12)] {
        if text.starts_with(words) {
            return Some((words.to_owned(), first, last));
        }
    }
    if let Some(at) = text.find("季度").filter(|&at| at <= "第四".len()) {
        let quarter = text[..at].trim_start_matches('第');
        let quarter = quarter.parse().ok().or_else(|| han_value(quarter)).filter(|q| (1..=4).contains(q))?;
        return Some((text[..at + "季度".len()].to_owned(), quarter * 3 - 2, quarter * 3));
    }
    let digits = text.find(|c: char| !c.is_ascii_digit()).filter(|&at| at > 0)?;
    let first: u32 = text[..digits].parse().ok()?;
    let rest = text[digits..].trim_start_matches('月');
    let (last, length) = match rest.strip_prefix(['-', '—', '–', '~', '至', '～']) {
        Some(behind) => {
            let end = behind.find('月')?;
            (behind[..end].parse().ok()?, text.len() - behind.len() + end + '月'.len_utf8())
        }
        None => (first, digits + '月'.len_utf8()),
    };
    let months = text.get(..length).filter(|months| months.ends_with('月'))?;
    ((1..=12).contains(&first) && (first..=12).contains(&last)).then(|| (months.to_owned(), first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(lines: &[&str]) -> Heading {
        read(&lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn sentences_are_no_titles() {
        let read = heading(&[
            "附件1　2016年落实情况表",
            "请各单位对照要点认真填写附表",
            "依据：国务院2016年工作要点",
        ]);
        assert_eq!((read.annex.as_deref(), read.title.as_str()), (Some("附件1"), "2016年落实情况表"));
        assert!(begins_form("附件2") && begins_form("第二张自查表") && !begins_form("（接上页）"));
    }

    #[test]
    fn who_and_when_are_no_titles() {
        for line in ["填报时间：2016.12.20", "2016年12月20日", "二〇一六年十二月五日", "报送单位：区教育局"]
        {
            let read = heading(&["2016年落实情况统计", line]);
            assert_eq!((read.title.as_str(), read.preamble), ("2016年落实情况统计", vec![line.to_owned()]));
        }
        assert_eq!(heading(&["2016年1-10月进展"]).title, "2016年1-10月进展");
    }

    #[test]
    fn annex_title_and_notes_are_told_apart() {
        let read = heading(&["附件：", "", "海沧区政务公开工作落实情况表", ""]);
        assert_eq!(
            (read.annex.as_deref(), read.title.as_str()),
            (Some("附件"), "海沧区政务公开工作落实情况表")
        );
        let read = heading(&["附件2：海沧区政务公开工作落实情况表", "填报单位：区教育局"]);
        assert_eq!(
            (read.annex.as_deref(), read.title.as_str()),
            (Some("附件2"), "海沧区政务公开工作落实情况表")
        );
        assert_eq!(read.preamble, ["填报单位：区教育局"]);
        let read = heading(&["附件清单"]);
        assert_eq!((read.annex, read.title.as_str()), (None, "附件清单"));
        let read = heading(&["各有关单位：", "现将有关事项通知如下。", "2016年自查情况表（试行）"]);
        assert_eq!((read.title.as_str(), read.preamble.len()), ("2016年自查情况表（试行）", 2));
        assert_eq!(heading(&[]), Heading::default());
    }

    #[test]
    fn periods_are_read_from_titles() {
        let cases = [
            ("2016年政务公开工作要点落实情况表", Some(("2016年", "2016-01-01", "2016-12-31"))),
            ("2024年度任务", Some(("2024年", "2024-01-01", "2024-12-31"))),
            ("2017年上半年自查表", Some(("2017年上半年", "2017-01-01", "2017-06-30"))),
            ("2018年第三季度", Some(("2018年第三季度", "2018-07-01", "2018-09-30"))),
            ("2016年1-10月", Some(("2016年1-10月", "2016-01-01", "2016-10-31"))),
            ("2016 年 2 月", Some(("2016年2月", "2016-02-01", "2016-02-29"))),
            ("2016年13月", Some(("2016年", "2016-01-01", "2016-12-31"))),
            ("海沧区政务公开工作落实情况表", None),
            ("年度", None),
        ];
        for (text, expected) in cases {
            let found = period(text);
            let found = found.as_ref().map(|p| (p.label.as_str(), p.from.as_str(), p.to.as_str()));
            assert_eq!(found, expected, "{text}");
        }
    }
}
