//! Characters put right in cells: of a cell with a text of its own there, of one with a shared text in a copy of that text, for other
//! cells may show it too (ECMA-376-1 §18.4.8).
//!
//! Not here: formulas, whose texts are computed.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::Event;

use crate::package::{Package, PatchError, attribute, before_end};
use crate::pieces::Pieces;
use crate::{Repair, find};

/// Where a cell's text stands in its worksheet.
enum Cell {
    /// Its index in the shared texts, and the bytes of that number.
    Shared(usize, Range<usize>),
    /// The bytes of its own text's element.
    Own(Range<usize>),
}

pub(super) fn repair(
    package: &mut Package<'_>,
    sheets: &[(String, String)],
    by_cell: &BTreeMap<(usize, String), Vec<(usize, &Repair)>>,
    lost: &mut Vec<usize>,
) -> Result<(), PatchError> {
    let shared = shared_part(package)?;
    let strings = shared.as_ref().map(|part| package.text(part)).transpose()?.unwrap_or_default();
    let items = elements(&strings, shared.as_deref().unwrap_or_default(), "si")?;
    let mut copies = String::new();
    let mut count = items.len();
    for (index, (_, part)) in sheets.iter().enumerate() {
        let own: Vec<_> = by_cell.iter().filter(|((sheet, _), _)| *sheet == index).collect();
        if own.is_empty() {
            continue;
        }
        let text = package.text(part)?;
        let cells = cells(&text, part)?;
        let mut pieces = Pieces::default();
        for ((_, name), repairs) in own {
            match cells.get(name) {
                Some(Cell::Shared(item, number)) if *item < items.len() => {
                    copies += &repaired(&strings[items[*item].clone()], repairs, lost);
                    pieces.replace(number.clone(), count.to_string());
                    count += 1;
                }
                Some(Cell::Own(span)) => {
                    pieces.replace(span.clone(), repaired(&text[span.clone()], repairs, lost));
                }
                _ => lost.extend(repairs.iter().map(|(index, _)| index)),
            }
        }
        package.set(part, pieces.apply(&text));
    }
    if let Some(part) = shared.filter(|_| !copies.is_empty()) {
        let text = before_end(&strings, "sst", &copies).ok_or_else(|| PatchError::part(&part, "no sst"))?;
        // Counts are optional, and wrong ones are worse than none.
        let text = without_attributes(&text, &["count", "uniqueCount"]);
        package.set(&part, text);
    }
    Ok(())
}

fn shared_part(package: &mut Package<'_>) -> Result<Option<String>, PatchError> {
    let workbook = package.related("", "officeDocument")?.unwrap_or_default();
    package.related(&workbook, "sharedStrings")
}

/// The bytes of every element of a name that lies in no other of it.
fn elements(text: &str, part: &str, name: &str) -> Result<Vec<Range<usize>>, PatchError> {
    let mut reader = Reader::from_str(text);
    let (mut from, mut open) = (0, None);
    let mut found = Vec::new();
    loop {
        let event = reader.read_event().map_err(|error| PatchError::part(part, error))?;
        let to = reader.buffer_position() as usize;
        match event {
            Event::Start(start) if start.local_name().as_ref() == name => open = open.or(Some(from)),
            Event::Empty(start) if start.local_name().as_ref() == name => found.push(from..to),
            Event::End(end) if end.local_name().as_ref() == name => {
                found.extend(open.take().map(|from| from..to))
            }
            Event::Eof => return Ok(found),
            _ => {}
        }
        from = to;
    }
}

