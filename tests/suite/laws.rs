//! The laws of the design as properties over generated attachments, and over every fixture.
//!
//! - read(write(x)) = x, for json, docx and xlsx;
//! - write(x) twice gives the same bytes;
//! - every text of a source table is in the model or in a finding;
//! - no input, however damaged, panics.
//!
//! The generated attachments are forms as a form can show them: an id is what the matter gives, numbers are printed. They
//! carry what tears tables: formulas, long digits, markup, tabs, empty paragraphs, merged answers, spans of every kind.

use std::collections::BTreeMap;

use luoshi::model::{
    Answer, AnswerKind, Attachment, Column, ColumnKey, Focus, Item, NumberSource, Period, Remark, RemarkKind,
    Section, Unit,
};
use luoshi::{CatalogueChoice, Input, ReadOptions, SourceBlock};
use proptest::prelude::*;

use crate::support::{assert_same, fixtures, read, read_bytes, write};

pub(crate) const PLAIN: ReadOptions<'static> =
    ReadOptions { revisions: luoshi::Revisions::Accept, catalogue: CatalogueChoice::None };

/// Narratives that try a writer: what looks like a formula, a number, a date, markup; what a cell must not lose.
fn narrative() -> impl Strategy<Value = Vec<String>> {
    let piece = prop_oneof![
        4 => "已公开[一-龥，。；：、“”（）《》0-9a-zA-Z%]{0,30}",
        1 => Just("=SUM(A1:A9)".to_owned()),
        1 => Just("+86 10".to_owned()),
        1 => Just("-1-10".to_owned()),
        1 => Just("@SUM".to_owned()),
        1 => Just("123456789012345678".to_owned()),
        1 => Just("2016-06-17".to_owned()),
        1 => Just("<b>&amp;\"'</b>".to_owned()),
        1 => Just("㎡①②㈠𠮷😀 ｱ".to_owned()),
        1 => Just("甲\t乙  丙".to_owned()),
        1 => Just("_x000D_".to_owned()),
        1 => Just("<r>甲</r>".to_owned()),
        // More than half a page of a worksheet's column.
        1 => Just("主动公开，".repeat(70)),
    ];
    proptest::collection::vec(piece, 1..6).prop_map(|mut paragraphs| {
        // What a narrative begins with keeps it from being read as another kind of answer.
        paragraphs[0] = format!("本期{}", paragraphs[0]);
        if paragraphs.len() > 2 {
            paragraphs[1] = String::new();
        }
        paragraphs
    })
}

#[derive(Clone, Debug)]
struct Row {
    matter: String,
    units: Vec<usize>,
    /// 0 opens a section, 1 a focus, others go on.
    opens: u8,
    /// 0 shares the answer above, 1 none, 2 struck, 3 not applicable, 4 blank, others narrative.
    answer: u8,
    text: Vec<String>,
    remark: u8,
    note: Vec<String>,
    deadline: Option<String>,
    shares_units: bool,
}

fn row() -> impl Strategy<Value = Row> {
    (
        "[公开信息推进政策服务项目监督管理透明]{4,14}",
        proptest::collection::vec(0..UNITS.len(), 1..3),
        0..6_u8,
        0..9_u8,
        narrative(),
        0..5_u8,
        narrative(),
        proptest::option::of(prop_oneof![3 => "[一-龥]{2,5}前", 1 => Just("<r>甲</r>".to_owned())]),
        any::<bool>(),
    )
        .prop_map(|(matter, units, opens, answer, text, remark, note, deadline, shares_units)| Row {
            matter,
            units,
            opens,
            answer,
            text,
            remark,
            note,
            deadline,
            shares_units,
        })
}

/// Units as they are written: name, office, second name, whether collective.
const UNITS: [(&str, Option<&str>, Option<&str>, bool); 5] = [
    ("区教育局", None, None, false),
    ("区政府办", Some("秘书科"), None, false),
    ("区农林水利局", None, Some("区委农办"), false),
    ("各部门", None, None, true),
    ("区政务服务中心管委会", None, None, false),
];

