//! 历期问题 and 历期事项: each problem and each item over more than two periods.

use luoshi_model::{ColumnKey, History, ItemPair, ProblemHistory};
use luoshi_table::Outcome;

use super::super::{Report, labels as common, list};
use super::{Sides, labels};
use crate::theme::{Align, Theme};

/// The two lists; none where only two periods were compared.
pub(super) fn lists(sides: &Sides<'_>, theme: &Theme) -> Vec<Outcome<Report>> {
    let Some(history) = &sides.comparison.changes.review.history else { return Vec::new() };
    vec![problems(history, sides, theme), items(history, theme)]
}

fn problems(history: &History, sides: &Sides<'_>, theme: &Theme) -> Outcome<Report> {
    let mut columns = vec![
        list::narrow_column(common::MATTER, &ColumnKey::Matter, theme),
        list::narrow_column(labels::FATE, &ColumnKey::Deadline, theme),
        list::narrow_column(labels::AGE, &ColumnKey::Deadline, theme),
        list::narrow_column(labels::FIRST_SEEN, &ColumnKey::Deadline, theme),
        list::narrow_column(labels::LAST_SEEN, &ColumnKey::Deadline, theme),
    ];
    columns
        .extend(history.periods.iter().map(|period| list::narrow_column(period, &ColumnKey::Remarks, theme)));
    columns.push(list::narrow_column(labels::EVIDENCE, &ColumnKey::Remarks, theme));
    let mut sheet = list::List::new(labels::PROBLEMS_OVER_TIME, columns);
    for problem in &history.problems {
        let period = |at: Option<usize>| {
            list::text(at.and_then(|at| history.periods.get(at)).map_or("", String::as_str))
        };
        let mut row = vec![
            list::text(matter(problem, history, sides)),
            list::text(labels::fate(problem.fate)),
            list::number(problem.age()),
            period(problem.first()),
            period(problem.last()),
        ];
        row.extend(problem.texts.iter().map(|text| list::text(text.as_str())));
        row.push(list::text(problem.evidence.as_str()));
        sheet.push(row);
    }
    sheet.finish()
}

/// The question that a problem stands under.
fn matter(problem: &ProblemHistory, history: &History, sides: &Sides<'_>) -> String {
    let pair = ItemPair { old: Some(problem.item.clone()), new: Some(problem.item.clone()) };
    let item = |one: &&luoshi_model::ItemHistory| one.ids.iter().flatten().any(|id| *id == problem.item);
    match sides.of_pair(&pair) {
        Some(item) => item.matter.clone(),
        None => history.items.iter().find(item).map_or_else(String::new, |item| item.matter.clone()),
    }
}

fn items(history: &History, theme: &Theme) -> Outcome<Report> {
    let mut columns = vec![
        list::narrow_column(common::MATTER, &ColumnKey::Matter, theme),
        list::narrow_column(labels::FIRST_ASKED, &ColumnKey::Deadline, theme),
        list::narrow_column(labels::ASKED, &ColumnKey::Deadline, theme),
    ];
    columns.extend(
        history.periods.iter().map(|period| list::narrow_column(period, &ColumnKey::Deadline, theme)),
    );
    columns[1..].iter_mut().for_each(|column| column.align = Align::Center);
    let mut sheet = list::List::new(labels::ITEMS_OVER_TIME, columns);
    for item in &history.items {
        let first = item.ids.iter().position(Option::is_some).and_then(|at| history.periods.get(at));
        let mut row = vec![
            list::text(item.matter.as_str()),
            list::text(first.map_or("", String::as_str)),
            list::number(item.ids.iter().flatten().count()),
        ];
        row.extend(item.ids.iter().map(|id| list::text(id.as_deref().unwrap_or("—"))));
        sheet.push(row);
    }
    sheet.finish()
}
