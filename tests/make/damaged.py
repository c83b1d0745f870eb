"""Files that must be refused for the right reason, or read in spite of it: one defect each.

A name says the defect and the finding that must be told: `cut.file-damaged.docx`; `ok` where the file must be read. The
content is three rows of the main fixture.
"""

import itertools
import re
import struct
import zlib
from unittest import mock

from msoffcrypto.format.ooxml import OOXMLFile
from msoffcrypto.method import ecma376_agile
from msoffcrypto.method.container import ecma376_encrypted

import attachment_2016 as main
from grid import ItemRow, table
from ooxml import WIDTHS, Document, paragraphs, tbl, tc, tr
from paths import fixture, read_zip, write_zip
from sheets import Sheet, soffice, text, write_xlsx

PASSWORD = "luoshi"
ROWS = [row for row in table() if isinstance(row, ItemRow) and row.number in (6, 7, 16)]


def cells(row):
    return [[str(row.number)], row.focus or [], row.matter, row.units, row.status, row.remarks]


def small_document():
    doc = Document()
    doc.add_line(main.PREAMBLE[1])
    rows = [tr([tc(paragraphs(heading), width) for heading, width in zip(main.HEADINGS, WIDTHS)], header=True)]
    rows += [tr([tc(paragraphs(cell), width) for cell, width in zip(cells(row), WIDTHS)]) for row in ROWS]
    doc.add(tbl(rows))
    doc.add_line()
    return doc


def small_sheet():
    sheet = Sheet("落实情况表")
    sheet.add(*[text(heading) for heading in main.HEADINGS])
    for row in ROWS:
        sheet.add(row.number, *[text(cell) for cell in cells(row)[1:]])
    return sheet


def damaged(name):
    return fixture(f"damaged/{name}")


def edited(part, change):
    """An edit of one part of a package."""
    return lambda parts: [(name, change(data) if name == part else data) for name, data in parts]


DOCUMENT = "word/document.xml"
SHEET = "xl/worksheets/sheet1.xml"


