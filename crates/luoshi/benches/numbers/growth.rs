//! Time and memory per row from 66 to 66 000 rows.
//!
//! Without a catalogue: it has each item once, so that of a thousand copies all but one would be findings, and the large file
//! would be charged for work that the small one has not.
//!
//! Peak memory is that of a process of its own that reads one file, because a process never gives back what it once took:
//! this program calls itself with the file.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use luoshi::{CatalogueChoice, Input, ReadOptions};

use crate::material::{fixture, pack, parts};

const ASKED: &str = "LUOSHI_BENCH_PEAK";
/// How often the item rows are repeated.
const TIMES: usize = 1000;

pub(crate) fn rows() {
    for (name, one) in
        [("docx", fixture("docx/attachment-2016.docx")), ("xlsx", crate::write(&model(), "xlsx"))]
    {
        let many = repeated(&one, name);
        let (small, large) = (time(name, &one, 40), time(name, &many, 3));
        let per_row = |time: Duration, times: usize| time.as_secs_f64() * 1e6 / (66 * times) as f64;
        let (per_small, per_large) = (per_row(small, 1), per_row(large, TIMES));
        let ratio = per_large / per_small;
        let mark = if ratio <= 1.2 { "" } else { "   missed" };
        println!(
            "{:<44}{:>9.2} µs{:>11.2} µs{ratio:>9.2}×   ≤ 1.2 ×{mark}",
            format!("{name} to model, per row, 66 000 : 66 rows"),
            per_large,
            per_small
        );
        if let (Some(small), Some(large)) = (peak(name, &one), peak(name, &many)) {
            let bytes_per_row = (large - small) as f64 / (66 * (TIMES - 1)) as f64;
            println!(
                "{:<44}{:>9} KB{:>11} KB{bytes_per_row:>8.1} KB a row",
                format!("{name} to model, peak memory"),
                large,
                small
            );
        }
    }
}

fn model() -> luoshi::model::Attachment {
    crate::read("a.docx", &fixture("docx/attachment-2016.docx"))
}

fn read(name: &str, bytes: &[u8]) -> luoshi::model::Attachment {
    let options = ReadOptions { catalogue: CatalogueChoice::None, ..ReadOptions::default() };
    luoshi::read(&Input { name: name.into(), bytes }, &options).unwrap().value
}

fn time(name: &str, bytes: &[u8], runs: usize) -> Duration {
    let once = || {
        let start = Instant::now();
        std::hint::black_box(read(&format!("a.{name}"), bytes));
        start.elapsed()
    };
    once();
    crate::median((0..runs).map(|_| once()).collect())
}

/// The package with the rows of its items a thousand times over.
fn repeated(package: &[u8], name: &str) -> Vec<u8> {
    let mut parts = parts(package);
    if name == "docx" {
        let (_, document) = parts.iter_mut().find(|(part, _)| part == "word/document.xml").unwrap();
        let text = String::from_utf8(std::mem::take(document)).unwrap();
        let (begin, end) =
            (nth(&text, "<w:tr>", "<w:tr ", 1), text.rfind("</w:tr>").unwrap() + "</w:tr>".len());
        *document = [&text[..begin], &text[begin..end].repeat(TIMES), &text[end..]].concat().into_bytes();
    } else {
        // A workbook names each row and cell, so its rows cannot be repeated as text; it is written anew.
        let mut model = model();
        let items = std::mem::take(&mut model.items);
        for _ in 0..TIMES {
            model.items.extend(items.iter().cloned());
        }
        // Merged answers are told by ids, which repeated items share.
        for item in &mut model.items {
            item.status.as_mut().unwrap().covers.clear();
        }
        return crate::write(&model, "xlsx");
    }
    pack(&parts)
}

/// The position of the n-th row, counted from 0.
fn nth(text: &str, bare: &str, with_attributes: &str, n: usize) -> usize {
    let mut rows: Vec<usize> =
        text.match_indices(bare).chain(text.match_indices(with_attributes)).map(|(at, _)| at).collect();
    rows.sort_unstable();
    rows[n]
}

/// Peak memory in KB of a process that reads the file.
fn peak(name: &str, bytes: &[u8]) -> Option<u64> {
    let path = std::env::temp_dir().join(format!("luoshi-bench-{}.{name}", std::process::id()));
    fs::write(&path, bytes).ok()?;
    let output = Command::new(std::env::current_exe().ok()?).env(ASKED, &path).output().ok();
    let _ = fs::remove_file(&path);
    String::from_utf8(output?.stdout).ok()?.trim().parse().ok()
}

/// The file whose reading this process is to measure, if it is called for that.
pub(crate) fn asked_for_peak() -> Option<PathBuf> {
    std::env::var_os(ASKED).map(PathBuf::from)
}

/// Reads the file and prints the process's peak memory.
pub(crate) fn print_peak(path: &std::path::Path) {
    let bytes = fs::read(path).unwrap();
    std::hint::black_box(read(path.to_str().unwrap(), &bytes));
    print_own_peak();
}

/// Prints the process's peak memory in KB; nothing where the system does not tell.
pub(crate) fn print_own_peak() {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    println!("{}", peak.unwrap_or("").trim().trim_end_matches(" kB"));
}
