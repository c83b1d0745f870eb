//! What a row answers, by the columns that the catalogue asks. Units part their columns as they like: what stands under 典型做法 and
//! 存在问题 answers 典型做法及问题概述, and the other way round; a class alone is the whole answer.
//!
//! Not here: whose answer it is, and what is kept beside it.

use luoshi_model::{AnswerKind, ColumnKey, Item, Remark, RemarkKind};
use luoshi_normalizer::{answer_text, opens_with_label};

use crate::answers::Answers;

/// A text under the column that it answers.
pub(crate) struct Field {
    pub(crate) column: ColumnKey,
    /// The column of the file in which it stands, the first of several.
    pub(super) source: ColumnKey,
    pub(crate) paragraphs: Vec<String>,
    /// It is one cell of the file, and answers whatever that cell is merged over.
    pub(super) is_cell: bool,
}

impl Field {
    fn cell(column: &ColumnKey, source: ColumnKey, paragraphs: Vec<String>) -> Self {
        Self { column: column.clone(), source, paragraphs, is_cell: true }
    }
}

/// The texts of a row, in the order of the columns asked; none for blank cells.
pub(crate) fn of(item: &Item, answers: &Answers<'_>, asked: &[ColumnKey]) -> Vec<Field> {
    let fields = asked.iter().map(|column| {
        let own = answer_text(item, column);
        match (column, class_alone(item, asked)) {
            (ColumnKey::Status, Some(class)) => Field::cell(column, ColumnKey::Class, class.to_vec()),
            (ColumnKey::Remarks, _) => joined(item, answers, asked, own),
            (ColumnKey::Practice | ColumnKey::Issue, _) => parted(item, answers, column, asked, own),
            _ => Field::cell(column, column.clone(), own),
        }
    });
    fields.filter(|field| !field.paragraphs.is_empty()).collect()
}

/// Whether a column of the file that is not asked answers one that is.
pub(super) fn answers(item: &Item, column: &ColumnKey, asked: &[ColumnKey]) -> bool {
    match column {
        ColumnKey::Class => class_alone(item, asked).is_some(),
        ColumnKey::Practice | ColumnKey::Issue => asked.contains(&ColumnKey::Remarks),
        ColumnKey::Remarks => item.remarks.iter().all(|block| asked.contains(&place_of(block.kind))),
        _ => false,
    }
}

/// The class that a unit chose without a word beside it; the attachment has no column for it.
pub(super) fn class_alone<'a>(item: &'a Item, asked: &[ColumnKey]) -> Option<&'a [String]> {
    let blank = item.status.as_ref().is_none_or(|status| status.answer == AnswerKind::Blank);
    let apart =
        asked.contains(&ColumnKey::Class) || !asked.contains(&ColumnKey::Status) || item.class.is_empty();
    (blank && !apart).then_some(item.class.as_slice())
}

/// Remarks, and what the file has in columns of their kinds, each under its heading as a label. A cell of one of them that is merged
/// over several items is told to each: the others beside it are not merged with it.
fn joined(item: &Item, answers: &Answers<'_>, asked: &[ColumnKey], own: Vec<String>) -> Field {
    let is_part =
        |key: &ColumnKey| matches!(key, ColumnKey::Practice | ColumnKey::Issue) && !asked.contains(key);
    let mut columns = answers.attachment.columns.iter().filter(|column| is_part(&column.key)).peekable();
    if columns.peek().is_none() {
        return Field::cell(&ColumnKey::Remarks, ColumnKey::Remarks, own);
    }
    let remarks = answers.text(item, &ColumnKey::Remarks);
    let mut field = Field { is_cell: false, ..Field::cell(&ColumnKey::Remarks, ColumnKey::Remarks, remarks) };
    for column in columns {
        let mut lines = answers.text(item, &column.key);
        let Some(first) = lines.first_mut() else { continue };
        if !opens_with_label(first) {
            first.insert_str(0, &[column.heading.as_str(), "："].concat());
        }
        if field.paragraphs.is_empty() {
            field.source = column.key.clone();
        }
        field.paragraphs.append(&mut lines);
    }
    field
}

/// A column of practices or of issues, and the blocks of the remarks that are of its kind.
fn parted(
    item: &Item,
    answers: &Answers<'_>,
    column: &ColumnKey,
    asked: &[ColumnKey],
    own: Vec<String>,
) -> Field {
    let remarks = answers.remarks(item);
    let all_have_a_place = remarks.iter().all(|block| asked.contains(&place_of(block.kind)));
    if asked.contains(&ColumnKey::Remarks) || remarks.is_empty() || !all_have_a_place {
        return Field::cell(column, column.clone(), own);
    }
    let own = answers.text(item, column);
    let blocks = remarks.iter().filter(|block| place_of(block.kind) == *column);
    let blocks: Vec<Remark> = blocks.map(|block| Remark { inline: false, ..block.clone() }).collect();
    let source = if own.is_empty() && !blocks.is_empty() { ColumnKey::Remarks } else { column.clone() };
    let paragraphs = [own, Remark::join(&blocks)].concat();
    Field { is_cell: false, ..Field::cell(column, source, paragraphs) }
}

