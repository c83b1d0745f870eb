//! Small documents written out as XML, and what a person would read in them.

mod damage;
mod numbers;
mod parts;
mod revisions;
mod shortcuts;
mod tables;
mod text;

use std::io::{Cursor, Write};

use luoshi_table::{Diagnostic, Outcome, Slot, SourceBlock, SourceDocument, SourceTable};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::{Input, Kind, Opened, ReadError, ReadOptions, Revisions};

/// The namespaces that Word declares on its root, as far as they are read.
pub(super) const NAMES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
 xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"
 xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"
 xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"
 xmlns:v="urn:schemas-microsoft-com:vml""#;

const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A package under construction.
pub(super) struct Package {
    parts: Vec<(String, Vec<u8>)>,
    options: ReadOptions,
    related: String,
}

impl Package {
    /// A package whose document has this body.
    pub(super) fn new(body: &str) -> Self {
        Self::of_document(format!("<w:document {NAMES}><w:body>{body}</w:body></w:document>").into_bytes())
    }

    /// A package with this document part.
    pub(super) fn of_document(document: Vec<u8>) -> Self {
        let root = format!(
            r#"<Relationships><Relationship Id="rId1" Type="{RELATIONSHIPS}/officeDocument" Target="word/document.xml"/></Relationships>"#
        );
        let parts =
            vec![("_rels/.rels".to_owned(), root.into_bytes()), ("word/document.xml".to_owned(), document)];
        Self { parts, options: ReadOptions::default(), related: String::new() }
    }

    /// Adds a part that the document leads to; its content is wrapped in the root given.
    pub(super) fn with(self, kind: &str, root: &str, content: &str) -> Self {
        let name = format!("{kind}.xml");
        self.leading_to(kind, &name)
            .with_part(&format!("word/{name}"), format!("<w:{root} {NAMES}>{content}</w:{root}>").as_bytes())
    }

    /// Adds a relationship of the document.
    pub(super) fn leading_to(mut self, kind: &str, target: &str) -> Self {
        self.related +=
            &format!(r#"<Relationship Id="{kind}" Type="{RELATIONSHIPS}/{kind}" Target="{target}"/>"#);
        self
    }

    /// Adds or replaces a part.
    pub(super) fn with_part(mut self, name: &str, bytes: &[u8]) -> Self {
        self.parts.retain(|(known, _)| known != name);
        self.parts.push((name.to_owned(), bytes.to_vec()));
        self
    }

    pub(super) fn without_part(mut self, name: &str) -> Self {
        self.parts.retain(|(known, _)| known != name);
        self
    }

    pub(super) fn rejecting(mut self) -> Self {
        self.options.revisions = Revisions::Reject;
        self
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let related = format!("<Relationships>{}</Relationships>", self.related).into_bytes();
        let rels = ("word/_rels/document.xml.rels".to_owned(), related);
        for (name, bytes) in self.parts.iter().chain((!self.related.is_empty()).then_some(&rels)) {
            writer.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    pub(super) fn try_read(&self) -> Result<Outcome<SourceDocument>, ReadError> {
        let bytes = self.bytes();
        let input = Input { name: "表.docx".into(), bytes: &bytes };
        Opened::taken_for(Kind::Docx, &input)?.read(&self.options)
    }

    pub(super) fn read(&self) -> Document {
        Document::of(self.try_read().unwrap())
    }
}

/// What was read, in a form that tests can compare.
pub(in crate::formats) struct Document {
    pub(in crate::formats) source: SourceDocument,
    pub(in crate::formats) findings: Vec<Diagnostic>,
}

impl Document {
    pub(in crate::formats) fn of(outcome: Outcome<SourceDocument>) -> Self {
        Self { source: outcome.value, findings: outcome.diagnostics }
    }

    pub(in crate::formats) fn tables(&self) -> Vec<&SourceTable> {
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
    pub(in crate::formats) fn rows(&self) -> Vec<String> {
        rows(self.tables()[0])
    }

    /// The paragraphs outside tables, automatic numbers before their text.
    pub(in crate::formats) fn lines(&self) -> Vec<String> {
        let line = |block: &SourceBlock| match block {
            SourceBlock::Line(line) => Some(format!("{}{}", line.paragraph.label(), line.paragraph.text)),
            SourceBlock::Table(_) => None,
        };
        self.source.blocks.iter().filter_map(line).collect()
    }

    /// The findings: code, place as row and column where it has one, arguments.
    pub(in crate::formats) fn told(&self) -> Vec<String> {
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

pub(in crate::formats) fn rows(table: &SourceTable) -> Vec<String> {
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
pub(super) fn read(body: &str) -> Document {
    Package::new(body).read()
}

/// A run.
pub(super) fn r(text: &str) -> String {
    format!("<w:r><w:t>{text}</w:t></w:r>")
}

/// A paragraph of this content.
pub(super) fn p(content: &str) -> String {
    format!("<w:p>{content}</w:p>")
}

/// A cell with a text.
pub(super) fn tc(text: &str) -> String {
    tc_with("", text)
}

/// A cell with properties and a text.
pub(super) fn tc_with(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(&r(text)))
}

/// A row of cells.
pub(super) fn tr(cells: &[String]) -> String {
    format!("<w:tr>{}</w:tr>", cells.concat())
}

/// A table of rows.
pub(super) fn tbl(rows: &[String]) -> String {
    format!("<w:tbl><w:tblPr/>{}</w:tbl>", rows.concat())
}
