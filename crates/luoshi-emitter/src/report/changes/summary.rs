//! 概况: how many of everything.

use luoshi_model::{Change, ChangeSet, ColumnKey, ItemChange, ProblemFate, QuestionChange};
use luoshi_table::Outcome;

use super::super::{Report, list};
use super::{Sides, labels};
use crate::theme::Theme;

pub(super) fn summary(sides: &Sides<'_>, theme: &Theme) -> Outcome<Report> {
    let columns = vec![
        list::column(labels::WHAT, &ColumnKey::Units, theme),
        list::column(labels::MEANING, &ColumnKey::Matter, theme),
        list::column(labels::COUNT, &ColumnKey::Score, theme),
    ];
    let mut sheet = list::List::new(labels::SUMMARY, columns);
    for (what, meaning, count) in rows(sides) {
        sheet.push(vec![list::text(what), list::text(meaning), list::number(count)]);
    }
    let name = |side: &luoshi_model::Attachment| match &side.period {
        Some(period) => period.label.clone(),
        None => side.title.clone(),
    };
    sheet.printed(
        vec![labels::periods(&name(sides.comparison.old), &name(sides.comparison.new))],
        Vec::new(),
        0,
    )
}

/// What there is, of what, and how many.
fn rows(sides: &Sides<'_>) -> Vec<(&'static str, String, usize)> {
    let changes = sides.comparison.changes;
    let items = |is: &dyn Fn(&ItemChange) -> bool| changes.items.iter().filter(|item| is(item)).count();
    let question = |change: QuestionChange| items(&|item| item.question.contains(&change));
    let mut rows = vec![
        ("事项", labels::LAST.to_owned(), sides.comparison.old.items.len()),
        ("事项", labels::THIS.to_owned(), sides.comparison.new.items.len()),
        ("事项", labels::ADDED.to_owned(), items(&|item| item.old.is_none())),
        ("事项", labels::REMOVED.to_owned(), items(&|item| item.new.is_none())),
    ];
    let questions = [QuestionChange::Reworded, QuestionChange::Renumbered, QuestionChange::Moved];
    rows.extend(questions.map(|change| ("事项", labels::question(change).to_owned(), question(change))));
    rows.push(("事项", labels::UNIT_CHANGED.to_owned(), items(&|item| !item.units.is_empty())));
    let status = sides.heading(&ColumnKey::Status);
    const ANSWERS: [Change; 8] = [
        Change::Unchanged,
        Change::Numbers,
        Change::Near,
        Change::Changed,
        Change::Answered,
        Change::Withdrawn,
        Change::NotApplicable,
        Change::Applicable,
    ];
    let answers = |change: Change| {
        let is = |item: &ItemChange| {
            item.columns.iter().any(|column| column.column == ColumnKey::Status && column.change == change)
        };
        items(&is)
    };
    let answered = |change| ("答复", format!("{status}：{}", labels::change(change)), answers(change));
    rows.extend(ANSWERS.map(answered));
    rows.extend(review(changes));
    rows
}

fn review(changes: &ChangeSet) -> Vec<(&'static str, String, usize)> {
    let review = &changes.review;
    let fates = [ProblemFate::New, ProblemFate::Persisting, ProblemFate::Closed, ProblemFate::Vanished];
    let problems = |fate| review.problems.iter().filter(|problem| problem.fate == fate).count();
    let mut rows: Vec<_> =
        fates.into_iter().map(|fate| ("问题", labels::fate(fate).to_owned(), problems(fate))).collect();
    let regressed = review.classes.iter().filter(|class| class.regressed).count();
    let more = [
        (labels::REGRESSED, regressed),
        (labels::CARRIED, review.carried.len()),
        (labels::LEFTOVER, review.leftovers.len()),
        (labels::FELL, review.falls.len()),
        (labels::GONE, review.evidence.len()),
        (labels::PROPOSED, changes.proposals.len()),
    ];
    rows.extend(more.map(|(what, count)| (labels::WATCH, what.to_owned(), count)));
    rows
}
