"""Lays out the files of the yearly round: fixtures/submissions/2016/.

Not here: what they say (submissions_2016.py).
"""

import csv
import dataclasses
import io
import re
import tempfile
from pathlib import Path

import submissions_2016 as round_2016
from grid import SectionRow, table as whole_table
from model import HAICANG
from ooxml import Document, paragraphs, tbl, tc, tr
from paths import fixture, read_zip, write_zip
from sheets import Sheet, soffice, steady_ods, text, write_xlsx

ASKED = {item["number"]: item for item in HAICANG["items"]}
FOCUSES = {focus["id"]: focus["label"] + focus["title"] for focus in HAICANG["focuses"]}
FIELDS = ("number", "focus", "matter", "units", "status", "remarks")
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
TWIPS = {"number": 700, "focus": 1900, "matter": 2600, "units": 1900, "status": 5100, "remarks": 2400}
CHARACTERS = {"number": 6, "focus": 18, "matter": 26, "units": 18, "status": 60, "remarks": 30}


@dataclasses.dataclass
class Cell:
    """`rows`: how many rows it is merged over; 0: it belongs to the cell above."""

    paragraphs: list[str]
    rows: int = 1


def path(file):
    return fixture(f"submissions/2016/{file.name}")


def rows_of(table):
    """The rows below the header: each a text over the full width, or a list of cells."""
    if table.whole:
        answers = {answer.item: answer for answer in table.answers}
        lines = [
            line.title if isinstance(line, SectionRow) else answers.get(line.number) or round_2016.blank(line.number)
            for line in whole_table()
        ]
    else:
        lines = table.answers
    focuses = [focus_of(line) for line in lines]
    out, covered = [], range(0)
    for place, line in enumerate(lines):
        if isinstance(line, str):
            out.append(line)
            continue
        position = place + 1 if table.renumbered else line.item
        number = line.number or str(position)
        opens = place == 0 or focuses[place - 1] != focuses[place]
        run = next((n for n, focus in enumerate(focuses[place:]) if focus != focuses[place]), len(lines) - place)
        covered = line.covers or covered
        status_rows = len(line.covers) if line.covers else 0 if line.item in covered else 1
        cells = {
            "number": Cell([number.translate(WIDE) if table.wide_digits else number]),
            "focus": Cell([focuses[place]] if opens and focuses[place] else [], run if opens else 0),
            "matter": Cell([line.matter or ASKED[line.item]["matter"]]),
            "units": Cell(line.units or ASKED[line.item]["units"]),
            "status": Cell(line.status, status_rows),
            "remarks": Cell(line.remarks),
        }
        out.append([cells[what] if what in FIELDS else Cell([what]) for _, what in table.columns])
    return out


def focus_of(line):
    return FOCUSES[ASKED[line.item]["focus"]] if not isinstance(line, str) and line.item else None


def document(tables):
    """Raw WordprocessingML, with the merges that Word would write."""
    doc = Document()
    for table in tables:
        for line in table.above:
            doc.add_line(line)
        widths = [TWIPS.get(what, 1200) for _, what in table.columns]
        rows = [tr([tc(paragraphs([heading]), w) for (heading, _), w in zip(table.columns, widths)], header=True)]
        for row in rows_of(table):
            if isinstance(row, str):
                rows.append(tr([tc(paragraphs([row]), sum(widths), span=len(widths))]))
                continue
            merges = {0: "continue", 1: None}
            rows.append(
                tr([tc(paragraphs(c.paragraphs), w, merge=merges.get(c.rows, "restart")) for c, w in zip(row, widths)])
            )
        doc.add(tbl(rows, widths))
        for line in table.below or [""]:
            doc.add_line(line)
    return doc


