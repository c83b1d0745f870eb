//! Answers of several units in one cell, each led by its unit's name: 区教育局：已公开。⏎区文体局：正在推进；or in
//! brackets, 【区教育局】已公开。
//!
//! Not here: units that stand beside their answers, row by row (items).

use luoshi_model::Contribution;

/// Bytes within which a lead ends: a few names.
const LEAD: usize = 300;

/// Who said what, where a cell begins with a unit's name and names at least one more; nothing else is a joined answer. Each
/// share runs to the next lead; its paragraphs stand without the lead.
pub(crate) fn split(lines: &[String], is_unit: impl Fn(&str) -> bool) -> Vec<Contribution> {
    let mut shares: Vec<Contribution> = Vec::new();
    for line in lines {
        match (lead(line, &is_unit), shares.last_mut()) {
            (Some((unit, at)), _) => {
                let rest = &line[at..];
                let paragraphs = if rest.is_empty() { Vec::new() } else { vec![rest.to_owned()] };
                shares.push(Contribution { unit: unit.to_owned(), paragraphs });
            }
            (None, Some(last)) => last.paragraphs.push(line.clone()),
            (None, None) => return shares,
        }
    }
    if shares.len() < 2 {
        shares.clear();
    }
    shares
}

/// The names that lead a line, and where what they say begins.
pub(crate) fn lead<'a>(line: &'a str, is_unit: &impl Fn(&str) -> bool) -> Option<(&'a str, usize)> {
    let behind = |rest: &str| line.len() - rest.trim_start().len();
    if let Some((names, rest)) = line.strip_prefix('【').and_then(|inner| inner.split_once('】')) {
        return names.split('、').all(|name| is_unit(name.trim())).then(|| (names, behind(rest)));
    }
    let mut end = line.len().min(LEAD);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    let head = &line[..end];
    let at = head.find('：').into_iter().chain(head.find(':')).min()?;
    let names = line[..at].trim();
    let all = !names.is_empty() && names.split('、').all(|name| is_unit(name.trim()));
    all.then(|| (names, behind(line[at..].trim_start_matches(['：', ':']))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(text: &str) -> Vec<(String, String)> {
        let lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        let known = |name: &str| ["区教育局", "区文体局", "区编办"].contains(&name);
        split(&lines, known).into_iter().map(|share| (share.unit, share.paragraphs.join("|"))).collect()
    }

    #[test]
    fn each_unit_s_share_runs_to_the_next_lead() {
        let pair = |unit: &str, text: &str| (unit.to_owned(), text.to_owned());
        assert_eq!(
            shares("区教育局、区编办：一。\n二：三。\n区文体局：四。"),
            [pair("区教育局、区编办", "一。|二：三。"), pair("区文体局", "四。")]
        );
        let bracketed = shares("【区教育局】一。\n【区文体局】二。");
        assert_eq!(bracketed, [pair("区教育局", "一。"), pair("区文体局", "二。")]);
        assert_eq!(
            shares("区教育局：\n一。\n区文体局：二。"),
            [pair("区教育局", "一。"), pair("区文体局", "二。")]
        );
    }

    #[test]
    fn anything_else_is_one_answer() {
        for text in [
            "区教育局：一。\n二。",
            "一。\n区教育局：二。\n区文体局：三。",
            "主要做法：一。\n问题：二。",
            "一。",
            "",
        ] {
            assert!(shares(text).is_empty(), "{text}");
        }
    }
}
