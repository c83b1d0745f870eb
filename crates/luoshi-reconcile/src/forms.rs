//! One form per unit, with its own items only.
//!
//! Not here: what a form looks like (emitter).

use luoshi_model::{Attachment, Column, ColumnKey, Form, FormMark};
use luoshi_normalizer::CatalogueIndex;
use luoshi_table::Outcome;

use crate::answers::Answers;
use crate::merge::{asking_findings, unresolved};
use crate::words::ROUND;

/// What a caller may choose about forms.
#[derive(Clone, Copy, Debug, Default)]
pub struct FormOptions<'a> {
    /// Last period's attachment, whose answers are put in with a mark.
    pub prefill: Option<&'a Attachment>,
}

/// The forms of a catalogue, in the order of its directory. What is asked of nobody is a finding, and whose items go to a
/// successor.
pub fn forms(index: &CatalogueIndex, options: &FormOptions<'_>) -> Outcome<Vec<Form>> {
    let asked = index.asked_by_unit();
    let forms = asked.iter().enumerate().filter(|(_, items)| !items.is_empty());
    let forms = forms.map(|(unit, items)| form(index, unit, items, options)).collect();
    Outcome::new(forms, asking_findings(index, &unresolved(index)))
}

fn form(index: &CatalogueIndex, unit: usize, items: &[usize], options: &FormOptions<'_>) -> Form {
    let known = &index.catalogue().units[unit];
    let mut attachment = index.blank(items);
    attachment.annex = None;
    let answered = index.answered_columns();
    let has_class = attachment.columns.iter().any(|column| column.key == ColumnKey::Class);
    let status = attachment.columns.iter().position(|column| column.key == ColumnKey::Status);
    if let Some(status) = status.filter(|_| !has_class) {
        let class = Column { key: ColumnKey::Class, heading: ROUND.class.clone(), group: None };
        attachment.columns.insert(status, class);
    }
    let open = |column: &&Column| answered.contains(&column.key) || column.key == ColumnKey::Class;
    let headings: Vec<&str> =
        attachment.columns.iter().filter(open).map(|column| column.heading.as_str()).collect();
    let columns = headings.join("”“");
    let mut guide: Vec<String> = ROUND.guide.iter().map(|line| line.replace("{columns}", &columns)).collect();
    if let Some(last) = options.prefill {
        prefill(&mut attachment, last, &answered, index, unit);
        guide.push(ROUND.guide_prefilled.clone());
    }
    Form {
        mark: FormMark { catalogue: index.catalogue().id.clone(), unit: known.name.clone() },
        name: known.full.clone().unwrap_or_else(|| known.name.clone()),
        due: index.catalogue().due.as_deref().map(in_words),
        attachment,
        classes: ROUND.classes.clone(),
        guide,
    }
}

/// Puts last period's answers in, each behind its mark. Of an answer that several units gave, the unit's own shares: it may have
/// taken over from several. Where the record of that merge says who gave an answer, it goes to nobody else.
fn prefill(
    form: &mut Attachment,
    last: &Attachment,
    columns: &[ColumnKey],
    index: &CatalogueIndex,
    unit: usize,
) {
    let answers = Answers::new(last);
    for item in &mut form.items {
        let Some(before) = last.items.iter().find(|before| before.id == item.id) else { continue };
        for key in columns {
            let mut text = answers.text(before, key);
            let own = |name: &str| index.unit(name) == Some(unit);
            let shares = index.shares(&text);
            if !shares.is_empty() {
                // What others said last time is none of this unit's.
                let shares = shares.iter().filter(|share| share.unit.split('、').any(own));
                text = shares.flat_map(|share| share.paragraphs.clone()).collect();
            }
            let givers = givers(last, &item.id, key);
            if !givers.is_empty() && !givers.iter().any(|giver| giver.split('、').any(own)) {
                continue;
            }
            // Every paragraph has the mark: whoever writes the first one anew has not confirmed the others.
            text.iter_mut()
                .filter(|line| !line.is_empty())
                .for_each(|line| line.insert_str(0, &ROUND.prefilled));
            if !text.is_empty() {
                index.set_answer(item, key, text);
            }
        }
    }
}

/// The units that gave an answer, by the record of the merge that made the attachment.
fn givers<'a>(last: &'a Attachment, item: &str, key: &ColumnKey) -> Vec<&'a str> {
    let origins = last.provenance.items.iter().filter(|origin| origin.item == item);
    let fields = origins.flat_map(|origin| &origin.fields).filter(|field| field.field == *key);
    fields.filter_map(|field| field.unit.as_deref()).collect()
}

/// A day as a person writes it: 2016年12月5日. What is no day stands as it is.
fn in_words(day: &str) -> String {
    let parts: Vec<Option<u32>> = day.split('-').map(|part| part.parse().ok()).collect();
    match parts.as_slice() {
        [Some(year), Some(month), Some(date)] => format!("{year}年{month}月{date}日"),
        _ => day.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_put_in_words() {
        assert_eq!(in_words("2016-12-05"), "2016年12月5日");
        assert_eq!(in_words("12月上旬"), "12月上旬");
    }
}
