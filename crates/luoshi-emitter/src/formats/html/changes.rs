//! A page of two periods: every item side by side or in one, filtered by unit, section and kind of change; the lists below.
//!
//! It needs nothing else and asks for nothing: its one script is in it, and its policy forbids any other. Not here: what changed.

use std::collections::HashMap;

use luoshi_model::{Attachment, Change, Item, ItemPair, Mark, ParagraphMarks, ProblemFate, QuestionChange};

use super::{escape, push, table, variables};
use crate::Comparison;
use crate::report::{self, Facets, Sides, change_labels as labels, facets};
use crate::theme::Theme;

const STYLE: &str = include_str!("changes.css");
const SCRIPT: &str = include_str!("changes.js");

/// What the page says beside the lists' own words.
mod words {
    pub(super) const TITLE: &str = "两期落实情况对照";
    pub(super) const UNIT: &str = "单位";
    pub(super) const SECTION: &str = "部分";
    pub(super) const KIND: &str = "变化";
    pub(super) const TEXT: &str = "查找";
    pub(super) const ALL: &str = "全部";
    pub(super) const SIDES: &str = "左右对照";
    pub(super) const ONE: &str = "合并显示";
    pub(super) const RESET: &str = "重置";
    pub(super) const SHOWN: &str = "显示{shown}项，共{all}项";
    pub(super) const ITEMS: &str = "逐项对照";
    pub(super) const CHANGED: &str = "答复有变化";
    pub(super) const UNCHANGED: &str = "答复未变";
    pub(super) const PROBLEM: &str = "问题：";
    pub(super) const CLASS: &str = "类别：";
    pub(super) const NOTHING: &str = "（空）";
}

/// A comparison with what its page asks of it for every item.
struct PageOf<'a> {
    sides: Sides<'a>,
    /// What a person must look at, and what became of its problems, by item.
    watched: HashMap<ItemPair, Vec<&'static str>>,
    problems: HashMap<ItemPair, Vec<ProblemFate>>,
    /// The sections by their ids and by those of their key areas, of either side.
    sections: [HashMap<&'a str, String>; 2],
}

impl<'a> PageOf<'a> {
    fn of(comparison: &Comparison<'a>) -> Self {
        let review = &comparison.changes.review;
        let regressed = review.classes.iter().filter(|one| one.regressed).map(|one| &one.item);
        let all: [(&'static str, Vec<&ItemPair>); 5] = [
            (labels::REGRESSED, regressed.collect()),
            (labels::CARRIED, review.carried.iter().map(|one| &one.item).collect()),
            (labels::LEFTOVER, review.leftovers.iter().map(|one| &one.item).collect()),
            (labels::FELL, review.falls.iter().map(|one| &one.item).collect()),
            (labels::GONE, review.evidence.iter().map(|one| &one.item).collect()),
        ];
        let mut watched: HashMap<ItemPair, Vec<&'static str>> = HashMap::new();
        for (kind, items) in all {
            for item in items {
                let own = watched.entry(item.clone()).or_default();
                if own.last() != Some(&kind) {
                    own.push(kind);
                }
            }
        }
        let mut problems: HashMap<ItemPair, Vec<ProblemFate>> = HashMap::new();
        for problem in &review.problems {
            problems.entry(problem.item.clone()).or_default().push(problem.fate);
        }
        let sections = [comparison.old, comparison.new].map(sections);
        Self { sides: Sides::of(comparison), watched, problems, sections }
    }

    fn comparison(&self) -> &Comparison<'a> {
        &self.sides.comparison
    }

    /// What a person must look at in an item.
    fn watched(&self, facets: &Facets<'_>) -> &[&'static str] {
        self.watched.get(&pair(facets)).map_or(&[], Vec::as_slice)
    }
}

