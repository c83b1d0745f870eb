//! 冲突: a row for each text that stands against another or has no place.
//!
//! Not here: how a conflict is settled (decisions, in the record's JSON).

use luoshi_model::{Attachment, ColumnKey, Conflict, MergeRecord, Version};
use luoshi_table::Outcome;

use super::names::{self, Names};
use super::{Report, ReportCell, labels, list};
use crate::theme::Theme;

/// Lays out what stands against what.
pub fn conflicts(attachment: &Attachment, record: &MergeRecord, theme: &Theme) -> Outcome<Report> {
    let names = Names::new(attachment);
    let columns = [
        (labels::KIND, ColumnKey::Units),
        (labels::STATE, ColumnKey::Class),
        (labels::NUMBER, ColumnKey::Number),
        (labels::MATTER, ColumnKey::Matter),
        (labels::COLUMN, ColumnKey::Units),
        (labels::UNIT, ColumnKey::Units),
        (labels::PLACE, ColumnKey::Evidence),
        (labels::TEXT, ColumnKey::Status),
    ];
    let columns = columns.iter().map(|(heading, like)| list::column(heading, like, theme)).collect();
    let mut sheet = list::List::new(labels::CONFLICTS, columns);
    for conflict in &record.conflicts {
        if conflict.versions.is_empty() {
            sheet.push(row(conflict, None, record, &names));
        }
        for version in &conflict.versions {
            sheet.push(row(conflict, Some(version), record, &names));
        }
    }
    sheet.finish()
}

fn row(
    conflict: &Conflict,
    version: Option<&Version>,
    record: &MergeRecord,
    names: &Names<'_>,
) -> Vec<ReportCell> {
    let item = conflict.item.as_deref();
    let asked = item.and_then(|id| names.item(id)).map_or("", |item| &item.matter);
    let matter = if conflict.matter.is_empty() { asked } else { &conflict.matter };
    let unit = version.map(|version| version.unit.as_str()).filter(|unit| !unit.is_empty());
    let places = version.map_or(&[][..], |version| &version.places).iter();
    vec![
        list::text(labels::conflict(conflict.kind)),
        list::text(labels::conflict_state(conflict.state)),
        list::number(item.map(|id| names.number(id)).unwrap_or_default()),
        list::text(matter),
        list::text(conflict.column.as_ref().map(|key| names.heading(key)).unwrap_or_default()),
        list::text(unit.or(conflict.unit.as_deref()).unwrap_or_default()),
        list::paragraphs(places.map(|place| names::place(record, place)).collect()),
        list::paragraphs(version.map(|version| version.paragraphs.clone()).unwrap_or_default()),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{merged, record, rows};
    use super::*;

    #[test]
    fn every_version_has_a_row_and_a_conflict_without_one_too() {
        let report = conflicts(&merged(), &record(), &Theme::default()).value;
        assert_eq!(
            rows(&report.table),
            [
                "类型|状态|序号|所涉事项|栏目|单位|出处|内容",
                "答复不一|待取舍|2|乙|status|区教育局|教育局.docx 第1个表第4行第3列|一/二",
                "答复不一|待取舍|2|乙|status|区教育局|水务/局.xlsx 第1个表第5行第3列|三",
                "文件无法读取|仅提示||||区水务局||",
            ]
        );
    }
}
