//! The notes of a worksheet: its comments part, the drawing that shows them (VML, which Excel still wants), and what leads there
//! (ECMA-376-1 §18.7, part 4 §19).
//!
//! Not here: which cell a note belongs to.

use quick_xml::escape::escape;

use super::cell_name;
use crate::Stamp;
use crate::package::{Package, PatchError, attribute, before_end, each};

const COMMENTS_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
/// Ids of shapes from here on are not counted on from.
const HIGHEST_ID: usize = 1 << 30;
const VML_TYPE: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const SPREADSHEET: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// What may follow the reference to the drawing in a worksheet (sml.xsd, CT_Worksheet).
const BEHIND: [&str; 8] = [
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
];

/// A cell's note; row and column from 1.
pub(super) struct CellNote {
    pub(super) row: u32,
    pub(super) column: u32,
    pub(super) text: String,
}

/// Adds notes to a worksheet; `index` is its place in the workbook.
pub(super) fn add(
    package: &mut Package<'_>,
    sheet: &str,
    index: usize,
    notes: &[CellNote],
    stamp: Stamp<'_>,
) -> Result<(), PatchError> {
    let new = match package.related(sheet, "comments")? {
        Some(part) => extend(package, &part, notes, stamp)?,
        None => {
            let part = package.free_name("xl/comments{}.xml");
            package.relate(sheet, &format!("{RELATIONSHIPS}/comments"), &part)?;
            package.declare(&part, COMMENTS_TYPE)?;
            let list: String = notes.iter().map(|note| comment(note, 0)).collect();
            let text = format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<comments xmlns=\"{SPREADSHEET}\">\
                 <authors><author>{}</author></authors><commentList>{list}</commentList></comments>",
                escape(stamp.author)
            );
            package.set(&part, text);
            notes.iter().collect()
        }
    };
    let first = 1025 + 1024 * index;
    match drawn(package, sheet)? {
        Some(part) => {
            let text = package.text(&part)?;
            // Ids of shapes are given in blocks of 1024: the next ones of this part's.
            let known = text.match_indices("_x0000_s").filter_map(|(at, found)| {
                let rest = &text[at + found.len()..];
                rest[..rest.find(|c: char| !c.is_ascii_digit())?].parse::<usize>().ok()
            });
            // A number near the end of the numbers would leave none for the new shapes.
            let known = known.filter(|id| *id < HIGHEST_ID);
            let next = known.max().map_or(first, |last| last + 1);
            let shapes: String = new.iter().zip(next..).map(|(note, id)| shape(note, id)).collect();
            let text = before_end(&text, "xml", &shapes).ok_or_else(|| PatchError::part(&part, "no xml"))?;
            package.set(&part, text);
        }
        None => {
            let part = package.free_name("xl/drawings/vmlDrawing{}.vml");
            package.declare("vml", VML_TYPE)?;
            let id = package.relate(sheet, &format!("{RELATIONSHIPS}/vmlDrawing"), &part)?;
            let shapes: String = new.iter().zip(first..).map(|(note, id)| shape(note, id)).collect();
            package.set(&part, drawing(index + 1, &shapes));
            let text = package.text(sheet)?;
            let text = referred(&text, sheet, &id)?;
            package.set(sheet, text);
        }
    }
    Ok(())
}

/// The drawing that shows a sheet's notes. That of its page header's pictures is another.
fn drawn(package: &mut Package<'_>, sheet: &str) -> Result<Option<String>, PatchError> {
    let text = package.text(sheet)?;
    let mut id = None;
    each(&text, sheet, |local, start, _| {
        if local == "legacyDrawing" {
            id = attribute(start, "id");
        }
    })?;
    let related = package.relationships(sheet)?.into_iter().find(|one| Some(&one.id) == id.as_ref());
    Ok(related.map(|one| one.target).filter(|part| package.contains(part)))
}

