"""The digest of a suite: it changes with what decides a verdict, and with nothing else."""

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from conformance import suite
from tests import ROOT


@pytest.fixture
def copy(tmp_path) -> Path:
    """A copy of the suite."""
    return Path(shutil.copytree(ROOT / "conformance", tmp_path / "conformance"))


def load(folder: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("copied_suite", folder / "suite.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def change(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")


def test_it_is_the_same_for_the_same_files(copy):
    (copy / "judge" / "__pycache__").mkdir(exist_ok=True)
    (copy / "judge" / "__pycache__" / "x.py").write_text("")
    (copy / "README.md").write_text("Words.")
    assert load(copy).digest("k") == suite.digest("k")


@pytest.mark.parametrize("name", [
    "case.py", "judge/compare.py", "worker/main.py", "engines/theano/launch.py", "apis/base.py",
    "apis/k/adapter.py",
    "apis/k/spec/reduction.py", "oracle/reduction.py", "oracle/gradient.py"])
def test_it_changes_with_what_decides_a_verdict(copy, name):
    assert name in suite.files("k")
    change(copy / name)
    assert load(copy).digest("k") != suite.digest("k")


def test_a_file_of_another_api_or_an_oracle_only_it_uses_changes_nothing(copy):
    other = copy / "apis" / "other"
    other.mkdir()
    (other / "table.py").write_text("from conformance.oracle.theirs import one\n")
    (copy / "oracle" / "theirs.py").write_text("from conformance.oracle import reduction\none = 1\n")
    assert load(copy).digest("k") == suite.digest("k")
    theirs = load(copy).files("other")
    assert {"apis/other/table.py", "oracle/theirs.py", "oracle/reduction.py",
            "judge/judge.py"} <= theirs.keys()
    assert not any(name.startswith("apis/k/") for name in theirs)


def test_a_file_that_changes_its_name_is_another_suite(copy):
    (copy / "apis" / "k" / "spec" / "reduction.py").rename(copy / "apis" / "k" / "spec" / "reductions.py")
    assert load(copy).digest("k") != suite.digest("k")


def test_all_that_the_suite_imports_is_in_it(tmp_path):
    """The files alone can list their cases: an image holds nothing else."""
    for name, content in suite.files("k").items():
        path = tmp_path / "conformance" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    command = [sys.executable, "-m", "conformance", "--list", "--profile", "examples"]
    done = subprocess.run(command, cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}, capture_output=True,
                          text=True)
    assert done.returncode == 0, done.stderr
    assert "example" in done.stdout
