//! Word documents: comments at words, and characters put right.
//!
//! A comment is anchored at its words: a run that holds more than them is parted there, its properties kept on both sides, so the text
//! and its looks stay what they were. Not here: where the words stand (text).

mod fill;
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use luoshi_table::Container;
use quick_xml::escape::escape;

use crate::package::{Package, PatchError, attribute, before_end, each};
use crate::pieces::Pieces;
use crate::{Note, Repair, Stamp, Target, find};
pub(crate) use fill::fill;
use text::{CellText, Texts};

/// Ids of comments from here on are not counted on from.
const HIGHEST_ID: u32 = 1 << 30;
const COMMENTS_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";

/// The document part's name and text.
fn document(package: &mut Package<'_>) -> Result<(String, String), PatchError> {
    let missing = || PatchError::Missing("officeDocument".to_owned());
    let name = package.related("", "officeDocument")?.ok_or_else(missing)?;
    let text = package.text(&name)?;
    Ok((name, text))
}

/// Where words are looked for: a cell, a line outside the tables, or all such lines where nothing is known.
fn within<'t>(texts: &'t Texts, at: &Target) -> Option<(&'t CellText, Range<usize>)> {
    let place = at.place.as_ref();
    let container = place.and_then(|place| place.container.as_ref());
    let whole = |cell: &'t CellText| (cell, 0..cell.chars.len());
    match container {
        Some(Container::Table(table)) => {
            let place = place?;
            texts.cell(Some((*table, place.row?, place.column.unwrap_or(1)))).map(whole)
        }
        Some(Container::Text) => {
            let line = place?.row?.checked_sub(1)? as usize;
            let paragraph = texts.paragraphs.iter().filter(|paragraph| !paragraph.in_table).nth(line)?;
            Some((&texts.cells[paragraph.cell], paragraph.chars.clone()))
        }
        None => texts.cell(None).map(whole),
        // A sheet is of no document, and another part is not written into.
        Some(Container::Sheet(_) | Container::Part(_)) => None,
    }
}

/// The characters of a range that a target's words are, as indexes in their cell.
fn words(cell: &CellText, range: &Range<usize>, at: &Target) -> Option<Range<usize>> {
    let byte = |index: usize| cell.chars.get(index).map_or(cell.text.len(), |c| c.at);
    let text = &cell.text[byte(range.start)..byte(range.end)];
    let found = find(text, at)?;
    let index = |at: usize| cell.chars.partition_point(|c| c.at < byte(range.start) + at);
    Some(index(found.start)..index(found.end))
}

/// The characters that a target means, first and last, in their cell.
fn meant<'t>(texts: &'t Texts, at: &Target) -> Option<(&'t CellText, Option<(usize, usize)>)> {
    let (cell, range) = within(texts, at)?;
    let found = words(cell, &range, at).or_else(|| {
        // The cell is meant, or the words stand otherwise in it: its first paragraph that has any text.
        at.place.as_ref().and_then(|place| place.container.as_ref())?;
        let from = range.clone().find(|&index| cell.chars[index].piece.is_some())?;
        let length = cell.chars[from..range.end].iter().take_while(|c| c.piece.is_some()).count();
        Some(from..from + length)
    });
    // A range neither begins nor ends with the end of a paragraph.
    let trimmed = found.and_then(|range| {
        let chars = &cell.chars[range.clone()];
        let first = chars.iter().position(|c| c.piece.is_some())?;
        let last = chars.iter().rposition(|c| c.piece.is_some())?;
        Some((range.start + first, range.start + last))
    });
    Some((cell, trimmed))
}

