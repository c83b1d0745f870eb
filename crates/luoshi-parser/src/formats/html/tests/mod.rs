//! Pages small enough to work out by hand.

mod aside;
mod lists;
mod office;
mod tables;
mod text;

use luoshi_table::{Container, Diagnostic, SourceBlock, SourceDocument, SourceParagraph, SourceTable};

use crate::{Input, Kind, Opened, ReadError, ReadOptions, Revisions};

pub(super) struct Document {
    document: SourceDocument,
    findings: Vec<Diagnostic>,
}

pub(super) fn try_read(kind: Kind, bytes: &[u8], revisions: Revisions) -> Result<Document, ReadError> {
    let input = Input { name: "a.htm".into(), bytes };
    let outcome = Opened::taken_for(kind, &input)?.read(&ReadOptions { revisions })?;
    Ok(Document { document: outcome.value, findings: outcome.diagnostics })
}

fn read(page: &str) -> Document {
    try_read(Kind::Html, page.as_bytes(), Revisions::Accept).unwrap()
}

/// The lines of a page.
fn lines(page: &str) -> Vec<String> {
    read(page).lines()
}

/// The rows of a page of one table.
fn rows(page: &str) -> Vec<String> {
    read(page).rows()
}

fn shown(paragraph: &SourceParagraph) -> String {
    format!("{}{}", paragraph.label(), paragraph.text)
}

impl Document {
    pub(super) fn tables(&self) -> Vec<&SourceTable> {
        let blocks = self.document.blocks.iter();
        blocks
            .filter_map(|block| match block {
                SourceBlock::Table(table) => Some(table),
                SourceBlock::Line(_) => None,
            })
            .collect()
    }

    pub(super) fn lines(&self) -> Vec<String> {
        let blocks = self.document.blocks.iter();
        blocks
            .filter_map(|block| match block {
                SourceBlock::Line(line) => Some(shown(&line.paragraph)),
                SourceBlock::Table(_) => None,
            })
            .collect()
    }

    /// Each row on a line: cells parted by `|`, with their spans as `^rows×columns`, paragraphs by `¶`.
    pub(super) fn rows(&self) -> Vec<String> {
        let tables = self.tables();
        let drawn = |table: &SourceTable| {
            let cell = |row, column| match table.grid.origin_at(row, column) {
                Some(cell) => {
                    let texts: Vec<String> = cell.content.paragraphs.iter().map(shown).collect();
                    let spans = match (cell.row_span, cell.column_span) {
                        (1, 1) => String::new(),
                        (rows, columns) => format!("^{rows}×{columns}"),
                    };
                    texts.join("¶") + &spans
                }
                None if table.grid.at(row, column).is_some() => "·".to_owned(),
                None => "-".to_owned(),
            };
            let row =
                |row| (0..table.grid.columns()).map(|column| cell(row, column)).collect::<Vec<_>>().join("|");
            (0..table.grid.rows()).map(row).collect::<Vec<String>>()
        };
        tables.into_iter().flat_map(drawn).collect()
    }

    /// Findings on a line each: `code@place name=value`.
    pub(super) fn told(&self) -> Vec<String> {
        let place = |finding: &Diagnostic| {
            let place = finding.place.as_ref().unwrap();
            let container = match &place.container {
                Some(Container::Table(number)) => format!("t{number}"),
                Some(Container::Sheet(name)) => name.to_string(),
                _ => String::new(),
            };
            let number =
                |letter, number: Option<u32>| number.map(|n| format!("{letter}{n}")).unwrap_or_default();
            container + &number('r', place.row) + &number('c', place.column)
        };
        let words = |finding: &Diagnostic| {
            let arguments = finding.arguments.iter().map(|(name, value)| format!(" {name}={value}"));
            format!("{}@{}{}", finding.code, place(finding), arguments.collect::<String>())
        };
        self.findings.iter().map(words).collect()
    }
}
