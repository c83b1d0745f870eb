//! A submission: what one file says, as replies of units to items.
//!
//! Not here: whose file it is (speaker), and what other files say.

mod asides;
pub(crate) mod fields;
mod speaker;

use std::collections::{BTreeMap, HashMap};

use luoshi_model::{
    Answer, AnswerKind, Attachment, ColumnKey, CoverageState, Item, ItemOrigin, NumberSource, Origin,
    SubmittedFile,
};
use luoshi_normalizer::{
    CatalogueIndex, Checklist, Checklists, Reference, answer_kind, answer_text, reference, stated_day,
};
use luoshi_table::{Container, Diagnostic, Locator, Outcome, SourceDocument};

use crate::answers::Answers;
use crate::words::ROUND;
pub(crate) use fields::Field;
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
    /// Sentences in columns that number, ask or name units.
    pub misplaced: Vec<Text>,
    /// The index of the item whose merged cell answers this one.
    pub covered_by: Option<usize>,
    /// The day that its checklist states, `YYYY-MM-DD`.
    pub day: Option<String>,
    /// Where its row begins.
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
    /// The item that the text points to: 同上, 见第3项.
    pub see: Option<Pointer>,
    /// Last period's text came back with its mark.
    pub prefilled: bool,
    /// It is what was sent around; the merge says.
    pub carried: bool,
    /// Where the cell begins.
    pub place: Origin,
}

impl Text {
    /// A cell without text, in a column and at a place.
    pub(crate) fn at(column: ColumnKey, place: Origin) -> Self {
        Self {
            column,
            paragraphs: Vec::new(),
            covers: Vec::new(),
            see: None,
            prefilled: false,
            carried: false,
            place,
        }
    }
}