pub(crate) fn annotate(
    mut package: Package<'_>,
    notes: &[Note],
    stamp: Stamp<'_>,
) -> Result<Vec<u8>, PatchError> {
    let (name, xml) = document(&mut package)?;
    let texts = text::read(&xml, &name)?;
    let existing = package.related(&name, "comments")?;
    let mut first_id = 0;
    if let Some(part) = &existing {
        let text = package.text(part)?;
        each(&text, part, |local, start, _| {
            let id =
                attribute(start, "id").and_then(|id| id.parse::<u32>().ok()).filter(|_| local == "comment");
            // An id near the end of the numbers would leave none for the new comments; ours stay below.
            first_id = first_id.max(id.filter(|id| *id < HIGHEST_ID).map_or(0, |id| id + 1));
        })?;
    }
    let mut marker = Marker { xml: &xml, texts: &texts, pieces: Pieces::default() };
    let mut opened: BTreeMap<usize, (Range<usize>, String)> = BTreeMap::new();
    let mut comments = String::new();
    let namespace = &texts.namespace;
    for (index, note) in notes.iter().enumerate() {
        let id = first_id + index as u32;
        let anchor = meant(&texts, &note.at).or_else(|| Some((texts.cell(None)?, None)));
        let anchor = anchor.filter(|(cell, _)| cell.first.is_some());
        // A document without a paragraph outside its table: its first cell.
        let anchor = anchor.or_else(|| Some((texts.cells.iter().find(|cell| cell.first.is_some())?, None)));
        let Some((cell, range)) = anchor else { continue };
        let marks = |prefix: &str| Marks::new(prefix, id, namespace);
        match range {
            Some((from, to)) => {
                let run = |at: usize| cell.chars[at].piece.map(|piece| &texts.runs[texts.pieces[piece].run]);
                let prefix = run(from).map_or("w:", |run| run.prefix.as_str());
                let Marks { start, end } = marks(prefix);
                marker.put(cell, from, BEGINS + index, start);
                marker.put(cell, to + 1, notes.len() - index, end);
            }
            None => {
                let Some((span, closed)) = cell.first.clone() else { continue };
                let Marks { start, end } = marks("w:");
                match closed {
                    // <w:p/>: opened once for all notes in it.
                    true => {
                        let entry = opened.entry(span.start).or_insert_with(|| (span, String::new()));
                        entry.1 += &[start, end].concat();
                    }
                    false => marker.pieces.insert(span.start, BEGINS + index, [start, end].concat()),
                }
            }
        }
        comments += &comment(id, &note.text, stamp);
    }
    for (span, inside) in opened.into_values() {
        let tag = xml[span.clone()].trim_end_matches('>').trim_end_matches('/').trim_end();
        let name = tag[1..].split_whitespace().next().unwrap_or("w:p");
        marker.pieces.replace(span.clone(), format!("{tag}>{inside}</{name}>"));
    }
    package.set(&name, marker.pieces.apply(&xml));
    match existing {
        Some(part) => {
            let declared = comments.replace("<w:comment ", &format!("<w:comment xmlns:w=\"{namespace}\" "));
            let text = before_end(&package.text(&part)?, "comments", &declared);
            package.set(&part, text.ok_or_else(|| PatchError::part(&part, "no comments"))?);
        }
        None if comments.is_empty() => {}
        None => {
            let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
            let named = |name: &str| [folder, name].concat().trim_start_matches('/').to_owned();
            // The usual name, unless something else has it.
            let usual = named("/comments.xml");
            let part =
                if package.contains(&usual) { package.free_name(&named("/comments{}.xml")) } else { usual };
            let strict = namespace.contains("purl.oclc.org");
            let base = if strict {
                "http://purl.oclc.org/ooxml/officeDocument"
            } else {
                "http://schemas.openxmlformats.org/officeDocument/2006"
            };
            package.relate(&name, &format!("{base}/relationships/comments"), &part)?;
            package.declare(&part, COMMENTS_TYPE)?;
            let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
            let text = format!("{declaration}\n<w:comments xmlns:w=\"{namespace}\">{comments}</w:comments>");
            package.set(&part, text);
        }
    }
    package.finish()
}

/// What stands before and behind the words of a comment.
struct Marks {
    start: String,
    end: String,
}

impl Marks {
    fn new(prefix: &str, id: u32, namespace: &str) -> Self {
        // Another prefix than w: is used for elements as the document does; an attribute needs one of its own.
        let declared = if prefix == "w:" { String::new() } else { format!(" xmlns:w=\"{namespace}\"") };
        let element = |name: &str| format!("<{prefix}{name}{declared} w:id=\"{id}\"/>");
        let start = element("commentRangeStart");
        let reference = element("commentReference");
        let end = format!("{}<{prefix}r>{reference}</{prefix}r>", element("commentRangeEnd"));
        Self { start, end }
    }
}

