"""The main fixture in the XML of Word 2003 and of Excel 2003.

Laid out as those programs do: sections and their hints, numbers as shown beside the paragraph, cells that a merged one covers
left out. LibreOffice writes both formats too, but its Word filter drops vertical merges and numbers, and its Excel filter fails
on a sheet of usual width.

Not here: what the tables say.
"""

from xml.sax.saxutils import escape, quoteattr

import attachment_2016 as main
from grid import SectionRow, table
from ooxml import WIDTHS
from paths import fixture
from write_sheets import checklist, leftover, notes

WORD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<?mso-application progid="Word.Document"?>\r\n'
    '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:aml="http://schemas.microsoft.com/aml/2001/core" '
    'xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" w:macrosPresent="no" w:embeddedObjPresent="no" '
    'w:ocxPresent="no" xml:space="preserve"><o:DocumentProperties><o:Author>luoshi</o:Author></o:DocumentProperties>{lists}'
    '<w:styles><w:style w:type="paragraph" w:default="on" w:styleId="a"><w:name w:val="Normal"/></w:style></w:styles>'
    "<w:docPr><w:view w:val=\"print\"/></w:docPr><w:body><wx:sect>{body}<w:sectPr><w:pgSz w:w=\"16838\" w:h=\"11906\"/>"
    "</w:sectPr></wx:sect></w:body></w:wordDocument>"
)

LISTS = (
    '<w:lists><w:listDef w:listDefId="0"><w:lsid w:val="00000001"/><w:plt w:val="SingleLevel"/><w:lvl w:ilvl="0">'
    '<w:start w:val="1"/><w:nfc w:val="0"/><w:suff w:val="Nothing"/><w:lvlText w:val="%1"/><w:lvlJc w:val="center"/></w:lvl>'
    '</w:listDef><w:list w:ilfo="1"><w:ilst w:val="0"/></w:list></w:lists>'
)


def run(text):
    parts = escape(text).replace("\n", "</w:t><w:br/><w:t>").replace("\t", "</w:t><w:tab/><w:t>")
    return f'<w:r><w:rPr><w:rFonts w:hint="fareast"/><wx:font wx:val="宋体"/></w:rPr><w:t>{parts}</w:t></w:r>' if text else ""


def paragraph(text="", properties=""):
    return f"<w:p><w:pPr>{properties}<w:rPr><w:rFonts w:hint=\"fareast\"/></w:rPr></w:pPr>{run(text)}</w:p>"


def numbered(shown):
    return f'<w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="1"/><wx:t wx:val="{shown}"/><wx:font wx:val="Times New Roman"/></w:listPr>'


def tc(content, width, span=1, merge=None):
    span = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    merge = {"restart": '<w:vmerge w:val="restart"/>', "continue": "<w:vmerge/>", None: ""}[merge]
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}</w:tcPr>{content}</w:tc>'


def texts(paragraphs):
    return "".join(paragraph(text) for text in paragraphs or [""])


def rows(number):
    heading = [tc(texts(heading), width) for heading, width in zip(main.HEADINGS, WIDTHS)]
    yield f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{''.join(heading)}</w:tr>"
    focus, status = None, None
    for row in table():
        if isinstance(row, SectionRow):
            yield f"<w:tr>{tc(paragraph(row.title), sum(WIDTHS), span=len(WIDTHS))}</w:tr>"
            continue
        focus = "continue" if row.focus is None else "restart" if row.focus_rows > 1 else None
        status = "continue" if row.status is None else "restart" if row.status_rows > 1 else None
        cells = [
            tc(number(row.number), WIDTHS[0]),
            tc(texts(row.focus), WIDTHS[1], merge=focus),
            tc(texts(row.matter), WIDTHS[2]),
            tc(texts(row.units), WIDTHS[3]),
            tc(texts(row.status), WIDTHS[4], merge=status),
            tc(texts(row.remarks), WIDTHS[5]),
        ]
        yield f"<w:tr>{''.join(cells)}</w:tr>"


def word(number, lists=""):
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in WIDTHS)
    checklist = f"<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows(number))}</w:tbl>"
    centred = '<w:jc w:val="center"/>'
    body = paragraph(main.PREAMBLE[0]) + paragraph(main.PREAMBLE[1], centred) + checklist + paragraph()
    return WORD.format(lists=lists, body=body)


EXCEL = (
    '<?xml version="1.0"?>\r\n<?mso-application progid="Excel.Sheet"?>\r\n'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:html="http://www.w3.org/TR/REC-html40">\r\n <Styles>\r\n  <Style ss:ID="Default" ss:Name="Normal"/>\r\n'
    '  <Style ss:ID="s62"><Alignment ss:Vertical="Top" ss:WrapText="1"/></Style>\r\n </Styles>\r\n{sheets}</Workbook>\r\n'
)


def data(value):
    if value is None:
        return ""
    kind = "Number" if isinstance(value, (int, float)) else "String"
    return f'<Data ss:Type="{kind}">{escape(str(value), {chr(10): "&#10;"})}</Data>'


def worksheet(sheet):
    merges = {(row, column): (rows, columns) for row, column, rows, columns in sheet.merges}
    out = []
    for r, row in enumerate(sheet.rows):
        cells, expected = [], 0
        for c, value in enumerate(row):
            down, across = merges.get((r, c), (1, 1))
            if value is None:
                continue
            at = f' ss:Index="{c + 1}"' if c != expected else ""
            across_named = f' ss:MergeAcross="{across - 1}"' if across > 1 else ""
            down_named = f' ss:MergeDown="{down - 1}"' if down > 1 else ""
            cells.append(f'<Cell{at}{across_named}{down_named} ss:StyleID="s62">{data(value)}</Cell>')
            expected = c + across
        out.append(f"   <Row>{''.join(cells)}</Row>\r\n")
    hidden = "<Visible>SheetHidden</Visible>" if sheet.hidden else ""
    return (
        f" <Worksheet ss:Name={quoteattr(sheet.name)}>\r\n  <Table>\r\n{''.join(out)}  </Table>\r\n"
        f'  <WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel">{hidden}</WorksheetOptions>\r\n </Worksheet>\r\n'
    )


def save(name, text):
    fixture(name).write_bytes(text.encode())


def write():
    typed = lambda number: paragraph(str(number))
    save("wordml-2003/attachment-2016.xml", word(typed))
    save("wordml-2003/auto-numbered.xml", word(lambda number: paragraph("", numbered(number)), LISTS))
    sheets = "".join(worksheet(sheet) for sheet in [checklist(), notes(), leftover()])
    save("spreadsheetml-2003/attachment-2016.xml", EXCEL.format(sheets=sheets))


if __name__ == "__main__":
    write()
