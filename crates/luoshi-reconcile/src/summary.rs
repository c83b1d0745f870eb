//! An attachment summed up: what each item came to, its problems and what will be done, its figures; and what became of the last period's.
//!
//! Not here: how it is laid out; how a class is told from words (facts of the normalizer).

use std::collections::BTreeMap;

use luoshi_model::{
    Attachment, Change, ChangeSet, ClassSet, Classes, ColumnKey, Focus, Item, Regressed, RemarkKind, Section,
    StatusClass, Summary, SummaryChange, SummaryItem,
};
use luoshi_normalizer::facts::quantities;
use luoshi_table::{Diagnostic, Outcome, Severity};

use crate::answers::Answers;
use crate::review::{class_of, next_steps, problems};

/// Characters behind a figure that say what it counts.
const BEHIND: usize = 10;

/// Bytes before a figure that say what it counts.
const LEAD: usize = 36;

/// Sums an attachment up. `set` has the classes that a person gave; those of items that are no more are told, and so are those whose words
/// changed since.
pub fn summary(
    attachment: &Attachment,
    set: &Classes,
    previous: Option<(&Attachment, &ChangeSet)>,
) -> Outcome<Summary> {
    let answers = Answers::new(attachment);
    let mut findings = Vec::new();
    let by_id: BTreeMap<&str, &ClassSet> = set.classes.iter().map(|one| (one.item.as_str(), one)).collect();
    let named = Sections::new(attachment);
    let items: Vec<SummaryItem> = attachment
        .items
        .iter()
        .map(|item| {
            let told = class_of(item, &answers);
            let own = by_id.get(item.id.as_str());
            let given = own.and_then(|own| own.set);
            if own.is_some_and(|own| own.set.is_some() && own.told.class != told.class) {
                let finding = Diagnostic::unplaced("class-outdated", Severity::Warning);
                findings.push(finding.with("item", item.name()).with("class", told.class.name()));
            }
            let mut summed = summed(item, &answers, &named);
            summed.set = given.is_some();
            summed.class = told;
            summed.class.class = given.unwrap_or(summed.class.class);
            summed
        })
        .collect();
    let known = |id: &str| attachment.items.iter().any(|item| item.id == id);
    for own in set.classes.iter().filter(|own| own.set.is_some() && !known(&own.item)) {
        findings.push(Diagnostic::unplaced("class-of-nothing", Severity::Warning).with("item", &own.item));
    }
    let summary = Summary {
        title: attachment.title.clone(),
        period: attachment.period.as_ref().map_or_else(String::new, |period| period.label.clone()),
        items,
        previous: previous.map(|(old, changes)| change(old, attachment, changes)),
        ..Summary::default()
    };
    Outcome::new(summary, findings)
}

/// The classes of a summary, for a person to set: what was set stays, what the words say is written down anew.
pub fn classes(summary: &Summary, attachment: &Attachment, before: &Classes) -> Classes {
    let answers = Answers::new(attachment);
    let one = |(item, summed): (&Item, &SummaryItem)| {
        let own = before.classes.iter().find(|own| own.item == item.id);
        ClassSet {
            item: item.id.clone(),
            set: own.and_then(|own| own.set),
            why: own.map_or_else(String::new, |own| own.why.clone()),
            told: class_of(item, &answers),
            matter: summed.matter.clone(),
        }
    };
    let classes = attachment.items.iter().zip(&summary.items).map(one).collect();
    Classes { classes, ..Classes::default() }
}

/// The titles of sections by the ids of items' focuses and sections.
struct Sections<'a> {
    sections: BTreeMap<&'a str, &'a Section>,
    focuses: BTreeMap<&'a str, &'a Focus>,
}

impl<'a> Sections<'a> {
    fn new(attachment: &'a Attachment) -> Self {
        Self {
            sections: attachment.sections.iter().map(|one| (one.id.as_str(), one)).collect(),
            focuses: attachment.focuses.iter().map(|one| (one.id.as_str(), one)).collect(),
        }
    }

    fn of(&self, item: &Item) -> String {
        let focus = item.focus.as_deref().and_then(|id| self.focuses.get(id));
        let id = item.section.as_deref().or(focus.and_then(|focus| focus.section.as_deref()));
        let section = id.and_then(|id| self.sections.get(id));
        section.map_or_else(String::new, |section| [section.label.as_str(), &section.title].concat())
    }
}

