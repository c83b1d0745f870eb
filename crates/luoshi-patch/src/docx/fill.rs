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
    let (name, xml) = document(&mut package)?;
    let texts = text::read(&xml, &name)?;
    let mut pieces = Pieces::default();
    // The parts that are open, each with whether it is shown.
    let mut open: Vec<(String, bool)> = Vec::new();
    for paragraph in &texts.paragraphs {
        let text = shown(paragraph, &texts);
        let alone = text.trim().strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}"));
        let alone = alone.map(str::trim).filter(|name| !name.contains("{{"));
        // A cell must keep a paragraph.
        let gone = if paragraph.in_table { "<w:p/>" } else { "" };
        if let Some(part) = alone.and_then(|name| name.strip_prefix('#')) {
            let there = filling.part(part).ok_or_else(|| unknown(part, filling))?;
            let above = open.last().is_none_or(|(_, shown)| *shown);
            open.push((part.to_owned(), above && there));
            pieces.replace(paragraph.span.clone(), gone.to_owned());
            continue;
        }
        if let Some(part) = alone.and_then(|name| name.strip_prefix('/')) {
            if open.pop().is_none_or(|(opened, _)| opened != part) {
                return Err(PatchError::Unbalanced { name: part.to_owned() });
            }
            pieces.replace(paragraph.span.clone(), gone.to_owned());
            continue;
        }
        if open.last().is_some_and(|(_, shown)| !shown) {
            // Names are checked there too: an error must not wait for the year in which the part is shown.
            for (_, name) in placeholders(&text) {
                if !filling.names().contains(&name) {
                    return Err(unknown(name, filling));
                }
            }
            pieces.replace(paragraph.span.clone(), gone.to_owned());
            continue;
        }
        let looks = looks(paragraph, &texts, &xml);
        if let Some(block) = alone.and_then(|name| filling.block(name, looks)) {
            pieces.replace(paragraph.span.clone(), block);
            continue;
        }
        let chars = &texts.cells[paragraph.cell].chars[paragraph.chars.clone()];
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let index = |byte: usize| starts.partition_point(|at| *at < byte);
        for (span, name) in placeholders(&text) {
            let value = filling.value(name).ok_or_else(|| unknown(name, filling))?;
            let [first, others @ ..] = &chars[index(span.start)..index(span.end)] else { continue };
            pieces.replace(first.span.clone(), escape(&value).into_owned());
            others.iter().for_each(|c| pieces.replace(c.span.clone(), String::new()));
        }
    }
    if let Some((name, _)) = open.pop() {
        return Err(PatchError::Unbalanced { name });
    }
    package.set(&name, pieces.apply(&xml));
    package.finish()
}

/// The text of a paragraph.
fn shown(paragraph: &Paragraph, texts: &Texts) -> String {
    let cell = &texts.cells[paragraph.cell];
    let chars = &cell.chars[paragraph.chars.clone()];
    let text = chars.iter().filter_map(|c| cell.text[c.at..].chars().next());
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
    let nearest = nearest_of(bare, filling.names().into_iter()).map(str::to_owned);
    PatchError::Placeholder { name: name.to_owned(), nearest }
}
