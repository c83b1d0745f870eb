//! How far an answer says that an item was carried out: 已落实, 正在推进, 未开展 …, by the rules of `data/classes.toml`.
//!
//! It is read from free text, so it comes with the rule and the words that told it, for a person to judge. Not here: an answer that
//! several items share, and what the class was last period.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use luoshi_model::{AnswerKind, Classed, Item, StatusClass};
use serde::Deserialize;

use super::{mentions, quantities};
use crate::vocabulary::load;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Classes {
    #[allow(dead_code, reason = "read so that the file is checked to carry it")]
    version: u32,
    rule: Vec<Rule>,
    negation: Negation,
    names: BTreeMap<StatusClass, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
struct Rule {
    name: String,
    class: StatusClass,
    phrases: Vec<String>,
    #[serde(default)]
    except: Vec<String>,
    #[serde(default)]
    not_behind: Vec<String>,
    /// Its words say that something was done, and not only what is done.
    #[serde(default)]
    strong: bool,
    else_class: Option<StatusClass>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Negation {
    before: Vec<String>,
    near: Vec<String>,
}

const CLASSES_TOML: &str = include_str!("../../data/classes.toml");

static CLASSES: LazyLock<Classes> = LazyLock::new(|| load(CLASSES_TOML));

/// The class of an item by its own answer. `paragraphs` is what answers it, which may stand in another item's cell.
pub fn status_class(item: &Item, paragraphs: &[String]) -> Classed {
    let plain = |class, rule: &str| Classed { class, rule: rule.to_owned(), text: String::new(), at: 0 };
    let chosen = item.class.concat();
    let by_name = |(class, names): (&StatusClass, &Vec<String>)| {
        names.iter().any(|name| chosen.contains(name.as_str())).then_some(*class)
    };
    if let Some(class) = CLASSES.names.iter().find_map(by_name) {
        return Classed { text: chosen, ..plain(class, "column") };
    }
    if paragraphs.iter().all(|text| text.trim().is_empty()) {
        return plain(StatusClass::Missing, "answer");
    }
    match item.status.as_ref().map(|status| status.answer) {
        Some(AnswerKind::NotApplicable) => return plain(StatusClass::NotApplicable, "answer"),
        Some(AnswerKind::None | AnswerKind::Struck) => return plain(StatusClass::Undetermined, "answer"),
        _ => {}
    }
    let text = paragraphs.join("\n");
    let strong = |rule: &&Rule| rule.strong && fits(rule, &text).is_some();
    let done = || !quantities(&text).is_empty() || CLASSES.rule.iter().any(|rule| strong(&rule));
    for rule in &CLASSES.rule {
        let Some((at, phrase)) = fits(rule, &text) else { continue };
        let class = rule.else_class.filter(|_| done()).unwrap_or(rule.class);
        return Classed {
            class,
            rule: rule.name.clone(),
            text: phrase.to_owned(),
            at: text[..at].chars().count() as u32,
        };
    }
    match quantities(&text).is_empty() && mentions(&text).is_empty() {
        true => plain(StatusClass::Undetermined, "none"),
        false => plain(StatusClass::Done, "figures"),
    }
}

/// Characters between a negation and what it negates.
const NEAR: usize = 3;

/// The first place where a phrase of a rule stands, not negated; of two at one place the longer one.
fn fits<'r>(rule: &'r Rule, text: &str) -> Option<(usize, &'r str)> {
    let places = rule.phrases.iter().flat_map(|phrase| {
        let whole = text.match_indices(phrase.as_str()).map(|(at, _)| at);
        let means = |at: &usize| !rule.except.iter().any(|word| text[*at..].starts_with(word.as_str()));
        whole
            .filter(move |at| {
                means(at) && !is_behind(&text[..*at], &rule.not_behind) && !is_negated(&text[..*at])
            })
            .take(1)
            .map(move |at| (at, phrase.as_str()))
    });
    places.min_by_key(|(at, phrase)| (*at, std::cmp::Reverse(phrase.len())))
}

fn is_behind(before: &str, words: &[String]) -> bool {
    words.iter().any(|word| before.ends_with(word.as_str()))
}

fn is_negated(before: &str) -> bool {
    let near = |word: &String| {
        let behind = before.rfind(word.as_str()).map(|at| &before[at + word.len()..]);
        // 未及时公布
        behind
            .is_some_and(|behind| behind.chars().count() <= NEAR && behind.chars().all(char::is_alphanumeric))
    };
    let negation = &CLASSES.negation;
    negation.before.iter().any(|word| before.ends_with(word.as_str())) || negation.near.iter().any(near)
}

#[cfg(test)]
mod tests {
    use super::*;
    use luoshi_model::Answer;

    #[test]
    fn the_data_is_whole() {
        let classes: Classes = toml::from_str(CLASSES_TOML).unwrap();
        assert!(!classes.rule.is_empty() && !classes.names.is_empty());
    }

    #[test]
    fn answers_are_classed_by_their_words() {
        use StatusClass::{Continuing, Done, Missing, NotBegun, Ongoing, Partly, Undetermined};
        let cases = [
            ("全年公布典型案例12起。", Done, "公布"),
            ("已按规定及时公开有关内容。", Done, "已按规定"),
            ("每周召开一次会商会。", Continuing, "每周"),
            ("新版目录正在修订。", Ongoing, "正在"),
            ("尚未开展此项工作。", NotBegun, "尚未开展"),
            ("组织了两次培训，第三次尚未开展。", Partly, "尚未开展"),
            ("未公布，原因待查。", NotBegun, "未公布"),
            ("公开工作尚未启动。", NotBegun, "尚未启动"),
            ("应公开10项，8项未公开。", Partly, "未公开"),
            ("每年将经营情况予以公开。", Continuing, "每年"),
            ("指导社会组织提高公信力。", Undetermined, ""),
            ("已经完成链接。", Done, "已经完成"),
            ("拟公开20条。", Ongoing, "拟公开"),
            ("未及时公布。", Undetermined, ""),
            ("系统正在平稳运行，全年公布12期。", Done, "公布"),
            ("全区在册732户。", Done, ""),
            ("按要求做好工作。", Undetermined, ""),
            ("", Missing, ""),
        ];
        for (text, class, words) in cases {
            let paragraphs: Vec<String> = text.lines().map(str::to_owned).collect();
            let status =
                Answer { answer: AnswerKind::Answered, paragraphs: paragraphs.clone(), ..Answer::default() };
            let item = Item { status: Some(status), ..Item::default() };
            let told = status_class(&item, &paragraphs);
            assert_eq!((told.class, told.text.as_str()), (class, words), "{text}");
        }
    }

    #[test]
    fn what_the_unit_chose_and_what_kind_of_answer_it_is_come_first() {
        let text = vec!["正在办理。".to_owned()];
        let chosen = Item { class: vec!["持续推进".to_owned()], ..Item::default() };
        assert_eq!(status_class(&chosen, &text).class, StatusClass::Continuing);
        let status = Answer { answer: AnswerKind::NotApplicable, ..Answer::default() };
        let item = Item { status: Some(status), ..Item::default() };
        assert_eq!(status_class(&item, &text).class, StatusClass::NotApplicable);
    }
}
