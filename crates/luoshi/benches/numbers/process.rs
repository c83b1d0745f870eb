//! The whole process beside pandoc's, `luoshi convert a.docx -o a.json`, and its start alone.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::{Goal, median, row, row_alone};

pub(crate) fn rows() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_owned();
    let input = root.join("fixtures/docx/attachment-2016.docx");
    let folder = std::env::temp_dir();
    let Some(program) = program(&root) else {
        println!("whole process: the program is not built; cargo build --release, then again");
        return;
    };
    let out = |name: &str| folder.join(format!("luoshi-bench-{}-{name}.json", std::process::id()));
    let mut ours = Command::new(&program);
    ours.arg("convert").arg(&input).arg("-o").arg(out("luoshi"));
    let mut pandoc = Command::new("pandoc");
    pandoc.args(["--from", "docx", "--to", "json", "-o"]).arg(out("pandoc")).arg(&input);
    if Command::new("pandoc").arg("--version").stdout(Stdio::null()).status().is_err() {
        println!("whole process: pandoc is absent; on Debian: apt-get install pandoc");
        return;
    }
    let mut start = Command::new(program);
    start.arg("--version");
    let mut times = [Vec::new(), Vec::new(), Vec::new()];
    for _ in 0..30 {
        for (command, times) in [&mut ours, &mut pandoc, &mut start].into_iter().zip(&mut times) {
            let start = Instant::now();
            let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
            times.push(start.elapsed());
            assert!(status.is_ok_and(|status| status.success()));
        }
    }
    for name in ["luoshi", "pandoc"] {
        let _ = std::fs::remove_file(out(name));
    }
    let [ours, pandoc, start] = times.map(median);
    row("whole process, docx to json : pandoc", ours, pandoc, Goal::TimesFaster(20.0));
    row_alone("… docx to json", ours, Duration::from_millis(10));
    row_alone("… luoshi --version", start, Duration::from_millis(5));
}

/// The program as `cargo build --release` leaves it, beside this bench's own folder.
fn program(root: &Path) -> Option<PathBuf> {
    let built = Command::new(env!("CARGO"))
        .args(["build", "--release", "--quiet", "-p", "luoshi-cli"])
        .current_dir(root)
        .status();
    if !built.is_ok_and(|status| status.success()) {
        return None;
    }
    let program = std::env::current_exe().ok()?.ancestors().nth(2)?.join("luoshi");
    program.is_file().then_some(program)
}
