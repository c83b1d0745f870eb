//! What a file says beside its answers: columns that nobody asked for, lines and tables around the checklist, headings that are
//! none of the catalogue's, texts that found no place in a row. All of it is kept, whatever it is worth.
//!
//! Not here: texts that stand in wrong columns of a row (they may be answers).

use luoshi_model::{Attachment, ColumnKey, Item, Origin};
use luoshi_normalizer::{CatalogueIndex, Checklist, answer_text, begins_form, filler, says_who_and_when};
use luoshi_table::{Container, Diagnostic, Locator, Severity, SourceBlock, SourceDocument, SourceTable};

use super::{Origins, Remnant, fields};
use crate::words::ROUND;

/// Findings whose text stands in no row: a row of nobody's, the lower part of a merged cell, what the document hides or says in a
/// note.
const UNPLACED: [&str; 5] =
    ["row-unplaced", "text-under-merge", "hidden-text", "note-text", "text-over-mark"];

/// Characters from which a text under an unknown heading is taken for a sentence.
const SENTENCE: usize = 15;

/// The texts of a row's columns that the catalogue does not ask.
pub(super) fn of_row(
    attachment: &Attachment,
    item: &Item,
    known: Option<usize>,
    speakers: &[usize],
    origin: &Origins<'_>,
    answered: &[ColumnKey],
    index: &CatalogueIndex,
) -> Vec<Remnant> {
    let mut asides = Vec::new();
    for column in attachment.columns.iter().filter(|column| !answered.contains(&column.key)) {
        let paragraphs = answer_text(item, &column.key);
        let asked = known.is_some_and(|known| match column.key {
            ColumnKey::Requirement => index.catalogue().items[known].requirement == paragraphs,
            ColumnKey::Deadline => index.catalogue().items[known].deadline == paragraphs,
            _ => false,
        });
        if !asked && !fields::answers(item, &column.key, answered) && !paragraphs.is_empty() {
            asides.push(Remnant {
                units: speakers.to_vec(),
                item: known,
                matter: if known.is_none() { item.matter.clone() } else { String::new() },
                heading: column.heading.clone(),
                paragraphs,
                place: origin.of(&column.key),
            });
        }
    }
    asides
}

/// Says which columns of a row may hold answers and are none that the catalogue asks: one of answers, and one of no known heading
/// that holds a sentence. A contact's name is none.
pub(super) fn not_asked(
    attachment: &Attachment,
    item: &Item,
    asked: &[ColumnKey],
    place: &Locator,
) -> Vec<Diagnostic> {
    let is_sentence = |text: &[String]| {
        let text = text.concat();
        text.contains(['。', '；', '，']) || text.chars().count() >= SENTENCE
    };
    let may_answer = |key: &ColumnKey| match key {
        ColumnKey::Extra(_) => is_sentence(&answer_text(item, key)),
        key => key.is_answered() && *key != ColumnKey::Class && !answer_text(item, key).is_empty(),
    };
    let columns = attachment.columns.iter().filter(|column| !asked.contains(&column.key));
    let columns = columns.filter(|column| !fields::answers(item, &column.key, asked));
    let told = columns.filter(|column| may_answer(&column.key));
    told.map(|column| Diagnostic::error("column-not-asked", place.clone()).with("column", &column.heading))
        .collect()
}

/// Every text of a document, line by line and row by row.
pub(super) fn of_document(source: &SourceDocument) -> Vec<Remnant> {
    let mut asides = Vec::new();
    for block in &source.blocks {
        match block {
            SourceBlock::Line(line) => {
                let text = [line.paragraph.label(), &line.paragraph.text].concat();
                if !text.trim().is_empty() {
                    asides.push(remnant(&[], text.lines().map(str::to_owned).collect(), Origin::default()));
                }
            }
            SourceBlock::Table(table) => {
                asides.extend(rows(table).map(|(place, texts)| remnant(&[], texts, place)));
            }
        }
    }
    asides
}

/// What stands around the rows of a checklist.
pub(super) fn around(checklist: &Checklist, speakers: &[usize], index: &CatalogueIndex) -> Vec<Remnant> {
    let Checklist { attachment, form, beside } = checklist;
    let (above, below) = (&attachment.preamble, &attachment.postscript);
    let name = filler(above).or_else(|| filler(below));
    let is_own = |line: &String| form.is_some() && ROUND.is_own_line(line);
    let lines = above.iter().filter(|line| !is_own(line)).chain(below);
    let lines = lines.filter(|line| !says_who_and_when(line, name));
    let title = Some(&attachment.title).filter(|title| !title.is_empty() && !begins_form(title));
    let sections = attachment.sections.iter().map(|part| (&part.label, &part.title));
    let focuses = attachment.focuses.iter().map(|part| (&part.label, &part.title));
    let strange = sections.chain(focuses).filter(|(_, title)| !title.is_empty() && !index.has_part(title));
    let strange = strange.map(|(label, title)| [label.as_str(), title].concat());
    let texts = title.into_iter().chain(lines).cloned().chain(strange);
    let mut asides: Vec<Remnant> =
        texts.map(|text| remnant(speakers, vec![text], Origin::default())).collect();
    for table in beside {
        asides.extend(rows(table).map(|(place, texts)| remnant(speakers, texts, place)));
    }
    asides
}

/// The texts that findings hold because no row has them.
pub(super) fn of_findings(diagnostics: &[Diagnostic]) -> Vec<Remnant> {
    let unplaced = diagnostics.iter().filter(|finding| UNPLACED.contains(&finding.code));
    let text = |finding: &Diagnostic| {
        let (_, text) = finding.arguments.iter().find(|(name, _)| *name == "text")?;
        let place = finding.place.as_ref().map_or_else(Origin::default, origin);
        Some(remnant(&[], text.lines().map(str::to_owned).collect(), place))
    };
    unplaced.filter_map(text).collect()
}

