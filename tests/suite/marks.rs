//! Texts of two periods side by side: which words are marked, against what was judged by hand.
//!
//! Not here: how a text is parted into words (compare, in reconcile).

use luoshi::compare::{Lexicon, compare};
use luoshi::model::{Mark, ParagraphMarks, Span};
use proptest::prelude::*;

use crate::support::root;

fn lexicon() -> Lexicon {
    Lexicon::with(["区卫计局", "区卫健局", "区教育局", "区文体局"].into_iter())
}

fn lines(text: &str) -> Vec<String> {
    if text == "∅" { Vec::new() } else { text.split('¶').map(str::to_owned).collect() }
}

/// A comparison as the expectations write it.
fn shown(paragraphs: &[ParagraphMarks]) -> String {
    let span = |span: &Span| {
        let (open, close) = match span.mark {
            Mark::Same => ("", ""),
            Mark::Gone => ("[-", "-]"),
            Mark::Come => ("{+", "+}"),
            Mark::MovedFrom => ("[<", "<]"),
            Mark::MovedTo => ("{>", ">}"),
        };
        [open, &span.text, close].concat()
    };
    let paragraph = |paragraph: &ParagraphMarks| paragraph.spans.iter().map(span).collect::<String>();
    paragraphs.iter().map(paragraph).collect::<Vec<_>>().join("¶")
}

#[test]
fn the_marks_are_those_judged_by_hand() {
    let text = std::fs::read_to_string(root().join("tests/expected/marks.txt")).unwrap();
    let text: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    let cases: Vec<&[&str]> = text.split(|line| line.is_empty()).filter(|case| !case.is_empty()).collect();
    let mut wrong = Vec::new();
    for case in &cases {
        let [old, new, expected] = case else { panic!("a case has three lines: {case:?}") };
        let got = shown(&compare(&lines(old), &lines(new), &lexicon()));
        if got != **expected {
            wrong.push(format!("  got      {got}\n  expected {expected}"));
        }
    }
    assert!(cases.len() >= 40, "{} cases", cases.len());
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), cases.len(), wrong.join("\n\n"));
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    let clause = "(一是|二是|①|1\\.)?(公开|清单|更新|区卫计局|2016年|55|条|的|，){1,6}(。|；|！)";
    proptest::collection::vec(
        proptest::collection::vec(clause, 0..4).prop_map(|clauses| clauses.concat()),
        0..4,
    )
}

/// The text of one side, paragraph by paragraph.
fn side(
    paragraphs: &[ParagraphMarks],
    index: impl Fn(&ParagraphMarks) -> Option<u32>,
    is: impl Fn(Mark) -> bool,
) -> Vec<(u32, String)> {
    let own = paragraphs.iter().filter_map(|paragraph| Some((index(paragraph)?, paragraph)));
    own.map(|(at, paragraph)| {
        let spans = paragraph.spans.iter().filter(|span| is(span.mark));
        (at, spans.map(|span| span.text.as_str()).collect())
    })
    .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn both_texts_can_be_read_from_the_marks(old in texts(), new in texts()) {
        let compared = compare(&old, &new, &lexicon());
        let whole = |texts: &[String]| (0..).zip(texts.iter().cloned()).collect::<Vec<_>>();
        prop_assert_eq!(side(&compared, |one| one.old, Mark::is_old), whole(&old));
        prop_assert_eq!(side(&compared, |one| one.new, Mark::is_new), whole(&new));
    }

    #[test]
    fn the_other_way_round_the_marks_are_turned_about(old in texts(), new in texts()) {
        let there = compare(&old, &new, &lexicon());
        let back = compare(&new, &old, &lexicon());
        let turned: Vec<(Option<u32>, Option<u32>)> = back.iter().map(|one| (one.new, one.old)).collect();
        let mut ties: Vec<_> = there.iter().map(|one| (one.old, one.new)).collect();
        let mut other_ties = turned;
        ties.sort_unstable();
        other_ties.sort_unstable();
        prop_assert_eq!(ties, other_ties);
        let marked = |all: &[ParagraphMarks], gone: Mark, moved: Mark| {
            let spans = all.iter().flat_map(|one| &one.spans).filter(|span| span.mark == gone || span.mark == moved);
            spans.map(|span| span.text.as_str()).collect::<String>()
        };
        prop_assert_eq!(marked(&there, Mark::Gone, Mark::MovedFrom), marked(&back, Mark::Come, Mark::MovedTo));
    }

    #[test]
    fn the_same_text_has_no_marks(text in texts()) {
        let compared = compare(&text, &text, &lexicon());
        prop_assert!(compared.iter().flat_map(|one| &one.spans).all(|span| span.mark == Mark::Same));
    }
}
