//! Runs that are nothing but text, taken in one step.
//!
//! Nearly every run is `<w:r>`, a list of properties that is known to have no effect, one `<w:t>` and the end tags. Such a
//! run is told by its bytes, all of which are compared; whatever differs (another element, an entity, another prefix, a
//! declaration) is left to the element by element walk, which is slower and knows everything.

use super::repeats::Repeats;
use super::xml::Xml;

/// Where a start tag that is taken here must have ended: Word's revision ids are short.
const TAG: usize = 128;

/// The tags of a plain run under the usual prefix; empty while there is none.
#[derive(Default)]
pub(super) struct Plain {
    run: Vec<u8>,
    text: Vec<u8>,
    spaced_text: Vec<u8>,
    end: Vec<u8>,
    /// The namespaces for which they were made, by how often they had changed.
    names: Option<usize>,
}

impl Plain {
    /// The text of the plain run that comes next, and whether space at its ends counts. The run is read then; where the
    /// next thing is no plain run, nothing is.
    #[inline]
    pub(super) fn take<'x>(
        &mut self,
        xml: &mut Xml<'x>,
        repeats: &mut Repeats<'x>,
    ) -> Option<(&'x str, bool)> {
        if self.names != Some(xml.names().changes()) {
            self.make(xml);
        }
        let from = xml.position();
        if self.run.is_empty() || !xml.pass(&self.run) {
            return None;
        }
        let taken = pass_tag_end(xml).then(|| self.take_text(xml, repeats)).flatten();
        if taken.is_none() {
            xml.go_back_to(from);
        }
        taken
    }

    fn take_text<'x>(&self, xml: &mut Xml<'x>, repeats: &mut Repeats<'x>) -> Option<(&'x str, bool)> {
        repeats.pass_run_list(xml);
        let keeps_space = xml.pass(&self.spaced_text);
        if !keeps_space && !xml.pass(&self.text) {
            return None;
        }
        let rest = xml.rest();
        let text = &rest[..memchr::memchr2(b'<', b'&', rest)?];
        xml.pass(text);
        xml.pass(&self.end).then_some((std::str::from_utf8(text).ok()?, keeps_space))
    }

    #[cold]
    fn make(&mut self, xml: &Xml<'_>) {
        self.names = Some(xml.names().changes());
        let prefix = xml.names().usual();
        let tag = |parts: &[&[u8]]| if prefix.is_empty() { Vec::new() } else { parts.concat() };
        self.run = tag(&[b"<", prefix, b"r"]);
        self.text = tag(&[b"<", prefix, b"t>"]);
        self.spaced_text = tag(&[b"<", prefix, b"t xml:space=\"preserve\">"]);
        self.end = tag(&[b"</", prefix, b"t></", prefix, b"r>"]);
    }
}

/// Passes over the attributes of a start tag and its end. They do not matter, but they must be attributes, declare no
/// namespace, and the element must not end with its tag.
#[inline]
fn pass_tag_end(xml: &mut Xml<'_>) -> bool {
    if xml.pass(b">") {
        return true;
    }
    let rest = xml.rest();
    let near = &rest[..rest.len().min(TAG)];
    let Some(end) = memchr::memchr(b'>', near) else { return false };
    let attributes = &near[..end];
    let is_whole = memchr::memchr_iter(b'"', attributes).count().is_multiple_of(2);
    let is_plain = attributes.starts_with(b" ")
        && attributes.ends_with(b"\"")
        && memchr::memchr2(b'\'', b'<', attributes).is_none();
    if !is_whole || !is_plain || xml.declares_within(end) {
        return false;
    }
    xml.pass(&near[..=end])
}
