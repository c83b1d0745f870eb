//! Which question of the last period is which of this one: by what a person said, by id, by the same words, by likeness.
//!
//! The same serves sections, focuses and items: each has an id, words and a place. Not here: what changed between two that are
//! tied.

use std::collections::{HashMap, HashSet, VecDeque};

use luoshi_model::{TiedBy, Unit};
use luoshi_normalizer::{DIGEST_PREFIX, key, likeness};

use super::assignment;

/// Similarity from which two questions in other words are one. Two of the 66 that are not are at most 0.75 alike (推进教育信息公开,
/// 推进医疗信息公开).
const ALIKE: f64 = 0.78;

/// Similarity from which two questions may be one, for a person to say.
const LIKE: f64 = 0.5;

/// What standing in the same part adds to a likeness: enough to choose between two alike, not to make two of them alike.
const SAME_PART: f64 = 0.05;

/// Characters in a row by which questions that may be alike find each other.
const GRAM: usize = 2;

/// The most partners that a question is compared with, those that share the most of its rarest grams.
const PARTNERS: usize = 12;

/// A question, a section or a focus.
#[derive(Clone, Copy, Debug)]
pub struct Named<'a> {
    /// Its id.
    pub id: &'a str,
    /// What it asks, or its title.
    pub words: &'a str,
    /// The part that it stands in, by anything that is the same in both periods; empty where it stands in none.
    pub part: &'a str,
    /// Of whom it is asked: the same question may be asked of several, each in a row.
    pub units: &'a [Unit],
}

impl Named<'_> {
    /// Whether its id says which question it is. One that was made of its words says no more than they do, and counts those that ask
    /// the same: a row more above would shift them all.
    fn has_own_id(&self) -> bool {
        !self.id.is_empty() && !self.id.starts_with(DIGEST_PREFIX)
    }

    fn who(&self) -> String {
        self.units.iter().map(|unit| unit.name.as_str()).collect::<Vec<_>>().join("、")
    }
}

/// What is known of a pair of questions, by their ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known<'a> {
    /// The old one's.
    pub old: &'a str,
    /// The new one's.
    pub new: &'a str,
    /// Whether they are one.
    pub same: bool,
}

/// Two that are one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tie {
    /// Its index in the old ones.
    pub old: usize,
    /// Its index in the new ones.
    pub new: usize,
    /// How they were tied.
    pub by: TiedBy,
    /// How alike their words are, from 0 to 1.
    pub score: f64,
}

/// What was tied, and what a person may tie.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ties {
    /// Those that are one, in the order of the old ones, each at most once.
    pub tied: Vec<Tie>,
    /// Of the rest those that may be one, each at most once.
    pub proposed: Vec<Tie>,
}

/// Ties the old ones to the new ones. `links` are the pairs of which a person or a catalogue has said whether they are one.
pub fn tie(old: &[Named<'_>], new: &[Named<'_>], links: &[Known<'_>]) -> Ties {
    // Of ties that are as good one is chosen; whichever side is called the old one, it is the same.
    if old.iter().map(|one| one.words).gt(new.iter().map(|one| one.words)) {
        let links: Vec<_> =
            links.iter().map(|link| Known { old: link.new, new: link.old, same: link.same }).collect();
        let mut ties = one_way(new, old, &links);
        for tie in ties.tied.iter_mut().chain(&mut ties.proposed) {
            std::mem::swap(&mut tie.old, &mut tie.new);
        }
        ties.tied.sort_unstable_by_key(|tie| tie.old);
        ties.proposed.sort_unstable_by_key(|tie| tie.old);
        return ties;
    }
    one_way(old, new, links)
}

fn one_way(old: &[Named<'_>], new: &[Named<'_>], links: &[Known<'_>]) -> Ties {
    let mut free = Free {
        old: vec![true; old.len()],
        new: vec![true; new.len()],
        apart: HashSet::new(),
        ties: Vec::new(),
    };
    let score = |i: usize, j: usize| match old[i].words == new[j].words {
        true => 1.0,
        false => likeness(&key(old[i].words), &key(new[j].words)),
    };
    let (old_ids, new_ids) = (by_first(old.iter().map(|one| one.id)), by_first(new.iter().map(|one| one.id)));
    for link in links {
        // An id that is in neither period links nothing.
        let (Some(&i), Some(&j)) = (old_ids.get(link.old), new_ids.get(link.new)) else { continue };
        if !link.same {
            free.apart.insert((i, j));
        } else if free.old[i] && free.new[j] {
            free.tie(i, j, TiedBy::Link, score(i, j));
        }
    }
    for (i, one) in old.iter().enumerate() {
        if let Some(&j) = new_ids.get(one.id).filter(|&&j| one.has_own_id() && free.may_tie(i, j)) {
            free.tie(i, j, TiedBy::Id, score(i, j));
        }
    }
    by_words(old, new, &mut free);
    let proposed = by_likeness(old, new, &mut free);
    free.ties.sort_unstable_by_key(|tie| tie.old);
    Ties { tied: free.ties, proposed }
}

/// What is not tied yet.
struct Free {
    old: Vec<bool>,
    new: Vec<bool>,
    /// Pairs that are not one.
    apart: HashSet<(usize, usize)>,
    ties: Vec<Tie>,
}

impl Free {
    fn may_tie(&self, old: usize, new: usize) -> bool {
        self.old[old] && self.new[new] && !self.apart.contains(&(old, new))
    }

    fn tie(&mut self, old: usize, new: usize, by: TiedBy, score: f64) {
        (self.old[old], self.new[new]) = (false, false);
        self.ties.push(Tie { old, new, by, score });
    }
}

fn by_first<'a>(ids: impl Iterator<Item = &'a str>) -> HashMap<&'a str, usize> {
    let mut by_id = HashMap::new();
    ids.enumerate().for_each(|(at, id)| {
        by_id.entry(id).or_insert(at);
    });
    by_id
}

