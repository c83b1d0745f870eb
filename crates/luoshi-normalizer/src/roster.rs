//! Which unit of a catalogue's directory a name means: its usual name, its full one, an alias, or any of them under another
//! place's name (海沧区教育局) or none (教育局). A name that passed from one body to another means the one that had it when the
//! catalogue asks.
//!
//! Not here: taking a cell of several units apart (units), and who answers for a body that has ended (succession).

use std::collections::{BTreeSet, HashMap};

use luoshi_model::Catalogue;

use crate::key::squeeze;
use crate::succession::{day_of, holds};
use crate::vocabulary::UNITS;

/// Characters in which a place's name ends: 海沧区.
const PLACES: [char; 4] = ['区', '市', '县', '省'];

/// Characters of a name below which it is too common to be looked for inside a text.
const TELLING: usize = 3;

/// The names of a directory; values are indexes of its units.
#[derive(Debug, Default)]
pub(crate) struct Roster {
    names: HashMap<String, usize>,
    /// Names without the place before them; none where two units share one.
    cores: HashMap<String, Option<usize>>,
    /// The lengths of names that are looked for inside texts, in bytes.
    lengths: BTreeSet<usize>,
    /// What the catalogue is called; its place stands there, if it says one.
    title: String,
}

impl Roster {
    pub(crate) fn new(catalogue: &Catalogue) -> Self {
        let mut roster = Self { title: squeeze(&catalogue.title), ..Self::default() };
        let day = day_of(catalogue);
        // Names in use on the day first: the first bearer keeps a name.
        for in_use in [true, false] {
            let mut cores: HashMap<String, Option<usize>> = HashMap::new();
            for (unit, known) in catalogue.units.iter().enumerate() {
                let names = known.dated_names().filter(|(_, from, to)| holds(*from, *to, day) == in_use);
                for name in names.map(|(name, ..)| squeeze(name)) {
                    let bearer = *roster.names.entry(name.clone()).or_insert(unit);
                    if !known.collective && bearer == unit {
                        let core = core(&name).to_owned();
                        let same = |other: &mut Option<usize>| *other = other.filter(|other| *other == unit);
                        cores.entry(core).and_modify(same).or_insert(Some(unit));
                    }
                }
            }
            cores.extend(std::mem::take(&mut roster.cores));
            roster.cores = cores;
        }
        let telling = |name: &&String| name.chars().count() >= TELLING;
        roster.lengths =
            roster.names.keys().chain(roster.cores.keys()).filter(telling).map(String::len).collect();
        roster
    }

    /// The unit of exactly this name.
    pub(crate) fn exactly(&self, name: &str) -> Option<usize> {
        self.names.get(&squeeze(name)).copied()
    }

