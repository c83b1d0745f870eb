//! Nothing is lost: whatever a table looks like, each text of it is in the model or in a finding.
//!
//! The tables are drawn at random from the kinds of cells that the normalizer treats apart. Each text carries a letter of its
//! own, which no rule knows, so that it can be looked for.
#![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use luoshi_normalizer::{CatalogueChoice, normalize};
use luoshi_table::{
    Container, GridBuilder, SourceBlock, SourceCell, SourceDocument, SourceLine, SourceParagraph, SourceRow,
    SourceTable,
};
use proptest::prelude::*;

/// `@` is where the letter goes.
const TEXTS: [&str; 28] = [
    "",
    "",
    "",
    "1",
    "12",
    "一",
    "@",
    "@",
    "@。",
    "@，",
    "@\n@",
    "一、@",
    "（一）@",
    "1.@",
    "区@局",
    "区@局、区教育局",
    "区@局牵头",
    "（@科）",
    "①区@局②区@办",
    "典型做法：@。存在问题：@",
    "同上",
    "〃",
    "见第1项",
    "见第1、2项",
    "不涉及@",
    "注：@",
    "合计",
    "序号",
];

/// `*2` is a heading over two columns of the grid.
const HEADERS: [&[&str]; 5] = [
    &["序号", "自查重点", "自查事项", "责任单位", "落实情况", "典型做法及问题概述"],
    &["工作任务", "牵头单位", "责任单位", "完成情况"],
    &["领域", "序号", "任务名称", "任务内容", "责任单位", "完成时限"],
    &["自查事项", "具体要求", "责任单位", "联系人"],
    &["序号", "自查事项", "责任单位", "落实情况*2"],
];

/// A cell: its text, rows and columns.
type Drawn = (usize, u32, u32);

/// A document of one table, and the letters in it.
fn document(
    header: usize,
    drawn: &[Vec<Drawn>],
    flags: &[u8],
    has_spans: bool,
) -> (SourceDocument, Vec<char>) {
    let mut letters = Vec::new();
    let mut builder = GridBuilder::new();
    let headings = HEADERS[header];
    let mut width = 0;
    for heading in headings {
        let (heading, columns) = heading.split_once("*2").map_or((*heading, 1), |(heading, _)| (heading, 2));
        builder.place(0, width, 1, columns, SourceCell::from_text(heading)).unwrap();
        width += columns;
    }
    for (row, cells) in drawn.iter().enumerate() {
        let row = row as u32 + 1;
        let mut column = 0;
        for &(text, rows, columns) in cells {
            while builder.is_taken(row, column) {
                column += 1;
            }
            if column >= width {
                break;
            }
            let before = letters.len();
            let text: String = TEXTS[text]
                .chars()
                .map(|c| {
                    if c != '@' {
                        return c;
                    }
                    // Ideographs of extension A: no form uses them, and no normalisation changes them.
                    let letter = char::from_u32(0x3400 + letters.len() as u32).unwrap();
                    letters.push(letter);
                    letter
                })
                .collect();
            let (rows, columns) = if has_spans { (rows, columns.min(width - column)) } else { (1, 1) };
            if builder.place(row, column, rows, columns, SourceCell::from_text(&text)).is_err() {
                letters.truncate(before);
            }
            column += columns;
        }
    }
    let grid = builder.finish();
    let ragged = |row: u32| !has_spans && flags.get(row as usize).is_some_and(|flag| *flag == 0);
    let rows =
        (0..grid.rows()).map(|row| SourceRow { ragged: row > 0 && ragged(row), ..SourceRow::default() });
    let rows = rows.collect();
    let table =
        SourceTable { container: Container::Table(1), hidden: false, grid, rows, bookmarks: Vec::new() };
    let line = SourceLine { paragraph: SourceParagraph::plain("落实情况表".to_owned()), number: 0 };
    let blocks = vec![SourceBlock::Line(line), SourceBlock::Table(table)];
    (SourceDocument { file: "t.docx".into(), format: "docx", has_spans, blocks }, letters)
}

/// The cells of the table, for a person.
fn shown(document: &SourceDocument) -> String {
    let tables = document.blocks.iter().filter_map(|block| match block {
        SourceBlock::Table(table) => Some(table),
        SourceBlock::Line(_) => None,
    });
    let cells = tables.flat_map(|table| table.grid.cells());
    let place = |cell: &luoshi_table::Cell<SourceCell>| format!("{:?} {:?} ", cell.rows(), cell.columns());
    cells.map(|cell| place(cell) + &cell.content.text() + "\n").collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_text_is_in_the_model_or_in_a_finding(
        header in 0..HEADERS.len(),
        drawn in proptest::collection::vec(
            proptest::collection::vec((0..TEXTS.len(), 1u32..3, prop_oneof![4 => Just(1u32), 1 => 2u32..7]), 1..7),
            1..9,
        ),
        flags in proptest::collection::vec(0u8..3, 9),
        has_spans in any::<bool>(),
        automatic in any::<bool>(),
    ) {
        let (document, letters) = document(header, &drawn, &flags, has_spans);
        let shown = shown(&document);
        let choice = if automatic { CatalogueChoice::Automatic } else { CatalogueChoice::None };
        if let Ok(outcome) = normalize(document, choice) {
            // A second checklist below the first is left out as a whole, and said so.
            prop_assume!(!outcome.diagnostics.iter().any(|finding| finding.code == "checklist-ignored"));
            let findings = outcome.diagnostics.iter().flat_map(|finding| &finding.arguments);
            let mut said: String = findings.map(|(_, value)| value.as_str()).collect();
            // Without the raw texts, which show what a field was read from and are written nowhere.
            let mut value = outcome.value;
            for origin in &mut value.provenance.items {
                origin.fields.clear();
            }
            said.push_str(&format!("{value:?}"));
            for letter in letters {
                prop_assert!(said.contains(letter), "{letter} is lost of\n{shown}\n{said}");
            }
        }
    }
}