/// Ties the same words: in the same part and asked of the same first, then of the same, then in the same part; of several, the first
/// to the first.
fn by_words(old: &[Named<'_>], new: &[Named<'_>], free: &mut Free) {
    for (in_part, of_same) in [(true, true), (false, true), (true, false), (false, false)] {
        let of = |one: &Named<'_>| {
            let part = if in_part { key(one.part) } else { String::new() };
            (key(one.words), part, if of_same { one.who() } else { String::new() })
        };
        let mut waiting: HashMap<(String, String, String), VecDeque<usize>> = HashMap::new();
        for (j, other) in new.iter().enumerate().filter(|(j, _)| free.new[*j]) {
            waiting.entry(of(other)).or_default().push_back(j);
        }
        for (i, one) in old.iter().enumerate() {
            if !free.old[i] {
                continue;
            }
            let own = of(one);
            if own.0.is_empty() {
                continue;
            }
            let Some(alike) = waiting.get_mut(&own) else { continue };
            if let Some(j) = alike.iter().position(|&j| free.may_tie(i, j)).and_then(|at| alike.remove(at)) {
                free.tie(i, j, TiedBy::Words, 1.0);
            }
        }
    }
}

/// Ties what is left by the best assignment of likenesses. Only those that share rare grams are compared, so that the work grows
/// with what changed and not with all pairs.
fn by_likeness(old: &[Named<'_>], new: &[Named<'_>], free: &mut Free) -> Vec<Tie> {
    let left = |named: &[Named<'_>], free: &[bool]| -> Vec<(usize, String)> {
        let open = named.iter().enumerate().filter(|(at, _)| free[*at]);
        open.map(|(at, one)| (at, key(one.words))).filter(|(_, key)| !key.is_empty()).collect()
    };
    let (olds, news) = (left(old, &free.old), left(new, &free.new));
    let mut holders: HashMap<Vec<char>, Vec<usize>> = HashMap::new();
    for (at, (_, key)) in news.iter().enumerate() {
        for gram in grams(key) {
            holders.entry(gram).or_default().push(at);
        }
    }
    let mut scores: Vec<Vec<(usize, f64)>> = Vec::with_capacity(olds.len());
    for (i, key) in &olds {
        let mut shared: HashMap<usize, f64> = HashMap::new();
        for gram in grams(key) {
            let held = holders.get(&gram).map_or(&[][..], Vec::as_slice);
            // A gram that many have tells little, and would bring all pairs together.
            if held.len() <= MANY {
                held.iter().for_each(|at| *shared.entry(*at).or_default() += 1.0 / held.len() as f64);
            }
        }
        let mut partners: Vec<(usize, f64)> = shared.into_iter().collect();
        partners.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        partners.truncate(PARTNERS);
        let alike = |(at, _): (usize, f64)| {
            let (j, other) = &news[at];
            let alike = likeness(key, other);
            let same_part = !old[*i].part.is_empty() && key_eq(old[*i].part, new[*j].part);
            (alike >= LIKE && free.may_tie(*i, *j))
                .then_some((at, alike + if same_part { SAME_PART } else { 0.0 }))
        };
        scores.push(partners.into_iter().filter_map(alike).collect());
    }
    let mut proposed = Vec::new();
    for (rows, columns) in components(&scores, news.len()) {
        let place: HashMap<usize, usize> =
            columns.iter().enumerate().map(|(at, column)| (*column, at)).collect();
        let own = |row: &usize| scores[*row].iter().map(|(column, score)| (place[column], *score)).collect();
        let own: Vec<Vec<(usize, f64)>> = rows.iter().map(own).collect();
        for (row, column) in pairs(&own, columns.len()) {
            let (i, j) = (olds[rows[row]].0, news[columns[column]].0);
            let alike = likeness(&olds[rows[row]].1, &news[columns[column]].1);
            match alike >= ALIKE {
                true => free.tie(i, j, TiedBy::Likeness, alike),
                false => proposed.push(Tie { old: i, new: j, by: TiedBy::Likeness, score: alike }),
            }
        }
    }
    proposed.sort_unstable_by_key(|tie| tie.old);
    proposed
}

