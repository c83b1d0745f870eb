//! Files that are not what they should be.

use super::super::fib::Structure;
use super::super::sprm;
use super::super::streams::Streams;
use super::{File, in_table, plc, prl, read, row, row_end};
use crate::{Cause, Revisions, limits};

#[test]
fn what_the_block_says_of_the_file_is_believed() {
    let cause = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut streams = File::default().line("甲").streams();
        change(&mut streams.word);
        read(&streams, Revisions::Accept).err().map(|error| error.cause)
    };
    assert_eq!(cause(&|_| {}), None);
    assert_eq!(cause(&|word| word[2] = 0x65), Some(Cause::Legacy("Word 6/95")));
    assert_eq!(cause(&|word| word[11] |= 1), Some(Cause::Encrypted("doc")));
    let damaged = |cause: Option<Cause>| matches!(cause, Some(Cause::Damaged { .. }));
    assert!(damaged(cause(&|word| word.truncate(300))));
    assert!(damaged(cause(&|word| word.clear())));
    // A text that is longer than the pieces, and one of a negative length.
    assert!(damaged(cause(&|word| word[64 + 12] = 9)));
    assert!(damaged(cause(&|word| word[64 + 15] = 0xFF)));
    // Pages that are not there.
    assert!(damaged(cause(&|word| word.truncate(1536))));
}

/// Many paragraphs may point to one long list, so that little data takes long.
#[test]
fn properties_that_are_repeated_without_end_are_refused() {
    let list = prl(sprm::P_ILVL, &[0]).repeat(0x3FA2 / 3);
    let data = [&(list.len() as u16).to_le_bytes()[..], &list].concat();
    let mut file = File::default().with_data(data);
    // One stretch of properties for many marks.
    let marks = "\r".repeat((limits::PROPERTY_BYTES.get() / list.len() as u64 + 2) as usize);
    file = file.run(&marks, &[]).styled(0, &prl(sprm::P_HUGE_PAPX, &[0; 4]));
    let cause = file.try_read().err().map(|error| error.cause);
    assert_eq!(cause, Some(limits::PROPERTY_BYTES.exceeded()));
}

/// Many notes or boxes may claim one long text.
#[test]
fn a_text_is_read_for_one_note_and_one_box_only() {
    let count = 20_000_u32;
    let text = "\u{3}".repeat(20_000) + "注\r";
    let end = text.chars().count() as u32;
    let claims: Vec<u32> = (0..=count).map(|number| number % 2 * end).collect();
    let marks = "\u{2}".repeat(count as usize);
    let text_box = [&[0; 14][..], &[1, 0, 0, 0], &[0; 4]].concat();
    let document = File::default()
        .line(&marks)
        .story(1)
        .run(&text, &[])
        .styled(0, &[])
        .story(5)
        .run(&text, &[])
        .styled(0, &[])
        .with(
            Structure::FootnoteReferences,
            plc(&(0..=count).collect::<Vec<_>>(), &vec![vec![1, 0]; count as usize]),
        )
        .with(Structure::FootnoteText, plc(&claims, &[]))
        .with(Structure::TextBoxText, plc(&claims, &vec![text_box; count as usize]))
        .read();
    assert_eq!(document.lines(), ["", "注"]);
    assert_eq!(document.findings(), ["note-text@.1 kind=footnotes text=注", "text-box@.2 text=注"]);
}

#[test]
fn styles_that_are_cut_are_told_and_nothing_more() {
    let document = File::default().line("甲").with(Structure::Stylesheet, vec![9, 0, 1]).read();
    assert_eq!(document.lines(), ["甲"]);
    assert_eq!(document.findings(), ["side-part-unreadable@ detail=styles: cut or damaged"]);
}

/// A document with all that is read, so that each byte of it matters.
fn everything() -> File {
    let anchor = [&1_u32.to_le_bytes()[..], &[0; 22]].concat();
    let text_box = |shape: u32| [&[0; 14][..], &shape.to_le_bytes(), &[0; 4]].concat();
    let list = [&[1, 0][..], &7_u32.to_le_bytes(), &[0; 22]].concat();
    let mut level = 1_u32.to_le_bytes().to_vec();
    level.extend([[0; 24].as_slice(), &[2, 0, 0, 0, b'.', 0]].concat());
    level = level.repeat(9);
    let uses = [&1_u32.to_le_bytes()[..], &7_u32.to_le_bytes(), &[0; 12], &[0xFF; 4]].concat();
    let names = [0xFF, 0xFF, 1, 0, 0, 0, 1, 0, b'b', 0];
    let inner = [in_table(2), prl(sprm::P_F_INNER_TABLE_CELL, &[1])].concat();
    let style = [0_u16, 0xFFF1, 0, 0, 0, 0, 0, 2, 0, 0].map(u16::to_le_bytes).concat();
    let sheet = [[4_u16, 1, 10, style.len() as u16].map(u16::to_le_bytes).concat(), style].concat();
    let huge = row(&[0, 500, 1000], &[0x60, 0]);
    File::default()
        .run("甲\u{2}\u{8}\u{1}\u{13} FORMCHECKBOX \u{1}\u{15}", &prl(sprm::C_PIC_LOCATION, &[0; 4]))
        .run("隐\r", &prl(sprm::C_F_VANISH, &[0x81]))
        .styled(0, &[prl(sprm::P_ILFO, &[1, 0]), prl(sprm::P_ILVL, &[0])].concat())
        .cell("乙")
        .run("丙\r", &prl(sprm::C_F_R_MARK_DEL, &[1]))
        .styled(0, &inner)
        .run("\r", &[])
        .styled(0, &[inner.clone(), prl(sprm::P_F_INNER_TTP, &[1])].concat())
        .cell("丁")
        .run("\u{7}", &[])
        .styled(0, &[row_end(&[0, 500], &[1, 2]), prl(sprm::P_HUGE_PAPX, &[0; 4])].concat())
        .line("戊")
        .story(1)
        .line("注")
        .story(5)
        .line("框")
        .line("")
        .with(Structure::FootnoteReferences, plc(&[1, 9], &[vec![1, 0]]))
        .with(Structure::FootnoteText, plc(&[0, 2], &[]))
        .with(Structure::Shapes, plc(&[2, 9], &[anchor]))
        .with(Structure::TextBoxText, plc(&[0, 2, 3], &[text_box(1), text_box(0)]))
        .with(Structure::BookmarkNames, names.to_vec())
        .with(Structure::BookmarkStarts, plc(&[30, 31], &[vec![0; 4]]))
        .with(Structure::Lists, list)
        .with_levels(level)
        .with(Structure::ListOverrides, uses)
        .with(Structure::Stylesheet, sheet)
        .with_data([&(huge.len() as u16).to_le_bytes()[..], &huge].concat())
}

#[test]
fn mutated_streams_never_panic() {
    assert!(everything().try_read().is_ok());
    let mut seed = 1997_u64;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    let whole = everything().streams();
    for round in 0..1_500 {
        let mut streams = [&whole.word, &whole.table, &whole.data].map(Vec::clone);
        let stream = &mut streams[[0, 1, 1, 2][round % 4]];
        for _ in 0..=random(3) {
            // Most of the main stream is empty.
            let at = (0..50).map(|_| random(stream.len())).find(|&at| stream[at] != 0).unwrap_or(0);
            stream[at] =
                [0, 1, 0x7F, 0x80, 0xFF, random(256) as u8, stream[at] ^ (1 << random(8))][random(7)];
        }
        let [word, table, data] = streams;
        let _ = read(&Streams { word, table, data }, Revisions::Accept);
    }
}
