"""Holds documents against the model they were written from, with readers of other makers.

    compare.py MODEL.json DOCUMENT.docx WORKBOOK.xlsx [MODEL.json DOCUMENT.docx WORKBOOK.xlsx ...]

Every item must stand in a row of its own, each of its texts in the column of its heading, and a cell that answers several
items must be one merged cell over them. No cell of a workbook may be a formula.
"""

import json
import sys

import docx
import openpyxl


def shown(model):
    """The rows that a person sees: per item, heading -> text."""
    by_id = {item["id"]: item for item in model["items"]}
    sections = {section["id"]: section for section in model["sections"]}
    focuses = {focus["id"]: focus for focus in model["focuses"]}
    rows = []
    for item in model["items"]:
        row = {}
        for column in model["columns"]:
            key, text = column["key"], ""
            if key == "number":
                text = item.get("label") or str(item["number"])
            elif key in ("focus", "section"):
                focus = focuses.get(item.get("focus"))
                part = focus if key == "focus" else sections.get(focus["section"] if focus else item.get("section"))
                text = part["label"] + part["title"]
            elif key == "matter":
                text = item["matter"]
            elif key == "units":
                text = "\n".join(unit["raw"] for unit in item["units"])
            elif key == "status":
                status = item["status"]
                owner = by_id[status["see"]] if status.get("see") and not status["paragraphs"] else item
                text = "\n".join(owner["status"]["paragraphs"])
            elif key == "remarks":
                for block in item["remarks"]:
                    first = block["label"] + block["paragraphs"][0]
                    rest = "".join("\n" + paragraph for paragraph in block["paragraphs"][1:])
                    text += ("" if block.get("inline") or not text else "\n") + first + rest
            else:
                text = "\n".join(item.get(key, []))
            row[column["heading"]] = text
        rows.append(row)
    return rows


def rows_of(grid, headings):
    """The rows below the header of a grid of texts in which a merged cell shows at each of its positions."""
    header = next(i for i, row in enumerate(grid) if [text for text in row if text] == headings)
    body = []
    for row in grid[header + 1 :]:
        if len(set(row)) > 1:
            body.append(dict(zip(headings, row)))
    return body


def document_grid(path):
    table = docx.Document(path).tables[0]
    width = len(table.columns)
    # python-docx shows a merged cell at every position it covers.
    cells = table._cells
    texts = [cell.text for cell in cells]
    return [texts[i : i + width] for i in range(0, len(texts), width)]


def workbook_grid(path):
    book = openpyxl.load_workbook(path)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", f"{path}: {sheet.title}!{cell.coordinate} is a formula"
    sheet = book.worksheets[0]
    grid = [["" if cell.value is None else str(cell.value) for cell in row] for row in sheet.iter_rows()]
    for merged in sheet.merged_cells.ranges:
        value = grid[merged.min_row - 1][merged.min_col - 1]
        for row in range(merged.min_row - 1, merged.max_row):
            for column in range(merged.min_col - 1, merged.max_col):
                grid[row][column] = value
    return grid


def whole_rows(rows, asking):
    """The rows of a grid, each item's once. One too tall for a workbook fills several rows, over which its cells are merged but
    for the one whose text is parted among them; `asking` are the headings that say which item a row is about."""
    kept, last = [], None
    for row in rows:
        changed = [heading for heading in row if last and row[heading] != last[heading]]
        if last and not changed:
            continue
        if last and len(changed) == 1 and changed[0] not in asking and asking:
            kept[-1][changed[0]] += "\n" + row[changed[0]]
        else:
            kept.append(dict(row))
        last = row
    return kept


def main(arguments):
    wrong = 0
    for model_path, *documents in zip(*[iter(arguments)] * 3):
        with open(model_path, encoding="utf-8") as file:
            model = json.load(file)
        headings = [column["heading"] for column in model["columns"]]
        asking = [column["heading"] for column in model["columns"] if column["key"] in ("number", "matter")]
        expected = shown(model)
        for path in documents:
            grid = document_grid(path) if path.endswith(".docx") else workbook_grid(path)
            seen = whole_rows(rows_of(grid, headings), asking)
            if len(seen) != len(expected):
                print(f"{path}: {len(seen)} rows, {len(expected)} items")
                wrong += 1
            for row, (got, want) in enumerate(zip(seen, expected), 1):
                for heading in headings:
                    if got[heading] != want[heading]:
                        print(f"{path}: item {row}, {heading}: {got[heading]!r} is not {want[heading]!r}")
                        wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
