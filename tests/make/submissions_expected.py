"""What a merge must make of the yearly round: tests/expected/merge-2016.json.

An independent second hand, from the hand-written list of files: every row is put at its item, equal texts are put together,
units stand in the catalogue's order. What takes judgement (conflicts, findings, members of groups, the kind of an answer)
is written down, not computed.

Not here: files and their shapes; what the merged attachment looks like.
"""

import submissions_2016 as round_2016
import submissions_forms_2016 as forms_2016
from model import HAICANG, display, item_id
from paths import EXPECTED, write_json

FILES = [*round_2016.FILES, *forms_2016.FILES]
UNITS = [unit["name"] for unit in HAICANG["units"] if not unit.get("collective")]
GROUPS = {
    "区政府工作部门": (
        "区发改局 区经信局 区教育局 区科技局 区民政局 区财政局 区人社局 区建设局 区农林水利局 区商务局 区文体局 区卫计局 "
        "区审计局 区安监局 区市场监督管理局 区旅游局 区国资委 区法制办"
    ).split(),
    "各部门": UNITS,
    "重要政策的牵头起草部门": [],
}

# Rows that stand at no item, by file and item. Their texts are in the conflict.
ASIDE = {("区地税局.xlsx", 45), ("区文体局.csv", None), ("区水族馆.xls", 66)}

# What a text says in the attachment, where it is another than in the file: 同上 means another item there.
RESTATED = {("政务公开落实情况表-区委宣传部.docx", 53): ["见第52项"]}

# A cell merged over several items that can't stay one, because another unit answers one of them: each item has it in full.
APART = {("区联动中心.xlsx", 54): (54, 55)}

CONFLICTS = [
    {"kind": "duplicate", "unit": "区教育局", "files": ["区教育局.docx", "区教育局政务公开自查.docx"]},
    {
        "kind": "outside",
        "unit": "区地税局",
        "item": "2016-045",
        "files": ["区地税局.xlsx"],
        "texts": [["本局决算由市局合并公布，区里另贴一份办公经费说明，页数3页。"]],
    },
    {"kind": "retyped", "unit": "区公安分局", "item": "2016-010", "files": ["区公安分局.docx"]},
    {"kind": "retyped", "unit": "区信访局", "item": "2016-063", "files": ["区信访局.xls"]},
    {"kind": "shared-apart", "unit": "区联动中心", "item": "2016-054", "files": ["区联动中心.xlsx"]},
    {
        "kind": "unit-unknown",
        "unit": "区水族馆",
        "item": "2016-066",
        "files": ["区水族馆.xls"],
        "texts": [["讲解员每月学习一次公开条例，全年12次。"]],
    },
    {
        "kind": "unknown-item",
        "unit": "区文体局",
        "files": ["区文体局.csv"],
        "texts": [["错峰时段表按月张贴在场馆门口。"]],
    },
    {"kind": "unreadable", "files": ["区效能督查办.docx"]},
    {
        "kind": "versions",
        "unit": "区发改局",
        "item": "2016-017",
        "files": ["区发改局.docx", "区发改局（更正）.docx"],
    },
]

FINDINGS = [
    {"code": "number-differs", "file": "区人社局.ods"},
    {"code": "unit-disagrees", "file": "区商务局(1).docx"},
]


def units_asked(item):
    """The units of an item in order, each once; an office or second name in brackets is the unit's."""
    names = [raw.partition("（")[0] for raw in item["units"]]
    return list(dict.fromkeys(unit for name in names for unit in GROUPS.get(name, [name])))


def rows():
    """Every row that was read, once: (file, unit, answer)."""
    for file in FILES:
        if file.defect in ("unreadable", "duplicate"):
            continue
        for table in file.tables:
            returned = list(table.answers)
            if table.whole:
                filled = {answer.item for answer in table.answers}
                returned += [round_2016.blank(number) for number in range(1, 67) if number not in filled]
            for answer in returned:
                unit = table.unit if isinstance(table.unit, str) else table.unit[answer.item]
                yield file, unit, answer


def groups(item, column):
    """The versions of an item, equal ones together, in the order of the item's units; of one unit by date (none first) and name."""
    found = []
    for file, unit, answer in rows():
        place = (file.name, answer.item)
        if item["number"] in APART.get(place, (answer.item,)) and place not in ASIDE:
            paragraphs = display(getattr(answer, column))
            if column == "status" and place in RESTATED:
                paragraphs = RESTATED[place]
            if paragraphs and (column == "status" or answer.item == item["number"]):
                found.append((units_asked(item).index(unit), file.date or "", file.name, unit, paragraphs))
    out = []
    for *_, unit, paragraphs in sorted(found):
        same = next((group for group in out if group["paragraphs"] == paragraphs), None)
        if same is None:
            out.append({"units": [unit], "paragraphs": paragraphs})
        elif unit not in same["units"]:
            same["units"].append(unit)
    return out


def merged(item):
    out = {"id": item["id"], "status": groups(item, "status"), "remarks": groups(item, "remarks")}
    covers = {
        answer.covers
        for file, _, answer in rows()
        if answer.item == item["number"] and answer.covers and (file.name, answer.item) not in APART
    }
    assert len(covers) < 2, item
    return out | {"covers": [item_id(number) for number in span] for span in covers}


def coverage():
    """Of several rows for one item the one that says most counts."""
    weight = ["answered", "not-applicable", "none", "blank"]
    states = {}
    for file, unit, answer in rows():
        if (file.name, answer.item) not in ASIDE:
            states.setdefault((unit, answer.item), []).append(answer.state)
    out = {unit: {} for unit in UNITS}
    for item in HAICANG["items"]:
        for unit in units_asked(item):
            returned = states.get((unit, item["number"]))
            out[unit][item["id"]] = min(returned, key=weight.index) if returned else "missing"
    return out


def check():
    """The hand-written parts against the list of files."""
    named = {name for conflict in CONFLICTS for name in conflict["files"]} | {finding["file"] for finding in FINDINGS}
    by_name = {file.name: file for file in FILES}
    assert {file.name for file in FILES if file.defect} <= named <= by_name.keys()
    texts = [paragraphs for conflict in CONFLICTS for paragraphs in conflict.get("texts", [])]
    aside = [answer for file, _, answer in rows() if (file.name, answer.item) in ASIDE]
    assert sorted(texts) == sorted(answer.status for answer in aside)
    assert not any(answer.remarks for answer in aside)
    for file, unit, answer in rows():
        if answer.state == "answered" and answer.item and (file.name, answer.item) not in ASIDE:
            assert unit in units_asked(HAICANG["items"][answer.item - 1]), (file.name, unit, answer.item)


def write():
    check()
    write_json(
        EXPECTED / "merge-2016.json",
        {
            "items": [merged(item) for item in HAICANG["items"]],
            "conflicts": CONFLICTS,
            "findings": FINDINGS,
            "coverage": coverage(),
        },
    )
