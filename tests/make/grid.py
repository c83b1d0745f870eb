"""The 66 rows as a table of cells: what every writer of the main fixture lays out.

Not here: bytes of any format.
"""

from dataclasses import dataclass

import attachment_2016 as main
from model import HAICANG


@dataclass(frozen=True)
class SectionRow:
    title: str


@dataclass(frozen=True)
class ItemRow:
    """Cells as lists of paragraphs. `focus` and `status` are None where a merged cell above covers them."""

    number: int
    focus: list[str] | None
    matter: list[str]
    units: list[str]
    status: list[str] | None
    remarks: list[str]
    focus_rows: int = 1
    status_rows: int = 1


def remark_paragraphs(row):
    cell = []
    for block in row.remarks:
        first, *rest = block.paragraphs
        if block.inline:
            cell[-1] += block.label + first
        else:
            cell.append(block.label + first)
        cell.extend(rest)
    return cell + [""] * row.remarks_tail


def table(rows=main.ROWS, catalogue=HAICANG):
    """The body rows in order, sections among them."""
    out, section, focus = [], None, None
    focuses = {entry["id"]: entry for entry in catalogue["focuses"]}
    for row, asked in zip(rows, catalogue["items"], strict=True):
        here = focuses[asked["focus"]]
        if here["section"] != section:
            section = here["section"]
            heading = next(entry for entry in catalogue["sections"] if entry["id"] == section)
            out.append(SectionRow(heading["label"] + heading["title"]))
        opens = asked["focus"] != focus
        focus = asked["focus"]
        out.append(
            ItemRow(
                number=row.number,
                focus=[here["label"] + here["title"]] if opens else None,
                matter=[asked["matter"]],
                units=row.unit_lines or asked["units"],
                status=None if row.see else row.status,
                remarks=remark_paragraphs(row),
                focus_rows=sum(other["focus"] == focus for other in catalogue["items"]) if opens else 1,
                status_rows=len(row.covers) if row.covers else 1,
            )
        )
    return out
