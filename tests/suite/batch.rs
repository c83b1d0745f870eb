//! Batches: interrupted and gone on with, archives, what lies in folders beside documents.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant, SystemTime};

use crate::support::{Program, fixture};

/// A folder of copies of a small table, and a file that holds none.
fn folder(program: &Program, name: &str, files: usize) {
    std::fs::create_dir(program.path(name)).unwrap();
    let table = "序号,自查事项,责任单位,落实情况\n1,推进教育信息公开,区教育局,已公示5期。\n";
    for number in 0..files {
        std::fs::write(program.path(name).join(format!("{number:04}.csv")), table).unwrap();
    }
    std::fs::write(program.path(name).join("noise.docx"), "\u{1}noise").unwrap();
}

/// The files of a folder, hidden ones too, with their bytes and the time of their last change.
fn listing(folder: &Path) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    let file = |entry: std::fs::DirEntry| {
        let (name, path) = (entry.file_name().into_string().unwrap(), entry.path());
        (name, (std::fs::read(&path).unwrap(), path.metadata().unwrap().modified().unwrap()))
    };
    entries.map(file).collect()
}

const JOURNAL: &str = ".luoshi-convert.jsonl";

#[cfg(unix)]
#[test]
fn a_batch_that_is_interrupted_goes_on_where_it_stopped() {
    let program = Program::new();
    folder(&program, "in", 3_000);
    let arguments = ["convert", "in", "-o", "out", "--to", "docx", "--jobs", "2"];
    let run = program.command().args(arguments).stderr(Stdio::piped()).spawn().unwrap();
    let begun = Instant::now();
    let outputs = || std::fs::read_dir(program.path("out")).map_or(0, Iterator::count);
    while outputs() < 20 {
        assert!(begun.elapsed() < Duration::from_secs(60), "nothing is written");
        std::thread::sleep(Duration::from_millis(2));
    }
    let sent = std::process::Command::new("kill").args(["-INT", &run.id().to_string()]).status().unwrap();
    assert!(sent.success());
    let output = run.wait_with_output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("interrupted") && said.contains("--resume"), "{said}");

    let mut before = listing(&program.path("out"));
    assert!(before.remove(JOURNAL).is_some(), "the journal waits");
    assert!(before.len() < 3_000, "it was stopped before the end");
    assert!(before.keys().all(|name| name.ends_with(".docx")), "nothing half-written: {:?}", before.keys());

    let run = program.run(&[&arguments[..], &["--resume"]].concat());
    assert_eq!(run.exit, Some(1), "the file that holds no table is told: {}", run.stderr);
    assert!(run.stderr.contains("noise.docx") && run.stderr.contains("上次已转换"), "{}", run.stderr);
    let after = listing(&program.path("out"));
    assert_eq!(after.len(), 3_000, "every table, and no journal");
    for (name, file) in &before {
        assert_eq!(&after[name], file, "{name} was done and is not done again");
    }
    let first = &after["0000.docx"].0;
    assert!(after.values().all(|(bytes, _)| bytes == first), "the same table gives the same bytes");
}

#[test]
fn only_what_is_done_and_unchanged_is_kept() {
    let program = Program::new();
    folder(&program, "in", 4);
    let arguments = ["convert", "in", "-o", "out", "--to", "json", "--resume"];
    // A run that was killed: its journal has a whole line for each of the four, and half a line.
    assert_eq!(program.run(&arguments).exit, Some(1));
    assert!(!listing(&program.path("out")).contains_key(JOURNAL), "a batch that is through needs none");
    let kept = |program: &Program, arguments: &[&str]| {
        let run = program.run(arguments);
        let line = run.stderr.lines().find(|line| line.contains("上次已转换"));
        line.map_or(0, |line| line.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap())
    };
    assert_eq!(kept(&program, &arguments), 0, "a batch that was through is begun anew");

    // The journal of the run as it stands before it ends: a file that cannot be read keeps the program waiting there.
    let journal = killed(&program, &arguments);
    std::fs::write(program.path("out").join(JOURNAL), [&journal[..], b"{\"input\":\"in/00"].concat())
        .unwrap();
    assert_eq!(kept(&program, &arguments), 4);
    let again = |change: &dyn Fn()| {
        std::fs::write(program.path("out").join(JOURNAL), &journal).unwrap();
        change();
        kept(&program, &arguments)
    };
    assert_eq!(again(&|| std::fs::remove_file(program.path("out/0001.json")).unwrap()), 3);
    assert_eq!(again(&|| std::fs::write(program.path("out/0001.json"), "去年的").unwrap()), 3);
    let other = "序号,自查事项,责任单位,落实情况\n1,推进教育信息公开,区教育局,已公示6期。\n";
    assert_eq!(again(&|| std::fs::write(program.path("in/0002.csv"), other).unwrap()), 3);
    assert!(std::fs::read_to_string(program.path("out/0002.json")).unwrap().contains("6期"));
    std::fs::write(program.path("out").join(JOURNAL), &journal).unwrap();
    let rejected = [&arguments[..], &["--revisions", "reject"]].concat();
    assert_eq!(kept(&program, &rejected), 0, "other settings make other files");
    let refused = program.run(&["convert", "in/0001.csv", "-o", "a.json", "--resume"]);
    assert!(
        refused.exit == Some(2) && refused.stderr.contains("resume-without-folder"),
        "{}",
        refused.stderr
    );
}

