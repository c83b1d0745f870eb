//! Names of persons, as far as a text shows them: in a list of people who receive something, beside an illness, behind 联系人.
//!
//! A Chinese name looks like many a word (方便, 高效), so a name counts only where what stands around it says so. Not here: whether it
//! may be published.

use std::ops::Range;
use std::sync::LazyLock;

use crate::digits::digit;
use crate::near;
use crate::phrases::Phrases;
use crate::words::{PERSONS, Persons};

/// Names that make a list.
const LIST: usize = 3;

/// Bytes around a list in which a word must say what its people receive: half a dozen clauses.
const NEAR: usize = 180;

/// Bytes before a list in which it is said who they are.
const LEAD: usize = 45;

/// The words of persons ready for search.
struct Known {
    received: Phrases,
    conditions: Phrases,
    called: Phrases,
    contacts: Phrases,
    words: &'static Persons,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| Known {
    received: Phrases::new(&PERSONS.receive),
    conditions: Phrases::new(&PERSONS.conditions),
    called: Phrases::new(&PERSONS.called),
    contacts: Phrases::new(&PERSONS.contacts),
    words: &PERSONS,
});

/// Every name that a text shows.
pub(crate) fn all(text: &str) -> Vec<Range<usize>> {
    let mut names: Vec<Range<usize>> = lists(text).into_iter().flatten().collect();
    names.extend(patients(text).into_iter().map(|(name, _)| name));
    names.extend(contacts(text));
    names.sort_by_key(|name| name.start);
    names.dedup();
    names
}

/// Lists of names of people who receive something, or whose hardship is spoken of.
pub(crate) fn lists(text: &str) -> Vec<Vec<Range<usize>>> {
    if !KNOWN.received.is_in(text) {
        return Vec::new();
    }
    let mut lists = Vec::new();
    let mut list: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    let mut in_brackets = false;
    // A list is parted by 、 or line feeds, and ended by any other punctuation; what stands in brackets behind a name is said of it.
    for piece in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let from = at;
        at += piece.len();
        let word = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
        let separator = &piece[word.len()..];
        if in_brackets {
            in_brackets = !matches!(separator, "）" | ")");
            continue;
        }
        if word.is_empty() && matches!(separator, "、" | " " | "\n" | "　") {
            continue;
        }
        // 王建国等5人, 王建国500元: the name alone.
        let end = word.find(|c| c == '等' || digit(c).is_some()).filter(|end| *end > 0).unwrap_or(word.len());
        let name = &word[..end];
        // What leads to a list stands before its first name: 低保对象王建国.
        let begin = if list.is_empty() { last_name(name) } else { is_name(name).then_some(0) };
        match begin {
            Some(begin) => list.push(from + begin..from + end),
            None => take(text, &mut list, &mut lists),
        }
        in_brackets = matches!(separator, "（" | "(");
        let ended = word[end..].starts_with('等');
        if ended || !matches!(separator, "、" | " " | "\n" | "　" | "（" | "(" | "") {
            take(text, &mut list, &mut lists);
        }
    }
    take(text, &mut list, &mut lists);
    lists
}

/// Takes a finished list, if it is one and a word near it says so.
fn take(text: &str, list: &mut Vec<Range<usize>>, lists: &mut Vec<Vec<Range<usize>>>) {
    let names = std::mem::take(list);
    let (Some(first), Some(last)) = (names.first(), names.last()) else { return };
    // Words of two characters that begin like a name are many: a list of names has longer ones.
    let long = names.iter().filter(|name| text[(*name).clone()].chars().count() > 2).count();
    if names.len() < LIST || long * 2 < names.len() {
        return;
    }
    // 高起点、高标准、高要求 is no family.
    let first_of = |name: &Range<usize>| text[name.clone()].chars().next();
    if names.iter().all(|name| first_of(name) == first_of(first)) {
        return;
    }
    // Experts and officials act in public.
    let lead = near::before(text, first.start, LEAD);
    if KNOWN.words.public.iter().any(|word| lead.contains(word.as_str())) {
        return;
    }
    let said = |text| KNOWN.received.is_in(text);
    if said(near::before(text, first.start, NEAR)) || said(near::behind(text, last.end, NEAR)) {
        lists.push(names);
    }
}

