//! `luoshi completions`: a completion script for a shell.

use clap_complete::Shell;

use crate::render::Report;
use crate::{Exit, args};

pub(crate) fn run(shell: Shell, report: &mut Report) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut args::command(report.language), "luoshi", &mut script);
    super::print(&script, report)
}
