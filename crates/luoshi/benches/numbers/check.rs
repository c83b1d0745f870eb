//! The rules over 66 items, and the whole check of a file beside reading it alone. No peer checks such tables.

use std::hint::black_box;
use std::time::Duration;

use luoshi::model::Attachment;
use luoshi::rules::{Material as Checked, Words, check};
use luoshi::words::Language;
use luoshi::{Beside, CheckOptions, Input, ReadOptions};

use crate::material::Material;
use crate::{medians, read, row_alone, shown};

pub(crate) fn rows(material: &Material) {
    let words = Words::default();
    let beside = Beside { examined: true, ..Beside::default() };
    let index = luoshi::built_in("haicang-2016");
    let rules = |attachment: &Attachment| {
        let checked = Checked { attachment, index, source: None, beside: &beside, place: None };
        drop(black_box(check(&checked, &words)));
    };
    let [ours] = medians([&|| rules(&material.attachment)]);
    row_alone("check of 66 items, from the model", ours, Duration::from_millis(2));
    let whole = || {
        let options =
            CheckOptions { reading: ReadOptions::default(), words: &words, language: Language::Chinese };
        let input = Input { name: "a.docx".into(), bytes: &material.docx };
        drop(black_box(luoshi::check(&input, &options)));
    };
    let alone = || drop(black_box(read("a.docx", &material.docx)));
    let [ours, beside] = medians([&whole, &alone]);
    let ratio = ours.as_secs_f64() / beside.as_secs_f64();
    println!("{:<44}{:>12}{:>14}{ratio:>9.2}×", "… of a docx : reading it alone", shown(ours), shown(beside));
}
