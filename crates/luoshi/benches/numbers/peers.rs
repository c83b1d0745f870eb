//! Peers that read a docx into a model of their own.

use std::hint::black_box;
use std::io::Cursor;

/// docx-rs into its document model.
pub(crate) fn docx_rs(package: &[u8]) {
    black_box(docx_rs::read_docx(package).unwrap());
}

/// office_oxide into its intermediate form.
pub(crate) fn office_oxide(package: &[u8]) {
    let document = office_oxide::Document::from_reader(
        Cursor::new(package.to_vec()),
        office_oxide::DocumentFormat::Docx,
    );
    black_box(document.unwrap().to_ir());
}
