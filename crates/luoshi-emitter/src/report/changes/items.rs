//! 逐项对照: every item with what it asked and what was answered, last period and now, the changed words marked.

use luoshi_model::{ColumnChange, ColumnKey, Item, ItemChange, ParagraphMarks};
use luoshi_table::Outcome;

use super::super::{Report, ReportCell, labels as common, list};
use super::{Sides, labels};
use crate::report::cells;
use crate::theme::Theme;

/// What a person filters a comparison by.
pub(crate) struct Facets<'a> {
    /// The item last period.
    pub(crate) old: Option<&'a Item>,
    /// The item now.
    pub(crate) new: Option<&'a Item>,
    /// The item, and what changed of it.
    pub(crate) change: &'a ItemChange,
    /// The columns that are compared.
    pub(crate) columns: Vec<ColumnKey>,
}

impl Facets<'_> {
    /// The item as it is called.
    pub(crate) fn item(&self) -> Option<&Item> {
        self.new.or(self.old)
    }

    /// What became of the question, in words.
    pub(crate) fn question(&self) -> Vec<&'static str> {
        match (&self.change.old, &self.change.new) {
            (None, _) => vec![labels::ADDED],
            (_, None) => vec![labels::REMOVED],
            _ => self.change.question.iter().map(|change| labels::question(*change)).collect(),
        }
    }

    /// What became of its units, in words.
    pub(crate) fn units(&self) -> Vec<String> {
        let units = self.change.units.iter();
        units.map(|unit| labels::unit(unit.old.as_deref(), unit.new.as_deref())).collect()
    }

    pub(crate) fn column(&self, key: &ColumnKey) -> Option<&ColumnChange> {
        self.change.columns.iter().find(|column| column.column == *key)
    }
}

/// Every item of a comparison.
pub(crate) fn facets<'a>(comparison: &crate::Comparison<'a>) -> Vec<Facets<'a>> {
    let mut columns: Vec<ColumnKey> = Vec::new();
    let all = comparison.new.columns.iter().chain(&comparison.old.columns);
    for key in all.map(|column| &column.key).filter(|key| key.is_answered() || **key == ColumnKey::Deadline) {
        let compared = comparison.changes.items.iter().flat_map(|item| &item.columns);
        if !columns.contains(key) && compared.into_iter().any(|column| column.column == *key) {
            columns.push(key.clone());
        }
    }
    let at = |side: &'a [Item], at: &Option<luoshi_model::ItemAt>| side.get(at.as_ref()?.at as usize);
    let facets = |change: &'a ItemChange| Facets {
        old: at(&comparison.old.items, &change.old),
        new: at(&comparison.new.items, &change.new),
        change,
        columns: columns.clone(),
    };
    comparison.changes.items.iter().map(facets).collect()
}

pub(super) fn items(sides: &Sides<'_>, theme: &Theme) -> Outcome<Report> {
    let all = facets(&sides.comparison);
    let compared = all.first().map_or_else(Vec::new, |one| one.columns.clone());
    let mut columns = vec![
        list::narrow_column(labels::LAST_NUMBER, &ColumnKey::Number, theme),
        list::narrow_column(labels::THIS_NUMBER, &ColumnKey::Number, theme),
        list::narrow_column(common::MATTER, &ColumnKey::Matter, theme),
        list::narrow_column(&sides.heading(&ColumnKey::Units), &ColumnKey::Units, theme),
        list::narrow_column(labels::QUESTION, &ColumnKey::Deadline, theme),
        list::narrow_column(labels::UNITS, &ColumnKey::Units, theme),
        list::narrow_column(labels::LAST_CLASS, &ColumnKey::Deadline, theme),
        list::narrow_column(labels::THIS_CLASS, &ColumnKey::Deadline, theme),
    ];
    for key in &compared {
        let heading = sides.heading(key);
        columns.push(list::narrow_column(&labels::change_of(&heading), &ColumnKey::Deadline, theme));
        columns.push(list::narrow_column(&labels::side(labels::LAST, &heading), key, theme));
        columns.push(list::narrow_column(&labels::side(labels::THIS, &heading), key, theme));
    }
    let mut sheet = list::List::new(labels::ITEMS, columns);
    let classes = &sides.comparison.changes.review.classes;
    for (at, facets) in all.iter().enumerate() {
        let number = |item: Option<&Item>| list::number(item.map(Item::number_text).unwrap_or_default());
        let class = |of: fn(&luoshi_model::ClassChange) -> &Option<luoshi_model::Classed>| {
            let class = classes.get(at).and_then(|change| of(change).as_ref());
            list::text(class.map_or("", |class| labels::class(class.class)))
        };
        let item = facets.item();
        let units =
            item.map(|item| cells::text(item, &ColumnKey::Units, &sides.comparison.new.columns).into_owned());
        let mut question: Vec<String> = facets.question().into_iter().map(str::to_owned).collect();
        question.extend(facets.change.tied.and_then(|tied| labels::tied(tied.by)).map(str::to_owned));
        let mut row = vec![
            number(facets.old),
            number(facets.new),
            list::text(item.map_or("", |item| &item.matter)),
            list::paragraphs(units.unwrap_or_default()),
            list::paragraphs(question),
            list::paragraphs(facets.units()),
            class(|change| &change.old),
            class(|change| &change.new),
        ];
        for key in &compared {
            let change = facets.column(key);
            row.push(list::text(change.map_or("", |column| labels::change(column.change))));
            for (side, item) in [(Side::Old, facets.old), (Side::New, facets.new)] {
                row.push(marked(item, sides, key, change, side));
            }
        }
        sheet.push(row);
    }
    sheet.finish()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Old,
    New,
}

/// An answer with its marks.
fn marked(
    item: Option<&Item>,
    sides: &Sides<'_>,
    key: &ColumnKey,
    change: Option<&ColumnChange>,
    side: Side,
) -> ReportCell {
    let Some(item) = item else { return ReportCell::default() };
    let marks = change.map_or(&[][..], |change| &change.marks);
    let (columns, paragraphs) = match side {
        Side::Old => (&sides.comparison.old.columns, sides.old_answer(item, key)),
        Side::New => (&sides.comparison.new.columns, sides.new_answer(item, key)),
    };
    let is_own = !cells::text(item, key, columns).is_empty();
    if marks.is_empty() || !is_own {
        return list::paragraphs(paragraphs);
    }
    let own = |paragraph: &&ParagraphMarks| match side {
        Side::Old => paragraph.old.is_some(),
        Side::New => paragraph.new.is_some(),
    };
    let mut marked = Vec::new();
    for (at, paragraph) in marks.iter().filter(own).enumerate() {
        if at > 0 {
            marked.push((luoshi_model::Mark::Same, "\n".to_owned()));
        }
        let shown = paragraph.spans.iter().filter(|span| match side {
            Side::Old => span.mark.is_old(),
            Side::New => span.mark.is_new(),
        });
        marked.extend(shown.filter(|span| !span.text.is_empty()).map(|span| (span.mark, span.text.clone())));
    }
    ReportCell { marked, ..list::paragraphs(paragraphs) }
}