/// Adds to a comments part. A cell has one note, so what is said of one that has one goes behind it. Gives those that are new.
fn extend<'n>(
    package: &mut Package<'_>,
    part: &str,
    notes: &'n [CellNote],
    stamp: Stamp<'_>,
) -> Result<Vec<&'n CellNote>, PatchError> {
    let text = package.text(part)?;
    let prefix = prefix(&text, "comments");
    let mut authors = 0;
    let mut there: Vec<(String, usize)> = Vec::new();
    each(&text, part, |local, start, span| match local {
        "author" => authors += 1,
        "comment" => there.extend(attribute(start, "ref").map(|cell| (cell, span.end))),
        _ => {}
    })?;
    let mut pieces = crate::pieces::Pieces::default();
    let mut new = Vec::new();
    let mut list = String::new();
    let place = |end: &str| text.rfind(&format!("</{prefix}{end}>"));
    for note in notes {
        let cell = cell_name(note.row, note.column);
        let own = there.iter().find(|(name, _)| *name == cell);
        let own = own.map(|(_, from)| {
            let end = text[*from..].find(&format!("</{prefix}comment>")).map_or(text.len(), |end| from + end);
            *from..end
        });
        let more = prefixed(&run(&format!("\n{}", note.text)), &prefix);
        match own {
            Some(own) => match text[own.clone()].find(&format!("</{prefix}text>")) {
                Some(end) => pieces.insert(own.start + end, 0, more),
                // A note without a text.
                None => {
                    let inside = &text[own.clone()];
                    let empty = inside.find(&format!("<{prefix}text/>"));
                    let at = empty.map_or(own.end..own.end, |at| {
                        let from = own.start + at;
                        from..from + format!("<{prefix}text/>").len()
                    });
                    pieces.replace(at, format!("<{prefix}text>{more}</{prefix}text>"));
                }
            },
            None => {
                list += &prefixed(&comment(note, authors), &prefix);
                new.push(note);
            }
        }
    }
    let author = prefixed(&format!("<author>{}</author>", escape(stamp.author)), &prefix);
    let (Some(authors_end), Some(list_end)) = (place("authors"), place("commentList")) else {
        return Err(PatchError::part(part, "no authors or no commentList"));
    };
    pieces.insert(authors_end, 0, author);
    pieces.insert(list_end, 0, list);
    package.set(part, pieces.apply(&text));
    Ok(new)
}

/// What stands before the name of an element in a part: nothing, or a prefix and a colon.
fn prefix(text: &str, local: &str) -> String {
    let at =
        text.match_indices(local).find(|(at, _)| text[..*at].ends_with(['<', ':'])).map_or(0, |(at, _)| at);
    let start = text[..at].rfind('<').map_or(at, |start| start + 1);
    text[start..at].to_owned()
}

/// Elements with a prefix before their names.
fn prefixed(xml: &str, prefix: &str) -> String {
    match prefix {
        "" => xml.to_owned(),
        // No text holds a bare <.
        prefix => xml
            .replace("</", "\u{0}")
            .replace('<', &format!("<{prefix}"))
            .replace('\u{0}', &format!("</{prefix}")),
    }
}

fn comment(note: &CellNote, author: usize) -> String {
    let cell = cell_name(note.row, note.column);
    format!("<comment ref=\"{cell}\" authorId=\"{author}\"><text>{}</text></comment>", run(&note.text))
}

fn run(text: &str) -> String {
    format!("<r><rPr><sz val=\"9\"/></rPr><t xml:space=\"preserve\">{}</t></r>", escape(text))
}

fn drawing(block: usize, shapes: &str) -> String {
    format!(
        "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
         xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"{block}\"/>\
         </o:shapelayout><v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\">\
         <v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>{shapes}</xml>"
    )
}

/// The box of a note: shown when the pointer is on its cell, high enough for its lines.
fn shape(note: &CellNote, id: usize) -> String {
    let lines: usize = note.text.lines().map(|line| line.chars().count() / 24 + 1).sum();
    let (row, column) = (note.row - 1, note.column - 1);
    let (right, below) = (column + 4, row + (lines as u32 / 2).clamp(3, 20));
    format!(
        "<v:shape id=\"_x0000_s{id}\" type=\"#_x0000_t202\" style=\"position:absolute;width:220pt;height:{}pt;visibility:hidden\" \
         fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/>\
         <v:path o:connecttype=\"none\"/><v:textbox style=\"mso-direction-alt:auto\"/><x:ClientData ObjectType=\"Note\">\
         <x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{}, 15, {row}, 10, {right}, 15, {below}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>\
         <x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>",
        lines.clamp(4, 40) * 13,
        column + 1
    )
}

/// A worksheet that refers to its drawing of notes.
fn referred(text: &str, part: &str, id: &str) -> Result<String, PatchError> {
    let prefix = prefix(text, "worksheet");
    let element = format!("<{prefix}legacyDrawing xmlns:r=\"{RELATIONSHIPS}\" r:id=\"{id}\"/>");
    let mut before = None;
    each(text, part, |local, _, span| {
        if before.is_none() && BEHIND.contains(&local) {
            before = Some(span.start);
        }
    })?;
    match before {
        Some(at) => Ok([&text[..at], &element, &text[at..]].concat()),
        None => before_end(text, "worksheet", &element).ok_or_else(|| PatchError::part(part, "no worksheet")),
    }
}
