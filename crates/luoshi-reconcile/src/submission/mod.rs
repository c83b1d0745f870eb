//! A submission: what one file says, as replies of units to items.
//!
//! Not here: whose file it is (speaker), and what other files say.

mod speaker;

use std::collections::BTreeMap;

use luoshi_model::{
    Answer, AnswerKind, Attachment, ColumnKey, CoverageState, FormMark, Item, ItemOrigin, Origin,
    SubmittedFile,
};
use luoshi_normalizer::{CatalogueIndex, Checklist, answer_text, stated_day};
use luoshi_table::{Diagnostic, Locator, Outcome};

use crate::words::ROUND;
use speaker::Speaker;

/// What one file says.
#[derive(Clone, Debug, Default)]
pub struct Submission {
    /// The file.
    pub file: SubmittedFile,
    /// What its rows answer.
    pub replies: Vec<Reply>,
    /// Texts that answer nothing: columns that the catalogue does not ask, lines around the table.
    pub asides: Vec<Remnant>,
}

/// One row's answer to one item.
#[derive(Clone, Debug)]
pub struct Reply {
    /// Who speaks: indexes of units of the directory, several where a row is theirs together; none where nobody is known.
    pub units: Vec<usize>,
    /// What is said of the speaker where no unit is known: the name as written, or the file's.
    pub named: String,
    /// The index of the item; none where the question is in no catalogue.
    pub item: Option<usize>,
    /// The question as the file asks it.
    pub matter: String,
    /// The question was retyped.
    pub retyped: bool,
    /// What kind of answer it is.
    pub state: CoverageState,
    /// The texts, column by column; none for blank cells.
    pub texts: Vec<Text>,
    /// Where the row begins.
    pub place: Origin,
}

/// The text of one cell.
#[derive(Clone, Debug)]
pub struct Text {
    /// The column.
    pub column: ColumnKey,
    /// The text.
    pub paragraphs: Vec<String>,
    /// Indexes of all items that the cell answers, this one first; none where it answers this one alone.
    pub covers: Vec<usize>,
    /// The index of the item that the text points to: 同上, 见第3项.
    pub see: Option<usize>,
    /// Last period's text came back with its mark.
    pub prefilled: bool,
    /// Where the cell begins.
    pub place: Origin,
}

/// A text that answers nothing.
#[derive(Clone, Debug)]
pub struct Remnant {
    /// Who speaks, as in [`Reply::units`].
    pub units: Vec<usize>,
    /// The index of the item of its row.
    pub item: Option<usize>,
    /// The question of its row, where that is in no catalogue.
    pub matter: String,
    /// The heading of its column; empty for a line outside the table.
    pub heading: String,
    /// The text.
    pub paragraphs: Vec<String>,
    /// Where it stands.
    pub place: Origin,
}

impl Submission {
    /// Reads the checklists of a file as replies. `mark` is what a property of the file says of its form.
    pub fn read(
        name: &str,
        format: &str,
        checklists: Outcome<Vec<Checklist>>,
        mark: Option<&FormMark>,
        index: &CatalogueIndex,
    ) -> Outcome<Self> {
        let Outcome { value: checklists, mut diagnostics } = checklists;
        let is_form = mark.is_some() || checklists.iter().any(|checklist| checklist.form.is_some());
        expected(&mut diagnostics, &checklists, is_form, index);
        let file =
            SubmittedFile { name: name.to_owned(), format: format.to_owned(), ..SubmittedFile::default() };
        let mut submission = Self { file, ..Self::default() };
        let place = Locator::file(&name.into());
        for checklist in checklists {
            let form = checklist.form.as_ref().or(mark);
            if let Some(form) = form.filter(|form| form.catalogue != index.catalogue().id) {
                let finding = Diagnostic::warning("form-of-other-catalogue", place.clone());
                diagnostics
                    .push(finding.with("catalogue", &form.catalogue).with("expected", &index.catalogue().id));
            }
            let lines =
                || checklist.attachment.preamble.iter().chain(&checklist.attachment.postscript).cloned();
            let day = stated_day(&lines().collect::<Vec<_>>());
            submission.file.date = submission.file.date.take().max(day);
            let speaker = speaker::of(&checklist.attachment, form, name, index, &place, &mut diagnostics);
            let before = submission.replies.len();
            submission.take(&checklist.attachment, &speaker, form.is_some(), index);
            submission.drop_repeats(before);
        }
        let units = submission.replies.iter().flat_map(|reply| reply.units.iter().copied());
        let mut units: Vec<usize> = units.collect();
        units.sort_unstable();
        units.dedup();
        submission.file.units =
            units.into_iter().map(|unit| index.catalogue().units[unit].name.clone()).collect();
        submission.file.answers =
            submission.replies.iter().filter(|reply| !reply.state.is_due()).count() as u32;
        Outcome::new(submission, diagnostics)
    }

