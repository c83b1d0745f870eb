//! 附注: texts of submissions in columns that the catalogue does not ask.
//!
//! Not here: texts that a person must decide on (`conflicts`).

use luoshi_model::{Attachment, ColumnKey, MergeRecord};
use luoshi_table::Outcome;

use super::names::{self, Names};
use super::{Report, labels, list};
use crate::theme::Theme;

/// Lays out the asides; nothing where there are none.
pub fn asides(attachment: &Attachment, record: &MergeRecord, theme: &Theme) -> Option<Outcome<Report>> {
    if record.asides.is_empty() {
        return None;
    }
    let names = Names::new(attachment);
    let columns = [
        (labels::UNIT, ColumnKey::Units),
        (labels::ITEM, ColumnKey::Units),
        (labels::COLUMN, ColumnKey::Units),
        (labels::TEXT, ColumnKey::Status),
        (labels::PLACE, ColumnKey::Evidence),
    ];
    let columns = columns.iter().map(|(heading, like)| list::column(heading, like, theme)).collect();
    let mut sheet = list::List::new(labels::ASIDES, columns);
    for aside in &record.asides {
        sheet.push(vec![
            list::text(&aside.unit),
            list::number(names.number(&aside.item)),
            list::text(&aside.heading),
            list::paragraphs(aside.paragraphs.clone()),
            list::text(names::place(record, &aside.place)),
        ]);
    }
    Some(sheet.finish())
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{merged, record, rows};
    use super::*;

    #[test]
    fn asides_say_whose_they_are_and_where_they_stand() {
        let mut record = record();
        let report = asides(&merged(), &record, &Theme::default()).unwrap().value;
        assert_eq!(
            rows(&report.table),
            ["单位|所涉事项|栏目|内容|出处", "区教育局|2|联系人|李明|水务/局.xlsx 工作表“表”第4行第7列"]
        );
        record.asides.clear();
        assert!(asides(&merged(), &record, &Theme::default()).is_none());
    }
}
