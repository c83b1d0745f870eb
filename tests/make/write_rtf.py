"""The main fixture as Rich Text Format, as Word writes it on a Chinese Windows: text in GBK, byte by byte in hexadecimal.

A row's definition stands before its cells and once more, in a group of its own, before its end; Chinese text is in the font
for double bytes, all other in the one for single bytes; a number that Word counts stands before its paragraph as it is shown.
"""

import itertools

import attachment_2016 as main
from grid import SectionRow, table
from ooxml import WIDTHS
from paths import fixture

HEAD = (
    r"{\rtf1\adeflang1025\ansi\ansicpg936\uc2\adeff0\deff0\stshfdbch13\stshfloch0\stshfhich0\stshfbi0\deflang1033\deflangfe2052"
    "\n"
    r"{\fonttbl{\f0\fbidi \froman\fcharset0\fprq2{\*\panose 02020603050405020304}Times New Roman;}"
    "\n"
    r"{\f13\fbidi \fnil\fcharset134\fprq2{\*\panose 02010600030101010101}\'cb\'ce\'cc\'e5{\*\falt SimSun};}}"
    "\n"
    r"{\colortbl;\red0\green0\blue0;}{\stylesheet{\ql \li0\ri0\widctlpar \fs21\loch\f0\hich\af0\dbch\af13 \snext0 Normal;}}"
    "\n"
)
LISTS = (
    r"{\*\listtable{\list\listtemplateid-1\listsimple{\listlevel\levelnfc0\levelnfcn0\leveljc1\leveljcn1\levelfollow2"
    r"\levelstartat1{\leveltext\'01\'00;}{\levelnumbers\'01;}\fi0\li0}{\listname ;}\listid90}}"
    "\n"
    r"{\*\listoverridetable{\listoverride\listid90\listoverridecount0\ls1}}"
    "\n"
)
TAIL = r"{\info{\author luoshi}{\creatim\yr2016\mo12\dy1}}\paperw16838\paperh11906\landscape\sectd\sbknone" + "\n"
BORDERS = "".join(rf"\clbrdr{side}\brdrs\brdrw10" for side in "tlbr")


def encoded(text):
    """Text in GBK; a character that GBK lacks by its code, with a question mark for old readers."""
    out = []
    for character in text:
        if character in "\\{}":
            out.append("\\" + character)
        elif character == "\n":
            out.append("\\line ")
        elif character == "\t":
            out.append("\\tab ")
        elif ord(character) < 128:
            out.append(character)
        else:
            try:
                out.append("".join(f"\\'{byte:02x}" for byte in character.encode("gbk")))
            except UnicodeEncodeError:
                out.append(f"{{\\uc1\\u{(ord(character) + 0x8000) % 0x10000 - 0x8000} ?}}")
    return "".join(out)


def runs(text):
    """Chinese and other text in runs of their own."""
    out = ""
    for is_double, characters in itertools.groupby(text, lambda character: ord(character) >= 128):
        font = r"\hich\af0\dbch\f13" if is_double else r"\hich\af0\dbch\af13\loch\f0"
        out += rf"{{\rtlch\fcs1 \af0 \ltrch\fcs0 {font} {encoded(''.join(characters))}}}"
    return out


def cell(paragraphs):
    """The paragraphs of a cell; the last one ends with the cell."""
    return "\\par ".join(runs(text) for text in paragraphs or [""]) + "\\cell "


def numbered(number):
    """A paragraph of a number alone, which Word counts."""
    label = rf"{{\listtext\pard\plain\ltrpar \rtlch\fcs1 \af0 \ltrch\fcs0 \hich\af0\dbch\af13\loch\f0 {number}}}"
    return rf"{label}\pard\plain\ltrpar \qc\intbl\ls1\ilvl0 \fs21\cell \pard\plain\intbl "


def row(cells, merges=None, widths=WIDTHS, header=False):
    """A row of finished cells. `merges`: by column, `clvmgf` opens a vertical merge, `clvmrg` goes on with it."""
    definition = r"\trowd \irow0\irowband0\ltrrow\trgaph108\trleft-108" + (r"\trhdr" if header else "")
    right = -108
    for column, width in enumerate(widths):
        right += width
        merge = (merges or {}).get(column)
        definition += (f"\\{merge}" if merge else "") + rf"{BORDERS}\cltxlrtb\clftsWidth3\clwWidth{width}\cellx{right}"
    return (
        rf"{definition}\pard\plain \ql \li0\ri0\widctlpar\intbl\wrapdefault \fs21 {''.join(cells)}"
        "\n"
        rf"\pard\plain \ql \li0\ri0\widctlpar\intbl \fs21{{{definition}\row }}"
        "\n"
    )


def body(number):
    out, merged_status = [], 0
    for item in table():
        if isinstance(item, SectionRow):
            out.append(row([cell([item.title])], widths=[sum(WIDTHS)]))
            continue
        merges = {}
        if item.focus is None:
            merges[1] = "clvmrg"
        elif item.focus_rows > 1:
            merges[1] = "clvmgf"
        if item.status is not None:
            merged_status = item.status_rows
        if item.status is None:
            assert merged_status > 0
            merges[4] = "clvmrg"
        elif item.status_rows > 1:
            merges[4] = "clvmgf"
        merged_status -= 1
        texts = [item.focus, item.matter, item.units, item.status, item.remarks]
        out.append(row([number(item.number), *(cell(text) for text in texts)], merges))
    return out


def document(number, lists=""):
    annex, title = (runs(line) for line in main.PREAMBLE)
    header = row([cell(heading) for heading in main.HEADINGS], header=True)
    lines = rf"\pard\plain \ql\fs21 {annex}\par \pard\plain \qc\fs21 {title}\par " + "\n"
    return HEAD + lists + TAIL + lines + header + "".join(body(number)) + "\\pard\\plain \\ql\\fs21 \\par }\n"


def write():
    plain = document(lambda number: cell([str(number)]))
    fixture("rtf/attachment-2016.rtf").write_bytes(plain.encode("ascii"))
    fixture("rtf/auto-numbered.rtf").write_bytes(document(numbered, LISTS).encode("ascii"))


if __name__ == "__main__":
    write()
