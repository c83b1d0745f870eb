//! Two clauses that are one, changed: which of their words.
//!
//! Not here: what a word is (tokens, lexicon).

use luoshi_model::{Mark, Span};

use super::align::heaviest;
use super::lexicon::Lexicon;
use super::tokens::{Kind, Token, tokens};

/// Pairs of words that are looked at; two clauses that are longer than this together were hardly typed by hand, and are marked
/// whole.
const MOST: usize = 1_000_000;

/// The spans of two clauses.
pub(super) fn spans(old: &str, new: &str, lexicon: &Lexicon) -> Vec<Span> {
    let turn = old > new;
    let (old, new) = (tokens(old, lexicon), tokens(new, lexicon));
    let head = old.iter().zip(&new).take_while(|(one, other)| one.text == other.text).count();
    let ends = old[head..].iter().rev().zip(new[head..].iter().rev());
    let tail = ends.take_while(|(one, other)| one.text == other.text).count();
    let (old_end, new_end) = (old.len() - tail, new.len() - tail);
    let weight = |i: usize, j: usize| if old[i].text == new[j].text { weight(&old[i]) } else { 0.0 };
    let pairs = if (old_end - head) * (new_end - head) > MOST {
        Vec::new()
    } else {
        heaviest(head..old_end, head..new_end, turn, &weight)
    };
    let kept = without_coincidences(pairs, &old, &new, (old_end, new_end));
    let mut spans = Vec::new();
    let mut push = |mark, tokens: &[Token<'_>]| {
        let text: String = tokens.iter().map(|token| token.text).collect();
        spans.push(Span { mark, text });
    };
    push(Mark::Same, &old[..head]);
    let (mut i, mut j) = (head, head);
    for (one, other) in kept.into_iter().chain([(old_end, new_end)]) {
        push(Mark::Gone, &old[i..one]);
        push(Mark::Come, &new[j..other]);
        push(Mark::Same, old.get(one..one + 1).filter(|_| one < old_end).unwrap_or_default());
        (i, j) = (one + 1, other + 1);
    }
    push(Mark::Same, &old[old_end..]);
    spans
}

/// Long words tie before short ones, and words before signs.
fn weight(token: &Token<'_>) -> f64 {
    let length = token.text.chars().count() as f64;
    match token.kind {
        Kind::Sign => 0.6,
        Kind::Han if length < 2.0 => 0.8,
        Kind::Han | Kind::Whole => length,
    }
}

/// Drops ties of a single Han character that stand alone between other Han text on both sides, old and new: 的 in two sentences
/// that have nothing else in common.
fn without_coincidences(
    pairs: Vec<(usize, usize)>,
    old: &[Token<'_>],
    new: &[Token<'_>],
    (old_end, new_end): (usize, usize),
) -> Vec<(usize, usize)> {
    let mut kept: Vec<(usize, usize)> = Vec::with_capacity(pairs.len());
    for (at, &(i, j)) in pairs.iter().enumerate() {
        let single = old[i].kind == Kind::Han && old[i].text.chars().count() == 1;
        let before = at.checked_sub(1).map(|before| pairs[before]);
        let after = pairs.get(at + 1).copied().unwrap_or((old_end, new_end));
        let joined =
            before.is_some_and(|(one, other)| (one + 1, other + 1) == (i, j)) || after == (i + 1, j + 1);
        let is_han = |token: Option<&Token<'_>>| token.is_some_and(|token| token.kind == Kind::Han);
        // What changed just before and just after it, on either side.
        let (first_old, first_new) = before.map_or((0, 0), |(i, j)| (i + 1, j + 1));
        let left = i > first_old && is_han(old.get(i - 1)) || j > first_new && is_han(new.get(j - 1));
        let right = after.0 > i + 1 && is_han(old.get(i + 1)) || after.1 > j + 1 && is_han(new.get(j + 1));
        if !(single && !joined && left && right) {
            kept.push((i, j));
        }
    }
    kept
}
