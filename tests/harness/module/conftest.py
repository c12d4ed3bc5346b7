"""`conform validate` as its user runs it, in a process of its own, on the tiny modules beside this file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from harness.backends import load_host
from harness.runtimes.daemon import unavailable
from harness.runtimes.venv import VenvRuntime
from tests import ROOT

MODULES = Path(__file__).parent / "modules"


@dataclass(frozen=True)
class Validation:
    """How it ended; `document` is None where it ended with a sentence instead."""

    status: int
    document: Any
    err: str
    seconds: float

    def step(self, name: str) -> dict[str, Any]:
        """The step called that."""
        (step,) = [step for step in self.document["steps"] if step["step"] == name]
        return step

    @property
    def holds(self) -> dict[str, bool]:
        """The steps that were taken, and whether each holds."""
        return {step["step"]: step["holds"] for step in self.document["steps"]}

    @property
    def verdicts(self) -> dict[str, str]:
        """The verdict on each case, by id without its area."""
        (column,) = self.document["matrix"]["columns"]
        cases = self.document["matrix"]["cases"]
        return {case["id"].partition("/")[2]: case["verdicts"].get(column["column"]) for case in cases}


@pytest.fixture
def validate(tmp_path: Path) -> Callable[..., Validation]:
    """Runs `conform validate` with these arguments."""

    def run(
        *arguments: object, runtime: str = "venv", cwd: Path = ROOT, under: Sequence[str] = (), **options: Any
    ) -> Validation:
        command = [*under, sys.executable, "-m", "harness", "validate", *map(str, arguments), "--json"]
        command += ["--runtime", runtime, "--out", str(tmp_path / "results")]
        began = time.monotonic()
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            command, cwd=cwd, env=env, capture_output=True, text=True, timeout=300, **options
        )
        assert "Traceback" not in done.stderr
        document = json.loads(done.stdout) if done.stdout else None
        assert document is None or document["status"] == done.returncode
        return Validation(done.returncode, document, done.stderr, time.monotonic() - began)

    return run


@pytest.fixture(scope="session")
def environment() -> Path:
    """The interpreter of the environment of external modules, made when it is not there."""
    runtime, frontend = VenvRuntime(), load_host()
    if reason := runtime.available() or runtime.problem(frontend):
        pytest.skip(reason)
    python = runtime.prepare(frontend, print).python
    assert python is not None
    return python


@pytest.fixture(
    params=[pytest.param("venv", marks=pytest.mark.venv), pytest.param("docker", marks=pytest.mark.docker)]
)
def runtime(request: pytest.FixtureRequest) -> str:
    """Each runtime, or the reason why not."""
    if request.param == "venv":
        request.getfixturevalue("environment")
    elif reason := unavailable():
        pytest.skip(reason)
    return str(request.param)
