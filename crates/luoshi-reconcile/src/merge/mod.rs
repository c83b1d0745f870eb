//! Replies of many units merged into one attachment, item by item and column by column.
//!
//! ```text
//! Submission ──add──▶ pool: versions of each cell ──select──▶ policy, decisions ──compose──▶ shares, leads ──place──▶ Attachment
//!                                                        └──▶ conflicts, coverage, decisions still open
//! ```
//!
//! Each different text is held once; what grows with the files are places, the files' own entries and what answers nothing.
//! Submissions are added in the order of their names; the result does not depend on it, but for the order in which the record
//! lists the files.
//!
//! Not here: reading files, and the looks of what comes out.

mod compose;
mod conflicts;
mod coverage;
mod decide;
mod place;
mod pool;
mod questions;
mod select;

use std::collections::BTreeMap;

use luoshi_model::{
    Aside, Attachment, CatalogueItem, ColumnKey, Conflict, ConflictKind, ConflictState, Decisions, Item,
    MergeRecord, Origin, Policy, SubmittedFile, Version,
};
use luoshi_normalizer::CatalogueIndex;
use luoshi_table::Diagnostic;

use crate::answers::Answers;
use crate::submission::{Field, Remnant, Reply, Submission, Text, fields};
use coverage::Coverage;
use pool::{Pool, Voice};
use questions::{Questions, Verdict};

pub(crate) use coverage::{findings as asking_findings, unresolved};
pub(crate) use pool::version_id;

/// What a caller may choose about a merge.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// What becomes of a unit's several answers to one item.
    pub policy: Policy,
    /// The attachment that was sent around to be filled in. What came back as it was is held back inside a unit's own items, and
    /// is nothing outside them.
    pub base: Option<&'a Attachment>,
    /// What an editor decided.
    pub decisions: Option<&'a Decisions>,
    /// How units' names lead their share of a joined answer: 区教育局、区文体局 becomes 区教育局、区文体局：.
    pub lead: &'a dyn Fn(&str) -> String,
}

/// What a merge came to.
#[derive(Clone, Debug)]
pub struct Merged {
    /// The attachment.
    pub attachment: Attachment,
    /// What stands beside it.
    pub record: MergeRecord,
    /// The decisions given, and an entry for each open conflict.
    pub decisions: Decisions,
}

/// A merge that is going on.
pub struct Merger<'a> {
    index: &'a CatalogueIndex,
    options: Options<'a>,
    columns: Vec<ColumnKey>,
    /// What the attachment that was sent around answers, by item of the catalogue, as a submission of it would; nothing where none
    /// was.
    base: Vec<Vec<Field>>,
    files: Vec<SubmittedFile>,
    /// By item and column, as [`Merger::cell`] counts them.
    pools: Vec<Pool>,
    coverage: Coverage,
    questions: Questions,
    diagnostics: Vec<Diagnostic>,
    /// Conflicts of what has no place in a pool.
    homeless: Vec<Conflict>,
    retyped: Vec<(usize, Conflict)>,
    asides: Vec<Aside>,
}

impl<'a> Merger<'a> {
    /// Begins a merge of submissions to a catalogue.
    pub fn new(index: &'a CatalogueIndex, options: Options<'a>) -> Self {
        let columns = index.answered_columns();
        let cells = index.catalogue().items.len() * columns.len();
        let base = options.base.map_or_else(Vec::new, |base| {
            let by_id: BTreeMap<&str, &Item> =
                base.items.iter().map(|item| (item.id.as_str(), item)).collect();
            let answers = Answers::new(base);
            let fields = |item: &CatalogueItem| match by_id.get(item.id.as_str()) {
                Some(sent) => fields::of(sent, &answers, &columns),
                None => Vec::new(),
            };
            index.catalogue().items.iter().map(fields).collect()
        });
        let mut diagnostics = Vec::new();
        Self {
            questions: Questions::new(options.decisions, index, &mut diagnostics),
            diagnostics,
            index,
            options,
            columns,
            base,
            files: Vec::new(),
            pools: std::iter::repeat_with(Pool::default).take(cells).collect(),
            coverage: Coverage::new(index),
            homeless: Vec::new(),
            retyped: Vec::new(),
            asides: Vec::new(),
        }
    }

    fn cell(&self, item: usize, column: usize) -> usize {
        item * self.columns.len() + column
    }

    /// The names of units, joined.
    fn names(&self, units: &[usize]) -> String {
        self.index.names_of(units)
    }

    /// Adds a file that could not be read; `code` is that of the finding that says why.
    pub fn add_unreadable(&mut self, name: &str, code: &str) {
        let file = SubmittedFile {
            name: name.to_owned(),
            unreadable: Some(code.to_owned()),
            ..SubmittedFile::default()
        };
        self.add(Submission { file, ..Submission::default() });
    }

    /// Notes that a file can't be merged.
    fn unreadable(&mut self, file: u32) {
        let place = Origin { file, ..Origin::default() };
        let version =
            Version { id: String::new(), unit: String::new(), paragraphs: Vec::new(), places: vec![place] };
        self.homeless.push(conflict(ConflictKind::Unreadable, ConflictState::Open, vec![version]));
    }

