//! A row whose cells lost their columns, as in a text export: the columns are found again by what the cells hold.
//!
//! The cells keep their order and stand side by side; only how far they are shifted is in question.

use luoshi_model::ColumnKey;

use crate::field::Field;
use crate::header::LogicalColumn;
use crate::number::{self, Style};
use crate::remarks;
use crate::units::Directory;

/// The column of the first cell. Of equally fitting places the rightmost: exports lose cells at the left.
pub(crate) fn shift(cells: &[Field], columns: &[LogicalColumn], directory: &Directory) -> usize {
    let room = columns.len().saturating_sub(cells.len());
    let fit_at = |shift: usize| -> i32 {
        cells
            .iter()
            .zip(&columns[shift..])
            .map(|(cell, column)| fit(&cell.lines, &column.column.key, directory))
            .sum()
    };
    (0..=room).max_by_key(|&shift| fit_at(shift)).unwrap_or(0)
}

/// How well a cell fits a column. Only the order of the sums matters; the units column, the only one that is certain to be
/// told by its look, weighs most.
fn fit(lines: &[String], key: &ColumnKey, directory: &Directory) -> i32 {
    let first = lines.first().map_or("", String::as_str);
    let bracketed = || number::glued(first).is_some_and(|number| number.style == Style::BracketedHan);
    match key {
        ColumnKey::Number => match lines {
            [] => 1,
            [line] if number::whole(line).is_some() => 3,
            _ => -5,
        },
        ColumnKey::Focus | ColumnKey::Section if lines.is_empty() => 1,
        ColumnKey::Focus | ColumnKey::Section => {
            if bracketed() {
                4
            } else {
                -1
            }
        }
        ColumnKey::Matter => {
            if lines.is_empty() || bracketed() {
                -5
            } else if directory.is_list(lines) {
                -2
            } else {
                1
            }
        }
        key if key.is_units() => {
            if lines.is_empty() {
                -1
            } else if directory.is_list(lines) {
                4
            } else {
                -4
            }
        }
        ColumnKey::Remarks if remarks::opens_with_label(first) => 2,
        ColumnKey::Status if !lines.is_empty() => i32::from(!directory.is_list(lines)),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use luoshi_model::Column;

    #[test]
    fn the_cells_of_a_short_row_find_their_columns() {
        let keys = ["number", "focus", "matter", "units", "status", "remarks"];
        let columns: Vec<LogicalColumn> = keys
            .iter()
            .enumerate()
            .map(|(index, name)| {
                let key = ColumnKey::from_name(name).unwrap();
                let column = Column { key, heading: String::new(), group: None };
                LogicalColumn::new(column, index as u32..index as u32 + 1)
            })
            .collect();
        let cases: [(&[&str], usize); 6] = [
            (&["推进医疗信息公开", "区卫计局", "已经公开。", ""], 2),
            (&["深化审计结果公告及整改情况的公开", "区审计局", "已经公开。"], 2),
            (&["（二）积极回应社会关切", "组织做好政务舆情监测工作", "区公安分局", "已经公开。"], 1),
            (&["积极做好政策性文件清理结果公开", "区法制办", "已经公开。", "典型做法：两年一次。"], 2),
            (&["5", "", "推进监管执法信息公开", "区建设局"], 0),
            (&["加强专家库建设", "区政府办（秘书科）\n各部门", "已经公开。"], 2),
        ];
        for (cells, expected) in cases {
            let fields: Vec<Field> =
                cells.iter().map(|cell| Field::of(luoshi_table::SourceCell::from_text(cell))).collect();
            assert_eq!(shift(&fields, &columns, &Directory::default()), expected, "{cells:?}");
        }
    }
}
