//! The yearly round: forty submissions to one document, and ten thousand.
//!
//! The submissions are documents, one for each unit of the catalogue with its own items, and workbooks of some units once more;
//! the ten thousand are the forty over and over, under names of their own. Where all are different, each is another unit's, of a
//! directory as long, and all answer the same ten items.

use std::process::Command;
use std::time::{Duration, Instant};

use luoshi::model::{Attachment, Policy};
use luoshi::{CatalogueIndex, FormOptions, Input, MergeOptions, Merger, Revisions, forms, write_merge};

use crate::{median, shown, write};

const ASKED: &str = "LUOSHI_BENCH_ROUND";
const SUBMISSIONS: usize = 40;
const MANY: usize = 10_000;

pub(crate) fn rows(attachment: &Attachment) {
    let files = submissions(attachment);
    let bytes: Vec<&[u8]> = files.iter().map(Vec::as_slice).collect();
    let whole = median((0..20).map(|_| time(|| document(&merge(&bytes, SUBMISSIONS)))).collect());
    let read = median((0..20).map(|_| time(|| read_all(&bytes))).collect());
    let mark = if whole <= Duration::from_millis(100) { "" } else { "   missed" };
    let ratio = whole.as_secs_f64() / read.as_secs_f64();
    let work = "40 submissions to docx : reading them alone";
    println!("{work:<44}{:>12}{:>14}{ratio:>9.2}×   ≤ 100 ms{mark}", shown(whole), shown(read));

    let few = whole.as_secs_f64() * 1e6 / SUBMISSIONS as f64;
    let many = time(|| document(&merge(&bytes, MANY))).as_secs_f64() * 1e6 / MANY as f64;
    let ratio = many / few;
    let mark = if ratio <= 1.2 { "" } else { "   missed" };
    println!(
        "{:<44}{many:>9.0} µs{few:>11.0} µs{ratio:>9.2}×   ≤ 1.2 ×{mark}",
        "a submission, of 10 000 : of 40"
    );
    let few = different(MANY / 10).as_secs_f64() * 1e6 / (MANY / 10) as f64;
    let many = different(MANY).as_secs_f64() * 1e6 / MANY as f64;
    let ratio = many / few;
    let mark = if ratio <= 1.2 { "" } else { "   missed" };
    println!(
        "{:<44}{many:>9.0} µs{few:>11.0} µs{ratio:>9.2}×   ≤ 1.2 ×{mark}",
        "… of 10 000 different : of 1 000"
    );
    if let (Some(few), Some(many)) = (peak(SUBMISSIONS), peak(MANY)) {
        let each = (many - few) as f64 * 1024.0 / (MANY - SUBMISSIONS) as f64;
        let sent = bytes.iter().map(|bytes| bytes.len()).sum::<usize>() / SUBMISSIONS;
        println!(
            "{:<44}{many:>9} KB{few:>11} KB{each:>7.0} B a file of {sent} B",
            "10 000 submissions, peak memory : 40"
        );
    }
}

fn index() -> &'static CatalogueIndex {
    luoshi::built_in("haicang-2016").unwrap()
}

/// Each unit's own items with their answers, as a file of the unit's own.
fn submissions(attachment: &Attachment) -> Vec<Vec<u8>> {
    let mut files = Vec::new();
    for form in forms(index(), &FormOptions::default()).value {
        let mut own = Attachment { items: Vec::new(), ..attachment.clone() };
        own.preamble = vec![format!("填报单位：{}", form.mark.unit)];
        for item in &form.attachment.items {
            let mut answered = attachment.items.iter().find(|one| one.id == item.id).unwrap().clone();
            answered.merged.clear();
            answered.status.as_mut().unwrap().covers.clear();
            own.items.push(answered);
        }
        own.focuses.retain(|focus| own.items.iter().any(|item| item.focus.as_ref() == Some(&focus.id)));
        own.sections
            .retain(|section| own.focuses.iter().any(|focus| focus.section.as_ref() == Some(&section.id)));
        files.push((write(&own, "docx"), write(&own, "xlsx")));
    }
    let again = SUBMISSIONS - files.len();
    let (documents, workbooks): (Vec<_>, Vec<_>) = files.into_iter().unzip();
    documents.into_iter().chain(workbooks.into_iter().take(again)).collect()
}

