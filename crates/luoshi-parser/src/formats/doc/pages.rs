//! Which stretches of the `WordDocument` stream have which properties: formatted disk pages of 512 bytes, and the lists of
//! them ([MS-DOC] §2.9.175, §2.9.33).
//!
//! Not here: what the properties are.

use std::collections::BTreeSet;
use std::ops::Range;

use super::fib::Plc;
use crate::ole::u32_at;

const PAGE_BYTES: usize = 512;
/// A page's number has 22 bits; the rest is not used.
const PAGE_NUMBER: u32 = 0x003F_FFFF;

/// What pages hold, and so how they are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    Characters,
    Paragraphs,
}

/// A stretch of the stream, and where in it its properties stand.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Run {
    start: u32,
    end: u32,
    properties: Range<u32>,
}

/// The stretches of all pages, in the order of the stream.
#[derive(Debug, Default)]
pub(super) struct Runs(Vec<Run>);

impl Runs {
    /// Reads the pages that a list names; `None` where the list or a page is cut.
    pub(super) fn read(stream: &[u8], list: &[u8], holds: Holds) -> Option<Self> {
        let mut runs = Vec::new();
        // Each page once, however often a damaged list names it.
        let mut seen = BTreeSet::new();
        for (_, record) in Plc::new(list, 4).iter() {
            let number = u32_at(record, 0)? & PAGE_NUMBER;
            if seen.insert(number) {
                let start = number as usize * PAGE_BYTES;
                let page = stream.get(start..start + PAGE_BYTES)?;
                read_page(page, u32::try_from(start).ok()?, holds, &mut runs)?;
            }
        }
        runs.sort_by_key(|run| run.start);
        Some(Self(runs))
    }

    /// The stretch that an offset of the stream lies in, and where its properties stand; `None` where no page says.
    pub(super) fn find(&self, offset: u32) -> Option<(Range<u32>, Range<u32>)> {
        let behind = self.0.partition_point(|run| run.start <= offset);
        let run = self.0.get(behind.checked_sub(1)?).filter(|run| offset < run.end)?;
        Some((run.start..run.end, run.properties.clone()))
    }

    /// The offset behind which another stretch begins, for an offset that lies in none.
    pub(super) fn next(&self, offset: u32) -> u32 {
        let behind = self.0.partition_point(|run| run.start <= offset);
        self.0.get(behind).map_or(u32::MAX, |run| run.start)
    }
}

/// One page: offsets, then for each stretch where in the page its properties stand. The last byte says how many there are.
fn read_page(page: &[u8], page_start: u32, holds: Holds, runs: &mut Vec<Run>) -> Option<()> {
    let count = usize::from(*page.last()?);
    let record = if holds == Holds::Characters { 1 } else { 13 };
    for index in 0..count {
        let (start, end) = (u32_at(page, 4 * index)?, u32_at(page, 4 * index + 4)?);
        let at = 2 * usize::from(*page.get(4 * (count + 1) + record * index)?);
        let within = if at == 0 { 0..0 } else { properties(page, at, holds)? };
        let properties = page_start + within.start as u32..page_start + within.end as u32;
        if start < end {
            runs.push(Run { start, end, properties });
        }
    }
    Some(())
}

/// The properties that stand at an offset of a page, behind their length.
fn properties(page: &[u8], at: usize, holds: Holds) -> Option<Range<usize>> {
    let length = usize::from(*page.get(at)?);
    let (start, length) = match (holds, length) {
        (Holds::Characters, _) => (at + 1, length),
        // Words, less the length's own byte; where the first byte is nought, the next one counts (§2.9.175). WPS writes
        // the one, Word mostly the other.
        (Holds::Paragraphs, 0) => (at + 2, 2 * usize::from(*page.get(at + 1)?)),
        (Holds::Paragraphs, _) => (at + 1, 2 * length - 1),
    };
    let end = start + length;
    // The last byte is the count; some writers let the padding reach over it.
    (start <= end && end <= page.len()).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page with stretches that end at these offsets, and their properties as they stand in it.
    fn page(ends: &[u32], records: usize, stored: &[&[u8]]) -> Vec<u8> {
        let mut page: Vec<u8> = ends.iter().flat_map(|end| end.to_le_bytes()).collect();
        let mut at = 256;
        let mut tail = Vec::new();
        for properties in stored {
            page.push(if properties.is_empty() { 0 } else { (at / 2) as u8 });
            page.extend(vec![0; records - 1]);
            tail.extend(*properties);
            tail.resize(tail.len().next_multiple_of(2), 0);
            at = 256 + tail.len();
        }
        page.resize(256, 0);
        page.extend(tail);
        page.resize(511, 0);
        page.push(stored.len() as u8);
        page
    }

    fn found<'s>(runs: &Runs, stream: &'s [u8], offset: u32) -> Option<&'s [u8]> {
        let (_, properties) = runs.find(offset)?;
        stream.get(properties.start as usize..properties.end as usize)
    }

    /// The trap of files by WPS: a length that is not nought counts words less one byte.
    #[test]
    fn a_paragraphs_length_is_told_in_either_way() {
        let first = page(&[100, 110, 120, 130], 13, &[&[3, 1, 0, 7, 7, 7], &[0, 2, 2, 0, 8, 8], &[]]);
        let second = page(&[130, 140], 13, &[&[1, 9, 9]]);
        let stream = [vec![0; 512], first, second].concat();
        // The second page is named first, and the first one twice.
        let list: Vec<u8> =
            [130, 140, 0, 0, 2, 1, 1].iter().flat_map(|word: &u32| word.to_le_bytes()).collect();
        let runs = Runs::read(&stream, &list, Holds::Paragraphs).unwrap();
        assert_eq!(found(&runs, &stream, 105), Some(&[1, 0, 7, 7, 7][..]));
        assert_eq!(found(&runs, &stream, 119), Some(&[2, 0, 8, 8][..]));
        assert_eq!(found(&runs, &stream, 120), Some(&[][..]));
        assert_eq!(found(&runs, &stream, 139), Some(&[9][..]));
        assert_eq!((found(&runs, &stream, 140), found(&runs, &stream, 99)), (None, None));
        assert_eq!((runs.next(99), runs.next(140)), (100, u32::MAX));
    }

    #[test]
    fn a_page_that_is_not_there_or_points_outside_itself_is_damage() {
        let stream = page(&[1, 2], 1, &[&[200, 1]]);
        let mut outside = stream.clone();
        outside[8] = 255;
        outside[510] = 9;
        let list = [0_u32, 9, 0].map(u32::to_le_bytes).concat();
        let beyond = [0_u32, 9, 1].map(u32::to_le_bytes).concat();
        assert!(Runs::read(&stream, &list, Holds::Characters).is_some());
        assert!(Runs::read(&stream, &beyond, Holds::Characters).is_none());
        assert!(Runs::read(&outside, &list, Holds::Characters).is_none());
    }
}
