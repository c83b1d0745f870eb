//! Web pages (HTML) and pages saved as one file (MHTML), often under the names .xls and .doc: what browsers, Word, Excel and office
//! systems save or export.
//!
//! ```text
//! bytes ──encoding──▶ text ──parse, tree──▶ a flat tree ──walk──▶ lines and tables of cells ──grid, word/table──▶ grids
//!                                           style, media, state: what is shown of it; markers: the numbers of lists
//! mht: the parts of a message ──▶ the bytes of its pages
//! ```
//!
//! What is decided here and not by the file is decided as for docx (see there). Beside that:
//!
//! - The page is read as a browser without programs shows it. Nothing is fetched: a page whose content stands in other files is refused,
//!   a frame within one is told.
//! - A line end in the source is a space, as browsers, Word and LibreOffice take it, between Chinese characters too. `<br>` is a line feed
//!   within `<p>`, `<li>`, a heading and `<pre>`; elsewhere, as in a cell of its own text, it parts paragraphs.
//! - An empty `<p>` is no paragraph, one of `<br>` or of Word's `<o:p>&nbsp;</o:p>` is an empty one. Of a run of `&nbsp;` Word's
//!   `mso-spacerun` and `mso-tab-count` say what it was.
//! - A table that only lays out the page (`role="presentation"`, or few cells around a table of more, no heading and no two texts side
//!   by side) is none: what is in it stands outside tables. A table in a cell of another one is text.
//! - Rows that are hidden are read and told, as in a worksheet; hidden cells and text are told with their text.
//! - Rows stand as they are shown: `<thead>` first, `<tfoot>` last. Spans end with their row group.
//! - `<del>` and `<ins>` are tracked changes; `<s>` is text with a line through it.

mod encoding;
mod grid;
mod markers;
mod media;
mod mht;
mod names;
mod paragraph;
mod parse;
mod state;
mod style;
mod tree;
mod walk;
mod workbook;

#[cfg(test)]
pub(in crate::formats::html) mod tests;

use luoshi_table::{Diagnostic, Locator, Outcome, SourceDocument};

use crate::{Input, Kind, Opened, ReadError, ReadOptions, Reader};
use names::{Attribute, Tag};
use parse::Page;
use style::Styles;
use tree::Id;

/// Web pages.
pub(crate) struct Html;

/// Web pages with what belongs to them in one file.
pub(crate) struct Mht;

impl Reader for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["html", "htm"]
    }

    fn reads(&self, kind: Kind) -> bool {
        kind == Kind::Html
    }

    fn read(&self, opened: Opened<'_>, options: &ReadOptions) -> Result<Outcome<SourceDocument>, ReadError> {
        let (file, bytes) = opened.into_bytes()?;
        let place = Locator::file(&file);
        let (page, found) = page(&Input { name: file.clone(), bytes }, None)?;
        let mut styles = Styles::default();
        own_styles(&page, &mut styles);
        let mut document = walk::Document::new(place.clone(), options.revisions);
        document.tell_all(found);
        document.read(&page, &styles, workbook::name_of_single(&page))?;
        let (blocks, findings) = document.finish()?;
        let document = SourceDocument { file, format: self.name(), has_spans: true, blocks };
        Ok(Outcome::new(document, findings.finish(place)))
    }
}

impl Reader for Mht {
    fn name(&self) -> &'static str {
        "mht"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["mht", "mhtml"]
    }

    fn reads(&self, kind: Kind) -> bool {
        kind == Kind::Mht
    }

    fn read(&self, opened: Opened<'_>, options: &ReadOptions) -> Result<Outcome<SourceDocument>, ReadError> {
        let (file, bytes) = opened.into_bytes()?;
        let (blocks, findings) = mht::read(&Input { name: file.clone(), bytes }, options.revisions)?;
        let findings = findings.finish(Locator::file(&file));
        let document = SourceDocument { file, format: self.name(), has_spans: true, blocks };
        Ok(Outcome::new(document, findings))
    }
}

/// A page from its bytes, and what was found in decoding them.
fn page(input: &Input<'_>, charset: Option<&str>) -> Result<(Page, Vec<Diagnostic>), ReadError> {
    let Outcome { value: text, diagnostics } = encoding::decode(input, charset)?;
    // Of two byte order marks one is left.
    let text = text.trim_start_matches('\u{FEFF}');
    Ok((parse::parse(text, &Locator::file(&input.name))?, diagnostics))
}

/// Adds the stylesheets that stand in the page.
fn own_styles(page: &Page, styles: &mut Styles) {
    let tree = &page.tree;
    let is_ours = |&id: &Id| media::is_ours(tree.attribute(id, Attribute::Media).unwrap_or_default());
    for id in tree.below(0).filter(|&id| tree.tag(id) == Some(Tag::Style)).filter(is_ours) {
        styles.add(&tree.text(id));
    }
}
