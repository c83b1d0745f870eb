//! What styles say of text: whether it is shown, which white space counts, which numbers a list shows, which font it is in (CSS 2.2;
//! CSS Text 3, §3; CSS Lists 3; Word's own properties that begin with `mso-`).
//!
//! Selectors of one element, class or id are obeyed, and the style attribute. Not here: everything else of CSS; which media a style is
//! for; what an element means by itself.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::markers::Marker;
use super::media;

/// Characters of a style that are looked at for one element. Word writes two hundred.
const DECLARATIONS: usize = 16 << 10;

/// Classes of one element that are looked up. Pages give a handful.
const CLASSES: usize = 16;

/// The properties that are obeyed. Most of a style is others.
const PROPERTIES: [&str; 16] = [
    "display",
    "visibility",
    "white-space",
    "white-space-collapse",
    "list-style",
    "list-style-type",
    "font",
    "font-family",
    "text-decoration",
    "text-decoration-line",
    "vertical-align",
    "mso-hide",
    "mso-list",
    "mso-tab-count",
    "mso-spacerun",
    "mso-element",
];

/// Fonts whose characters are not what their codes say.
const SYMBOL_FONTS: [&str; 6] = ["Wingdings", "Wingdings 2", "Wingdings 3", "Webdings", "Symbol", "MT Extra"];

/// What becomes of white space.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum WhiteSpace {
    /// A run of it is one space.
    #[default]
    Collapse,
    /// It is shown as it stands.
    Keep,
    /// Line ends are shown, else a run is one space.
    KeepLines,
}

/// A part of a page that Word keeps apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Footnote,
    Endnote,
    Comment,
    /// What is repeated on each page.
    Margin,
}

/// What the styles of an element say; nothing is said by `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    /// It takes no place on the page.
    pub(super) is_absent: Option<bool>,
    /// It parts paragraphs though its element does not.
    pub(super) is_block: bool,
    /// It takes its place and is not seen.
    pub(super) is_invisible: Option<bool>,
    pub(super) white_space: Option<WhiteSpace>,
    pub(super) marker: Option<Marker>,
    /// The symbol font, or an ordinary one.
    pub(super) font: Option<Option<&'static str>>,
    pub(super) is_struck: Option<bool>,
    pub(super) is_raised: Option<bool>,
    /// The number or bullet that Word shows before a paragraph (`mso-list:Ignore`).
    pub(super) is_label: bool,
    /// So many tabs (`mso-tab-count`).
    pub(super) tabs: Option<u32>,
    /// Its spaces count (`mso-spacerun`).
    pub(super) keeps_spaces: bool,
    pub(super) part: Option<Part>,
}

impl Look {
    /// What another one says on top of this one.
    fn add(&mut self, other: &Self) {
        fn or<T: Clone>(own: &mut Option<T>, other: &Option<T>) {
            if other.is_some() {
                own.clone_from(other);
            }
        }
        or(&mut self.is_absent, &other.is_absent);
        or(&mut self.is_invisible, &other.is_invisible);
        or(&mut self.white_space, &other.white_space);
        or(&mut self.marker, &other.marker);
        or(&mut self.font, &other.font);
        or(&mut self.is_struck, &other.is_struck);
        or(&mut self.is_raised, &other.is_raised);
        or(&mut self.tabs, &other.tabs);
        or(&mut self.part, &other.part);
        self.is_label |= other.is_label;
        self.is_block = if other.is_absent.is_some() { other.is_block } else { self.is_block };
        self.keeps_spaces |= other.keeps_spaces;
    }

    /// Adds the declarations of a style.
    fn declare(&mut self, declarations: &str) {
        for (property, value) in known(declarations) {
            self.say(PROPERTIES[property], value);
        }
    }

