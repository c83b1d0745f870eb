//! 待核对: what else wants a person's eye, item by item.

use luoshi_model::{ColumnKey, ItemPair};
use luoshi_table::Outcome;

use super::super::{Report, labels as common, list};
use super::{Sides, labels};
use crate::Comparison;
use crate::theme::Theme;

/// What is to be checked; none where nothing is.
pub(super) fn watch(comparison: &Comparison<'_>, theme: &Theme) -> Option<Outcome<Report>> {
    let sides = Sides::of(comparison);
    let columns = vec![
        list::column(common::NUMBER, &ColumnKey::Number, theme),
        list::column(common::MATTER, &ColumnKey::Matter, theme),
        list::column(common::COLUMN, &ColumnKey::Units, theme),
        list::column(common::KIND, &ColumnKey::Units, theme),
        list::column(common::TEXT, &ColumnKey::Status, theme),
    ];
    let mut sheet = list::List::new(labels::WATCH, columns);
    let rows = rows(comparison, &sides);
    if rows.is_empty() {
        return None;
    }
    for (item, column, kind, text) in rows {
        let (number, matter) = sides.named(&item);
        sheet.push(vec![
            list::number(number),
            list::text(matter),
            list::text(column.map(|column| sides.heading(column)).unwrap_or_default()),
            list::text(kind),
            list::text(text),
        ]);
    }
    Some(sheet.finish())
}

type Row<'a> = (ItemPair, Option<&'a ColumnKey>, &'static str, String);

pub(super) fn rows<'a>(comparison: &Comparison<'a>, sides: &Sides<'_>) -> Vec<Row<'a>> {
    let review = &comparison.changes.review;
    let matter = |id: &String, side| Sides::item(side, Some(id)).map_or("", |item| item.matter.as_str());
    let mut rows: Vec<Row<'_>> = Vec::new();
    for one in &comparison.changes.proposals {
        let pair = ItemPair { old: None, new: Some(one.new.clone()) };
        let text = labels::proposed(matter(&one.old, sides.old), matter(&one.new, sides.new));
        rows.push((pair, None, labels::PROPOSED, text));
    }
    for one in &review.lineage {
        let kind = if one.old.len() > 1 { labels::MERGED } else { labels::SPLIT };
        let names =
            |ids: &[String], side| ids.iter().map(|id| matter(id, side)).collect::<Vec<_>>().join("”“");
        let pair = ItemPair { old: None, new: one.new.first().cloned() };
        rows.push((
            pair,
            None,
            kind,
            labels::lineage(&names(&one.old, sides.old), &names(&one.new, sides.new)),
        ));
    }
    for one in review.classes.iter().filter(|one| one.regressed) {
        let (Some(old), Some(new)) = (&one.old, &one.new) else { continue };
        let text = labels::regressed(labels::class(old.class), labels::class(new.class));
        rows.push((one.item.clone(), Some(&ColumnKey::Status), labels::REGRESSED, text));
    }
    for one in &review.falls {
        let text = labels::fell(&one.quantity.old_text, &one.quantity.new_text);
        rows.push((one.item.clone(), Some(&one.column), labels::FELL, text));
    }
    for one in &review.leftovers {
        let text = labels::leftover(one.kind, &one.text, one.was_there);
        rows.push((one.item.clone(), Some(&one.column), labels::LEFTOVER, text));
    }
    for one in &review.evidence {
        rows.push((one.item.clone(), Some(&one.column), labels::GONE, labels::gone(&one.text)));
    }
    rows
}