    /// Adds what a file says.
    pub fn add(&mut self, submission: Submission) {
        let file = self.files.len() as u32;
        if submission.file.unreadable.is_some() {
            self.unreadable(file);
        }
        for mut reply in submission.replies {
            // 区教育局、区文体局 and 区文体局、区教育局 are one voice.
            reply.units.sort_unstable();
            reply.units.dedup();
            let name = if reply.units.is_empty() { reply.named.clone() } else { self.names(&reply.units) };
            let voice = Voice { units: reply.units.clone(), name };
            let mut verdict = None;
            if reply.item.is_none() {
                let versions = versions(&reply, &voice.name, file);
                verdict = self.questions.verdict(&reply.matter, &versions);
                self.questions.ask(&reply.matter, &versions, &submission.file.name, self.index);
                if let Some(Verdict::Item(item)) = verdict {
                    (reply.item, reply.retyped) = (Some(item), true);
                }
            }
            for text in &mut reply.texts {
                // What was sent around and came back as it was has been confirmed by nobody.
                text.carried = reply.item.is_some_and(|item| self.was_sent(item, text));
            }
            self.coverage.add(&reply, file);
            self.question(&reply, &voice, verdict, file);
            self.answer(reply, &voice, verdict, file, &submission.file);
        }
        for remnant in submission.asides {
            self.set_aside(remnant, file);
        }
        self.files.push(submission.file);
    }

    /// Notes a question that is not the catalogue's word for word, with what was answered to it.
    fn question(&mut self, reply: &Reply, voice: &Voice, verdict: Option<Verdict>, file: u32) {
        let (kind, state) = match (reply.item, verdict) {
            (Some(_), _) if reply.retyped => (ConflictKind::Retyped, ConflictState::Noted),
            (Some(_), _) => return,
            (None, Some(_)) => (ConflictKind::UnknownItem, ConflictState::Decided),
            (None, None) => (ConflictKind::UnknownItem, ConflictState::Open),
        };
        let found = Conflict {
            item: reply.item.map(|item| self.index.catalogue().items[item].id.clone()),
            matter: reply.matter.clone(),
            unit: Some(voice.name.clone()),
            ..conflict(kind, state, versions(reply, &voice.name, file))
        };
        match reply.item {
            Some(item) => self.retyped.push((item, found)),
            None => self.homeless.push(found),
        }
    }

    /// Puts the texts of a row into the pools of its item.
    fn answer(
        &mut self,
        reply: Reply,
        voice: &Voice,
        verdict: Option<Verdict>,
        file: u32,
        from: &SubmittedFile,
    ) {
        let Some(item) = reply.item else { return };
        let mut texts = reply.texts;
        texts.extend(reply.misplaced);
        if reply.retyped && verdict.is_none() && self.has_grown(item, &reply.matter) {
            // A question that has grown by a half holds more than a question, unless a person said which it is.
            texts.push(Text {
                paragraphs: vec![reply.matter],
                ..Text::at(ColumnKey::Matter, reply.place.clone())
            });
        }
        let stated = (reply.day.unwrap_or_default(), by_number(&from.name));
        // A text in a column that is not for answers is asked about where the answer belongs.
        let first = self.columns.iter().position(|key| *key == ColumnKey::Status).unwrap_or(0);
        for text in texts {
            let column = self.columns.iter().position(|key| *key == text.column).unwrap_or(first);
            let Some(own) = self.columns.get(column) else { continue };
            let cell = item * self.columns.len() + column;
            self.pools[cell].add(voice.clone(), text, own, stated.clone(), file);
        }
    }

    fn has_grown(&self, item: usize, matter: &str) -> bool {
        let asked = self.index.catalogue().items[item].matter.chars().count();
        matter.chars().count() > asked + asked / 2 + 4
    }

    /// Whether a text stood there in the attachment that was sent around.
    fn was_sent(&self, item: usize, text: &Text) -> bool {
        let mut sent = self.base.get(item).into_iter().flatten();
        sent.any(|field| field.column == text.column && field.paragraphs == text.paragraphs)
    }

    fn set_aside(&mut self, remnant: Remnant, file: u32) {
        let id = |item: usize| self.index.catalogue().items[item].id.clone();
        self.asides.push(Aside {
            unit: self.names(&remnant.units),
            item: remnant.item.map_or(remnant.matter, id),
            heading: remnant.heading,
            paragraphs: remnant.paragraphs,
            place: Origin { file, ..remnant.place },
        });
    }
}

/// A name that sorts by the numbers in it: 2016.9.30 before 2016.12.1.
fn by_number(name: &str) -> String {
    let mut key = String::with_capacity(name.len() + 16);
    let mut digits = String::new();
    for c in name.chars().chain(['\0']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if !digits.is_empty() {
            key.push_str(&format!("{:0>12}", std::mem::take(&mut digits)));
        }
        key.push(c);
    }
    // 1.docx and 01.docx are two files.
    key + name
}

fn conflict(kind: ConflictKind, state: ConflictState, versions: Vec<Version>) -> Conflict {
    Conflict { kind, state, item: None, matter: String::new(), column: None, unit: None, versions }
}

/// The texts of a row, whatever becomes of them.
fn versions(reply: &Reply, unit: &str, file: u32) -> Vec<Version> {
    reply.texts.iter().chain(&reply.misplaced).map(|text| version(unit, text, file)).collect()
}

fn version(unit: &str, text: &Text, file: u32) -> Version {
    Version {
        id: version_id(unit, &text.paragraphs),
        unit: unit.to_owned(),
        paragraphs: text.paragraphs.clone(),
        places: vec![Origin { file, ..text.place.clone() }],
    }
}
