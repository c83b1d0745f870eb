//! What offices still send: the same form as .doc, .xls and .html, beside readers of them.
//!
//! The goal is to be no slower than a reader that keeps less: no numbers that Word counts, no paragraphs of a cell, no cell as it is shown.
//! Where that reader stops at the cells, a second row has our tables alone: the meaning of 66 items takes longer than a small file.

use std::hint::black_box;
use std::io::Cursor;

use calamine::{Reader, Xls};
use luoshi::{Input, ReadOptions};
use office_oxide::DocumentFormat;
use scraper::{Html, Selector};

use crate::material::fixture;
use crate::{Goal, medians, peers, read, row};

pub(crate) fn rows() {
    let (doc, xls) = (fixture("doc/attachment-2016.doc"), fixture("xls/attachment-2016.xls"));
    let html = fixture("html/attachment-2016-gbk.htm");

    let read_doc = || drop(black_box(read("a.doc", &doc)));
    let office_oxide = || peers::office_oxide(&doc, DocumentFormat::Doc);
    let [ours, beside] = medians([&read_doc, &office_oxide]);
    row("doc to model : office_oxide open + to_ir", ours, beside, Goal::AtMost(1.0));

    let read_xls = || drop(black_box(read("a.xls", &xls)));
    let cells = || calamine(&xls);
    let office_oxide = || peers::office_oxide(&xls, DocumentFormat::Xls);
    let tables_xls = || tables("a.xls", &xls);
    let [ours, alone, one, other] = medians([&read_xls, &tables_xls, &cells, &office_oxide]);
    row("xls to model : calamine cells + merges", ours, one, Goal::AtMost(1.3));
    row("… its tables alone", alone, one, Goal::AtMost(1.3));
    row("xls to model : office_oxide open + to_ir", ours, other, Goal::AtMost(1.0));

    let read_html = || drop(black_box(read("a.htm", &html)));
    let scraper = || scraper(&html);
    let tables_html = || tables("a.htm", &html);
    let [ours, alone, beside] = medians([&read_html, &tables_html, &scraper]);
    row("html to model : scraper, text of each cell", ours, beside, Goal::AtMost(1.3));
    row("… its tables alone", alone, beside, Goal::AtMost(1.3));
}

/// The file's tables, without what they mean.
fn tables(name: &str, bytes: &[u8]) {
    let input = Input { name: name.into(), bytes };
    black_box(luoshi::inspect(&input, &ReadOptions::default()).unwrap());
}

/// The tree of the page, and from it the text of each cell.
fn scraper(bytes: &[u8]) {
    let (text, _, _) = encoding_rs::GB18030.decode(bytes);
    let page = Html::parse_document(&text);
    for cell in page.select(&Selector::parse("td, th").unwrap()) {
        black_box(cell.text().collect::<String>());
    }
}

/// Every cell and merge of the workbook.
fn calamine(bytes: &[u8]) {
    let mut workbook = Xls::new(Cursor::new(bytes)).unwrap();
    for (name, cells) in workbook.worksheets() {
        black_box((workbook.merge_cells_by_sheet_name(&name).unwrap(), cells));
    }
}
