//! The program `luoshi`: the one place that knows files, the environment, the terminal and exit codes.
//!
//! ```text
//! args ──▶ commands/<name>.rs ──▶ luoshi (bytes to bytes) ──▶ output (whole or not at all), render (findings)
//! ```
//!
//! Exit codes: 0 clean, 1 done but with findings of severity error, 2 could not.
#![allow(clippy::disallowed_methods, reason = "files, environment and exit are this crate's job")]

mod args;
mod commands;
mod files;
mod interrupt;
mod language;
mod output;
mod render;

use std::process::ExitCode;

use crate::args::Command;
use crate::render::Report;

/// What a command came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Exit {
    Clean,
    Findings,
    Failed,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

fn main() -> ExitCode {
    let (language, words) = language::of_invocation();
    let args = match args::parse(words, language) {
        Ok(args) => args,
        Err(answer) => return answer.print(language).into(),
    };
    for (limit, value) in &args.limits {
        limit.set(*value);
    }
    let mut report = Report::new(args.language.unwrap_or(language), args.diagnostics);
    let exit = match args.command {
        Command::Convert(convert) => commands::convert::run(&convert, &mut report),
        Command::Catalogue(catalogue) => commands::catalogue::run(&catalogue, &mut report),
        Command::Forms(forms) => commands::forms::run(&forms, &mut report),
        Command::Merge(merge) => commands::merge::run(&merge, &mut report),
        Command::Decisions(decisions) => commands::decisions::run(&decisions, &mut report),
        Command::Check(check) => commands::check::run(&check, &mut report),
        Command::Report(args) => commands::report::run(&args, &mut report),
        Command::Diff(diff) => commands::diff::run(&diff, &mut report),
        Command::Inspect(inspect) => commands::inspect::run(&inspect, &mut report),
        Command::Schema { name } => commands::schema::run(&name, &mut report),
        Command::Formats => commands::formats::run(&mut report),
        Command::Completions { shell } => commands::completions::run(shell, &mut report),
    };
    report.finish(exit).into()
}
