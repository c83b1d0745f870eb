//! `luoshi formats`: what can be read and written.

use luoshi::words::text;

use crate::Exit;
use crate::render::Report;

pub(crate) fn run(report: &mut Report) -> Exit {
    let mut table = String::new();
    for format in luoshi::formats() {
        let word = |can: bool, name| if can { text(name, report.language) } else { "-" };
        let (reads, writes) = (word(format.reads, "formats.reads"), word(format.writes, "formats.writes"));
        let extensions: Vec<String> =
            format.extensions.iter().map(|extension| format!(".{extension}")).collect();
        table += &format!("{}\t{reads}\t{writes}\t{}\n", format.name, extensions.join(" "));
    }
    super::print(table.as_bytes(), report)
}