/// What a text points to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pointer {
    /// The index of the item; none where it leads nowhere.
    pub target: Option<usize>,
    /// How the text says it.
    pub reference: Reference,
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
    /// Reads the checklists of a file as replies.
    pub fn read(
        name: &str,
        format: &str,
        checklists: Outcome<Checklists>,
        index: &CatalogueIndex,
    ) -> Outcome<Self> {
        let Outcome { value: Checklists { lists: checklists, unread }, mut diagnostics } = checklists;
        let is_form = checklists.iter().any(|checklist| checklist.form.is_some());
        let unplaced = asides::of_findings(&diagnostics);
        asides::tell(&mut diagnostics, &checklists);
        expected(&mut diagnostics, &checklists, is_form, index);
        let file =
            SubmittedFile { name: name.to_owned(), format: format.to_owned(), ..SubmittedFile::default() };
        let mut submission = Self { file, ..Self::default() };
        let place = Locator::file(&name.into());
        for checklist in checklists {
            let form = checklist.form.as_ref();
            if let Some(form) = form.filter(|form| form.catalogue != index.catalogue().id) {
                let finding = Diagnostic::error("form-of-other-catalogue", place.clone());
                diagnostics
                    .push(finding.with("catalogue", &form.catalogue).with("expected", &index.catalogue().id));
            }
            let lines =
                || checklist.attachment.preamble.iter().chain(&checklist.attachment.postscript).cloned();
            let day = stated_day(&lines().collect::<Vec<_>>(), index.day());
            submission.file.date = submission.file.date.take().max(day.clone());
            let speaker = speaker::of(&checklist.attachment, form, name, index, &place, &mut diagnostics);
            let before = submission.replies.len();
            submission.take(checklist, &speaker, day.as_ref(), index, &mut diagnostics);
            submission.drop_repeats(before);
        }
        submission.asides.extend(unplaced);
        submission.asides.extend(unread.iter().flat_map(asides::of_document));
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

    /// What is kept of a file without a checklist, or with one whose headings nobody knows: every text of it, as it stands.
    pub fn without_checklist(name: &str, source: &SourceDocument, finding: Diagnostic) -> Outcome<Self> {
        let file = SubmittedFile {
            name: name.to_owned(),
            format: source.format.to_owned(),
            unreadable: Some(finding.code.to_owned()),
            ..SubmittedFile::default()
        };
        Outcome::new(Self { file, asides: asides::of_document(source), ..Self::default() }, vec![finding])
    }

    fn take(
        &mut self,
        checklist: Checklist,
        speaker: &Speaker,
        day: Option<&String>,
        index: &CatalogueIndex,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let attachment = &checklist.attachment;
        let answers = Answers::new(attachment);
        let answered = index.answered_columns();
        let by_item: BTreeMap<&str, &ItemOrigin> =
            attachment.provenance.items.iter().map(|origin| (origin.item.as_str(), origin)).collect();
        for item in &attachment.items {
            // An id means what its catalogue says.
            let own = attachment.catalogue.as_ref() == Some(&index.catalogue().id);
            let by_id = index.position(&item.id).filter(|&known| own || index.asks_as(known, &item.matter));
            let known = by_id.or_else(|| index.asking(&item.matter));
            let origin = Origins(by_item.get(item.id.as_str()).copied());
            let speakers = speaker.of_row(item, known, index);
            let at = origin.locator(&self.file.name);
            speaker::check_row(&speakers, item, known, index, at.clone(), diagnostics);
            check_text(item, known, at, index, diagnostics);
            let fields = fields::of(item, &answers, &answered);
            if let Some(class) = fields.iter().find(|field| field.source == ColumnKey::Class) {
                let told = Diagnostic::error("answer-only-class", origin.locator(&self.file.name));
                let told = told.with("item", name_of(item, known, index));
                diagnostics.push(told.with("class", class.paragraphs.concat()));
            }
            let mut misplaced = misplaced(item, known, attachment, &origin, index);
            if known.is_none() && item.matter.is_empty() && fields.is_empty() && misplaced.is_empty() {
                // A numbered row that nobody filled in.
                continue;
            }
            for voice in voices(item, speaker, &speakers, fields, index) {
                let texts = voice.texts.into_iter().map(|field| text(field, item, known, &origin, index));
                self.replies.push(Reply {
                    units: voice.units,
                    named: speaker.named(item, index),
                    item: known,
                    matter: item.matter.clone(),
                    retyped: known
                        .is_some_and(|known| !item.matter.is_empty() && !index.asks_as(known, &item.matter)),
                    state: voice.state,
                    texts: texts.collect(),
                    misplaced: std::mem::take(&mut misplaced),
                    covered_by: covered_by(item, index),
                    day: day.cloned(),
                    place: origin.row(),
                });
            }
            self.asides.extend(asides::of_row(attachment, item, known, &speakers, &origin, &answered, index));
            let at = origin.locator(&self.file.name);
            diagnostics.extend(asides::not_asked(attachment, item, &answered, &at));
        }
        self.asides.extend(asides::around(&checklist, speaker.units(), index));
    }

    /// A file may hold its checklist twice, to print and to compute with. What the second says once more is no second answer;
    /// what it says otherwise is.
    fn drop_repeats(&mut self, before: usize) {
        let later = self.replies.split_off(before);
        let mut said: HashMap<(Option<usize>, Vec<usize>), Vec<usize>> = HashMap::new();
        if !later.is_empty() {
            for (at, reply) in self.replies.iter().enumerate() {
                said.entry((reply.item, reply.units.clone())).or_default().push(at);
            }
        }
        for reply in later {
            let own = said.get(&(reply.item, reply.units.clone())).map_or(&[][..], |own| own);
            let says = |text: &Text| {
                own.iter().map(|&at| &self.replies[at]).any(|known| {
                    let same = |other: &Text| {
                        other.column == text.column
                            && other.paragraphs == text.paragraphs
                            && other.see == text.see
                            && other.prefilled == text.prefilled
                    };
                    // A plain sheet says 见第1项 where the printed one has a merged cell.
                    let covered =
                        known.covered_by.is_some() && text.see.and_then(|see| see.target) == known.covered_by;
                    known.texts.iter().any(same) || covered
                })
            };
            // Of two senders that nobody knows neither repeats the other.
            let known = reply.item.is_some() && !reply.units.is_empty() && reply.misplaced.is_empty();
            let repeated = known && !own.is_empty() && reply.texts.iter().all(says);
            if !repeated {
                self.replies.push(reply);
            }
        }
    }
}

/// The item whose merged cell answers this one.
fn covered_by(item: &Item, index: &CatalogueIndex) -> Option<usize> {
    let status = item.status.as_ref().filter(|status| status.paragraphs.is_empty())?;
    index.position(status.see.as_deref()?)
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
        // The merge tells of them, with the unit and what they are most like.
        "item-unknown" => false,
        // Told where it can't be put right: in the attachment that is made.
        "reference-unresolved" | "reference-circular" | "reference-several" => false,
        "number-differs" => !(renumbered || is_form),
        "focus-differs" | "number-out-of-order" => !is_form,
        _ => true,
    });
}

