//! `luoshi catalogue`: last period's attachment as the list of questions for the next.

use luoshi::{CatalogueIndex, Diagnostic, Input, ReadOptions, catalogue_of, period};

use super::choices::{day, stem};
use crate::Exit;
use crate::args::Catalogue;
use crate::files::{self, is_standard, place};
use crate::output::Pending;
use crate::render::Report;

pub(crate) fn run(args: &Catalogue, report: &mut Report) -> Exit {
    match attempt(args, report) {
        Ok(()) => Exit::Clean,
        Err(findings) => report.refuse(findings),
    }
}

fn attempt(args: &Catalogue, report: &mut Report) -> Result<(), Vec<Diagnostic>> {
    let one = |finding| vec![finding];
    files::check_outputs([args.input.as_path()], [args.output.as_path()]).map_err(one)?;
    // A list that is read with a catalogue and changed is another; its file says how it is called.
    let id = args.id.clone().unwrap_or_else(|| match is_standard(&args.output) {
        true => stem(&args.input),
        false => stem(&args.output),
    });
    let built_in = args.input.to_str().and_then(luoshi::built_in).filter(|_| !args.input.exists());
    let mut catalogue = match built_in {
        // The same list, to be completed: its forms stay its own.
        Some(known) if args.id.is_none() && args.period.is_none() => known.catalogue().clone(),
        Some(known) => luoshi::model::Catalogue { id, ..known.catalogue().clone() },
        None => {
            let bytes = files::read(&args.input).map_err(one)?;
            let input = Input { name: place(&args.input).file, bytes: &bytes };
            let outcome =
                luoshi::read(&input, &ReadOptions::default()).map_err(|error| vec![error.diagnostic()])?;
            report.extend(outcome.diagnostics);
            let attachment = outcome.value;
            let known = attachment.catalogue.as_deref().and_then(luoshi::built_in);
            catalogue_of(&attachment, &id, known.map(CatalogueIndex::catalogue))
        }
    };
    if let Some(label) = &args.period {
        let invalid = || vec![Diagnostic::error("period-invalid", place(&args.output)).with("period", label)];
        let next = period(label).ok_or_else(invalid)?;
        if let Some(last) = catalogue.period.replace(next.clone()) {
            // 2016年…落实情况表 would go out under last year's name.
            catalogue.title = catalogue.title.replace(&last.label, &next.label);
        }
    }
    day(args.due.as_deref())?;
    if args.due.is_some() || built_in.is_none() {
        catalogue.due.clone_from(&args.due);
    }
    let bytes = catalogue.to_json();
    let output = Input { name: place(&args.output).file, bytes: &bytes };
    // What a person must put right before the list can be used, such as a number that the table has twice.
    if let Err(findings) = luoshi::catalogue(&output) {
        report.extend(findings);
    }
    let mut pending = Pending::default();
    pending.add(&args.output, bytes).and_then(|()| pending.commit()).map_err(one)?;
    let counts = [("items", catalogue.items.len()), ("units", catalogue.units.len())];
    let mut arguments = counts.map(|(name, count)| (name, count.to_string())).to_vec();
    arguments.push(("file", args.output.display().to_string()));
    report.say("catalogue.done", &arguments);
    Ok(())
}
