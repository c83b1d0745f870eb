//! The header of a table: found, not assumed. Below any preamble, with justified headings, synonyms and an order of its own,
//! in one row or several.
//!
//! Not here: the words that headings use (`data/headings.toml`).

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use luoshi_model::{Catalogue, Column, ColumnKey};
use luoshi_table::{Cell, Grid, SourceCell};

use crate::key::squeeze;
use crate::number;
use crate::text::display;
use crate::vocabulary::HEADINGS;

/// Rows searched for a header. A letter of this many lines above a table in a sheet is longer than any seen.
const SEARCHED_ROWS: u32 = 60;

/// Columns with a known meaning that make a row a header.
const ENOUGH: usize = 2;

/// Bytes of a heading, white space not counted. A longer text is no heading, and looking it up would cost more than reading it.
const LONGEST: usize = 90;

/// The header of a table.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Header {
    /// The rows it fills.
    pub(crate) rows: Range<u32>,
    /// The columns, left to right.
    pub(crate) columns: Vec<LogicalColumn>,
}

/// A column as the checklist has it. It may fill several columns of the grid.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LogicalColumn {
    pub(crate) column: Column,
    pub(crate) grid: Range<u32>,
    /// The heading without white space and widths, and that of its group: what a repeated header must say again.
    squeezed: (String, Option<String>),
}

impl LogicalColumn {
    pub(crate) fn new(column: Column, grid: Range<u32>) -> Self {
        let squeezed = (squeeze(&column.heading), column.group.as_deref().map(squeeze));
        Self { column, grid, squeezed }
    }
}

impl Header {
    pub(crate) fn position(&self, key: &ColumnKey) -> Option<usize> {
        self.columns.iter().position(|column| column.column.key == *key)
    }

    /// How many columns carry what a checklist is about; where two sheets compete, the one with more is meant.
    pub(crate) fn weight(&self) -> usize {
        use ColumnKey::{Deadline, Issue, Matter, Practice, Remarks, Requirement, Status};
        let core = [Matter, Requirement, Status, Remarks, Practice, Issue, Deadline];
        self.columns.iter().filter(|c| core.contains(&c.column.key) || c.column.key.is_units()).count()
    }

    /// Whether a row says the same headings again, as at the top of each page.
    pub(crate) fn repeats_in(&self, grid: &Grid<SourceCell>, row: u32) -> bool {
        let mut same = 0;
        for column in &self.columns {
            let Some(cell) = grid.origin_at(row, column.grid.start) else { continue };
            if !cell.content.is_blank() {
                let text = squeeze(&heading(&cell.content));
                let (own, group) = &column.squeezed;
                if text != *own && Some(&text) != group.as_ref() {
                    return false;
                }
                same += 1;
            }
        }
        same >= ENOUGH
    }
}

/// Finds the header: the row in which most headings are known, the topmost of equals. It must name what is asked.
pub(crate) fn find(grid: &Grid<SourceCell>, catalogue: Option<&Catalogue>) -> Option<Header> {
    let mut best: Option<(usize, u32)> = None;
    for row in 0..grid.rows().min(SEARCHED_ROWS) {
        let (mut known, mut all) = (0, 0);
        for cell in grid.row(row).filter(|cell| cell.row == row && !cell.content.is_blank()) {
            all += 1;
            known += usize::from(meaning(&heading(&cell.content), catalogue).is_some());
        }
        if known >= ENOUGH && best.is_none_or(|(most, _)| known > most) {
            best = Some((known, row));
        }
        // Every cell a known heading, and more of them than chance would make: nothing below can be more of a header.
        if known == all && known > ENOUGH {
            break;
        }
    }
    let (_, top) = best?;
    let depth = depth(grid, top, catalogue);
    let mut header = Header { rows: top..top + depth, columns: columns(grid, top, depth, catalogue) };
    if header.position(&ColumnKey::Matter).is_none() {
        // What a table asks may be called a requirement or a focus where nothing else is asked.
        let asked = [ColumnKey::Requirement, ColumnKey::Focus].iter().find_map(|key| header.position(key))?;
        header.columns[asked].column.key = ColumnKey::Matter;
    }
    Some(header)
}

/// Whether a row is the header of another checklist: all of it known headings.
pub(crate) fn begins_in(grid: &Grid<SourceCell>, row: u32) -> bool {
    let mut known = 0;
    for cell in grid.row(row).filter(|cell| cell.row == row && !cell.content.is_blank()) {
        if meaning(&heading(&cell.content), None).is_none() {
            return false;
        }
        known += 1;
    }
    known > ENOUGH
}

