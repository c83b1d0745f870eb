//! Two periods compared: 66 items, and a thousand times as many of which one in a hundred changed.
//!
//! The second period is the first with what an office changes: figures, a clause more, sentences in another order. Docxodus publishes
//! 9.4 ms a pair (its own machine, its own documents); no peer compares by item, so there is none to run beside.

use std::time::{Duration, Instant};

use luoshi::diff::{Options, diff};
use luoshi::model::{Attachment, Item};

use crate::{median, row_alone, shown};

/// How often the 66 items are repeated for the long table.
const TIMES: usize = 1000;

pub(crate) fn rows(attachment: &Attachment) {
    let next = changed(attachment, |at| at % 2 == 0);
    let time = |one: &Attachment, other: &Attachment| {
        let start = Instant::now();
        std::hint::black_box(diff(one, other, Options::default()));
        start.elapsed()
    };
    let whole = median((0..40).map(|_| time(attachment, &next)).collect());
    row_alone("two periods, 66 items, half changed", whole, Duration::from_millis(1));

    shown_in_full(attachment, &next);

    let few = changed(attachment, |at| at % 100 == 0);
    let short = median((0..40).map(|_| time(attachment, &few)).collect());
    let (long, next) = (repeated(attachment), repeated(attachment));
    let next = changed(&next, |at| at % 100 == 0);
    let many = median((0..3).map(|_| time(&long, &next)).collect());
    let each = |time: Duration, rows: usize| time.as_secs_f64() * 1e6 / rows as f64;
    let (few, many) = (each(short, attachment.items.len()), each(many, long.items.len()));
    let ratio = many / few;
    let mark = if ratio <= 1.2 { "" } else { "   missed" };
    println!(
        "{:<44}{many:>9.2} µs{few:>11.2} µs{ratio:>9.2}×   ≤ 1.2 ×{mark}",
        "… per row, 66 000 : 66 rows, 1 % changed"
    );
}

/// What a person must look at, beside the comparison alone; and the document with tracked changes beside the new one's.
fn shown_in_full(old: &Attachment, new: &Attachment) {
    let timed = |work: &dyn Fn()| {
        let once = || {
            let start = Instant::now();
            work();
            start.elapsed()
        };
        median((0..40).map(|_| once()).collect())
    };
    let changes = diff(old, new, Options::default());
    let alone = timed(&|| drop(std::hint::black_box(diff(old, new, Options::default()))));
    let reviewed = timed(&|| {
        let changes = diff(old, new, Options::default());
        std::hint::black_box(luoshi::review::review(old, new, &changes, None));
    });
    let plain = timed(&|| drop(std::hint::black_box(luoshi::write(new, "docx", None))));
    let stamp = luoshi::Stamp::default();
    let tracked = timed(&|| {
        drop(std::hint::black_box(luoshi::write_changes((old, new), &changes, "docx", stamp, None)))
    });
    let (first, second) = (luoshi::write(old, "docx", None), luoshi::write(new, "docx", None));
    let bytes = [first, second].map(|written| written.map_or_else(|_| Vec::new(), |written| written.value));
    let read = |bytes: &[u8]| {
        let input = luoshi::Input { name: "x.docx".into(), bytes };
        luoshi::read(&input, &luoshi::ReadOptions::default()).map(|outcome| outcome.value).unwrap_or_default()
    };
    let parts = timed(&|| {
        let sides = bytes.each_ref().map(|bytes| read(bytes));
        drop(std::hint::black_box(luoshi::write(&sides[1], "docx", None)));
    });
    let whole = timed(&|| {
        let [old, new] = bytes.each_ref().map(|bytes| read(bytes));
        let changes = diff(&old, &new, Options::default());
        drop(std::hint::black_box(luoshi::write_changes((&old, &new), &changes, "docx", stamp, None)));
    });
    for (what, own, beside) in [
        ("… files in, tracked docx out : read 2, write 1", whole, parts),
        ("… with their review : without", reviewed, alone),
        ("… to docx, changes tracked : the new one", tracked, plain),
    ] {
        let ratio = own.as_secs_f64() / beside.as_secs_f64();
        println!("{what:<44}{:>12}{:>14}{ratio:>9.2}×", shown(own), shown(beside));
    }
}

/// The next period: items of which `is` holds are answered otherwise.
fn changed(attachment: &Attachment, is: impl Fn(usize) -> bool) -> Attachment {
    let mut next = attachment.clone();
    for (at, item) in next.items.iter_mut().enumerate().filter(|(at, _)| is(*at)) {
        let Some(status) = item.status.as_mut() else { continue };
        for paragraph in &mut status.paragraphs {
            *paragraph = match at % 3 {
                0 => paragraph.replace('1', "2").replace('6', "7"),
                1 => paragraph.replacen('，', "，并按月更新台账，", 1),
                _ => paragraph.split_inclusive('。').rev().collect(),
            };
        }
    }
    next
}

/// The items over and over, each a question of its own.
fn repeated(attachment: &Attachment) -> Attachment {
    let copy = |round: usize| {
        attachment.items.iter().map(move |item| Item {
            id: format!("{}-{round}", item.id),
            matter: format!("{}（{round}）", item.matter),
            ..item.clone()
        })
    };
    Attachment { items: (0..TIMES).flat_map(copy).collect(), ..attachment.clone() }
}
