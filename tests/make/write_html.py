"""The main fixture as web pages: as LibreOffice saves it, as office systems export a table, as Word saves it with what belongs to it.

Not here: what the rows say (attachment_2016.py).
"""

from email import policy
from email.message import EmailMessage
from html import escape

import attachment_2016 as main
from grid import SectionRow, table
from paths import fixture
from sheets import soffice

STARWRITER = "html:HTML (StarWriter)"
WIDTH = 6  # columns


def by_libreoffice(name):
    """A docx as LibreOffice's Writer saves it; its bytes depend on LibreOffice's version."""
    target = fixture(f"html/{name}.htm")
    soffice(fixture(f"docx/{name}.docx"), target, STARWRITER)
    return target


def rows(cell, row, section):
    """The rows of the table as a writer of pages makes them: `cell` takes paragraphs and attributes."""
    out = []
    for item in table():
        if isinstance(item, SectionRow):
            out.append(section(item.title))
            continue
        cells = [cell([str(item.number)], "")]
        if item.focus is not None:
            cells.append(cell(item.focus, span(item.focus_rows)))
        cells += [cell(item.matter, ""), cell(item.units, "")]
        if item.status is not None:
            cells.append(cell(item.status, span(item.status_rows)))
        cells.append(cell(item.remarks, ""))
        out.append(row(cells))
    return "".join(out)


def span(count):
    return f" rowspan={count}" if count > 1 else ""


def exported():
    """A table as office systems export it under .xls: no page around it, `<br>` between paragraphs, `&nbsp;` in empty cells."""

    def cell(paragraphs, attributes, tag="td"):
        text = "<br>".join(escape(text, quote=False) for text in paragraphs)
        return f"<{tag}{attributes}>{text or '&nbsp;'}</{tag}>"

    heads = "".join(cell(heading, "", "th") for heading in main.HEADINGS)
    lines = "".join(f"<tr><td colspan={WIDTH}>{line}</td></tr>\n" for line in main.PREAMBLE)
    body = rows(cell, lambda cells: f"<tr>{''.join(cells)}</tr>\n", lambda title: f"<tr>{cell([title], f' colspan={WIDTH}')}</tr>\n")
    head = '<meta http-equiv="content-type" content="application/ms-excel; charset=UTF-8"/>\n<style>td {mso-number-format:"\\@"}</style>\n'
    return f'{head}<table border="1">\n{lines}<tr>{heads}</tr>\n{body}</table>\n'


WORD_HEAD = """<html xmlns:v="urn:schemas-microsoft-com:vml"
xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word"
xmlns="http://www.w3.org/TR/REC-html40">

<head>
<meta http-equiv=Content-Type content="text/html; charset=gb2312">
<meta name=ProgId content=Word.Document>
<!--[if gte mso 9]><xml>
 <w:WordDocument><w:View>Print</w:View></w:WordDocument>
</xml><![endif]-->
<style>
<!--
 /* Style Definitions */
 p.MsoNormal, li.MsoNormal, div.MsoNormal
	{mso-style-unhide:no; margin:0cm; font-size:10.5pt; font-family:"Calibri",sans-serif;}
 /* List Definitions */
 @list l0
	{mso-list-id:90; mso-list-template-ids:-1;}
@list l0:level1
	{mso-level-suffix:none; mso-level-text:%1;}
-->
</style>
</head>

<body lang=ZH-CN style='tab-interval:21.0pt'>
<!--[if gte vml 1]><v:shapetype id="_x0000_t75"><v:stroke joinstyle="miter"/></v:shapetype><![endif]-->
<div class=WordSection1>

"""
WORD_CELL = "border:solid windowtext 1.0pt;\n  mso-border-alt:solid windowtext .5pt;padding:0cm 5.4pt 0cm 5.4pt"
FILELIST = """<xml xmlns:o="urn:schemas-microsoft-com:office:office">
 <o:MainFile HRef="../auto-numbered.htm"/>
 <o:File HRef="filelist.xml"/>
</xml>
"""


def word_runs(text):
    """Runs as Word parts them: Chinese text, and text of other scripts with its language."""
    out, run, double = "", "", None
    for character in text + "\0":
        is_double = ord(character) >= 128
        if run and is_double != double or character == "\0":
            font = "font-family:宋体;mso-ascii-font-family:Calibri" if double else ""
            out += f"<span style='{font}'>{escape(run)}</span>" if double else f"<span lang=EN-US>{spaces(run)}</span>"
            run = ""
        run, double = run + character, is_double
    return out


def spaces(text):
    """Word keeps a run of spaces as non-breaking ones, and says so."""
    kept = text.rstrip(" ")
    tail = len(text) - len(kept)
    run = f"<span style='mso-spacerun:yes'>{'&nbsp;' * tail}</span>" if tail > 1 else " " * tail
    return escape(kept) + run


