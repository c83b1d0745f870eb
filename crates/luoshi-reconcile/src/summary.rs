//! An attachment summed up: what each item came to, its problems and what will be done, its figures; and what became of the last period's.
//!
//! Not here: how it is laid out; how a class is told from words (facts of the normalizer).

use std::collections::{BTreeMap, BTreeSet};

use luoshi_model::{
    Attachment, Change, ChangeSet, ClassSet, Classed, Classes, ColumnKey, Focus, Item, Regressed, RemarkKind,
    Section, StatusClass, Summary, SummaryChange, SummaryItem, SummaryProblem, fnv1a,
};
use luoshi_normalizer::facts::quantities;
use luoshi_table::{Diagnostic, Outcome, Severity};

use crate::answers::Answers;
use crate::review::{class_of, next_steps, problems, says_something};

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
            let changed = |own: &&ClassSet| match own.check.is_empty() {
                true => own.told.class != told.class,
                false => own.check != check(item, &answers),
            };
            if own.is_some_and(|own| own.set.is_some() && changed(own)) {
                let finding = Diagnostic::unplaced("class-outdated", Severity::Warning);
                findings.push(finding.with("item", item.name()).with("class", told.class.name()));
            }
            let mut summed = summed(item, &answers, &named);
            summed.set = given.is_some();
            summed.class = match given {
                Some(class) => Classed { class, rule: SET.to_owned(), text: String::new(), at: 0 },
                None => told,
            };
            summed
        })
        .collect();
    let mut seen = BTreeSet::new();
    for own in set.classes.iter().filter(|own| own.set.is_some() && !seen.insert(own.item.as_str())) {
        findings.push(Diagnostic::unplaced("class-twice", Severity::Error).with("item", &own.item));
    }
    let here: BTreeSet<&str> = items.iter().map(|item| item.id.as_str()).collect();
    for own in set.classes.iter().filter(|own| own.set.is_some() && !here.contains(own.item.as_str())) {
        findings.push(Diagnostic::unplaced("class-of-nothing", Severity::Warning).with("item", &own.item));
    }
    let summary = Summary {
        title: attachment.title.clone(),
        period: attachment.period.as_ref().map_or_else(String::new, |period| period.label.clone()),
        previous: previous.map(|(old, changes)| change(old, &items, changes)),
        items,
        ..Summary::default()
    };
    Outcome::new(summary, findings)
}

/// The classes of a summary, for a person to set: what was set stays, what the words say is written down anew.
pub fn classes(summary: &Summary, attachment: &Attachment, before: &Classes) -> Classes {
    let answers = Answers::new(attachment);
    let by_id: BTreeMap<&str, &ClassSet> =
        before.classes.iter().map(|own| (own.item.as_str(), own)).collect();
    let one = |(item, summed): (&Item, &SummaryItem)| {
        let own = by_id.get(item.id.as_str()).copied();
        // What the words said when a person set the class stays, so that a change of them is told until somebody looked.
        if let Some(own) = own.filter(|own| own.set.is_some() && !own.check.is_empty()) {
            return own.clone();
        }
        ClassSet {
            item: item.id.clone(),
            set: own.and_then(|own| own.set),
            why: own.map_or_else(String::new, |own| own.why.clone()),
            told: class_of(item, &answers),
            check: check(item, &answers),
            matter: summed.matter.clone(),
        }
    };
    let mut classes: Vec<ClassSet> = attachment.items.iter().zip(&summary.items).map(one).collect();
    // What a person set of items that this table does not have is kept: it may be another's file, or the item may come back.
    let here: BTreeSet<&str> = attachment.items.iter().map(|item| item.id.as_str()).collect();
    let elsewhere = |own: &&ClassSet| own.set.is_some() && !here.contains(own.item.as_str());
    classes.extend(before.classes.iter().filter(elsewhere).cloned());
    Classes { classes, ..Classes::default() }
}

/// The rule of a class that a person set.
const SET: &str = "set";

