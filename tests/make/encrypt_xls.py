"""Saves a workbook as .xls with a password, through LibreOffice's own programming interface.

Run by hand with the Python that LibreOffice belongs to (package python3-uno): `python3 encrypt_xls.py IN.xlsx OUT.xls`. The salt is random, so
the file is made once and kept; `make.py` leaves it alone.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

PASSWORD = "luoshi"


def value(name, content):
    out = PropertyValue()
    out.Name, out.Value = name, content
    return out


def main(source, target):
    with tempfile.TemporaryDirectory() as room:
        accept = "pipe,name=luoshi-fixtures;urp;"
        office = subprocess.Popen(
            ["soffice", f"-env:UserInstallation=file://{room}", "--headless", "--norestore", f"--accept={accept}"]
        )
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        for _ in range(60):
            try:
                remote = resolver.resolve(f"uno:{accept}StarOffice.ComponentContext")
                break
            except NoConnectException:
                time.sleep(1)
        desktop = remote.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", remote)
        book = desktop.loadComponentFromURL(Path(source).absolute().as_uri(), "_blank", 0, (value("Hidden", True),))
        target = Path(target).absolute().as_uri()
        book.storeToURL(target, (value("FilterName", "MS Excel 97"), value("Password", PASSWORD)))
        book.close(True)
        desktop.terminate()
        office.wait(timeout=60)


if __name__ == "__main__":
    main(*sys.argv[1:])