def api_document(tables):
    """The same through python-docx's own table interface: its style, its grid, no merges."""
    doc = Document()
    for table in tables:
        for line in table.above:
            doc.docx.add_paragraph(line)
        rows = rows_of(table)
        grid = doc.docx.add_table(len(rows) + 1, len(table.columns), style="Table Grid")
        for place, (heading, _) in enumerate(table.columns):
            grid.cell(0, place).text = heading
        for r, row in enumerate(rows, 1):
            for c, cell in enumerate(row):
                assert cell.rows == 1
                first, *rest = cell.paragraphs or [""]
                grid.cell(r, c).text = first
                for more in rest:
                    grid.cell(r, c).add_paragraph(more)
        for line in table.below:
            doc.docx.add_paragraph(line)
    return doc


def sheet(table, name):
    columns = len(table.columns)
    out = Sheet(name, widths=[CHARACTERS.get(what, 14) for _, what in table.columns])
    for line in table.above:
        if table.split_line and "：" in line:
            label, _, unit = line.partition("：")
            out.add(None, label + "：", unit)
        else:
            out.add(line, merge=(0, 1, columns))
    out.add(*[heading for heading, _ in table.columns])
    for row in rows_of(table):
        if isinstance(row, str):
            out.add(row, merge=(0, 1, columns))
            continue
        # A number that is one stands as one, as a clerk's sheet has it.
        texts = [text(cell.paragraphs) for cell in row]
        out.add(*[int(t) if what == "number" else t for t, (_, what) in zip(texts, table.columns)])
        out.merges += [(len(out.rows) - 1, c, cell.rows, 1) for c, cell in enumerate(row) if cell.rows > 1]
    if table.total:
        out.add("合计", table.total, merge=(1, 1, columns - 1))
    for line in table.below:
        out.add(line)
    return out


def sheets(tables):
    if len(tables) == 1:
        return [sheet(tables[0], "Sheet1")]
    return [sheet(table, table.unit) for table in tables]


def write_csv(file):
    [table] = file.tables
    out = io.StringIO(newline="")
    lines = csv.writer(out)
    lines.writerow([heading for heading, _ in table.columns])
    lines.writerows([[text(cell.paragraphs) for cell in row] for row in rows_of(table)])
    path(file).write_bytes(out.getvalue().encode(file.encoding))


FILTERS = {
    ".docx": "docx:MS Word 2007 XML",
    ".xlsx": "xlsx:Calc MS Excel 2007 XML",
    ".xls": "xls:MS Excel 97",
    ".ods": "ods",
}


def through_libreoffice(file):
    target = path(file)
    with tempfile.TemporaryDirectory() as room:
        if target.suffix == ".docx":
            given = Path(room, "given.docx")
            document(file.tables).save(given)
        else:
            given = Path(room, "given.xlsx")
            write_xlsx(given, sheets(file.tables))
        saved_by_libreoffice(given, target)


def saved_by_libreoffice(given, target):
    soffice(given, target, FILTERS[target.suffix])
    if target.suffix == ".ods":
        steady_ods(target)
    elif target.suffix in (".docx", ".xlsx"):
        steady(target, target)


def steady(given, target):
    """Takes the clock out of an Office package."""
    parts = read_zip(given)
    write_zip(target, [(name, undated(data) if name == "docProps/core.xml" else data) for name, data in parts])


def undated(core):
    return re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>2016-12-01T00:00:00Z", core)


def write_file(file):
    target = path(file)
    if file.same_as:
        target.write_bytes(target.with_name(file.same_as).read_bytes())
    elif file.by == "LibreOffice":
        through_libreoffice(file)
    elif file.by == "csv":
        write_csv(file)
    elif file.by == "openpyxl":
        write_xlsx(target, sheets(file.tables))
    else:
        (document if file.by == "ooxml" else api_document)(file.tables).save(target)
    if file.defect == "unreadable":
        whole = target.read_bytes()
        target.write_bytes(whole[: len(whole) * 3 // 5])  # the central directory at the end is gone


def write():
    for file in round_2016.FILES:
        write_file(file)
