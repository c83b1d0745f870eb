"""Writes every fixture and expected model anew: `python3 tests/make/make.py`.

The bytes depend on the data modules and the versions in requirements.txt alone, but for what LibreOffice writes
(ods, xls, doc, odt), which depends on its version too; `git diff` shows what a change of data changed. Our own forms, filled in, are
written where LUOSHI names the program that makes them (submissions_forms.py).
"""

import os

import attachment_2017
import changning
import damaged
import documents
import faulty
import flat_opc
import malformed
import messy
import model
import office_2003
import submissions
import submissions_expected
import submissions_forms
import write_docx
import write_html
import write_rtf
import write_sheets
import write_text

if __name__ == "__main__":
    for part in (model, write_text, write_docx, write_sheets, attachment_2017, changning, damaged, malformed, faulty, messy, submissions, submissions_expected, documents, write_rtf, write_html, flat_opc, office_2003):
        part.write()
    if "LUOSHI" in os.environ:
        submissions_forms.write()
