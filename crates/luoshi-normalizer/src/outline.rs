//! Rows to items under sections and focuses: which rows are bands, repeated headers or notes, which begin an item and which
//! go on with the one before, and which cell answers several items.
//!
//! Not here: what an item is called (identity) and what its texts mean.

use luoshi_model::ColumnKey;
use luoshi_table::{Cell, Diagnostic, Grid, Locator, SourceCell, SourceRow};

use crate::answer;
use crate::field::{CellId, Field};
use crate::filler;
use crate::header::{self, Header, LogicalColumn};
use crate::index::CatalogueIndex;
use crate::key::squeeze;
use crate::number::{self, Style};
use crate::ragged;
use crate::text::{display, join_lines};
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

/// Reads tables one after the other, the later ones continuing the first.
pub(crate) struct OutlineReader<'a> {
    directory: &'a Directory,
    /// Catalogues that the checklist may be of.
    catalogues: &'a [CatalogueIndex],
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
    pub(crate) fn new(directory: &'a Directory, catalogues: &'a [CatalogueIndex], has_spans: bool) -> Self {
        Self {
            directory,
            catalogues,
            has_spans,
            table: 0,
            outline: Outline::default(),
            section: None,
            focus: None,
            pending: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    /// Reads the rows from `body` on. The columns are those of the header, whichever table it stands in.
    pub(crate) fn table(
        &mut self,
        mut grid: Grid<SourceCell>,
        rows: &[SourceRow],
        header: &Header,
        body: u32,
        place: &Locator,
    ) {
        // Asked of a cell after its text has moved on, too.
        let blank: Vec<bool> = grid.cells().iter().map(|cell| cell.content.is_blank()).collect();
        let mut own: Vec<usize> = Vec::new();
        for row in body..grid.rows() {
            let place = place.row(row);
            own.clear();
            let is_own = |index: &usize| grid.cells()[*index].row == row && !blank[*index];
            own.extend(grid.row_indexes(row).filter(is_own));
            let Some(&first) = own.first() else { continue };
            let apart = grid.row_indexes(row).all(|index| grid.cells()[index].row == row || blank[index]);
            // Most rows begin with a figure, and no header, heading or note does.
            if own.len() == 1 || !is_figure(&grid.cells()[first].content) {
                if header.repeats_in(&grid, row) {
                    self.diagnostics.push(Diagnostic::info("header-repeated", place));
                    continue;
                }
                if header::begins_in(&grid, row) {
                    // Its columns are its own; reading them by this table's would put every text in a wrong place.
                    let rows = grid.rows() - row;
                    self.diagnostics.push(Diagnostic::error("checklist-ignored", place).with("rows", rows));
                    break;
                }
                let own: Vec<&Cell<SourceCell>> = own.iter().map(|&index| &grid.cells()[index]).collect();
                if apart && (self.note(&own) || self.band(&own, grid.columns(), header, &place)) {
                    continue;
                }
            }
            self.flush_pending();
            let ragged = rows.get(row as usize).is_some_and(|about| about.ragged);
            let fields = if ragged {
                self.realigned(&mut grid, row, header, &place)
            } else {
                self.report_spread(&grid, &own, header, &place);
                let columns = header.columns.iter().enumerate();
                columns.map(|(index, column)| self.field(&mut grid, row, &column.grid, index)).collect()
            };
            let alone = apart && grid.cells()[first].column_span == 1;
            self.row(fields, alone, header, place);
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

    /// Takes a row of items. `alone`: nothing is merged into it from above, nor is its first cell merged over others.
    fn row(&mut self, mut fields: Vec<Field>, alone: bool, header: &Header, place: Locator) {
        let heads_only = |(field, column): (&Field, &LogicalColumn)| {
            field.lines.is_empty() || matches!(column.column.key, ColumnKey::Section | ColumnKey::Focus)
        };
        if alone && fields.iter().zip(&header.columns).all(heads_only) {
            // A part that is named in a row of its own, above its items.
            self.place_in_outline(&fields, header, &place);
        } else if self.goes_on(&fields, header) {
            self.continue_item(fields, true, header, &place);
        } else if self.begins_item(&fields, header) {
            self.fill_dittos(&mut fields, header, &place);
            self.place_in_outline(&fields, header, &place);
            let (section, focus) = (self.section, self.focus);
            self.outline.rows.push(ItemRow { place, section, focus, fields });
        } else {
            self.continue_item(fields, false, header, &place);
        }
    }

    /// Takes a row that opens with a footer's words, or totals the table, as a note.
    fn note(&mut self, own: &[&Cell<SourceCell>]) -> bool {
        let Some(first) = own.first().map(|cell| display(&cell.content)) else { return false };
        let opening = join_lines(&first);
        let footer = TITLES.footers.iter().any(|footer| opening.starts_with(footer.as_str()));
        let below_items =
            (footer || TITLES.totals.contains(&squeeze(&opening))) && !self.outline.rows.is_empty();
        if !below_items && !filler::names_filler(&opening) {
            return false;
        }
        let texts: Vec<Vec<String>> = own.iter().map(|cell| display(&cell.content)).collect();
        // Full-width rows between the items and a note are notes themselves.
        self.outline.postscript.extend(self.pending.drain(..).flat_map(|(lines, _)| lines));
        match texts.as_slice() {
            [lines] => self.outline.postscript.extend(lines.iter().cloned()),
            cells => {
                let cells: Vec<_> = cells.iter().map(|lines| join_lines(lines)).collect();
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
                // Without a merge, only an enumerated heading at the left edge, or a text where numbers stand, stands out from
                // an item that has but one text.
                let heading = matches!(style, Some(Style::Han | Style::BracketedHan))
                    || header.columns.first().is_some_and(|column| column.column.key == ColumnKey::Number)
                        && number::whole(&text).is_none();
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
                let (label, title) = (display(&number.content), display(&title.content));
                let (label, title) = (join_lines(&label), join_lines(&title));
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
            self.diagnostics.push(Diagnostic::info("section-unnumbered", place).with("title", &*title));
            self.open_section("", &title);
        }
    }

    /// Says where a cell is merged over columns that mean different things: its text is kept in the first.
    fn report_spread(&mut self, grid: &Grid<SourceCell>, own: &[usize], header: &Header, place: &Locator) {
        for cell in own.iter().map(|&index| &grid.cells()[index]).filter(|cell| cell.column_span > 1) {
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
    fn field(
        &self,
        grid: &mut Grid<SourceCell>,
        row: u32,
        range: &std::ops::Range<u32>,
        index: usize,
    ) -> Field {
        let id = |cell| CellId { table: self.table, cell };
        let at_start = grid.index_at(row, range.start);
        let mut column = at_start.map_or(range.start + 1, |cell| grid.cells()[cell].columns().end);
        // A cell that is merged from the column before has its text there.
        let mut begins = at_start.filter(|&cell| grid.cells()[cell].column >= range.start);
        let from_above = begins.filter(|&cell| grid.cells()[cell].row < row);
        // Merged from above: the cell of the item that began it, unless that was no item.
        let above = self.outline.rows.last().map(|row| &row.fields[index]);
        let owner = above.zip(from_above).and_then(|(field, cell)| {
            let shared = field.owner.filter(|_| field.cell == Some(id(cell)));
            let last = self.outline.rows.len().saturating_sub(1);
            shared.or_else(|| field.is_of(id(cell)).then_some(last))
        });
        let mut field = match begins {
            Some(cell) if owner.is_none() => Field::take(grid, cell),
            _ => Field { owner, ..Field::default() },
        };
        let carried = if from_above.is_some() { field.lines.len() } else { 0 };
        while column < range.end {
            let Some(next_index) = grid.index_at(row, column) else {
                column += 1;
                continue;
            };
            let next = &grid.cells()[next_index];
            column = next.columns().end;
            if !next.content.is_blank() && (next.row == row || field.owner.is_none()) {
                begins = begins.or(Some(next_index));
                field.owner = None;
                field.join(Field::take(grid, next_index));
            }
        }
        match begins {
            Some(cell) => Field { carried, ..field.at(id(cell), &grid.cells()[cell]) },
            None => field,
        }
    }

    /// The fields of a row whose cells lost their columns.
    fn realigned(
        &mut self,
        grid: &mut Grid<SourceCell>,
        row: u32,
        header: &Header,
        place: &Locator,
    ) -> Vec<Field> {
        let indexes: Vec<usize> = grid.row_indexes(row).collect();
        let read = |index: usize| {
            let id = CellId { table: self.table, cell: index };
            Field::take(grid, index).at(id, &grid.cells()[index])
        };
        let cells: Vec<Field> = indexes.into_iter().map(read).collect();
        let shift = ragged::shift(&cells, &header.columns, self.directory);
        let first = header.columns.get(shift).map_or("", |column| column.column.heading.as_str());
        let lost = header.columns.len() - cells.len().min(header.columns.len());
        let finding = Diagnostic::warning("row-realigned", place.clone());
        self.diagnostics.push(finding.with("lost", lost).with("column", first));
        let before = std::iter::repeat_n(Field::default(), shift);
        let mut fields: Vec<Field> = before.chain(cells).collect();
        // Cells beyond the last column are its text, for want of one of their own.
        for surplus in fields.split_off(fields.len().min(header.columns.len())) {
            if let Some(last) = fields.last_mut().filter(|_| !surplus.lines.is_empty()) {
                last.join(surplus);
            }
        }
        fields.resize(header.columns.len(), Field::default());
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

    /// 同上 for a section, a focus or units is what stands there above.
    fn fill_dittos(&mut self, fields: &mut [Field], header: &Header, place: &Locator) {
        for (index, column) in header.columns.iter().enumerate() {
            let key = &column.column.key;
            let field = &mut fields[index];
            let [text] = field.lines.as_slice() else { continue };
            let part = matches!(key, ColumnKey::Section | ColumnKey::Focus);
            if !(part || key.is_units()) || !answer::is_ditto(text) {
                continue;
            }
            let Some(above) = self.outline.rows.len().checked_sub(1) else { continue };
            let owner = self.outline.rows[above].fields[index].owner.unwrap_or(above);
            let finding =
                Diagnostic::info("ditto-filled", place.clone()).with("column", &column.column.heading);
            self.diagnostics.push(finding.with("text", text));
            field.raw = Some(std::mem::take(&mut field.lines).concat());
            // The part that is open stays open.
            if part {
                field.owner = Some(owner);
            } else {
                field.lines = self.outline.rows[owner].fields[index].lines.clone();
            }
        }
    }

    /// Whether a row is the lower half of the item above, torn off by the end of a page: a form that numbers its items and
    /// names their units does neither in it, its matter is no item of its own, and each of its texts goes on where the one
    /// above breaks off.
    fn goes_on(&self, fields: &[Field], header: &Header) -> bool {
        let (Some(number), Some(matter), Some(last)) = (
            header.position(&ColumnKey::Number),
            header.position(&ColumnKey::Matter),
            self.outline.rows.last(),
        ) else {
            return false;
        };
        let names = |index: usize| index == number || header.columns[index].column.key.is_units();
        let part =
            |index: usize| matches!(header.columns[index].column.key, ColumnKey::Section | ColumnKey::Focus);
        let none = |index: usize| fields[index].lines.is_empty() && fields[index].owner.is_none();
        let columns = || 0..fields.len();
        let named = columns().filter(|&index| names(index)).count() > 1;
        if !named
            || columns().any(|index| names(index) && !none(index))
            || columns().any(|index| part(index) && !fields[index].lines.is_empty())
        {
            return false;
        }
        let texts = columns().filter(|&index| !names(index) && !part(index) && index != matter);
        let mut own = texts.filter(|&index| !fields[index].lines.is_empty()).peekable();
        if fields[matter].lines.is_empty() || own.peek().is_none() {
            return false;
        }
        let broken = |index: usize| last.fields[index].lines.last().is_some_and(|line| breaks_off(line));
        let torn = || [&last.fields[matter].lines[..], &fields[matter].lines[..]].concat();
        own.all(broken) || self.catalogues.iter().any(|index| index.asks(&join_lines(&torn())))
    }

    /// Adds a row to the item above it. `torn`: its texts go on in the paragraphs that they were torn from.
    fn continue_item(&mut self, fields: Vec<Field>, torn: bool, header: &Header, place: &Locator) {
        let texts: Vec<&str> = fields.iter().flat_map(|f| &f.lines).map(String::as_str).collect();
        let told = texts.join(" ");
        let Some(last) = self.outline.rows.last_mut() else {
            let finding = Diagnostic::error("row-unplaced", place.clone()).with("text", told);
            self.diagnostics.push(finding);
            return;
        };
        let merged = |key| header.position(key).is_some_and(|index| fields[index].owner.is_some());
        let expected = merged(&ColumnKey::Matter) || merged(&ColumnKey::Number);
        // A part's title in the middle of an item opens nothing.
        let titled = fields.iter().zip(&header.columns).any(|(field, column)| {
            let part = matches!(column.column.key, ColumnKey::Section | ColumnKey::Focus);
            part && !field.lines.is_empty()
        });
        if torn {
            let finding = Diagnostic::warning("row-torn", place.clone()).with("text", told);
            self.diagnostics.push(finding);
        } else if !expected || titled {
            let finding = Diagnostic::warning("row-continued", place.clone()).with("text", told);
            self.diagnostics.push(finding);
        }
        for ((into, mut field), column) in last.fields.iter_mut().zip(fields).zip(&header.columns) {
            // A cell over several rows is added in the first of them.
            if into.holds(field.cell) {
                field.lines.drain(..field.carried);
            }
            if field.lines.is_empty() {
                continue;
            }
            if into.owner.take().is_some() {
                // The item's own text in this row ends its share in the cell of an earlier item.
                let finding = Diagnostic::warning("shared-cell-ended", place.clone())
                    .with("text", field.lines.join(" "));
                self.diagnostics.push(finding);
            }
            let paragraphs = into.lines.len();
            let matter = column.column.key == ColumnKey::Matter;
            let broken = torn && into.lines.last().is_some_and(|line| matter || !ends_sentence(line));
            into.continue_with(field);
            if broken {
                into.mend(paragraphs);
            }
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

/// Whether a paragraph ends in the middle of a sentence beyond doubt: at a mark that something must follow, or with a bracket
/// or quotation mark open. That it ends without a full stop says nothing; many answers do.
fn breaks_off(line: &str) -> bool {
    const PAIRS: [(char, char); 5] = [('（', '）'), ('《', '》'), ('“', '”'), ('〔', '〕'), ('「', '」')];
    let count = |c: char| line.matches(c).count();
    line.ends_with(['，', '、', '：']) || PAIRS.iter().any(|&(open, close)| count(open) > count(close))
}

fn ends_sentence(line: &str) -> bool {
    line.ends_with(['。', '！', '？', '；', '.', '!', '?', ';'])
}

/// Whether a cell holds nothing but digits.
fn is_figure(cell: &SourceCell) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    matches!(cell.paragraphs.as_slice(), [only] if only.auto_number.is_none() && digits(&only.text))
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
