"""WordprocessingML by hand: tables with real merges in an otherwise ordinary python-docx package.

Not here: what the tables say.
"""

import datetime
import io
import re

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm
from xml.sax.saxutils import escape

from paths import read_zip, write_zip

WIDTHS = [700, 1900, 2600, 1900, 5100, 2400]  # twips; an A4 landscape type area


def run(text):
    """A run; a line feed in the text is a line break, a tab a tab."""
    parts = escape(text).replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    parts = parts.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return f'<w:r><w:t xml:space="preserve">{parts}</w:t></w:r>'


def paragraph(text="", properties="", content=None):
    """A paragraph of one run, or of the given runs."""
    properties = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    content = (run(text) if text else "") if content is None else content
    return f"<w:p>{properties}{content}</w:p>"


def paragraphs(texts):
    """The paragraphs of a cell; an empty cell has one empty paragraph."""
    return "".join(paragraph(text) for text in texts or [""])


def tc(content, width, span=1, merge=None):
    """A cell. `merge`: "restart" opens a vertical merge, "continue" goes on with it, as Word writes it: without a value."""
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    if span > 1:
        properties += f'<w:gridSpan w:val="{span}"/>'
    if merge:
        properties += '<w:vMerge w:val="restart"/>' if merge == "restart" else "<w:vMerge/>"
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def tr(cells, header=False, properties=""):
    properties += "<w:tblHeader/>" if header else ""
    properties = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def tbl(rows, widths=WIDTHS, declare=True):
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f"<w:tbl{' ' + nsdecls('w') if declare else ''}>"
        f'<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


class Document:
    """A docx under construction; `save` writes it without any trace of the clock."""

    def __init__(self, landscape=True):
        self.docx = docx.Document()
        properties = self.docx.core_properties
        properties.author = properties.last_modified_by = "luoshi"
        properties.comments = ""
        properties.title = ""
        properties.created = properties.modified = datetime.datetime(2016, 12, 1)
        section = self.docx.sections[0]
        section.page_width, section.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
        self.body = self.docx.element.body

    def add(self, xml):
        """Appends a block to the body, before the section properties."""
        if "xmlns:w=" not in xml:
            head, rest = xml.split(">", 1) if not xml.startswith("<w:p>") else ("<w:p", xml[len("<w:p>") :])
            xml = f"{head} {nsdecls('w')}>{rest}"
        self.body.sectPr.addprevious(parse_xml(xml))

    def add_line(self, text="", properties=""):
        self.add(paragraph(text, properties))

    def decimal_numbering(self):
        """Adds a list that counts 1, 2, 3 with nothing after the figure, and gives its w:numPr."""
        numbering = self.docx.part.numbering_part.element
        abstract = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:multiLevelType w:val="singleLevel"/>'
            '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:suff w:val="nothing"/>'
            '<w:lvlText w:val="%1"/><w:lvlJc w:val="center"/></w:lvl></w:abstractNum>'
        )
        numbering.insert(0, abstract)
        numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
        return '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="90"/></w:numPr>'

    def save(self, path, edit=None):
        """Writes the package. `edit` may change its list of (name, bytes) first."""
        out = io.BytesIO()
        self.docx.save(out)
        parts = [(name, without_extras(name, data)) for name, data in read_zip(out) if not EXTRAS.search(name)]
        write_zip(path, edit(parts) if edit else parts)


# Parts of python-docx's template that Word of today does not write: a picture of the first page, a second style sheet.
EXTRAS = re.compile(r"docProps/thumbnail\.jpeg|word/stylesWithEffects\.xml")


def without_extras(name, data):
    """A part without mention of the parts left out."""
    if not name.endswith((".rels", "[Content_Types].xml")):
        return data
    text = re.sub(r"<(Relationship|Override) [^>]*(thumbnail|stylesWithEffects)[^>]*/>", "", data.decode())
    return re.sub(r'<Default Extension="jpeg"[^>]*/>', "", text).encode()