    fn take(&mut self, attachment: &Attachment, speaker: &Speaker, is_form: bool, index: &CatalogueIndex) {
        let answered = index.answered_columns();
        let by_item: BTreeMap<&str, &ItemOrigin> =
            attachment.provenance.items.iter().map(|origin| (origin.item.as_str(), origin)).collect();
        for item in &attachment.items {
            let known = index.position(&item.id).or_else(|| index.asking(&item.matter));
            let origin = Origins(by_item.get(item.id.as_str()).copied());
            let speakers = speaker.of_row(item, index);
            for voice in voices(item, speaker, &speakers, &answered, index) {
                let texts = voice
                    .texts
                    .into_iter()
                    .map(|(column, paragraphs)| text(column, paragraphs, item, known, &origin, index));
                self.replies.push(Reply {
                    units: voice.units,
                    named: speaker.named().to_owned(),
                    item: known,
                    matter: item.matter.clone(),
                    retyped: known
                        .is_some_and(|known| !item.matter.is_empty() && !index.asks_as(known, &item.matter)),
                    state: voice.state,
                    texts: texts.collect(),
                    place: origin.row(),
                });
            }
            self.set_aside(attachment, item, known, &speakers, &origin, &answered);
        }
        // The lines above the table of a form of ours are its own.
        let above = attachment.preamble.iter().filter(|_| !is_form);
        for line in above.chain(&attachment.postscript) {
            self.asides.push(Remnant {
                units: speaker.units().to_vec(),
                item: None,
                matter: String::new(),
                heading: String::new(),
                paragraphs: vec![line.clone()],
                place: Origin::default(),
            });
        }
    }

    /// Keeps the texts of columns that the catalogue does not ask.
    fn set_aside(
        &mut self,
        attachment: &Attachment,
        item: &Item,
        known: Option<usize>,
        speakers: &[usize],
        origin: &Origins<'_>,
        answered: &[ColumnKey],
    ) {
        for column in attachment.columns.iter().filter(|column| !answered.contains(&column.key)) {
            let asked = matches!(column.key, ColumnKey::Requirement | ColumnKey::Deadline) && known.is_some();
            let paragraphs = answer_text(item, &column.key);
            if !asked && !paragraphs.is_empty() {
                self.asides.push(Remnant {
                    units: speakers.to_vec(),
                    item: known,
                    matter: if known.is_none() { item.matter.clone() } else { String::new() },
                    heading: column.heading.clone(),
                    paragraphs,
                    place: origin.of(&column.key),
                });
            }
        }
    }

    /// A file may hold its checklist twice, to print and to compute with. What the second says once more is no second answer;
    /// what it says otherwise is.
    fn drop_repeats(&mut self, before: usize) {
        let later = self.replies.split_off(before);
        for reply in later {
            let says = |text: &Text| {
                let same = |other: &Text| other.column == text.column && other.paragraphs == text.paragraphs;
                let mut own = self
                    .replies
                    .iter()
                    .filter(|other| other.item == reply.item && other.units == reply.units);
                own.any(|other| other.texts.iter().any(same)) || text.see.is_some()
            };
            let there = self.replies.iter().take(before);
            let mut there = there.filter(|other| other.item == reply.item && other.units == reply.units);
            let repeated = reply.item.is_some() && there.next().is_some() && reply.texts.iter().all(says);
            if !repeated {
                self.replies.push(reply);
            }
        }
    }
}

/// Drops what is as it should be in a submission: items of others are missing, the column of units names its sender alone, blanks
/// are in the coverage, and a unit that is asked five items numbers them from 1 to 5. Rows of a form are known by their marks,
/// wherever they were moved.
fn expected(
    diagnostics: &mut Vec<Diagnostic>,
    checklists: &[Checklist],
    is_form: bool,
    index: &CatalogueIndex,
) {
    let from_one = |checklist: &Checklist| {
        let items = &checklist.attachment.items;
        items.len() < index.catalogue().items.len()
            && (1..).zip(items).all(|(number, item)| item.number == Some(number))
    };
    let renumbered = checklists.iter().any(from_one);
    diagnostics.retain(|finding| match finding.code {
        "items-missing" | "units-differ" | "answer-blank" => false,
        "number-differs" => !(renumbered || is_form),
        "focus-differs" | "number-out-of-order" => !is_form,
        _ => true,
    });
}

