//! Lists of the walk: which list and level a paragraph has (ODF 1.3 part 3, §5.3).
//!
//! Not here: counting.

use luoshi_table::Diagnostic;
use quick_xml::events::BytesStart;

use super::super::lists::{ListId, ListPlace, Lists, OUTLINE};
use super::super::names::Tag;
use super::super::xml::{attribute, is_on, number};
use super::Walk;
use crate::ReadError;

/// The lists and list items that are open, each with the depth of its element.
#[derive(Debug, Default)]
pub(super) struct OpenLists(Vec<(usize, Open)>);

#[derive(Debug)]
enum Open {
    /// Without a style of its own or of a list around it, the paragraph's style tells it.
    List { list: ListId, style: Option<String>, level: usize },
    /// Only its first paragraph shows the number; a header's shows none.
    Item { is_counted: bool, start: Option<i64>, style: Option<String> },
}

impl OpenLists {
    /// Closes what the element at a depth opened.
    pub(super) fn close(&mut self, depth: usize) {
        self.0.pop_if(|(opened, _)| *opened >= depth);
    }

    fn innermost(&self) -> Option<(ListId, Option<&str>, usize)> {
        self.0.iter().rev().find_map(|(_, open)| match open {
            Open::List { list, style, level } => Some((*list, style.as_deref(), *level)),
            Open::Item { .. } => None,
        })
    }
}

impl Walk<'_, '_> {
    pub(super) fn begin_list(&mut self, start: &BytesStart<'_>, depth: usize) -> Result<(), ReadError> {
        self.count_pieces(1)?;
        let own =
            attribute(start, "style-name").filter(|style| !style.is_empty()).map(|style| style.into_owned());
        let outer =
            self.open_lists.innermost().map(|(list, style, level)| (list, style.map(str::to_owned), level));
        let open = match outer {
            // A list within a list is its next level, unless it has a style of its own.
            Some((list, style, level)) => {
                let level = level.saturating_add(1);
                let is_other = own.is_some() && own != style;
                let list = if is_other { self.lists.open_within(list, level) } else { list };
                Open::List { list, style: own.or(style), level }
            }
            None => {
                let list = self.open_list(start, own.as_deref());
                Open::List { list, style: own, level: 1 }
            }
        };
        self.open_lists.0.push((depth, open));
        Ok(())
    }

    fn open_list(&mut self, start: &BytesStart<'_>, style: Option<&str>) -> ListId {
        let (id, continued) = (attribute(start, "id"), attribute(start, "continue-list"));
        let continues = is_on(start, "continue-numbering");
        self.lists.open(id.as_deref(), style.unwrap_or_default(), continued.as_deref(), continues)
    }

    pub(super) fn begin_item(&mut self, tag: Tag, start: &BytesStart<'_>, depth: usize) {
        let open = Open::Item {
            is_counted: tag == Tag::ListItem,
            start: number(start, "start-value"),
            style: attribute(start, "style-override").map(|style| style.into_owned()),
        };
        self.open_lists.0.push((depth, open));
    }

    /// A paragraph that says itself where in a list it stands (§5.3.6).
    pub(super) fn begin_numbered_paragraph(
        &mut self,
        start: &BytesStart<'_>,
        depth: usize,
    ) -> Result<(), ReadError> {
        self.count_pieces(1)?;
        let style = attribute(start, "style-name").map(|style| style.into_owned());
        let id = attribute(start, "list-id");
        let list = self.lists.open(id.as_deref(), style.as_deref().unwrap_or_default(), id.as_deref(), true);
        let level = number(start, "level").unwrap_or(1);
        self.open_lists.0.push((depth, Open::List { list, style, level }));
        self.begin_item(Tag::ListItem, start, depth);
        Ok(())
    }

    /// The place in a list of the paragraph that begins.
    pub(super) fn list_place(&mut self, tag: Tag, start: &BytesStart<'_>) -> Option<ListPlace> {
        let of_style = attribute(start, "style-name")
            .and_then(|style| self.styles.styles.list_of(&style).map(str::to_owned));
        match self.open_lists.0.last_mut() {
            Some((_, Open::Item { is_counted, start, style })) => {
                if !std::mem::take(is_counted) {
                    return None;
                }
                let (start, own) = (start.take(), style.clone());
                let (list, style, level) = self.open_lists.innermost()?;
                let style = own.or(style.map(str::to_owned)).or(of_style)?;
                Some(ListPlace { list, style, level, start })
            }
            // Between a list and its items there is no paragraph.
            Some(_) => None,
            None if tag == Tag::H => self.outline_place(start, of_style.as_deref()),
            None => None,
        }
    }

    /// A heading outside lists is numbered by its level, unless its style takes it out (§16.34). A style that names another
    /// list brings it only into lists.
    fn outline_place(&self, start: &BytesStart<'_>, of_style: Option<&str>) -> Option<ListPlace> {
        if is_on(start, "is-list-header") || of_style.is_some_and(|style| style != "Outline") {
            return None;
        }
        let restart = is_on(start, "restart-numbering");
        Some(ListPlace {
            list: Lists::OUTLINE,
            style: OUTLINE.to_owned(),
            level: number(start, "outline-level").unwrap_or(1),
            start: number(start, "start-value").or(restart.then_some(1)),
        })
    }

    /// The number of the paragraph that ends: what its list counts, or else what the file says it showed.
    pub(super) fn label(&mut self) -> Option<Box<str>> {
        let said = Some(std::mem::take(&mut self.paragraph.number)).filter(|number| !number.is_empty());
        let counted = self.paragraph.list.take().and_then(|place| self.counted(&place));
        let mut label = counted.or(said.map(|number| (number, "\t")));
        if let Some((text, followed_by)) = &mut label
            && !self.paragraph.text.is_empty()
        {
            text.push_str(followed_by);
        }
        label.map(|(text, _)| text.into())
    }

    fn counted(&mut self, place: &ListPlace) -> Option<(String, &'static str)> {
        let styles = &mut self.styles.styles.lists;
        for format in Lists::take_unknown_formats(styles) {
            let finding = Diagnostic::warning("number-format-unknown", self.part.clone());
            self.findings.add(finding.with("format", format));
        }
        if !styles.has(&place.style) && place.style != OUTLINE {
            if self.undefined_lists.insert(place.style.clone()) {
                let finding = Diagnostic::warning("list-undefined", self.place()).with("list", &place.style);
                self.findings.add(finding);
            }
            return None;
        }
        self.lists.count(place, &self.styles.styles.lists)
    }
}
