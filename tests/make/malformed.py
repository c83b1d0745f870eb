"""Files made to hurt or to deceive. A name says the trick and the finding that must be told; `ok` where the file must be read as if
there were none. The content is the three rows of `damaged.py`."""

import csv
import io
import struct
import zlib

import attachment_2016 as main
from damaged import DOCUMENT, SHEET, edited, small_document, small_sheet
from paths import fixture, read_zip, write_zip
from sheets import write_xlsx

OTHER = "<w:p><w:r><w:t>没有检查过的另一份正文</w:t></w:r></w:p>"


def malformed(name):
    path = fixture(f"malformed/{name}")
    path.parent.mkdir(exist_ok=True)
    return path


def source():
    """The parts of a small document."""
    path = malformed("source.docx")
    small_document().save(path)
    parts = read_zip(path)
    path.unlink()
    return parts


def deflated(data):
    deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
    return deflater.compress(data) + deflater.flush()


def zipped(parts, lies=()):
    """A zip written by hand: entries as (name, data), and lies about them by index: another `size`, another entry's place (`at`),
    another name in an extra field (`path`)."""
    lies = dict(lies)
    out, directory = io.BytesIO(), []
    for index, (name, data) in enumerate(parts):
        told = lies.get(index, {})
        packed, method = deflated(data), 8
        size = told.get("size", len(data))
        crc = zlib.crc32(data)
        at = told.get("at", out.tell())
        raw = name.encode()
        path = told["path"].encode() if "path" in told else b""
        extra = struct.pack("<2sHBI", b"up", 5 + len(path), 1, zlib.crc32(raw)) + path if path else b""
        if "at" not in told:
            out.write(struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, method, 0, 33, crc, len(packed), size, len(raw), 0))
            out.write(raw + packed)
        directory.append(
            struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, method, 0, 33, crc, len(packed), size, len(raw), len(extra), 0, 0, 0, 0, at)
            + raw
            + extra
        )
    begin = out.tell()
    listing = b"".join(directory)
    out.write(listing + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, len(parts), len(parts), len(listing), begin, 0))
    return out.getvalue()


def zips():
    parts = source()
    document = next(data for name, data in parts if name == DOCUMENT)
    other = document.replace(b"<w:tbl>", OTHER.encode() + b"<w:tbl>", 1)
    malformed("duplicate-part.file-damaged.docx").write_bytes(zipped(parts + [(DOCUMENT, other)]))
    malformed("duplicate-part-by-case.file-damaged.docx").write_bytes(zipped(parts + [("Word/Document.xml", other)]))

    # The inflated size is claimed to be four gigabytes, and to be nothing.
    index = [name for name, _ in parts].index(DOCUMENT)
    for size, name in [(0xFFFFFFFE, "claims-4-gigabytes.ok.docx"), (0, "claims-no-byte.file-damaged.docx")]:
        malformed(name).write_bytes(zipped(parts, {index: {"size": size}}))

    # Two parts that swap their names in an extra field: by their headers one document, by the field the other.
    swapped = {index: {"path": "docProps/other.xml"}, len(parts): {"path": DOCUMENT}}
    malformed("second-names.file-damaged.docx").write_bytes(zipped(parts + [("docProps/other.xml", other)], swapped))
    malformed("second-names-alike.ok.docx").write_bytes(zipped(parts, {index: {"path": DOCUMENT}}))

    # A thousand names for the bytes of one part, and the document among them: what is not asked for is not read.
    plain = zipped(parts)
    bait = [(f"word/media/{number}.png", b"") for number in range(1000)]
    at = plain.index(b"PK\x03\x04", 4)
    lies = {len(parts) + number: {"at": at} for number in range(len(bait))}
    malformed("overlapping-entries.ok.docx").write_bytes(zipped(parts + bait, lies))

    write_zip(malformed("paths-outside.ok.docx"), parts + [("../../../tmp/evil.docx", b"evil"), ("/etc/evil", b"evil"), ("C:\\evil.exe", b"evil")])


def references():
    def entity(declaration, use):
        def change(xml):
            xml = xml.replace(b"<w:document ", declaration + b"<w:document ", 1)
            return xml.replace("区联动中心".encode(), use, 1)

        return change

    save = lambda name, change: small_document().save(malformed(name), edited(DOCUMENT, change))
    save("external-entity.xml-doctype.docx", entity(b'<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>', b"&x;"))
    save("external-dtd.xml-doctype.docx", entity(b'<!DOCTYPE w:document SYSTEM "http://127.0.0.1:9/evil.dtd">', b"x"))

    # A template and a picture elsewhere, which Word would fetch when it opens the file.
    relationships = "word/_rels/document.xml.rels"
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    links = b"".join(
        b'<Relationship Id="x%d" Type="%s%s" Target="%s" TargetMode="External"/>' % (number, kind, name, target)
        for number, (name, target) in enumerate(
            [(b"attachedTemplate", b"http://127.0.0.1:9/evil.dotm"), (b"image", b"file:////127.0.0.1/evil.png"), (b"styles", b"http://127.0.0.1:9/styles.xml")]
        )
    )
    link = lambda xml: xml.replace(b"</Relationships>", links + b"</Relationships>")
    small_document().save(malformed("external-relationships.ok.docx"), edited(relationships, link))

    # The document part leads to itself as its styles.
    circle = b'<Relationship Id="y1" Type="%sstyles" Target="document.xml"/>' % kind
    round_ = lambda xml: xml.replace(b"<Relationship ", circle + b"<Relationship ", 1)
    small_document().save(malformed("styles-are-the-document.ok.docx"), edited(relationships, round_))


def layout():
    """Every run on a line of its own, words between runs where no element shows any, a tag without a name behind them."""
    apart = lambda xml: xml.replace(b"<w:r>", b"\n  <w:r>").replace(b"</w:r>", b"</w:r>\n  ")
    small_document().save(malformed("runs-on-lines.ok.docx"), edited(DOCUMENT, apart))
    between = lambda xml: xml.replace(b"</w:r></w:p>", b"</w:r>r:<>w</w:p>", 1)
    small_document().save(malformed("text-between-runs.file-damaged.docx"), edited(DOCUMENT, between))


def active():
    """Programs and formulas: never run, never written as such."""
    macros = [("word/vbaProject.bin", b"\xd0\xcf\x11\xe0" + bytes(508))]
    main_type = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    enabled = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    change = edited("[Content_Types].xml", lambda xml: xml.replace(main_type, enabled))
    small_document().save(malformed("macros.ok.docm"), lambda parts: change(parts) + macros)

    commands = ["=HYPERLINK(\"http://127.0.0.1\",\"点\")", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1,1)", "=1+1"]
    page = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&"
    with open(malformed("formulas-and-scripts.ok.csv"), "w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(heading[0] for heading in main.HEADINGS)
        for number, command in enumerate(commands, 1):
            rows.writerow([number] + [f"{command}{page}"] * (len(main.HEADINGS) - 1))

    # A cell whose formula asks another program, with the value it had.
    formula = malformed("dde-formula.ok.xlsx")
    write_xlsx(formula, [small_sheet()])
    dde = b"<c r=\"G2\" t=\"str\"><f>cmd|'/C calc'!A0</f><v>0</v></c></row>"
    change = lambda xml: xml.replace(b"</row>", b"</row>", 1).replace(b"</row><row r=\"3\"", dde + b"<row r=\"3\"", 1)
    write_zip(formula, edited(SHEET, change)(read_zip(formula)))


def write():
    zips()
    references()
    layout()
    active()
