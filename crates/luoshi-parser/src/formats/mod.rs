//! The formats that can be read: one folder and one line each.

use crate::Reader;

pub(crate) mod csv;
mod doc;
mod docx;
pub(crate) mod flat_opc;
mod html;
mod odt;
mod rtf;
mod sheet;
mod text;
mod word;
pub(crate) mod wordml2003;

pub(crate) use sheet::SPREADSHEETML_2003;

/// Every reader. Which one reads a file is told by its content; see [`crate::open`].
pub const READERS: &[&dyn Reader] = &[
    &docx::Docx,
    &doc::Doc,
    &odt::Odt,
    &rtf::Rtf,
    &html::Html,
    &html::Mht,
    &flat_opc::FlatOpc,
    &wordml2003::WordMl2003,
    &sheet::Xlsx,
    &sheet::Xls,
    &sheet::Xlsb,
    &sheet::Ods,
    &sheet::SpreadsheetMl2003,
    &text::Text,
    &csv::Csv,
];
