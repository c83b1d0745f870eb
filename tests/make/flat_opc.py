"""The main fixture as flat OPC: the parts of a package in one XML file, as Word writes it.

Not here: what the parts say; they are those of the fixtures in docx/ and xlsx/.
"""

import base64
import re
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

from paths import fixture, read_zip

CONTENT_TYPES = "[Content_Types].xml"
TABLE_STYLE = re.compile(r'<w:style w:type="table".*?</w:style>\s*', re.S)  # most of the package; the table has its own looks
DECLARATION = re.compile(r"^\ufeff?\s*<\?xml[^>]*\?>\s*")
PROGRAMS = {"docx": "Word.Document", "xlsx": "Excel.Sheet"}


def content_type(types, name):
    """A part's type: its own, else that of its extension."""
    own = {e.get("PartName"): e.get("ContentType") for e in types if e.tag.endswith("Override")}
    usual = {e.get("Extension"): e.get("ContentType") for e in types if e.tag.endswith("Default")}
    return own.get(f"/{name}") or usual[name.rsplit(".", 1)[-1]]


def part(types, name, data):
    kind = content_type(types, name)
    head = f"<pkg:part pkg:name={quoteattr('/' + name)} pkg:contentType={quoteattr(kind)}"
    if kind.endswith("xml"):
        text = DECLARATION.sub("", data.decode())
        text = TABLE_STYLE.sub("", text) if name == "word/styles.xml" else text
        return f"{head}><pkg:xmlData>{text}</pkg:xmlData></pkg:part>"
    lines = base64.encodebytes(data).decode()
    return f'{head} pkg:compression="store"><pkg:binaryData>{lines}</pkg:binaryData></pkg:part>'


def flat(package):
    parts = read_zip(package)
    types = ElementTree.fromstring(dict(parts)[CONTENT_TYPES])
    body = "".join(part(types, name, data) for name, data in parts if name != CONTENT_TYPES)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
        f'<?mso-application progid="{PROGRAMS[package.suffix[1:]]}"?>\r\n'
        f'<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">{body}</pkg:package>'
    )


def write():
    for source in ("docx/attachment-2016.docx", "docx/auto-numbered.docx", "xlsx/attachment-2016.xlsx"):
        package = fixture(source)
        target = fixture(f"flat-opc/{package.stem}.{package.suffix[1:]}.xml")
        target.write_text(flat(package), encoding="utf-8", newline="")


if __name__ == "__main__":
    write()