    /// The unit that a name means.
    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        let name = squeeze(name);
        let by_core = |core: &str| self.cores.get(core).copied().flatten();
        let behind_place = || {
            let mut ends = name.char_indices().filter(|(_, c)| PLACES.contains(c));
            ends.find_map(|(at, c)| {
                let end = at + c.len_utf8();
                if !self.is_own_place(&name[..end]) {
                    return None;
                }
                self.names.get(&name[at..]).copied().or_else(|| by_core(&name[end..]))
            })
        };
        // 区财政局国库科 is in 区财政局.
        let with_office = || {
            let is_office = UNITS.offices.iter().any(|ending| name.ends_with(ending.as_str()));
            let inside = |length: &&usize| {
                let (body, office) = (name.get(..**length)?, name.get(**length..)?);
                let known = self.names.get(body).filter(|_| office.chars().count() > 1)?;
                Some(*known)
            };
            is_office.then(|| self.lengths.iter().rev().find_map(|length| inside(&length)))?
        };
        // 市教育局 is not 区教育局; 市场监督管理局 is what is left of 区市场监督管理局.
        let bare = || by_core(&name);
        self.names.get(&name).copied().or_else(bare).or_else(behind_place).or_else(with_office)
    }

    /// Whether a text that ends in a place's name ends in the catalogue's own: 海沧区, not 湖里区. A title without a place says
    /// nothing against any.
    fn is_own_place(&self, text: &str) -> bool {
        let place: Vec<char> = text.chars().rev().take(3).collect();
        let place: String = place.into_iter().rev().collect();
        place.chars().count() == 3 && self.title.contains(&place) || !self.title.contains(PLACES)
    }

    /// Whether a name that was found in a text is the name of another place's unit: 湖里区教育局, 市教育局.
    fn is_foreign(&self, text: &str, from: usize) -> bool {
        let c = text[from..].chars().next().unwrap_or_default();
        let (before, letter, end) = match PLACES.contains(&c) {
            true => (&text[..from], c, from + c.len_utf8()),
            false => match text[..from].chars().next_back().filter(|c| PLACES.contains(c)) {
                Some(letter) => (&text[..from - letter.len_utf8()], letter, from),
                None => return false,
            },
        };
        let is_han = |c: &char| ('\u{4E00}'..='\u{9FFF}').contains(c) && !PLACES.contains(c);
        match before.chars().rev().take_while(is_han).count() {
            // A bureau of the city above, where the name itself has no such letter.
            0 | 1 => letter != c && self.level() != Some(letter),
            _ => {
                let ordinary = UNITS.before_names.iter().any(|word| before.ends_with(word.as_str()));
                !ordinary && !self.is_own_place(&text[..end])
            }
        }
    }

    /// The letter in which the name of the catalogue's own place ends.
    fn level(&self) -> Option<char> {
        let mut letters = self.title.chars().enumerate().filter(|(_, c)| PLACES.contains(c));
        let (first, above) = letters.next()?;
        // 厦门市海沧区
        let below = letters.find(|(at, _)| (3..=4).contains(&(at - first))).map(|(_, letter)| letter);
        Some(below.filter(|_| above == '市' || above == '省').unwrap_or(above))
    }

    /// The units that a text names, in the text's order: of names that overlap the longest.
    pub(crate) fn named_in(&self, text: &str) -> Vec<usize> {
        let text = squeeze(text);
        // A text is short and a directory may be long, so the text's parts are looked up among the names.
        let unit_of = |part: &str| {
            let named = self.names.get(part).copied().or_else(|| self.cores.get(part).copied().flatten());
            named.filter(|_| part.chars().count() >= TELLING)
        };
        let mut found: Vec<(usize, usize, usize)> = Vec::new();
        for (from, _) in text.char_indices() {
            let parts = self.lengths.iter().map(|length| from + length);
            found.extend(parts.filter_map(|to| Some((from, to, unit_of(text.get(from..to)?)?))));
        }
        found.sort_unstable_by_key(|&(from, to, unit)| (from, std::cmp::Reverse(to), unit));
        let mut units: Vec<usize> = Vec::new();
        let mut reached = 0;
        for (from, to, unit) in found {
            if from >= reached {
                reached = to;
                if !units.contains(&unit) && !self.is_foreign(&text, from) {
                    units.push(unit);
                }
            }
        }
        units
    }
}

