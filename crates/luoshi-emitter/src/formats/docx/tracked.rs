//! document.xml with tracked changes: what the last period's attachment said is deleted in it, what this one's says is inserted.
//!
//! Rejecting every change gives the old document, accepting every one the new. So what one period says and the other does not is
//! marked wherever it stands: on the row, on each run, and on the mark that ends a paragraph.
//!
//! Not here: which rows and words those are (redline, compare).

use docx_rs::{BuildXML, Delete, Insert, Paragraph, ParagraphChild, Run};
use luoshi_model::ParagraphMarks;

use super::body::{self, begin_table, paragraph_of, run};
use super::breaks::Breaks;
use super::repair::{self, Tracked};
use super::styles;
use crate::report::{Line, Pair, Redline};
use crate::theme::Theme;
use crate::{Marks, Stamp};

/// On which side something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Both,
    Old,
    New,
}

impl Side {
    fn of(old: bool, new: bool) -> Option<Self> {
        match (old, new) {
            (true, true) => Some(Self::Both),
            (true, false) => Some(Self::Old),
            (false, true) => Some(Self::New),
            (false, false) => None,
        }
    }

    fn of_pair(pair: Pair) -> Self {
        Self::of(pair.old.is_some(), pair.new.is_some()).unwrap_or(Self::Both)
    }
}

/// document.xml.
pub(super) fn document(redline: &Redline, marks: Marks<'_>, stamp: Stamp<'_>, theme: &Theme) -> Vec<u8> {
    let mut writer = Writer { xml: body::START.as_bytes().to_vec(), next_id: 0, marks, stamp };
    writer.lines(&redline.above, &redline.old.above, &redline.new.above);
    let breaks = [Breaks::new(&redline.old, theme), Breaks::new(&redline.with_gone_text(), theme)];
    if redline.one_table {
        writer.table(redline, &redline.rows, &breaks, theme);
    } else {
        let (gone, came): (Vec<Pair>, Vec<Pair>) = redline.rows.iter().partition(|pair| pair.old.is_some());
        writer.table(redline, &gone, &breaks, theme);
        // Two tables that touch are one.
        writer.line(&[("", Side::Both)], styles::AFTER_TABLE, Side::Both);
        writer.table(redline, &came, &breaks, theme);
    }
    writer.lines(&redline.below, &redline.old.below, &redline.new.below);
    if redline.below.last().is_none_or(|pair| Side::of_pair(*pair) != Side::Both) {
        // A paragraph that must stay: the last one of a document can't be deleted.
        writer.line(&[("", Side::Both)], styles::AFTER_TABLE, Side::Both);
    }
    let mut xml = writer.xml;
    body::end(&mut xml, &theme.page);
    xml
}

struct Writer<'a> {
    xml: Vec<u8>,
    /// The id of the next change.
    next_id: u32,
    marks: Marks<'a>,
    stamp: Stamp<'a>,
}

impl Writer<'_> {
    fn lines(&mut self, pairs: &[Pair], old: &[Line], new: &[Line]) {
        for pair in pairs {
            let line = |lines: &[Line], at: Option<u32>| at.and_then(|at| lines.get(at as usize).cloned());
            let (was, is) = (line(old, pair.old), line(new, pair.new));
            let Some(role) = is.as_ref().or(was.as_ref()).map(|line| line.role) else { continue };
            let text = |line: Option<Line>| line.map_or_else(Vec::new, |line| vec![line.text]);
            let side = Side::of_pair(*pair);
            let paragraphs = self.paragraphs(&text(was), &text(is));
            let pieces: Vec<(&str, Side)> = paragraphs
                .iter()
                .flat_map(|paragraph| paragraph.pieces.iter().map(|(text, side)| (text.as_str(), *side)))
                .collect();
            self.line(&pieces, styles::of_line(role), side);
        }
    }

    fn line(&mut self, pieces: &[(&str, Side)], style: &str, mark: Side) {
        let built = self.paragraph(pieces.iter().copied(), style, mark).build();
        let tracked = Tracked { row: None, next_id: &mut self.next_id };
        repair::append_tracked(&mut self.xml, &built, false, tracked);
    }

    fn table(&mut self, redline: &Redline, rows: &[Pair], breaks: &[Breaks; 2], theme: &Theme) {
        let Some(first) = rows.first() else { return };
        let report = if first.new.is_some() { &redline.new } else { &redline.old };
        let widths = begin_table(&mut self.xml, report, theme);
        for pair in rows {
            let side = Side::of_pair(*pair);
            let Some((report, breaks, row)) = pair
                .new
                .map(|row| (&redline.new, &breaks[1], row))
                .or(pair.old.map(|row| (&redline.old, &breaks[0], row)))
            else {
                continue;
            };
            let built = body::table_row(report, row, &widths, breaks, |cell, style| {
                let own = cell.map_or(&[][..], |cell| &cell.content.paragraphs);
                match side {
                    Side::Both => {
                        let was =
                            pair.old.zip(cell).and_then(|(row, cell)| redline.old.text_at(row, cell.column));
                        let paragraphs = self.paragraphs(was.unwrap_or_default(), own);
                        let build = |paragraph: &Tracks| {
                            let pieces = paragraph.pieces.iter().map(|(text, side)| (text.as_str(), *side));
                            self.paragraph(pieces, style, paragraph.mark)
                        };
                        paragraphs.iter().map(build).collect()
                    }
                    side if own.is_empty() => vec![self.paragraph([].into_iter(), style, side)],
                    side => {
                        let build =
                            |text: &String| self.paragraph([(text.as_str(), side)].into_iter(), style, side);
                        own.iter().map(build).collect()
                    }
                }
            })
            .build();
            let row_mark = match side {
                Side::Both => None,
                Side::Old => Some(self.stamp.mark("del")),
                Side::New => Some(self.stamp.mark("ins")),
            };
            let tracked = Tracked { row: row_mark.as_deref(), next_id: &mut self.next_id };
            repair::append_tracked(&mut self.xml, &built, row < report.header_rows, tracked);
        }
        self.xml.extend_from_slice(b"</w:tbl>");
    }

    fn paragraph<'t>(
        &self,
        pieces: impl Iterator<Item = (&'t str, Side)>,
        style: &str,
        mark: Side,
    ) -> Paragraph {
        let (author, date) = (self.stamp.author, self.stamp.date);
        let deleted = || Delete::new().author(author).date(date);
        let inserted = || Insert::new_with_empty().author(author).date(date);
        let child = |(text, side): (&str, Side)| match side {
            Side::Both => ParagraphChild::Run(Box::new(run(text, Run::add_text))),
            Side::Old => ParagraphChild::Delete(deleted().add_run(run(text, Run::add_delete_text))),
            Side::New => ParagraphChild::Insert(inserted().add_run(run(text, Run::add_text))),
        };
        let mut built = paragraph_of(style, pieces.filter(|(text, _)| !text.is_empty()).map(child).collect());
        let run = &mut built.property.run_property;
        match mark {
            Side::Both => {}
            Side::Old => run.del = Some(deleted()),
            Side::New => run.ins = Some(inserted()),
        }
        built
    }

    fn paragraphs(&self, old: &[String], new: &[String]) -> Vec<Tracks> {
        if old == new {
            let kept = |text: &String| Tracks { pieces: vec![(text.clone(), Side::Both)], mark: Side::Both };
            return new.iter().map(kept).collect();
        }
        tracks((self.marks)(old, new))
    }
}