/// Says of tables that were passed over that their texts are kept: one whose headings nobody knows may be a whole checklist, so it
/// is an error unless the file hides it.
pub(super) fn tell(diagnostics: &mut [Diagnostic], checklists: &[Checklist]) {
    let hidden: Vec<&Container> = checklists
        .iter()
        .flat_map(|list| &list.beside)
        .filter(|table| table.hidden)
        .map(|table| &table.container)
        .collect();
    for finding in diagnostics.iter_mut().filter(|finding| finding.code == "table-ignored") {
        let container = finding.place.as_ref().and_then(|place| place.container.as_ref());
        let told = match container.is_some_and(|container| hidden.contains(&container)) {
            true => Diagnostic::unplaced("table-set-aside-hidden", Severity::Warning),
            false => Diagnostic::unplaced("table-set-aside", Severity::Error),
        };
        let place = finding.place.take();
        let arguments = std::mem::take(&mut finding.arguments);
        *finding = Diagnostic { place, arguments, ..told };
    }
}

fn remnant(units: &[usize], paragraphs: Vec<String>, place: Origin) -> Remnant {
    Remnant {
        units: units.to_vec(),
        item: None,
        matter: String::new(),
        heading: String::new(),
        paragraphs,
        place,
    }
}

/// The rows of a table that say something, each with the place of its first text.
fn rows(table: &SourceTable) -> impl Iterator<Item = (Origin, Vec<String>)> {
    (0..table.grid.rows()).filter_map(|row| {
        let own = table.grid.row(row).filter(|cell| cell.row == row && !cell.content.is_blank());
        let own: Vec<_> = own.collect();
        let first = own.first()?;
        let place = Origin { row: Some(row + 1), column: Some(first.column + 1), ..within(&table.container) };
        let texts =
            own.iter().flat_map(|cell| cell.content.text().lines().map(str::to_owned).collect::<Vec<_>>());
        Some((place, texts.filter(|text| !text.trim().is_empty()).collect()))
    })
}

fn within(container: &Container) -> Origin {
    match container {
        Container::Table(table) => Origin { table: Some(*table), ..Origin::default() },
        Container::Sheet(sheet) => Origin { sheet: Some(sheet.clone()), ..Origin::default() },
        _ => Origin::default(),
    }
}

fn origin(place: &Locator) -> Origin {
    let container = place.container.as_ref().map_or_else(Origin::default, within);
    Origin { row: place.row, column: place.column, ..container }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use luoshi_model::{Catalogue, Focus, Section};
    use luoshi_table::{GridBuilder, SourceCell, SourceRow};

    use super::*;

    fn index() -> CatalogueIndex {
        let json = r#"{"schema":"luoshi.catalogue/1","id":"t","title":"t","numbering":"continuous","columns":[],
            "sections":[{"id":"1","label":"一、","title":"推进公开"}],"focuses":[],"items":[],"units":[]}"#;
        CatalogueIndex::new(Catalogue::from_json(json.as_bytes()).unwrap())
    }

    fn table() -> SourceTable {
        let mut grid = GridBuilder::new();
        for (row, column, text) in [(0, 0, "编码"), (0, 1, "进展"), (2, 1, "招生\n公示"), (2, 2, " ")]
        {
            grid.place(row, column, 1, 1, SourceCell::from_text(text)).unwrap();
        }
        let grid = grid.finish();
        SourceTable {
            container: Container::Sheet("另表".into()),
            hidden: false,
            rows: vec![SourceRow::default(); grid.rows() as usize],
            grid,
            bookmarks: Vec::new(),
        }
    }

    #[test]
    fn what_stands_around_the_rows_is_kept_unless_it_was_understood() {
        let lines = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        let part =
            |title: &str| Section {
                id: title.to_owned(), label: "二、".to_owned(), title: title.to_owned()
            };
        let attachment = Attachment {
            title: "请认真填写".to_owned(),
            preamble: lines(&["填报单位：区教育局", "联系人：王小明"]),
            postscript: lines(&["2016年12月5日", "注：数据截至11月。"]),
            sections: vec![part("推进公开"), part("我局自加的部分")],
            focuses: vec![Focus {
                id: "x".into(),
                section: None,
                label: String::new(),
                title: "自加的重点".into(),
            }],
            ..Attachment::default()
        };
        let checklist = Checklist { attachment, form: None, beside: vec![table()] };
        let told: Vec<(String, Origin)> = around(&checklist, &[3], &index())
            .into_iter()
            .map(|aside| {
                assert_eq!(aside.units, [3]);
                (aside.paragraphs.join("|"), aside.place)
            })
            .collect();
        let texts: Vec<&str> = told.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "请认真填写",
                "联系人：王小明",
                "注：数据截至11月。",
                "二、我局自加的部分",
                "自加的重点",
                "编码|进展",
                "招生|公示"
            ]
        );
        let place =
            Origin { sheet: Some("另表".into()), row: Some(3), column: Some(2), ..Origin::default() };
        assert_eq!(told[6].1, place);
    }

    #[test]
    fn texts_of_findings_are_kept_where_no_row_has_them() {
        let place = Locator { row: Some(7), ..Locator::within(&Arc::from("甲.docx"), Container::Table(2)) };
        let findings = [
            Diagnostic::error("row-unplaced", place.clone()).with("text", "无处安放的一句。"),
            Diagnostic::warning("row-continued", place).with("text", "已并入上一行。"),
        ];
        let told = of_findings(&findings);
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].paragraphs, ["无处安放的一句。"]);
        assert_eq!(told[0].place, Origin { table: Some(2), row: Some(7), ..Origin::default() });
    }
}