/// The column that a block of remarks belongs to where a catalogue asks for two.
fn place_of(kind: RemarkKind) -> ColumnKey {
    match kind {
        RemarkKind::Issue | RemarkKind::NextStep => ColumnKey::Issue,
        _ => ColumnKey::Practice,
    }
}

#[cfg(test)]
mod tests {
    use luoshi_model::{Attachment, Column};
    use luoshi_normalizer::CatalogueIndex;

    use super::*;

    fn told(columns: &[(ColumnKey, &str, &str)], asked: &[ColumnKey]) -> Vec<(ColumnKey, ColumnKey, String)> {
        let json = r#"{"schema":"luoshi.catalogue/1","id":"t","title":"t","numbering":"continuous","columns":[],
            "sections":[],"focuses":[],"items":[],"units":[]}"#;
        let index = CatalogueIndex::new(luoshi_model::Catalogue::from_json(json.as_bytes()).unwrap());
        let mut item = Item::default();
        let mut attachment = Attachment::default();
        for (key, heading, text) in columns {
            index.set_answer(&mut item, key, text.split('|').map(str::to_owned).collect());
            attachment.columns.push(Column { key: key.clone(), heading: (*heading).to_owned(), group: None });
        }
        let fields = of(&item, &Answers::new(&attachment), asked).into_iter();
        fields.map(|field| (field.column, field.source, field.paragraphs.join("|"))).collect()
    }

    #[test]
    fn columns_that_were_parted_are_put_together_under_their_headings() {
        use ColumnKey::{Issue, Practice, Remarks};
        let two = [(Practice, "典型做法", "甲。"), (Issue, "存在问题", "存在问题：乙。|丙。")];
        assert_eq!(
            told(&two, &[Remarks]),
            [(Remarks, Practice, "典型做法：甲。|存在问题：乙。|丙。".to_owned())]
        );
        let three = [(Issue, "问题", "乙。"), (Remarks, "备注", "丁。")];
        assert_eq!(told(&three, &[Remarks]), [(Remarks, Remarks, "丁。|问题：乙。".to_owned())]);
        // Asked for as it was sent.
        assert_eq!(told(&two, &[Practice, Issue]).len(), 2);
    }

    #[test]
    fn a_merged_cell_of_one_column_is_told_to_each_item_and_the_others_stay_with_theirs() {
        use ColumnKey::{Issue, Practice, Remarks};
        let column = |key: ColumnKey, heading: &str| Column { key, heading: heading.to_owned(), group: None };
        let mut first = Item { id: "1".to_owned(), ..Item::default() };
        first.set_text(&Practice, vec!["设立开放日。".to_owned()]);
        first.set_text(&Issue, vec!["人手不足。".to_owned()]);
        first.merged.insert("practice".to_owned(), vec!["1".to_owned(), "2".to_owned()]);
        let attachment = Attachment {
            columns: vec![column(Practice, "典型做法"), column(Issue, "存在问题")],
            items: vec![first, Item { id: "2".to_owned(), ..Item::default() }],
            ..Attachment::default()
        };
        let told = |at: usize| {
            let fields = of(&attachment.items[at], &Answers::new(&attachment), &[Remarks]);
            assert!(fields.iter().all(|field| !field.is_cell));
            fields.into_iter().map(|field| field.paragraphs.join("|")).collect::<Vec<_>>()
        };
        assert_eq!(told(0), ["典型做法：设立开放日。|存在问题：人手不足。"]);
        assert_eq!(told(1), ["典型做法：设立开放日。"]);
    }

    #[test]
    fn remarks_are_parted_by_their_labels() {
        use ColumnKey::{Issue, Practice, Remarks};
        let one = [(Remarks, "备注", "典型做法：甲。存在问题：乙。|下一步：丙。")];
        assert_eq!(
            told(&one, &[Practice, Issue]),
            [
                (Practice, Remarks, "典型做法：甲。".to_owned()),
                (Issue, Remarks, "存在问题：乙。|下一步：丙。".to_owned())
            ]
        );
        // A block that has no place in what is asked: nothing of the cell is taken apart.
        assert!(told(&one, &[Issue]).is_empty());
    }
}