    fn say(&mut self, name: &str, value: &str) {
        let lower = value.to_ascii_lowercase();
        match name {
            "display" => {
                self.is_absent = Some(lower == "none");
                let block = ["block", "flex", "grid", "list-item", "table", "flow-root"];
                self.is_block = block.contains(&lower.as_str());
            }
            "visibility" => self.is_invisible = Some(matches!(lower.as_str(), "hidden" | "collapse")),
            "mso-hide" => self.is_invisible = Some(lower == "all"),
            "white-space" | "white-space-collapse" => {
                self.white_space = Some(match lower.as_str() {
                    "pre" | "pre-wrap" | "break-spaces" | "preserve" => WhiteSpace::Keep,
                    "pre-line" | "preserve-breaks" => WhiteSpace::KeepLines,
                    _ => WhiteSpace::Collapse,
                });
            }
            "list-style-type" => self.marker = Marker::of_style(value).or(self.marker.take()),
            "list-style" => {
                let parts = split(value, ' ').filter(|part| !part.is_empty());
                let marker = parts.filter_map(Marker::of_style).last();
                self.marker = marker.or(self.marker.take());
            }
            "font-family" => self.font = Some(symbol_font(value)),
            // The size comes before the family, and is no name of a font.
            "font" => {
                let quoted = value.split(['"', '\'']).nth(1);
                let family = quoted.or(value.split_once(' ').map(|(_, family)| family)).unwrap_or(value);
                self.font = Some(symbol_font(family));
            }
            "text-decoration" | "text-decoration-line" => {
                self.is_struck = Some(lower.split_whitespace().any(|part| part == "line-through"));
            }
            "vertical-align" => self.is_raised = Some(lower == "super"),
            "mso-list" => self.is_label = lower == "ignore",
            "mso-tab-count" => {
                let count = lower.split_whitespace().next().and_then(|count| count.parse().ok());
                self.tabs = Some(count.unwrap_or(1));
            }
            "mso-spacerun" => self.keeps_spaces = lower == "yes",
            "mso-element" => {
                self.part = match lower.as_str() {
                    "footnote" => Some(Part::Footnote),
                    "endnote" => Some(Part::Endnote),
                    "comment" => Some(Part::Comment),
                    "header" | "footer" | "footnote-separator" | "footnote-continuation-separator" => {
                        Some(Part::Margin)
                    }
                    _ => None,
                };
            }
            _ => {}
        }
    }
}

/// The declarations of properties that are obeyed, each with the number of its property.
fn known(declarations: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut end = declarations.len().min(DECLARATIONS);
    while !declarations.is_char_boundary(end) {
        end -= 1;
    }
    split(&declarations[..end], ';').filter_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        let name = name.trim();
        let property = PROPERTIES.iter().position(|known| known.eq_ignore_ascii_case(name))?;
        Some((property, value.split('!').next().unwrap_or_default().trim()))
    })
}

/// The symbol font that is first in a list of fonts.
pub(super) fn symbol_font(family: &str) -> Option<&'static str> {
    let first =
        family.split(',').next()?.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
    SYMBOL_FONTS.into_iter().find(|font| font.eq_ignore_ascii_case(first))
}

/// A rule of a stylesheet.
#[derive(Debug)]
struct Rule {
    /// Its number in the order of the page.
    order: usize,
    /// A bit for each property that it declares.
    properties: u32,
    look: Look,
}

/// The rules of a page.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// By their selectors, in their order.
    rules: BTreeMap<String, Vec<Rc<Rule>>>,
    count: usize,
}

impl Styles {
    /// Adds the rules of a stylesheet (CSS Syntax 3, §5). Rules for other media are passed over with their blocks.
    pub(super) fn add(&mut self, sheet: &str) {
        let sheet = without_comments(sheet);
        let mut rest = sheet.as_str();
        while let Some(open) = rest.find(['{', ';', '}']) {
            let (before, after) = rest.split_at(open);
            let prelude = before.trim_start_matches(|c: char| c.is_whitespace() || "<!->".contains(c));
            if !after.starts_with('{') {
                rest = &after[1..];
                continue;
            }
            let is_at_rule = prelude.starts_with('@');
            let is_shown = !is_at_rule || is_for_screen(prelude);
            if is_at_rule && is_shown {
                // Its rules are read as if they stood outside; its end is a brace too many.
                rest = &after[1..];
                continue;
            }
            let (block, behind) = block(after);
            rest = behind;
            if !is_at_rule {
                self.rule(prelude, block);
            }
        }
    }

