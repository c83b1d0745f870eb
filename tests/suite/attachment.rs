//! The attachment of 2016: the same form in every format gives the same model, and the real text gives every field as it
//! stands there.
//!
//! The expected model was written from the list of hand-made rows that the fixtures were made from (`tests/make`), not from
//! our output; the places in the real text were read off it by hand (`tests/expected/seed-places.tsv`).

use std::collections::BTreeMap;

use luoshi::model::{Attachment, NumberSource, Remark};
use luoshi::{CatalogueChoice, ReadOptions, Revisions, Severity};

use crate::support::{assert_same, attachment, codes, expected, fixture, read, read_bytes, root, skip};

/// Numbers that the text export lost.
const LOST: [u32; 17] = [37, 43, 44, 48, 49, 50, 51, 52, 53, 55, 56, 57, 58, 60, 62, 63, 64];

fn numbered_by(mut attachment: Attachment, source: NumberSource) -> Attachment {
    for item in &mut attachment.items {
        item.number_source = Some(source);
    }
    attachment
}

#[test]
fn the_text_export_gives_the_expected_model() {
    let outcome = read(&fixture("text/attachment-2016.txt")).unwrap();
    assert_same(&outcome.value, &expected("attachment-2016.json"), "text");
    let found = codes(&outcome);
    let known =
        ["answer-blank", "answer-shared-inferred", "number-inferred", "row-realigned", "row-rejoined"];
    assert_eq!(found, known);
    let inferred: Vec<u32> = outcome
        .value
        .items
        .iter()
        .filter(|item| item.number_source == Some(NumberSource::Inferred))
        .filter_map(|item| item.number)
        .collect();
    assert_eq!(inferred, LOST);
}

#[test]
fn every_format_gives_the_same_model() {
    let printed = numbered_by(expected("attachment-2016.json"), NumberSource::Printed);
    for path in [
        "docx/attachment-2016.docx",
        "docx/two-tables.docx",
        "xlsx/attachment-2016.xlsx",
        "xls/attachment-2016.xls",
        "xlsb/attachment-2016.xlsb",
        "ods/attachment-2016.ods",
        "csv/attachment-2016.csv",
        "rtf/attachment-2016.rtf",
        "flat-opc/attachment-2016.docx.xml",
        "flat-opc/attachment-2016.xlsx.xml",
        "wordml-2003/attachment-2016.xml",
        "spreadsheetml-2003/attachment-2016.xml",
        "doc/attachment-2016.doc",
        "odt/attachment-2016.odt",
        "rtf/libreoffice.rtf",
        "html/attachment-2016-gbk.htm",
        "html/exported.xls",
        "mht/attachment-2016.mht",
    ] {
        let outcome = read(&fixture(path)).unwrap_or_else(|error| panic!("{path}: {error:?}"));
        assert_same(&outcome.value, &printed, path);
        let errors = outcome.diagnostics.iter().filter(|finding| finding.severity == Severity::Error).count();
        assert_eq!(errors, 0, "{path}");
    }
}

#[test]
fn numbers_that_word_makes_are_read_as_shown() {
    let automatic = numbered_by(expected("attachment-2016.json"), NumberSource::AutoNumbered);
    for path in [
        "docx/auto-numbered.docx",
        "doc/auto-numbered.doc",
        "odt/auto-numbered.odt",
        "rtf/auto-numbered.rtf",
        "flat-opc/auto-numbered.docx.xml",
        "wordml-2003/auto-numbered.xml",
        "mht/word.mht",
    ] {
        assert_same(&attachment(&fixture(path)), &automatic, path);
    }
    // A page has no text for the levels of its lists: a browser sets a full stop behind each number.
    let mut stopped = automatic;
    for item in &mut stopped.items {
        item.label = item.number.map(|number| format!("{number}."));
    }
    assert_same(&attachment(&fixture("html/auto-numbered.htm")), &stopped, "html");
}

#[test]
fn tracked_changes_are_accepted_or_rejected_by_choice() {
    let path = fixture("docx/tracked.docx");
    let bytes = std::fs::read(&path).unwrap();
    for (revisions, file, code) in [
        (Revisions::Accept, "attachment-2016.json", "tracked-changes-accepted"),
        (Revisions::Reject, "attachment-2016-rejected.json", "tracked-changes-rejected"),
    ] {
        let options = ReadOptions { revisions, ..ReadOptions::default() };
        let outcome = read_bytes("tracked.docx", &bytes, &options).unwrap();
        let wanted = numbered_by(expected(file), NumberSource::Printed);
        assert_same(&outcome.value, &wanted, file);
        assert!(codes(&outcome).contains(&code), "{:?}", codes(&outcome));
    }
}

#[test]
fn a_second_catalogue_of_another_shape_goes_through_the_same_code() {
    let bytes = std::fs::read(fixture("catalogues/changning-like-2024.json")).unwrap();
    let index = luoshi::CatalogueIndex::new(luoshi::model::Catalogue::from_json(&bytes).unwrap());
    let options = ReadOptions { catalogue: CatalogueChoice::Given(&index), ..ReadOptions::default() };
    for path in ["docx/changning-like-2024.docx", "xlsx/changning-like-2024.xlsx"] {
        let bytes = std::fs::read(fixture(path)).unwrap();
        let outcome = read_bytes(path, &bytes, &options).unwrap();
        assert_same(&outcome.value, &expected("changning-like-2024.json"), path);
    }
}

