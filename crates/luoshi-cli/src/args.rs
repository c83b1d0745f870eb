//! What was typed: the arguments and nothing else. Parsing never does work.
//!
//! clap's definitions carry no texts: those come from the words, by the name of the argument, so that help speaks the
//! language of the messages.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::{ContextKind, ErrorKind};
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use luoshi::limits::{self, Limit};
use luoshi::model::Policy;
use luoshi::words::{Language, filled, text};
use luoshi::{Diagnostic, Locator, Revisions};

use crate::{Exit, language, render};

#[derive(Parser)]
#[command(
    name = "luoshi",
    version,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[arg(long, global = true, value_enum, value_name = "zh|en", hide_possible_values = true)]
    lang: Option<Lang>,
    #[arg(long, global = true, value_name = "FILE")]
    diagnostics: Option<PathBuf>,
    #[arg(long, global = true, value_name = "NAME=N", value_parser = limit)]
    limit: Vec<LimitSetting>,
    #[arg(short, long, global = true, action = clap::ArgAction::Help)]
    help: Option<bool>,
    #[arg(short = 'V', long, action = clap::ArgAction::Version)]
    version: Option<bool>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Lang {
    Zh,
    En,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum RevisionsArg {
    #[default]
    Accept,
    Reject,
}

/// The command line, parsed.
pub(crate) struct Parsed {
    pub(crate) command: Command,
    pub(crate) language: Option<Language>,
    pub(crate) diagnostics: Option<PathBuf>,
    pub(crate) limits: Vec<LimitSetting>,
}

/// A limit of reading and the value that it is to have.
pub(crate) type LimitSetting = (&'static Limit, u64);

fn limit(argument: &str) -> Result<LimitSetting, String> {
    let (name, value) = argument.split_once('=').unwrap_or_default();
    let limit = limits::ALL.iter().find(|limit| limit.name() == name);
    let value = value.parse().ok().filter(|value| limit.is_some_and(|limit| limit.allows(*value)));
    // What is wrong is told in words, where the language is known.
    limit.copied().zip(value).ok_or_else(String::new)
}

#[derive(Subcommand)]
pub(crate) enum Command {
    Convert(Convert),
    Catalogue(Catalogue),
    Forms(Forms),
    Merge(Merge),
    Decisions(DecisionsArgs),
    Diff(Diff),
    Check(Check),
    Report(ReportArgs),
    Inspect(Inspect),
    Schema {
        #[arg(default_value = "attachment", value_parser = clap::builder::PossibleValuesParser::new(luoshi::model::schema_names()), hide_possible_values = true, hide_default_value = true)]
        name: String,
    },
    Formats,
    Completions {
        #[arg(hide_possible_values = true)]
        shell: Shell,
    },
}

#[derive(Args)]
pub(crate) struct Convert {
    #[arg(required = true, value_name = "IN")]
    pub(crate) inputs: Vec<PathBuf>,
    #[arg(short, long, required = true, value_name = "OUT")]
    pub(crate) output: Vec<PathBuf>,
    #[arg(long, value_name = "FORMAT")]
    pub(crate) to: Vec<String>,
    #[arg(long, value_name = "NAME|FILE|none")]
    pub(crate) catalogue: Option<String>,
    #[command(flatten)]
    pub(crate) revisions: RevisionsOption,
    #[arg(long, value_name = "NAME|FILE")]
    pub(crate) theme: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) jobs: JobsOption,
    #[arg(long)]
    pub(crate) resume: bool,
}

/// How many files are worked on at once.
#[derive(Args)]
pub(crate) struct JobsOption {
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,
}

impl JobsOption {
    /// The threads for it, where the caller says how many; else there are as many as cores.
    pub(crate) fn pool(&self) -> Option<rayon::ThreadPool> {
        let jobs = usize::from(self.jobs?);
        rayon::ThreadPoolBuilder::new().num_threads(jobs).build().ok()
    }
}

#[derive(Args)]
pub(crate) struct Catalogue {
    #[arg(value_name = "ATTACHMENT")]
    pub(crate) input: PathBuf,
    #[arg(short, long, required = true, value_name = "OUT.json")]
    pub(crate) output: PathBuf,
    #[arg(long, value_name = "ID")]
    pub(crate) id: Option<String>,
    #[arg(long, value_name = "PERIOD")]
    pub(crate) period: Option<String>,
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) due: Option<String>,
}

