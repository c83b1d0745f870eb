//! The units of a cell: split at separators, rejoined where a name was broken, brackets and roles taken apart
//! (domain.md §2.2).
//!
//! Not here: whether two names are the same body (that needs a directory with dates).

use std::collections::HashSet;

use luoshi_model::{Catalogue, Role, Unit};

use crate::number::{self, Style};
use crate::vocabulary::UNITS;

/// The names that a catalogue knows. Without one it is empty, and only the endings of names speak.
#[derive(Debug, Default)]
pub(crate) struct Directory {
    names: HashSet<String>,
    collective: HashSet<String>,
}

impl Directory {
    pub(crate) fn new(catalogue: &Catalogue) -> Self {
        let mut directory = Self::default();
        for unit in &catalogue.units {
            let names = unit.names().map(str::to_owned);
            if unit.collective { directory.collective.extend(names) } else { directory.names.extend(names) }
        }
        directory
    }

    /// Whether it is a name of one unit.
    pub(crate) fn names_one(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    fn knows(&self, name: &str) -> bool {
        self.names.contains(name) || self.is_collective(name)
    }

    fn is_collective(&self, name: &str) -> bool {
        self.collective.contains(name)
            || UNITS.collective.iter().any(|known| known == name)
            || UNITS.collective_endings.iter().any(|ending| name.ends_with(ending.as_str()))
    }

    /// Whether a name can stand by itself: known, or ending as names of units do.
    fn is_whole(&self, name: &str) -> bool {
        let bare = bare(name);
        self.knows(bare) || (ends_as_unit(bare) && !UNITS.tails.iter().any(|tail| tail == bare))
    }

    /// Whether every piece of a text could be a unit. For telling a column of units from one of texts.
    pub(crate) fn is_list(&self, lines: &[String]) -> bool {
        let units = self.parse(lines, Role::Unspecified);
        !units.is_empty()
            && units.iter().all(|unit| unit.name.chars().count() <= 20 && self.is_whole(&unit.name))
    }

    /// The units of a cell, in their order. `role` is what the column says of all of them.
    pub(crate) fn parse(&self, lines: &[String], role: Role) -> Vec<Unit> {
        // A known name on every line, as in nearly every form: there is nothing to take apart.
        if lines.iter().all(|line| self.names.contains(line)) {
            let unit =
                |name: &String| Unit { name: name.clone(), raw: name.clone(), role, ..Unit::default() };
            return lines.iter().map(unit).collect();
        }
        let mut pieces = self.rejoin(split(lines));
        self.split_conjunctions(&mut pieces);
        let mut units: Vec<Unit> = pieces.into_iter().map(|piece| self.unit(piece.text)).collect();
        spread_roles(&mut units, role);
        // A bracket or a role word by itself is no name, but it stands in the cell.
        for unit in units.iter_mut().filter(|unit| unit.name.is_empty()) {
            *unit = Unit { name: unit.raw.clone(), raw: std::mem::take(&mut unit.raw), ..Unit::default() };
        }
        units
    }

    /// Puts together what a line break or justification tore apart.
    fn rejoin(&self, pieces: Vec<Piece>) -> Vec<Piece> {
        let mut joined: Vec<Piece> = Vec::with_capacity(pieces.len());
        for piece in pieces {
            match joined.last_mut() {
                Some(last) if self.belongs(last, &piece) => last.text.push_str(&piece.text),
                _ => joined.push(piece),
            }
        }
        joined
    }

    fn belongs(&self, last: &Piece, piece: &Piece) -> bool {
        let (before, after) = (last.text.as_str(), piece.text.as_str());
        // Two names of the directory side by side are two, and that is nearly all that is ever asked here.
        if self.names.contains(after) && self.names.contains(before) {
            return false;
        }
        // A bracket is never a unit of its own, whatever stands before it: 省编办⏎（省审改办）. Unless it numbers one: （1）区教育局.
        if after.starts_with(OPEN) {
            return unnumbered(after) == after;
        }
        // 牵头单位：⏎区教育局: the word is said of what follows.
        if before.ends_with(['：', ':']) && role_word(before).is_some() {
            return true;
        }
        if piece.before == Separator::Mark {
            return false;
        }
        if self.knows(&[before, bare(after)].concat()) {
            return true;
        }
        // A role word set off by a space: 区教育局 牵头. With a colon it is said of what follows.
        if role_word(after).is_some() && !after.ends_with(['：', ':']) {
            return true;
        }
        let one = |text: &str| text.chars().count() == 1;
        // 区 教 育 局: letters spaced out, until the name is one.
        if piece.before == Separator::Space && (one(after) || last.spaced) && !ends_as_unit(before) {
            return true;
        }
        // A name of its own begins so: 区, 市, 省; or the directory says it is one.
        if self.knows(after) || UNITS.bodies.iter().any(|body| after.starts_with(body.as_str())) {
            return false;
        }
        let tail = UNITS.tails.iter().any(|tail| tail == after);
        let rooted = UNITS.roots.iter().any(|root| root == before);
        // 区城市管理办⏎公室: an ending torn in two.
        let torn = [before, after].concat();
        let across = |ending: &String| torn.ends_with(ending.as_str()) && ending.len() > after.len();
        let torn = after.chars().count() <= 2 && UNITS.endings.iter().any(across);
        // 区住房和城乡⏎建设局: the first line is no name, the second ends one.
        let first_half = !self.is_whole(before) && role_of(before).role.is_none() && ends_as_unit(after);
        tail || rooted || torn || first_half && !before.ends_with(CLOSE)
    }

    /// 区发改局和区经信局 are two, and so are 区发改局会同区经信局, but only if both sides are units.
    fn split_conjunctions(&self, pieces: &mut Vec<Piece>) {
        let mut index = 0;
        while index < pieces.len() {
            let text = &pieces[index].text;
            if self.names.contains(text) {
                index += 1;
                continue;
            }
            let found = text.char_indices().find_map(|(at, c)| {
                let left = &text[..at];
                let right = if "和及与".contains(c) {
                    &text[at + c.len_utf8()..]
                } else {
                    let rest = &text[at..];
                    UNITS.joining.iter().any(|word| rest.starts_with(word.as_str())).then_some(rest)?
                };
                let outside = left.matches(OPEN).count() == left.matches(CLOSE).count();
                let whole = |text: &str| self.is_whole(role_of(unnumbered(text)).name);
                (outside && !self.knows(bare(text)) && whole(left) && whole(right))
                    .then(|| (left.to_owned(), right.to_owned()))
            });
            if let Some((left, right)) = found {
                let before = pieces[index].before;
                pieces[index] = Piece { text: left, before, spaced: false };
                pieces.insert(index + 1, Piece { text: right, before: Separator::Mark, spaced: false });
            }
            index += 1;
        }
    }

    fn unit(&self, raw: String) -> Unit {
        if self.names.contains(&raw) {
            return Unit { name: raw.clone(), raw, ..Unit::default() };
        }
        let Named { name: rest, mut role, .. } = role_of(unnumbered(&raw));
        if self.is_collective(rest) {
            let name = rest.to_owned();
            return Unit { name, collective: true, role: role.unwrap_or_default(), raw, ..Unit::default() };
        }
        let (name, brackets) = brackets(rest);
        let (mut offices, mut second_names) = (Vec::new(), Vec::new());
        for inner in brackets {
            if let Some(word) = role_word(inner) {
                role = role.or(Some(word));
            } else if is_office(inner) {
                offices.push(inner);
            } else if !inner.is_empty() {
                second_names.push(inner);
            }
        }
        let joined = |texts: Vec<&str>| (!texts.is_empty()).then(|| texts.join("、"));
        let (office, second_name) = (joined(offices), joined(second_names));
        let (name, collective) = (name.to_owned(), self.is_collective(name));
        Unit { name, office, second_name, collective, role: role.unwrap_or_default(), raw }
    }
}

/// The brackets in which an office or a second name stands.
const OPEN: [char; 5] = ['（', '(', '【', '[', '〔'];
const CLOSE: [char; 5] = ['）', ')', '】', ']', '〕'];

/// A name and what its brackets hold: 区政府办（秘书科）（督查科）. A bracket in a bracket is part of it.
fn brackets(text: &str) -> (&str, Vec<&str>) {
    let Some(open) = text.find(OPEN).filter(|_| text.ends_with(CLOSE)) else { return (text, Vec::new()) };
    let mut inner = Vec::new();
    let (mut depth, mut start) = (0_usize, open);
    for (at, c) in text[open..].char_indices().map(|(at, c)| (open + at, c)) {
        if OPEN.contains(&c) {
            if depth == 0 {
                start = at + c.len_utf8();
            }
            depth += 1;
        } else if CLOSE.contains(&c) {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                inner.push(text[start..at].trim());
            }
        }
    }
    (text[..open].trim(), inner)
}

