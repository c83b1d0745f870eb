//! Rows to items under sections and focuses: which rows are bands, repeated headers or notes, which begin an item and which
//! go on with the one before, and which cell answers several items.
//!
//! Not here: what an item is called (identity) and what its texts mean.

use luoshi_model::ColumnKey;
use luoshi_table::{Cell, Diagnostic, Grid, Locator, SourceCell, SourceTable};

use crate::header::{self, Header, LogicalColumn};
use crate::key::squeeze;
use crate::number::{self, Style};
use crate::ragged;
use crate::text::{display, join_lines, raw_if_different};
use crate::units::Directory;
use crate::vocabulary::TITLES;

/// What the tables of a checklist say, row by row.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    pub(crate) sections: Vec<Part>,
    pub(crate) focuses: Vec<Part>,
    pub(crate) rows: Vec<ItemRow>,
    /// Full-width rows below the items.
    pub(crate) postscript: Vec<String>,
}

/// A section or focus.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// The index of the section that a focus stands in.
    pub(crate) section: Option<usize>,
    pub(crate) label: String,
    pub(crate) title: String,
}

/// The rows of one item.
#[derive(Debug)]
pub(crate) struct ItemRow {
    /// The place of its first row.
    pub(crate) place: Locator,
    pub(crate) section: Option<usize>,
    pub(crate) focus: Option<usize>,
    /// One per logical column.
    pub(crate) fields: Vec<Field>,
}

/// What an item's row has in a column.
#[derive(Clone, Debug, Default)]
pub(crate) struct Field {
    /// Index of the table among those read, and of the cell in its grid.
    cell: Option<(usize, usize)>,
    /// Upper left position of the cell in the grid, from 0.
    pub(crate) at: Option<(u32, u32)>,
    /// The display form; empty where the cell is another item's.
    pub(crate) lines: Vec<String>,
    /// The cell's text where it differs from the lines.
    pub(crate) raw: Option<String>,
    /// The first paragraph's number was made by the word processor.
    pub(crate) auto_numbered: bool,
    /// The item whose cell this is, where a merged cell begins in an earlier item.
    pub(crate) owner: Option<usize>,
    /// Where in `lines` each further row of the item begins, for the rows that add to this column.
    pub(crate) segments: Vec<(u32, usize)>,
}