#[test]
fn without_a_catalogue_the_structure_comes_from_the_table_itself() {
    let options = ReadOptions { catalogue: CatalogueChoice::None, ..ReadOptions::default() };
    let bytes = std::fs::read(fixture("text/attachment-2016.txt")).unwrap();
    let read = read_bytes("attachment-2016.txt", &bytes, &options).unwrap().value;
    let mut wanted = expected("attachment-2016.json");
    // What only a catalogue can say: its name, the period, and which ids its items have.
    (wanted.catalogue, wanted.period) = (None, None);
    let ids: BTreeMap<String, String> =
        wanted.items.iter().zip(&read.items).map(|(known, own)| (known.id.clone(), own.id.clone())).collect();
    assert!(read.items.iter().all(|item| item.id.starts_with("x-")));
    for item in &mut wanted.items {
        item.id = ids[&item.id].clone();
        if let Some(status) = &mut item.status {
            status.see = status.see.as_ref().map(|id| ids[id].clone());
            status.covers = status.covers.iter().map(|id| ids[id].clone()).collect();
        }
    }
    // …and which wordings outside the general list are collective.
    for unit in wanted.items.iter_mut().flat_map(|item| &mut item.units) {
        unit.collective &= unit.name != "重要政策的牵头起草部门";
    }
    assert_same(&read, &wanted, "without a catalogue");
}

/// Places by item and column: the lines of the real text that a cell fills.
fn places() -> BTreeMap<(u32, String), (usize, usize)> {
    let table = std::fs::read_to_string(root().join("tests/expected/seed-places.tsv")).unwrap();
    let rows = table.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit()));
    rows.map(|row| {
        let fields: Vec<&str> = row.split('\t').collect();
        let number = |index: usize| fields[index].parse::<usize>().unwrap();
        ((number(0) as u32, fields[1].to_owned()), (number(2), number(3)))
    })
    .collect()
}

#[test]
fn the_real_text_gives_every_field_as_it_stands_there() {
    let path = root().join("../shared/seed/attachment-2016.txt");
    let Ok(text) = std::fs::read_to_string(&path) else {
        return skip(
            "the text of the published attachment",
            "Put it beside the repository, at ../shared/seed.",
        );
    };
    let lines: Vec<&str> = text.split('\n').collect();
    let places = places();
    let cell = |item: u32, column: &str| -> Vec<&str> {
        let Some(&(first, last)) = places.get(&(item, column.to_owned())) else { return Vec::new() };
        lines[first - 1..last].iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect()
    };
    let read = read(&path).unwrap();
    let attachment = &read.value;
    assert_eq!(attachment.title, lines[2]);
    assert_eq!(attachment.annex.as_deref(), Some("附件"));
    assert_eq!((attachment.items.len(), attachment.sections.len(), attachment.focuses.len()), (66, 6, 24));
    let section_lines = [14, 134, 224, 362, 422, 484];
    for (section, line) in attachment.sections.iter().zip(section_lines) {
        assert_eq!(format!("{}{}", section.label, section.title), lines[line - 1].trim());
    }

    let catalogue = luoshi::built_in("haicang-2016").unwrap().catalogue();
    let mut focus = String::new();
    for (item, known) in attachment.items.iter().zip(&catalogue.items) {
        let number = item.number.unwrap();
        let what = format!("item {number}");
        assert_eq!((number, &item.id, &item.focus), (known.number, &known.id, &known.focus), "{what}");
        let lost = LOST.contains(&number);
        assert_eq!(
            item.number_source,
            Some(if lost { NumberSource::Inferred } else { NumberSource::Printed }),
            "{what}"
        );
        assert_eq!(
            cell(number, "number").concat(),
            if lost { String::new() } else { number.to_string() },
            "{what}"
        );

        if !cell(number, "focus").is_empty() {
            focus = cell(number, "focus").concat();
        }
        let own = attachment.focuses.iter().find(|own| Some(&own.id) == item.focus.as_ref()).unwrap();
        assert_eq!(format!("{}{}", own.label, own.title), focus, "{what}");
        assert_eq!(item.matter, cell(number, "matter").concat(), "{what}");
        let raws: String = item.units.iter().map(|unit| unit.raw.as_str()).collect();
        assert_eq!(raws, cell(number, "units").concat(), "{what}");
        assert_eq!(
            item.units.iter().map(|unit| &unit.raw).collect::<Vec<_>>(),
            known.units.iter().collect::<Vec<_>>()
        );
        assert_eq!(item.status.as_ref().unwrap().paragraphs, cell(number, "status"), "{what}");
        assert_eq!(Remark::join(&item.remarks), cell(number, "remarks"), "{what}");
    }

    // Rows 1–3 and 18–20: one answer to three items, each said so with its place.
    let shared: Vec<(u32, String)> = read
        .diagnostics
        .iter()
        .filter(|finding| finding.code == "answer-shared-inferred")
        .map(|finding| (finding.place.as_ref().unwrap().row.unwrap(), finding.arguments[0].1.clone()))
        .collect();
    let expected = [(4, "3"), (5, "3"), (22, "21"), (23, "21")];
    assert_eq!(shared, expected.map(|(row, from)| (row, from.to_owned())));
    let covers = |number: usize| attachment.items[number - 1].status.as_ref().unwrap().covers.clone();
    assert_eq!(covers(1), ["2016-001", "2016-002", "2016-003"]);
    assert_eq!(covers(18), ["2016-018", "2016-019", "2016-020"]);
}
