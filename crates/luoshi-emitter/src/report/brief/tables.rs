//! The tables, charts and lists of the leaders' report.
//!
//! Not here: their headings in the text (wording).

use luoshi_model::{ColumnKey, StatusClass, Summary, SummaryItem, Tally};
use luoshi_table::{Diagnostic, Outcome};

use super::super::{Report, change_labels, list};
use super::{Block, labels};
use crate::theme::Theme;

pub(super) fn blocks(summary: &Summary, theme: &Theme) -> (Vec<(&'static str, Block)>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut table = |outcome: Outcome<Report>| {
        diagnostics.extend(outcome.diagnostics);
        Block::Table(Box::new(outcome.value))
    };
    let whole = summary.whole();
    let bars = StatusClass::ALL.iter().filter(|class| whole.of(**class) > 0);
    let bars = bars.map(|class| (change_labels::class(*class).to_owned(), whole.of(*class)));
    let is = |class| move |item: &&SummaryItem| item.class.class == class;
    let practices = summary.items.iter().flat_map(|item| {
        item.practices.iter().map(|text| labels::practice(&item.number, &item.matter, text))
    });
    let blocks = vec![
        ("类别图", Block::Bars(bars.collect())),
        ("类别表", table(classes(&whole, theme))),
        ("部分表", table(tallies(labels::SECTIONS, labels::SECTION, summary.by_section(), &whole, theme))),
        ("单位表", table(tallies(labels::UNITS, labels::UNIT, summary.by_unit(), &Tally::default(), theme))),
        ("做法", Block::Paragraphs(practices.collect())),
        ("问题表", table(problems(summary, theme))),
        ("不涉及表", table(reasons(labels::EXEMPT, summary, is(StatusClass::NotApplicable), theme))),
        ("未报送表", table(reasons(labels::MISSING, summary, is(StatusClass::Missing), theme))),
        ("数据表", table(figures(summary, theme))),
        ("退步表", table(regressed(summary, theme))),
        ("问题去向表", table(fates(summary, theme))),
    ];
    (blocks, diagnostics)
}

fn classes(whole: &Tally, theme: &Theme) -> Outcome<Report> {
    let columns = vec![
        list::column(labels::CLASS, &ColumnKey::Class, theme),
        list::column(labels::ITEMS, &ColumnKey::Score, theme),
    ];
    let mut table = list::List::new(labels::CLASSES, columns);
    for class in StatusClass::ALL {
        table.push(vec![list::text(change_labels::class(class)), list::number(whole.of(class))]);
    }
    table.printed(Vec::new(), Vec::new(), 1)
}

/// How many of each class, by section or unit; with the sum of all where an item counts once.
fn tallies(
    name: &'static str,
    what: &str,
    tallies: Vec<Tally>,
    whole: &Tally,
    theme: &Theme,
) -> Outcome<Report> {
    let number = |heading: &str| list::column(heading, &ColumnKey::Score, theme);
    let columns = vec![
        list::narrow_column(what, &ColumnKey::Evidence, theme),
        number(labels::ITEMS),
        number(labels::DONE),
        number(labels::GOING),
        number(labels::NOT_BEGUN),
        number(labels::UNDETERMINED),
        number(labels::NOT_APPLICABLE),
        number(labels::NOT_SENT),
        number(labels::PROBLEM_COUNT),
    ];
    let mut table = list::List::new(name, columns);
    let total = (whole.items > 0).then(|| Tally { name: labels::TOTAL.to_owned(), ..whole.clone() });
    for tally in tallies.into_iter().chain(total) {
        use StatusClass::{
            Continuing, Done, Missing, NotApplicable, NotBegun, Ongoing, Partly, Undetermined,
        };
        let counts = [
            tally.items,
            tally.of(Done) + tally.of(Continuing),
            tally.of(Ongoing) + tally.of(Partly),
            tally.of(NotBegun),
            tally.of(Undetermined),
            tally.of(NotApplicable),
            tally.of(Missing),
            tally.problems,
        ];
        let mut row = vec![list::text(&tally.name)];
        row.extend(counts.map(list::number));
        table.push(row);
    }
    table.printed(Vec::new(), Vec::new(), 1)
}