/// Digits that change with what answers an item.
fn check(item: &Item, answers: &Answers<'_>) -> String {
    let text = answers.text(item, &ColumnKey::Status).join("\n");
    format!("{:016x}", fnv1a(&text))
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
        let texts = blocks.map(|block| block.paragraphs.join("\n")).filter(|text| says_something(text));
        texts.collect()
    };
    let mut practices = of_kind(&[RemarkKind::Practice, RemarkKind::Measure]);
    practices.extend(item.practice.iter().filter(|text| says_something(text)).cloned());
    let status = item.status.as_ref();
    // Why it does not apply, in the answer and beside it; and what is said where there is no answer.
    let reason = status.and_then(|status| status.reason.clone());
    let unanswered = status.is_none_or(|status| status.paragraphs.is_empty() && status.see.is_none());
    let explained = of_kind(&[RemarkKind::Explanation, RemarkKind::Other]);
    let explained = explained.into_iter().filter(|_| reason.is_some() || unanswered);
    let reasons: Vec<String> = reason.iter().cloned().chain(explained).collect();
    SummaryItem {
        id: item.id.clone(),
        number: item.number_text(),
        matter: item.matter.clone(),
        section: named.of(item),
        units: item.units.iter().map(|unit| unit.name.clone()).collect(),
        class: Classed { class: StatusClass::Undetermined, rule: String::new(), text: String::new(), at: 0 },
        set: false,
        reason: reasons.join("\n"),
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
    let mut found: Vec<String> = Vec::new();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    // Figures in titles and quoted words are parts of names: 《…八条措施》, “三张清单”. Counted once
    // over the text, for a cell may hold thousands of figures.
    let (mut read, mut titles, mut quotes) = (0, 0_isize, 0_isize);
    for quantity in quantities(text).into_iter().filter(|one| one.amount > 0.0) {
        for c in text[read..quantity.span.start].chars() {
            match c {
                '《' => titles += 1,
                '》' => titles -= 1,
                '“' => quotes += 1,
                '”' => quotes -= 1,
                _ => {}
            }
        }
        read = quantity.span.start;
        if titles > 0 || quotes > 0 {
            continue;
        }
        let figure = &text[quantity.span.clone()];
        // 两个, 三是: figures of speech.
        if !figure.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let from = quantity.span.start.saturating_sub(LEAD);
        let from = (from..=quantity.span.start).find(|at| text.is_char_boundary(*at)).unwrap_or_default();
        let lead = text[from..quantity.span.start].rsplit(STOPS).next().unwrap_or_default();
        let lead =
            lead.trim_start_matches(['”', '》', '①', '②', '③', '④', '⑤', '⑥', '⑦', '⑧', '⑨', ' ']).trim();
        let behind = text[quantity.span.end..].chars().take_while(|c| !STOPS.contains(c));
        let behind: String = behind.take(BEHIND).collect();
        let told = match lead.chars().count() > 1 {
            true => [lead, figure].concat(),
            false => [lead, figure, behind.trim()].concat(),
        };
        if seen.insert(told.clone()) {
            found.push(told);
        }
    }
    found
}

fn change(old: &Attachment, new: &[SummaryItem], changes: &ChangeSet) -> SummaryChange {
    let label = match &old.period {
        Some(period) => period.label.clone(),
        None => Some(old.title.clone()).filter(|title| !title.is_empty()).unwrap_or_else(|| LAST.to_owned()),
    };
    let mut answers: BTreeMap<Change, usize> = BTreeMap::new();
    let both = changes.items.iter().filter(|item| item.old.is_some() && item.new.is_some());
    for item in both.clone() {
        let status = item.columns.iter().find(|column| column.column == ColumnKey::Status);
        *answers.entry(status.map_or(Change::Unchanged, |column| column.change)).or_default() += 1;
    }
    let items: BTreeMap<&str, &SummaryItem> = new.iter().map(|item| (item.id.as_str(), item)).collect();
    let before: BTreeMap<&str, &Item> = old.items.iter().map(|item| (item.id.as_str(), item)).collect();
    // By the class that a person set, where one did.
    let regressed = changes.review.classes.iter().filter_map(|class| {
        let item = items.get(class.item.new.as_deref()?)?;
        let (old, new) = (class.old.as_ref()?.class, item.class.class);
        let (number, matter) = (item.number.clone(), item.matter.clone());
        new.is_behind(old).then_some(Regressed { number, matter, old, new })
    });
    let problems = changes.review.problems.iter().map(|problem| {
        let new = problem.item.new.as_deref().and_then(|id| items.get(id));
        let old = problem.item.old.as_deref().and_then(|id| before.get(id));
        let number = new.map(|item| item.number.clone()).or_else(|| old.map(|item| item.number_text()));
        let matter = new.map(|item| item.matter.clone()).or_else(|| old.map(|item| item.matter.clone()));
        SummaryProblem {
            number: number.unwrap_or_default(),
            matter: matter.unwrap_or_default(),
            change: problem.clone(),
        }
    });
    SummaryChange {
        label,
        answers,
        compared: both.count(),
        regressed: regressed.collect(),
        problems: problems.collect(),
    }
}

/// What a last period is called that states none.
const LAST: &str = "上期";

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
        assert_eq!(
            figures("《9条措施》的“6张清单”公布，办件12件，又办件12件，另有3份《2项办法》解读。"),
            ["办件12件", "又办件12件", "另有3份"]
        );
    }
}
