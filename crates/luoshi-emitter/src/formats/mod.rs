//! The formats, one folder each. A new one is a folder and a line of [`WRITERS`].

mod csv;
mod docx;
mod html;
mod json;
mod xlsx;

use crate::Writer;

/// Every format that an attachment can be written in.
pub const WRITERS: &[&dyn Writer] = &[&docx::Docx, &xlsx::Xlsx, &html::Html, &csv::Csv, &json::Json];

pub(crate) use docx::blocks::block as brief_block;
pub(crate) use docx::template::template as brief_template;