/// The name without a number before it: ①区教育局, 1.区教育局.
fn unnumbered(text: &str) -> &str {
    number::glued(text).filter(|number| number.style == Style::Other).map_or(text, |number| number.rest)
}

/// What stands between two pieces.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Separator {
    /// 、 ， ； ／ : the writer parted them.
    Mark,
    /// A new line or paragraph: the writer, or the width of the column.
    Line,
    /// White space: the writer, or justification.
    Space,
}

struct Piece {
    text: String,
    before: Separator,
    /// It began as a single letter: a name whose letters are spaced out.
    spaced: bool,
}

/// Splits outside brackets.
fn split(lines: &[String]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut depth = 0_usize;
    let mut text = String::new();
    let mut before = Separator::Mark;
    let flush = |text: &mut String, before: Separator, pieces: &mut Vec<Piece>| {
        if !text.is_empty() {
            let spaced = text.chars().count() == 1;
            pieces.push(Piece { text: std::mem::take(text), before, spaced });
            return true;
        }
        false
    };
    for (number, line) in lines.iter().enumerate() {
        for c in line.chars() {
            match c {
                _ if OPEN.contains(&c) => depth += 1,
                _ if CLOSE.contains(&c) => depth = depth.saturating_sub(1),
                // ①区教育局②区卫健局: a number parts what stands before it from what it numbers.
                _ if depth == 0 && number::enclosed(c).is_some() => {
                    flush(&mut text, before, &mut pieces);
                    before = Separator::Mark;
                }
                _ => {}
            }
            // 1、区教育局: the mark belongs to the number.
            let numbers = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            let separator = match c {
                _ if numbers => None,
                '、' | '，' | ',' | '；' | ';' | '／' | '/' | '。' => Some(Separator::Mark),
                _ if c.is_whitespace() => Some(Separator::Space),
                _ => None,
            };
            match separator.filter(|_| depth == 0) {
                None => text.push(c),
                Some(separator) => {
                    if flush(&mut text, before, &mut pieces) || separator == Separator::Mark {
                        before = separator;
                    }
                }
            }
        }
        // A bracket may close on a later line; one that never does ends with its line, or it would swallow every unit that
        // follows.
        let closes = |rest: &[String]| {
            let bracket =
                rest.iter().flat_map(|line| line.chars()).find(|c| OPEN.contains(c) || CLOSE.contains(c));
            bracket.is_some_and(|bracket| CLOSE.contains(&bracket))
        };
        if depth > 0 && closes(&lines[number + 1..]) {
            continue;
        }
        depth = 0;
        // A mark at the end of a line parts more than the line does.
        if flush(&mut text, before, &mut pieces) || before == Separator::Space {
            before = Separator::Line;
        }
    }
    pieces
}