fn problems(summary: &Summary, theme: &Theme) -> Outcome<Report> {
    let columns = vec![
        list::column(labels::NUMBER, &ColumnKey::Number, theme),
        list::narrow_column(labels::PROBLEM, &ColumnKey::Matter, theme),
        list::narrow_column(labels::UNIT, &ColumnKey::Units, theme),
        list::narrow_column(labels::NEXT_STEP, &ColumnKey::Matter, theme),
    ];
    let mut table = list::List::new(labels::PROBLEMS, columns);
    let told = |item: &&SummaryItem| !item.problems.is_empty() || !item.next_steps.is_empty();
    // One row an item: what will be done is said of its problems together.
    for item in summary.items.iter().filter(told) {
        table.push(vec![
            list::number(&item.number),
            list::paragraphs(item.problems.clone()),
            list::text(item.units.join("、")),
            list::paragraphs(item.next_steps.clone()),
        ]);
    }
    table.printed(Vec::new(), Vec::new(), 1)
}

fn reasons(
    name: &'static str,
    summary: &Summary,
    is: impl Fn(&&SummaryItem) -> bool,
    theme: &Theme,
) -> Outcome<Report> {
    let columns = vec![
        list::column(labels::NUMBER, &ColumnKey::Number, theme),
        list::narrow_column(labels::MATTER, &ColumnKey::Matter, theme),
        list::narrow_column(labels::UNIT, &ColumnKey::Units, theme),
        list::narrow_column(labels::REASON, &ColumnKey::Matter, theme),
    ];
    let mut table = list::List::new(name, columns);
    for item in summary.items.iter().filter(is) {
        table.push(vec![
            list::number(&item.number),
            list::text(&item.matter),
            list::text(item.units.join("、")),
            list::text(&item.reason),
        ]);
    }
    table.printed(Vec::new(), Vec::new(), 1)
}

fn figures(summary: &Summary, theme: &Theme) -> Outcome<Report> {
    let columns = vec![
        list::column(labels::NUMBER, &ColumnKey::Number, theme),
        list::narrow_column(labels::MATTER, &ColumnKey::Remarks, theme),
        list::narrow_column(labels::FIGURE, &ColumnKey::Status, theme),
    ];
    let mut table = list::List::new(labels::FIGURES, columns);
    for item in summary.items.iter().filter(|item| !item.figures.is_empty()) {
        table.push(vec![
            list::number(&item.number),
            list::text(&item.matter),
            list::text(item.figures.join("；")),
        ]);
    }
    table.printed(Vec::new(), Vec::new(), 1)
}

fn regressed(summary: &Summary, theme: &Theme) -> Outcome<Report> {
    let columns = vec![
        list::column(labels::NUMBER, &ColumnKey::Number, theme),
        list::narrow_column(labels::MATTER, &ColumnKey::Matter, theme),
        list::narrow_column(change_labels::LAST_CLASS, &ColumnKey::Units, theme),
        list::narrow_column(change_labels::THIS_CLASS, &ColumnKey::Units, theme),
    ];
    let mut table = list::List::new(labels::REGRESSED, columns);
    for one in summary.previous.iter().flat_map(|previous| &previous.regressed) {
        table.push(vec![
            list::number(&one.number),
            list::text(&one.matter),
            list::text(change_labels::class(one.old)),
            list::text(change_labels::class(one.new)),
        ]);
    }
    table.printed(Vec::new(), Vec::new(), 1)
}

fn fates(summary: &Summary, theme: &Theme) -> Outcome<Report> {
    let columns = vec![
        list::column(labels::NUMBER, &ColumnKey::Number, theme),
        list::narrow_column(labels::MATTER, &ColumnKey::Remarks, theme),
        list::narrow_column(change_labels::FATE, &ColumnKey::Deadline, theme),
        list::narrow_column(labels::PROBLEM, &ColumnKey::Remarks, theme),
        list::narrow_column(change_labels::EVIDENCE, &ColumnKey::Remarks, theme),
    ];
    let mut table = list::List::new(labels::FATES, columns);
    for one in summary.previous.iter().flat_map(|previous| &previous.problems) {
        let change = &one.change;
        let text = if change.new.is_empty() { &change.old } else { &change.new };
        table.push(vec![
            list::number(&one.number),
            list::text(&one.matter),
            list::text(change_labels::fate(change.fate)),
            list::text(text),
            list::text(&change.evidence),
        ]);
    }
    table.printed(Vec::new(), Vec::new(), 1)
}
