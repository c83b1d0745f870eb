//! The order in which a table shows its parts: sections, key areas and items as they follow each other.
//!
//! Not here: what becomes of a part (a row of its own or a merged cell); the layouts decide that.

use std::collections::BTreeMap;

use luoshi_model::Attachment;

/// A step through the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A section begins.
    Section(usize),
    /// A key area begins; its section has begun.
    Focus(usize),
    /// An item, under the section and the key area that began last or under none.
    Item {
        /// Which one.
        index: usize,
        /// Its section.
        section: Option<usize>,
        /// Its key area.
        focus: Option<usize>,
    },
}

/// Walks through the attachment in the order of its items. Sections and key areas without items keep their place among
/// their siblings; a part that items come back to begins again. An item whose part does not exist stands under none.
pub(super) fn outline(attachment: &Attachment) -> Vec<Step> {
    let sections = by_id(attachment.sections.iter().map(|section| section.id.as_str()));
    let focuses = by_id(attachment.focuses.iter().map(|focus| focus.id.as_str()));
    let focus_section: Vec<Option<usize>> = attachment
        .focuses
        .iter()
        .map(|focus| focus.section.as_deref().and_then(|id| sections.get(id).copied()))
        .collect();
    let places: Vec<(Option<usize>, Option<usize>)> = attachment
        .items
        .iter()
        .map(|item| {
            let focus = item.focus.as_deref().and_then(|id| focuses.get(id).copied());
            let section = item.section.as_deref().and_then(|id| sections.get(id).copied());
            (focus.map_or(section, |focus| focus_section[focus]), focus)
        })
        .collect();

    let without = |count: usize, used: &mut dyn Iterator<Item = usize>| -> Vec<usize> {
        let mut empty = vec![true; count];
        used.for_each(|index| empty[index] = false);
        (0..count).filter(|&index| empty[index]).collect()
    };
    let mut walk = Walk {
        empty_sections: without(attachment.sections.len(), &mut places.iter().filter_map(|place| place.0)),
        empty_focuses: without(attachment.focuses.len(), &mut places.iter().filter_map(|place| place.1)),
        focus_section,
        section: None,
        focus: None,
        steps: Vec::with_capacity(places.len()),
    };
    for (index, (section, focus)) in places.into_iter().enumerate() {
        walk.enter(section, focus);
        walk.steps.push(Step::Item { index, section, focus });
    }
    walk.finish();
    walk.steps
}

fn by_id<'a>(ids: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    let mut map = BTreeMap::new();
    for (index, id) in ids.enumerate() {
        map.entry(id).or_insert(index);
    }
    map
}

struct Walk {
    /// Parts without items that have not been shown yet, in source order.
    empty_sections: Vec<usize>,
    empty_focuses: Vec<usize>,
    focus_section: Vec<Option<usize>>,
    section: Option<usize>,
    focus: Option<usize>,
    steps: Vec<Step>,
}

impl Walk {
    fn enter(&mut self, section: Option<usize>, focus: Option<usize>) {
        if section != self.section {
            self.show_empty_focuses(usize::MAX);
            if let Some(section) = section {
                self.show_empty_sections(section);
                self.steps.push(Step::Section(section));
            }
            (self.section, self.focus) = (section, None);
        }
        if focus != self.focus {
            if let Some(focus) = focus {
                self.show_empty_focuses(focus);
                self.steps.push(Step::Focus(focus));
            }
            self.focus = focus;
        }
    }

    /// Shows the empty key areas of the current section that come before `until`.
    fn show_empty_focuses(&mut self, until: usize) {
        let (section, focus_section, steps) = (self.section, &self.focus_section, &mut self.steps);
        self.empty_focuses.retain(|&focus| {
            let now = focus < until && focus_section[focus] == section;
            if now {
                steps.push(Step::Focus(focus));
            }
            !now
        });
    }

    /// Shows the empty sections that come before `until`, each with its key areas.
    fn show_empty_sections(&mut self, until: usize) {
        let later = self.empty_sections.partition_point(|&section| section < until);
        for section in self.empty_sections.drain(..later).collect::<Vec<_>>() {
            self.steps.push(Step::Section(section));
            self.section = Some(section);
            self.show_empty_focuses(usize::MAX);
        }
    }

    fn finish(&mut self) {
        self.show_empty_focuses(usize::MAX);
        self.show_empty_sections(usize::MAX);
        self.section = None;
        self.show_empty_focuses(usize::MAX);
    }
}

#[cfg(test)]
mod tests {
    use luoshi_model::{Focus, Item, Section};

    use super::*;

    fn attachment(sections: &[&str], focuses: &[(&str, Option<&str>)], items: &[(&str, &str)]) -> Attachment {
        Attachment {
            sections: sections
                .iter()
                .map(|&id| Section { id: id.into(), label: String::new(), title: String::new() })
                .collect(),
            focuses: focuses
                .iter()
                .map(|&(id, section)| Focus {
                    id: id.into(),
                    section: section.map(Into::into),
                    label: String::new(),
                    title: String::new(),
                })
                .collect(),
            items: items
                .iter()
                .map(|&(section, focus)| Item {
                    section: (!section.is_empty()).then(|| section.into()),
                    focus: (!focus.is_empty()).then(|| focus.into()),
                    ..Item::default()
                })
                .collect(),
            ..Attachment::default()
        }
    }

    fn shape(attachment: &Attachment) -> String {
        let steps = outline(attachment);
        let words = steps.iter().map(|step| match step {
            Step::Section(section) => format!("S{section}"),
            Step::Focus(focus) => format!("F{focus}"),
            Step::Item { index, .. } => format!("{index}"),
        });
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn empty_parts_keep_their_place() {
        let sections = ["1", "2", "3", "4"];
        let focuses =
            [("1.1", Some("1")), ("1.2", Some("1")), ("2.1", Some("2")), ("3.1", Some("3")), ("0", None)];
        let items = [("", "1.2"), ("", "1.2"), ("3", "")];
        // By hand: the key area of no section comes before every section, below one it would belong to it; 1.1 is empty and
        // comes before 1.2; section 2 is empty with 2.1 in it; 3.1 comes after the item of 3.
        assert_eq!(shape(&attachment(&sections, &focuses, &items)), "F4 S0 F0 F1 0 1 S1 F2 S2 2 F3 S3");
    }

    #[test]
    fn a_part_that_items_come_back_to_begins_again() {
        assert_eq!(
            shape(&attachment(&["1", "2"], &[], &[("1", ""), ("2", ""), ("1", "")])),
            "S0 0 S1 1 S0 2"
        );
    }

    #[test]
    fn an_item_of_an_unknown_part_stands_under_none() {
        let steps = outline(&attachment(&["1"], &[], &[("7", "")]));
        assert_eq!(steps, [Step::Item { index: 0, section: None, focus: None }, Step::Section(0)]);
    }
}
