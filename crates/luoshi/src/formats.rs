//! What can be read and written: one list, from the readers' and the writers'.

use luoshi_emitter::WRITERS;
use luoshi_parser::READERS;

/// A format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Format {
    /// Its short name, such as `docx`.
    pub name: &'static str,
    /// Its extensions without a dot, the preferred one first.
    pub extensions: &'static [&'static str],
    /// Whether it can be read.
    pub reads: bool,
    /// Whether it can be written.
    pub writes: bool,
}

/// The name of the format that a file of this extension (without a dot, in any case) is written in.
pub fn format_for_extension(extension: &str) -> Option<&'static str> {
    luoshi_emitter::writer_for_extension(extension).map(|writer| writer.name())
}

/// Every format, those that can be read first.
pub fn formats() -> Vec<Format> {
    let mut formats: Vec<Format> = READERS
        .iter()
        .map(|reader| Format {
            name: reader.name(),
            extensions: reader.extensions(),
            reads: true,
            writes: false,
        })
        .collect();
    for writer in WRITERS {
        match formats.iter_mut().find(|format| format.name == writer.name()) {
            Some(format) => format.writes = true,
            None => {
                // The model's own JSON is read by the facade, without a reader of tables.
                let reads = writer.name() == "json";
                formats.push(Format {
                    name: writer.name(),
                    extensions: writer.extensions(),
                    reads,
                    writes: true,
                });
            }
        }
    }
    formats
}