/// The headings seen in a table without a header, for the message that says so.
pub(crate) fn seen(grid: &Grid<SourceCell>) -> Vec<String> {
    let first =
        (0..grid.rows()).find(|&row| grid.row(row).filter(|cell| !cell.content.is_blank()).count() > 1);
    let Some(row) = first else { return Vec::new() };
    grid.row(row).map(|cell| heading(&cell.content)).filter(|text| !text.is_empty()).take(12).collect()
}

/// A header is as deep as its tallest cell, where a shorter one beside it has headings below.
fn depth(grid: &Grid<SourceCell>, top: u32, catalogue: Option<&Catalogue>) -> u32 {
    let tallest = grid.row(top).map(|cell| cell.rows().end - top).max().unwrap_or(1);
    if tallest <= 1 && has_second_row(grid, top, catalogue) {
        return 2;
    }
    if tallest <= 3 {
        return tallest.max(1);
    }
    // A heading merged over the items below it is no heading; only a second row of known headings counts then.
    let known_below =
        grid.row(top + 1).filter(|cell| meaning(&heading(&cell.content), catalogue).is_some()).count();
    if known_below >= ENOUGH { 2 } else { 1 }
}

/// Whether the row below a header without tall cells is its second row: 序号 and its like have nothing below them, and what
/// there is stands below a heading over several columns, or one with blank headings to its right.
fn has_second_row(grid: &Grid<SourceCell>, top: u32, catalogue: Option<&Catalogue>) -> bool {
    let filled = |row, column| grid.at(row, column).is_some_and(|cell| !cell.content.is_blank());
    let group_at = |column: u32| {
        let upper = grid.at(top, column);
        !filled(top, column)
            || upper.is_some_and(|cell| cell.column_span > 1)
            || column + 1 < grid.columns() && !filled(top, column + 1)
    };
    let mut below = 0;
    for cell in grid.row(top + 1).filter(|cell| cell.row == top + 1 && !cell.content.is_blank()) {
        let text = heading(&cell.content);
        if text.is_empty() || cell.column_span > 1 || number::leading_figure(&text) || !group_at(cell.column)
        {
            return false;
        }
        below += 1;
    }
    let known = |cell: &&Cell<SourceCell>| meaning(&heading(&cell.content), catalogue).is_some();
    let alone = grid.row(top).filter(known).any(|cell| !filled(top + 1, cell.column));
    below > 1 && alone
}

/// The text of a cell as a heading; nothing where it is too long for one.
fn heading(cell: &SourceCell) -> String {
    let mut text = String::new();
    for paragraph in &cell.paragraphs {
        for part in [paragraph.label(), &paragraph.text] {
            text.extend(part.chars().filter(|c| !c.is_whitespace()).take(LONGEST));
        }
        if text.len() > LONGEST {
            return String::new();
        }
    }
    text
}

fn columns(
    grid: &Grid<SourceCell>,
    top: u32,
    depth: u32,
    catalogue: Option<&Catalogue>,
) -> Vec<LogicalColumn> {
    let bottom = top + depth - 1;
    let mut found: Vec<(String, Option<String>, Range<u32>)> = Vec::new();
    let mut column = 0;
    while column < grid.columns() {
        let lower = grid.at(bottom, column);
        let end = lower.map_or(column + 1, |cell| cell.columns().end).max(column + 1);
        let mut own = lower.map(|cell| heading(&cell.content)).unwrap_or_default();
        // What stands above the heading, row by row: 公开方式, or 公开方式/主动公开 over two rows.
        let mut upper: Vec<(u32, String)> = (top..bottom)
            .filter_map(|row| grid.at(row, column))
            .filter(|cell| lower.is_none_or(|lower| lower.row != cell.row))
            .map(|cell| (cell.row, heading(&cell.content)))
            .collect();
        upper.dedup();
        let mut upper: Vec<String> =
            upper.into_iter().map(|(_, text)| text).filter(|text| !text.is_empty()).collect();
        // Headings that were not merged down, 序号 above a blank, and to the right, 公开事项 beside a blank.
        if own.is_empty() {
            own = upper.pop().unwrap_or_default();
        }
        let mut group = (!upper.is_empty()).then(|| upper.join("/"));
        let below_blank = group.is_none() && lower.is_some_and(|cell| cell.row > top) && !own.is_empty();
        if let Some((_, beside, _)) = found.last().filter(|_| below_blank) {
            group.clone_from(beside);
        }
        // A heading over two columns of which the first only numbers the second: 工作任务 | 1 | 依法公开.
        if end - column == 2 && group.is_none() && numbers(grid, bottom + 1, column) {
            found.push((String::new(), None, column..column + 1));
            found.push((own, None, column + 1..end));
        } else {
            found.push((own, group, column..end));
        }
        column = end;
    }
    // Columns beyond the last heading that hold nothing are no columns.
    while found
        .last()
        .is_some_and(|(heading, _, range)| heading.is_empty() && is_blank(grid, bottom + 1, range))
    {
        found.pop();
    }
    let keys = keys(grid, bottom + 1, &found, catalogue);
    let columns = found.into_iter().zip(keys);
    columns
        .map(|((heading, group, grid), key)| LogicalColumn::new(Column { key, heading, group }, grid))
        .collect()
}