fn merge(files: &[&[u8]], count: usize) -> luoshi::Merged {
    let lead = |unit: &str| format!("{unit}：");
    let options = MergeOptions { policy: Policy::KeepAll, base: None, decisions: None, lead: &lead };
    let mut merger = Merger::new(index(), options);
    for (number, bytes) in files.iter().cycle().take(count).enumerate() {
        let input = Input { name: format!("{number:05}").into(), bytes };
        merger.add(luoshi::submission(&input, Revisions::Accept, index()).unwrap().value);
    }
    merger.finish().value
}

/// The time to read and merge submissions of so many units, each with answers of its own.
fn different(count: usize) -> Duration {
    const ITEMS: usize = 10;
    let unit = |at: usize| {
        let syllable = |place: u32| char::from_u32(0x4E00 + (at / 64_usize.pow(place) % 64) as u32).unwrap();
        format!("区{}{}{}局", syllable(2), syllable(1), syllable(0))
    };
    let units: Vec<String> = (0..count).map(unit).collect();
    let matter =
        |item: usize| format!("推进第{}类事项信息公开", char::from_u32(0x7530 + item as u32).unwrap());
    let column = |key: &str, heading: &str| serde_json::json!({ "key": key, "heading": heading });
    let item = |item: usize| serde_json::json!({ "id": item.to_string(), "number": item + 1, "matter": matter(item), "units": ["各部门"] });
    let mut directory: Vec<serde_json::Value> =
        units.iter().map(|name| serde_json::json!({ "name": name })).collect();
    directory.push(serde_json::json!({ "name": "各部门", "collective": true, "members": units }));
    let catalogue = serde_json::json!({
        "schema": "luoshi.catalogue/1", "id": "many", "title": "落实情况表", "numbering": "continuous",
        "columns": [column("matter", "自查事项"), column("status", "落实情况")],
        "sections": [], "focuses": [], "items": (0..ITEMS).map(item).collect::<Vec<_>>(), "units": directory,
    });
    let catalogue = luoshi::model::Catalogue::from_json(catalogue.to_string().as_bytes()).unwrap();
    let index = CatalogueIndex::new(catalogue);
    let file = |at: usize| {
        let row =
            |row: usize| format!("{},本局公开第{at}批共{}条。\n", matter((at + row) % ITEMS), at * 7 + row);
        ["自查事项,落实情况\n".to_owned(), row(0), row(1), row(2)].concat()
    };
    let files: Vec<(String, String)> =
        (0..count).map(|at| (format!("{}.csv", units[at]), file(at))).collect();
    let lead = |unit: &str| format!("{unit}：");
    time(|| {
        let options = MergeOptions { policy: Policy::KeepAll, base: None, decisions: None, lead: &lead };
        let mut merger = Merger::new(&index, options);
        for (name, text) in &files {
            let input = Input { name: name.as_str().into(), bytes: text.as_bytes() };
            merger.add(luoshi::submission(&input, Revisions::Accept, &index).unwrap().value);
        }
        let merged = merger.finish().value;
        assert!(merged.record.conflicts.is_empty(), "each answers what it is asked, once");
        std::hint::black_box(merged);
    })
}

fn document(merged: &luoshi::Merged) {
    std::hint::black_box(write_merge(merged, "docx", false, None).unwrap());
}

fn read_all(files: &[&[u8]]) {
    for bytes in files {
        let input = Input { name: "a".into(), bytes };
        std::hint::black_box(luoshi::submission(&input, Revisions::Accept, index()).unwrap());
    }
}

fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

/// Peak memory in KB of a process that merges so many.
fn peak(count: usize) -> Option<u64> {
    let output = Command::new(std::env::current_exe().ok()?).env(ASKED, count.to_string()).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}

/// How many submissions this process is to merge, if it is called for that.
pub(crate) fn asked_for_peak() -> Option<usize> {
    std::env::var(ASKED).ok()?.parse().ok()
}

/// Merges and prints the process's peak memory in KB.
pub(crate) fn print_peak(count: usize, attachment: &Attachment) {
    let files = submissions(attachment);
    let bytes: Vec<&[u8]> = files.iter().map(Vec::as_slice).collect();
    document(&merge(&bytes, count));
    crate::growth::print_own_peak();
}
