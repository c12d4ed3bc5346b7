"""Merging and reporting a million cases: processor seconds and memory, in three shapes; part of `make bench`.

    python scripts/merging.py [--cases N] [--shape NAME...]

The shapes are 200 columns of the same 5,000 cases, 200 columns of 5,000 different cases, and one column of a
million. Each verb runs in a process of its own, whose processor time and largest resident memory are those
that the kernel counted. The exit status is 1 when a number misses its goal.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
CASES = 1_000_000
COLUMNS = 200
FUNCTIONS = 160
DEVIATING = 50
"""One case in so many deviates."""
CASES_PER_SECOND = 50_000
MERGE_MIB = 300
REPORT_MIB = 400
FORMATS = ("terminal", "markdown", "html", "junit", "ctrf", "annotations", "badge")


@dataclass(frozen=True)
class Used:
    """What a process used: processor seconds, and the most MiB of memory that were resident at once."""

    seconds: float
    mib: float


def _ids(first: int, count: int) -> Iterator[tuple[str, str, str]]:
    for number in range(first, first + count):
        function = number % FUNCTIONS
        area, name = f"area{function // 10:02d}", f"function{function:03d}"
        yield area, name, f"{area}/{name}/variant-{number:07d}/known"


def write_journal(path: Path, first: int, count: int) -> None:
    """A journal of `count` cases, of which the first has the number `first`."""
    start = {
        "kind": "start", "schema": 2, "run": path.stem, "column": path.stem, "backend": path.stem, "api": "k",
        "profile": "full", "started": "2026-11-22T07:00:00Z", "runtime": "venv",
    }  # fmt: skip
    failed = 0
    with path.open("w", encoding="utf-8") as file:
        file.write(json.dumps(start) + "\n")
        # Nothing large is held here: the memory of a process that starts another is counted as its too.
        file.write('{"kind": "collected", "ids": [')
        file.writelines(
            f'{", " if place else ""}"{name}"' for place, (*_, name) in enumerate(_ids(first, count))
        )
        file.write("]}\n")
        for number, (area, function, name) in enumerate(_ids(first, count)):
            file.write(f'{{"kind": "begin", "id": "{name}"}}\n')
            case = {"kind": "case", "id": name, "area": area, "function": function, "verdict": "pass",
                    "seconds": 0.0019, "ulp": 0.5}  # fmt: skip
            if number % DEVIATING == 0:
                failed += 1
                message = f"wrong value at (0, 1): got {number}.5, expected 2.0"
                detail = {"message": message, "expected": "[2.0, 1.0]", "got": f"[{number}.5, 1.0]"}
                case |= {"verdict": "fail", "ulp": None, "aspects": ["value"], "detail": detail}
            file.write(json.dumps(case) + "\n")
        counts = {"pass": count - failed, "fail": failed}
        file.write(json.dumps({"kind": "end", "seconds": 60.0, "counts": counts, "complete": True}) + "\n")


def _same(folder: Path, cases: int) -> None:
    for column in range(COLUMNS):
        write_journal(folder / f"column{column:03d}.jsonl", 0, cases // COLUMNS)


def _different(folder: Path, cases: int) -> None:
    each = cases // COLUMNS
    for column in range(COLUMNS):
        write_journal(folder / f"column{column:03d}.jsonl", column * each, each)


def _one(folder: Path, cases: int) -> None:
    write_journal(folder / "column.jsonl", 0, cases)


SHAPES: dict[str, tuple[str, Callable[[Path, int], None]]] = {
    "same": (f"{COLUMNS} columns, the same cases", _same),
    "different": (f"{COLUMNS} columns, different cases", _different),
    "one": ("one column", _one),
}


def used(arguments: list[str]) -> Used:
    """What `conform` with these arguments used; deviations in its status are expected."""
    command = [sys.executable, "-m", "harness", *arguments]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=log, env=env)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 1):
            log.seek(0)
            raise SystemExit(f"{' '.join(arguments)} ended with {process.returncode}: {log.read()[-2000:]!r}")
    return Used(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def main() -> int:
    """Prints a row per shape and verb."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--shape", nargs="*", choices=sorted(SHAPES), default=list(SHAPES))
    options = parser.parse_args()
    table = Table("shape", "verb", "CPU s", "cases per CPU s", "MiB", "goal", title=f"{options.cases} cases")
    reached = True
    for shape in options.shape:
        title, write = SHAPES[shape]
        with tempfile.TemporaryDirectory(prefix="conform-merging-") as temporary:
            folder = Path(temporary)
            (folder / "journals").mkdir()
            write(folder / "journals", options.cases)
            matrix = folder / "matrix.json"
            found = used(["merge", str(folder / "journals"), "--out", str(matrix)])
            rate = options.cases / found.seconds
            met = rate >= CASES_PER_SECOND and found.mib <= MERGE_MIB
            goal = f">= {CASES_PER_SECOND}/s, <= {MERGE_MIB} MiB"
            table.add_row(title, "merge", f"{found.seconds:.1f}", f"{rate:.0f}", f"{found.mib:.0f}", goal)
            for form in FORMATS:
                out = folder / form
                found = used(["report", str(matrix), "--format", form, "--out", str(out)])
                met = met and found.mib <= REPORT_MIB
                rate = options.cases / found.seconds
                table.add_row(
                    "", f"report {form}", f"{found.seconds:.1f}", f"{rate:.0f}", f"{found.mib:.0f}",
                    f"<= {REPORT_MIB} MiB",
                )  # fmt: skip
            reached = reached and met
    Console(width=None if sys.stdout.isatty() else 110).print(table)
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
