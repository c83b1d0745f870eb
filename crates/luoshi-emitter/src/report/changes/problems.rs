//! The ledgers of problems, open and closed apart, and 与上期相同: what was copied forward.

use luoshi_model::{ColumnKey, ProblemChange, ProblemFate};
use luoshi_table::Outcome;

use super::super::{Report, labels as common, list};
use super::{Sides, labels};
use crate::theme::Theme;

/// The problems that are open, and those that were mended; none where there are none.
pub(super) fn ledgers(
    sides: &Sides<'_>,
    theme: &Theme,
) -> (Option<Outcome<Report>>, Option<Outcome<Report>>) {
    let all = &sides.comparison.changes.review.problems;
    let (closed, open): (Vec<_>, Vec<_>) =
        all.iter().partition(|problem| problem.fate == ProblemFate::Closed);
    let ledger = |name, problems: Vec<&ProblemChange>| {
        (!problems.is_empty()).then(|| ledger(name, &problems, sides, theme))
    };
    (ledger(labels::OPEN, open), ledger(labels::CLOSED, closed))
}

fn ledger(
    name: &'static str,
    problems: &[&ProblemChange],
    sides: &Sides<'_>,
    theme: &Theme,
) -> Outcome<Report> {
    let closed = problems.iter().any(|problem| problem.fate == ProblemFate::Closed);
    let mut columns = vec![
        list::column(common::NUMBER, &ColumnKey::Number, theme),
        list::column(common::MATTER, &ColumnKey::Matter, theme),
        list::column(common::UNIT, &ColumnKey::Units, theme),
        list::column(labels::FATE, &ColumnKey::Deadline, theme),
        list::column(labels::AGE, &ColumnKey::Deadline, theme),
        list::column(labels::LAST_PROBLEM, &ColumnKey::Remarks, theme),
    ];
    let last = if closed { labels::EVIDENCE } else { labels::THIS_PROBLEM };
    columns.push(list::column(last, &ColumnKey::Remarks, theme));
    let mut sheet = list::List::new(name, columns);
    for problem in problems {
        let (number, matter) = sides.named(&problem.item);
        let units = sides
            .of_pair(&problem.item)
            .map(|item| item.units.iter().map(|unit| unit.name.clone()).collect());
        sheet.push(vec![
            list::number(number),
            list::text(matter),
            list::paragraphs(units.unwrap_or_default()),
            list::text(labels::fate(problem.fate)),
            list::number(problem.age),
            list::text(problem.old.as_str()),
            list::text(if closed { problem.evidence.as_str() } else { problem.new.as_str() }),
        ]);
    }
    sheet.finish()
}

/// What was copied forward; none where nothing was.
pub(super) fn carried(sides: &Sides<'_>, theme: &Theme) -> Option<Outcome<Report>> {
    let carried = &sides.comparison.changes.review.carried;
    if carried.is_empty() {
        return None;
    }
    let columns = vec![
        list::column(common::NUMBER, &ColumnKey::Number, theme),
        list::column(common::MATTER, &ColumnKey::Matter, theme),
        list::column(common::UNIT, &ColumnKey::Units, theme),
        list::column(common::COLUMN, &ColumnKey::Units, theme),
        list::column(common::TEXT, &ColumnKey::Status, theme),
        list::column(labels::NOTE, &ColumnKey::Units, theme),
    ];
    let mut sheet = list::List::new(labels::CARRIED, columns);
    for one in carried {
        let (number, matter) = sides.named(&one.item);
        let units = match one.unit.as_str() {
            "" => {
                sides.of_pair(&one.item).map(|item| item.units.iter().map(|unit| unit.name.clone()).collect())
            }
            unit => Some(vec![unit.to_owned()]),
        };
        sheet.push(vec![
            list::number(number),
            list::text(matter),
            list::paragraphs(units.unwrap_or_default()),
            list::text(sides.heading(&one.column)),
            list::paragraphs(one.paragraphs.clone()),
            list::text(labels::CONFIRM),
        ]);
    }
    Some(sheet.finish())
}
