//! Property lists that were read before and had no effect.
//!
//! Fonts, sizes and spacing are most of a document's bytes, and they are the same bytes in one run after another. Where a
//! run, a paragraph or a cell begins byte for byte with a list of properties that was read in full and meant nothing here,
//! the list is passed over. What is passed over is therefore as well-formed as what was read. The same bytes are the same
//! elements only while the namespaces are the same; when they change, all is forgotten.

use super::names::Tag;
use super::xml::Xml;

/// Lists remembered of each kind. Cells have a list for each column, because their widths differ.
const REMEMBERED: usize = 16;

/// The longest list worth comparing.
const LONGEST: usize = 2048;

/// The lists of one kind.
#[derive(Default)]
struct Known<'x> {
    lists: Vec<&'x [u8]>,
    /// The one that was met last: the next is likely the same, or the one after it.
    last: usize,
}

impl<'x> Known<'x> {
    #[inline]
    fn pass(&mut self, xml: &mut Xml<'x>) -> bool {
        let count = self.lists.len();
        let found = (self.last..count).chain(0..self.last).find(|&index| xml.pass(self.lists[index]));
        self.last = found.unwrap_or(self.last);
        found.is_some()
    }

    fn remember(&mut self, list: &'x [u8]) {
        match self.lists.len() < REMEMBERED {
            true => self.lists.push(list),
            false => {
                self.last = (self.last + 1) % REMEMBERED;
                self.lists[self.last] = list;
            }
        }
    }
}

/// What is remembered, and the list that is being read.
#[derive(Default)]
pub(super) struct Repeats<'x> {
    known: [Known<'x>; 3],
    /// Kind of the list, depth of its element, and the offset from which it is read, while it has had no effect.
    watched: Option<(usize, usize, usize)>,
    /// The namespaces, by how often they had changed.
    names: usize,
}

impl<'x> Repeats<'x> {
    /// An element was opened. The list that a run, a paragraph or a cell begins with is passed over if it is known, and
    /// watched if not.
    #[inline]
    pub(super) fn begin(&mut self, tag: Tag, xml: &mut Xml<'x>) {
        let kind = match tag {
            Tag::R => 0,
            Tag::P => 1,
            Tag::Tc => 2,
            other => return self.meet(other),
        };
        self.forget_if_renamed(xml);
        self.watched = match self.known[kind].pass(xml) {
            true => None,
            false => Some((kind, xml.depth() + 1, xml.position())),
        };
    }

    /// Passes over the list that the run that was just opened begins with, if it is known.
    #[inline]
    pub(super) fn pass_run_list(&mut self, xml: &mut Xml<'x>) {
        self.forget_if_renamed(xml);
        self.known[0].pass(xml);
    }

    /// An element was met. One that is no list of properties has an effect; whether fonts and the style of a paragraph have
    /// one is told when they are looked at.
    #[inline]
    pub(super) fn meet(&mut self, tag: Tag) {
        if !matches!(tag, Tag::RPr | Tag::PPr | Tag::TcPr | Tag::RFonts | Tag::PStyle) {
            self.disturb();
        }
    }

    /// Something in the list had an effect.
    #[inline]
    pub(super) fn disturb(&mut self) {
        self.watched = None;
    }

    /// An element of this depth was closed.
    #[inline]
    pub(super) fn end(&mut self, depth: usize, xml: &Xml<'x>) {
        let Some((kind, _, from)) = self.watched.take_if(|(_, watched, _)| *watched == depth) else { return };
        self.forget_if_renamed(xml);
        if let Some(list) = xml.since(from).filter(|list| list.len() <= LONGEST) {
            self.known[kind].remember(list);
        }
    }

    #[inline]
    fn forget_if_renamed(&mut self, xml: &Xml<'x>) {
        let names = xml.names().changes();
        if self.names != names {
            *self = Self { names, ..Self::default() };
        }
    }
}
