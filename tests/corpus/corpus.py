"""What luoshi makes of a folder of other people's files: `python3 tests/corpus/corpus.py DIR [PROGRAM]`.

Every file under DIR goes through `luoshi inspect --json` in a process with limits on memory and time. Told are, by extension: how many were
read, refused (by code), ended by a panic, an abort, the time or the memory; the slowest; and how much of the text is kept, as an independent
reader sees it: the text elements of docx parts (lxml), the strings of cells (openpyxl), LibreOffice's plain text for all else. What luoshi
tells in a finding counts as kept: it is told with its text. Letters, digits and Chinese characters are counted, each as often as it occurs, raised ones as others.

Exit code 1 where a file panicked, hung or ran out of memory. `--losses N` names the N files that kept the least; `--no-office` leaves out
what needs LibreOffice.
"""

import argparse
import collections
import json
import os
import pathlib
import re
import resource
import subprocess
import tempfile
import time
import unicodedata
import warnings
import zipfile

MEMORY = 2 << 30
SECONDS = 20
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
OFFICE = {".doc", ".wps", ".rtf", ".odt", ".fodt", ".html", ".htm", ".mht", ".xml"}
SHEETS = {".xlsx", ".xlsm"}


def limited():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(program, path, folder):
    """The outcome, the seconds, and the text that was read or told."""
    findings = os.path.join(folder, "findings.json")
    if os.path.exists(findings):
        os.remove(findings)
    command = [program, "--lang", "en", "inspect", str(path), "--json", "--diagnostics", findings]
    begun = time.monotonic()
    try:
        done = subprocess.run(command, capture_output=True, preexec_fn=limited, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return "time-out", SECONDS, ""
    seconds = time.monotonic() - begun
    said = done.stderr.decode("utf-8", "replace")
    if "panicked at" in said:
        return "panic", seconds, said
    if "memory allocation" in said:
        return "out of memory", seconds, said
    if done.returncode < 0:
        return f"signal {-done.returncode}", seconds, said
    told = json.load(open(findings, encoding="utf-8"))["diagnostics"] if os.path.exists(findings) else []
    if done.returncode == 2 or not done.stdout:
        code = next((one["code"] for one in told if one["severity"] == "error"), "unknown")
        return f"refused: {code}", seconds, ""
    text = strings(json.loads(done.stdout)["blocks"])
    text += strings([one.get("arguments", []) for one in told])
    return "ok", seconds, "".join(text)


def strings(value):
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for one in value for text in strings(one)]
    if isinstance(value, dict):
        return [text for one in value.values() for text in strings(one)]
    return []


def docx(path):
    """Text elements of the main part as tracked changes leave it when they are accepted; hidden text too; alternatives that say the same once."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, huge_tree=True, recover=True)
    with zipfile.ZipFile(path) as package:
        names = [name for name in package.namelist() if re.fullmatch(r"/?word/document\d*\.xml", name)]
        if not names:
            return None
        root = etree.fromstring(package.read(names[0]), parser)
    if root is None:
        return None
    for fallback in root.iter("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"):
        parent = fallback.getparent()
        if len(parent) > 1:
            fallback.clear()
    gone = {space + name for space in (WORD, STRICT) for name in ("del", "moveFrom")}
    for element in [element for element in root.iter() if element.tag in gone]:
        element.clear()
    kept = {space + "t" for space in (WORD, STRICT)} | {MATH + "t"}
    return "".join(element.text or "" for element in root.iter() if element.tag in kept)


def sheets(path):
    import openpyxl

    warnings.simplefilter("ignore")
    book = openpyxl.load_workbook(path, read_only=False, data_only=True)
    cells = (cell.value for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    return "".join(value for value in cells if isinstance(value, str))


def office(paths, folder):
    """LibreOffice's plain text of many files; one by one where it falls over."""
    texts = {}
    profile = f"-env:UserInstallation=file://{folder}/profile"
    for at in range(0, len(paths), 20):
        for path in paths[at : at + 20]:
            out = pathlib.Path(folder, "office")
            out.mkdir(exist_ok=True)
            for old in out.iterdir():
                old.unlink()
            command = ["soffice", profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(out), str(path)]
            try:
                subprocess.run(command, capture_output=True, timeout=60)
            except subprocess.TimeoutExpired:
                continue
            made = [one for one in out.iterdir() if one.suffix == ".txt"]
            text = made[0].read_text(encoding="utf-8-sig", errors="replace") if made else "<?xml"
            # What it does not know as a document it shows as its source.
            if not text.startswith("<?xml"):
                texts[path] = text
    return texts