/// Pairs of one component. Beyond this size the best assignment takes longer than it is worth: then the most alike are tied first.
const LARGE: usize = 200;

fn pairs(scores: &[Vec<(usize, f64)>], columns: usize) -> Vec<(usize, usize)> {
    if scores.len().max(columns) <= LARGE {
        let dense = |own: &Vec<(usize, f64)>| {
            let mut dense = vec![0.0; columns];
            own.iter().for_each(|(column, score)| dense[*column] = *score);
            dense
        };
        return assignment::best(&scores.iter().map(dense).collect::<Vec<_>>());
    }
    let mut all: Vec<(f64, usize, usize)> = Vec::new();
    for (row, own) in scores.iter().enumerate() {
        all.extend(own.iter().map(|(column, score)| (*score, row, *column)));
    }
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut rows, mut columns) = (HashSet::new(), HashSet::new());
    let free = all.into_iter().filter(|(_, row, column)| {
        let free = !rows.contains(row) && !columns.contains(column);
        if free {
            rows.insert(*row);
            columns.insert(*column);
        }
        free
    });
    free.map(|(_, row, column)| (row, column)).collect()
}

/// Questions that share a gram beyond which it tells nothing.
const MANY: usize = 200;

fn key_eq(one: &str, other: &str) -> bool {
    key(one) == key(other)
}

fn grams(key: &str) -> Vec<Vec<char>> {
    let chars: Vec<char> = key.chars().collect();
    let mut grams: Vec<Vec<char>> =
        chars.windows(GRAM.min(chars.len().max(1))).map(<[char]>::to_vec).collect();
    grams.sort_unstable();
    grams.dedup();
    grams
}

