//! Which column each cell of a table stands in (HTML, §4.9.12, "forming a table").
//!
//! What is claimed takes no memory: a span ends with its row group, and with the cell from above that it would lie over.
//!
//! Not here: what stands in the cells.

use std::collections::BTreeMap;
use std::ops::Range;

use super::names::{Attribute, Tag};
use super::style::{Look, Styles};
use super::tree::{Content, Id, Tree};
use crate::limits::{self, Limit};

/// The most that a cell may claim (HTML, §4.9.11).
const COLUMN_SPAN: u32 = 1_000;
const ROW_SPAN: u32 = 65_534;

/// A table before its cells are read.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// Columns that the table names.
    pub(super) columns: u32,
    /// Those of them that are hidden, from 0.
    pub(super) hidden_columns: Vec<u32>,
    /// The same while the cells are counted.
    hidden: Vec<HiddenColumn>,
    pub(super) captions: Vec<Id>,
    /// In the order in which they are shown.
    pub(super) rows: Vec<Row>,
}

/// A hidden column by its number in the table: whether it has a cell that takes no place, and one that does.
#[derive(Debug)]
struct HiddenColumn {
    column: u32,
    has_absent: bool,
    has_present: bool,
}

/// A row before its cells are read.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) id: Id,
    /// It is repeated on each page.
    pub(super) repeats: bool,
    pub(super) is_hidden: bool,
    /// It has no height.
    pub(super) is_flat: bool,
    pub(super) cells: Vec<Cell>,
    /// Column and width of the cells from above.
    pub(super) continued: Vec<(u32, u32)>,
    /// Cells that take no place in the table.
    pub(super) hidden_cells: Vec<Id>,
}

/// A cell before it is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    pub(super) id: Id,
    pub(super) column: u32,
    pub(super) span: u32,
    /// What it claims to span.
    pub(super) claimed: u32,
    pub(super) goes_on: bool,
}

/// What a cell takes of the rows below its own.
#[derive(Clone, Copy, Debug)]
struct Above {
    width: u32,
    /// The first row that it takes nothing of.
    until: u32,
    /// It only keeps others from standing there: the cell that claims it was cut.
    is_claim: bool,
    /// Where it ends and until which row, as such a claim, when the cell that lies over it has ended.
    claim: (u32, u32),
}

/// The plan of a table; the error is the limit that it passed.
pub(super) fn plan(tree: &Tree, styles: &Styles, table: Id) -> Result<Plan, &'static Limit> {
    let mut plan = Plan::default();
    let (mut heads, mut bodies, mut feet) = (Vec::new(), Vec::new(), Vec::new());
    for child in tree.children(table) {
        let rows = || Group {
            repeats: tree.tag(child) == Some(Tag::Head),
            is_hidden: is_hidden(tree, styles, child),
            rows: tree.children(child).filter(|&row| tree.tag(row) == Some(Tag::Row)).collect(),
        };
        match tree.tag(child) {
            Some(Tag::Caption) => plan.captions.push(child),
            Some(Tag::Columns | Tag::Column) => plan.name_columns(tree, styles, child),
            // Only the first head and foot are shown where such stand (CSS 2.2, §17.2).
            Some(Tag::Head) if heads.is_empty() => heads.push(rows()),
            Some(Tag::Foot) if feet.is_empty() => feet.push(rows()),
            Some(Tag::Head | Tag::Foot | Tag::Body) => bodies.push(rows()),
            Some(Tag::Row) => bodies.push(Group { repeats: false, is_hidden: false, rows: vec![child] }),
            _ => {}
        }
    }
    bodies.iter_mut().for_each(|group| group.repeats = false);
    let mut pieces = 0;
    for group in heads.into_iter().chain(bodies).chain(feet) {
        plan.add_group(tree, styles, &group, &mut pieces)?;
    }
    plan.drop_absent();
    Ok(plan)
}

/// Rows that stand together.
struct Group {
    repeats: bool,
    is_hidden: bool,
    rows: Vec<Id>,
}

impl Plan {
    fn name_columns(&mut self, tree: &Tree, styles: &Styles, id: Id) {
        let columns: Vec<Id> = tree.children(id).filter(|&id| tree.tag(id) == Some(Tag::Column)).collect();
        for id in if columns.is_empty() { vec![id] } else { columns } {
            let span = number(tree.attribute(id, Attribute::Span)).unwrap_or(1).clamp(1, COLUMN_SPAN);
            let span = span.min(limits::COLUMNS.count().saturating_sub(self.columns));
            if is_hidden(tree, styles, id) {
                let columns = self.columns..self.columns.saturating_add(span);
                let hidden = |column| HiddenColumn { column, has_absent: false, has_present: false };
                self.hidden.extend(columns.map(hidden));
            }
            self.columns = self.columns.saturating_add(span);
        }
    }