/// Reads tables one after the other, the later ones continuing the first.
pub(crate) struct OutlineReader<'a> {
    directory: &'a Directory,
    has_spans: bool,
    table: usize,
    outline: Outline,
    section: Option<usize>,
    focus: Option<usize>,
    /// Full-width rows without an enumerator: sections if items follow, else notes below the table.
    pending: Vec<(Vec<String>, Locator)>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> OutlineReader<'a> {
    pub(crate) fn new(directory: &'a Directory, has_spans: bool) -> Self {
        let (outline, diagnostics) = (Outline::default(), Vec::new());
        let pending = Vec::new();
        Self { directory, has_spans, table: 0, outline, section: None, focus: None, pending, diagnostics }
    }

    /// Reads the rows from `body` on. The columns are those of the header, whichever table it stands in.
    pub(crate) fn table(&mut self, table: &SourceTable, header: &Header, body: u32, place: &Locator) {
        for row in body..table.grid.rows() {
            let place = place.row(row);
            if header.repeats_in(&table.grid, row) {
                self.diagnostics.push(Diagnostic::info("header-repeated", place));
                continue;
            }
            if header::begins_in(&table.grid, row) {
                // Its columns are its own; reading them by this table's would put every text in a wrong place.
                let rows = table.grid.rows() - row;
                self.diagnostics.push(Diagnostic::error("checklist-ignored", place).with("rows", rows));
                break;
            }
            let ragged = table.rows.get(row as usize).is_some_and(|about| about.ragged);
            self.row(&table.grid, row, ragged, header, place);
        }
        self.table += 1;
    }

    /// Takes a line between two tables that are one: a heading opens its part, anything else is kept as a note.
    pub(crate) fn line(&mut self, text: &str) {
        match number::glued(text) {
            Some(number) if number.style == Style::Han => self.open_section(number.label, number.rest),
            Some(number) if number.style == Style::BracketedHan => self.open_focus(number.label, number.rest),
            _ => self.outline.postscript.push(text.to_owned()),
        }
    }

    /// The outline, and the findings made on the way.
    pub(crate) fn finish(mut self, header: &Header) -> (Outline, Vec<Diagnostic>) {
        self.outline.postscript.extend(self.pending.drain(..).flat_map(|(lines, _)| lines));
        if !self.has_spans {
            self.infer_shared_answers(header);
        }
        (self.outline, self.diagnostics)
    }

    fn row(&mut self, grid: &Grid<SourceCell>, row: u32, ragged: bool, header: &Header, place: Locator) {
        let own: Vec<&Cell<SourceCell>> =
            grid.row(row).filter(|cell| cell.row == row && !cell.content.is_blank()).collect();
        let Some(first) = own.first() else { return };
        let apart = grid.row(row).all(|cell| cell.row == row || cell.content.is_blank());
        if apart && (self.note(&own) || self.band(&own, grid.columns(), header, &place)) {
            return;
        }
        self.flush_pending();
        let fields = if ragged {
            self.realigned(grid, row, header, &place)
        } else {
            self.report_spread(&own, header, &place);
            header.columns.iter().enumerate().map(|(i, c)| self.field(grid, row, &c.grid, i)).collect()
        };
        let heads_only = |(field, column): (&Field, &LogicalColumn)| {
            field.lines.is_empty() || matches!(column.column.key, ColumnKey::Section | ColumnKey::Focus)
        };
        if apart && first.column_span == 1 && fields.iter().zip(&header.columns).all(heads_only) {
            // A part that is named in a row of its own, above its items.
            self.place_in_outline(&fields, header, &place);
        } else if self.begins_item(&fields, header) {
            self.place_in_outline(&fields, header, &place);
            let (section, focus) = (self.section, self.focus);
            self.outline.rows.push(ItemRow { place, section, focus, fields });
        } else {
            self.continue_item(fields, header, &place, row);
        }
    }

    /// Takes a row that opens with a footer's words, or totals the table, as a note.
    fn note(&mut self, own: &[&Cell<SourceCell>]) -> bool {
        let Some(opening) = own.first().map(|cell| join_lines(&display(&cell.content))) else { return false };
        let footer = TITLES.footers.iter().any(|footer| opening.starts_with(footer.as_str()));
        if !(footer || TITLES.totals.contains(&squeeze(&opening))) || self.outline.rows.is_empty() {
            return false;
        }
        let texts: Vec<Vec<String>> = own.iter().map(|cell| display(&cell.content)).collect();
        // Full-width rows between the items and a note are notes themselves.
        self.outline.postscript.extend(self.pending.drain(..).flat_map(|(lines, _)| lines));
        match texts.as_slice() {
            [lines] => self.outline.postscript.extend(lines.iter().cloned()),
            cells => {
                let cells: Vec<String> = cells.iter().map(|lines| join_lines(lines)).collect();
                self.outline.postscript.push(cells.join("　"));
            }
        }
        true
    }

    /// Takes a row of a single text as a heading, where it is one; the enumerator may stand in a cell of its own before it.
    fn band(&mut self, own: &[&Cell<SourceCell>], columns: u32, header: &Header, place: &Locator) -> bool {
        let wide = |cell: &Cell<SourceCell>| cell.column_span > 1 && cell.column_span * 2 > columns;
        let leftmost = |cell: &Cell<SourceCell>| {
            header.columns.first().is_some_and(|column| column.grid.contains(&cell.column))
        };
        match own {
            [cell] => {
                let lines = display(&cell.content);
                let text = join_lines(&lines);
                let number = number::glued(&text);
                let style = number.as_ref().map(|number| number.style);
                // Without a merge, only an enumerated heading at the left edge stands out from an item that has but one text.
                let heading = matches!(style, Some(Style::Han | Style::BracketedHan));
                if !(wide(cell) || heading && leftmost(cell)) {
                    return false;
                }
                match number {
                    Some(number) => self.open_part(number.style, number.label, number.rest),
                    None => self.pending.push((lines, place.clone())),
                }
                true
            }
            [number, title] if leftmost(number) => {
                let (label, title) =
                    (join_lines(&display(&number.content)), join_lines(&display(&title.content)));
                let style = number::whole(&label).map(|number| number.style);
                let heading = matches!(style, Some(Style::Han | Style::BracketedHan));
                if let Some(style) = style.filter(|_| heading) {
                    self.open_part(style, &label, &title);
                }
                heading
            }
            _ => false,
        }
    }

    fn open_part(&mut self, style: Style, label: &str, title: &str) {
        self.flush_pending();
        let below = style == Style::BracketedHan || style == Style::Other && self.section.is_some();
        if below { self.open_focus(label, title) } else { self.open_section(label, title) }
    }

    /// Full-width rows that items follow are sections.
    fn flush_pending(&mut self) {
        for (lines, place) in std::mem::take(&mut self.pending) {
            let title = join_lines(&lines);
            self.diagnostics.push(Diagnostic::info("section-unnumbered", place).with("title", &title));
            self.open_section("", &title);
        }
    }

    /// Says where a cell is merged over columns that mean different things: its text is kept in the first.
    fn report_spread(&mut self, own: &[&Cell<SourceCell>], header: &Header, place: &Locator) {
        for cell in own.iter().filter(|cell| cell.column_span > 1) {
            let touches = |column: &&LogicalColumn| {
                column.grid.start < cell.columns().end && cell.column < column.grid.end
            };
            let columns: Vec<&str> =
                header.columns.iter().filter(touches).map(|column| column.column.heading.as_str()).collect();
            if columns.len() > 1 {
                let place = Locator { column: Some(cell.column + 1), ..place.clone() };
                let finding = Diagnostic::warning("cell-spans-columns", place).with("column", columns[0]);
                let finding = finding.with("columns", columns.join("、"));
                self.diagnostics.push(finding.with("text", cell.content.text()));
            }
        }
    }

    fn open_section(&mut self, label: &str, title: &str) {
        let part = Part { section: None, label: label.to_owned(), title: title.to_owned() };
        self.section = Some(index_or_push(&mut self.outline.sections, part));
        self.focus = None;
    }

    fn open_focus(&mut self, label: &str, title: &str) {
        let part = Part { section: self.section, label: label.to_owned(), title: title.to_owned() };
        self.focus = Some(index_or_push(&mut self.outline.focuses, part));
    }

    /// Opens the section and focus that an item's own columns name.
    fn place_in_outline(&mut self, fields: &[Field], header: &Header, place: &Locator) {
        let named =
            |key| header.position(key).map(|index| &fields[index]).filter(|field| !field.lines.is_empty());
        if let Some(field) = named(&ColumnKey::Section) {
            let text = join_lines(&field.lines);
            let (label, title) = split_label(&text);
            let same = |part: &Part| (part.label.as_str(), part.title.as_str()) == (label, title);
            if !self.section.is_some_and(|index| same(&self.outline.sections[index])) {
                self.open_section(label, title);
            }
        }
        if let Some(field) = named(&ColumnKey::Focus) {
            let text = join_lines(&field.lines);
            let (label, title) = split_label(&text);
            self.open_focus(label, title);
        } else if let Some(index) = header.position(&ColumnKey::Focus) {
            let merged = fields[index].owner.is_some();
            // In a form that can merge cells, a blank that is not merged may mean the same or nothing.
            if self.has_spans && !merged && self.focus.is_some() {
                let place = fields[index]
                    .at
                    .map_or_else(|| place.clone(), |(_, c)| Locator { column: Some(c + 1), ..place.clone() });
                self.diagnostics.push(Diagnostic::info("focus-carried", place));
            }
        }
    }

    /// The field of a logical column, which may fill several columns of the grid.
    fn field(&self, grid: &Grid<SourceCell>, row: u32, range: &std::ops::Range<u32>, index: usize) -> Field {
        let Some(cell_index) = grid.index_at(row, range.start) else { return Field::default() };
        let first = &grid.cells()[cell_index];
        if first.column < range.start {
            // Merged from the column before; its text stands there.
            return Field::default();
        }
        let at = Some((first.row, first.column));
        let cell = Some((self.table, cell_index));
        // Merged from above: the cell of the item that began it, unless that was no item.
        let above = self.outline.rows.last().map(|row| &row.fields[index]);
        let owner = above
            .filter(|field| first.row < row && field.cell == cell)
            .map(|field| field.owner.unwrap_or(self.outline.rows.len().saturating_sub(1)));
        let mut field = match owner {
            Some(_) => Field { owner, ..Field::default() },
            None => own_field(&first.content),
        };
        let mut column = first.columns().end;
        while column < range.end {
            let Some(next) = grid.at(row, column) else { break };
            if !next.content.is_blank() && (next.row == row || field.owner.is_none()) {
                let more = own_field(&next.content);
                field.owner = None;
                field.raw = Some(next_raw(&field, &more));
                field.lines.extend(more.lines);
            }
            column = next.columns().end;
        }
        Field { cell, at, ..field }
    }

    /// The fields of a row whose cells lost their columns.
    fn realigned(
        &mut self,
        grid: &Grid<SourceCell>,
        row: u32,
        header: &Header,
        place: &Locator,
    ) -> Vec<Field> {
        let cells: Vec<(u32, Field)> =
            grid.row(row).map(|cell| (cell.column, own_field(&cell.content))).collect();
        let texts: Vec<Vec<String>> = cells.iter().map(|(_, field)| field.lines.clone()).collect();
        let shift = ragged::shift(&texts, &header.columns, self.directory);
        let mut fields = vec![Field::default(); header.columns.len()];
        let first = header.columns.get(shift).map_or("", |column| column.column.heading.as_str());
        let lost = header.columns.len() - cells.len().min(header.columns.len());
        let finding = Diagnostic::warning("row-realigned", place.clone());
        self.diagnostics.push(finding.with("lost", lost).with("column", first));
        for (index, (column, field)) in cells.into_iter().enumerate() {
            if let Some(slot) = fields.get_mut(shift + index) {
                *slot = Field { at: Some((row, column)), ..field };
            }
        }
        fields
    }

    /// A row begins an item where it has a number or a matter of its own.
    fn begins_item(&self, fields: &[Field], header: &Header) -> bool {
        let own = |key| header.position(key).is_some_and(|index| !fields[index].lines.is_empty());
        let merged = |key| header.position(key).is_some_and(|index| fields[index].owner.is_some());
        own(&ColumnKey::Matter)
            || own(&ColumnKey::Number)
            // One matter, several requirements, no numbers: each requirement is asked for itself.
            || own(&ColumnKey::Requirement) && merged(&ColumnKey::Matter) && !merged(&ColumnKey::Number)
    }

    /// Adds a row to the item above it.
    fn continue_item(&mut self, fields: Vec<Field>, header: &Header, place: &Locator, row: u32) {
        let merged = |key| header.position(key).is_some_and(|index| fields[index].owner.is_some());
        let expected = merged(&ColumnKey::Matter) || merged(&ColumnKey::Number);
        let Some(last) = self.outline.rows.last_mut() else {
            let text: Vec<String> = fields.into_iter().flat_map(|field| field.lines).collect();
            let finding = Diagnostic::error("row-unplaced", place.clone()).with("text", text.join(" "));
            self.diagnostics.push(finding);
            return;
        };
        if !expected {
            self.diagnostics.push(Diagnostic::warning("row-continued", place.clone()));
        }
        for (into, field) in last.fields.iter_mut().zip(fields).filter(|(_, field)| !field.lines.is_empty()) {
            if into.owner.take().is_some() {
                // The item's own text in this row ends its share in the cell of an earlier item.
                let finding = Diagnostic::warning("shared-cell-ended", place.clone())
                    .with("text", field.lines.join(" "));
                self.diagnostics.push(finding);
            }
            if into.at.is_none() {
                into.at = field.at;
            }
            into.raw = Some(next_raw(into, &field));
            into.segments.push((row, into.lines.len()));
            into.lines.extend(field.lines);
        }
    }

    /// A form that cannot show merged cells shows the lower ones of a merged answer blank. So a blank answer under an
    /// answered one is taken as merged where nothing else parts the two: the same focus, the same units, nothing in any
    /// other column. Everything else stays blank.
    fn infer_shared_answers(&mut self, header: &Header) {
        let Some(status) = header.position(&ColumnKey::Status) else { return };
        let units: Vec<usize> =
            (0..header.columns.len()).filter(|&index| header.columns[index].column.key.is_units()).collect();
        let free = |index: &usize| {
            let key = &header.columns[*index].column.key;
            let before = [ColumnKey::Number, ColumnKey::Section, ColumnKey::Focus, ColumnKey::Matter];
            *index != status && !key.is_units() && !before.contains(key)
        };
        let others: Vec<usize> = (0..header.columns.len()).filter(free).collect();
        for index in 1..self.outline.rows.len() {
            let owner = self.outline.rows[index - 1].fields[status].owner.unwrap_or(index - 1);
            let (above, row) = (&self.outline.rows[owner], &self.outline.rows[index]);
            let same_units = units.iter().all(|&u| above.fields[u].lines == row.fields[u].lines);
            let named = units.iter().any(|&u| !row.fields[u].lines.is_empty());
            let bare =
                row.fields[status].lines.is_empty() && others.iter().all(|&o| row.fields[o].lines.is_empty());
            let answered = !above.fields[status].lines.is_empty();
            if bare && answered && same_units && named && row.focus.is_some() && row.focus == above.focus {
                let from = above.place.row.unwrap_or_default();
                let finding =
                    Diagnostic::warning("answer-shared-inferred", row.place.clone()).with("row", from);
                self.diagnostics.push(finding);
                self.outline.rows[index].fields[status].owner = Some(owner);
            }
        }
    }
}

fn own_field(cell: &SourceCell) -> Field {
    let lines = display(cell);
    let raw = raw_if_different(cell, &lines);
    let auto_numbered = cell.paragraphs.first().is_some_and(|paragraph| paragraph.auto_number.is_some());
    Field { lines, raw, auto_numbered, ..Field::default() }
}

fn next_raw(field: &Field, more: &Field) -> String {
    let text = |field: &Field| field.raw.clone().unwrap_or_else(|| field.lines.join("\n"));
    format!("{}\n{}", text(field), text(more))
}

fn split_label(text: &str) -> (&str, &str) {
    number::glued(text).map_or(("", text), |number| (number.label, number.rest))
}

fn index_or_push(parts: &mut Vec<Part>, part: Part) -> usize {
    parts.iter().position(|known| *known == part).unwrap_or_else(|| {
        parts.push(part);
        parts.len() - 1
    })
}