/// The name without brackets.
fn bare(name: &str) -> &str {
    let name = unnumbered(name);
    name.find(OPEN).map_or(name, |open| name[..open].trim_end())
}

fn ends_as_unit(name: &str) -> bool {
    let finished = !UNITS.unfinished.iter().any(|end| name.ends_with(end.as_str()));
    finished && name.chars().count() > 1 && UNITS.endings.iter().any(|ending| name.ends_with(ending.as_str()))
}

fn is_office(inner: &str) -> bool {
    inner.split(['、', '，', ',']).all(|part| {
        UNITS.offices.iter().any(|ending| part.trim_end().ends_with(ending.as_str()))
            && !UNITS.bodies.iter().any(|body| part.trim_start().starts_with(body.as_str()))
    })
}

fn roles() -> [(Role, &'static [String]); 4] {
    [
        (Role::Lead, &UNITS.roles.lead),
        (Role::Co, &UNITS.roles.co),
        (Role::Support, &UNITS.roles.support),
        (Role::Unspecified, &UNITS.roles.unspecified),
    ]
}

/// The role that a word by itself says.
fn role_word(text: &str) -> Option<Role> {
    let text = text.trim_end_matches(['：', ':']);
    roles().into_iter().find(|(_, words)| words.iter().any(|word| word == text)).map(|(role, _)| role)
}

/// A name and what the words beside it say of its part.
struct Named<'a> {
    name: &'a str,
    role: Option<Role>,
    /// The word stands before this name and is said of it alone: 会同区卫健局.
    joined: bool,
}

