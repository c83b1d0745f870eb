//! The identities of sections and focuses: the catalogue's where the titles agree, else by position.
//!
//! Not here: which row stands under which (outline).

use luoshi_model::{Focus, Section};

use crate::index::CatalogueIndex;
use crate::outline::Part;

/// The sections of an outline with their ids.
pub(crate) fn sections(parts: &[Part], index: Option<&CatalogueIndex>) -> Vec<Section> {
    let matched: Vec<Option<&str>> =
        parts.iter().map(|part| index.and_then(|index| index.section_id(&part.title))).collect();
    let ids = ids(&matched, |position| position.to_string());
    let section =
        |(part, id): (&Part, String)| Section { id, label: part.label.clone(), title: part.title.clone() };
    parts.iter().zip(ids).map(section).collect()
}

/// The focuses of an outline with their ids. Equal titles in different sections are different focuses.
pub(crate) fn focuses(parts: &[Part], sections: &[Section], index: Option<&CatalogueIndex>) -> Vec<Focus> {
    let section_of =
        |part: &Part| part.section.and_then(|index| sections.get(index)).map(|section| section.id.clone());
    let mut matched = Vec::with_capacity(parts.len());
    for part in parts {
        matched.push(index.and_then(|index| index.focus_id(section_of(part).as_deref(), &part.title)));
    }
    let mut ids_by_part: Vec<String> = vec![String::new(); parts.len()];
    let mut owners: Vec<Option<usize>> = parts.iter().map(|part| part.section).collect();
    owners.sort_unstable();
    owners.dedup();
    for owner in owners {
        let indexes: Vec<usize> = (0..parts.len()).filter(|&index| parts[index].section == owner).collect();
        let own: Vec<Option<&str>> = indexes.iter().map(|&index| matched[index]).collect();
        let prefix =
            owner.and_then(|index| sections.get(index)).map_or(String::new(), |s| format!("{}.", s.id));
        for (&index, id) in indexes.iter().zip(ids(&own, |position| format!("{prefix}{position}"))) {
            ids_by_part[index] = id;
        }
    }
    let focus = |(part, id): (&Part, String)| Focus {
        id,
        section: section_of(part),
        label: part.label.clone(),
        title: part.title.clone(),
    };
    parts.iter().zip(ids_by_part).map(focus).collect()
}

/// The matched ids, and for the rest the position, or the next free one where a catalogue has it for another.
fn ids(matched: &[Option<&str>], by_position: impl Fn(usize) -> String) -> Vec<String> {
    let mut taken: Vec<String> = matched.iter().flatten().map(|id| (*id).to_owned()).collect();
    let mut given = Vec::with_capacity(matched.len());
    for (index, id) in matched.iter().enumerate() {
        given.push(match id {
            Some(id) => (*id).to_owned(),
            None => {
                let mut position = index + 1;
                while taken.contains(&by_position(position)) {
                    position += 1;
                }
                taken.push(by_position(position));
                by_position(position)
            }
        });
    }
    given
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_positions_that_avoid_the_matched() {
        let position = |p: usize| p.to_string();
        assert_eq!(ids(&[None, None], position), ["1", "2"]);
        assert_eq!(ids(&[Some("2"), None, None], position), ["2", "3", "4"]);
        assert_eq!(ids(&[Some("3"), None], position), ["3", "2"]);
    }

    #[test]
    fn focuses_count_within_their_section() {
        let part = |section, title: &str| Part { section, label: String::new(), title: title.to_owned() };
        let sections = sections(&[part(None, "甲"), part(None, "乙")], None);
        let parts = [part(Some(0), "丙"), part(Some(1), "丙"), part(Some(0), "丁"), part(None, "戊")];
        let ids: Vec<String> = focuses(&parts, &sections, None).into_iter().map(|focus| focus.id).collect();
        assert_eq!(ids, ["1.1", "2.1", "1.2", "1"]);
    }
}
