//! Damaged files by the thousand: every fixture, cut and changed by a seeded generator, in a process of its own with a limit on memory
//! and time, so that an abort, a hang or a flood of memory is seen and does not end the tests.
//!
//! A failure names the file and the seed: `LUOSHI_ROBUST=<file>:<seed> cargo test -p luoshi-cli --test suite robust::one -- --ignored` runs that
//! one. `LUOSHI_ROBUST_VARIANTS` sets how many there are of each file.

use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use luoshi::{CheckOptions, Input, ReadOptions, rules};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::support::{fixture, root};

/// Variants of each file.
const VARIANTS: u64 = 100;

/// Kilobytes of address space of a child. A table with a thousand attachments takes 300 MB.
const MEMORY: u64 = 2_000_000;

/// How long one variant may take: a hundred times what the largest fixture takes, on a machine that does something else too.
const EACH: Duration = Duration::from_secs(20);

/// Where a child says which variant it is at.
const VARIANT: &str = "variant ";

/// Numbers without a clock or a system behind them (SplitMix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }
}

/// Bytes with what happens to files: cut, a piece gone, doubled or overwritten, single bytes changed, numbers made large.
fn damaged(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=random.below(4) {
        if bytes.is_empty() {
            break;
        }
        let (from, length) = (random.below(bytes.len()), random.below(64) + 1);
        let to = (from + length).min(bytes.len());
        match random.below(8) {
            0 => bytes.truncate(from),
            1 => drop(bytes.drain(from..to)),
            2 => {
                let piece = bytes[from..to].to_vec();
                let at = random.below(bytes.len());
                bytes.splice(at..at, piece);
            }
            3 => bytes[from..to].fill(0xFF),
            4 => bytes[from..to].fill(0),
            5 => {
                let other = random.below(bytes.len());
                let piece = bytes[from..to].to_vec();
                let end = (other + piece.len()).min(bytes.len());
                bytes[other..end].copy_from_slice(&piece[..end - other]);
            }
            // A digit in XML or text: counts, spans, references.
            6 => match bytes[from..].iter().position(u8::is_ascii_digit) {
                Some(at) => drop(bytes.splice(from + at..=from + at, *b"99999999")),
                None => bytes[from] ^= 0x80,
            },
            _ => bytes[from] = random.next() as u8,
        }
    }
    bytes
}

/// A package with one of its parts damaged and all checksums right; nothing where it is no package.
fn damaged_within(bytes: &[u8], random: &mut Random) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let chosen = random.below(archive.len());
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).ok()?;
        let name = entry.name().ok()?.into_owned();
        let mut part = Vec::new();
        entry.read_to_end(&mut part).ok()?;
        let part = if index == chosen && !part.is_empty() { damaged(&part, random) } else { part };
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        writer.start_file(name, options).ok()?;
        writer.write_all(&part).ok()?;
    }
    Some(writer.finish().ok()?.into_inner())
}

fn variant(bytes: &[u8], seed: u64) -> Vec<u8> {
    let mut random = Random(seed);
    let within = if !seed.is_multiple_of(3) { damaged_within(bytes, &mut random) } else { None };
    within.unwrap_or_else(|| damaged(bytes, &mut random))
}

/// All that the program does with a file. What it answers does not matter here, only that it does.
fn use_it(name: &str, bytes: &[u8], seed: u64) {
    let input = Input { name: name.into(), bytes };
    let _ = luoshi::inspect(&input, &ReadOptions::default());
    let Ok(outcome) = luoshi::read(&input, &ReadOptions::default()) else { return };
    if seed.is_multiple_of(4) {
        for format in luoshi::formats().into_iter().filter(|format| format.writes) {
            let _ = luoshi::write(&outcome.value, format.name, None);
        }
        let words = rules::Words::default();
        let language = luoshi::words::Language::Chinese;
        let options = CheckOptions { reading: ReadOptions::default(), words: &words, language };
        if let Ok(checked) = luoshi::check(&input, &options) {
            let _ = luoshi::annotate(&input, &checked, luoshi::Stamp::default());
            let _ = luoshi::fix(&input, &checked);
        }
    }
}

/// What a child runs: the variants of one file, or one of them.
#[test]
#[ignore = "run by `damaged_files_do_no_harm` in a process of its own"]
fn one() {
    let Ok(asked) = std::env::var("LUOSHI_ROBUST") else { return };
    let (path, seed) = asked.rsplit_once(':').unwrap();
    let bytes = std::fs::read(path).unwrap();
    let count: u64 = std::env::var("LUOSHI_ROBUST_VARIANTS").map_or(VARIANTS, |count| count.parse().unwrap());
    let seeds =
        if seed == "all" { 0..count } else { seed.parse().unwrap()..seed.parse::<u64>().unwrap() + 1 };
    for seed in seeds {
        eprintln!("{VARIANT}{seed}");
        let begun = Instant::now();
        use_it(path, &variant(&bytes, seed), seed);
        assert!(begun.elapsed() < EACH, "{:?}", begun.elapsed());
    }
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

#[cfg(unix)]
#[test]
fn damaged_files_do_no_harm() {
    let mut all = Vec::new();
    files(&fixture(""), &mut all);
    all.sort();
    // Forty like ones are one.
    let submissions = fixture("submissions");
    let is_like =
        |path: &Path| path.starts_with(&submissions) && !path.metadata().unwrap().len().is_multiple_of(5);
    all.retain(|path| !is_like(path) && path.extension().is_some_and(|extension| extension != "md"));
    let mut failed = Vec::new();
    for path in all {
        let limited = format!("ulimit -v {MEMORY}; exec \"$@\"");
        let child = Command::new("bash")
            .args(["-c", &limited, "bash"])
            .arg(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "robust::one", "--nocapture", "--test-threads=1"])
            .env("LUOSHI_ROBUST", format!("{}:all", path.display()))
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let pid = child.id().to_string();
        // A child that hangs is ended from a thread of its own; one that ended has no such process any more.
        let (ended, end) = std::sync::mpsc::channel::<()>();
        let watch = std::thread::spawn(move || {
            if end
                .recv_timeout(EACH * 6)
                .is_err_and(|error| error == std::sync::mpsc::RecvTimeoutError::Timeout)
            {
                let _ = Command::new("kill").args(["-KILL", &pid]).status();
            }
        });
        let output = child.wait_with_output().unwrap();
        drop(ended);
        watch.join().unwrap();
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            let last = said.rfind(VARIANT).map_or("before the first", |at| &said[at..]);
            let file = path.strip_prefix(root()).unwrap().display();
            failed.push(format!("{file}: {}: {last}", output.status));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