/// The journal that a killed run of these arguments leaves: taken while standard input, the last source, is waited for.
fn killed(program: &Program, arguments: &[&str]) -> Vec<u8> {
    let with_input = [&arguments[..2], &["-"], &arguments[2..]].concat();
    let mut run =
        program.command().args(with_input).stdin(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let path = program.path("out").join(JOURNAL);
    let begun = Instant::now();
    let journal = loop {
        let text = std::fs::read(&path).unwrap_or_default();
        if text.iter().filter(|byte| **byte == b'\n').count() == 5 {
            break text;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "no journal");
        std::thread::sleep(Duration::from_millis(2));
    };
    run.kill().unwrap();
    run.wait().unwrap();
    journal
}

#[test]
fn documents_of_an_archive_are_converted_below_its_name() {
    let program = Program::new();
    let mut zip = zip::ZipWriter::new(std::fs::File::create(program.path("来文.zip")).unwrap());
    let docx = std::fs::read(fixture("docx/two-tables.docx")).unwrap();
    let entries: [(&str, &[u8]); 4] = [
        ("区教育局/附件.docx", &docx),
        ("../../区财政局.docx", &docx),
        ("区教育局/~$附件.docx", b"lock"),
        ("说明.pdf", b"%PDF-1.4"),
    ];
    for (name, bytes) in entries {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
    let run = program.run(&["convert", "来文.zip", "-o", "out", "--to", "json"]);
    assert_eq!(run.exit, Some(1), "{}", run.stderr);
    for name in ["来文/区教育局/附件.json", "来文/区财政局.json"] {
        assert!(program.path("out").join(name).is_file(), "{name}: {}", run.stderr);
    }
    assert!(
        run.stderr.contains("来文.zip/说明.pdf") && run.stderr.contains("format-unsupported"),
        "{}",
        run.stderr
    );
    assert_eq!(program.listing(), ["out", "来文.zip"], "nothing leaves the folder");
}

#[cfg(unix)]
#[test]
fn pipes_and_links_in_a_folder_keep_nothing_waiting() {
    let program = Program::new();
    folder(&program, "in", 1);
    let made = std::process::Command::new("mkfifo").arg(program.path("in/pipe.docx")).status().unwrap();
    assert!(made.success());
    std::os::unix::fs::symlink("/dev/zero", program.path("in/zero.docx")).unwrap();
    std::os::unix::fs::symlink(program.path("in"), program.path("in/circle")).unwrap();
    std::os::unix::fs::symlink(program.path("in/gone"), program.path("in/dangling.docx")).unwrap();
    let run = program.run(&["convert", "in", "-o", "out", "--to", "json"]);
    assert_eq!(run.exit, Some(1), "{}", run.stderr);
    assert_eq!(run.stderr.matches("不是普通文件").count(), 2, "{}", run.stderr);
    assert!(run.stderr.contains("dangling.docx") && run.stderr.contains("没有这个文件"), "{}", run.stderr);
    assert_eq!(listing(&program.path("out")).into_keys().collect::<Vec<_>>(), ["0000.json"]);
}

#[cfg(unix)]
#[test]
fn a_disk_that_is_full_leaves_what_was_there() {
    let program = Program::new();
    std::fs::write(program.path("a.docx"), "旧的附件").unwrap();
    let table = fixture("docx/two-tables.docx");
    // A file may have 4 KiB here, and the document has more; without the trap the system would end the program.
    let limited = "trap '' XFSZ; ulimit -f 4; exec \"$@\"";
    let mut command = std::process::Command::new("bash");
    command
        .args(["-c", limited, "bash", env!("CARGO_BIN_EXE_luoshi"), "convert"])
        .arg(table)
        .args(["-o", "a.docx"]);
    let output = command.current_dir(program.folder.path()).env("LC_ALL", "zh_CN.UTF-8").output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(2) && said.contains("file-unwritable"), "{said}");
    assert_eq!(program.listing(), ["a.docx"]);
    assert_eq!(std::fs::read_to_string(program.path("a.docx")).unwrap(), "旧的附件");
}

#[cfg(unix)]
#[test]
fn a_file_s_name_can_say_nothing_to_the_terminal() {
    let program = Program::new();
    let name = "a\u{1b}[31m\n已转换全部文件\u{202e}.docx";
    std::fs::write(program.path(name), "\u{1}noise").unwrap();
    let run = program.run(&["convert", name, "-o", "a.json"]);
    assert_eq!(run.exit, Some(2));
    assert!(!run.stderr.contains(['\u{1b}', '\u{202e}']), "{:?}", run.stderr);
    assert!(!run.stderr.lines().any(|line| line.starts_with("已转换")), "{}", run.stderr);
}
