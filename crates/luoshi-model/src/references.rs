//! Whether the ids of an attachment hold together: each stands once, each that is named exists, and no answers refer to one
//! another in a circle. What luoshi makes of a table always does; JSON that a person or another program wrote may not.
//!
//! Not here: the shape of the JSON (the types refuse what does not fit them).

use std::collections::{BTreeMap, BTreeSet};

use luoshi_table::{Diagnostic, Locator};

use crate::{Attachment, Item};

impl Attachment {
    /// What is wrong with the ids, found in the file at `place`. Every finding is an error: an item without an identity of its
    /// own, or an answer that is looked for in vain, must not be merged or published before a person has looked.
    pub fn check_references(&self, place: &Locator) -> Vec<Diagnostic> {
        let mut check = Check { place, findings: Vec::new() };
        let sections = self.sections.iter().map(|part| (part.id.as_str(), part.title.clone()));
        let sections = check.ids("section", sections);
        let focuses = self.focuses.iter().map(|part| (part.id.as_str(), part.title.clone()));
        let focuses = check.ids("focus", focuses);
        let items = check.ids("item", self.items.iter().map(|item| (item.id.as_str(), item.name())));
        for focus in &self.focuses {
            check.refers(&focus.section, &sections, "section", || focus.title.clone());
        }
        for item in &self.items {
            let name = || item.name();
            check.refers(&item.section, &sections, "section", name);
            check.refers(&item.focus, &focuses, "focus", name);
            if let Some(status) = &item.status {
                check.refers(&status.see, &items, "status.see", name);
                check.refers(&status.covers, &items, "status.covers", name);
            }
            for (column, ids) in &item.merged {
                check.refers(ids, &items, &format!("merged.{column}"), name);
            }
        }
        for circle in self.circles() {
            let names: Vec<String> = circle.iter().chain(circle.first()).map(|item| item.name()).collect();
            let finding = Diagnostic::error("reference-circular", place.clone());
            check.findings.push(finding.with("text", names.join(" → ")));
        }
        check.findings
    }

    /// The items whose answers refer to one another, circle by circle.
    fn circles(&self) -> Vec<Vec<&Item>> {
        let at: BTreeMap<&str, usize> =
            self.items.iter().enumerate().rev().map(|(index, item)| (item.id.as_str(), index)).collect();
        let next = |item: &Item| at.get(item.status.as_ref()?.see.as_deref()?).copied();
        let mut circles = Vec::new();
        // By item, the walk that came by it.
        let mut seen: Vec<Option<usize>> = vec![None; self.items.len()];
        for start in 0..self.items.len() {
            let (mut walk, mut item) = (Vec::new(), Some(start));
            while let Some(here) = item.filter(|&here| seen[here].is_none()) {
                seen[here] = Some(start);
                walk.push(here);
                item = next(&self.items[here]);
            }
            // A walk that ends at one of its own items has gone round.
            let begins = item.and_then(|end| walk.iter().position(|&here| here == end));
            circles.extend(begins.map(|begins| walk[begins..].iter().map(|&i| &self.items[i]).collect()));
        }
        circles
    }
}

struct Check<'a> {
    place: &'a Locator,
    findings: Vec<Diagnostic>,
}

