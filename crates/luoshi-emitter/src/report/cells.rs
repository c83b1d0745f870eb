//! What each field of an item says in its cell. Both layouts ask here.
//!
//! Not here: which cells are merged.

use std::borrow::Cow;

use luoshi_model::{
    Answer, AnswerKind, Attachment, Column, ColumnKey, Focus, Item, Remark, Role, Section, Unit,
};
use luoshi_table::{Diagnostic, Severity};

use super::CellRole;

pub(super) fn section_text(section: &Section) -> String {
    format!("{}{}", section.label, section.title)
}

pub(super) fn focus_text(focus: &Focus) -> String {
    format!("{}{}", focus.label, focus.title)
}

/// A text as the paragraphs of a cell: none for an empty one.
pub(super) fn paragraph(text: String) -> Vec<String> {
    if text.is_empty() { Vec::new() } else { vec![text] }
}

/// The columns by which units are told apart, in the order in which a role looks for its place.
fn unit_columns(role: Role) -> [ColumnKey; 3] {
    use ColumnKey::{LeadUnits, SupportUnits, Units};
    match role {
        Role::Lead => [LeadUnits, Units, SupportUnits],
        Role::Support => [SupportUnits, Units, LeadUnits],
        Role::Co | Role::Unspecified => [Units, LeadUnits, SupportUnits],
    }
}

/// The column that shows a unit, if the table has one.
fn column_of(unit: &Unit, columns: &[Column]) -> Option<ColumnKey> {
    unit_columns(unit.role).into_iter().find(|key| columns.iter().any(|column| column.key == *key))
}

/// A unit as the form writes it; where the data does not say how, its name with what belongs in brackets.
fn written(unit: &Unit) -> String {
    match unit.office.as_ref().or(unit.second_name.as_ref()) {
        _ if !unit.raw.is_empty() => unit.raw.clone(),
        Some(inner) => format!("{}（{inner}）", unit.name),
        None => unit.name.clone(),
    }
}

/// What the item says in a column. Section and focus are not the item's; their cells are empty here.
pub(super) fn text<'a>(item: &'a Item, key: &ColumnKey, columns: &[Column]) -> Cow<'a, [String]> {
    match key {
        ColumnKey::Number => paragraph(item.number_text()).into(),
        ColumnKey::Matter => {
            // A table without a column for numbers has them before the matters, as they were read.
            let own_column = columns.iter().any(|column| column.key == ColumnKey::Number);
            let label = item.label.as_deref().filter(|_| !own_column).unwrap_or("");
            paragraph([label, &item.matter].concat()).into()
        }
        ColumnKey::Section | ColumnKey::Focus => Cow::Borrowed(&[]),
        ColumnKey::Status => item.status.as_ref().map_or(&[][..], |answer| &answer.paragraphs).into(),
        ColumnKey::Remarks => Remark::join(&item.remarks).into(),
        units if units.is_units() => {
            let shown = item.units.iter().filter(|unit| column_of(unit, columns).as_ref() == Some(units));
            shown.map(written).collect::<Vec<_>>().into()
        }
        other => item.text(other).map_or(&[][..], |paragraphs| paragraphs).into(),
    }
}

/// The ids of the items that the item's cell in a column answers too, itself perhaps among them.
pub(super) fn covers<'a>(item: &'a Item, key: &ColumnKey) -> &'a [String] {
    match key {
        ColumnKey::Status => item.status.as_ref().map_or(&[], |answer| &answer.covers),
        other => item.merged.get(other.name().as_ref()).map_or(&[], |ids| ids),
    }
}

/// The id of the item to which a status without a text of its own refers.
pub(super) fn sees(item: &Item) -> Option<&str> {
    match &item.status {
        Some(Answer { answer: AnswerKind::See, see: Some(id), paragraphs, .. }) if paragraphs.is_empty() => {
            Some(id)
        }
        _ => None,
    }
}

/// What a cell of a column is. Digits that a number would not give back as they are (`007`) stay text.
pub(super) fn role(key: &ColumnKey, paragraphs: &[String]) -> CellRole {
    let is_number = |text: &String| text.parse::<u32>().is_ok_and(|number| number.to_string() == *text);
    match (key, paragraphs) {
        (ColumnKey::Number, [text]) if is_number(text) => CellRole::Number,
        _ => CellRole::Body,
    }
}

/// One unit's share of a joined answer: how many of the item's units it speaks for, and what it says.
pub(super) struct Share<'a> {
    pub(super) units: &'a [Unit],
    pub(super) paragraphs: &'a [String],
}

/// The shares of a joined answer, where showing them row by row says the same as the item does: the units of the shares are
/// the item's in the same order, and their texts together are its text. Otherwise none: the plain cell is the truth.
pub(super) fn shares<'a>(item: &'a Item, columns: &[Column]) -> Option<Vec<Share<'a>>> {
    let answer = item.status.as_ref()?;
    let shown = |key: &ColumnKey| columns.iter().any(|column| column.key == *key);
    let all_in_units = item.units.iter().all(|unit| column_of(unit, columns) == Some(ColumnKey::Units));
    let merged = !answer.covers.is_empty() || item.merged.contains_key(ColumnKey::Units.name().as_ref());
    if answer.contributions.len() < 2 || merged || !all_in_units || !shown(&ColumnKey::Status) {
        return None;
    }
    let mut rest = item.units.as_slice();
    let mut shares = Vec::with_capacity(answer.contributions.len());
    for contribution in &answer.contributions {
        let length = (1..=rest.len()).find(|&length| names(&rest[..length]) == contribution.unit)?;
        let (units, later) = rest.split_at(length);
        shares.push(Share { units, paragraphs: &contribution.paragraphs });
        rest = later;
    }
    let told = shares.iter().flat_map(|share| share.paragraphs);
    (rest.is_empty() && told.eq(&answer.paragraphs)).then_some(shares)
}

