//! 待核对: what else wants a person's eye, item by item.

use luoshi_model::{ColumnKey, ItemPair};
use luoshi_table::Outcome;

use super::super::{Report, labels as common, list};
use super::{Sides, labels};
use crate::theme::Theme;

/// What is to be checked; none where nothing is.
pub(super) fn watch(sides: &Sides<'_>, theme: &Theme) -> Option<Outcome<Report>> {
    let columns = vec![
        list::column(common::NUMBER, &ColumnKey::Number, theme),
        list::column(common::MATTER, &ColumnKey::Matter, theme),
        list::column(common::COLUMN, &ColumnKey::Units, theme),
        list::column(common::KIND, &ColumnKey::Units, theme),
        list::column(common::TEXT, &ColumnKey::Status, theme),
    ];
    let mut sheet = list::List::new(labels::WATCH, columns);
    let rows = rows(sides);
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

fn rows<'a>(sides: &Sides<'a>) -> Vec<Row<'a>> {
    let changes = sides.comparison.changes;
    let review = &changes.review;
    let mut rows: Vec<Row<'_>> = Vec::new();
    for one in &changes.proposals {
        let pair = ItemPair { old: None, new: Some(one.new.clone()) };
        let text = labels::proposed(sides.old_matter(&one.old), sides.new_matter(&one.new));
        rows.push((pair, None, labels::PROPOSED, text));
    }
    for one in &review.lineage {
        let kind = if one.old.len() > 1 { labels::MERGED } else { labels::SPLIT };
        let names = |ids: &[String], matter: &dyn Fn(&str) -> &'a str| {
            ids.iter().map(|id| matter(id)).collect::<Vec<_>>().join("”“")
        };
        let pair = ItemPair { old: None, new: one.new.first().cloned() };
        let old = names(&one.old, &|id| sides.old_matter(id));
        let new = names(&one.new, &|id| sides.new_matter(id));
        rows.push((pair, None, kind, labels::lineage(&old, &new)));
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
