//! How much of a document is kept so far, so that empty elements or one text repeated cannot fill the memory.
//!
//! Not here: where the document went past a limit.

use luoshi_table::SourceParagraph;

use crate::limits::{self, Limit};

/// What is kept. The error of each count is the limit that it went past.
#[derive(Debug, Default)]
pub(in crate::formats) struct Kept {
    pieces: usize,
    text_bytes: u64,
}

impl Kept {
    /// More rows, cells, paragraphs.
    pub(in crate::formats) fn pieces(&mut self, more: usize) -> Result<(), &'static Limit> {
        self.pieces = self.pieces.saturating_add(more);
        if self.pieces > limits::PIECES.size() { Err(&limits::PIECES) } else { Ok(()) }
    }

    /// More text, in bytes.
    pub(in crate::formats) fn text(&mut self, bytes: u64) -> Result<(), &'static Limit> {
        self.text_bytes = self.text_bytes.saturating_add(bytes);
        if self.text_bytes > limits::TEXT_BYTES.get() { Err(&limits::TEXT_BYTES) } else { Ok(()) }
    }

    /// A paragraph more, with its text and number.
    pub(in crate::formats) fn paragraph(
        &mut self,
        paragraph: &SourceParagraph,
    ) -> Result<(), &'static Limit> {
        self.pieces(1)?;
        self.text((paragraph.text.len() + paragraph.label().len()) as u64)
    }
}
