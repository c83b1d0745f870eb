//! What a person changed by hand in a merge's document, as decisions.
//!
//! Not here: what becomes of decisions (merge).

use luoshi_model::{Attachment, ColumnKey, Decision, DecisionVersion, Decisions, FieldOrigin, Item};
use luoshi_normalizer::{CatalogueIndex, answer_text};

use crate::merge::version_id;

/// The decisions by which `merged` becomes `edited`: for each cell whose text differs, the edited one. They are about the texts
/// that stood in `merged`, are added to `known`, and take the place of what that has for the same cells.
pub fn edited(
    edited: &Attachment,
    merged: &Attachment,
    known: Decisions,
    index: &CatalogueIndex,
    by: &str,
    why: &str,
) -> Decisions {
    let mut decisions = Decisions { catalogue: index.catalogue().id.clone(), ..known };
    for before in &merged.items {
        let Some(after) = edited.items.iter().find(|item| item.id == before.id) else { continue };
        for key in index.answered_columns().into_iter().filter(|key| !is_covered(before, merged, key)) {
            if text_of(after, edited, &key) != text_of(before, merged, &key) {
                let old =
                    decisions.decisions.iter().position(|one| one.item == before.id && one.column == key);
                let old = old.map(|at| decisions.decisions.remove(at));
                decisions.decisions.push(Decision {
                    item: before.id.clone(),
                    column: key.clone(),
                    matter: before.matter.clone(),
                    conflicts: old.as_ref().map_or_else(Vec::new, |old| old.conflicts.clone()),
                    // An entry of the merge's own says what stood there better than its outcome does.
                    versions: old.map_or_else(|| versions(before, merged, &key, index), |old| old.versions),
                    now: Vec::new(),
                    choose: Vec::new(),
                    text: Some(text_of(after, edited, &key)),
                    by: by.to_owned(),
                    why: why.to_owned(),
                });
            }
        }
    }
    decisions.decisions.sort_by_key(|decision| index.position(&decision.item).unwrap_or(usize::MAX));
    decisions
}

/// Whether an item is answered by the cell of another, whose decision it then is.
fn is_covered(item: &Item, attachment: &Attachment, key: &ColumnKey) -> bool {
    answer_text(item, key).is_empty() && !text_of(item, attachment, key).is_empty()
}

/// The text that answers an item in a column, in its own cell or in one that covers it.
pub(crate) fn text_of(item: &Item, attachment: &Attachment, key: &ColumnKey) -> Vec<String> {
    let own = answer_text(item, key);
    let covers = |leader: &&Item| match (key, &leader.status) {
        (ColumnKey::Status, Some(status)) => status.covers.contains(&item.id),
        (ColumnKey::Status, None) => false,
        (key, _) => leader.merged.get(key.name().as_ref()).is_some_and(|ids| ids.contains(&item.id)),
    };
    if !own.is_empty() {
        return own;
    }
    attachment.items.iter().find(covers).map_or(own, |leader| answer_text(leader, key))
}

/// The versions that a merged cell was made of: a text for each unit that its provenance names.
fn versions(
    item: &Item,
    merged: &Attachment,
    key: &ColumnKey,
    index: &CatalogueIndex,
) -> Vec<DecisionVersion> {
    let text = text_of(item, merged, key);
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
