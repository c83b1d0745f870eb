"""The main fixture as Word documents: plain, with automatic numbers, over two tables, and with tracked changes."""

import dataclasses

import attachment_2016 as main
import model
from grid import SectionRow, table
from ooxml import WIDTHS, Document, paragraph, paragraphs, run, tbl, tc, tr
from paths import EXPECTED, fixture, write_json

CENTRED = '<w:jc w:val="center"/>'
AUTHOR = 'w:author="张三" w:date="2016-12-05T09:00:00Z"'


def header():
    return tr([tc(paragraphs(heading), width) for heading, width in zip(main.HEADINGS, WIDTHS)], header=True)


def body(rows=None, number=None, status=None):
    """The rows below the header. `number` and `status` may give the content of those cells instead of the plain text."""
    out, focus_left, status_left = [], 0, 0
    for row in rows or table():
        if isinstance(row, SectionRow):
            out.append(tr([tc(paragraph(row.title), sum(WIDTHS), span=len(WIDTHS))]))
            continue
        if row.focus is not None:
            focus_left = row.focus_rows
        if row.status is not None:
            status_left = row.status_rows
        focus_merge = None if row.focus_rows == 1 and row.focus else "restart" if row.focus else "continue"
        status_merge = "continue" if row.status is None else "restart" if row.status_rows > 1 else None
        assert focus_left > 0 and (status_left > 0 or row.status is not None)
        focus_left, status_left = focus_left - 1, status_left - 1
        own_status = status(row) if status else None
        out.append(
            tr(
                [
                    tc(number(row) if number else paragraph(str(row.number)), WIDTHS[0]),
                    tc(paragraphs(row.focus), WIDTHS[1], merge=focus_merge),
                    tc(paragraphs(row.matter), WIDTHS[2]),
                    tc(paragraphs(row.units), WIDTHS[3]),
                    tc(own_status or paragraphs(row.status), WIDTHS[4], merge=status_merge),
                    tc(paragraphs(row.remarks), WIDTHS[5]),
                ]
            )
        )
    return out


def document(tables, preamble=main.PREAMBLE):
    doc = Document()
    doc.add_line(preamble[0])
    doc.add_line(preamble[1], CENTRED)
    for index, rows in enumerate(tables):
        if index:
            doc.add_line()
        doc.add(tbl(rows))
    doc.add_line()
    return doc


def plain():
    document([[header(), *body()]]).save(fixture("docx/attachment-2016.docx"))


def auto_numbered():
    doc = Document()
    number = doc.decimal_numbering()
    doc.add_line(main.PREAMBLE[0])
    doc.add_line(main.PREAMBLE[1], CENTRED)
    doc.add(tbl([header(), *body(number=lambda row: paragraph("", number + CENTRED))]))
    doc.add_line()
    doc.save(fixture("docx/auto-numbered.docx"))


# The second table opens inside section 三, at focus （五）: its section row stands in the first table only.
FIRST_OF_SECOND_TABLE = 32


def two_tables():
    rows = body()
    cut = next(i for i, row in enumerate(table()) if getattr(row, "number", 0) == FIRST_OF_SECOND_TABLE)
    document([[header(), *rows[:cut]], [header(), *rows[cut:]]]).save(fixture("docx/two-tables.docx"))


# Tracked changes: item -> its status as runs of (kind, text). Accepting them gives the main fixture.
CHANGES = {
    13: [("", "已按规定及时"), ("del", "完整"), ("", "公开有关内容"), ("ins", "。")],
    15: [("", "全年进场交易"), ("del", "298宗"), ("ins", "314宗"), ("", "，公告、中标结果和合同变更均在当天上网，可按编号查询。")],
    62: [("del", "公报每两月出刊，全年6期，"), ("ins", "公报每月出刊，全年12期，"), ("", "每期印3000本，放在社区书屋。")],
}
OLD_LAST_STATUS = "全年组织集中学习2次。"


class Marks:
    """Numbers the marks of a document."""

    def __init__(self):
        self.last = 100

    def __call__(self, kind):
        self.last += 1
        return f'w:{kind} w:id="{self.last}" {AUTHOR}'


def tracked_runs(marks, pieces):
    out = ""
    for kind, text in pieces:
        if kind == "ins":
            out += f"<{marks('ins')}>{run(text)}</w:ins>"
        elif kind == "del":
            out += f"<{marks('del')}>{run(text).replace('w:t>', 'w:delText>').replace('<w:t ', '<w:delText ')}</w:del>"
        else:
            out += run(text)
    return out


def whole_row(marks, kind, texts, focus_merge):
    """A row inserted or deleted as Word marks it: the row, each run and each paragraph mark."""
    cells = []
    for column, (texts_of_cell, width) in enumerate(zip(texts, WIDTHS)):
        content = "".join(
            paragraph(
                properties=f"<w:rPr><{marks(kind)}/></w:rPr>",
                content=tracked_runs(marks, [(kind, text)]) if text else "",
            )
            for text in texts_of_cell or [""]
        )
        cells.append(tc(content, width, merge=focus_merge if column == 1 else None))
    # The schema wants a property before the mark; Word alone would do without.
    return tr(cells, properties=f"<w:cantSplit/><{marks(kind)}/>")


def tracked():
    """Item 66 was rewritten as a whole: its old row deleted, the new one inserted below it."""
    marks = Marks()

    def status(row):
        pieces = CHANGES.get(row.number)
        if pieces is None:
            return None
        accepted = "".join(text for kind, text in pieces if kind != "del")
        assert [accepted] == row.status, row.number
        return paragraph(content=tracked_runs(marks, pieces))

    rows = body(status=status)
    last = table()[-1]
    old = dataclasses.replace(last, status=[OLD_LAST_STATUS])
    rows[-1:] = [
        whole_row(
            marks,
            kind,
            [[str(row.number)], [], row.matter, row.units, row.status, row.remarks],
            "continue",
        )
        for kind, row in (("del", old), ("ins", last))
    ]
    document([[header(), *rows]]).save(fixture("docx/tracked.docx"))


def rejected_rows():
    """The rows as they were before the changes."""
    out = []
    for row in main.ROWS:
        if row.number in CHANGES:
            before = "".join(text for kind, text in CHANGES[row.number] if kind != "ins")
            row = dataclasses.replace(row, status=[before])
        elif row.number == main.ROWS[-1].number:
            row = dataclasses.replace(row, status=[OLD_LAST_STATUS])
        out.append(row)
    return out


def write():
    plain()
    auto_numbered()
    two_tables()
    tracked()
    write_json(EXPECTED / "attachment-2016-rejected.json", model.attachment(rejected_rows()))
