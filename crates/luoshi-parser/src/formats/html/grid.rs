//! Which column each cell of a table stands in (HTML, §4.9.12, "forming a table").
//!
//! What is claimed takes no memory: a span ends with its row group, and with the cell from above that it would run into. Not here: what
//! stands in the cells.

use std::collections::BTreeMap;

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
    pub(super) captions: Vec<Id>,
    /// In the order in which they are shown.
    pub(super) rows: Vec<Row>,
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
                self.hidden_columns.extend(self.columns..self.columns.saturating_add(span));
            }
            self.columns = self.columns.saturating_add(span);
        }
    }

    fn add_group(
        &mut self,
        tree: &Tree,
        styles: &Styles,
        group: &Group,
        pieces: &mut usize,
    ) -> Result<(), &'static Limit> {
        // The cells that go on below the row they began in, by their column: width, and the first row they have no part of.
        let mut above: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
        let height = u32::try_from(group.rows.len()).unwrap_or(u32::MAX);
        for (index, &id) in (0u32..).zip(&group.rows) {
            above.retain(|_, (_, until)| *until > index);
            let is_flat = tree.attribute(id, Attribute::Height).is_some_and(|height| height.trim() == "0");
            let mut row = Row {
                id,
                repeats: group.repeats,
                is_hidden: group.is_hidden || is_hidden(tree, styles, id),
                is_flat,
                cells: Vec::new(),
                continued: above.iter().map(|(&column, &(width, _))| (column, width)).collect(),
                hidden_cells: Vec::new(),
            };
            *pieces = pieces.saturating_add(1 + row.continued.len());
            let mut column = 0;
            for id in tree.children(id).filter(|&id| tree.tag(id) == Some(Tag::Cell)) {
                *pieces = pieces.saturating_add(1);
                if is_absent(tree, styles, id) {
                    row.hidden_cells.push(id);
                    continue;
                }
                while let Some((&start, &(width, _))) = above.range(..=column).next_back()
                    && start.saturating_add(width) > column
                {
                    column = start.saturating_add(width);
                }
                if column >= limits::COLUMNS.count() {
                    return Err(&limits::COLUMNS);
                }
                let claimed =
                    number(tree.attribute(id, Attribute::ColumnSpan)).unwrap_or(1).clamp(1, COLUMN_SPAN);
                let free = above.range(column..).next().map_or(u32::MAX, |(&start, _)| start - column);
                let span = claimed.min(free);
                let down = match number(tree.attribute(id, Attribute::RowSpan)) {
                    Some(0) => u32::MAX,
                    claimed => claimed.unwrap_or(1).min(ROW_SPAN),
                };
                let until = index.saturating_add(down).min(height);
                let goes_on = until > index + 1;
                if goes_on {
                    above.insert(column, (span, until));
                }
                row.cells.push(Cell { id, column, span, claimed, goes_on });
                column = column.saturating_add(span);
            }
            if *pieces > limits::PIECES.size() {
                return Err(&limits::PIECES);
            }
            self.rows.push(row);
        }
        Ok(())
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

/// The tables that only lay out a page: those that say so, and those of few cells around a table of more. Not where two cells of a row have
/// text of their own, or where there is a heading: such a table says something itself, however large the one within it is.
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
        is_data: bool,
    }
    let mut layouts = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut end = |table: Open, open: &mut Vec<Open>| {
        let role = tree.attribute(table.id, Attribute::Role).unwrap_or_default().trim();
        let is_said = role.eq_ignore_ascii_case("presentation") || role.eq_ignore_ascii_case("none");
        if is_said || !table.is_data && table.most > table.cells && table.cells <= LAYOUT_CELLS {
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
                table.is_data |= &**name == "th";
            }
            Content::Element(Tag::Caption, ..) => table.is_data = true,
            Content::Text(text) if !table.has_text => {
                let is_shown = !matches!(tree.tag(node.parent), Some(Tag::Skip | Tag::Style));
                if is_shown && !text.trim().is_empty() {
                    table.has_text = true;
                    table.texts += 1;
                    table.is_data |= table.texts > 1;
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