/// The text of a comment, its paragraphs parted by line feeds.
fn comment(id: u32, text: &str, stamp: Stamp<'_>) -> String {
    let author = escape(stamp.author);
    let paragraph =
        |line: &str| format!("<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", escape(line));
    let paragraphs: String = text.lines().map(paragraph).collect();
    let date = escape(stamp.date);
    format!(
        "<w:comment w:id=\"{id}\" w:author=\"{author}\" w:date=\"{date}\" w:initials=\"{author}\">{paragraphs}</w:comment>"
    )
}

/// Where marks are put.
struct Marker<'t> {
    xml: &'t str,
    texts: &'t Texts,
    pieces: Pieces,
}

/// Marks that end stand before those that begin at one place; of two that end the later note's, which lies within, comes first.
const BEGINS: usize = 1 << 24;

impl Marker<'_> {
    /// Puts a mark before a character of a cell, parting its run where it must; behind the last one, at the end of its run.
    fn put(&mut self, cell: &CellText, at: usize, rank: usize, mark: String) {
        let of = |at: usize| cell.chars.get(at).and_then(|c| c.piece);
        let before = at.checked_sub(1).and_then(of);
        let run_of = |piece: usize| &self.texts.runs[self.texts.pieces[piece].run];
        let same_run = |one: usize, other: usize| self.texts.pieces[one].run == self.texts.pieces[other].run;
        match (before, of(at)) {
            (Some(last), Some(next)) if same_run(last, next) => {
                let run = run_of(next);
                let (prefix, properties) = (run.prefix.as_str(), &self.xml[run.properties.clone()]);
                let piece = &self.texts.pieces[next];
                let blank = |at: usize| cell.text[cell.chars[at].at..].starts_with(char::is_whitespace);
                if last != next || !piece.is_text {
                    let parted = format!("</{prefix}r>{mark}<{prefix}r>{properties}");
                    self.pieces.insert(piece.tag, rank, parted);
                } else if !piece.keeps_space && (blank(at - 1) || blank(at)) {
                    // Space at the end of such a text does not count, so it is not parted: the mark stands at the run's edge.
                    let edge = if rank < BEGINS { run.span.end } else { run.span.start };
                    self.pieces.insert(edge, rank, mark);
                } else {
                    let parted = format!(
                        "</{prefix}t></{prefix}r>{mark}<{prefix}r>{properties}<{prefix}t xml:space=\"preserve\">"
                    );
                    self.pieces.insert(cell.chars[at].span.start, rank, parted);
                }
            }
            (_, Some(next)) => self.pieces.insert(run_of(next).span.start, rank, mark),
            (Some(last), None) => self.pieces.insert(run_of(last).span.end, rank, mark),
            (None, None) => {}
        }
    }
}

pub(crate) fn repair(
    mut package: Package<'_>,
    repairs: &[Repair],
) -> Result<(Vec<u8>, Vec<usize>), PatchError> {
    let (name, xml) = document(&mut package)?;
    let texts = text::read(&xml, &name)?;
    let mut pieces = Pieces::default();
    let mut lost = Vec::new();
    let mut taken = BTreeSet::new();
    for (index, repair) in repairs.iter().enumerate() {
        let found = within(&texts, &repair.at).and_then(|(cell, range)| {
            let from = words(cell, &range, &repair.at)?.start;
            let start = cell.chars.get(from)?.at;
            let byte = |at: usize| cell.chars.binary_search_by_key(&(start + at), |c| c.at).ok();
            let from = byte(repair.replaced.start)?;
            let to = byte(repair.replaced.end).unwrap_or(cell.chars.len());
            // The end of a paragraph is none of the marks that are put right, and what is put right already is not found twice.
            let chars = cell.chars.get(from..to).filter(|chars| chars.iter().all(|c| c.piece.is_some()))?;
            chars.iter().all(|c| taken.insert(c.span.start)).then_some(chars)
        });
        let Some([first, others @ ..]) = found else {
            lost.push(index);
            continue;
        };
        pieces.replace(first.span.clone(), escape(&repair.text).into_owned());
        // Each character may stand in a run of its own.
        others.iter().for_each(|c| pieces.replace(c.span.clone(), String::new()));
    }
    package.set(&name, pieces.apply(&xml));
    Ok((package.finish()?, lost))
}

#[cfg(test)]
mod tests;
