//! A template filled in. A placeholder may stand over several runs, as word processors part them while a person types.
//!
//! Not here: what there is to fill in.

use luoshi_table::nearest_of;
use quick_xml::escape::escape;

use super::document;
use super::text::{self, Paragraph, Texts};
use crate::package::{Package, PatchError};
use crate::pieces::Pieces;
use crate::{Filling, Looks};

pub(crate) fn fill(mut package: Package<'_>, filling: &mut dyn Filling) -> Result<Vec<u8>, PatchError> {
    let (name, _) = document(&mut package)?;
    let related = package.relationships(&name)?;
    let is_page = |kind: &str| kind.ends_with("/header") || kind.ends_with("/footer");
    let pages = related.into_iter().filter(|one| is_page(&one.kind)).map(|one| one.target);
    let mut any = false;
    for part in std::iter::once(name).chain(pages) {
        let xml = package.text(&part)?;
        let (filled, named) = fill_part(&xml, &part, filling)?;
        any |= named;
        package.set(&part, filled);
    }
    if !any {
        return Err(PatchError::NoPlaceholder);
    }
    package.finish()
}

/// A part filled in, and whether it has a placeholder at all.
fn fill_part(xml: &str, part: &str, filling: &mut dyn Filling) -> Result<(String, bool), PatchError> {
    let texts = text::read(xml, part)?;
    if texts.namespace.is_empty() {
        return Err(PatchError::part(part, "no WordprocessingML"));
    }
    let mut pieces = Pieces::default();
    // The parts that are open: name, whether it is shown, where it was opened and in which cell.
    let mut open: Vec<Open> = Vec::new();
    let mut any = false;
    for paragraph in &texts.paragraphs {
        let text = shown(paragraph, &texts);
        any |= text.contains("{{");
        let alone = text.trim().strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}"));
        let alone = alone.map(str::trim).filter(|name| !name.contains("{{"));
        // A cell must keep a paragraph.
        let gone = if paragraph.in_table { "<w:p/>" } else { "" };
        let hidden = open.last().is_some_and(|open| !open.shown);
        if let Some(name) = alone.and_then(|name| name.strip_prefix('#')) {
            let there = filling.part(name).ok_or_else(|| unknown(name, filling))?;
            let (at, cell) = (paragraph.span.start, paragraph.cell);
            open.push(Open { name: name.to_owned(), shown: !hidden && there, at, cell });
            pieces.replace(paragraph.span.clone(), gone.to_owned());
        } else if let Some(name) = alone.and_then(|name| name.strip_prefix('/')) {
            let own = open.pop().filter(|open| open.name == name && open.cell == paragraph.cell);
            let own = own.ok_or_else(|| PatchError::Unbalanced { name: name.to_owned() })?;
            if !own.shown {
                // Whole tables of a part that is not shown go with it.
                let within =
                    |table: &&std::ops::Range<usize>| own.at < table.start && table.end < paragraph.span.end;
                texts
                    .tables
                    .iter()
                    .filter(within)
                    .for_each(|table| pieces.replace(table.clone(), String::new()));
            }
            pieces.replace(paragraph.span.clone(), gone.to_owned());
        } else if hidden {
            // Names are checked there too: an error must not wait for the year in which the part is shown.
            for (_, name) in placeholders(&text) {
                if !filling.names().contains(&name) {
                    return Err(unknown(name, filling));
                }
            }
            pieces.replace(paragraph.span.clone(), gone.to_owned());
        } else if let Some(block) = alone.and_then(|name| filling.block(name, looks(paragraph, &texts, xml)))
        {
            pieces.replace(paragraph.span.clone(), block);
        } else {
            fill_text(&text, paragraph, &texts, filling, &mut pieces)?;
        }
    }
    if let Some(open) = open.pop() {
        return Err(PatchError::Unbalanced { name: open.name });
    }
    let filled = pieces.apply(xml);
    // What is left stands in a text box, or lacks its other half.
    match filled.find("{{").or_else(|| filled.find("｛｛")) {
        Some(at) => {
            let rest: String = filled[at..].chars().take(20).collect();
            let name = rest.split('<').next().unwrap_or_default().to_owned();
            Err(PatchError::Left { name })
        }
        None => Ok((filled, any)),
    }
}

/// A part of the template that is open.
struct Open {
    name: String,
    shown: bool,
    at: usize,
    cell: usize,
}

/// Puts values in the places of a text's placeholders.
fn fill_text(
    text: &str,
    paragraph: &Paragraph,
    texts: &Texts,
    filling: &mut dyn Filling,
    pieces: &mut Pieces,
) -> Result<(), PatchError> {
    let chars = &texts.cells[paragraph.cell].chars[paragraph.chars.clone()];
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let index = |byte: usize| starts.partition_point(|at| *at < byte);
    for (span, name) in placeholders(text) {
        let value = filling.value(name).ok_or_else(|| unknown(name, filling))?;
        let [first, others @ ..] = &chars[index(span.start)..index(span.end)] else { continue };
        pieces.replace(first.span.clone(), escape(&value).into_owned());
        others.iter().for_each(|c| pieces.replace(c.span.clone(), String::new()));
    }
    Ok(())
}

/// The text of a paragraph. Braces typed while Chinese is written are full-width ones.
fn shown(paragraph: &Paragraph, texts: &Texts) -> String {
    let cell = &texts.cells[paragraph.cell];
    let chars = &cell.chars[paragraph.chars.clone()];
    let text = chars.iter().filter_map(|c| cell.text[c.at..].chars().next());
    let text = text.map(|c| match c {
        '｛' => '{',
        '｝' => '}',
        c => c,
    });
    text.collect::<String>().trim_end_matches('\n').to_owned()
}

/// The placeholders of a text: their bytes, and their names.
fn placeholders(text: &str) -> Vec<(std::ops::Range<usize>, &str)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find("{{").map(|at| from + at) {
        let Some(close) = text[open..].find("}}").map(|at| open + at) else { break };
        found.push((open..close + 2, text[open + 2..close].trim()));
        from = close + 2;
    }
    found
}

fn looks<'x>(paragraph: &Paragraph, texts: &Texts, xml: &'x str) -> Looks<'x> {
    let first = texts.cells[paragraph.cell].chars[paragraph.chars.clone()].iter().find_map(|c| c.piece);
    let run = first.map_or("", |piece| &xml[texts.runs[texts.pieces[piece].run].properties.clone()]);
    Looks { paragraph: &xml[paragraph.properties.clone()], run }
}

fn unknown(name: &str, filling: &dyn Filling) -> PatchError {
    let bare = name.trim_start_matches(['#', '/']);
    if filling.names().contains(&bare) {
        return PatchError::Misplaced { name: name.to_owned() };
    }
    let nearest = nearest_of(bare, filling.names().into_iter()).map(str::to_owned);
    PatchError::Placeholder { name: name.to_owned(), nearest }
}
