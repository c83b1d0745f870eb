"""The main fixture as the text export of a word processor, and as delimited text.

The export puts each cell on a line led by a tab, parts paragraphs of a cell by an empty line and ends a row with one. It
loses cells where an empty cell meets a row's end: see `LOST_NUMBERS`.
"""

import csv
import io

import attachment_2016 as main
from grid import SectionRow, table
from paths import fixture

# The export swallowed the second of the two line ends before an empty last paragraph of this row's status.
ROW_WITH_SHORT_BREAK = 23


def cell(paragraphs):
    return "\t" + "\n\n".join(paragraphs) + "\n"


def text_export():
    out = [line + "\n\n" for line in main.PREAMBLE]
    rows = table()
    out += [cell(heading) for heading in main.HEADINGS] + ["\n"]
    for row, after in zip(rows, rows[1:] + [None]):
        # The row end before a row that lost its number is lost too, with an empty last cell.
        cut = after is None or (not isinstance(after, SectionRow) and after.number in main.LOST_NUMBERS)
        if isinstance(row, SectionRow):
            cells, lost = [cell([row.title])], False
        else:
            lost = row.number in main.LOST_NUMBERS
            leading = [] if lost else [[str(row.number)]]
            if not lost or row.number in main.KEPT_FOCUS:
                leading.append(row.focus or [])
            cells = [cell(c) for c in [*leading, row.matter, row.units, row.status or []]]
            if row.number == ROW_WITH_SHORT_BREAK:
                cells[-1] = cells[-1].removesuffix("\n")
            if row.remarks or not cut:
                cells.append(cell(row.remarks))
        out.append((" " if lost else "") + "".join(cells) + ("" if cut else "\n"))
    return "".join(out) + " "


def delimited():
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for line in main.PREAMBLE:
        writer.writerow([line] + [""] * 5)
    writer.writerow(["\n".join(heading) for heading in main.HEADINGS])
    for row in table():
        if isinstance(row, SectionRow):
            writer.writerow([row.title] + [""] * 5)
        else:
            cells = [row.focus or [], row.matter, row.units, row.status or [], row.remarks]
            writer.writerow([row.number] + ["\n".join(c) for c in cells])
    return out.getvalue()


def write():
    fixture("text/attachment-2016.txt").write_bytes(text_export().encode())
    fixture("csv/attachment-2016.csv").write_bytes(delimited().encode("gbk"))
