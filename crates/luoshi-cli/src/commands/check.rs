//! `luoshi check`: whether a table is fit to publish.

use std::path::PathBuf;

use luoshi::model::{Baseline, Findings, Level};
use luoshi::{CheckOptions, Diagnostic, Input, ReadOptions, Severity, Stamp};

use super::choices::{carried_on, catalogue, of_extension, of_outputs, rules, theme};
use crate::Exit;
use crate::args::{Check, FailOn};
use crate::files::{self, place};
use crate::output::Pending;
use crate::render::Report;

pub(crate) fn run(args: &Check, report: &mut Report) -> Exit {
    match attempt(args, report) {
        Ok(exit) => exit,
        Err(findings) => report.refuse(findings),
    }
}

fn attempt(args: &Check, report: &mut Report) -> Result<Exit, Vec<Diagnostic>> {
    let one = |finding| vec![finding];
    let formats = of_outputs(&args.output).map_err(one)?;
    let outputs = args.output.iter().chain(&args.notes).chain(&args.fix).chain(&args.baseline);
    let outputs: Vec<&PathBuf> = outputs.chain(report.file()).collect();
    files::check_outputs([args.input.as_path()], outputs.into_iter().map(PathBuf::as_path)).map_err(one)?;
    let list = catalogue(args.catalogue.as_deref())?;
    let theme = theme(args.theme.as_deref()).map_err(one)?;
    let words = rules(args.rules.as_deref()).map_err(one)?;
    let baseline =
        args.baseline.as_deref().map(|path| carried_on(path, Baseline::from_json, "baseline")).transpose()?;
    let bytes = files::read(&args.input).map_err(one)?;
    let input = Input { name: place(&args.input).file, bytes: &bytes };
    let reading = ReadOptions { catalogue: list.choice(), revisions: args.revisions.chosen() };
    let options = CheckOptions { reading, words: &words, language: report.language };
    // What a file that is no checklist holds must not be repeated either.
    let mut checked = luoshi::check(&input, &options).map_err(|error| one(masked(error.diagnostic())))?;
    for path in args.notes.iter().chain(&args.fix) {
        // A document under another extension would not open.
        if of_extension(path)
            .is_ok_and(|format| ["docx", "xlsx"].contains(&checked.format) && format != checked.format)
            || of_extension(path).is_err()
        {
            let finding = Diagnostic::error("output-format-differs", place(path));
            return Err(one(finding.with("format", checked.format)));
        }
    }
    if let Some(baseline) = &baseline {
        checked.accept(baseline);
    }
    let findings = checked.findings();
    let mut pending = Pending::default();
    for (path, format) in args.output.iter().zip(formats) {
        let written = luoshi::write_findings(&findings, format, theme.as_ref())
            .map_err(|error| vec![Diagnostic { place: Some(place(path)), ..error.diagnostic() }])?;
        report.extend_at(path, written.diagnostics);
        pending.add(path, written.value).map_err(one)?;
    }
    if let Some(path) = &args.baseline {
        pending.add(path, Baseline::after(&findings).to_json()).map_err(one)?;
    }
    if let Some(path) = &args.notes {
        let noted = luoshi::annotate(&input, &checked, Stamp::default());
        pending.add(path, noted.map_err(|error| one(error.diagnostic()))?).map_err(one)?;
    }
    let mut fixed = None;
    if let Some(path) = &args.fix {
        let new = luoshi::fix(&input, &checked).map_err(|error| one(error.diagnostic()))?;
        report.tell(new.diagnostics);
        pending.add(path, new.bytes).map_err(one)?;
        fixed = Some((path, new.count));
    }
    pending.commit().map_err(one)?;
    let mut found = checked.diagnostics();
    // What must not go out is read first.
    found.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let fails = found.iter().any(|finding| args.fail_on.is_met(finding.severity));
    report.tell(found);
    say(&findings, report);
    if let Some((path, count)) = fixed {
        report.say("check.fixed", &[("count", count.to_string()), ("file", path.display().to_string())]);
    }
    Ok(if fails { Exit::Findings } else { Exit::Clean })
}

impl FailOn {
    fn is_met(self, severity: Severity) -> bool {
        match self {
            Self::Info => true,
            Self::Warn => severity >= Severity::Warning,
            Self::Block => severity == Severity::Error,
            Self::Nothing => false,
        }
    }
}

fn masked(finding: Diagnostic) -> Diagnostic {
    let mask = |(name, value): (&'static str, String)| (name, luoshi::rules::masked(&value).into_owned());
    Diagnostic { arguments: finding.arguments.into_iter().map(mask).collect(), ..finding }
}

fn say(findings: &Findings, report: &mut Report) {
    let count = |level| findings.findings.iter().filter(|finding| finding.level == level).count().to_string();
    let counts = [
        ("file", findings.file.clone()),
        ("items", findings.items.to_string()),
        ("block", count(Level::Block)),
        ("warn", count(Level::Warn)),
        ("info", count(Level::Info)),
        ("accepted", findings.accepted.len().to_string()),
    ];
    report.say("check.done", &counts);
}