/// Gives each heading its meaning, each meaning to one column.
fn keys(
    grid: &Grid<SourceCell>,
    body: u32,
    found: &[(String, Option<String>, Range<u32>)],
    catalogue: Option<&Catalogue>,
) -> Vec<ColumnKey> {
    let meanings: Vec<Option<Meaning>> = found
        .iter()
        .map(|(heading, group, _)| {
            meaning(heading, catalogue)
                .or_else(|| group.as_deref().and_then(|group| meaning(group, catalogue)))
        })
        .collect();
    let mut keys: Vec<Option<ColumnKey>> = vec![None; found.len()];
    let taken = |keys: &mut Vec<Option<ColumnKey>>, index: usize, key: &ColumnKey| {
        let free = !keys.contains(&Some(key.clone()));
        if free {
            keys[index] = Some(key.clone());
        }
        free
    };
    // First those that can mean one thing only, then those that can give way.
    for (index, meaning) in meanings.iter().enumerate() {
        if let Some(Meaning { key, or: None }) = meaning {
            taken(&mut keys, index, key);
        }
    }
    for (index, meaning) in meanings.iter().enumerate() {
        if let Some(Meaning { key, or: Some(or) }) = meaning {
            let _ = taken(&mut keys, index, key) || taken(&mut keys, index, or);
        }
    }
    let number_taken = keys.contains(&Some(ColumnKey::Number));
    let unnamed = found.iter().position(|(heading, _, range)| {
        heading.is_empty() && !number_taken && numbers(grid, body, range.start)
    });
    if let Some(index) = unnamed {
        keys[index] = Some(ColumnKey::Number);
    }
    let mut names: HashMap<String, u32> = HashMap::new();
    keys.into_iter()
        .zip(found)
        .enumerate()
        .map(|(index, (key, (heading, group, _)))| {
            key.unwrap_or_else(|| {
                let name = match (group, heading.is_empty()) {
                    (_, true) => format!("({})", index + 1),
                    (Some(group), false) => format!("{group}/{heading}"),
                    (None, false) => heading.clone(),
                };
                let count = names.entry(name.clone()).or_default();
                *count += 1;
                ColumnKey::Extra(if *count > 1 { format!("{name}#{count}") } else { name })
            })
        })
        .collect()
}

/// Whether most cells of a column are numbers and nothing else, and none is a text.
fn numbers(grid: &Grid<SourceCell>, body: u32, column: u32) -> bool {
    let mut count = 0;
    for row in body..grid.rows().min(body + SEARCHED_ROWS) {
        let Some(cell) = grid.origin_at(row, column).filter(|cell| cell.column_span == 1) else { continue };
        match display(&cell.content).as_slice() {
            [] => {}
            [line] if number::whole(line).is_some() => count += 1,
            _ => return false,
        }
    }
    count > 0
}

fn is_blank(grid: &Grid<SourceCell>, body: u32, range: &Range<u32>) -> bool {
    (body..grid.rows()).all(|row| {
        range.clone().all(|column| {
            grid.origin_at(row, column).is_none_or(|cell| cell.column_span > 1 || cell.content.is_blank())
        })
    })
}

#[derive(Clone, Debug, PartialEq)]
struct Meaning {
    key: ColumnKey,
    /// What it means where another column has that meaning already.
    or: Option<ColumnKey>,
}

static EXACT: LazyLock<HashMap<String, Meaning>> = LazyLock::new(|| {
    let mut exact = HashMap::new();
    for heading in &HEADINGS.heading {
        let Some(key) = ColumnKey::from_name(&heading.key) else { continue };
        let or = heading.or.as_deref().and_then(ColumnKey::from_name);
        for text in &heading.is {
            exact.entry(squeeze(text)).or_insert(Meaning { key: key.clone(), or: or.clone() });
        }
    }
    exact
});

