//! 单位变化: which bodies came, went and were renamed, with the items that it is about.

use luoshi_model::{ColumnKey, Item};
use luoshi_table::Outcome;

use super::super::{Report, labels as common, list};
use super::{Sides, facets, labels};
use crate::theme::Theme;

/// What became of units; none where nothing did.
pub(super) fn units(sides: &Sides<'_>, theme: &Theme) -> Option<Outcome<Report>> {
    let mut changes: Vec<(String, Vec<String>)> = Vec::new();
    for facets in facets(&sides.comparison) {
        let name = facets.item().map_or_else(String::new, Item::name);
        for change in facets.units() {
            match changes.iter_mut().find(|(known, _)| *known == change) {
                Some((_, items)) => items.push(name.clone()),
                None => changes.push((change, vec![name.clone()])),
            }
        }
    }
    if changes.is_empty() {
        return None;
    }
    let columns = vec![
        list::column(labels::UNITS, &ColumnKey::Matter, theme),
        list::column(common::ITEM, &ColumnKey::Status, theme),
    ];
    let mut sheet = list::List::new(labels::UNITS, columns);
    for (change, items) in changes {
        sheet.push(vec![list::text(change), list::text(items.join("、"))]);
    }
    Some(sheet.finish())
}
