"""What jax has compiled is kept between runs, and whatever else lies there changes no verdict."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from conformance.engines.jax import launch
from harness.backends import find_backend
from harness.runtimes.venv import VenvRuntime
from tests import ROOT
from tests.conformance.running import cases, read

SELECT = "elementwise/exp/2d or elementwise/exp/edges"


def test_each_processor_has_a_cache_of_its_own(monkeypatch):
    environment, elsewhere = {launch.CACHE: "/cache"}, {launch.CACHE: "/cache"}
    launch.settle(environment)
    assert Path(environment[launch.CACHE]).parent == Path("/cache")
    monkeypatch.setattr(launch.platform, "machine", lambda: "another")
    launch.settle(elsewhere)
    assert Path(elsewhere[launch.CACHE]).parent == Path("/cache")
    assert environment != elsewhere


def test_without_a_cache_there_is_none():
    environment = {}
    launch.settle(environment)
    assert environment == {}


def environment_of_its_own(folder: Path) -> Path:
    """The environment of ops-jax under another prefix, with nothing compiled."""
    venv, backend = VenvRuntime(), find_backend("ops-jax")
    if problem := venv.problem(backend):
        pytest.skip(problem)
    python = venv.prepare(backend, print).python
    assert python is not None
    shutil.copy(python.parent.parent / "pyvenv.cfg", folder)
    (folder / "lib").symlink_to(python.parent.parent / "lib")
    (folder / "bin").mkdir()
    (folder / "bin" / "python").symlink_to(python.resolve())
    return folder / "bin" / "python"


def verdicts(python: Path, home: Path) -> dict[str, str]:
    environment = {**os.environ, "KERAS_BACKEND": "jax", "CONFORM_API": "ops", "PYTHONPATH": str(ROOT)}
    command = [python, "-m", "conformance", "--profile", "full", "-k", SELECT]
    done = subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True, timeout=300)
    return {case: record["verdict"] for case, record in cases(read(done.stdout)).items()}


@pytest.mark.venv
def test_a_spoiled_cache_changes_no_verdict(tmp_path):
    python = environment_of_its_own(tmp_path)
    cold = verdicts(python, tmp_path)
    assert set(cold.values()) == {"pass"}
    kept = sorted(tmp_path.glob("compiled/jax/*/*-cache"))
    assert kept
    assert verdicts(python, tmp_path) == cold
    for number, path in enumerate(kept):
        whole = path.read_bytes()
        path.write_bytes([b"", b"not a program", whole[: len(whole) // 2], whole[:-1] + b"?"][number % 4])
    assert verdicts(python, tmp_path) == cold