def counted(text):
    return collections.Counter(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())


def share(source, kept):
    source, kept = counted(source), counted(kept)
    whole = source.total()
    return None if whole == 0 else sum((source & kept).values()) / whole


def independent(path):
    try:
        suffix = path.suffix.lower()
        if suffix in {".docx", ".docm", ".dotx"}:
            return docx(path)
        if suffix in SHEETS:
            return sheets(path)
    except Exception:  # The other reader's own refusal is no judgement.
        return None
    return None


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folder")
    arguments.add_argument("program", nargs="?", default="target/release/luoshi")
    arguments.add_argument("--losses", type=int, default=20)
    arguments.add_argument("--no-office", action="store_true")
    args = arguments.parse_args()
    paths = sorted(path for path in pathlib.Path(args.folder).rglob("*") if path.is_file() and not path.is_symlink())
    outcomes = collections.defaultdict(collections.Counter)
    slowest, kept = [], {}
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            outcome, seconds, text = run(args.program, path, folder)
            outcomes[path.suffix.lower()][outcome] += 1
            slowest.append((seconds, path))
            if outcome == "ok":
                kept[path] = text
            elif not outcome.startswith("refused"):
                print(f"{outcome}: {path}")
        wanted = [path for path in kept if path.suffix.lower() in OFFICE] if not args.no_office else []
        texts = office(wanted, folder)
    shares = collections.defaultdict(list)
    for path, text in kept.items():
        source = texts.get(path) or independent(path)
        found = share(source, text) if source else None
        if found is not None:
            shares[path.suffix.lower()].append((found, path))
    print(f"\n{'kind':8}{'files':>7}{'read':>7}{'refused':>9}{'fell':>6}{'compared':>10}{'text kept':>11}{'all of it':>11}")
    for suffix, counts in sorted(outcomes.items()):
        refused = sum(count for outcome, count in counts.items() if outcome.startswith("refused"))
        own = shares[suffix]
        mean = f"{sum(one for one, _ in own) / len(own):.2%}" if own else "—"
        whole = f"{sum(one > 0.999 for one, _ in own)}" if own else "—"
        fell = counts.total() - refused - counts["ok"]
        print(f"{suffix or '—':8}{counts.total():7}{counts['ok']:7}{refused:9}{fell:6}{len(own):10}{mean:>11}{whole:>11}")
    codes = collections.Counter()
    for counts in outcomes.values():
        codes.update({outcome: count for outcome, count in counts.items() if outcome != "ok"})
    print("\n" + "\n".join(f"{count:6}  {outcome}" for outcome, count in codes.most_common()))
    print("\nslowest:")
    for seconds, path in sorted(slowest, reverse=True)[:3]:
        print(f"  {seconds:6.2f} s  {path}")
    losses = sorted((one for own in shares.values() for one in own), key=lambda one: one[0])
    print("\nleast kept:")
    for found, path in losses[: args.losses]:
        if found < 0.999:
            print(f"  {found:7.2%}  {path}")
    fell = any(not outcome.startswith("refused") and outcome != "ok" for counts in outcomes.values() for outcome in counts)
    raise SystemExit(1 if fell else 0)


if __name__ == "__main__":
    main()
