//! Small files written out, and what a person would read in them.

mod aside;
mod damage;
mod numbers;
mod tables;
mod text;

use crate::formats::docx::tests::Document;
use crate::{Input, Kind, Opened, ReadError, ReadOptions, Revisions};

fn try_read(bytes: &[u8], revisions: Revisions) -> Result<Document, ReadError> {
    let input = Input { name: "表.rtf".into(), bytes };
    Opened::taken_for(Kind::Rtf, &input)?.read(&ReadOptions { revisions }).map(Document::of)
}

/// Reads what stands in the outermost group.
fn read(body: &[u8]) -> Document {
    try_read(&[b"{\\rtf1\\ansi\\ansicpg936 ", body, b"}"].concat(), Revisions::Accept).unwrap()
}

fn lines(body: &[u8]) -> Vec<String> {
    read(body).lines()
}

/// The rows of the first table.
fn rows(body: &str) -> Vec<String> {
    read(body.as_bytes()).rows()
}

/// A row with edges at every thousand, each cell with what is said before its edge and its text.
fn row(cells: &[(&str, &str)]) -> String {
    let edges: String = cells
        .iter()
        .enumerate()
        .map(|(index, (words, _))| format!("{words}\\cellx{}", (index + 1) * 1000))
        .collect();
    let texts: String = cells.iter().map(|(_, text)| format!("{text}\\cell ")).collect();
    format!("\\trowd{edges}\\pard\\intbl {texts}\\row\n")
}

/// A row of plain cells.
fn plain(texts: &[&str]) -> String {
    row(&texts.iter().map(|text| ("", *text)).collect::<Vec<_>>())
}
