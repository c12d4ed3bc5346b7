"""A reader that goes away, a full disk, closed descriptors, few open files: what is measured goes on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from harness.journal import read_journal
from harness.records import Case, End
from tests import ROOT
from tests.attacks.running import victim
from tests.faults.table import FOLDER as FAULTS
from tests.faults.table import sound_cases

RUN = """
import sys
sys.path[:0] = [{root!r}]
import harness.backends, harness.runtimes
from pathlib import Path
from tests.attacks.running import HostileRuntime
harness.backends.backends_root = lambda: Path({faults!r})
harness.runtimes.choose = lambda name: (HostileRuntime(), "Runtime here")
from harness.cli import main
main(sys.argv[1:])
"""
ASKED = [part for name in [*sound_cases(), victim()] for part in ("--cases", name)]
slow = pytest.mark.slow


def shell(command: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """How a line of a shell ends in which $CONFORM is the harness and $RUN one of its runs."""
    code = folder / "conform.py"
    code.write_text(RUN.format(root=str(ROOT), faults=str(FAULTS)))
    env = {
        **os.environ,
        "CONFORM": f"{sys.executable} {code}",
        "RUN": f"{sys.executable} {code} run faulty --profile full --out {folder / 'out'} {' '.join(ASKED)}",
        **variables,
    }
    return subprocess.run(
        ["bash", "-c", command], env=env, capture_output=True, text=True, timeout=120, check=False, cwd=ROOT
    )


def measured(folder: Path) -> tuple[int, bool]:
    """The verdicts in the journal of the run, and whether it is complete."""
    records = list(read_journal(folder / "out" / "selected" / "faulty.jsonl"))
    (end,) = [record for record in records if isinstance(record, End)]
    return sum(isinstance(record, Case) for record in records), end.complete


# `exp` of the faulty backend ends its process: a new deviation.
LINES = {
    "the reader of stdout goes": "$RUN | true; exit ${PIPESTATUS[0]}",
    "the reader of both goes": "$RUN 2>&1 | true; exit ${PIPESTATUS[0]}",
    "the reader of stderr goes": "$RUN 2> >(true)",
    "the reader takes a line": "$RUN 2>&1 | head -1; exit ${PIPESTATUS[0]}",
    "the disk of both is full": "$RUN > /dev/full 2>&1",
    "both are closed": "$RUN >&- 2>&-",
    "all are closed": "$RUN <&- >&- 2>&-",
    "nothing is wrong": "$RUN > /dev/null 2>&1",
}


@slow
@pytest.mark.parametrize("line", LINES)
def test_a_measurement_goes_on_and_has_its_own_exit_status(tmp_path, line):
    done = shell(LINES[line], tmp_path)
    assert measured(tmp_path) == (len(sound_cases()) + 1, True)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr == "" or "the reader" in line


@slow
def test_a_document_that_could_not_be_written_is_an_error(tmp_path):
    shell(LINES["nothing is wrong"], tmp_path)
    done = shell(f"$CONFORM merge {tmp_path / 'out' / 'selected'} > /dev/full", tmp_path)
    assert "The output could not be written (No space left on device)" in done.stderr
    assert done.returncode != 0


def test_few_open_files_are_named(tmp_path):
    code = "from harness.runtimes import choose; choose('venv')"
    line = f"ulimit -n 20; exec {sys.executable} -c \"import sys; sys.path[:0] = ['{ROOT}']; {code}\""
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
    assert "This process may open 20 files only: allow it 64 or more (ulimit -n 1024)." in done.stderr
    assert "Python 3.6" not in done.stderr