#[derive(Args)]
pub(crate) struct Forms {
    #[arg(value_name = "CATALOGUE")]
    pub(crate) catalogue: String,
    #[arg(short, long, required = true, value_name = "DIR")]
    pub(crate) output: PathBuf,
    #[arg(long, value_name = "docx|xlsx")]
    pub(crate) to: Vec<String>,
    #[arg(long, value_name = "NAME")]
    pub(crate) unit: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub(crate) prefill: Option<PathBuf>,
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) due: Option<String>,
    #[arg(long, value_name = "NAME|FILE")]
    pub(crate) theme: Option<PathBuf>,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum PolicyArg {
    #[default]
    KeepAll,
    Latest,
    First,
}

#[derive(Args)]
pub(crate) struct Merge {
    #[arg(required = true, value_name = "IN")]
    pub(crate) inputs: Vec<PathBuf>,
    #[arg(long, required = true, value_name = "NAME|FILE")]
    pub(crate) catalogue: String,
    #[arg(short, long, required = true, value_name = "OUT")]
    pub(crate) output: Vec<PathBuf>,
    #[arg(
        long,
        value_enum,
        default_value = "keep-all",
        value_name = "keep-all|latest|first",
        hide_possible_values = true,
        hide_default_value = true
    )]
    policy: PolicyArg,
    #[arg(long, value_name = "FILE")]
    pub(crate) decisions: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(crate) record: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(crate) base: Option<PathBuf>,
    #[arg(long)]
    pub(crate) sources: bool,
    #[command(flatten)]
    pub(crate) jobs: JobsOption,
    #[command(flatten)]
    pub(crate) revisions: RevisionsOption,
    #[arg(long, value_name = "NAME|FILE")]
    pub(crate) theme: Option<PathBuf>,
}

impl Merge {
    /// What the caller chose for a unit's several answers.
    pub(crate) fn policy(&self) -> Policy {
        match self.policy {
            PolicyArg::KeepAll => Policy::KeepAll,
            PolicyArg::Latest => Policy::Latest,
            PolicyArg::First => Policy::First,
        }
    }
}

#[derive(Args)]
pub(crate) struct DecisionsArgs {
    #[arg(value_name = "EDITED")]
    pub(crate) edited: PathBuf,
    #[arg(long, required = true, value_name = "MERGED.json")]
    pub(crate) merged: PathBuf,
    #[arg(long, required = true, value_name = "NAME|FILE")]
    pub(crate) catalogue: String,
    #[arg(short, long, required = true, value_name = "DECISIONS.json")]
    pub(crate) output: PathBuf,
    #[arg(long, default_value = "", value_name = "NAME", hide_default_value = true)]
    pub(crate) by: String,
    #[arg(long, default_value = "", value_name = "TEXT", hide_default_value = true)]
    pub(crate) why: String,
}

#[derive(Args)]
pub(crate) struct Diff {
    #[arg(required = true, num_args = 2.., value_name = "OLD NEW")]
    pub(crate) periods: Vec<PathBuf>,
    #[arg(short, long, required = true, value_name = "OUT")]
    pub(crate) output: Vec<PathBuf>,
    #[arg(long, value_name = "NAME|FILE|none")]
    pub(crate) catalogue: Vec<String>,
    #[arg(long, value_name = "FILE")]
    pub(crate) links: Option<PathBuf>,
    #[arg(long, default_value = "luoshi", value_name = "NAME", hide_default_value = true)]
    pub(crate) author: String,
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) date: Option<String>,
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = clap::builder::PossibleValuesParser::new(luoshi::review::KINDS.iter().map(|kind| kind.name)), hide_possible_values = true)]
    pub(crate) fail_on: Vec<String>,
    #[command(flatten)]
    pub(crate) revisions: RevisionsOption,
    #[arg(long, value_name = "NAME|FILE")]
    pub(crate) theme: Option<PathBuf>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum FailOn {
    Info,
    Warn,
    #[default]
    Block,
    Nothing,
}

