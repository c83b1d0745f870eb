//! A page of two periods: every item side by side or in one, filtered by unit, section and kind of change; the lists below.
//!
//! It needs nothing else and asks for nothing: its one script is in it, and its policy forbids any other. Not here: what changed.

use luoshi_model::{Change, Item, Mark, ParagraphMarks, QuestionChange};

use super::{escape, push, table, variables};
use crate::Comparison;
use crate::report::{self, Facets, change_labels as labels, facets};
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

/// The page.
pub(super) fn to_html(comparison: &Comparison<'_>, theme: &Theme) -> String {
    let lists = report::changes(comparison, theme);
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
    filters(&mut page, &all, comparison);
    push(&mut page, format_args!("<h2>{}</h2>\n<main>\n", words::ITEMS));
    for (at, facets) in all.iter().enumerate() {
        article(&mut page, facets, at, comparison);
    }
    page.push_str("</main>\n<div class=\"lists\">\n");
    for list in lists.iter().filter(|list| list.value.name != labels::ITEMS) {
        push(&mut page, format_args!("<h2>{}</h2>\n", list.value.name));
        table(&mut page, &list.value);
    }
    push(&mut page, format_args!("</div>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n"));
    page
}

fn filters(page: &mut String, all: &[Facets<'_>], comparison: &Comparison<'_>) {
    page.push_str("<form class=\"filters\">");
    let mut units: Vec<String> = Vec::new();
    let mut kinds: Vec<String> = Vec::new();
    for (at, facets) in all.iter().enumerate() {
        let own = [(&mut units, units_of(facets)), (&mut kinds, kinds_of(facets, at, comparison))];
        for (known, new) in own {
            new.into_iter().for_each(|one| {
                if !known.contains(&one) {
                    known.push(one);
                }
            });
        }
    }
    let mut sections: Vec<String> = Vec::new();
    for section in all.iter().filter_map(|facets| section_of(facets, comparison)) {
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

fn section_of(facets: &Facets<'_>, comparison: &Comparison<'_>) -> Option<String> {
    let side = if facets.new.is_some() { comparison.new } else { comparison.old };
    let item = facets.item()?;
    let focus = side.focuses.iter().find(|focus| Some(&focus.id) == item.focus.as_ref());
    let id = focus.and_then(|focus| focus.section.as_ref()).or(item.section.as_ref())?;
    let section = side.sections.iter().find(|section| section.id == *id)?;
    Some([section.label.as_str(), &section.title].concat().replace('\n', " "))
}

/// By what an item can be found: what became of its question, its units and its answers, and what a person must look at.
fn kinds_of(facets: &Facets<'_>, at: usize, comparison: &Comparison<'_>) -> Vec<String> {
    let review = &comparison.changes.review;
    let question =
        facets.question().into_iter().filter(|kind| *kind != labels::question(QuestionChange::Renumbered));
    let mut kinds: Vec<String> = question.map(str::to_owned).collect();
    if !facets.change.units.is_empty() {
        kinds.push(labels::UNIT_CHANGED.to_owned());
    }
    if !facets.change.columns.is_empty() {
        let same = facets.change.columns.iter().all(|column| column.change == Change::Unchanged);
        kinds.push(if same { words::UNCHANGED } else { words::CHANGED }.to_owned());
    }
    kinds.extend(watched(facets, at, comparison).into_iter().map(str::to_owned));
    let own = |pair: &luoshi_model::ItemPair| is_of(pair, facets);
    let problems = review.problems.iter().filter(|problem| own(&problem.item));
    kinds.extend(problems.map(|problem| [words::PROBLEM, labels::fate(problem.fate)].concat()));
    let mut seen = Vec::new();
    kinds.retain(|kind| {
        let new = !seen.contains(kind);
        seen.push(kind.clone());
        new
    });
    kinds
}

fn is_of(pair: &luoshi_model::ItemPair, facets: &Facets<'_>) -> bool {
    let id = |item: Option<&Item>| item.map(|item| item.id.clone());
    pair.old == id(facets.old) && pair.new == id(facets.new)
}

/// What a person must look at in an item.
fn watched(facets: &Facets<'_>, at: usize, comparison: &Comparison<'_>) -> Vec<&'static str> {
    let review = &comparison.changes.review;
    let own = |pair: &luoshi_model::ItemPair| is_of(pair, facets);
    let of = [
        (labels::REGRESSED, review.classes.get(at).is_some_and(|class| class.regressed)),
        (labels::CARRIED, review.carried.iter().any(|one| own(&one.item))),
        (labels::LEFTOVER, review.leftovers.iter().any(|one| own(&one.item))),
        (labels::FELL, review.falls.iter().any(|one| own(&one.item))),
        (labels::GONE, review.evidence.iter().any(|one| own(&one.item))),
    ];
    of.into_iter().filter(|(_, is)| *is).map(|(kind, _)| kind).collect()
}

fn article(page: &mut String, facets: &Facets<'_>, at: usize, comparison: &Comparison<'_>) {
    let section = section_of(facets, comparison).unwrap_or_default();
    let units = units_of(facets);
    page.push_str("<article data-units=\"");
    escape(page, &units.join("\t"));
    page.push_str("\" data-section=\"");
    escape(page, &section);
    page.push_str("\" data-kinds=\"");
    escape(page, &kinds_of(facets, at, comparison).join("\t"));
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
            inline(page, &(comparison.marks)(&lines(old), &lines(new)));
        }
        _ => escape(page, facets.item().map_or("", |item| &item.matter)),
    }
    page.push_str("</h3>\n<p class=\"units\">");
    escape(page, &units.join("、"));
    page.push_str("</p>\n");
    badges(page, facets, at, comparison);
    for key in &facets.columns {
        column(page, facets, key, comparison);
    }
    page.push_str("</article>\n");
}

fn badges(page: &mut String, facets: &Facets<'_>, at: usize, comparison: &Comparison<'_>) {
    let plain = facets.question().into_iter().map(|text| (text.to_owned(), "")).collect::<Vec<_>>();
    let units = facets.units().into_iter().map(|text| (text, "")).collect::<Vec<_>>();
    let watched =
        watched(facets, at, comparison).into_iter().map(|text| (text.to_owned(), " class=\"watch\""));
    let class = comparison.changes.review.classes.get(at).and_then(|change| {
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
fn column(
    page: &mut String,
    facets: &Facets<'_>,
    key: &luoshi_model::ColumnKey,
    comparison: &Comparison<'_>,
) {
    let text = |item: Option<&Item>, side: &luoshi_model::Attachment| {
        item.map_or_else(Vec::new, |item| report::answer(item, key, side))
    };
    let (old, new) = (text(facets.old, comparison.old), text(facets.new, comparison.new));
    let change = facets.column(key);
    if old.is_empty() && new.is_empty() && change.is_none() {
        return;
    }
    page.push_str("<section class=\"column\"><h4>");
    escape(page, &report::heading(comparison, key));
    if let Some(change) = change {
        escape(page, &format!("　{}", labels::change(change.change)));
    }
    page.push_str("</h4>\n<div class=\"sides text\">");
    let marks = if old == new { Vec::new() } else { (comparison.marks)(&old, &new) };
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
