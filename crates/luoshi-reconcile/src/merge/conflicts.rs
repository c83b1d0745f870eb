//! The record's conflicts as findings, each at its first place, and where the files and units stand beside those of items.
//!
//! Not here: how conflicts are found.

use luoshi_model::{Conflict, ConflictKind, ConflictState, CoverageState, MergeRecord, Origin};
use luoshi_normalizer::CatalogueIndex;
use luoshi_table::{Container, Diagnostic, Locator, Severity};

use super::{Merger, coverage};

/// What has no place among the items: by kind, then by place.
pub(super) fn homeless_order(conflict: &Conflict) -> (ConflictKind, Option<Origin>) {
    (conflict.kind, conflict.versions.first().and_then(|version| version.places.first()).cloned())
}

impl Merger<'_> {
    pub(super) fn locator(&self, place: Option<&Origin>) -> Locator {
        locator(place, |file| self.files.get(file).map_or("", |file| &file.name))
    }
}

fn locator<'a>(place: Option<&Origin>, name: impl Fn(usize) -> &'a str) -> Locator {
    let file = place.map_or("", |place| name(place.file as usize));
    let container = place.and_then(|place| match (&place.sheet, place.table) {
        (Some(sheet), _) => Some(Container::Sheet(sheet.clone())),
        (None, table) => table.map(Container::Table),
    });
    let (row, column) = place.map_or((None, None), |place| (place.row, place.column));
    Locator { container, row, column, ..Locator::file(&file.into()) }
}

/// The item that a question is most like, by number and words; `none` where it is like none.
fn like(matter: &str, index: &CatalogueIndex) -> String {
    index.most_like(matter).map_or_else(
        || "none".to_owned(),
        |item| {
            let item = &index.catalogue().items[item];
            format!("{} {}", item.number, item.matter)
        },
    )
}

/// The unit that a conflict is about, or all that its versions name.
fn units_of(conflict: &Conflict) -> String {
    let mut names: Vec<&str> = conflict.versions.iter().map(|version| version.unit.as_str()).collect();
    names.dedup();
    conflict.unit.clone().unwrap_or_else(|| names.join("、"))
}

/// What a person must look at: every open conflict, every answer that is still to come, unit by unit.
pub(super) fn findings(record: &MergeRecord, index: &CatalogueIndex) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let name = |file: usize| record.files.get(file).map_or("", |file| file.name.as_str());
    for conflict in &record.conflicts {
        let code = match conflict.kind {
            // A decided one of another kind has nothing more to say.
            ConflictKind::Replaced => "answer-replaced",
            _ if conflict.state == ConflictState::Decided => continue,
            ConflictKind::Duplicate => "answer-duplicate",
            ConflictKind::Versions => "answer-versions",
            ConflictKind::Outside => "answer-outside",
            ConflictKind::UnknownItem => "answer-without-item",
            ConflictKind::UnitUnknown => "answer-without-unit",
            ConflictKind::Misplaced => "answer-misplaced",
            ConflictKind::Prefilled => "answer-prefilled",
            ConflictKind::SharedApart => "answer-shared-apart",
            ConflictKind::DecisionOutdated => "decision-outdated",
            // The reader has told of both.
            ConflictKind::Retyped | ConflictKind::Unreadable => continue,
        };
        let place = locator(conflict.versions.first().and_then(|version| version.places.first()), name);
        let item = conflict.item.as_deref().and_then(|id| index.position(id));
        // What has no place is called by its question.
        let placed = conflict.kind != ConflictKind::UnknownItem;
        let number = item.filter(|_| placed).map(|item| index.catalogue().items[item].number.to_string());
        let finding = match conflict.state {
            ConflictState::Open => Diagnostic::error(code, place),
            ConflictState::Noted | ConflictState::Decided => Diagnostic::info(code, place),
        };
        let finding = finding.with("unit", units_of(conflict));
        let finding = match conflict.kind {
            ConflictKind::UnknownItem => finding.with("like", like(&conflict.matter, index)),
            _ => finding,
        };
        findings.push(finding.with("item", number.unwrap_or_else(|| conflict.matter.clone())));
    }
    for unit in &record.coverage {
        let of = |state: CoverageState| unit.items.iter().filter(move |item| item.state == state).count();
        let (missing, blank) = (of(CoverageState::Missing), of(CoverageState::Blank));
        if missing + blank > 0 {
            let asked = unit.items.len();
            let code = match unit.files.is_empty() {
                true => "unit-silent",
                false => "answers-missing",
            };
            let finding = Diagnostic::unplaced(code, Severity::Warning).with("unit", &unit.unit);
            findings.push(finding.with("asked", asked).with("missing", missing).with("blank", blank));
        }
    }
    findings.extend(coverage::findings(index, &record.unresolved));
    findings
}
