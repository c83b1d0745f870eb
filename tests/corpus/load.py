"""A batch of many files, interrupted half-way and gone on with: `python3 tests/corpus/load.py [FILES] [PROGRAM]`.

The files are copies of the fixtures under names of their own, in folders of two hundred, one of a hundred damaged. Told are the times, the
memory over the run, and what is wrong: a good file without outputs, a bad one that is not listed, an output that differs from that of
the same file converted alone, one that was made twice.

Exit code 1 where anything is wrong.
"""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = 200
KINDS = ["json", "xlsx", "docx"]


def fixtures():
    """Good files with the outputs of each alone, and bad ones."""
    good, bad = [], []
    for path in sorted((ROOT / "fixtures").rglob("*")):
        told = path.name.split(".")[1:-1]
        if path.suffix in {".md", ".json", ".zip", ""} or not path.is_file():
            continue
        if path.parent.name in {"damaged", "malformed"}:
            if told != ["ok"]:
                bad.append(path)
        else:
            good.append(path)
    return good, bad


def alone(program, path, folder):
    """The outputs of a file by kind; nothing where it is no checklist."""
    outs = [pathlib.Path(folder, f"alone.{kind}") for kind in KINDS]
    copy = pathlib.Path(folder, "one" + path.suffix)
    shutil.copy(path, copy)
    command = [program, "convert", str(copy)] + [word for out in outs for word in ("-o", str(out))]
    done = subprocess.run(command, capture_output=True)
    found = {kind: plain(out.read_bytes(), copy) for kind, out in zip(KINDS, outs) if out.exists()}
    for out in outs:
        out.unlink(missing_ok=True)
    copy.unlink()
    return found if done.returncode < 2 else {}


def plain(data, source):
    """An output without the name of the file that it was made from."""
    return data.replace(f"\"{source.name}\"".encode(), b"")


def watched(command, stop=None):
    """Runs to the end, or to an interrupt once `stop` says so. Gives the exit code, the seconds, and the memory in KB as it went."""
    begun, memory = time.monotonic(), []
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    asked = False
    while run.poll() is None:
        try:
            status = pathlib.Path(f"/proc/{run.pid}/status").read_text()
            memory += [int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")]
        except (FileNotFoundError, ProcessLookupError):
            pass
        if stop and not asked and stop():
            run.send_signal(signal.SIGINT)
            asked = True
        time.sleep(0.25)
    return run.returncode, time.monotonic() - begun, memory


def quarters(memory):
    """The most of each quarter of a run, in MB."""
    step = max(1, len(memory) // 4)
    return ", ".join(f"{max(memory[at : at + step], default=0) / 1024:.0f}" for at in range(0, 4 * step, step))


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    program = os.path.abspath(sys.argv[2]) if len(sys.argv) > 2 else str(ROOT / "target/release/luoshi")
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        good, bad = fixtures()
        expected = {path: alone(program, path, folder) for path in good}
        good = [path for path in good if expected[path]]
        source, out = pathlib.Path(folder, "in"), pathlib.Path(folder, "out")
        files = {}
        for number in range(count):
            origin = bad[number // 100 % len(bad)] if number % 100 == 99 else good[number % len(good)]
            below = pathlib.Path(f"{number // FOLDER:03}", f"{number:05}{origin.suffix}")
            (source / below).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(origin, source / below)
            files[below] = origin
        listed = pathlib.Path(folder, "findings.json")
        command = [program, "convert", str(source), "-o", str(out), "--jobs", "2", "--diagnostics", str(listed)]
        command += [word for kind in KINDS for word in ("--to", kind)]

        made = lambda: sum(len(names) for _, _, names in os.walk(out))
        code, seconds, memory = watched(command, lambda: made() > count * len(KINDS) / 2)
        print(f"{count} files of {len(good)} kinds, {sum(path in bad for path in files.values())} damaged")
        print(f"interrupted: exit {code} after {seconds:.1f} s, {made()} outputs; memory by quarter {quarters(memory)} MB")
        if code != 2:
            wrong.append("the interrupted run did not say that it was")
        before = {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file() and path.suffix[1:] in KINDS}

        code, seconds, memory = watched([*command, "--resume"])
        print(f"resumed: exit {code} after {seconds:.1f} s, {made()} outputs; memory by quarter {quarters(memory)} MB")
        told = json.loads(listed.read_text(encoding="utf-8"))["diagnostics"]
        refused = {one["place"]["file"] for one in told if one["severity"] == "error" and one.get("place")}
        again = sum(path.stat().st_mtime_ns != time for path, time in before.items())
        if again:
            wrong.append(f"{again} outputs were made twice")
        for below, origin in files.items():
            outputs = {kind: out / below.with_suffix(f".{kind}") for kind in KINDS}
            if origin in bad:
                if str(source / below) not in refused:
                    wrong.append(f"{below} ({origin.name}) is not listed")
                if any(path.exists() for path in outputs.values()):
                    wrong.append(f"{below} ({origin.name}) has outputs")
                continue
            for kind, path in outputs.items():
                if not path.exists():
                    wrong.append(f"{below} ({origin.name}) has no {kind}")
                elif plain(path.read_bytes(), source / below) != expected[origin][kind]:
                    wrong.append(f"{below} ({origin.name}): {kind} differs from that of the file alone")
        left = [path for path in out.rglob("*") if path.is_file() and path.suffix[1:] not in KINDS]
        wrong += [f"left over: {path}" for path in left]

        fresh = pathlib.Path(folder, "fresh")
        code, seconds, memory = watched([str(fresh) if word == str(out) else word for word in command])
        print(f"at one go: exit {code} after {seconds:.1f} s, {count / seconds:.0f} files a second; memory by quarter {quarters(memory)} MB")
        same = all((fresh / path.relative_to(out)).read_bytes() == path.read_bytes() for path in before)
        if not same:
            wrong.append("a run at one go gives other bytes")
    print(f"{len(wrong)} wrong")
    print("\n".join(wrong[:20]))
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