/// The sections of a side by their ids and by those of their key areas, as a line.
fn sections(side: &Attachment) -> HashMap<&str, String> {
    let line = |id: &str| {
        let own = side.sections.iter().find(|section| section.id == id);
        own.map(|section| [section.label.as_str(), &section.title].concat().replace('\n', " "))
    };
    let own = side.sections.iter().filter_map(|section| Some((section.id.as_str(), line(&section.id)?)));
    let focuses = side.focuses.iter();
    let of_focus = focuses.filter_map(|focus| Some((focus.id.as_str(), line(focus.section.as_deref()?)?)));
    // A section and a key area of one id: an item names its key area first.
    own.chain(of_focus).collect()
}

fn pair(facets: &Facets<'_>) -> ItemPair {
    let id = |item: Option<&Item>| item.map(|item| item.id.clone());
    ItemPair { old: id(facets.old), new: id(facets.new) }
}

/// The page.
pub(super) fn to_html(comparison: &Comparison<'_>, theme: &Theme) -> String {
    let page_of = &PageOf::of(comparison);
    let lists = report::lists(&page_of.sides, theme);
    let mut page = String::new();
    page.push_str("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.push_str("<meta name=\"viewport\" content=\"width=device-width\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n");
    push(&mut page, format_args!("<title>{}</title>\n<style>\n", words::TITLE));
    if let Some(list) = lists.first() {
        page.push_str(&variables(&list.value, theme));
    }
    page.push_str(STYLE);
    push(&mut page, format_args!("</style>\n</head>\n<body>\n<h1>{}</h1>\n", words::TITLE));
    if let Some(line) = lists.first().and_then(|list| list.value.above.last()) {
        page.push_str("<p class=\"periods\">");
        escape(&mut page, &line.text);
        page.push_str("</p>\n");
    }
    let all = facets(comparison);
    filters(&mut page, &all, page_of);
    push(&mut page, format_args!("<h2>{}</h2>\n<main>\n", words::ITEMS));
    for (at, facets) in all.iter().enumerate() {
        article(&mut page, facets, at, page_of);
    }
    page.push_str("</main>\n<div class=\"lists\">\n");
    for list in lists.iter().filter(|list| list.value.name != labels::ITEMS) {
        push(&mut page, format_args!("<h2>{}</h2>\n", list.value.name));
        table(&mut page, &list.value);
    }
    push(&mut page, format_args!("</div>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n"));
    page
}