#[derive(Args)]
pub(crate) struct Check {
    #[arg(value_name = "IN")]
    pub(crate) input: PathBuf,
    #[arg(short, long, value_name = "OUT")]
    pub(crate) output: Vec<PathBuf>,
    #[arg(long, value_name = "OUT")]
    pub(crate) notes: Option<PathBuf>,
    #[arg(long, value_name = "OUT")]
    pub(crate) fix: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(crate) rules: Option<PathBuf>,
    #[arg(
        long,
        value_enum,
        default_value = "block",
        value_name = "block|warn|info|nothing",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub(crate) fail_on: FailOn,
    #[arg(long, value_name = "NAME|FILE|none")]
    pub(crate) catalogue: Option<String>,
    #[command(flatten)]
    pub(crate) revisions: RevisionsOption,
    #[arg(long, value_name = "NAME|FILE")]
    pub(crate) theme: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct ReportArgs {
    #[arg(value_name = "IN", required_unless_present = "write_template")]
    pub(crate) input: Option<PathBuf>,
    #[arg(long, value_name = "OLD")]
    pub(crate) previous: Option<PathBuf>,
    #[arg(short, long, value_name = "OUT", required_unless_present = "write_template")]
    pub(crate) output: Vec<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(crate) classes: Option<PathBuf>,
    #[arg(long, value_name = "FILE.docx")]
    pub(crate) template: Option<PathBuf>,
    #[arg(long, value_name = "OUT.docx")]
    pub(crate) write_template: Option<PathBuf>,
    #[arg(long, value_name = "NAME|FILE|none")]
    pub(crate) catalogue: Option<String>,
    #[command(flatten)]
    pub(crate) revisions: RevisionsOption,
    #[arg(long, value_name = "NAME|FILE")]
    pub(crate) theme: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct Inspect {
    #[arg(value_name = "IN")]
    pub(crate) input: PathBuf,
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) revisions: RevisionsOption,
}

/// The option of every command that reads documents.
#[derive(Args)]
pub(crate) struct RevisionsOption {
    #[arg(
        long,
        value_enum,
        default_value = "accept",
        value_name = "accept|reject",
        hide_possible_values = true,
        hide_default_value = true
    )]
    revisions: RevisionsArg,
}

impl RevisionsOption {
    /// What the caller chose.
    pub(crate) fn chosen(&self) -> Revisions {
        match self.revisions {
            RevisionsArg::Accept => Revisions::Accept,
            RevisionsArg::Reject => Revisions::Reject,
        }
    }
}

/// What parsing says instead of a command: the help or version asked for, or what is wrong.
pub(crate) struct Answer(clap::Error);

impl Answer {
    /// Prints it where it belongs.
    pub(crate) fn print(self, language: Language) -> Exit {
        match self.0.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
                // A reader that went away, as in `luoshi --help | head`, is no failure.
                let _ = self.0.print();
                Exit::Clean
            }
            ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
                let _ = self.0.print();
                Exit::Failed
            }
            _ => {
                let file = Locator::file(&"luoshi".into());
                let finding =
                    Diagnostic::error("arguments-invalid", file).with("detail", wrong(&self.0, language));
                render::to_terminal(&[finding], language);
                Exit::Failed
            }
        }
    }
}

/// What is wrong with the command line. The mistakes that people make have words; the rest speaks clap's English.
fn wrong(error: &clap::Error, language: Language) -> String {
    let context = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let argument = ("argument", context(ContextKind::InvalidArg));
    let say = |name, arguments: &[_]| filled(name, arguments, language);
    match error.kind() {
        ErrorKind::MissingSubcommand => say("wrong.no-command", &[]),
        ErrorKind::InvalidSubcommand => {
            say("wrong.command", &[("name", context(ContextKind::InvalidSubcommand))])
        }
        ErrorKind::MissingRequiredArgument => say("wrong.missing", &[argument]),
        ErrorKind::UnknownArgument => say("wrong.unknown", &[argument]),
        ErrorKind::InvalidValue => match context(ContextKind::InvalidValue) {
            value if value.is_empty() => say("wrong.empty", &[argument]),
            value => {
                let known = ("known", context(ContextKind::ValidValue));
                say("wrong.value", &[argument, ("value", value), known])
            }
        },
        ErrorKind::ValueValidation if argument.1.starts_with("--limit") => {
            let known: Vec<String> =
                limits::ALL.iter().map(|limit| format!("{}=1..{}", limit.name(), limit.most())).collect();
            let value = context(ContextKind::InvalidValue);
            say("wrong.limit", &[("value", value), ("known", known.join(" "))])
        }
        _ => {
            let said = error.render().to_string();
            said.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned()
        }
    }
}