/// The cells of a worksheet that hold texts, by name.
fn cells(text: &str, part: &str) -> Result<HashMap<String, Cell>, PatchError> {
    let mut reader = Reader::from_str(text);
    let mut cells = HashMap::new();
    let (mut name, mut kind) = (None, String::new());
    let (mut value, mut inline) = (None, None);
    let mut from = 0;
    loop {
        let event = reader.read_event().map_err(|error| PatchError::part(part, error))?;
        let to = reader.buffer_position() as usize;
        match event {
            Event::Start(start) => match start.local_name().as_ref() {
                "c" => {
                    name = attribute(&start, "r");
                    kind = attribute(&start, "t").unwrap_or_default();
                }
                "v" if kind == "s" => value = Some(to),
                "is" => inline = Some(from),
                _ => {}
            },
            Event::End(end) => match end.local_name().as_ref() {
                "v" => {
                    let number = value.take().map(|start| start..from);
                    let item = number.and_then(|span| Some((text[span.clone()].trim().parse().ok()?, span)));
                    let cell = item.and_then(|(item, span)| Some((name.clone()?, Cell::Shared(item, span))));
                    cells.extend(cell);
                }
                "is" => {
                    let span = inline.take().map(|start| start..to);
                    cells.extend(span.and_then(|span| Some((name.clone()?, Cell::Own(span)))));
                }
                "c" => name = None,
                _ => {}
            },
            Event::Eof => return Ok(cells),
            _ => {}
        }
        from = to;
    }
}

/// A text's element with the characters of its `t` elements put right.
fn repaired(xml: &str, repairs: &[(usize, &Repair)], lost: &mut Vec<usize>) -> String {
    let mut reader = Reader::from_str(xml);
    let mut shown = String::new();
    let mut chars: Vec<(usize, Range<usize>)> = Vec::new();
    let (mut from, mut in_text, mut in_reading) = (0, false, false);
    while let Ok(event) = reader.read_event() {
        let to = reader.buffer_position() as usize;
        let mut push = |c: char, span| {
            chars.push((shown.len(), span));
            shown.push(c);
        };
        match event {
            Event::Start(start) => match start.local_name().as_ref() {
                "t" => in_text = !in_reading,
                // Readings stand above the text and are none of it.
                "rPh" => in_reading = true,
                _ => {}
            },
            Event::End(end) => match end.local_name().as_ref() {
                "t" => in_text = false,
                "rPh" => in_reading = false,
                _ => {}
            },
            Event::Text(text) if in_text => {
                text.char_indices().for_each(|(at, c)| push(c, from + at..from + at + c.len_utf8()));
            }
            Event::GeneralRef(_) if in_text => {
                let plain = quick_xml::escape::unescape(&xml[from..to]).unwrap_or_default();
                plain.chars().take(1).for_each(|c| push(c, from..to));
            }
            Event::Eof => break,
            _ => {}
        }
        from = to;
    }
    let mut pieces = Pieces::default();
    for (index, repair) in repairs {
        let span = find(&shown, &repair.at);
        let byte = |at: usize| chars.binary_search_by_key(&at, |(at, _)| *at).ok();
        let found = span.and_then(|span| {
            let from = byte(span.start + repair.replaced.start)?;
            chars.get(from..byte(span.start + repair.replaced.end).unwrap_or(chars.len()))
        });
        let Some([(_, first), others @ ..]) = found else {
            lost.push(*index);
            continue;
        };
        pieces.replace(first.clone(), escape(&repair.text).into_owned());
        others.iter().for_each(|(_, span)| pieces.replace(span.clone(), String::new()));
    }
    pieces.apply(xml)
}

/// A part without some attributes of its root.
fn without_attributes(text: &str, names: &[&str]) -> String {
    let Some(root) =
        text.match_indices('<').map(|(at, _)| at).find(|at| !text[at + 1..].starts_with(['?', '!']))
    else {
        return text.to_owned();
    };
    let end = text[root..].find('>').map_or(text.len(), |end| root + end);
    let mut tag = text[root..end].to_owned();
    for name in names {
        if let Some(at) = tag.find(&format!(" {name}=\"")) {
            let value = at + name.len() + 3;
            let until = tag[value..].find('"').map_or(tag.len(), |until| value + until + 1);
            tag.replace_range(at..until, "");
        }
    }
    [&text[..root], &tag, &text[end..]].concat()
}
