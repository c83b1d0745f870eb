//! A page and what belongs to it in one file (MHTML, RFC 2557), as Word, Excel and browsers save it.
//!
//! ```text
//! bytes ──message──▶ parts ──transfer──▶ the bytes of a part ──as a page──▶ blocks
//! ```
//!
//! The first page that the message names is read; where it is but a frame, the pages it names, in order: a workbook's sheets, of which
//! none may be missing, or any others, of which a missing one is told. What is not in the file is not looked for elsewhere.
//!
//! Not here: pages.

mod message;
mod transfer;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeSet;

use luoshi_table::{Locator, SourceBlock};

use super::names::{Attribute, Tag};
use super::parse::Page;
use super::style::Styles;
use super::walk::{Document, Sheet};
use super::{media, own_styles, page, workbook};
use crate::formats::word::findings::Findings;
use crate::{Cause, Input, ReadError, Revisions, limits};
use message::Part;

/// Reads a message into blocks.
///
/// # Errors
/// Where it is damaged, holds no page, or passes a limit.
pub(super) fn read(
    input: &Input<'_>,
    revisions: Revisions,
) -> Result<(Vec<SourceBlock>, Findings), ReadError> {
    let place = Locator::file(&input.name);
    let message = message::parts(input.bytes, &place)?;
    let root =
        message.root().ok_or_else(|| ReadError::at(Cause::MissingPart("text/html".into()), place.clone()))?;
    let mut document = Document::new(place, revisions);
    // Bytes of stylesheets so far: each page may name the same long one.
    let mut styled = 0;
    // A page that is named twice is one, and a frame may be named within itself.
    let mut done = BTreeSet::from([root.0]);
    // The pages that are not read yet, the next one last.
    let mut pages = vec![(root.1, None)];
    while let Some((part, sheet)) = pages.pop() {
        let opened = open(part, input, &mut document)?;
        let Some(frames) = workbook::frames(&opened) else {
            let sheet = sheet.or_else(|| workbook::name_of_single(&opened).filter(|_| done.len() == 1));
            read_page(&opened, part, &message, input, &mut document, sheet, &mut styled)?;
            continue;
        };
        let mut named = Vec::new();
        for (link, sheet) in frames {
            match message.linked(part, &link) {
                Some((number, part)) if done.insert(number) => named.push((part, sheet)),
                Some(_) => {}
                None if sheet.is_some() => return Err(ReadError::new(Cause::MissingPart(link), &input.name)),
                None => document.frame_unread(),
            }
        }
        pages.extend(named.into_iter().rev());
    }
    document.finish()
}

/// The page that a part holds.
fn open(part: &Part<'_>, input: &Input<'_>, document: &mut Document) -> Result<Page, ReadError> {
    let bytes = decoded(part, input)?;
    let (page, found) = page(&Input { name: input.name.clone(), bytes: &bytes }, part.charset.as_deref())?;
    document.tell_all(found);
    Ok(page)
}

fn decoded<'a>(part: &Part<'a>, input: &Input<'_>) -> Result<Cow<'a, [u8]>, ReadError> {
    transfer::decode(part.body, part.encoding)
        .ok_or_else(|| ReadError::new(Cause::Damaged { detail: "base64 of a part".to_owned() }, &input.name))
}

/// Reads a page with the stylesheets that it names and that are in the file.
fn read_page(
    page: &Page,
    part: &Part<'_>,
    message: &message::Message<'_>,
    input: &Input<'_>,
    document: &mut Document,
    sheet: Option<Sheet>,
    styled: &mut u64,
) -> Result<(), ReadError> {
    let tree = &page.tree;
    let mut styles = Styles::default();
    let mut done = BTreeSet::new();
    for id in tree.below(0).filter(|&id| tree.tag(id) == Some(Tag::Link)) {
        let relation = tree.attribute(id, Attribute::Relation).unwrap_or_default();
        let link = tree.attribute(id, Attribute::Link);
        let has = |wanted: &str| relation.split_whitespace().any(|word| word.eq_ignore_ascii_case(wanted));
        let media = tree.attribute(id, Attribute::Media).unwrap_or_default();
        // An alternate one is used where a person chooses it.
        let is_sheet = has("stylesheet") && !has("alternate") && media::is_ours(media);
        let linked = link.filter(|_| is_sheet).and_then(|link| message.linked(part, link));
        if let Some((_, linked)) = linked.filter(|(number, _)| done.insert(*number)) {
            *styled = styled.saturating_add(linked.body.len() as u64);
            if *styled > limits::SHEET_BYTES.get() {
                let limit = limits::SHEET_BYTES.exceeded();
                return Err(ReadError::new(limit, &input.name));
            }
            let bytes = decoded(linked, input)?;
            // Names in a stylesheet are ASCII; what else it holds is not looked at.
            styles.add(&String::from_utf8_lossy(&bytes));
        }
    }
    own_styles(page, &mut styles);
    document.read(page, &styles, sheet)
}
