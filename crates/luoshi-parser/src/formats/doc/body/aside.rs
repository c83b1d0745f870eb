//! What stands beside the main text and is anchored in it: notes, text boxes and bookmarks.
//!
//! Not here: headers and comments, which are no content.

use std::collections::BTreeMap;
use std::ops::Range;

use luoshi_table::Diagnostic;

use super::super::fib::{Fib, Plc, Story, Structure};
use super::super::names;
use super::super::paragraph::Paragraph;
use super::super::streams::Streams;
use super::{Boxed, Walk};
use crate::ReadError;
use crate::formats::word::findings::quoted;

/// The kinds of notes: what they are called, where they are referred to, where their texts end, and which text they are in.
const KINDS: [(&str, Structure, Structure, Story); 2] = [
    ("footnotes", Structure::FootnoteReferences, Structure::FootnoteText, Story::Footnotes),
    ("endnotes", Structure::EndnoteReferences, Structure::EndnoteText, Story::Endnotes),
];

/// The notes by the position of their reference.
#[derive(Default)]
pub(super) struct Aside {
    notes: BTreeMap<u32, (&'static str, Range<u32>)>,
    /// Whether a side text is being read: nothing in it is told or counted.
    pub(super) is_read: bool,
}

impl Aside {
    pub(super) fn read(streams: &Streams, fib: &Fib) -> Self {
        let of = |structure| streams.table.get(fib.range(structure)).unwrap_or_default();
        let mut notes = BTreeMap::new();
        for (kind, references, texts, story) in KINDS {
            let story = fib.story(story);
            let mut behind = 0;
            let references = Plc::new(of(references), 2);
            let texts = Plc::new(of(texts), 0);
            for ((reference, _), (text, _)) in references.iter().zip(texts.iter()) {
                let text = story.start.saturating_add(text.start)..story.start.saturating_add(text.end);
                // Notes follow each other; one text for many of them could grow without bound.
                if text.start >= behind && text.end <= story.end {
                    behind = text.end.max(text.start);
                    notes.insert(reference.start, (kind, text));
                }
            }
        }
        Self { notes, is_read: false }
    }
}

/// The names of the bookmarks by where they begin.
#[derive(Default)]
pub(super) struct Bookmarks(Vec<(u32, Box<str>)>);

impl Bookmarks {
    pub(super) fn read(streams: &Streams, fib: &Fib) -> Self {
        let of = |structure| streams.table.get(fib.range(structure)).unwrap_or_default();
        let names = names::names(of(Structure::BookmarkNames));
        let starts = Plc::new(of(Structure::BookmarkStarts), 4);
        let mut all: Vec<(u32, Box<str>)> =
            starts.iter().zip(names).map(|((range, _), name)| (range.start, name.into())).collect();
        all.sort_by_key(|(start, _)| *start);
        Self(all)
    }

    /// Those that begin at these positions.
    pub(super) fn at(&self, positions: Range<u32>) -> impl Iterator<Item = &Box<str>> {
        let from = self.0.partition_point(|(start, _)| *start < positions.start);
        self.0.iter().skip(from).take_while(move |(start, _)| *start < positions.end).map(|(_, name)| name)
    }
}

impl Walk<'_> {
    /// Tells the note that is referred to at a position.
    pub(super) fn tell_note(&mut self, position: u32) -> Result<(), ReadError> {
        if self.aside.is_read || self.boxed.is_some() {
            return Ok(());
        }
        let Some((kind, range)) = self.aside.notes.remove(&position) else { return Ok(()) };
        let text = self.aside_text(range)?;
        if !text.is_empty() {
            self.tell(|place| Diagnostic::warning("note-text", place).with("kind", kind).with("text", text));
        }
        Ok(())
    }

    /// The text at these positions of a side story, paragraphs joined by line feeds.
    pub(super) fn aside_text(&mut self, positions: Range<u32>) -> Result<String, ReadError> {
        let was_read = std::mem::replace(&mut self.aside.is_read, true);
        let host = std::mem::take(&mut self.paragraph);
        let mut text = String::new();
        let mut start = positions.start;
        while start < positions.end {
            let mark = self.mark(start..positions.end);
            let end = mark.saturating_add(1).min(positions.end);
            let pap = self.properties.paragraph(end.saturating_sub(1)).map_err(|cause| self.failed(cause))?;
            self.read_runs(start..mark, pap.istd)?;
            self.paragraph.close_fields();
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&std::mem::take(&mut self.paragraph).text);
            start = end;
        }
        self.paragraph = host;
        self.aside.is_read = was_read;
        Ok(text.trim().to_owned())
    }

    /// Reads a text box into the paragraph that it is anchored in.
    pub(super) fn text_box(&mut self, positions: Range<u32>) -> Result<(), ReadError> {
        let host = std::mem::take(&mut self.paragraph);
        let carried = std::mem::take(&mut self.carried);
        let place = self.place();
        let open = std::mem::take(&mut self.open);
        self.boxed = Some(Boxed { host: place, paragraphs: Vec::new() });
        self.story(positions)?;
        self.leave_tables(0)?;
        let mut paragraphs = self.boxed.take().map(|boxed| boxed.paragraphs).unwrap_or_default();
        self.open = open;
        self.carried = carried;
        self.paragraph = Paragraph::default();
        paragraphs.retain(|paragraph| !paragraph.is_blank());
        if !paragraphs.is_empty() {
            let texts: Vec<&str> = paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect();
            let text = quoted(&texts.join("\n"));
            self.tell(|place| Diagnostic::info("text-box", place).with("text", text));
        }
        self.paragraph = host;
        self.paragraph.boxes.append(&mut paragraphs);
        Ok(())
    }
}
