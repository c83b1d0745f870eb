"""Holds the workbook of a comparison, as openpyxl reads it, against its JSON: `changes.py changes.json changes.xlsx`.

Every answer must stand in its cell, whole; what is struck out there must be what the JSON says is gone, and what is underlined what it
says came. What the program itself would read does not count here.
"""

import json
import sys

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock

HEADINGS = {"status": "落实情况", "remarks": "典型做法及问题概述"}


def answer(item, key):
    if key == "status":
        return "\n".join(item.get("status", {}).get("paragraphs", []))
    text = ""
    for at, block in enumerate(item.get("remarks", [])):
        lines = "\n".join([block["label"] + block["paragraphs"][0], *block["paragraphs"][1:]])
        text += lines if block.get("inline") or not at else "\n" + lines
    return text


def marked(column, marks):
    spans = [span for paragraph in column.get("marks", []) for span in paragraph["spans"]]
    return sorted(span["text"] for span in spans if span["mark"] in marks and span["text"])


def runs(value, is_marked):
    blocks = [block for block in value if isinstance(block, TextBlock)] if isinstance(value, CellRichText) else []
    return "".join(sorted("".join(block.text.split("\n")) for block in blocks if is_marked(block.font)))


def letters(text):
    return sorted(c for c in text if c != "\n")


def main(changes, workbook):
    data = json.load(open(changes, encoding="utf-8"))
    sheet = load_workbook(workbook, rich_text=True)["逐项对照"]
    header = [cell.value for cell in sheet[1]]
    assert sheet.max_row == len(data["items"]) + 1, (sheet.max_row, len(data["items"]))
    seen = 0
    for row, change in zip(sheet.iter_rows(min_row=2), data["items"], strict=True):
        for side, name, marks, is_marked in [
            ("old", "上期", {"gone", "moved-from"}, lambda font: bool(font.strike)),
            ("new", "本期", {"come", "moved-to"}, lambda font: bool(font.u)),
        ]:
            item = change.get(side, {}).get("item")
            for column in change.get("columns", []):
                text = answer(item, column["column"]) if item else ""
                if not text:
                    continue
                value = row[header.index(name + HEADINGS[column["column"]])].value
                assert str(value) == text, (change[side]["id"], column["column"], str(value), text)
                told = letters("".join(marked(column, marks)))
                assert letters(runs(value, is_marked)) == told, (change[side]["id"], runs(value, is_marked), told)
                seen += 1
    assert seen > 100, seen


if __name__ == "__main__":
    main(*sys.argv[1:])
