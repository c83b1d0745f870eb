"""The main fixture as LibreOffice saves the docx in other formats.

Not here: files laid out as Word lays them out (write_rtf, flat_opc, office_2003).
"""

from paths import fixture
from sheets import soffice, steady_ods

SAVED = [
    ("docx/attachment-2016.docx", "doc/attachment-2016.doc", "doc:MS Word 97"),
    ("docx/auto-numbered.docx", "doc/auto-numbered.doc", "doc:MS Word 97"),
    ("docx/attachment-2016.docx", "odt/attachment-2016.odt", "odt:writer8"),
    ("docx/auto-numbered.docx", "odt/auto-numbered.odt", "odt:writer8"),
    ("docx/tracked.docx", "odt/tracked.odt", "odt:writer8"),
    ("docx/attachment-2016.docx", "rtf/libreoffice.rtf", "rtf:Rich Text Format"),
]


def write():
    for source, target, filter_name in SAVED:
        soffice(fixture(source), fixture(target), filter_name)
        if target.endswith(".odt"):
            steady_ods(fixture(target))
