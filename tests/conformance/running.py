"""The suite, run as a person runs it: `python -m conformance` or `pytest conformance` in some interpreter."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests import ROOT
from tests.conformance.table import MINIATURES

Records = list[dict[str, Any]]


def read(text: str) -> Records:
    """The records of a journal."""
    return [json.loads(line) for line in text.splitlines()]


def kinds(records: Records) -> list[str]:
    """The kinds of the records in their order, each run of equal ones once."""
    found: list[str] = []
    for record in records:
        if found[-1:] != [record["kind"]]:
            found.append(record["kind"])
    return found


def cases(records: Records) -> dict[str, dict[str, Any]]:
    """The case records by id."""
    return {record["id"]: record for record in records if record["kind"] == "case"}


def miniature(name: str, *options: str, seconds: float = 60,
              **environment: str) -> subprocess.CompletedProcess:
    """`python -m conformance` of K on a miniature that stands on NumPy alone, in this interpreter."""
    told = {"PYTHONPATH": f"{MINIATURES}{os.pathsep}{ROOT}", "KERAS_BACKEND": name,
            "CONFORM_API_MODULE": name}
    return subprocess.run(
        [sys.executable, "-m", "conformance", *options], cwd=ROOT, env={**os.environ, **told, **environment},
        capture_output=True, text=True, timeout=seconds)


def by_hand(python: Path, backend: str, front: Path, journal: Path, *options: str) -> Records:
    """The journal of a complete run of `pytest conformance` with `front` on PYTHONPATH."""
    environment = {**os.environ, "KERAS_BACKEND": backend, "PYTHONPATH": str(front)}
    command = [str(python), "-m", "pytest", "conformance", "-q", "--tb=no", "-p", "no:cacheprovider"]
    command += ["--journal", str(journal), *options]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=500)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    records = read(journal.read_text())
    assert records[0]["kind"] == "start"
    assert records[-1]["kind"] == "end"
    assert records[-1]["complete"]
    assert sorted(cases(records)) == sorted(next(r["ids"] for r in records if r["kind"] == "collected"))
    return records