/// Rows and columns that hang together by scores, as groups that can be assigned each by itself.
fn components(scores: &[Vec<(usize, f64)>], columns: usize) -> Vec<(Vec<usize>, Vec<usize>)> {
    let mut rows_of: Vec<Vec<usize>> = vec![Vec::new(); columns];
    for (row, own) in scores.iter().enumerate() {
        own.iter().for_each(|(column, _)| rows_of[*column].push(row));
    }
    let mut seen = vec![false; scores.len()];
    let mut groups = Vec::new();
    for start in 0..scores.len() {
        if seen[start] || scores[start].is_empty() {
            continue;
        }
        let (mut rows, mut own_columns) = (vec![start], std::collections::BTreeSet::new());
        seen[start] = true;
        let mut next = 0;
        while let Some(&row) = rows.get(next) {
            next += 1;
            for (column, _) in &scores[row] {
                if own_columns.insert(*column) {
                    for other in rows_of[*column].iter().copied() {
                        if !std::mem::replace(&mut seen[other], true) {
                            rows.push(other);
                        }
                    }
                }
            }
        }
        rows.sort_unstable();
        groups.push((rows, own_columns.into_iter().collect()));
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named<'a>(list: &[(&'a str, &'a str, &'a str)]) -> Vec<Named<'a>> {
        list.iter().map(|&(id, words, part)| Named { id, words, part, units: &[] }).collect()
    }

    fn shown(old: &[(&str, &str, &str)], new: &[(&str, &str, &str)], links: &[Known<'_>]) -> String {
        let ties = tie(&named(old), &named(new), links);
        let one = |tie: &Tie| format!("{}={} {:?}", old[tie.old].0, new[tie.new].0, tie.by);
        let maybe = |tie: &Tie| format!("{}?{}", old[tie.old].0, new[tie.new].0);
        ties.tied.iter().map(one).chain(ties.proposed.iter().map(maybe)).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn ids_before_words_before_likeness() {
        let old = [
            ("a", "推进教育信息公开", "一"),
            ("b", "推进医疗信息公开", "一"),
            ("c", "做好舆情回应工作", "二"),
        ];
        let new = [
            ("x", "推进医疗信息公开", "一"),
            ("a", "推进教育领域信息公开", "一"),
            ("y", "做好政务舆情回应工作", "三"),
        ];
        assert_eq!(shown(&old, &new, &[]), "a=a Id, b=x Words, c=y Likeness");
    }

    #[test]
    fn likeness_is_assigned_as_a_whole() {
        // The old 甲 is more like the new 乙丙 than 乙 is, and would take it if asked first.
        let old = [("1", "推进重大建设项目信息公开工作", ""), ("2", "推进重大建设项目批准信息公开", "")];
        let new = [("3", "推进重大建设项目批准和实施信息公开", ""), ("4", "推进重大建设项目工作", "")];
        assert_eq!(shown(&old, &new, &[]), "1=4 Likeness, 2=3 Likeness");
    }

    #[test]
    fn the_same_words_are_told_apart_by_their_part() {
        let old = [("1", "及时更新", "甲"), ("2", "及时更新", "乙")];
        let new = [("3", "及时更新", "乙"), ("4", "及时更新", "甲")];
        assert_eq!(shown(&old, &new, &[]), "1=4 Words, 2=3 Words");
        let new = [("3", "及时更新", "丙"), ("4", "及时更新", "丁")];
        assert_eq!(shown(&old, &new, &[]), "1=3 Words, 2=4 Words");
    }

    #[test]
    fn one_question_asked_of_several_is_told_apart_by_whom() {
        let unit = |name: &str| vec![Unit { name: name.to_owned(), ..Unit::default() }];
        let names: Vec<Vec<Unit>> = ["区编办", "区财政局", "区教育局"].into_iter().map(unit).collect();
        let row = |at: usize, id| Named { id, words: "及时更新信息", part: "", units: &names[at] };
        // Ids that were made of the words count the rows.
        let old = [row(1, "x-1"), row(2, "x-1-2")];
        let new = [row(0, "x-1"), row(1, "x-1-2"), row(2, "x-1-3")];
        let ties: Vec<_> = tie(&old, &new, &[]).tied.iter().map(|tie| (tie.old, tie.new)).collect();
        assert_eq!(ties, [(0, 1), (1, 2)]);
    }

    #[test]
    fn what_a_person_said_wins() {
        let old = [("a", "推进教育信息公开", ""), ("b", "推进医疗信息公开", "")];
        let new = [("a", "推进教育信息公开", ""), ("c", "推进健康信息公开", "")];
        let known = |old, new, same| Known { old, new, same };
        assert_eq!(shown(&old, &new, &[known("a", "c", true)]), "a=c Link, b?a");
        assert_eq!(shown(&old, &new, &[known("b", "c", false)]), "a=a Id");
        assert_eq!(shown(&old, &new, &[known("b", "c", false), known("zz", "a", true)]), "a=a Id");
        // What is not one is tied neither by id nor by words.
        assert_eq!(shown(&old, &new, &[known("a", "a", false)]), "a?c, b?a");
        let (old, new) = ([("a", "推进教育信息公开", "")], [("x", "推进教育信息公开", "")]);
        assert_eq!(shown(&old, &new, &[]), "a=x Words");
        assert_eq!(shown(&old, &new, &[known("a", "x", false)]), "");
    }

    #[test]
    fn questions_that_have_little_in_common_are_not_tied() {
        let old = [("a", "推进教育信息公开", ""), ("b", "", "")];
        let new = [("x", "加强专家库建设", ""), ("y", "", "")];
        assert_eq!(shown(&old, &new, &[]), "");
    }

    #[test]
    fn thousands_of_rows_are_tied_without_comparing_all_pairs() {
        let words: Vec<(String, String)> = (0..20_000)
            .map(|at| {
                let tag: String = format!("{at:05}")
                    .chars()
                    .map(|c| char::from_u32('甲' as u32 + c as u32).unwrap())
                    .collect();
                let old = format!("推进{tag}类信息公开{at}");
                let new =
                    if at % 100 == 0 { format!("推进{tag}类信息及时公开{at}") } else { old.clone() };
                (old, new)
            })
            .collect();
        let side = |pick: fn(&(String, String)) -> &str| {
            words
                .iter()
                .map(|pair| Named { id: "", words: pick(pair), part: "", units: &[] })
                .collect::<Vec<_>>()
        };
        let (old, new) = (side(|pair| &pair.0), side(|pair| &pair.1));
        let ids: Vec<String> = (0..40_000).map(|at| at.to_string()).collect();
        let old: Vec<Named<'_>> = old.iter().zip(&ids).map(|(one, id)| Named { id, ..*one }).collect();
        let new: Vec<Named<'_>> =
            new.iter().zip(&ids[20_000..]).map(|(one, id)| Named { id, ..*one }).collect();
        let ties = tie(&old, &new, &[]).tied;
        assert_eq!(ties.len(), 20_000);
        assert!(ties.iter().all(|tie| tie.old == tie.new));
        assert_eq!(ties.iter().filter(|tie| tie.by == TiedBy::Likeness).count(), 200);
    }
}
