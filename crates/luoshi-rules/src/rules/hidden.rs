//! What travels along unseen: names in the file's properties, embedded files, programs, copies of data, a picture of an older page.
//!
//! Why: a published file is searched by whoever wants to; what was never meant to be read is found there. Tracked changes, comments,
//! hidden text, rows and sheets are told where the file is read; their levels stand in `data/words.toml`.

use luoshi_model::Level;
use luoshi_table::PartKind;

use super::Rule;
use crate::Context;
use crate::finding::Findings;
use crate::mask::masked_name;
use crate::passage::Place;

pub(super) const RULE: Rule =
    Rule { codes: &["property-names", "part-hidden", "macro-carried", "hidden-unexamined"], check };

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    if !context.beside.examined {
        findings.push(context.whole.finding("hidden-unexamined", Level::Info));
        return;
    }
    let known = |text: &String| context.words.allow.properties.iter().any(|own| own == text.trim());
    for (name, text) in context.beside.properties.iter().filter(|(_, text)| !known(text)) {
        let found = context.whole.finding("property-names", Level::Warn);
        findings.push(found.with("name", name).with("value", masked_name(text.trim())));
    }
    for (kind, at) in &context.beside.parts {
        let place = Place { at: Some(at.clone()), ..Place::default() };
        findings.push(match kind {
            PartKind::Macro => place.finding("macro-carried", Level::Block),
            PartKind::Embedded | PartKind::PivotCache => {
                place.finding("part-hidden", Level::Block).with("kind", kind.name())
            }
            PartKind::Thumbnail | PartKind::ExternalLink => {
                place.finding("part-hidden", Level::Warn).with("kind", kind.name())
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use luoshi_table::{Beside, Locator, PartKind};

    use crate::Words;
    use crate::testing::{attachment, found};

    #[test]
    fn what_travels_along_is_told() {
        let at = Locator::file(&"a.docx".into());
        let beside = Beside {
            examined: true,
            properties: [("creator", "王建国"), ("lastModifiedBy", "Administrator")]
                .map(|(name, text)| (name.to_owned(), text.to_owned()))
                .to_vec(),
            parts: vec![(PartKind::Macro, at.clone()), (PartKind::Thumbnail, at)],
            texts: Vec::new(),
        };
        let told = |beside: &Beside| -> Vec<&str> {
            let found = found(&attachment(&["已公开。"]), super::RULE, beside, &Words::default());
            found.into_iter().map(|found| found.code).collect()
        };
        let names = found(&attachment(&["已公开。"]), super::RULE, &beside, &Words::default());
        assert!(names[0].arguments.contains(&("value", "王**".to_owned())));
        assert_eq!(told(&beside), ["property-names", "macro-carried", "part-hidden"]);
        assert_eq!(told(&Beside::default()), ["hidden-unexamined"]);
    }
}
