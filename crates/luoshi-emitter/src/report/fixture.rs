//! Small attachments for the tests of this crate.

use luoshi_model::{
    Answer, AnswerKind, Attachment, Column, ColumnKey, Focus, Form, FormMark, Item, NumberSource, Period,
    Section, Unit,
};

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
