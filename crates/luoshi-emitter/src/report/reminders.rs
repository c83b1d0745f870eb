//! 催报: a row for each unit that has not answered everything it was asked.
//!
//! Not here: what counts as an answer (reconcile).

use luoshi_model::{Attachment, ColumnKey, MergeRecord};
use luoshi_table::Outcome;

use super::names::Names;
use super::{Report, labels, list};
use crate::theme::{Theme, Vertical};

/// Lays out who must be reminded of what.
pub fn reminders(attachment: &Attachment, record: &MergeRecord, theme: &Theme) -> Outcome<Report> {
    let names = Names::new(attachment);
    let mut columns = vec![
        list::column(labels::UNIT, &ColumnKey::Units, theme),
        list::column(labels::DUE_COUNT, &ColumnKey::Class, theme),
        list::column(labels::DUE_ITEMS, &ColumnKey::Status, theme),
        list::column(labels::FILES_CAME, &ColumnKey::Class, theme),
    ];
    for column in &mut columns {
        column.vertical = Vertical::Middle;
    }
    let mut sheet = list::List::new(labels::REMINDERS, columns);
    for unit in &record.coverage {
        let due: Vec<&str> =
            unit.items.iter().filter(|item| item.state.is_due()).map(|item| item.item.as_str()).collect();
        if !due.is_empty() {
            sheet.push(vec![
                list::text(&unit.unit),
                list::number(due.len()),
                list::text(names.runs(due.iter().copied())),
                list::text(labels::files_came(!unit.files.is_empty())),
            ]);
        }
    }
    sheet.printed(Vec::new(), Vec::new(), 1)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{merged, record, rows};
    use super::*;

    #[test]
    fn only_units_that_owe_something_are_reminded() {
        let report = reminders(&merged(), &record(), &Theme::default()).value;
        // 2.1 is no number of the row 1, 2, 3; x9 is known by its id alone.
        assert_eq!(
            rows(&report.table),
            ["单位|未答项数|未答事项|来文情况", "区水务局|5|1～3、2.1、x9|无来文"]
        );
    }
}
