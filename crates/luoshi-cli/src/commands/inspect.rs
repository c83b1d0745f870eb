//! `luoshi inspect`: the raw grids of a file, with spans and places, before any meaning.

use luoshi::words::{self, filled};
use luoshi::{Container, ReadOptions, SourceBlock, SourceDocument, SourceParagraph, SourceTable};
use serde::Serialize;

use crate::args::Inspect;
use crate::render::Report;
use crate::{Exit, files};

pub(crate) fn run(args: &Inspect, report: &mut Report) -> Exit {
    let bytes = match files::read(&args.input) {
        Ok(bytes) => bytes,
        Err(unreadable) => return report.fail(unreadable),
    };
    let name = args.input.display().to_string().into();
    let options = ReadOptions { revisions: args.revisions.chosen(), ..ReadOptions::default() };
    match luoshi::inspect(&super::input(name, &bytes), &options) {
        Err(error) => report.fail(error.diagnostic()),
        Ok(outcome) => {
            report.extend(outcome.diagnostics);
            let shown = if args.json { json(&outcome.value) } else { text(&outcome.value, report) };
            super::print(&shown, report)
        }
    }
}

/// The grids for a person: a line per cell, its place, its spans where it has any, its text.
fn text(document: &SourceDocument, report: &Report) -> Vec<u8> {
    let language = report.language;
    let mut shown = String::new();
    for block in &document.blocks {
        match block {
            SourceBlock::Line(line) => {
                let number = ("number", (line.number + 1).to_string());
                shown += &format!(
                    "{}\t{}\n",
                    filled("inspect.line", &[number], language),
                    paragraph(&line.paragraph)
                );
            }
            SourceBlock::Table(table) => {
                let arguments = [
                    ("place", words::place(&table.place(&document.file), language).trim().to_owned()),
                    ("rows", table.grid.rows().to_string()),
                    ("columns", table.grid.columns().to_string()),
                ];
                let hidden = if table.hidden { words::text("inspect.hidden", language) } else { "" };
                shown += &format!("{}{hidden}\n", filled("inspect.table", &arguments, language));
                for cell in table.grid.cells() {
                    let (row, column) = (cell.row + 1, cell.column + 1);
                    let spans = match (cell.row_span, cell.column_span) {
                        (1, 1) => String::new(),
                        (rows, columns) => format!(" [{rows}×{columns}]"),
                    };
                    let lines: Vec<String> = cell.content.paragraphs.iter().map(paragraph).collect();
                    shown += &format!("  {row},{column}{spans}\t{}\n", lines.join(" ¶ "));
                }
            }
        }
    }
    shown.into_bytes()
}

fn paragraph(paragraph: &SourceParagraph) -> String {
    [paragraph.label(), &paragraph.text].concat().replace('\n', " ↵ ")
}

#[derive(Serialize)]
struct Shown<'a> {
    schema: &'static str,
    file: &'a str,
    format: &'a str,
    blocks: Vec<Block<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Block<'a> {
    Line { number: u32, paragraph: Paragraph<'a> },
    Table(Table<'a>),
}

#[derive(Serialize)]
struct Table<'a> {
    container: &'a Container,
    hidden: bool,
    rows: u32,
    columns: u32,
    cells: Vec<Cell<'a>>,
}

#[derive(Serialize)]
struct Cell<'a> {
    row: u32,
    column: u32,
    row_span: u32,
    column_span: u32,
    paragraphs: Vec<Paragraph<'a>>,
}

#[derive(Serialize)]
struct Paragraph<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    auto_number: &'a str,
    text: &'a str,
}

impl<'a> From<&'a SourceParagraph> for Paragraph<'a> {
    fn from(paragraph: &'a SourceParagraph) -> Self {
        Self { auto_number: paragraph.label(), text: &paragraph.text }
    }
}

impl<'a> From<&'a SourceTable> for Table<'a> {
    fn from(table: &'a SourceTable) -> Self {
        let cells = table.grid.cells().iter().map(|cell| Cell {
            row: cell.row + 1,
            column: cell.column + 1,
            row_span: cell.row_span,
            column_span: cell.column_span,
            paragraphs: cell.content.paragraphs.iter().map(Paragraph::from).collect(),
        });
        Self {
            container: &table.container,
            hidden: table.hidden,
            rows: table.grid.rows(),
            columns: table.grid.columns(),
            cells: cells.collect(),
        }
    }
}

/// The grids for a program. Rows and columns count from 1, as in every place that is shown.
fn json(document: &SourceDocument) -> Vec<u8> {
    let blocks = document.blocks.iter().map(|block| match block {
        SourceBlock::Line(line) => {
            Block::Line { number: line.number + 1, paragraph: (&line.paragraph).into() }
        }
        SourceBlock::Table(table) => Block::Table(table.into()),
    });
    let file = &document.file;
    let shown = Shown { schema: "luoshi.source/1", file, format: document.format, blocks: blocks.collect() };
    let mut bytes = serde_json::to_vec_pretty(&shown).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
