"""Requirements with a pytest plug-in and a `.pth` file: they are loaded where the backend is, and not in the
judge.

The control is one interpreter for both, as it once was.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from harness.backends import Backend
from harness.runtimes import Environment, SuiteRequest, venv
from harness.runtimes.venv import VenvRuntime
from tests import ROOT
from tests.faults.table import FOLDER, faulty_backend

MARK = (
    "import os; command = open('/proc/self/cmdline', 'rb').read(); "
    "who = b'worker' if b'conformance.worker' in command else b'judge'; "
    "open(os.environ['ATTACK_MARK'] + '-{}', 'ab').write(who + b'\\n')\n"
)
PTH, PLUGIN = MARK.format("pth"), MARK.format("plugin")


@pytest.fixture
def installed(tmp_path):
    """The interpreter of an environment in which both are installed."""
    folder = tmp_path / "env"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    (packages,) = folder.glob("lib/python3*/site-packages")
    # What the backend needs is what this interpreter has.
    (packages / "below.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    (packages / "hostile.pth").write_text(PTH)
    (packages / "hostile_plugin.py").write_text(PLUGIN)
    (packages / "hostile-1.0.dist-info").mkdir()
    (packages / "hostile-1.0.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: hostile\nVersion: 1.0\n"
    )
    (packages / "hostile-1.0.dist-info" / "entry_points.txt").write_text(
        "[pytest11]\nhostile = hostile_plugin\n"
    )
    return folder / "bin" / "python"


@pytest.fixture
def run(installed, tmp_path, monkeypatch):
    """A run with a backend in that environment: the records, and which of the two was loaded in what."""
    # Neither environment was made by the harness, which has no list of their files.
    monkeypatch.setattr(venv, "check_unchanged", lambda title, folder: None)
    marks = tmp_path / "marks"
    marks.mkdir()

    def measure(judge, **more):
        backend: Backend = faulty_backend()
        backend.env.update(  # type: ignore[attr-defined]
            PYTHONPATH=os.pathsep.join([str(ROOT), str(FOLDER / "faulty")]),
            ATTACK_MARK=str(marks / "mark"),
            CONFORM_WRITABLE=str(marks),
            **more,
        )
        request = SuiteRequest("core", "maximum", 2, 10, {"column": "faulty"}, tmp_path / "log")
        with VenvRuntime().run(Environment(backend, "venv", "these", installed, judge), request) as output:
            records = [json.loads(line) for line in output if line.strip()]
        assert records[-1]["complete"], records[-1]["reason"]
        loaded = {path.name: set(path.read_text().split()) for path in marks.iterdir()}
        return records, loaded

    return measure


def test_they_are_loaded_by_no_judge(run):
    records, loaded = run(Path(sys.executable))
    assert loaded == {"mark-pth": {"worker"}}
    assert {record["verdict"] for record in records if record["kind"] == "case"} == {"pass"}


def test_with_one_interpreter_the_judge_loads_what_is_in_it(run):
    _, loaded = run(None)
    assert loaded["mark-pth"] == {"worker", "judge"}


def test_a_pytest_that_loads_whatever_is_installed_loads_the_plugin(installed, tmp_path):
    env = {**os.environ, "ATTACK_MARK": str(tmp_path / "mark")}
    subprocess.run([installed, "-m", "pytest", "--help"], env=env, capture_output=True, check=True)
    assert (tmp_path / "mark-plugin").exists()
