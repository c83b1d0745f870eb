//! What a row answers, by the columns that the catalogue asks. Units part their columns as they like: what stands under 典型做法 and
//! 存在问题 answers 典型做法及问题概述, and the other way round; a class alone is the whole answer.
//!
//! Not here: whose answer it is, and what is kept beside it.

use luoshi_model::{AnswerKind, Attachment, ColumnKey, Item, Remark, RemarkKind};
use luoshi_normalizer::{answer_text, opens_with_label};

/// A text under the column that it answers.
pub(super) struct Field {
    pub(super) column: ColumnKey,
    /// The column of the file in which it stands, the first of several.
    pub(super) source: ColumnKey,
    pub(super) paragraphs: Vec<String>,
}

/// The texts of a row, in the order of the columns asked; none for blank cells.
pub(super) fn of(item: &Item, attachment: &Attachment, asked: &[ColumnKey]) -> Vec<Field> {
    let fields = asked.iter().map(|column| {
        let own = answer_text(item, column);
        match column {
            ColumnKey::Status => match class_alone(item, asked) {
                Some(class) => {
                    Field { column: column.clone(), source: ColumnKey::Class, paragraphs: class.to_vec() }
                }
                None => Field { column: column.clone(), source: column.clone(), paragraphs: own },
            },
            ColumnKey::Remarks => joined(item, attachment, asked, own),
            ColumnKey::Practice | ColumnKey::Issue => parted(item, column, asked, own),
            _ => Field { column: column.clone(), source: column.clone(), paragraphs: own },
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

/// Remarks, and what the file has in columns of their kinds, each under its heading as a label.
fn joined(item: &Item, attachment: &Attachment, asked: &[ColumnKey], own: Vec<String>) -> Field {
    let mut field = Field { column: ColumnKey::Remarks, source: ColumnKey::Remarks, paragraphs: own };
    for column in attachment.columns.iter().filter(|column| !asked.contains(&column.key)) {
        let mut lines = match column.key {
            ColumnKey::Practice | ColumnKey::Issue => answer_text(item, &column.key),
            _ => continue,
        };
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
fn parted(item: &Item, column: &ColumnKey, asked: &[ColumnKey], own: Vec<String>) -> Field {
    let mut field = Field { column: column.clone(), source: column.clone(), paragraphs: own };
    if asked.contains(&ColumnKey::Remarks) || !answers(item, &ColumnKey::Remarks, asked) {
        return field;
    }
    let blocks = item.remarks.iter().filter(|block| place_of(block.kind) == *column);
    let blocks: Vec<Remark> = blocks.map(|block| Remark { inline: false, ..block.clone() }).collect();
    if field.paragraphs.is_empty() && !blocks.is_empty() {
        field.source = ColumnKey::Remarks;
    }
    field.paragraphs.append(&mut Remark::join(&blocks));
    field
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
    use luoshi_model::Column;
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
        let fields = of(&item, &attachment, asked).into_iter();
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
