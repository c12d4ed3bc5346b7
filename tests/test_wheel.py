"""Authors do not clone us: the wheel, in an environment of its own, away from the checkout, does what the
checkout does."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import uv

from harness.backends import find_backend
from harness.runtimes.venv import VenvRuntime
from tests import ROOT

DATA = "harness/_data/"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    done = run(
        uv.find_uv_bin(),
        "build",
        "--wheel",
        "--python",
        sys.executable,
        "--out-dir",
        folder,
        ROOT,
        cwd=folder,
    )
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("keras_backend_conformance-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """`conform` of a fresh environment that has the wheel and what it asks for, and nothing else."""
    folder = tmp_path_factory.mktemp("installed") / "venv"
    made = run(uv.find_uv_bin(), "venv", "--python", sys.executable, folder, cwd=folder.parent)
    assert made.returncode == 0, made.stderr
    done = run(
        uv.find_uv_bin(), "pip", "install", "--python", folder / "bin" / "python", wheel, cwd=folder.parent
    )
    assert done.returncode == 0, done.stderr
    return folder / "bin" / "conform"


def run(*command: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")
    }
    return subprocess.run(
        list(map(str, command)), cwd=cwd, env=environment, capture_output=True, text=True, timeout=300
    )


def tracked(folder: str) -> set[str]:
    listed = subprocess.run(["git", "ls-files", folder], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(listed.stdout.splitlines())


def test_suite_images_and_baselines_are_in_the_wheel(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    shipped = {name.removeprefix(DATA) for name in names if name.startswith(DATA)}
    assert tracked("conformance") | tracked("dockerfiles") <= shipped
    assert not [name for name in names if "__pycache__" in name or "/." in name]
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"harness"}


def test_it_lists_what_the_checkout_lists(installed, tmp_path):
    done = run(installed, "list", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert {row["name"] for row in json.loads(done.stdout)["backends"]} == {
        Path(name).parts[1] for name in tracked("dockerfiles") if name.endswith("/backend.toml")
    }


@pytest.mark.venv
def test_it_runs_a_registered_backend_and_knows_its_baseline(installed, tmp_path):
    if problem := VenvRuntime().problem(find_backend("cntk")):
        pytest.skip(problem)
    done = run(installed, "run", "cntk", "--profile", "examples", "--runtime", "venv", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 known deviations: -v lists the reasons" in done.stdout
    assert (tmp_path / "results" / "cntk.jsonl").is_file()


@pytest.mark.venv
def test_it_validates_a_module_from_another_directory(installed, tmp_path):
    if problem := VenvRuntime().problem(find_backend("cntk")):
        pytest.skip(problem)
    shutil.copytree(ROOT / "examples" / "numpy_backend", tmp_path / "src" / "their_package" / "their_backend")
    command = [
        installed,
        "validate",
        "their_package.their_backend",
        "--path",
        "src",
        "--level",
        "examples",
        "--runtime",
        "venv",
    ]
    done = run(*command, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "their_package.their_backend is their_package/their_backend/__init__.py" in done.stdout
    assert "Level: examples" in done.stdout
    assert str(ROOT) not in done.stdout + done.stderr


@pytest.mark.venv
def test_it_explains_and_reproduces_without_extras(installed, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    listed = run(uv.find_uv_bin(), "pip", "list", "--python", installed.with_name("python"), cwd=tmp_path)
    assert not re.search(r"^(numpy|pytest)\b", listed.stdout, re.MULTILINE)
    case = "reduction/sum/axis-first/known"
    done = run(installed, "explain", case, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "at         sum: axis" in done.stdout
    assert done.stderr == "the suite: making an environment that reads the suite, once\n"
    done = run(installed, "repro", case, "--backend", "theano", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    compile(done.stdout, "case.py", "exec")
    assert str(ROOT) not in done.stdout
    done = run(installed, "repro", "reduction/sum/axis-frist/known", "--backend", "theano", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert case in done.stderr


@pytest.mark.venv
def test_a_script_exits_as_the_backend_answers(installed, tmp_path):
    if problem := VenvRuntime().problem(find_backend("cntk")):
        pytest.skip(problem)
    python = VenvRuntime().prepare(find_backend("cntk"), print).python
    for case, status in (("reduction/sum/axis-first/known", 0), ("activation/relu/at-threshold/variable", 1)):
        done = run(installed, "repro", case, "--backend", "cntk", "--out", "case.py", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        done = run(python, "case.py", cwd=tmp_path)
        assert done.returncode == status, done.stdout + done.stderr
    assert "result: wrong value at (0, 0): 0.0 instead of 0.5" in done.stdout
