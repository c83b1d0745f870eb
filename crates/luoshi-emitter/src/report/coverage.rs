//! 报送情况: who answered what, a row per unit and a column per item.
//!
//! Not here: what counts as an answer (reconcile).

use std::collections::BTreeMap;

use luoshi_model::{Attachment, ColumnKey, MergeRecord};
use luoshi_table::Outcome;

use super::names::Names;
use super::{Entry, Report, ReportColumn, labels, list, measure};
use crate::theme::{Align, Theme, Vertical};

/// White space left and right of an item's number together, in millimetres.
const PADDING: f64 = 1.8;

/// The widest that an item's column gets, in millimetres: one without a number is called by what it asks.
const WIDEST: f64 = 16.0;

/// Columns that stay in view: the unit and the three counts.
const KEY_COLUMNS: u32 = 4;

/// Lays out who answered what.
pub fn coverage(attachment: &Attachment, record: &MergeRecord, theme: &Theme) -> Outcome<Report> {
    let names = Names::new(attachment);
    // The items of the attachment, and any that were asked besides.
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut items: Vec<&str> = Vec::new();
    let asked = record.coverage.iter().flat_map(|unit| &unit.items).map(|item| item.item.as_str());
    for id in attachment.items.iter().map(|item| item.id.as_str()).chain(asked) {
        places.entry(id).or_insert_with(|| {
            items.push(id);
            items.len() - 1
        });
    }
    let mut columns = vec![list::column(labels::UNIT, &ColumnKey::Units, theme)];
    columns.extend(
        [labels::FILE_COUNT, labels::ANSWERED_COUNT, labels::ASKED_COUNT]
            .map(|heading| list::column(heading, &ColumnKey::Score, theme)),
    );
    columns.extend(items.iter().map(|id| narrow(names.number(id), theme)));
    for column in &mut columns {
        column.vertical = Vertical::Middle;
    }
    let mut sheet = list::List::new(labels::COVERAGE, columns);
    for unit in &record.coverage {
        let answered = unit.items.iter().filter(|item| !item.state.is_due()).count();
        let mut row = vec![
            list::text(&unit.unit),
            list::number(unit.files.len()),
            list::number(answered),
            list::number(unit.items.len()),
        ];
        let mut states = vec![list::text(""); items.len()];
        for item in &unit.items {
            states[places[item.item.as_str()]] = list::text(labels::state(item.state));
        }
        row.append(&mut states);
        sheet.push(row);
    }
    let unresolved = record.unresolved.iter();
    let unresolved = unresolved.map(|wording| {
        labels::unresolved(&wording.name, &names.runs(wording.items.iter().map(String::as_str)))
    });
    sheet.printed(vec![labels::LEGEND.to_owned()], unresolved.collect(), KEY_COLUMNS)
}

/// A column as wide as its number or a sign, so that many fit a page.
fn narrow(heading: String, theme: &Theme) -> ReportColumn {
    let points = (measure::width(&heading) * theme.sheet.heading).max(theme.sheet.body);
    let width = (PADDING + points * 25.4 / 72.0).min(WIDEST);
    ReportColumn { heading, width, align: Align::Center, vertical: Vertical::Middle, entry: Entry::Nothing }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{merged, record, rows};
    use super::*;

    #[test]
    fn every_unit_has_a_sign_for_each_item_it_was_asked() {
        let report = coverage(&merged(), &record(), &Theme::default()).value;
        // By hand; x9 is in no attachment and stands last.
        assert_eq!(
            rows(&report.table),
            [
                "单位|文件数|已答|应答|1|2|3|2.1|戊|x9",
                "区教育局|1|3|3|答||无||免|",
                "区水务局|0|0|5|缺|缺|空|缺||缺",
            ]
        );
        let lines =
            |lines: &[super::super::Line]| lines.iter().map(|line| line.text.clone()).collect::<Vec<_>>();
        assert_eq!(lines(&report.above), ["报送情况", labels::LEGEND]);
        assert_eq!(lines(&report.below), ["未落实到具体单位：各部门（第1～3项）"]);
    }
}