def word_paragraph(text, label=""):
    end = "<span lang=EN-US><o:p></o:p></span>" if text or label else "<span lang=EN-US><o:p>&nbsp;</o:p></span>"
    return f"<p class=MsoNormal>{label}{word_runs(text) if text else ''}{end}</p>"


def word_number(number):
    """A number that Word counts, as it writes it for programs that do not."""
    shown = f"<span lang=EN-US style='mso-fareast-font-family:Calibri'><span\n  style='mso-list:Ignore'>{number}</span></span>"
    return word_paragraph("", f"<![if !supportLists]>{shown}<![endif]>")


def by_word():
    def cell(paragraphs, attributes):
        body = "\n  ".join(word_paragraph(text) for text in paragraphs or [""])
        return f"  <td width=60 valign=top{attributes} style='{WORD_CELL}'>\n  {body}\n  </td>\n"

    def row(cells):
        number = counted(cells[0])
        return f" <tr>\n{number}{''.join(cells[1:])} </tr>\n"

    def counted(first):
        number = first.split("<span lang=EN-US>")[1].split("<")[0]
        return f"  <td width=60 style='{WORD_CELL}'>\n  {word_number(number)}\n  </td>\n"

    heads = "".join(cell(heading, "") for heading in main.HEADINGS)
    body = rows(cell, row, lambda title: f" <tr>\n{cell([title], f' colspan={WIDTH}')} </tr>\n")
    annex, title = main.PREAMBLE
    widths = "".join(f"  <td width={n} style='border:none'></td>\n" for n in (60,) * WIDTH)
    filler = f" <![if !supportMisalignedColumns]>\n <tr height=0>\n{widths} </tr>\n <![endif]>\n"
    table_tag = "<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0\n style='border-collapse:collapse'>\n"
    lines = f"{word_paragraph(annex)}\n\n{word_paragraph(title)}\n\n"
    head = f" <thead>\n <tr>\n{heads} </tr>\n </thead>\n"
    return f"{WORD_HEAD}{lines}{table_tag}{head}{body}{filler}</table>\n\n{word_paragraph('')}\n\n</div>\n\n</body>\n\n</html>\n"


def quoted_printable(data):
    """Lines of at most 76 characters (RFC 2045, 6.7); Word writes capital digits."""
    out = []
    for line in data.split(b"\n"):
        text = ""
        for byte in line:
            piece = chr(byte) if 33 <= byte <= 126 and byte != 61 or byte in (9, 32) else f"={byte:02X}"
            if len(text) + len(piece) > 75:
                out.append(text + "=")
                text = ""
            text += piece
        if text.endswith((" ", "\t")):
            text = f"{text[:-1]}={ord(text[-1]):02X}"
        out.append(text)
    return "\r\n".join(out)


def message_of_word():
    boundary = "----=_NextPart_01D24B00.00000000"
    parts = [
        ("file:///C:/00000000/auto-numbered.htm", 'text/html; charset="gb2312"', by_word().encode("gb18030")),
        ("file:///C:/00000000/auto-numbered.files/filelist.xml", 'text/xml; charset="utf-8"', FILELIST.encode()),
    ]
    out = f'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="{boundary}"\r\n\r\n'
    out += "此文档为“单个文件网页”。\r\n\r\n".encode("gb18030").decode("latin-1")
    for location, kind, data in parts:
        out += f"--{boundary}\r\nContent-Location: {location}\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        out += f"Content-Type: {kind}\r\n\r\n{quoted_printable(data)}\r\n\r\n"
    return (out + f"--{boundary}--\r\n").encode("latin-1")


def message_of_python(page):
    """The page with a picture's place beside it, as Python's email package writes it."""
    message = EmailMessage(policy=policy.SMTP)
    message["Subject"] = "海沧区政务公开工作落实情况表"
    message.set_content(page, subtype="html", charset="utf-8", cte="base64")
    message["Content-Location"] = "http://example.invalid/attachment-2016.html"
    message.add_related(b"\x89PNG\r\n\x1a\n", "image", "png", cid="<one@example.invalid>")
    message.set_boundary("=====luoshi=====")
    return message.as_bytes()


def write():
    attachment = by_libreoffice("attachment-2016")
    page = attachment.read_text(encoding="utf-8")
    attachment.unlink()
    in_gbk = page.replace("charset=utf-8", "charset=gb2312", 1).encode("gb18030")
    fixture("html/attachment-2016-gbk.htm").write_bytes(in_gbk)
    by_libreoffice("auto-numbered")
    fixture("html/exported.xls").write_text(exported(), encoding="utf-8", newline="")
    fixture("mht/attachment-2016.mht").write_bytes(message_of_python(page))
    fixture("mht/word.mht").write_bytes(message_of_word())


if __name__ == "__main__":
    write()
