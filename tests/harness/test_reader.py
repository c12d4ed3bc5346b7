"""The environment in which the suite is read: made once, by one harness, whole or not at all."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from harness import reader
from harness.errors import EnvironmentProblem, UsageError

CASE = "reduction/sum/axis-first/known"
TOLD = {"CONFORM_API": "k", "KERAS_BACKEND": "cntk"}


@pytest.fixture
def cache(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "keras-backend-conformance"


def test_an_answer_comes_back_whatever_stands_in_this_directory(read_here, tmp_path, monkeypatch):
    (tmp_path / "conformance").mkdir()
    (tmp_path / "conformance" / "__init__.py").touch()
    (tmp_path / "conformance" / "__main__.py").write_text("print('not the suite')")
    (tmp_path / "numpy.py").write_text("raise SystemExit('not NumPy')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CONFORM_API", "nonsense")
    assert json.loads(reader.ask(f"--explain={CASE}", TOLD, print))["id"] == CASE
    assert CASE in json.loads(reader.ask("--list", {**TOLD, "CONFORM_PROFILE": "full"}, print))["ids"]


def test_an_unknown_case_suggests_the_nearest(read_here):
    with pytest.raises(UsageError, match=r"^No case is called .*did you mean reduction/sum/axis-first/known"):
        reader.ask("--repro=reduction/summ/axis-first/known", TOLD, print)


def test_a_suite_that_cannot_be_read_is_no_fault_of_the_user(read_here, tmp_path, monkeypatch):
    (tmp_path / "conformance").mkdir()
    (tmp_path / "conformance" / "__init__.py").touch()
    (tmp_path / "conformance" / "__main__.py").write_text("raise ImportError('no oracle')")
    monkeypatch.setattr(reader, "suite_root", lambda: tmp_path)
    with pytest.raises(EnvironmentProblem, match=r"could not be read .*no oracle.*report this"):
        reader.ask(f"--repro={CASE}", TOLD, print)


def test_without_uv_it_says_how_to_get_it(monkeypatch):
    def missing():
        raise FileNotFoundError

    monkeypatch.setattr("uv.find_uv_bin", missing)
    with pytest.raises(EnvironmentProblem, match="pip install uv"):
        reader.interpreter(print)


def test_a_cache_that_cannot_be_written_to_is_named(monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", "/proc/nowhere")
    with pytest.raises(EnvironmentProblem, match=r"/proc/nowhere.*XDG_CACHE_HOME"):
        reader.interpreter(print)


def test_the_requirements_are_pinned_wheels_with_hashes():
    lines = [
        line for line in reader.REQUIREMENTS.read_text().splitlines() if not line.lstrip().startswith("#")
    ]
    assert [line.split("==")[0] for line in lines if "==" in line] == [
        "colorama",
        "iniconfig",
        "numpy",
        "packaging",
        "pluggy",
        "pygments",
        "pytest",
    ]
    assert all("==" in line or "--hash=sha256:" in line for line in lines if line)


@pytest.mark.venv
def test_without_an_index_one_sentence_says_what_to_do_and_nothing_is_left_ready(
    cache, conform, monkeypatch, tmp_path
):
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("UV_NO_CACHE", "1")
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    for name in ("PIP_FIND_LINKS", "UV_FIND_LINKS"):
        monkeypatch.delenv(name, raising=False)
    out = tmp_path / "case.py"
    result = conform("repro", CASE, "--backend", "cntk", "--out", out)
    assert (result.status, result.out) == (3, "")
    (sentence,) = [line for line in result.err.splitlines() if line.startswith("conform: ")]
    assert "connect to a package index once" in sentence
    assert str(cache / "logs") in sentence
    assert not out.exists()
    assert not list(cache.glob("envs/suite-*/.conform-ready"))


@pytest.mark.venv
@pytest.mark.slow
def test_it_is_made_once_and_anew_when_it_was_left_half_made(cache):
    said: list[str] = []
    python = reader.interpreter(said.append)
    assert python.parent.parent.parent == cache / "envs"
    assert said == ["making an environment that reads the suite, once"]
    assert reader.interpreter(said.append) == python
    assert len(said) == 1
    assert json.loads(reader.ask(f"--explain={CASE}", TOLD, said.append))["area"] == "reduction"
    folder = python.parent.parent
    (folder / ".conform-ready").unlink()
    (folder / "left-over").touch()
    reader.interpreter(said.append)
    assert len(said) == 2
    assert not (folder / "left-over").exists()
    packages = {path.name.split("-")[0] for path in folder.glob("lib/*/site-packages/*.dist-info")}
    assert packages == {"numpy", "pytest", "iniconfig", "packaging", "pluggy", "pygments"}
    assert sys.executable != str(python)