fn unit(index: usize) -> Unit {
    let (name, office, second_name, collective) = UNITS[index];
    let raw = match office.or(second_name) {
        Some(inner) => format!("{name}（{inner}）"),
        None => name.to_owned(),
    };
    let owned = |text: Option<&str>| text.map(str::to_owned);
    Unit {
        name: name.to_owned(),
        office: owned(office),
        second_name: owned(second_name),
        collective,
        raw,
        ..Unit::default()
    }
}

const HAN: [&str; 9] = ["一", "二", "三", "四", "五", "六", "七", "八", "九"];

fn attachment() -> impl Strategy<Value = Attachment> {
    (proptest::collection::vec(row(), 1..14), any::<bool>(), any::<bool>())
        .prop_map(|(rows, with_sections, with_deadline)| built(rows, with_sections, with_deadline))
}

/// An attachment and what became of it a period later: rows that went, came, changed and changed places; and now and then another
/// column.
pub(crate) fn two_periods() -> impl Strategy<Value = (Attachment, Attachment)> {
    let fate = prop_oneof![4 => Just(0_u8), 1 => Just(1), 1 => Just(2), 2 => Just(3), 1 => Just(4)];
    let rows = proptest::collection::vec((row(), fate, row()), 1..12);
    (rows, any::<bool>(), any::<bool>(), proptest::bool::weighted(0.1)).prop_map(
        |(rows, with_sections, with_deadline, other_columns)| {
            let (mut old, mut new): (Vec<Row>, Vec<Row>) = (Vec::new(), Vec::new());
            for (row, fate, other) in rows {
                // Gone, came, changed, moved to the top, or kept.
                if fate != 2 {
                    old.push(row.clone());
                }
                match fate {
                    1 => {}
                    3 => new.push(Row { answer: other.answer, text: other.text, opens: other.opens, ..row }),
                    4 => new.insert(0, row),
                    _ => new.push(row),
                }
            }
            let with = |rows: Vec<Row>, deadline| without_marks(built(rows, with_sections, deadline));
            (with(old, with_deadline), with(new, with_deadline != other_columns))
        },
    )
}

fn built(rows: Vec<Row>, with_sections: bool, with_deadline: bool) -> Attachment {
    let column = |key: ColumnKey, heading: &str| Column { key, heading: heading.to_owned(), group: None };
    let mut columns = vec![column(ColumnKey::Number, "序号")];
    if with_sections {
        columns.push(column(ColumnKey::Focus, "自查重点"));
    }
    columns.extend([
        column(ColumnKey::Matter, "自查事项"),
        column(ColumnKey::Units, "责任单位"),
        column(ColumnKey::Status, "落实情况"),
        column(ColumnKey::Remarks, "典型做法及问题概述"),
    ]);
    if with_deadline {
        columns.push(column(ColumnKey::Deadline, "完成时限"));
        columns.push(column(ColumnKey::Extra("联系人".to_owned()), "联系人"));
    }
    let mut attachment = Attachment {
        title: "2017年上半年政务公开工作落实情况表".to_owned(),
        annex: Some("附件3".to_owned()),
        period: Some(Period {
            label: "2017年上半年".into(),
            from: "2017-01-01".into(),
            to: "2017-06-30".into(),
        }),
        preamble: vec!["填报单位：区教育局".to_owned()],
        columns,
        postscript: vec!["填表人：张三".to_owned()],
        ..Attachment::default()
    };
    for (index, row) in rows.into_iter().enumerate() {
        if with_sections {
            open(&mut attachment, if index == 0 { 0 } else { row.opens });
        }
        push(&mut attachment, row, with_deadline);
    }
    attachment
}