/// Who says what in a row.
struct Voice {
    units: Vec<usize>,
    state: CoverageState,
    texts: Vec<Field>,
}

/// The voices of a row: one, but where the row is several units' together and its texts name who said what.
fn voices(
    item: &Item,
    speaker: &Speaker,
    speakers: &[usize],
    texts: Vec<Field>,
    index: &CatalogueIndex,
) -> Vec<Voice> {
    let state = state(item, &texts);
    if !speaker.is_joint() {
        return vec![Voice { units: speakers.to_vec(), state, texts }];
    }
    let mut voices: Vec<Voice> = Vec::new();
    for Field { column, source, paragraphs, is_cell } in texts {
        let contributions = match (&column, &item.status) {
            // Shares that stand beside their units, row by row; a text that was edited since has its leads alone.
            (ColumnKey::Status, Some(status)) if adds_up(status) => status.contributions.clone(),
            _ => index.shares(&paragraphs),
        };
        let shares: Vec<(Vec<usize>, Vec<String>)> = if contributions.is_empty() {
            vec![(speakers.to_vec(), paragraphs)]
        } else {
            let units = |names: &str| names.split('、').filter_map(|name| index.unit(name)).collect();
            contributions.into_iter().map(|share| (units(&share.unit), share.paragraphs)).collect()
        };
        let joined = shares.len() > 1;
        // A name with nothing behind it has said nothing.
        for (units, paragraphs) in shares.into_iter().filter(|(_, paragraphs)| !paragraphs.is_empty()) {
            let own = joined && column == ColumnKey::Status;
            let state = if own { state_of(answer_kind(&paragraphs)) } else { state };
            let field = Field { column: column.clone(), source: source.clone(), paragraphs, is_cell };
            match voices.iter_mut().find(|voice| voice.units == units) {
                Some(voice) => voice.texts.push(field),
                None => voices.push(Voice { units, state, texts: vec![field] }),
            }
        }
    }
    if voices.is_empty() {
        voices.push(Voice { units: speakers.to_vec(), state, texts: Vec::new() });
    }
    voices
}

/// Says where a status is what a spreadsheet shows for a formula that failed, or refers to another item within a sentence, where
/// it can't be restated.
fn check_text(
    item: &Item,
    known: Option<usize>,
    place: Locator,
    index: &CatalogueIndex,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(status) = item.status.as_ref().filter(|status| status.answer == AnswerKind::Answered) else {
        return;
    };
    let first = status.paragraphs.first().map_or("", String::as_str);
    let failed = ROUND.errors.iter().any(|error| error == first);
    let refers = ROUND.refers.iter().any(|word| first.starts_with(word.as_str()));
    let code = match (failed, refers) {
        (true, _) => "answer-is-error",
        (false, true) => "reference-within",
        (false, false) => return,
    };
    let finding = Diagnostic::error(code, place).with("item", name_of(item, known, index));
    diagnostics.push(finding.with("text", first));
}

/// Whether the shares of an answer are its whole text.
fn adds_up(status: &Answer) -> bool {
    status.contributions.iter().flat_map(|share| &share.paragraphs).eq(&status.paragraphs)
}

/// How a message calls a row: by the number of its item, not the file's own.
fn name_of(item: &Item, known: Option<usize>, index: &CatalogueIndex) -> String {
    known.map_or_else(|| item.name(), |known| index.catalogue().items[known].number.to_string())
}

fn state(item: &Item, texts: &[Field]) -> CoverageState {
    let class =
        texts.iter().find(|field| field.source == ColumnKey::Class && field.column == ColumnKey::Status);
    match (&item.status, class) {
        (_, Some(class)) => state_of(answer_kind(&class.paragraphs)),
        (Some(status), None) => state_of(status.answer),
        (None, None) if texts.is_empty() => CoverageState::Blank,
        (None, None) => CoverageState::Answered,
    }
}

fn state_of(answer: AnswerKind) -> CoverageState {
    match answer {
        AnswerKind::Answered | AnswerKind::See => CoverageState::Answered,
        AnswerKind::None | AnswerKind::Struck => CoverageState::None,
        AnswerKind::NotApplicable => CoverageState::NotApplicable,
        AnswerKind::Blank => CoverageState::Blank,
    }
}

