"""Worksheets as lists of cells and merges, and the workbooks that openpyxl and LibreOffice make of them.

Not here: what the sheets say; the binary workbook (xlsb.py).
"""

import datetime
import io
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
from openpyxl.styles import Alignment

from paths import read_zip, write_zip

CREATED = datetime.datetime(2016, 12, 1)


@dataclass
class Sheet:
    """Rows of values from A1 on (None: no cell), merges as (first row, first column, rows, columns) from 0."""

    name: str
    rows: list[list] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)  # number formats by (row, column)
    widths: list[float] = field(default_factory=list)

    def add(self, *values, merge=None):
        """Appends a row. `merge`: (first column, rows, columns) from this row on."""
        self.rows.append(list(values))
        if merge:
            column, rows, columns = merge
            self.merges.append((len(self.rows) - 1, column, rows, columns))


def text(paragraphs):
    """The paragraphs of a cell as a sheet holds them; no cell where there is nothing."""
    return "\n".join(paragraphs) if paragraphs else None


def write_xlsx(path, sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        page.sheet_state = "hidden" if sheet.hidden else "visible"
        for r, row in enumerate(sheet.rows, 1):
            for c, value in enumerate(row, 1):
                if value is not None:
                    cell = page.cell(r, c, value)
                    cell.alignment = Alignment(wrap_text=True, vertical="top")
                    if (r - 1, c - 1) in sheet.formats:
                        cell.number_format = sheet.formats[r - 1, c - 1]
        for row, column, rows, columns in sheet.merges:
            page.merge_cells(
                start_row=row + 1, start_column=column + 1, end_row=row + rows, end_column=column + columns
            )
        for row in sorted(sheet.hidden_rows):
            page.row_dimensions[row + 1].hidden = True
        for column, width in enumerate(sheet.widths):
            page.column_dimensions[openpyxl.utils.get_column_letter(column + 1)].width = width
    book.properties.creator = "luoshi"
    book.properties.created = CREATED
    out = io.BytesIO()
    book.save(out)
    parts = [(name, undated(data) if name == "docProps/core.xml" else data) for name, data in read_zip(out)]
    write_zip(path, with_shared_strings(parts))


def undated(core):
    """openpyxl states the moment of saving whatever it is told."""
    return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2016-12-01T00:00:00Z", core)


INLINE = re.compile(r' t="inlineStr"><is>(<t[^>]*>[^<]*</t>)</is></c>')
SHARED_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
SHARED_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


# openpyxl writes every Chinese character as a reference; Excel writes the character.
REFERENCE = re.compile(r"&#(\d{3,});")


def character(match):
    return chr(int(match[1]))


def with_shared_strings(parts):
    """The package as Excel lays it out: content types first, texts in one shared part instead of in their cells."""
    texts, out = {}, []

    def share(match):
        return f' t="s"><v>{texts.setdefault(match[1], len(texts))}</v></c>'

    for name, data in parts:
        if name.startswith("xl/worksheets/sheet"):
            data = INLINE.sub(share, REFERENCE.sub(character, data.decode())).encode()
        elif name == "[Content_Types].xml":
            entry = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{SHARED_TYPE}"/></Types>'
            data = data.replace(b"</Types>", entry.encode())
        elif name == "xl/_rels/workbook.xml.rels":
            entry = f'<Relationship Id="rIdShared" Type="{SHARED_RELATION}" Target="sharedStrings.xml"/></Relationships>'
            data = data.replace(b"</Relationships>", entry.encode())
        out.append((name, data))
    items = "".join(f"<si>{text}</si>" for text in texts)
    shared = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst xmlns="{MAIN}" uniqueCount="{len(texts)}">'
    out.append(("xl/sharedStrings.xml", f"{shared}{items}</sst>".encode()))
    return sorted(out, key=lambda part: part[0] != "[Content_Types].xml")


def soffice(source, target, filter_name=None):
    """Converts a file with LibreOffice. `filter_name` may add filter options."""
    with tempfile.TemporaryDirectory() as room:
        given = Path(room) / ("in" + source.suffix)
        shutil.copy(source, given)
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation=file://{room}/profile",
                "--headless",
                "--convert-to",
                filter_name or target.suffix[1:],
                "--outdir",
                f"{room}/out",
                str(given),
            ],
            check=True,
            capture_output=True,
            timeout=180,
        )
        [made] = Path(room, "out").iterdir()
        shutil.copy(made, target)


def steady_ods(path):
    """Takes the clock, chance, the program's build and the preview picture out of an OpenDocument package."""
    keep = [
        (name, steady_meta(data) if name == "meta.xml" else data)
        for name, data in read_zip(path)
        if not name.startswith(("Thumbnails/", "Configurations2/"))
    ]
    keep = [
        (name, re.sub(rb'\s*<manifest:file-entry [^>]*"(Thumbnails|Configurations2)/[^>]*/>', b"", data))
        if name == "META-INF/manifest.xml"
        else (name, data)
        for name, data in keep
    ]
    write_zip(path, [(name, steady_ids(data) if name in ("content.xml", "settings.xml") else data) for name, data in keep])


def steady_ids(content):
    """Lists, changes and sittings are given names by chance; numbers in the order in which they stand say the same."""
    given = {}
    count = lambda found: found[1] + given.setdefault(found[2], b"%d" % (len(given) + 1))
    content = re.sub(rb'("Rsid(?:Root)?"[^>]*>)\d+', rb"\g<1>1", content)
    return re.sub(rb'(="(?:list|ct))(\d{6,})(?=")', count, content)


def steady_meta(meta):
    meta = re.sub(rb"(<dc:date>)[^<]*", rb"\g<1>2016-12-01T00:00:00", meta)
    meta = re.sub(rb"(<meta:creation-date>)[^<]*", rb"\g<1>2016-12-01T00:00:00", meta)
    return re.sub(rb"<meta:(editing-duration|editing-cycles|generator)>[^<]*</meta:\1>", b"", meta)
