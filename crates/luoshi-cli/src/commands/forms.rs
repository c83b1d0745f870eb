//! `luoshi forms`: one form per responsible unit, into a folder.

use std::path::Path;

use luoshi::{CatalogueChoice, Diagnostic, FormOptions, Revisions, forms, write_form};

use super::choices::{attachment, day, round_catalogue, theme};
use crate::Exit;
use crate::args::Forms;
use crate::files::{self, place, unwritable};
use crate::output::Pending;
use crate::render::Report;

/// What a form is written in where nothing is said.
const FORMAT: &str = "docx";

pub(crate) fn run(args: &Forms, report: &mut Report) -> Exit {
    match attempt(args, report) {
        Ok(()) => Exit::Clean,
        Err(findings) => report.refuse(findings),
    }
}

fn attempt(args: &Forms, report: &mut Report) -> Result<(), Vec<Diagnostic>> {
    let one = |finding| vec![finding];
    day(args.due.as_deref())?;
    let mut index = round_catalogue(&args.catalogue, report)?;
    if let Some(due) = &args.due {
        // Who is asked hangs on the day.
        let moved = luoshi::model::Catalogue { due: Some(due.clone()), ..index.catalogue().clone() };
        let moved = luoshi::CatalogueIndex::new(moved);
        if moved.asked_by_unit() != index.asked_by_unit() {
            let finding = Diagnostic::warning("due-moves-units", place(Path::new(&args.catalogue)));
            report.extend(vec![finding.with("due", due)]);
        }
        *index = moved;
    }
    let theme = theme(args.theme.as_deref()).map_err(one)?;
    let last = match &args.prefill {
        Some(path) => Some(
            attachment(path, CatalogueChoice::Given(&index), Revisions::default(), report).map_err(one)?,
        ),
        None => None,
    };
    let options = FormOptions { prefill: last.as_ref() };
    let outcome = forms(&index, &options);
    let mut forms = outcome.value;
    if let Some(name) = &args.unit {
        let refuse = |finding: Diagnostic| vec![finding.with("unit", name)];
        let catalogue = place(Path::new(&args.catalogue));
        let Some(unit) = index.unit(name) else {
            return Err(refuse(Diagnostic::error("unit-unknown", catalogue)));
        };
        let names: Vec<&str> =
            index.members(unit).iter().map(|&unit| index.catalogue().units[unit].name.as_str()).collect();
        forms.retain(|form| names.contains(&form.mark.unit.as_str()));
        if forms.is_empty() {
            return Err(refuse(Diagnostic::error("unit-not-asked", catalogue)));
        }
    } else {
        report.extend(outcome.diagnostics);
    }
    let formats = if args.to.is_empty() { vec![FORMAT.to_owned()] } else { args.to.clone() };
    let mut files = Vec::new();
    for form in &forms {
        for format in &formats {
            let path = args.output.join(format!("{}.{format}", files::plain_name(&form.mark.unit)));
            let written = write_form(form, format, theme.as_ref());
            let outcome = written
                .map_err(|error| vec![Diagnostic { place: Some(place(&path)), ..error.diagnostic() }])?;
            report.extend_at(&path, outcome.diagnostics);
            files.push((path, outcome.value));
        }
    }
    let mut taken = std::collections::HashSet::new();
    if let Some((path, _)) = files.iter().find(|(path, _)| !taken.insert(path.clone())) {
        return Err(vec![Diagnostic::error("output-twice", place(path))]);
    }
    // What lies there may have been filled in since.
    let there: Vec<_> = files.iter().filter(|(path, _)| path.exists()).collect();
    if let Some((path, _)) = there.first() {
        return Err(vec![Diagnostic::error("form-exists", place(path)).with("count", there.len())]);
    }
    std::fs::create_dir_all(&args.output).map_err(|error| vec![unwritable(&args.output, &error)])?;
    let mut pending = Pending::default();
    let count = files.len();
    for (path, bytes) in files {
        pending.add(&path, bytes).map_err(one)?;
    }
    pending.commit().map_err(one)?;
    let arguments = [("count", count.to_string()), ("folder", args.output.display().to_string())];
    report.say("forms.done", &arguments);
    Ok(())
}
