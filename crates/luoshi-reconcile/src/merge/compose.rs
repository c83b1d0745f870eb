//! Several units' texts as one: the same text once, different ones each led by its units' names.
//!
//! Not here: which texts stand, and in which order.

use std::collections::HashMap;

use luoshi_model::Contribution;

/// A joined text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Composed {
    /// The text, leads and all.
    pub(crate) paragraphs: Vec<String>,
    /// Who said what, without leads; none where all said the same.
    pub(crate) contributions: Vec<Contribution>,
}

/// Joins texts, each with the name of who gave it.
pub(crate) fn compose<'a>(
    texts: impl Iterator<Item = (&'a str, &'a [String])>,
    lead: &dyn Fn(&str) -> String,
) -> Composed {
    let mut groups: Vec<(Vec<&str>, &[String])> = Vec::new();
    let mut by_text: HashMap<&[String], usize> = HashMap::new();
    for (name, paragraphs) in texts {
        let group = *by_text.entry(paragraphs).or_insert(groups.len());
        match groups.get_mut(group) {
            Some((names, _)) => names.push(name),
            None => groups.push((vec![name], paragraphs)),
        }
    }
    if let [(_, paragraphs)] = groups.as_slice() {
        return Composed { paragraphs: paragraphs.to_vec(), contributions: Vec::new() };
    }
    let mut composed = Composed::default();
    for (names, paragraphs) in groups {
        let mut seen: Vec<&str> = Vec::new();
        for name in names.iter().flat_map(|names| names.split('、')) {
            if !seen.contains(&name) {
                seen.push(name);
            }
        }
        let unit = seen.join("、");
        let mut lines = paragraphs.iter().cloned();
        let (lead, first) = (lead(&unit), lines.next().unwrap_or_default());
        // A unit may have led its text itself.
        composed.paragraphs.push(if first.starts_with(&lead) { first } else { lead + &first });
        composed.paragraphs.extend(lines);
        composed.contributions.push(Contribution { unit, paragraphs: paragraphs.to_vec() });
    }
    composed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(texts: &[(&str, &str)]) -> Vec<String> {
        let texts: Vec<(&str, Vec<String>)> =
            texts.iter().map(|(name, text)| (*name, text.split('|').map(str::to_owned).collect())).collect();
        compose(texts.iter().map(|(name, text)| (*name, text.as_slice())), &|name| format!("{name}："))
            .paragraphs
    }

    #[test]
    fn the_same_stands_once_and_different_texts_are_led() {
        assert_eq!(joined(&[("甲", "一。|二。")]), ["一。", "二。"]);
        assert_eq!(joined(&[("甲", "一。"), ("乙", "一。")]), ["一。"]);
        assert_eq!(
            joined(&[("甲", "一。"), ("乙", "二。|三。"), ("丙", "一。")]),
            ["甲、丙：一。", "乙：二。", "三。"]
        );
        assert_eq!(
            joined(&[("甲、乙", "一。"), ("乙", "一。"), ("丁", "二。")]),
            ["甲、乙：一。", "丁：二。"]
        );
        assert_eq!(joined(&[("甲", "甲：一。"), ("乙", "二。")]), ["甲：一。", "乙：二。"]);
        assert!(joined(&[]).is_empty());
    }
}