    /// Notes which hidden columns a cell stands in.
    fn mark_hidden(&mut self, columns: Range<u32>, is_absent: bool) {
        let first = self.hidden.partition_point(|hidden| hidden.column < columns.start);
        let hidden = self.hidden.get_mut(first..).unwrap_or_default().iter_mut();
        for hidden in hidden.take_while(|hidden| hidden.column < columns.end) {
            *(if is_absent { &mut hidden.has_absent } else { &mut hidden.has_present }) = true;
        }
    }

    /// Drops the hidden columns of which no cell takes a place; those behind them move up, as their cells do.
    fn drop_absent(&mut self) {
        let mut dropped = 0;
        for HiddenColumn { column, has_absent, has_present } in std::mem::take(&mut self.hidden) {
            if has_absent && !has_present {
                dropped += 1;
            } else {
                self.hidden_columns.push(column - dropped);
            }
        }
        self.columns -= dropped;
    }

    fn add_group(
        &mut self,
        tree: &Tree,
        styles: &Styles,
        group: &Group,
        pieces: &mut usize,
    ) -> Result<(), &'static Limit> {
        // What goes on below the row it began in, by its first column.
        let mut above: BTreeMap<u32, Above> = BTreeMap::new();
        let height = u32::try_from(group.rows.len()).unwrap_or(u32::MAX);
        for (index, &id) in (0u32..).zip(&group.rows) {
            above.retain(|&start, above| {
                let (end, until) = above.claim;
                if above.until <= index && until > index {
                    *above = Above { width: end - start, until, is_claim: true, claim: (0, 0) };
                }
                above.until > index
            });
            let is_flat = tree.attribute(id, Attribute::Height).is_some_and(|height| height.trim() == "0");
            let mut row = Row {
                id,
                repeats: group.repeats,
                is_hidden: group.is_hidden || is_hidden(tree, styles, id),
                is_flat,
                cells: Vec::new(),
                continued: above
                    .iter()
                    .filter(|(_, above)| !above.is_claim)
                    .map(|(&column, above)| (column, above.width))
                    .collect(),
                hidden_cells: Vec::new(),
            };
            *pieces = pieces.saturating_add(1 + above.len());
            let mut column = 0;
            // Columns of the row's cells that take no place.
            let mut absent = 0_u32;
            for id in tree.children(id).filter(|&id| tree.tag(id) == Some(Tag::Cell)) {
                *pieces = pieces.saturating_add(1);
                column = free_from(&above, column);
                let claimed =
                    number(tree.attribute(id, Attribute::ColumnSpan)).unwrap_or(1).clamp(1, COLUMN_SPAN);
                let named = column.saturating_add(absent);
                let is_absent = is_absent(tree, styles, id);
                self.mark_hidden(named..named.saturating_add(claimed), is_absent);
                if is_absent {
                    absent = absent.saturating_add(claimed);
                    row.hidden_cells.push(id);
                    continue;
                }
                if column >= limits::COLUMNS.count() {
                    return Err(&limits::COLUMNS);
                }
                let free = above.range(column..).next().map_or(u32::MAX, |(&start, _)| start - column);
                let span = claimed.min(free);
                let down = match number(tree.attribute(id, Attribute::RowSpan)) {
                    Some(0) => u32::MAX,
                    claimed => claimed.unwrap_or(1).min(ROW_SPAN),
                };
                let until = index.saturating_add(down).min(height);
                let goes_on = until > index + 1;
                row.cells.push(Cell { id, column, span, claimed, goes_on });
                // Where it would lie over a cell from above it keeps what is before that, yet the next one stands behind all it claims.
                let end = column.saturating_add(claimed);
                if goes_on {
                    claim(&mut above, column..end, until);
                }
                column = end;
            }
            if *pieces > limits::PIECES.size() {
                return Err(&limits::PIECES);
            }
            self.rows.push(row);
        }
        Ok(())
    }
}

/// The first column from one on that nothing from above takes.
fn free_from(above: &BTreeMap<u32, Above>, mut column: u32) -> u32 {
    while let Some((&start, taken)) = above.range(..=column).next_back()
        && start.saturating_add(taken.width) > column
    {
        column = start.saturating_add(taken.width);
    }
    column
}

