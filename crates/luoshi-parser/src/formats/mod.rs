//! The formats that can be read: one folder and one line each.

use crate::Reader;

pub(crate) mod csv;
mod docx;
mod sheet;
mod text;
mod word;

/// Every reader. Which one reads a file is told by its content; see [`crate::open`].
pub const READERS: &[&dyn Reader] =
    &[&docx::Docx, &sheet::Xlsx, &sheet::Xls, &sheet::Xlsb, &sheet::Ods, &text::Text, &csv::Csv];