def documents():
    whole = damaged("cut.file-damaged.docx")
    small_document().save(whole)
    data = whole.read_bytes()
    whole.write_bytes(data[: len(data) * 3 // 5])  # the central directory at the end is gone

    def cut(xml):
        return xml[: xml.rindex(b"</w:tr>") + len(b"</w:tr>")]

    small_document().save(damaged("cut-xml.file-damaged.docx"), edited(DOCUMENT, cut))

    def without_document(parts):
        return [(name, data) for name, data in parts if name != DOCUMENT]

    small_document().save(damaged("no-document.part-missing.docx"), without_document)

    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE w:document [<!ENTITY l0 "哈哈">{laughs}]>'.encode()

    def declare(xml):
        xml = xml.replace(b"<w:document ", doctype + b"<w:document ", 1)
        return xml.replace("区联动中心".encode(), b"&l9;", 1)

    small_document().save(damaged("billion-laughs.xml-doctype.docx"), edited(DOCUMENT, declare))

    deep = 20_000
    nest = b"<w:tbl><w:tr><w:tc>" * deep + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * deep

    def bury(xml):
        return xml.replace(b"<w:tbl>", nest + b"<w:tbl>", 1)

    small_document().save(damaged("deep-nesting.limit-exceeded.docx"), edited(DOCUMENT, bury))

    letter = Document(landscape=False)
    letter.add_line("关于报送政务公开工作落实情况的函")
    letter.add_line("区政务公开办：")
    letter.add_line("现将我单位有关情况报上，表格随后另送。")
    letter.add_line("2016年12月1日")
    letter.save(damaged("not-a-table.no-table.docx"))

    damaged("empty.file-empty.docx").write_bytes(b"")


def workbooks():
    expenses = Sheet("支出明细")
    expenses.add("日期", "摘要", "金额（元）", "经手人")
    expenses.add("2016-11-03", "打印纸", 286, "李四")
    expenses.add("2016-11-09", "快递费", 44, "王五")
    write_xlsx(damaged("not-a-checklist.no-checklist.xlsx"), [expenses])

    write_xlsx(damaged("xlsx-renamed.ok.docx"), [small_sheet()])

    far = damaged("sparse-far-cell.limit-exceeded.xlsx")
    write_xlsx(far, [Sheet("Sheet1", rows=[["序号"]])])
    last = b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>'
    rewrite(far, lambda xml: xml.replace(b"</sheetData>", last).replace(b'dimension ref="A1:A1"', b'dimension ref="A1:XFD1048576"'))

    # Formatting dragged to the last row: a claimed range of a million rows, four of them with text.
    claims = damaged("claims-1048576-rows.ok.xlsx")
    write_xlsx(claims, [small_sheet()])
    styled = b'<row r="1048576"><c r="A1048576" s="1"/></row></sheetData>'
    rewrite(
        claims,
        lambda xml: re.sub(rb'(<dimension ref=")[^"]*', rb"\g<1>A1:F1048576", xml).replace(b"</sheetData>", styled),
    )

    encrypt(damaged("xlsx-renamed.ok.docx"), damaged("encrypted.file-encrypted.xlsx"))


def rewrite(path, change):
    parts = edited(SHEET, change)(read_zip(path))
    write_zip(path, parts)


def encrypt(source, target):
    """Agile encryption (MS-OFFCRYPTO) with salts and dates fixed: nothing here is secret, and the bytes must not change."""

    count = itertools.count(1)

    def salt(size):
        return bytes(next(count) % 256 for _ in range(size))

    fixed_salt = mock.patch.object(ecma376_agile.secrets, "token_bytes", salt)
    fixed_date = mock.patch.object(ecma376_encrypted, "datetime2filetime", lambda _: 0)
    with fixed_salt, fixed_date, source.open("rb") as given, target.open("wb") as out:
        OOXMLFile(given).encrypt(PASSWORD, out)


def legacy():
    docx = damaged("source.docx")
    small_document().save(docx)
    soffice(docx, damaged("legacy.ok.doc"), "doc:MS Word 97")
    docx.unlink()
    doc = damaged("legacy.ok.doc").read_bytes()
    damaged("legacy.ok.wps").write_bytes(doc)


def rtf_text(words):
    return "".join(c if ord(c) < 128 else f"\\u{struct.unpack('<h', struct.pack('<H', ord(c)))[0]}?" for c in words)


def other_formats():
    edges = "".join(f"\\cellx{sum(WIDTHS[: n + 1])}" for n in range(len(WIDTHS)))
    rows = "".join(
        f"\\trowd{edges} " + "".join("\\par ".join(map(rtf_text, cell)) + "\\cell " for cell in line) + "\\row\n"
        for line in [main.HEADINGS, *map(cells, ROWS)]
    )
    damaged("rtf-renamed.ok.doc").write_bytes(f"{{\\rtf1\\ansi\\uc1\n{rows}}}\n".encode("ascii"))

    rows = "".join(
        "<tr>" + "".join(f"<td>{'<br>'.join(cell)}</td>" for cell in line) + "</tr>\n"
        for line in [main.HEADINGS, *map(cells, ROWS)]
    )
    page = f'<html><head><meta charset="utf-8"></head>\n<body><table>\n{rows}</table></body></html>\n'
    damaged("html-renamed.ok.xls").write_bytes(page.encode())

    damaged("scan.format-unsupported.pdf").write_bytes(scan())
    damaged("noise.format-unrecognised.docx").write_bytes(zlib.compress(b"luoshi" * 40))


def scan():
    """One page that is one grey picture, as a scanner makes it."""
    pixels = zlib.compress(bytes([230]) * 64)
    draw = b"q 595 0 0 842 0 0 cm /Im Do Q"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</Im 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(draw), draw),
        b"<</Type/XObject/Subtype/Image/Width 8/Height 8/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/FlateDecode"
        b"/Length %d>>stream\n%s\nendstream" % (len(pixels), pixels),
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, body)
    table_at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table_at)


def write():
    documents()
    workbooks()
    legacy()
    other_formats()
