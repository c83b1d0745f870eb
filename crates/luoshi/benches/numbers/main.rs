//! Our times beside a peer's or a floor's of the same run, as ratios: `cargo bench -p luoshi`.
//!
//! Each row runs both sides in turn, so that what the machine does meanwhile falls on both, and compares the medians. A goal
//! is printed beside its ratio and never asserted: a busy machine is no defect.
//!
//! Not here: a harness. The rows compare different programs and grow with the input, which no statistics of one function fit.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench measures and prints"
)]

mod check;
mod floors;
mod growth;
mod legacy;
mod material;
mod peers;
mod periods;
mod process;
mod round;

use std::hint::black_box;
use std::time::{Duration, Instant};

use luoshi::model::Attachment;
use luoshi::{Input, ReadOptions};
use office_oxide::DocumentFormat;

use crate::material::Material;

/// Runs of each side of a row.
const RUNS: usize = 60;

fn main() {
    if let Some(path) = growth::asked_for_peak() {
        return growth::print_peak(&path);
    }
    let material = Material::new();
    if let Some(count) = round::asked_for_peak() {
        return round::print_peak(count, &material.attachment);
    }
    println!("{:<44}{:>12}{:>14}{:>10}   goal", "work", "luoshi", "beside", "ratio");

    let read_docx = || drop(black_box(read("a.docx", &material.docx)));
    let floor = || floors::docx(&material.docx);
    let [ours, beside] = medians([&read_docx, &floor]);
    row("docx to model : inflate + bare quick-xml pass", ours, beside, Goal::AtMost(1.5));

    let read_xlsx = || drop(black_box(read("a.xlsx", &material.xlsx)));
    let floor = || floors::xlsx_in(&material.xlsx);
    let [ours, beside] = medians([&read_xlsx, &floor]);
    row("xlsx to model : calamine cells + merges", ours, beside, Goal::AtMost(1.3));

    let write_xlsx = || drop(black_box(write(&material.attachment, "xlsx")));
    let floor = || floors::xlsx_out(&material.attachment);
    let [ours, beside] = medians([&write_xlsx, &floor]);
    row("model to xlsx : rust_xlsxwriter, same cells", ours, beside, Goal::AtMost(1.2));

    let write_docx = || drop(black_box(write(&material.attachment, "docx")));
    let floor = || floors::docx_out(&material.attachment);
    let [ours, beside] = medians([&write_docx, &floor]);
    row("model to docx : docx-rs, same table", ours, beside, Goal::AtMost(1.2));

    process::rows();
    round::rows(&material.attachment);
    periods::rows(&material.attachment);
    check::rows(&material);

    // Last, because they leave the heap in pieces, which slows whatever is measured after them.
    let docx_rs = || peers::docx_rs(&material.docx);
    let office_oxide = || peers::office_oxide(&material.docx, DocumentFormat::Docx);
    let [ours, one, other] = medians([&read_docx, &docx_rs, &office_oxide]);
    row("docx to model : docx-rs read_docx", ours, one, Goal::TimesFaster(15.0));
    row("docx to model : office_oxide open + to_ir", ours, other, Goal::TimesFaster(15.0));
    legacy::rows();
    growth::rows();
}

fn read(name: &str, bytes: &[u8]) -> Attachment {
    luoshi::read(&Input { name: name.into(), bytes }, &ReadOptions::default()).unwrap().value
}

fn write(attachment: &Attachment, format: &str) -> Vec<u8> {
    luoshi::write(attachment, format, None).unwrap().value
}

/// The median time of each side, the sides run in turn, after one round that warms caches and tables.
fn medians<const SIDES: usize>(sides: [&dyn Fn(); SIDES]) -> [Duration; SIDES] {
    let mut times: [Vec<Duration>; SIDES] = std::array::from_fn(|_| Vec::with_capacity(RUNS));
    for round in 0..=RUNS {
        for (side, times) in sides.iter().zip(&mut times) {
            let start = Instant::now();
            side();
            if round > 0 {
                times.push(start.elapsed());
            }
        }
    }
    times.map(median)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

#[derive(Clone, Copy)]
enum Goal {
    /// Ours at most this many times the other.
    AtMost(f64),
    /// Ours at least this many times faster.
    TimesFaster(f64),
}

fn row(work: &str, ours: Duration, beside: Duration, goal: Goal) {
    let (ratio, reached, words) = match goal {
        Goal::AtMost(most) => {
            let ratio = ours.as_secs_f64() / beside.as_secs_f64();
            (ratio, ratio <= most, format!("≤ {most} ×"))
        }
        Goal::TimesFaster(least) => {
            let ratio = beside.as_secs_f64() / ours.as_secs_f64();
            (ratio, ratio >= least, format!("≥ {least} × faster"))
        }
    };
    let mark = if reached { "" } else { "   missed" };
    println!("{work:<44}{:>12}{:>14}{ratio:>9.2}×   {words}{mark}", shown(ours), shown(beside));
}

/// A row with nothing beside it: its goal is a time.
fn row_alone(work: &str, ours: Duration, at_most: Duration) {
    let mark = if ours <= at_most { "" } else { "   missed" };
    println!("{work:<44}{:>12}{:>24}   ≤ {} ms{mark}", shown(ours), "", at_most.as_millis());
}

fn shown(time: Duration) -> String {
    let micros = time.as_secs_f64() * 1e6;
    if micros < 10_000.0 { format!("{micros:.0} µs") } else { format!("{:.1} ms", micros / 1000.0) }
}
