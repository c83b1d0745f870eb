//! What floats over the cells of a worksheet in an xlsx or xlsb package: pictures, charts, text boxes (ECMA-376 part 1,
//! §20.5). None of it is read; each cell over which something begins is told.
//!
//! Not here: what floats over an xls or ods sheet, which those formats write among the cells.

use std::collections::BTreeSet;

use luoshi_table::Diagnostic;

use super::book::Sheet;
use super::xml::{Node, Xml, read_part};
use crate::ReadError;
use crate::opc::relationships;
use crate::package::Package;

/// The code of every such finding.
pub(super) const PICTURE: &str = "picture-ignored";

/// Tells what the drawing holds that a worksheet's part leads to by this relationship. Of a drawing that cannot be read only
/// that it is there is told.
pub(super) fn report(
    package: &mut Package<'_>,
    part: &str,
    relationship: &str,
    sheet: &mut Sheet<'_>,
) -> Result<(), ReadError> {
    match anchors(package, part, relationship) {
        Ok(places) => {
            for (row, column) in places {
                let place = sheet.cell_place(row, column);
                sheet.report(Diagnostic::warning(PICTURE, place))?;
            }
            Ok(())
        }
        Err(_) => {
            let place = sheet.place();
            sheet.report(Diagnostic::warning(PICTURE, place))
        }
    }
}

/// Row and column of the cells where something begins that a person sees. A shape without text is decoration.
fn anchors(package: &mut Package<'_>, part: &str, id: &str) -> Result<BTreeSet<(u32, u32)>, ReadError> {
    let related = relationships(package, part)?.unwrap_or_default();
    let Some(drawing) = related.iter().find(|related| related.id == id) else { return Ok(BTreeSet::new()) };
    let (bytes, place) = read_part(package, &drawing.target)?;
    let mut xml = Xml::new(&bytes, place);
    let mut found = BTreeSet::new();
    let mut corner = (0, 0);
    let mut in_from = false;
    loop {
        match xml.next()? {
            Node::Start(element) => match element.local_name().as_ref() {
                // One that is anchored to the sheet and not to a cell has no corner.
                "twoCellAnchor" | "oneCellAnchor" | "absoluteAnchor" => corner = (0, 0),
                "from" => in_from = true,
                "to" => in_from = false,
                "row" if in_from => corner.0 = xml.text()?.trim().parse().unwrap_or(0),
                "col" if in_from => corner.1 = xml.text()?.trim().parse().unwrap_or(0),
                "pic" | "graphicFrame" | "t" => {
                    found.insert(corner);
                }
                _ => {}
            },
            Node::Done => return Ok(found),
            Node::End | Node::Text(_) => {}
        }
    }
}
