//! The display form of a cell: what the form shows, less the white space that shows nothing.
//!
//! Not here: repairs of punctuation or spelling. The text of an answer is published as its unit wrote it.

use std::borrow::Cow;

use luoshi_table::{SourceCell, SourceParagraph};

/// One string per paragraph or line, white space at its edges removed, empty ones at the edges of the cell dropped.
pub(crate) fn display(cell: &SourceCell) -> Vec<String> {
    let mut lines: Vec<String> = Vec::with_capacity(cell.paragraphs.len());
    for paragraph in &cell.paragraphs {
        match &paragraph.auto_number {
            None if !paragraph.text.contains('\n') => lines.push(paragraph.text.trim().to_owned()),
            _ => lines.extend(shown(paragraph).split('\n').map(|line| line.trim().to_owned())),
        }
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    let blank = lines.iter().take_while(|line| line.is_empty()).count();
    lines.drain(..blank);
    lines
}

/// A paragraph with its automatic number.
pub(crate) fn shown(paragraph: &SourceParagraph) -> String {
    [paragraph.label(), &paragraph.text].concat()
}

/// Lines of one name or title joined as they would be had they fitted into one line: Han to Han without a space.
pub(crate) fn join_lines(lines: &[String]) -> Cow<'_, str> {
    if let [only] = lines {
        return Cow::Borrowed(only);
    }
    let mut joined = String::with_capacity(lines.iter().map(|line| line.len() + 1).sum());
    for line in lines.iter().filter(|line| !line.is_empty()) {
        let ascii = |c: char| c.is_ascii_alphanumeric();
        if joined.ends_with(ascii) && line.starts_with(ascii) {
            joined.push(' ');
        }
        joined.push_str(line);
    }
    Cow::Owned(joined)
}

/// The raw text where it differs from what the lines show.
pub(crate) fn raw_if_different(cell: &SourceCell, lines: &[String]) -> Option<String> {
    let same = match (cell.paragraphs.as_slice(), lines) {
        ([], []) => true,
        ([only], []) => only.auto_number.is_none() && only.text.is_empty(),
        (paragraphs, lines) => {
            paragraphs.len() == lines.len()
                && paragraphs.iter().zip(lines).all(|(p, line)| match &p.auto_number {
                    None => p.text == *line,
                    Some(_) => shown(p) == *line,
                })
        }
    };
    (!same).then(|| cell.text())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn display_drops_what_shows_nothing() {
        let cell = SourceCell::from_text("\n　　甲。 \n\n乙\t\n \n");
        let lines = display(&cell);
        assert_eq!(lines, ["甲。", "", "乙"]);
        assert_eq!(raw_if_different(&cell, &lines).as_deref(), Some("\n　　甲。 \n\n乙\t\n \n"));
    }

    #[test]
    fn raw_is_kept_only_where_it_says_more() {
        for text in ["", "甲", "甲\n乙"] {
            let cell = SourceCell::from_text(text);
            assert_eq!(raw_if_different(&cell, &display(&cell)), None, "{text:?}");
        }
        let numbered = SourceParagraph { auto_number: Some("1.".into()), text: "甲".to_owned() };
        let cell = SourceCell { paragraphs: vec![numbered] };
        assert_eq!(display(&cell), ["1.甲"]);
        assert_eq!(raw_if_different(&cell, &display(&cell)), None);
    }

    #[test]
    fn lines_join_without_a_space_between_han() {
        let lines = |texts: &[&str]| texts.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>();
        assert_eq!(join_lines(&lines(&["典型做法", "", "及问题概述"])), "典型做法及问题概述");
        assert_eq!(join_lines(&lines(&["PPP", "project"])), "PPP project");
    }
}