/// A name without the place or root before it: 教育局 of 区教育局, 宣传部 of 区委宣传部.
fn core(name: &str) -> &str {
    let whole = |rest: &&str| rest.chars().count() > 1;
    let root = UNITS.roots.iter().find_map(|root| name.strip_prefix(root.as_str()).filter(whole));
    root.or_else(|| name.strip_prefix(PLACES).filter(whole)).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use luoshi_model::{Alias, CatalogueUnit};

    fn roster() -> (Roster, Vec<&'static str>) {
        let names = vec![
            "区教育局",
            "区卫计局",
            "区委宣传部",
            "国土分局",
            "区政府办",
            "市民政局",
            "区民政局",
            "各部门",
            "区市场监督管理局",
        ];
        let unit = |name: &&str| CatalogueUnit {
            name: (*name).to_owned(),
            full: (*name == "区卫计局").then(|| "区卫生和计划生育局".to_owned()),
            aliases: if *name == "区卫计局" {
                vec![Alias { name: "区卫生局".to_owned(), ..Alias::default() }]
            } else {
                Vec::new()
            },
            collective: *name == "各部门",
            ..CatalogueUnit::default()
        };
        let json = r#"{"schema":"luoshi.catalogue/1","id":"t","title":"海沧区落实情况表","numbering":"continuous","columns":[],"sections":[],
            "focuses":[],"items":[],"units":[]}"#;
        let mut catalogue = Catalogue::from_json(json.as_bytes()).unwrap();
        catalogue.units = names.iter().map(unit).collect();
        (Roster::new(&catalogue), names)
    }

    #[test]
    fn a_unit_has_many_names() {
        let (roster, names) = roster();
        let cases = [
            ("区教育局", Some("区教育局")),
            ("区 教 育 局", Some("区教育局")),
            ("教育局", Some("区教育局")),
            ("海沧区教育局", Some("区教育局")),
            ("厦门市海沧区教育局", Some("区教育局")),
            ("区卫生和计划生育局", Some("区卫计局")),
            ("海沧区卫生局", Some("区卫计局")),
            ("中共海沧区委宣传部", Some("区委宣传部")),
            ("宣传部", Some("区委宣传部")),
            ("国土分局", Some("国土分局")),
            ("区教育局督导科", Some("区教育局")),
            ("区教育局科", None),
            ("湖里区教育局督导科", None),
            ("区民政局", Some("区民政局")),
            // Two units share what is left without the place.
            ("民政局", None),
            ("市场监督管理局", Some("区市场监督管理局")),
            ("湖里区教育局", None),
            ("厦门市教育局", None),
            ("市教育局", None),
            ("各部门", Some("各部门")),
            ("区水族馆", None),
            ("", None),
        ];
        for (name, expected) in cases {
            assert_eq!(roster.find(name).map(|unit| names[unit]), expected, "{name}");
        }
    }

    #[test]
    fn a_name_that_passed_on_means_who_has_it_when_the_catalogue_asks() {
        let unit = |name: &str, alias: &str, from: &str, to: &str| {
            format!(r#"{{"name":"{name}","aliases":[{{"name":"{alias}","from":"{from}","to":"{to}"}}]}}"#)
        };
        let on = |day: &str| {
            let json = format!(
                r#"{{"schema":"luoshi.catalogue/1","id":"t","title":"t","due":"{day}","numbering":"continuous","columns":[],
                "sections":[],"focuses":[],"items":[],"units":[{},{}]}}"#,
                unit("区文化局", "文体局", "2001-01-01", "2010-12-31"),
                unit("区文旅局", "文体局", "2011-01-01", "2018-12-31"),
            );
            Roster::new(&Catalogue::from_json(json.as_bytes()).unwrap()).find("区文体局")
        };
        assert_eq!((on("2010-06-01"), on("2016-06-01")), (Some(0), Some(1)));
    }

    #[test]
    fn a_text_names_units() {
        let (roster, names) = roster();
        let cases: [(&str, &[&str]); 15] = [
            ("海沧区教育局2016年政务公开落实情况表", &["区教育局"]),
            ("落实情况表（区卫生和计划生育局）", &["区卫计局"]),
            ("教育局、国土分局", &["区教育局", "国土分局"]),
            ("区教育局-区教育局终稿", &["区教育局"]),
            ("2016年区教育局定稿", &["区教育局"]),
            ("湖里区教育局", &[]),
            ("市教育局", &[]),
            ("关于湖里区教育局", &[]),
            ("2016年市教育局", &[]),
            ("2016年区国土分局", &["国土分局"]),
            ("落实情况表区教育局", &["区教育局"]),
            ("报送区教育局", &["区教育局"]),
            ("报送集美区教育局", &[]),
            ("附件1", &[]),
            ("2016年区级部门", &[]),
        ];
        for (text, expected) in cases {
            let found: Vec<&str> = roster.named_in(text).into_iter().map(|unit| names[unit]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