/// Names beside an illness, a disability or another condition, with the words that say it.
pub(crate) fn patients(text: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let conditions = KNOWN.conditions.find(text).map(|(condition, _)| condition);
    let real = conditions.filter(|condition| is_condition(text, condition));
    let named = real.filter_map(|condition| {
        let name = name_behind(text, condition.end).filter(|_| is_of_people(text, condition.end));
        Some((name.or_else(|| name_before(text, condition.start))?, condition))
    });
    named.collect()
}

/// Whether a word of a condition means one: 患 alone is half a word (隐患, 水患), so an illness must follow.
fn is_condition(text: &str, condition: &Range<usize>) -> bool {
    let clause = near::clause_behind(text, condition.end, NEAR);
    &text[condition.clone()] != "患" || KNOWN.words.illnesses.iter().any(|ill| clause.contains(ill.as_str()))
}

/// Whether a name may stand behind the word that ends here: 残疾人, 患者.
fn is_of_people(text: &str, end: usize) -> bool {
    KNOWN.words.people.iter().any(|word| text[..end].ends_with(word.as_str()))
}

/// 残疾人李秀英, 残疾人：王建国, 患者姓名王建国.
fn name_behind(text: &str, end: usize) -> Option<Range<usize>> {
    let behind = near::behind(text, end, NEAR);
    let word = behind.trim_start_matches(['：', ':', '（', '(']);
    let word = word.strip_prefix("姓名").unwrap_or(word);
    let from = end + behind.len() - word.len();
    let length = word.find(|c: char| !c.is_alphanumeric()).unwrap_or(word.len());
    is_name(&word[..length]).then_some(from..from + length)
}

/// 王建国患…, at the beginning of its clause or behind 村民 and the like. Of two characters a word is likelier than a name there, unless
/// it is said who.
fn name_before(text: &str, start: usize) -> Option<Range<usize>> {
    let before = near::before(text, start, NEAR);
    let clause = before.char_indices().rfind(|(_, c)| !c.is_alphanumeric());
    let clause = &before[clause.map_or(0, |(at, c)| at + c.len_utf8())..];
    let from = start - clause.len();
    let clause = clause.strip_suffix(['因', '系']).unwrap_or(clause);
    let called = KNOWN.called.find(clause).last().map_or(0, |(called, _)| called.end);
    let name = &clause[called..];
    let long = name.chars().count() > 2;
    (is_name(name) && (called > 0 || long)).then_some(from + called..from + clause.len())
}

/// Names behind the words for whom to ask: 联系人：王建国.
pub(crate) fn contacts(text: &str) -> Vec<Range<usize>> {
    let named = KNOWN.contacts.find(text).filter_map(|(contact, _)| {
        let behind = near::behind(text, contact.end, NEAR);
        let name = behind.trim_start_matches(['：', ':', ' ', '\u{3000}']);
        let from = contact.end + behind.len() - name.len();
        let end = name.find(|c: char| !c.is_alphanumeric() || digit(c).is_some()).unwrap_or(name.len());
        is_name(&name[..end]).then_some(from..from + end)
    });
    named.collect()
}

/// The name that stands right before the number of a person: 王建国（身份证号…）, 李秀英 139….
pub(crate) fn owner(text: &str, number: usize) -> Option<Range<usize>> {
    let bare = |text: &'_ str| text.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '\n').len();
    let before = near::before(text, number, LEAD);
    let before = &before[..bare(before)];
    let markers = &KNOWN.words.before_numbers;
    let marked = markers.iter().find_map(|marker| before.strip_suffix(marker.as_str()));
    let before = marked.map_or(before, |marked| &marked[..bare(marked)]);
    let clause = before.char_indices().rfind(|(_, c)| !c.is_alphanumeric());
    let from = clause.map_or(0, |(at, c)| at + c.len_utf8());
    let begin = number.min(text.len()) - near::before(text, number, LEAD).len();
    last_name(&before[from..]).map(|at| begin + from + at..begin + before.len())
}

