//! Two periods' official tables as one: which row of the last is which row of this one, and which are gone or came.
//!
//! A row is kept only where both have it with the same cells, merges and all. A word processor tracks whole rows and texts, and not
//! what becomes of a merge; so a row that begins a merged cell on one side and continues it on the other is gone and came.
//!
//! Not here: the words that changed in a row that is kept, and how a format says all this.

use std::collections::BTreeMap;
use std::ops::Range;

use luoshi_model::{Attachment, ChangeSet, PartChange};
use luoshi_table::Outcome;

use super::outline::{Step, outline};
use super::print::lay_out;
use super::{CellRole, Line, LineRole, Report};
use crate::theme::Theme;

/// Two reports side by side.
#[derive(Clone, Debug)]
pub struct Redline {
    /// The last period's.
    pub old: Report,
    /// This period's.
    pub new: Report,
    /// The lines above the tables, by their index in either.
    pub above: Vec<Pair>,
    /// The rows, in an order that leads down both tables.
    pub rows: Vec<Pair>,
    /// The lines below the tables.
    pub below: Vec<Pair>,
    /// Both tables have the same columns. Where they have not, one table is gone and one came.
    pub one_table: bool,
}

/// A row or line of either: kept where both have it, gone where only the old one has it, come where only the new one has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Its index in the old report.
    pub old: Option<u32>,
    /// Its index in the new report.
    pub new: Option<u32>,
}

impl Redline {
    /// The new report with what is gone of each cell that is kept before what it says now: as high as a page will show it.
    pub fn with_gone_text(&self) -> Report {
        let mut both = self.new.clone();
        let kept: BTreeMap<u32, u32> =
            self.rows.iter().filter_map(|pair| Some((pair.new?, pair.old?))).collect();
        for at in 0..both.table.cells().len() {
            let cell = &both.table.cells()[at];
            let was = kept.get(&cell.row).and_then(|row| self.old.text_at(*row, cell.column));
            let gone = was.filter(|was| *was != cell.content.paragraphs).map(<[String]>::to_vec);
            if let (Some(mut gone), Some(content)) = (gone, both.table.content_mut(at)) {
                gone.append(&mut content.paragraphs);
                content.paragraphs = gone;
            }
        }
        both
    }
}

/// Lays two attachments out side by side, as their changes tie them.
pub fn redline(old: &Attachment, new: &Attachment, changes: &ChangeSet, theme: &Theme) -> Outcome<Redline> {
    let (Outcome { value: was, mut diagnostics }, was_rows) = lay_out(old, theme, false);
    let (Outcome { value: is, diagnostics: more }, is_rows) = lay_out(new, theme, false);
    diagnostics.extend(more);
    diagnostics.dedup();
    let keys = |one: &Attachment| one.columns.iter().map(|column| column.key.clone()).collect::<Vec<_>>();
    let one_table = keys(old) == keys(new) && was.header_rows == is.header_rows;
    let mut ties: Vec<(u32, u32)> = Vec::new();
    if one_table {
        ties.extend((0..was.header_rows).map(|row| (row, row)));
        let (bands_was, bands_is) = (Bands::of(old, &was), Bands::of(new, &is));
        let section = |id: &str, one: &Attachment| one.sections.iter().position(|part| part.id == id);
        let focus = |id: &str, one: &Attachment| one.focuses.iter().position(|part| part.id == id);
        ties.extend(tied(
            &changes.sections,
            |id| bands_was.sections.get(&section(id, old)?).copied(),
            |id| bands_is.sections.get(&section(id, new)?).copied(),
        ));
        ties.extend(tied(
            &changes.focuses,
            |id| bands_was.focuses.get(&focus(id, old)?).copied(),
            |id| bands_is.focuses.get(&focus(id, new)?).copied(),
        ));
        for item in &changes.items {
            let (Some(was_at), Some(is_at)) = (&item.old, &item.new) else { continue };
            let rows = |rows: &[Range<u32>], at: u32| rows.get(at as usize).cloned().unwrap_or(0..0);
            let (before, after) = (rows(&was_rows, was_at.at), rows(&is_rows, is_at.at));
            if before.len() == after.len() {
                ties.extend(before.zip(after));
            }
        }
        ties.retain(|&(before, after)| shape(&was, before) == shape(&is, after));
    }
    let rows = merged(rising(ties), was.table.rows(), is.table.rows());
    let (above, below) = (lines(&was.above, &is.above), lines(&was.below, &is.below));
    Outcome::new(Redline { old: was, new: is, above, rows, below, one_table }, diagnostics)
}

/// The rows that open a section or a key area, by its index; the first of those that open it again.
struct Bands {
    sections: BTreeMap<usize, u32>,
    focuses: BTreeMap<usize, u32>,
}

