//! `luoshi decisions`: what was changed by hand in a merge's document, written down so that the next merge does it again.

use luoshi::model::Decisions;
use luoshi::{CatalogueChoice, CatalogueIndex, Diagnostic, Editor, Input, Revisions, attachments, edited};

use super::choices::{attachment, carried_on, round_catalogue};
use crate::Exit;
use crate::args::DecisionsArgs;
use crate::files::{self, place};
use crate::output::Pending;
use crate::render::Report;

pub(crate) fn run(args: &DecisionsArgs, report: &mut Report) -> Exit {
    match attempt(args, report) {
        Ok(()) => Exit::Clean,
        Err(findings) => report.refuse(findings),
    }
}

fn attempt(args: &DecisionsArgs, report: &mut Report) -> Result<(), Vec<Diagnostic>> {
    let one = |finding| vec![finding];
    let inputs = [args.edited.as_path(), args.merged.as_path()];
    files::check_outputs(inputs, [args.output.as_path()]).map_err(one)?;
    let index = round_catalogue(&args.catalogue, report)?;
    let choice = CatalogueChoice::Given(&index);
    let merged = attachment(&args.merged, choice, Revisions::default(), report).map_err(one)?;
    let known = known(&args.output, &index)?;
    let before = known.decisions.len();
    let bytes = files::read(&args.edited).map_err(one)?;
    let input = Input { name: place(&args.edited).file, bytes: &bytes };
    let outcome = attachments(&input, &index).map_err(|error| vec![error.diagnostic()])?;
    // Items without a row are told below, with what becomes of them.
    let told = outcome.diagnostics.into_iter().filter(|finding| finding.code != "items-missing");
    report.extend(told.collect());
    let editor = Editor { by: &args.by, why: &args.why };
    let outcome = edited(&outcome.value, &merged, known, &index, editor);
    report.extend(outcome.diagnostics);
    let decisions = outcome.value;
    let mut pending = Pending::default();
    let added = pending.add(&args.output, decisions.to_json());
    added.and_then(|()| pending.commit()).map_err(one)?;
    let made = decisions.decisions.iter().filter(|decision| !decision.is_open()).count();
    let counts = [("made", made), ("before", before), ("all", decisions.decisions.len())];
    let mut arguments = counts.map(|(name, count)| (name, count.to_string())).to_vec();
    arguments.push(("file", args.output.display().to_string()));
    report.say("decisions.done", &arguments);
    Ok(())
}

/// The decisions of a file about a catalogue, or none where it is not there yet.
pub(super) fn known(path: &std::path::Path, index: &CatalogueIndex) -> Result<Decisions, Vec<Diagnostic>> {
    let known = carried_on(path, Decisions::from_json, "decisions")?;
    let says = !known.decisions.is_empty() || !known.questions.is_empty();
    if says && known.catalogue != index.catalogue().id {
        let finding = Diagnostic::error("decisions-of-other-catalogue", place(path));
        let finding = finding.with("catalogue", &known.catalogue);
        return Err(vec![finding.with("expected", &index.catalogue().id)]);
    }
    Ok(known)
}
