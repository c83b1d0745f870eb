//! `luoshi diff`: two periods or more side by side.

use std::path::PathBuf;

use luoshi::model::{Attachment, ChangeSet, Link, Links};
use luoshi::{Diagnostic, Severity, Stamp, review};

use super::choices::{Chosen, attachment, carried_on, catalogue, compared, day, of_outputs, theme};
use crate::Exit;
use crate::args::Diff;
use crate::files::{self, place};
use crate::output::Pending;
use crate::render::Report;

pub(crate) fn run(args: &Diff, report: &mut Report) -> Exit {
    match attempt(args, report) {
        Ok(()) => Exit::Clean,
        Err(findings) => report.refuse(findings),
    }
}

fn attempt(args: &Diff, report: &mut Report) -> Result<(), Vec<Diagnostic>> {
    let one = |finding| vec![finding];
    day(args.date.as_deref())?;
    let formats = of_outputs(&args.output).map_err(one)?;
    let outputs: Vec<&PathBuf> = args.output.iter().chain(&args.links).chain(report.file()).collect();
    files::check_outputs(
        args.periods.iter().map(PathBuf::as_path),
        outputs.into_iter().map(PathBuf::as_path),
    )
    .map_err(one)?;
    let lists = catalogues(args)?;
    let theme = theme(args.theme.as_deref()).map_err(one)?;
    let known = args.links.as_deref().map(|path| carried_on(path, Links::from_json, "links")).transpose()?;
    let mut periods: Vec<Attachment> = Vec::with_capacity(args.periods.len());
    for (path, list) in args.periods.iter().zip(&lists) {
        periods.push(attachment(path, list.choice(), args.revisions.chosen(), report).map_err(one)?);
    }
    let [.., old, new] = periods.as_slice() else { return Ok(()) };
    if let Some(known) = &known {
        report.extend(unknown(known, old, new));
    }
    let step = |(at, (pair, list)): (usize, (&[Attachment], &Chosen))| {
        // What was said is of the last two.
        let known = known.as_ref().filter(|_| at + 2 == periods.len());
        compared(&pair[0], &pair[1], known, list.choice())
    };
    let mut steps: Vec<ChangeSet> = periods.windows(2).zip(&lists[1..]).enumerate().map(step).collect();
    let history = (periods.len() > 2).then(|| review::history(&periods, &steps));
    let Some(mut changes) = steps.pop() else { return Ok(()) };
    if let Some(history) = history {
        review::with_ages(&mut changes.review.problems, &history);
        changes.review.history = Some(history);
    }
    if let Some(finding) = review::differ(old, new, &changes) {
        return Err(vec![finding]);
    }
    report.extend(review::findings(old, new, &changes));
    let date = args.date.as_ref().map(|day| format!("{day}T00:00:00Z"));
    let stamp = Stamp { author: &args.author, ..Stamp::default() };
    let stamp = Stamp { date: date.as_deref().unwrap_or(stamp.date), ..stamp };
    let mut pending = Pending::default();
    for (path, format) in args.output.iter().zip(formats) {
        let written = luoshi::write_changes((old, new), &changes, format, stamp, theme.as_ref())
            .map_err(|error| vec![Diagnostic { place: Some(place(path)), ..error.diagnostic() }])?;
        report.extend_at(path, written.diagnostics);
        pending.add(path, written.value).map_err(one)?;
    }
    if let (Some(path), Some(known)) = (&args.links, known) {
        pending.add(path, proposed(known, &changes, old, new).to_json()).map_err(one)?;
    }
    pending.commit().map_err(one)?;
    say(&changes, args, report);
    Ok(())
}

/// The list of each period. Those that were given are of the last ones; the others are recognised by their texts.
fn catalogues(args: &Diff) -> Result<Vec<Chosen>, Vec<Diagnostic>> {
    let Some(others) = args.periods.len().checked_sub(args.catalogue.len()) else {
        let finding = Diagnostic::unplaced("catalogues-too-many", Severity::Error);
        return Err(vec![finding.with("count", args.catalogue.len()).with("periods", args.periods.len())]);
    };
    let given = args.catalogue.iter().map(|name| Some(name.as_str()));
    if let [name @ Some("none")] = given.clone().collect::<Vec<_>>().as_slice() {
        return args.periods.iter().map(|_| catalogue(*name)).collect();
    }
    std::iter::repeat_n(None, others).chain(given).map(catalogue).collect()
}

/// Links of which one side is in neither period: nothing comes of them.
fn unknown(known: &Links, old: &Attachment, new: &Attachment) -> Vec<Diagnostic> {
    let has = |side: &Attachment, id: &str| side.items.iter().any(|item| item.id == id);
    let said = known.links.iter().filter(|link| link.same.is_some());
    let lost = said.filter(|link| !has(old, &link.old) || !has(new, &link.new));
    lost.map(|link| {
        let finding = Diagnostic::unplaced("link-unknown", Severity::Warning).with("old", &link.old);
        finding.with("new", &link.new)
    })
    .collect()
}

/// What was said of pairs, and what is still to be said.
fn proposed(known: Links, changes: &ChangeSet, old: &Attachment, new: &Attachment) -> Links {
    let matter = |id: &str, side: &Attachment| {
        side.items.iter().find(|item| item.id == id).map_or_else(String::new, |item| item.matter.clone())
    };
    let mut links: Vec<Link> = known.links.into_iter().filter(|link| link.same.is_some()).collect();
    links.extend(changes.proposals.iter().map(|proposal| Link {
        old: proposal.old.clone(),
        new: proposal.new.clone(),
        same: None,
        old_matter: matter(&proposal.old, old),
        new_matter: matter(&proposal.new, new),
        alike: proposal.alike,
    }));
    Links { links, ..Links::default() }
}

fn say(changes: &ChangeSet, args: &Diff, report: &mut Report) {
    let count = |name: &str| {
        let kind = review::KINDS.iter().find(|kind| kind.name == name);
        kind.map_or(0, |kind| kind.count(changes)).to_string()
    };
    for kind in review::KINDS.iter().filter(|kind| args.fail_on.iter().any(|name| name == kind.name)) {
        if kind.count(changes) > 0 {
            let finding = Diagnostic::unplaced("diff-failed-on", Severity::Error).with("kind", kind.name);
            report.extend(vec![finding.with("count", kind.count(changes))]);
        }
    }
    let counts = [
        ("items", changes.items.iter().filter(|item| item.new.is_some()).count().to_string()),
        ("added", count("added")),
        ("removed", count("removed")),
        ("answers", count("answers")),
        ("carried", count("carried")),
        ("vanished", count("vanished")),
    ];
    report.say("diff.done", &counts);
}
