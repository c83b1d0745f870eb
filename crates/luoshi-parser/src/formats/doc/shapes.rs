//! Drawings that stand beside the text: where they are anchored, which text boxes belong to them, whether they hold a picture
//! ([MS-DOC] §2.8.37, §2.9.172; [MS-ODRAW]).
//!
//! A text box may be part of a group, and only the group has an anchor. Not here: what stands in the boxes.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::fib::{Fib, Plc, Story, Structure};
use super::streams::Streams;
use crate::ole::{u16_at, u32_at};

const ANCHOR_BYTES: usize = 26;
const TEXT_BOX_BYTES: usize = 22;

// Records of drawings ([MS-ODRAW] §2.2).
const HEADER_BYTES: usize = 8;
const GROUP: u16 = 0xF003;
const SHAPE: u16 = 0xF00A;
const PROPERTIES: u16 = 0xF00B;
/// The property of a shape that names its picture.
const PICTURE: u16 = 0x0104;
const PROPERTY_NUMBER: u16 = 0x3FFF;
const PROPERTY_BYTES: usize = 6;

/// The drawings of the main text.
#[derive(Debug, Default)]
pub(super) struct Shapes {
    /// The shape that is anchored at a position.
    anchors: BTreeMap<u32, u32>,
    /// The texts of each anchored shape's boxes, as positions.
    boxes: BTreeMap<u32, Vec<Range<u32>>>,
    /// The anchored shapes with a picture.
    pictured: BTreeSet<u32>,
}

impl Shapes {
    pub(super) fn read(streams: &Streams, fib: &Fib) -> Self {
        let of = |structure| streams.table.get(fib.range(structure)).unwrap_or_default();
        let id = |(range, anchor): (Range<u32>, &[u8])| Some((range.start, u32_at(anchor, 0)?));
        let anchors = Plc::new(of(Structure::Shapes), ANCHOR_BYTES).iter().filter_map(id).collect();
        let drawings = Drawings::read(of(Structure::Drawings));
        let story = fib.story(Story::TextBoxes);
        let mut boxes: BTreeMap<u32, Vec<Range<u32>>> = BTreeMap::new();
        let mut behind = 0;
        for (range, record) in Plc::new(of(Structure::TextBoxText), TEXT_BOX_BYTES).iter() {
            let (Some(is_free), Some(shape)) = (u16_at(record, 8), u32_at(record, 14)) else { continue };
            let range = story.start.saturating_add(range.start)..story.start.saturating_add(range.end);
            // Boxes follow each other; one text for many of them could grow without bound.
            if range.start < behind {
                continue;
            }
            behind = range.end.max(range.start);
            // One that is free for use again has no text, and the last one of all no shape.
            if is_free == 0 && shape != 0 && range.start < range.end && range.end <= story.end {
                let anchored = drawings.anchored.get(&shape).copied().unwrap_or(shape);
                boxes.entry(anchored).or_default().push(range);
            }
        }
        Self { anchors, boxes, pictured: drawings.pictured }
    }

    /// Takes the boxes of the shape that is anchored at a position, and says whether it has a picture.
    pub(super) fn take(&mut self, position: u32) -> (Vec<Range<u32>>, bool) {
        let Some(shape) = self.anchors.get(&position) else { return Default::default() };
        (self.boxes.remove(shape).unwrap_or_default(), self.pictured.contains(shape))
    }

    /// The boxes that no anchor led to.
    pub(super) fn take_rest(&mut self) -> Vec<Range<u32>> {
        std::mem::take(&mut self.boxes).into_values().flatten().collect()
    }
}

/// What the drawings say of their shapes.
#[derive(Debug, Default)]
struct Drawings {
    /// The shape that a shape is anchored with: the outermost group, or itself.
    anchored: BTreeMap<u32, u32>,
    pictured: BTreeSet<u32>,
}

impl Drawings {
    /// `OfficeArtContent` (§2.9.172): what all drawings share, then each of them behind a byte of its own.
    fn read(bytes: &[u8]) -> Self {
        let mut drawings = Self::default();
        let Some((_, _, shared)) = header(bytes, 0) else { return drawings };
        let mut at = HEADER_BYTES.saturating_add(shared);
        while let Some((_, _, length)) = header(bytes, at + 1) {
            let start = at + 1 + HEADER_BYTES;
            let end = start.saturating_add(length).min(bytes.len());
            drawings.drawing(bytes.get(start..end).unwrap_or_default());
            at = end;
        }
        drawings
    }

    /// A drawing is a group that holds shapes and groups. Containers are entered and left by their place alone, so nothing
    /// grows with their depth.
    fn drawing(&mut self, bytes: &[u8]) {
        let (mut is_open, mut group_end, mut anchored) = (false, 0, None);
        let mut at = 0;
        while let Some((version, kind, length)) = header(bytes, at) {
            let start = at + HEADER_BYTES;
            let end = start.saturating_add(length);
            let data = bytes.get(start..end.min(bytes.len())).unwrap_or_default();
            match kind {
                GROUP if !is_open => is_open = true,
                GROUP if at >= group_end => (group_end, anchored) = (end, None),
                SHAPE => {
                    if at >= group_end {
                        anchored = None;
                    }
                    if let Some(id) = u32_at(data, 0) {
                        self.anchored.insert(id, *anchored.get_or_insert(id));
                    }
                }
                PROPERTIES => {
                    let pictures = data.chunks_exact(PROPERTY_BYTES).filter(|property| {
                        u16_at(property, 0).is_some_and(|number| number & PROPERTY_NUMBER == PICTURE)
                            && u32_at(property, 2).is_some_and(|picture| picture != 0)
                    });
                    if pictures.count() > 0 {
                        self.pictured.extend(anchored);
                    }
                }
                _ => {}
            }
            let is_container = version == 0xF;
            at = if is_container { start } else { end };
        }
    }
}

/// A record's version, kind and length.
fn header(bytes: &[u8], at: usize) -> Option<(u16, u16, usize)> {
    Some((u16_at(bytes, at)? & 0xF, u16_at(bytes, at + 2)?, u32_at(bytes, at + 4)? as usize))
}
