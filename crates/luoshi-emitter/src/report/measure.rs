//! How many lines a text takes: an estimate for row heights, made to err on the side of more room.
//!
//! Not here: real font metrics. The fonts of the reader's computer are not known here, and Chinese faces agree on what matters:
//! a Han character is one em wide.

use luoshi_table::Cell;

use super::{Report, ReportCell};

/// A measure in millimetres as points.
pub fn points(millimetres: f64) -> f64 {
    millimetres * 72.0 / 25.4
}

/// Widths in units of the type size: Han characters and everything else outside ASCII 1, digits and small letters ½, capitals
/// and the wide small letters ¾.
fn ems(c: char) -> f64 {
    match c {
        'A'..='Z' | 'm' | 'w' | '@' | '%' | '&' => 0.75,
        ' '..='~' => 0.5,
        '\t' => 4.0,
        _ => 1.0,
    }
}

/// How high the rows of a table must be for every cell to show all its text, in the unit of the cells' heights.
pub struct RowHeights {
    /// By the cells that stand in one row.
    pub own: Vec<f64>,
    /// By all cells: what a merged cell needs beyond what its rows have is shared out among them evenly.
    pub needed: Vec<f64>,
}

/// The heights of a report's rows, none below its `least`, by the height that each cell needs.
pub fn row_heights(
    report: &Report,
    least: impl Fn(u32) -> f64,
    height: impl Fn(&Cell<ReportCell>) -> f64,
) -> RowHeights {
    let mut own: Vec<f64> = (0..report.table.rows()).map(least).collect();
    let mut merged = Vec::new();
    for cell in report.table.cells() {
        match cell.row_span {
            1 => own[cell.row as usize] = own[cell.row as usize].max(height(cell)),
            _ => merged.push(cell),
        }
    }
    // Small merges first: what they add counts for the larger ones around them.
    merged.sort_by_key(|cell| cell.row_span);
    let mut needed = own.clone();
    for cell in merged {
        let rows = &mut needed[cell.row as usize..cell.rows().end as usize];
        let missing = height(cell) - rows.iter().sum::<f64>();
        if missing > 0.0 {
            let share = missing / rows.len() as f64;
            rows.iter_mut().for_each(|row| *row += share);
        }
    }
    RowHeights { own, needed }
}

/// The width of a text on one line, in units of the type size.
pub fn width(text: &str) -> f64 {
    text.chars().map(ems).sum()
}

/// The lines that paragraphs take in a column of this width, in units of the type size. An empty cell takes one.
pub fn lines(paragraphs: &[String], column: f64) -> u32 {
    paragraphs
        .iter()
        .flat_map(|text| text.split('\n'))
        .map(|line| line_count(line, column))
        .sum::<u32>()
        .max(1)
}

/// Lines of one piece of text without line breaks. Chinese breaks anywhere except before closing and after opening
/// punctuation; a Latin word or number stays whole where it fits a line.
fn line_count(text: &str, column: f64) -> u32 {
    let (mut lines, mut filled) = (1, 0.0);
    let mut characters = text.chars().peekable();
    while let Some(first) = characters.next() {
        let mut piece = ems(first);
        if is_word(first) {
            while let Some(&c) = characters.peek().filter(|&&c| is_word(c)) {
                piece += ems(c);
                characters.next();
            }
        }
        // Closing punctuation stays with what it closes.
        while let Some(&c) = characters.peek().filter(|&&c| is_closing(c)) {
            piece += ems(c);
            characters.next();
        }
        if filled + piece > column && filled > 0.0 {
            lines += 1;
            filled = 0.0;
        }
        filled += piece;
        // A word longer than a line is broken.
        while filled > column && column > 0.0 && filled - column > f64::EPSILON {
            lines += 1;
            filled -= column;
        }
    }
    lines
}

fn is_word(c: char) -> bool {
    matches!(c, '!'..='~')
}

fn is_closing(c: char) -> bool {
    matches!(c, '，' | '。' | '、' | '；' | '：' | '！' | '？' | '）' | '》' | '”' | '’' | '】' | '〕' | '％')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str, column: f64) -> u32 {
        lines(&[text.to_owned()], column)
    }

    #[test]
    fn han_characters_are_one_em_and_digits_half() {
        assert_eq!(width("公开2016年"), 5.0);
        assert_eq!(count("公开公开公", 5.0), 1);
        assert_eq!(count("公开公开公开", 5.0), 2);
        assert_eq!(count("12345678", 4.0), 1);
    }

    #[test]
    fn a_word_stays_whole_where_it_fits_and_breaks_where_it_does_not() {
        // 公开公 fills 3 of 4; the four digits (2) go to the next line.
        assert_eq!(count("公开公2016", 4.0), 2);
        // 20 small letters are 10 em: three lines of 4.
        assert_eq!(count("abcdefghijklmnopqrst", 4.0), 3);
    }

    #[test]
    fn closing_punctuation_takes_its_character_along() {
        // Five characters would fit, but 。 can't open a line, so 开。 moves down together.
        assert_eq!(count("公开公开。公", 4.0), 2);
        assert_eq!(count("公开公开。公开公", 4.0), 3);
    }

    #[test]
    fn every_paragraph_and_line_break_starts_a_line() {
        assert_eq!(lines(&["甲\n乙".to_owned(), String::new(), "丙".to_owned()], 10.0), 4);
        assert_eq!(lines(&[], 10.0), 1);
    }
}