    fn rule(&mut self, selectors: &str, declarations: &str) {
        let (mut look, mut properties) = (Look::default(), 0);
        for (property, value) in known(declarations) {
            let mut said = Look::default();
            said.say(PROPERTIES[property], value);
            if said != Look::default() {
                properties |= 1 << property;
                look.add(&said);
            }
        }
        if properties == 0 {
            return;
        }
        self.count += 1;
        let rule = Rc::new(Rule { order: self.count, properties, look });
        for selector in selectors.split(',').map(str::trim).filter(|selector| is_simple(selector)) {
            // Names of elements and classes are compared without case, as browsers do in pages without a document type.
            let rules = self.rules.entry(selector.to_ascii_lowercase()).or_default();
            rules.push(Rc::clone(&rule));
            // A rule of which later ones say everything is none; so one selector has no more rules than there are properties.
            let mut said = 0;
            let mut from_last = rules.len();
            while from_last > 0 {
                from_last -= 1;
                let own = rules[from_last].properties;
                if own & !said == 0 {
                    rules.remove(from_last);
                }
                said |= own;
            }
        }
    }

    /// What is said of an element of this name, class and id, with this style of its own. The more special selector holds, of two alike
    /// the later one (CSS 2.2, §6.4.1).
    pub(super) fn look(&self, name: &str, class: Option<&str>, id: Option<&str>, own: Option<&str>) -> Look {
        let mut look = Look::default();
        if !self.rules.is_empty() {
            let mut found: Vec<(u8, &Rule)> = Vec::new();
            let mut find = |weight, key: &str| {
                let rules = self.rules.get(key).into_iter().flatten();
                found.extend(rules.map(|rule| (weight, &**rule)));
            };
            let mut key = name.to_owned();
            find(0, &key);
            for class in class.unwrap_or_default().split_whitespace().take(CLASSES) {
                key.truncate(name.len());
                key.push('.');
                key.push_str(&class.to_ascii_lowercase());
                find(1, key.get(name.len()..).unwrap_or_default());
                find(2, &key);
            }
            if let Some(id) = id {
                find(3, &format!("#{}", id.to_ascii_lowercase()));
            }
            found.sort_by_key(|(weight, rule)| (*weight, rule.order));
            found.iter().for_each(|(_, rule)| look.add(&rule.look));
        }
        if let Some(own) = own {
            look.declare(own);
        }
        look
    }
}

/// Whether the rules in a block of this kind hold here.
fn is_for_screen(prelude: &str) -> bool {
    let lower = prelude.to_ascii_lowercase();
    lower.strip_prefix("@media").map_or_else(|| lower.starts_with("@layer"), media::is_ours)
}

/// Whether a selector is an element, a class, an id, or an element with a class.
fn is_simple(selector: &str) -> bool {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '\\' | ':');
    let (head, tail) = match selector.find(['.', '#']) {
        Some(at) => (&selector[..at], &selector[at + 1..]),
        None => (selector, ""),
    };
    // `o\:p` is an element of another name space, `a:hover` a state.
    let is_state = |name: &str| name.contains(':') && !name.contains("\\:");
    !selector.is_empty() && head.chars().all(is_name) && tail.chars().all(is_name) && !is_state(selector)
}

/// A block in braces, and what is behind it. One that never ends goes on to the end.
fn block(text: &str) -> (&str, &str) {
    let mut depth = 0_usize;
    for (at, brace) in text.match_indices(['{', '}']) {
        depth = if brace == "{" { depth + 1 } else { depth.saturating_sub(1) };
        if depth == 0 {
            return (text.get(1..at).unwrap_or_default(), &text[at + 1..]);
        }
    }
    (text.get(1..).unwrap_or_default(), "")
}

fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    kept + rest
}