fn names(units: &[Unit]) -> String {
    units.iter().map(|unit| unit.name.as_str()).collect::<Vec<_>>().join("、")
}

/// Says which fields of the items have no column to stand in, once per field.
pub(super) fn unshown(attachment: &Attachment) -> Vec<Diagnostic> {
    let columns = &attachment.columns;
    let shown = |key: &ColumnKey| columns.iter().any(|column| column.key == *key);
    let mut missing: Vec<(ColumnKey, u32, &Item)> = Vec::new();
    let mut note = |key: ColumnKey, item| match missing.iter_mut().find(|(known, ..)| *known == key) {
        Some((_, count, _)) => *count += 1,
        None => missing.push((key, 1, item)),
    };
    const PLAIN: [ColumnKey; 13] = [
        ColumnKey::Number,
        ColumnKey::Matter,
        ColumnKey::Requirement,
        ColumnKey::Status,
        ColumnKey::Class,
        ColumnKey::Remarks,
        ColumnKey::Practice,
        ColumnKey::Issue,
        ColumnKey::Deadline,
        ColumnKey::Score,
        ColumnKey::Tick,
        ColumnKey::Evidence,
        ColumnKey::Units,
    ];
    let absent: Vec<&ColumnKey> = PLAIN.iter().filter(|key| !key.is_units() && !shown(key)).collect();
    let no_units = !columns.iter().any(|column| column.key.is_units());
    for item in &attachment.items {
        for &key in &absent {
            let before_matter = *key == ColumnKey::Number && item.label.is_some();
            if !before_matter && !text(item, key, columns).is_empty() {
                note(key.clone(), item);
            }
        }
        if no_units && !item.units.is_empty() {
            note(ColumnKey::Units, item);
        }
        for (heading, paragraphs) in &item.extra {
            let key = ColumnKey::Extra(heading.clone());
            if !paragraphs.is_empty() && !shown(&key) {
                note(key, item);
            }
        }
    }
    let say = |(key, count, first): (ColumnKey, u32, &Item)| {
        Diagnostic::unplaced("field-not-shown", Severity::Warning)
            .with("field", key)
            .with("count", count)
            .with("item", first.name())
    };
    missing.into_iter().map(say).collect()
}

#[cfg(test)]
mod tests {
    use luoshi_model::Contribution;

    use super::*;

    fn unit(name: &str, role: Role) -> Unit {
        Unit { name: name.into(), role, raw: format!("{name}（办）"), ..Unit::default() }
    }

    fn columns(keys: &[ColumnKey]) -> Vec<Column> {
        keys.iter().map(|key| Column { key: key.clone(), heading: String::new(), group: None }).collect()
    }

    #[test]
    fn every_unit_stands_in_one_column() {
        let units = vec![
            unit("甲", Role::Lead),
            unit("乙", Role::Support),
            unit("丙", Role::Co),
            unit("丁", Role::Unspecified),
        ];
        let item = Item { units, ..Item::default() };
        let shown = |keys: &[ColumnKey]| {
            let columns = columns(keys);
            let cells = keys.iter().map(|key| text(&item, key, &columns).join("").replace("（办）", ""));
            cells.collect::<Vec<_>>().join("|")
        };
        use ColumnKey::{LeadUnits, SupportUnits, Units};
        assert_eq!(shown(&[Units]), "甲乙丙丁");
        assert_eq!(shown(&[LeadUnits, Units]), "甲|乙丙丁");
        assert_eq!(shown(&[LeadUnits, SupportUnits]), "甲丙丁|乙");
    }

    #[test]
    fn shares_are_rows_only_where_they_say_the_same() {
        let shared = |units: &[&str], text: &[&str]| Item {
            units: vec![
                unit("甲", Role::Unspecified),
                unit("乙", Role::Unspecified),
                unit("丙", Role::Unspecified),
            ],
            status: Some(Answer {
                paragraphs: text.iter().map(ToString::to_string).collect(),
                contributions: units
                    .iter()
                    .zip(["一", "二"])
                    .map(|(unit, text)| Contribution {
                        unit: unit.to_string(),
                        paragraphs: vec![text.into()],
                    })
                    .collect(),
                ..Answer::default()
            }),
            ..Item::default()
        };
        let columns = columns(&[ColumnKey::Units, ColumnKey::Status]);
        let lengths = |item: &Item| {
            shares(item, &columns)
                .map(|shares| shares.iter().map(|share| share.units.len()).collect::<Vec<_>>())
        };
        assert_eq!(lengths(&shared(&["甲、乙", "丙"], &["一", "二"])), Some(vec![2, 1]));
        assert_eq!(lengths(&shared(&["丙", "甲、乙"], &["一", "二"])), None, "another order of units");
        assert_eq!(lengths(&shared(&["甲", "乙"], &["一", "二"])), None, "a unit without a share");
        assert_eq!(lengths(&shared(&["甲、乙", "丙"], &["一", "二", "三"])), None, "text beyond the shares");
    }

    #[test]
    fn a_field_without_a_column_is_reported_once() {
        let item = |number| Item { number: Some(number), matter: "事".into(), ..Item::default() };
        let attachment = Attachment {
            columns: columns(&[ColumnKey::Matter]),
            items: vec![item(3), item(4)],
            ..Attachment::default()
        };
        let findings = unshown(&attachment);
        let [finding] = findings.as_slice() else { panic!("one finding") };
        assert_eq!(finding.code, "field-not-shown");
        let arguments: Vec<_> = finding.arguments.iter().map(|(_, value)| value.as_str()).collect();
        assert_eq!(arguments, ["number", "2", "3"]);
    }
}
