//! The text export of a word processor: a table as one tab-led line per cell.
//!
//! ```text
//! 附件：                      a line before the first tab-led one stands above the table
//!
//! <tab>1                      a cell
//! <tab>（一）……
//! <tab>                       an empty cell
//! <tab>first paragraph        paragraphs of one cell have one empty line between them
//!
//! second paragraph
//!                             an empty line ends the row
//! <space><tab>……              a row whose first cells were lost in the export
//! ```
//!
//! With `n` empty lines before the next tab, the cell ends in `n / 2` empty paragraphs, and the row ends there if `n` is
//! odd. Real exports break this rule now and then; [`rows`] mends what the number of columns shows to be broken.
//!
//! Not here: which column a cell of a short row belongs to (that takes meaning: the normalizer realigns ragged rows).

mod rows;

use luoshi_table::{
    Container, GridBuilder, Locator, Outcome, SourceBlock, SourceCell, SourceDocument, SourceLine,
    SourceParagraph, SourceRow, SourceTable,
};

use crate::{Kind, Opened, ReadError, ReadOptions, Reader, limits};

/// The text export of a word processor.
pub(crate) struct Text;

impl Reader for Text {
    fn name(&self) -> &'static str {
        "txt"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["txt"]
    }

    fn reads(&self, kind: Kind) -> bool {
        kind == Kind::Text
    }

    fn read(&self, opened: Opened<'_>, _: &ReadOptions) -> Result<Outcome<SourceDocument>, ReadError> {
        let (file, Outcome { value: text, mut diagnostics }) = opened.into_text()?;
        let place = Locator::within(&file, Container::Table(1));
        let (lines, cells) = split(&text);
        let rows = rows::rows(cells, &place, &mut diagnostics);
        limits::ROWS.check(rows.len() as u64, &place)?;

        let mut blocks: Vec<SourceBlock> = lines.into_iter().map(SourceBlock::Line).collect();
        if !rows.is_empty() {
            let columns = rows::width(&rows);
            let mut grid = GridBuilder::new();
            let mut about = Vec::with_capacity(rows.len());
            for (number, row) in rows.into_iter().enumerate() {
                limits::COLUMNS.check(row.cells.len() as u64, &place.row(number as u32))?;
                about.push(SourceRow { ragged: row.cells.len() < columns, ..SourceRow::default() });
                for (column, cell) in row.cells.into_iter().enumerate() {
                    // A fresh position in a fresh row is never taken.
                    let _ = grid.place(number as u32, column as u32, 1, 1, cell);
                }
            }
            let (container, grid) = (Container::Table(1), grid.finish());
            blocks.push(SourceBlock::Table(SourceTable {
                container,
                hidden: false,
                grid,
                rows: about,
                bookmarks: Vec::new(),
            }));
        }
        let document = SourceDocument { file, format: self.name(), has_spans: false, blocks };
        Ok(Outcome::new(document, diagnostics))
    }
}

/// A cell and how the lines before it part it from the one before.
struct LedCell {
    /// White space before the tab: the cells before it were lost, and with them the end of the row before.
    after_loss: bool,
    /// Empty lines between it and the text before it.
    gap: usize,
    cell: SourceCell,
}