impl Check<'_> {
    /// The ids of one kind; those that stand more than once are reported by the names of what has them.
    fn ids<'b>(
        &mut self,
        field: &'static str,
        ids: impl Iterator<Item = (&'b str, String)>,
    ) -> BTreeSet<&'b str> {
        let mut names: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        ids.for_each(|(id, name)| names.entry(id).or_default().push(name));
        for (id, names) in names.iter().filter(|(_, names)| names.len() > 1) {
            let finding = Diagnostic::error("id-repeated", self.place.clone()).with("field", field);
            self.findings.push(finding.with("id", id).with("names", names.join("、")));
        }
        names.into_keys().collect()
    }

    /// Holds ids against those there are.
    fn refers<'b>(
        &mut self,
        ids: impl IntoIterator<Item = &'b String>,
        known: &BTreeSet<&str>,
        key: &str,
        name: impl Fn() -> String,
    ) {
        for id in ids.into_iter().filter(|id| !known.contains(id.as_str())) {
            let finding = Diagnostic::error("reference-unknown", self.place.clone()).with("item", name());
            self.findings.push(finding.with("key", key).with("id", id));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Answer, Focus, Section};

    fn item(number: u32, id: &str) -> Item {
        Item { id: id.to_owned(), number: Some(number), status: Some(Answer::default()), ..Item::default() }
    }

    fn sees(number: u32, id: &str, see: &str) -> Item {
        let status = Answer { see: Some(see.to_owned()), ..Answer::default() };
        Item { status: Some(status), ..item(number, id) }
    }

    /// Code and arguments of every finding.
    fn findings(attachment: &Attachment) -> Vec<(&'static str, Vec<String>)> {
        let place = Locator::file(&"a.json".into());
        let found = attachment.check_references(&place).into_iter();
        found.map(|f| (f.code, f.arguments.into_iter().map(|(_, value)| value).collect())).collect()
    }

    #[test]
    fn ids_that_hold_together_are_not_mentioned() {
        let mut first = item(1, "a");
        first.section = Some("1".to_owned());
        first.focus = Some("1.1".to_owned());
        first.merged.insert("units".to_owned(), vec!["a".to_owned(), "b".to_owned()]);
        first.status.as_mut().unwrap().covers = vec!["a".to_owned(), "b".to_owned()];
        let part = |id: &str| (id.to_owned(), String::new(), String::new());
        let (id, label, title) = part("1");
        let section = Section { id, label, title };
        let (id, label, title) = part("1.1");
        let focus = Focus { id, section: Some("1".to_owned()), label, title };
        let attachment = Attachment {
            sections: vec![section],
            focuses: vec![focus],
            items: vec![first, sees(2, "b", "a"), sees(3, "c", "b")],
            ..Attachment::default()
        };
        assert_eq!(findings(&attachment), []);
    }

    #[test]
    fn an_id_stands_once() {
        let part = || Section { id: "1".to_owned(), label: String::new(), title: "甲".to_owned() };
        let attachment = Attachment {
            sections: vec![part(), part()],
            items: vec![item(1, "a"), item(2, "b"), item(7, "a")],
            ..Attachment::default()
        };
        let arguments = |words: [&str; 3]| words.map(str::to_owned).to_vec();
        assert_eq!(
            findings(&attachment),
            [
                ("id-repeated", arguments(["section", "1", "甲、甲"])),
                ("id-repeated", arguments(["item", "a", "1、7"])),
            ]
        );
    }

    #[test]
    fn every_place_that_names_an_id_is_held_against_what_there_is() {
        let mut first = sees(1, "a", "n1");
        first.section = Some("n2".to_owned());
        first.focus = Some("n3".to_owned());
        first.merged.insert("units".to_owned(), vec!["a".to_owned(), "n4".to_owned()]);
        first.status.as_mut().unwrap().covers = vec!["a".to_owned(), "n5".to_owned()];
        let focus = Focus {
            id: "1.1".to_owned(),
            section: Some("n6".to_owned()),
            label: String::new(),
            title: "甲".to_owned(),
        };
        let attachment = Attachment { focuses: vec![focus], items: vec![first], ..Attachment::default() };
        let expected = [
            ["甲", "section", "n6"],
            ["1", "section", "n2"],
            ["1", "focus", "n3"],
            ["1", "status.see", "n1"],
            ["1", "status.covers", "n5"],
            ["1", "merged.units", "n4"],
        ];
        let expected = expected.map(|words| ("reference-unknown", words.map(str::to_owned).to_vec()));
        assert_eq!(findings(&attachment), expected);
    }

    #[test]
    fn each_circle_is_told_once() {
        // 1 leads into the circle of 2, 3 and 4 and is not of it; 5 refers to itself; 6 to an item with an answer.
        let items = vec![
            sees(1, "a", "b"),
            sees(2, "b", "c"),
            sees(3, "c", "d"),
            sees(4, "d", "b"),
            sees(5, "e", "e"),
            sees(6, "f", "g"),
            item(7, "g"),
        ];
        let attachment = Attachment { items, ..Attachment::default() };
        let circular = |text: &str| ("reference-circular", vec![text.to_owned()]);
        assert_eq!(findings(&attachment), [circular("2 → 3 → 4 → 2"), circular("5 → 5")]);
    }
}
