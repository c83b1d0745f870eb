//! The docx with tracked changes: rejecting all gives the last period's attachment, accepting all gives this one's.
//!
//! Not here: which words are marked (marks), and what other programs make of it (interop).

use luoshi::model::Attachment;
use luoshi::{CatalogueChoice, ReadOptions, Revisions, Stamp, diff, write_changes};
use proptest::prelude::*;

use crate::laws::{PLAIN, two_periods};
use crate::support::{assert_same, read_bytes, write};

fn redline(old: &Attachment, new: &Attachment) -> Vec<u8> {
    let changes = diff::diff(old, new, diff::Options::default());
    write_changes((old, new), &changes, "docx", Stamp::default(), None).unwrap().value
}

/// What a docx says under a policy for its tracked changes.
fn under(bytes: &[u8], revisions: Revisions) -> Attachment {
    let options = ReadOptions { revisions, catalogue: CatalogueChoice::None };
    read_bytes("x.docx", bytes, &options).unwrap().value
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rejecting_gives_the_old_one_and_accepting_the_new_one((old, new) in two_periods()) {
        let bytes = redline(&old, &new);
        for (revisions, side) in [(Revisions::Reject, &old), (Revisions::Accept, &new)] {
            if side.items.is_empty() {
                continue;
            }
            let expected = read_bytes("x.docx", &write(side, "docx"), &PLAIN).unwrap().value;
            assert_same(&under(&bytes, revisions), &expected, &format!("{revisions:?}"));
        }
    }

    #[test]
    fn writing_twice_gives_the_same_bytes((old, new) in two_periods()) {
        let mut changes = diff::diff(&old, &new, diff::Options::default());
        changes.review = luoshi::review::review(&old, &new, &changes, None);
        for format in ["json", "docx", "xlsx", "html", "csv"] {
            let write = || write_changes((&old, &new), &changes, format, Stamp::default(), None).unwrap().value;
            prop_assert!(write() == write(), "{}", format);
        }
        let read = luoshi::model::ChangeSet::from_json(&changes.to_json()).unwrap();
        prop_assert!(read == changes);
        prop_assert_eq!(diff::apply(&read, &old).unwrap().items, new.items);
    }
}