fn summed(item: &Item, answers: &Answers<'_>, named: &Sections<'_>) -> SummaryItem {
    let of_kind = |kinds: &[RemarkKind]| -> Vec<String> {
        let blocks = item.remarks.iter().filter(|block| kinds.contains(&block.kind));
        let texts = blocks.map(|block| block.paragraphs.join("")).filter(|text| !text.trim().is_empty());
        texts.collect()
    };
    let mut practices = of_kind(&[RemarkKind::Practice, RemarkKind::Measure]);
    practices.extend(item.practice.iter().filter(|text| !text.trim().is_empty()).cloned());
    let status = item.status.as_ref();
    let reason = status.and_then(|status| status.reason.clone());
    let explained = || {
        let said = of_kind(&[RemarkKind::Explanation, RemarkKind::Other]).join("");
        Some(said)
            .filter(|_| status.is_none_or(|status| status.paragraphs.is_empty() && status.see.is_none()))
    };
    SummaryItem {
        id: item.id.clone(),
        number: item.number_text(),
        matter: item.matter.clone(),
        section: named.of(item),
        units: item.units.iter().map(|unit| unit.name.clone()).collect(),
        class: luoshi_model::Classed {
            class: StatusClass::Undetermined,
            rule: String::new(),
            text: String::new(),
            at: 0,
        },
        set: false,
        reason: reason.or_else(explained).unwrap_or_default(),
        practices,
        problems: problems(item, answers),
        next_steps: next_steps(item),
        figures: status.map_or_else(Vec::new, |status| {
            status.paragraphs.iter().flat_map(|text| figures(text)).collect()
        }),
    }
}

/// The figures of a text, each with the words of its clause before it, 发布信息55条; where there are none, with those behind it, 18个部门.
fn figures(text: &str) -> Vec<String> {
    const STOPS: [char; 9] = ['，', '。', '；', '、', '：', '（', '）', '\n', ','];
    let mut found = Vec::new();
    for quantity in quantities(text) {
        let figure = &text[quantity.span.clone()];
        let from = quantity.span.start.saturating_sub(LEAD);
        let from = (from..=quantity.span.start).find(|at| text.is_char_boundary(*at)).unwrap_or_default();
        let lead = text[from..quantity.span.start].rsplit(STOPS).next().unwrap_or_default().trim();
        let behind = text[quantity.span.end..].split(STOPS).next().unwrap_or_default();
        let behind: String = behind.chars().take(BEHIND).collect();
        match (lead.chars().count() > 1, figure.starts_with(|c: char| c.is_ascii_digit())) {
            (true, _) => found.push([lead, figure].concat()),
            (false, true) => found.push([lead, figure, behind.trim()].concat()),
            // 两个, 三是: a figure of speech.
            (false, false) => {}
        }
    }
    found
}

fn change(old: &Attachment, new: &Attachment, changes: &ChangeSet) -> SummaryChange {
    let label =
        |side: &Attachment| side.period.as_ref().map_or_else(|| side.title.clone(), |one| one.label.clone());
    let mut answers: BTreeMap<Change, usize> = BTreeMap::new();
    let both = changes.items.iter().filter(|item| item.old.is_some() && item.new.is_some());
    for item in both.clone() {
        let status = item.columns.iter().find(|column| column.column == ColumnKey::Status);
        *answers.entry(status.map_or(Change::Unchanged, |column| column.change)).or_default() += 1;
    }
    let items: BTreeMap<&str, &Item> = new.items.iter().map(|item| (item.id.as_str(), item)).collect();
    let regressed = changes.review.classes.iter().filter(|class| class.regressed).filter_map(|class| {
        let item = items.get(class.item.new.as_deref()?)?;
        let (old, new) = (class.old.as_ref()?.class, class.new.as_ref()?.class);
        Some(Regressed { number: item.number_text(), matter: item.matter.clone(), old, new })
    });
    let status = changes.review.carried.iter().filter(|one| one.column == ColumnKey::Status);
    SummaryChange {
        label: label(old),
        answers,
        carried: status.count(),
        compared: both.count(),
        regressed: regressed.collect(),
        problems: changes.review.problems.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_come_with_what_they_count() {
        assert_eq!(
            figures("全年发布信息55条，其中政策解读11期；办结率60%。"),
            ["全年发布信息55条", "其中政策解读11期", "办结率60%"]
        );
        assert_eq!(figures("网页改版，18个部门子站上线；两个窗口。"), ["18个部门子站上线"]);
    }
}