fn text(
    field: Field,
    item: &Item,
    known: Option<usize>,
    origin: &Origins<'_>,
    index: &CatalogueIndex,
) -> Text {
    let Field { column, source, mut paragraphs, is_cell } = field;
    let status = item.status.as_ref().filter(|_| source == ColumnKey::Status);
    let ids = match status {
        Some(status) => Some(&status.covers),
        None => item.merged.get(source.name().as_ref()),
    };
    let ids = ids.filter(|_| is_cell);
    let mut covers: Vec<usize> = ids.into_iter().flatten().filter_map(|id| index.position(id)).collect();
    if covers.len() < 2 || known.is_none_or(|known| !covers.contains(&known)) {
        covers.clear();
    }
    let points = |status: &Answer| {
        let target = status.see.as_deref().and_then(|id| index.position(id));
        reference(&status.paragraphs).map(|reference| Pointer { target, reference })
    };
    let prefilled = ROUND.is_prefilled(&paragraphs);
    for paragraph in &mut paragraphs {
        if let Some(rest) = paragraph.strip_prefix(ROUND.prefilled.as_str()) {
            *paragraph = rest.trim_start().to_owned();
        }
    }
    let place = origin.of(&source);
    Text { see: status.and_then(points), paragraphs, covers, prefilled, ..Text::at(column, place) }
}

/// Texts of a row that stand in columns which number, ask or name units, and are none of what belongs there.
fn misplaced(
    item: &Item,
    known: Option<usize>,
    attachment: &Attachment,
    origin: &Origins<'_>,
    index: &CatalogueIndex,
) -> Vec<Text> {
    let mut found: Vec<(ColumnKey, String)> = Vec::new();
    let strange =
        |unit: &&luoshi_model::Unit| index.unit(&unit.name).is_none() && !index.is_unit_like(&unit.name);
    let units: Vec<&str> = item.units.iter().filter(strange).map(|unit| unit.raw.as_str()).collect();
    if !units.is_empty() {
        // A sentence was taken apart as a list is; its lines stand whole in the cell.
        let raw = origin.raw(&ColumnKey::Units).unwrap_or_default();
        let has_any = |line: &&str| units.iter().any(|unit| line.contains(unit));
        let lines: Vec<&str> = raw.lines().filter(has_any).collect();
        found.push((ColumnKey::Units, if lines.is_empty() { units.join("、") } else { lines.join("\n") }));
    }
    // A number that was inferred stands beside a text that is none.
    let unread = matches!(item.number_source, None | Some(NumberSource::Inferred));
    if let Some(label) = item.label.as_ref().filter(|_| unread) {
        found.push((ColumnKey::Number, label.clone()));
    }
    let focus = attachment.focuses.iter().find(|focus| Some(&focus.id) == item.focus.as_ref());
    if let Some(focus) = focus.filter(|focus| focus.title.contains('。') && known.is_some()) {
        found.push((ColumnKey::Focus, [focus.label.as_str(), &focus.title].concat()));
    }
    let silent = known.is_none() && found.is_empty() && !says_anything(item, attachment);
    if silent && !item.matter.is_empty() {
        // A question of nobody's to which nothing is answered may be an answer.
        found.push((ColumnKey::Matter, item.matter.clone()));
    }
    let text = |(column, text): (ColumnKey, String)| {
        let place = origin.of(&column);
        Text { paragraphs: text.lines().map(str::to_owned).collect(), ..Text::at(column, place) }
    };
    found.into_iter().map(text).collect()
}

/// Whether anything is answered to a question.
fn says_anything(item: &Item, attachment: &Attachment) -> bool {
    let columns = attachment.columns.iter().filter(|column| column.key.is_answered());
    columns.into_iter().any(|column| !answer_text(item, &column.key).is_empty())
}

/// Where the fields of a row stand.
struct Origins<'a>(Option<&'a ItemOrigin>);

impl Origins<'_> {
    /// What a cell has where that is more than the item says.
    fn raw(&self, column: &ColumnKey) -> Option<&str> {
        let mut fields = self.0?.fields.iter();
        fields.find(|field| field.field == *column)?.raw.as_deref()
    }

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

    fn locator(&self, file: &str) -> Locator {
        let Origin { table, sheet, row, .. } = self.row();
        let container = sheet.map(Container::Sheet).or(table.map(Container::Table));
        Locator { container, row, ..Locator::file(&file.into()) }
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
