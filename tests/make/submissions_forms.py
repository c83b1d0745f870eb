"""Fills in our own forms for fixtures/submissions/2016/, as units do: typed in another maker's program, saved by that or a third.

The forms come from the program itself, which the environment variable LUOSHI names: `cargo build -p luoshi-cli`, then
`LUOSHI=target/debug/luoshi python3 tests/make/make.py`. Without it the committed files stay as they are.

Not here: what is filled in (submissions_forms_2016.py).
"""

import copy
import io
import os
import subprocess
import tempfile
from pathlib import Path

import docx
import openpyxl
from docx.oxml.ns import qn
from docx.table import _Row
from openpyxl.worksheet.cell_range import MultiCellRange

import submissions_forms_2016 as forms_2016
from sheets import text
from submissions import path, saved_by_libreoffice, steady

# The columns of a form, from 0.
NUMBER, FOCUS, MATTER, CHOSEN, STATUS, REMARKS = 0, 1, 2, 4, 5, 6


def empty_form(unit, kind, room):
    """The form as the program makes it."""
    subprocess.run(
        [os.environ["LUOSHI"], "forms", "haicang-2016", "-o", room, "--unit", unit, "--to", kind],
        check=True,
        capture_output=True,
    )
    return Path(room, f"{unit}.{kind}")


def arranged(lines, table):
    """The answer that stands in each line of a form (an item's number; None: a section's), and whether rows were moved for it.

    Sections stay where they are; where rows were deleted, the last lines have none.
    """
    given = iter(table.answers)
    places = [next(given, None) if line else None for line in lines]
    kept = [line for line in lines if line]
    return places, [answer.item for answer in table.answers] != kept


def typed_over(line, table):
    """The line of a form as the unit left it."""
    return next((new for new in table.above if line.startswith(new)), line)


def fill_document(form, table, saved):
    document = docx.Document(form)
    for paragraph in document.paragraphs:
        if paragraph.runs:
            paragraph.runs[0].text = typed_over(paragraph.text, table)
    [grid] = document.tables
    rows = [row for row in grid.rows if row.cells[NUMBER].text.isdigit()]
    places, moved = arranged([int(row.cells[NUMBER].text) for row in rows], table)
    if moved:
        part_focuses(rows)
    by_item = {int(row.cells[NUMBER].text): copy.deepcopy(row._tr) for row in rows}
    for place, (row, answer) in enumerate(zip(rows, places), 1):
        if answer is None:
            grid._tbl.remove(row._tr)
            continue
        grid._tbl.replace(row._tr, by_item[answer.item])
        cells = _Row(by_item[answer.item], grid).cells
        if table.renumbered:
            cells[NUMBER].paragraphs[0].runs[0].text = str(place)
        if answer.matter:
            cells[MATTER].paragraphs[0].runs[0].text = answer.matter
        choose(cells[CHOSEN], answer.chosen)
        type_in(cells[STATUS], answer.status)
        type_in(cells[REMARKS], answer.remarks)
    document.save(saved)


def part_focuses(rows):
    """Each row gets its focus in a cell of its own: no program moves rows that are merged."""
    focuses = [row.cells[FOCUS].text for row in rows]
    for row, focus in zip(rows, focuses):
        properties = row._tr.tc_lst[FOCUS].tcPr
        for merge in properties.findall(qn("w:vMerge")):
            properties.remove(merge)
        if not row.cells[FOCUS].text:
            row.cells[FOCUS].paragraphs[0].add_run(focus)


def choose(cell, chosen):
    """Takes one of the choices of a drop-down."""
    if chosen:
        [control] = cell._tc.iter(qn("w:sdt"))
        [placeholder] = control.iter(qn("w:showingPlcHdr"))
        placeholder.getparent().remove(placeholder)
        [shown] = control.iter(qn("w:t"))
        shown.text = chosen


def type_in(cell, lines):
    """Types into the open region of a cell: further paragraphs follow the first one, before the region ends."""
    [first] = cell.paragraphs
    for line in reversed(lines[1:]):
        more = copy.deepcopy(first._p)
        first._p.addnext(more)
        cell.paragraphs[1].add_run(line)
    first.add_run(lines[0] if lines else "")


def fill_workbook(form, table, saved):
    book = openpyxl.load_workbook(form)
    page = book.active
    header = next(row for row in range(1, page.max_row) if page.cell(row, NUMBER + 1).value == "序号")
    for row in range(1, header):
        page.cell(row, 1).value = typed_over(page.cell(row, 1).value, table)
    body = range(header + 1, page.max_row + 1)
    numbers = [page.cell(row, NUMBER + 1).value for row in body]
    numbers = [number if isinstance(number, int) else None for number in numbers]
    places, moved = arranged(numbers, table)
    if moved:
        by_item = dict(zip(numbers, body))
        lines = [(row, answer) for row, number, answer in zip(body, numbers, places) if answer or not number]
        move_rows(page, body, [by_item[answer.item] if answer else row for row, answer in lines])
        places = [answer for _, answer in lines]
    for row, answer in zip(body, places):
        if answer:
            cells = page[row]
            cells[MATTER].value = answer.matter or cells[MATTER].value
            cells[CHOSEN].value = answer.chosen
            cells[STATUS].value = text(answer.status)
            cells[REMARKS].value = text(answer.remarks)
    book.save(saved)


def move_rows(page, body, order):
    """Puts the rows `order` in the place of the body, as cutting and inserting does: with their looks, choices and hidden cells.

    Cells merged over rows are parted first, each with the text.
    """
    wide = {}
    for merge in [merge for merge in page.merged_cells.ranges if merge.min_row in body]:
        page.unmerge_cells(merge.coord)
        if merge.min_row == merge.max_row:
            wide[merge.min_row] = merge
        for row in range(merge.min_row + 1, merge.max_row + 1):
            page.cell(row, merge.min_col).value = page.cell(merge.min_row, merge.min_col).value
    rows = {row: [(cell.value, cell._style) for cell in page[row]] for row in body}
    heights = {row: page.row_dimensions[row].height for row in body}
    page.delete_rows(body.start, len(body))
    moved = dict(zip(order, body))
    for old, new in moved.items():
        for column, (value, style) in enumerate(rows[old], 1):
            cell = page.cell(new, column, value)
            cell._style = style
        page.row_dimensions[new].height = heights[old]
        if old in wide:
            page.merge_cells(None, new, wide[old].min_col, new, wide[old].max_col)
    for row in body[len(order) :]:
        del page.row_dimensions[row]
    choices = {cell.min_row: choice for choice in page.data_validations.dataValidation for cell in choice.sqref.ranges}
    page.data_validations.dataValidation = [choices[row] for row in order if row in choices]
    for row in choices.keys() & moved.keys():
        choices[row].sqref = MultiCellRange(page.cell(moved[row], CHOSEN + 1).coordinate)


FILL = {"docx": fill_document, "xlsx": fill_workbook}


def write_file(file):
    [table] = file.tables
    target = path(file)
    kind = "docx" if target.suffix == ".docx" else "xlsx"
    with tempfile.TemporaryDirectory() as room:
        filled = Path(room, f"filled.{kind}")
        saved = io.BytesIO()
        FILL[kind](empty_form(table.unit, kind, room), table, saved)
        steady(saved, filled)
        if file.by == "LibreOffice":
            saved_by_libreoffice(filled, target)
        else:
            target.write_bytes(filled.read_bytes())


def write():
    for file in forms_2016.FILES:
        write_file(file)
