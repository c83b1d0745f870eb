//! 类别变化: how many items went from which class to which.

use luoshi_model::{ColumnKey, StatusClass};
use luoshi_table::Outcome;

use super::super::{Report, list};
use super::{Sides, labels};
use crate::theme::{Align, Theme};

pub(super) fn matrix(sides: &Sides<'_>, theme: &Theme) -> Outcome<Report> {
    let classes = &sides.comparison.changes.review.classes;
    let class = |one: &Option<luoshi_model::Classed>| one.as_ref().map(|one| one.class);
    let mut all: Vec<Option<StatusClass>> = StatusClass::ALL.into_iter().map(Some).collect();
    all.push(None);
    all.retain(|kind| {
        classes.iter().any(|change| class(&change.old) == *kind || class(&change.new) == *kind)
    });
    let name = |kind: &Option<StatusClass>| kind.map_or(labels::NONE, labels::class);
    let mut columns = vec![list::column(labels::LAST_CLASS, &ColumnKey::Units, theme)];
    columns.extend(all.iter().map(|kind| list::column(name(kind), &ColumnKey::Deadline, theme)));
    columns.push(list::column(labels::TOTAL, &ColumnKey::Deadline, theme));
    columns[1..].iter_mut().for_each(|column| column.align = Align::Center);
    let mut sheet = list::List::new(labels::MATRIX, columns);
    let count = |old: Option<Option<StatusClass>>, new: Option<Option<StatusClass>>| {
        let is = |side: &Option<luoshi_model::Classed>, wanted: Option<Option<StatusClass>>| {
            wanted.is_none_or(|wanted| class(side) == wanted)
        };
        classes.iter().filter(|change| is(&change.old, old) && is(&change.new, new)).count()
    };
    let number = |count: usize| if count == 0 { list::text("") } else { list::number(count) };
    let rows = all.iter().copied().map(Some).chain([None]);
    for old in rows {
        let mut row = vec![list::text(old.as_ref().map_or(labels::TOTAL, name))];
        row.extend(all.iter().map(|new| number(count(old, Some(*new)))));
        row.push(number(count(old, None)));
        sheet.push(row);
    }
    sheet.printed(vec![labels::CLASS_NOTE.to_owned()], Vec::new(), 1)
}
