"""The binary workbook (BIFF12, MS-XLSB): just the records that a table of texts and whole numbers needs.

Texts of up to eight characters stand in their cells (BrtCellSt), longer ones in the shared strings (BrtCellIsst), so that
a reader meets both.

Not here: styles, formulas; what the sheets say.
"""

import struct

from paths import write_zip

ROW_HDR, CELL_BLANK, CELL_RK, CELL_ST, CELL_ISST = 0, 1, 2, 6, 7
SST_ITEM, BEGIN_SST, END_SST = 19, 159, 160
BEGIN_SHEET, END_SHEET, BEGIN_BOOK, END_BOOK = 129, 130, 131, 132
BEGIN_BUNDLE_SHS, END_BUNDLE_SHS, BUNDLE_SH, WB_PROP = 143, 144, 156, 153
BEGIN_SHEET_DATA, END_SHEET_DATA, WS_DIM = 145, 146, 148
MERGE_CELL, BEGIN_MERGE_CELLS, END_MERGE_CELLS = 176, 177, 178

INLINE_CHARACTERS = 8
DEFAULT_HEIGHT = 288  # twips

CONTENT_TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>\
{sheets}<Override PartName="/xl/sharedStrings.bin" ContentType="application/vnd.ms-excel.sharedStrings"/></Types>"""
RELATIONSHIPS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>"""
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def record(kind, body=b""):
    """MS-XLSB 2.1.4: the type in one or two bytes of seven bits, the size in up to four, then the body."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(body)
    while True:
        size += bytes([length & 0x7F | (0x80 if length > 0x7F else 0)])
        length >>= 7
        if not length:
            return head + size + body


def wide(text):
    """XLWideString: the count of UTF-16 units, then they."""
    units = text.encode("utf-16-le")
    return struct.pack("<I", len(units) // 2) + units


class SharedStrings:
    def __init__(self):
        self.texts, self.uses = {}, 0

    def index(self, text):
        self.uses += 1
        return self.texts.setdefault(text, len(self.texts))

    def part(self):
        items = b"".join(record(SST_ITEM, b"\0" + wide(text)) for text in self.texts)
        return record(BEGIN_SST, struct.pack("<II", self.uses, len(self.texts))) + items + record(END_SST)


def cell(column, value, strings):
    start = struct.pack("<II", column, 0)  # the column; style 0 and no flags
    if value is None:
        return record(CELL_BLANK, start)
    if isinstance(value, int):
        return record(CELL_RK, start + struct.pack("<i", value << 2 | 2))  # RkNumber, fInt
    if len(value) <= INLINE_CHARACTERS:
        return record(CELL_ST, start + wide(value))
    return record(CELL_ISST, start + struct.pack("<I", strings.index(value)))


def worksheet(sheet, strings):
    columns = max(len(row) for row in sheet.rows)
    out = record(BEGIN_SHEET)
    out += record(WS_DIM, struct.pack("<4I", 0, len(sheet.rows) - 1, 0, columns - 1))
    out += record(BEGIN_SHEET_DATA)
    for number, row in enumerate(sheet.rows):
        hidden = 0x10 if number in sheet.hidden_rows else 0  # fDyZero
        span = struct.pack("<3I", 1, 0, max(len(row) - 1, 0))
        out += record(ROW_HDR, struct.pack("<IIHBBB", number, 0, DEFAULT_HEIGHT, 0, hidden, 0) + span)
        out += b"".join(cell(column, value, strings) for column, value in enumerate(row))
    out += record(END_SHEET_DATA)
    if sheet.merges:
        out += record(BEGIN_MERGE_CELLS, struct.pack("<I", len(sheet.merges)))
        for row, column, rows, width in sheet.merges:
            out += record(MERGE_CELL, struct.pack("<4I", row, row + rows - 1, column, column + width - 1))
        out += record(END_MERGE_CELLS)
    return out + record(END_SHEET)


def write_xlsb(path, sheets):
    strings = SharedStrings()
    parts, bundle, relations, overrides = [], b"", "", ""
    for number, sheet in enumerate(sheets, 1):
        name = f"worksheets/sheet{number}.bin"
        parts.append((f"xl/{name}", worksheet(sheet, strings)))
        state = struct.pack("<II", 1 if sheet.hidden else 0, number)
        bundle += record(BUNDLE_SH, state + wide(f"rId{number}") + wide(sheet.name))
        relations += f'<Relationship Id="rId{number}" Type="{OFFICE}worksheet" Target="{name}"/>'
        overrides += f'<Override PartName="/xl/{name}" ContentType="application/vnd.ms-excel.worksheet"/>'
    relations += f'<Relationship Id="rId{len(sheets) + 1}" Type="{OFFICE}sharedStrings" Target="sharedStrings.bin"/>'
    book = record(BEGIN_BOOK) + record(WB_PROP, struct.pack("<II", 0, 0) + wide(""))
    book += record(BEGIN_BUNDLE_SHS) + bundle + record(END_BUNDLE_SHS) + record(END_BOOK)
    package = f'<Relationship Id="rId1" Type="{OFFICE}officeDocument" Target="xl/workbook.bin"/>'
    write_zip(
        path,
        [
            ("[Content_Types].xml", CONTENT_TYPES.format(sheets=overrides).encode()),
            ("_rels/.rels", RELATIONSHIPS.format(package).encode()),
            ("xl/workbook.bin", book),
            ("xl/_rels/workbook.bin.rels", RELATIONSHIPS.format(relations).encode()),
            *parts,
            ("xl/sharedStrings.bin", strings.part()),
        ],
    )
