//! An attachment's questions as a catalogue: last period's table is next period's list.
//!
//! Not here: its answers.

use luoshi_model::{
    Attachment, Catalogue, CatalogueColumn, CatalogueItem, CatalogueUnit, ColumnKey, Item, Numbering, Role,
};

use crate::words::ROUND;

/// The catalogue of what an attachment asks, called `id`. The directory is that of `known`, as far as the attachment names its
/// units, and everything else that it names; full names, aliases and members are for a person to add.
pub fn catalogue_of(attachment: &Attachment, id: &str, known: Option<&Catalogue>) -> Catalogue {
    let columns = attachment.columns.iter().map(|column| CatalogueColumn {
        key: column.key.clone(),
        heading: column.heading.clone(),
        group: column.group.clone(),
        synonyms: Vec::new(),
    });
    // A table that only breaks tasks down asks nothing yet.
    let asks = attachment.columns.iter().any(|column| column.key.is_answered());
    let status = (!asks).then(|| CatalogueColumn {
        key: ColumnKey::Status,
        heading: ROUND.status.clone(),
        group: None,
        synonyms: Vec::new(),
    });
    let mut number: u32 = 0;
    let items: Vec<CatalogueItem> = attachment
        .items
        .iter()
        .map(|item| {
            number = item.number.unwrap_or(number.saturating_add(1));
            asked(item, number, attachment)
        })
        .collect();
    Catalogue {
        schema: Default::default(),
        id: id.to_owned(),
        title: attachment.title.clone(),
        annex: attachment.annex.clone(),
        period: attachment.period.clone(),
        due: None,
        numbering: numbering(&items),
        columns: columns.chain(status).collect(),
        sections: attachment.sections.clone(),
        focuses: attachment.focuses.clone(),
        units: directory(attachment, known),
        items,
    }
}

fn asked(item: &Item, number: u32, attachment: &Attachment) -> CatalogueItem {
    let has = |key: ColumnKey| attachment.columns.iter().any(|column| column.key == key);
    let of = |role: Role, column: ColumnKey| -> Vec<String> {
        let own = item.units.iter().filter(|unit| unit.role == role && has(column.clone()));
        own.map(|unit| unit.raw.clone()).collect()
    };
    let lead_units = of(Role::Lead, ColumnKey::LeadUnits);
    let support_units = of(Role::Support, ColumnKey::SupportUnits);
    let apart = |role: Role| match role {
        Role::Lead => has(ColumnKey::LeadUnits),
        Role::Support => has(ColumnKey::SupportUnits),
        Role::Co | Role::Unspecified => false,
    };
    CatalogueItem {
        id: item.id.clone(),
        number,
        label: item.label.clone(),
        section: item.section.clone(),
        focus: item.focus.clone(),
        matter: item.matter.clone(),
        requirement: item.requirement.clone(),
        units: item.units.iter().filter(|unit| !apart(unit.role)).map(|unit| unit.raw.clone()).collect(),
        lead_units,
        support_units,
        deadline: item.deadline.clone(),
        supersedes: Vec::new(),
    }
}

/// Numbers that ever fall begin again in each section.
fn numbering(items: &[CatalogueItem]) -> Numbering {
    match items.is_sorted_by(|one, next| one.number < next.number) {
        true => Numbering::Continuous,
        false => Numbering::PerSection,
    }
}

/// Every unit that the items name, in the order of the known directory, then in their own.
fn directory(attachment: &Attachment, known: Option<&Catalogue>) -> Vec<CatalogueUnit> {
    let mut units: Vec<CatalogueUnit> = known.map_or_else(Vec::new, |known| known.units.clone());
    for unit in attachment.items.iter().flat_map(|item| &item.units) {
        if !units.iter().any(|known| known.names().any(|name| name == unit.name)) {
            units.push(CatalogueUnit {
                name: unit.name.clone(),
                collective: unit.collective,
                ..CatalogueUnit::default()
            });
        }
    }
    units
}
