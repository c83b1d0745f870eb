//! The layout of a form: the official table with one row per item, its answer cells open, and the marks by which it is known
//! again.
//!
//! Not here: which items a unit is asked (reconcile), and how a format locks, offers and hides (formats).

use luoshi_model::{ColumnKey, Form};
use luoshi_table::Outcome;

use super::clean::Cleaner;
use super::{Entry, FormMarks, Line, LineRole, Report, print};
use crate::theme::{Label, Theme, Vertical};

/// Lays a form out as the official table. No cell is merged over several items, so that each has a place for its own answer.
pub fn form(form: &Form, theme: &Theme) -> Outcome<Report> {
    let attachment = &form.attachment;
    let (Outcome { value: mut report, mut diagnostics }, rows) = print::lay_out(attachment, theme, true);
    report.name = theme.wording.name(Label::FormSheet).to_owned().into();
    for (column, asked) in report.columns.iter_mut().zip(&attachment.columns) {
        column.entry = entry(&asked.key, &form.classes);
        // Who writes begins at the top.
        if column.entry == Entry::Text {
            column.vertical = Vertical::Top;
        }
    }
    let ids = attachment.items.iter().map(|item| item.id.clone());
    let rows = rows.iter().map(|rows| rows.start).zip(ids).collect();
    let mut cleaner = Cleaner::default();
    let mark = form.mark.text();
    report.form = Some(FormMarks { form: cleaner.clean(&mark, || mark.clone()), rows });
    let mut line = |role, text: String| Line { role, text: cleaner.clean(&text, || text.trim().to_owned()) };
    let wording = &theme.wording;
    let period = attachment.period.as_ref().map(|period| wording.of(Label::FormPeriod, &period.label));
    let due = form.due.as_deref().map(|day| wording.of(Label::FormDue, day));
    let about = [Some(wording.of(Label::FormUnit, &form.name)), period, due];
    let about = about.into_iter().flatten().map(|text| line(LineRole::Preamble, text)).collect::<Vec<_>>();
    let below_title = report.above.iter().position(|line| line.role == LineRole::Preamble);
    let below_title = below_title.unwrap_or(report.above.len());
    report.above.splice(below_title..below_title, about);
    report.above.extend(form.guide.iter().map(|text| line(LineRole::Guide, text.clone())));
    diagnostics.append(&mut cleaner.findings);
    Outcome::new(report, diagnostics)
}

/// What a unit may enter in a column: nothing where it asks, anything where it is answered.
fn entry(key: &ColumnKey, classes: &[String]) -> Entry {
    use ColumnKey::{
        Class, Deadline, Focus, LeadUnits, Matter, Number, Requirement, Section, SupportUnits, Units,
    };
    match key {
        Number | Section | Focus | Matter | Requirement | Units | LeadUnits | SupportUnits | Deadline => {
            Entry::Nothing
        }
        Class if !classes.is_empty() => Entry::Choice(classes.to_vec()),
        _ => Entry::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{self, answered};
    use super::*;

    fn sample() -> Form {
        let mut form = fixture::form();
        let items = &mut form.attachment.items;
        items[0].status = Some(answered(&["一"]));
        items[0].status.as_mut().unwrap().covers = vec!["i1".into(), "i2".into()];
        items[0].merged.insert("units".into(), vec!["i1".into(), "i2".into()]);
        form
    }

    #[test]
    fn each_item_has_one_row_with_answers_of_its_own() {
        let report = form(&sample(), &Theme::default()).value;
        // By hand: what was merged stands with each item, the answer too: a reference that luoshi wrote would come back as the
        // unit's own words. The key area is merged, it is no item's.
        assert_eq!(
            fixture::rows(&report.table),
            [
                "number|focus|matter|units|class|status",
                "一、改革",
                "1|（一）清单|甲|区教育局||一",
                "2|^|乙|区教育局||一",
                "二、民生",
                "3|（一）扶贫|丙|||",
            ]
        );
        let marks = report.form.as_ref().unwrap();
        assert_eq!(marks.form, "luoshi.form/1|c|区教育局");
        assert_eq!(
            marks.rows.iter().map(|(row, id)| format!("{row} {id}")).collect::<Vec<_>>(),
            ["2 i1", "3 i2", "5 i3"]
        );
    }

    #[test]
    fn answers_are_open_and_questions_are_not() {
        let report = form(&sample(), &Theme::default()).value;
        let open = |row: u32| {
            let entry = |column| match report.entry(row, column) {
                Entry::Nothing => '-',
                Entry::Text => 'T',
                Entry::Choice(_) => 'C',
            };
            (0..6).map(entry).collect::<String>()
        };
        let rows: Vec<String> = (0..6).map(open).collect();
        assert_eq!(rows, ["------", "------", "----CT", "----CT", "------", "----CT"]);
    }

    #[test]
    fn the_lines_above_say_whose_it_is_and_when_it_is_due() {
        let Outcome { value, diagnostics } = form(&sample(), &Theme::default());
        let lines: Vec<&str> = value.above.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(
            lines,
            [
                "落实情况表",
                "填报单位：区教育局",
                "填报期间：2017年",
                "报送截止：1月10日",
                "单位：万元",
                "请填写右边两栏。"
            ]
        );
        assert_eq!(diagnostics.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["character-dropped"]);
    }
}
