"""The canonical model of hand-written answers, key by key in the order of the Rust types.

An independent second hand: the rules here are the few that the model's documentation states (edges of paragraphs, brackets
of unit names); everything that takes judgement is written in the data.

Not here: provenance, which differs by format.
"""

import attachment_2016 as main
from paths import CATALOGUES, EXPECTED, read_catalogue, write_json

HAICANG = read_catalogue(CATALOGUES / "haicang-2016.json")
OFFICE_ENDINGS = ("科", "室", "股", "处")


def display(paragraphs):
    """A cell as the model shows it: edges trimmed, empty paragraphs at both ends dropped, nothing else touched."""
    shown = [paragraph.strip() for paragraph in paragraphs]
    while shown and not shown[0]:
        shown.pop(0)
    while shown and not shown[-1]:
        shown.pop()
    return shown


def unit(raw, catalogue=HAICANG, role="unspecified", name=None):
    name, _, bracket = (name or raw).partition("（")
    bracket = bracket.removesuffix("）")
    out = {"name": name}
    if bracket:
        out["office" if bracket.endswith(OFFICE_ENDINGS) else "second_name"] = bracket
    if any(known["name"] == name and known.get("collective") for known in catalogue["units"]):
        out["collective"] = True
    return out | {"role": role, "raw": raw}


def item_id(number):
    return f"2016-{number:03}"


def status(row):
    out = {"answer": row.answer, "paragraphs": display(row.status)}
    if row.see:
        out["see"] = item_id(row.see)
    if row.reason:
        out["reason"] = "".join(out["paragraphs"])
    if row.covers:
        out["covers"] = [item_id(number) for number in row.covers]
    return out


def remark(block):
    out = {"kind": block.kind, "label": block.label, "paragraphs": display(block.paragraphs)}
    return out | ({"inline": True} if block.inline else {})


def attachment(rows, lost_numbers=()):
    """The attachment of the 66 rows; rows in `lost_numbers` have theirs by inference."""
    items = []
    for row, asked in zip(rows, HAICANG["items"], strict=True):
        assert row.number == asked["number"]
        items.append(
            {
                "id": asked["id"],
                "number": row.number,
                "number_source": "inferred" if row.number in lost_numbers else "printed",
                "focus": asked["focus"],
                "matter": asked["matter"],
                "units": [unit(raw) for raw in asked["units"]],
                "status": status(row),
                "remarks": [remark(block) for block in row.remarks],
                "extra": {},
            }
        )
    return {
        "schema": "luoshi.attachment/1",
        "catalogue": HAICANG["id"],
        "title": HAICANG["title"],
        "annex": "附件",
        "period": HAICANG["period"],
        "columns": HAICANG["columns"],
        "sections": HAICANG["sections"],
        "focuses": HAICANG["focuses"],
        "items": items,
    }


def write():
    write_json(EXPECTED / "attachment-2016.json", attachment(main.ROWS, main.LOST_NUMBERS))
