"""Where the generators write, and zip packages whose bytes do not depend on the clock.

Not here: anything about a format's content.
"""

import json
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "fixtures"
EXPECTED = ROOT / "tests" / "expected"
CATALOGUES = ROOT / "crates" / "luoshi-normalizer" / "data" / "catalogues"

EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip entry can state


def fixture(name):
    """The path of a fixture, its folder made."""
    path = FIXTURES / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def write_zip(path, parts):
    """Writes a package of (name, bytes), in this order. An OpenDocument `mimetype` stays uncompressed, as it must."""
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts:
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system = 0
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(entry, data, compresslevel=9)


def read_zip(path):
    """The parts of a package in their order."""
    with zipfile.ZipFile(path) as package:
        return [(entry.filename, package.read(entry)) for entry in package.infolist() if not entry.is_dir()]


def write_json(path, value):
    """The layout of the program's canonical JSON: two spaces, text unescaped, a line feed at the end."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def read_catalogue(path):
    return json.loads(path.read_text(encoding="utf-8"))
