//! More than two periods: each item and each problem from the first period that has it to the last.
//!
//! Not here: how two periods are tied; the change sets say.

use std::collections::HashMap;

use luoshi_model::{Attachment, ChangeSet, History, ItemHistory, ProblemChange, ProblemFate, ProblemHistory};

/// Follows items and problems over periods. `changes` lead from each period to the next, their reviews among them.
pub fn history(periods: &[Attachment], changes: &[ChangeSet]) -> History {
    let name = |period: &Attachment| match &period.period {
        Some(period) => period.label.clone(),
        None => period.title.clone(),
    };
    History {
        periods: periods.iter().map(name).collect(),
        items: items(periods, changes),
        problems: problems(periods.len(), changes),
    }
}

fn items(periods: &[Attachment], changes: &[ChangeSet]) -> Vec<ItemHistory> {
    let mut all: Vec<ItemHistory> = Vec::new();
    // By the id in the period that was looked at last, where it stands among all.
    let mut known: HashMap<&str, usize> = HashMap::new();
    for (at, period) in periods.iter().enumerate() {
        let mut now: HashMap<&str, usize> = HashMap::new();
        let before = at.checked_sub(1).and_then(|last| changes.get(last));
        let partners: HashMap<&str, &str> = before
            .iter()
            .flat_map(|change| &change.items)
            .filter_map(|item| Some((item.new.as_ref()?.id.as_str(), item.old.as_ref()?.id.as_str())))
            .collect();
        for item in &period.items {
            let place = partners.get(item.id.as_str()).and_then(|old| known.get(old)).copied();
            let place = place.unwrap_or_else(|| {
                all.push(ItemHistory { matter: String::new(), ids: vec![None; periods.len()] });
                all.len() - 1
            });
            all[place].matter.clone_from(&item.matter);
            all[place].ids[at] = Some(item.id.clone());
            now.insert(&item.id, place);
        }
        known = now;
    }
    all
}

fn problems(periods: usize, changes: &[ChangeSet]) -> Vec<ProblemHistory> {
    let mut all: Vec<ProblemHistory> = Vec::new();
    // By item and words in the period that was looked at last.
    let mut open: HashMap<(String, String), usize> = HashMap::new();
    for (at, change) in changes.iter().enumerate() {
        let mut still_open = HashMap::new();
        for problem in &change.review.problems {
            let key = |id: &Option<String>, text: &str| (id.clone().unwrap_or_default(), text.to_owned());
            let place = (!problem.old.is_empty())
                .then(|| open.get(&key(&problem.item.old, &problem.old)).copied())
                .flatten();
            let place = place.unwrap_or_else(|| {
                all.push(ProblemHistory {
                    item: String::new(),
                    texts: vec![String::new(); periods],
                    fate: problem.fate,
                    evidence: String::new(),
                });
                all.len() - 1
            });
            let own = &mut all[place];
            own.item = problem.item.new.clone().or(problem.item.old.clone()).unwrap_or_default();
            own.texts[at].clone_from(&problem.old);
            own.texts[at + 1].clone_from(&problem.new);
            own.fate = problem.fate;
            own.evidence.clone_from(&problem.evidence);
            if !problem.new.is_empty() {
                still_open.insert(key(&problem.item.new, &problem.new), place);
            }
        }
        open = still_open;
    }
    all
}

/// Gives the problems of the last two periods their age over all.
pub fn with_ages(problems: &mut [ProblemChange], history: &History) {
    let last = history.periods.len().saturating_sub(1);
    for problem in problems {
        let at = if problem.fate == ProblemFate::New { last } else { last.saturating_sub(1) };
        let text = if problem.fate == ProblemFate::New { &problem.new } else { &problem.old };
        let item = problem.item.new.as_ref().or(problem.item.old.as_ref());
        let own = |one: &&ProblemHistory| one.texts.get(at) == Some(text) && Some(&one.item) == item;
        if let Some(known) = history.problems.iter().find(own) {
            problem.age = known.age();
        }
    }
}
