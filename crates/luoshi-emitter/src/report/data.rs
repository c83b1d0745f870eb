//! The plain layout: one row per item, every cell its own, section and key area repeated. For filters, queries and CSV.
//!
//! Not here: lines around the table; a table that is to be queried has none.

use luoshi_model::{Attachment, ColumnKey};
use luoshi_table::{Diagnostic, GridBuilder, Outcome, Severity};

use super::clean::Cleaner;
use super::outline::{Step, outline};
use super::shared::Shared;
use super::sources::Sources;
use super::{CellRole, Entry, Report, ReportCell, ReportColumn, cells, labels, list};
use crate::theme::{Label, Theme, Vertical};

/// Lays an attachment out as one plain row per item.
pub fn data(attachment: &Attachment, theme: &Theme) -> Outcome<Report> {
    lay_out(attachment, theme, None)
}

/// The same with a last column that says where each row's texts came from.
pub fn data_with_sources(attachment: &Attachment, theme: &Theme) -> Outcome<Report> {
    lay_out(attachment, theme, Some(&Sources::new(attachment)))
}

fn lay_out(attachment: &Attachment, theme: &Theme, sources: Option<&Sources<'_>>) -> Outcome<Report> {
    let mut cleaner = Cleaner::default();
    let columns = headings(attachment);
    let steps = outline(attachment);
    let mut diagnostics = Vec::new();
    let mut grid = GridBuilder::new();
    let mut row: Vec<ReportCell> = Vec::with_capacity(columns.len());
    for (_, heading) in &columns {
        let text = cleaner.clean(heading, || heading.trim().to_owned());
        row.push(ReportCell::new(CellRole::Heading, cells::paragraph(text)));
    }
    if sources.is_some() {
        row.push(ReportCell::new(CellRole::Heading, vec![labels::SOURCES.to_owned()]));
    }
    let mut rows = 0;
    push(&mut grid, &mut rows, &mut row);
    let shared = Shared::new(attachment);
    let leaders: Vec<_> = columns.iter().map(|(key, _)| shared.leaders(key)).collect();
    let mut shown = (vec![false; attachment.sections.len()], vec![false; attachment.focuses.len()]);
    for step in steps {
        let Step::Item { index, section, focus } = step else { continue };
        let item = &attachment.items[index];
        for ((key, heading), leaders) in columns.iter().zip(&leaders) {
            let part = |text: Option<String>| text.into_iter().collect::<Vec<_>>().into();
            let texts = match key {
                ColumnKey::Section => {
                    part(section.map(|part| cells::section_text(&attachment.sections[part])))
                }
                ColumnKey::Focus => part(focus.map(|part| cells::focus_text(&attachment.focuses[part]))),
                key => shared.says(index, key, leaders).text,
            };
            let place = || format!("{} {heading}", item.name());
            let paragraphs: Vec<String> = texts.iter().map(|text| cleaner.clean(text, place)).collect();
            row.push(ReportCell::new(cells::role(key, &paragraphs), paragraphs));
        }
        if let Some(sources) = sources {
            let place = || format!("{} {}", item.name(), labels::SOURCES);
            let lines = sources.of(item);
            row.push(list::paragraphs(lines.iter().map(|text| cleaner.clean(text, place)).collect()));
        }
        section.into_iter().for_each(|part| shown.0[part] = true);
        focus.into_iter().for_each(|part| shown.1[part] = true);
        push(&mut grid, &mut rows, &mut row);
    }
    let sections = attachment.sections.iter().map(cells::section_text).zip(shown.0);
    let focuses = attachment.focuses.iter().map(cells::focus_text).zip(shown.1);
    for (part, _) in sections.chain(focuses).filter(|(_, shown)| !shown) {
        diagnostics.push(Diagnostic::unplaced("part-not-shown", Severity::Info).with("part", part));
    }
    diagnostics.extend(cells::unshown(attachment));
    let title = cleaner.clean(&attachment.title, || attachment.title.trim().to_owned());
    diagnostics.append(&mut cleaner.findings);
    let report = Report {
        name: theme.wording.name(Label::DataSheet).to_owned().into(),
        title,
        above: Vec::new(),
        key_columns: 0,
        header_rows: 1,
        columns: columns
            .into_iter()
            .map(|(key, heading)| {
                let style = theme.column(&key);
                ReportColumn {
                    heading,
                    width: style.data,
                    align: style.align,
                    vertical: Vertical::Top,
                    entry: Entry::Nothing,
                }
            })
            .chain(sources.map(|_| list::column(labels::SOURCES, &ColumnKey::Evidence, theme)))
            .collect(),
        table: grid.finish(),
        below: Vec::new(),
        form: None,
    };
    Outcome::new(report, diagnostics)
}

fn push(grid: &mut GridBuilder<ReportCell>, rows: &mut u32, row: &mut Vec<ReportCell>) {
    for (column, cell) in (0..).zip(row.drain(..)) {
        let placed = grid.place(*rows, column, 1, 1, cell);
        debug_assert!(placed.is_ok(), "each row is pushed once");
    }
    *rows += 1;
}

/// The attachment's columns, with the section and the key area before them where the table shows those as rows.
fn headings(attachment: &Attachment) -> Vec<(ColumnKey, String)> {
    let shown = |key: ColumnKey| attachment.columns.iter().any(|column| column.key == key);
    let mut columns = Vec::new();
    if !attachment.sections.is_empty() && !shown(ColumnKey::Section) {
        columns.push((ColumnKey::Section, labels::SECTION.to_owned()));
    }
    if !attachment.focuses.is_empty() && !shown(ColumnKey::Focus) {
        columns.push((ColumnKey::Focus, labels::FOCUS.to_owned()));
    }
    columns.extend(attachment.columns.iter().map(|column| {
        let heading = match &column.group {
            Some(group) => labels::grouped(group, &column.heading),
            None => column.heading.clone(),
        };
        (column.key.clone(), heading)
    }));
    columns
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{answered, attachment, item};
    use super::*;

    fn text(report: &Report) -> Vec<String> {
        (0..report.table.rows())
            .map(|row| {
                let cells = report.table.row(row).map(|cell| cell.content.paragraphs.join("/"));
                cells.collect::<Vec<_>>().join("|")
            })
            .collect()
    }

    #[test]
    fn every_item_has_a_row_with_its_section_and_key_area() {
        let mut attachment = attachment("number matter status");
        attachment.items = vec![item(1, "1.1", "甲"), item(2, "1.1", "乙"), item(3, "2.1", "丙")];
        attachment.items[0].status = Some(answered(&["一", "二"]));
        attachment.items[0].status.as_mut().unwrap().covers = vec!["i1".into(), "i2".into()];
        let Outcome { value, diagnostics } = data(&attachment, &Theme::default());
        assert_eq!(
            text(&value),
            [
                "部分|自查重点|number|matter|status",
                "一、改革|（一）清单|1|甲|一/二",
                "一、改革|（一）清单|2|乙|见第1项",
                "二、民生|（一）扶贫|3|丙|",
            ]
        );
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
    }

    #[test]
    fn a_part_without_items_is_reported_since_no_row_shows_it() {
        let mut attachment = attachment("number matter");
        attachment.items = vec![item(1, "1.1", "甲")];
        let parts: Vec<_> = data(&attachment, &Theme::default())
            .diagnostics
            .into_iter()
            .map(|finding| (finding.code, finding.arguments[0].1.clone()))
            .collect();
        assert_eq!(
            parts,
            [("part-not-shown", "二、民生".to_owned()), ("part-not-shown", "（一）扶贫".to_owned())]
        );
    }
}
