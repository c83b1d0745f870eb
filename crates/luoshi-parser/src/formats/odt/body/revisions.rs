//! Tracked changes of the walk (ODF 1.3 part 3, §5.5): the policy, and the one finding per table that says how many there
//! were.
//!
//! Inserted text stands in the content between two marks. Deleted text stands at the front, and a mark where it was; to reject
//! the deletion it is read again there.

use std::collections::{BTreeMap, BTreeSet};

use luoshi_table::Locator;
use quick_xml::events::BytesStart;

use super::super::names::Tag;
use super::super::xml::{Item, Xml, attribute};
use super::Walk;
use crate::formats::word::changes::Changes;
use crate::{ReadError, Revisions};

/// What was changed together. Text that was inserted and then deleted is both.
#[derive(Debug, Default)]
struct Region<'x> {
    inserted: bool,
    deleted: bool,
    /// What was deleted, until it is read.
    piece: &'x [u8],
}

/// Deleted text that is being read where it was.
struct Piece {
    /// Number of open scopes around it: what is in its own cells has ends of its own.
    scopes: usize,
    /// Whether its next paragraph is its first, which goes on in the one it was put into.
    at_first: bool,
    /// Whether a paragraph of it has ended, and nothing came behind yet.
    at_end: bool,
}

/// The tracked changes of a document.
pub(super) struct Tracked<'x> {
    revisions: Revisions,
    regions: BTreeMap<String, Region<'x>>,
    /// Regions that end: one that does not would swallow the rest of the document.
    closed: Option<BTreeSet<String>>,
    /// The open regions whose text is gone by the policy.
    gone: BTreeSet<String>,
    pieces: Vec<Piece>,
    /// Of the table that is open.
    inside: Changes,
    /// Of the text outside tables.
    outside: Changes,
}

impl Tracked<'_> {
    pub(super) fn new(revisions: Revisions) -> Self {
        Self {
            revisions,
            regions: BTreeMap::new(),
            closed: None,
            gone: BTreeSet::new(),
            pieces: Vec::new(),
            inside: Changes::default(),
            outside: Changes::default(),
        }
    }

    /// Whether what stands here is gone by the policy.
    pub(super) fn are_gone(&self) -> bool {
        !self.gone.is_empty()
    }

    /// How many changes the open table has so far.
    pub(super) fn inside(&self) -> u32 {
        self.inside.insertions.saturating_add(self.inside.deletions)
    }

    pub(super) fn revisions(&self) -> Revisions {
        self.revisions
    }

    pub(super) fn take_inside(&mut self) -> Changes {
        std::mem::take(&mut self.inside)
    }

    pub(super) fn take_outside(&mut self) -> Changes {
        std::mem::take(&mut self.outside)
    }

    /// Changes changes of a table that turned out to be none as changes outside.
    pub(super) fn add_outside(&mut self, counts: Changes) {
        self.outside.add(counts);
    }

    /// The piece whose own paragraphs, not those of its cells, are being read.
    fn piece(&mut self, scopes: usize) -> Option<&mut Piece> {
        self.pieces.last_mut().filter(|piece| piece.scopes == scopes)
    }

    fn is_gone(&self, region: &Region<'_>) -> bool {
        match self.revisions {
            Revisions::Accept => region.deleted,
            Revisions::Reject => region.inserted,
        }
    }
}

