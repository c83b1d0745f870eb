"""The main fixture as workbooks: xlsx and xlsb, and through LibreOffice ods and xls."""

import attachment_2016 as main
from grid import SectionRow, table
from paths import fixture
from sheets import Sheet, soffice, steady_ods, text, write_xlsx
from xlsb import write_xlsb

COLUMNS = len(main.HEADINGS)
FOCUS, STATUS = 1, 4


def checklist(rows=None, preamble=main.PREAMBLE):
    sheet = Sheet("落实情况表", widths=[6, 18, 26, 18, 60, 30])
    sheet.add(preamble[0])
    sheet.add(preamble[1], merge=(0, 1, COLUMNS))
    sheet.add(*[text(heading) for heading in main.HEADINGS])
    for row in rows or table():
        if isinstance(row, SectionRow):
            sheet.add(row.title, merge=(0, 1, COLUMNS))
            continue
        cells = [row.focus, row.matter, row.units, row.status, row.remarks]
        sheet.add(row.number, *[text(cell) for cell in cells])
        here = len(sheet.rows) - 1
        if row.focus and row.focus_rows > 1:
            sheet.merges.append((here, FOCUS, row.focus_rows, 1))
        if row.status and row.status_rows > 1:
            sheet.merges.append((here, STATUS, row.status_rows, 1))
    return sheet


def notes():
    """A second sheet that is no table."""
    sheet = Sheet("说明", widths=[80])
    sheet.add("填表说明")
    sheet.add("一、请各单位于12月5日前填好，经分管领导审签后报送。")
    sheet.add("二、没有做法或问题的，最后一栏留空，不必写“无”。")
    return sheet


def leftover():
    """A hidden sheet with a draft in the shape of the real table: what it says is no answer."""
    sheet = Sheet("底稿", hidden=True)
    sheet.add(*[text(heading) for heading in main.HEADINGS])
    sheet.add(1, "（一）进一步推进权力清单和责任清单公开", "全面公开市级政府工作部门权力清单和责任清单", "区编办", "待填", None)
    return sheet


def write():
    sheets = [checklist(), notes(), leftover()]
    xlsx = fixture("xlsx/attachment-2016.xlsx")
    write_xlsx(xlsx, sheets)
    write_xlsb(fixture("xlsb/attachment-2016.xlsb"), sheets)
    ods = fixture("ods/attachment-2016.ods")
    soffice(xlsx, ods)
    steady_ods(ods)
    soffice(xlsx, fixture("xls/attachment-2016.xls"), 'xls:MS Excel 97')
