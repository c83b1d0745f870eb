//! Numbers of items that skip: 5 behind 3.
//!
//! Why: a number that is not there is an item that was lost, or a table that was put together wrongly. Numbers that repeat or run
//! backwards are told where the file is read, and what a known catalogue asks and the table lacks too.

use luoshi_model::{ColumnKey, Level};

use super::Rule;
use crate::Context;
use crate::finding::Findings;

pub(super) const RULE: Rule = Rule { codes: &["number-skips"], check };

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    if context.index.is_some() {
        return;
    }
    let items = &context.attachment.items;
    for (at, (before, item)) in items.iter().zip(items.iter().skip(1)).enumerate() {
        let (Some(last), Some(number)) = (before.number, item.number) else { continue };
        if number > last + 1 && item.label.is_none() {
            let place = context.material.place(at + 1, &ColumnKey::Number);
            findings
                .push(place.finding("number-skips", Level::Warn).with("before", last).with("number", number));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{attachment, codes_of};

    #[test]
    fn a_number_that_is_not_there_is_told() {
        let mut attachment = attachment(&["甲", "乙", "丙", "丁"]);
        assert_eq!(codes_of(&attachment, super::RULE), [] as [&str; 0]);
        attachment.items[2].number = Some(5);
        // From 1 again in a section of its own.
        attachment.items[3].number = Some(1);
        assert_eq!(codes_of(&attachment, super::RULE), ["number-skips"]);
    }
}
