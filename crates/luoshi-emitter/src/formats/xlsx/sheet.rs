//! The two worksheets, cell by cell.

use luoshi_table::Cell;
use rust_xlsxwriter::{DataValidation, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::rows::{self, Block, Piece, Plan};
use super::text;
use crate::report::{CellRole, Entry, LineRole, Report, ReportCell, ReportColumn, measure};
use crate::theme::{Align, Label, SheetStyle, TextStyle, Theme, Vertical};

/// Paper sizes 8 and 9 are A3 and A4 (ECMA-376-1 §18.3.1.63).
const A3: u8 = 8;
const A4: u8 = 9;

/// The scale below which a sheet made to fit the width of A4 is too small to read: ten points become seven.
const READABLE: f64 = 0.7;

/// Excel's screen: 96 pixels and 72 points an inch.
const PIXELS_PER_MILLIMETRE: f64 = 96.0 / 25.4;

/// A header block higher than this is not frozen: on a small screen there would be no room left to scroll in.
const MAX_FROZEN_POINTS: f64 = 300.0;

/// The same for a form: its rows are high, and whoever writes needs to see several.
const MAX_FROZEN_POINTS_OF_FORM: f64 = 150.0;

/// Row heights are given in pixels of ¾ point; half a pixel more covers the rounding.
const ROUNDING: f64 = 0.375;

/// The looks of a cell, made once per sheet.
struct Formats {
    heading: Format,
    section: Format,
    focus: Format,
    /// One per column.
    body: Vec<Format>,
}

impl Formats {
    fn new(report: &Report, theme: &Theme) -> Self {
        let cell = |style: &TextStyle, size: f64| {
            font(theme, style, size).set_border(FormatBorder::Thin).set_text_wrap()
        };
        let (text, sizes) = (&theme.text, &theme.sheet);
        let body = |column: &ReportColumn| {
            let vertical = match column.vertical {
                Vertical::Top => FormatAlign::Top,
                Vertical::Middle => FormatAlign::VerticalCenter,
            };
            cell(&text.body, sizes.body).set_align(horizontal(column.align)).set_align(vertical)
        };
        let row = |style, size| cell(style, size).set_align(FormatAlign::VerticalCenter);
        Self {
            heading: row(&text.heading, sizes.heading).set_align(horizontal(text.heading.align)),
            section: row(&text.section, sizes.body).set_align(horizontal(text.section.align)),
            focus: row(&text.focus, sizes.body).set_align(horizontal(text.focus.align)),
            body: report.columns.iter().map(body).collect(),
        }
    }

    fn of(&self, role: CellRole, column: u32) -> &Format {
        match role {
            CellRole::Heading => &self.heading,
            CellRole::Section => &self.section,
            CellRole::Focus => &self.focus,
            CellRole::Number | CellRole::Body => &self.body[column as usize],
        }
    }
}

fn font(theme: &Theme, style: &TextStyle, size: f64) -> Format {
    Format::new().set_font_name(&theme.face(style).name).set_font_size(size)
}

fn horizontal(align: Align) -> FormatAlign {
    match align {
        Align::Left => FormatAlign::Left,
        Align::Center => FormatAlign::Center,
        Align::Right => FormatAlign::Right,
    }
}

/// The print sheet: as it would be printed, one page wide.
pub(super) fn print(
    sheet: &mut Worksheet,
    report: &Report,
    plan: &Plan,
    theme: &Theme,
) -> Result<(), XlsxError> {
    sheet.set_name(&*report.name)?;
    page(sheet, report, theme);
    for (column, style) in (0..).zip(&report.columns) {
        sheet.set_column_width_pixels(column, (style.width * PIXELS_PER_MILLIMETRE).round() as u32)?;
    }
    let last_column = (report.table.columns() as u16).saturating_sub(1);
    let lines = (0..).zip(report.above.iter().zip(&plan.above));
    let below = (plan.below_from..).zip(report.below.iter().zip(&plan.below));
    for (row, (line, height)) in lines.chain(below) {
        set_height(sheet, row, *height)?;
        if line.role == LineRole::Blank {
            continue;
        }
        let format = line_format(theme, line.role);
        merge(sheet, (row, 0), (row, last_column), &line.text, &format)?;
    }
    let formats = Formats::new(report, theme);
    for (row, height) in plan.heights() {
        set_height(sheet, row, height)?;
    }
    for cell in report.table.cells() {
        let Block { from, to, breaks } = plan.block(cell);
        let format = formats.of(cell.content.role, cell.column);
        if let Some(pieces) = plan.pieces(cell) {
            write_pieces(sheet, &cell.content, &pieces, format)?;
            continue;
        }
        let top = breaks.then(|| format.clone().set_align(FormatAlign::Top));
        let format = top.as_ref().unwrap_or(format);
        let open = *report.entry(cell.row, cell.column) != Entry::Nothing;
        let unlocked = open.then(|| format.clone().set_unlocked());
        let format = unlocked.as_ref().unwrap_or(format);
        match cell.content.number() {
            Some(number) if from == to => {
                sheet.write_number_with_format(from.0, from.1, number, format)?;
            }
            Some(number) => {
                sheet.merge_range(from.0, from.1, to.0, to.1, "", format)?;
                sheet.write_number_with_format(from.0, from.1, number, format)?;
            }
            None => merge(sheet, from, to, &text::cell(&cell.content), format)?,
        }
    }
    if report.header_rows > 0 {
        let (header, height) = plan.header(report);
        sheet.set_repeat_rows(header.start, header.end - 1)?;
        let frozen = plan.above.iter().sum::<f64>() + height;
        let most = if report.form.is_some() { MAX_FROZEN_POINTS_OF_FORM } else { MAX_FROZEN_POINTS };
        let rows = if frozen <= most { header.end } else { 0 };
        sheet.set_freeze_panes(rows, report.key_columns as u16)?;
    }
    Ok(())
}

/// Writes a parted text as one column of cells without lines between them.
fn write_pieces(
    sheet: &mut Worksheet,
    cell: &ReportCell,
    pieces: &[Piece],
    format: &Format,
) -> Result<(), XlsxError> {
    for (index, Piece { paragraphs, block }) in pieces.iter().enumerate() {
        let mut format = format.clone().set_align(FormatAlign::Top);
        if index > 0 {
            format = format.set_border_top(FormatBorder::None);
        }
        if index + 1 < pieces.len() {
            format = format.set_border_bottom(FormatBorder::None);
        }
        merge(sheet, block.from, block.to, &cell.paragraphs[paragraphs.clone()].join("\n"), &format)?;
    }
    Ok(())
}

/// A plain sheet: one row per entry, for filters and programs. `more` is what a cell says that can't show all its text.
pub(super) fn data(
    sheet: &mut Worksheet,
    report: &Report,
    more: (&str, &str),
    theme: &Theme,
) -> Result<(), XlsxError> {
    sheet.set_name(&*report.name)?;
    page(sheet, report, theme);
    for (column, style) in (0..).zip(&report.columns) {
        sheet.set_column_width_pixels(column, (style.width * PIXELS_PER_MILLIMETRE).round() as u32)?;
    }
    let formats = Formats::new(report, theme);
    let face = font(theme, &theme.text.body, theme.sheet.body);
    let more_text = more_text(more)?;
    for row in 0..report.table.rows() {
        let mut needed = 0.0_f64;
        for cell in report.table.row(row) {
            let at = (row, cell.column as u16);
            let format = formats.of(cell.content.role, cell.column);
            match cell.content.marked.is_empty() {
                true => write(sheet, at, &cell.content, format)?,
                false => text::put_marked(sheet, at, &cell.content.marked, &face, format)?,
            }
            let height = data_height(report, cell, theme);
            if height > rows::MAX_HEIGHT {
                sheet.add_data_validation(at.0, at.1, at.0, at.1, &more_text)?;
            }
            needed = needed.max(height);
        }
        set_height(sheet, row, needed)?;
    }
    if let Some(last) = (report.table.columns() as u16).checked_sub(1) {
        sheet.autofilter(0, 0, report.table.rows() - 1, last)?;
        sheet.set_freeze_panes(1, 0)?;
        sheet.set_repeat_rows(0, 0)?;
    }
    Ok(())
}

/// What a cell says when it is chosen, as title and message.
pub(super) fn more_text((title, message): (&str, &str)) -> Result<DataValidation, XlsxError> {
    DataValidation::new().allow_any_value().set_input_title(title)?.set_input_message(message)
}

/// The height at which a plain cell shows all its text. There may be no row so high; then the cell says so.
pub(super) fn data_height(report: &Report, cell: &Cell<ReportCell>, theme: &Theme) -> f64 {
    let sizes = &theme.sheet;
    let size = if cell.row < report.header_rows { sizes.heading } else { sizes.body };
    let width = measure::points(report.columns[cell.column as usize].width);
    rows::height(&cell.content.paragraphs, width, size, sizes.line)
}

fn set_height(sheet: &mut Worksheet, row: u32, points: f64) -> Result<(), XlsxError> {
    sheet.set_row_height(row, (points + ROUNDING).min(rows::MAX_HEIGHT)).map(drop)
}

fn write(sheet: &mut Worksheet, at: (u32, u16), cell: &ReportCell, format: &Format) -> Result<(), XlsxError> {
    match cell.number() {
        Some(number) => sheet.write_number_with_format(at.0, at.1, number, format).map(drop),
        None => text::put(sheet, at, &text::cell(cell), format),
    }
}

/// Writes a text over a rectangle; a single cell can't be merged.
fn merge(
    sheet: &mut Worksheet,
    from: (u32, u16),
    to: (u32, u16),
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    if from != to {
        sheet.merge_range(from.0, from.1, to.0, to.1, "", format)?;
    }
    text::put(sheet, from, text, format)
}

/// The type size of a line outside the table.
pub(super) fn line_size(role: LineRole, sizes: &SheetStyle) -> f64 {
    match role {
        LineRole::Title => sizes.title,
        LineRole::Annex | LineRole::Blank => sizes.heading,
        LineRole::Preamble | LineRole::Guide | LineRole::Postscript => sizes.body,
    }
}

fn line_format(theme: &Theme, role: LineRole) -> Format {
    let text = &theme.text;
    let style = match role {
        LineRole::Annex | LineRole::Blank => &text.annex,
        LineRole::Title => &text.title,
        LineRole::Preamble => &text.preamble,
        LineRole::Guide | LineRole::Postscript => &text.postscript,
    };
    let format = font(theme, style, line_size(role, &theme.sheet))
        .set_align(horizontal(style.align))
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap();
    if role == LineRole::Title { format.set_bold() } else { format }
}

fn page(sheet: &mut Worksheet, report: &Report, theme: &Theme) {
    let page = &theme.page;
    let inches = |millimetres: f64| millimetres / 25.4;
    let wide: f64 = report.columns.iter().map(|column| column.width).sum();
    let scale = (page.width - page.left - page.right) / wide;
    // Whoever has no A3 prints it on A4, as small as it would have been.
    sheet.set_paper_size(if scale < READABLE { A3 } else { A4 });
    if page.width > page.height {
        sheet.set_landscape();
    }
    sheet.set_margins(
        inches(page.left),
        inches(page.right),
        inches(page.top),
        inches(page.bottom),
        inches(page.footer),
        inches(page.footer),
    );
    sheet.set_print_center_horizontally(true);
    // Zero pages tall: as many as it takes.
    sheet.set_print_fit_to_pages(1, 0);
    let number = &theme.text.page_number;
    let (before, after) = theme.wording.around(Label::PageNumber);
    let face = &theme.face(number).name;
    // The face ends the size: a digit behind it would be read as part of it. An ampersand begins a code, two are one.
    let [before, after] = [before, after].map(|text| text.replace('&', "&&"));
    sheet.set_footer(format!("&C&{}&\"{face}\"{before}&P{after}", number.size()));
}
