//! 数据变化: figures that both periods state, and how they changed.

use luoshi_model::{ColumnKey, QuantityChange};
use luoshi_table::Outcome;

use super::super::{Report, labels as common, list};
use super::{Sides, labels};
use crate::theme::{Align, Theme};

/// Characters before a figure that say what it counts.
const CONTEXT: usize = 12;

/// The figures that changed; none where none did.
pub(super) fn figures(sides: &Sides<'_>, theme: &Theme) -> Option<Outcome<Report>> {
    let mut columns = vec![
        list::column(common::NUMBER, &ColumnKey::Number, theme),
        list::column(common::MATTER, &ColumnKey::Matter, theme),
        list::column(common::COLUMN, &ColumnKey::Units, theme),
        list::column(labels::FIGURE, &ColumnKey::Units, theme),
        list::column(labels::LAST, &ColumnKey::Deadline, theme),
        list::column(labels::THIS, &ColumnKey::Deadline, theme),
        list::column(labels::DIFFERENCE, &ColumnKey::Deadline, theme),
        list::column(labels::MEASURE, &ColumnKey::Deadline, theme),
        list::column(labels::NOTE, &ColumnKey::Units, theme),
    ];
    columns[4..8].iter_mut().for_each(|column| column.align = Align::Center);
    let mut sheet = list::List::new(labels::FIGURES, columns);
    let mut any = false;
    for facets in super::facets(&sides.comparison) {
        // Of a cell that answers several items the first one says it.
        let own = |column: &&luoshi_model::ColumnChange| {
            facets.new.is_some_and(|item| !sides.is_covered(item, &column.column))
        };
        for column in facets.change.columns.iter().filter(own) {
            let text = facets.new.map(|item| sides.new_answer(item, &column.column).join("\n"));
            for figure in &column.quantities {
                any = true;
                let item = facets.item();
                sheet.push(vec![
                    list::number(item.map(luoshi_model::Item::number_text).unwrap_or_default()),
                    list::text(item.map_or("", |item| &item.matter)),
                    list::text(sides.heading(&column.column)),
                    list::text(context(text.as_deref().unwrap_or_default(), figure)),
                    list::text(figure.old_text.as_str()),
                    list::text(figure.new_text.as_str()),
                    list::text(if figure.comparable { difference(figure) } else { String::new() }),
                    list::text(figure.unit.as_str()),
                    list::text(labels::figure(figure.comparable, figure.cumulative, figure.about)),
                ]);
            }
        }
    }
    any.then(|| sheet.finish())
}

/// The words before a figure.
fn context(text: &str, figure: &QuantityChange) -> String {
    let before: Vec<char> = text.chars().take(figure.new_at as usize).collect();
    let clause = before.iter().rposition(|c| "，。；：、\n".contains(*c)).map_or(0, |at| at + 1);
    before[clause.max(before.len().saturating_sub(CONTEXT))..].iter().collect()
}

/// How much more or less it is, with its sign, in the scale of the text: 1860万元 to 2040万元 is +180万.
fn difference(figure: &QuantityChange) -> String {
    let scales = [("亿", 1e8), ("万", 1e4)];
    let both = |word: &str| figure.old_text.contains(word) && figure.new_text.contains(word);
    let (word, scale) = scales.into_iter().find(|(word, _)| both(word)).unwrap_or(("", 1.0));
    // Differences of decimals are not what a person works out: 92.8 - 91.4 is 1.4.
    let difference = ((figure.new - figure.old) / scale * 1e6).round() / 1e6;
    format!("{}{difference}{word}", if difference > 0.0 { "+" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_named_by_the_words_before_it() {
        let figure = |new_at, old, new| QuantityChange {
            unit: "条".into(),
            old,
            new,
            old_text: String::new(),
            new_text: String::new(),
            old_at: 0,
            new_at,
            about: false,
            comparable: true,
            cumulative: false,
        };
        assert_eq!(context("全年，公开执法信息70条", &figure(9, 55.0, 70.0)), "公开执法信息");
        assert_eq!(context("公开", &figure(0, 55.0, 70.0)), "");
        assert_eq!(difference(&figure(0, 55.0, 70.0)), "+15");
        assert_eq!(difference(&figure(0, 91.4, 92.8)), "+1.4");
        assert_eq!(difference(&figure(0, 70.0, 55.0)), "-15");
        let money = QuantityChange {
            old_text: "1860万元".into(),
            new_text: "2040万元".into(),
            ..figure(0, 18_600_000.0, 20_400_000.0)
        };
        assert_eq!(difference(&money), "+180万");
    }
}
