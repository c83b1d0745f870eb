//! Delimited text (csv, tsv): one record per line, fields quoted where they hold the delimiter or a line break.
//!
//! The delimiter is told by the records it makes. Records may differ in length; a place counts records, as a spreadsheet
//! program does after opening the file, not lines.
//!
//! Not here: merged cells, which the format cannot tell.

use std::collections::BTreeMap;

use csv::{ReaderBuilder, StringRecord};
use luoshi_table::{
    Container, Diagnostic, GridBuilder, Locator, Outcome, SourceBlock, SourceCell, SourceDocument, SourceRow,
    SourceTable,
};

use crate::{Kind, Opened, ReadError, ReadOptions, Reader, limits};

/// Delimiters that programs write. The full-width comma is none: it stands in the text of every narrative.
const DELIMITERS: [u8; 3] = *b",\t;";

/// How many records are looked at to tell the delimiter.
const SAMPLE_RECORDS: usize = 100;

/// Delimited text (csv, tsv).
pub(crate) struct Csv;

impl Reader for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["csv", "tsv"]
    }

    fn reads(&self, kind: Kind) -> bool {
        kind == Kind::Csv
    }

    fn read(&self, opened: Opened<'_>, _: &ReadOptions) -> Result<Outcome<SourceDocument>, ReadError> {
        let (file, Outcome { value: text, mut diagnostics }) = opened.into_text()?;
        let place = Locator::within(&file, Container::Table(1));
        // A quote that is never closed makes the rest of the file one field.
        if memchr::memchr_iter(b'"', text.as_bytes()).count() % 2 == 1 {
            diagnostics.push(Diagnostic::warning("quote-unclosed", place.clone()));
        }
        let lines = memchr::memchr2_iter(b'\n', b'\r', text.as_bytes()).count();
        limits::CELLS.check(lines as u64, &place)?;
        let records = records(&text, delimiter(&text).unwrap_or(b','));
        let mut kept: Vec<StringRecord> = records.collect();
        while kept.last().is_some_and(is_blank) {
            kept.pop();
        }
        let columns = kept.iter().map(StringRecord::len).max().unwrap_or(0);
        limits::ROWS.check(kept.len() as u64, &place)?;
        limits::COLUMNS.check(columns as u64, &place)?;
        limits::CELLS.check(kept.len() as u64 * columns as u64, &place)?;

        let mut grid = GridBuilder::new();
        let mut rows = Vec::with_capacity(kept.len());
        for (row, record) in kept.iter().enumerate() {
            rows.push(SourceRow { ragged: record.len() < columns, ..SourceRow::default() });
            grid.ensure(row as u32 + 1, 0);
            for (column, field) in record.iter().enumerate() {
                // A fresh position in a fresh row is never taken.
                let _ = grid.place(row as u32, column as u32, 1, 1, cell(field));
            }
        }
        let table = SourceTable {
            container: Container::Table(1),
            hidden: false,
            grid: grid.finish(),
            rows,
            bookmarks: Vec::new(),
        };
        let blocks = vec![SourceBlock::Table(table)];
        let document = SourceDocument { file, format: self.name(), has_spans: false, blocks };
        Ok(Outcome::new(document, diagnostics))
    }
}

fn is_blank(record: &StringRecord) -> bool {
    record.iter().all(|field| field.trim().is_empty())
}

fn cell(field: &str) -> SourceCell {
    if field.is_empty() {
        SourceCell::default()
    } else {
        SourceCell::from_text(&field.replace("\r\n", "\n").replace('\r', "\n"))
    }
}

fn records(text: &str, delimiter: u8) -> impl Iterator<Item = StringRecord> {
    let mut builder = ReaderBuilder::new();
    builder.delimiter(delimiter).has_headers(false).flexible(true);
    // Records may be ragged and the bytes are UTF-8 in memory, so nothing is left that could fail.
    builder.from_reader(text.as_bytes()).into_records().map_while(Result::ok)
}