impl Bands {
    fn of(attachment: &Attachment, report: &Report) -> Self {
        let band = |role: CellRole| {
            let cells = report.table.cells().iter().filter(move |cell| cell.content.role == role);
            cells.map(|cell| cell.row)
        };
        let (mut section_rows, mut focus_rows) = (band(CellRole::Section), band(CellRole::Focus));
        let mut bands = Self { sections: BTreeMap::new(), focuses: BTreeMap::new() };
        for step in outline(attachment) {
            match step {
                Step::Section(at) => section_rows.next().map(|row| *bands.sections.entry(at).or_insert(row)),
                Step::Focus(at) => focus_rows.next().map(|row| *bands.focuses.entry(at).or_insert(row)),
                Step::Item { .. } => None,
            };
        }
        bands
    }
}

fn tied(
    parts: &[PartChange],
    old: impl Fn(&str) -> Option<u32>,
    new: impl Fn(&str) -> Option<u32>,
) -> Vec<(u32, u32)> {
    let pair = |part: &PartChange| Some((old(part.old.as_deref()?)?, new(part.new.as_deref()?)?));
    parts.iter().filter_map(pair).collect()
}

/// A cell of a row: its column, how many it spans, and its part in a merge over rows.
type Shape = (u32, u32, Option<bool>);

/// The cells of a row: where each begins, and whether it begins a cell merged over rows, continues one, or neither.
fn shape(report: &Report, row: u32) -> Vec<Shape> {
    let cells = report.table.row(row);
    cells
        .map(|cell| (cell.column, cell.column_span, (cell.row_span > 1).then_some(cell.row == row)))
        .collect()
}

/// The longest run of ties that leads down both tables. Of several the one whose rows come first.
fn rising(mut ties: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    ties.sort_unstable();
    ties.dedup_by_key(|tie| tie.0);
    // By length, the tie that ends the best run of that length: the one with the least new row.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; ties.len()];
    for at in 0..ties.len() {
        let length = ends.partition_point(|&end| ties[end].1 < ties[at].1);
        before[at] = length.checked_sub(1).map(|last| ends[last]);
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut run = Vec::with_capacity(ends.len());
    let mut next = ends.last().copied();
    while let Some(at) = next {
        run.push(ties[at]);
        next = before[at];
    }
    run.reverse();
    run
}

/// All rows or lines of both in one order: between two that are kept, what is gone before what came.
fn merged(kept: Vec<(u32, u32)>, old: u32, new: u32) -> Vec<Pair> {
    let mut pairs = Vec::with_capacity((old + new) as usize - kept.len());
    let (mut was, mut is) = (0, 0);
    for (before, after) in kept.into_iter().map(Some).chain([None]).map(|tie| tie.unwrap_or((old, new))) {
        pairs.extend((was..before).map(|row| Pair { old: Some(row), new: None }));
        pairs.extend((is..after).map(|row| Pair { old: None, new: Some(row) }));
        if before < old || after < new {
            pairs.push(Pair { old: Some(before), new: Some(after) });
        }
        (was, is) = (before + 1, after + 1);
    }
    pairs
}

/// Lines: a title is the title, whatever it says; of others those that say the same.
fn lines(old: &[Line], new: &[Line]) -> Vec<Pair> {
    let same = |one: &Line, other: &Line| {
        let alone = matches!(one.role, LineRole::Annex | LineRole::Blank | LineRole::Title);
        one.role == other.role && (alone || one.text == other.text)
    };
    let tie = |(at, line): (usize, &Line)| {
        let found = new.iter().position(|other| same(line, other))?;
        Some((at as u32, found as u32))
    };
    let ties = old.iter().enumerate().filter_map(tie).collect();
    merged(rising(ties), old.len() as u32, new.len() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(pairs: &[Pair]) -> String {
        let one = |pair: &Pair| match (pair.old, pair.new) {
            (Some(old), Some(new)) => format!("{old}={new}"),
            (Some(old), None) => format!("-{old}"),
            (None, Some(new)) => format!("+{new}"),
            (None, None) => "?".to_owned(),
        };
        pairs.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn rows_lead_down_both_tables() {
        let pairs = |ties: &[(u32, u32)], old, new| told(&merged(rising(ties.to_vec()), old, new));
        assert_eq!(pairs(&[(0, 0), (1, 1)], 2, 2), "0=0 1=1");
        assert_eq!(pairs(&[], 2, 1), "-0 -1 +0");
        assert_eq!(pairs(&[(0, 0), (2, 1)], 3, 3), "0=0 -1 2=1 +2");
        // Of two that crossed one moved.
        assert_eq!(pairs(&[(0, 0), (1, 2), (2, 1), (3, 3)], 4, 4), "0=0 -1 2=1 +2 3=3");
        assert_eq!(pairs(&[(0, 3), (1, 0), (2, 1)], 3, 4), "-0 1=0 2=1 +2 +3");
        assert_eq!(pairs(&[], 0, 0), "");
    }

    #[test]
    fn a_title_is_the_title_whatever_it_says() {
        let line = |role, text: &str| Line { role, text: text.to_owned() };
        let old =
            [line(LineRole::Title, "2016年"), line(LineRole::Preamble, "甲"), line(LineRole::Preamble, "乙")];
        let new =
            [line(LineRole::Annex, "附件"), line(LineRole::Title, "2017年"), line(LineRole::Preamble, "乙")];
        assert_eq!(told(&lines(&old, &new)), "+0 0=1 -1 2=2");
    }
}
