//! Peers that read a document into a model of their own.

use std::hint::black_box;
use std::io::Cursor;

use office_oxide::{Document, DocumentFormat};

/// docx-rs into its document model.
pub(crate) fn docx_rs(package: &[u8]) {
    black_box(docx_rs::read_docx(package).unwrap());
}

/// office_oxide into its intermediate form.
pub(crate) fn office_oxide(file: &[u8], format: DocumentFormat) {
    let document = Document::from_reader(Cursor::new(file.to_vec()), format);
    black_box(document.unwrap().to_ir());
}
