//! What was typed: the arguments and nothing else. Parsing never does work.
//!
//! clap's definitions carry no texts: those come from the words, by the name of the argument, so that help speaks the
//! language of the messages.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::{ContextKind, ErrorKind};
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
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
}

#[derive(Subcommand)]
pub(crate) enum Command {
    Convert(Convert),
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
    #[arg(long, value_name = "FILE")]
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
    Ok(Parsed { command: cli.command, language, diagnostics: cli.diagnostics })
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
        .mut_arg("help", |arg| arg.help(word("help.help")).help_heading(options))
        .mut_arg("version", |arg| arg.help(word("help.version")).help_heading(options))
        .mut_subcommand("convert", |command| {
            let described = [
                ("output", "help.convert.output"),
                ("to", "help.convert.to"),
                ("catalogue", "help.catalogue"),
                ("revisions", "help.revisions"),
                ("theme", "help.theme"),
            ];
            // First: clap shows the headings in the order in which arguments were last touched.
            let command = command.mut_arg("inputs", |arg| {
                arg.help(word("help.convert.inputs")).help_heading(word("usage.arguments"))
            });
            describe(command, "help.convert", &group, &described, language)
        })
        .mut_subcommand("inspect", |command| {
            let described = [("json", "help.inspect.json"), ("revisions", "help.revisions")];
            let command = command.mut_arg("input", |arg| {
                arg.help(word("help.inspect.input")).help_heading(word("usage.arguments"))
            });
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