/// Claims columns for a cell, the ones before the first that is taken as its own.
fn claim(above: &mut BTreeMap<u32, Above>, columns: Range<u32>, until: u32) {
    let mut at = columns.start;
    while at < columns.end {
        if let Some(taken) = above.get_mut(&at) {
            let next = at.saturating_add(taken.width);
            taken.claim = (taken.claim.0.max(next.min(columns.end)), taken.claim.1.max(until));
            at = next;
            continue;
        }
        let next = above.range(at..).next().map_or(columns.end, |(&start, _)| start.min(columns.end));
        above.insert(at, Above { width: next - at, until, is_claim: at > columns.start, claim: (0, 0) });
        at = next;
    }
}

/// What is said of a part of a table.
fn look(tree: &Tree, styles: &Styles, id: Id) -> Look {
    let attribute = |name| tree.attribute(id, name);
    let (class, own) = (attribute(Attribute::Class), attribute(Attribute::Style));
    let mut look = styles.look(tree.name(id), class, attribute(Attribute::Identifier), own);
    look.is_absent = look.is_absent.or(attribute(Attribute::Hidden).map(|_| true));
    look
}

/// Whether a cell takes no place.
fn is_absent(tree: &Tree, styles: &Styles, id: Id) -> bool {
    look(tree, styles, id).is_absent == Some(true)
}

/// Whether a row or column is not seen.
fn is_hidden(tree: &Tree, styles: &Styles, id: Id) -> bool {
    let look = look(tree, styles, id);
    look.is_absent == Some(true) || look.is_invisible == Some(true)
}

/// A number as HTML reads one: digits, whatever stands behind them (HTML, §2.3.4.2).
fn number(value: Option<&str>) -> Option<u32> {
    let value = value?.trim_start();
    let digits = value.strip_prefix('+').unwrap_or(value);
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    // More digits than fit are more than may be claimed.
    (end > 0).then(|| digits[..end].parse().unwrap_or(u32::MAX))
}

/// Cells of a table that only lays out a page, at most. One with more holds something itself.
const LAYOUT_CELLS: u32 = 60;

/// How many times as large the table within must be for two texts side by side to be a menu beside a page, and no row of a form.
const PAGE: u32 = 10;

/// The tables that only lay out a page: those that say so, and those of few cells around a table of more. Not where there is a heading, nor
/// where two cells of a row have text of their own, unless the table within is a page beside them: a form says something itself, whatever
/// was pasted into it.
pub(super) fn layouts(tree: &Tree) -> Vec<Id> {
    #[derive(Default)]
    struct Open {
        id: Id,
        cells: u32,
        /// The most cells of a table in it.
        most: u32,
        /// Cells of the open row that have text of their own.
        texts: u32,
        /// The open cell is one of them.
        has_text: bool,
        has_texts_abreast: bool,
        has_heading: bool,
    }
    let mut layouts = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut end = |table: Open, open: &mut Vec<Open>| {
        let role = tree.attribute(table.id, Attribute::Role).unwrap_or_default().trim();
        let is_said = role.eq_ignore_ascii_case("presentation") || role.eq_ignore_ascii_case("none");
        let least = if table.has_texts_abreast { table.cells.saturating_mul(PAGE) } else { table.cells };
        if is_said || !table.has_heading && table.most > least && table.cells <= LAYOUT_CELLS {
            layouts.push(table.id);
        }
        if let Some(around) = open.last_mut() {
            around.most = around.most.max(table.cells).max(table.most);
        }
    };
    let mut parents: Vec<Id> = vec![0];
    for id in tree.below(0) {
        let Some(node) = tree.node(id) else { break };
        while parents.last().is_some_and(|&last| last != node.parent) {
            let left = parents.pop();
            if let Some(table) = open.pop_if(|table| Some(table.id) == left) {
                end(table, &mut open);
            }
        }
        parents.push(id);
        if tree.tag(id) == Some(Tag::Table) {
            open.push(Open { id, ..Open::default() });
            continue;
        }
        let Some(table) = open.last_mut() else { continue };
        match &node.content {
            Content::Element(Tag::Row, ..) => table.texts = 0,
            Content::Element(Tag::Cell, name, _) => {
                table.cells = table.cells.saturating_add(1);
                table.has_text = false;
                table.has_heading |= &**name == "th";
            }
            Content::Element(Tag::Caption, ..) => table.has_heading = true,
            Content::Text(text) if !table.has_text => {
                let is_shown = !matches!(tree.tag(node.parent), Some(Tag::Skip | Tag::Style));
                if is_shown && !text.trim().is_empty() {
                    table.has_text = true;
                    table.texts += 1;
                    table.has_texts_abreast |= table.texts > 1;
                }
            }
            _ => {}
        }
    }
    while let Some(table) = open.pop() {
        end(table, &mut open);
    }
    layouts.sort_unstable();
    layouts
}
