//! `output/` holds what the README's command makes; it must come out the same, byte for byte.
//!
//! `LUOSHI_UPDATE=1` rewrites it.

use crate::support::{Program, fixture, root};

#[test]
fn the_samples_come_out_the_same() {
    let program = Program::new();
    let input = fixture("docx/attachment-2016.docx");
    let names =
        ["json", "xlsx", "docx", "csv", "html"].map(|extension| format!("attachment-2016.{extension}"));
    let mut arguments = vec!["convert", input.to_str().unwrap()];
    for name in &names {
        arguments.extend(["-o", name.as_str()]);
    }
    let run = program.run(&arguments);
    assert_eq!(run.exit, Some(0), "{}", run.stderr);
    for name in &names {
        let made = std::fs::read(program.path(name)).unwrap();
        let kept = root().join("output").join(name);
        if std::env::var("LUOSHI_UPDATE").is_ok() {
            std::fs::write(&kept, &made).unwrap();
        }
        assert!(
            std::fs::read(&kept).unwrap() == made,
            "{name} has changed; if that is meant, run with LUOSHI_UPDATE=1"
        );
    }
}