/// A paragraph with tracked changes.
#[derive(Debug, PartialEq, Eq)]
struct Tracks {
    pieces: Vec<(String, Side)>,
    /// On which side the text ends a paragraph here.
    mark: Side,
}

/// The paragraphs of a cell whose text changed. A cell's last mark belongs to the cell and can't be deleted; so where a side has no
/// more to say below, it is the mark above that it has not.
fn tracks(marks: Vec<ParagraphMarks>) -> Vec<Tracks> {
    let last = |is: fn(&ParagraphMarks) -> bool| marks.iter().rposition(is);
    let (last_old, last_new) = (last(|one| one.old.is_some()), last(|one| one.new.is_some()));
    let count = marks.len();
    let mut paragraphs = Vec::with_capacity(count);
    let mut pieces: Vec<(String, Side)> = Vec::new();
    for (at, paragraph) in marks.into_iter().enumerate() {
        let (old, new) = (paragraph.old.is_some(), paragraph.new.is_some());
        let piece = |span: luoshi_model::Span| (span.text, Side::of(span.mark.is_old(), span.mark.is_new()));
        let own = paragraph.spans.into_iter().map(piece);
        pieces.extend(own.filter_map(|(text, side)| Some((text, side?))));
        let mark = match at + 1 == count {
            true => Some(Side::Both),
            false => Side::of(old && last_old > Some(at), new && last_new > Some(at)),
        };
        // One that ends on neither side runs on: a text that is gone before one that came in its place.
        if let Some(mark) = mark {
            paragraphs.push(Tracks { pieces: std::mem::take(&mut pieces), mark });
        }
    }
    paragraphs
}

#[cfg(test)]
mod tests {
    use luoshi_model::{Mark, Span};

    use super::*;

    fn marks(texts: &[(&str, Mark)]) -> Vec<ParagraphMarks> {
        let (mut old, mut new) = (0, 0);
        let one = |(text, mark): &(&str, Mark)| {
            let next = |counts: bool, at: &mut u32| {
                *at += u32::from(counts);
                counts.then(|| *at - 1)
            };
            ParagraphMarks {
                old: next(mark.is_old(), &mut old),
                new: next(mark.is_new(), &mut new),
                spans: vec![Span { mark: *mark, text: (*text).to_owned() }],
            }
        };
        texts.iter().map(one).collect()
    }

    /// The text of one side: its pieces, and a line feed where it has a mark.
    fn side(paragraphs: &[Tracks], side: Side) -> String {
        let on = |other: Side| other == Side::Both || other == side;
        let mut text = String::new();
        for (at, paragraph) in paragraphs.iter().enumerate() {
            paragraph.pieces.iter().filter(|(_, own)| on(*own)).for_each(|(piece, _)| text.push_str(piece));
            if on(paragraph.mark) && at + 1 < paragraphs.len() {
                text.push('\n');
            }
        }
        text
    }

    #[test]
    fn each_side_has_its_own_paragraphs_whatever_came_and_went() {
        use Mark::{Come, Gone, Same};
        // Every order of four paragraphs.
        for code in 0..81_u32 {
            let texts: Vec<(&str, Mark)> = ["甲", "乙", "丙", "丁"]
                .into_iter()
                .zip(0..)
                .map(|(text, at)| (text, [Same, Gone, Come][(code / 3_u32.pow(at) % 3) as usize]))
                .collect();
            let expected = |is: fn(Mark) -> bool| {
                texts
                    .iter()
                    .filter(|(_, mark)| is(*mark))
                    .map(|(text, _)| *text)
                    .collect::<Vec<_>>()
                    .join("\n")
            };
            let paragraphs = tracks(marks(&texts));
            assert_eq!(side(&paragraphs, Side::Old), expected(Mark::is_old), "{texts:?}");
            assert_eq!(side(&paragraphs, Side::New), expected(Mark::is_new), "{texts:?}");
            assert_eq!(paragraphs.last().unwrap().mark, Side::Both);
        }
    }
}