/// Opens a section or a focus where a row says so.
fn open(attachment: &mut Attachment, opens: u8) {
    if opens == 0 && attachment.sections.len() < HAN.len() {
        let count = attachment.sections.len();
        let title = format!("围绕{}推进公开", HAN[count]);
        attachment.sections.push(Section {
            id: (count + 1).to_string(),
            label: format!("{}、", HAN[count]),
            title,
        });
    }
    let section = attachment.sections.len();
    let inside =
        attachment.focuses.iter().filter(|f| f.section.as_deref() == Some(&section.to_string())).count();
    if opens <= 1 && inside < HAN.len() || inside == 0 {
        attachment.focuses.push(Focus {
            id: format!("{section}.{}", inside + 1),
            section: Some(section.to_string()),
            label: format!("（{}）", HAN[inside]),
            title: format!("推进{}方面公开", HAN[inside]),
        });
    }
}

fn push(attachment: &mut Attachment, row: Row, with_deadline: bool) {
    let number = attachment.items.len() as u32 + 1;
    let focus = attachment.focuses.last().map(|focus| focus.id.clone());
    let id = format!("item-{number}");
    let mut item = Item {
        id: id.clone(),
        number: Some(number),
        number_source: Some(NumberSource::Printed),
        focus: focus.clone(),
        matter: format!("{}{}", row.matter, HAN[number as usize % 9]),
        units: row.units.iter().map(|&index| unit(index)).collect(),
        ..Item::default()
    };
    if with_deadline {
        item.deadline = row.deadline.into_iter().collect();
        item.extra.insert("联系人".to_owned(), vec![format!("={number}")]);
    }
    let text =
        |kind, text: &str| Answer { answer: kind, paragraphs: vec![text.to_owned()], ..Answer::default() };
    let narrative = Answer { answer: AnswerKind::Answered, paragraphs: row.text, ..Answer::default() };
    let above = attachment
        .items
        .iter_mut()
        .rev()
        .find(|above| above.status.as_ref().is_some_and(|s| s.see.is_none()));
    // A cell that begins in another focus would have to cross a section row.
    let shared = above.filter(|above| {
        above.focus == focus && above.status.as_ref().is_some_and(|s| s.answer == AnswerKind::Answered)
    });
    item.status = Some(match (row.answer, shared) {
        (0, Some(above)) => {
            let owner = above.id.clone();
            let covers = &mut above.status.as_mut().unwrap().covers;
            if covers.is_empty() {
                covers.push(owner.clone());
            }
            covers.push(id.clone());
            Answer { answer: AnswerKind::See, see: Some(owner), ..Answer::default() }
        }
        (1, _) => text(AnswerKind::None, "无"),
        (2, _) => text(AnswerKind::Struck, "—"),
        (3, _) => Answer {
            reason: Some("由市主管部门牵头".to_owned()),
            ..text(AnswerKind::NotApplicable, "由市主管部门牵头")
        },
        (4, _) => Answer::default(),
        _ => narrative,
    });
    let block =
        |kind, label: &str, paragraphs, inline| Remark { kind, label: label.to_owned(), paragraphs, inline };
    item.remarks = match row.remark {
        0 => vec![block(RemarkKind::Other, "", row.note, false)],
        1 => vec![block(RemarkKind::Issue, "存在问题：", row.note, false)],
        2 => vec![
            block(RemarkKind::Practice, "典型做法：", vec!["设专栏。".to_owned()], false),
            block(RemarkKind::NextStep, "下一步工作：", row.note, true),
        ],
        _ => Vec::new(),
    };
    let last = attachment.items.last_mut().filter(|last| row.shares_units && last.focus == focus);
    if let Some(last) = last.filter(|last| last.merged.is_empty() && last.units != unit_list(&[3])) {
        // Only the first of a run carries the list, so a run here is two rows long.
        if !shared_by(last) {
            item.units = last.units.clone();
            last.merged.insert("units".to_owned(), vec![last.id.clone(), id]);
            item.extra.entry(MARK.to_owned()).or_default();
        }
    }
    attachment.items.push(item);
}

/// Marks an item whose units cell began above, until the whole is built.
const MARK: &str = "merged";

