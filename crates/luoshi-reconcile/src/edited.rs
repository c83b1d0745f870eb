//! What a person changed by hand in a merge's document, as decisions.
//!
//! Not here: what becomes of decisions (merge).

use std::collections::BTreeMap;

use luoshi_model::{Attachment, ColumnKey, Decision, DecisionVersion, Decisions, FieldOrigin, Item};
use luoshi_normalizer::{CatalogueIndex, answer_text, reference};
use luoshi_table::{Diagnostic, Outcome, Severity};

use crate::answers::Answers;
use crate::merge::version_id;

/// What a person decided who changed a merge's document by hand, and why.
#[derive(Clone, Copy, Debug)]
pub struct Editor<'a> {
    /// Who it was.
    pub by: &'a str,
    /// Why it was done.
    pub why: &'a str,
}

/// The decisions by which `merged` becomes what a person made of it: for each cell whose text differs, the edited one. They are
/// about the texts that stood in `merged`, are added to `known`, and take the place of what that has for the same cells.
///
/// `edited` are the tables of the edited file: a workbook has its table twice, to print and to compute with, and a person may have
/// changed either. Findings tell of cells that were changed in two ways or inside a merged cell, of items without a row and
/// columns that are gone (what is not there says nothing about its answers), and of changes to anything but answers.
pub fn edited(
    edited: &[Attachment],
    merged: &Attachment,
    known: Decisions,
    index: &CatalogueIndex,
    editor: Editor<'_>,
) -> Outcome<Decisions> {
    let mut decisions = Decisions { catalogue: index.catalogue().id.clone(), ..known };
    let mut findings = Vec::new();
    let mut missing: Vec<String> = Vec::new();
    let before_edit = Answers::new(merged);
    let tables: Vec<Answers<'_>> = edited.iter().map(Answers::new).collect();
    let rows: Vec<BTreeMap<&str, &Item>> = edited
        .iter()
        .map(|table| table.items.iter().map(|item| (item.id.as_str(), item)).collect())
        .collect();
    for before in &merged.items {
        let after: Vec<(&Answers<'_>, &Item)> = tables
            .iter()
            .zip(&rows)
            .filter_map(|(table, rows)| Some((table, *rows.get(before.id.as_str())?)))
            .collect();
        if after.is_empty() {
            missing.push(before.name());
            continue;
        }
        for key in index.answered_columns() {
            let was = before_edit.text(before, &key);
            if before_edit.leader(before, &key).is_some() {
                let own = after.iter().map(|(_, item)| answer_text(item, &key));
                // A plain sheet refers to the item whose cell it is.
                let edit =
                    own.filter(|text| !text.is_empty() && *text != was && reference(text).is_none()).count();
                if edit > 0 {
                    let finding = Diagnostic::unplaced("edit-under-merge", Severity::Error);
                    findings.push(finding.with("item", before.name()).with("field", &key));
                }
                continue;
            }
            let has_column =
                |table: &Answers<'_>| table.attachment.columns.iter().any(|column| column.key == key);
            let mut changed: Vec<Vec<String>> = after
                .iter()
                .filter(|(table, _)| has_column(table))
                .map(|(table, item)| table.text(item, &key))
                .filter(|text| *text != was)
                .collect();
            changed.dedup();
            if changed.len() > 1 {
                let finding =
                    Diagnostic::unplaced("edits-differ", Severity::Error).with("item", before.name());
                findings.push(finding.with("field", &key));
                continue;
            }
            let Some(text) = changed.pop() else { continue };
            let old = decisions.decisions.iter().position(|one| one.item == before.id && one.column == key);
            let old = old.map(|at| decisions.decisions.remove(at));
            decisions.decisions.push(Decision {
                item: before.id.clone(),
                column: key.clone(),
                matter: before.matter.clone(),
                conflicts: old.as_ref().map_or_else(Vec::new, |old| old.conflicts.clone()),
                // An entry of the merge's own says what stood there better than its outcome does.
                versions: old.map_or_else(|| versions(before, &before_edit, &key, index), |old| old.versions),
                now: Vec::new(),
                choose: Vec::new(),
                text: Some(text),
                by: editor.by.to_owned(),
                why: editor.why.to_owned(),
            });
        }
    }
    for key in index.answered_columns() {
        let had = merged.items.iter().any(|item| !answer_text(item, &key).is_empty());
        let has = edited.iter().any(|table| table.columns.iter().any(|column| column.key == key));
        if had && !has {
            findings.push(Diagnostic::unplaced("edited-column-missing", Severity::Error).with("field", &key));
        }
    }
    if !missing.is_empty() {
        let finding =
            Diagnostic::unplaced("edited-rows-missing", Severity::Error).with("count", missing.len());
        findings.push(finding.with("numbers", missing.join("、")));
    }
    findings.extend(edited.iter().flat_map(|table| beside_answers(table, merged)));
    findings.dedup();
    decisions.decisions.sort_by_key(|decision| index.position(&decision.item).unwrap_or(usize::MAX));
    Outcome::new(decisions, findings)
}

/// Says what was changed that no decision holds: questions and units are the catalogue's, titles and notes the theme's and the
/// merge's.
fn beside_answers(edited: &Attachment, merged: &Attachment) -> Vec<Diagnostic> {
    let before: BTreeMap<&str, &Item> = merged.items.iter().map(|item| (item.id.as_str(), item)).collect();
    let mut findings = Vec::new();
    let mut tell = |item: String, field: &str, text: String| {
        let finding = Diagnostic::unplaced("edit-beside-answers", Severity::Error).with("item", item);
        findings.push(finding.with("field", field).with("text", text));
    };
    for item in &edited.items {
        let Some(known) = before.get(item.id.as_str()) else {
            tell(item.name(), &ColumnKey::Matter.name(), item.matter.clone());
            continue;
        };
        if item.matter != known.matter {
            tell(known.name(), &ColumnKey::Matter.name(), item.matter.clone());
        }
        let names = |item: &Item| item.units.iter().map(|unit| unit.name.clone()).collect::<Vec<_>>();
        if names(item) != names(known) && !item.units.is_empty() {
            tell(known.name(), &ColumnKey::Units.name(), names(item).join("、"));
        }
    }
    let around = |one: &Attachment| -> Vec<String> {
        let sections = one.sections.iter().map(|part| [part.label.as_str(), &part.title].concat());
        let focuses = one.focuses.iter().map(|part| [part.label.as_str(), &part.title].concat());
        let lines = one.preamble.iter().chain(&one.postscript).chain(&one.annex).chain([&one.title]).cloned();
        lines.chain(sections).chain(focuses).collect()
    };
    let known = around(merged);
    let changed = around(edited).into_iter().filter(|line| !line.is_empty() && !known.contains(line));
    let told =
        changed.map(|line| Diagnostic::unplaced("edit-around-table", Severity::Error).with("text", line));
    findings.extend(told);
    findings
}

/// The versions that a merged cell was made of: a text for each unit that its provenance names.
fn versions(
    item: &Item,
    answers: &Answers<'_>,
    key: &ColumnKey,
    index: &CatalogueIndex,
) -> Vec<DecisionVersion> {
    let (merged, text) = (answers.attachment, answers.text(item, key));
    let origins = merged.provenance.items.iter().find(|origin| origin.item == item.id);
    let fields = origins.map_or(&[][..], |origin| &origin.fields);
    let own: Vec<&FieldOrigin> = fields.iter().filter(|field| field.field == *key).collect();
    let shares = index.shares(&text);
    let mut versions: Vec<DecisionVersion> = Vec::new();
    for field in own {
        let unit = field.unit.clone().unwrap_or_default();
        let share =
            shares.iter().find(|share| share.unit.split('、').any(|name| name == unit) || share.unit == unit);
        let shown = share.map_or(&text, |share| &share.paragraphs);
        let paragraphs = field
            .raw
            .as_ref()
            .map_or_else(|| shown.clone(), |raw| raw.split('\n').map(str::to_owned).collect());
        let file = merged
            .provenance
            .files
            .get(field.file as usize)
            .map_or_else(String::new, |file| file.name.clone());
        let id = version_id(&unit, &paragraphs);
        match versions.iter_mut().find(|version| version.id == id) {
            Some(version) => version.files.push(file),
            None => versions.push(DecisionVersion { id, unit, files: vec![file], paragraphs }),
        }
    }
    versions
}