/// Parses the command line, with help in the given language. The texts of help are filled in only where parsing has an answer
/// to give: most runs show none of them.
pub(crate) fn parse(words: Vec<OsString>, language: Language) -> Result<Parsed, Answer> {
    let plain = Cli::command().try_get_matches_from(&words);
    let matches = plain.or_else(|_| command(language).try_get_matches_from(words).map_err(Answer))?;
    let cli = Cli::from_arg_matches(&matches).map_err(Answer)?;
    let language =
        cli.lang.and_then(|lang| language::named(if matches!(lang, Lang::Zh) { "zh" } else { "en" }));
    Ok(Parsed { command: cli.command, language, diagnostics: cli.diagnostics, limits: cli.limit })
}

/// The definition of the command line, its texts filled in.
pub(crate) fn command(language: Language) -> clap::Command {
    let word = |name| text(name, language);
    let template = |parts: &[&str]| parts.concat();
    let usage = format!("{} {{usage}}\n", word("usage.heading"));
    let group = template(&["{about}\n\n", &usage, "\n{all-args}"]);
    let options = word("usage.options");
    Cli::command()
        .about(word("help.about"))
        .help_template(&group)
        .subcommand_help_heading(word("usage.commands"))
        .next_help_heading(options)
        .mut_arg("lang", |arg| arg.help(word("help.lang")).help_heading(options))
        .mut_arg("diagnostics", |arg| arg.help(word("help.diagnostics")).help_heading(options))
        .mut_arg("limit", |arg| arg.help(word("help.limit")).help_heading(options))
        .mut_arg("help", |arg| arg.help(word("help.help")).help_heading(options))
        .mut_arg("version", |arg| arg.help(word("help.version")).help_heading(options))
        .mut_subcommand("convert", |command| {
            let described = [
                ("output", "help.convert.output"),
                ("to", "help.convert.to"),
                ("catalogue", "help.catalogue"),
                ("revisions", "help.revisions"),
                ("theme", "help.theme"),
                ("jobs", "help.jobs"),
                ("resume", "help.convert.resume"),
            ];
            let command = argument(command, "inputs", "help.convert.inputs", language);
            describe(command, "help.convert", &group, &described, language)
        })
        .mut_subcommand("catalogue", |command| {
            let described = [
                ("output", "help.catalogue.output"),
                ("id", "help.catalogue.id"),
                ("period", "help.catalogue.period"),
                ("due", "help.due"),
            ];
            let command = argument(command, "input", "help.catalogue.input", language);
            describe(command, "help.catalogue.about", &group, &described, language)
        })
        .mut_subcommand("forms", |command| {
            let described = [
                ("output", "help.forms.output"),
                ("to", "help.forms.to"),
                ("unit", "help.forms.unit"),
                ("prefill", "help.forms.prefill"),
                ("due", "help.due"),
                ("theme", "help.theme"),
            ];
            let command = argument(command, "catalogue", "help.round.catalogue", language);
            describe(command, "help.forms", &group, &described, language)
        })
        .mut_subcommand("merge", |command| {
            let described = [
                ("catalogue", "help.round.catalogue"),
                ("output", "help.merge.output"),
                ("policy", "help.merge.policy"),
                ("decisions", "help.merge.decisions"),
                ("record", "help.merge.record"),
                ("base", "help.merge.base"),
                ("sources", "help.merge.sources"),
                ("jobs", "help.jobs"),
                ("revisions", "help.revisions"),
                ("theme", "help.theme"),
            ];
            let command = argument(command, "inputs", "help.merge.inputs", language);
            describe(command, "help.merge", &group, &described, language)
        })
        .mut_subcommand("decisions", |command| {
            let described = [
                ("merged", "help.decisions.merged"),
                ("catalogue", "help.round.catalogue"),
                ("output", "help.decisions.output"),
                ("by", "help.decisions.by"),
                ("why", "help.decisions.why"),
            ];
            let command = argument(command, "edited", "help.decisions.edited", language);
            describe(command, "help.decisions", &group, &described, language)
        })
        .mut_subcommand("check", |command| {
            let described = [
                ("output", "help.check.output"),
                ("notes", "help.check.notes"),
                ("fix", "help.check.fix"),
                ("baseline", "help.check.baseline"),
                ("rules", "help.check.rules"),
                ("fail_on", "help.check.fail-on"),
                ("catalogue", "help.catalogue"),
                ("revisions", "help.revisions"),
                ("theme", "help.theme"),
            ];
            let command = argument(command, "input", "help.check.input", language);
            describe(command, "help.check", &group, &described, language)
        })
        .mut_subcommand("report", |command| {
            let described = [
                ("previous", "help.report.previous"),
                ("output", "help.report.output"),
                ("classes", "help.report.classes"),
                ("template", "help.report.template"),
                ("write_template", "help.report.write-template"),
                ("catalogue", "help.catalogue"),
                ("revisions", "help.revisions"),
                ("theme", "help.theme"),
            ];
            let command = argument(command, "input", "help.report.input", language);
            describe(command, "help.report", &group, &described, language)
        })
        .mut_subcommand("diff", |command| {
            let described = [
                ("output", "help.diff.output"),
                ("catalogue", "help.diff.catalogue"),
                ("links", "help.diff.links"),
                ("author", "help.diff.author"),
                ("date", "help.diff.date"),
                ("fail_on", "help.diff.fail-on"),
                ("revisions", "help.revisions"),
                ("theme", "help.theme"),
            ];
            let command = argument(command, "periods", "help.diff.periods", language);
            describe(command, "help.diff", &group, &described, language)
        })
        .mut_subcommand("inspect", |command| {
            let described = [("json", "help.inspect.json"), ("revisions", "help.revisions")];
            let command = argument(command, "input", "help.inspect.input", language);
            describe(command, "help.inspect", &group, &described, language)
        })
        .mut_subcommand("schema", |command| {
            let command = describe(command, "help.schema", &group, &[], language);
            command.mut_arg("name", |arg| {
                arg.help(word("help.schema.name")).help_heading(word("usage.arguments"))
            })
        })
        .mut_subcommand("formats", |command| describe(command, "help.formats", &group, &[], language))
        .mut_subcommand("completions", |command| {
            let command = describe(command, "help.completions", &group, &[], language);
            command.mut_arg("shell", |arg| {
                arg.help(word("help.completions.shell")).help_heading(word("usage.arguments"))
            })
        })
}

/// Describes a positional argument. Before the options: clap shows the headings in the order in which arguments were last touched.
fn argument(command: clap::Command, name: &str, help: &'static str, language: Language) -> clap::Command {
    command
        .mut_arg(name, |arg| arg.help(text(help, language)).help_heading(text("usage.arguments", language)))
}

fn describe(
    command: clap::Command,
    about: &'static str,
    template: &str,
    options: &[(&'static str, &'static str)],
    language: Language,
) -> clap::Command {
    let command = command.about(text(about, language)).help_template(template.to_owned());
    options.iter().fold(command, |command, (arg, help)| {
        command
            .mut_arg(arg, |arg| arg.help(text(help, language)).help_heading(text("usage.options", language)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_is_sound_and_described_in_both_languages() {
        for language in [Language::Chinese, Language::English] {
            let mut command = command(language);
            command.build();
            command.clone().debug_assert();
            for sub in command.get_subcommands() {
                assert!(sub.get_about().is_some(), "{}", sub.get_name());
                for arg in sub.get_arguments() {
                    assert!(arg.get_help().is_some(), "{} {}", sub.get_name(), arg.get_id());
                }
            }
        }
    }
}