/// Whether a word can be a person's name: a surname and one or two characters, and no known word.
pub(crate) fn is_name(word: &str) -> bool {
    let count = word.chars().take(5).count();
    let double = KNOWN.words.double_surnames.iter().any(|name| word.starts_with(name.as_str()));
    let single = word.chars().next().is_some_and(|first| KNOWN.words.surnames.contains(first));
    let length = if double { (3..=4).contains(&count) } else { single && (2..=3).contains(&count) };
    let han = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
    let is_word = || {
        let not = &KNOWN.words.not_names;
        not.iter().any(|other| word.contains(other.as_str()))
            || word.chars().next_back().is_some_and(|last| KNOWN.words.not_last.contains(last))
    };
    length && word.chars().all(han) && !is_word()
}

/// Where a name begins that ends a word, with what leads to a list before it: 救助对象王建国.
fn last_name(word: &str) -> Option<usize> {
    if is_name(word) {
        return Some(0);
    }
    let (called, _) = KNOWN.called.find(word).last()?;
    is_name(&word[called.end..]).then_some(called.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<&str> {
        all(text).into_iter().map(|name| &text[name]).collect()
    }

    #[test]
    fn names_are_told_by_what_stands_around_them() {
        let cases: [(&str, &[&str]); 11] = [
            ("救助王建国500元、李秀英300元、张志强200元", &["王建国", "李秀英", "张志强"]),
            ("低保对象：王建国（3人户）、李秀英（2人户）、张志强（1人户）", &["王建国", "李秀英", "张志强"]),
            ("残疾人：王建国", &["王建国"]),
            ("联系人：王建国，电话", &["王建国"]),
            ("发放低保金：王建国、李秀英、张志强。", &["王建国", "李秀英", "张志强"]),
            ("向低保对象王建国、李秀英、欧阳小红。", &["王建国", "李秀英", "欧阳小红"]),
            ("残疾补贴\n王建国\n李秀英\n张志强", &["王建国", "李秀英", "张志强"]),
            ("救助对象王建国、李秀英、张志强等5人", &["王建国", "李秀英", "张志强"]),
            ("村民王建国患肺癌，已救助", &["王建国"]),
            ("慰问残疾人李秀英，送上慰问金", &["李秀英"]),
            ("王建国、李秀英、张志强到会", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(told(text), expected, "{text}");
        }
    }

    #[test]
    fn whose_number_it_is_stands_before_it() {
        let cases = [
            ("王建国，身份证号：1", Some("王建国")),
            ("低保户李秀英（手机1", Some("李秀英")),
            ("王建国 1", Some("王建国")),
            ("王建国\n1", None),
            ("公开电话1", None),
            ("全区电话1", None),
            ("1", None),
        ];
        for (text, expected) in cases {
            assert_eq!(owner(text, text.len() - 1).map(|name| &text[name]), expected, "{text}");
        }
    }

    #[test]
    fn words_that_begin_like_names_are_none() {
        for text in [
            "救助流程方便、高效、安全、公开",
            "低保、特困、医疗救助、临时救助",
            "发放帐篷、棉被、米面等救助物资",
            "补助向石塘、温厝、贞庵倾斜",
            "低保政策公平、公正、明确",
            "做好低保家庭的水、电、气减免",
            "坚持高起点、高标准、高要求，做好救助",
            "救助物资：胡萝卜、马铃薯、黄花菜、白砂糖",
            "低保户张某某、李某某、王某某",
            "评审专家：李秀英、王建国、张志强，评审危房改造项目",
            "查隐患、保安全",
            "严防水患",
            "免费为白内障患者实施手术56例",
            "全国残疾人基本服务状况调查",
            "单病种患者费用公示",
            "车间隐患12处，患者满意度",
        ] {
            assert_eq!(told(text), Vec::<&str>::new(), "{text}");
        }
    }
}