/// The pieces between separators that stand in no quotation marks or brackets.
fn split(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let mut quote = None;
    let mut depth = 0_usize;
    text.split(move |c: char| {
        match (c, quote) {
            (c, Some(open)) if c == open => quote = None,
            (_, Some(_)) => {}
            ('"' | '\'', None) => quote = Some(c),
            ('(', None) => depth += 1,
            (')', None) => depth = depth.saturating_sub(1),
            _ => return c == separator && depth == 0,
        }
        false
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(style: &str) -> Look {
        Styles::default().look("td", None, None, Some(style))
    }

    #[test]
    fn a_style_attribute_is_split_where_nothing_is_quoted() {
        let look = own(
            "font-family:\"a;b\", x; DISPLAY : none !important;white-space:pre-wrap;x:url(a;display:block)",
        );
        assert_eq!(
            (look.is_absent, look.white_space, look.font),
            (Some(true), Some(WhiteSpace::Keep), Some(None))
        );
        assert_eq!(own("font-family:\"Wingdings 2\",serif").font, Some(Some("Wingdings 2")));
        assert_eq!(own("font:7.0pt \"Times New Roman\"").font, Some(None));
        assert_eq!(own("font:10pt Symbol").font, Some(Some("Symbol")));
        assert_eq!(own("text-decoration:underline line-through").is_struck, Some(true));
        assert!(own("mso-list:Ignore").is_label && !own("mso-list:l0 level1 lfo1").is_label);
    }

    #[test]
    fn rules_go_by_element_class_and_id_and_the_more_special_one_holds() {
        let mut styles = Styles::default();
        styles.add(
            "<!-- /* a { } */ @font-face {font-family:x} td {display:none}\n.b, p.c {white-space:pre} #d{display:block}
             @media print { .e {display:none} } @page x {a {b}} @media screen { .f {display:none} } td .g {display:none} -->",
        );
        let look = |name: &str, class, id| styles.look(name, class, id, None);
        assert_eq!(look("td", None, None).is_absent, Some(true));
        assert_eq!(look("td", None, Some("D")).is_absent, Some(false));
        assert_eq!(look("p", Some("x c"), None).white_space, Some(WhiteSpace::Keep));
        assert_eq!(look("div", Some("c"), None).white_space, None);
        assert_eq!(look("div", Some("B"), None).white_space, Some(WhiteSpace::Keep));
        assert_eq!(look("div", Some("e g"), None).is_absent, None);
        assert_eq!(look("div", Some("f"), None).is_absent, Some(true));
    }

    #[test]
    fn of_rules_alike_the_later_one_holds_whatever_the_attribute_names_first() {
        let mut styles = Styles::default();
        styles.add(".h{display:none;white-space:pre} .s{display:table-cell} td.e{display:none} .t,td.t{visibility:hidden}");
        let look = |class| styles.look("td", Some(class), None, None);
        for class in ["h s", "s h"] {
            assert_eq!(look(class).is_absent, Some(false), "{class}");
            assert_eq!(look(class).white_space, Some(WhiteSpace::Keep), "{class}");
        }
        assert_eq!(look("e s").is_absent, Some(true));
        // A selector that is repeated adds to what it said.
        styles.add(".h{visibility:hidden} .h{display:none} .t{visibility:visible}");
        assert_eq!(styles.rules[".h"].len(), 3);
        let look = |class| styles.look("td", Some(class), None, None);
        let again = look("h s");
        assert_eq!(
            (again.is_absent, again.is_invisible, again.white_space),
            (Some(true), Some(true), Some(WhiteSpace::Keep))
        );
        assert_eq!(look("t").is_invisible, Some(true));
        styles.add(&".h{display:block;visibility:visible}".repeat(100));
        assert_eq!(styles.rules[".h"].len(), 2);
    }

    #[test]
    fn rules_for_other_media_hide_nothing() {
        let mut styles = Styles::default();
        styles.add(
            "@media screen and (max-width:600px){.a{display:none}} @media not screen{.a{display:none}}
             @media (min-width:600px){.b{display:none}}",
        );
        let look = |class| styles.look("td", Some(class), None, None).is_absent;
        assert_eq!((look("a"), look("b")), (None, Some(true)));
    }
}
