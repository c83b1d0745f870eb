//! Title and headings as in the catalogue that the attachment answers.
//!
//! Why: title and number of an attachment are those of its covering letter (GB/T 9704-2012, domain.md §1.1), and a column under another
//! heading is another question. Items, numbers, units and key areas are held against the catalogue where the file is read.

use luoshi_model::Level;
use luoshi_normalizer::key;

use super::Rule;
use crate::Context;
use crate::finding::Findings;

pub(super) const RULE: Rule = Rule { codes: &["title-differs", "heading-differs", "column-missing"], check };

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(catalogue) = context.index.map(|index| index.catalogue()) else { return };
    let attachment = context.attachment;
    if key(&attachment.title) != key(&catalogue.title) {
        let found = context.whole.finding("title-differs", Level::Warn).with("title", &attachment.title);
        findings.push(found.with("catalogue", &catalogue.title));
    }
    for asked in &catalogue.columns {
        let Some(own) = attachment.columns.iter().find(|column| column.key == asked.key) else {
            let found = context.whole.finding("column-missing", Level::Warn);
            findings.push(found.with("heading", &asked.heading));
            continue;
        };
        if key(&own.heading) != key(&asked.heading) {
            let found = context.whole.finding("heading-differs", Level::Warn).with("heading", &own.heading);
            findings.push(found.with("catalogue", &asked.heading));
        }
    }
}

#[cfg(test)]
mod tests {
    use luoshi_model::{Attachment, ColumnKey};
    use luoshi_table::Beside;

    use crate::{Material, Words, check};

    #[test]
    fn title_and_headings_are_the_catalogue_s() {
        let index = luoshi_normalizer::built_in("haicang-2016").unwrap();
        let told = |attachment: &Attachment| -> Vec<&str> {
            let beside = Beside::default();
            let material =
                Material { attachment, index: Some(index), source: None, beside: &beside, place: None };
            let found = check(&material, &Words::default());
            let own = found.iter().filter(|found| super::RULE.codes.contains(&found.code));
            own.map(|found| found.code).collect()
        };
        let mut attachment = index.blank(&[0]);
        assert_eq!(told(&attachment), [] as [&str; 0]);
        attachment.title = "海沧区政务公开工作情况表".to_owned();
        attachment.columns.retain(|column| column.key != ColumnKey::Remarks);
        attachment.columns[0].heading = "编号".to_owned();
        assert_eq!(told(&attachment), ["title-differs", "heading-differs", "column-missing"]);
    }
}