fn meaning(heading: &str, catalogue: Option<&Catalogue>) -> Option<Meaning> {
    // Most rows are asked whether they are a header by their first cell, and most first cells are numbers.
    if heading.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let text = squeeze(heading);
    let in_catalogue = catalogue.and_then(|catalogue| {
        let same = |known: &String| squeeze(known) == text;
        let column = catalogue.columns.iter().find(|c| same(&c.heading) || c.synonyms.iter().any(same))?;
        Some(Meaning { key: column.key.clone(), or: None })
    });
    let exact = || EXACT.get(&text).cloned();
    let part = || {
        // 典型做法：… is a labelled text, and no heading that has a word more than we know.
        let heading = (!text.contains([':', '。', ';'])).then_some(&HEADINGS.heading)?;
        let found = heading.iter().find(|known| known.has.iter().any(|part| text.contains(part.as_str())))?;
        Some(Meaning { key: ColumnKey::from_name(&found.key)?, or: None })
    };
    in_catalogue.or_else(exact).or_else(part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use luoshi_table::GridBuilder;

    /// Rows of cells parted by `|`; `text*2` spans two columns, `text^2` two rows.
    fn grid(rows: &[&str]) -> Grid<SourceCell> {
        let mut builder = GridBuilder::new();
        for (row, cells) in rows.iter().enumerate() {
            let mut column = 0;
            for text in cells.split('|').filter(|text| !text.is_empty()) {
                while builder.is_taken(row as u32, column) {
                    column += 1;
                }
                let (text, columns) =
                    text.split_once('*').map_or((text, 1), |(t, n)| (t, n.parse().unwrap()));
                let (text, rows) = text.split_once('^').map_or((text, 1), |(t, n)| (t, n.parse().unwrap()));
                builder.place(row as u32, column, rows, columns, SourceCell::from_text(text.trim())).unwrap();
                column += columns;
            }
        }
        builder.finish()
    }

    fn keys_of(rows: &[&str]) -> Vec<String> {
        let header = find(&grid(rows), None).expect("a header");
        header.columns.iter().map(|column| column.column.key.to_string()).collect()
    }

    #[test]
    fn headings_are_known_in_any_order_and_spacing() {
        assert_eq!(
            keys_of(&[
                "附件*6",
                "标 题*6",
                "序 号|自查重点|自查事项|责　任　单　位|落实情况|典型做法及问题概述"
            ]),
            ["number", "focus", "matter", "units", "status", "remarks"]
        );
        assert_eq!(keys_of(&["工作任务|牵头单位|责 任 单 位"]), ["matter", "lead-units", "units"]);
        assert_eq!(
            keys_of(&["领域|序号|任务名称|任务内容|责任单位|完成时限"]),
            ["section", "number", "focus", "matter", "units", "deadline"]
        );
        assert_eq!(
            keys_of(&["自查事项|责任单位|2016年落实情况|联系人|联系人"])[2..],
            ["status", "extra:联系人", "extra:联系人#2"]
        );
    }

    #[test]
    fn a_header_of_two_rows_has_groups() {
        let grid = grid(&["序号^2|公开事项*2|公开时限^2", "|一级|二级|", "1|甲|乙|及时"]);
        let header = find(&grid, None).expect("a header");
        assert_eq!(header.rows, 0..2);
        assert_eq!(header.columns[1].column.group.as_deref(), Some("公开事项"));
        let keys: Vec<_> = header.columns.iter().map(|c| c.column.key.to_string()).collect();
        assert_eq!(keys, ["number", "matter", "extra:公开事项/二级", "deadline"]);
    }

    #[test]
    fn a_second_row_is_known_without_merged_cells() {
        let rows = ["序号|公开事项| |责任单位| ", " |一级|二级|牵头|配合", "1|甲|及时|区教育局|区民政局"];
        let header = find(&grid(&rows), None).expect("a header");
        assert_eq!(header.rows, 0..2);
        let shown = |column: &LogicalColumn| {
            format!("{}/{}", column.column.group.as_deref().unwrap_or("-"), column.column.heading)
        };
        let shown: Vec<String> = header.columns.iter().map(shown).collect();
        assert_eq!(shown, ["-/序号", "公开事项/一级", "公开事项/二级", "责任单位/牵头", "责任单位/配合"]);
        for first in [" |依法公开|区教育局|已办", "1| |区教育局| ", " | |及时公开|已办", "一、围绕改革| | | "]
        {
            let header = find(&grid(&["序号|自查事项|责任单位|落实情况", first]), None).expect("a header");
            assert_eq!(header.rows, 0..1, "{first}");
        }
    }

    #[test]
    fn an_unnamed_column_of_numbers_is_the_number() {
        let rows = ["工作任务*2|具体要求|责任科室", "1|甲|及时|办公室", "2|乙|及时|办公室"];
        assert_eq!(keys_of(&rows), ["number", "matter", "requirement", "units"]);
    }

    #[test]
    fn what_is_no_checklist_has_no_header() {
        assert_eq!(find(&grid(&["日期|项目|金额", "1|差旅|300"]), None), None);
        assert_eq!(find(&grid(&["责任单位|备注"]), None), None);
    }

    #[test]
    fn a_repeated_header_is_known() {
        let grid = grid(&["序号|自查事项|责任单位", "1|甲|区编办", "序 号|自查事项|责任单位"]);
        let header = find(&grid, None).expect("a header");
        assert!(header.repeats_in(&grid, 2) && !header.repeats_in(&grid, 1));
    }
}
