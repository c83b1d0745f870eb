//! Two texts side by side, down to the changed words.
//!
//! ```text
//! paragraphs ──align──▶ pairs ──clauses, align──▶ pairs ──tokens, heaviest──▶ spans
//! ```
//!
//! Only what changed is marked. Joining what is the same and what is gone gives the old text, joining what is the same and what
//! came the new one, character by character; comparing the other way round gives the same marks turned about.
//!
//! Not here: which texts are compared, and what a change means.

mod align;
mod lexicon;
mod tokens;
mod words;

use luoshi_model::{Mark, ParagraphMarks, Span};
use luoshi_normalizer::{enumerator, likeness};

pub use lexicon::Lexicon;

use align::{Step, align};

/// Similarity from which two paragraphs, and two clauses, are one that was changed.
const ALIKE_PARAGRAPHS: f64 = 0.35;
const ALIKE_CLAUSES: f64 = 0.4;

/// Characters from which an equal text elsewhere is taken for a move and no coincidence.
const MOVED: usize = 4;

/// Compares two texts, paragraph by paragraph.
pub fn compare(old: &[String], new: &[String], lexicon: &Lexicon) -> Vec<ParagraphMarks> {
    let old_keys: Vec<&str> = old.iter().map(|text| key_of(text)).collect();
    let new_keys: Vec<&str> = new.iter().map(|text| key_of(text)).collect();
    let steps = align(&old_keys, &new_keys, ALIKE_PARAGRAPHS, |i, j| likeness(&old[i], &new[j]));
    let moves = moves(&steps, &old_keys, &new_keys);
    let mut paragraphs = Vec::with_capacity(steps.len());
    for step in steps {
        paragraphs.push(match step {
            Step::Both(i, j) => ParagraphMarks {
                old: Some(i as u32),
                new: Some(j as u32),
                spans: clauses(&old[i], &new[j], lexicon),
            },
            Step::Old(i) => {
                let mark = if moves.old.contains(&i) { Mark::MovedFrom } else { Mark::Gone };
                ParagraphMarks {
                    old: Some(i as u32),
                    new: None,
                    spans: tidy(vec![Span { mark, text: old[i].clone() }]),
                }
            }
            Step::New(j) => {
                let mark = if moves.new.contains(&j) { Mark::MovedTo } else { Mark::Come };
                ParagraphMarks {
                    old: None,
                    new: Some(j as u32),
                    spans: tidy(vec![Span { mark, text: new[j].clone() }]),
                }
            }
        });
    }
    paragraphs
}

/// What stands elsewhere on the other side.
struct Moves {
    old: Vec<usize>,
    new: Vec<usize>,
}

fn moves(steps: &[Step], old: &[&str], new: &[&str]) -> Moves {
    let mut moves = Moves { old: Vec::new(), new: Vec::new() };
    let came: Vec<usize> =
        steps.iter().filter_map(|step| if let Step::New(j) = step { Some(*j) } else { None }).collect();
    for step in steps {
        let Step::Old(i) = *step else { continue };
        let same = |j: &usize| new[*j] == old[i] && !moves.new.contains(j);
        if old[i].chars().count() >= MOVED
            && let Some(j) = came.iter().copied().find(|j| same(j))
        {
            moves.old.push(i);
            moves.new.push(j);
        }
    }
    moves
}

/// What a clause or paragraph says, without the enumerator before it and the sign behind it: 一是公开清单； and 二是公开清单。 say
/// the same.
fn key_of(text: &str) -> &str {
    text[enumerator(text)..].trim_end_matches(['。', '；', '，', ';', '.', '、', '！', '？']).trim()
}

/// Compares two paragraphs clause by clause.
fn clauses(old: &str, new: &str, lexicon: &Lexicon) -> Vec<Span> {
    if old == new {
        return tidy(vec![Span { mark: Mark::Same, text: old.to_owned() }]);
    }
    let (old, new) = (parted(old), parted(new));
    let old_keys: Vec<&str> = old.iter().map(|text| key_of(text)).collect();
    let new_keys: Vec<&str> = new.iter().map(|text| key_of(text)).collect();
    let steps = align(&old_keys, &new_keys, ALIKE_CLAUSES, |i, j| likeness(old[i], new[j]));
    let moves = moves(&steps, &old_keys, &new_keys);
    let mut spans = Vec::new();
    let mut single = false;
    for step in steps {
        // What stands in one text only makes one run, up to the next clause that both have.
        if !(single && matches!(step, Step::Old(_) | Step::New(_))) {
            spans.push(Span { mark: Mark::Same, text: String::new() });
        }
        single = !matches!(step, Step::Both(..));
        match step {
            Step::Both(i, j) if old[i] == new[j] => {
                spans.push(Span { mark: Mark::Same, text: old[i].to_owned() })
            }
            Step::Both(i, j) => spans.extend(words::spans(old[i], new[j], lexicon)),
            Step::Old(i) => {
                let mark = if moves.old.contains(&i) { Mark::MovedFrom } else { Mark::Gone };
                spans.push(Span { mark, text: old[i].to_owned() });
            }
            Step::New(j) => {
                let mark = if moves.new.contains(&j) { Mark::MovedTo } else { Mark::Come };
                spans.push(Span { mark, text: new[j].to_owned() });
            }
        }
    }
    tidy(spans)
}

/// A paragraph in clauses, each with the sign that ends it; what stands in quotation marks or a title is not parted.
fn parted(text: &str) -> Vec<&str> {
    let mut clauses = Vec::new();
    let (mut from, mut depth) = (0, 0_i32);
    for (at, c) in text.char_indices() {
        match c {
            '《' | '“' | '（' | '〔' => depth += 1,
            '》' | '”' | '）' | '〕' => depth = (depth - 1).max(0),
            '。' | '；' | '！' | '？' | ';' | '\n' if depth == 0 => {
                clauses.push(&text[from..at + c.len_utf8()]);
                from = at + c.len_utf8();
            }
            _ => {}
        }
    }
    if from < text.len() {
        clauses.push(&text[from..]);
    }
    clauses
}

/// Joins neighbours of one mark and drops what is empty, but for what parts two clauses that both changed.
fn tidy(spans: Vec<Span>) -> Vec<Span> {
    let mut tidied: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        let parts = span.mark == Mark::Same && span.text.is_empty();
        match tidied.last_mut() {
            None if span.text.is_empty() => {}
            Some(last) if parts && last.mark == Mark::Same => {}
            Some(last) if last.mark == span.mark => last.text.push_str(&span.text),
            Some(_) if span.text.is_empty() && !parts => {}
            _ => tidied.push(span),
        }
    }
    if tidied.last().is_some_and(|last| last.text.is_empty()) {
        tidied.pop();
    }
    tidied
}