fn shared_by(item: &Item) -> bool {
    item.extra.contains_key(MARK)
}

fn unit_list(indexes: &[usize]) -> Vec<Unit> {
    indexes.iter().map(|&index| unit(index)).collect()
}

/// Gives the generated items the ids that their matters have, which only reading can tell.
pub(crate) fn with_ids_of(mut attachment: Attachment, read: &Attachment) -> Attachment {
    for item in &mut attachment.items {
        item.extra.remove(MARK);
    }
    let ids: BTreeMap<String, String> = attachment
        .items
        .iter()
        .zip(&read.items)
        .map(|(own, read)| (own.id.clone(), read.id.clone()))
        .collect();
    let rename = |id: &mut String| {
        if let Some(known) = ids.get(id) {
            id.clone_from(known);
        }
    };
    for item in &mut attachment.items {
        rename(&mut item.id);
        item.merged.values_mut().flatten().for_each(rename);
        if let Some(status) = &mut item.status {
            status.see.iter_mut().chain(&mut status.covers).for_each(rename);
        }
    }
    attachment
}

pub(crate) fn without_marks(mut attachment: Attachment) -> Attachment {
    attachment.items.iter_mut().for_each(|item| {
        item.extra.remove(MARK);
    });
    attachment
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reading_what_was_written_gives_it_back(generated in attachment()) {
        let written = without_marks(generated);
        let json = write(&written, "json");
        prop_assert!(read_bytes("x.json", &json, &PLAIN).unwrap().value == written);
        for format in ["docx", "xlsx"] {
            let bytes = write(&written, format);
            let read = read_bytes(&format!("x.{format}"), &bytes, &PLAIN).unwrap().value;
            assert_same(&read, &with_ids_of(written.clone(), &read), format);
        }
    }

    #[test]
    fn writing_twice_gives_the_same_bytes(generated in attachment()) {
        let written = without_marks(generated);
        for format in ["json", "docx", "xlsx", "csv", "html"] {
            prop_assert!(write(&written, format) == write(&written, format), "{}", format);
        }
    }
}

#[test]
fn numbers_without_a_column_are_written_before_their_matters() {
    let rows = "工作任务,责任单位\n1. 依法公开,区教育局\n2. 及时公开,区民政局\n";
    let first = read_bytes("x.csv", rows.as_bytes(), &PLAIN).unwrap().value;
    for format in ["docx", "xlsx"] {
        let again = read_bytes("x", &write(&first, format), &PLAIN).unwrap().value;
        assert_same(&again, &first, format);
    }
}

