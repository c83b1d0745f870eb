//! Small attachments for the tests of this crate.

use luoshi_model::{
    Answer, AnswerKind, Aside, Attachment, Column, ColumnKey, Conflict, ConflictKind, ConflictState,
    CoverageState, Focus, Form, FormMark, Item, ItemCoverage, MergeRecord, NumberSource, Origin, Period,
    Section, SubmittedFile, Unit, UnitCoverage, Unresolved, Version,
};
use luoshi_table::Grid;

use super::ReportCell;

/// The rows of a table, the texts of its cells parted by `|`, their paragraphs by `/`; `^` where a cell goes on.
pub(crate) fn rows(table: &Grid<ReportCell>) -> Vec<String> {
    let text = |row: u32| {
        let cells = table.row(row).map(|cell| match cell.row == row {
            true => cell.content.paragraphs.join("/"),
            false => "^".to_owned(),
        });
        cells.collect::<Vec<_>>().join("|")
    };
    (0..table.rows()).map(text).collect()
}

/// Two sections with a key area each, no items; the columns by their keys, each with its key as heading.
pub(crate) fn attachment(columns: &str) -> Attachment {
    let section = |id: &str, label: &str, title: &str| Section {
        id: id.into(),
        label: label.into(),
        title: title.into(),
    };
    let focus = |id: &str, section: &str, title: &str| Focus {
        id: id.into(),
        section: Some(section.into()),
        label: "（一）".into(),
        title: title.into(),
    };
    Attachment {
        title: "落实情况表".into(),
        columns: columns
            .split(' ')
            .map(|key| Column { key: ColumnKey::from_name(key).unwrap(), heading: key.into(), group: None })
            .collect(),
        sections: vec![section("1", "一、", "改革"), section("2", "二、", "民生")],
        focuses: vec![focus("1.1", "1", "清单"), focus("2.1", "2", "扶贫")],
        ..Attachment::default()
    }
}

/// An item `i<number>` under a key area, or under none.
pub(crate) fn item(number: u32, focus: &str, matter: &str) -> Item {
    Item {
        id: format!("i{number}"),
        number: Some(number),
        number_source: Some(NumberSource::Printed),
        focus: (!focus.is_empty()).then(|| focus.into()),
        matter: matter.into(),
        ..Item::default()
    }
}

/// A narrative answer.
pub(crate) fn answered(paragraphs: &[&str]) -> Answer {
    Answer {
        answer: AnswerKind::Answered,
        paragraphs: paragraphs.iter().map(ToString::to_string).collect(),
        ..Answer::default()
    }
}

/// A unit as written.
pub(crate) fn unit(name: &str) -> Unit {
    Unit { name: name.into(), raw: name.into(), ..Unit::default() }
}

/// A form of three items, two of them in one section, not filled in.
pub(crate) fn form() -> Form {
    let mut attachment = attachment("number focus matter units class status");
    attachment.items = vec![item(1, "1.1", "甲"), item(2, "1.1", "乙"), item(3, "2.1", "丙")];
    attachment.items[0].units = vec![unit("区教育局")];
    attachment.preamble = vec!["单位：万元".into()];
    attachment.period =
        Some(Period { label: "2017年".into(), from: "2017-01-01".into(), to: "2017-12-31".into() });
    Form {
        mark: FormMark { catalogue: "c".into(), unit: "区教育局".into() },
        name: "区教育\u{7}局".into(),
        due: Some("1月10日".into()),
        attachment,
        classes: vec!["已落实".into(), "未落实".into()],
        guide: vec!["请填写右边两栏。".into()],
    }
}

/// Five items, the last two of them numbered 2.1 and not at all.
pub(crate) fn merged() -> Attachment {
    let mut attachment = attachment("number matter status");
    attachment.items = vec![item(1, "1.1", "甲"), item(2, "1.1", "乙"), item(3, "2.1", "丙")];
    attachment.items.push(Item { label: Some("2.1".into()), ..item(4, "2.1", "丁") });
    attachment.items.push(Item { number: None, id: "i5".into(), ..item(5, "2.1", "戊") });
    attachment
}

/// A record of two units and two files.
pub(crate) fn record() -> MergeRecord {
    let file = |name: &str| SubmittedFile { name: name.into(), ..SubmittedFile::default() };
    let unit = |name: &str, files: &[u32], items: &[(&str, CoverageState)]| UnitCoverage {
        unit: name.into(),
        files: files.to_vec(),
        items: items.iter().map(|&(item, state)| ItemCoverage { item: item.into(), state }).collect(),
    };
    let version = |unit: &str, text: &str, file, row| Version {
        id: String::new(),
        unit: unit.into(),
        paragraphs: text.split('/').map(Into::into).collect(),
        places: vec![Origin { file, table: Some(1), row: Some(row), column: Some(3), ..Origin::default() }],
    };
    let conflict = |kind, item: Option<&str>, versions| Conflict {
        kind,
        state: ConflictState::Open,
        item: item.map(Into::into),
        matter: String::new(),
        column: item.map(|_| ColumnKey::Status),
        unit: None,
        versions,
    };
    use CoverageState::{Answered, Blank, Missing, None as Nothing, NotApplicable};
    MergeRecord {
        files: vec![file("教育局.docx"), file("水务/局.xlsx")],
        coverage: vec![
            unit("区教育局", &[0], &[("i1", Answered), ("i3", Nothing), ("i5", NotApplicable)]),
            unit(
                "区水务局",
                &[],
                &[("i1", Missing), ("i2", Missing), ("i3", Blank), ("i4", Missing), ("x9", Missing)],
            ),
        ],
        conflicts: vec![
            conflict(
                ConflictKind::Versions,
                Some("i2"),
                vec![version("区教育局", "一/二", 0, 4), version("区教育局", "三", 1, 5)],
            ),
            Conflict {
                state: ConflictState::Noted,
                unit: Some("区水务局".into()),
                ..conflict(ConflictKind::Unreadable, None, Vec::new())
            },
        ],
        unresolved: vec![Unresolved {
            name: "各部门".into(),
            items: vec!["i1".into(), "i2".into(), "i3".into()],
        }],
        asides: vec![Aside {
            unit: "区教育局".into(),
            item: "i2".into(),
            heading: "联系人".into(),
            paragraphs: vec!["李明".into()],
            place: Origin {
                file: 1,
                sheet: Some("表".into()),
                row: Some(4),
                column: Some(7),
                ..Origin::default()
            },
        }],
        ..MergeRecord::default()
    }
}
