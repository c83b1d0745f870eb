//! The end of a merge: every cell's text put into the attachment, one answer to several items kept as one, and everything else
//! into the record.
//!
//! Not here: what a cell's text is (select, compose, decide).

use std::borrow::Cow;

use luoshi_model::{
    Answer, AnswerKind, Attachment, ColumnKey, Conflict, ConflictKind, ConflictState, Decisions, FieldOrigin,
    ItemOrigin, MergeRecord, Policy, Provenance, SourceFile,
};
use luoshi_normalizer::{Reference, answer_text};
use luoshi_table::{Diagnostic, Outcome};

use super::compose::{Composed, compose};
use super::conflicts::{findings, homeless_order};
use super::coverage::unresolved;
use super::decide::{Given, chosen, decide, open};
use super::select::{Candidate, Selection};
use super::{Merged, Merger, conflict};
use crate::words::ROUND;

/// A cell of the attachment that is being made.
struct Cell {
    composed: Composed,
    /// An editor's decision made it.
    decided: bool,
}

impl Merger<'_> {
    /// Ends the merge.
    pub fn finish(mut self) -> Outcome<Merged> {
        let catalogue = self.index.catalogue();
        let items = catalogue.items.len();
        let mut diagnostics = std::mem::take(&mut self.diagnostics);
        let given = Given::new(self.options.decisions, self.index, &mut diagnostics);
        let mut decisions = Decisions { catalogue: catalogue.id.clone(), ..Decisions::default() };
        let mut attachment = self.index.blank(&(0..items).collect::<Vec<_>>());
        let mut origins: Vec<Vec<FieldOrigin>> = vec![Vec::new(); items];
        let mut conflicts: Vec<Vec<Conflict>> = vec![Vec::new(); items];
        for (item, found) in std::mem::take(&mut self.retyped) {
            conflicts[item].push(found);
        }
        let mut entries = Vec::new();
        for column in 0..self.columns.len() {
            let key = &self.columns[column];
            let mut selections = self.selections(column);
            for (item, selection) in selections.iter_mut().enumerate() {
                // Before any text is put together: whether 同上 is still true hangs on what stands above it.
                selection.chosen = given.made(item, &key.name()).and_then(|made| chosen(made, selection));
            }
            let mut cells: Vec<Cell> = Vec::with_capacity(items);
            for (item, selection) in selections.iter().enumerate() {
                let file_name = |file: u32| self.files[file as usize].name.clone();
                let made = given.made(item, &key.name());
                let mut said_here = |one: &Candidate<'_>| {
                    self.said_here(one, item, &selections, &mut diagnostics).into_owned()
                };
                let decided = made
                    .map(|made| decide(made, selection, &mut said_here, &file_name, self.options.lead))
                    .transpose();
                let decided = decided.unwrap_or_else(|finding| {
                    diagnostics.push(finding);
                    None
                });
                let unusable = made.filter(|_| decided.is_none());
                let (cell, state) = match decided {
                    Some(decided) => {
                        let replaced = selection.standing.iter().filter(|one| !decided.keeps(&one.entry.id));
                        let replaced: Vec<_> = replaced.map(|one| one.entry.version()).collect();
                        if !replaced.is_empty() {
                            let found = conflict(ConflictKind::Replaced, ConflictState::Decided, replaced);
                            conflicts[item].push(Conflict { column: Some(key.clone()), ..found });
                        }
                        entries.push((item, decided.decision));
                        if decided.outdated {
                            let versions = selection.all().iter().map(|one| one.entry.version()).collect();
                            let found =
                                conflict(ConflictKind::DecisionOutdated, ConflictState::Open, versions);
                            conflicts[item].push(Conflict { column: Some(key.clone()), ..found });
                        }
                        (Cell { composed: decided.composed, decided: true }, ConflictState::Decided)
                    }
                    None => {
                        let composed = self.composed(item, &selections, &mut diagnostics);
                        (Cell { composed, decided: false }, ConflictState::Open)
                    }
                };
                let found = self.conflicts_of(selection, key, state);
                if let Some(decision) = unusable {
                    entries.push((item, decision.clone()));
                } else if made.is_none() {
                    let kinds: Vec<ConflictKind> = found
                        .iter()
                        .filter(|one| one.state == ConflictState::Open)
                        .map(|one| one.kind)
                        .collect();
                    if !kinds.is_empty() {
                        let mut entry = open(&catalogue.items[item], key, kinds, selection, &file_name);
                        if let Some(noted) = given.noted(item, &key.name()) {
                            (entry.by, entry.why) = (noted.by.clone(), noted.why.clone());
                        }
                        entries.push((item, entry));
                    }
                }
                conflicts[item].extend(found);
                origins[item].extend(
                    selection.stands().iter().flat_map(|one| self.origins(one, item, &selections, key)),
                );
                cells.push(cell);
            }
            let apart = self.place(key, &selections, cells, &mut attachment);
            for (item, found) in apart {
                conflicts[item].push(found);
            }
        }
        entries.sort_by_key(|(item, _)| *item);
        // Of two about one cell the later is applied, so it stays the later one, merge after merge.
        decisions.decisions = given.unplaced(self.index, &mut diagnostics);
        decisions.decisions.extend(entries.into_iter().map(|(_, decision)| decision));
        decisions.questions = std::mem::take(&mut self.questions).finish(&mut diagnostics);
        let mut homeless = std::mem::take(&mut self.homeless);
        homeless.sort_by_key(homeless_order);
        let own = conflicts.into_iter().enumerate().flat_map(|(item, found)| {
            let asked = &catalogue.items[item];
            found.into_iter().map(|found| {
                let matter = if found.matter.is_empty() { asked.matter.clone() } else { found.matter };
                Conflict { item: Some(asked.id.clone()), matter, ..found }
            })
        });
        let record = MergeRecord {
            catalogue: catalogue.id.clone(),
            policy: self.options.policy,
            conflicts: own.chain(homeless).collect(),
            coverage: self.coverage.finish(self.index),
            unresolved: unresolved(self.index),
            asides: self.asides,
            files: self.files,
            ..MergeRecord::default()
        };
        attachment.provenance = provenance(&attachment, &record, origins);
        diagnostics.extend(findings(&record, self.index));
        Outcome::new(Merged { attachment, record, decisions }, diagnostics)
    }

    /// The text of a cell that nobody decided.
    fn composed(
        &self,
        item: usize,
        selections: &[Selection<'_>],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Composed {
        let stands = selections[item].stands().iter();
        let texts: Vec<(&str, Cow<'_, [String]>)> = stands
            .map(|one| (one.entry.voice.name.as_str(), self.said_here(one, item, selections, diagnostics)))
            .collect();
        compose(texts.iter().map(|(name, text)| (*name, text.as_ref())), self.options.lead)
    }

    /// What a version says in the attachment; findings tell where that is other than what was written, or leads nowhere.
    fn said_here<'a>(
        &self,
        one: &Candidate<'a>,
        item: usize,
        selections: &[Selection<'_>],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Cow<'a, [String]> {
        if self.is_astray(one, item, selections) {
            let place = self.locator(one.entry.places.first());
            let finding = Diagnostic::error("reference-astray", place);
            diagnostics.push(finding.with("text", one.entry.paragraphs.concat()));
        }
        let Some(text) = self.restated(one, item, selections) else {
            return Cow::Borrowed(&one.entry.paragraphs);
        };
        let place = self.locator(one.entry.places.first());
        let finding =
            Diagnostic::info("reference-restated", place).with("text", one.entry.paragraphs.concat());
        diagnostics.push(finding.with("now", &text));
        vec![text].into()
    }

    /// What a reference must say in the attachment, where other items stand around it and numbers are others: 同上 of a unit's
    /// own list means the item above in that list.
    fn restated(&self, one: &Candidate<'_>, item: usize, selections: &[Selection<'_>]) -> Option<String> {
        let alone = selections[item].stands().len() == 1;
        let see = one.entry.see.filter(|_| one.item == item)?;
        let target = see.target?;
        let asked = &self.index.catalogue().items[target];
        let still_true = match see.reference {
            // Above it stands the unit's own answer and no other's.
            Reference::Ditto => {
                let above = selections[target].stands();
                alone && target + 1 == item && above.len() == 1 && above[0].entry.voice == one.entry.voice
            }
            Reference::Number(number) => number == asked.number,
            // The others it names are not known by their numbers here.
            Reference::Several => true,
        };
        let numbered = self.index.catalogue().columns.iter().any(|column| column.key == ColumnKey::Number);
        (!still_true).then(|| ROUND.see(asked, numbered))
    }

    /// Whether a reference leads to nothing that its unit says in the attachment.
    fn is_astray(&self, one: &Candidate<'_>, item: usize, selections: &[Selection<'_>]) -> bool {
        let Some(see) = one.entry.see.filter(|_| one.item == item) else { return false };
        let same = |other: &Candidate<'_>| other.entry.voice == one.entry.voice;
        let stands = |target: usize| selections[target].stands().iter().any(same);
        see.reference == Reference::Several || !see.target.is_some_and(stands)
    }

    fn conflicts_of(
        &self,
        selection: &Selection<'_>,
        key: &ColumnKey,
        state: ConflictState,
    ) -> Vec<Conflict> {
        let about = |kind, state, of: &[Candidate<'_>]| Conflict {
            column: Some(key.clone()),
            unit: of.first().map(|one| one.entry.voice.name.clone()),
            ..conflict(kind, state, of.iter().map(|one| one.entry.version()).collect())
        };
        let settled = match (self.options.policy, state) {
            (Policy::Latest | Policy::First, ConflictState::Open) => ConflictState::Noted,
            _ => state,
        };
        let mut found = Vec::new();
        for own in &selection.several {
            // A version without a day has no place in the order by days.
            let undated = own.iter().any(|one| one.entry.last.day.is_empty());
            let state = if undated { state } else { settled };
            found.push(about(ConflictKind::Versions, state, own));
        }
        for own in &selection.overlapping {
            found.push(about(ConflictKind::Versions, state, own));
        }
        for one in selection.all().into_iter().filter(|one| one.entry.files() > 1) {
            found.push(about(ConflictKind::Duplicate, ConflictState::Noted, &[one]));
        }
        for &one in &selection.outside {
            found.push(about(ConflictKind::Outside, state, &[one]));
        }
        for &one in &selection.unknown {
            found.push(about(ConflictKind::UnitUnknown, state, &[one]));
        }
        for &one in &selection.stray {
            let own = about(ConflictKind::Misplaced, state, &[one]);
            found.push(Conflict { column: one.entry.stray.clone(), ..own });
        }
        for &one in &selection.prefilled {
            found.push(about(ConflictKind::Prefilled, state, &[one]));
        }
        found
    }

    fn origins(
        &self,
        one: &Candidate<'_>,
        item: usize,
        selections: &[Selection<'_>],
        key: &ColumnKey,
    ) -> Vec<FieldOrigin> {
        let raw = self.restated(one, item, selections).map(|_| one.entry.paragraphs.join("\n"));
        let origin = |place: &luoshi_model::Origin| FieldOrigin {
            field: key.clone(),
            file: place.file,
            unit: Some(one.entry.voice.name.clone()).filter(|name| !name.is_empty()),
            table: place.table,
            sheet: place.sheet.clone(),
            row: place.row.unwrap_or(0),
            column: place.column.unwrap_or(0),
            raw: raw.clone(),
        };
        one.entry.places.iter().map(origin).collect()
    }

    /// Puts the texts of a column into the items. What covers several items stays one cell where it is the whole text of each of
    /// them; elsewhere each item has it in full, and that is told.
    fn place(
        &self,
        key: &ColumnKey,
        selections: &[Selection<'_>],
        cells: Vec<Cell>,
        attachment: &mut Attachment,
    ) -> Vec<(usize, Conflict)> {
        let mut apart = Vec::new();
        let mut leaders: Vec<Option<usize>> = vec![None; cells.len()];
        let mut covers: Vec<Vec<usize>> = vec![Vec::new(); cells.len()];
        for (item, selection) in selections.iter().enumerate() {
            for one in
                selection.standing.iter().filter(|one| one.item == item && !one.entry.covers.is_empty())
            {
                let mut all = one.entry.covers.clone();
                all.sort_unstable();
                all.dedup();
                let leader = all[0];
                if covers[leader] == all {
                    continue;
                }
                let whole = |other: &usize| {
                    let stands =
                        selections[*other].standing.iter().any(|other| std::ptr::eq(other.entry, one.entry));
                    // What an editor made of the cell holds for all that it answers.
                    let alike = match (cells[leader].decided, cells[*other].decided) {
                        (true, false) => selections[*other].standing.len() == 1,
                        (false, true) => false,
                        _ => cells[*other].composed == cells[leader].composed,
                    };
                    stands && leaders[*other].is_none() && covers[*other].is_empty() && alike
                };
                if all.iter().all(whole) {
                    all[1..].iter().for_each(|&other| leaders[other] = Some(leader));
                    covers[leader] = all;
                } else {
                    let found =
                        conflict(ConflictKind::SharedApart, ConflictState::Noted, vec![one.entry.version()]);
                    let unit = Some(one.entry.voice.name.clone());
                    apart.push((item, Conflict { column: Some(key.clone()), unit, ..found }));
                }
            }
        }
        let ids: Vec<String> = attachment.items.iter().map(|item| item.id.clone()).collect();
        for (item, cell) in cells.into_iter().enumerate() {
            let own = &mut attachment.items[item];
            if let Some(leader) = leaders[item] {
                if *key == ColumnKey::Status {
                    let see = Some(ids[leader].clone());
                    own.status = Some(Answer { answer: AnswerKind::See, see, ..Answer::default() });
                }
                continue;
            }
            self.index.set_answer(own, key, cell.composed.paragraphs);
            let all: Vec<String> = covers[item].iter().map(|&covered| ids[covered].clone()).collect();
            match (key, &mut own.status) {
                (ColumnKey::Status, Some(status)) => {
                    status.contributions = cell.composed.contributions;
                    status.covers = all;
                    if let ([one], false, AnswerKind::See) =
                        (selections[item].standing.as_slice(), cell.decided, status.answer)
                    {
                        let target = one.entry.see.and_then(|see| see.target);
                        status.see = target.map(|target| ids[target].clone());
                    }
                }
                _ if !all.is_empty() => drop(own.merged.insert(key.name().into_owned(), all)),
                _ => {}
            }
        }
        apart
    }
}

/// Where every text came from, item by item.
fn provenance(attachment: &Attachment, record: &MergeRecord, origins: Vec<Vec<FieldOrigin>>) -> Provenance {
    let file = |file: &luoshi_model::SubmittedFile| SourceFile {
        name: file.name.clone(),
        format: file.format.clone(),
    };
    let item = |(item, fields): (&luoshi_model::Item, Vec<FieldOrigin>)| {
        let sees = item.status.as_ref().is_some_and(|status| status.see.is_some());
        let mut shown: Vec<(ColumnKey, bool)> = Vec::new();
        let mut is_shown = |field: &FieldOrigin| match shown.iter().find(|(key, _)| *key == field.field) {
            Some((_, shown)) => *shown,
            None => {
                let own = sees || !answer_text(item, &field.field).is_empty();
                shown.push((field.field.clone(), own));
                own
            }
        };
        ItemOrigin {
            item: item.id.clone(),
            fields: fields.into_iter().filter(|field| is_shown(field)).collect(),
        }
    };
    Provenance {
        files: record.files.iter().map(file).collect(),
        items: attachment.items.iter().zip(origins).map(item).collect(),
    }
}