/// The lines above the first tab-led one, and the cells.
fn split(text: &str) -> (Vec<SourceLine>, Vec<LedCell>) {
    let (mut lines, mut cells) = (Vec::new(), Vec::<LedCell>::new());
    let mut gap = 0;
    for (number, line) in text.lines().enumerate() {
        let led = line.find('\t').filter(|&tab| line[..tab].trim().is_empty());
        if let Some(tab) = led {
            if let Some(last) = cells.last_mut() {
                let empties = std::iter::repeat_with(SourceParagraph::default).take(gap / 2);
                last.cell.paragraphs.extend(empties);
            }
            let paragraphs = vec![SourceParagraph::plain(line[tab + 1..].to_owned())];
            cells.push(LedCell { after_loss: tab > 0, gap, cell: SourceCell { paragraphs } });
            gap = 0;
        } else if line.trim().is_empty() {
            gap += 1;
        } else if let Some(last) = cells.last_mut() {
            // Between two paragraphs one empty line is the separator; every two more are an empty paragraph.
            let empties = std::iter::repeat_with(SourceParagraph::default).take(gap.saturating_sub(1) / 2);
            last.cell.paragraphs.extend(empties);
            last.cell.paragraphs.push(SourceParagraph::plain(line.to_owned()));
            gap = 0;
        } else {
            let paragraph = SourceParagraph::plain(line.to_owned());
            lines.push(SourceLine { paragraph, number: number as u32 });
            gap = 0;
        }
    }
    (lines, cells)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Input;

    fn table(text: &str) -> (Vec<Vec<String>>, Vec<bool>, Vec<&'static str>) {
        let input = Input { name: "t.txt".into(), bytes: text.as_bytes() };
        let outcome = Opened::taken_for(Kind::Text, &input).unwrap().read(&ReadOptions::default()).unwrap();
        let codes = outcome.diagnostics.iter().map(|d| d.code).collect();
        let Some(SourceBlock::Table(table)) = outcome.value.blocks.into_iter().last() else {
            panic!("no table")
        };
        let rows =
            (0..table.grid.rows()).map(|r| table.grid.row(r).map(|c| c.content.text()).collect()).collect();
        (rows, table.rows.iter().map(|r| r.ragged).collect(), codes)
    }

    #[test]
    fn a_row_ends_at_an_odd_number_of_empty_lines() {
        let (rows, ragged, codes) = table("\ta\n\tb\n\n\t1\n\tx\n\ny\n\n\t2\n\t\n\n");
        assert_eq!(rows, [vec!["a", "b"], vec!["1", "x\ny"], vec!["2", ""]]);
        assert_eq!((ragged, codes), (vec![false; 3], vec![]));
    }

    #[test]
    fn an_even_number_of_empty_lines_is_empty_paragraphs_inside_the_row() {
        let (rows, _, codes) = table("\ta\n\tb\n\n\t1\n\n\n\tx\n\n\n\n\t2\n\ty\n");
        assert_eq!(rows, [vec!["a", "b"], vec!["1\n", "x\n"], vec!["2", "y"]]);
        assert!(codes.is_empty());
    }

    #[test]
    fn a_row_after_a_loss_is_ragged() {
        let (rows, ragged, _) = table("\ta\n\tb\n\tc\n\n\t1\n\tx\n \ty\n\tz\n");
        assert_eq!(rows, [vec!["a", "b", "c"], vec!["1", "x"], vec!["y", "z"]]);
        assert_eq!(ragged, [false, true, true]);
    }

    #[test]
    fn a_row_torn_in_two_is_rejoined_and_reported() {
        let (rows, _, codes) = table("\ta\n\tb\n\tc\n\n\t1\n\tx\n\n\ty\n\n\t2\n\tx\n\ty\n");
        assert_eq!(rows, [vec!["a", "b", "c"], vec!["1", "x", "y"], vec!["2", "x", "y"]]);
        assert_eq!(codes, ["row-rejoined"]);
    }

    #[test]
    fn a_short_row_does_not_swallow_a_heading_or_a_number() {
        let (rows, _, codes) =
            table("\ta\n\tb\n\tc\n\n\t1\n\tx\n\n\t二、标题\n\n\t2\n\tx\n\n\t（一）标题\n\ty\n");
        assert_eq!(rows.len(), 5);
        assert!(codes.is_empty());
    }

    #[test]
    fn lines_above_the_table_keep_their_place() {
        let input = Input { name: "t.txt".into(), bytes: "附件：\n\n标题\n\n\ta\n\tb\n".as_bytes() };
        let outcome = Opened::taken_for(Kind::Text, &input).unwrap().read(&ReadOptions::default()).unwrap();
        let SourceBlock::Line(title) = &outcome.value.blocks[1] else { panic!("no line") };
        assert_eq!((title.paragraph.text.as_str(), title.number), ("标题", 2));
    }
}
