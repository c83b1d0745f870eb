//! What a check found, as lists: what stands, and what an office accepted with its reasons.
//!
//! Not here: the sentences, which come with the findings.

use luoshi_model::{ColumnKey, Finding, Findings, Level};
use luoshi_table::Outcome;

use super::{Report, ReportColumn, labels, list};
use crate::theme::Theme;

/// The list of what stands, and that of what is accepted where there is any.
pub fn findings(findings: &Findings, theme: &Theme) -> (Outcome<Report>, Option<Outcome<Report>>) {
    let columns = |reason: bool| -> Vec<ReportColumn> {
        let mut columns = vec![
            list::column(labels::LEVEL, &ColumnKey::Class, theme),
            list::column(labels::NUMBER, &ColumnKey::Number, theme),
            list::narrow_column(labels::MATTER, &ColumnKey::Matter, theme),
            list::narrow_column(labels::COLUMN, &ColumnKey::Units, theme),
            list::narrow_column(labels::PLACE, &ColumnKey::Units, theme),
            list::column(labels::FOUND, &ColumnKey::Matter, theme),
            list::narrow_column(labels::TODO, &ColumnKey::Matter, theme),
            list::narrow_column(labels::CODE, &ColumnKey::Units, theme),
        ];
        if reason {
            columns.push(list::narrow_column(labels::REASON, &ColumnKey::Matter, theme));
        }
        columns
    };
    let sheet = |name, all: &[Finding], reason: bool| {
        let mut sheet = list::List::new(name, columns(reason));
        for finding in all {
            let mut row = vec![
                list::text(labels::level(finding.level)),
                list::number(&finding.number),
                list::text(&finding.matter),
                list::text(&finding.heading),
                list::text(&finding.place),
                list::text(&finding.what),
                list::text(&finding.todo),
                list::text(&finding.code),
            ];
            if reason {
                row.push(list::text(&finding.reason));
            }
            sheet.push(row);
        }
        let count = |level| all.iter().filter(|finding| finding.level == level).count();
        let counts = [Level::Block, Level::Warn, Level::Info].map(|level| (level, count(level)));
        sheet.printed(vec![labels::checked(&findings.file, &findings.title, &counts)], Vec::new(), 2)
    };
    let accepted = (!findings.accepted.is_empty()).then(|| sheet(labels::ACCEPTED, &findings.accepted, true));
    (sheet(labels::FINDINGS, &findings.findings, false), accepted)
}