/// Letters and digits only: what may not be lost.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[test]
fn every_text_of_a_source_table_is_in_the_model_or_in_a_finding() {
    for path in ["docx", "xlsx", "xls", "xlsb", "ods", "text", "csv", "messy"].into_iter().flat_map(fixtures)
    {
        let name = path.file_name().unwrap().to_str().unwrap();
        let bytes = std::fs::read(&path).unwrap();
        let source =
            luoshi::inspect(&Input { name: name.into(), bytes: &bytes }, &ReadOptions::default()).unwrap();
        let read = read(&path).unwrap();
        let model = &read.value;
        let mut kept = String::new();
        let mut keep = |text: &str| kept.push_str(&letters(text));
        keep(model.annex.as_deref().unwrap_or(""));
        keep(&model.title);
        model.preamble.iter().chain(&model.postscript).for_each(|line| keep(line));
        model.columns.iter().for_each(|column| {
            keep(column.group.as_deref().unwrap_or(""));
            keep(&column.heading);
        });
        model.sections.iter().for_each(|section| keep(&[&*section.label, &*section.title].concat()));
        model.focuses.iter().for_each(|focus| keep(&[&*focus.label, &*focus.title].concat()));
        for item in &model.items {
            keep(&item.number_text());
            keep(&item.matter);
            item.units.iter().for_each(|unit| keep(&unit.raw));
            item.status.iter().flat_map(|status| &status.paragraphs).for_each(|text| keep(text));
            Remark::join(&item.remarks).iter().for_each(|text| keep(text));
            for column in &model.columns {
                item.text(&column.key).into_iter().flatten().for_each(|text| keep(text));
            }
        }
        read.diagnostics.iter().flat_map(|finding| &finding.arguments).for_each(|(_, text)| keep(text));

        // A table that was left out, or a row, is named by a finding with its place.
        let left_out = |container: &luoshi::Container, row: Option<u32>| {
            read.diagnostics.iter().any(|finding| {
                let codes = ["table-ignored", "checklist-ignored", "checklist-repeated", "header-repeated"];
                codes.contains(&finding.code)
                    && finding.place.as_ref().is_some_and(|place| {
                        place.container.as_ref() == Some(container)
                            && (place.row.is_none() || place.row == row)
                    })
            })
        };
        for block in &source.value.blocks {
            match block {
                SourceBlock::Line(line) => {
                    let text = letters(&line.paragraph.text);
                    assert!(kept.contains(&text), "{name}: line {:?}", line.paragraph.text);
                }
                SourceBlock::Table(table) => {
                    for cell in table.grid.cells() {
                        for paragraph in &cell.content.paragraphs {
                            let text = letters(&[paragraph.label(), &*paragraph.text].concat());
                            let told = kept.contains(&text) || left_out(&table.container, Some(cell.row + 1));
                            assert!(told, "{name}: {:?} row {}: {text}", table.container, cell.row + 1);
                        }
                    }
                }
            }
        }
    }
}

/// A small generator of our own, so that a failure names a seed that stays the same.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound.max(1)
    }
}

fn mutate(bytes: &mut Vec<u8>, random: &mut Seeded) {
    for _ in 0..=random.below(3) {
        if bytes.is_empty() {
            return;
        }
        let at = random.below(bytes.len());
        let length = random.below(64).min(bytes.len() - at);
        match random.below(5) {
            0 => bytes[at] ^= 1 << random.below(8),
            1 => bytes.truncate(at),
            2 => drop(bytes.drain(at..at + length)),
            3 => {
                let copy = bytes[at..at + length].to_vec();
                let to = random.below(bytes.len());
                bytes.splice(to..to, copy);
            }
            _ => bytes[at..at + length].fill(random.below(256) as u8),
        }
    }
}

/// A zip package with one of its parts mutated and the whole packed again, so that the damage reaches the part's reader.
fn mutate_part(bytes: &[u8], random: &mut Seeded) -> Option<Vec<u8>> {
    use std::io::{Read, Write};
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).ok()?;
    let chosen = random.below(zip.len());
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).ok()?;
        let mut content = Vec::new();
        part.read_to_end(&mut content).ok()?;
        if index == chosen {
            mutate(&mut content, random);
        }
        out.start_file(part.name().ok()?.to_string(), zip::write::SimpleFileOptions::default()).ok()?;
        out.write_all(&content).ok()?;
    }
    Some(out.finish().ok()?.into_inner())
}

#[test]
fn no_damage_panics() {
    let mut tried = 0;
    for path in ["docx", "xlsx", "xls", "xlsb", "ods", "text", "csv", "messy"].into_iter().flat_map(fixtures)
    {
        let whole = std::fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        for seed in 0..24 {
            let mut random = Seeded(seed * 7919 + whole.len() as u64);
            let mut bytes = whole.clone();
            match seed % 3 {
                0 => mutate(&mut bytes, &mut random),
                _ => match mutate_part(&whole, &mut random) {
                    Some(packed) => bytes = packed,
                    None => mutate(&mut bytes, &mut random),
                },
            }
            let read =
                std::panic::catch_unwind(|| read_bytes(name, &bytes, &ReadOptions::default()).map(drop));
            assert!(read.is_ok(), "{name}, seed {seed}");
            tried += 1;
        }
    }
    assert!(tried > 300);
}