fn filters(page: &mut String, all: &[Facets<'_>], page_of: &PageOf<'_>) {
    page.push_str("<form class=\"filters\">");
    let mut units: Vec<String> = Vec::new();
    let mut kinds: Vec<String> = Vec::new();
    for facets in all {
        let own = [(&mut units, units_of(facets)), (&mut kinds, kinds_of(facets, page_of))];
        for (known, new) in own {
            new.into_iter().for_each(|one| {
                if !known.contains(&one) {
                    known.push(one);
                }
            });
        }
    }
    let mut sections: Vec<String> = Vec::new();
    for section in all.iter().filter_map(|facets| section_of(facets, page_of)) {
        if !sections.contains(&section) {
            sections.push(section);
        }
    }
    for (name, label, options) in
        [("unit", words::UNIT, units), ("section", words::SECTION, sections), ("kind", words::KIND, kinds)]
    {
        push(
            page,
            format_args!("<label>{label}<select name=\"{name}\"><option value=\"\">{}</option>", words::ALL),
        );
        for option in options {
            page.push_str("<option>");
            escape(page, &option);
            page.push_str("</option>");
        }
        page.push_str("</select></label>");
    }
    push(
        page,
        format_args!("<label>{}<input name=\"text\" type=\"search\" size=\"12\"></label>", words::TEXT),
    );
    let views = [("sides", words::SIDES, " checked"), ("one", words::ONE, "")];
    for (value, label, checked) in views {
        push(
            page,
            format_args!(
                "<label><input type=\"radio\" name=\"view\" value=\"{value}\"{checked}>{label}</label>"
            ),
        );
    }
    push(page, format_args!("<button type=\"reset\">{}</button>", words::RESET));
    push(page, format_args!("<output class=\"shown\" data-pattern=\"{}\"></output></form>\n", words::SHOWN));
}

fn units_of(facets: &Facets<'_>) -> Vec<String> {
    let mut units: Vec<String> = Vec::new();
    for unit in [facets.new, facets.old].into_iter().flatten().flat_map(|item| &item.units) {
        if !units.contains(&unit.name) {
            units.push(unit.name.clone());
        }
    }
    units
}

fn section_of(facets: &Facets<'_>, page_of: &PageOf<'_>) -> Option<String> {
    let side = &page_of.sections[usize::from(facets.new.is_some())];
    let item = facets.item()?;
    let id = item.focus.as_ref().or(item.section.as_ref())?;
    side.get(id.as_str()).cloned()
}

/// By what an item can be found: what became of its question, its units and its answers, and what a person must look at.
fn kinds_of(facets: &Facets<'_>, page_of: &PageOf<'_>) -> Vec<String> {
    let renumbered = labels::question(QuestionChange::Renumbered);
    let question = facets.question().into_iter().filter(|kind| *kind != renumbered);
    let mut kinds: Vec<String> = question.map(str::to_owned).collect();
    if !facets.change.units.is_empty() {
        kinds.push(labels::UNIT_CHANGED.to_owned());
    }
    if !facets.change.columns.is_empty() {
        let same = facets.change.columns.iter().all(|column| column.change == Change::Unchanged);
        kinds.push(if same { words::UNCHANGED } else { words::CHANGED }.to_owned());
    }
    kinds.extend(page_of.watched(facets).iter().map(|kind| (*kind).to_owned()));
    for fate in page_of.problems.get(&pair(facets)).into_iter().flatten() {
        let kind = [words::PROBLEM, labels::fate(*fate)].concat();
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    kinds
}

fn article(page: &mut String, facets: &Facets<'_>, at: usize, page_of: &PageOf<'_>) {
    let section = section_of(facets, page_of).unwrap_or_default();
    let units = units_of(facets);
    page.push_str("<article data-units=\"");
    escape(page, &units.join("\t"));
    page.push_str("\" data-section=\"");
    escape(page, &section);
    page.push_str("\" data-kinds=\"");
    escape(page, &kinds_of(facets, page_of).join("\t"));
    page.push_str("\">\n<h3>");
    let number = |item: Option<&Item>| item.map(Item::number_text).unwrap_or_default();
    let numbers = match (number(facets.old), number(facets.new)) {
        (old, new) if old == new || new.is_empty() => old,
        (old, new) if old.is_empty() => new,
        (old, new) => format!("{new}（上期{old}）"),
    };
    escape(page, &numbers);
    page.push(' ');
    match (facets.old, facets.new) {
        (Some(old), Some(new)) if old.matter != new.matter => {
            let lines = |item: &Item| vec![item.matter.clone()];
            inline(page, &(page_of.comparison().marks)(&lines(old), &lines(new)));
        }
        _ => escape(page, facets.item().map_or("", |item| &item.matter)),
    }
    page.push_str("</h3>\n<p class=\"units\">");
    escape(page, &units.join("、"));
    page.push_str("</p>\n");
    badges(page, facets, at, page_of);
    for key in &facets.columns {
        column(page, facets, key, page_of);
    }
    page.push_str("</article>\n");
}

fn badges(page: &mut String, facets: &Facets<'_>, at: usize, page_of: &PageOf<'_>) {
    let plain = facets.question().into_iter().map(|text| (text.to_owned(), "")).collect::<Vec<_>>();
    let units = facets.units().into_iter().map(|text| (text, "")).collect::<Vec<_>>();
    let watched = page_of.watched(facets).iter().map(|text| ((*text).to_owned(), " class=\"watch\""));
    let class = page_of.comparison().changes.review.classes.get(at).and_then(|change| {
        let name =
            |class: &Option<luoshi_model::Classed>| class.as_ref().map(|class| labels::class(class.class));
        let (old, new) = (name(&change.old), name(&change.new));
        match (old, new) {
            (Some(old), Some(new)) if old != new => Some(format!("{old}→{new}")),
            (_, new) => new.map(str::to_owned),
        }
    });
    let class = class.map(|class| [words::CLASS, &class].concat());
    let all: Vec<(String, &str)> =
        plain.into_iter().chain(units).chain(class.map(|text| (text, ""))).chain(watched).collect();
    if all.is_empty() {
        return;
    }
    page.push_str("<ul class=\"badges\">");
    for (text, class) in all {
        push(page, format_args!("<li{class}>"));
        escape(page, &text);
        page.push_str("</li>");
    }
    page.push_str("</ul>\n");
}

/// A column's texts: side by side, and in one.
fn column(page: &mut String, facets: &Facets<'_>, key: &luoshi_model::ColumnKey, page_of: &PageOf<'_>) {
    let sides = &page_of.sides;
    let old = facets.old.map_or_else(Vec::new, |item| sides.old_answer(item, key));
    let new = facets.new.map_or_else(Vec::new, |item| sides.new_answer(item, key));
    let change = facets.column(key);
    if old.is_empty() && new.is_empty() && change.is_none() {
        return;
    }
    page.push_str("<section class=\"column\"><h4>");
    escape(page, &sides.heading(key));
    if let Some(change) = change {
        escape(page, &format!("　{}", labels::change(change.change)));
    }
    page.push_str("</h4>\n<div class=\"sides text\">");
    let marks = if old == new { Vec::new() } else { (sides.comparison.marks)(&old, &new) };
    for (side, lines, is_old) in [(labels::LAST, &old, true), (labels::THIS, &new, false)] {
        push(page, format_args!("<div data-side=\"{side}\">"));
        if lines.is_empty() {
            push(page, format_args!("<p>{}</p>", words::NOTHING));
        } else if marks.is_empty() {
            lines.iter().for_each(|line| paragraph(page, |page| escape(page, line)));
        } else {
            let own = marks.iter().filter(|one| if is_old { one.old.is_some() } else { one.new.is_some() });
            for one in own {
                let shown = |mark: Mark| if is_old { mark.is_old() } else { mark.is_new() };
                paragraph(page, |page| spans(page, one, shown));
            }
        }
        page.push_str("</div>");
    }
    page.push_str("</div>\n<div class=\"inline text\">");
    match marks.is_empty() {
        true => new.iter().for_each(|line| paragraph(page, |page| escape(page, line))),
        false => marks.iter().for_each(|one| paragraph(page, |page| spans(page, one, |_| true))),
    }
    page.push_str("</div></section>\n");
}

fn paragraph(page: &mut String, inside: impl FnOnce(&mut String)) {
    page.push_str("<p>");
    inside(page);
    page.push_str("</p>");
}

fn inline(page: &mut String, marks: &[ParagraphMarks]) {
    marks.iter().for_each(|one| spans(page, one, |_| true));
}

fn spans(page: &mut String, paragraph: &ParagraphMarks, shown: impl Fn(Mark) -> bool) {
    for span in paragraph.spans.iter().filter(|span| shown(span.mark) && !span.text.is_empty()) {
        let (open, close) = match span.mark {
            Mark::Same => ("", ""),
            Mark::Gone => ("<del>", "</del>"),
            Mark::Come => ("<ins>", "</ins>"),
            Mark::MovedFrom => ("<del class=\"moved\">", "</del>"),
            Mark::MovedTo => ("<ins class=\"moved\">", "</ins>"),
        };
        page.push_str(open);
        escape(page, &span.text);
        page.push_str(close);
    }
}
