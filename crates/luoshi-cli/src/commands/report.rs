//! `luoshi report`: the report that a leader reads in five minutes.

use std::path::PathBuf;
use std::sync::Arc;

use luoshi::model::Classes;
use luoshi::{CatalogueChoice, Diagnostic, review};

use super::choices::{attachment, carried_on, catalogue, compared, of_outputs, theme};
use crate::Exit;
use crate::args::ReportArgs;
use crate::files::{self, place};
use crate::output::Pending;
use crate::render::Report;

pub(crate) fn run(args: &ReportArgs, report: &mut Report) -> Exit {
    match attempt(args, report) {
        Ok(()) => Exit::Clean,
        Err(findings) => report.refuse(findings),
    }
}

fn attempt(args: &ReportArgs, report: &mut Report) -> Result<(), Vec<Diagnostic>> {
    let one = |finding| vec![finding];
    let formats = of_outputs(&args.output).map_err(one)?;
    let inputs = args.input.iter().chain(&args.previous).chain(&args.template);
    let outputs = args.output.iter().chain(&args.classes).chain(&args.write_template);
    let outputs: Vec<&PathBuf> = outputs.chain(report.file()).collect();
    files::check_outputs(inputs.map(PathBuf::as_path), outputs.into_iter().map(PathBuf::as_path))
        .map_err(one)?;
    let theme = theme(args.theme.as_deref()).map_err(one)?;
    let mut pending = Pending::default();
    if let Some(path) = &args.write_template {
        let template = luoshi::report_template(theme.as_ref()).map_err(|error| one(error.diagnostic()))?;
        pending.add(path, template).map_err(one)?;
    }
    let Some(input) = &args.input else { return pending.commit().map_err(one) };
    let list = catalogue(args.catalogue.as_deref())?;
    let template =
        args.template.as_deref().map(|path| Ok((place(path).file, files::read(path)?))).transpose();
    let template: Option<(Arc<str>, Vec<u8>)> = template.map_err(one)?;
    let set =
        args.classes.as_deref().map(|path| carried_on(path, Classes::from_json, "classes")).transpose()?;
    let revisions = args.revisions.chosen();
    let new = attachment(input, list.choice(), revisions, report).map_err(one)?;
    let before = match &args.previous {
        Some(path) => {
            // The list that was given is this period's.
            let its = match list.choice() {
                CatalogueChoice::Given(_) => CatalogueChoice::Automatic,
                choice => choice,
            };
            let old = attachment(path, its, revisions, report).map_err(one)?;
            let changes = compared(&old, &new, None, list.choice());
            if let Some(finding) = review::differ(&old, &new, &changes) {
                return Err(vec![finding]);
            }
            if let (Some(last), Some(this)) = (&old.period, &new.period)
                && last.to >= this.to
            {
                let finding = Diagnostic::warning("previous-not-earlier", place(path));
                report.extend(vec![finding.with("old", &last.label).with("new", &this.label)]);
            }
            Some((old, changes))
        }
        None => None,
    };
    let known = set.unwrap_or_default();
    let summed = luoshi::summary(&new, &known, before.as_ref().map(|(old, changes)| (old, changes)));
    if luoshi::has_errors(&summed.diagnostics) {
        return Err(summed.diagnostics);
    }
    report.extend(summed.diagnostics);
    let summary = summed.value;
    for (path, format) in args.output.iter().zip(formats) {
        let template = template.as_ref().map(|(name, bytes)| (name, bytes.as_slice()));
        let written = luoshi::write_summary(&summary, format, template, theme.as_ref()).map_err(|error| {
            let finding = error.diagnostic();
            one(Diagnostic { place: finding.place.clone().or_else(|| Some(place(path))), ..finding })
        })?;
        report.extend_at(path, written.diagnostics);
        pending.add(path, written.value).map_err(one)?;
    }
    if let Some(path) = &args.classes {
        pending.add(path, luoshi::classes(&summary, &new, &known).to_json()).map_err(one)?;
    }
    pending.commit().map_err(one)?;
    let whole = summary.whole();
    let counts = [
        ("items", whole.items.to_string()),
        ("answered", whole.answered().to_string()),
        ("problems", whole.problems.to_string()),
    ];
    report.say("report.done", &counts);
    Ok(())
}
