//! The sheets that a page of Excel names: in a comment of its own XML, or as the frames of the page.
//!
//! Not here: where their pages stand.

use super::names::{Attribute, Tag};
use super::parse::Page;
use super::walk::Sheet;
use crate::limits;

/// Addresses of the pages of sheets in their order, each with its name where there is one; of frames that hold a page. None where the
/// page itself is the content.
pub(super) fn frames(page: &Page) -> Option<Vec<(String, Option<Sheet>)>> {
    let tree = &page.tree;
    tree.children(0).flat_map(|html| tree.children(html)).find(|&id| tree.tag(id) == Some(Tag::Frameset))?;
    let named: Vec<_> =
        named(page).into_iter().filter_map(|(sheet, link)| Some((link?, Some(sheet)))).collect();
    if !named.is_empty() {
        return Some(named);
    }
    let frames = tree.below(0).filter(|&id| tree.tag(id) == Some(Tag::Frame));
    let links = frames.filter_map(|id| tree.attribute(id, Attribute::Source)).filter(|link| !is_blank(link));
    Some(links.take(limits::SHEETS.size()).map(|link| (link.to_owned(), None)).collect())
}

/// Whether an address is that of no page.
pub(super) fn is_blank(link: &str) -> bool {
    let page = link.trim().split(['#', '?']).next().unwrap_or_default();
    page.is_empty() || page.eq_ignore_ascii_case("about:blank")
}

/// The sheet that a page is, where it is one that names itself alone.
pub(super) fn name_of_single(page: &Page) -> Option<Sheet> {
    let mut named = named(page).into_iter();
    named.next().filter(|_| named.next().is_none()).map(|(sheet, _)| sheet)
}

/// What Excel writes of its sheets, each with the address of its page.
fn named(page: &Page) -> Vec<(Sheet, Option<String>)> {
    let Some(workbook) = &page.workbook else { return Vec::new() };
    let sheets = workbook.split("<x:ExcelWorksheet>").skip(1).take(limits::SHEETS.size());
    sheets
        .filter_map(|sheet| {
            let name = element(sheet, "x:Name")?;
            let is_hidden =
                element(sheet, "x:Visible").is_some_and(|visible| visible.trim() != "SheetVisible");
            let link = sheet.split_once("<x:WorksheetSource").and_then(|(_, source)| {
                let (_, value) = source.split_once('>').map_or(source, |(tag, _)| tag).split_once("HRef=")?;
                let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
                value.get(1..)?.split(quote).next().map(unescaped)
            });
            Some((Sheet { name: unescaped(name), is_hidden }, link))
        })
        .collect()
}

fn element<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let (_, behind) = text.split_once(&format!("<{name}>"))?;
    behind.split("</").next()
}

fn unescaped(text: &str) -> String {
    quick_xml::escape::unescape(text.trim()).map_or_else(|_| text.trim().to_owned(), |text| text.into_owned())
}