/// Who says what in a row.
struct Voice {
    units: Vec<usize>,
    state: CoverageState,
    texts: Vec<(ColumnKey, Vec<String>)>,
}

/// The voices of a row: one, but where the row is several units' together and its texts name who said what.
fn voices(
    item: &Item,
    speaker: &Speaker,
    speakers: &[usize],
    answered: &[ColumnKey],
    index: &CatalogueIndex,
) -> Vec<Voice> {
    let texts: Vec<(ColumnKey, Vec<String>)> = answered
        .iter()
        .map(|key| (key.clone(), answer_text(item, key)))
        .filter(|(_, paragraphs)| !paragraphs.is_empty())
        .collect();
    let state = state(item, &texts);
    if !speaker.is_joint() {
        return vec![Voice { units: speakers.to_vec(), state, texts }];
    }
    let mut voices: Vec<Voice> = Vec::new();
    for (column, paragraphs) in texts {
        let contributions = match (&column, &item.status) {
            (ColumnKey::Status, Some(status)) => status.contributions.clone(),
            _ => index.shares(&paragraphs),
        };
        let shares: Vec<(Vec<usize>, Vec<String>)> = if contributions.is_empty() {
            vec![(speakers.to_vec(), paragraphs)]
        } else {
            let units = |names: &str| names.split('、').filter_map(|name| index.unit(name)).collect();
            contributions.into_iter().map(|share| (units(&share.unit), share.paragraphs)).collect()
        };
        for (units, paragraphs) in shares {
            match voices.iter_mut().find(|voice| voice.units == units) {
                Some(voice) => voice.texts.push((column.clone(), paragraphs)),
                None => voices.push(Voice { units, state, texts: vec![(column.clone(), paragraphs)] }),
            }
        }
    }
    if voices.is_empty() {
        voices.push(Voice { units: speakers.to_vec(), state, texts: Vec::new() });
    }
    voices
}

fn state(item: &Item, texts: &[(ColumnKey, Vec<String>)]) -> CoverageState {
    let kind = item.status.as_ref().map(|status| status.answer);
    match kind {
        Some(AnswerKind::Answered | AnswerKind::See) => CoverageState::Answered,
        Some(AnswerKind::None | AnswerKind::Struck) => CoverageState::None,
        Some(AnswerKind::NotApplicable) => CoverageState::NotApplicable,
        Some(AnswerKind::Blank) => CoverageState::Blank,
        None if texts.is_empty() => CoverageState::Blank,
        None => CoverageState::Answered,
    }
}

fn text(
    column: ColumnKey,
    mut paragraphs: Vec<String>,
    item: &Item,
    known: Option<usize>,
    origin: &Origins<'_>,
    index: &CatalogueIndex,
) -> Text {
    let status = item.status.as_ref().filter(|_| column == ColumnKey::Status);
    let ids = match status {
        Some(status) => Some(&status.covers),
        None => item.merged.get(column.name().as_ref()),
    };
    let mut covers: Vec<usize> = ids.into_iter().flatten().filter_map(|id| index.position(id)).collect();
    if covers.len() < 2 || known.is_none_or(|known| !covers.contains(&known)) {
        covers.clear();
    }
    let points = |status: &Answer| status.see.as_deref().and_then(|id| index.position(id));
    let prefilled = paragraphs.first().is_some_and(|first| first.starts_with(ROUND.prefilled.as_str()));
    if prefilled && let Some(first) = paragraphs.first_mut() {
        *first = first[ROUND.prefilled.len()..].trim_start().to_owned();
    }
    let place = origin.of(&column);
    Text { see: status.and_then(points), column, paragraphs, covers, prefilled, place }
}

/// Where the fields of a row stand.
struct Origins<'a>(Option<&'a ItemOrigin>);

impl Origins<'_> {
    fn of(&self, column: &ColumnKey) -> Origin {
        let fields = self.0.map_or(&[][..], |origin| &origin.fields);
        let own = fields.iter().find(|field| field.field == *column);
        own.map_or_else(
            || self.row(),
            |field| Origin {
                file: 0,
                table: field.table,
                sheet: field.sheet.clone(),
                row: Some(field.row),
                column: Some(field.column),
            },
        )
    }

    fn row(&self) -> Origin {
        let first = self.0.and_then(|origin| origin.fields.first());
        first.map_or_else(Origin::default, |field| Origin {
            file: 0,
            table: field.table,
            sheet: field.sheet.clone(),
            row: Some(field.row),
            column: None,
        })
    }
}
