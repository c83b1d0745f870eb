//! Small documents written out as XML, and what a person would read in them.

mod damage;
mod numbers;
mod revisions;
mod tables;
mod text;

use std::io::{Cursor, Write};

use luoshi_table::{Diagnostic, Outcome, Slot, SourceBlock, SourceDocument, SourceTable};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::{Input, ReadError, ReadOptions, Revisions};

const NAMES: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:form="urn:oasis:names:tc:opendocument:xmlns:form:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"
 xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0""#;

const MIMETYPE: &str = "application/vnd.oasis.opendocument.text";

/// A document under construction.
struct Text {
    parts: Vec<(String, Vec<u8>)>,
    options: ReadOptions,
}

impl Text {
    /// With automatic styles and a body.
    fn styled(automatic: &str, body: &str) -> Self {
        Self::of_content(content(automatic, body).into_bytes())
    }

    fn of_content(content: Vec<u8>) -> Self {
        let parts =
            vec![("mimetype".to_owned(), MIMETYPE.as_bytes().to_vec()), ("content.xml".to_owned(), content)];
        Self { parts, options: ReadOptions::default() }
    }

    /// Adds the common styles.
    fn with_styles(self, styles: &str) -> Self {
        let styles = format!(
            "<office:document-styles {NAMES}><office:styles>{styles}</office:styles></office:document-styles>"
        );
        self.with_part("styles.xml", &styles)
    }

    fn with_part(mut self, name: &str, text: &str) -> Self {
        self.parts.push((name.to_owned(), text.as_bytes().to_vec()));
        self
    }

    fn rejecting(mut self) -> Self {
        self.options.revisions = Revisions::Reject;
        self
    }

    fn try_read(&self) -> Result<Outcome<SourceDocument>, ReadError> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in &self.parts {
            writer.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        try_read(&writer.finish().unwrap().into_inner(), &self.options)
    }

    fn read(&self) -> Document {
        self.try_read().unwrap().into()
    }
}

fn content(automatic: &str, body: &str) -> String {
    format!(
        "<office:document-content {NAMES}><office:automatic-styles>{automatic}</office:automatic-styles>\
         <office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
}

fn try_read(bytes: &[u8], options: &ReadOptions) -> Result<Outcome<SourceDocument>, ReadError> {
    crate::read(&Input { name: "表.odt".into(), bytes }, options)
}

/// What was read, in a form that tests can compare.
struct Document {
    source: SourceDocument,
    findings: Vec<Diagnostic>,
}

impl From<Outcome<SourceDocument>> for Document {
    fn from(outcome: Outcome<SourceDocument>) -> Self {
        Self { source: outcome.value, findings: outcome.diagnostics }
    }
}

impl Document {
    fn tables(&self) -> Vec<&SourceTable> {
        fn table(block: &SourceBlock) -> Option<&SourceTable> {
            match block {
                SourceBlock::Table(table) => Some(table),
                SourceBlock::Line(_) => None,
            }
        }
        self.source.blocks.iter().filter_map(table).collect()
    }

    /// The rows of the first table: cells between bars, `<` and `^` where a cell to the left or above goes on, `~` where
    /// there is none.
    fn rows(&self) -> Vec<String> {
        rows(self.tables()[0])
    }

    /// The paragraphs outside tables, automatic numbers before their text.
    fn lines(&self) -> Vec<String> {
        let line = |block: &SourceBlock| match block {
            SourceBlock::Line(line) => Some(format!("{}{}", line.paragraph.label(), line.paragraph.text)),
            SourceBlock::Table(_) => None,
        };
        self.source.blocks.iter().filter_map(line).collect()
    }

    /// The findings: code, place as row and column where it has one, arguments.
    fn told(&self) -> Vec<String> {
        let tell = |finding: &Diagnostic| {
            let mut told = finding.code.to_owned();
            if let Some(place) = &finding.place {
                told += &place.row.map(|row| format!(" r{row}")).unwrap_or_default();
                told += &place.column.map(|column| format!(" c{column}")).unwrap_or_default();
            }
            for (name, value) in &finding.arguments {
                told += &format!(" {name}={value}");
            }
            told
        };
        self.findings.iter().map(tell).collect()
    }
}

fn rows(table: &SourceTable) -> Vec<String> {
    let grid = &table.grid;
    let cell = |row, column| match grid.slot(row, column) {
        Slot::Origin(cell) => cell.content.text(),
        Slot::Covered(cell) if cell.row == row => "<".to_owned(),
        Slot::Covered(_) => "^".to_owned(),
        Slot::Absent => "~".to_owned(),
    };
    (0..grid.rows())
        .map(|row| (0..grid.columns()).map(|column| cell(row, column)).collect::<Vec<_>>().join("|"))
        .collect()
}

/// Reads a body.
fn read(body: &str) -> Document {
    Text::styled("", body).read()
}

fn p(content: &str) -> String {
    format!("<text:p>{content}</text:p>")
}

fn td(text: &str) -> String {
    td_with("", text)
}

fn td_with(attributes: &str, text: &str) -> String {
    format!("<table:table-cell {attributes}>{}</table:table-cell>", p(text))
}

fn spanning(columns: u32, rows: u32, text: &str) -> String {
    td_with(&format!(r#"table:number-columns-spanned="{columns}" table:number-rows-spanned="{rows}""#), text)
}

const COVERED: &str = "<table:covered-table-cell/>";

fn tr(cells: &[&str]) -> String {
    format!("<table:table-row>{}</table:table-row>", cells.concat())
}

fn table(rows: &[String]) -> String {
    format!("<table:table>{}</table:table>", rows.concat())
}
