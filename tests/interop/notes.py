"""What python-docx, lxml and openpyxl see of a file with notes beside the file that it was made of.

Prints JSON: whether all texts are the same, and the notes: of a document each with the words that it is anchored at, of a workbook by sheet and cell.
"""

import json
import sys

import docx
import openpyxl

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def texts(path):
    document = docx.Document(path)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [p.text for p in document.paragraphs] + cells


def anchored(path):
    """By comment id, the words between the marks of its range."""
    open_ranges, words = set(), {}
    for element in docx.Document(path).element.body.iter():
        if element.tag == W + "commentRangeStart":
            open_ranges.add(element.get(W + "id"))
            words[element.get(W + "id")] = ""
        elif element.tag == W + "commentRangeEnd":
            open_ranges.discard(element.get(W + "id"))
        elif element.tag == W + "t":
            for number in open_ranges:
                words[number] += element.text or ""
    return words


def of_docx(old, new):
    words = anchored(new)
    comments = [(c.comment_id, "\n".join(p.text for p in c.paragraphs)) for c in docx.Document(new).comments]
    notes = [{"text": text, "words": words.get(str(number), "")} for number, text in comments]
    return {"same": texts(old) == texts(new), "notes": notes}


def of_xlsx(old, new):
    old, new = openpyxl.load_workbook(old), openpyxl.load_workbook(new)
    values = lambda book: [[[c.value for c in row] for row in sheet.iter_rows()] for sheet in book]
    cells = [(sheet.title, cell) for sheet in new for row in sheet.iter_rows() for cell in row if cell.comment]
    notes = [{"sheet": title, "cell": cell.coordinate, "text": cell.comment.text} for title, cell in cells]
    return {"same": values(old) == values(new), "notes": notes}


if __name__ == "__main__":
    of = of_docx if sys.argv[2].endswith(".docx") else of_xlsx
    print(json.dumps(of(*sys.argv[1:3]), ensure_ascii=False))