impl<'x> Walk<'x, '_> {
    /// The list of changes, at the front of the document.
    pub(super) fn tracked_changes(&mut self) -> Result<(), ReadError> {
        let mut region: Option<(String, Region<'x>)> = None;
        let outside = self.xml.depth().saturating_sub(1);
        while self.xml.depth() > outside {
            match self.xml.next()? {
                Item::Start(Tag::ChangedRegion, start) => {
                    self.count_pieces(1)?;
                    region = attribute(&start, "id").map(|id| (id.into_owned(), Region::default()));
                }
                Item::Start(Tag::Insertion, _) => {
                    if let Some((_, region)) = &mut region {
                        region.inserted = true;
                    }
                }
                Item::Start(Tag::Deletion, _) => {
                    let piece = self.xml.skip_for_piece()?;
                    if let Some((_, region)) = &mut region {
                        (region.deleted, region.piece) = (true, piece);
                    }
                }
                Item::End(Tag::ChangedRegion) => self.changes.regions.extend(region.take()),
                _ => {}
            }
        }
        if self.changes.closed.is_none() {
            self.changes.closed = Some(closed(self.bytes, self.part.clone())?);
        }
        Ok(())
    }

    /// A mark where something was deleted.
    pub(super) fn change(&mut self, start: &BytesStart<'_>) {
        let Some(id) = attribute(start, "change-id") else { return };
        let Some(region) = self.changes.regions.get_mut(&*id) else { return };
        let (inserted, deleted) = (region.inserted, region.deleted);
        let piece = if deleted && !inserted { std::mem::take(&mut region.piece) } else { &[] };
        self.count_change(inserted, deleted);
        if self.changes.revisions == Revisions::Reject && !piece.is_empty() && !self.changes.are_gone() {
            let joins = self.paragraph.is_open;
            // A piece between paragraphs is read as any others are.
            let scopes = if joins { self.scopes.len() } else { usize::MAX };
            self.changes.pieces.push(Piece { scopes, at_first: true, at_end: false });
            self.xml.insert(piece);
        }
    }

    pub(super) fn begin_change(&mut self, start: &BytesStart<'_>) {
        let Some(id) = attribute(start, "change-id") else { return };
        let Some(region) = self.changes.regions.get(&*id) else { return };
        let is_gone = self.changes.is_gone(region);
        self.count_change(region.inserted, region.deleted);
        if is_gone && self.changes.closed.as_ref().is_some_and(|closed| closed.contains(&*id)) {
            self.changes.gone.insert(id.into_owned());
        }
    }

    pub(super) fn end_change(&mut self, start: &BytesStart<'_>) {
        if let Some(id) = attribute(start, "change-id") {
            self.changes.gone.remove(&*id);
        }
    }

    fn count_change(&mut self, inserted: bool, deleted: bool) {
        let counts = match self.is_in_table() {
            true => &mut self.changes.inside,
            false => &mut self.changes.outside,
        };
        counts.insertions = counts.insertions.saturating_add(inserted.into());
        counts.deletions = counts.deletions.saturating_add(deleted.into());
    }

    /// Whether the paragraph that begins is the first of a piece, which goes on in the one that is open. Any later one ends
    /// that before it.
    pub(super) fn goes_on_in_piece(&mut self) -> Result<bool, ReadError> {
        let Some(piece) = self.changes.piece(self.scopes.len()) else { return Ok(false) };
        let (at_first, at_end) = (std::mem::take(&mut piece.at_first), std::mem::take(&mut piece.at_end));
        if at_end {
            self.emit()?;
        }
        Ok(at_first && self.paragraph.is_open)
    }

    /// Whether the paragraph that ends is one of a piece: what comes behind the piece goes on in it, if it was the last.
    pub(super) fn stays_open_in_piece(&mut self) -> bool {
        self.changes.piece(self.scopes.len()).is_some_and(|piece| {
            piece.at_end = true;
            true
        })
    }

    /// A table in a piece stands between paragraphs.
    pub(super) fn part_piece(&mut self) {
        if let Some(piece) = self.changes.piece(self.scopes.len()) {
            (piece.at_first, piece.at_end) = (false, false);
        }
    }

    pub(super) fn end_piece(&mut self) {
        self.changes.pieces.pop();
    }
}

/// The regions that end after they begin.
fn closed(bytes: &[u8], place: Locator) -> Result<BTreeSet<String>, ReadError> {
    let (mut begun, mut closed) = (BTreeSet::new(), BTreeSet::new());
    let mut xml = Xml::new(bytes, place);
    loop {
        match xml.next()? {
            Item::Start(Tag::ChangeStart, start) => {
                begun.extend(attribute(&start, "change-id").map(|id| id.into_owned()));
            }
            Item::Start(Tag::ChangeEnd, start) => {
                closed.extend(attribute(&start, "change-id").and_then(|id| begun.take(&*id)));
            }
            Item::Eof => return Ok(closed),
            _ => {}
        }
    }
}