/// A name without the role word before it (牵头单位：区教育局, 会同区教育局) or behind it (区教育局牵头, 由区教育局牵头).
fn role_of(text: &str) -> Named<'_> {
    if let Some((word, rest)) = text.split_once(['：', ':'])
        && let Some(role) = role_word(word)
    {
        return Named { name: rest.trim(), role: Some(role), joined: false };
    }
    let joining = UNITS.joining.iter().find_map(|word| text.strip_prefix(word.as_str()));
    let rest = joining.filter(|rest| !rest.is_empty()).unwrap_or(text);
    let joined = rest.len() < text.len();
    let found = roles().into_iter().find_map(|(role, words)| {
        // 区卫健局配合 has a role; a unit that is called 配合单位 and nothing else has none.
        let mut names = words.iter().filter_map(|word| rest.strip_suffix(word.as_str()));
        names.find(|name| name.chars().count() > 1).map(|name| (name.trim_end(), role))
    });
    let (name, role) = found.map_or((rest, None), |(name, role)| (name, Some(role)));
    let by = name.strip_prefix('由').filter(|name| ends_as_unit(bare(name)));
    Named { name: by.unwrap_or(name), role: if joined { Some(Role::Co) } else { role }, joined }
}

/// A role word stands behind the last of the units it is said of, or before the first: 区教育局、区卫健局牵头，区文旅局配合.
fn spread_roles(units: &mut [Unit], column: Role) {
    if column != Role::Unspecified {
        for unit in units.iter_mut().filter(|unit| unit.role == Role::Unspecified) {
            unit.role = column;
        }
        return;
    }
    // Said before: 牵头单位：甲、乙 holds until the next such word.
    let mut said_before = None;
    for unit in units.iter_mut() {
        let leads = unit.raw.split_once(['：', ':']).and_then(|(word, _)| role_word(word));
        said_before = leads.or(said_before);
        if unit.role == Role::Unspecified {
            unit.role = said_before.unwrap_or_default();
        }
    }
    // Said behind: from the end, each word holds back to the unit before it that has one.
    let mut said_behind = Role::Unspecified;
    for unit in units.iter_mut().rev() {
        if unit.role == Role::Unspecified {
            unit.role = said_behind;
        } else {
            // A role in brackets, 区教育局（牵头）, is that unit's alone, and so is one before it, 会同区教育局.
            let own = unit.raw.ends_with(CLOSE) || role_of(unnumbered(&unit.raw)).joined;
            said_behind = if own { Role::Unspecified } else { unit.role };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.split('\n').map(str::to_owned).collect()
    }

    fn names(text: &str) -> Vec<String> {
        Directory::default()
            .parse(&lines(text), Role::Unspecified)
            .into_iter()
            .map(|unit| unit.name)
            .collect()
    }

    #[test]
    fn names_are_split_and_rejoined() {
        let cases: [(&str, &[&str]); 31] = [
            ("区编办", &["区编办"]),
            ("区建设局\n区市场监督管理局\n区旅游局", &["区建设局", "区市场监督管理局", "区旅游局"]),
            ("区公共资源\n配置中心", &["区公共资源配置中心"]),
            ("区政务服务中心\n管委会\n区政务信息中心", &["区政务服务中心管委会", "区政务信息中心"]),
            ("区农林水利局\n（区委农办）", &["区农林水利局"]),
            ("省编办\n(省审改办)、省财政厅办公室", &["省编办", "省财政厅办公室"]),
            ("区政府办（秘书科、督查科）、区法制办", &["区政府办", "区法制办"]),
            ("区 教 育 局", &["区教育局"]),
            ("区教育局 区卫计局", &["区教育局", "区卫计局"]),
            ("区疾控\n区编办", &["区疾控", "区编办"]),
            ("市公交\n区国投\n区教育局", &["市公交", "区国投", "区教育局"]),
            ("厦门水务 区编办", &["厦门水务", "区编办"]),
            ("区住房和城乡\n建设局", &["区住房和城乡建设局"]),
            ("区城市管理办\n公室", &["区城市管理办公室"]),
            ("海沧街道\n办事处", &["海沧街道办事处"]),
            ("区委\n宣传部", &["区委宣传部"]),
            ("区政府办\n（秘书科、\n督查科）\n区法制办", &["区政府办", "区法制办"]),
            ("区发改局和区经信局", &["区发改局", "区经信局"]),
            ("区人力资源和社会保障局", &["区人力资源和社会保障局"]),
            ("区教育局，区财政局；区审计局／区档案馆", &["区教育局", "区财政局", "区审计局", "区档案馆"]),
            ("区政府办（秘书科）\n区政府工作部门", &["区政府办", "区政府工作部门"]),
            (
                "区联动中心\n区法制办\n重要政策的牵头起草部门",
                &["区联动中心", "区法制办", "重要政策的牵头起草部门"],
            ),
            ("①区教育局②区卫健局", &["区教育局", "区卫健局"]),
            ("1.区教育局\n2.区卫健局", &["区教育局", "区卫健局"]),
            ("1、区教育局；2、区卫健局", &["区教育局", "区卫健局"]),
            ("（1）区教育局\n（2）区卫健局", &["区教育局", "区卫健局"]),
            ("区教育局会同区卫健局", &["区教育局", "区卫健局"]),
            ("市残疾人联合会", &["市残疾人联合会"]),
            ("（秘书科）", &["（秘书科）"]),
            ("牵头单位：", &["牵头单位："]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(names(text), expected, "{text}");
        }
    }

    #[test]
    fn a_known_name_is_not_found_across_a_bracket() {
        let names = ["区政府办".to_owned(), "区法制办".to_owned()];
        let directory = Directory { names: names.into(), ..Directory::default() };
        let units = directory.parse(&lines("区政府办（秘书科）\n区法制办"), Role::Unspecified);
        assert_eq!(units.len(), 2);
    }

    #[test]
    fn brackets_hold_an_office_or_a_second_name() {
        let parse = |text: &str| Directory::default().parse(&lines(text), Role::Unspecified).remove(0);
        let unit = parse("区政府办（秘书科）");
        assert_eq!(
            (unit.name.as_str(), unit.office.as_deref(), unit.second_name),
            ("区政府办", Some("秘书科"), None)
        );
        let unit = parse("区农林水利局\n（区委农办）");
        assert_eq!((unit.office, unit.second_name.as_deref()), (None, Some("区委农办")));
        assert_eq!(unit.raw, "区农林水利局（区委农办）");
        for text in ["区政府办【秘书科、督查科】", "区政府办（秘书科）（督查科）"]
        {
            let unit = parse(text);
            assert_eq!((unit.name.as_str(), unit.office.as_deref()), ("区政府办", Some("秘书科、督查科")));
            assert_eq!(unit.raw, text);
        }
        let unit = parse("区教育局（牵头）");
        assert_eq!((unit.name.as_str(), unit.role), ("区教育局", Role::Lead));
    }

    #[test]
    fn roles_hold_for_the_units_they_are_said_of() {
        let roles = |text: &str| {
            let units = Directory::default().parse(&lines(text), Role::Unspecified);
            units.into_iter().map(|unit| (unit.name, unit.role)).collect::<Vec<_>>()
        };
        let pair = |name: &str, role| (name.to_owned(), role);
        assert_eq!(
            roles("区教育局、区卫计局牵头，区文体局配合"),
            [pair("区教育局", Role::Lead), pair("区卫计局", Role::Lead), pair("区文体局", Role::Support)]
        );
        assert_eq!(
            roles("牵头单位：区教育局\n配合单位：区卫计局、区文体局"),
            [pair("区教育局", Role::Lead), pair("区卫计局", Role::Support), pair("区文体局", Role::Support)]
        );
        assert_eq!(
            roles("牵头单位：\n区教育局\n配合单位：\n区卫计局"),
            [pair("区教育局", Role::Lead), pair("区卫计局", Role::Support)]
        );
        assert_eq!(
            roles("区教育局（牵头）、区文体局"),
            [pair("区教育局", Role::Lead), pair("区文体局", Role::Unspecified)]
        );
        assert_eq!(roles("由区教育局牵头"), [pair("区教育局", Role::Lead)]);
        assert_eq!(
            roles("区教育局会同区文体局、区卫计局"),
            [
                pair("区教育局", Role::Unspecified),
                pair("区文体局", Role::Co),
                pair("区卫计局", Role::Unspecified)
            ]
        );
        assert_eq!(
            roles("由区教育局牵头会同区文体局负责"),
            [pair("区教育局", Role::Lead), pair("区文体局", Role::Co)]
        );
        assert_eq!(
            roles("区教育局\n区文体局").iter().filter(|(_, role)| *role == Role::Unspecified).count(),
            2
        );
    }

    #[test]
    fn collective_wordings_stay_as_written() {
        let units = Directory::default().parse(&lines("区政府办（秘书科）\n各部门"), Role::Unspecified);
        assert!(!units[0].collective && units[1].collective);
        for text in ["各镇（街道）", "区教育局等部门"] {
            let units = Directory::default().parse(&lines(text), Role::Unspecified);
            assert!(units[0].collective && units[0].name == text && units.len() == 1, "{text}");
        }
    }

    #[test]
    fn reading_the_raws_back_gives_the_same_units() {
        for text in [
            "区教育局、区卫计局牵头，区文体局配合",
            "区政务服务中心\n管委会\n区编办",
            "区教育局（牵头）、区文体局",
            "由区教育局牵头会同区文体局、区卫计局",
            "①区教育局②区卫健局",
            "1、区教育局；2、区卫健局",
            "区政府办（秘书科）（督查科）",
        ] {
            let units = Directory::default().parse(&lines(text), Role::Unspecified);
            let raws: Vec<String> = units.iter().map(|unit| unit.raw.clone()).collect();
            assert_eq!(Directory::default().parse(&raws, Role::Unspecified), units, "{text}");
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(4000))]
        #[test]
        fn no_letter_is_lost(text in "[区教育局会同和由牵头配合各（）【】①1、：； \n]{0,12}") {
            let letters = |text: &str| {
                text.chars().filter(|c| !c.is_whitespace() && !"、；".contains(*c)).collect::<String>()
            };
            let units = Directory::default().parse(&lines(&text), Role::Unspecified);
            let raws: String = units.iter().map(|unit| unit.raw.as_str()).collect();
            let dropped = ["和", "及", "与"];
            let kept = dropped.iter().fold(letters(&raws), |text, word| text.replace(word, ""));
            let told = dropped.iter().fold(letters(&text), |text, word| text.replace(word, ""));
            proptest::prop_assert_eq!(kept, told);
        }
    }
}