/// The delimiter that makes the most records of one and the same length, if any makes two with more than one field.
pub(crate) fn delimiter(text: &str) -> Option<u8> {
    let score = |delimiter| {
        let mut by_length = BTreeMap::<usize, usize>::new();
        let sample = records(text, delimiter).take(SAMPLE_RECORDS).filter(|record| record.len() > 1);
        for record in sample {
            *by_length.entry(record.len()).or_default() += 1;
        }
        by_length.into_iter().map(|(length, records)| (records, length)).max()
    };
    // A reader of records is made ready at some cost, which most texts need not pay three times.
    let there = DELIMITERS.into_iter().filter(|byte| memchr::memchr(*byte, text.as_bytes()).is_some());
    let scored = there.filter_map(|delimiter| Some((score(delimiter)?, delimiter)));
    // Of equal ones the first in the list.
    let best = scored.rev().max_by_key(|(score, _)| *score)?;
    (best.0.0 >= 2).then_some(best.1)
}

#[cfg(test)]
mod tests {
    use encoding_rs::GB18030;

    use super::*;
    use crate::Input;

    fn read(bytes: &[u8]) -> (Vec<Vec<String>>, Vec<bool>, Vec<&'static str>) {
        let outcome = crate::read(&Input { name: "a.csv".into(), bytes }, &ReadOptions::default()).unwrap();
        assert_eq!((outcome.value.format, outcome.value.has_spans), ("csv", false));
        let codes = outcome.diagnostics.iter().map(|finding| finding.code).collect();
        let [SourceBlock::Table(table)] = &outcome.value.blocks[..] else { panic!("one table") };
        let rows =
            (0..table.grid.rows()).map(|r| table.grid.row(r).map(|c| c.content.text()).collect()).collect();
        (rows, table.rows.iter().map(|row| row.ragged).collect(), codes)
    }

    #[test]
    fn quoted_fields_hold_delimiters_quotes_and_line_breaks() {
        let (rows, ragged, codes) =
            read("序号,落实情况\r\n1,\"已公开，共 1,200 条\r\n\"\"二\"\"\"\r\n".as_bytes());
        assert_eq!(rows, [["序号", "落实情况"], ["1", "已公开，共 1,200 条\n\"二\""]]);
        assert_eq!((ragged, codes), (vec![false; 2], vec![]));
    }

    #[test]
    fn the_delimiter_is_told_by_equal_records() {
        for (text, expected) in [
            ("a;b,c;d\ne;f;g\n", Some(b';')),
            ("a\tb\tc, d\n1\t2\t3, 4, 5\n", Some(b'\t')),
            ("序号，事项\n一，公开\n", None),
            ("Dear all, hello.\nNothing here.\n", None),
        ] {
            assert_eq!(delimiter(text), expected, "{text}");
        }
    }

    #[test]
    fn gbk_and_marked_files_read_like_plain_ones_and_trailing_blank_records_go() {
        let text = "序号,自查事项,责任单位\n1,推进监管执法信息公开,区政府办（秘书科）\n,,\n";
        let gbk = GB18030.encode(text).0;
        let marked = ["\u{FEFF}".as_bytes(), text.as_bytes()].concat();
        let (plain, ..) = read(text.as_bytes());
        assert_eq!(plain.len(), 2);
        assert_eq!(read(&marked).0, plain);
        let (rows, _, codes) = read(&gbk);
        assert_eq!((rows, codes), (plain, vec!["encoding-guessed"]));
    }

    #[test]
    fn a_short_record_is_ragged_and_an_open_quote_is_told() {
        let (rows, ragged, codes) = read("a,b,c\n1,2\n3,4,\"5\n6,7,8\n".as_bytes());
        assert_eq!(rows[1], ["1", "2"]);
        assert_eq!(rows[2], ["3", "4", "5\n6,7,8\n"]);
        assert_eq!((ragged, codes), (vec![false, true, false], vec!["quote-unclosed"]));
    }
}
